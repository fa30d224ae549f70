"""What decides whether actors of two articles are the same."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.lexicon.strict import read_file
from app.lexicon.transliteration import name_key

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class IdentityLexicon:
    """The contents of ``identity.yaml``, which says what each key is for.

    ``bodies`` maps a head noun to the one that stands for it. ``legal_forms`` are case folded, ``common_surnames`` are
    name keys as `name_key` makes them.
    """

    home: str
    bodies: Mapping[str, str]
    abroad: frozenset[str]
    seat_prepositions: frozenset[str]
    unowned: frozenset[str]
    collectives: frozenset[str]
    legal_forms: frozenset[str]
    common_surnames: frozenset[str]

    def body(self, lemma: str) -> str:
        """The noun under which bodies called ``lemma`` (a head, not a compound) are known."""
        return self.bodies.get(lemma, lemma)

    def is_common(self, surname: str) -> bool:
        """Whether the surname, given as a name key, is so common that namesakes are to be expected."""
        return surname in self.common_surnames


@functools.cache
def load_identity(language: str) -> IdentityLexicon:
    """The identity data of a language; raises ``UnsupportedLanguage`` or ``LexiconError`` naming file and key."""
    file = read_file(language, "identity.yaml")
    bodies: dict[str, str] = {}
    for line in file.words("bodies"):
        nouns = [noun.strip() for noun in line.split("|")]
        for noun in nouns:
            if noun in bodies:
                raise file.fail("bodies", f"{noun!r} is in two lines")
            bodies[noun] = nouns[0]
    lexicon = IdentityLexicon(
        home=file.text("home"),
        bodies=bodies,
        abroad=frozenset(file.words("abroad")),
        seat_prepositions=frozenset(file.words("seat_prepositions")),
        unowned=frozenset(file.words("unowned")),
        collectives=frozenset(file.words("collectives")),
        legal_forms=frozenset(form.casefold() for form in file.words("legal_forms")),
        common_surnames=frozenset(name_key(name, language) for name in file.words("common_surnames")),
    )
    file.done()
    return lexicon
