"""A question cut into words, each known by its plain form, with typing errors in function words put right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from app.asking.vocabulary import Vocabulary, fold

_EDGES = "\"'”“’‘»«?!.,;:()[]–—-…"
_CONTRACTIONS = re.compile(r"\b(what|who|how|why|when|that|it)['’]s\b", re.IGNORECASE)
_NEGATED = re.compile(r"n['’]t\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a question: as typed, and the key it is looked up by."""

    text: str
    key: str

    @property
    def is_lower(self) -> bool:
        """Whether the word was typed without a capital, as function words inside a question are."""
        return self.text == self.text.lower()


def tokenise(text: str, phrases: Sequence[Sequence[str]] = ()) -> tuple[Token, ...]:
    """The words of ``text`` without the marks around them; "what's" is two words, each of ``phrases`` is one."""
    plain = _NEGATED.sub(" not", _CONTRACTIONS.sub(r"\1 is", unicodedata.normalize("NFC", text)))
    words = [word for word in (raw.strip(_EDGES) for raw in plain.split()) if word]
    tokens: list[Token] = []
    place = 0
    while place < len(words):
        size = 1
        for phrase in phrases:
            if [word.casefold() for word in words[place : place + len(phrase)]] == list(phrase):
                size = len(phrase)
        joined = " ".join(words[place : place + size])
        tokens.append(Token(joined, joined.casefold()))
        place += size
    return tuple(tokens)


def text_of(tokens: Iterable[Token]) -> str:
    """The words as typed, joined by spaces."""
    return " ".join(token.text for token in tokens)


def distance(left: str, right: str) -> int:
    """Edits between two words: letters added, dropped, changed, or two neighbours swapped."""
    above: list[int] = []
    row = list(range(len(right) + 1))
    for i, char in enumerate(left, start=1):
        above, previous, row = row, above, [i]
        for j, other in enumerate(right, start=1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (char != other))
            if i > 1 and j > 1 and char == right[j - 2] and left[i - 2] == other:
                cost = min(cost, previous[j - 2] + 1)
            row.append(cost)
    return row[-1]


def nearest(word: str, known: Collection[str]) -> str | None:
    """The known word that ``word`` is a likely slip of, or nothing.

    Accents left out never count as an edit. Words of up to three letters must differ by a single edit and share a
    letter in place, words under eight letters by one edit, longer ones by two: "vd" is "vad", "havdadde" "hävdade".
    """
    folded = fold(word)
    allowed = 1 if len(folded) < 8 else 2
    best: tuple[int, str] | None = None
    for candidate in sorted(known):
        other = fold(candidate)
        if abs(len(other) - len(folded)) > allowed:
            continue
        edits = distance(folded, other)
        if edits <= allowed and edits < len(other) - 1 and (best is None or edits < best[0]):
            best = (edits, candidate)
    return best[1] if best else None


def put_right(tokens: Sequence[Token], words: Vocabulary) -> tuple[tuple[Token, ...], tuple[tuple[str, str], ...]]:
    """The tokens with slips in the question word and the verb corrected, and what was read as what.

    Only where nothing known is found is anything corrected, and never a word with a capital inside the question, since
    that is a name.
    """
    fixed = list(tokens)
    slips: list[tuple[str, str]] = []

    def fix(place: int, known: Collection[str]) -> bool:
        found = nearest(fixed[place].key, known)
        if found is None:
            return False
        if found != fixed[place].key:
            slips.append((fixed[place].text, found))
            fixed[place] = Token(found, found)
        return True

    openers = words.question_words
    starts = openers | words.words.auxiliaries | words.words.according | words.verbs.keys() | words.nouns.keys()
    if fixed and fixed[0].key not in starts and not any(token.key in openers for token in fixed):
        fix(0, openers)
    speech = words.verbs.keys() | words.nouns.keys()
    if not any(token.key in speech for token in fixed):
        for place in range(1, len(fixed)):
            token = fixed[place]
            long_enough = len(token.key) >= 4
            if token.is_lower and long_enough and token.key not in words.words.auxiliaries and fix(place, speech):
                break
    return tuple(fixed), tuple(slips)
