"""Other names for a party: "Azerbaijan", "the Russian government" or "London" as Swedish articles may print them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

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


def _load(raw: Any) -> _File:
    try:
        return _File.model_validate(raw)
    except ValidationError as error:
        fault = error.errors()[0]
        place = ".".join(str(part) for part in fault["loc"])
        raise LexiconError(f"app/asking/{_FILE}: {place}: {fault['msg']}") from error


@cache
def _territories() -> TerritoryIndex:
    """The territories alone: the rest of the lexicon is for reading articles, and a question should not wait for it."""
    return read_territories(read_file("sv", "territories.yaml"), read_declensions(read_file("sv", "inflection.yaml")))


@cache
def _index() -> _Index:
    try:
        data = _load(yaml.safe_load((files("app.asking") / _FILE).read_text("utf-8")))
    except yaml.YAMLError as error:
        raise LexiconError(f"app/asking/{_FILE} is no YAML: {error}") from error
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
    found: list[str] = []
    if language == "en":
        found += index.others.get(fold(name), ())
        for pattern in (_OF_STATE, _STATES):
            if match := pattern.fullmatch(name):
                found += _body(index.bodies.get(fold(match["body"])), _territory(match["state"], language))
        adjective, _, body = name.partition(" ")
        while body:
            code = index.adjectives.get(fold(adjective))
            found += _body(index.bodies.get(fold(body)), _by_code(code) if code else None)
            word, _, body = body.partition(" ")
            adjective = f"{adjective} {word}"
    else:
        if match := _IN_STATE.fullmatch(name):
            found += _body(index.definite.get(fold(match["body"])), _territory(match["state"], language))
        words = re.sub(r"^(?:den|det|de)\s+", "", name, flags=re.IGNORECASE).split()
        if len(words) == 2:
            hit = _territories().first(words[0], TerritoryRole.ADJECTIVE)
            found += _body(index.definite.get(fold(words[1])), hit.territory if hit else None)
    return OtherNames(tuple(dict.fromkeys(found)))


def _body(noun: str | None, state: Territory | None) -> list[str]:
    """ "försvarsministerium" of Azerbaijan as articles print it: with the genitive of the state or of its capital."""
    if noun is None or state is None:
        return []
    capitals = [f"{capital}{'' if capital.endswith('s') else 's'} {noun}" for capital in state.capitals]
    return [f"{state.genitive} {noun}", *capitals]


def _by_code(code: str) -> Territory:
    return _territories().territories[code]


def _territory(name: str, language: str) -> Territory | None:
    if language == "en" and (code := _index().english.get(fold(name))):
        return _by_code(code)
    index = _territories()
    # Typed without capitals ("vad säger london?") a name still is one here, where nothing else can be meant.
    for form in (name, name.title(), name.upper()):
        if hit := index.first(form, *_PLACE):
            return hit.territory
    return None
