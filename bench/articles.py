"""How long articles take from text to answer: ``python -m bench.articles [ARTICLES]``.

The articles are those of the gold set and the seed, told apart by a number where more are asked for than there are, so
that none is the same twice. One process, one thread. Prints seconds, and how much went through in each.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.asking.answer import answer
from app.asking.question import parse_question
from app.domain.article import Article
from app.domain.parse import ParsedText
from app.extraction.extractor import Extractor
from app.ingest import Ingest
from app.parsing.stanza_parser import StanzaParser
from app.resolution.keys import actor_ids
from app.storage.articles import save_article
from app.storage.engine import migrate, open_engine, reading, transaction

GOLD = Path(__file__).resolve().parents[1] / "tests" / "evaluation" / "gold"
BATCH = 16
QUESTIONS = ("what did Baku claim?", "vad hävdade Armenien om Ryssland?", "vem anklagade Ryssland?")


def articles(count: int) -> list[Article]:
    """That many articles, no two the same."""
    texts = [
        document["text"]
        for name in ("seed.json", "dev_articles.json")
        for document in json.loads((GOLD / name).read_text("utf-8"))
    ]
    return [Article(f"{texts[number % len(texts)]}\n{number}") for number in range(count)]


@contextmanager
def timed(what: str, amounts: dict[str, int]) -> Iterator[None]:
    """Print how long the block took, and how many of each thing that makes in a second."""
    started = time.perf_counter()
    yield
    seconds = time.perf_counter() - started
    rates = ", ".join(f"{amount / seconds:,.0f} {name}/s" for name, amount in amounts.items())
    print(f"{what:28} {seconds:8.2f} s  {rates}")


def main(count: int) -> None:
    """Measure and print."""
    given = articles(count)
    words = sum(len(article.text.split()) for article in given)
    amounts = {"articles": count, "words": words}
    parser = StanzaParser()
    with timed("load the models", {}):
        parser.load()
    with timed("parse", amounts):
        parses = [parsed for start in range(0, count, BATCH) for parsed in parse(parser, given[start : start + BATCH])]
    extractor = Extractor(parser)
    with timed("find claims in parses", amounts):
        found = [extractor.extract_parsed(article, parsed) for article, parsed in zip(given, parses, strict=True)]
    print(f"{sum(len(extraction.claims) for extraction in found)} claims")
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{folder}/bench.db")
        migrate(engine)
        with transaction(engine) as session:
            ids = [save_article(session, article)[0] for article in given]
        path = Ingest(engine, extractor, actor_ids)
        with timed("ingest: all of it, stored", amounts):
            for start in range(0, count, BATCH):
                path.process_articles(ids[start : start + BATCH])
        for question in QUESTIONS:
            with timed(f"ask {question}"[:28], {}), reading(engine) as session:
                answer(session, parse_question(question))
        engine.dispose()


def parse(parser: StanzaParser, batch: list[Article]) -> list[ParsedText]:
    """The parses of a batch."""
    return parser.parse_many([article.text for article in batch])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 32)
