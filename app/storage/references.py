"""What an extraction points to is in it, before anything of it is saved."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.claim import Extraction


def check_references(extraction: Extraction, actor_ids: Mapping[str, str]) -> None:
    """Raise ``KeyError`` when an actor has no id, ``ValueError`` when a claim or an actor points to one
    that the extraction does not hold.
    """
    actors = [actor.ref for actor in extraction.actors]
    for ref in actors:
        if ref not in actor_ids:
            raise KeyError(f"actor {ref} of article {extraction.article_id} has no id")
    claims = {claim.ref for claim in extraction.claims}
    for claim in extraction.claims:
        for ref in (*claim.speakers, *(target.actor for target in claim.targets if target.actor is not None)):
            if ref not in actors:
                raise ValueError(f"claim {claim.ref} names actor {ref}, which the extraction does not hold")
        for ref in (*((claim.parent,) if claim.parent else ()), *(relation.claim for relation in claim.relations)):
            if ref not in claims:
                raise ValueError(f"claim {claim.ref} names claim {ref}, which the extraction does not hold")
    for actor in extraction.actors:
        for representation in actor.represents:
            if representation.party not in actors:
                raise ValueError(f"actor {actor.ref} speaks for {representation.party}, which is no actor here")
