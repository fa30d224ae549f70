"""One claim in many papers: counted once, by the first report, whatever came in which order."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event, select, text, update

from app.domain.article import Article
from app.domain.claim import Act, Extraction, Relation, RelationKind
from app.domain.correction import Field
from app.domain.identity import content_id
from app.domain.record import ClaimFilter, ClaimRecord
from app.storage.actors import find_actors, get_actor
from app.storage.articles import Status, save_article, set_status
from app.storage.claims import claims_by_ids, get_claim, list_claims, save_extraction
from app.storage.corrections import edit_claim, reject_claim, undo_correction
from app.storage.engine import reading, transaction
from app.storage.folding import fold_again, remove_article
from app.storage.judgements import merge, undo
from app.storage.neighbourhood import graph_rows
from app.storage.reports import printed
from app.storage.sketch import SCHEME, are_copies, bands, runs, words_key
from app.storage.tables import Base, ClaimRow
from app.storage.wishes import Change, Naming
from app.storage.withdrawals import kill, undo_withdrawal, withdraw
from tests.ingest.fake import FakeExtractor, actor_ids
from tests.storage.samples import PUBLISHED

LEAD = "Regeringen lade på torsdagen fram sin plan för järnvägen norr om Dalälven och möttes av skarp kritik."
QUOTES = (
    "Det här räcker inte på långa vägar för norra Sverige, sade Anna Berg.",
    "Planen är den största satsningen på tretton år, sade Bo Al.",
    "Vi kommer att rösta nej när förslaget behandlas, sade Anna Berg.",
)
BETWEEN = (
    "Trafikverket räknar med att de första spåren kan läggas om fyra år, men pengarna räcker bara till hälften.",
    "Kommunerna längs kusten har väntat sedan nittiotalet och flera har redan köpt mark för de nya stationerna.",
    "Riksdagen väntas fatta beslut i december, efter att trafikutskottet har hört näringslivet och fackförbunden.",
)
WIRE = "\n".join([LEAD, *(line for pair in zip(QUOTES, BETWEEN, strict=True) for line in pair)])
OWN = "\n".join(
    [
        "Anna Berg är besviken när vi når henne på tåget hem från Stockholm sent på kvällen.",
        QUOTES[0],
        "Hon berättar att hennes egen pappa byggde banvallen en gång, och att hon lekte vid stationen som barn.",
        "I morgon möter hon väljare i Sundsvall, där frågan har delat lokalavdelningen i två läger hela hösten.",
    ]
)


def paper(number: int, body: str = WIRE, **known: object) -> Article:
    """The ``number``-th paper's article, published as many minutes after the first."""
    facts = {"uri": f"https://paper{number}.example/1", "published_at": PUBLISHED + timedelta(minutes=number)}
    return Article(text=body, **{**facts, **known})  # type: ignore[arg-type]


def found_in(article: Article) -> Extraction:
    return FakeExtractor().extract_many([article])[0]


def save(engine: Engine, *articles: Article) -> None:
    """Save each article in a transaction of its own."""
    for article in articles:
        extraction = found_in(article)
        with transaction(engine) as session:
            save_article(session, article)
            save_extraction(session, extraction, actor_ids(extraction, article))


def listed(engine: Engine, **wanted: object) -> list[ClaimRecord]:
    with reading(engine) as session:
        return list(list_claims(session, ClaimFilter(**wanted), limit=200).items)  # type: ignore[arg-type]


def leading(engine: Engine) -> dict[str, str | None]:
    with reading(engine) as session:
        return dict(session.execute(select(ClaimRow.id, ClaimRow.leading_id)).all())


