"""Territories and the roles a word can name them in: name, genitive, adjective, inhabitants, capital, metonym."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from app.lexicon.genitive import genitives
from app.lexicon.nouns import Declension
from app.lexicon.strict import Entry

_CODE_LENGTH = 2


class TerritoryKind(StrEnum):
    """What a territory is: a state, a disputed one, a part or a county of one, or a former state."""

    STATE = "state"
    DISPUTED = "disputed"
    PART = "part"
    FORMER = "former"
    COUNTY = "county"


class TerritoryRole(StrEnum):
    """In which role a word names a territory."""

    NAME = "name"
    GENITIVE = "genitive"
    ADJECTIVE = "adjective"
    INHABITANT = "inhabitant"
    CAPITAL = "capital"
    CAPITAL_GENITIVE = "capital_genitive"
    METONYM = "metonym"
    METONYM_GENITIVE = "metonym_genitive"


class SeatOf(StrEnum):
    """The body that a metonym stands for."""

    GOVERNMENT = "government"
    HEAD_OF_STATE = "head_of_state"
    FOREIGN = "foreign"
    DEFENCE = "defence"
    PARLIAMENT = "parliament"


@dataclass(frozen=True, slots=True)
class Territory:
    """A state or other territory.

    ``code`` is ISO 3166-1 alpha-2, or lower-case where that has none. ``names`` starts with ``name``, the usual one.
    ``inhabitants`` are all forms of the words for its people, ``seats`` the metonyms with the body they stand for.
    """

    code: str
    name: str
    kind: TerritoryKind
    part_of: str | None
    names: tuple[str, ...]
    genitives: tuple[str, ...]
    adjectives: tuple[str, ...]
    inhabitants: tuple[str, ...]
    capitals: tuple[str, ...]
    seats: tuple[tuple[str, SeatOf], ...]

    @property
    def genitive(self) -> str:
        """The usual genitive of the usual name: ``USA:s``, ``Belarus``."""
        return self.genitives[0]

    @property
    def is_state(self) -> bool:
        """Whether it acts as a state of its own: a state, or one that is disputed."""
        return self.kind in (TerritoryKind.STATE, TerritoryKind.DISPUTED, TerritoryKind.FORMER)


@dataclass(frozen=True, slots=True)
class TerritoryHit:
    """A word names ``territory`` in ``role``; ``plural`` says so for inhabitants.

    ``ambiguous`` is set where other territories claim the word too, or where the word often is something else;
    then more evidence is needed. ``seat`` is the body that a metonym stands for.
    """

    territory: Territory
    role: TerritoryRole
    ambiguous: bool = False
    plural: bool | None = None
    seat: SeatOf | None = None


@dataclass
class TerritoryIndex:
    """Every word of every territory. Adjectives and inhabitants match in any case, names only where capitalised."""

    territories: dict[str, Territory] = field(default_factory=dict)
    _words: dict[str, list[TerritoryHit]] = field(default_factory=dict)
    _lower: dict[str, list[TerritoryHit]] = field(default_factory=dict)

    def lookup(self, word: str) -> tuple[TerritoryHit, ...]:
        """All readings of ``word`` (one word or a whole name), likeliest first; empty where it names no territory."""
        hits = list(self._words.get(word, ()))
        if not hits and len(word) > _CODE_LENGTH and word.isupper():
            # A headline or a dateline: "RYSSLAND", "BAKU".
            hits = list(self._words.get("\N{NULL}" + word, ()))
        hits += self._lower.get(word.lower(), ())
        return tuple(hits)

    def first(self, word: str, *roles: TerritoryRole) -> TerritoryHit | None:
        """The likeliest reading of ``word`` in one of ``roles``, or ``None``."""
        return next((hit for hit in self.lookup(word) if hit.role in roles), None)

    def _add(self, word: str, hit: TerritoryHit) -> None:
        if hit.role in (TerritoryRole.ADJECTIVE, TerritoryRole.INHABITANT):
            known = self._lower.setdefault(word.lower(), [])
        else:
            known = self._words.setdefault(word, [])
            shouted = word.upper()
            if shouted != word:
                self._words.setdefault("\N{NULL}" + shouted, []).append(hit)
        if not any(other.role is hit.role and other.territory is hit.territory for other in known):
            known.append(hit)


def adjective_forms(adjective: str) -> tuple[str, ...]:
    """The forms of an adjective in -sk: ``rysk``, ``ryskt``, ``ryska``, ``ryske``."""
    return adjective, adjective + "t", adjective + "a", adjective + "e"


def inhabitant_forms(text: str, declensions: dict[str, Declension]) -> tuple[tuple[str, bool | None], ...]:
    """The forms of ``singular/plural`` with their number, ``None`` where one form is both.

    Raises ``ValueError`` for a pair that no declension fits.
    """
    singular, _, plural = text.partition("/")
    if not plural:
        name = "talare" if singular.endswith("are") else "azerier"
    elif plural.endswith("män"):
        name = "talesman"
    elif plural == singular + "er":
        name = "president"
    elif singular + "r" == plural:
        # "gazabo, gazabor": the vowel stays.
        return (singular, False), (singular + "n", False), (plural, True), (plural + "na", True)
    else:
        name = "pojke" if singular.endswith("e") else "kung"
    forms = declensions[name].forms(singular)
    if plural and forms[2] != plural:
        raise ValueError(f"no plural {plural!r} of {singular!r} is known")
    if not plural:
        return (forms[0], None), (forms[1], False), (forms[3], True)
    return (forms[0], False), (forms[1], False), (forms[2], True), (forms[3], True)


def read_territories(data: Entry, declensions: dict[str, Declension]) -> TerritoryIndex:
    """The index of ``territories.yaml``; raises ``LexiconError`` for a broken entry or an undeclared double claim."""
    index = TerritoryIndex()
    order = dict(data.children("ambiguous"))
    ranks = {(word.lower(), entry.text("role")): entry.words("codes") for word, entry in order.items()}
    for entry in order.values():
        entry.text("why")
        entry.done()
    notes = data.entry("shared")
    shared = set(notes)
    for word in shared:
        notes.text(word)
    inhabitants: dict[str, list[tuple[str, bool | None]]] = {}
    for code, entry in data.children("territories"):
        index.territories[code] = _territory(code, entry, declensions, inhabitants)
    data.done()
    for territory in index.territories.values():
        if territory.part_of is not None and territory.part_of not in index.territories:
            raise data.fail(f"territories[{territory.code}]: part_of", f"{territory.part_of!r} is no territory here")
    claims: dict[tuple[str, str], list[str]] = {}
    readings = [
        reading
        for territory in index.territories.values()
        for reading in _readings(territory, inhabitants[territory.code])
    ]
    for word, hit in readings:
        codes = claims.setdefault((word.lower(), hit.role), [])
        if hit.territory.code not in codes:
            codes.append(hit.territory.code)
    for (word, role), codes in claims.items():
        if len(codes) > 1 and not any(set(codes) <= set(known) for known in ranks.values()):
            raise data.fail(
                "territories", f"{word!r} as {role} is claimed by {', '.join(codes)}, which 'ambiguous' does not allow"
            )
    rank = {code: place for codes in ranks.values() for place, code in enumerate(codes)}
    for word, hit in sorted(readings, key=lambda reading: rank.get(reading[1].territory.code, 0)):
        several = len(claims[word.lower(), hit.role]) > 1 or word in shared or word.rstrip("s:") in shared
        index._add(word, TerritoryHit(hit.territory, hit.role, several, hit.plural, hit.seat))
    return index


def _territory(
    code: str, entry: Entry, declensions: dict[str, Declension], inhabitants: dict[str, list[tuple[str, bool | None]]]
) -> Territory:
    if not ((len(code) == _CODE_LENGTH and code.isupper()) or code.islower()):
        raise entry.fail("code", f"{code!r} is neither two capitals nor a lower-case code")
    name = entry.text("name")
    forms: list[tuple[str, bool | None]] = []
    for text in entry.words("inhabitants"):
        try:
            forms += inhabitant_forms(text, declensions)
        except ValueError as error:
            raise entry.fail("inhabitants", str(error)) from None
    inhabitants[code] = forms
    adjectives = entry.words("adjectives")
    for adjective in adjectives:
        if not adjective.endswith("sk"):
            raise entry.fail("adjectives", f"{adjective!r} does not end in -sk")
    seats = entry.entry("seats") if "seats" in entry else Entry(entry.where, {})
    names = (name, *entry.words("names"))
    territory = Territory(
        code=code,
        name=name,
        kind=entry.choice("kind", TerritoryKind, TerritoryKind.STATE),
        part_of=entry.optional("part_of"),
        names=names,
        genitives=(
            *dict.fromkeys([form for each in names for form in genitives(each)] + list(entry.words("genitives"))),
        ),
        adjectives=tuple(form for adjective in adjectives for form in adjective_forms(adjective)),
        inhabitants=tuple(form for form, _ in forms),
        capitals=entry.words("capitals"),
        seats=tuple((seat, seats.choice(seat, SeatOf)) for seat in seats),
    )
    entry.done()
    return territory


def _readings(territory: Territory, inhabitants: list[tuple[str, bool | None]]) -> list[tuple[str, TerritoryHit]]:
    found = [(name, TerritoryHit(territory, TerritoryRole.NAME)) for name in territory.names]
    found += [(form, TerritoryHit(territory, TerritoryRole.GENITIVE)) for form in territory.genitives]
    found += [(form, TerritoryHit(territory, TerritoryRole.ADJECTIVE)) for form in territory.adjectives]
    found += [(form, TerritoryHit(territory, TerritoryRole.INHABITANT, plural=plural)) for form, plural in inhabitants]
    for capital in territory.capitals:
        found.append((capital, TerritoryHit(territory, TerritoryRole.CAPITAL)))
        found += [(form, TerritoryHit(territory, TerritoryRole.CAPITAL_GENITIVE)) for form in genitives(capital)]
    for name, seat in territory.seats:
        found.append((name, TerritoryHit(territory, TerritoryRole.METONYM, seat=seat)))
        found += [
            (form, TerritoryHit(territory, TerritoryRole.METONYM_GENITIVE, seat=seat)) for form in genitives(name)
        ]
    return found
