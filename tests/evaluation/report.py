"""The result of a run as tables: for the terminal, for the documentation, and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.case_tables import read_cases
from tests.evaluation.causes import Cause, Error, errors_in
from tests.evaluation.measures import scored
from tests.evaluation.phenomena import by_phenomenon

if TYPE_CHECKING:
    from tests.evaluation.measures import Scores
    from tests.evaluation.run import Read, Run

Row = Sequence[str]

COLUMNS = (
    "attribution", "precision", "recall", "exact", "content", "entity", "target", "relation", "act", "mode", "nesting",
)  # fmt: skip


def numbers(scores: Scores) -> dict[str, float | None]:
    """The numbers of a row of the table, by column. Attribution, exact, target and relation are F1."""
    attribution = scores.attribution
    return {
        "attribution": attribution.f1,
        "precision": attribution.precision,
        "recall": attribution.recall,
        "exact": scores.exact.f1,
        "content": scores.content_token_f1.value,
        "entity": scores.entity_recall.value,
        "target": scores.target.f1 if scores.target.tp + scores.target.fn else None,
        "relation": scores.relation.f1 if scores.relation.tp + scores.relation.fn else None,
        "act": scores.act_accuracy.value,
        "mode": scores.mode_accuracy.value,
        "nesting": scores.nesting_accuracy.value,
    }


def set_rows(run: Run) -> list[Row]:
    """A heading and one row a set, with the number of claims that count."""
    rows: list[Row] = [("set", "claims", *COLUMNS)]
    for name, scores in run.scores().items():
        claims = scores.detection.tp + scores.detection.fn
        rows.append((name, str(claims), *(_printed(value) for value in numbers(scores).values())))
    return rows


def phenomenon_rows(run: Run) -> list[Row]:
    """A heading and one row a phenomenon, over all sets of the run."""
    rows: list[Row] = [("phenomenon", "claims", *COLUMNS[:6], "act", "mode")]
    outcomes = [outcome for name in run.sets for outcome in run.outcomes(name)]
    for name, shown in by_phenomenon(outcomes).items():
        scores = scored(shown)
        claims = scores.detection.tp + scores.detection.fn
        found = numbers(scores)
        rows.append((name, str(claims), *(_printed(found[column]) for column in (*COLUMNS[:6], "act", "mode"))))
    return rows


def tier_rows(run: Run, threshold: float) -> list[Row]:
    """A heading and one row a set: how many claims the ``auto`` tier takes, and how many of those are right.

    Right means the full attribution: a claim, with its cue, its source, and who that is.
    """
    rows: list[Row] = [("set", "found", "in the tier", "right", "precision", "precision of all")]
    for name, reads in run.sets.items():
        pairs = [pair for read in reads for pair in confident(read)]
        passed = [right for chance, right in pairs if chance >= threshold]
        shares = [_printed(sum(found) / len(found) if found else None) for found in (passed, [r for _, r in pairs])]
        rows.append((name, str(len(pairs)), str(len(passed)), str(sum(passed)), *shares))
    return rows


def confident(read: Read) -> list[tuple[float, bool]]:
    """For each claim found in a document its confidence, and whether the full attribution is right."""
    chances = {claim.ref: claim.confidence.overall for claim in read.extraction.claims if claim.confidence is not None}
    return [
        (chances[outcome.system.id], outcome.attributed and outcome.entity_ok is not False)
        for outcome in read.outcomes
        if outcome.system is not None and not outcome.optional
    ]


def errors(run: Run) -> dict[str, list[Error]]:
    """All errors of every set."""
    return {name: [error for read in reads for error in errors_in(read)] for name, reads in run.sets.items()}


def cause_rows(found: dict[str, list[Error]]) -> list[Row]:
    """A heading, one row a cause with its count in every set, and the sum."""
    counts = {name: Counter(error.cause for error in errors) for name, errors in found.items()}
    rows: list[Row] = [("cause", *counts, "all")]
    for cause in Cause:
        row = [count[cause] for count in counts.values()]
        rows.append((cause.value, *map(str, row), str(sum(row))))
    sums = [count.total() for count in counts.values()]
    rows.append(("all", *map(str, sums), str(sum(sums))))
    return rows


def kind_rows(found: dict[str, list[Error]], most: int = 25) -> list[Row]:
    """A heading and the most frequent pairs of cause and error, over all sets."""
    counts = Counter((error.cause.value, error.kind) for errors in found.values() for error in errors)
    return [("cause", "what is wrong", "errors"), *((*pair, str(n)) for pair, n in counts.most_common(most))]


def gap_rows(folder: Path) -> list[Row]:
    """A heading and the cases below a folder that are known not to hold: the text, and what goes wrong."""
    cases = [case for path in sorted(folder.rglob("cases/*.conllu")) for case in read_cases(path) if case.gap]
    return [("text", "what goes wrong"), *((case.text, case.gap or "") for case in cases)]


def as_text(rows: Sequence[Row]) -> str:
    """The table in aligned columns."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join("  ".join(_aligned(row, widths)).rstrip() for row in rows)


def as_markdown(rows: Sequence[Row]) -> str:
    """The table as Markdown, numbers to the right."""
    columns = list(zip(*rows[1:], strict=True))
    rule = ["---:" if all(_is_number(cell) for cell in column) else "---" for column in columns]
    return "\n".join("| " + " | ".join(row) + " |" for row in (rows[0], rule, *rows[1:]))


def as_json(run: Run) -> dict[str, Any]:
    """All numbers of the run."""
    outcomes = [outcome for name in run.sets for outcome in run.outcomes(name)]
    return {
        "sets": {name: scores.as_dict() for name, scores in run.scores().items()},
        "phenomena": {name: scored(shown).as_dict() for name, shown in by_phenomenon(outcomes).items()},
        "causes": {name: dict(Counter(error.cause.value for error in found)) for name, found in errors(run).items()},
    }


def error_lines(found: Iterable[Error]) -> list[str]:
    """One line an error, parts separated by tabs."""
    return [
        "\t".join((error.doc_id, error.claim, error.kind, error.cause.value, error.why, error.words[:200]))
        for error in found
    ]


def _aligned(row: Row, widths: Sequence[int]) -> list[str]:
    return [
        cell.ljust(width) if column == 0 else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]


def _is_number(cell: str) -> bool:
    return cell == "-" or cell.replace(".", "", 1).rstrip("%").isdigit()


def _printed(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