def test_thirty_papers_print_three_claims(engine: Engine) -> None:
    papers = [paper(number, f"{WIRE}\nText: {number}") for number in range(30)]
    save(engine, *papers[15:], *papers[:15])
    claims = listed(engine)
    assert [claim.article_id for claim in claims] == [papers[0].id] * 3
    assert [(claim.reports, claim.sources, claim.leading_id) for claim in claims] == [(30, 1, None)] * 3
    assert len(listed(engine, fold=False)) == 90
    with reading(engine) as session:
        reports = printed(session, claims[0].id)
        last = get_claim(session, reports[-1].claim_id)
        assert printed(session, last.id) == reports
    assert [report.uri for report in reports] == [article.uri for article in papers]
    assert (last.leading_id, last.reports) == (claims[0].id, 30)


@pytest.mark.parametrize(
    "body",
    [
        "\n".join(WIRE.split("\n")[:3]),
        "\n".join(
            ["Ilska mot tågplan", "Norrland blev utan, skriver vår egen reporter i ingressen.", *WIRE.split("\n")[1:]]
        ),
        WIRE.replace("torsdagen", "gårdagen").replace("skarp", "hård"),
        WIRE.replace("Det här", "”Det   här").replace("Sverige,", "SVERIGE”,"),
    ],
    ids=["cut", "own lead", "reworded", "typography"],
)
def test_an_edited_copy_is_a_report_of_the_same_claim(engine: Engine, body: str) -> None:
    save(engine, paper(1), paper(2, body))
    assert listed(engine)[0].reports == 2
    assert len({claim.text.casefold() for claim in listed(engine)}) == 3


@pytest.mark.parametrize(
    "body",
    [
        WIRE.replace("sade Anna Berg", "sade Anna Borg"),
        WIRE.replace("räcker inte", "räcker"),
        WIRE.replace("största", "minsta").replace("nej", "ja").replace("inte på", "på"),
    ],
    ids=["speaker", "negation", "words"],
)
def test_what_differs_in_speaker_or_words_stays_apart(engine: Engine, body: str) -> None:
    save(engine, paper(1), paper(2, body))
    first = next(claim for claim in listed(engine, article=paper(1).id) if "räcker inte" in claim.text)
    assert (first.reports, first.sources) == (1, 1)


def test_a_cue_that_differs_keeps_reports_apart_and_makes_no_second_source(engine: Engine) -> None:
    save(engine, paper(1, agency="TT"), paper(2, agency="AFP"))
    with transaction(engine) as session:
        session.execute(update(ClaimRow).where(ClaimRow.article_id == paper(2).id).values(cue_text="sagt"))
        fold_again(session, [paper(1).id, paper(2).id])
    assert [(claim.reports, claim.sources) for claim in listed(engine)] == [(1, 1)] * 6


def test_nobody_named_is_nobody_in_particular(engine: Engine) -> None:
    for article in (paper(1), paper(2)):
        extraction = found_in(article)
        unnamed = tuple(dataclasses.replace(claim, speakers=()) for claim in extraction.claims)
        with transaction(engine) as session:
            save_article(session, article)
            save_extraction(session, Extraction(article.id, unnamed, ()), {})
    assert [(claim.reports, claim.sources) for claim in listed(engine)] == [(1, 1)] * 6


def test_the_same_words_twice_in_a_text_are_two_claims(engine: Engine) -> None:
    twice = f"{WIRE}\n{QUOTES[0]}"
    save(engine, paper(1, twice), paper(2, twice))
    assert [claim.reports for claim in listed(engine)] == [2] * 4
    assert len({claim.id for claim in listed(engine)}) == 4


def test_another_papers_own_article_is_another_source(engine: Engine) -> None:
    save(engine, paper(1, agency="TT"), paper(2, agency="TT"), paper(3, OWN, agency="Sundsvalls Tidning"))
    [first, own] = [claim for claim in listed(engine) if "räcker inte" in claim.text]
    assert (first.reports, first.sources, own.reports, own.sources) == (2, 2, 1, 2)
    assert [claim.sources for claim in listed(engine) if "räcker inte" not in claim.text] == [1, 1]


