"""What saving an extraction changed: claims that came, went, or say something else than before."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.event import EventKind, Happening, about_claim
from app.storage.events import record_all
from app.storage.rereading import note_changes
from app.storage.standings import hidden
from app.storage.tables import Base, ClaimRow, RelationRow, SpanRow, SpeakerRow, TargetRow, core

Rows = Sequence[Mapping[str, Any]]
Values = tuple[Any, ...]

# What a claim says, by field, and the columns that make it up. Left out is which rules found it and how sure they are,
# which a new version of the rules changes everywhere, and its place among the claims of the article.
_OWN = {
    "speaker": ("speaker_start", "speaker_end", "speaker_text"),
    "act": ("act",),
    "mode": ("mode",),
    "parent": ("parent_id",),
}
_PARTS: dict[type[Base], tuple[str, tuple[str, ...]]] = {
    SpanRow: ("content", ("start", "end", "text")),
    SpeakerRow: ("speakers", ("actor_id",)),
    TargetRow: ("targets", ("role", "actor_id", "mention_start", "mention_end")),
    RelationRow: ("relations", ("kind", "other_id", "mention_start", "mention_end")),
}

States = dict[str, dict[str, Values]]
"""What claims say: for each id the fields of `_OWN` and `_PARTS`, and ``article``, whose claim it is."""


def stored_claims(session: Session, article_ids: Collection[str]) -> States:
    """What the stored claims of these articles say, for `record_changes` to compare with."""
    claims = core(ClaimRow)
    own = claims.c.article_id.in_(article_ids)
    rows = session.connection().execute(select(claims).where(own).order_by(claims.c.article_id, claims.c.position))
    found = [dict(row._mapping) for row in rows]
    parts: dict[type[Base], Rows] = {}
    for table in _PARTS if found else ():
        part = core(table)
        query = select(part).where(part.c.claim_id.in_(select(claims.c.id).where(own)))
        stored = session.connection().execute(query.order_by(part.c.claim_id, part.c.ordinal))
        parts[table] = [dict(row._mapping) for row in stored]
    return _states(found, parts)


def record_changes(session: Session, before: States, rows: Rows, parts: Mapping[type[Base], Rows]) -> None:
    """Note an event for each claim that is new in ``rows`` and their ``parts``, says something else, or is gone.

    Of articles that are not in force nothing is noted: `app.storage.notices` tells of their claims when they come.
    """
    after = _states(rows, parts)
    note_changes(session, _counts(before, after))
    unseen = hidden(session, {state["article"][0] for states in (before, after) for state in states.values()})
    before, after = _seen(before, unseen), _seen(after, unseen)
    happenings = [
        _happening(EventKind.CLAIM_REMOVED, claim_id, state)
        for claim_id, state in before.items()
        if claim_id not in after
    ]
    for claim_id, state in after.items():
        if claim_id not in before:
            happenings.append(_happening(EventKind.CLAIM_ADDED, claim_id, state))
        elif changed := [name for name, values in state.items() if values != before[claim_id][name]]:
            happenings.append(_happening(EventKind.CLAIM_CHANGED, claim_id, state, changed=changed))
    record_all(session, happenings)


def claim_happenings(
    kind: EventKind, states: States, more: Mapping[str, Mapping[str, object]], *, words: bool = True
) -> list[Happening]:
    """One happening for each of those claims, with ``more`` by claim id; without ``words`` it repeats nothing said."""
    return [
        _happening(kind, claim_id, state, **more.get(claim_id, {}))
        if words
        else Happening(kind, state["article"][0], claim_id, data=more.get(claim_id, {}))
        for claim_id, state in states.items()
    ]


def _counts(before: States, after: States) -> dict[str, tuple[int, int, int]]:
    """How many claims of each article came, went, and say something else than before."""
    found: dict[str, tuple[int, int, int]] = {}
    for claim_id in {**before, **after}:
        old, new = before.get(claim_id), after.get(claim_id)
        (article_id,) = (new or old or {})["article"]
        added, removed, changed = found.get(article_id, (0, 0, 0))
        both = old is not None and new is not None
        found[article_id] = (added + (old is None), removed + (new is None), changed + (both and old != new))
    return found


def _seen(states: States, unseen: Collection[str]) -> States:
    return {claim_id: state for claim_id, state in states.items() if state["article"][0] not in unseen}


def _states(rows: Rows, parts: Mapping[type[Base], Rows]) -> States:
    states: States = {
        row["id"]: {
            "article": (row["article_id"],),
            **{name: tuple(row[column] for column in columns) for name, columns in _OWN.items()},
            **{name: () for name, _ in _PARTS.values()},
        }
        for row in rows
    }
    for table, (name, columns) in _PARTS.items():
        for row in parts.get(table, ()):
            state = states[row["claim_id"]]
            state[name] = (*state[name], tuple(row[column] for column in columns))
    return states


def _happening(kind: EventKind, claim_id: str, state: Mapping[str, Values], **more: object) -> Happening:
    (act,), (mode,), speaker, content = state["act"], state["mode"], state["speaker"][-1], state["content"]
    text = " … ".join(words for *_, words in content)
    data = about_claim(act, mode, speaker, text) | more
    return Happening(kind, article_id=state["article"][0], claim_id=claim_id, data=data)
