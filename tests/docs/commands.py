"""The commands of the program and their options, as its own definition has them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import typer

from app.cli.program import app


@dataclass(frozen=True)
class Command:
    """``name`` as typed after ``sagesman``; ``options`` in all their spellings, ``--help`` and hidden ones left out."""

    name: str
    help: str
    options: frozenset[str]


def commands() -> dict[str, Command]:
    """Every command by name, those of groups too (``db upgrade``)."""
    return {found.name: found for found in _walk(typer.main.get_command(app), "")}


def _walk(command: Any, name: str) -> Iterator[Command]:
    inner = getattr(command, "commands", None)
    if inner is None:
        spellings = {
            spelling
            for parameter in command.params
            for spelling in (*parameter.opts, *parameter.secondary_opts)
            if spelling.startswith("-") and spelling != "--help" and not getattr(parameter, "hidden", False)
        }
        yield Command(name, command.help or "", frozenset(spellings))
        return
    for key, value in inner.items():
        yield from _walk(value, f"{name} {key}".strip())
