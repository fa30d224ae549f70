"""The scorer by hand-made annotations: what matches, what is right, what counts and what does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.evaluation.annotations import SETS, Aim, Annotation, Document, Place, gold_documents
from tests.evaluation.measures import Scores, scored
from tests.evaluation.score import Outcome, judge, normal_name, word_starts

TEXT = "Anna Lind sade att bron var stängd. Per Berg förnekade det. Hon log."


def place(words: str) -> Place:
    start = TEXT.index(words)
    return Place(start, start + len(words))


SAID = Annotation(
    "c1",
    place("Anna Lind"),
    ("Anna Lind",),
    place("sade"),
    (place("att bron var stängd"),),
    ("statement",),
    "indirect",
    (Aim("about", "bron", place("bron")),),
)
DENIED = Annotation(
    "c2",
    place("Per Berg"),
    ("Per Berg",),
    place("förnekade"),
    (place("det"),),
    ("denial",),
    "indirect",
    (Aim("claim", claim="c1"),),
)
GOLD = Document("d", TEXT, (SAID, DENIED))


def scores_of(*claims: Annotation, gold: Document = GOLD) -> Scores:
    return scored(judge(gold, claims))


def test_the_gold_itself_is_perfect() -> None:
    scores = scores_of(SAID, DENIED)
    assert {name: hits.f1 for name, hits in scores.hits().items()} == dict.fromkeys(scores.hits(), 1.0)
    values = {name: share.value for name, share in scores.shares().items()}
    assert values.pop("nesting_accuracy") is None
    assert set(values.values()) == {1.0}


@pytest.mark.parametrize("name", SETS)
def test_every_gold_set_is_perfect_against_itself(name: str) -> None:
    scores = scored(outcome for document in gold_documents(name) for outcome in judge(document, document.claims))
    assert scores.attribution.f1 == 1.0
    assert scores.exact.f1 == 1.0
    assert scores.entity_recall.value == 1.0
    assert scores.target.fn == scores.target.fp == scores.relation.fn == 0


def test_nothing_found() -> None:
    scores = scores_of()
    assert (scores.attribution.tp, scores.attribution.fp, scores.attribution.fn) == (0, 0, 2)
    assert scores.attribution.precision is None
    assert scores.attribution.recall == scores.attribution.f1 == 0.0
    assert (scores.target.fn, scores.relation.fn, scores.entity_recall.value) == (1, 1, 0.0)
    assert scores.content_token_f1.value is None


def test_a_spurious_claim_costs_precision_and_nothing_else() -> None:
    spurious = replace(SAID, id="c9", content=(place("Hon log"),), cue=place("log"))
    scores = scores_of(SAID, DENIED, spurious)
    assert scores.attribution.precision == pytest.approx(2 / 3)
    assert scores.attribution.recall == 1.0
    assert scores.target.fp == 0


def test_the_complementizer_does_not_count() -> None:
    assert scores_of(replace(SAID, content=(place("bron var stängd"),)), DENIED).exact.f1 == 1.0
    assert word_starts(TEXT, [place("att bron")]) == {place("bron").start}


def test_half_of_the_words_make_a_match_and_less_does_not() -> None:
    half = scores_of(replace(SAID, content=(place("stängd. Per Berg förnekade"),)))
    assert half.detection.tp == 0
    enough = scores_of(replace(SAID, content=(place("var stängd. Per"),)))
    assert enough.detection.tp == 1
    assert enough.content_token_f1.value == pytest.approx(2 * 2 / (3 + 3))
    assert enough.exact.tp == 0


def test_of_two_equal_contents_the_one_with_the_cue_matches() -> None:
    without = replace(SAID, id="x1", cue=None)
    scores = scores_of(without, replace(SAID, id="x2"))
    assert scores.attribution.tp == 1
    assert scores.detection.fp == 1


@pytest.mark.parametrize("wrong", [{"speaker": place("Per Berg")}, {"speaker": None}, {"cue": place("log")}])
def test_a_wrong_source_or_cue_is_no_attribution(wrong: dict[str, Place | None]) -> None:
    scores = scores_of(replace(SAID, **wrong), DENIED)  # type: ignore[arg-type]
    assert scores.detection.f1 == 1.0
    assert (scores.attribution.tp, scores.attribution.fp, scores.attribution.fn) == (1, 1, 1)


def test_a_source_that_overlaps_is_right_but_not_exact() -> None:
    scores = scores_of(replace(SAID, speaker=place("Lind")), DENIED)
    assert scores.attribution.f1 == 1.0
    assert scores.exact.tp == 1


def test_where_nobody_stands_a_source_is_only_right_if_the_text_names_one() -> None:
    nobody = Document("d", TEXT, (replace(SAID, speaker=None, entities=None),))
    assert scores_of(SAID, gold=nobody).attribution.tp == 0
    assert scores_of(replace(SAID, speaker=None, entities=None), gold=nobody).attribution.tp == 1
    somebody = Document("d", TEXT, (replace(SAID, speaker=None),))
    assert scores_of(SAID, gold=somebody).attribution.tp == 1


def test_optional_claims_count_for_nothing() -> None:
    gold = Document("d", TEXT, (replace(SAID, optional=True), DENIED))
    for claims in ((DENIED,), (SAID, DENIED), (replace(SAID, speaker=None), DENIED)):
        scores = scores_of(*claims, gold=gold)
        assert (scores.attribution.tp, scores.attribution.fp, scores.attribution.fn) == (1, 0, 0)


def test_any_of_several_acts_is_right() -> None:
    gold = Document("d", TEXT, (replace(SAID, acts=("statement", "opinion")),))
    assert scores_of(replace(SAID, acts=("opinion",)), gold=gold).act_accuracy.value == 1.0
    assert scores_of(replace(SAID, acts=("denial",)), gold=gold).act_accuracy.value == 0.0


def test_names_agree_without_case_accents_and_marks() -> None:
    assert normal_name("S:t Åke-Élan") == normal_name("s t ake elan")
    assert scores_of(replace(SAID, entities=("ANNA LIND",)), DENIED).entity_recall.value == 1.0
    assert scores_of(replace(SAID, entities=("Anna",)), DENIED).entity_recall.value == 0.5


def test_targets_hit_by_mention_or_by_name() -> None:
    by_name = replace(SAID, targets=(Aim("accused", "Bron"),))
    scores = scores_of(by_name, DENIED)
    assert scores.target.f1 == 1.0
    assert scores.role_accuracy.value == 0.0
    other = replace(SAID, targets=(Aim("about", "Per Berg", place("Per Berg")),))
    assert (scores_of(other).target.fp, scores_of(other).target.fn) == (1, 1)


def test_a_relation_is_right_when_it_means_the_matched_claim() -> None:
    said, spurious = replace(SAID, id="s1"), replace(SAID, id="s2", content=(place("Hon log"),))
    denied = replace(DENIED, id="s3", targets=(Aim("claim", claim="s1"),))
    assert scores_of(said, spurious, denied).relation.f1 == 1.0
    astray = replace(denied, targets=(Aim("claim", claim="s2"),))
    assert (scores_of(said, spurious, astray).relation.tp, scores_of(said, spurious, astray).relation.fp) == (0, 1)


def test_a_parent_is_right_when_it_is_the_matched_claim() -> None:
    gold = Document("d", TEXT, (SAID, replace(DENIED, parent="c1")))
    said, denied = replace(SAID, id="s1"), replace(DENIED, id="s2", targets=())
    assert scores_of(said, replace(denied, parent="s1"), gold=gold).nesting_accuracy.value == 1.0
    assert scores_of(said, denied, gold=gold).nesting_accuracy.value == 0.0


def test_outcomes_come_in_the_order_of_the_text_then_the_spurious() -> None:
    spurious = replace(SAID, id="x", content=(place("Hon log"),), cue=None)
    found: list[Outcome] = judge(GOLD, [spurious, DENIED])
    assert [(o.gold.id if o.gold else None, o.system.id if o.system else None) for o in found] == [
        ("c1", None), ("c2", "c2"), (None, "x"),
    ]  # fmt: skip
