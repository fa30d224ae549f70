from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
from sqlalchemy import Engine, event

from app.domain.claim import Act, Claim, Extraction, Mode, RelationKind, Target, TargetRole
from app.domain.record import ClaimFilter, ClaimRecord, Page
from app.errors import BadCursor, InputError, NotFound
from app.storage.articles import get_article, save_article
from app.storage.claims import claims_by_ids, get_claim, list_claims, save_extraction, save_extractions
from app.storage.engine import Session, reading, transaction
from tests.ingest.fake import FakeExtractor
from tests.ingest.fake import actor_ids as fake_ids
from tests.storage.samples import PUBLISHED, TEXT, actor_ids, article, cut, extraction, lines
from tests.storage.tables import contents


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """A database with the sample article and its claims."""
    with transaction(engine) as session:
        save_article(session, article())
        save_extraction(session, extraction(), actor_ids(extraction()))
    return engine


def asked(engine: Engine, wanted: ClaimFilter) -> Page[ClaimRecord]:
    with reading(engine) as session:
        return list_claims(session, wanted)


def texts(engine: Engine, **wanted: object) -> list[str]:
    return [claim.text for claim in asked(engine, ClaimFilter(**wanted)).items]  # type: ignore[arg-type]


def test_claims_come_back_as_they_were_found(filled: Engine) -> None:
    [accusation, denial, statement, demand] = asked(filled, ClaimFilter()).items
    [source, *_] = extraction().claims
    assert accusation.id == source.id_in(article().id)
    assert (accusation.article_id, accusation.article_title) == (article().id, "Strider")
    assert accusation.published_at == PUBLISHED
    assert (accusation.speaker, accusation.cue, accusation.content) == (source.speaker, source.cue, source.content)
    assert (accusation.act, accusation.mode) == (Act.ACCUSATION, Mode.INDIRECT)
    assert (accusation.evidence, accusation.confidence) == (source.evidence, source.confidence)
    assert [speaker.name for speaker in accusation.speakers] == ["Nikol Pasjinjan"]
    [target] = accusation.targets
    assert (target.role, target.actor.name, target.mention) == (TargetRole.ACCUSED, "Azerbajdzjan", cut("Azerbajdzjan"))
    assert denial.confidence is not None
    assert statement.confidence is None
    assert [target.actor.name for target in demand.targets] == ["Armenien", "Azerbajdzjan"]
    for claim in (accusation, denial, statement, demand):
        for part in (claim.speaker, claim.cue, *claim.content):
            assert part is not None
            assert TEXT[part.start : part.end] == part.text


def test_a_denial_is_seen_from_both_sides(filled: Engine) -> None:
    with reading(filled) as session:
        accusation, denial, *_ = (claim.id for claim in list_claims(session).items)
        [relation] = get_claim(session, denial).relations
        [response] = get_claim(session, accusation).responses
    assert (relation.kind, relation.claim_id, relation.rule) == (RelationKind.DENIES, accusation, "definite-noun")
    assert ([speaker.name for speaker in relation.speakers], relation.content) == (
        ["Nikol Pasjinjan"],
        "för att ha beskjutit byar",
    )
    assert (response.kind, response.claim_id) == (RelationKind.DENIES, denial)
    assert ([speaker.name for speaker in response.speakers], response.content) == (["Bakus regering"], "anklagelsen")
    assert response.mention == cut("anklagelsen")


def test_unknown_claim(filled: Engine) -> None:
    with reading(filled) as session:
        with pytest.raises(NotFound, match="clm_none"):
            get_claim(session, "clm_none")
        assert claims_by_ids(session, ["clm_none"]) == []


def test_saving_again_changes_nothing(filled: Engine) -> None:
    before = contents(filled)
    with transaction(filled) as session:
        save_extraction(session, extraction(), actor_ids(extraction()))
    assert contents(filled) == before


def test_a_revised_extraction_replaces_the_old_one(filled: Engine) -> None:
    found = extraction()
    first, second, third, _ = found.claims
    revised = dataclasses.replace(third, act=Act.OPINION, targets=(Target(TargetRole.ABOUT, "a1"),))
    fewer = dataclasses.replace(found, claims=(first, dataclasses.replace(second, relations=()), revised))
    with reading(filled) as session:
        before = [claim.id for claim in list_claims(session).items]
    with transaction(filled) as session:
        save_extraction(session, fewer, actor_ids(fewer))
    with reading(filled) as session:
        after = list_claims(session).items
        assert get_article(session, found.article_id).claim_count == 3
    assert [claim.id for claim in after] == before[:3]
    assert (after[2].act, [target.actor.name for target in after[2].targets]) == (Act.OPINION, ["Armenien"])
    assert (after[0].responses, after[1].relations) == ((), ())
    assert texts(filled, q="återhållsamhet") == []
    assert texts(filled, speaker="Moskva") == []
    with transaction(filled) as session:
        save_extraction(session, found, actor_ids(found))
    assert texts(filled, q="återhållsamhet") == ["till återhållsamhet"]


