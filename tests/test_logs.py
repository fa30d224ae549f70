"""Log lines: what an entry point sets up, and what stands in a line."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest

from app.logs import JsonFormatter, TextFormatter, configure_logging


@pytest.fixture(autouse=True)
def _root_as_before() -> Iterator[None]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield
    root.handlers, root.level = before, level


def record(message: str, **facts: object) -> logging.LogRecord:
    made = logging.getLogger("app.ingest").makeRecord(
        "app.ingest", logging.INFO, __file__, 1, message, (), None, extra=facts
    )
    made.created = 0.0
    return made


def test_a_text_line_has_time_level_logger_message_and_facts() -> None:
    line = TextFormatter().format(record("stored", article="art_1", claims=3))
    assert line == "1970-01-01T00:00:00.000+00:00 info    app.ingest: stored article=art_1 claims=3"


def test_a_json_line_is_one_object_with_the_same_facts() -> None:
    line = JsonFormatter().format(record("sparad i Malmö", article="art_1"))
    assert "\n" not in line
    assert "Malmö" in line
    assert json.loads(line) == {
        "time": "1970-01-01T00:00:00.000+00:00",
        "level": "info",
        "logger": "app.ingest",
        "message": "sparad i Malmö",
        "article": "art_1",
    }


@pytest.mark.parametrize("formatter", [TextFormatter(), JsonFormatter()])
def test_a_traceback_is_kept(formatter: logging.Formatter) -> None:
    try:
        raise KeyError("lost")
    except KeyError as error:
        entry = record("failed")
        entry.exc_info = (KeyError, error, error.__traceback__)
    assert "KeyError: 'lost'" in formatter.format(entry)


def test_lines_go_to_stderr_once(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("info", "text")
    configure_logging("warning", "json")
    logging.getLogger("app.ingest").info("not shown")
    logging.getLogger("app.ingest").warning("shown")
    out, err = capsys.readouterr()
    assert out == ""
    assert [json.loads(line)["message"] for line in err.splitlines()] == ["shown"]
