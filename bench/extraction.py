"""Where the time of reading articles goes: ``python -m bench.extraction [--write-docs]``.

The articles are those of the gold sets, read in one batch by one process with one thread. Prints articles and words a
second, the share of every step, and how extraction grows with the length of one text. Times are processor time, which
other programs on the machine change less than the clock.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from app.domain.article import Article
from app.extraction import extractor as steps
from app.extraction.extractor import Extractor, finished
from app.parsing.stanza_parser import StanzaParser
from tests.evaluation.annotations import gold_documents
from tests.evaluation.documentation import PAGE, fill
from tests.evaluation.report import as_markdown, as_text

if TYPE_CHECKING:
    from app.domain.parse import ParsedText
    from tests.evaluation.report import Row

R = TypeVar("R")

SETS = ("seed", "dev_articles", "own_articles")
STEPS = (
    "classify_paragraphs", "find_quotations", "find_cues", "find_drafts", "set_acts_and_modes", "resolve_actors",
    "set_parents", "set_targets", "set_relations",
)  # fmt: skip
"""The functions of ``app.extraction.extractor`` that are timed one by one, in their order."""
REPEATS = 3
LENGTHS = (1, 2, 4, 8)
"""How many articles are put together into one text to see how extraction grows."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; returns the exit code."""
    options = argparse.ArgumentParser(prog="python -m bench.extraction", description=__doc__)
    options.add_argument("--write-docs", action="store_true", help=f"put the tables into {PAGE.name}")
    chosen = options.parse_args(arguments)
    texts = [document.text for name in SETS for document in gold_documents(name)]
    parser = StanzaParser()
    loading, _ = timed(parser.load)
    parser.parse_many(texts[:2])
    parsing, parses = timed(lambda: parser.parse_many(texts))
    extractor = Extractor(parser)
    extracted(extractor, parses)
    spent = by_step(extractor, parses)
    tables = [
        speed_rows(texts, loading, parsing, sum(spent.values())),
        step_rows(parsing, spent),
        growth_rows(extractor, parser),
    ]
    print("\n\n".join(map(as_text, tables)))
    if chosen.write_docs:
        fill(PAGE, {"speed": "\n\n".join(map(as_markdown, tables))})
    return 0


def timed(work: Callable[[], R]) -> tuple[float, R]:
    """Seconds of processor time that the work takes, and what it gives."""
    start = time.process_time()
    given = work()
    return time.process_time() - start, given


def extracted(extractor: Extractor, parses: Sequence[ParsedText]) -> int:
    """Extract from all parses; the number of claims."""
    return sum(len(extractor.extract_parsed(Article(text=parsed.text), parsed).claims) for parsed in parses)


def by_step(extractor: Extractor, parses: Sequence[ParsedText]) -> dict[str, float]:
    """Seconds of each step over all parses, and of what lies between the steps; the fastest of some repeats."""
    best: dict[str, float] | None = None
    originals = {name: getattr(steps, name) for name in STEPS}
    for _ in range(REPEATS):
        spent = dict.fromkeys((*STEPS, "finished", "the rest"), 0.0)
        for name in STEPS:
            setattr(steps, name, _measured(originals[name], spent, name))
        try:
            start = time.process_time()
            for parsed in parses:
                _read_and_finish(extractor, parsed, spent)
            whole = time.process_time() - start
        finally:
            for name, original in originals.items():
                setattr(steps, name, original)
        spent["the rest"] = max(0.0, whole - sum(spent.values()))
        if best is None or sum(spent.values()) < sum(best.values()):
            best = spent
    assert best is not None
    return best


def _measured(step: Callable[..., R], spent: dict[str, float], name: str) -> Callable[..., R]:
    def run(*arguments: object) -> R:
        seconds, given = timed(lambda: step(*arguments))
        spent[name] += seconds
        return given

    return run


def _read_and_finish(extractor: Extractor, parsed: ParsedText, spent: dict[str, float]) -> None:
    reading, linker = extractor.read(parsed)
    seconds, _ = timed(lambda: finished(Article(text=parsed.text), reading, linker))
    spent["finished"] += seconds


def speed_rows(texts: Sequence[str], loading: float, parsing: float, extracting: float) -> list[Row]:
    """Articles and words a second, for each part and for both."""
    words = sum(len(text.split()) for text in texts)
    rows: list[Row] = [(f"{len(texts)} articles, {words} words", "seconds", "articles a second", "words a second")]
    for name, seconds in (("parsing", parsing), ("extraction", extracting), ("both", parsing + extracting)):
        rows.append((name, f"{seconds:.2f}", f"{len(texts) / seconds:.1f}", f"{words / seconds:.0f}"))
    rows.append(("loading the models, once", f"{loading:.2f}", "-", "-"))
    return rows


def step_rows(parsing: float, spent: dict[str, float]) -> list[Row]:
    """Seconds and share of every step, parsing among them."""
    whole = parsing + sum(spent.values())
    rows: list[Row] = [("step", "seconds", "share")]
    for name, seconds in (("parsing", parsing), *spent.items()):
        rows.append((name.replace("_", " "), f"{seconds:.3f}", f"{seconds / whole:.1%}"))
    return rows


def growth_rows(extractor: Extractor, parser: StanzaParser) -> list[Row]:
    """Seconds of extraction for one text that is as long as several articles."""
    articles = [document.text for document in gold_documents("own_articles")]
    rows: list[Row] = [("one text of", "characters", "extraction, seconds", "seconds for 1,000 characters")]
    for count in LENGTHS:
        (parsed,) = parser.parse_many(["\n".join(articles[:count])])
        seconds = min(timed(lambda parsed=parsed: extracted(extractor, [parsed]))[0] for _ in range(REPEATS))  # type: ignore[misc]
        length = len(parsed.text)
        rows.append((f"{count} articles", str(length), f"{seconds:.2f}", f"{1000 * seconds / length:.3f}"))
    return rows


if __name__ == "__main__":
    sys.exit(main())
