"""Claims as pages show them: the sentences they stand in, with speaker, cue and content marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.context import sentences_around
from app.domain.record import ActorRef, ArticleRecord, ClaimRecord
from app.storage.articles import articles_by_ids
from app.storage.engine import Session
from app.web.markup import Mark, Pieces, nested


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim in its article. ``context`` are the whole sentences around it; marks are ``speaker``, ``cue`` and
    ``content``. ``printed`` are the words for the speaker where they are not its name.
    """

    claim: ClaimRecord
    article: ArticleRecord
    context: Pieces[str]
    printed: str | None


def claim_views(session: Session, claims: Sequence[ClaimRecord]) -> list[ClaimView]:
    """Those claims with what is around them, in their order."""
    articles = {article.id: article for article in articles_by_ids(session, {claim.article_id for claim in claims})}
    return [claim_view(claim, articles[claim.article_id]) for claim in claims]


def claim_view(claim: ClaimRecord, article: ArticleRecord) -> ClaimView:
    """That claim of that article."""
    marks = [Mark(part.start, part.end, "content") for part in claim.content]
    marks += [Mark(claim.speaker.start, claim.speaker.end, "speaker")] if claim.speaker else []
    marks += [Mark(claim.cue.start, claim.cue.end, "cue")] if claim.cue else []
    places = [place for place in (claim.speaker, claim.cue, *claim.content) if place]
    around = sentences_around(article.text, places)
    return ClaimView(claim, article, nested(article.text, around.start, around.end, marks), _printed(claim))


def _printed(claim: ClaimRecord) -> str | None:
    if claim.speaker is None:
        return None
    words = claim.speaker.text
    return None if words in {speaker.name for speaker in claim.speakers} else words


def speakers_in(claims: Iterable[ClaimRecord]) -> list[tuple[ActorRef, int]]:
    """The speakers of those claims with the number of claims of each, most first."""
    counts = Counter(speaker for claim in claims for speaker in claim.speakers)
    return counts.most_common()
