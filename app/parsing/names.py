"""Lemmas of proper nouns. The lemmatizer guesses them letter by letter and cuts endings off names it has not seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.domain.parse import Paragraph, Sentence, Word

_GENITIVES = (":s", "’s", "'s", "’", "'", "s")


def with_name_lemmas(paragraphs: Iterable[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraphs of one text with the lemma of every proper noun made from its form.

    The lemma is the form as printed, without the genitive's ending. Whether an "s" is an ending is told by the tagger,
    which errs on unknown names, and by the text itself: where "Baku" stands, "Bakus" is its genitive.
    """
    found = tuple(paragraphs)
    printed = {
        word.text
        for paragraph in found
        for sentence in paragraph.sentences
        for word in sentence.words
        if _is_name(word)
    }
    return tuple(
        replace(paragraph, sentences=tuple(_with_lemmas(sentence, printed) for sentence in paragraph.sentences))
        for paragraph in found
    )


def _is_name(word: Word) -> bool:
    return word.upos == "PROPN"


def _with_lemmas(sentence: Sentence, printed: set[str]) -> Sentence:
    if not any(_is_name(word) for word in sentence.words):
        return sentence
    followed = {word.head for word in sentence.words if word.deprel.startswith("flat")}
    words = tuple(
        replace(word, lemma=_lemma(word, word.index in followed, printed)) if _is_name(word) else word
        for word in sentence.words
    )
    return replace(sentence, words=words)


def _lemma(word: Word, followed: bool, printed: set[str]) -> str:
    form = word.text
    ending = next((ending for ending in _GENITIVES if form.endswith(ending) and len(form) > len(ending) + 1), None)
    if ending is None:
        return form
    bare = form.removesuffix(ending)
    # A genitive's ending stands on the last part of a name, so "Jens" before "Persson" keeps its s.
    genitive = word.feats.get("Case") == "Gen" and not followed
    return bare if genitive or ending == ":s" or bare in printed else form
