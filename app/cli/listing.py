"""Claims as the terminal shows them, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from rich.text import Text

from app.domain.claim import RelationKind
from app.domain.record import ActorRef, ClaimRecord, RelationRecord

_DOES = {
    RelationKind.DENIES: "denies",
    RelationKind.CONFIRMS: "confirms",
    RelationKind.UNVERIFIED: "could not verify",
    RelationKind.SUPPORTS: "supports",
    RelationKind.REPEATS: "repeats",
    RelationKind.ANSWERS: "answers",
}
_DONE = {
    RelationKind.DENIES: "denied by",
    RelationKind.CONFIRMS: "confirmed by",
    RelationKind.UNVERIFIED: "not verified by",
    RelationKind.SUPPORTS: "supported by",
    RelationKind.REPEATS: "repeated by",
    RelationKind.ANSWERS: "answered by",
}
# What a relation's line quotes of the other claim: enough to know it by.
_QUOTED_CHARACTERS = 70


def print_claims(claims: Sequence[ClaimRecord]) -> None:
    """Print claims one below the other: who, through whom, what, at whom, what bears on it, and where it stands."""
    from app.cli.output import console

    shown = console()
    for number, claim in enumerate(claims, 1):
        head = Text(f"{number:>3}. ")
        head.append(speaker(claim), style="bold")
        head.append(f"  {claim.act.value}, {claim.mode.value}", style="dim")
        shown.print(head, soft_wrap=True)
        for line in _lines(claim):
            shown.print(Text(f"     {line}"), soft_wrap=True)


def claims_table(claims: Iterable[ClaimRecord]) -> str:
    """Claims as a table: who says what of whom, and when."""
    from app.cli.output import table

    return table(
        ("speaker", "act", "target", "claim", "published", "id"),
        [
            (
                speaker(claim),
                claim.act.value,
                ", ".join(dict.fromkeys(target.actor.name for target in claim.targets)),
                claim.text,
                f"{claim.published_at:%Y-%m-%d}" if claim.published_at else "–",
                claim.id,
            )
            for claim in claims
        ],
    )


def speaker(claim: ClaimRecord) -> str:
    """Who makes the claim: the names, the words as printed where they differ, and through whom a party speaks."""
    named = _names(claim.speakers)
    printed = claim.speaker.text if claim.speaker else ""
    if not named:
        return printed or "nobody named"
    return named if printed in ("", named) else f"{named} ({printed})"


def claims_document(claims: Iterable[ClaimRecord]) -> list[dict[str, Any]]:
    """Claims as JSON values, everything that is stored of each; ``evidence`` is an object from step to rule."""
    return [{**asdict(claim), "evidence": dict(claim.evidence)} for claim in claims]


def _lines(claim: ClaimRecord) -> list[str]:
    lines = [f"“{claim.text}”"]
    if claim.targets:
        lines.append("; ".join(f"{target.role.value}: {target.actor.name}" for target in claim.targets))
    lines += [f"{_DOES[relation.kind]}: {_other(relation)}" for relation in claim.relations]
    lines += [f"{_DONE[relation.kind]}: {_names(relation.speakers) or 'somebody'}" for relation in claim.responses]
    lines.append(f"{claim.id} in {claim.article_title or claim.article_id}")
    return lines


def _names(actors: Iterable[ActorRef]) -> str:
    return ", ".join(actor.name for actor in actors)


def _other(relation: RelationRecord) -> str:
    words = relation.content
    quoted = words if len(words) <= _QUOTED_CHARACTERS else f"{words[:_QUOTED_CHARACTERS].rstrip()}…"
    by = _names(relation.speakers)
    return f"“{quoted}” ({by})" if by else f"“{quoted}”"
