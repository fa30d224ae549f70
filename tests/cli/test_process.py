"""The command as a shell sees it: exit codes, streams, speed, and what it does not import."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "app"]


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


def sagesman(folder: Path, *words: str, stdin: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *words],
        cwd=folder,
        env=environment(**more),
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def test_help_is_quick(tmp_path: Path) -> None:
    spent = []
    for _ in range(3):
        process = subprocess.Popen(
            [*COMMAND, "--help"], cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        out, err = process.stdout.read(), process.stderr.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        spent.append(used.ru_utime + used.ru_stime)
        process.stdout.close()
        process.stderr.close()
        assert (process.returncode, err) == (0, b"")
        assert b"extract" in out
    # Half a second is what people take for "at once". Processor time, the best of three: other work on the machine is
    # not the command's.
    assert min(spent) < 0.5


def test_errors_go_to_stderr_with_exit_code_2(tmp_path: Path) -> None:
    result = sagesman(tmp_path, "extract", "missing.txt")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "sagesman: missing.txt: no such file\n"


@pytest.mark.parametrize("words", [("claims",), ("ask", "what did Baku claim?"), ("graph",), ("graph", "-f", "svg")])
def test_reading_never_imports_torch(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert sagesman(tmp_path, "db", "upgrade").returncode == 0
    script = (
        "import sys; from app.cli.program import run; code = run(sys.argv[1:]);"
        "print(sorted({'torch', 'stanza'} & set(sys.modules)), file=sys.stderr); sys.exit(code)"
    )
    result = subprocess.run(
        [sys.executable, "-c", script, *words],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert result.returncode == 0, result.stderr
    assert result.stderr.splitlines()[-1] == "[]"


def test_a_reader_that_goes_away_ends_it_quietly(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*COMMAND, "models", "list", "--json"],
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    with process.stderr as errors:
        assert errors.read() == b""
    assert process.wait(60) == 1


def test_an_interrupt_ends_it_quietly(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*COMMAND, "extract", "-"],
        cwd=tmp_path,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    # It waits for its standard input by then.
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, "", "")


def test_letters_that_a_terminal_cannot_show_break_nothing(tmp_path: Path) -> None:
    result = sagesman(tmp_path, "extract", "å.txt", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert result.returncode == 2
    assert result.stderr == "sagesman: ?.txt: no such file\n"
