"""Names from elsewhere matched with stored actors: who may be meant, how well each fits, and whether one clearly does.

A score counts to 100: how like the name is to the most alike form that an article prints, less for every property that
says otherwise.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.actor import ActorKind
from app.domain.record import ActorRecord
from app.storage import names
from app.storage.actors import actors_by_ids, search_actors
from app.storage.lookup import find_actors, find_by_territory, likeness, suggest

__all__ = ["Asked", "Candidate", "candidates", "with_prefix"]

# Actors looked at for a name: a name that more share is nobody's in particular.
_MOST = 50
# What a property takes from the score that says otherwise, or of which nothing is known.
_AGAINST, _UNKNOWN = 25.0, 5.0
# What being like one word of a name is worth: "Hajiyev" for "Hikmet Hajiyev", "Armenien" for "Armeniens parlament".
_WORD = 0.8
# A likeness from which another actor is a rival: one letter in a long name. "Armenien" and "armenier" have 88.
_RIVAL = 95.0


@dataclass(frozen=True, slots=True)
class Asked:
    """A name to match; kinds, territory (ISO 3166 alpha-2) and role narrow it. Without a name, a territory will do."""

    name: str | None
    kinds: Collection[ActorKind] = ()
    territory: str | None = None
    role: str | None = None
    limit: int = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """An actor that may be meant: ``score`` from 0 to 100, and whether it ``match``es beyond doubt.

    ``name_likeness`` is from 0 to 100 too, ``territory`` and ``role`` say whether those agree, ``None`` where they were
    not asked for or are not known.
    """

    actor: ActorRecord
    score: float
    match: bool
    name_likeness: float
    territory: bool | None
    role: bool | None


def candidates(session: Session, asked: Asked) -> list[Candidate]:
    """Who may be meant, best first, at most ``asked.limit``.

    At most one of them is a match: its name is printed exactly so, no property says otherwise, and nobody else of the
    kinds asked for is called alike. A person's surname alone matches nobody.
    """
    folded = names.fold(asked.name or "")
    judged = [_judged(folded, asked, actor) for actor in _met(session, folded, asked)]
    judged.sort(key=lambda one: (-one.score, one.actor.name, one.actor.id))
    rivals = [one for one in judged if one.name_likeness >= _RIVAL and one.territory is not False]
    return [
        Candidate(
            one.actor,
            one.score,
            one.match and rivals == [one],
            one.name_likeness,
            one.territory,
            one.role,
        )
        for one in judged[: asked.limit]
    ]


def with_prefix(session: Session, prefix: str, limit: int) -> tuple[ActorRecord, ...]:
    """Actors of whom a printed form holds words that begin so, by name; near names where nobody is."""
    page = search_actors(session, prefix, limit=limit)
    return page.items or tuple(actors_by_ids(session, [ref.id for ref in page.suggestions]))


def _met(session: Session, folded: str, asked: Asked) -> list[ActorRecord]:
    if folded:
        found = [ref.id for ref in find_actors(session, folded)[:_MOST]]
        found += [actor.id for actor in search_actors(session, folded, limit=_MOST).items]
        found += [ref.id for ref in suggest(session, folded, _MOST)]
    else:
        found = [ref.id for ref in find_by_territory(session, asked.territory)] if asked.territory else []
    met = actors_by_ids(session, set(found))
    return [actor for actor in met if not asked.kinds or actor.kind in asked.kinds]


def _judged(folded: str, asked: Asked, actor: ActorRecord) -> Candidate:
    forms = {names.fold(form) for form in (actor.name, *actor.aliases)}
    alike = 100 * max((_alike(folded, form) for form in forms), default=0.0) if folded else 100.0
    territory = _agrees(asked.territory, actor.territory)
    role = _agrees(asked.role, actor.role)
    score = alike
    for wanted, agrees in ((asked.territory, territory), (asked.role, role)):
        if wanted is not None and agrees is not True:
            score -= _UNKNOWN if agrees is None else _AGAINST
    surname_alone = actor.kind is ActorKind.PERSON and len(names.words(folded)) < 2
    sure = folded in forms and not surname_alone and territory is not False and role is not False
    return Candidate(actor, round(max(score, 0.0), 1), sure, round(alike, 1), territory, role)


def _alike(asked: str, form: str) -> float:
    """Likeness of two names in [0, 1]; a name that is like one word of the other counts for less."""
    whole = difflib.SequenceMatcher(a=form, b=asked, autojunk=False).ratio()
    return max(whole, _WORD * likeness(asked, form))


def _agrees(wanted: str | None, known: str | None) -> bool | None:
    if wanted is None or known is None:
        return None
    return names.fold(wanted) == names.fold(known)
