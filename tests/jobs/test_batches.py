from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.jobs.batches import Batcher, Stopped


def test_jobs_that_arrive_together_are_processed_together() -> None:
    batcher = Batcher(4)
    batches: list[list[str]] = []

    def process(jobs: Sequence[str]) -> None:
        batches.append(list(jobs))
        if sum(map(len, batches)) == 10:
            batcher.close()

    with ThreadPoolExecutor(10) as pool:
        waiting = [pool.submit(batcher.submit, f"j{number}") for number in range(10)]
        while sum(not one.running() for one in waiting):
            time.sleep(0.001)
        batcher.run(process)
        for one in waiting:
            one.result()
    assert sorted(job for batch in batches for job in batch) == sorted(f"j{number}" for number in range(10))
    assert max(map(len, batches)) <= 4
    assert len(batches) <= 4


def test_a_job_submitted_twice_is_processed_once() -> None:
    batcher = Batcher(4)
    seen: list[str] = []

    def process(jobs: Sequence[str]) -> None:
        seen.extend(jobs)
        batcher.close()

    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(batcher.submit, "j") for _ in range(2)]
        time.sleep(0.05)
        batcher.run(process)
        for one in both:
            one.result()
    assert seen == ["j"]


def test_after_closing_jobs_wait_until_they_are_sent_away() -> None:
    batcher = Batcher(4)
    with ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(batcher.submit, "j")]
        time.sleep(0.05)
        batcher.close()
        batcher.run(lambda jobs: pytest.fail(f"{jobs} after the end"))
        waiting.append(pool.submit(batcher.submit, "k"))
        time.sleep(0.05)
        assert not any(one.done() for one in waiting)
        batcher.dismiss()
        for one in waiting:
            with pytest.raises(Stopped):
                one.result()
    with pytest.raises(Stopped):
        batcher.submit("l")


def test_what_processing_raises_ends_the_run_and_keeps_the_job() -> None:
    batcher = Batcher(4)

    def process(jobs: Sequence[str]) -> None:
        raise ZeroDivisionError

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(batcher.submit, "j")
        with pytest.raises(ZeroDivisionError):
            batcher.run(process)
        with pytest.raises(Stopped):
            waiting.result()


def test_the_batch_at_work_is_finished() -> None:
    batcher = Batcher(1)
    begun, go_on = threading.Event(), threading.Event()

    def process(jobs: Sequence[str]) -> None:
        begun.set()
        go_on.wait(5)

    with ThreadPoolExecutor(2) as pool:
        running = pool.submit(batcher.run, process)
        waiting = pool.submit(batcher.submit, "j")
        begun.wait(5)
        batcher.close()
        go_on.set()
        waiting.result()
        running.result()
