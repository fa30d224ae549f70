"""Common nouns with their forms: declensions, and an index that knows every form, its genitive and its compounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from app.lexicon.genitive import genitives
from app.lexicon.strict import Entry

T = TypeVar("T")

_SHORTEST_PREFIX = 2


@dataclass(frozen=True, slots=True)
class Declension:
    """Endings of one noun class: singular, definite singular, plural, definite plural."""

    name: str
    singular: str
    definite: str
    plural: str
    plural_definite: str

    def forms(self, lemma: str) -> tuple[str, str, str, str]:
        """The four forms of ``lemma``; raises ``ValueError`` when it does not end as this class does."""
        if not lemma.endswith(self.singular):
            raise ValueError(f"{lemma!r} does not end in {self.singular!r} as declension {self.name} does")
        stem = lemma.removesuffix(self.singular)
        return lemma, stem + self.definite, stem + self.plural, stem + self.plural_definite


@dataclass(frozen=True, slots=True)
class NounForm:
    """Which form of ``lemma`` a word is; ``plural`` is ``None`` where singular and plural look alike."""

    lemma: str
    definite: bool
    plural: bool | None
    genitive: bool


@dataclass(frozen=True, slots=True)
class NounHit(Generic[T]):
    """An entry that a word is a form of. ``prefix`` is the first part of a compound ("försvars"), or empty."""

    entry: T
    form: NounForm
    prefix: str = ""


class NounIndex(Generic[T]):
    """Entries by every form of their nouns. Matching ignores case; the longest compound head wins."""

    def __init__(self) -> None:
        self._forms: dict[str, tuple[T, NounForm]] = {}
        self._heads: dict[str, tuple[T, NounForm]] = {}
        self._blocked: set[str] = set()
        self._closed: set[str] = set()

    def add(self, entry: T, forms: tuple[str, str, str, str], *, compound: bool, alone: bool = True) -> None:
        """Add a noun by its four forms. ``compound`` lets it end longer words, ``alone`` stand by itself.

        A form that is taken stays as it is, so that what stands first in a file wins.
        """
        lemma, definite, plural, plural_definite = forms
        marked = (
            (lemma, False, None if plural == lemma else False),
            (definite, True, None if definite == plural_definite else False),
            (plural, False, None if plural == lemma else True),
            (plural_definite, True, None if definite == plural_definite else True),
        )
        for form, is_definite, is_plural in marked:
            for word, is_genitive in ((form, False), *((each, True) for each in genitives(form))):
                noun_form = NounForm(lemma, is_definite, is_plural, is_genitive)
                if alone:
                    self._forms.setdefault(word.lower(), (entry, noun_form))
                if compound:
                    self._heads.setdefault(word.lower(), (entry, noun_form))

    def close(self, words: tuple[str, ...]) -> None:
        """Declare words that look like compounds of an entry and are none ("maträtt" is no court)."""
        self._closed.update(word.lower() for word in words)

    def block(self, forms: tuple[str, str, str, str]) -> None:
        """Declare a noun that ends as an entry does and means something else, alone and as a head ("kraftverk")."""
        for form in forms:
            self._blocked.update(word.lower() for word in (form, *genitives(form)))

    def forms(self) -> dict[str, NounForm]:
        """What each form is that stands alone, by the form in lower case."""
        return {word: form for word, (_, form) in self._forms.items()}

    def find(self, word: str) -> NounHit[T] | None:
        """The entry that ``word`` is a form or a compound of, or ``None``."""
        lowered = word.lower()
        if lowered in self._closed or " " in lowered:
            return None
        found = self._forms.get(lowered)
        if found is not None:
            return NounHit(found[0], found[1])
        if lowered in self._blocked:
            return None
        for cut in range(_SHORTEST_PREFIX, len(lowered) - 1):
            if lowered[cut:] in self._blocked:
                return None
            head = self._heads.get(lowered[cut:])
            if head is not None and any(letter.isalpha() for letter in lowered[:cut]):
                return NounHit(head[0], head[1], word[:cut].rstrip("-"))
        return None


def read_declensions(language_file: Entry) -> dict[str, Declension]:
    """The declensions of ``inflection.yaml``: name → four endings."""
    declensions: dict[str, Declension] = {}
    section = language_file.entry("declensions")
    for name in section:
        endings = section.text(name).split()
        if len(endings) != 4:
            raise section.fail(name, f"expected four endings, found {len(endings)}")
        declensions[name] = Declension(name, *(ending.strip("-") for ending in endings))
    section.done()
    language_file.done()
    return declensions


def read_nouns(block: Entry, declensions: dict[str, Declension]) -> Iterator[tuple[str, str, str, str]]:
    """The forms of every noun under ``nouns`` of a block, where they stand sorted by declension."""
    nouns = block.entry("nouns")
    for name in nouns:
        for lemma in nouns.words(name):
            if name == "forms":
                given = tuple(lemma.split())
                if len(given) != 4:
                    raise nouns.fail(name, f"{lemma!r} does not give four forms")
                yield given[0], given[1], given[2], given[3]
                continue
            if name not in declensions:
                raise nouns.fail(name, "is no declension of inflection.yaml")
            try:
                yield declensions[name].forms(lemma)
            except ValueError as error:
                raise nouns.fail(name, str(error)) from None
    nouns.done()
