"""What holds for any extraction, not only for the ones somebody thought of."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from app.domain.actor import Actor, ActorKind, Mention, Representation
from app.domain.article import Article
from app.domain.claim import (
    Act,
    Claim,
    Confidence,
    Extraction,
    Mode,
    Relation,
    RelationKind,
    Target,
    TargetRole,
)
from app.domain.event import EventKind
from app.domain.record import ClaimFilter
from app.domain.span import Span
from app.errors import BadCursor
from app.storage.articles import save_article
from app.storage.claims import list_claims, save_extraction
from app.storage.cursor import decode, encode
from app.storage.engine import reading, transaction
from app.storage.events import waiting
from app.storage.names import fold, words
from app.storage.search import matches
from app.storage.tables import Base
from tests.storage.samples import PUBLISHED, actor_ids
from tests.storage.tables import contents

# Letters whose forms differ by normalisation and case, an astral character, quotation marks, and Swedish.
TEXTS = st.text(st.sampled_from("aåäöÅßİe\u0301\u0308 🦊”\"'\n-.sS%_*:"), min_size=4, max_size=40)
PROBABILITY = st.floats(0, 1)


@st.composite
def spans(draw: st.DrawFn, body: str) -> Span:
    start = draw(st.integers(0, len(body) - 1))
    return Span.cut(body, start, draw(st.integers(start + 1, len(body))))


@st.composite
def extractions(draw: st.DrawFn, article: Article) -> Extraction:
    """Any extraction of ``article`` that the domain allows."""
    some = spans(article.text)
    refs = [f"a{number}" for number in range(draw(st.integers(1, 4)))]
    ref = st.sampled_from(refs)
    actors = [
        Actor(
            one,
            draw(some).text,
            draw(st.sampled_from(ActorKind)),
            mentions=tuple(draw(st.lists(st.builds(Mention, some, st.just("rule")), max_size=3))),
            aliases=tuple(draw(st.lists(some.map(lambda span: span.text), max_size=3))),
            territory=draw(st.none() | st.sampled_from(["SE", "AZ"])),
            role=draw(st.none() | st.just("minister")),
            represents=tuple(
                draw(st.lists(st.builds(Representation, ref, st.just("rule"), st.none() | some), max_size=2))
            ),
        )
        for one in refs
    ]
    claims: list[Claim] = []
    for number in range(draw(st.integers(0, 4))):
        earlier = [claim.ref for claim in claims]
        relation = st.builds(
            Relation, st.sampled_from(RelationKind), st.sampled_from(earlier or ["c0"]), st.just("r"), st.none() | some
        )
        claims.append(
            Claim(
                f"c{number}",
                draw(st.none() | some),
                tuple(draw(st.lists(ref, max_size=2))),
                draw(st.none() | some),
                tuple(draw(st.lists(some, min_size=1, max_size=3))),
                draw(st.sampled_from(Act)),
                draw(st.sampled_from(Mode)),
                targets=tuple(
                    draw(st.lists(st.builds(Target, st.sampled_from(TargetRole), ref, st.none() | some), max_size=2))
                ),
                relations=tuple(draw(st.lists(relation, max_size=2))) if earlier else (),
                parent=draw(st.none() | st.sampled_from(earlier)) if earlier else None,
                evidence=tuple(draw(st.lists(st.tuples(st.just("step"), st.just("rule")), max_size=2))),
                confidence=draw(st.none() | st.builds(Confidence, *[PROBABILITY] * 5)),
            )
        )
    return Extraction(article.id, tuple(claims), tuple(actors))


def cleared(engine: Engine) -> None:
    with transaction(engine) as session:
        session.execute(text("UPDATE actors SET canonical_id = id"))
        for table in reversed(Base.metadata.sorted_tables):
            session.execute(table.delete())


MANY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)


@MANY
@given(body=TEXTS, data=st.data())
def test_saving_twice_is_saving_once_and_reading_gives_it_back(engine: Engine, body: str, data: st.DataObject) -> None:
    cleared(engine)
    article = Article(body)
    found = data.draw(extractions(article))
    ids = actor_ids(found)
    with transaction(engine) as session:
        save_article(session, article)
        save_extraction(session, found, ids)
    once = contents(engine)
    with transaction(engine) as session:
        assert save_article(session, article) == (article.id, False)
        save_extraction(session, found, ids)
    assert contents(engine) == once
    with reading(engine) as session:
        read = list_claims(session, limit=100).items
    first_with_id = {claim.id_in(article.id): claim for claim in reversed(found.claims)}
    assert {claim.id for claim in read} == set(first_with_id)
    for claim in read:
        source = first_with_id[claim.id]
        assert (claim.speaker, claim.cue, claim.content) == (source.speaker, source.cue, source.content)
        assert (claim.act, claim.mode, claim.evidence) == (source.act, source.mode, source.evidence)
        assert claim.confidence == source.confidence
        assert [target.mention for target in claim.targets] == [target.mention for target in source.targets]
        assert [(one.kind, one.mention) for one in claim.relations] == [
            (one.kind, one.mention) for one in source.relations
        ]
        for span in (claim.speaker, claim.cue, *claim.content):
            assert span is None or body[span.start : span.end] == span.text


def told(engine: Engine) -> set[str]:
    """The claims that stand for somebody who knows only the events."""
    standing: set[str] = set()
    with reading(engine) as session:
        for _, what in waiting(session, 1000):
            if what.kind is EventKind.CLAIM_ADDED:
                assert what.claim_id not in standing
                standing.add(str(what.claim_id))
            if what.kind is EventKind.CLAIM_REMOVED:
                standing.remove(str(what.claim_id))
            assert what.kind is not EventKind.CLAIM_CHANGED or what.claim_id in standing
    return standing


@MANY
@given(bodies=st.lists(TEXTS, min_size=2, max_size=4, unique=True), data=st.data())
def test_the_order_of_saving_and_what_was_found_before_do_not_matter(
    engine: Engine, bodies: list[str], data: st.DataObject
) -> None:
    by_chance = frozenset({"seq", "number", "stored_at"})
    articles = [Article(body, published_at=PUBLISHED) for body in bodies]
    ids = {ref: f"act_{ref}" for ref in ("a0", "a1", "a2", "a3")}
    found = {article.id: data.draw(extractions(article)) for article in articles}
    # What an earlier version of the rules found: other claims of the same actors.
    before = {key: dataclasses.replace(one, claims=one.claims[1:]) for key, one in found.items()}
    before = {key: one for key, one in before.items() if not dangling(one)}
    outcomes = []
    for order in (articles, data.draw(st.permutations(articles))):
        cleared(engine)
        with transaction(engine) as session:
            for article in order:
                save_article(session, article)
        for version in (before, found) if order is not articles else (found,):
            for article in order:
                if article.id in version:
                    with transaction(engine) as session:
                        save_extraction(session, version[article.id], ids)
        left = contents(engine, without=by_chance)
        # What happened on the way differs, and leads to the same.
        assert told(engine) == {claim.id_in(article.id) for article in articles for claim in found[article.id].claims}
        outcomes.append({name: rows for name, rows in left.items() if name != "events"})
    assert outcomes[0] == outcomes[1]


def dangling(found: Extraction) -> bool:
    """Whether a claim points to one that is not there."""
    refs = {claim.ref for claim in found.claims}
    return any(
        (claim.parent is not None and claim.parent not in refs)
        or any(relation.claim not in refs for relation in claim.relations)
        for claim in found.claims
    )


@MANY
@given(asked=st.text(max_size=30) | st.text(st.sampled_from("\"'*()-+^:aåNEARORAND{}\\ "), max_size=20))
def test_no_search_and_no_name_breaks_the_database(engine: Engine, asked: str) -> None:
    with reading(engine) as session:
        if matches(session, asked) is not None:
            assert list_claims(session, ClaimFilter(q=asked)).items == ()
        page = list_claims(session, ClaimFilter(speaker=asked, target=asked))
    assert page.items == ()


@given(keys=st.tuples(st.text(st.characters(exclude_categories=["Cs"])), st.integers()), listing=st.text())
def test_a_cursor_holds_its_keys(keys: tuple[str, int], listing: str) -> None:
    cursor = encode(listing, keys)
    assert decode(listing, cursor, (str, int)) == keys
    assert cursor.isascii()
    with pytest.raises(BadCursor):
        decode(listing + "!", cursor, (str, int))
    with pytest.raises(BadCursor):
        decode(listing, cursor, (str, str))


@given(cursor=st.text() | st.text(st.sampled_from("ABCabc019-_=")))
def test_whatever_was_not_handed_out_is_refused(cursor: str) -> None:
    with pytest.raises(BadCursor):
        decode("claims", cursor, (str, int))


@given(name=st.text())
def test_folding_is_done_once(name: str) -> None:
    once = fold(name)
    assert fold(once) == once
    once.encode()
    assert "\0" not in once
    assert all(word in once for word in words(once))
