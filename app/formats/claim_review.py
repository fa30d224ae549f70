"""The verdict of a person on a claim as schema.org ``ClaimReview`` in JSON-LD, as fact-checkers publish it.

Only for claims that somebody has judged: what the system itself knows is who said something, never whether it is true.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.domain.correction import Verdict
from app.domain.record import ArticleRecord, ClaimRecord
from app.formats.jsonld import actor_node, address


def claim_review(
    claim: ClaimRecord, verdict: Verdict, given_at: datetime, base: str, article: ArticleRecord
) -> dict[str, Any]:
    """The review as a JSON-LD document. ``base`` is the public address that ids are built on (`claim_jsonld`).

    ``url`` is where the review is published, or else its address here; the rating is in words only, because a number
    on a scale is nothing that anybody gave.
    """
    here = f"{address(base, 'claims', claim.id)}/review"
    appearance: dict[str, Any] = {
        "@type": "NewsArticle",
        "@id": address(base, "articles", article.id),
        "url": article.uri if article.uri and article.uri.startswith(("http://", "https://")) else None,
        "headline": article.title,
        "datePublished": article.published_at.isoformat() if article.published_at else None,
        "publisher": {"@type": "NewsMediaOrganization", "name": article.agency} if article.agency else None,
    }
    reviewed: dict[str, Any] = {
        "@type": "Claim",
        "@id": address(base, "claims", claim.id),
        "author": [actor_node(actor, base) for actor in claim.speakers] or None,
        "datePublished": claim.published_at.isoformat() if claim.published_at else None,
        "appearance": _known(appearance),
    }
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "@id": here,
        "url": verdict.url or here,
        "datePublished": given_at.isoformat(),
        "author": {"@type": "Organization", "name": verdict.by},
        "claimReviewed": claim.text,
        "reviewRating": {"@type": "Rating", "alternateName": verdict.rating},
        "itemReviewed": _known(reviewed),
    }


def _known(node: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in node.items() if value is not None}
