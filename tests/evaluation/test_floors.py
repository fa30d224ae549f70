"""Floors rise by themselves, fall only with a reason, and say what is under them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.evaluation.__main__ import main
from tests.evaluation.documentation import PAGE, fill
from tests.evaluation.floors import FLOORS, Floors, floor_under


def test_a_floor_lies_a_little_under_what_was_measured() -> None:
    assert floor_under(0.95) == 0.94
    assert floor_under(0.9567) == 0.946
    assert floor_under(1.0) == 0.99
    assert floor_under(0.004) == 0.0


def test_floors_rise_and_never_sink() -> None:
    floors = Floors({"seed": {"attribution": 0.9, "act": 0.9}})
    assert floors.rise({"seed": {"attribution": 0.95, "act": 0.8, "mode": 0.7, "relation": None}}) == [
        "seed attribution: 0.9 -> 0.94",
        "seed mode: new -> 0.69",
    ]
    assert floors.sets == {"seed": {"attribution": 0.94, "act": 0.9, "mode": 0.69}}
    assert floors.lowered == []


def test_what_is_under_its_floor_is_named_with_the_difference() -> None:
    floors = Floors({"seed": {"attribution": 0.9, "relation": 0.5, "act": 0.8}, "other": {"act": 1.0}})
    falls = floors.falls({"seed": {"attribution": 0.8765, "relation": None, "act": 0.8}})
    assert [str(fall) for fall in falls] == [
        "seed attribution: 0.8765, floor 0.900, 0.0235 short",
        "seed relation: nothing to measure, floor 0.500",
    ]


def test_lowering_needs_a_reason_and_keeps_it() -> None:
    floors = Floors({"seed": {"attribution": 0.9, "act": 0.8}})
    measured = {"seed": {"attribution": 0.85, "act": 0.9}}
    with pytest.raises(ValueError, match="reason"):
        floors.lower(measured, " ")
    assert floors.lower(measured, "two annotations were wrong") == ["seed attribution: 0.9 -> 0.84"]
    assert floors.sets == {"seed": {"attribution": 0.84, "act": 0.8}}
    assert floors.lowered == [
        {"set": "seed", "measure": "attribution", "from": 0.9, "to": 0.84, "reason": "two annotations were wrong"}
    ]
    assert floors.falls(measured) == []


def test_floors_are_saved_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    floors = Floors({"seed": {"act": 0.5}}, [{"set": "seed", "measure": "act", "from": 0.6, "to": 0.5, "reason": "å"}])
    floors.save(path)
    assert Floors.load(path) == floors


def test_every_lowered_floor_has_its_reason() -> None:
    for entry in json.loads(FLOORS.read_text("utf-8"))["lowered"]:
        assert entry["reason"].strip()
        assert entry["to"] < entry["from"]


def test_the_command_wants_a_reason(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(["--lower-floors"])
    assert exit_.value.code == 2
    assert "--reason" in capsys.readouterr().err


def test_a_page_is_filled_between_its_marks(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("a\n<!-- x -->\nold\n<!-- /x -->\nb\n", "utf-8")
    fill(page, {"x": "| new |"})
    assert page.read_text("utf-8") == "a\n<!-- x -->\n\n| new |\n\n<!-- /x -->\nb\n"
    with pytest.raises(ValueError, match="<!-- y -->"):
        fill(page, {"x": "other", "y": "z"})
    assert "new" in page.read_text("utf-8")


def test_the_quality_page_is_filled() -> None:
    text = PAGE.read_text("utf-8")
    for name in ("scores", "phenomena", "reliability", "tiers", "causes", "kinds", "gaps", "speed"):
        start, end = text.index(f"<!-- {name} -->"), text.index(f"<!-- /{name} -->")
        assert text[start:end].count("\n| ") > 2, name
