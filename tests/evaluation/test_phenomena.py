"""What a claim shows is read off its annotation; the rows of the table are counted right."""

from __future__ import annotations

import pytest

from tests.evaluation import phenomena
from tests.evaluation.annotations import Annotation, Document, Place, gold_documents
from tests.evaluation.report import as_markdown, as_text
from tests.evaluation.score import judge


def shown(text: str, speaker: str | None, cue: str | None, *content: str, **fields: str | None) -> set[str]:
    """The phenomena of one claim in ``text``."""

    def find(words: str | None) -> Place | None:
        return Place(text.index(words), text.index(words) + len(words)) if words else None

    parts = tuple(place for words in content if (place := find(words)) is not None)
    entities = (speaker,) if speaker else None
    mode = fields.get("mode") or "indirect"
    claim = Annotation("c1", find(speaker), entities, find(cue), parts, ("statement",), mode, (), fields.get("parent"))
    return set(phenomena.of(Document("d", text, (claim,)), claim))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (shown("Hon sade att A kom.", "Hon", "sade", "att A kom"), {"cue: verb", "pronoun as speaker"}),
        (shown("Enligt Bo kom A.", "Bo", "Enligt", "kom A"), {"cue: enligt"}),
        (shown("A kom, sade Bo.", "Bo", "sade", "A kom"), {"cue: verb", "inverted"}),
        (shown("Det uppges att A kom.", None, "uppges", "att A kom"), {"cue: verb", "passive", "anonymous source"}),
        (shown("A krävs av Bo.", "Bo", "krävs", "A"), {"cue: verb", "inverted", "passive"}),
        (shown("A, sade Bo, kom.", "Bo", "sade", "A", "kom"), {"cue: verb", "inverted", "broken content"}),
        (shown("Bo kunde inte bekräfta A.", "Bo", "kunde inte bekräfta", "A"), {"cue: verb", "negated cue"}),
        (
            shown("– A kom.", None, None, "A kom", mode="direct"),
            {"cue: none", "mode: direct", "run-on quotation", "anonymous source"},
        ),
        (shown("Bo sade att A kom.", "Bo", "sade", "att A kom", parent="c0"), {"cue: verb", "nested"}),
        (shown("Bo sade:\nA kom.", "Bo", "sade", "A kom"), {"cue: verb", "cue in another paragraph"}),
    ],
)
def test_phenomena(found: set[str], expected: set[str]) -> None:
    assert found - {"act: statement", "mode: indirect"} == expected


def test_each_claim_has_one_mode_one_cue_and_one_act() -> None:
    for document in gold_documents("seed"):
        for claim in document.claims:
            names = list(phenomena.of(document, claim))
            for kind in ("mode", "cue", "act"):
                assert sum(name.startswith(f"{kind}: ") for name in names) == 1


def test_outcomes_are_sorted_under_every_phenomenon_they_show() -> None:
    (document,) = gold_documents("seed")
    rows = phenomena.by_phenomenon(judge(document, document.claims))
    assert list(rows) == sorted(rows)
    assert sum(len(found) for name, found in rows.items() if name.startswith("cue: ")) == len(document.claims)


def test_tables() -> None:
    rows = [("set", "n"), ("a", "10"), ("long", "5")]
    assert as_text(rows) == "set    n\na     10\nlong   5"
    assert as_markdown(rows) == "| set | n |\n| --- | ---: |\n| a | 10 |\n| long | 5 |"
