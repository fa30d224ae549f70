"""``/v1/corrections``, and what people say of a claim: corrections in, history, verdicts, gold data out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from app.api.articles import ArticleId
from app.api.bodies import BoundedRoute
from app.api.caller import CallerOf
from app.api.changes import Signed, author_of, correct, written
from app.api.claims import ClaimId, detail_of
from app.api.dependencies import EngineOf, Reading, link_next
from app.api.numbers import DIGITS
from app.api.preconditions import IfMatch
from app.api.schemas.base import NoQuery
from app.api.schemas.correction import (
    ClaimIn,
    CorrectionIn,
    CorrectionOut,
    CorrectionPage,
    CorrectionsQuery,
    History,
    UndoQuery,
)
from app.domain.correction import Correction
from app.errors import Conflict, NotFound
from app.formats.claim_review import claim_review
from app.formats.gold import gold_document
from app.storage.articles import get_article
from app.storage.claims import get_claim
from app.storage.corrections import add_claim, undo_correction
from app.storage.engine import transaction
from app.storage.history import (
    checked_articles,
    get_correction,
    history,
    list_corrections,
    revision_of,
    verdict_in_force,
)

CorrectionId = Annotated[int, Path(ge=0, le=2**31 - 1, description="Id of the correction, a number.", examples=[17])]

router = APIRouter(prefix="/v1", tags=["corrections"], route_class=BoundedRoute)

_ONE = f"/corrections/{{correction_id:{DIGITS}}}"


@router.get("/claims/{claim_id}/corrections", operation_id="list_claim_corrections", summary="History of a claim")
def list_of_claim(claim_id: ClaimId, session: Reading, query: Annotated[NoQuery, Query()]) -> History:
    """What people have said of a claim, oldest first; of one that was rejected, or is no longer found, too."""
    return _history(history(session, claim_id))


@router.post("/claims/{claim_id}/corrections", operation_id="correct_claim", summary="Correct a claim", status_code=201)
def create(
    claim_id: ClaimId,
    asked: CorrectionIn,
    response: Response,
    engine: EngineOf,
    caller: CallerOf,
    query: Annotated[NoQuery, Query()],
    if_match: IfMatch,
) -> CorrectionOut:
    """Put a claim right, say that it is right or no claim at all, or judge whether what it says is true.

    A correction is a row: nothing is rewritten, and `DELETE /v1/corrections/{id}` takes it back. Of several that set
    one field, the newest in force counts. It stays when the article is read anew by other rules. Send the words with
    each span (`text`) and the `revision` you saw: what does not match is refused, and nothing is written. The `ETag`
    of the claim, or of its list of corrections, in `If-Match` does the same as `revision`.
    """
    author = author_of(caller, asked.author)
    with transaction(engine) as session:
        try:
            claim = get_claim(session, claim_id)
        except NotFound:
            gone = [each for each in history(session, claim_id) if each.in_force]
            raise Conflict(
                f"claim {claim_id} is not there at the moment"
                + (f": undo correction {gone[-1].id} first" if gone else "")
            ) from None
        if if_match.is_given:
            own = history(session, claim_id)
            if_match.check(detail_of(session, claim, get_article(session, claim.article_id).text), _history(own))
            # Compared once more when the article is locked: somebody may be faster.
            asked = asked.model_copy(
                update={"revision": revision_of(own) if asked.revision is None else asked.revision}
            )
        made = correct(session, claim, Signed(asked, author))
    response.headers["Location"] = f"/v1/corrections/{made.id}"
    return CorrectionOut.of(made)


@router.post("/articles/{article_id}/claims", operation_id="add_claim", summary="Add a claim", status_code=201)
def add(
    article_id: ArticleId,
    asked: ClaimIn,
    response: Response,
    engine: EngineOf,
    caller: CallerOf,
    query: Annotated[NoQuery, Query()],
) -> CorrectionOut:
    """Write a claim that the system missed. It stays when the article is read anew, and can be taken back.

    Where other rules find the claim later, it is the one that was written.
    """
    author = author_of(caller, asked.author)
    with transaction(engine) as session:
        made = add_claim(session, article_id, written(asked), author=author, reason=asked.reason)
    response.headers["Location"] = f"/v1/claims/{made.claim_id}"
    return CorrectionOut.of(made)


@router.get("/claims/{claim_id}/review", operation_id="get_claim_review", summary="Verdict on a claim")
def review(request: Request, claim_id: ClaimId, session: Reading, query: Annotated[NoQuery, Query()]) -> dict[str, Any]:
    """Whether a person found what is claimed to be true, as schema.org `ClaimReview` in JSON-LD.

    Nothing (404) where nobody has judged it: the system knows who said something, and never whether it is true.
    """
    claim = get_claim(session, claim_id)
    judged = verdict_in_force(session, claim_id)
    assert judged.verdict is not None
    base = f"{request.base_url}v1"
    return claim_review(claim, judged.verdict, judged.at, base, get_article(session, claim.article_id))


@router.get("/corrections", operation_id="list_corrections", summary="List corrections")
def list_all(
    request: Request, response: Response, session: Reading, query: Annotated[CorrectionsQuery, Query()]
) -> CorrectionPage:
    """Corrections, newest first. With `applied=false` those that no longer fit any claim: look at them again."""
    page = list_corrections(session, query.cursor, query.limit, article_id=query.article, applied=query.applied)
    link_next(request, response, page.next_cursor)
    return CorrectionPage(items=[CorrectionOut.of(each) for each in page.items], next=page.next_cursor)


@router.get("/corrections/gold", operation_id="export_gold", summary="Checked claims as gold data")
def gold(session: Reading, query: Annotated[NoQuery, Query()]) -> list[dict[str, Any]]:
    """Articles with claims that people have checked, in the format of the evaluation's gold files.

    Claims that nobody looked at are `optional` there, rejected ones are left out.
    """
    return [gold_document(each.text, each.extraction, each.checked) for each in checked_articles(session)]


@router.get(_ONE, operation_id="get_correction", summary="Read a correction")
def get_one(correction_id: CorrectionId, session: Reading, query: Annotated[NoQuery, Query()]) -> CorrectionOut:
    """One correction with the claim before and after it, and who took it back."""
    return CorrectionOut.of(get_correction(session, correction_id))


@router.delete(_ONE, operation_id="undo_correction", summary="Undo a correction")
def undo(
    correction_id: CorrectionId,
    engine: EngineOf,
    caller: CallerOf,
    query: Annotated[UndoQuery, Query()],
    if_match: IfMatch,
) -> CorrectionOut:
    """Take a correction back: the claim is as earlier corrections say, or as the system read it. Twice is once.

    The row stays, with who took it back and when.
    """
    author = author_of(caller, query.author)
    with transaction(engine) as session:
        if_match.check(CorrectionOut.of(get_correction(session, correction_id)))
        return CorrectionOut.of(undo_correction(session, correction_id, author=author))


def _history(own: Sequence[Correction]) -> History:
    return History(revision=revision_of(own), corrections=[CorrectionOut.of(each) for each in own])
