"""Claims as CSV after RFC 4180: a stable header, one row a claim, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from app.domain.claim import RelationKind
from app.domain.record import ActorRef, ClaimRecord

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
)
"""Column names, in order. New ones are only ever added at the end.

``speaker`` is the speaker as printed, ``speaker_names`` whom that means. ``content_spans`` are ``start-end`` in code
points. Columns named after a relation hold ids of the earlier claims that this one denies, confirms …; those that end
in ``_by`` the ids of the claims that do so to this one. Several values in one cell are separated by `` | ``; the n-th
target has the n-th role, id and name.
"""
SEPARATOR = " | "
BYTE_ORDER_MARK = "\ufeff"

# What a spreadsheet takes for a formula, also after blanks and in its full-width forms (OWASP, "CSV Injection"), with
# the apostrophes that an earlier export put before it.
_FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠\t\r\n]")


def csv_lines(claims: Iterable[ClaimRecord], *, header: bool = True, byte_order_mark: bool = False) -> Iterator[str]:
    """The rows as CSV text, each ending in CRLF, as the claims come.

    A cell that a spreadsheet would run as a formula gets an apostrophe before it, which spreadsheets do not show;
    ``original`` takes it off again. ``byte_order_mark`` starts the file with U+FEFF, by which Excel knows UTF-8.
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
        claim.speaker.text if claim.speaker else "",
        _ids(claim.speakers),
        SEPARATOR.join(actor.name for actor in claim.speakers),
        claim.via.id if claim.via else "",
        claim.via.name if claim.via else "",
        claim.cue.text if claim.cue else "",
        claim.act.value,
        claim.mode.value,
        claim.text,
        SEPARATOR.join(f"{part.start}-{part.end}" for part in claim.content),
        SEPARATOR.join(target.role.value for target in claim.targets),
        _ids([target.actor for target in claim.targets]),
        SEPARATOR.join(target.actor.name for target in claim.targets),
        *(SEPARATOR.join(each.claim_id for each in claim.relations if each.kind is kind) for kind in RelationKind),
        *(SEPARATOR.join(each.claim_id for each in claim.responses if each.kind is kind) for kind in RelationKind),
        claim.parent_id or "",
        str(claim.confidence.overall) if claim.confidence else "",
        SEPARATOR.join(f"{step}: {rule}" for step, rule in claim.evidence),
    )


def harmless(cell: str) -> str:
    """The cell with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def original(cell: str) -> str:
    """The cell as it was before ``harmless``."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _ids(actors: Iterable[ActorRef]) -> str:
    return SEPARATOR.join(actor.id for actor in actors)


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()
