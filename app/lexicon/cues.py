"""The cues of one language, indexed by word form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.lexicon.nouns import NounHit, NounIndex
from app.lexicon.schema import Governor, SourcePhrase, SpeechNoun, VerbEntry, VerbForm


@dataclass(frozen=True, slots=True)
class CueLexicon:
    """The cues of one language. All look-ups take lower-case words.

    - ``verb_forms``: form → what it can be a form of, light verbs included; the caller checks particle, reflexive,
      object noun and frame.
    - ``predicatives``: form → adjective of opinion behind "vara" or "bli" ("är kritisk till"), its frame as a verb's.
    - ``sources``: phrases that name a source. ``impersonal_heads`` after "enligt" are hearsay without a speaker
      ("enligt uppgift"), ``no_source_heads`` no source at all ("enligt planerna").
    - ``hearsay``: auxiliary → weight: over a perfect infinitive it marks hearsay ("ska ha skjutit").
    - ``no_labels``: words before a colon at the start of a line that are no speaker ("Foto:").
    - ``governors``: form → verb over a cue. ``infinitive_blockers``: words over an infinitive that make it no report
      ("för att kräva").
    """

    language: str
    verbs: tuple[VerbEntry, ...]
    verb_forms: Mapping[str, tuple[VerbForm, ...]]
    nouns: tuple[SpeechNoun, ...]
    noun_index: NounIndex[SpeechNoun]
    predicatives: Mapping[str, VerbEntry]
    sources: tuple[SourcePhrase, ...]
    impersonal_heads: frozenset[str]
    no_source_heads: frozenset[str]
    hearsay: Mapping[str, float]
    no_labels: frozenset[str]
    governors: Mapping[str, Governor]
    infinitive_blockers: frozenset[str]

    def noun_by_head(self, word: str) -> NounHit[SpeechNoun] | None:
        """The speech noun that ``word`` is a form or a compound of ("brottsanklagelserna"), or ``None``."""
        return self.noun_index.find(word)

    def is_impersonal(self, head: str) -> bool:
        """Whether "enligt ``head``" is hearsay without a speaker."""
        return _listed(head, self.impersonal_heads)

    def is_no_source(self, head: str) -> bool:
        """Whether "enligt ``head``" names no source."""
        return _listed(head, self.no_source_heads)

    def reports_under(self, governor: str, cue: str) -> bool:
        """Whether the cue with infinitive ``cue`` still reports under the verb form ``governor``.

        Holds for a governor that is not listed: only listed ones are known to take a report back.
        """
        entry = self.governors.get(governor)
        return entry is None or entry.reports != (cue in entry.except_for)


def _listed(head: str, heads: frozenset[str]) -> bool:
    """Whether ``head`` stands in the list, by itself or as a compound of an item with a hyphen first ("-planen")."""
    return head in heads or any(head.endswith(item[1:]) for item in heads if item.startswith("-"))
