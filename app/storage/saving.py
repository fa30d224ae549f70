"""Saving an extraction: the claims, actors and links of one article, replaced as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from app.domain.actor import Actor, ActorKind
from app.domain.claim import Claim, Extraction
from app.domain.span import Span
from app.errors import NotFound
from app.storage import names
from app.storage.changes import record_changes, stored_claims
from app.storage.correcting import corrected
from app.storage.folding import fold_saved, printed_with
from app.storage.references import check_references
from app.storage.search import normal
from app.storage.sketch import words_key
from app.storage.tables import (
    ActorRow,
    AliasRow,
    ArticleRow,
    Base,
    ClaimRow,
    MentionRow,
    NameWordRow,
    RelationRow,
    RepresentationRow,
    SpanRow,
    SpeakerRow,
    TargetRow,
    core,
)
from app.storage.upsert import insert_new, insert_or_replace, serialize

# In the order of the domain, where the unknown comes last.
_KINDS = [kind.value for kind in ActorKind]

Rows = list[dict[str, Any]]
Found = tuple[Extraction, Mapping[str, str]]


def save_extraction(session: Session, extraction: Extraction, actor_ids: Mapping[str, str]) -> None:
    """Make the stored claims of the extraction's article exactly those of ``extraction``; see `save_extractions`."""
    save_extractions(session, [(extraction, actor_ids)])


def save_extractions(session: Session, found: Sequence[Found]) -> None:
    """Make the stored claims of each extraction's article exactly those of the extraction.

    With each extraction comes the stored id of every actor ``ref`` in it. A claim keeps its id and row as long as its
    cue and content stand where they stood; claims that are no longer found go, with everything that hung on them.
    Saving the same extraction again changes nothing. What people have corrected in an article is put right again in
    what is saved of it (`app.domain.correcting`). Transactions that save the same article wait for each other, and
    rows that several articles share are written in one order, so that parallel savers never lock each other out.

    Raises `NotFound` when an article is not stored, ``KeyError`` when an actor has no id, ``ValueError`` when a claim
    points to an actor or a claim that its extraction does not hold, or an article comes twice. All before anything is
    written.
    """
    articles = [extraction.article_id for extraction, _ in found]
    if len(set(articles)) < len(articles):
        raise ValueError("one article twice in what is to be saved together")
    for extraction, actor_ids in found:
        check_references(extraction, actor_ids)
    dates = _lock(session, articles)
    found = corrected(session, found)
    beside = printed_with(session, articles)
    _save_actors(session, found, dates)
    _save_claims(session, found, dates)
    _save_appearances(session, found)
    fold_saved(session, articles, beside)


def _lock(session: Session, article_ids: Sequence[str]) -> dict[str, datetime]:
    """The date of each article, and its row locked until the transaction ends."""
    # First one saver at a time: of two that bring copies of one text, the second sees the first.
    serialize(session, "judgements")
    query = (
        select(ArticleRow.id, ArticleRow.dated_at)
        .where(ArticleRow.id.in_(article_ids))
        .order_by(ArticleRow.id)
        .with_for_update()
    )
    dates = dict(session.execute(query).all())
    for article_id in article_ids:
        if article_id not in dates:
            raise NotFound(f"no article {article_id}")
    return dates


def _forms(actor: Actor) -> Counter[str]:
    """The printed forms of ``actor`` and how many mentions read so; forms without a mention, the name too, count 0."""
    uses = Counter(mention.span.text for mention in actor.mentions)
    return Counter({form: uses[form] for form in dict.fromkeys((*actor.aliases, actor.name)) if form.strip()})


