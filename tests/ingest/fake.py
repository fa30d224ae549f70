"""An extractor without a model: "…, sade NAMN." on a line is a claim by NAMN, and nothing else is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.domain.actor import Actor, ActorKind, Mention
from app.domain.article import Article
from app.domain.claim import Act, Claim, Extraction, Mode
from app.domain.identity import content_id
from app.domain.span import Span

_SAID = re.compile(r"^(?P<content>[^\n]+), (?P<cue>sade) (?P<speaker>[^\n.]+)\.", re.MULTILINE)


class FakeExtractor:
    """Finds the claims of `_SAID`; as deterministic as the real one."""

    def extract_many(self, articles: Sequence[Article]) -> list[Extraction]:
        """One extraction for each article, in order."""
        return [_extraction(article) for article in articles]


def actor_ids(extraction: Extraction, _article: Article) -> dict[str, str]:
    """An actor is its name."""
    return {actor.ref: content_id("act", actor.name) for actor in extraction.actors}


def _extraction(article: Article) -> Extraction:
    refs: dict[str, str] = {}
    mentions: dict[str, list[Mention]] = {}
    claims = []
    for number, match in enumerate(_SAID.finditer(article.text), start=1):
        speaker, cue, content = (Span.cut(article.text, *match.span(part)) for part in ("speaker", "cue", "content"))
        ref = refs.setdefault(speaker.text, f"a{len(refs) + 1}")
        mentions.setdefault(speaker.text, []).append(Mention(speaker, "line"))
        claims.append(Claim(f"c{number}", speaker, (ref,), cue, (content,), Act.STATEMENT, Mode.INDIRECT))
    actors = tuple(
        Actor(ref, name, ActorKind.PERSON, tuple(mentions[name]), aliases=(name,)) for name, ref in refs.items()
    )
    return Extraction(article.id, tuple(claims), actors)
