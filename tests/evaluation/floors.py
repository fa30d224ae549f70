"""The recorded floors: what every set must reach. They rise freely and fall only with a reason, which is kept."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

FLOORS = Path(__file__).parent / "floors.json"
SLACK = 0.01
"""A floor stands this far under what was measured: a rule that helps on the whole may cost one claim somewhere."""
_DIGITS = 3

Measured = Mapping[str, Mapping[str, float | None]]


@dataclass(frozen=True, slots=True)
class Fall:
    """A measure that is under its floor."""

    set: str
    measure: str
    floor: float
    measured: float | None

    def __str__(self) -> str:
        got = "nothing to measure" if self.measured is None else f"{self.measured:.4f}"
        short = "" if self.measured is None else f", {self.floor - self.measured:.4f} short"
        return f"{self.set} {self.measure}: {got}, floor {self.floor:.3f}{short}"


@dataclass(slots=True)
class Floors:
    """The floors by set and measure, and every time one was lowered: set, measure, from, to and why."""

    sets: dict[str, dict[str, float]] = field(default_factory=dict)
    lowered: list[dict[str, str | float]] = field(default_factory=list)

    @classmethod
    def load(cls, path: Path = FLOORS) -> Floors:
        """The floors in the file."""
        raw = json.loads(path.read_text("utf-8"))
        return cls(raw["sets"], raw["lowered"])

    def save(self, path: Path = FLOORS) -> None:
        """Write them to the file."""
        raw = {"sets": self.sets, "lowered": self.lowered}
        path.write_text(json.dumps(raw, ensure_ascii=False, indent=2) + "\n", "utf-8")

    def falls(self, measured: Measured) -> list[Fall]:
        """What is under its floor, over the sets that were measured."""
        return [
            Fall(name, measure, floor, values.get(measure))
            for name, values in measured.items()
            for measure, floor in self.sets.get(name, {}).items()
            if (value := values.get(measure)) is None or value < floor
        ]

    def rise(self, measured: Measured) -> list[str]:
        """Lift every floor that what was measured allows, and lower none. Returns what changed, one line each."""
        changed = []
        for name, values in measured.items():
            floors = self.sets.setdefault(name, {})
            for measure, value in values.items():
                if value is None:
                    continue
                floor, known = floor_under(value), floors.get(measure)
                if known is None or floor > known:
                    floors[measure] = floor
                    changed.append(f"{name} {measure}: {'new' if known is None else known} -> {floor}")
        return changed

    def lower(self, measured: Measured, reason: str) -> list[str]:
        """Lower the floors that what was measured does not reach, and keep the reason. Returns what changed.

        Raises ``ValueError`` without a reason.
        """
        if not reason.strip():
            raise ValueError("a floor is only lowered with a reason")
        changed = []
        for fall in self.falls(measured):
            floor = 0.0 if fall.measured is None else floor_under(fall.measured)
            self.sets[fall.set][fall.measure] = floor
            self.lowered.append(
                {"set": fall.set, "measure": fall.measure, "from": fall.floor, "to": floor, "reason": reason.strip()}
            )
            changed.append(f"{fall.set} {fall.measure}: {fall.floor} -> {floor}")
        return changed


def floor_under(value: float) -> float:
    """The floor for a measured value: ``SLACK`` under it, rounded down, at least 0."""
    scale = 10.0**_DIGITS
    return max(0.0, math.floor((value - SLACK) * scale + 1e-9) / scale)
