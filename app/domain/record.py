"""Stored rows as read back: what graphs, API and pages are made from. No ORM object leaves the storage package."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Generic, TypeVar

from app.domain.claim import Act, Confidence, Mode, RelationKind, TargetRole
from app.domain.span import Span
from app.domain.version import Standing

if TYPE_CHECKING:
    from app.domain.actor import ActorKind

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """A stored article. ``status`` is ``queued``, ``processing``, ``done`` or ``failed`` (then ``error`` says why);
    ``standing`` is its place among the versions of its ``uri``.
    """

    id: str
    text: str
    title: str | None
    language: str
    uri: str | None
    version: str | None
    agency: str | None
    byline: str | None
    published_at: datetime | None
    stored_at: datetime
    status: str
    error: str | None = None
    claim_count: int = 0
    standing: Standing = Standing.IN_FORCE


@dataclass(frozen=True, slots=True)
class WithdrawalRecord:
    """A kill by the sender of ``uri`` (up to ``version``, where it names one), or by somebody here (``by_person``).

    ``author`` delivered or decided it, ``articles`` are the stored articles it covers; it is in force while
    ``undone_at`` is ``None``.
    """

    id: str
    uri: str | None
    version: str | None
    by_person: bool
    author: str
    reason: str | None
    at: datetime
    undone_at: datetime | None
    undone_by: str | None
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActorRef:
    """An actor named in passing: enough to show it and link to it.

    ``territory`` is the code of the state it is, or is a body of, where it was read with it. It says nothing of who the
    actor is that the id does not say.
    """

    id: str
    name: str
    kind: ActorKind
    territory: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class RepresentationRecord:
    """``actor`` speaks for ``party``, or the other way round as the field that holds this says."""

    actor: ActorRef
    rule: str
    article_id: str
    evidence: Span | None = None


@dataclass(frozen=True, slots=True)
class ActorRecord:
    """A stored actor, merged duplicates folded in. ``aliases`` are all printed forms, most frequent first."""

    id: str
    name: str
    kind: ActorKind
    territory: str | None
    role: str | None
    aliases: tuple[str, ...]
    claim_count: int
    speaks_for: tuple[RepresentationRecord, ...] = ()
    spoken_for_by: tuple[RepresentationRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class TargetRecord:
    """A party a claim is directed at, with the words that name it there."""

    role: TargetRole
    actor: ActorRef
    mention: Span | None


@dataclass(frozen=True, slots=True)
class RelationRecord:
    """A claim bearing on another: the id of the other claim, who made it, what it says."""

    kind: RelationKind
    claim_id: str
    speakers: tuple[ActorRef, ...]
    content: str
    rule: str
    mention: Span | None


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """A stored claim. Spans count code points into the text of article ``article_id``.

    ``relations`` are what this claim does to others (denies, confirms …), ``responses`` what others do to it.
    ``text`` is the content as one string, parts joined by " … ". ``via`` is set in answers for a whole party: the actor
    through whom the party spoke, ``None`` where the party itself did.

    ``reports`` is how many stored articles printed this claim as copies of one text, this one included; ``leading_id``
    the first report where this is another. ``sources`` is how many publishers reported it in texts of their own.
    """

    id: str
    article_id: str
    article_title: str | None
    published_at: datetime | None
    speaker: Span | None
    speakers: tuple[ActorRef, ...]
    cue: Span | None
    content: tuple[Span, ...]
    text: str
    act: Act
    mode: Mode
    targets: tuple[TargetRecord, ...] = ()
    relations: tuple[RelationRecord, ...] = ()
    responses: tuple[RelationRecord, ...] = ()
    parent_id: str | None = None
    evidence: tuple[tuple[str, str], ...] = ()
    confidence: Confidence | None = None
    via: ActorRef | None = None
    reports: int = 1
    sources: int = 1
    leading_id: str | None = None


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """Where a claim was printed: its id there, and the article."""

    claim_id: str
    article_id: str
    title: str | None
    agency: str | None
    uri: str | None
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """What a version changed in the claims of the version ``against``. ``kept`` are the newer version's."""

    against: str
    added: tuple[ClaimRecord, ...]
    gone: tuple[ClaimRecord, ...]
    kept: tuple[ClaimRecord, ...]


@dataclass(frozen=True, slots=True)
class VersionRecord:
    """A version in the history of its article; ``change`` is set where it and an earlier version were read."""

    article: ArticleRecord
    withdrawal: WithdrawalRecord | None = None
    change: ClaimChange | None = None


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """What claims to read. ``speaker`` and ``target`` are names or actor ids; ``scope`` is ``party`` or ``own``.

    ``q`` is full-text search over content and printed speaker. ``since`` (inclusive) and ``until`` (exclusive)
    bound the article's publication, or where that is unknown the time it was stored. ``about`` are names of one party
    or matter: claims directed at it pass, and claims of others that hold one of the names. With ``fold`` a claim that
    many papers printed counts once.
    """

    speaker: str | None = None
    target: str | None = None
    act: Act | None = None
    mode: Mode | None = None
    q: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    article: str | None = None
    scope: str = "party"
    min_confidence: float | None = None
    about: tuple[str, ...] = ()
    fold: bool = True


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a listing: the rows, and the opaque cursor of the next page or ``None`` at the end."""

    items: tuple[T, ...]
    next_cursor: str | None = None
    suggestions: tuple[ActorRef, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Subgraph:
    """The rows one graph is built from. ``truncated`` says that a limit cut off rows that belong to it."""

    claims: tuple[ClaimRecord, ...]
    actors: tuple[ActorRecord, ...]
    articles: tuple[ArticleRecord, ...]
    truncated: bool = False