@pytest.mark.parametrize(
    "known",
    [
        {"agency": " tt "},
        {"uri": "urn:unknown:1"},
        {"agency": "Sundsvalls Tidning", "published_at": PUBLISHED + timedelta(days=30)},
    ],
    ids=["same publisher", "unknown publisher", "another month"],
)
def test_what_is_not_known_to_be_independent_is_no_second_source(engine: Engine, known: dict[str, object]) -> None:
    save(engine, paper(1, agency="TT"), paper(3, OWN, **known))
    assert {claim.sources for claim in listed(engine)} == {1}


def test_a_filter_that_only_another_report_passes_finds_that(engine: Engine) -> None:
    papers = [paper(number) for number in range(4)]
    save(engine, *papers)
    for article in papers[2:]:
        assert [claim.article_id for claim in listed(engine, article=article.id)] == [article.id] * 3
    late = listed(engine, since=PUBLISHED + timedelta(minutes=2))
    assert [claim.article_id for claim in late] == [papers[2].id] * 3
    assert [claim.reports for claim in late] == [4] * 3
    assert [claim.article_id for claim in listed(engine, until=PUBLISHED + timedelta(minutes=2))] == [papers[0].id] * 3
    with transaction(engine) as session:
        third = ClaimRow.article_id == papers[2].id
        session.execute(update(ClaimRow).where(third).values(act=Act.CRITICISM.value, search_text="ordet strömming"))
    assert [claim.article_id for claim in listed(engine, act=Act.CRITICISM)] == [papers[2].id] * 3
    assert [claim.article_id for claim in listed(engine, q="strömming")] == [papers[2].id] * 3
    assert [claim.article_id for claim in listed(engine, q="räcker")] == [papers[0].id]
    assert [claim.article_id for claim in listed(engine, act=Act.STATEMENT)] == [papers[0].id] * 3
    assert len(listed(engine, speaker="Anna Berg")) == 2
    assert len(listed(engine, speaker="Anna Berg", fold=False)) == 8


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_pages_are_the_folded_listing_cut_up(engine: Engine, limit: int) -> None:
    save(engine, *(paper(number) for number in range(3)), paper(5, OWN), paper(4, f"Annat hände, sade Bo Al.\n{OWN}"))
    for wanted in (ClaimFilter(), ClaimFilter(since=PUBLISHED + timedelta(minutes=1)), ClaimFilter(fold=False)):
        with reading(engine) as session:
            whole = [claim.id for claim in list_claims(session, wanted, limit=200).items]
            seen, cursor = [], None
            while True:
                page = list_claims(session, wanted, cursor, limit)
                seen += [claim.id for claim in page.items]
                cursor = page.next_cursor
                if cursor is None:
                    break
        assert seen == whole


def test_actors_and_graphs_count_a_claim_once(engine: Engine) -> None:
    save(engine, *(paper(number) for number in range(5)))
    with reading(engine) as session:
        [anna] = find_actors(session, "Anna Berg")
        assert get_actor(session, anna.id).claim_count == 2
        assert len(graph_rows(session, [anna.id]).claims) == 2
        assert len(graph_rows(session).claims) == 3
        assert len(graph_rows(session, article_id=paper(4).id).claims) == 3


def test_a_denial_that_only_a_later_paper_kept_bears_on_the_first_report(engine: Engine) -> None:
    first, later = paper(1, "\n".join(WIRE.split("\n")[:3])), paper(2)
    save(engine, first)
    extraction = found_in(later)
    accusation, denial, other = extraction.claims
    denial = dataclasses.replace(denial, relations=(Relation(RelationKind.DENIES, accusation.ref, "denial"),))
    with transaction(engine) as session:
        save_article(session, later)
        whole = dataclasses.replace(extraction, claims=(accusation, denial, other))
        save_extraction(session, whole, actor_ids(whole, later))
    led, denied = accusation.id_in(first.id), denial.id_in(later.id)
    with reading(engine) as session:
        assert [response.claim_id for response in get_claim(session, led).responses] == [denied]
        assert [relation.claim_id for relation in get_claim(session, denied).relations] == [led]
        # Within its article each report keeps to its neighbours.
        [here] = claims_by_ids(session, [denied], folded=False)
        assert [relation.claim_id for relation in here.relations] == [accusation.id_in(later.id)]
        [bo] = find_actors(session, "Bo Al")
        assert {claim.id for claim in graph_rows(session, [bo.id]).claims} == {led, denied}


