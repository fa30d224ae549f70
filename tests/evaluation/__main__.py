"""``python -m tests.evaluation``: score the extraction on the gold sets.

Ends with 1 where a measure is under its recorded floor, with 2 on a usage error.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from app.extraction.confidence import load_calibration
from app.parsing.stanza_parser import StanzaParser
from tests.evaluation import questions, report
from tests.evaluation.annotations import HELD_OUT, SETS
from tests.evaluation.documentation import write_page
from tests.evaluation.floors import Floors
from tests.evaluation.run import evaluate


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the evaluation; returns the exit code."""
    options = _options(arguments)
    chosen = options.set or ([] if options.file else SETS)
    names = (*chosen, *options.file, *(HELD_OUT if options.held_out else ()))
    run = evaluate(dict.fromkeys(names), StanzaParser())
    measured = {name: report.numbers(scores) for name, scores in run.scores().items()}
    found = report.errors(run)
    answered = questions.ask_all(run)
    if answered:
        measured[questions.NAME] = questions.numbers(answered)
    if options.json:
        print(json.dumps({**report.as_json(run), questions.NAME: questions.numbers(answered)}, indent=1))
    else:
        tiers = report.tier_rows(run, load_calibration().auto)
        tables = [report.set_rows(run), tiers, report.phenomenon_rows(run), report.cause_rows(found)]
        tables += [questions.rows(answered)] if answered else []
        print("\n\n".join(map(report.as_text, tables)))
        if options.errors:
            print()
            print("\n".join(map(str, (a for a in answered if not a.exact))))
            print("\n".join(line for name in found for line in report.error_lines(found[name])))
    if options.write_docs:
        write_page(run, found, answered)
    return _floors(
        options, {name: values for name, values in measured.items() if name in SETS or name == questions.NAME}
    )


def _floors(options: argparse.Namespace, measured: dict[str, dict[str, float | None]]) -> int:
    floors = Floors.load()
    changed: list[str] = []
    if options.lower_floors:
        changed = floors.lower(measured, options.reason)
    if options.raise_floors:
        changed += floors.rise(measured)
    if changed:
        floors.save()
    falls = floors.falls(measured)
    for line in (*changed, *(f"under its floor: {fall}" for fall in falls)):
        print(line, file=sys.stderr)
    return 1 if falls else 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--set", action="append", choices=[*SETS], help="only this set; may be given several times")
    parser.add_argument(
        "--file", action="append", default=[], help="a .json file such as `sagesman corrections export` writes"
    )
    parser.add_argument("--held-out", action="store_true", help="also the set that nobody looks at until the end")
    parser.add_argument("--errors", action="store_true", help="list every error with its cause")
    parser.add_argument("--json", action="store_true", help="print all numbers as JSON instead of tables")
    parser.add_argument("--write-docs", action="store_true", help="put the tables into docs/quality.md")
    parser.add_argument("--raise-floors", action="store_true", help="lift the floors to what was measured")
    parser.add_argument("--lower-floors", action="store_true", help="lower the floors that are not reached")
    parser.add_argument("--reason", default="", help="why floors are lowered; kept in the file")
    options = parser.parse_args(arguments)
    if options.lower_floors and not options.reason.strip():
        parser.error("--lower-floors needs --reason")
    return options


if __name__ == "__main__":
    sys.exit(main())