def _save_actors(session: Session, found: Sequence[Found], dates: Mapping[str, datetime]) -> None:
    rows: dict[str, dict[str, Any]] = {}
    words: dict[tuple[str, str, int], dict[str, Any]] = {}
    for extraction, actor_ids in found:
        for actor in extraction.actors:
            new = _actor_row(actor_ids[actor.ref], actor, dates[extraction.article_id])
            known = rows.setdefault(new["id"], new)
            known |= _better(known, new)
            for form in _forms(actor):
                for word in _words(new["id"], form):
                    words[word["word"], word["actor_id"], word["final"]] = word
    insert_new(session, ActorRow, [rows[actor_id] for actor_id in sorted(rows)])
    stored = session.execute(
        select(ActorRow.id, ActorRow.name, ActorRow.kind, ActorRow.territory, ActorRow.role, ActorRow.role_at)
        .where(ActorRow.id.in_(rows))
        .order_by(ActorRow.id)
    )
    for row in stored.all():
        better = _better(dict(row._mapping), rows[row.id])
        if better:
            session.execute(update(ActorRow).where(ActorRow.id == row.id).values(better))
    insert_new(session, NameWordRow, [words[key] for key in sorted(words)])


def _actor_row(actor_id: str, actor: Actor, dated_at: datetime) -> dict[str, Any]:
    return {
        "id": actor_id,
        "canonical_id": actor_id,
        "name": actor.name,
        "sort_name": names.fold(actor.name),
        "kind": actor.kind.value,
        "territory": actor.territory,
        "role": actor.role,
        "role_at": dated_at if actor.role else None,
    }


def _words(actor_id: str, form: str) -> Rows:
    parts = names.words(names.fold(form))
    last = len(parts) - 1
    return [
        {"word": word, "actor_id": actor_id, "final": int(place == last), "sound": names.sound(word)}
        for place, word in enumerate(parts)
    ]


