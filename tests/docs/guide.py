"""The guides as programs: the shell blocks of a page are run in order, and what the page shows is what was printed.

A block marked ``sh`` is run. A block of output (``text`` or ``json``) right below it is compared: each shown line has
to come in that order, and ``…`` stands for whatever is left out, lines or parts of one. What a reader does elsewhere
has ``<!-- not run: why -->`` above it.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
# Ports that the pages name: the service, one that takes keys, a CMS that hears of claims.
SERVICE, SECOND, RECEIVER = 8000, 8017, 9000
_BLOCK = re.compile(
    r"(?P<skip><!-- not run: [^>]+ -->\n)?^```(?P<kind>[a-z]+)\n(?P<text>.*?)^```$(?P<between>\n\n(?=```))?",
    re.M | re.S,
)
_MARK = "=== block "


@dataclass(frozen=True)
class Step:
    """A shell block and the output shown below it, empty where none is."""

    command: str
    shown: str


def blocks(page: Path, kind: str) -> list[str]:
    """The texts of all blocks of that kind."""
    return [found["text"] for found in _BLOCK.finditer(page.read_text("utf-8")) if found["kind"] == kind]


def steps(page: Path) -> list[Step]:
    """What the page has its reader type, in order."""
    made: list[Step] = []
    follows = False
    for found in _BLOCK.finditer(page.read_text("utf-8")):
        if found["kind"] == "sh" and not found["skip"]:
            made.append(Step(found["text"], ""))
        elif follows and found["kind"] in ("text", "json"):
            made[-1] = Step(made[-1].command, found["text"])
        follows = found["kind"] == "sh" and not found["skip"] and found["between"] is not None
    return made


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def run_page(page: Path, folder: Path, port: int) -> list[tuple[Step, str]]:
    """Run the page in one shell in ``folder`` with the service at ``port``; each step with what it printed."""
    todo = steps(page)
    script = "set -e\ntrap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n" + "".join(
        f"echo '{_MARK}{number}'\n{step.command}" for number, step in enumerate(todo)
    )
    ports = {SERVICE: port, SECOND: free_port(), RECEIVER: free_port()}
    for named, real in ports.items():
        script = re.sub(rf"(127\.0\.0\.1:|--port ){named}\b", rf"\g<1>{real}", script)
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
            "PORT": str(ports[RECEIVER]),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    printed = done.stdout
    for named, real in ports.items():
        printed = printed.replace(f"127.0.0.1:{real}", f"127.0.0.1:{named}")
    assert done.returncode == 0, printed
    outputs = re.split(rf"^{_MARK}\d+\n", printed, flags=re.M)[1:]
    return list(zip(todo, outputs, strict=True))


def missing(shown: str, printed: str) -> list[str]:
    """The shown lines that were not printed in their order."""
    rest = iter([" ".join(line.split()) for line in printed.splitlines()])
    lost = []
    for line in shown.splitlines():
        wanted = " ".join(line.split())
        if wanted in ("", "…"):
            continue
        pattern = ".*".join(re.escape(part) for part in wanted.split("…"))
        if not any(re.fullmatch(pattern, each) for each in rest):
            lost.append(line)
            break
    return lost


def prepare(folder: Path) -> None:
    """Make ``folder`` look like a checkout with the program installed."""
    for name in ("seeds", "docs"):
        (folder / name).symlink_to(ROOT / name)
    (folder / "bin").mkdir()
    for name, words in {"sagesman": "-m app", "python": ""}.items():
        script = folder / "bin" / name
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" {words} "$@"\n', "utf-8")
        script.chmod(0o755)
