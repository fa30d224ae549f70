"""What a newsroom's feed delivers: an article, or word that one is withdrawn."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from app.domain.article import Article
from app.errors import EmptyText, InputError, NotText

# As long as the interface takes and sends them.
_LONGEST = {"title": 1000, "uri": 2000, "version": 100, "agency": 300, "byline": 300}
# Code points that JSON can spell, and neither UTF-8 nor a database holds.
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_LANGUAGE = re.compile(r"(?P<code>[A-Za-z]{2,3})(?:[-_][A-Za-z0-9]+)*")
_THREE_LETTERS = {"swe": "sv"}


@dataclass(frozen=True, slots=True)
class Delivery:
    """One item of a delivery.

    ``withdrawn`` says that the sender takes the article back (killed, withheld): what is stored under its ``uri`` is
    not to be used any longer. Its text may then be empty.
    """

    article: Article
    withdrawn: bool = False


def deliver(
    text: str,
    place: str,
    *,
    title: str | None = None,
    language: str | None = None,
    uri: str | None = None,
    version: str | None = None,
    agency: str | None = None,
    byline: str | None = None,
    published_at: datetime | None = None,
    withdrawn: bool = False,
) -> Delivery:
    """A delivery of these parts; ``place`` says in errors which item it is.

    ``text`` stays as it is, the other strings are put on one line, and one without characters is none. Raises
    `EmptyText` for a text without words, unless it is withdrawn, `NotText` for code points that cannot be stored, and
    `InputError` naming a part that is too long or a language that is no code.
    """
    if not withdrawn and not any(character.isalnum() for character in text):
        raise EmptyText(f"{place}: no words in the text")
    if found := _UNSTORABLE.search(text):
        raise NotText(f"{place}: U+{ord(found[0]):04X} at code point {found.start()} of the text cannot be stored")
    parts = {"title": title, "uri": uri, "version": version, "agency": agency, "byline": byline}
    article = Article(
        text=text,
        language=language_code(language, place) or "sv",
        published_at=published_at,
        **{name: _on_one_line(value, f"{place}: {name}", _LONGEST[name]) for name, value in parts.items()},
    )
    return Delivery(article, withdrawn)


def fits(name: str, value: str) -> bool:
    """Whether ``value`` is short enough for that part of an article."""
    return len(value) <= _LONGEST[name]


def language_code(tag: str | None, place: str) -> str | None:
    """The ISO 639-1 code in a language tag such as ``sv-SE``; ``None`` for none. Raises `InputError`."""
    if tag is None or not tag.strip():
        return None
    found = _LANGUAGE.fullmatch(tag.strip())
    if found is None:
        raise InputError(f"{place}: {tag.strip()[:40]!r} is no language code")
    code = found["code"].lower()
    return _THREE_LETTERS.get(code, code)


def moment(text: str | None, place: str) -> datetime | None:
    """The time that ``text`` names, in ISO 8601 or as in e-mail (RFC 822), in UTC where it names no offset.

    ``None`` for none; raises `InputError` where it is no time.
    """
    if text is None or not text.strip():
        return None
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        try:
            found = parsedate_to_datetime(text.strip())
        except (ValueError, TypeError, OverflowError):
            raise InputError(f"{place} must be a date and time (ISO 8601 or RFC 822), got {text[:40]!r}") from None
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    try:
        found.astimezone(UTC)
    except OverflowError:
        raise InputError(f"{place}: {text[:40]!r} is outside the calendar") from None
    return found


def first(values: Iterable[str | None]) -> str | None:
    """The first value that holds more than blanks."""
    return next((value for value in values if value is not None and value.strip()), None)


def _on_one_line(value: str | None, place: str, longest: int) -> str | None:
    if value is None or not (line := " ".join(value.split())):
        return None
    if len(line) > longest:
        raise InputError(f"{place} has {len(line)} characters; the limit is {longest}")
    if found := _UNSTORABLE.search(line):
        raise NotText(f"{place}: U+{ord(found[0]):04X} cannot be stored")
    return line
