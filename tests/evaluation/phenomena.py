"""What is hard about a claim, read off its annotation: the rows of the table of scores per phenomenon.

The same functions look at gold claims and at spurious system claims, so that precision is defined for each row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.evaluation.annotations import Annotation, Document
    from tests.evaluation.score import Outcome

_PRONOUNS = frozenset({"han", "hon", "hen", "de", "den", "det", "man", "vi", "jag"})
_COORDINATORS = (" och ", " samt ", " respektive ")
_SOURCE_PHRASES = frozenset({"enligt"})
_NEGATIONS = frozenset({"inte", "ej", "aldrig"})


def of(document: Document, claim: Annotation) -> Iterator[str]:
    """The names of all phenomena that the claim shows."""
    yield f"mode: {claim.mode}"
    yield f"cue: {_cue_kind(document, claim)}"
    yield from (f"act: {act}" for act in claim.acts[:1])
    for name, shows in _TESTS.items():
        if shows(document, claim):
            yield name


def by_phenomenon(outcomes: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    """The outcomes that show each phenomenon, by name in alphabetical order."""
    found: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        claim = outcome.gold or outcome.system
        assert claim is not None
        for name in of(outcome.document, claim):
            found.setdefault(name, []).append(outcome)
    return dict(sorted(found.items()))


def _cue_kind(document: Document, claim: Annotation) -> str:
    if claim.cue is None:
        return "none"
    words = document.printed(claim.cue).lower().split()
    return "enligt" if words[0] in _SOURCE_PHRASES else "verb"


def _is_passive(document: Document, claim: Annotation) -> bool:
    """An s-form as cue ("uppges", "anklagas"), or one with "av" before its speaker."""
    if claim.cue is None:
        return False
    verb = document.printed(claim.cue).lower().split()[-1]
    if claim.speaker is not None and document.text[: claim.speaker.start].rstrip().endswith(" av"):
        return True
    return verb.endswith("s") and claim.speaker is None and verb not in _SOURCE_PHRASES


def _is_inverted(document: Document, claim: Annotation) -> bool:
    """The content stands before the cue, and the cue before the speaker: "…, sade han"."""
    return (
        claim.cue is not None
        and claim.speaker is not None
        and claim.content[0].end <= claim.cue.start < claim.speaker.start
    )


def _has_many_speakers(document: Document, claim: Annotation) -> bool:
    if claim.entities is not None and len(claim.entities) > 1:
        return True
    return claim.entities is None and any(word in document.printed(claim.speaker) for word in _COORDINATORS)


def _is_broken(document: Document, claim: Annotation) -> bool:
    return len(claim.content) > 1


def _has_pronoun(document: Document, claim: Annotation) -> bool:
    return document.printed(claim.speaker).lower() in _PRONOUNS


def _runs_on(document: Document, claim: Annotation) -> bool:
    return claim.cue is None and claim.speaker is None and claim.mode == "direct"


def _is_anonymous(document: Document, claim: Annotation) -> bool:
    return claim.speaker is None and not claim.entities


def _is_negated(document: Document, claim: Annotation) -> bool:
    return claim.cue is not None and bool(_NEGATIONS & set(document.printed(claim.cue).lower().split()))


def _is_apart(document: Document, claim: Annotation) -> bool:
    """Nothing of the content stands in the paragraph of its cue."""
    if claim.cue is None:
        return False
    between = sorted((claim.cue, claim.content[0]), key=lambda place: place.start)
    return "\n" in document.text[between[0].end : between[1].start]


_TESTS: Mapping[str, Callable[[Document, Annotation], bool]] = {
    "anonymous source": _is_anonymous,
    "broken content": _is_broken,
    "cue in another paragraph": _is_apart,
    "inverted": _is_inverted,
    "negated cue": _is_negated,
    "nested": lambda _, claim: claim.parent is not None,
    "passive": _is_passive,
    "pronoun as speaker": _has_pronoun,
    "relation": lambda _, claim: any(aim.role == "claim" for aim in claim.targets),
    "run-on quotation": _runs_on,
    "several speakers": _has_many_speakers,
    "target": lambda _, claim: any(aim.role != "claim" for aim in claim.targets),
}
