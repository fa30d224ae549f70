"""Actors that may be one: what is known of them, where to find them, and which of them a person should look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ForeignKey, case, func, insert, select, update
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from app.domain.actor import ActorKind
from app.domain.profile import ActorProfile, Affiliation
from app.domain.record import ActorRef, Page
from app.storage import cursor as cursors
from app.storage.folding import fold_speakers
from app.storage.judgements import RESOLVER, Judgement, JudgementRecord, record_of
from app.storage.records import Canonical, Named
from app.storage.standings import in_force
from app.storage.tables import ID, ActorRow, AliasRow, Base, MergeRow, Name, RepresentationRow, core
from app.storage.upsert import insert_new, serialize

__all__ = [
    "RESOLVER",
    "ReviewRecord",
    "actors_after",
    "canonical_ids",
    "hold",
    "lock",
    "near",
    "profiles",
    "review",
    "save_blocks",
    "standing",
]

# Who can be a party; a lawyer's client, a crowd or a report tells nobody apart.
_PARTIES = [kind.value for kind in ActorKind if kind not in (ActorKind.PERSON, ActorKind.GROUP, ActorKind.DOCUMENT)]

_Other = aliased(ActorRow, name="other")
_Beside = aliased(AliasRow, name="beside")


class BlockRow(Base):
    """A block of namesakes that an actor is in (`app.resolution.candidates`). Only ever added to."""

    __tablename__ = "actor_blocks"

    block: Mapped[str] = mapped_column(Name, primary_key=True)
    actor_id: Mapped[str] = mapped_column(ID, ForeignKey("actors.id"), primary_key=True)


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """Two actors that may be one, and the judgement that lists them, whose ``reason`` is the explained score."""

    judgement: JudgementRecord
    left: ActorRef
    right: ActorRef


@dataclass(frozen=True, slots=True)
class Held:
    """What the resolver holds of two canonical actors, and the explained score."""

    left: str
    right: str
    judgement: Judgement
    reason: str


def lock(session: Session) -> None:
    """Let one transaction at a time join actors: of two that save the same newcomer, the second sees the first.

    To be called before anything is written, so that no two transactions wait for each other's rows.
    """
    serialize(session, "judgements")


def actors_after(session: Session, last: str, limit: int = 200) -> list[str]:
    """Ids of canonical actors that can have namesakes, in order, from the one after ``last`` on."""
    query = (
        select(ActorRow.id)
        .where(ActorRow.id > last, ActorRow.id == ActorRow.canonical_id, ActorRow.territory.is_(None))
        .order_by(ActorRow.id)
        .limit(limit)
    )
    return list(session.scalars(query))


def canonical_ids(session: Session, actor_ids: Collection[str]) -> set[str]:
    """The canonical actors of these."""
    return set(session.scalars(select(ActorRow.canonical_id).where(ActorRow.id.in_(actor_ids))))


def profiles(session: Session, actor_ids: Collection[str]) -> list[ActorProfile]:
    """What is known of the actors with those ids, merged duplicates folded in, by canonical id.

    Actors that no article names any more are left out.
    """
    canonical = canonical_ids(session, actor_ids)
    forms: defaultdict[str, list[str]] = defaultdict(list)
    named = (
        select(Named.canonical_id, AliasRow.form)
        .join(Named, Named.id == AliasRow.actor_id)
        .where(Named.canonical_id.in_(canonical))
        .distinct()
        .order_by(Named.canonical_id, AliasRow.form)
    )
    for actor_id, form in session.execute(named):
        forms[actor_id].append(form)
    roles: defaultdict[str, set[str]] = defaultdict(set)
    held = select(Named.canonical_id, Named.role).where(Named.canonical_id.in_(forms), Named.role.is_not(None))
    for actor_id, role in session.execute(held.distinct()):
        roles[actor_id].add(str(role))
    parties = _parties(session, forms)
    beside = _named_beside(session, [actor_id for actor_id in forms if actor_id not in parties])
    rows = session.scalars(
        select(ActorRow).where(ActorRow.id.in_(forms)).order_by(ActorRow.id).execution_options(populate_existing=True)
    )
    return [
        ActorProfile(
            id=row.id,
            kind=ActorKind(row.kind),
            names=tuple(dict.fromkeys((row.name, *forms[row.id]))),
            territory=row.territory,
            roles=tuple(sorted(roles[row.id])),
            parties=tuple(parties.get(row.id, ())),
            beside=frozenset(beside[row.id]),
        )
        for row in rows
    ]


def _parties(session: Session, actor_ids: Collection[str]) -> dict[str, list[Affiliation]]:
    query = (
        select(Named.canonical_id, Canonical.id, Canonical.name, Canonical.territory)
        .select_from(RepresentationRow)
        .join(Named, Named.id == RepresentationRow.actor_id)
        .join(_Other, _Other.id == RepresentationRow.party_id)
        .join(Canonical, Canonical.id == _Other.canonical_id)
        .where(Named.canonical_id.in_(actor_ids), Canonical.id != Named.canonical_id, Canonical.kind.in_(_PARTIES))
        .distinct()
        .order_by(Named.canonical_id, Canonical.id)
    )
    found: dict[str, list[Affiliation]] = {}
    for actor_id, party, name, territory in session.execute(query):
        found.setdefault(actor_id, []).append(Affiliation(party, name, territory))
    return found


def _named_beside(session: Session, actor_ids: Collection[str]) -> defaultdict[str, set[str]]:
    query = (
        select(Named.canonical_id, _Other.canonical_id)
        .select_from(AliasRow)
        .join(Named, Named.id == AliasRow.actor_id)
        .join(_Beside, _Beside.article_id == AliasRow.article_id)
        .join(_Other, _Other.id == _Beside.actor_id)
        .where(Named.canonical_id.in_(actor_ids), Named.kind == ActorKind.PERSON.value, _Other.kind.in_(_PARTIES))
        .distinct()
    )
    found: defaultdict[str, set[str]] = defaultdict(set)
    for actor_id, other in session.execute(query):
        found[actor_id].add(other)
    return found


def save_blocks(session: Session, blocks: Mapping[str, Collection[str]]) -> set[str]:
    """Add the blocks of actors, given by id; gives the actors that were not in one of theirs before."""
    wanted = {(block, actor_id) for actor_id, names in blocks.items() for block in names}
    known = select(BlockRow.block, BlockRow.actor_id).where(
        BlockRow.block.in_({block for block, _ in wanted}), BlockRow.actor_id.in_(blocks)
    )
    new = sorted(wanted - {(block, actor_id) for block, actor_id in session.execute(known)})
    insert_new(session, BlockRow, [{"block": block, "actor_id": actor_id} for block, actor_id in new])
    return {actor_id for _, actor_id in new}


def near(session: Session, blocks: Collection[str], most: int) -> set[str]:
    """The canonical actors in these blocks, of each at most ``most``: those who speak for somebody or have a title
    first."""
    told = case((RepresentationRow.party_id.is_not(None), 2), (Named.role.is_not(None), 1), else_=0)
    members = (
        select(BlockRow.block, Named.canonical_id, func.max(told).label("told"))
        .join(Named, Named.id == BlockRow.actor_id)
        .outerjoin(RepresentationRow, RepresentationRow.actor_id == Named.id)
        .where(BlockRow.block.in_(blocks))
        .group_by(BlockRow.block, Named.canonical_id)
        .subquery()
    )
    place = func.row_number().over(
        partition_by=members.c.block, order_by=(members.c.told.desc(), members.c.canonical_id)
    )
    ranked = select(members.c.canonical_id, place.label("place")).subquery()
    return set(session.scalars(select(ranked.c.canonical_id).where(ranked.c.place <= most).distinct()))


def standing(session: Session, actor_ids: Collection[str]) -> dict[frozenset[str], Judgement]:
    """What is settled between these canonical actors, by pairs of their ids.

    ``DIFFERENT`` where people judged so, of any two merged into them, or took a merge back; ``UNSURE`` where the pair
    is listed for review already.
    """
    left, right = aliased(ActorRow, name="left_row"), aliased(ActorRow, name="right_row")
    query = (
        select(left.canonical_id, right.canonical_id, MergeRow.judgement, MergeRow.undone_by)
        .join(left, left.id == MergeRow.left_actor)
        .join(right, right.id == MergeRow.right_actor)
        .where(
            left.canonical_id.in_(actor_ids),
            right.canonical_id.in_(actor_ids),
            left.canonical_id != right.canonical_id,
        )
        .order_by(MergeRow.id)
    )
    found: dict[frozenset[str], Judgement] = {}
    for one, other, judgement, undone_by in session.execute(query):
        pair = frozenset((one, other))
        in_force = undone_by is None
        if in_force and judgement == Judgement.UNSURE.value:
            found.setdefault(pair, Judgement.UNSURE)
        elif in_force == (judgement == Judgement.DIFFERENT.value) and undone_by != RESOLVER:
            # A difference in force, or a merge that somebody took back.
            found[pair] = Judgement.DIFFERENT
    return found


def hold(session: Session, held: Sequence[Held]) -> list[Held]:
    """Note what the resolver holds of pairs of canonical actors, in that order; gives what was written.

    Pairs that are one already stay as they are. The caller has asked `standing` under the same `lock`.
    """
    ids = {actor_id for each in held for actor_id in (each.left, each.right)}
    canonical = dict(session.execute(select(ActorRow.id, ActorRow.canonical_id).where(ActorRow.id.in_(ids))).all())
    named = select(ActorRow.id, ActorRow.name).where(ActorRow.id.in_(set(canonical.values())))
    ranks = {actor_id: (-len(name), actor_id) for actor_id, name in session.execute(named)}
    written, rows, now = [], [], datetime.now(UTC)
    changed: set[str] = set()
    for each in held:
        ones = {canonical[each.left], canonical[each.right]}
        if len(ones) < 2:
            continue
        left, right = sorted((each.left, each.right))
        pair = {"left_actor": left, "right_actor": right, "judgement": each.judgement.value}
        rows.append({**pair, "author": RESOLVER, "at": now, "reason": each.reason})
        written.append(each)
        if each.judgement is Judgement.SAME:
            kept, folded = sorted(ones, key=lambda actor_id: ranks[actor_id])
            changed.update(session.scalars(select(ActorRow.id).where(ActorRow.canonical_id == folded)))
            session.execute(update(ActorRow).where(ActorRow.canonical_id == folded).values(canonical_id=kept))
            canonical = {actor_id: kept if one == folded else one for actor_id, one in canonical.items()}
    if rows:
        session.connection().execute(insert(core(MergeRow)), rows)
    fold_speakers(session, changed)
    return written


def review(session: Session, cursor: str | None = None, limit: int = 20) -> Page[ReviewRecord]:
    """Pairs of actors that the resolver is unsure of and nobody has judged, oldest first. Raises `BadCursor`.

    `app.storage.judgements.judge` settles a pair, and it is listed no more.
    """
    listing = "actors to review"
    left, right = aliased(ActorRow, name="left_row"), aliased(ActorRow, name="right_row")
    one, other = aliased(ActorRow, name="one"), aliased(ActorRow, name="another")
    query = (
        select(MergeRow, one.id, one.name, one.kind, other.id, other.name, other.kind)
        .join(left, left.id == MergeRow.left_actor)
        .join(right, right.id == MergeRow.right_actor)
        .join(one, one.id == left.canonical_id)
        .join(other, other.id == right.canonical_id)
        .where(
            MergeRow.judgement == Judgement.UNSURE.value,
            MergeRow.undone_at.is_(None),
            one.id != other.id,
            *(
                select(AliasRow.form)
                .join(Named, Named.id == AliasRow.actor_id)
                .where(Named.canonical_id == side.id, in_force(AliasRow.article_id))
                .exists()
                for side in (one, other)
            ),
        )
        .order_by(MergeRow.id)
        .limit(limit + 1)
    )
    if cursor is not None:
        (last,) = cursors.decode(listing, cursor, (int,))
        query = query.where(MergeRow.id > last)
    rows = session.execute(query).all()
    items = tuple(
        ReviewRecord(
            record_of(row), ActorRef(row_id, name, ActorKind(kind)), ActorRef(its_id, its_name, ActorKind(its_kind))
        )
        for row, row_id, name, kind, its_id, its_name, its_kind in rows[:limit]
    )
    return Page(items, cursors.encode(listing, (items[-1].judgement.id,)) if len(rows) > limit else None)
