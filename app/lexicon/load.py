"""Attribution cues read from the YAML files of a language: verbs, phrases, speech nouns and modality."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

from app.domain.claim import Act
from app.lexicon.conjugation import Parts, conjugate, forms, read_parts
from app.lexicon.cues import CueLexicon
from app.lexicon.nouns import NounIndex
from app.lexicon.schema import (
    PREPOSITIONS,
    Content,
    Governor,
    Need,
    ObjectRole,
    ObliqueRole,
    Passive,
    SourcePhrase,
    Speaker,
    SpeechNoun,
    VerbEntry,
    VerbForm,
)
from app.lexicon.strict import Entry, read_file

Choice = TypeVar("Choice", bound=StrEnum)


@functools.cache
def load_cues(language: str) -> CueLexicon:
    """The cues of ``language`` (ISO 639-1).

    Raises ``UnsupportedLanguage`` for a language without data, ``LexiconError`` naming file, entry and key for data
    that breaks the schema.
    """
    return build_cues(
        language,
        verbs=read_file(language, "reporting_verbs.yaml"),
        phrases=read_file(language, "cue_phrases.yaml"),
        nouns=read_file(language, "speech_nouns.yaml"),
        modality=read_file(language, "modality.yaml"),
    )


def build_cues(language: str, *, verbs: Entry, phrases: Entry, nouns: Entry, modality: Entry) -> CueLexicon:
    """The cues in the four files; raises ``LexiconError`` as :func:`load_cues` does."""
    strong = _read_strong(verbs)
    entries: dict[tuple[str, tuple[str, ...], bool, tuple[str, ...]], VerbEntry] = {}
    verb_forms: dict[str, list[VerbForm]] = {}
    for file, section in ((verbs, "verbs"), (phrases, "light_verbs")):
        for _, raw in file.children(section):
            variants, parts = read_verb(raw, strong)
            for entry in variants:
                if entry.key in entries:
                    raise raw.fail("verb", f"{entry.name!r} stands twice")
                entries[entry.key] = entry
                for form, voice, tense in forms(parts):
                    found = VerbForm(entry, voice, tense)
                    known = verb_forms.setdefault(form, [])
                    if found not in known:
                        known.append(found)
    speech_nouns, index = _read_nouns(nouns)
    lexicon = CueLexicon(
        language=language,
        verbs=tuple(entries.values()),
        verb_forms={form: tuple(found) for form, found in verb_forms.items()},
        nouns=speech_nouns,
        noun_index=index,
        predicatives=_read_predicatives(phrases),
        sources=tuple(_read_source(raw) for _, raw in phrases.children("sources")),
        impersonal_heads=frozenset(phrases.words("impersonal_heads")),
        no_source_heads=frozenset(phrases.words("no_source_heads")),
        hearsay=_read_hearsay(phrases),
        no_labels=frozenset(phrases.words("no_labels")),
        governors=_read_governors(modality, strong),
        infinitive_blockers=frozenset(modality.words("infinitive_blockers")),
    )
    for file in (verbs, phrases, nouns, modality):
        file.done()
    return lexicon


def read_verb(raw: Entry, strong: Mapping[str, Parts]) -> tuple[tuple[VerbEntry, ...], Parts]:
    """A verb, once for each variant of its particle ("tona ner", "tona ned"), and its principal parts.

    Raises ``LexiconError``.
    """
    verb = raw.text("verb")
    raw.where = f"{raw.where} ({verb})"
    inflection = raw.optional("inflection") or verb
    try:
        parts = conjugate(verb, inflection, strong)
    except ValueError as error:
        raise raw.fail("inflection", str(error)) from None
    separable = raw.optional("separable")
    if separable not in (None, "true", "false"):
        raise raw.fail("separable", f"expected true or false, found {separable!r}")
    entry = VerbEntry(
        verb=verb,
        acts=_choices(raw, "acts", Act),
        content=_content(raw),
        separable=separable != "false",
        reflexive=raw.flag("reflexive"),
        nouns=raw.words("nouns"),
        object=_object(raw),
        oblique=_oblique(raw),
        needs=frozenset(_choices(raw, "needs", Need)),
        passive=frozenset(_choices(raw, "passive", Passive)),
        negated=_choices(raw, "negated", Act),
        speaker=raw.choice("speaker", Speaker, Speaker.SUBJECT),
        weight=_weight(raw, 0.9),
    )
    if not entry.acts and not entry.negated:
        raise raw.fail("acts", "is missing, and 'negated' too")
    if Need.QUOTE in entry.needs and not entry.allows(Content.QUOTE):
        raise raw.fail("needs", "asks for a quotation that 'content' does not list")
    particles = (raw.optional("particle") or "").split("/")
    raw.done()
    return tuple(replace(entry, particle=tuple(particle.split())) for particle in particles), parts


def _read_strong(file: Entry) -> dict[str, Parts]:
    section = file.entry("strong")
    strong: dict[str, Parts] = {}
    names = section.keys()
    for verb in names:
        try:
            strong[verb] = read_parts(verb, tuple(section.text(verb).split()))
        except ValueError as error:
            raise section.fail(verb, str(error)) from None
    section.done()
    return strong


def _choices(raw: Entry, key: str, enum: type[Choice]) -> tuple[Choice, ...]:
    found: list[Choice] = []
    for word in raw.words(key):
        try:
            found.append(enum(word))
        except ValueError:
            raise raw.fail(key, f"{word!r} is none of {', '.join(enum)}") from None
    return tuple(found)


def _content(raw: Entry) -> tuple[str, ...]:
    content = raw.words("content")
    for item in content:
        if item not in PREPOSITIONS and item not in set(Content):
            raise raw.fail("content", f"{item!r} is neither {', '.join(Content)} nor a preposition")
    if not content:
        raise raw.fail("content", "is missing")
    return content


def _object(raw: Entry) -> ObjectRole | None:
    names = raw.keys()
    return raw.choice("object", ObjectRole) if "object" in names else None


def _oblique(raw: Entry) -> dict[str, ObliqueRole]:
    names = raw.keys()
    if "oblique" not in names:
        return {}
    section = raw.entry("oblique")
    roles: dict[str, ObliqueRole] = {}
    prepositions = section.keys()
    for preposition in prepositions:
        if preposition not in PREPOSITIONS:
            raise section.fail(preposition, "is no preposition")
        roles[preposition] = section.choice(preposition, ObliqueRole)
    return roles


def _weight(raw: Entry, default: float) -> float:
    text = raw.optional("weight")
    if text is None:
        return default
    try:
        weight = float(text)
    except ValueError:
        weight = -1.0
    if not 0 <= weight <= 1:
        raise raw.fail("weight", f"expected a number from 0 to 1, found {text!r}")
    return weight


def _read_nouns(file: Entry) -> tuple[tuple[SpeechNoun, ...], NounIndex[SpeechNoun]]:
    index: NounIndex[SpeechNoun] = NounIndex()
    entries: dict[str, SpeechNoun] = {}
    for _, raw in file.children("nouns"):
        given = raw.text("forms").split()
        if len(given) != 4:
            raise raw.fail("forms", f"expected four forms, found {len(given)}")
        noun = given[0]
        raw.where = f"{raw.where} ({noun})"
        if noun in entries:
            raise raw.fail("forms", f"{noun!r} stands twice")
        entry = SpeechNoun(
            noun=noun,
            forms=(given[0], given[1], given[2], given[3]),
            acts=_choices(raw, "acts", Act),
            content=_content(raw),
            oblique=_oblique(raw),
            refers_to=_choices(raw, "refers_to", Act),
            weight=_weight(raw, 0.5),
        )
        if not entry.acts:
            raise raw.fail("acts", "is missing")
        compound = raw.optional("compounds")
        if compound not in (None, "true", "false"):
            raise raw.fail("compounds", f"expected true or false, found {compound!r}")
        raw.done()
        entries[noun] = entry
        index.add(entry, entry.forms, compound=compound != "false")
    index.close(file.words("no_compounds"))
    return tuple(entries.values()), index


def _read_predicatives(file: Entry) -> dict[str, VerbEntry]:
    predicatives: dict[str, VerbEntry] = {}
    for _, raw in file.children("predicatives"):
        given = raw.text("forms").split()
        if len(given) != 3:
            raise raw.fail("forms", f"expected common, neuter and plural, found {len(given)} forms")
        raw.where = f"{raw.where} ({given[0]})"
        entry = VerbEntry(
            verb=given[0],
            acts=_choices(raw, "acts", Act),
            content=_content(raw),
            oblique=_oblique(raw),
            needs=frozenset({Need.HUMAN}),
            negated=_choices(raw, "negated", Act),
            weight=_weight(raw, 0.6),
        )
        if not entry.acts:
            raise raw.fail("acts", "is missing")
        raw.done()
        for form in given:
            if predicatives.setdefault(form, entry) is not entry:
                raise raw.fail("forms", f"{form!r} is already a form of {predicatives[form].verb!r}")
    return predicatives


def _read_source(raw: Entry) -> SourcePhrase:
    phrase = raw.text("phrase")
    slots = [slot for slot in ("{source}", "{genitive}") if slot in phrase]
    if len(slots) != 1:
        raise raw.fail("phrase", "needs one slot, {source} or {genitive}")
    before, _, after = phrase.partition(slots[0])
    source = SourcePhrase(
        before=tuple(before.split()),
        after=tuple(after.split()),
        genitive=slots[0] == "{genitive}",
        acts=_choices(raw, "acts", Act),
        weight=_weight(raw, 0.9),
    )
    raw.done()
    return source


def _read_hearsay(file: Entry) -> dict[str, float]:
    hearsay: dict[str, float] = {}
    for _, raw in file.children("hearsay"):
        weight = _weight(raw, 0.5)
        for form in raw.words("forms"):
            hearsay[form] = weight
        raw.done()
    return hearsay


def _read_governors(file: Entry, strong: Mapping[str, Parts]) -> dict[str, Governor]:
    governors: dict[str, Governor] = {}
    for _, raw in file.children("governors"):
        verb = raw.text("verb")
        raw.where = f"{raw.where} ({verb})"
        listed = raw.words("forms")
        if not listed:
            try:
                parts = conjugate(verb, raw.optional("inflection") or verb, strong)
            except ValueError as error:
                raise raw.fail("inflection", str(error)) from None
            listed = tuple(dict.fromkeys(form for form, _, _ in forms(parts)))
        governor = Governor(verb, listed, raw.flag("reports"), frozenset(raw.words("except")))
        raw.done()
        for form in listed:
            if form in governors:
                raise raw.fail("forms", f"{form!r} is already a form of {governors[form].verb!r}")
            governors[form] = governor
    return governors
