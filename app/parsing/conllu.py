"""Analyses as CoNLL-U and back, so that a parse can be written by hand, kept beside a test, or read by other tools.

The submitted text stands once, in ``# document_text = …``: a JSON string, or a list of strings to be joined. Every
token has ``start_char`` and ``end_char`` (code points into that text, end exclusive) and the tag ``ner`` in MISC.
``# newpar`` opens a paragraph. Files without these, as people and treebanks write them, are read too: the text is then
put together from ``# text`` or from the forms and ``SpaceAfter=No``, sentences of one paragraph joined by a space.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from app.domain.parse import ParsedText, Sentence, Word
from app.parsing.conllu_reader import Reader

_LINE_SEPARATORS = re.compile("[\r\v\f\x1c-\x1e\x85\u2028\u2029\ud800-\udfff]")
_BETWEEN_SURROGATES = re.compile("(?<=[\ud800-\udbff])(?=[\udc00-\udfff])")
_SURROGATES = re.compile("[\ud800-\udfff]")


def to_conllu(parsed: ParsedText) -> str:
    """``parsed`` as CoNLL-U; ``from_conllu`` gives it back unchanged. It can always be encoded as UTF-8."""
    lines = ["# newdoc", f"# document_text = {_quoted(parsed.text)}"]
    number = 0
    for paragraph in parsed.paragraphs:
        for i, sentence in enumerate(paragraph.sentences):
            number += 1
            if i == 0 and number > 1:
                lines.append("# newpar")
            lines.append(f"# sent_id = {number}")
            lines.append(f"# text = {_SURROGATES.sub('�', parsed.text[sentence.start : sentence.end])}")
            lines += _rows(parsed.text, sentence)
            lines.append("")
    return "\n".join(lines) + ("\n" if number else "\n\n")


def from_conllu(conllu: str) -> ParsedText:
    """The analysis that ``conllu`` writes down: one document.

    Columns are separated by tabs, or in lines without a tab by white space. Multi-word tokens give their stretch to
    their words; empty nodes are left out. Offsets are those in MISC where ``# document_text`` stands, else computed.

    Raises ``InputError`` naming the line where something is wrong: columns, numbering, heads that make no tree, a form
    that does not stand in ``# text``, offsets outside the text.
    """
    return Reader().read(conllu)


def _quoted(text: str) -> str:
    # Two lone surrogates side by side would be read as the one character that JSON writes so: they go into two strings.
    parts = _BETWEEN_SURROGATES.split(text)
    escaped = _LINE_SEPARATORS.search(text) is not None
    return json.dumps(text if len(parts) == 1 else parts, ensure_ascii=escaped)


def _rows(text: str, sentence: Sentence) -> Iterator[str]:
    words = sentence.words
    for word in words:
        siblings = [other for other in words if (other.start, other.end) == (word.start, word.end)]
        if len(siblings) > 1 and word is siblings[0]:
            form = " ".join(_SURROGATES.sub("�", text[word.start : word.end]).split())
            span = f"{word.index + 1}-{siblings[-1].index + 1}"
            yield "\t".join((span, form, *("_" * 7), _misc(text, words, siblings[-1])))
        yield "\t".join(
            (
                str(word.index + 1),
                word.text,
                word.lemma,
                word.upos,
                word.xpos or "_",
                "|".join(f"{name}={value}" for name, value in word.feats.items()) or "_",
                str(word.head + 1),
                word.deprel,
                "_",
                f"ner={word.ner}" if len(siblings) > 1 else _misc(text, words, word),
            )
        )


def _misc(text: str, words: tuple[Word, ...], word: Word) -> str:
    touches = word.index + 1 < len(words) and words[word.index + 1].start == word.end
    return ("SpaceAfter=No|" if touches else "") + f"start_char={word.start}|end_char={word.end}|ner={word.ner}"
