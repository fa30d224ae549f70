"""How a question was understood, as one sentence in the language of the page."""

from __future__ import annotations

from app.asking.answer import Answer, Party
from app.domain.claim import Mode
from app.web.language import Texts


def read_as(texts: Texts, found: Answer) -> str:
    """What was looked up: what, by whom, directed at whom, about what, with which words, from when to when."""
    understood = found.interpretation
    wanted = understood.filter
    what = texts(f"acts.{wanted.act}" if wanted.act else "acts.claim")
    parts = [texts(f"read.{understood.asks}", what=what)]
    if understood.speaker:
        name = _named(texts, understood.speaker)
        parts.append(texts("read.by_party" if wanted.scope == "party" else "read.by", name=name))
    if understood.target:
        parts.append(texts("read.at", name=_named(texts, understood.target)))
    if understood.topic:
        parts.append(texts("read.about", name=_named(texts, understood.topic)))
    if wanted.q:
        parts.append(texts("read.words", words=wanted.q))
    if wanted.mode is Mode.DIRECT:
        parts.append(texts("read.verbatim"))
    if wanted.since:
        parts.append(texts("read.since", day=texts.day(wanted.since)))
    if wanted.until:
        parts.append(texts("read.until", day=texts.day(wanted.until)))
    return "".join(parts) + "."


def _named(texts: Texts, party: Party) -> str:
    """Whom a name was taken for; as asked where it is their name, or nobody's."""
    names = [actor.name for actor in party.actors]
    if not names or names == [party.name]:
        return party.name
    return texts("read.named", name=texts.listed(names), asked=party.name)
