from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from app.domain.record import ClaimFilter
from app.errors import Conflict, InputError, NotFound
from app.storage.actors import find_actors, get_actor, search_actors
from app.storage.articles import save_article
from app.storage.claims import list_claims, save_extractions
from app.storage.engine import Session, reading, transaction
from app.storage.judgements import Judgement, judge, judgements, merge, undo
from tests.ingest.fake import FakeExtractor, actor_ids
from tests.storage.samples import lines
from tests.storage.tables import contents

SPEAKERS = ("Nikol Pasjinjan", "Niko Pashinyan", "Ada Ek", "Bo Al", "Pasjinjan")


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """A database in which each of `SPEAKERS` says one thing."""
    with transaction(engine) as session:
        source = lines(0, SPEAKERS, per_article=len(SPEAKERS))
        save_article(session, source)
        found = FakeExtractor().extract_many([source])
        save_extractions(session, [(found[0], actor_ids(found[0], source))])
    return engine


def ids(session: Session, *names: str) -> list[str]:
    return [ref.id for name in names for ref in find_actors(session, name)]


def canonical(session: Session, actors: Sequence[str]) -> list[str]:
    return [get_actor(session, actor).id for actor in actors]


def test_merged_actors_are_one_wherever_they_are_read(filled: Engine) -> None:
    with transaction(filled) as session:
        full, short = ids(session, "Nikol Pasjinjan", "Niko Pashinyan")
        merge(session, short, full, author="ada", reason="samma person")
    with reading(filled) as session:
        record = get_actor(session, short)
        assert (record.id, record.name, record.claim_count) == (full, "Nikol Pasjinjan", 2)
        assert set(record.aliases) == {"Nikol Pasjinjan", "Niko Pashinyan"}
        assert [ref.id for ref in find_actors(session, "Niko Pashinyan")] == [full]
        assert [ref.id for ref in find_actors(session, short)] == [full]
        for name in ("Nikol Pasjinjan", "Niko Pashinyan", short):
            page = list_claims(session, ClaimFilter(speaker=name, scope="own"))
            assert len(page.items) == 2
            assert {speaker.id for claim in page.items for speaker in claim.speakers} == {full}
        assert short not in {actor.id for actor in search_actors(session).items}
        [row] = judgements(session, full)
        assert {row.left_actor, row.right_actor} == {full, short}
        assert (row.judgement, row.author, row.reason) == (Judgement.SAME, "ada", "samma person")


def test_undo_restores_everything_but_the_judgement_itself(filled: Engine) -> None:
    before = contents(filled)
    with transaction(filled) as session:
        one, other = ids(session, "Nikol Pasjinjan", "Niko Pashinyan")
        made = merge(session, one, other, author="ada")
    with transaction(filled) as session:
        undone = undo(session, made.id, author="bo")
    assert undone.undone_at is not None
    assert undone.undone_by == "bo"
    after = contents(filled)
    assert [name for name in before if before[name] != after[name]] == ["merges"]
    with transaction(filled) as session:
        assert undo(session, made.id, author="cia") == undone
        assert judgements(session, one) == (undone,)


def test_a_judgement_is_made_once(filled: Engine) -> None:
    with transaction(filled) as session:
        one, other = ids(session, "Nikol Pasjinjan", "Niko Pashinyan")
        first = merge(session, one, other, author="ada")
        assert merge(session, other, one, author="bo") == first
        undo(session, first.id, author="ada")
        assert merge(session, one, other, author="bo").id != first.id


def test_judgements_that_contradict_one_another(filled: Engine) -> None:
    with transaction(filled) as session:
        full, short, surname = ids(session, "Nikol Pasjinjan", "Niko Pashinyan", "Pasjinjan")
        merge(session, full, short, author="ada")
        apart = judge(session, short, surname, Judgement.DIFFERENT, author="ada")
        with pytest.raises(Conflict, match=f"judgement {apart.id} "):
            merge(session, full, surname, author="bo")
        with pytest.raises(Conflict, match="undo the merge"):
            judge(session, full, short, Judgement.DIFFERENT, author="bo")
        undo(session, apart.id, author="ada")
        merge(session, full, surname, author="bo")
        assert len(set(canonical(session, [full, short, surname]))) == 1


def test_what_cannot_be_judged(filled: Engine) -> None:
    with transaction(filled) as session:
        [ada] = ids(session, "Ada Ek")
        with pytest.raises(InputError, match="against itself"):
            merge(session, ada, ada, author="ada")
        with pytest.raises(NotFound, match="act_none"):
            merge(session, ada, "act_none", author="ada")
        with pytest.raises(NotFound, match="no judgement 77"):
            undo(session, 77, author="ada")


PAIRS = st.lists(
    st.tuples(st.integers(0, len(SPEAKERS) - 1), st.integers(0, len(SPEAKERS) - 1)).filter(
        lambda pair: pair[0] != pair[1]
    ),
    max_size=6,
)


# The fixture's rows are left as they were by every example.
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(pairs=PAIRS, data=st.data())
def test_the_order_of_merges_does_not_matter_and_undoing_restores(
    filled: Engine, pairs: list[tuple[int, int]], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(pairs))
    undone = data.draw(st.sets(st.sampled_from(range(len(pairs))))) if pairs else set()
    with reading(filled) as session:
        actors = ids(session, *SPEAKERS)
    assert len(actors) == len(SPEAKERS)
    outcomes = []
    for sequence in (pairs, order):
        with transaction(filled) as session:
            made = {pair: merge(session, actors[pair[0]], actors[pair[1]], author="ada") for pair in sequence}
            joined = canonical(session, actors)
            for number in sorted(undone):
                undo(session, made[pairs[number]].id, author="bo")
            left = canonical(session, actors)
            for judgement in made.values():
                undo(session, judgement.id, author="bo")
            assert canonical(session, actors) == actors
        outcomes.append((joined, left))
    assert outcomes[0] == outcomes[1]
    gone = {frozenset(pairs[number]) for number in undone}
    assert outcomes[0][1] == components(actors, [pair for pair in pairs if frozenset(pair) not in gone])


def components(actors: list[str], pairs: list[tuple[int, int]]) -> list[str]:
    """The canonical actor of each: of those that chains of pairs join, the one with the longest name."""
    group = list(range(len(actors)))
    for left, right in pairs:
        group = [group[left] if one == group[right] else one for one in group]
    return [
        min((-len(SPEAKERS[other]), actors[other]) for other in range(len(actors)) if group[other] == one)[1]
        for one in group
    ]