def test_who_is_judged_one_folds_and_unfolds(engine: Engine) -> None:
    articles = paper(1), paper(2)
    for article in articles:
        extraction = found_in(article)
        with transaction(engine) as session:
            save_article(session, article)
            ids = {actor.ref: content_id("act", article.id, actor.name) for actor in extraction.actors}
            save_extraction(session, extraction, ids)
    assert {claim.reports for claim in listed(engine)} == {1}
    one, other = (content_id("act", article.id, "Anna Berg") for article in articles)
    with transaction(engine) as session:
        judgement = merge(session, one, other, author="Eva")
    assert [claim.reports for claim in listed(engine, speaker="Anna Berg")] == [2, 2]
    assert len(listed(engine)) == 4
    with transaction(engine) as session:
        undo(session, judgement.id, author="Eva")
    assert len(listed(engine)) == 6
    assert set(leading(engine).values()) == {None}


def test_the_next_report_leads_when_the_first_goes(engine: Engine) -> None:
    papers = [paper(number) for number in range(3)]
    save(engine, *papers)
    with transaction(engine) as session:
        remove_article(session, papers[0].id)
        remove_article(session, "art_none")
    assert [(claim.article_id, claim.reports) for claim in listed(engine)] == [(papers[1].id, 2)] * 3
    # Read anew, under rules that find less: what the first no longer says, the second leads.
    fewer = dataclasses.replace(found_in(papers[1]), claims=found_in(papers[1]).claims[:1])
    with transaction(engine) as session:
        save_extraction(session, fewer, actor_ids(fewer, papers[1]))
    assert [claim.article_id for claim in listed(engine)] == [papers[1].id, papers[2].id, papers[2].id]
    assert [claim.reports for claim in listed(engine)] == [2, 1, 1]


def test_an_article_deleted_by_other_means_hides_nothing(engine: Engine) -> None:
    save(engine, *(paper(number) for number in range(3)))
    with transaction(engine) as session:
        session.execute(text("DELETE FROM articles WHERE id = :id"), {"id": paper(0).id})
    assert len(listed(engine)) == 6
    with transaction(engine) as session:
        fold_again(session, [paper(1).id])
    assert [claim.reports for claim in listed(engine)] == [2] * 3


def read(engine: Engine, *articles: Article) -> None:
    """Save each article, and let it take its place among its versions, as a worker does."""
    for article in articles:
        extraction = found_in(article)
        with transaction(engine) as session:
            save_article(session, article)
            save_extraction(session, extraction, actor_ids(extraction, article))
            set_status(session, [article.id], Status.DONE)


def told(engine: Engine, **wanted: object) -> list[tuple[str, int, int, str | None]]:
    """Of each claim listed: its article, how many report it, how many in texts of their own, who leads."""
    found = listed(engine, **wanted)
    return [(claim.article_id, claim.reports, claim.sources, claim.leading_id) for claim in found]


@pytest.mark.parametrize("uri", ["https://paper0.example/1", None], ids=["with versions", "without a uri"])
def test_the_next_report_leads_when_the_first_is_withdrawn_until_that_is_undone(
    engine: Engine, uri: str | None
) -> None:
    papers = [paper(0, uri=uri, agency="TT"), paper(1, agency="DN"), paper(2, agency="SvD")]
    own = paper(4, OWN, agency="ST")
    read(engine, *papers, own)
    first, second, third = (article.id for article in papers)
    before = told(engine)
    assert before == [(first, 3, 2, None), (first, 3, 1, None), (first, 3, 1, None), (own.id, 1, 2, None)]
    stood = leading(engine)
    with transaction(engine) as session:
        withdraw(session, first, author="Ada", reason="fel")
    assert told(engine) == [(second, 2, 2, None), (second, 2, 1, None), (second, 2, 1, None), (own.id, 1, 2, None)]
    assert len(listed(engine, fold=False)) == 7
    with reading(engine) as session:
        [anna] = find_actors(session, "Anna Berg")
        assert get_actor(session, anna.id).claim_count == 3
        assert {claim.article_id for claim in graph_rows(session, [anna.id]).claims} == {second, own.id}
        reports = printed(session, listed(engine)[0].id)
        assert [report.article_id for report in reports] == [second, third]
    with transaction(engine) as session:
        withdraw(session, own.id, author="Ada", reason="fel")
        withdraw(session, second, author="Ada", reason="fel")
    assert told(engine) == [(third, 1, 1, None)] * 3
    with transaction(engine) as session:
        for article_id in (second, first, own.id):
            undo_withdrawal(session, article_id, author="Bo")
    assert told(engine) == before
    assert leading(engine) == stood