def _better(known: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """What ``new`` knows better about an actor; the outcome does not depend on which article was saved first."""
    better: dict[str, Any] = {}
    if names.fullness(new["name"]) > names.fullness(known["name"]):
        better |= {"name": new["name"], "sort_name": new["sort_name"]}
    if _KINDS.index(new["kind"]) < _KINDS.index(known["kind"]):
        better["kind"] = new["kind"]
    if new["territory"] is not None and (known["territory"] is None or new["territory"] < known["territory"]):
        better["territory"] = new["territory"]
    if new["role"] is not None and (
        known["role"] is None or (new["role_at"], new["role"]) > (known["role_at"], known["role"])
    ):
        better |= {"role": new["role"], "role_at": new["role_at"]}
    return better


def _save_claims(session: Session, found: Sequence[Found], dates: Mapping[str, datetime]) -> None:
    rows: Rows = []
    parts: dict[type[Base], Rows] = {SpanRow: [], SpeakerRow: [], TargetRow: [], RelationRow: []}
    for extraction, actor_ids in found:
        article_id = extraction.article_id
        ids = {claim.ref: claim.id_in(article_id) for claim in extraction.claims}
        # Two claims with one cue and one content are one claim; the first stays.
        claims: dict[str, Claim] = {}
        for claim in extraction.claims:
            claims.setdefault(ids[claim.ref], claim)
        for position, (claim_id, claim) in enumerate(claims.items()):
            rows.append(_claim_row(claim_id, claim, article_id, position, dates[article_id], ids))
            _collect_parts(parts, claim_id, claim, actor_ids, ids)
    before = stored_claims(session, dates)
    saved = [row["id"] for row in rows]
    session.execute(delete(ClaimRow).where(ClaimRow.article_id.in_(dates), ClaimRow.id.not_in(saved)))
    insert_or_replace(session, ClaimRow, rows, key="id")
    for table, new in parts.items():
        session.execute(delete(table).where(core(table).c.claim_id.in_(saved)))
        _insert(session, table, new)
    record_changes(session, before, rows, parts)


def _collect_parts(
    parts: Mapping[type[Base], Rows],
    claim_id: str,
    claim: Claim,
    actor_ids: Mapping[str, str],
    ids: Mapping[str, str],
) -> None:
    for ordinal, span in enumerate(claim.content):
        parts[SpanRow].append(_row(claim_id, ordinal, start=span.start, end=span.end, text=span.text))
    for ordinal, actor_id in enumerate(dict.fromkeys(actor_ids[ref] for ref in claim.speakers)):
        parts[SpeakerRow].append(_row(claim_id, ordinal, actor_id=actor_id))
    known = [(target, actor_ids[target.actor]) for target in claim.targets if target.actor is not None]
    for ordinal, (target, actor_id) in enumerate(known):
        place = _place("mention", target.mention)
        parts[TargetRow].append(_row(claim_id, ordinal, role=target.role.value, actor_id=actor_id, **place))
    for ordinal, relation in enumerate(claim.relations):
        place = _place("mention", relation.mention)
        other = {"kind": relation.kind.value, "other_id": ids[relation.claim], "rule": relation.rule}
        parts[RelationRow].append(_row(claim_id, ordinal, **other, **place))


def _claim_row(
    claim_id: str, claim: Claim, article_id: str, position: int, dated_at: datetime, ids: Mapping[str, str]
) -> dict[str, Any]:
    sure = claim.confidence
    printed = f"\n{claim.speaker.text}" if claim.speaker else ""
    return {
        "id": claim_id,
        "article_id": article_id,
        "position": position,
        "dated_at": dated_at,
        "act": claim.act.value,
        "mode": claim.mode.value,
        "parent_id": ids[claim.parent] if claim.parent else None,
        **_place("speaker", claim.speaker),
        **_place("cue", claim.cue),
        "confidence": sure.overall if sure else None,
        "confidence_speaker": sure.speaker if sure else None,
        "confidence_content": sure.content if sure else None,
        "confidence_target": sure.target if sure else None,
        "confidence_act": sure.act if sure else None,
        "evidence": [list(pair) for pair in claim.evidence],
        "search_text": normal(" … ".join(span.text for span in claim.content) + printed),
        "words_key": words_key(span.text for span in claim.content),
    }


def _save_appearances(session: Session, found: Sequence[Found]) -> None:
    articles = [extraction.article_id for extraction, _ in found]
    rows: dict[type[Base], Rows] = {AliasRow: [], MentionRow: [], RepresentationRow: []}
    for extraction, actor_ids in found:
        for table, new in _appearances(extraction, actor_ids).items():
            rows[table] += new
    for table, new in rows.items():
        session.execute(delete(table).where(core(table).c.article_id.in_(articles)))
        _insert(session, table, new)


def _appearances(extraction: Extraction, actor_ids: Mapping[str, str]) -> dict[type[Base], Rows]:
    """How the actors appear in the article: under what names, where, and speaking for whom."""
    aliases: dict[tuple[str, str], dict[str, Any]] = {}
    mentions: dict[tuple[int, int, str], dict[str, Any]] = {}
    representations: dict[tuple[str, str, str], dict[str, Any]] = {}
    for actor in extraction.actors:
        actor_id = actor_ids[actor.ref]
        whose = {"article_id": extraction.article_id, "actor_id": actor_id}
        for form, uses in _forms(actor).items():
            before = aliases.get((actor_id, form), {"uses": 0})["uses"]
            folded = names.fold(form)
            aliases[actor_id, form] = {**whose, "form": form, "folded": folded, "uses": before + uses}
        for mention in actor.mentions:
            span = mention.span
            place = {"start": span.start, "end": span.end, "text": span.text}
            mentions.setdefault((span.start, span.end, actor_id), {**whose, **place, "rule": mention.rule})
        for shown in actor.represents:
            party_id = actor_ids[shown.party]
            if party_id != actor_id:
                row = {**whose, "party_id": party_id, "rule": shown.rule, **_place("evidence", shown.evidence)}
                representations.setdefault((actor_id, party_id, shown.rule), row)
    return {
        AliasRow: list(aliases.values()),
        MentionRow: list(mentions.values()),
        RepresentationRow: list(representations.values()),
    }


def _row(claim_id: str, ordinal: int, **values: object) -> dict[str, Any]:
    return {"claim_id": claim_id, "ordinal": ordinal, **values}


def _place(prefix: str, span: Span | None) -> dict[str, Any]:
    start, end, words = (span.start, span.end, span.text) if span else (None, None, None)
    return {f"{prefix}_start": start, f"{prefix}_end": end, f"{prefix}_text": words}


def _insert(session: Session, table: type[Base], rows: Rows) -> None:
    if rows:
        session.connection().execute(insert(core(table)), rows)
