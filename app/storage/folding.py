"""One claim that many papers print is one claim: which report of it leads.

Two claims are reports of one claim where their content has the same words, their cue has the same words, they have the
same speakers (canonical actors, at least one), they come in the same order among claims of which all that is true, and
their articles are in force and copies of one text. Whatever hangs together so has one leading report: the earliest.
``claims.leading_id`` says which, follows from the rows alone, and does not depend on the order in which they came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, delete, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from app.storage.copies import Copies, forget, note
from app.storage.engine import Engine, transaction
from app.storage.sketch import normal_words, words_key
from app.storage.standings import in_force
from app.storage.tables import ActorRow, ArticleRow, ClaimRow, SpanRow, SpeakerRow, core
from app.storage.upsert import serialize

__all__ = [
    "fold_again",
    "fold_all",
    "fold_saved",
    "fold_speakers",
    "fold_standing",
    "printed_with",
    "remove_article",
    "speakers_in_copies",
]

_Twin = aliased(ClaimRow, name="twin")
_Canonical = aliased(ActorRow, name="canonical")

# Articles folded in one transaction, when all are.
_LOT = 200

# What two reports of one claim share: content, cue, speakers, and the place among such claims of the article.
_Kind = tuple[int, tuple[str, ...], frozenset[str], int]


@dataclass(frozen=True, slots=True)
class _Report:
    id: str
    article_id: str
    words_key: int
    cue: tuple[str, ...]
    position: int
    dated_at: datetime
    leading_id: str | None
    in_force: bool

    @property
    def place(self) -> tuple[datetime, str, int]:
        """The order of listings: the first of several leads."""
        return self.dated_at, self.article_id, self.position


def printed_with(session: Session, article_ids: Collection[str]) -> set[str]:
    """Ids of claims of other articles that are reports of one claim with claims of these."""
    led = select(func.coalesce(ClaimRow.leading_id, ClaimRow.id)).where(ClaimRow.article_id.in_(article_ids))
    leading = set(session.scalars(led))
    if not leading:
        return set()
    together = or_(ClaimRow.id.in_(leading), ClaimRow.leading_id.in_(leading))
    return set(session.scalars(select(ClaimRow.id).where(together, ClaimRow.article_id.not_in(article_ids))))


def fold_saved(session: Session, article_ids: Collection[str], beside: Collection[str] = ()) -> None:
    """Fold the claims of articles just saved. ``beside`` is what `printed_with` gave before their old claims went.

    The caller lets one saver at a time in (`upsert.serialize`), as for `fold_speakers`.
    """
    note(session, article_ids)
    _fold(session, or_(ClaimRow.article_id.in_(article_ids), ClaimRow.id.in_(beside)))


def fold_speakers(session: Session, actor_ids: Collection[str]) -> None:
    """Fold the claims of these actor rows anew, after it was judged who they are."""
    if actor_ids:
        _fold(session, ClaimRow.id.in_(select(SpeakerRow.claim_id).where(SpeakerRow.actor_id.in_(actor_ids))))


def fold_standing(session: Session, article_ids: Collection[str]) -> None:
    """Fold the claims of these articles anew, after they came in force or went out of it: what is withdrawn or
    superseded leads nothing and is counted nowhere, and comes back as it was.

    The caller lets one saver at a time in, as for `fold_saved`.
    """
    if article_ids:
        beside = printed_with(session, article_ids)
        _fold(session, or_(ClaimRow.article_id.in_(article_ids), ClaimRow.id.in_(beside)))


def fold_again(session: Session, article_ids: Collection[str]) -> None:
    """Work out from nothing what is derived of these stored articles: sketches, keys of contents, leading reports."""
    serialize(session, "judgements")
    contents: defaultdict[str, list[str]] = defaultdict(list)
    spans = (
        select(SpanRow.claim_id, SpanRow.text)
        .join(ClaimRow, ClaimRow.id == SpanRow.claim_id)
        .where(ClaimRow.article_id.in_(article_ids))
        .order_by(SpanRow.claim_id, SpanRow.ordinal)
    )
    for claim_id, text in session.execute(spans):
        contents[claim_id].append(text)
    _write(session, "words_key", {claim_id: words_key(parts) for claim_id, parts in contents.items()})
    fold_saved(session, article_ids, printed_with(session, article_ids))


def fold_all(engine: Engine) -> int:
    """Fold all stored articles anew, for a database that was filled under other rules; gives how many there were.

    Every lot is a transaction of its own: what is stopped in between can simply be begun again.
    """
    done, last = 0, ""
    while True:
        with transaction(engine) as session:
            after = select(ArticleRow.id).where(ArticleRow.id > last).order_by(ArticleRow.id).limit(_LOT)
            article_ids = session.scalars(after).all()
            if not article_ids:
                return done
            fold_again(session, article_ids)
        done, last = done + len(article_ids), article_ids[-1]


def speakers_in_copies(session: Session, article_ids: Collection[str]) -> list[tuple[str, str]]:
    """Pairs of canonical actors, one of these articles and one of a copy of its text, who say the same words there
    under the same name and are of one kind. Who pairs with two of one article is left out.
    """
    begun = _reports(session, ClaimRow.article_id.in_(article_ids) & _has_twin())
    if not begun:
        return []
    copies = Copies(session)
    around = {other for article_id in {report.article_id for report in begun} for other in copies.around(article_id)}
    keys = {report.words_key for report in begun}
    met = _reports(session, ClaimRow.words_key.in_(keys) & ClaimRow.article_id.in_(around))
    called = _only_speakers(session, [report.id for report in (*begun, *met)])
    alike: defaultdict[tuple[object, ...], list[_Report]] = defaultdict(list)
    for report in met:
        if report.id in called:
            alike[report.words_key, report.cue, *called[report.id][1:]].append(report)
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for report in begun:
        if report.id in called:
            one, *known = called[report.id]
            for other in alike[report.words_key, report.cue, *known]:
                if copies.are(report.article_id, other.article_id):
                    found[one, other.article_id].add(called[other.id][0])
    pairs = {(one, min(others)) for (one, _), others in found.items() if len(others) == 1 and one not in others}
    return sorted(pair for pair in pairs if pair[::-1] not in pairs or pair[0] < pair[1])


def remove_article(session: Session, article_id: str) -> None:
    """Delete an article with its claims and all that it showed; of claims that others printed too, another leads.

    An article that is not there is no error. Actors stay, as nobody's answer where no article names them any more.
    """
    serialize(session, "judgements")
    beside = printed_with(session, [article_id])
    forget(session, [article_id])
    session.execute(delete(ArticleRow).where(ArticleRow.id == article_id))
    _fold(session, ClaimRow.id.in_(beside))


def _fold(session: Session, changed: ColumnElement[bool]) -> None:
    # Nearly every claim has words of its own, and is done with here.
    begun = _reports(session, changed & (_has_twin() | ClaimRow.leading_id.is_not(None)))
    if not begun:
        return
    copies = Copies(session)
    keys = {report.words_key for report in begun}
    articles = {report.article_id for report in begun}
    around = {other for article_id in articles for other in copies.around(article_id)}
    touched = _with_led(session, begun)
    met = _with_led(session, _reports(session, ClaimRow.words_key.in_(keys) & ClaimRow.article_id.in_(around)))
    articles |= {report.article_id for report in (*touched, *met)}
    known = _reports(session, ClaimRow.words_key.in_(keys) & ClaimRow.article_id.in_(articles))
    ids = {report.id for report in touched}
    leading: dict[str, str | None] = {}
    for alike in _kinds(session, known).values():
        for together in _connected(alike, copies):
            # Only what hangs together with a changed claim is here as a whole.
            if ids.isdisjoint(report.id for report in together):
                continue
            first = min(together, key=lambda report: report.place)
            leading |= {report.id: None if report is first else first.id for report in together}
    before = {report.id: report.leading_id for report in known}
    _write(session, "leading_id", {each: leader for each, leader in leading.items() if before[each] != leader})


def _has_twin() -> ColumnElement[bool]:
    twin = select(_Twin.id).where(_Twin.words_key == ClaimRow.words_key, _Twin.article_id != ClaimRow.article_id)
    return twin.exists()


def _only_speakers(session: Session, claim_ids: Collection[str]) -> dict[str, tuple[str, str, str]]:
    """Of claims that one actor makes: canonical id, name and kind of that actor."""
    named = (
        select(SpeakerRow.claim_id, _Canonical.id, _Canonical.sort_name, _Canonical.kind)
        .join(ActorRow, ActorRow.id == SpeakerRow.actor_id)
        .join(_Canonical, _Canonical.id == ActorRow.canonical_id)
        .where(SpeakerRow.claim_id.in_(claim_ids))
    )
    found: defaultdict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for claim_id, actor_id, name, kind in session.execute(named):
        found[claim_id].add((actor_id, name, kind))
    return {claim_id: actors.pop() for claim_id, actors in found.items() if len(actors) == 1}


def _reports(session: Session, condition: ColumnElement[bool]) -> list[_Report]:
    query = select(
        ClaimRow.id,
        ClaimRow.article_id,
        ClaimRow.words_key,
        ClaimRow.cue_text,
        ClaimRow.position,
        ClaimRow.dated_at,
        ClaimRow.leading_id,
        in_force(ClaimRow.article_id),
    ).where(condition, ClaimRow.words_key.is_not(None))
    return [
        _Report(claim_id, article_id, key or 0, tuple(normal_words(cue or "")), position, dated_at, leading_id, stands)
        for claim_id, article_id, key, cue, position, dated_at, leading_id, stands in session.execute(query)
    ]


def _with_led(session: Session, reports: Collection[_Report]) -> list[_Report]:
    """Those reports, and all that lead them, follow them, or follow the same one."""
    leading = {report.leading_id or report.id for report in reports}
    led = _reports(session, ClaimRow.id.in_(leading) | ClaimRow.leading_id.in_(leading)) if leading else []
    return list({report.id: report for report in (*reports, *led)}.values())


def _kinds(session: Session, reports: Collection[_Report]) -> dict[_Kind, list[_Report]]:
    speakers: defaultdict[str, set[str]] = defaultdict(set)
    named = (
        select(SpeakerRow.claim_id, ActorRow.canonical_id)
        .join(ActorRow, ActorRow.id == SpeakerRow.actor_id)
        .where(SpeakerRow.claim_id.in_([report.id for report in reports]))
    )
    for claim_id, actor_id in session.execute(named):
        speakers[claim_id].add(actor_id)
    found: defaultdict[_Kind, list[_Report]] = defaultdict(list)
    before: defaultdict[tuple[object, ...], int] = defaultdict(int)
    for report in sorted(reports, key=lambda report: report.place):
        # Who is not named may be anybody.
        if (who := frozenset(speakers[report.id])) and report.in_force:
            # "Nej, sade hon" twice in a text is two claims: the first of a copy goes with the first.
            said = (report.article_id, report.words_key, report.cue, who)
            found[report.words_key, report.cue, who, before[said]].append(report)
            before[said] += 1
        else:
            found[report.words_key, report.cue, who, -1 - len(found)].append(report)
    return found


def _connected(reports: Iterable[_Report], copies: Copies) -> Iterable[list[_Report]]:
    """The reports, each with all that hang together with it by articles that are copies."""
    left = list(reports)
    if len(left) > 1:
        copies.read([report.article_id for report in left])
    while left:
        together = [left.pop()]
        for here in together:
            apart: list[_Report] = []
            for other in left:
                (together if copies.are(here.article_id, other.article_id) else apart).append(other)
            left = apart
        yield together


def _write(session: Session, column: str, values: dict[str, str | None] | dict[str, int | None]) -> None:
    if values:
        rows = [{"which": claim_id, "value": values[claim_id]} for claim_id in sorted(values)]
        table = core(ClaimRow)
        change = update(table).where(table.c.id == bindparam("which")).values({column: bindparam("value")})
        session.connection().execute(change, rows)