def test_a_killed_report_hides_nothing_that_others_printed(engine: Engine) -> None:
    papers = [paper(number) for number in range(2)]
    with transaction(engine) as session:
        kill(session, str(papers[0].uri), author="TT")
    # Killed before it came, or after: the same.
    read(engine, *papers)
    assert told(engine) == [(papers[1].id, 1, 1, None)] * 3
    with transaction(engine) as session:
        kill(session, str(papers[1].uri), author="TT")
    assert told(engine) == []
    with transaction(engine) as session:
        undo_withdrawal(session, papers[0].id, author="Bo")
    assert told(engine) == [(papers[0].id, 1, 1, None)] * 3


def test_a_newer_version_counts_instead_of_the_one_that_it_supersedes(engine: Engine) -> None:
    uri = "https://paper0.example/1"
    first = paper(0, uri=uri, version="1")
    other = paper(1)
    shorter = "\n".join(WIRE.split("\n")[:4])
    second = paper(5, shorter, uri=uri, version="2")
    read(engine, first, other)
    assert told(engine) == [(first.id, 2, 1, None)] * 3
    save(engine, second)
    # Stored and not taken over yet.
    assert told(engine) == [(first.id, 2, 1, None)] * 3
    read(engine, second)
    assert told(engine) == [(other.id, 2, 1, None), (other.id, 2, 1, None), (other.id, 1, 1, None)]
    # By its own address the earlier version has its claims as they were.
    assert told(engine, article=first.id) == [(first.id, 1, 1, None)] * 3
    leads = listed(engine)[0].id
    assert {each[3] for each in told(engine, article=second.id)} == {leads, listed(engine)[1].id}
    with transaction(engine) as session:
        kill(session, other.uri or "", author="DN")
    assert told(engine) == [(second.id, 1, 1, None)] * 2
    with transaction(engine) as session:
        undo_withdrawal(session, other.id, author="Bo")
    assert told(engine)[0] == (other.id, 2, 1, None)


def test_a_correction_unfolds_and_its_undoing_folds(engine: Engine) -> None:
    first, second = paper(1), paper(2)
    read(engine, first, second)
    before = leading(engine)
    wrong = listed(engine, article=first.id)[0]
    with transaction(engine) as session:
        change = Change(frozenset({Field.SPEAKER}), actors=(Naming(name="Bo Al"),))
        made = edit_claim(session, wrong.id, change, author="Ada")
    split = [claim for claim in listed(engine) if "räcker inte" in claim.text]
    assert [(claim.article_id, claim.reports) for claim in split] == [(first.id, 1), (second.id, 1)]
    with transaction(engine) as session:
        undo_correction(session, made.id, author="Bo")
    assert leading(engine) == before
    with transaction(engine) as session:
        reject_claim(session, wrong.id, author="Ada")
    assert [claim.article_id for claim in listed(engine)] == [first.id, first.id, second.id]


