from __future__ import annotations

from app.domain.actor import ActorKind
from app.graph.build import build_graph
from app.graph.parties import parties
from tests.graph.rows import actor, rows_of


def test_representation_is_followed_to_its_end() -> None:
    graph = build_graph(rows_of(actor("Spokesman", "Ministry"), actor("Ministry", "State"), actor("Other")))
    assert parties(graph) == {
        "act_Spokesman": "act_State",
        "act_Ministry": "act_State",
        "act_Other": "act_Other",
        "act_State": "act_State",
    }


def test_a_circle_is_one_party_named_by_its_state() -> None:
    circle = rows_of(
        actor("Adviser", "Government", kind=ActorKind.PERSON),
        actor("Government", "State", kind=ActorKind.GOVERNMENT),
        actor("State", "Adviser", kind=ActorKind.STATE),
    )
    assert set(parties(build_graph(circle)).values()) == {"act_State"}


def test_an_actor_that_speaks_for_itself_is_its_own_party() -> None:
    assert parties(build_graph(rows_of(actor("A", "A")))) == {"act_A": "act_A"}


def test_two_parties_that_lead_to_one_end_are_no_doubt() -> None:
    graph = build_graph(rows_of(actor("Person", "President", "State"), actor("President", "State")))
    assert parties(graph)["act_Person"] == "act_State"


def test_two_different_parties_leave_an_actor_itself() -> None:
    graph = build_graph(rows_of(actor("Person", "Union", "Company"), actor("Deputy", "Person")))
    assert parties(graph)["act_Person"] == "act_Person"
    assert parties(graph)["act_Deputy"] == "act_Deputy"
