"""Corrections carried over to the version that takes an article's place, in the transaction in which it does."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.carrying import Meant, Texts, same_speakers
from app.domain.claim import Claim, Extraction
from app.domain.correction import Correction, CorrectionKind, Party, attribution_of
from app.domain.threads import Thread, bind, threads_of
from app.storage import names
from app.storage.carried import CarriedRow, known_roots, not_carried, roots
from app.storage.readings import CorrectionRow, attribution_document, corrections_of, keep_reading, kept_reading
from app.storage.rebuilding import rebuilt
from app.storage.saving import save_extraction
from app.storage.tables import ActorRow, ArticleRow

Reading = tuple[Extraction, dict[str, str]]


def carry(session: Session, old_id: str, new_id: str) -> None:
    """Make the corrections in force of one version corrections of the next, where their evidence is found again.

    Those of one claim go together or not at all. What is not carried stays with the version it was made in, is told by
    `not_carried`, and is tried again with the next version. Each correction is carried to a version once: what somebody
    takes back there does not come again. The caller lets one saver at a time in (`upsert.serialize`).
    """
    own = [each for each in corrections_of(session, [old_id]).get(old_id, ()) if each.in_force]
    given = [*own, *not_carried(session, old_id)]
    if not given:
        return
    root = {each.id: each.id for each in given} | roots(session, [each.id for each in given])
    done = known_roots(session, new_id)
    left = [each for each in given if not done.get(root[each.id], False)]
    reading = kept_reading(session, new_id) or rebuilt(session, new_id)
    existing = corrections_of(session, [new_id]).get(new_id, [])
    carried = _fitting(_moved(session, left, new_id, reading), reading, existing)
    now = datetime.now(UTC)
    if carried and kept_reading(session, new_id) is None:
        keep_reading(session, *reading)
    for each in left:
        row = _row(carried[each.id], new_id) if each.id in carried else None
        if row is not None:
            session.add(row)
            session.flush()
        session.merge(
            CarriedRow(
                article_id=new_id,
                root_id=root[each.id],
                origin_id=each.id,
                correction_id=row.id if row is not None else None,
                at=now,
            )
        )
    session.flush()
    if carried:
        save_extraction(session, *reading)


def _moved(session: Session, left: Sequence[Correction], new_id: str, reading: Reading) -> list[list[Correction]]:
    """The corrections of each claim as corrections of the new text; claims of which one is lost are left out."""
    sources = {each.article_id for each in left}
    query = select(ArticleRow.id, ArticleRow.text).where(ArticleRow.id.in_({*sources, new_id}))
    texts = dict(session.execute(query).all())
    found = []
    for article_id in sorted(sources):
        both = Texts(texts[article_id], texts[new_id])
        meant = _meant(session, kept_reading(session, article_id) or rebuilt(session, article_id), reading)
        for thread in threads_of(each for each in left if each.article_id == article_id):
            moved = [both.moved(each, meant) for each in thread.corrections]
            whole = [each for each in moved if each is not None]
            if len(whole) == len(moved):
                found.append(whole)
    return found


def _fitting(
    moved: Sequence[Sequence[Correction]], reading: Reading, existing: Sequence[Correction]
) -> dict[int, Correction]:
    """Those that fit a claim of the new version, or bring one with them, by id and under the id of that claim."""
    extraction, actor_ids = reading
    taken = {each.claim_id for each in existing if each.in_force}
    threads = [_thread(corrections, extraction.article_id) for corrections in moved]
    # Of a claim that was corrected in one version, not carried over, and corrected in the next, the latter counts.
    threads = list({each.claim_id: each for each in sorted(threads, key=lambda each: each.corrections[-1].id)}.values())
    bound = bind(threads, extraction)
    found = {}
    for thread in threads:
        claim = bound.get(thread.claim_id)
        read = attribution_of(claim, extraction, actor_ids) if claim is not None else None
        first = thread.corrections[0]
        was_read = read is not None and first.kind is not CorrectionKind.ADD
        if read is not None and was_read and not same_speakers(first.anchor.speakers, read.speakers):
            # "She" is another woman now.
            continue
        if thread.outcome(read) is None and not thread.is_rejected:
            continue
        claim_id = claim.id_in(extraction.article_id) if claim is not None else thread.claim_id
        if claim_id not in taken:
            found.update({each.id: replace(each, claim_id=claim_id) for each in thread.corrections})
    return found


def _thread(corrections: Sequence[Correction], article_id: str) -> Thread:
    """Corrections of one claim, under the id that it has in the new version where it was cut as it was in the old."""
    anchor = corrections[0].anchor
    claim = Claim("carried", None, (), anchor.cue, anchor.content, anchor.act, anchor.mode)
    claim_id = claim.id_in(article_id)
    return Thread(claim_id, tuple(replace(each, claim_id=claim_id) for each in corrections))


def _meant(session: Session, old: Reading, new: Reading) -> Meant:
    """Whom the new version has for a party of the old one: the same actor, else the only one of the same name.

    A party that neither names was brought in by a person, and is whom that person meant.
    """
    canonical = _canonical(session, {*old[1].values(), *new[1].values()})
    here = set(old[1].values())
    there: dict[str, Party] = {}
    called: dict[str, dict[str, Party]] = {}
    for actor in new[0].actors:
        party = Party(new[1][actor.ref], actor.name, actor.kind)
        there.setdefault(canonical.get(party.id, party.id), party)
        for form in {names.fold(form) for form in (actor.name, *actor.aliases)}:
            called.setdefault(form, {})[party.id] = party

    def meant(party: Party) -> Party | None:
        same = there.get(canonical.get(party.id, party.id))
        if same is not None:
            return same
        alike = list(called.get(names.fold(party.name), {}).values())
        if alike:
            return alike[0] if len(alike) == 1 else None
        return None if party.id in here else party

    return meant


def _canonical(session: Session, actor_ids: Collection[str]) -> Mapping[str, str]:
    query = select(ActorRow.id, ActorRow.canonical_id).where(ActorRow.id.in_(actor_ids))
    return dict(session.execute(query).all())


def _row(correction: Correction, article_id: str) -> CorrectionRow:
    after, before, verdict = correction.after, correction.before, correction.verdict
    return CorrectionRow(
        article_id=article_id,
        claim_id=correction.claim_id,
        kind=correction.kind.value,
        fields=[field.value for field in correction.fields],
        before=attribution_document(before) if before else None,
        after=attribution_document(after) if after else None,
        anchor=attribution_document(correction.anchor),
        verdict={"rating": verdict.rating, "by": verdict.by, "url": verdict.url} if verdict else None,
        author=correction.author,
        at=correction.at,
        reason=correction.reason,
        applied=True,
    )
