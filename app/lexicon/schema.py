"""What an attribution cue is made of: verbs with their frames, nouns, phrases and what takes a report back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.claim import Act


class Content(StrEnum):
    """Complements that can hold what was said, beside prepositions, which are named by themselves ("för", "om")."""

    ATT = "att"  # finite clause, with or without its complementizer
    WH = "wh"  # interrogative clause, "om" and "huruvida" included
    INF = "inf"  # infinitive, with or without its marker
    QUOTE = "quote"  # quotation, or a clause set before the cue without a complementizer
    OBJ = "obj"  # noun phrase
    SOM = "som"  # object with a predicate: "beskriver läget som allvarligt"


class ObjectRole(StrEnum):
    """What the direct object of a cue is."""

    ADDRESSEE = "addressee"
    ACCUSED = "accused"
    EVALUATED = "evaluated"
    CONTENT = "content"
    CLAIM = "claim"


class ObliqueRole(StrEnum):
    """What a prepositional complement of a cue is, where it is no content."""

    ADDRESSEE = "addressee"
    ACCUSED = "accused"
    EVALUATED = "evaluated"
    ABOUT = "about"
    CLAIM = "claim"


class Need(StrEnum):
    """What must be there before a cue with other senses counts as a report."""

    CONTENT = "content"  # a finite clause or a quotation; a noun phrase or an infinitive is not enough
    QUOTE = "quote"  # a quotation
    HUMAN = "human"  # a subject that can speak: person, organisation, state


class Passive(StrEnum):
    """Which s-passives (and passives with "bli") of a cue report something."""

    AGENT = "agent"  # "kritiseras av X"; without an agent the speaker is unknown
    IMPERSONAL = "impersonal"  # "det uppges att …"
    RAISING = "raising"  # "X uppges ha …": the subject belongs to the content


class Speaker(StrEnum):
    """Where the speaker of an active cue stands."""

    SUBJECT = "subject"
    OBLIQUE = "oblique"  # "får kritik av X", "hotas med stämning av X": an agent phrase with "av" or "från"
    VENUE = "venue"  # "heter det i ett uttalande från X": where the words stand


class Voice(StrEnum):
    """Active form, s-passive, or past participle."""

    ACTIVE = "active"
    PASSIVE = "passive"
    PARTICIPLE = "participle"


class Tense(StrEnum):
    """Tense, or non-finite form."""

    INFINITIVE = "infinitive"
    PRESENT = "present"
    PRETERITE = "preterite"
    SUPINE = "supine"
    IMPERATIVE = "imperative"
    PARTICIPLE = "participle"


PREPOSITIONS = frozenset(
    {
        "om",
        "för",
        "till",
        "mot",
        "på",
        "över",
        "av",
        "med",
        "kring",
        "inför",
        "i",
        "vid",
        "från",
        "bakom",
        "åt",
        "hos",
        "ur",
        "efter",
        "mellan",
        "angående",
        "gällande",
        "runt",
        "under",
        "emot",
    }
)
"""Prepositions that data may name as content or oblique; anything else there is a spelling mistake."""


@dataclass(frozen=True, slots=True)
class VerbEntry:
    """A reporting verb, with its particle, reflexive or object noun, and the frame in which it reports.

    ``particle`` is the words that must follow ("fast", "avstånd"); subject, adverbs and object may stand between the
    verb and them where ``separable``. "sig" in it means any reflexive pronoun. Where entries compete, the longest
    particle wins. ``nouns`` are the object nouns of a light verb construction ("rikta *kritik* mot"), as
    lemmas, one of which must be the verb's object. ``acts``: the default first; empty for a cue that reports only when
    negated. ``content``: :class:`Content` values and prepositions in order of preference; one of them must be found.
    ``oblique``: preposition → role. ``negated``: the acts that negation turns the cue into; empty: negated, it is no
    report. ``weight``: how often a match is a claim, in [0, 1], our estimate from reading Swedish news.
    """

    verb: str
    acts: tuple[Act, ...]
    content: tuple[str, ...]
    particle: tuple[str, ...] = ()
    separable: bool = True
    reflexive: bool = False
    nouns: tuple[str, ...] = ()
    object: ObjectRole | None = None
    oblique: Mapping[str, ObliqueRole] = field(default_factory=dict, hash=False)
    needs: frozenset[Need] = frozenset()
    passive: frozenset[Passive] = frozenset()
    negated: tuple[Act, ...] = ()
    speaker: Speaker = Speaker.SUBJECT
    weight: float = 0.9

    @property
    def key(self) -> tuple[str, tuple[str, ...], bool, tuple[str, ...]]:
        """What makes the entry different from every other."""
        return self.verb, self.particle, self.reflexive, self.nouns

    @property
    def name(self) -> str:
        """The cue as one reads it: "ställa sig bakom", "rikta kritik"."""
        words = [self.verb, *(["sig"] if self.reflexive else []), *self.particle, "/".join(self.nouns)]
        return " ".join(word for word in words if word)

    @property
    def content_prepositions(self) -> tuple[str, ...]:
        """The prepositions that introduce the content, in order of preference."""
        return tuple(item for item in self.content if item in PREPOSITIONS)

    def allows(self, content: Content) -> bool:
        """Whether the content may be this kind of complement."""
        return content.value in self.content


@dataclass(frozen=True, slots=True)
class VerbForm:
    """What a word form is: which entry, in which voice and tense."""

    entry: VerbEntry
    voice: Voice
    tense: Tense


@dataclass(frozen=True, slots=True)
class SpeechNoun:
    """A noun that carries content ("kravet att …") and points back at earlier claims ("denna anklagelse").

    ``content``: as of a verb. ``oblique``: preposition → role ("kritik *mot* X"). ``refers_to``: the acts of the claims
    it can mean, best first. ``forms``: indefinite and definite singular, indefinite and definite plural.
    """

    noun: str
    forms: tuple[str, str, str, str]
    acts: tuple[Act, ...]
    content: tuple[str, ...]
    oblique: Mapping[str, ObliqueRole] = field(default_factory=dict, hash=False)
    refers_to: tuple[Act, ...] = ()
    weight: float = 0.5


@dataclass(frozen=True, slots=True)
class SourcePhrase:
    """Words around a source: "enligt X", "i X:s ögon", "om man får tro X". Lower case.

    ``genitive``: the source stands in the genitive between ``before`` and ``after``.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    genitive: bool
    acts: tuple[Act, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Governor:
    """A verb over a cue, and whether the cue under it still reports ("kan bekräfta": yes, "kan hävda": no).

    ``reports``: what holds for a cue that ``except_for`` does not list by its infinitive; for those the opposite holds.
    """

    verb: str
    forms: tuple[str, ...]
    reports: bool
    except_for: frozenset[str]
