"""The Swedish genitive: making it, and undoing it when the base form is not certain."""

from __future__ import annotations

_APOSTROPHES = ("'", "’")
_SIBILANTS = ("s", "x", "z")
_VOWELS = "aeiouyåäöéáüóíú"


def genitives(word: str) -> tuple[str, ...]:
    """The genitives of ``word``: ``Baku`` → ``Bakus``, ``USA`` → ``USA:s``, ``Belarus`` → ``Belarus'`` and ``Belarus``.

    Acronyms also get the form without a colon (``USAs``), which some newsrooms write.
    """
    if word[-1:].isupper() and len(word) > 1 and word.split("-")[-1].isupper():
        plain = (word + "'", word + "’", word) if word.endswith("S") else (word + "s",)
        return (word + ":s", *plain)
    if word.lower().endswith(_SIBILANTS):
        return (
            (word, word + "'", word + "’", word + "s") if word.lower().endswith("z") else (word, word + "'", word + "’")
        )
    return (word + "s",)


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