def test_one_cue_and_content_found_twice_is_one_claim(engine: Engine) -> None:
    found = extraction()
    twice = dataclasses.replace(found, claims=(*found.claims, dataclasses.replace(found.claims[0], ref="c9")))
    with transaction(engine) as session:
        save_article(session, article())
        save_extraction(session, twice, actor_ids(twice))
    assert len(asked(engine, ClaimFilter()).items) == 4


def test_what_cannot_be_saved_leaves_nothing(engine: Engine) -> None:
    found = extraction()
    stray = dataclasses.replace(found.claims[0], ref="c9", parent="c77")
    with transaction(engine) as session:
        with pytest.raises(NotFound, match=found.article_id):
            save_extraction(session, found, actor_ids(found))
        save_article(session, article())
        with pytest.raises(KeyError, match="actor a1 "):
            save_extraction(session, found, {})
        with pytest.raises(ValueError, match="c77"):
            save_extraction(session, dataclasses.replace(found, claims=(stray,)), actor_ids(found))
        with pytest.raises(ValueError, match="names actor a2"):
            save_extraction(session, dataclasses.replace(found, actors=found.actors[:1]), actor_ids(found))
        with pytest.raises(ValueError, match="twice"):
            save_extractions(session, [(found, actor_ids(found)), (found, actor_ids(found))])
    assert {name for name, rows in contents(engine).items() if rows} == {"articles", "alembic_version"}


def test_an_article_without_claims(engine: Engine) -> None:
    with transaction(engine) as session:
        article_id, _ = save_article(session, article())
        save_extraction(session, Extraction(article_id, (), ()), {})
    assert asked(engine, ClaimFilter()) == Page(())


@pytest.mark.parametrize("name", ["Baku", "baku", " BAKU ", "Bakus", "Azerbajdzjan", "azerbajdzjans"])
def test_a_party_answers_through_everybody_who_speaks_for_it(filled: Engine, name: str) -> None:
    page = asked(filled, ClaimFilter(speaker=name))
    through = [(claim.text, claim.via.name if claim.via else None) for claim in page.items]
    assert through == [("anklagelsen", "Bakus regering"), ("Vi försvarar vår egen mark", "Hikmet Hajiyev")]


def test_own_is_the_actor_alone(filled: Engine) -> None:
    assert texts(filled, speaker="Baku", scope="own") == []
    page = asked(filled, ClaimFilter(speaker="Bakus regering", scope="own"))
    assert [(claim.text, claim.via) for claim in page.items] == [("anklagelsen", None)]
    with reading(filled) as session, pytest.raises(InputError, match="scope 'all'"):
        list_claims(session, ClaimFilter(speaker="Baku", scope="all"))


def test_circles_of_representation_end(engine: Engine) -> None:
    found = extraction()
    state, *_, government, hajiyev, _russia = found.actors
    back = dataclasses.replace(found.actors[2], represents=(dataclasses.replace(hajiyev.represents[0], party="a5"),))
    circular = dataclasses.replace(found, actors=(state, found.actors[1], back, government, hajiyev, found.actors[5]))
    with transaction(engine) as session:
        save_article(session, article())
        save_extraction(session, circular, actor_ids(circular))
    assert len(asked(engine, ClaimFilter(speaker="Hikmet Hajiyev")).items) == 2


def test_an_actor_id_is_a_name_too(filled: Engine) -> None:
    with reading(filled) as session:
        [speaker] = list_claims(session, ClaimFilter(speaker="Moskva")).items[0].speakers
        assert [claim.text for claim in list_claims(session, ClaimFilter(speaker=speaker.id)).items] == [
            "till återhållsamhet"
        ]


@pytest.mark.parametrize("wanted", [ClaimFilter(speaker="Pashinyan"), ClaimFilter(target="Pashinyan")])
def test_an_unknown_name_gives_suggestions(filled: Engine, wanted: ClaimFilter) -> None:
    page = asked(filled, wanted)
    assert (page.items, page.next_cursor) == ((), None)
    assert [ref.name for ref in page.suggestions] == ["Nikol Pasjinjan"]


@pytest.mark.parametrize("wanted", [ClaimFilter(speaker="\0 "), ClaimFilter(target="")])
def test_a_name_without_letters_is_nobody(filled: Engine, wanted: ClaimFilter) -> None:
    assert asked(filled, wanted) == Page(())


