"""The language of a page and its words: one catalogue, every text in Swedish and English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Literal, cast, get_args

import yaml

from app.domain.actor import ActorKind
from app.errors import LexiconError
from app.graph.wording import KINDS, Language

__all__ = ["LANGUAGES", "Language", "Texts", "load_texts", "negotiate"]

LANGUAGES = get_args(Language)
DEFAULT: Language = "sv"
_FILE = "messages.yaml"
_COUNTS = ("one", "other")

Message = str | Mapping[str, str]


@dataclass(frozen=True)
class Texts:
    """The words of one language. Calling it gives the text of a key with its values put in.

    Raises ``KeyError`` for a key that the catalogue does not hold: that is a mistake in a template.
    """

    language: Language
    messages: Mapping[str, Message]

    def __call__(self, key: str, **values: object) -> str:
        """The text of ``key``."""
        return cast(str, self.messages[key]).format(**values)

    def count(self, key: str, number: int, **values: object) -> str:
        """The text of ``key`` for that many: ``1 påstående``, ``2 påståenden``."""
        forms = cast(Mapping[str, str], self.messages[key])
        return forms["one" if number == 1 else "other"].format(count=number, **values)

    def day(self, moment: datetime | None) -> str:
        """The date in words, or that it is unknown."""
        if moment is None:
            return self("date.unknown")
        return self("date.day", day=moment.day, month=self(f"month.{moment.month}"), year=moment.year)

    def kind(self, kind: ActorKind) -> str:
        """What sort of party an actor is."""
        return KINDS[self.language][kind.value]

    def number(self, number: int) -> str:
        """A number with its thousands apart: ``1 000 000``, ``1,000,000``."""
        return f"{number:,}".replace(",", self("thousands"))

    def share(self, probability: float) -> str:
        """A probability as a whole percentage; 100 % and 0 % are never claimed."""
        return self("percent", number=min(max(round(100 * probability), 1), 99))

    def listed(self, names: list[str]) -> str:
        """``a, b och c``."""
        if len(names) < 2:
            return "".join(names)
        return f"{', '.join(names[:-1])} {self('and')} {names[-1]}"


@cache
def load_texts() -> dict[Language, Texts]:
    """The catalogue by language.

    Raises `LexiconError` naming the key that lacks a language, or has other placeholders or forms in one.
    """
    raw = yaml.safe_load((files("app.web") / _FILE).read_text("utf-8"))
    for key, entry in raw.items():
        if sorted(entry) != sorted(LANGUAGES):
            raise LexiconError(f"app/web/{_FILE}: {key}: give it in {' and '.join(LANGUAGES)} and nothing else")
        shapes = {_shape(f"{key}.{language}", message) for language, message in entry.items()}
        if len(shapes) > 1:
            raise LexiconError(f"app/web/{_FILE}: {key}: placeholders or forms differ between the languages")
    return {
        language: Texts(language, {key: entry[language] for key, entry in raw.items()})
        for language in cast(tuple[Language, ...], LANGUAGES)
    }


def _shape(place: str, message: object) -> tuple[Literal["text", "counted"], frozenset[str]]:
    if isinstance(message, str):
        return "text", _placeholders(message)
    if isinstance(message, dict) and tuple(message) == _COUNTS:
        return "counted", frozenset().union(*map(_placeholders, message.values()), {"count"})
    raise LexiconError(f"app/web/{_FILE}: {place}: a text is needed, or a text each for {' and '.join(_COUNTS)}")


def _placeholders(message: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(message) if name)


def negotiate(asked: str | None, accepted: str) -> Language:
    """The language of a page: the one ``asked`` for, else the first that ``accepted`` (an ``Accept-Language`` header)
    names that there is, else Swedish.
    """
    if asked in LANGUAGES:
        return cast(Language, asked)
    ranked = []
    for place, part in enumerate(accepted.split(",")):
        tag, _, quality = part.strip().partition(";")
        language = tag.split("-")[0].strip().casefold()
        weight = _weight(quality)
        if language in LANGUAGES and weight > 0:
            ranked.append((-weight, place, language))
    return cast(Language, min(ranked)[2]) if ranked else DEFAULT


def _weight(quality: str) -> float:
    """The ``q`` of an entry; 1 where none is given, 0 where it is no number."""
    name, _, value = quality.strip().partition("=")
    if not name:
        return 1.0
    digits = value.strip()
    return float(digits) if digits.replace(".", "", 1).isdecimal() and digits.isascii() else 0.0
