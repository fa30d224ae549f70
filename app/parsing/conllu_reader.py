"""Reading CoNLL-U: rows to words, words to a text with offsets, and a clear word about every mistake."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.domain.parse import Paragraph, ParsedText, Sentence, Word
from app.errors import InputError
from app.parsing.clean import CleanLine, clean
from app.parsing.entities import entities, normal_tag


@dataclass(slots=True)
class _Row:
    """A word line: ``surface`` is the token it belongs to, itself unless it is part of a multi-word token."""

    line: int
    form: str
    lemma: str
    upos: str
    xpos: str
    feats: dict[str, str]
    head: int
    deprel: str
    misc: dict[str, str]
    surface: _Surface


@dataclass(slots=True, eq=False)
class _Surface:
    form: str
    misc: dict[str, str]


@dataclass(slots=True)
class _Block:
    """A sentence as written: its comments and rows, and the number of its first line."""

    line: int
    text: str | None = None
    new_paragraph: bool = False
    rows: list[_Row] = field(default_factory=list)
    group: tuple[int, _Surface] | None = None
    """The multi-word token being read: the number of its last word, and its form."""


class Reader:
    """Reads one document; see ``app.parsing.conllu.from_conllu``."""

    def __init__(self) -> None:
        self._document: str | None = None
        self._blocks: list[_Block] = []

    def read(self, conllu: str) -> ParsedText:
        """The document that ``conllu`` holds. Raises ``InputError``."""
        block: _Block | None = None
        for number, line in enumerate(conllu.split("\n"), 1):
            line = line.rstrip("\r")
            if not line.strip():
                block = None
                continue
            if block is None:
                block = _Block(number)
                self._blocks.append(block)
            if line.startswith("#"):
                self._comment(block, number, line[1:].strip())
            else:
                self._row(block, number, line)
        blocks = [block for block in self._blocks if block.rows]
        for block in blocks:
            _check_tree(block)
        return _with_offsets(self._document, blocks) if self._document is not None else _without_offsets(blocks)

    def _comment(self, block: _Block, number: int, comment: str) -> None:
        key, _, value = comment.partition("=")
        key, value = key.strip(), value.strip()
        if key == "text":
            block.text = value
        elif key.split(" ")[0] in ("newpar", "newdoc"):
            block.new_paragraph = True
        elif key == "document_text":
            try:
                text = json.loads(value)
            except ValueError as error:
                raise InputError(f"line {number}: document_text is no JSON string: {error}") from error
            parts = text if isinstance(text, list) else [text]
            if not all(isinstance(part, str) for part in parts):
                raise InputError(f"line {number}: document_text is no JSON string")
            self._document = "".join(parts)

    def _row(self, block: _Block, number: int, line: str) -> None:
        columns = line.split("\t") if "\t" in line else line.split()
        if len(columns) != 10:
            raise InputError(f"line {number}: {len(columns)} columns, expected 10")
        ident, form, lemma, upos, xpos, feats, head, deprel, _, misc = columns
        if "." in ident:
            return
        next_number = len(block.rows) + 1
        first, dash, last = ident.partition("-")
        if _number(first, number, "ID") != next_number:
            raise InputError(f"line {number}: ID {ident}, expected {next_number}")
        if dash:
            block.group = (_number(last, number, "ID"), _Surface(form, _pairs(misc, number)))
            return
        values = _pairs(misc, number)
        if block.group is None or next_number > block.group[0]:
            block.group = (next_number, _Surface(form, values))
        block.rows.append(
            _Row(
                line=number,
                form=form,
                lemma=form if lemma == "_" else lemma,
                upos=upos,
                xpos="" if xpos == "_" else xpos,
                feats=_pairs(feats, number),
                head=_number(head, number, "HEAD") - 1,
                deprel=deprel,
                misc=values,
                surface=block.group[1],
            )
        )


def _number(value: str, line: int, column: str) -> int:
    if not (value.isascii() and value.isdigit()):
        raise InputError(f"line {line}: {column} {value!r} is no number")
    return int(value)


def _pairs(column: str, line: int) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for item in column.split("|") if column != "_" else ():
        name, equals, value = item.partition("=")
        if not equals:
            raise InputError(f"line {line}: {item!r} is not of the form name=value")
        pairs[name] = value
    return pairs


def _check_tree(block: _Block) -> None:
    """Every word must reach the root; raises ``InputError`` at the first that does not."""
    count = len(block.rows)
    for i, row in enumerate(block.rows):
        if row.head >= count:
            raise InputError(f"line {row.line}: HEAD {row.head + 1} in a sentence of {count} words")
        at, steps = i, 0
        while at >= 0 and steps <= count:
            at, steps = block.rows[at].head, steps + 1
        if at >= 0:
            raise InputError(f"line {row.line}: {row.form!r} is not connected to the root")


def _with_offsets(text: str, blocks: Sequence[_Block]) -> ParsedText:
    paragraphs: list[list[Sentence]] = []
    for block in blocks:
        spans = []
        for row in block.rows:
            misc = row.surface.misc
            if "start_char" not in misc or "end_char" not in misc:
                raise InputError(f"line {row.line}: start_char and end_char are missing in MISC")
            start = _number(misc["start_char"], row.line, "start_char")
            end = _number(misc["end_char"], row.line, "end_char")
            if not start < end <= len(text):
                raise InputError(
                    f"line {row.line}: [{start}, {end}) is no stretch of a text of {len(text)} code points"
                )
            spans.append((start, end))
        if block.new_paragraph or not paragraphs:
            paragraphs.append([])
        paragraphs[-1].append(_sentence(block, spans))
    return _parsed(text, paragraphs)


def _without_offsets(blocks: Sequence[_Block]) -> ParsedText:
    pieces: list[str] = []
    at = 0
    paragraphs: list[list[Sentence]] = []
    for block in blocks:
        if pieces:
            pieces.append("\n" if block.new_paragraph else " ")
            at += 1
        text = block.text if block.text is not None else _surface_text(block.rows)
        spans = [(start + at, end + at) for start, end in _found(block, clean(text, 0, len(text)))]
        if block.new_paragraph or not paragraphs:
            paragraphs.append([])
        paragraphs[-1].append(_sentence(block, spans))
        pieces.append(text)
        at += len(text)
    return _parsed("".join(pieces), paragraphs)


def _surface_text(rows: Sequence[_Row]) -> str:
    surfaces = list(dict.fromkeys(row.surface for row in rows))
    spaced = (s.form + ("" if s.misc.get("SpaceAfter") == "No" else " ") for s in surfaces)
    return "".join(spaced).strip()


def _found(block: _Block, line: CleanLine) -> list[tuple[int, int]]:
    """Where the tokens stand in the sentence's text; each is looked for right after the one before."""
    spans: list[tuple[int, int]] = []
    at = 0
    for i, row in enumerate(block.rows):
        if i and row.surface is block.rows[i - 1].surface:
            spans.append(spans[-1])
            continue
        form = clean(row.surface.form, 0, len(row.surface.form)).text
        while line.text[at : at + 1] == " ":
            at += 1
        if not form or not line.text.startswith(form, at):
            raise InputError(f"line {row.line}: {row.surface.form!r} does not stand in the sentence's text there")
        spans.append((line.starts[at], line.ends[at + len(form) - 1]))
        at += len(form)
    return spans


def _sentence(block: _Block, spans: Sequence[tuple[int, int]]) -> Sentence:
    words = tuple(
        Word(
            index=i,
            text=row.form,
            lemma=row.lemma,
            upos=row.upos,
            head=row.head,
            deprel=row.deprel,
            start=start,
            end=end,
            feats=row.feats,
            xpos=row.xpos,
            ner=normal_tag(row.misc.get("ner", row.surface.misc.get("ner"))),
        )
        for i, (row, (start, end)) in enumerate(zip(block.rows, spans, strict=True))
    )
    return Sentence(words, entities(words))


def _parsed(text: str, paragraphs: Sequence[Sequence[Sentence]]) -> ParsedText:
    return ParsedText(text, tuple(Paragraph(p[0].start, p[-1].end, tuple(p)) for p in paragraphs))
