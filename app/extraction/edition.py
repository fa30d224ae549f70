"""Which edition of the rules, the language data and the models this is."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

_APP = Path(__file__).resolve().parents[1]
# What decides which claims are found and whom they mean.
_RULES = ("extraction", "lexicon", "parsing", "resolution")
_READ = frozenset({".py", ".yaml", ".json", ".txt"})


@cache
def edition(stanza_package: str | None = None) -> str:
    """A name that changes whenever an article might be read otherwise: of the files of rules and language data the
    content counts, of the bundled models name and size. ``stanza_package`` is what takes the place of the models.
    """
    digest = hashlib.blake2b(digest_size=8)
    for folder in _RULES:
        for path in sorted((_APP / folder).rglob("*")):
            if path.is_dir() or "__pycache__" in path.parts:
                continue
            digest.update(f"\n{path.relative_to(_APP).as_posix()} {path.stat().st_size}\n".encode())
            if path.suffix in _READ:
                digest.update(path.read_bytes())
    return f"{digest.hexdigest()} {stanza_package}" if stanza_package else digest.hexdigest()
