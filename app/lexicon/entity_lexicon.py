"""The entity lexicon: all that a language knows about actors, asked by the word as printed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.domain.actor import ActorKind
from app.lexicon.bodies import BodyNoun, Organisation, OrganisationHit, OrganisationIndex
from app.lexicon.nouns import NounForm, NounHit, NounIndex
from app.lexicon.persons import (
    Document,
    Gender,
    GroupPhrase,
    PartyKind,
    PersonNoun,
    Pronoun,
    Title,
)
from app.lexicon.territories import Territory, TerritoryHit, TerritoryIndex, TerritoryRole

_OF_AGE = PersonNoun(Gender.NONE)


@dataclass(frozen=True, slots=True)
class TerritoryCompound:
    """A word that joins a territory to a body of it: ``Baku-regeringen`` is the ``regeringen`` of Azerbaijan."""

    territory: TerritoryHit
    head: NounHit[BodyNoun]


@dataclass(frozen=True)
class EntityLexicon:
    """All data about actors of one language. Its methods take words as printed and return ``None`` on a miss."""

    language: str
    territories: TerritoryIndex
    organisations: OrganisationIndex
    name_words: dict[str, ActorKind]
    heads: NounIndex[BodyNoun]
    groups: NounIndex[BodyNoun]
    media_heads: NounIndex[BodyNoun]
    media_endings: tuple[str, ...]
    titles: NounIndex[Title]
    persons: NounIndex[PersonNoun]
    documents: NounIndex[Document]
    pronouns: dict[str, Pronoun]
    group_phrases: dict[str, GroupPhrase]
    definite_nouns: dict[str, PartyKind]
    first_names: dict[str, Gender]
    honorifics: dict[str, Gender]
    parties: dict[str, str]
    age_pattern: re.Pattern[str]

    # --- territories

    def lookup(self, word: str) -> tuple[TerritoryHit, ...]:
        """All readings of ``word`` as a territory, likeliest first."""
        return self.territories.lookup(word)

    def territory(self, code: str) -> Territory | None:
        """The territory with that code."""
        return self.territories.territories.get(code)

    def of_compound(self, word: str) -> TerritoryCompound | None:
        """``Baku-regeringen``, ``Moskvaregimen``: territory and body in one word."""
        for cut in range(3, len(word) - 3):
            if word[cut] == "-":
                first, last = word[:cut], word[cut + 1 :]
            elif word[cut - 1] != "-":
                first, last = word[:cut], word[cut:]
            else:
                continue
            head = self.heads.find(last)
            if head is None or head.prefix or not head.entry.organ:
                continue
            roles = (TerritoryRole.METONYM, TerritoryRole.CAPITAL, TerritoryRole.NAME)
            hit = self.territories.first(first, *roles)
            if hit is not None:
                return TerritoryCompound(hit, head)
        return None

    # --- bodies

    def organisation(self, word: str) -> OrganisationHit | None:
        """A named body by name, alias or genitive: ``FN``, ``Förenta nationerna``, ``FN:s``, ``Reuters``."""
        return self.organisations.find(word)

    def party(self, letters: str) -> Organisation | None:
        """The Swedish party of the letters after a politician's name, with or without brackets: ``(S)``, ``SD``."""
        name = self.parties.get(letters.strip("()"))
        return self.organisations.organisations[name] if name is not None else None

    def body_noun(self, word: str) -> NounHit[BodyNoun] | None:
        """What the head of ``word`` says of a body: ``försvarsministerium`` → government."""
        return self.heads.find(word)

    def kind_of(self, name: str) -> ActorKind | None:
        """The kind of body ``name`` is, by the list of names or by its head; ``None`` when nothing tells."""
        hit = self.organisation(name)
        if hit is not None:
            return hit.organisation.kind
        words = name.split()
        if not words:
            return None
        for index in (self.heads, self.media_heads, self.groups):
            for word in (words[-1], words[0]):
                head = index.find(word)
                if head is not None:
                    return head.entry.kind
        for word in words if len(words) > 1 else ():
            kind = self.name_words.get(word) or self.name_words.get(word.removesuffix("s"))
            if kind is not None:
                return kind
        prefixed = len(words) == 1 and name[:1].isupper() and name.endswith(self.media_endings)
        return ActorKind.MEDIA if prefixed and name.casefold() not in self.media_endings else None

    def group(self, word: str) -> NounHit[BodyNoun] | None:
        """People or bodies that are sources without a name: ``demonstranter``, ``separatistmyndigheter``."""
        return self.groups.find(word)

    def media_head(self, word: str) -> NounHit[BodyNoun] | None:
        """A noun that says a medium's name follows: ``tidningen``, ``nyhetsbyrån``."""
        return self.media_heads.find(word)

    def document(self, word: str) -> NounHit[Document] | None:
        """A document as a source: ``rapporten``, ``polisanmälan``, ``stämningsansökan``."""
        return self.documents.find(word)

    # --- people

    def title(self, word: str) -> NounHit[Title] | None:
        """A title in any form or compound: ``utrikesministern``; the prefix is the compound's first part."""
        return self.titles.find(word)

    def honorific(self, word: str) -> Gender | None:
        """``herr`` → male, ``fru`` → female, ``dr`` → nothing known; ``None`` for no form of address."""
        return self.honorifics.get(word.lower())

    def person_noun(self, word: str) -> NounHit[PersonNoun] | None:
        """A noun for a person: ``mannen``, ``systern``, or an age used as one (``43-åringen``, lemma ``åring``)."""
        if self.age_pattern.fullmatch(word):
            base = word.lower().removesuffix("s")
            plural = base.endswith(("ar", "arna"))
            return NounHit(
                _OF_AGE, NounForm("åring", base.endswith(("en", "arna", "e", "a")), plural, base != word.lower())
            )
        return self.persons.find(word)

    def group_phrase(self, phrase: str) -> GroupPhrase | None:
        """A phrase for several parties named before: ``båda sidor``, ``de två länderna``."""
        return self.group_phrases.get(" ".join(phrase.lower().split()))

    def takes_up(self, word: str) -> PartyKind | None:
        """What a definite noun takes up when it stands alone: ``landet`` → a state."""
        lowered = word.lower()
        found = self.definite_nouns.get(lowered)
        return found if found is not None else self.definite_nouns.get(lowered.removesuffix("s"))

    def gender_of_name(self, name: str) -> Gender | None:
        """The gender that the first name of ``name`` tells, ``None`` where it is unknown or either."""
        first = name.split()[0] if name.split() else ""
        found = self.first_names.get(first.lower())
        if found is None and "-" in first:
            found = self.first_names.get(first.split("-")[0].lower())
        return found
