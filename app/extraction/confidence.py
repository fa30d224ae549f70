"""How sure a claim is: what its rules, its cue and its parse look like, weighed as on annotated articles.

Each field has a logistic model over signs: the sum of the weights of the signs that a claim shows, plus a constant, is
the log odds that the field is right. Weights, their counts and the threshold of the ``auto`` tier stand in
``calibration.yaml``, which ``python -m tests.evaluation.calibrate`` writes. A sign that is not listed there weighs
nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from app.domain.claim import Confidence
from app.errors import LexiconError
from app.extraction.draft import CueKind
from app.extraction.structure import ParagraphKind

if TYPE_CHECKING:
    from app.extraction.draft import Draft, Reading
    from app.parsing.tree import Node
    from app.resolution.clusters import Cluster
    from app.resolution.linking import Linker

CALIBRATION = Path(__file__).parent / "calibration.yaml"

_DIGITS = 3
_RIVAL_SENTENCES = 3
"""Sentences back in which another person may be the one that a pronoun means."""


class Field(StrEnum):
    """What has a probability of its own.

    ``OVERALL``: it is a claim, with this cue and this source. The others hold if it is one: ``SPEAKER`` that the words
    and the actor named are right, ``CONTENT`` that no word is missing or too many, ``TARGET`` that no target is missing
    or too many, ``ACT`` that the act is right.
    """

    OVERALL = "overall"
    SPEAKER = "speaker"
    CONTENT = "content"
    TARGET = "target"
    ACT = "act"


@dataclass(frozen=True, slots=True)
class Calibration:
    """The fitted models: for each field a constant and the weight of each sign, in log odds.

    ``auto`` is the overall probability from which the full attribution of a claim was right in at least 98 of 100 cases
    when the models were tried on articles they had not seen; how it was measured stands beside it in the file.
    """

    constants: Mapping[Field, float]
    weights: Mapping[Field, Mapping[str, float]]
    auto: float

    def probability(self, field: Field, signs: Iterator[str]) -> float:
        """The probability that the field of a claim with these signs is right, rounded to thousandths."""
        weights = self.weights[field]
        odds = self.constants[field] + sum(weights.get(sign, 0.0) for sign in signs)
        return round(1.0 / (1.0 + math.exp(-odds)), _DIGITS)


@cache
def load_calibration(path: Path = CALIBRATION) -> Calibration:
    """The calibration in the file, read once. Raises ``LexiconError`` naming what is wrong with it."""
    try:
        raw = yaml.safe_load(path.read_text("utf-8"))
        fields = {Field(name): entry for name, entry in raw["fields"].items()}
        calibration = Calibration(
            {field: float(entry["constant"]) for field, entry in fields.items()},
            {field: {sign: float(w) for sign, w in entry["weights"].items()} for field, entry in fields.items()},
            float(raw["auto"]["threshold"]),
        )
    except (OSError, yaml.YAMLError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise LexiconError(f"{path.name}: {error!r}") from error
    if missing := set(Field) - set(fields):
        raise LexiconError(f"{path.name}: no fields {', '.join(sorted(missing))}")
    return calibration


def confidence_of(reading: Reading, linker: Linker, draft: Draft) -> Confidence:
    """The probabilities that the finished draft and its fields are right."""
    calibration = load_calibration()
    found = {field: calibration.probability(field, signs(field, reading, linker, draft)) for field in Field}
    return Confidence(**{field.value: probability for field, probability in found.items()})


def signs(field: Field, reading: Reading, linker: Linker, draft: Draft) -> Iterator[str]:
    """What of the draft bears on the field, as ``name=value``."""
    yield from _rules(draft)
    yield from _place(reading, draft)
    if field is not Field.ACT:
        yield from _attachment(draft)
    if field in {Field.OVERALL, Field.SPEAKER}:
        yield from _source(reading, linker, draft)
    if field in {Field.OVERALL, Field.CONTENT}:
        yield from _content(reading, draft)
    if field is Field.CONTENT:
        yield from _fit(reading, draft)
    if field in {Field.TARGET, Field.ACT}:
        yield f"act={draft.act.value}"
    if field is Field.TARGET:
        yield from _targets(linker, draft)
    if field is Field.ACT:
        yield f"act rule={draft.evidence.get('act', '').partition('-')[0]}"


def _rules(draft: Draft) -> Iterator[str]:
    """The rules that fired, and how often the cue is a report by the lexicon's own estimate."""
    yield f"content rule={draft.evidence.get('content', 'none')}"
    yield f"mode={draft.mode.value}"
    cue = draft.cue
    if cue is None:
        yield "cue=none"
        return
    yield f"cue={cue.kind.value}{' behind' if cue.postposed else ''}"
    if cue.entry is not None:
        weight = cue.entry.weight
        yield f"cue weight={_bucket(weight, (0.35, 0.55, 0.75, 0.9))}"
        yield f"frame={draft.frame}"
    if cue.kind is CueKind.VERB and len(cue.nodes) > 1:
        yield f"cue words={'negated' if cue.negated else 'several'}"
    if cue.quoted:
        yield "cue quoted"


