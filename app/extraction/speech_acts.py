"""The act and the mode of each claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.claim import Act, Mode
from app.extraction.draft import CueKind
from app.extraction.false_clauses import (
    FALSE_CLAUSE,
    TRUE_CLAUSE,
    false_clause,
    true_clause,
)
from app.extraction.quotations import QuotationKind
from app.extraction.replies import (
    calls_a_claim_true,
    calls_a_claim_wrong,
    calls_false,
    calls_unverified,
    calls_wrong,
    judges_a_deed,
    names_a_claim,
    rejects_somebody,
    says_no_such_thing,
    verifies,
)
from app.extraction.structure import ParagraphKind

if TYPE_CHECKING:
    from app.extraction.draft import Cue, Draft, Reading

_CALLED_FOR = frozenset({"på", "efter", "inf"})
"""Frames in which a verb that may demand does: "ropar *på en granskning*"."""

_INVERTED = 3
"""Words of an inverted clause at least: verb, subject and what is said of it."""
_WITH_CLAUSE = "med att "
_MARKS = '"”“»«'
_SAID = frozenset({"quote", "source", "att"})
"""Frames of what is said in words of its own, not named."""


def set_acts_and_modes(reading: Reading) -> None:
    """Give every draft its act, from cue and content, and its mode, from the marks around and inside the content."""
    for draft in reading.drafts:
        draft.mode, draft.evidence["mode"] = _mode(reading, draft)
        draft.act, draft.evidence["act"] = _act(reading, draft)


def _mode(reading: Reading, draft: Draft) -> tuple[Mode, str]:
    start, end = draft.content[0][0], draft.content[-1][1]
    for quotation in reading.quotations:
        inside = quotation.start - 1 <= start and draft.content[0][1] <= quotation.outer_end
        if inside and (draft.frame == "quote" or draft.cue is None):
            return Mode.DIRECT, f"quotation-{quotation.kind.value}"
    if _is_bare_speech(reading, draft):
        return Mode.DIRECT, "unmarked-speech"
    if draft.frame == "quote" and _speaks_of_self(reading, draft):
        return Mode.DIRECT, "first-person"
    unmarked = reading.kinds[draft.paragraph] is ParagraphKind.HEADLINE and draft.quotation is None
    if draft.frame == "quote" and draft.evidence["content"] == "quoted-complement" and not unmarked:
        return Mode.DIRECT, "after-colon"
    quoted = any(
        q.kind in {QuotationKind.MARKS, QuotationKind.UNCLOSED} and q.outer_start >= start - 1 and q.start < end
        for q in reading.quotations
    )
    if quoted:
        return Mode.MIXED, "quoted-words-inside"
    return Mode.INDIRECT, "no-marks"


def _is_question(reading: Reading, draft: Draft) -> bool:
    """Whether the words are one question: they end in a question mark and hold no other full stop."""
    end = draft.content[-1][1]
    said = reading.text[draft.content[0][0] : end]
    return reading.text[end : end + 1] == "?" and len(draft.content) == 1 and not any(mark in said for mark in ".!?")


def _is_neutral(cue: Cue) -> bool:
    """Whether the cue itself says nothing about the act: säga, svara, skriva."""
    return cue.entry is not None and bool(cue.entry.acts) and cue.entry.acts[0] is Act.STATEMENT


def _may_deny(cue: Cue) -> bool:
    """Whether the cue itself may deny: invända."""
    return cue.entry is not None and Act.DENIAL in cue.entry.acts


def _is_opinion(cue: Cue) -> bool:
    return cue.entry is not None and cue.entry.acts[:1] == (Act.OPINION,)


def _is_bare_speech(reading: Reading, draft: Draft) -> bool:
    """A passage torn from an article loses its dash: "Det blir kallt, säger hon." is speech where nothing is marked."""
    cue = draft.cue
    unmarked = len(reading.kinds) == 1 and not reading.quotations
    verb = cue.entry.verb if cue is not None and cue.entry is not None else ""
    return unmarked and draft.evidence["content"] == "preposed-clause" and verb in reading.grammar.direct_speech_verbs


def _speaks_of_self(reading: Reading, draft: Draft) -> bool:
    """Whether a headline lets the speaker say "vi": "L: Vi fick veta det i går"."""
    said = (node for part in draft.content for node in reading.tree.between(*part))
    pronouns = (reading.entities.pronouns.get(node.lower) for node in said)
    own = any(pronoun is not None and pronoun.person == 1 for pronoun in pronouns)
    return own and reading.kinds[draft.paragraph] is ParagraphKind.HEADLINE


def _subject_first(reading: Reading, said: str) -> str:
    """The words in the order of a statement: "(Enligt bolaget) *stämmer det* inte" is "det stämmer inte"."""
    words = said.split(maxsplit=2)
    if len(words) < _INVERTED or words[1].lower() not in reading.grammar.demonstratives:
        return said
    return f"{words[1]} {words[0].lower()} {words[2]}"


def _act(reading: Reading, draft: Draft) -> tuple[Act, str]:
    cue = draft.cue
    said = reading.text[draft.content[0][0] : draft.content[-1][1]]
    if draft.frame == "source":
        # "*Det är* enligt ministern *”ett missförstånd”*"
        said = _subject_first(reading, " ".join(reading.text[start:end].strip(_MARKS) for start, end in draft.content))
    holds = cue is None or cue.kind is not CueKind.VERB or _is_neutral(cue) or _is_opinion(cue)
    if (
        cue is not None
        and cue.negated
        and draft.frame == "att"
        and _is_opinion(cue)
        and calls_a_claim_true(reading, draft)
    ):
        # "Hon tycker *inte* att kritiken är befogad"
        return Act.DENIAL, "calls-a-claim-wrong"
    clause = draft.frame in _SAID or said.lower().startswith(_WITH_CLAUSE)
    if clause and holds and calls_a_claim_wrong(reading, draft):
        # "Kritiken är obefogad, tycker Sjöö"
        return Act.DENIAL, "calls-a-claim-wrong"
    denies = cue is None or cue.kind is not CueKind.VERB or _is_neutral(cue) or _may_deny(cue)
    if draft.frame in _SAID and denies and false_clause(reading, draft):
        return Act.DENIAL, FALSE_CLAUSE
    if draft.frame in _SAID and denies and true_clause(reading, draft):
        return Act.CONFIRMATION, TRUE_CLAUSE
    if draft.frame == "quote" and denies and says_no_such_thing(reading, draft):
        return Act.DENIAL, "denies-such-a-thing"
    if draft.frame in _SAID and (cue is None or cue.kind is not CueKind.VERB or _is_neutral(cue)):
        if reading.replies.opens_denial(said):
            return Act.DENIAL, "opens-as-denial"
        if reading.replies.opens_confirmation(said):
            return Act.CONFIRMATION, "opens-as-confirmation"
        if calls_a_claim_true(reading, draft):
            return Act.CONFIRMATION, "calls-a-claim-true"
        verified = verifies(reading, draft) if draft.frame in {"quote", "att"} else None
        if verified is not None:
            return verified, "speaks-of-confirming"
    if cue is not None and cue.kind is CueKind.NOUN:
        return draft.act, "cue-noun"
    if draft.frame in _SAID and holds and calls_unverified(reading, draft):
        return Act.UNVERIFIED, "calls-a-claim-unverified"
    if draft.frame == "quote" and (cue is None or _is_neutral(cue)) and _is_question(reading, draft):
        return Act.QUESTION, "question-mark"
    if cue is None or cue.kind is not CueKind.VERB or cue.entry is None:
        return Act.STATEMENT, "default"
    if draft.frame in {"att", "quote", "inf"} and _is_neutral(cue) and calls_false(reading, draft):
        return Act.DENIAL, "calls-claims-false"
    if draft.frame == "quote" and Act.DENIAL in cue.entry.acts and calls_wrong(reading, draft):
        return Act.DENIAL, "calls-a-thing-wrong"
    shared = Act.SUPPORT in cue.entry.acts
    if names_a_claim(reading, draft) and not shared and not judges_a_deed(reading, draft):
        return Act.DENIAL, "calls-a-claim-names"
    if Act.DEMAND in cue.entry.acts[1:] and draft.frame in _CALLED_FOR:
        return Act.DEMAND, "called-for"
    if draft.frame in {"obj", "som"} and cue.entry.acts[:1] == (Act.DENIAL,) and rejects_somebody(reading, draft):
        return Act.CRITICISM, "rejects-somebody"
    acts = cue.entry.negated if cue.negated and cue.entry.negated else cue.entry.acts
    return acts[0], f"cue-{cue.entry.name}"
