"""Options that say which claims are meant, the same for every command that lists claims."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.options import moment
from app.domain.claim import Act, Mode
from app.domain.record import ClaimFilter

if TYPE_CHECKING:
    from app.settings import Settings


class Scope(StrEnum):
    """Whose claims answer for a speaker."""

    PARTY = "party"
    OWN = "own"


Speaker = Annotated[str | None, typer.Option(help="Name or id of who makes the claim.")]
Target = Annotated[str | None, typer.Option(help="Name or id of whom it is about or against.")]
ActOption = Annotated[Act | None, typer.Option(help="Speech act.")]
ModeOption = Annotated[Mode | None, typer.Option(help="How the words are given.")]
Words = Annotated[str | None, typer.Option(help="Words in the claim or in the printed speaker.")]
Since = Annotated[str | None, typer.Option(help="Published at or after, ISO 8601.")]
Until = Annotated[str | None, typer.Option(help="Published before, ISO 8601.")]
ArticleId = Annotated[str | None, typer.Option(help="Id of the article.")]
ScopeOption = Annotated[
    Scope, typer.Option(help="party: also those who speak for the speaker; own: the speaker alone.")
]


def _confidence(given: str) -> float:
    from app.extraction.tier import AUTO, auto_threshold

    if given == AUTO:
        return auto_threshold()
    try:
        least = float(given)
    except ValueError:
        least = -1.0
    if not 0 <= least <= 1:
        raise typer.BadParameter(f"{given!r} is neither a number from 0 to 1 nor {AUTO}")
    return least


MinConfidence = Annotated[
    float | None,
    typer.Option(
        parser=_confidence, metavar="NUMBER|auto", help="At least this confidence, 0 to 1; auto for the surest tier."
    ),
]
Base = Annotated[
    str | None,
    typer.Option(
        help="jsonld: public address of the interface that ids are built on.",
        show_default="http://SAGESMAN_HOST:SAGESMAN_PORT/v1",
    ),
]


def claim_filter(
    speaker: str | None,
    target: str | None,
    act: Act | None,
    mode: Mode | None,
    q: str | None,
    since: str | None,
    until: str | None,
    article: str | None,
    *,
    scope: Scope,
    min_confidence: float | None,
) -> ClaimFilter:
    """The filter that the options make; raises `InputError` for a time that is none."""
    return ClaimFilter(
        speaker=speaker,
        target=target,
        act=act,
        mode=mode,
        q=q,
        since=moment(since, "--since"),
        until=moment(until, "--until"),
        article=article,
        scope=scope.value,
        min_confidence=min_confidence,
    )


def base_address(base: str | None, settings: Settings) -> str:
    """The address that ids in JSON-LD are built on: the one given, else that of ``sagesman serve``."""
    if base is not None:
        return base
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{settings.port}/v1"
