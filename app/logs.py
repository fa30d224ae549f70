"""Structured logging, set up once by an entry point.

Modules log with ``logging.getLogger(__name__)`` and put facts into ``extra={...}``; both formats write those facts, as
``key=value`` after the message or as keys of the JSON object. Everything goes to stderr, so that stdout stays for
results.
"""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

# What every record carries anyway; whatever else is found on one came in through ``extra``.
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "color_message"}


# Below warnings these speak of every model file, every connection and every look at the schema, which drowns what an
# article did. The server says itself where it listens.
_NOISY = ("alembic", "httpx", "stanza", "uvicorn")


def _facts(record: logging.LogRecord) -> dict[str, object]:
    return {key: value for key, value in vars(record).items() if key not in _STANDARD}


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


class TextFormatter(logging.Formatter):
    """One line for people: time, level, logger, message, facts; a traceback follows where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """The line for ``record``."""
        facts = "".join(f" {key}={value}" for key, value in _facts(record).items())
        line = f"{_moment(record)} {record.levelname.lower():7} {record.name}: {record.getMessage()}{facts}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


class JsonFormatter(logging.Formatter):
    """One JSON object a line, for log collectors."""

    def format(self, record: logging.LogRecord) -> str:
        """The object for ``record`` as one line; values that JSON has no form for are written as strings."""
        entry: dict[str, object] = {
            "time": _moment(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **_facts(record),
        }
        if record.exc_info:
            entry["traceback"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False, default=str)


def configure_logging(level: str = "info", style: str = "text") -> None:
    """Send all log records of this process to stderr, from ``level`` up, as ``style`` ``text`` or ``json``.

    Called again it replaces what it set up before, and leaves handlers of others (a test runner's, say) in place.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.set_name("sagesman")
    handler.setFormatter(JsonFormatter() if style == "json" else TextFormatter())
    root = logging.getLogger()
    for old in [each for each in root.handlers if each.get_name() == "sagesman"]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level.upper())
    for noisy in _NOISY:
        logging.getLogger(noisy).setLevel(max(logging.WARNING, root.level))
