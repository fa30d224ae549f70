"""Confidence: how signs are weighed, the file the weights are read from, plain claims against doubtful ones."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from app.domain.article import Article
from app.domain.claim import Confidence
from app.errors import LexiconError
from app.extraction.confidence import CALIBRATION, Calibration, Field, load_calibration
from app.extraction.extractor import Extractor
from tests.case_tables import NoParser, read_cases

CASES = Path(__file__).parent / "cases"


def confidences(name: str, case: str) -> list[Confidence]:
    """The confidences of the claims in a case of a table."""
    (parsed,) = [found.parse() for found in read_cases(CASES / f"{name}.conllu") if found.name == case]
    claims = Extractor(NoParser()).extract_parsed(Article(text=parsed.text), parsed).claims
    assert all(claim.confidence is not None for claim in claims)
    return [claim.confidence for claim in claims if claim.confidence is not None]


@pytest.mark.parametrize(
    ("signs", "expected"), [([], 0.5), (["known"], 0.881), (["known", "known too"], 0.5), (["never seen"], 0.5)]
)
def test_signs_add_up_to_log_odds(signs: Sequence[str], expected: float) -> None:
    weights = {"known": 2.0, "known too": -2.0}
    calibration = Calibration({Field.OVERALL: 0.0}, {Field.OVERALL: weights}, auto=0.9)
    assert calibration.probability(Field.OVERALL, iter(signs)) == expected


def test_every_claim_has_a_probability_for_every_field() -> None:
    (plain,) = confidences("quotations", "line-of-speech")
    for field in Field:
        assert 0.0 < getattr(plain, field.value) <= 1.0


def test_a_line_of_speech_is_surer_than_a_passive() -> None:
    (plain,) = confidences("quotations", "line-of-speech")
    (passive,) = confidences("contents", "content-in-front-of-a-passive")
    assert plain.overall > passive.overall + 0.01


def test_the_stored_calibration_says_how_its_threshold_was_measured() -> None:
    text = CALIBRATION.read_text("utf-8")
    calibration = load_calibration()
    assert 0.5 < calibration.auto < 1.0
    assert set(calibration.weights) == set(calibration.constants) == set(Field)
    for part in ("precision:", "claims:", "of:"):
        assert part in text


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("auto: {threshold: 0.9}", "fields"),
        ("auto: {}\nfields: {}", "threshold"),
        ("auto: {threshold: 0.9}\nfields: {mood: {constant: 0, weights: {}}}", "mood"),
        ("auto: {threshold: 0.9}\nfields: {overall: {constant: 0, weights: {}}}", "no fields act, content"),
        ("auto: {threshold: 0.9}\nfields: {overall: {constant: much, weights: {}}}", "much"),
        ("auto: [", "broken.yaml"),
        ("", "broken.yaml"),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, text: str, named: str) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(LexiconError, match=named):
        load_calibration(path)
