"""The catalogue holds every text in both languages, and nothing that no page uses."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain.claim import Act, Mode, RelationKind, TargetRole
from app.domain.version import Standing
from app.errors import (
    BadCursor,
    Conflict,
    EmptyText,
    InputError,
    NotFound,
    NotText,
    StorageError,
    TextTooLong,
    Withdrawn,
)
from app.storage.articles import Status
from app.web.language import LANGUAGES, Texts, load_texts, negotiate
from app.web.submission import ENCODINGS

WEB = Path(__file__).parents[2] / "app" / "web"
SOURCES = [*sorted(WEB.rglob("*.html")), *sorted(WEB.glob("*.py"))]
# A key written out, or the beginning of one that goes on with a value: t('act.' ~ act), texts(f"read.{asks}").
KEY = re.compile(r"""['"]([a-z_]+(?:\.[a-z_0-9-]+)+|[a-z]+)['"]""")
BEGINNING = re.compile(r"""['"]([a-z_]+(?:\.[a-z_]+)*[._])(?:['"] ~|\{)""")


def test_both_languages_have_the_same_keys() -> None:
    catalogue = load_texts()
    assert {language: set(texts.messages) for language, texts in catalogue.items()} == {
        language: set(catalogue["sv"].messages) for language in LANGUAGES
    }
    assert len(catalogue["sv"].messages) > 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty(language: str) -> None:
    empty = [key for key, message in load_texts()[language].messages.items() if not str(message).strip(" \n")]  # type: ignore[index]
    assert empty == []


def test_what_depends_on_a_value_has_a_text_for_every_value() -> None:
    wanted = [
        *(f"act.{act}" for act in Act),
        *(f"acts.{act}" for act in [*Act, "claim"]),
        *(f"mode.{mode}" for mode in Mode),
        *(f"role.{role}" for role in TargetRole),
        *(f"relation.{kind}" for kind in RelationKind),
        *(f"response.{kind}" for kind in RelationKind),
        *(f"read.{asks}" for asks in ("content", "speaker", "target")),
        *(f"standing.{standing}" for standing in Standing),
        *(f"status.{status}" for status in Status if status is not Status.DONE),
        *(f"status.short.{status}" for status in Status if status is not Status.DONE),
        *(f"ingest.encoding.{encoding}" for encoding in ENCODINGS),
        *(f"fault.{error.slug}" for error in (EmptyText, TextTooLong, NotText, Conflict, InputError)),
        *(f"error.{error.slug}" for error in (NotFound, InputError, BadCursor, StorageError, Withdrawn)),
        *(f"month.{month}" for month in range(1, 13)),
    ]
    assert [key for key in wanted if key not in load_texts()["sv"].messages] == []


def test_every_text_is_used() -> None:
    source = "\n".join(path.read_text("utf-8") for path in SOURCES)
    written = set(KEY.findall(source))
    beginnings = set(BEGINNING.findall(source))
    unused = [
        key
        for key in load_texts()["sv"].messages
        if key not in written and not any(key.startswith(beginning) for beginning in beginnings)
    ]
    assert unused == []


@pytest.mark.parametrize(
    ("asked", "accepted", "language"),
    [
        (None, "", "sv"),
        (None, "*", "sv"),
        (None, "en-GB,en;q=0.9", "en"),
        (None, "sv-SE,sv;q=0.9,en;q=0.8", "sv"),
        (None, "fr,en;q=0.3,sv;q=0.8", "sv"),
        (None, "de", "sv"),
        (None, "en;q=0, sv;q=0", "sv"),
        (None, "en;q=nonsense,;;;,sv;q=0.1", "sv"),
        ("en", "sv", "en"),
        ("sv", "en", "sv"),
        ("xx", "en", "en"),
    ],
)
def test_the_language_of_a_page(asked: str | None, accepted: str, language: str) -> None:
    assert negotiate(asked, accepted) == language


def words(language: str) -> Texts:
    return load_texts()[language]  # type: ignore[index]


def test_dates_numbers_and_lists_in_words() -> None:
    moment = datetime(2023, 9, 5, tzinfo=UTC)
    assert words("sv").day(moment) == "5 september 2023"
    assert words("en").day(moment) == "5 September 2023"
    assert words("sv").day(None) == "utan datum"
    assert words("sv").number(1_000_000) == "1\u00a0000\u00a0000"
    assert words("en").number(1_000_000) == "1,000,000"
    assert words("sv").listed(["a", "b", "c"]) == "a, b och c"
    assert words("en").listed(["a"]) == "a"
    assert words("sv").listed([]) == ""


@pytest.mark.parametrize(("probability", "shown"), [(0.915, "92 %"), (1.0, "99 %"), (0.0, "1 %"), (0.504, "50 %")])
def test_certainty_is_never_claimed_in_full(probability: float, shown: str) -> None:
    assert words("sv").share(probability) == shown


def test_one_and_several() -> None:
    assert words("sv").count("count.claims", 1) == "1 påstående"
    assert words("sv").count("count.claims", 0) == "0 påståenden"
    assert words("en").count("count.claims", 2) == "2 claims"
