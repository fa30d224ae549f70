"""Wikidata ids of states and institutions, for joining claims with what others know of their speakers."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from app.domain.actor import ActorKind
from app.domain.record import ActorRef
from app.lexicon.strict import Entry, read_file

_ID = re.compile(r"Q[1-9][0-9]*")
_INSTITUTIONS = frozenset({ActorKind.ORGANISATION, ActorKind.AUTHORITY, ActorKind.GOVERNMENT, ActorKind.MEDIA})


@dataclass(frozen=True, slots=True)
class WikidataIds:
    """Ids by code of a territory, and by every name of an institution, case folded."""

    territories: dict[str, str]
    institutions: dict[str, str]

    def of(self, kind: ActorKind, name: str, territory: str | None) -> str | None:
        """The id (``Q34``) of an actor of that kind and name; ``None`` where it is not known for certain.

        A state has the id of its territory; a body of a state does not.
        """
        if kind is ActorKind.STATE:
            return self.territories.get(territory) if territory else None
        return self.institutions.get(name.casefold()) if kind in _INSTITUTIONS else None


@functools.cache
def load_wikidata(language: str = "sv") -> WikidataIds:
    """The ids for the actors of ``language``.

    Raises ``UnsupportedLanguage`` for a language without data, ``LexiconError`` naming file and key for data that
    breaks the schema: an id of another form, one that stands twice, a territory or an institution that the lexicon does
    not know.
    """
    return build_wikidata(
        read_file(language, "wikidata.yaml"),
        read_file(language, "territories.yaml"),
        read_file(language, "organisations.yaml"),
        read_file(language, "media.yaml"),
    )


def entity_of(actor: ActorRef) -> str | None:
    """The address by which Wikidata and data that point to it name an actor; ``None`` where that is not certain.

    It is that of the entity, under http: the page about it is another.
    """
    known = load_wikidata().of(actor.kind, actor.name, actor.territory)
    return f"http://www.wikidata.org/entity/{known}" if known else None


def build_wikidata(ids: Entry, territories: Entry, organisations: Entry, media: Entry) -> WikidataIds:
    """The ids in a file, for what the other three files hold; raises ``LexiconError`` as :func:`load_wikidata` does."""
    known = {code for code, _ in territories.children("territories")}
    called = {**dict(organisations.children("organisations")), **dict(media.children("media"))}
    seen: dict[str, str] = {}
    by_code = _read(ids, "territories", known, seen)
    by_name = _read(ids, "organisations", set(called), seen)
    ids.done()
    institutions: dict[str, str] = {}
    for name, number in by_name.items():
        for form in (name, *called[name].words("aliases")):
            institutions[form.casefold()] = number
    return WikidataIds(by_code, institutions)


def _read(ids: Entry, section: str, known: set[str], seen: dict[str, str]) -> dict[str, str]:
    part = ids.entry(section)
    found = {}
    for name in part:
        number = part.text(name)
        if name not in known:
            raise part.fail(name, "the lexicon holds nothing of that name")
        if not _ID.fullmatch(number):
            raise part.fail(name, f"{number!r} is no id of Wikidata: expected Q and a number")
        if number in seen:
            raise part.fail(name, f"{number} is the id of {seen[number]} already")
        found[name] = number
        seen[number] = name
    return found
