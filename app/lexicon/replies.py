"""Words with which a source denies or confirms what was said before."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from app.lexicon.strict import read_file

_CLAUSE = re.compile(r"[^.,:;!?–—…”\"»]+")
_YES = re.compile(r"^(?:ja|jo|jodå|jovisst|javisst)\W+(?=\w)")
_WORD = re.compile(r"\w+")
_IS = frozenset({"är", "var"})
_NOT = "inte"
_DENIED = frozenset({"inte", "aldrig"})
_VERB = 2
"""Where the verb of a subordinate clause stands behind subject and negation."""
_ARTICLES = frozenset({"en", "ett"})
_GOES_ON = frozenset({"och", "men", "från"})
"""Words behind what is denied that add to it, rather than make another phrase of it: "lögn *från* början till slut"."""


@dataclass(frozen=True, slots=True)
class Replies:
    """Openings of answers, as tuples of lower-case words."""

    denials: frozenset[tuple[str, ...]]
    short_denials: frozenset[tuple[str, ...]]
    called_untrue: frozenset[tuple[str, ...]]
    called_true: frozenset[tuple[str, ...]]
    stressing: frozenset[tuple[str, ...]]
    pointing: frozenset[tuple[str, ...]]
    lacking: frozenset[str]
    confirmations: frozenset[tuple[str, ...]]
    short_confirmations: frozenset[tuple[str, ...]]
    false_predicates: frozenset[str]
    true_predicates: frozenset[str]
    accounts: frozenset[str]
    upholding: frozenset[str]
    quantities: frozenset[str]
    counts: frozenset[str]
    pleas: frozenset[str]
    unrecognised: frozenset[str]
    admitting: frozenset[str]
    false_idioms: frozenset[tuple[str, ...]]
    verifying: frozenset[str]
    unconfirmed: frozenset[str]

    def is_false(self, word: str) -> bool:
        """Whether the lower-case word says of a claim that it is not true ("falska")."""
        return word in self.false_predicates

    def is_true(self, word: str) -> bool:
        """Whether the lower-case word says of a claim that it is true ("korrekta")."""
        return word in self.true_predicates

    def is_false_idiom(self, words: tuple[str, ...]) -> bool:
        """Whether the lower-case words say of a claim that it is not true ("ur luften")."""
        return words in self.false_idioms

    def opens_denial(self, said: str) -> bool:
        """Whether the words begin as a denial does ("Det stämmer inte, …", "Rena fantasier.")."""
        return any(
            _begins(form, self.denials) or _fills(form, self.short_denials) or self._calls_untrue(form)
            for form in self._forms(said)
        )

    def opens_confirmation(self, said: str) -> bool:
        """Whether the words begin as a confirmation does and do not go on as a denial."""
        confirms = any(
            _begins(form, self.confirmations) or _fills(form, self.short_confirmations) or self._calls_true(form)
            for form in self._forms(said)
        )
        return confirms and not self.opens_denial(said)

    def _forms(self, said: str) -> tuple[tuple[str, ...], ...]:
        """The words of the first clause, with "det" for what points, as they stand and without those that stress."""
        clause = _CLAUSE.search(_YES.sub("", said.lower()))
        words = self._pointed(_as_main_clause(_WORD.findall(clause.group()))) if clause is not None else ()
        return words, self._plain(words)

    def _calls_true(self, words: tuple[str, ...]) -> bool:
        """ "det är helt riktigt"."""
        return words[:1] == ("det",) and words[1:2] != () and words[1] in _IS and _fills(words[2:], self.called_true)

    def _calls_untrue(self, words: tuple[str, ...]) -> bool:
        """ "det är lögn", "det är inte så", or the verdict alone: "lögner"."""
        if words[:1] != ("det",) or words[1:2] == () or words[1] not in _IS:
            return _fills(words, self.called_untrue)
        verdict = words[2:]
        if verdict[:1] == (_NOT,):
            return _fills(verdict[1:], self.called_true)
        without = verdict[1:] if verdict[:1] and verdict[0] in _ARTICLES else verdict
        return any(_fills(form, self.called_untrue) for form in (verdict, without))

    def _pointed(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """The words with "det" for whatever points at what was said: "det här", "alltihop"."""
        longest = max((form for form in self.pointing if words[: len(form)] == form), key=len, default=())
        return ("det", *words[len(longest) :]) if longest else words

    def _plain(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """The words without those that only stress, and the "och" between two such."""
        kept: list[str] = []
        for k, word in enumerate(words):
            beside = words[k - 1 : k], words[k + 1 : k + 2]
            if (word,) in self.stressing or (word == "och" and all(form in self.stressing for form in beside)):
                continue
            kept.append(word)
        return tuple(kept)


@functools.cache
def load_replies(language: str) -> Replies:
    """The replies of a language; raises ``UnsupportedLanguage`` or ``LexiconError`` naming file and key."""
    file = read_file(language, "replies.yaml")
    replies = Replies(
        _openings(file.words("denials")),
        _openings(file.words("short_denials")),
        _openings(file.words("called_untrue")),
        _openings(file.words("called_true")),
        _openings(file.words("stressing")),
        _openings(file.words("pointing")),
        frozenset(file.words("lacking")),
        _openings(file.words("confirmations")),
        _openings(file.words("short_confirmations")),
        frozenset(file.words("false_predicates")),
        frozenset(file.words("true_predicates")),
        frozenset(file.words("accounts")),
        frozenset(file.words("upholding")),
        frozenset(file.words("quantities")),
        frozenset(file.words("counts")),
        frozenset(file.words("pleas")),
        frozenset(file.words("unrecognised")),
        frozenset(file.words("admitting")),
        _openings(file.words("false_idioms")),
        frozenset(file.words("verifying")),
        frozenset(file.words("unconfirmed")),
    )
    file.done()
    return replies


def _openings(lines: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(line.split()) for line in lines)


def _as_main_clause(words: list[str]) -> tuple[str, ...]:
    """The words of "att det inte stämmer" in the order of "det stämmer inte"."""
    if words[:1] != ["att"]:
        return tuple(words)
    _, *clause = words
    if len(clause) > _VERB and clause[1] in _DENIED:
        clause[1], clause[_VERB] = clause[_VERB], clause[1]
    return tuple(clause)


def _begins(words: tuple[str, ...], openings: frozenset[tuple[str, ...]]) -> bool:
    return any(words[: len(opening)] == opening for opening in openings)


def _fills(words: tuple[str, ...], forms: frozenset[tuple[str, ...]]) -> bool:
    """Whether one of the forms is all of the clause, or all before what only adds to it."""
    return any(
        words[: len(form)] == form and (len(words) == len(form) or words[len(form)] in _GOES_ON) for form in forms
    )
