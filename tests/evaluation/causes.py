"""Why an outcome is wrong: the parse, the cue, the quotation, the span, the speaker, coreference, target, act or mode.

The cause is read off the parse and the lexicon, not guessed: a missed verb that no entry knows is a cue error, one that
the tagger took for a noun is a parser error, a speaker that the tree did not hang on its verb is a parser error.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from app.lexicon.load import load_cues
from app.parsing.tree import Tree
from tests.evaluation.score import overlap, word_starts

if TYPE_CHECKING:
    from app.lexicon.cues import CueLexicon
    from app.parsing.tree import Node
    from tests.evaluation.annotations import Annotation, Place
    from tests.evaluation.run import Read
    from tests.evaluation.score import Outcome, TargetOutcome


class Cause(StrEnum):
    """Where an error comes from, in the order of the pipeline."""

    PARSER = "parser"
    QUOTATION = "quotation"
    CUE = "cue"
    SPAN = "span"
    SPEAKER = "speaker"
    COREFERENCE = "coreference"
    TARGET = "target"
    RELATION = "relation"
    ACT = "act"
    MODE = "mode"
    NESTING = "nesting"


@dataclass(frozen=True, slots=True)
class Error:
    """One thing that is wrong: what (``missed``, ``spurious``, a field), why, and the words to see it by."""

    doc_id: str
    claim: str
    kind: str
    cause: Cause
    why: str
    words: str


def errors_in(read: Read) -> Iterator[Error]:
    """Every error in one document, in the order of its outcomes."""
    tree = Tree(read.parsed)
    for outcome in read.outcomes:
        if outcome.optional:
            continue
        if outcome.gold is None:
            yield _spurious(read, outcome)
        elif outcome.system is None:
            yield _missed(read, tree, outcome)
        else:
            yield from _wrong_fields(tree, outcome)


def _spurious(read: Read, outcome: Outcome) -> Error:
    claim = outcome.system
    assert claim is not None
    if claim.cue is None:
        return _error(outcome, "spurious", Cause.QUOTATION, "quotation or label that is no claim")
    if any(o.gold and o.system is None and overlap(o.gold.cue, claim.cue) for o in read.outcomes):
        return _error(outcome, "spurious", Cause.SPAN, "content of the claim with this cue is elsewhere")
    if any(o.matched and o.gold and overlap(o.gold.cue, claim.cue) for o in read.outcomes):
        return _error(outcome, "spurious", Cause.SPAN, "second claim for the same cue")
    return _error(outcome, "spurious", Cause.CUE, "no report")


def _missed(read: Read, tree: Tree, outcome: Outcome) -> Error:
    gold = outcome.gold
    assert gold is not None
    if gold.cue is None:
        return _error(outcome, "missed", Cause.QUOTATION, "quotation or label not seen as a claim")
    if any(o.system and overlap(o.system.cue, gold.cue) for o in read.outcomes if o.gold is None or o.optional):
        return _error(outcome, "missed", Cause.SPAN, "cue found, content elsewhere")
    nodes = tree.between(gold.cue.start, gold.cue.end)
    heads = [node for node in nodes if _lexicon().verb_forms.get(node.lower)]
    if not heads:
        return _error(outcome, "missed", Cause.CUE, f"not in the lexicon: {outcome.document.printed(gold.cue)}")
    if all(node.upos not in {"VERB", "AUX"} for node in heads):
        return _error(outcome, "missed", Cause.PARSER, f"verb tagged {heads[-1].upos}")
    if _is_split(tree, heads[-1], gold):
        return _error(outcome, "missed", Cause.PARSER, "sentence border between cue and content")
    if not _is_attached(tree, gold):
        return _error(outcome, "missed", Cause.PARSER, "source not on the verb in the tree")
    return _error(outcome, "missed", Cause.CUE, f"ruled out: {outcome.document.printed(gold.cue)}")


def _wrong_fields(tree: Tree, outcome: Outcome) -> Iterator[Error]:
    gold, claim = outcome.gold, outcome.system
    assert gold is not None
    assert claim is not None
    text = outcome.document.text
    if not outcome.speaker_ok:
        attached = _is_attached(tree, gold)
        cause = Cause.SPEAKER if attached else Cause.PARSER
        got = outcome.document.printed(claim.speaker)
        yield _error(outcome, "speaker", cause, f"got {got}" + ("" if attached else ", not the subject in the tree"))
    elif not outcome.cue_ok:
        yield _error(outcome, "cue", Cause.CUE, f"got {outcome.document.printed(claim.cue)}")
    elif not outcome.exact:
        if word_starts(text, gold.content) != word_starts(text, claim.content):
            printed = " … ".join(outcome.document.printed(part) for part in claim.content)
            cause = Cause.SPAN if _is_one_piece(tree, gold) else Cause.PARSER
            yield _error(outcome, "content", cause, f"got {printed}")
        else:
            yield _error(outcome, "speaker span", Cause.SPAN, f"got {outcome.document.printed(claim.speaker)}")
    if outcome.entity_ok is False and outcome.speaker_ok:
        yield _error(outcome, "entity", Cause.COREFERENCE, f"{_list(gold)} got {_list(claim)}")
    if not outcome.act_ok:
        yield _error(outcome, "act", Cause.ACT, f"{'/'.join(gold.acts)} got {claim.acts[0]}")
    if not outcome.mode_ok:
        yield _error(outcome, "mode", Cause.MODE, f"{gold.mode} got {claim.mode}")
    if outcome.nesting_ok is False:
        yield _error(outcome, "nesting", Cause.NESTING, f"parent {gold.parent} got {claim.parent}")
    for target in outcome.targets:
        if target.gold is None or target.system is None:
            yield _wrong_target(tree, outcome, target)
        elif target.gold.role != target.system.role:
            why = f"{target.gold.role} got {target.system.role}"
            yield _error(outcome, "role", Cause.TARGET, why)


def _wrong_target(tree: Tree, outcome: Outcome, target: TargetOutcome) -> Error:
    aim = target.gold or target.system
    assert aim is not None
    if target.system is None and aim.role == "about" and aim.mention is not None:
        tops = [node for node in _inside(tree, aim.mention) if not _holds(aim.mention, node.head)]
        if all(node.rel not in {"nsubj", "csubj", "conj"} for node in tops):
            return _error(outcome, "target missed", Cause.PARSER, f"{aim.entity}, no subject in the tree")
    verdict = "missed" if target.system is None else "spurious"
    kind, cause = ("relation", Cause.RELATION) if target.is_relation else ("target", Cause.TARGET)
    return _error(outcome, f"{kind} {verdict}", cause, f"{aim.role} {aim.entity or aim.claim}")


def _is_split(tree: Tree, cue: Node, gold: Annotation) -> bool:
    """Whether the parse ends a sentence between cue and content though they stand in one paragraph."""
    words = [node for part in gold.content for node in tree.between(part.start, part.end)]
    return bool(words) and words[0].paragraph == cue.paragraph and all(node.sentence != cue.sentence for node in words)


def _is_attached(tree: Tree, gold: Annotation) -> bool:
    """Whether the tree hangs the speaker on the cue, as its subject, agent or object of its preposition."""
    if gold.cue is None or gold.speaker is None:
        return True
    speaker = set(map(id, _inside(tree, gold.speaker)))
    cue = _inside(tree, gold.cue)
    children = [child for node in cue for child in node.children]
    heads = [node.head for node in cue if node.head is not None]
    return any(id(node) in speaker for node in (*children, *heads))


def _is_one_piece(tree: Tree, gold: Annotation) -> bool:
    """Whether the content is a piece of the tree: in each sentence one word hangs outside, and nothing hangs on it.

    Coordinated clauses of the narrator's and loose comments do hang on it when all is right, and count for nothing.
    """
    nodes = [node for part in gold.content for node in _inside(tree, part) if node.is_word]
    tops: dict[int, int] = {}
    for node in nodes:
        if not any(_holds(part, node.head) for part in gold.content):
            tops[node.sentence] = tops.get(node.sentence, 0) + 1
        for child in node.children:
            inside = any(_holds(place, child) for place in (*gold.content, gold.cue, gold.speaker) if place)
            if child.is_word and not inside and child.rel not in {"conj", "cc", "parataxis", "case", "mark"}:
                return False
    return max(tops.values(), default=0) <= 1


def _holds(place: Place, node: Node | None) -> bool:
    return node is not None and place.start <= node.start and node.end <= place.end


def _inside(tree: Tree, place: Place) -> list[Node]:
    return tree.between(place.start, place.end)


def _list(claim: Annotation) -> str:
    return ", ".join(claim.entities or ()) or "-"


def _error(outcome: Outcome, kind: str, cause: Cause, why: str) -> Error:
    claim = outcome.gold or outcome.system
    assert claim is not None
    printed = outcome.document.printed
    content = " … ".join(printed(part) for part in claim.content)
    words = f"[{printed(claim.speaker)}] <{printed(claim.cue)}> {content}"
    return Error(outcome.document.doc_id, claim.id, kind, cause, why, words)


@cache
def _lexicon() -> CueLexicon:
    return load_cues("sv")
