"""``python -m tests.properties.fuzz --minutes N``: random trees and mangled articles until the time is up.

Each round reads some mangled articles with the bundled models, changes their parses at random, and reads random trees.
What breaks is printed with the seed that shows it again (``--seed``); the exit code is 1 then.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from app.extraction.extractor import Extractor
from app.parsing.stanza_parser import StanzaParser
from tests.evaluation.annotations import SETS, gold_documents
from tests.properties.invariants import check_parsed
from tests.properties.texts import EXTREMES, HTML_REMAINS, OTHER_LANGUAGES, mangled
from tests.properties.trees import mutated, random_parse

if TYPE_CHECKING:
    from app.domain.claim import Extraction
    from app.domain.parse import ParsedText

TREES_A_ROUND = 200
ARTICLES_A_ROUND = 8
CHANGED_PARSES = 3
_BREAKS = (AssertionError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


@dataclass(slots=True)
class Findings:
    """What was tried and what broke: the place in the code → the first seed, text and traceback."""

    texts: int = 0
    claims: int = 0
    broken: dict[str, tuple[int, str, str]] = field(default_factory=dict)

    def run(self, seed: int, text: str, work: Callable[[], Extraction]) -> None:
        """Do one piece of work and note how it ended."""
        self.texts += 1
        try:
            self.claims += len(work().claims)
        except _BREAKS as error:
            last = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{type(error).__name__} in {last.filename}:{last.lineno}"
            self.broken.setdefault(place, (seed, text, traceback.format_exc()))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until the time is up; returns the exit code."""
    options = argparse.ArgumentParser(prog="python -m tests.properties.fuzz", description=__doc__)
    options.add_argument("--minutes", type=float, default=5.0, help="how long; at least one round is run")
    options.add_argument("--seed", type=int, default=None, help="run only the round with this seed")
    chosen = options.parse_args(arguments)
    parser = StanzaParser()
    extractor = Extractor(parser)
    findings = Findings()
    until = time.monotonic() + chosen.minutes * 60
    for seed in [chosen.seed] if chosen.seed is not None else _seeds(until):
        one_round(seed, parser, extractor, findings)
    print(f"{findings.texts} texts, {findings.claims} claims, {len(findings.broken)} things broken")
    for place, (seed, text, trace) in findings.broken.items():
        print(f"\n{place} (--seed {seed})\ntext: {text[:1500]!r}\n{trace}")
    return 1 if findings.broken else 0


def one_round(seed: int, parser: StanzaParser, extractor: Extractor, findings: Findings) -> None:
    """Random trees, mangled articles and changed parses of them, all decided by ``seed``."""
    random = Random(seed)
    for _ in range(TREES_A_ROUND):
        parsed = random_parse(random)
        findings.run(seed, parsed.text, _check(extractor, parsed))
    known = [document.text for name in SETS for document in gold_documents(name)]
    known += [*OTHER_LANGUAGES, *HTML_REMAINS, *EXTREMES]
    texts = [mangled(random, known) for _ in range(ARTICLES_A_ROUND)]
    for parsed in parser.parse_many(texts):
        findings.run(seed, parsed.text, _check(extractor, parsed))
        for _ in range(CHANGED_PARSES):
            changed = mutated(random, parsed, random.choice((0.03, 0.15, 0.5)))
            findings.run(seed, changed.text, _check(extractor, changed))


def _check(extractor: Extractor, parsed: ParsedText) -> Callable[[], Extraction]:
    return lambda: check_parsed(extractor, parsed)


def _seeds(until: float) -> Iterator[int]:
    seed = int(time.time())
    yield seed
    while time.monotonic() < until:
        seed += 1
        yield seed


if __name__ == "__main__":
    sys.exit(main())
