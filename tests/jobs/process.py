"""A worker process without a model, to be killed: ``python -m tests.jobs.process URL [SECONDS_PER_ARTICLE]``."""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Sequence

from app.domain.article import Article
from app.domain.claim import Extraction
from app.ingest import Ingest
from app.jobs.supervisor import stop_on_signals
from app.jobs.worker import run_worker
from app.storage.engine import open_engine
from tests.ingest.fake import FakeExtractor, actor_ids


class SlowExtractor(FakeExtractor):
    """Takes ``seconds`` for each article, so that there is a middle to be killed in."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def extract_many(self, articles: Sequence[Article]) -> list[Extraction]:
        """As the fake, later."""
        time.sleep(self._seconds * len(articles))
        return super().extract_many(articles)


def main(url: str, seconds: float) -> None:
    """Work until a signal says stop."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    stop = threading.Event()
    stop_on_signals(stop)
    engine = open_engine(url)
    run_worker(engine, Ingest(engine, SlowExtractor(seconds), actor_ids).process_articles, batch_size=16, stop=stop)
    engine.dispose()


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 0.0)
