"""What tells copies of one text from other texts, and what it costs: ``python -m bench.wire [ARTICLES]``.

First the shares on which `app.storage.sketch` decides, for copies made from the development articles by what papers do
to a wire text, and for texts that are no copies. Then a SQLite file of that many articles made of the same words, a
tenth of them copies: how long one more takes to store and to fold, and how many others it is compared with.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.domain.actor import Actor, ActorKind
from app.domain.article import Article
from app.domain.claim import Act, Claim, Extraction, Mode
from app.domain.identity import content_id
from app.domain.span import Span
from app.storage import copies, saving
from app.storage.articles import save_article
from app.storage.claims import list_claims, save_extractions
from app.storage.engine import Engine, migrate, open_engine, reading, transaction
from app.storage.sketch import bands, runs

GOLD = Path(__file__).resolve().parents[1] / "tests" / "evaluation" / "gold"
FILES = ("seed.json", "dev_articles.json", "own_articles.json", "own_articles_2.json")
SPOKEN = ("–", "-", "—", "”", '"')
LONG = 250  # words: a notice of two sentences is no wire story
BATCH = 100
START = datetime(2024, 1, 1, tzinfo=UTC)


def texts() -> list[str]:
    """The development articles."""
    return [document["text"] for name in FILES for document in json.loads((GOLD / name).read_text("utf-8"))]


def paragraphs(text: str) -> list[str]:
    """The lines that hold something."""
    return [line for line in text.split("\n") if line.strip()]


def cut(text: str, share: float) -> str:
    """Whole paragraphs from the beginning, until that share is there."""
    kept: list[str] = []
    for line in paragraphs(text):
        if sum(map(len, kept)) >= share * len(text):
            break
        kept.append(line)
    return "\n".join(kept)


def own_lead(text: str, other: str) -> str:
    """Two paragraphs of another article in place of the first."""
    return "\n".join([*paragraphs(other)[:2], *paragraphs(text)[1:]])


def reworded(text: str, share: float, chance: random.Random) -> str:
    """That share of the words replaced by others of the text."""
    words = text.split(" ")
    return " ".join(chance.choice(words) if chance.random() < share else word for word in words)


def own_article(text: str, other: str) -> str:
    """Another article with every quotation of this one in it: a paper that was at the same press conference."""
    return "\n".join([*paragraphs(other), *(line for line in paragraphs(text) if line.lstrip().startswith(SPOKEN))])


def shares() -> None:
    """Print how alike copies and others are."""
    chance = random.Random(1)
    long = [text for text in texts() if len(text.split()) >= LONG]
    kinds: dict[str, Callable[[str, str], tuple[str, str]]] = {
        "cut to three quarters": lambda text, _: (text, cut(text, 0.75)),
        "cut to half": lambda text, _: (text, cut(text, 0.5)),
        "cut to a third": lambda text, _: (text, cut(text, 0.3)),
        "own lead": lambda text, other: (text, own_lead(text, other)),
        "2 % of words changed": lambda text, _: (text, reworded(text, 0.02, chance)),
        "5 % of words changed": lambda text, _: (text, reworded(text, 0.05, chance)),
        "half, own lead, 3 %": lambda text, other: (text, reworded(own_lead(cut(text, 0.5), other), 0.03, chance)),
        "no copy: own, quotations": lambda text, other: (text, own_article(text, other)),
        "no copy: short, quotations": lambda text, other: (text, own_article(text, cut(other, 0.4))),
    }
    print(f"{len(long)} articles{'':15} of the shorter in the longer      share a band")
    for kind, made in kinds.items():
        pairs = [made(text, long[(number + 1) % len(long)]) for number, text in enumerate(long)]
        tell(kind, [(runs(one), runs(other)) for one, other in pairs])
    everything = [runs(text) for text in texts()]
    tell("no copy: unrelated", [(one, other) for number, one in enumerate(everything) for other in everything[:number]])


def tell(kind: str, pairs: list[tuple[frozenset[str], frozenset[str]]]) -> None:
    """Print one line on these pairs."""
    held = [len(one & other) / min(len(one), len(other)) for one, other in pairs]
    sketched = {each: bands(each) for pair in pairs for each in pair}
    met = sum(not sketched[one].isdisjoint(sketched[other]) for one, other in pairs)
    low, middle, high = min(held), statistics.median(held), max(held)
    print(f"{kind:28} least {low:.2f}  median {middle:.2f}  most {high:.2f}    {met} of {len(pairs)}")


def made_up(count: int) -> Iterator[Article]:
    """Articles of sentences in the order of no other, every tenth a cut copy of one before."""
    chance = random.Random(2)
    sentences = [line for text in texts() for line in paragraphs(text)]
    vocabulary = [word for line in sentences for word in line.split()]
    originals: list[str] = []
    for number in range(count):
        if number % 10 == 9:
            text = f"Lokal ingress {number}.\n" + cut(chance.choice(originals[-500:]), 0.6)
        else:
            lines = [" ".join(chance.choices(vocabulary, k=24)) for _ in range(14)]
            text = "\n".join(lines)
            originals.append(text)
        yield Article(
            text, uri=f"https://paper{number % 97}.example/{number}", published_at=START + timedelta(minutes=number)
        )


def claims_of(article: Article) -> Extraction:
    """Every line a claim by one of five speakers."""
    claims, start = [], 0
    for number, line in enumerate(article.text.split("\n")):
        content = Span.cut(article.text, start, start + len(line))
        who = f"a{number % 5}"
        claims.append(Claim(f"c{number}", None, (who,), None, (content,), Act.STATEMENT, Mode.DIRECT))
        start += len(line) + 1
    actors = tuple(Actor(f"a{number}", f"Person {number}", ActorKind.PERSON, ()) for number in range(5))
    return Extraction(article.id, tuple(claims), actors)


def save(engine: Engine, articles: list[Article]) -> float:
    """Store these articles one by one, and give the seconds that took for each."""
    found = [(claims_of(article), article) for article in articles]
    started = time.perf_counter()
    for extraction, article in found:
        with transaction(engine) as session:
            save_article(session, article)
            ids = {actor.ref: content_id("act", actor.name) for actor in extraction.actors}
            save_extractions(session, [(extraction, ids)])
    return (time.perf_counter() - started) / len(articles)


def main(count: int) -> None:
    """Measure and print."""
    shares()
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{folder}/bench.db")
        migrate(engine)
        given = made_up(count + 2 * BATCH)
        begun = time.perf_counter()
        for _ in range(count // BATCH):
            lot = [next(given) for _ in range(BATCH)]
            with transaction(engine) as session:
                for article in lot:
                    save_article(session, article)
                pairs = [(claims_of(article), article) for article in lot]
                ids = {f"a{number}": content_id("act", f"Person {number}") for number in range(5)}
                save_extractions(session, [(extraction, ids) for extraction, _ in pairs])
        print(f"{count} articles stored in {time.perf_counter() - begun:.0f} s")
        last = [next(given) for _ in range(BATCH)]
        with_folding = save(engine, last)
        with reading(engine) as session:
            met = [len(copies.Copies(session).around(article.id)) for article in last]
            started = time.perf_counter()
            page = list_claims(session)
            listed = time.perf_counter() - started
        saving.fold_saved = lambda *_: None  # type: ignore[assignment]
        saving.printed_with = lambda *_: set()  # type: ignore[assignment]
        without = save(engine, [next(given) for _ in range(BATCH)])
        print(f"one more: {with_folding * 1000:.1f} ms, without folding {without * 1000:.1f} ms")
        print(f"compared with {statistics.mean(met):.1f} others, at most {max(met)}")
        print(f"first page of claims: {listed * 1000:.1f} ms, {len(page.items)} claims")
        engine.dispose()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
