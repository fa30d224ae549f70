"""No tree breaks the rules: random words under random heads, and real sentences with their parses spoilt."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.extraction.extractor import Extractor
from app.parsing.conllu import from_conllu, to_conllu
from tests.properties.invariants import check_parsed
from tests.properties.trees import mutated, random_parse

CASES = sorted((Path(__file__).parents[1] / "extraction" / "cases").glob("*.conllu"))
randoms = st.randoms(use_true_random=False)


@settings(max_examples=300)
@given(random=randoms)
def test_random_trees_break_nothing(rules: Extractor, random: Random) -> None:
    check_parsed(rules, random_parse(random))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
@given(seed=st.integers(0, 10**9))
@settings(max_examples=30)
def test_spoilt_parses_break_nothing(rules: Extractor, path: Path, seed: int) -> None:
    """One draw a file: a draw for each of its words is more than shrinking is worth."""
    random, parsed = Random(seed), from_conllu(path.read_text("utf-8"))
    check_parsed(rules, mutated(random, parsed, random.choice((0.02, 0.1, 0.4))))


@given(seed=st.integers(0, 10**9))
def test_random_trees_are_trees(seed: int) -> None:
    """What is drawn can be written as CoNLL-U and read back: one root, no circles, offsets that fit."""
    parsed = random_parse(Random(seed))
    assert from_conllu(to_conllu(parsed)).text == parsed.text
    for sentence in mutated(Random(seed), parsed, 0.5).sentences:
        for word in sentence.words:
            at, steps = word.index, 0
            while at >= 0:
                at, steps = sentence.words[at].head, steps + 1
                assert steps <= len(sentence.words)


def test_the_trees_hold_enough_claims_to_test_anything(rules: Extractor) -> None:
    """A generator that never meets a rule would pass every test above."""
    claims = [claim for seed in range(150) for claim in check_parsed(rules, random_parse(Random(seed))).claims]
    assert len(claims) > 60
    assert {part for claim in claims for part in dict(claim.evidence)} >= {"content", "speaker", "mode", "act"}
    assert any(claim.targets for claim in claims)
    assert any(claim.parent for claim in claims)
