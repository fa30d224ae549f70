"""Closed-class words of a language, by the job they do in the rules."""

from __future__ import annotations

import functools
from dataclasses import dataclass, fields
from importlib import resources

import yaml

from app.errors import LexiconError, UnsupportedLanguage


@dataclass(frozen=True, slots=True)
class Grammar:
    """Closed-class word lists, lower case; ``grammar.yaml`` says what each is for."""

    complementizers: frozenset[str]
    interrogatives: frozenset[str]
    infinitive_markers: frozenset[str]
    coordinators: frozenset[str]
    report_coordinators: frozenset[str]
    concessive_openers: frozenset[str]
    hypothetical_subordinators: frozenset[str]
    fronted_subordinators: frozenset[str]
    relative_pronouns: frozenset[str]
    negations: frozenset[str]
    self_pronouns: frozenset[str]
    demonstratives: frozenset[str]
    cue_auxiliaries: frozenset[str]
    source_prepositions: frozenset[str]
    temporal_nouns: frozenset[str]
    temporal_suffixes: frozenset[str]
    assemblies: frozenset[str]
    temporal_adverbs: frozenset[str]
    venue_nouns: frozenset[str]
    venue_prepositions: frozenset[str]
    prepositions_of_belonging: frozenset[str]
    adverbial_nouns: frozenset[str]
    behalf: frozenset[str]
    accused: frozenset[str]
    determiners: frozenset[str]
    amounts: frozenset[str]
    agentive_suffixes: frozenset[str]
    agentive_lookalikes: frozenset[str]
    inanimate_suffixes: frozenset[str]
    deverbal_suffixes: frozenset[str]
    given: frozenset[str]
    direct_speech_verbs: frozenset[str]
    conditional_openers: frozenset[str]
    shell_nouns_of_words: frozenset[str]
    shell_nouns_of_deeds: frozenset[str]
    deadline_prepositions: frozenset[str]
    costs: frozenset[str]
    future_openers: frozenset[str]
    plan_openers: frozenset[str]
    report_times: frozenset[str]
    future_auxiliaries: frozenset[str]
    stative_infinitives: frozenset[str]
    plan_nouns: frozenset[str]
    focus_adverbs: frozenset[str]
    unnamed_sources: frozenset[str]
    family_nouns: frozenset[str]
    ordinals: frozenset[str]
    distributives: frozenset[str]
    purposeful: frozenset[str]
    body_forms: frozenset[str]
    branches: frozenset[str]
    holdings: frozenset[str]
    seated: frozenset[str]
    associations: frozenset[str]
    name_adjectives: frozenset[str]
    former: frozenset[str]
    latter: frozenset[str]
    sentence_adverbs: frozenset[str]
    some: frozenset[str]
    such: frozenset[str]
    knowing: frozenset[str]
    happening: frozenset[str]
    dying: frozenset[str]
    home: frozenset[str]
    home_words: frozenset[str]
    missions: frozenset[str]
    place_prepositions: frozenset[str]

    def is_agentive(self, *forms: str) -> bool:
        """Whether one of the lower-case forms ends as nouns for people do ("mittbacken" does not, "spelaren" does)."""
        endings, things = tuple(self.agentive_suffixes), tuple(self.agentive_lookalikes)
        return any(form.endswith(endings) and not form.endswith(things) for form in forms)

    def is_amount(self, word: str) -> bool:
        """Whether the lower-case word only says how many: listed, or ending as a listed one with a hyphen first."""
        endings = tuple(item[1:] for item in self.amounts if item.startswith("-"))
        return word in self.amounts or word.endswith(endings)

    def is_temporal(self, word: str) -> bool:
        """Whether the lower-case word names a time: listed, or a compound of a listed ending ("tisdagskvällen")."""
        ends = word.endswith(tuple(self.temporal_suffixes)) and not word.endswith(tuple(self.assemblies))
        return word in self.temporal_nouns or ends


@functools.cache
def load_grammar(language: str) -> Grammar:
    """The grammar of a language (ISO 639-1).

    Raises ``UnsupportedLanguage`` without such a file, ``LexiconError`` naming file and key on a broken one.
    """
    file = resources.files("app.lexicon").joinpath(language, "grammar.yaml")
    if not language.isalpha() or not file.is_file():
        raise UnsupportedLanguage(f"no grammar for the language {language!r}")
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    where = f"{language}/grammar.yaml"
    names = {entry.name for entry in fields(Grammar)}
    if not isinstance(data, dict) or set(data) != names:
        odd = sorted(names.symmetric_difference(data if isinstance(data, dict) else ()))
        raise LexiconError(f"{where}: keys missing or unknown: {', '.join(odd)}")
    for key, words in data.items():
        if not isinstance(words, list) or not all(isinstance(word, str) and word == word.lower() for word in words):
            raise LexiconError(f"{where}: {key}: a list of lower-case words is needed")
    return Grammar(**{key: frozenset(words) for key, words in data.items()})
