"""Actors of different articles who are one: new ones are compared with the stored, and joined or put up for review."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from app.domain.claim import Extraction
from app.resolution.candidates import MOST, asks, blocks, profile_of
from app.resolution.merging import decide, worth_asking
from app.resolution.score import Verdict
from app.storage.engine import Engine, Session, transaction
from app.storage.folding import speakers_in_copies
from app.storage.judgements import Judgement
from app.storage.namesakes import Held, actors_after, canonical_ids, hold, lock, near, profiles, save_blocks, standing

_COPIES = "same name and same words in copies of one text"


def join_actors(session: Session, found: Sequence[tuple[Extraction, Mapping[str, str]]], language: str) -> list[Held]:
    """Compare the actors of these extractions, just saved, with all that are stored, and join those who are one.

    With each extraction comes the stored id of every actor ``ref`` in it. Only actors of whom the articles tell what
    could find them a new namesake are compared. Pairs that only a person can decide are listed for review. Gives what
    was decided anew; a second time that is nothing. The caller holds the `lock`.
    """
    own: defaultdict[str, set[str]] = defaultdict(set)
    for extraction, actor_ids in found:
        for actor in extraction.actors:
            own[actor_ids[actor.ref]] |= blocks(profile_of(actor, extraction, actor_ids), language)
    joined = _join_copies(session, [extraction.article_id for extraction, _ in found])
    return joined + _join(session, save_blocks(session, own), language)


def _join_copies(session: Session, article_ids: Sequence[str]) -> list[Held]:
    """Join those who say the same words in copies of one text: a name that tells little in one article ("polisen",
    "demonstranter", a person nobody introduces) means in the copy whom it means in the original.
    """
    joined: list[Held] = []
    for pair in speakers_in_copies(session, article_ids):
        # One by one: what was joined before can make two of whom people said that they differ one with a third.
        ids = canonical_ids(session, pair)
        if len(ids) == 2 and Judgement.DIFFERENT not in standing(session, ids).values():
            left, right = sorted(ids)
            joined += hold(session, [Held(left, right, Judgement.SAME, _COPIES)])
    return joined


def join_stored_actors(engine: Engine, language: str = "sv") -> int:
    """Compare all stored actors anew, for a database that was filled under other rules; gives how many were joined.

    What people have judged stays as it is.
    """
    joined, last = 0, ""
    while True:
        with transaction(engine) as session:
            lock(session)
            ids = actors_after(session, last)
            if not ids:
                return joined
            save_blocks(session, {profile.id: blocks(profile, language) for profile in profiles(session, ids)})
            joined += sum(held.judgement is Judgement.SAME for held in _join(session, set(ids), language))
            last = ids[-1]


def _join(session: Session, actor_ids: Collection[str], language: str) -> list[Held]:
    newcomers = profiles(session, actor_ids)
    if not newcomers:
        return []
    new = {profile.id for profile in newcomers}
    around = near(session, {block for profile in newcomers for block in asks(profile, language)}, MOST)
    known = [*newcomers, *profiles(session, around - new)]
    held = standing(session, [profile.id for profile in known])
    settled = {pair: Verdict.DIFFERENT for pair, judgement in held.items() if judgement is Judgement.DIFFERENT}
    decisions = decide(known, settled, language, new)
    unlisted = [decision for decision in decisions if frozenset((decision.left, decision.right)) not in held]
    same = [decision for decision in decisions if decision.verdict is Verdict.SAME]
    chosen = same + worth_asking(unlisted, new)
    return hold(session, [Held(each.left, each.right, Judgement(each.verdict.value), each.reason) for each in chosen])
