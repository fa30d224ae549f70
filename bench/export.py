"""How fast and in how much memory claims go out: ``python -m bench.export [CLAIMS]``.

Fills a SQLite file with made-up articles in the proportions of news, then exports all claims in each format, to nowhere
and over HTTP from a server in a process of its own. Prints rates, the time to the first piece, and how far the peak of
memory rose over an export of a tenth as many.
"""

from __future__ import annotations

import os
import random
import resource
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.domain.actor import Actor, ActorKind, Mention
from app.domain.article import Article
from app.domain.claim import Act, Claim, Confidence, Extraction, Mode, Relation, RelationKind, Target, TargetRole
from app.domain.identity import content_id
from app.domain.record import ClaimFilter
from app.domain.span import Span
from app.formats.claim_file import ClaimFile, claim_file
from app.storage.articles import save_article
from app.storage.claims import save_extractions
from app.storage.engine import Engine, migrate, open_engine, transaction
from app.storage.export import every_claim

READ_BYTES = 1024 * 1024
PER_ARTICLE = 15
PER_TRANSACTION = 50


def fill(engine: Engine, claims: int) -> None:
    """Store that many made-up claims, fifteen an article, by some of 2000 speakers; the same ones every time."""
    choice = random.Random(1)
    names = [f"Aktör {number}" for number in range(2000)]
    weights = [1 / (number + 1) for number in range(len(names))]
    ids = {name: content_id("act", name) for name in names}
    articles = range(claims // PER_ARTICLE)
    for start in range(0, len(articles), PER_TRANSACTION):
        with transaction(engine) as session:
            found = []
            for number in articles[start : start + PER_TRANSACTION]:
                article, extraction = _made_up(number, choice, names, weights)
                save_article(session, article)
                found.append((extraction, {name: ids[name] for name in (actor.ref for actor in extraction.actors)}))
            save_extractions(session, found)


def _made_up(number: int, choice: random.Random, names: list[str], weights: list[float]) -> tuple[Article, Extraction]:
    who = choice.choices(names, weights, k=2 * PER_ARTICLE)
    lines = [
        f"{who[line]} säger att påstående {number}-{line} är vad som hände då, med några ord till om {who[-line]}."
        for line in range(PER_ARTICLE)
    ]
    published = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=number)
    article = Article("\n".join(lines), title=f"Artikel {number}", uri=f"urn:bench:{number}", published_at=published)
    claims, mentions, at = [], {}, 0
    for line, words in enumerate(lines):
        speaker, target = who[line], who[-line]
        printed = Span(at, at + len(speaker), speaker)
        that, end = words.index("att"), words.index(", med")
        content = Span(at + that, at + end, words[that:end])
        named = Span(at + len(words) - 1 - len(target), at + len(words) - 1, target)
        mentions[speaker], mentions[target] = printed, named
        claims.append(
            Claim(
                f"c{line}",
                printed,
                (speaker,),
                Span(printed.end + 1, printed.end + 6, "säger"),
                (content,),
                choice.choice(list(Act)),
                Mode.INDIRECT,
                targets=(Target(TargetRole.ACCUSED, target, named),) if line % 3 == 0 else (),
                relations=(Relation(RelationKind.DENIES, "c0", "made-up", content),) if line == 9 else (),
                evidence=(("speaker", "nsubj"), ("content", "ccomp"), ("act", "lexicon")),
                confidence=Confidence(0.81, 0.9, 0.93, 0.99, 0.97),
            )
        )
        at += len(words) + 1
    actors = [
        Actor(name, name, kind=ActorKind.PERSON, mentions=(Mention(span, "name"),), aliases=(name,))
        for name, span in mentions.items()
    ]
    return article, Extraction(article.id, tuple(claims), tuple(actors))


def peak() -> float:
    """The most memory this process has had so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def to_nowhere(engine: Engine, form: ClaimFile, wanted: ClaimFilter | None = None) -> tuple[float, float, int]:
    """Seconds to the first piece and to the end, and bytes."""
    started = time.perf_counter()
    first, size = 0.0, 0
    for piece in claim_file(form, every_claim(engine, wanted), "https://example.org/v1"):
        first = first or time.perf_counter() - started
        size += len(piece.encode())
    return first, time.perf_counter() - started, size


def over_http(url: str, claims: int) -> None:
    """Serve the database in a process of its own, fetch each file, and print what the server needed."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "app", "serve", "--port", str(port), "--no-worker"]
    server = subprocess.Popen(command, env={**os.environ, "SAGESMAN_DATABASE_URL": url, "SAGESMAN_LOG_LEVEL": "error"})
    address = f"http://127.0.0.1:{port}/v1/export/claims"
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz").close()
                break
            except OSError:
                time.sleep(0.1)
        until = (datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=claims // PER_ARTICLE // 10)).isoformat()
        for form in ClaimFile:
            _fetch(f"{address}.{form}?until={until.replace('+', '%2B')}")
        before = _memory(server.pid)
        for form in ClaimFile:
            for encoding in ("identity", "gzip"):
                first, seconds, size = _fetch(f"{address}.{form}", encoding)
                rose = _memory(server.pid) - before
                print(
                    f"HTTP {form:6} {encoding:9} {seconds:7.1f} s  {claims / seconds:7,.0f} claims/s"
                    f"  {size / 1e6:7.1f} MB"
                    f"  first byte {first * 1000:5.0f} ms  peak {before:.0f} MiB, rose by {rose:.1f} MiB"
                )
    finally:
        server.terminate()
        server.wait()


def _fetch(address: str, encoding: str = "identity") -> tuple[float, float, int]:
    started = time.perf_counter()
    request = urllib.request.Request(address, headers={"Accept-Encoding": encoding})
    with urllib.request.urlopen(request) as answer:
        size = len(answer.read(1))
        first = time.perf_counter() - started
        while piece := answer.read(READ_BYTES):
            size += len(piece)
    return first, time.perf_counter() - started, size


def _memory(process: int) -> float:
    """The most memory a process has had so far, in MiB, as Linux tells."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def main(claims: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        engine = open_engine(url)
        migrate(engine)
        started = time.perf_counter()
        fill(engine, claims)
        print(f"filled with {claims:,} claims in {time.perf_counter() - started:.0f} s", flush=True)
        tenth = ClaimFilter(until=datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=claims // PER_ARTICLE // 10))
        for form in ClaimFile:
            to_nowhere(engine, form, tenth)
            before = peak()
            first, seconds, size = to_nowhere(engine, form)
            print(
                f"{form:6} {seconds:7.1f} s  {claims / seconds:7,.0f} claims/s  {size / 1e6:7.1f} MB  first piece"
                f" {first * 1000:5.0f} ms  peak {before:.0f} MiB, rose by {peak() - before:.1f} MiB",
                flush=True,
            )
        engine.dispose()
        over_http(url, claims)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
