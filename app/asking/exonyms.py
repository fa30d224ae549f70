"""Other names for a party: "Azerbaijan", "the Russian government" or "London" as Swedish articles may print them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict

from app.asking.data import checked, read_yaml
from app.asking.vocabulary import fold
from app.errors import LexiconError
from app.lexicon.nouns import read_declensions
from app.lexicon.strict import read_file
from app.lexicon.territories import Territory, TerritoryIndex, TerritoryRole, read_territories

_FILE = "names.yaml"
_IN_STATE = re.compile(r"(?P<body>\S+)\s+i\s+(?P<state>.+)", re.IGNORECASE)
# Greedy, so that the last "of" divides: "ministry of defence of Azerbaijan".
_OF_STATE = re.compile(r"(?P<body>.+)\s+(?:of|in)\s+(?:the\s+)?(?P<state>.+)", re.IGNORECASE)
_STATES = re.compile(r"(?P<state>.+?)(?:['’]s|s['’])\s+(?P<body>.+)", re.IGNORECASE)
_GOVERNMENT = "regering"
_PLACE = (TerritoryRole.NAME, TerritoryRole.CAPITAL, TerritoryRole.METONYM)


class _Names(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    names: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    territories: dict[str, _Names]
    bodies: dict[str, str]
    definite: dict[str, str]
    others: dict[str, str | tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class OtherNames:
    """``forms`` are other ways to print the name, likeliest first; ``territory`` the code of the state it names.

    ``words`` are those that speak of a state without naming it: its adjectives and the words for its people.
    """

    forms: tuple[str, ...] = ()
    territory: str | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Index:
    english: dict[str, str]
    adjectives: dict[str, str]
    bodies: dict[str, str]
    definite: dict[str, str]
    others: dict[str, tuple[str, ...]]


@cache
def _territories() -> TerritoryIndex:
    """The territories alone: the rest of the lexicon is for reading articles, and a question should not wait for it."""
    return read_territories(read_file("sv", "territories.yaml"), read_declensions(read_file("sv", "inflection.yaml")))


@cache
def _index() -> _Index:
    data = checked(_File, read_yaml(_FILE), _FILE)
    known = _territories().territories
    for code in data.territories:
        if code not in known:
            raise LexiconError(f"app/asking/{_FILE}: territories.{code}: the Swedish lexicon has no such territory")
    return _Index(
        english={fold(name): code for code, each in data.territories.items() for name in (*each.names, *each.capitals)},
        adjectives={fold(word): code for code, each in data.territories.items() for word in each.adjectives},
        bodies={fold(english): swedish for english, swedish in data.bodies.items()},
        definite={fold(form): noun for form, noun in data.definite.items()},
        others={fold(name): (form,) if isinstance(form, str) else form for name, form in data.others.items()},
    )


def other_names(name: str, language: str) -> OtherNames:
    """Other names of whoever ``name`` means in a question in ``language`` (``sv`` or ``en``).

    Empty where none is known. Case and accents of ``name`` do not count. Raises `LexiconError` where ``names.yaml`` or
    the lexicon breaks its schema.
    """
    index = _index()
    if territory := _territory(name, language):
        forms = (territory.name, *territory.names[1:], *territory.capitals)
        adjectives = (word for word in territory.adjectives if word.endswith("sk"))
        return OtherNames(forms, territory.code, (*adjectives, *territory.inhabitants))
    found = list(index.others.get(fold(name), ())) if language == "en" else []
    noun, owner = _body_of(name, language)
    if noun is None or owner is None:
        return OtherNames(tuple(found))
    if not isinstance(owner, Territory):
        return OtherNames(tuple(dict.fromkeys((*found, *(_genitive(form, noun) for form in owner)))))
    found += [f"{owner.genitive} {noun}", *(_genitive(capital, noun) for capital in owner.capitals)]
    definite = next((form for form, each in index.definite.items() if each == noun), None)
    if definite and owner.adjectives:
        adjective = next(word for word in owner.adjectives if word.endswith("a"))
        found.append(f"{'det' if definite.endswith('et') else 'den'} {adjective} {definite}")
    return OtherNames(tuple(dict.fromkeys(found)), owner.code if noun == _GOVERNMENT else None)


def _body_of(name: str, language: str) -> tuple[str | None, Territory | tuple[str, ...] | None]:
    """The Swedish noun for a body or a representative that ``name`` speaks of, and whose it is."""
    index = _index()
    if language == "sv":
        if match := _IN_STATE.fullmatch(name):
            return index.definite.get(fold(match["body"])), _territory(match["state"], language)
        words = re.sub(r"^(?:den|det|de)\s+", "", name, flags=re.IGNORECASE).split()
        hit = _territories().first(words[0], TerritoryRole.ADJECTIVE) if len(words) == 2 else None
        return (index.definite.get(fold(words[1])), hit.territory) if hit else (None, None)
    for pattern in (_OF_STATE, _STATES):
        if (match := pattern.fullmatch(name)) and (noun := index.bodies.get(fold(match["body"]))):
            owner = match["state"].removeprefix("the ")
            return noun, _territory(owner, language) or index.others.get(fold(owner))
    first, _, body = name.partition(" ")
    while body:
        if (code := index.adjectives.get(fold(first))) and (noun := index.bodies.get(fold(body))):
            return noun, _territories().territories[code]
        word, _, body = body.partition(" ")
        first = f"{first} {word}"
    return None, None


def _genitive(owner: str, noun: str) -> str:
    return f"{owner}{'' if owner.endswith('s') else 's'} {noun}"


def _territory(name: str, language: str) -> Territory | None:
    if language == "en" and (code := _index().english.get(fold(name))):
        return _territories().territories[code]
    index = _territories()
    # Typed without capitals ("vad säger london?") a name still is one here, where nothing else can be meant.
    for form in (name, name.title(), name.upper()):
        if hit := index.first(form, *_PLACE):
            return hit.territory
    return None
