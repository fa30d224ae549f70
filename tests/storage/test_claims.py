from __future__ import annotations

from sqlalchemy import Engine

from app.domain.record import ClaimFilter
from app.storage.articles import save_article
from app.storage.claims import list_claims, save_extraction
from app.storage.engine import reading, transaction
from tests.storage.samples import actor_ids, article, extraction


def test_smoke(engine: Engine) -> None:
    with transaction(engine) as session:
        save_article(session, article())
        save_extraction(session, extraction(), actor_ids(extraction()))
        save_extraction(session, extraction(), actor_ids(extraction()))
    with reading(engine) as session:
        page = list_claims(session)
        for claim in page.items:
            print(claim)
        for f in (
            ClaimFilter(speaker="baku"),
            ClaimFilter(speaker="azerbajdzjan"),
            ClaimFilter(q="försvarar mark"),
            ClaimFilter(target="Armenien"),
            ClaimFilter(speaker="Pashinian"),
        ):
            p = list_claims(session, f)
            print(f.speaker, f.q, [(c.text, c.via) for c in p.items], p.suggestions)
