"""The command line ``sagesman``: the same functions as the service, for people and shell scripts.

Results go to stdout, everything else (progress, logs, errors) to stderr. Exit codes: 0 all went well, 1 the work failed
or part of it did (or the reader of stdout went away), 2 wrong usage or bad input, 130 interrupted.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line on this process's arguments and exit with its code."""
    # Imported here, so that `import app.cli` alone costs nothing.
    from app.cli.program import run

    sys.exit(run(sys.argv[1:]))
