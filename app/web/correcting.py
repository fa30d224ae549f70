"""The forms that put a claim right, write one that is missing or judge one, and the button that takes that back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app.domain.claim import Act, Mode, TargetRole
from app.domain.context import sentences_around
from app.domain.correction import Verdict
from app.domain.record import ClaimRecord
from app.domain.span import Span
from app.errors import BadCorrection, Conflict
from app.storage.articles import get_article
from app.storage.claims import get_claim
from app.storage.corrections import add_claim, confirm_claim, edit_claim, reject_claim, undo_correction, verdict_on
from app.storage.engine import Session, reading, transaction
from app.storage.history import article_of, get_correction
from app.storage.wishes import Place
from app.storage.wording import Worded, worded_change, worded_claim
from app.web.articles import NEW, article_page
from app.web.claims import claim_page
from app.web.forms import Sent, SentForm, signature
from app.web.placing import SEVERAL, Option, options, placed
from app.web.rendering import address, in_article
from app.web.routing import PageRoute
from app.web.standing import Faults, shown_fields

router = APIRouter(route_class=PageRoute, include_in_schema=False)

_Choice = TypeVar("_Choice", Act, Mode, TargetRole)
_LONGEST = {"speaker": 1000, "words": 1000, "said": 20_000, "cue": 1000, "reason": 2000}
_LONGEST_VERDICT = {"rating": 300, "by": 300, "url": 2000, "reason": 2000}
_WEB_ADDRESS = re.compile(r"https?://\S+")
# The fields of a form that hold words of the article, and what storage calls them.
_WORDS = {"words": "speaker.span", "said": "content", "cue": "cue"}


@router.post("/claims/{claim_id}/corrections")
def correct(request: Request, claim_id: str, sent: SentForm) -> Response:
    """Put a claim right, confirm or reject it; leads back to where the form was, with what is wrong beside fields."""
    author = signature(request, sent)
    _measure(sent, _LONGEST)
    detail, values, choices = "", dict(sent.values), dict[str, tuple[Option, ...]]()
    if not sent.faults:
        try:
            with transaction(request.app.state.engine) as session:
                article_id = article_of(session, claim_id)
                _correct(session, claim_id, sent, author)
            return RedirectResponse(_back(request, sent, claim_id, article_id), 303)
        except BadCorrection as error:
            field, detail = _field(error, sent), error.detail
            sent.faults[field] = f"correction-{error.code}"
            choices = _choices(request, sent, error, claim_id=claim_id)
        except Conflict:
            # What was typed was typed about another claim than the one that is shown now.
            sent.faults["form"] = "correction-conflict"
            values = {name: sent.get(name) for name in ("author", "reason")}
    faults = Faults(sent.faults, values, detail, choices)
    with reading(request.app.state.engine) as session:
        if sent.get("back") == "article":
            return article_page(request, session, article_of(session, claim_id), editing=claim_id, faults=faults)
        return claim_page(request, session, claim_id, faults)


@router.post("/articles/{article_id}/claims")
def write(request: Request, article_id: str, sent: SentForm) -> Response:
    """Write a claim that the system missed; leads to its place in the article."""
    author = signature(request, sent)
    _measure(sent, _LONGEST)
    detail, choices = "", dict[str, tuple[Option, ...]]()
    if not sent.faults:
        try:
            with transaction(request.app.state.engine) as session:
                text = get_article(session, article_id).text
                change = worded_claim(text, _written(text, sent))
                made = add_claim(session, article_id, change, author=author, reason=sent.get("reason") or None)
            start = change.content[0].start
            return RedirectResponse(in_article(request, article_id, made.claim_id, start), 303)
        except BadCorrection as error:
            field, detail = _field(error, sent), error.detail
            sent.faults[field] = f"correction-{error.code}"
            choices = _choices(request, sent, error, article_id=article_id)
        except Conflict:
            sent.faults["said"] = "claim-there"
    with reading(request.app.state.engine) as session:
        faults = Faults(sent.faults, sent.values, detail, choices)
        return article_page(request, session, article_id, editing=NEW, faults=faults)


@router.post("/claims/{claim_id}/verdicts")
def judge(request: Request, claim_id: str, sent: SentForm) -> Response:
    """Note whether what is claimed is true, by the judgement of a person; leads back to the page of the claim."""
    author = signature(request, sent)
    _measure(sent, _LONGEST_VERDICT)
    for name, key in (("rating", "no-rating"), ("by", "no-judge")):
        if not any(char.isalnum() for char in sent.get(name)):
            sent.faults.setdefault(name, key)
    if sent.get("url") and not _WEB_ADDRESS.fullmatch(sent.get("url")):
        sent.faults.setdefault("url", "no-address")
    faults, values = {f"verdict-{name}": key for name, key in sent.faults.items()}, dict(sent.values)
    if not faults:
        verdict = Verdict(sent.get("rating"), sent.get("by"), sent.get("url") or None)
        revision, reason = _revision(sent), sent.get("reason") or None
        try:
            with transaction(request.app.state.engine) as session:
                verdict_on(session, claim_id, verdict, author=author, reason=reason, revision=revision)
            return RedirectResponse(address(request, f"/claims/{claim_id}"), 303)
        except BadCorrection as error:
            faults[f"verdict-{error.field}"] = "correction-invalid"
        except Conflict:
            faults["form"] = "correction-conflict"
    # Under names of their own: the page has a form that puts the claim right, too.
    with reading(request.app.state.engine) as session:
        values = {f"verdict-{name}": value for name, value in values.items()}
        return claim_page(request, session, claim_id, Faults(faults, values, about="verdict"))


@router.post("/corrections/{correction_id}/undo")
def undo(request: Request, correction_id: int, sent: SentForm) -> Response:
    """Take a correction back; leads to the page of its claim."""
    author = signature(request, sent)
    with reading(request.app.state.engine) as session:
        claim_id = get_correction(session, correction_id).claim_id
        if sent.faults:
            faults = {f"undo-{correction_id}": sent.faults.get("author", "invalid-input")}
            return claim_page(request, session, claim_id, Faults(faults, about="undo"))
    with transaction(request.app.state.engine) as session:
        undo_correction(session, correction_id, author=author)
    return RedirectResponse(address(request, f"/claims/{claim_id}"), 303)


def _measure(sent: Sent, longest: dict[str, int]) -> None:
    for name, most in longest.items():
        if len(sent.get(name)) > most:
            sent.faults[name] = "field-too-long"


def _revision(sent: Sent) -> int | None:
    return int(sent.get("revision")) if sent.get("revision").isdecimal() else None


def _correct(session: Session, claim_id: str, sent: Sent, author: str) -> None:
    reason, revision = sent.get("reason") or None, _revision(sent)
    if sent.get("do") == "reject":
        reject_claim(session, claim_id, author=author, reason=reason, revision=revision)
    elif sent.get("do") == "confirm":
        confirm_claim(session, claim_id, author=author, reason=reason, revision=revision)
    else:
        claim = get_claim(session, claim_id)
        text = get_article(session, claim.article_id).text
        change = worded_change(text, claim, _asked(text, claim, sent))
        edit_claim(session, claim_id, change, author=author, reason=reason, revision=revision)


def _back(request: Request, sent: Sent, claim_id: str, article_id: str) -> str:
    """Where the form was sent from. A claim that was rejected has no place in the article any more."""
    if sent.get("back") != "article":
        return address(request, f"/claims/{claim_id}")
    if sent.get("do") == "reject":
        return address(request, f"/articles/{article_id}") + "#hand"
    return address(request, f"/articles/{article_id}", at=claim_id) + f"#{claim_id}"


def _asked(text: str, claim: ClaimRecord, sent: Sent) -> Worded:
    """What the form asks to set: the fields that came back otherwise than they were shown."""
    shown = shown_fields(claim)
    changed = {name for name in shown if name in sent.values and _same_breaks(sent.get(name)) != shown[name]}
    rows = [name for name in shown if name.startswith(("target-", "role-"))]
    content = None
    if changed & {"said", "said-at"}:
        around = sentences_around(text, [each for each in (claim.speaker, claim.cue, *claim.content) if each])
        content = _said(text, sent, around)
    beside = _around(text, content or [Place(part.start, part.end) for part in claim.content])
    return Worded(
        speaker=sent.get("speaker") if "speaker" in changed else None,
        act=_choice(Act, sent.get("act")) if "act" in changed else None,
        mode=_choice(Mode, sent.get("mode")) if "mode" in changed else None,
        targets=_targets(sent) if changed & set(rows) else None,
        named_at=_words(text, sent, "words", beside) if changed & {"words", "words-at"} else None,
        cue=_words(text, sent, "cue", beside) if changed & {"cue", "cue-at"} else None,
        content=content,
    )


def _written(text: str, sent: Sent) -> Worded:
    """The whole claim that the form describes."""
    content = _said(text, sent)
    beside = _around(text, content)
    return Worded(
        speaker=sent.get("speaker"),
        act=_choice(Act, sent.get("act")),
        mode=_choice(Mode, sent.get("mode")),
        targets=_targets(sent),
        named_at=_words(text, sent, "words", beside),
        cue=_words(text, sent, "cue", beside),
        content=content,
    )


def _said(text: str, sent: Sent, around: Span | None = None) -> tuple[Place, ...]:
    """The places of what is claimed."""
    content = placed(text, sent.get("said"), sent.get("said-at"), _WORDS["said"], around)
    if not content:
        raise BadCorrection(_WORDS["said"], "a claim needs words", "no-words")
    return content


def _words(text: str, sent: Sent, name: str, beside: Span) -> tuple[Place, ...]:
    """The place of the words in that field, on one line."""
    given = " ".join(sent.get(name).split())
    return placed(text, given, sent.get(f"{name}-at"), _WORDS[name], beside)


def _around(text: str, content: Sequence[Place]) -> Span:
    """The sentences that hold what is claimed: there its speaker and the words that mark it are looked for first."""
    return sentences_around(text, [Span.cut(text, place.start, place.end) for place in content])


def _same_breaks(value: str) -> str:
    """A value as a form sends it, with the line breaks that it was shown with."""
    return value.replace("\r\n", "\n")


def _choices(
    request: Request, sent: Sent, error: BadCorrection, *, claim_id: str = "", article_id: str = ""
) -> dict[str, tuple[Option, ...]]:
    """The places to choose from, where that is what is wrong."""
    if error.code != SEVERAL:
        return {}
    name, near = _field(error, sent), 0
    with reading(request.app.state.engine) as session:
        if claim_id:
            claim = get_claim(session, claim_id)
            article_id, near = claim.article_id, claim.content[0].start
        text = get_article(session, article_id).text
    if name != "said" and (first := sent.get("said-at").split()):
        near = int(first[0]) if first[0].isdecimal() else near
    return {name: options(text, sent.get(name), near)}


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
    if parts[0] in ("content", "cue"):
        return "said" if parts[0] == "content" else "cue"
    if parts[0] == "speaker":
        return "words" if parts[1] == "span" else "speaker"
    if parts[0] == "targets":
        rows = _rows(sent)
        number = int(parts[1])
        return f"target-{rows[number]}" if number < len(rows) else "form"
    return "form"