EDITS = (
    WIRE,
    "\n".join(WIRE.split("\n")[:4]),
    "\n".join(WIRE.split("\n")[3:]),
    OWN,
    f"{OWN}\n{WIRE}",
    WIRE.replace("torsdagen", "fredagen"),
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_order_of_arrival_does_not_matter(engine: Engine, data: st.DataObject) -> None:
    bodies = data.draw(st.lists(st.sampled_from(EDITS), min_size=2, max_size=5))
    articles = [paper(number, body) for number, body in enumerate(bodies)]
    gone = data.draw(st.sets(st.sampled_from(range(len(articles))), max_size=1))
    killed = data.draw(st.sets(st.sampled_from(range(len(articles))), max_size=2)) - gone
    outcomes = []
    for order in (articles, data.draw(st.permutations(articles))):
        cleared(engine)
        save(engine, *order)
        save(engine, *data.draw(st.lists(st.sampled_from(articles), max_size=2)))
        with transaction(engine) as session:
            for number in gone:
                remove_article(session, articles[number].id)
            for number in data.draw(st.permutations(sorted(killed))):
                withdraw(session, articles[number].id, author="Ada", reason="fel")
            for number in data.draw(st.sets(st.sampled_from(sorted(killed)))) if killed else ():
                undo_withdrawal(session, articles[number].id, author="Ada")
                withdraw(session, articles[number].id, author="Ada", reason="fel")
        outcomes.append(leading(engine))
    with transaction(engine) as session:
        session.execute(update(ClaimRow).values(leading_id=None, words_key=None))
        for table in ("article_bands", "article_sketches"):
            session.execute(text(f"DELETE FROM {table}"))
        # In two lots, as a database that was filled before is folded.
        fold_again(session, [article.id for article in articles[:2]])
        fold_again(session, [article.id for article in articles[2:]])
    outcomes.append(leading(engine))
    assert outcomes[0] == outcomes[1] == outcomes[2]


def cleared(engine: Engine) -> None:
    with transaction(engine) as session:
        session.execute(update(ClaimRow).values(leading_id=None))
        for table in reversed(Base.metadata.sorted_tables):
            session.execute(table.delete())


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_listing_walks_the_index_of_leading_reports(engine: Engine) -> None:
    save(engine, *(paper(number) for number in range(3)))
    plans = asked_plans(engine, ClaimFilter())
    assert any("ix_claims_leading" in step for step in plans)
    assert not any("TEMP B-TREE" in step for step in plans)


def asked_plans(engine: Engine, wanted: ClaimFilter) -> Sequence[str]:
    asked: list[tuple[str, object]] = []

    def note(_c: object, _u: object, statement: str, parameters: object, *_: object) -> None:
        asked.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    with reading(engine) as session:
        list_claims(session, wanted)
    event.remove(engine, "before_cursor_execute", note)
    statement, parameters = next(each for each in asked if "ORDER BY claims.dated_at" in each[0])
    with reading(engine) as session:
        rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)  # type: ignore[arg-type]
        return [row[3] for row in rows]


def test_sketches_are_those_of_the_scheme() -> None:
    """Where this fails, the library sketches in another way: raise `SCHEME`, and sketches are made anew."""
    assert SCHEME == 1
    assert sorted(bands(runs(LEAD)))[:2] == [-8841216323922916075, -8223072757596043482]
    assert bands(runs(WIRE)) & bands(runs("\n".join(WIRE.split("\n")[:3])))
    assert not bands(runs(WIRE)) & bands(runs(BETWEEN[0][::-1]))


def test_contents_agree_by_their_words() -> None:
    assert words_key(["”Vi gar", "INTE med.”"]) == words_key(["vi gar inte med"])
    assert words_key(["e\u0301tt"]) == words_key(["\u00e9tt"])
    assert words_key(["vi gar med"]) != words_key(["vi gar inte med"])
    assert words_key(["–", "…"]) is None


def test_copies_are_texts_of_which_one_holds_half_of_the_other() -> None:
    cut, own = runs("\n".join(WIRE.split("\n")[:3])), runs(OWN)
    assert are_copies(cut, runs(WIRE))
    assert are_copies(runs(WIRE), cut)
    assert not are_copies(own, runs(WIRE))
    assert len(runs("två ord")) == 1
