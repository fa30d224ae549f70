"""A parsed text: paragraphs, sentences and words of a Universal Dependencies analysis, tied to the submitted text."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Word:
    """One syntactic word. ``start`` and ``end`` are code points into the submitted text.

    ``index`` is the 0-based position in its sentence; ``head`` the index of its head there, or -1 for the root.
    ``feats`` are UD features (``{"Voice": "Pass"}``); ``ner`` the BIOES tag of the entity tagger, ``"O"`` outside.
    """

    index: int
    text: str
    lemma: str
    upos: str
    head: int
    deprel: str
    start: int
    end: int
    feats: dict[str, str] = field(default_factory=dict)
    xpos: str = ""
    ner: str = "O"


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity as tagged by the parser: ``type`` is PER, LOC, ORG or MISC; offsets as in ``Word``."""

    start: int
    end: int
    type: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its words in order and the named entities inside it. Never crosses a paragraph border."""

    words: tuple[Word, ...]
    entities: tuple[Entity, ...] = ()

    @property
    def start(self) -> int:
        """First code point of the sentence in the submitted text."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """One past the last code point of the sentence in the submitted text."""
        return self.words[-1].end


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the submitted text that holds something: ``[start, end)`` in code points, and its sentences."""

    start: int
    end: int
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class ParsedText:
    """The analysis of one submitted text. ``text`` is untouched; blank lines give no paragraph."""

    text: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences, in order."""
        return tuple(sentence for paragraph in self.paragraphs for sentence in paragraph.sentences)