def _place(reading: Reading, draft: Draft) -> Iterator[str]:
    """The paragraph, the length of the sentence, and other cues in it."""
    kind = reading.kinds[draft.paragraph]
    if kind is not ParagraphKind.BODY:
        yield f"paragraph={kind.value}"
    if draft.parent is not None:
        yield "nested"
    if draft.cue is not None:
        sentence = reading.tree.sentences[draft.cue.head.sentence]
        yield f"sentence words={_bucket(len(sentence), (10, 20, 30, 45))}"
        others = sum(other.head.i in sentence for other in reading.cues) - 1
        yield f"other cues={min(others, 2)}"


def _attachment(draft: Draft) -> Iterator[str]:
    """Whether the parse hangs source and content on the cue, as it does when all is plain."""
    cue, head, content = draft.cue, draft.speaker_head, draft.content_head
    if cue is None:
        return
    if cue.kind is CueKind.VERB:
        yield f"cue tag={cue.head.upos}"
        if head is not None:
            yield f"source relation={head.rel if head.head is cue.head else 'other'}"
    if content is not None:
        yield f"content relation={content.rel if content.head is cue.head else 'other'}"


def _source(reading: Reading, linker: Linker, draft: Draft) -> Iterator[str]:
    """How the source was found, what it is, and how it was told who it is."""
    yield f"source rule={draft.evidence.get('speaker', 'none')}"
    head = draft.speaker_head
    yield f"sources={min(len(draft.actors), 2)}"
    if head is None:
        return
    yield f"source tag={head.upos}"
    if draft.cue is not None:
        yield f"source distance={_bucket(abs(head.i - draft.cue.head.i), (2, 5, 10))}"
    cluster = linker.cluster_of(head)
    if cluster is None:
        yield "actor=unknown"
        return
    yield f"actor={cluster.kind.value}{'' if cluster.named else ' unnamed'}"
    yield f"actor mentions={_bucket(len(cluster.mentions), (2, 4, 8))}"
    if head.upos == "PROPN":
        yield f"source entity={head.word.ner.rpartition('-')[2]}"
    rule = next((rule for mention, rule in cluster.mentions if mention.head is head), "none")
    yield f"link rule={rule}"
    if head.upos == "PRON":
        yield f"rivals={min(_rivals(linker, cluster, head), 2)}"


def _rivals(linker: Linker, chosen: Cluster, pronoun: Node) -> int:
    """How many other persons were mentioned shortly before the pronoun."""
    return sum(
        other is not chosen
        and other.is_person
        and any(
            0 <= pronoun.sentence - m.head.sentence <= _RIVAL_SENTENCES and m.head.i < pronoun.i
            for m, _ in other.mentions
        )
        for other in linker.set.clusters
    )


def _content(reading: Reading, draft: Draft) -> Iterator[str]:
    """How much is said, in how many parts, and whether it opens and ends as a clause or a quotation does."""
    words = sum(node.is_word for part in draft.content for node in reading.tree.between(*part))
    yield f"content words={_bucket(words, (3, 6, 15, 30))}"
    if len(draft.content) > 1:
        yield "content in parts"
    after = reading.text[draft.content[-1][1] : draft.content[-1][1] + 1]
    yield f"content ends at={after if after in {'.', ',', '”', '!', '?'} else 'other'}"


def _fit(reading: Reading, draft: Draft) -> Iterator[str]:
    """Whether the tree takes the content for one piece: one word hangs outside, and nothing outside hangs on it."""
    inside = [node for part in draft.content for node in reading.tree.between(*part) if node.is_word]
    numbers = {node.i for node in inside}
    hanging = [node for node in inside if node.head is None or node.head.i not in numbers]
    tops = max((sum(node.sentence == other.sentence for other in hanging) for node in hanging), default=0)
    yield f"content tops={min(tops, 3)}"
    own = {node.i for node in (*draft.speaker_nodes, *(draft.cue.nodes if draft.cue else ()))}
    loose = [
        child
        for node in inside
        for child in node.children
        if child.is_word and child.i not in numbers and child.i not in own and child.rel not in {"parataxis", "cc"}
    ]
    yield f"content torn from={min(len(loose), 2)}"


def _targets(linker: Linker, draft: Draft) -> Iterator[str]:
    """How many targets there are, of what role and kind."""
    yield f"targets={min(len(draft.targets), 2)}"
    for target in draft.targets[:1]:
        yield f"role={target.role.value}"
        cluster = linker.cluster_of(target.node) if target.node is not None else None
        if cluster is not None:
            yield f"target={cluster.kind.value}{'' if cluster.named else ' unnamed'}"


def _bucket(value: float, borders: tuple[float, ...]) -> str:
    """The stretch between borders that the value lies in: ``<10``, ``10+``, ``20+``."""
    below = [border for border in borders if value >= border]
    return f"{below[-1]:g}+" if below else f"<{borders[0]:g}"
