"""A parser in a process of its own: answers, failures, crashes, time limits."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from app.domain.parse import ParsedText
from app.errors import ModelError
from app.parsing.process import ParserProcess


class Obedient:
    """Does what the text says: ``raise``, ``sleep``, or ``die`` as long as the file ``marker`` is not there."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def parse_many(self, texts: Sequence[str]) -> list[ParsedText]:
        for text in texts:
            if text == "raise":
                raise ModelError("no such model")
            if text == "sleep":
                time.sleep(60)
            if text == "die" or (text == "die once" and not self.marker.exists()):
                self.marker.touch()
                os.kill(os.getpid(), signal.SIGKILL)
        return [ParsedText(f"{text} in {os.getpid()}", ()) for text in texts]


class Unloadable:
    def parse_many(self, texts: Sequence[str]) -> list[ParsedText]:
        raise ModelError("models are gone")


@pytest.fixture
def process(tmp_path: Path) -> Iterator[ParserProcess]:
    with ParserProcess(Obedient(tmp_path / "marker"), timeout=20) as running:
        yield running


def test_texts_are_parsed_elsewhere_in_order(process: ParserProcess) -> None:
    process.start()
    assert process.pid not in (None, os.getpid())
    assert [parsed.text for parsed in process.parse_many(["a", "b"])] == [f"a in {process.pid}", f"b in {process.pid}"]


def test_the_same_process_answers_again(process: ParserProcess) -> None:
    assert process.parse_many(["a"]) == process.parse_many(["a"])


def test_what_the_parser_raises_is_raised_here(process: ParserProcess) -> None:
    with pytest.raises(ModelError, match="no such model"):
        process.parse_many(["raise"])
    assert len(process.parse_many(["a"])) == 1


def test_a_process_that_died_is_started_again_and_asked_again(process: ParserProcess) -> None:
    assert process.parse_many(["die once"])[0].text == f"die once in {process.pid}"


def test_texts_that_kill_the_process_twice_are_given_up(process: ParserProcess) -> None:
    with pytest.raises(ModelError, match=r"died twice on the same 1 texts \(signal 9\)"):
        process.parse_many(["die"])
    assert len(process.parse_many(["a"])) == 1


def test_a_batch_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    with ParserProcess(Obedient(tmp_path / "marker"), timeout=3) as process:
        process.parse_many(["a"])
        with pytest.raises(ModelError, match="parsing 1 texts took more than 3 seconds"):
            process.parse_many(["sleep"])
        assert len(process.parse_many(["a"])) == 1


def test_models_that_cannot_be_loaded_are_reported_with_every_batch() -> None:
    with ParserProcess(Unloadable(), timeout=20) as process:
        for _ in range(2):
            with pytest.raises(ModelError, match="models are gone"):
                process.parse_many(["a"])


def test_a_closed_process_is_gone_and_can_come_back(process: ParserProcess) -> None:
    process.parse_many(["a"])
    pid = process.pid
    process.close()
    assert process.pid is None
    process.close()
    process.parse_many(["a"])
    assert process.pid not in (None, pid)
