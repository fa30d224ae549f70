"""What tells that two articles print one text: pure functions, no database.

A text is taken as the set of its runs of four words. Two texts are copies where half the runs of the shorter one stand
in the longer one, so that a version cut at its end is a copy too. `bands` are where copies are looked for: a MinHash
signature in pieces, of which two copies share at least one (locality-sensitive hashing).
"""

from __future__ import annotations

import hashlib
import re
import struct
import unicodedata
from collections.abc import Iterable

# Measured by `python -m bench.wire` on 20 development articles. Runs of three words let unrelated articles share some,
# runs of five lose more to small rewording; of four, no unrelated articles share 2 per cent.
_RUN = 4
# Share of the shorter text's runs that stand in the longer one: from 0.53 for the most edited copies (half cut away, a
# lead and headline of the paper's own, every thirtieth word changed), up to 0.40 for another paper's short article of
# its own words around all the same quotations, 0.02 for unrelated articles.
COPIED = 0.5

# 40 bands of 2: a copy cut to a third (a similarity of 0.3) shares a band in 98 per cent of cases, one cut to a fifth
# in 80; an unrelated article met none of 100 000. Every band is a row at a random place of an index; 64 of them would
# find 93 per cent of the copies cut to a fifth, for half as much time again.
_BANDS, _ROWS = 40, 2
_SEED = 1971
SCHEME = 1
"""Goes up with every change to how bands are made, the library's own included: bands of two schemes do not compare."""

_WORD = re.compile(r"\w+")
_BAND = struct.Struct(f"<{_ROWS}I")


def normal_words(text: str) -> list[str]:
    """The words of a text without case, punctuation and ways to write one letter."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def words_key(parts: Iterable[str]) -> int | None:
    """A number that contents share when their words are the same, in 64 bits with a sign; ``None`` without words."""
    words = [word for part in parts for word in normal_words(part)]
    if not words:
        return None
    digest = hashlib.blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def runs(text: str) -> frozenset[str]:
    """Every run of four words in a text; a shorter text is one run."""
    words = normal_words(text)
    return frozenset(" ".join(words[start : start + _RUN]) for start in range(max(1, len(words) - _RUN + 1)))


def are_copies(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two texts, given as their `runs`, are one text: see `COPIED`."""
    shorter, longer = sorted((one, other), key=len)
    return len(shorter & longer) >= COPIED * len(shorter)


def bands(text_runs: frozenset[str]) -> frozenset[int]:
    """The bands of a text's `runs`, as numbers of 64 bits with a sign."""
    # Only who saves needs the library; the server that answers never loads it.
    from rensa import RMinHash

    sketch = RMinHash(num_perm=_BANDS * _ROWS, seed=_SEED)
    sketch.update(sorted(text_runs))
    signature = sketch.digest()
    return frozenset(_band(number, signature[number * _ROWS :][:_ROWS]) for number in range(_BANDS))


def _band(number: int, rows: list[int]) -> int:
    digest = hashlib.blake2b(_BAND.pack(*rows), digest_size=8, salt=number.to_bytes(2, "big")).digest()
    return int.from_bytes(digest, "big", signed=True)
