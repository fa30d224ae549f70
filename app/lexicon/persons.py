"""Words for people: titles, person nouns and kinship, pronouns, first names, group nouns, documents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from app.lexicon.nouns import Declension, NounIndex, read_nouns
from app.lexicon.strict import Entry


class Gender(StrEnum):
    """What a word tells about gender: male, female, a person of any, common, neuter, nothing."""

    MALE = "m"
    FEMALE = "f"
    PERSON = "c"
    COMMON = "u"
    NEUTER = "n"
    NONE = "none"


class Holder(StrEnum):
    """Whose title a title is."""

    STATE = "state"
    ORGANISATION = "organisation"
    CLIENT = "client"
    PARTY = "party"
    NONE = "none"


class Case(StrEnum):
    """Case of a pronoun."""

    SUBJECT = "subject"
    OBJECT = "object"
    POSSESSIVE = "possessive"
    REFLEXIVE = "reflexive"


class PronounKind(StrEnum):
    """What sort of pronoun it is; ``impersonal`` is "det"."""

    PERSONAL = "personal"
    GENERIC = "generic"
    DEMONSTRATIVE = "demonstrative"
    RELATIVE = "relative"
    IMPERSONAL = "impersonal"


class PartyKind(StrEnum):
    """What an antecedent must be."""

    ANY = "any"
    STATE = "state"
    ORGANISATION = "organisation"
    PERSON = "person"


class DocumentFamily(StrEnum):
    """What sort of document a word names."""

    REPORT = "report"
    LEGAL = "legal"
    MESSAGE = "message"
    DATA = "data"
    RECORDING = "recording"
    LAW = "law"


@dataclass(frozen=True, slots=True)
class Title:
    """A title: whose it is, whether its holder speaks for them, and the gender it tells."""

    of: Holder
    speaks_for: bool
    gender: Gender


@dataclass(frozen=True, slots=True)
class PersonNoun:
    """A noun for a person: its gender."""

    gender: Gender


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A pronoun form. ``number`` is ``sg``, ``pl`` or ``None`` for either."""

    form: str
    lemma: str
    person: int
    number: str | None
    gender: Gender
    case: Case
    kind: PronounKind


@dataclass(frozen=True, slots=True)
class GroupPhrase:
    """A phrase for several parties named before. ``count`` is how many, ``None`` for two or more."""

    of: PartyKind
    count: int | None


@dataclass(frozen=True, slots=True)
class Document:
    """A document noun's family."""

    family: DocumentFamily


def read_titles(data: Entry, declensions: dict[str, Declension]) -> NounIndex[Title]:
    """The index of the titles of ``titles.yaml``; raises ``LexiconError``."""
    index: NounIndex[Title] = NounIndex()
    for _, block in data.children("titles"):
        title = Title(
            block.choice("of", Holder, Holder.NONE),
            block.flag("speaks_for"),
            block.choice("gender", Gender, Gender.NONE),
        )
        compound, suffix = block.flag("compound"), block.flag("suffix")
        for forms in read_nouns(block, declensions):
            index.add(title, forms, compound=compound or suffix, alone=not suffix)
        block.done()
    for forms in read_nouns(data.entry("not_titles"), declensions):
        index.block(forms)
    return index


def read_persons(data: Entry, declensions: dict[str, Declension]) -> tuple[NounIndex[PersonNoun], re.Pattern[str]]:
    """The person nouns of ``kinship.yaml`` and the pattern of ages used as names; raises ``LexiconError``."""
    index: NounIndex[PersonNoun] = NounIndex()
    for _, block in data.children("person_nouns"):
        noun = PersonNoun(block.choice("gender", Gender))
        compound = block.flag("compound")
        for forms in read_nouns(block, declensions):
            index.add(noun, forms, compound=compound)
        block.done()
    for forms in read_nouns(data.entry("not_persons"), declensions):
        index.block(forms)
    try:
        pattern = re.compile("|".join(data.words("age_patterns")), re.IGNORECASE)
    except re.error as error:
        raise data.fail("age_patterns", f"no regular expression: {error}") from None
    data.done()
    return index, pattern


def read_pronouns(data: Entry) -> dict[str, Pronoun]:
    """The pronouns of ``pronouns.yaml`` by form; raises ``LexiconError``."""
    pronouns: dict[str, Pronoun] = {}
    for form, entry in data.children("pronouns"):
        person, number = entry.text("person"), entry.text("number")
        if person not in ("1", "2", "3"):
            raise entry.fail("person", f"expected 1, 2 or 3, found {person!r}")
        if number not in ("sg", "pl", "none"):
            raise entry.fail("number", f"expected sg, pl or none, found {number!r}")
        pronouns[form] = Pronoun(
            form,
            entry.text("lemma"),
            int(person),
            None if number == "none" else number,
            entry.choice("gender", Gender),
            entry.choice("case", Case),
            entry.choice("kind", PronounKind),
        )
        entry.done()
    return pronouns


def read_group_phrases(data: Entry) -> dict[str, GroupPhrase]:
    """The phrases for several parties of ``pronouns.yaml``; raises ``LexiconError``."""
    phrases: dict[str, GroupPhrase] = {}
    for phrase, entry in data.children("groups"):
        count = entry.text("count")
        if count != "several" and not count.isdecimal():
            raise entry.fail("count", f"expected a number or 'several', found {count!r}")
        phrases[phrase] = GroupPhrase(entry.choice("of", PartyKind), int(count) if count.isdecimal() else None)
        entry.done()
    return phrases


def read_choices(data: Entry, key: str, enum: type[PartyKind]) -> dict[str, PartyKind]:
    """The mapping under ``key`` from words to members of ``enum``; raises ``LexiconError``."""
    section = data.entry(key)
    return {word: section.choice(word, enum) for word in section}


def read_documents(data: Entry, declensions: dict[str, Declension]) -> NounIndex[Document]:
    """The index of ``documents.yaml``; raises ``LexiconError``."""
    index: NounIndex[Document] = NounIndex()
    for _, block in data.children("documents"):
        document = Document(block.choice("family", DocumentFamily))
        compound = block.flag("compound")
        for forms in read_nouns(block, declensions):
            index.add(document, forms, compound=compound)
        block.done()
    for forms in read_nouns(data.entry("not_documents"), declensions):
        index.block(forms)
    data.done()
    return index
