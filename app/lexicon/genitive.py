"""The Swedish genitive: making it, and undoing it when the base form is not certain."""

from __future__ import annotations

_APOSTROPHES = ("'", "’")
_VOWELS = "aeiouyåäö"
_ABBREVIATION = 3
"""Up to so many small letters, a word without a vowel is an abbreviation: "vd", "tv"."""


def genitives(word: str) -> tuple[str, ...]:
    """The genitives of ``word``: ``Baku`` → ``Bakus``, ``USA`` → ``USA:s``, ``Belarus`` → ``Belarus`` and ``Belarus'``.

    Abbreviations take a colon (``vd:s``); those in capitals also get the form without one (``USAs``), which some
    newsrooms write.
    """
    lowered = word.lower()
    unchanged = (word, *(word + mark for mark in _APOSTROPHES))
    if len(word) > 1 and word.split("-")[-1].isupper():
        return (word + ":s", *(unchanged if word.endswith("S") else (word + "s",)))
    if word.islower() and len(word) <= _ABBREVIATION and not any(letter in _VOWELS for letter in word):
        return (word + ":s",)
    if lowered.endswith("z"):
        return (*unchanged, word + "s")
    return unchanged if lowered.endswith(("s", "x")) else (word + "s",)


def undo(word: str, *, keeps_s: bool, is_name: bool = True) -> tuple[str, ...]:
    """Base forms ``word`` may be the genitive of, likeliest first; a word that can't be a genitive comes back alone.

    ``keeps_s`` says that the word itself is known to end in s (``Paris``), so that it comes first.
    """
    if word.endswith(_APOSTROPHES) and len(word) > 2:
        return (word[:-1],)
    for mark in (":s", ":S"):
        if word.endswith(mark) and len(word) > len(mark):
            return (word[: -len(mark)],)
    if len(word) < 3 or not word.endswith("s") or word.endswith("ss"):
        return (word,)
    base = word[:-1]
    if keeps_s:
        return (word, base)
    if not is_name and base[-1] in "iuoyåäö":
        # "polis", "hus": a common noun in such a vowel is rare, one in vowel + s is not.
        return (word, base)
    return (base, word)
