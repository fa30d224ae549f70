"""Publishing events: they get their numbers, saved searches are matched, and webhooks have messages queued.

Any process may publish, and several may at once: what one has published the others find done.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from app.domain.event import Event, EventKind, Happening, about_claim
from app.domain.identity import content_id
from app.domain.record import ClaimRecord
from app.domain.search import SavedSearch
from app.events.matching import matching
from app.events.message import encoded, message
from app.events.retrying import MOST_TRIES
from app.storage.deliveries import Message, prune_deliveries, queue_messages
from app.storage.engine import Engine, Session, reading, transaction
from app.storage.events import add_numbered, number_waiting, prune_events, waiting
from app.storage.searches import all_searches, forget_matches, known_searches, note_matches
from app.storage.webhooks import listening

# Events published in one transaction: on SQLite nobody else writes meanwhile.
_TOGETHER = 500
_NEW = (EventKind.CLAIM_ADDED, EventKind.CLAIM_CHANGED)

Matches = Sequence[tuple[SavedSearch, Sequence[ClaimRecord]]]


def publish(engine: Engine) -> int:
    """Publish what has happened since the last time; gives the number of events. Costs one small read when idle.

    What happened in bulk comes in several calls, none of which takes long: go on until the number is 0.
    """
    # Searches are matched before anything is written: they may take long.
    with reading(engine) as session:
        found = waiting(session, _TOGETHER)
        matches = _matches(session, [what for _, what in found])
    if not found:
        return 0
    with transaction(engine) as session:
        return len(_publish(session, [key for key, _ in found], matches))


def prune(engine: Engine, keep: timedelta) -> int:
    """Forget events and ended deliveries older than ``keep``; gives how many."""
    before = datetime.now(UTC) - keep
    with transaction(engine) as session:
        return prune_events(session, before) + prune_deliveries(session, before)


def _matches(session: Session, happenings: Sequence[Happening]) -> Matches:
    claim_ids = list(dict.fromkeys(what.claim_id for what in happenings if what.kind in _NEW and what.claim_id))
    if not claim_ids:
        return []
    return [(search, matching(session, search, claim_ids)) for search in all_searches(session)]


def _publish(session: Session, keys: Sequence[int], matches: Matches) -> list[Event]:
    events = number_waiting(session, keys)
    following = _unmatched(session, [event.what for event in events if event.what.kind is EventKind.CLAIM_REMOVED])
    # Another process may have published some of them, with their matches.
    own = {event.what.claim_id for event in events if event.what.kind in _NEW}
    standing = known_searches(session, [search.id for search, _ in matches])
    for search, claims in matches:
        of_id = {claim.id: claim for claim in claims if claim.id in own}
        if search.id in standing and of_id:
            following += [_matched(search, of_id[new]) for new in note_matches(session, search.id, list(of_id))]
    events += add_numbered(session, following)
    _queue(session, events)
    return events


def _unmatched(session: Session, removed: Sequence[Happening]) -> list[Happening]:
    """What saved searches had told of and is gone, told of once, however often it went since the last time."""
    told = {what.claim_id: what for what in removed if what.claim_id}
    lost = forget_matches(session, list(told))
    return [
        Happening(EventKind.SEARCH_UNMATCHED, what.article_id, claim_id, search_id, {"name": name, **_why(what)})
        for claim_id, what in told.items()
        for search_id, name in lost.get(claim_id, ())
    ]


def _why(removed: Happening) -> dict[str, object]:
    return {name: removed.data[name] for name in ("because", "kept_as") if name in removed.data}


def _matched(search: SavedSearch, claim: ClaimRecord) -> Happening:
    data = {
        "name": search.name,
        **about_claim(claim.act.value, claim.mode.value, claim.speaker.text if claim.speaker else None, claim.text),
        "speakers": [ref.name for ref in claim.speakers],
    }
    return Happening(EventKind.SEARCH_MATCHED, claim.article_id, claim.id, search.id, data)


def _queue(session: Session, events: Sequence[Event]) -> None:
    webhooks = listening(session) if events else []
    messages = [
        Message(
            id=content_id("msg", webhook.id, str(event.number)),
            webhook_id=webhook.id,
            kind=event.what.kind.value,
            number=event.number,
            body=encoded(message(event)),
            most_tries=MOST_TRIES,
        )
        for event in events
        for webhook in webhooks
        if webhook.wants(event.what)
    ]
    queue_messages(session, messages)
