"""Reads and checks the data about actors of a language: territories, bodies, titles, pronouns, nouns for people."""

from __future__ import annotations

from functools import cache

from app.domain.actor import ActorKind
from app.errors import LexiconError
from app.lexicon.bodies import BodyNoun, Organisation, OrganisationIndex, read_heads
from app.lexicon.entity_lexicon import EntityLexicon
from app.lexicon.nouns import NounIndex, read_declensions, read_nouns
from app.lexicon.persons import (
    Gender,
    PartyKind,
    read_choices,
    read_documents,
    read_group_phrases,
    read_persons,
    read_pronouns,
    read_titles,
)
from app.lexicon.strict import read_file
from app.lexicon.territories import TerritoryIndex, read_territories

__all__ = ["EntityLexicon", "load_entities"]

_NAMED_KINDS = (ActorKind.ORGANISATION, ActorKind.MEDIA, ActorKind.AUTHORITY)
"""The kinds of body that a word inside a name can tell."""


@cache
def load_entities(language: str) -> EntityLexicon:
    """The entity lexicon of ``language`` (ISO 639-1), read and checked once a process.

    Raises ``UnsupportedLanguage`` for a language without data, ``LexiconError`` that names file, entry and key.
    """
    declensions = read_declensions(read_file(language, "inflection.yaml"))
    territories = read_territories(read_file(language, "territories.yaml"), declensions)
    organisations = OrganisationIndex()
    heads: NounIndex[BodyNoun] = NounIndex()
    groups: NounIndex[BodyNoun] = NounIndex()
    media_heads: NounIndex[BodyNoun] = NounIndex()

    data = read_file(language, "organisations.yaml")
    organisations.read(data, "organisations")
    read_heads(data, "heads", declensions, heads)
    for forms in read_nouns(data.entry("not_bodies"), declensions):
        heads.block(forms)
    letters = data.entry("parties")
    kinds = data.entry("name_words")
    name_words = {word: kind for kind in _NAMED_KINDS for word in kinds.words(kind)}
    kinds.done()
    parties = {key: letters.text(key) for key in letters}
    data.done()
    media = read_file(language, "media.yaml")
    organisations.read(media, "media", ActorKind.MEDIA)
    read_heads(media, "heads", declensions, media_heads)
    for forms in read_nouns(media.entry("not_media"), declensions):
        media_heads.block(forms)
    endings = media.words("endings")
    media.done()
    for organisation in organisations.organisations.values():
        _check(organisation, organisations, territories)
    for key, name in parties.items():
        if name not in organisations.organisations:
            raise letters.fail(key, f"{name!r} is no organisation here")
    group_data = read_file(language, "groups.yaml")
    read_heads(group_data, "groups", declensions, groups)
    for forms in read_nouns(group_data.entry("not_groups"), declensions):
        groups.block(forms)
    group_data.done()

    title_data = read_file(language, "titles.yaml")
    titles = read_titles(title_data, declensions)
    address = title_data.entry("honorifics")
    honorifics = {word: address.choice(word, Gender) for word in address}
    title_data.done()

    persons, age_pattern = read_persons(read_file(language, "kinship.yaml"), declensions)
    pronoun_data = read_file(language, "pronouns.yaml")
    pronouns = read_pronouns(pronoun_data)
    phrases = read_group_phrases(pronoun_data)
    definite = read_choices(pronoun_data, "definite", PartyKind)
    pronoun_data.done()
    names = read_file(language, "first_names.yaml")
    first_names = {
        name.lower(): gender
        for gender in (Gender.MALE, Gender.FEMALE)
        for name in " ".join(names.words(gender)).split()
    }
    names.done()
    return EntityLexicon(
        language=language,
        territories=territories,
        organisations=organisations,
        name_words=name_words,
        heads=heads,
        groups=groups,
        media_heads=media_heads,
        media_endings=tuple(endings),
        titles=titles,
        persons=persons,
        documents=read_documents(read_file(language, "documents.yaml"), declensions),
        pronouns=pronouns,
        group_phrases=phrases,
        definite_nouns=definite,
        first_names=first_names,
        honorifics=honorifics,
        parties=parties,
        age_pattern=age_pattern,
    )


def _check(organisation: Organisation, organisations: OrganisationIndex, territories: TerritoryIndex) -> None:
    if organisation.territory is not None and organisation.territory not in territories.territories:
        raise LexiconError(f"{organisation.name}: territory: {organisation.territory!r} is no territory here")
    if organisation.part_of is not None and organisation.part_of not in organisations.organisations:
        raise LexiconError(f"{organisation.name}: part_of: {organisation.part_of!r} is no organisation here")
