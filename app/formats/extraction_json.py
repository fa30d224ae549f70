"""An article's extraction as plain JSON values: every span with its words, references kept, nothing left out."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from app.domain.article import Article
from app.domain.claim import Extraction


def extraction_document(article: Article, extraction: Extraction) -> dict[str, Any]:
    """``{"article": {"id", …}, "actors": […], "claims": […]}``, made of JSON values only.

    Claims refer to actors (``speakers``, ``targets``) and to one another (``parent``, ``relations``) by ``ref``.
    ``evidence`` is an object from step to rule. The text itself is not repeated.
    """
    about = {
        "id": article.id,
        "title": article.title,
        "language": article.language,
        "uri": article.uri,
        "version": article.version,
        "agency": article.agency,
        "byline": article.byline,
        "published_at": article.published_at.isoformat() if article.published_at else None,
    }
    claims = [
        {"id": claim.id_in(extraction.article_id), **asdict(claim), "evidence": dict(claim.evidence)}
        for claim in extraction.claims
    ]
    for document in claims:
        # What `id` says already.
        del document["known_as"]
    return {"article": about, "actors": [asdict(actor) for actor in extraction.actors], "claims": claims}