def test_filters(filled: Engine) -> None:
    assert texts(filled, act=Act.DENIAL) == ["anklagelsen"]
    assert texts(filled, mode=Mode.DIRECT) == ["Vi försvarar vår egen mark"]
    assert texts(filled, target="Armenien") == ["till återhållsamhet"]
    assert texts(filled, speaker="Pasjinjan", target="Baku") == ["för att ha beskjutit byar"]
    assert texts(filled, min_confidence=0.8) == ["för att ha beskjutit byar"]
    assert texts(filled, article="art_none") == []
    assert len(texts(filled, article=article().id)) == 4
    assert len(texts(filled, since=PUBLISHED, until=PUBLISHED + timedelta(seconds=1))) == 4
    assert texts(filled, until=PUBLISHED) == []
    assert texts(filled, since=PUBLISHED + timedelta(seconds=1)) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("försvarar", ["Vi försvarar vår egen mark"]),
        ("FÖRSVARAR MARK", ["Vi försvarar vår egen mark"]),
        ("fo\u0308rsvarar", ["Vi försvarar vår egen mark"]),
        ("forsvarar", []),
        ('"egen mark"', ["Vi försvarar vår egen mark"]),
        ('"mark egen"', []),
        ("beskjut", ["för att ha beskjutit byar"]),
        ("Hajiyev", ["Vi försvarar vår egen mark"]),
        ("mark byar", []),
        ("anklagelse*", ["anklagelsen"]),
        ('"anklagelsen', ["anklagelsen"]),
        ("NEAR(AND OR) - anklagelsen", []),
        ("'; DROP TABLE claims; --", []),
    ],
)
def test_full_text_search(filled: Engine, words: str, found: list[str]) -> None:
    if words == "beskjut" and filled.dialect.name == "postgresql":
        # The stemmer knows no compound verbs: "beskjutit" is a stem of its own there.
        words = "beskjutit"
    assert texts(filled, q=words) == found


@pytest.mark.parametrize("words", ["", "?!", '""', "\0"])
def test_a_search_without_words_is_refused(filled: Engine, words: str) -> None:
    with reading(filled) as session, pytest.raises(InputError, match="holds no words"):
        list_claims(session, ClaimFilter(q=words))


def many(session: Session, number: int, per_article: int = 3) -> list[str]:
    articles = [lines(place, per_article=per_article) for place in range(number)]
    for one in articles:
        save_article(session, one)
    found = FakeExtractor().extract_many(articles)
    save_extractions(session, [(one, fake_ids(one, source)) for one, source in zip(found, articles, strict=True)])
    return [claim.content[0].text for one in found for claim in one.claims]


@pytest.mark.parametrize("limit", [1, 4, 500])
def test_pages_are_the_listing_cut_up(engine: Engine, limit: int) -> None:
    with transaction(engine) as session:
        expected = many(session, 5)
    seen = []
    cursor = None
    with reading(engine) as session:
        while True:
            page = list_claims(session, cursor=cursor, limit=limit)
            assert len(page.items) <= limit
            seen += [claim.text for claim in page.items]
            cursor = page.next_cursor
            if cursor is None:
                break
    assert seen == expected


def test_a_cursor_is_taken_as_handed_out_or_not_at_all(engine: Engine) -> None:
    with transaction(engine) as session:
        many(session, 2)
        cursor = list_claims(session, limit=1).next_cursor
        assert cursor is not None
        for broken in (
            "",
            "x",
            "åäö",
            cursor[:-1],
            cursor + "A",
            cursor[::-1],
            ("B" if cursor[0] == "A" else "A") + cursor[1:],
            cursor[:-3] + "abc",
            "A" * 10_000,
        ):
            with pytest.raises(BadCursor):
                list_claims(session, cursor=broken)
        with pytest.raises(BadCursor, match="other filters"):
            list_claims(session, ClaimFilter(act=Act.DENIAL), cursor=cursor)


def test_a_listing_costs_the_same_number_of_queries_however_long(engine: Engine) -> None:
    with transaction(engine) as session:
        many(session, 12)
    counted: list[int] = []
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _u, statement, *_: statements.append(statement))
    for limit in (1, 10, 30):
        statements.clear()
        with reading(engine) as session:
            assert len(list_claims(session, limit=limit).items) == limit
        counted.append(len(statements))
    assert len(set(counted)) == 1
    assert counted[0] <= 9


def test_a_nested_claim_names_its_parent(engine: Engine) -> None:
    found = extraction()
    first, second, *rest = found.claims
    inner = Claim("c5", None, (), None, (cut("ha beskjutit"),), Act.STATEMENT, Mode.INDIRECT, parent="c1")
    nested = dataclasses.replace(found, claims=(first, inner, second, *rest))
    with transaction(engine) as session:
        save_article(session, article())
        save_extraction(session, nested, actor_ids(nested))
        outer, child, *_ = list_claims(session).items
    assert (child.parent_id, child.speaker, child.cue, child.speakers) == (outer.id, None, None, ())
