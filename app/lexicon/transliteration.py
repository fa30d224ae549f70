"""Names that are spelt in several ways: a key to compare them by, how well two names agree, genitives undone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from app.lexicon.genitive import undo
from app.lexicon.strict import Entry, read_file

_KEPT_ACCENTS = frozenset("åäö")
_INITIAL = re.compile(r"[^\W\d_]\.?")

# How well two names agree, by what of them agrees. Ordinal, not probabilities: resolution weighs them with the context.
SAME = 1.0
LONGER_FIRST_NAME = 0.9
NICKNAME = 0.8
INITIAL = 0.8
SURNAME_ONLY = 0.7
FIRST_NAME_ONLY = 0.5


@dataclass(frozen=True, slots=True)
class SpellingRules:
    """The contents of ``transliteration.yaml``: ``rules`` are applied in order, ``variants`` map key to key."""

    letters: dict[int, str]
    rules: tuple[tuple[re.Pattern[str], str], ...]
    variants: dict[str, str]
    nicknames: frozenset[frozenset[str]]
    particles: frozenset[str]
    names_in_s: frozenset[str]
    endings_in_s: tuple[str, ...]

    def fold(self, part: str) -> str:
        """One part of a name with its letters and spelling folded, before variants."""
        lowered = unicodedata.normalize("NFC", part).lower()
        plain = "".join(self._plain(letter) for letter in lowered).translate(self.letters)
        for pattern, put in self.rules:
            plain = pattern.sub(put, plain)
        return plain

    @staticmethod
    def _plain(letter: str) -> str:
        if letter in _KEPT_ACCENTS:
            return letter
        return "".join(char for char in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(char))


def name_key(name: str, language: str = "sv") -> str:
    """The key of a name: equal for spellings of the same name (``Pasjinjan``, ``Pashinyan``), one word a name part.

    Raises ``UnsupportedLanguage`` for a language without data.
    """
    return " ".join(_keys(name, load_spelling(language)))


def same_name(first: str, second: str, language: str = "sv") -> float:
    """How well two names of persons agree, from 0 (they conflict) to 1 (the same name).

    ``Joe Biden`` and ``Joseph Biden`` agree, so do ``A. Lind`` and ``Anna Lind``, less well; ``Lind`` alone agrees with
    ``Anna Lind``, and ``Anna`` alone least. ``Anna Lind`` and ``Eva Lind`` conflict. Genitives must be undone before.
    """
    rules = load_spelling(language)
    one, two = _significant(first, language), _significant(second, language)
    if not one or not two:
        return 0.0
    if " ".join(one).replace("-", " ") == " ".join(two).replace("-", " "):
        return SAME
    if len(one) > len(two):
        one, two = two, one
    if len(one) == 1:
        alone = one[0]
        if alone in (two[-1], *two[-1].split("-")) or " ".join(two).endswith(" " + alone):
            return SURNAME_ONLY
        return FIRST_NAME_ONLY if alone == two[0] else 0.0
    surname_agrees = one[-1] == two[-1] or one[-1] in two[-1].split("-") or two[-1] in one[-1].split("-")
    if not surname_agrees:
        # "Ruben Vardanyan" and "Ruben Vardanyan Karlsson": a double surname without a hyphen.
        return LONGER_FIRST_NAME if one == two[: len(one)] else 0.0
    return _first_names_agree(one[:-1], two[:-1], rules)


def genitive_base(word: str, *, is_name: bool = True, language: str = "sv") -> tuple[str, ...]:
    """Base forms that ``word`` may be the genitive of, likeliest first, the word itself among them unless ruled out.

    ``Bakus`` → ``Baku``, ``Bakus``; ``USA:s`` → ``USA``; ``Paris`` → ``Paris``, ``Pari``; ``Lars'`` → ``Lars``.
    """
    rules = load_spelling(language)
    last = word.split()[-1] if word.split() else word
    known = word in rules.names_in_s or last in rules.names_in_s or word.endswith(rules.endings_in_s)
    return undo(word, keeps_s=is_name and known, is_name=is_name)


@cache
def load_spelling(language: str) -> SpellingRules:
    """The spelling rules of ``language``, read once; raises ``UnsupportedLanguage`` or ``LexiconError``."""
    data = read_file(language, "transliteration.yaml")
    table = data.entry("letters")
    letters: dict[int, str] = {}
    for letter in table:
        if len(letter) != 1:
            raise table.fail(letter, "is more than one letter")
        letters[ord(letter)] = table.text(letter, empty=True)
    bare = SpellingRules(letters, _rules(data), {}, frozenset(), frozenset(), frozenset(), ())
    variants: dict[str, str] = {}
    for _, entry in data.children("variants"):
        keys = [bare.fold(name) for name in entry.words("names")]
        entry.text("why")
        entry.done()
        for key in keys:
            if variants.setdefault(key, keys[0]) != keys[0]:
                raise entry.fail("names", f"the key {key!r} is in two groups")
    section = data.entry("nicknames")
    nicknames = set()
    for name in section:
        folded = [bare.fold(each) for each in (name, *section.words(name))]
        group = [variants.get(each, each) for each in folded]
        nicknames |= {frozenset((a, b)) for a in group for b in group if a != b}
    rules = SpellingRules(
        letters,
        bare.rules,
        variants,
        frozenset(nicknames),
        frozenset(data.words("particles")),
        frozenset(data.words("names_in_s")) | _known_in_s(language),
        data.words("endings_in_s"),
    )
    data.done()
    return rules


def _rules(data: Entry) -> tuple[tuple[re.Pattern[str], str], ...]:
    rules: list[tuple[re.Pattern[str], str]] = []
    for _, entry in data.children("rules"):
        entry.text("why")
        try:
            rules.append((re.compile(entry.text("find")), entry.text("put", empty=True)))
        except re.error as error:
            raise entry.fail("find", f"no regular expression: {error}") from None
        entry.done()
    return tuple(rules)


def _known_in_s(language: str) -> frozenset[str]:
    """Names in s that the other files of the language hold: first names, capitals, territories."""
    names = read_file(language, "first_names.yaml")
    words = {name for gender in names for line in names.words(gender) for name in line.split()}
    territories = read_file(language, "territories.yaml")
    for _, entry in territories.children("territories"):
        words |= {entry.text("name"), *entry.words("names"), *entry.words("capitals")}
    for file, key in (("media.yaml", "media"), ("organisations.yaml", "organisations")):
        for name, entry in read_file(language, file).children(key):
            words |= {name, *entry.words("aliases")}
    return frozenset(word for word in words if word.endswith("s"))


def _keys(name: str, rules: SpellingRules) -> list[str]:
    keys: list[str] = []
    for part in name.split():
        folded = rules.fold(part)
        pieces = [rules.variants.get(piece, piece) for piece in folded.split("-") if piece]
        if pieces:
            keys.append(rules.variants.get(folded, "-".join(pieces)))
    return keys


# Each name of a long text is held against every other.
@lru_cache(maxsize=1 << 14)
def _significant(name: str, language: str) -> tuple[str, ...]:
    """The keys of the parts of a name without its particles, unless nothing else is there."""
    rules = load_spelling(language)
    parts = [part for part in name.split() if part.lower() not in rules.particles]
    return tuple(_keys(" ".join(parts) or name, rules))


def _first_names_agree(one: Sequence[str], two: Sequence[str], rules: SpellingRules) -> float:
    first, second = one[0], two[0]
    if first == second:
        return SAME if one == two else LONGER_FIRST_NAME
    if first.split("-")[0] == second.split("-")[0] or first.startswith(second + "-") or second.startswith(first + "-"):
        return LONGER_FIRST_NAME
    if frozenset((first, second)) in rules.nicknames:
        return NICKNAME
    for short, long in ((first, second), (second, first)):
        if _INITIAL.fullmatch(short) and long.startswith(short[0]):
            return INITIAL
    return 0.0
