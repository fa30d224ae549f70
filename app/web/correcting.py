"""The form that puts a claim right, and the button that takes a correction back."""

from __future__ import annotations

from typing import TypeVar

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app.domain.claim import Act, Mode, TargetRole
from app.domain.record import ClaimRecord
from app.errors import BadCorrection, Conflict
from app.storage.articles import get_article
from app.storage.claims import get_claim
from app.storage.corrections import confirm_claim, edit_claim, reject_claim, undo_correction
from app.storage.engine import Session, reading, transaction
from app.storage.history import get_correction
from app.storage.wording import Worded, worded_change
from app.web.claims import claim_page
from app.web.forms import Sent, SentForm, signature
from app.web.rendering import address
from app.web.routing import PageRoute
from app.web.standing import Faults, shown_fields

router = APIRouter(route_class=PageRoute, include_in_schema=False)

_Choice = TypeVar("_Choice", Act, Mode, TargetRole)
_LONGEST = {"speaker": 1000, "words": 1000, "reason": 2000}


@router.post("/claims/{claim_id}/corrections")
def correct(request: Request, claim_id: str, sent: SentForm) -> Response:
    """Put a claim right, confirm or reject it; leads back to its page, with what is wrong beside the field."""
    author = signature(request, sent)
    for name, longest in _LONGEST.items():
        if len(sent.get(name)) > longest:
            sent.faults[name] = "field-too-long"
    detail, values = "", dict(sent.values)
    if not sent.faults:
        try:
            with transaction(request.app.state.engine) as session:
                _correct(session, claim_id, sent, author)
            return RedirectResponse(address(request, f"/claims/{claim_id}"), 303)
        except BadCorrection as error:
            sent.faults[_field(error, sent)] = f"correction-{error.code}"
            detail = error.detail
        except Conflict:
            # What was typed was typed about another claim than the one that is shown now.
            sent.faults["form"] = "correction-conflict"
            values = {name: sent.get(name) for name in ("author", "reason")}
    with reading(request.app.state.engine) as session:
        return claim_page(request, session, claim_id, Faults(sent.faults, values, detail))


@router.post("/corrections/{correction_id}/undo")
def undo(request: Request, correction_id: int, sent: SentForm) -> Response:
    """Take a correction back; leads to the page of its claim."""
    author = signature(request, sent)
    with reading(request.app.state.engine) as session:
        claim_id = get_correction(session, correction_id).claim_id
        if sent.faults:
            faults = {f"undo-{correction_id}": sent.faults.get("author", "invalid-input")}
            return claim_page(request, session, claim_id, Faults(faults))
    with transaction(request.app.state.engine) as session:
        undo_correction(session, correction_id, author=author)
    return RedirectResponse(address(request, f"/claims/{claim_id}"), 303)


def _correct(session: Session, claim_id: str, sent: Sent, author: str) -> None:
    reason = sent.get("reason") or None
    revision = int(sent.get("revision")) if sent.get("revision").isdecimal() else None
    if sent.get("do") == "reject":
        reject_claim(session, claim_id, author=author, reason=reason, revision=revision)
    elif sent.get("do") == "confirm":
        confirm_claim(session, claim_id, author=author, reason=reason, revision=revision)
    else:
        claim = get_claim(session, claim_id)
        change = worded_change(get_article(session, claim.article_id).text, claim, _asked(claim, sent))
        edit_claim(session, claim_id, change, author=author, reason=reason, revision=revision)


def _asked(claim: ClaimRecord, sent: Sent) -> Worded:
    """What the form asks to set: the fields that came back otherwise than they were shown."""
    shown = shown_fields(claim)
    changed = {name for name in shown if name in sent.values and sent.get(name) != shown[name]}
    rows = [name for name in shown if name.startswith(("target-", "role-"))]
    return Worded(
        speaker=sent.get("speaker") if "speaker" in changed else None,
        words=sent.get("words") if "words" in changed else None,
        act=_choice(Act, sent.get("act")) if "act" in changed else None,
        mode=_choice(Mode, sent.get("mode")) if "mode" in changed else None,
        targets=_targets(sent) if changed & set(rows) else None,
    )


def _targets(sent: Sent) -> list[tuple[TargetRole, str]]:
    return [(_choice(TargetRole, sent.get(f"role-{row}")), sent.get(f"target-{row}")) for row in _rows(sent)]


def _rows(sent: Sent) -> list[str]:
    """The numbers of the target rows that name somebody, in order."""
    rows = [name.removeprefix("target-") for name in sent.values if name.startswith("target-") and sent.get(name)]
    return sorted(rows, key=lambda row: (len(row), row))


def _choice(of: type[_Choice], value: str) -> _Choice:
    try:
        return of(value)
    except ValueError:
        raise BadCorrection("form", f"{value!r} is no choice of the form") from None


def _field(error: BadCorrection, sent: Sent) -> str:
    """The field of the form that a fault is about."""
    parts = error.field.split(".")
    if parts[0] == "speaker":
        return "words" if parts[1] == "span" else "speaker"
    if parts[0] == "targets":
        rows = _rows(sent)
        number = int(parts[1])
        return f"target-{rows[number]}" if number < len(rows) else "form"
    return "form"
