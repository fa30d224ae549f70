"""What definite descriptions and titles can point back to."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.actor import ActorKind
from app.lexicon.strict import read_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.lexicon.strict import Entry


@dataclass(frozen=True, slots=True)
class AnaphoraLexicon:
    """The contents of ``anaphora.yaml``, which says what each key is for. All words are lower case.

    ``synonyms`` maps a title to the other titles of the same office.
    """

    hypernyms: Mapping[str, tuple[ActorKind, ...]]
    state_nouns: frozenset[str]
    marks: Mapping[str, frozenset[str]]
    body_seats: Mapping[str, frozenset[str]]
    surely_marked: frozenset[str]
    naming: frozenset[str]
    others: frozenset[str]
    staffs: frozenset[str]
    clients: frozenset[str]
    inner_bodies: frozenset[str]
    synonyms: Mapping[str, frozenset[str]]
    cabinet: tuple[str, ...]
    office_heads: tuple[str, ...]
    injured_counsel: frozenset[str]
    independent: tuple[str, ...]
    going_on: frozenset[str]


@functools.cache
def load_anaphora(language: str) -> AnaphoraLexicon:
    """The anaphora data of a language; raises ``UnsupportedLanguage`` or ``LexiconError`` naming file and key."""
    file = read_file(language, "anaphora.yaml")
    lexicon = AnaphoraLexicon(
        hypernyms=_hypernyms(file.entry("hypernyms")),
        state_nouns=frozenset(file.words("state_nouns")),
        marks=_marks(file.entry("marks")),
        body_seats=_marks(file.entry("body_seats")),
        surely_marked=frozenset(file.words("surely_marked")),
        naming=frozenset(file.words("naming")),
        others=frozenset(file.words("others")),
        staffs=frozenset(file.words("staffs")),
        clients=frozenset(file.words("clients")),
        inner_bodies=frozenset(file.words("inner_bodies")),
        synonyms=_synonyms(file),
        cabinet=file.words("cabinet"),
        office_heads=file.words("office_heads"),
        going_on=frozenset(file.words("going_on")),
        injured_counsel=frozenset(file.words("injured_counsel")),
        independent=file.words("independent"),
    )
    file.done()
    return lexicon


def _hypernyms(section: Entry) -> dict[str, tuple[ActorKind, ...]]:
    found: dict[str, tuple[ActorKind, ...]] = {}
    for noun in section:
        try:
            found[noun] = tuple(ActorKind(kind) for kind in section.words(noun))
        except ValueError as error:
            raise section.fail(noun, str(error)) from None
    section.done()
    return found


def _marks(section: Entry) -> dict[str, frozenset[str]]:
    found = {noun: frozenset(section.words(noun)) for noun in section}
    section.done()
    return found


def _synonyms(file: Entry) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in file.words("synonyms"):
        titles = frozenset(title.strip() for title in line.split("|"))
        for title in titles:
            found[title] = titles - {title}
    return found
