"""A claim while it is being built: what the steps of the sequence hand on to one another."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from app.domain.claim import Act, Mode, RelationKind, TargetRole
from app.domain.span import Span
from app.lexicon.schema import Voice

if TYPE_CHECKING:
    from app.extraction.quotations import Quotation
    from app.extraction.structure import ParagraphKind
    from app.lexicon.cues import CueLexicon
    from app.lexicon.entity_lexicon import EntityLexicon
    from app.lexicon.grammar import Grammar
    from app.lexicon.replies import Replies
    from app.lexicon.schema import VerbEntry
    from app.parsing.tree import Node, Tree


class CueKind(StrEnum):
    """What sort of words mark the attribution."""

    VERB = "verb"
    PREPOSITION = "preposition"
    NOUN = "noun"


@dataclass(eq=False, slots=True)
class Cue:
    """Words that may mark an attribution. ``nodes`` is the printed cue; ``head`` its verb, preposition or noun."""

    kind: CueKind
    head: Node
    nodes: list[Node]
    entry: VerbEntry | None = None
    voice: Voice = Voice.ACTIVE
    tense: str = ""
    negated: bool = False
    postposed: bool = False
    quoted: bool = False


@dataclass(eq=False, slots=True)
class DraftTarget:
    """A target before its actor is known: the node whose mention it is, or an actor ref found by other means."""

    role: TargetRole
    node: Node | None
    span: Span | None = None
    actor: str | None = None


@dataclass(eq=False, slots=True)
class DraftRelation:
    """A relation to an earlier draft."""

    kind: RelationKind
    draft: Draft
    rule: str
    mention: Span | None = None


@dataclass(eq=False, slots=True)
class Draft:
    """One claim under construction. ``content`` holds code-point ranges in text order; ``evidence`` step → rule."""

    cue: Cue | None
    content: list[tuple[int, int]]
    paragraph: int
    evidence: dict[str, str] = field(default_factory=dict)
    quotation: Quotation | None = None
    frame: str = ""
    content_head: Node | None = None
    object_head: Node | None = None
    speaker_head: Node | None = None
    speaker_nodes: list[Node] = field(default_factory=list)
    anonymous: bool = False
    act: Act = Act.STATEMENT
    mode: Mode = Mode.INDIRECT
    actors: tuple[str, ...] = ()
    targets: list[DraftTarget] = field(default_factory=list)
    relations: list[DraftRelation] = field(default_factory=list)
    parent: Draft | None = None

    @property
    def start(self) -> int:
        """First code point of cue, speaker or content: the place of the claim in the text."""
        places = [self.content[0][0]]
        if self.cue:
            places.append(self.cue.nodes[0].start)
        if self.speaker_nodes:
            places.append(self.speaker_nodes[0].start)
        return min(places)

    @classmethod
    def framed(cls, cue: Cue, content: tuple[int, int], frame: str, rule: str) -> Draft:
        """A draft of one content part that fills a frame of its cue; ``rule`` found it."""
        return cls(cue, [content], cue.head.paragraph, {"content": rule}, frame=frame)

    def parent_in_speech(self, drafts: list[Draft]) -> Draft | None:
        """The direct speech that this report stands in, of those among ``drafts`` the innermost."""
        place = self.content[0]
        around = [other for other in drafts if other.mode is Mode.DIRECT and other.actors and other.covers(*place)]
        return min(around, key=lambda other: other.content[-1][1] - other.content[0][0], default=None)

    def covers(self, start: int, end: int) -> bool:
        """Whether ``[start, end)`` lies inside one of the content parts."""
        return any(part[0] <= start and end <= part[1] for part in self.content)


@dataclass(slots=True)
class Reading:
    """One article as the steps see it: its tree, the language's data, and what earlier steps found."""

    tree: Tree
    grammar: Grammar
    lexicon: CueLexicon
    replies: Replies
    entities: EntityLexicon
    kinds: list[ParagraphKind]
    quotations: list[Quotation]
    cues: list[Cue] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The submitted text."""
        return self.tree.text

    def cue_at(self, node: Node) -> Cue | None:
        """The cue whose head is this node."""
        for cue in self.cues:
            if cue.head is node:
                return cue
        return None

    def quotation_at(self, offset: int) -> Quotation | None:
        """The quotation in which the code point lies."""
        for quotation in self.quotations:
            if quotation.holds(offset):
                return quotation
        return None

    def quotation_ending_with(self, last: Node) -> Quotation | None:
        """The quotation that the last word or mark of a sentence belongs to, or that ends with it."""
        ended = (quotation for quotation in self.quotations if quotation.outer_end == last.end)
        return self.quotation_at(last.start) or next(ended, None)
