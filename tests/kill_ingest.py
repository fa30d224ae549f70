"""Kill the worker again and again while it ingests, and see that nothing is lost and nothing is there twice.

``python -m tests.kill_ingest [--articles 200] [--kills 3] [--url postgresql://…]`` prints what happened and ends with 0
when every article came to exactly its claims. Without a URL it runs on a new SQLite file. The extractor is one without
a model; ``tests/kill_server.py`` does the same to the real server.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.jobs.queue import ArticleQueue
from app.storage.articles import Status, counts, save_article
from app.storage.claims import list_claims
from app.storage.engine import Engine, migrate, open_engine, reading, transaction
from tests.storage.samples import lines

LINES_PER_ARTICLE = 3


@dataclass(frozen=True)
class Outcome:
    """What was found at the end: how the articles stand, claims in all and different ones, seconds it took."""

    articles: dict[str, int]
    claims: int
    different: int
    seconds: float

    def is_right(self, expected: int) -> bool:
        """Whether ``expected`` articles are all done, with their claims, each claim once."""
        done = {status.value: expected if status is Status.DONE else 0 for status in Status}
        return self.articles == done and self.claims == self.different == expected * LINES_PER_ARTICLE


def kill_and_finish(url: str, articles: int, kills: int, seconds_per_article: float = 0.02) -> Outcome:
    """Queue ``articles``, kill -9 a worker ``kills`` times in the middle of its work, let a last one finish."""
    engine = open_engine(url)
    migrate(engine)
    queue = ArticleQueue(engine)
    started = time.monotonic()
    for number in range(articles):
        with transaction(engine) as session:
            article_id, _ = save_article(session, lines(number, per_article=LINES_PER_ARTICLE))
            queue.put(session, [article_id])
    for kill in range(kills):
        # Each time a further part of the articles is done, and a batch is at work.
        _run_until(engine, url, seconds_per_article, articles * (kill + 1) // (kills + 1), killed=True)
    _run_until(engine, url, seconds_per_article, articles, killed=False)
    with reading(engine) as session:
        standing = counts(session)
        found: list[tuple[str, int]] = []
        page = list_claims(session, limit=500)
        while True:
            found += [(claim.article_id, claim.content[0].start) for claim in page.items]
            if page.next_cursor is None:
                break
            page = list_claims(session, cursor=page.next_cursor, limit=500)
    queue.close()
    engine.dispose()
    return Outcome(standing, len(found), len(set(found)), time.monotonic() - started)


def _run_until(engine: Engine, url: str, seconds_per_article: float, done: int, *, killed: bool) -> None:
    """Run a worker process until ``done`` articles are done, then kill it or ask it to end."""
    command = [sys.executable, "-m", "tests.jobs.process", url, str(seconds_per_article)]
    worker = subprocess.Popen(command)
    deadline = time.monotonic() + 120
    while True:
        with reading(engine) as session:
            standing = counts(session)
        if standing[Status.DONE.value] >= done and (not killed or standing[Status.PROCESSING.value]):
            break
        if worker.poll() is not None or time.monotonic() > deadline:
            worker.kill()
            raise AssertionError(f"the worker ended with {worker.wait()} or hangs: {standing}")
        time.sleep(0.01)
    if killed:
        worker.kill()
        worker.wait()
        print(f"killed at {standing}", flush=True)
    else:
        worker.terminate()
        code = worker.wait(30)
        assert code == 0, f"the worker ended with {code}"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--url", help="database; without it a new SQLite file")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        url = options.url or f"sqlite:///{Path(folder) / 'kill.db'}"
        outcome = kill_and_finish(url, options.articles, options.kills)
    print(f"{outcome.articles}, {outcome.claims} claims, {outcome.different} different, {outcome.seconds:.1f} s")
    right = outcome.is_right(options.articles)
    print("every article has its claims, none twice" if right else "WRONG: lost or doubled")
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
