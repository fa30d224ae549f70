"""Claims as W3C Web Annotations: the words of a claim marked in the text they stand in, for tools that show marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from app.domain.record import ActorRef, ArticleRecord, ClaimRecord
from app.domain.span import Span
from app.formats.jsonld import address

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
AROUND = 32
"""Code points before and after the words that a quote selector gives, so that the same words elsewhere do not match."""


def annotation(claim: ClaimRecord, article: ArticleRecord, base: str) -> dict[str, Any]:
    """The claim as an annotation of its article's text, with context.

    The target is each part of the content in the text as stored, below ``base``, marked in two ways that select the
    same words: ``TextQuoteSelector`` (the words, and ``AROUND`` code points before and after) and
    ``TextPositionSelector`` (code points, which is also how the standard counts). ``scope`` is the page that the
    article came from, where its uri is a web address. The body says in words who claims what of whom, tags the act, and
    points to the claim and to its speakers.

    Raises ``ValueError`` when the claim belongs to another article, or its words do not stand where it says.
    """
    return {"@context": CONTEXT, **_annotation(claim, article, base)}


def annotation_collection(
    claims: Sequence[ClaimRecord], article: ArticleRecord, base: str, identifier: str
) -> dict[str, Any]:
    """The claims of an article as an ``AnnotationCollection`` whose id is ``identifier``, all on its first page.

    Raises ``ValueError`` as `annotation` does.
    """
    return {
        "@context": CONTEXT,
        "id": identifier,
        "type": "AnnotationCollection",
        "label": article.title or article.id,
        "total": len(claims),
        "first": {
            "id": f"{identifier}#page",
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": [_annotation(claim, article, base) for claim in claims],
        },
    }


def _annotation(claim: ClaimRecord, article: ArticleRecord, base: str) -> dict[str, Any]:
    if claim.article_id != article.id:
        raise ValueError(f"claim {claim.id} stands in article {claim.article_id}, not in {article.id}")
    targets = [_target(part, claim, article, base) for part in claim.content]
    return {
        "id": f"{address(base, 'claims', claim.id)}#annotation",
        "type": "Annotation",
        "motivation": "describing",
        "generator": {"type": "Software", "name": "Sagesman"},
        "body": [
            {
                "type": "TextualBody",
                "purpose": "describing",
                "format": "text/plain",
                "value": _sentence(claim),
            },
            {"type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": claim.act.value},
            {"type": "SpecificResource", "purpose": "linking", "source": address(base, "claims", claim.id)},
            *(
                {"type": "SpecificResource", "purpose": "identifying", "source": address(base, "actors", actor.id)}
                for actor in claim.speakers
            ),
        ],
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _target(part: Span, claim: ClaimRecord, article: ArticleRecord, base: str) -> dict[str, Any]:
    text = article.text
    if text[part.start : part.end] != part.text:
        raise ValueError(f"claim {claim.id}: {part.text!r} does not stand at {part.start}-{part.end} of {article.id}")
    target: dict[str, Any] = {
        "type": "SpecificResource",
        "source": {
            "id": address(base, "articles", article.id),
            "type": "Text",
            "format": "text/plain",
            "language": article.language,
        },
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": part.text,
                "prefix": text[max(0, part.start - AROUND) : part.start],
                "suffix": text[part.end : part.end + AROUND],
            },
            {"type": "TextPositionSelector", "start": part.start, "end": part.end},
        ],
    }
    if article.uri and article.uri.startswith(("http://", "https://")):
        target["scope"] = article.uri
    return target


def _sentence(claim: ClaimRecord) -> str:
    """``Armenien (accusation → Azerbajdzjan)``; the printed speaker, or a dash, where nobody is named."""
    who = _names(claim.speakers) or (claim.speaker.text if claim.speaker else "–")
    whom = _names([target.actor for target in claim.targets])
    return f"{who} ({claim.act.value} → {whom})" if whom else f"{who} ({claim.act.value})"


def _names(actors: Iterable[ActorRef]) -> str:
    return ", ".join(dict.fromkeys(actor.name for actor in actors))
