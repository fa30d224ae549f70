"""What Sagesman answers, as types. Written by scripts/client_types.py from the OpenAPI document; do not edit."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

Act = Literal[
    "statement",
    "opinion",
    "accusation",
    "criticism",
    "support",
    "demand",
    "denial",
    "confirmation",
    "announcement",
    "unverified",
    "question",
]


ActorKind = Literal[
    "person", "state", "government", "authority", "armed_force", "organisation", "media", "group", "document", "unknown"
]


class ActorRefOut(TypedDict):
    id: str
    kind: ActorKind
    name: str


class AimOut(TypedDict):
    actor: ActorRefOut
    mention: SpanOut | None
    role: TargetRole


class AnswerOut(TypedDict):
    interpretation: InterpretationOut
    items: list[ClaimOut]
    language: Literal["sv", "en"]
    next: str | None
    parties: list[ActorRefOut]
    question: str
    sentence: str
    suggestions: list[ActorRefOut]


class ArticleOut(TypedDict):
    agency: str | None
    byline: str | None
    claim_count: int
    claims: str
    error: str | None
    id: str
    language: str
    published_at: str | None
    standing: Standing
    status: Literal["queued", "processing", "done", "failed"]
    stored_at: str
    title: str | None
    uri: str | None
    version: str | None
    versions: str


Asks = Literal["content", "speaker", "target"]


class AttributionOut(TypedDict):
    act: Act
    content: list[SpanOut]
    cue: SpanOut | None
    mode: Mode
    speaker: SpanOut | None
    speakers: list[ActorRefOut]
    targets: list[AimOut]


class ClaimArticle(TypedDict):
    id: str
    published_at: str | None
    title: str | None


class ClaimDetail(TypedDict):
    act: Act
    article: ClaimArticle
    checked_by: list[str]
    confidence: ConfidenceOut | None
    content: list[SpanOut]
    context: SpanOut
    corrected: list[Field]
    cue: SpanOut | None
    evidence: list[EvidenceOut]
    id: str
    independent: list[ReportOut]
    leading: str | None
    mode: Mode
    parent: str | None
    printed: list[ReportOut]
    read: AttributionOut | None
    relations: list[RelationOut]
    reports: int
    responses: list[RelationOut]
    revision: int
    sources: int
    speaker: SpanOut | None
    speakers: list[ActorRefOut]
    targets: list[TargetOut]
    text: str
    via: ActorRefOut | None


class ClaimOut(TypedDict):
    act: Act
    article: ClaimArticle
    confidence: ConfidenceOut | None
    content: list[SpanOut]
    cue: SpanOut | None
    evidence: list[EvidenceOut]
    id: str
    leading: str | None
    mode: Mode
    parent: str | None
    relations: list[RelationOut]
    reports: int
    responses: list[RelationOut]
    sources: int
    speaker: SpanOut | None
    speakers: list[ActorRefOut]
    targets: list[TargetOut]
    text: str
    via: ActorRefOut | None


class ClaimPage(TypedDict):
    items: list[ClaimOut]
    next: str | None
    suggestions: NotRequired[list[ActorRefOut]]


class ConfidenceOut(TypedDict):
    act: float
    content: float
    overall: float
    speaker: float
    target: float


class EvidenceOut(TypedDict):
    rule: str
    step: str


Field = Literal["speaker", "cue", "content", "act", "mode", "target"]


class FieldError(TypedDict):
    field: str
    reason: str


class InterpretationOut(TypedDict):
    act: Act | None
    asks: Asks
    mode: Mode | None
    notes: list[str]
    offered: list[str]
    scope: Literal["party", "own"]
    since: str | None
    speaker: PartyOut | None
    target: PartyOut | None
    topic: PartyOut | None
    until: str | None
    words: str | None


Mode = Literal["direct", "indirect", "mixed"]


class PartyOut(TypedDict):
    actors: list[ActorRefOut]
    name: str


class Problem(TypedDict):
    detail: str
    errors: NotRequired[list[FieldError] | None]
    instance: str
    request_id: NotRequired[str | None]
    status: int
    title: str
    type: str


RelationKind = Literal["denies", "confirms", "unverified", "supports", "repeats", "answers"]


class RelationOut(TypedDict):
    claim: str
    content: str
    kind: RelationKind
    mention: SpanOut | None
    rule: str
    speakers: list[ActorRefOut]


class ReportOut(TypedDict):
    agency: str | None
    article: ClaimArticle
    claim: str
    uri: str | None


class SpanOut(TypedDict):
    end: int
    start: int
    text: str


Standing = Literal["in_force", "pending", "superseded", "withdrawn"]


class Submission(TypedDict):
    article: ArticleOut | None
    claims: list[ClaimOut] | None
    superseded: str | None
    withdrawn: WithdrawalOut | None


class TargetOut(TypedDict):
    actor: ActorRefOut
    mention: SpanOut | None
    role: TargetRole


TargetRole = Literal["addressee", "accused", "evaluated", "about"]


class WithdrawalOut(TypedDict):
    articles: list[str]
    at: str
    author: str
    id: str
    reason: str | None
    source: Literal["sender", "person"]
    undone_at: str | None
    undone_by: str | None
    uri: str | None
    version: str | None
