"""Bodies of states: "Bakus försvarsministerium" and "det azerbajdzjanska försvarsministeriet" are one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.actor import ActorKind
from app.lexicon.entities import load_entities
from app.lexicon.grammar import load_grammar
from app.lexicon.identity import load_identity
from app.lexicon.territories import TerritoryRole

if TYPE_CHECKING:
    from app.lexicon.bodies import BodyNoun, Organisation
    from app.lexicon.nouns import NounHit

_LONGEST_OWNER = 4
"""Words of the longest name of a state in the genitive: "Bosnien och Hercegovinas", "Förenade Arabemiratens"."""

_GENITIVES = frozenset({TerritoryRole.GENITIVE, TerritoryRole.CAPITAL_GENITIVE, TerritoryRole.METONYM_GENITIVE})

_NEVER_OF_A_CITY = frozenset({ActorKind.GOVERNMENT, ActorKind.ARMED_FORCE})
"""Kinds of body that a capital has only as the seat of its state: "Bakus regering", not "Stockholms universitet"."""


@dataclass(frozen=True, slots=True)
class BodyKey:
    """What a name says of a body. ``found`` where it is the body of some state at all; ``key`` is ``None`` where it is
    one that only its article tells from others ("amerikanska tjänstemän")."""

    found: bool
    key: str | None = None


@dataclass(frozen=True, slots=True)
class _Owner:
    """The state named at the head of a body's name, how many words that takes, and whether in the genitive or by its
    capital."""

    code: str
    words: int
    genitive: bool
    capital: bool


class BodyReader:
    """Reads names of bodies. ``territories`` are the codes of all states and bodies of states in the article, ``home``
    the state whose bodies need no owner."""

    def __init__(self, language: str, territories: frozenset[str], home: str) -> None:
        self._entities = load_entities(language)
        self._identity = load_identity(language)
        self._determiners = load_grammar(language).determiners
        self._seat_prepositions = self._identity.seat_prepositions
        self._territories = territories
        self._home = home

    def of_organisation(self, organisation: Organisation) -> str | None:
        """The key of a listed body; ``None`` for a word like "Kongressen" where the article does not tell whose."""
        head = self._entities.body_noun(organisation.name)
        generic = head is not None and not head.prefix and head.form.definite
        territory = organisation.territory or (self._home if generic else None)
        foreign_word = organisation.shared and territory is not None and territory != self._home
        if (generic or foreign_word) and territory is not None and not self._speaks_of(territory):
            return None
        return self._of_listed(organisation, territory)

    def _of_listed(self, organisation: Organisation, territory: str | None) -> str:
        head = self._entities.body_noun(organisation.name)
        if head is not None and head.form.definite and territory is not None:
            return self._key(territory, self._noun(head))
        return f"org:{organisation.name.casefold()}"

    def of_name(self, name: str, territory: str | None) -> BodyKey:
        """What ``name`` says of a body of ``territory``, or of whose state the name itself tells."""
        words = name.split()
        while len(words) > 1 and words[0].casefold() in self._determiners:
            words = words[1:]
        compound = self._entities.of_compound(words[0]) if words else None
        if compound is not None and len(words) == 1:
            code = territory or compound.territory.territory.code
            return BodyKey(True, self._key(code, self._noun(compound.head)))
        owner = self._owner(words, territory)
        rest = words[owner.words :] if owner is not None else words
        hit = self._entities.organisation(" ".join(rest)) if owner is not None else None
        if owner is not None and hit is not None:
            return BodyKey(True, self._listed(hit.organisation, owner.code))
        if owner is not None and self._is_name(rest, owner):
            return BodyKey(False)
        whose = owner.code if owner is not None else territory
        return self._read(rest, whose, owned=owner is not None and owner.genitive)

    def _listed(self, organisation: Organisation, code: str) -> str | None:
        """The key of a listed body with a state before it: "amerikanska FBI", but also "amerikanska UD"."""
        head = self._entities.body_noun(organisation.name)
        if organisation.territory in (None, code) or head is None:
            return self._of_listed(organisation, code)
        return self._key(code, self._noun(head))

    def _is_name(self, words: list[str], owner: _Owner) -> bool:
        """Whether a name only begins like a body of a state: "Danske Bank", a city's own body."""
        head = next((hit for word in words if (hit := self._entities.body_noun(word)) is not None), None)
        if owner.capital:
            return head is None or head.entry.kind not in _NEVER_OF_A_CITY
        return words[0][:1].isupper() and (head is None or not head.entry.organ)

    def _owner(self, words: list[str], territory: str | None) -> _Owner | None:
        for count in range(min(_LONGEST_OWNER, len(words) - 1), 0, -1):
            for hit in self._entities.lookup(" ".join(words[:count])):
                adjective = hit.role is TerritoryRole.ADJECTIVE
                if not adjective and hit.role not in _GENITIVES:
                    continue
                if territory is None or hit.territory.code == territory:
                    capital = hit.role is TerritoryRole.CAPITAL_GENITIVE
                    return _Owner(hit.territory.code, count, not adjective, capital)
        return None

    def _read(self, words: list[str], code: str | None, *, owned: bool) -> BodyKey:
        place = next((place for place, word in enumerate(words) if self._entities.body_noun(word) is not None), None)
        head = self._entities.body_noun(words[place]) if place is not None else None
        if place is None or head is None:
            # People ("tjänstemän"), or a noun that no list holds: a state's own one in the genitive is one of a kind.
            anonymous = not owned or code is None or self._entities.group(words[-1]) is not None
            return BodyKey(code is not None, None if anonymous else self._key(code or "", " ".join(words)))
        before, after = words[:place], words[place + 1 :]
        seat = self._seat(after) if head.entry.organ and head.form.lemma not in self._identity.abroad else None
        if seat is not None and code in (None, seat) and head.form.definite:
            return BodyKey(True, self._key(seat, " ".join((*before, self._noun(head)))))
        if code is None:
            # "Regeringen" alone is that of the home state where the article is about no other, "ministeriet" anybody's.
            if before or after or head.prefix:
                return BodyKey(False)
            at_home = head.form.definite and head.form.lemma in self._identity.unowned and self._speaks_of(self._home)
            return BodyKey(True, self._key(self._home, self._noun(head)) if at_home else None)
        collective = bool(head.form.plural) and head.form.lemma in self._identity.collectives
        part = head.form.genitive and bool(after)
        vague = bool(after) and not part and all(word.islower() for word in after)
        if vague or not (owned or head.form.definite or collective):
            return BodyKey(True)
        number = "+" if head.form.plural else ""
        return BodyKey(True, self._key(code, " ".join((*before, self._noun(head) + number, *after))))

    def _seat(self, words: list[str]) -> str | None:
        """The state whose capital or name stands behind the head: "försvarsministeriet i Baku"."""
        if len(words) < 2 or words[0] not in self._seat_prepositions:
            return None
        hit = self._entities.territories.first(" ".join(words[1:]), TerritoryRole.CAPITAL, TerritoryRole.NAME)
        return hit.territory.code if hit is not None and hit.territory.is_state else None

    def _speaks_of(self, code: str) -> bool:
        """Whether a body that the article gives no owner may be that state's."""
        return code in self._territories if code != self._home else self._territories <= {code}

    def _noun(self, head: NounHit[BodyNoun]) -> str:
        return head.prefix + self._identity.body(head.form.lemma)

    @staticmethod
    def _key(code: str, noun: str) -> str:
        return f"body:{code}:{noun.casefold()}"
