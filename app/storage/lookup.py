"""From a name to actors: who is meant, who speaks for them, and whose names are near."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, and_, exists, select
from sqlalchemy.orm import Session

from app.domain.actor import ActorKind
from app.domain.record import ActorRef
from app.storage import names
from app.storage.records import Canonical, Named
from app.storage.standings import in_force, not_withdrawn
from app.storage.tables import ActorRow, AliasRow, NameWordRow, RepresentationRow

_ID = re.compile(r"[a-z0-9_]+", re.ASCII)

# A spokesperson of a ministry of a state is two steps from the state; nothing real is more than four.
PARTY_DEPTH = 4
# Candidates compared letter by letter for suggestions: enough for any name, and a bound on the cost of a lookup.
_CANDIDATES = 200
# Below this share of common letters two names no longer look like a slip of each other.
_NEAR = 0.6


def find_actors(session: Session, name: str) -> tuple[ActorRef, ...]:
    """The actors that ``name`` may mean, by name: an actor id, a name or any printed form, in whatever case.

    The first of these that finds somebody answers: the id; the form itself; the form with or without the genitive's s
    ("Bakus" for "Baku"); a last word that is the whole of ``name`` (a surname nobody printed alone). Empty when nobody
    is called so. Where several are, all of them are given: unsure stays unsure.
    """
    folded = names.fold(name)
    if not folded:
        return ()
    # An id has no case to fold and no letters beyond these.
    if _ID.fullmatch(name.strip()):
        by_id = _refs(session, and_(Named.id == name.strip(), ~is_withdrawn()))
        if by_id:
            return by_id
    for forms in ((folded,), names.genitives(folded)):
        found = _refs(session, _named_by(forms))
        if found:
            return found
    surname = select(NameWordRow.actor_id).where(NameWordRow.word == folded, NameWordRow.final == 1)
    return _refs(session, and_(Named.id.in_(surname), is_named()))


def find_by_territory(session: Session, territory: str) -> tuple[ActorRef, ...]:
    """The states and governments of a territory (ISO 3166 alpha-2 code), by name."""
    kinds = (ActorKind.STATE.value, ActorKind.GOVERNMENT.value)
    return _refs(session, and_(Named.territory == territory, Named.kind.in_(kinds), is_named()))


def members(session: Session, actor_ids: Collection[str]) -> list[str]:
    """The ids of all actors that are one of these canonical actors, merged duplicates included."""
    return list(session.scalars(select(ActorRow.id).where(ActorRow.canonical_id.in_(actor_ids))))


def party(session: Session, roots: Collection[ActorRef]) -> dict[str, ActorRef | None]:
    """``roots`` (as ``None``) and everybody who speaks for them, directly or through others, by canonical id.

    At most `PARTY_DEPTH` steps; circles do no harm.
    """
    found: dict[str, ActorRef | None] = {root.id: None for root in roots}
    frontier = set(found)
    represented = (
        select(RepresentationRow.actor_id, RepresentationRow.party_id)
        .where(in_force(RepresentationRow.article_id))
        .distinct()
    )
    for _ in range(PARTY_DEPTH):
        if not frontier:
            break
        query = represented.where(RepresentationRow.party_id.in_(members(session, frontier)))
        speaking = {actor_id for actor_id, _ in session.execute(query)}
        refs = _refs(session, Named.id.in_(speaking)) if speaking else ()
        new = {ref.id: ref for ref in refs if ref.id not in found}
        found |= new
        frontier = set(new)
    return found


def suggest(session: Session, name: str, limit: int = 5) -> tuple[ActorRef, ...]:
    """Actors with names near ``name``, nearest first: spelling slips, other transliterations, beginnings of names.

    Candidates come from two index ranges (words that sound alike, words that begin alike), so the cost does not grow
    with the number of actors.
    """
    folded = names.fold(name)
    candidates: set[str] = set()
    for word in names.words(folded):
        alike: list[ColumnElement[bool]] = [NameWordRow.sound == names.sound(word)]
        alike += [begins(word[:length]) for length in (len(word), 4, 2) if length <= len(word)]
        for condition in alike:
            room = _CANDIDATES - len(candidates)
            if room > 0:
                candidates.update(session.scalars(select(NameWordRow.actor_id).where(condition).distinct().limit(room)))
    if not candidates:
        return ()
    forms: defaultdict[ActorRef, set[str]] = defaultdict(set)
    for actor_id, actor_name, kind, form in session.execute(_named_forms(candidates)):
        forms[ActorRef(actor_id, actor_name, ActorKind(kind))].add(form)
    nearness = {ref: max(likeness(folded, form) for form in printed) for ref, printed in forms.items()}
    near = [ref for ref in nearness if nearness[ref] >= _NEAR]
    return tuple(sorted(near, key=lambda ref: (-nearness[ref], ref.name, ref.id))[:limit])


def begins(prefix: str) -> ColumnElement[bool]:
    """A condition on name words that an index can answer: the word begins with ``prefix``."""
    return and_(NameWordRow.word >= prefix, NameWordRow.word < prefix + "\U0010ffff")


def is_named() -> ColumnElement[bool]:
    """Whether an article in force names the actor; one that only an earlier reading or version named is nobody's
    answer.
    """
    return exists().where(AliasRow.actor_id == Named.id, in_force(AliasRow.article_id))


def is_withdrawn() -> ColumnElement[bool]:
    """Whether the articles that name the actor are all withdrawn: not even its name is to be seen then."""
    named = exists().where(AliasRow.actor_id == Named.id)
    return and_(named, ~exists().where(AliasRow.actor_id == Named.id, not_withdrawn(AliasRow.article_id)))


def _named_forms(actor_ids: Collection[str]) -> Select[str, str, str, str]:
    return (
        select(Canonical.id, Canonical.name, Canonical.kind, AliasRow.folded)
        .select_from(Named)
        .join(Canonical, Canonical.id == Named.canonical_id)
        .join(AliasRow, AliasRow.actor_id == Named.id)
        .where(Named.id.in_(actor_ids), in_force(AliasRow.article_id))
        .distinct()
    )


def _named_by(forms: Collection[str]) -> ColumnElement[bool]:
    # A state is named in most articles: the first one in force is enough.
    naming = select(AliasRow.actor_id).where(AliasRow.folded.in_(forms))
    here = exists().where(AliasRow.actor_id == Named.id, AliasRow.folded.in_(forms), in_force(AliasRow.article_id))
    return and_(Named.id.in_(naming), here)


def likeness(asked: str, form: str) -> float:
    """Likeness of a name to a printed form, or to the nearest of the form's words, in [0, 1]."""
    compare = difflib.SequenceMatcher(b=asked, autojunk=False)
    best = 0.0
    for candidate in {form, *names.words(form)}:
        compare.set_seq1(candidate)
        if compare.real_quick_ratio() > best and compare.quick_ratio() > best:
            best = max(best, compare.ratio())
    return best


def _refs(session: Session, condition: ColumnElement[bool]) -> tuple[ActorRef, ...]:
    query = (
        select(Canonical.id, Canonical.name, Canonical.kind)
        .select_from(Named)
        .join(Canonical, Canonical.id == Named.canonical_id)
        .where(condition)
        .distinct()
        .order_by(Canonical.name, Canonical.id)
    )
    return tuple(ActorRef(actor_id, name, ActorKind(kind)) for actor_id, name, kind in session.execute(query))
