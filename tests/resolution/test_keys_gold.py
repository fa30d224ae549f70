"""Keys on annotated articles: what an annotator held to be two is two, and what several articles name is one."""

from __future__ import annotations

import pytest

from app.resolution.keys import ActorKey, actor_keys
from tests.gold_extraction import gold_article, gold_documents, gold_extraction

# Entities of the annotated articles that are somebody known beyond their article, and their keys.
KNOWN = {
    "USA": "state:US",
    "Azerbajdzjan": "state:AZ",
    "Azerbajdzjans försvarsministerium": "body:AZ:försvarsministerium",
    "Azerbajdzjans regering": "body:AZ:regering",
    "Armeniens väpnade styrkor": "body:AM:väpnade styrka+",
    "Karabachs separatistmyndigheter": "body:karabach:separatistmyndighet+",
    "FN:s säkerhetsråd": "org:fn:s säkerhetsråd",
    "Reuters": "org:reuters",
    "TT": "org:tt",
    "Europeiska unionen": "org:eu",
    "Hedvalla kommun": "org:hedvalla kommun",
    "Skolverket": "body:SE:skolverk",
    "Nikol Pasjinjan": "person:nikol paSinian@state:AM",
    "Dmitrij Peskov": "person:dmitri peskov@state:RU",
    "Annika Rauhala": "person:anika rauhala@org:if metall",
    "regeringen": "body:SE:regering",
}

# Only their article tells who they are.
UNKNOWN = ("Demonstranter", "amerikanska tjänstemän", "34-åringen", "kvinnan", "grannar", "Maja Utsi", "Videor")


def keys(doc_id: str) -> dict[str, ActorKey]:
    extraction = gold_extraction(doc_id)
    found = actor_keys(extraction, gold_article(doc_id))
    return {actor.name: found[actor.ref] for actor in extraction.actors}


@pytest.mark.parametrize("doc_id", sorted(gold_documents()))
def test_two_actors_of_an_article_are_two(doc_id: str) -> None:
    found = keys(doc_id)
    assert len({key.id for key in found.values()}) == len(found)
    assert found == keys(doc_id)


def test_known_actors_have_one_key_in_every_article() -> None:
    found: dict[str, set[str]] = {}
    for doc_id in gold_documents():
        for name, key in keys(doc_id).items():
            if name in KNOWN:
                found.setdefault(name, set()).add(key.text)
    assert found == {name: {text} for name, text in KNOWN.items()}


def test_everybody_else_keeps_to_the_article() -> None:
    found = {name: key for doc_id in gold_documents() for name, key in keys(doc_id).items()}
    assert all(found[name].local for name in UNKNOWN)
