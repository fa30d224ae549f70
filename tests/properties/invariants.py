"""What holds for every extraction of every text, whatever the text and whatever the parser made of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.domain.article import Article
from app.formats.extraction_json import extraction_document
from app.formats.score import scored_document

if TYPE_CHECKING:
    from app.domain.claim import Extraction
    from app.domain.parse import ParsedText
    from app.domain.span import Span
    from app.extraction.extractor import Extractor


def check_parsed(extractor: Extractor, parsed: ParsedText) -> Extraction:
    """Extract from a parse and check all that must hold; returns what was found."""
    article = Article(text=parsed.text)
    extraction = extractor.extract_parsed(article, parsed)
    check(article, extraction)
    assert extractor.extract_parsed(article, parsed) == extraction
    return extraction


def check(article: Article, extraction: Extraction) -> None:
    """Check an extraction against its article: offsets, references, ids, order, and that it can be written down."""
    for span in _spans(extraction):
        assert article.text[span.start : span.end] == span.text
    _check_references(extraction)
    _check_parents(extraction)
    for claim in extraction.claims:
        assert all(part.text.strip() for part in claim.content), claim
        assert [(a.start, a.end) for a in claim.content] == sorted((a.start, a.end) for a in claim.content), claim
        assert all(a.end <= b.start for a, b in zip(claim.content, claim.content[1:], strict=False)), claim
        if claim.confidence is not None:
            chances = claim.confidence
            for chance in (chances.overall, chances.speaker, chances.content, chances.target, chances.act):
                assert 0.0 <= chance <= 1.0
    ids = [claim.id_in(article.id) for claim in extraction.claims]
    assert len(set(ids)) == len(ids), "two claims have one id"
    json.dumps(scored_document("any", extraction))
    json.dumps(extraction_document(article, extraction))


def _spans(extraction: Extraction) -> Iterator[Span]:
    for claim in extraction.claims:
        yield from claim.content
        mentions = [*(target.mention for target in claim.targets), *(other.mention for other in claim.relations)]
        yield from (span for span in (claim.speaker, claim.cue, *mentions) if span is not None)
    for actor in extraction.actors:
        yield from (mention.span for mention in actor.mentions)
        yield from (link.evidence for link in actor.represents if link.evidence is not None)


def _check_references(extraction: Extraction) -> None:
    claims = [claim.ref for claim in extraction.claims]
    actors = [actor.ref for actor in extraction.actors]
    assert claims == [f"c{number}" for number in range(1, len(claims) + 1)]
    assert len(set(actors)) == len(actors)
    for claim in extraction.claims:
        assert set(claim.speakers) <= set(actors), claim
        assert len(set(claim.speakers)) == len(claim.speakers), claim
        assert {target.actor for target in claim.targets} - {None} <= set(actors), claim
        earlier = claims[: claims.index(claim.ref)]
        assert {relation.claim for relation in claim.relations} <= set(earlier), claim
        assert claim.parent is None or claim.parent in claims, claim
    for actor in extraction.actors:
        assert actor.name.strip(), actor
        assert {link.party for link in actor.represents} <= set(actors) - {actor.ref}, actor


def _check_parents(extraction: Extraction) -> None:
    parent = {claim.ref: claim.parent for claim in extraction.claims}
    for ref in parent:
        seen: set[str] = set()
        above: str | None = ref
        while above is not None:
            assert above not in seen, f"{ref} stands inside itself"
            seen.add(above)
            above = parent[above]
