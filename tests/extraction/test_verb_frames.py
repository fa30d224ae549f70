"""Every verb of the lexicon reports in the sentences that news is made of, whoever stands where.

Written for the purpose, one sentence for a verb and a way to build it: what they measure is the parse and the rules,
not the words. A floor is what was reached; the verbs below it are mostly tagged as something else ("framför", "posta").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from app.extraction.extractor import Extractor
from app.lexicon.load import load_cues
from app.lexicon.schema import Content, Speaker, Tense, Voice

if TYPE_CHECKING:
    from app.lexicon.schema import VerbEntry
    from app.parsing.parser import Parser

LEAST_WEIGHT = 0.6
"""Lighter verbs report only now and then."""
EVERY = 2
"""One verb of so many: all of them take a minute."""

SENTENCES = {
    "subject first": (Tense.PRESENT, "Facket {verb}{particle} att priset höjs nästa år."),
    "perfect": (Tense.SUPINE, "Facket har {verb}{particle} att priset höjs nästa år."),
    "behind a day": (Tense.PRETERITE, "På tisdagen {verb} ministern Eva Holm{particle} att priset höjs nästa år."),
    "behind yesterday": (Tense.PRETERITE, "I går {verb} ordföranden{particle} att priset höjs nästa år."),
    "behind a venue": (Tense.PRETERITE, "I ett uttalande {verb} facket{particle} att priset höjs nästa år."),
    "coordinated": (Tense.PRESENT, "Facket är kritiskt och {verb}{particle} att priset höjs nästa år."),
    "relative": (Tense.SUPINE, "Ministern Eva Holm, som har {verb}{particle} att priset höjs, lämnar politiken."),
    "adverb between": (Tense.PRESENT, "Facket {verb} samtidigt{particle} att priset höjs nästa år."),
    "clause in front": (Tense.PRESENT, "Att priset höjs {verb} facket{particle}."),
}

FLOORS = {
    "subject first": 0.98,
    "perfect": 0.98,
    "behind a day": 0.98,
    "behind yesterday": 0.97,
    "behind a venue": 0.97,
    "coordinated": 0.97,
    "relative": 0.98,
    "adverb between": 0.96,
    "clause in front": 0.96,
}


def _verbs() -> Iterator[tuple[VerbEntry, dict[Tense, str]]]:
    """The entries that govern a clause, with their active forms."""
    forms: dict[int, dict[Tense, str]] = {}
    entries: dict[int, VerbEntry] = {}
    for word, readings in load_cues("sv").verb_forms.items():
        for reading in readings:
            if reading.voice is Voice.ACTIVE:
                entries[id(reading.entry)] = reading.entry
                forms.setdefault(id(reading.entry), {}).setdefault(reading.tense, word)
    for key, entry in entries.items():
        plain = bool(entry.acts) and not entry.nouns and entry.weight >= LEAST_WEIGHT
        if plain and entry.speaker is Speaker.SUBJECT and entry.allows(Content.ATT):
            yield entry, forms[key]


VERBS = [*_verbs()][::EVERY]


@pytest.mark.parametrize("name", SENTENCES)
def test_verbs_report(parser: Parser, name: str) -> None:
    tense, pattern = SENTENCES[name]
    verbs = [(entry, forms[tense]) for entry, forms in VERBS if tense in forms]
    texts = []
    for entry, form in verbs:
        particle = "".join(f" {word}" for word in entry.particle)
        texts.append(pattern.format(verb=form + " sig" * entry.reflexive, particle=particle))
    extractor = Extractor(parser)
    missed = []
    for text, (_, form), parsed in zip(texts, verbs, parser.parse_many(texts), strict=True):
        reading, _ = extractor.read(parsed)
        cues = [draft.cue for draft in reading.drafts if draft.cue is not None and draft.actors]
        if not any(node.lower == form for cue in cues for node in cue.nodes):
            missed.append(text)
    assert len(verbs) > 100
    assert 1 - len(missed) / len(verbs) >= FLOORS[name], missed
