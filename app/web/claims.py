"""Claim pages: what is claimed, in which words, by which rules it was found, and what others say of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fastapi import APIRouter, Request, Response

from app.domain.claim import RelationKind
from app.domain.correction import CorrectionKind
from app.domain.record import ClaimFilter, ClaimRecord, Subgraph
from app.errors import NotFound, Withdrawn
from app.storage.actors import actors_by_ids
from app.storage.articles import get_article
from app.storage.claims import claims_by_ids, get_claim, list_claims
from app.storage.engine import Session
from app.storage.history import history
from app.storage.records import source_reports
from app.storage.reports import printed
from app.web.claim_views import claim_view, claim_views
from app.web.dependencies import ActChoice, Cursor, Name, Reading, Words
from app.web.forms import known_name
from app.web.rendering import respond
from app.web.routing import PageRoute
from app.web.standing import Faults, desk

router = APIRouter(route_class=PageRoute, include_in_schema=False)

_A_PAGE = 30
_MOST_CLAIMS = 1000
# A dispute is followed this far: of a denial of a denial of a denial, the fourth adds nothing to the first.
_DEPTH = 4
_MOST_STEPS = 60


@dataclass(frozen=True, slots=True)
class Step:
    """A claim of a dispute, how it and the one before it bear on one another, and what follows from it."""

    claim: ClaimRecord
    kind: RelationKind
    following: tuple[Step, ...]


@router.get("/claims")
def index(
    request: Request,
    session: Reading,
    speaker: Name = None,
    target: Name = None,
    act: ActChoice = None,
    q: Words = None,
    cursor: Cursor = None,
) -> Response:
    """Claims by speaker, target, act and words."""
    has_words = q is not None and any(char.isalnum() for char in q)
    wanted = ClaimFilter(speaker=speaker, target=target, act=act, q=q if has_words else None)
    page = list_claims(session, wanted, cursor, _A_PAGE)
    filters = {"speaker": speaker, "target": target, "act": act, "q": q}
    return respond(
        request,
        "claims.html",
        page=page,
        views=claim_views(session, page.items),
        filters=filters,
        cursor=cursor,
    )


@router.get("/claims/{claim_id}")
def show(request: Request, session: Reading, claim_id: str) -> Response:
    """One claim with its sentence, its rules, the dispute it is part of, both ways, and the form to put it right."""
    return claim_page(request, session, claim_id)


def claim_page(request: Request, session: Session, claim_id: str, faults: Faults | None = None) -> Response:
    """The page of a claim, with what is wrong with a form that was sent there.

    A claim that people rejected, or that is no longer found, has a page with its history. Raises `NotFound`.
    """
    from app.web.pictures import claims_drawn

    status = 422 if faults else 200
    try:
        claim = get_claim(session, claim_id)
    except Withdrawn:
        raise
    except NotFound:
        return _gone(request, session, claim_id, faults)
    article = get_article(session, claim.article_id)
    beside = list_claims(session, ClaimFilter(article=claim.article_id), limit=_MOST_CLAIMS).items
    earlier, later = _dispute(session, claim, "relations"), _dispute(session, claim, "responses")
    involved = {each.id: each for each in [claim, *_claims(earlier), *_claims(later)]}
    drawing = claims_drawn(request, _rows(session, tuple(involved.values()))) if len(involved) > 1 else None
    return respond(
        request,
        "claim.html",
        status=status,
        desk=desk(request, session, claim, faults),
        drawings=[drawing] if drawing else [],
        drawing=drawing,
        view=claim_view(claim, article),
        earlier=earlier,
        later=later,
        parent=next((each for each in beside if each.id == claim.parent_id), None),
        inside=[each for each in beside if each.parent_id == claim.id],
        printed=printed(session, claim.id) if claim.reports > 1 else (),
        independent=source_reports(session, claim.id) if claim.sources > 1 else (),
    )


def _gone(request: Request, session: Session, claim_id: str, faults: Faults | None) -> Response:
    """The page of a claim that is not there, but was when somebody corrected it."""
    own = history(session, claim_id)
    if any(each.in_force and each.kind is CorrectionKind.REJECT for each in own):
        why = "rejected"
    elif any(not each.in_force and each.kind is CorrectionKind.ADD for each in own):
        why = "taken_back"
    else:
        why = "unfit"
    return respond(
        request,
        "claim_gone.html",
        status=422 if faults else 200,
        article=get_article(session, own[0].article_id),
        history=own[::-1],
        why=why,
        needs_name=known_name(request) is None,
        faults=faults or Faults(),
    )


def _dispute(session: Session, claim: ClaimRecord, way: str) -> tuple[Step, ...]:
    """What the claim bears on (``relations``) or what bears on it (``responses``), and so on from there."""
    known = {claim.id: claim}
    frontier = [claim]
    for _ in range(_DEPTH):
        ids = {relation.claim_id for each in frontier for relation in getattr(each, way)} - set(known)
        frontier = claims_by_ids(session, sorted(ids)[: _MOST_STEPS - len(known)])
        known |= {each.id: each for each in frontier}
    return _steps(claim, way, known, {claim.id})


def _steps(claim: ClaimRecord, way: str, known: dict[str, ClaimRecord], shown: set[str]) -> tuple[Step, ...]:
    """The steps from ``claim``. Each claim comes once: two that deny each other would go round for ever."""
    following = []
    for relation in getattr(claim, way):
        other = known.get(relation.claim_id)
        if other is not None and other.id not in shown:
            shown.add(other.id)
            following.append(Step(other, relation.kind, _steps(other, way, known, shown)))
    return tuple(following)


def _claims(steps: tuple[Step, ...]) -> list[ClaimRecord]:
    return [claim for step in steps for claim in (step.claim, *_claims(step.following))]


def _rows(session: Session, claims: tuple[ClaimRecord, ...]) -> Subgraph:
    named = {speaker.id for claim in claims for speaker in claim.speakers}
    named |= {target.actor.id for claim in claims for target in claim.targets}
    # Only what is among these claims: a relation to another would draw a claim nobody sees the rest of.
    ids = {claim.id for claim in claims}
    kept = tuple(
        replace(
            claim,
            relations=tuple(each for each in claim.relations if each.claim_id in ids),
            responses=tuple(each for each in claim.responses if each.claim_id in ids),
        )
        for claim in claims
    )
    return Subgraph(kept, tuple(actors_by_ids(session, named)), ())
