"""One run over gold sets: every text parsed in one batch, every outcome kept beside what the pipeline thought."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.article import Article
from app.extraction.extractor import Extractor
from tests.evaluation.annotations import gold_documents, system_claims
from tests.evaluation.measures import Scores, scored
from tests.evaluation.score import Outcome, judge

if TYPE_CHECKING:
    from app.domain.claim import Extraction
    from app.domain.parse import ParsedText
    from app.parsing.parser import Parser
    from tests.evaluation.annotations import Document


@dataclass(frozen=True, slots=True)
class Read:
    """One gold document with its parse, what was found in it, and how that compares."""

    document: Document
    parsed: ParsedText
    extraction: Extraction
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """All documents of the sets that were run, by the name of the set."""

    sets: dict[str, tuple[Read, ...]]

    def outcomes(self, name: str) -> list[Outcome]:
        """The outcomes of a set, in text order."""
        return [outcome for read in self.sets[name] for outcome in read.outcomes]

    def scores(self) -> dict[str, Scores]:
        """The measures of every set."""
        return {name: scored(self.outcomes(name)) for name in self.sets}


def evaluate(names: Iterable[str], parser: Parser) -> Run:
    """Read the named sets and hold what is found against them."""
    documents = {name: gold_documents(name) for name in names}
    flat = [document for found in documents.values() for document in found]
    parses = dict(zip(map(id, flat), parser.parse_many([document.text for document in flat]), strict=True))
    extractor = Extractor(parser)
    return Run(
        {
            name: tuple(read(extractor, document, parses[id(document)]) for document in found)
            for name, found in documents.items()
        }
    )


def read(extractor: Extractor, document: Document, parsed: ParsedText) -> Read:
    """Extract the claims of one parsed document and judge them."""
    extraction = extractor.extract_parsed(Article(text=document.text), parsed)
    claims = system_claims(document.doc_id, extraction)
    return Read(document, parsed, extraction, tuple(judge(document, claims)))
