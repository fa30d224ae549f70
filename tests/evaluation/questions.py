"""The development questions, asked of what the pipeline found: are the answers the claims that the gold expects?

Claims found are read as the gold claims they match. What reasonable annotators differ on counts for nothing.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.asking.answer import answer
from app.asking.question import parse_question
from app.domain.article import Article
from app.resolution.keys import actor_ids
from app.storage.articles import save_article
from app.storage.claims import Scope, save_extraction
from app.storage.engine import migrate, open_engine, reading, transaction
from tests.evaluation.annotations import GOLD

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from tests.evaluation.report import Row
    from tests.evaluation.run import Read, Run

NAME = "dev_queries"
SETS = ("seed", "dev_articles")
"""The sets whose documents are asked about."""

_MOST = 100


@dataclass(frozen=True, slots=True)
class Answered:
    """One question in one scope: the gold claims expected, those answered, and answers that match no gold claim."""

    ask: str
    scope: str
    expected: frozenset[str]
    found: frozenset[str]
    spurious: int

    def __str__(self) -> str:
        missing, more = sorted(self.expected - self.found), sorted(self.found - self.expected)
        return f"{self.ask} ({self.scope}): missing {missing}, too many {more}, in no gold {self.spurious}"

    @property
    def exact(self) -> bool:
        """Whether the answer is the expected one, no claim more and no claim less."""
        return self.expected == self.found and not self.spurious


def ask_all(run: Run) -> list[Answered]:
    """Every development question about a document of the run, for the whole party and for the named actor alone."""
    reads = {read.document.doc_id: read for name in SETS for read in run.sets.get(name, ())}
    queries = json.loads((GOLD / "dev_queries.json").read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{folder}/questions.db")
        try:
            migrate(engine)
            with transaction(engine) as session:
                for read in reads.values():
                    article = Article(text=read.document.text)
                    save_article(session, article)
                    save_extraction(session, read.extraction, actor_ids(read.extraction, article))
            return [
                _asked(engine, query, reads[query["doc_id"]], scope)
                for query in queries
                if query["doc_id"] in reads
                for scope in Scope
            ]
        finally:
            engine.dispose()


def numbers(answered: Sequence[Answered]) -> dict[str, float | None]:
    """The share of questions answered exactly, and precision and recall of the claims in all answers."""
    right = sum(len(a.expected & a.found) for a in answered)
    given = sum(len(a.found) + a.spurious for a in answered)
    wanted = sum(len(a.expected) for a in answered)
    exact = sum(a.exact for a in answered)
    return {
        "questions exact": exact / len(answered) if answered else None,
        "answers precision": right / given if given else None,
        "answers recall": right / wanted if wanted else None,
    }


def rows(answered: Sequence[Answered]) -> list[Row]:
    """A heading and one row a scope."""
    found: list[Row] = [("scope", "questions", "answered exactly", "precision", "recall")]
    for scope in Scope:
        asked = [a for a in answered if a.scope == scope.value]
        values = numbers(asked).values()
        shown = ("-" if value is None else f"{value:.3f}" for value in values)
        found.append((scope.value, str(len(asked)), *shown))
    return found


def _asked(engine: Engine, query: Mapping[str, Any], read: Read, scope: Scope) -> Answered:
    article = Article(text=read.document.text).id
    with reading(engine) as session:
        page = answer(session, parse_question(query["ask"]), scope=scope, article=article, limit=_MOST).page
    gold_of = {o.system.id: o.gold.id for o in read.outcomes if o.system is not None and o.gold is not None}
    optional = {claim.id for claim in read.document.claims if claim.optional}
    ref_of = {claim.id_in(article): claim.ref for claim in read.extraction.claims}
    refs = [ref_of[claim.id] for claim in page.items]
    wanted = query["expect"] if scope is Scope.PARTY else query["direct"]
    return Answered(
        query["ask"],
        scope.value,
        frozenset(wanted) - optional,
        frozenset(gold_of[ref] for ref in refs if ref in gold_of) - optional,
        sum(ref not in gold_of for ref in refs),
    )
