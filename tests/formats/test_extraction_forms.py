"""An extraction as the evaluation reads it, and as JSON."""

from __future__ import annotations

import json

from app.domain.actor import Actor, ActorKind, Mention
from app.domain.article import Article
from app.domain.claim import Act, Claim, Extraction, Mode, Relation, RelationKind, Target, TargetRole
from app.domain.span import Span
from app.formats.extraction_json import extraction_document
from app.formats.score import scored_document

TEXT = "Lund hävdade att Umeå ljuger. Umeå förnekade anklagelsen."


def span(words: str, start: int = 0) -> Span:
    at = TEXT.index(words, start)
    return Span.cut(TEXT, at, at + len(words))


ARTICLE = Article(TEXT, title="Bråk")
EXTRACTION = Extraction(
    ARTICLE.id,
    claims=(
        Claim(
            ref="c1",
            speaker=span("Lund"),
            speakers=("a1",),
            cue=span("hävdade"),
            content=(span("att Umeå ljuger"),),
            act=Act.ACCUSATION,
            mode=Mode.INDIRECT,
            targets=(Target(TargetRole.ACCUSED, "a2", span("Umeå")),),
            evidence=(("content", "ccomp-att"), ("speaker", "nsubj")),
        ),
        Claim(
            ref="c2",
            speaker=None,
            speakers=(),
            cue=span("förnekade"),
            content=(span("anklagelsen"),),
            act=Act.DENIAL,
            mode=Mode.INDIRECT,
            relations=(
                Relation(RelationKind.DENIES, "c1", "noun-phrase", span("anklagelsen")),
                Relation(RelationKind.ANSWERS, "c1", "turn"),
            ),
            parent="c1",
        ),
    ),
    actors=(
        Actor("a1", "Lunds universitet", ActorKind.ORGANISATION, (Mention(span("Lund"), "name"),), ("Lund",)),
        Actor("a2", "Umeå universitet", ActorKind.ORGANISATION),
    ),
)


def test_the_scored_form_names_actors_and_counts_relations_as_targets() -> None:
    assert scored_document("d1", EXTRACTION) == {
        "doc_id": "d1",
        "claims": [
            {
                "id": "c1",
                "speaker": {"start": 0, "end": 4},
                "speaker_entity": ["Lunds universitet"],
                "cue": {"start": 5, "end": 12},
                "content": [{"start": 13, "end": 28}],
                "act": "accusation",
                "mode": "indirect",
                "targets": [
                    {"role": "accused", "entity": "Umeå universitet", "mention": {"start": 17, "end": 21}},
                ],
                "parent": None,
            },
            {
                "id": "c2",
                "speaker": None,
                "speaker_entity": None,
                "cue": {"start": 35, "end": 44},
                "content": [{"start": 45, "end": 56}],
                "act": "denial",
                "mode": "indirect",
                # The answer is a relation too, but the evaluation asks for denials and their like alone.
                "targets": [{"role": "claim", "claim": "c1", "mention": {"start": 45, "end": 56}}],
                "parent": "c1",
            },
        ],
    }


def test_the_json_form_leaves_nothing_out_and_survives_json() -> None:
    document = json.loads(json.dumps(extraction_document(ARTICLE, EXTRACTION)))
    assert document["article"]["id"] == ARTICLE.id
    assert document["article"]["title"] == "Bråk"
    first = document["claims"][0]
    assert first["id"] == EXTRACTION.claims[0].id_in(ARTICLE.id)
    assert first["evidence"] == {"content": "ccomp-att", "speaker": "nsubj"}
    assert first["content"] == [{"start": 13, "end": 28, "text": "att Umeå ljuger"}]
    assert [actor["name"] for actor in document["actors"]] == ["Lunds universitet", "Umeå universitet"]
    assert document["claims"][1]["relations"][0]["kind"] == "denies"
