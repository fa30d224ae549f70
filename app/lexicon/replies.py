"""Words with which a source denies or confirms what was said before."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from app.lexicon.strict import read_file

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Replies:
    """Openings of answers, as tuples of lower-case words."""

    denials: frozenset[tuple[str, ...]]
    confirmations: frozenset[tuple[str, ...]]
    false_predicates: frozenset[str]
    accounts: frozenset[str]
    upholding: frozenset[str]
    quantities: frozenset[str]
    pleas: frozenset[str]
    unrecognised: frozenset[str]
    admitting: frozenset[str]
    false_idioms: frozenset[tuple[str, ...]]
    verifying: frozenset[str]

    def is_false(self, word: str) -> bool:
        """Whether the lower-case word says of a claim that it is not true ("falska")."""
        return word in self.false_predicates

    def is_false_idiom(self, words: tuple[str, ...]) -> bool:
        """Whether the lower-case words say of a claim that it is not true ("ur luften")."""
        return words in self.false_idioms

    def opens_denial(self, said: str) -> bool:
        """Whether the words begin as a denial does ("Det stämmer inte, …")."""
        return _opens(said, self.denials)

    def opens_confirmation(self, said: str) -> bool:
        """Whether the words begin as a confirmation does and do not go on as a denial."""
        return _opens(said, self.confirmations) and not self.opens_denial(said)


@functools.cache
def load_replies(language: str) -> Replies:
    """The replies of a language; raises ``UnsupportedLanguage`` or ``LexiconError`` naming file and key."""
    file = read_file(language, "replies.yaml")
    replies = Replies(
        _openings(file.words("denials")),
        _openings(file.words("confirmations")),
        frozenset(file.words("false_predicates")),
        frozenset(file.words("accounts")),
        frozenset(file.words("upholding")),
        frozenset(file.words("quantities")),
        frozenset(file.words("pleas")),
        frozenset(file.words("unrecognised")),
        frozenset(file.words("admitting")),
        _openings(file.words("false_idioms")),
        frozenset(file.words("verifying")),
    )
    file.done()
    return replies


def _openings(lines: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(line.split()) for line in lines)


def _opens(said: str, openings: frozenset[tuple[str, ...]]) -> bool:
    words = tuple(_WORD.findall(said.lower())[:8])
    return any(words[: len(opening)] == opening for opening in openings)
