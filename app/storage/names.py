"""Forms of names that lookups compare: pure functions, no database."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+(?:['’:-][^\W_]+)*")
_VOWELS = frozenset("aeiouyåäöüøæj")
# Letters and digraphs that transliterations of one name trade for one another ("Pasjinjan", "Pashinyan").
_SOUNDS = (
    ("tsch", "s"),
    ("tj", "s"),
    ("ch", "s"),
    ("sj", "s"),
    ("sh", "s"),
    ("zh", "s"),
    ("ph", "f"),
    ("kh", "k"),
    ("ck", "k"),
    ("c", "k"),
    ("q", "k"),
    ("z", "s"),
    ("x", "ks"),
    ("w", "v"),
    ("h", ""),
)


def fold(name: str) -> str:
    """The form two spellings of one name share: NFC, case folded, runs of white space as one blank, trimmed.

    Control characters and half surrogates, which no database takes, are left out.
    """
    plain = "".join(c for c in unicodedata.normalize("NFC", name) if c.isprintable() or c.isspace())
    return " ".join(plain.casefold().split())


def words(folded: str) -> list[str]:
    """The words of a folded name, in order; a hyphen or an apostrophe inside a word stays."""
    return _WORD.findall(folded)


def sound(word: str) -> str:
    """A key that spellings of one name in different transliterations, and most typing errors in vowels, share.

    The first letter's sound and the consonants after it, doubles as one; vowels and j count only at the start.
    """
    plain = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    for written, heard in _SOUNDS:
        plain = plain.replace(written, heard)
    kept = [c for place, c in enumerate(plain) if place == 0 or c not in _VOWELS]
    return "".join(c for place, c in enumerate(kept) if place == 0 or c != kept[place - 1])


def genitives(folded: str) -> tuple[str, ...]:
    """The same name with the other case ending: "baku" gives "bakus", "bakus" gives "baku"."""
    if folded.endswith(("s:s", "x:s")):
        return (folded[:-2],)
    if folded.endswith(":s"):
        return (folded[:-2],)
    if folded.endswith("s"):
        return (folded[:-1], folded + ":s") if len(folded) > 1 else ()
    return (folded + "s", folded + ":s")


def fullness(name: str) -> tuple[bool, int, str]:
    """Orders names of one actor: "Bakus regering" is fuller than "den azerbajdzjanska regeringen"."""
    return name[:1].isupper(), len(name), name
