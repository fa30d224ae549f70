"""Claims as CSV after RFC 4180: a stable header, one row a claim, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from app.domain.claim import RelationKind
from app.domain.record import ActorRef, ClaimRecord
from app.domain.span import Span

HEADER = (
    "id",
    "article_id",
    "article_title",
    "published_at",
    "speaker",
    "speaker_ids",
    "speaker_names",
    "via_id",
    "via_name",
    "cue",
    "act",
    "mode",
    "content",
    "content_spans",
    "target_roles",
    "target_ids",
    "target_names",
    *(kind.value for kind in RelationKind),
    *(f"{kind.value}_by" for kind in RelationKind),
    "parent_id",
    "confidence",
    "evidence",
    "speaker_span",
    "speaker_kinds",
    "via_kind",
    "cue_span",
    "target_kinds",
    "target_mentions",
    "target_mention_spans",
    "relation_kinds",
    "relation_ids",
    "relation_rules",
    "relation_mentions",
    "relation_mention_spans",
    "confidence_speaker",
    "confidence_content",
    "confidence_target",
    "confidence_act",
    "reports",
    "sources",
    "leading_id",
)
"""Column names, in order. New ones are only ever added at the end.

``speaker`` is the speaker as printed, ``speaker_names`` whom that means. Spans are ``start-end`` in code points.
Columns named after a relation hold ids of the earlier claims that this one denies, confirms …; those that end in
``_by`` the ids of the claims that do so to this one. Several values in one cell are separated by `` | ``, a bar within
one is written ``\\|`` and a backslash ``\\\\``; the n-th target has the n-th role, id and name, and so has the n-th
relation. A target or relation without printed words has an empty place there.
"""
SEPARATOR = " | "
BYTE_ORDER_MARK = "\ufeff"
MEDIA_TYPE = "text/csv"

_PARTS = ("speaker", "content", "target", "act")

# What a spreadsheet takes for a formula, also after blanks and in its full-width forms (OWASP, "CSV Injection"), with
# the apostrophes that an earlier export put before it.
_FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠\t\r\n]")


def csv_lines(claims: Iterable[ClaimRecord], *, header: bool = True, byte_order_mark: bool = False) -> Iterator[str]:
    """The rows as CSV text, each ending in CRLF, as the claims come.

    A cell that a spreadsheet would run as a formula gets an apostrophe before it, which spreadsheets do not show.
    ``byte_order_mark`` starts the file with U+FEFF, by which Excel knows UTF-8.
    """
    if byte_order_mark:
        yield BYTE_ORDER_MARK
    if header:
        yield _line(HEADER)
    for claim in claims:
        yield _line([harmless(cell) for cell in row(claim)])


def row(claim: ClaimRecord) -> tuple[str, ...]:
    """The cells of a claim in the order of ``HEADER``, as they are meant; ``csv_lines`` makes them harmless."""
    return (
        claim.id,
        claim.article_id,
        claim.article_title or "",
        claim.published_at.isoformat() if claim.published_at else "",
        _words(claim.speaker),
        _ids(claim.speakers),
        joined(actor.name for actor in claim.speakers),
        claim.via.id if claim.via else "",
        claim.via.name if claim.via else "",
        _words(claim.cue),
        claim.act.value,
        claim.mode.value,
        claim.text,
        joined(map(_span, claim.content)),
        joined(target.role.value for target in claim.targets),
        _ids([target.actor for target in claim.targets]),
        joined(target.actor.name for target in claim.targets),
        *(joined(each.claim_id for each in claim.relations if each.kind is kind) for kind in RelationKind),
        *(joined(each.claim_id for each in claim.responses if each.kind is kind) for kind in RelationKind),
        claim.parent_id or "",
        str(claim.confidence.overall) if claim.confidence else "",
        joined(f"{step}: {rule}" for step, rule in claim.evidence),
        _span(claim.speaker),
        joined(actor.kind.value for actor in claim.speakers),
        claim.via.kind.value if claim.via else "",
        _span(claim.cue),
        joined(target.actor.kind.value for target in claim.targets),
        joined(_words(target.mention) for target in claim.targets),
        joined(_span(target.mention) for target in claim.targets),
        joined(each.kind.value for each in claim.relations),
        joined(each.claim_id for each in claim.relations),
        joined(each.rule for each in claim.relations),
        joined(_words(each.mention) for each in claim.relations),
        joined(_span(each.mention) for each in claim.relations),
        *(str(getattr(claim.confidence, part)) if claim.confidence else "" for part in _PARTS),
        str(claim.reports),
        str(claim.sources),
        claim.leading_id or "",
    )


def joined(values: Iterable[str]) -> str:
    """Several values as one cell, which can be told apart again."""
    return SEPARATOR.join(value.replace("\\", "\\\\").replace("|", "\\|") for value in values)


def harmless(cell: str) -> str:
    """The cell with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _ids(actors: Iterable[ActorRef]) -> str:
    return joined(actor.id for actor in actors)


def _words(span: Span | None) -> str:
    return span.text if span else ""


def _span(span: Span | None) -> str:
    return f"{span.start}-{span.end}" if span else ""


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()
