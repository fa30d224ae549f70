"""The words questions are made of, read once from ``questions.yaml`` and checked strictly."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.asking.data import checked, read_yaml
from app.domain.claim import Act

_FILE = "questions.yaml"
_VOWELS = "aeiou"


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class VerbEntry(_Entry):
    """A verb as the file lists it; see the comment at its head."""

    verb: str
    act: Act | None = None
    object: Literal["party", "content"] = "content"
    conjugation: Literal["a", "de", "te"] | None = None
    forms: tuple[str, ...] = ()
    passive: tuple[str, ...] = ()
    participle: str | None = None
    replies: bool = False
    particle: Annotated[tuple[str, ...], Field(alias="with")] = ()


class TimeWords(_Entry):
    """Words that date a question."""

    today: tuple[str, ...]
    yesterday: tuple[str, ...]
    this_week: tuple[str, ...]
    since: tuple[str, ...]
    before: tuple[str, ...]
    in_: Annotated[tuple[str, ...], Field(alias="in")]
    months: Annotated[tuple[str, ...], Field(min_length=12, max_length=12)]


class LanguageEntry(_Entry):
    """One language of ``questions.yaml``."""

    content_words: frozenset[str]
    party_words: frozenset[str]
    either_words: frozenset[str]
    lead_in: frozenset[str]
    auxiliaries: frozenset[str]
    be: frozenset[str]
    expletives: frozenset[str]
    negations: frozenset[str]
    fillers: frozenset[str]
    own: frozenset[str]
    verbatim: frozenset[str]
    articles: frozenset[str]
    that: frozenset[str]
    and_: Annotated[frozenset[str], Field(alias="and")]
    topic: frozenset[str]
    upon: frozenset[str]
    toward: frozenset[str]
    from_: Annotated[frozenset[str], Field(alias="from")]
    by: frozenset[str]
    according: frozenset[str]
    over: frozenset[str]
    back_reference: frozenset[str]
    pronouns: frozenset[str]
    parties: frozenset[str]
    stop_words: frozenset[str]
    support_verbs: frozenset[str]
    verbs: tuple[VerbEntry, ...]
    nouns: dict[Act | Literal["any"], frozenset[str]]
    time: TimeWords
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VerbSense:
    """What a verb form means in a question.

    ``passive`` holds for forms that are passive by themselves (Swedish ``-s``), ``participle`` for those that are
    after "blev" or "was". ``particle`` lists words of which one must follow. ``supine`` rebuilds "har anklagat".
    ``replies`` holds for verbs whose "på" or "to" brings what is answered.
    """

    act: Act | None
    object: Literal["party", "content"]
    particle: tuple[str, ...]
    supine: str
    replies: bool
    passive: bool = False
    participle: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one language: the lists of the file, verb forms to senses, speech nouns to acts."""

    language: str
    words: LanguageEntry
    verbs: dict[str, tuple[VerbSense, ...]]
    nouns: dict[str, Act | None]

    @property
    def question_words(self) -> frozenset[str]:
        """Every word that can open a question."""
        return self.words.content_words | self.words.party_words | self.words.either_words

    @property
    def phrases(self) -> tuple[tuple[str, ...], ...]:
        """Entries of several words ("according to"), split."""
        return tuple(tuple(phrase.split()) for phrase in sorted(self.words.according) if " " in phrase)


def fold(word: str) -> str:
    """The word without case and accents, for a keyboard that has no å, ä and ö: ``Hävdade`` gives ``havdade``."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _swedish(entry: VerbEntry) -> tuple[str, dict[str, tuple[bool, bool]]]:
    """Supine and the forms of a Swedish verb, each with whether it is passive and whether it is a participle."""
    stem = entry.verb.removesuffix("a")
    if entry.conjugation is None:
        forms = dict.fromkeys(entry.forms, (False, False)) | dict.fromkeys(entry.passive, (True, False))
        return entry.forms[2], forms | {entry.forms[2]: (False, True)}
    present, past, participle = f"{stem}er", f"{stem}{entry.conjugation}", f"{stem}{entry.conjugation[0]}"
    supine, passive = f"{stem}t", [f"{stem}s", f"{entry.verb}s"]
    if entry.conjugation == "a":
        present, past, participle, supine = (f"{entry.verb}{ending}" for ending in ("r", "de", "d", "t"))
        passive = [f"{entry.verb}s"]
    passive += [f"{past}s", f"{supine}s"]
    return supine, (
        dict.fromkeys((entry.verb, present), (False, False))
        | dict.fromkeys(passive, (True, False))
        | dict.fromkeys((past, participle, supine), (False, True))
    )


def _english(entry: VerbEntry) -> tuple[str, dict[str, tuple[bool, bool]]]:
    """Past participle and the forms of an English verb, each with whether it is passive, and a participle."""
    if entry.forms:
        participle = entry.participle or entry.forms[2]
        return participle, dict.fromkeys(entry.forms, (False, False)) | {participle: (False, True)}
    base = entry.verb
    if base.endswith("y") and base[-2] not in _VOWELS:
        third, past = f"{base[:-1]}ies", f"{base[:-1]}ied"
    else:
        third = f"{base}es" if base.endswith(("s", "sh", "ch", "x")) else f"{base}s"
        past = f"{base}d" if base.endswith("e") else f"{base}ed"
    running = f"{base[:-1]}ing" if base.endswith("e") else f"{base}ing"
    return past, dict.fromkeys((base, third, running), (False, False)) | {past: (False, True)}


def _build(language: str, words: LanguageEntry) -> Vocabulary:
    verbs: dict[str, tuple[VerbSense, ...]] = {}
    for entry in words.verbs:
        supine, forms = (_swedish if language == "sv" else _english)(entry)
        for form, (passive, participle) in forms.items():
            sense = VerbSense(entry.act, entry.object, entry.particle, supine, entry.replies, passive, participle)
            # A sense that needs its particle is tried before the bare one, whatever the order in the file.
            senses = (*verbs.get(form, ()), sense)
            verbs[form] = tuple(sorted(senses, key=lambda each: not each.particle))
    nouns = {form: None if act == "any" else act for act, forms in words.nouns.items() for form in forms}
    return Vocabulary(language, words, verbs, nouns)


@cache
def load_vocabularies() -> dict[str, Vocabulary]:
    """The vocabularies by ISO 639-1 code; raises `LexiconError` naming file and key where the schema is broken."""
    raw = read_yaml(_FILE)
    return {language: _build(language, checked(LanguageEntry, raw[language], _FILE, language)) for language in raw}
