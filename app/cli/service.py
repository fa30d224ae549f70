"""``sagesman serve`` and ``sagesman worker``: the long-running processes."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
