from __future__ import annotations

import networkx as nx

from app.domain.claim import Act, RelationKind, TargetRole
from app.graph.build import build_graph
from app.graph.measures import AGAINST, contradiction_matrix, disputes, who_against_whom
from tests.graph.rows import actor, claim, relation, rows_of

ACCUSED, ADDRESSEE = TargetRole.ACCUSED, TargetRole.ADDRESSEE


def test_pairs_count_claims_acts_and_roles() -> None:
    graph = build_graph(
        rows_of(
            claim("one", "A B", act=Act.ACCUSATION, targets=((ACCUSED, "C"), (ADDRESSEE, "C"))),
            claim("two", "A", act=Act.DEMAND, targets=((ADDRESSEE, "C"),), at=5),
        )
    )
    first, second = who_against_whom(graph)
    assert (first.speaker_name, first.target_name, first.claims) == ("A", "C", ("clm_one", "clm_two"))
    assert first.acts == {"accusation": 1, "demand": 1}
    assert first.roles == {"addressee": 2, "accused": 1}
    assert (second.speaker_name, second.claims) == ("B", ("clm_one",))


def test_bearing_on_a_claim_is_directed_at_who_made_it() -> None:
    graph = build_graph(
        rows_of(
            claim("said", "A"),
            claim("denied", "B", act=Act.DENIAL, relations=(relation(RelationKind.DENIES, "said", "A"),), at=9),
            claim("doubt", "R", act=Act.UNVERIFIED, relations=(relation(RelationKind.UNVERIFIED, "said", "A"),), at=18),
            claim("echoed", "E", relations=(relation(RelationKind.REPEATS, "said", "A"),), at=27),
        )
    )
    assert {(pair.speaker_name, pair.target_name, *pair.roles) for pair in who_against_whom(graph)} == {
        ("B", "A", "claim"),
        ("R", "A", "claim"),
    }


def test_folding_joins_a_party_and_drops_what_it_says_of_itself() -> None:
    graph = build_graph(
        rows_of(
            actor("Spokesman", "State"),
            actor("Ministry", "State"),
            claim("one", "Spokesman", targets=((ACCUSED, "Foe"),)),
            claim("two", "Ministry", targets=((ACCUSED, "Foe"),), at=9),
            claim("three", "Spokesman", targets=((TargetRole.ABOUT, "State"),), at=18),
            claim("four", "Spokesman Ministry", targets=((ACCUSED, "Foe"),), at=27),
        )
    )
    (pair,) = who_against_whom(graph, fold=True)
    assert (pair.speaker_name, pair.target_name, pair.claims) == ("State", "Foe", ("clm_one", "clm_two", "clm_four"))
    assert len(who_against_whom(graph)) == 3


def test_acts_select_claims() -> None:
    graph = build_graph(
        rows_of(
            claim("one", "A", act=Act.DEMAND, targets=((ADDRESSEE, "B"),)),
            claim("two", "A", act=Act.CRITICISM, targets=((TargetRole.EVALUATED, "B"),), at=9),
        )
    )
    assert [pair.claims for pair in who_against_whom(graph, acts=AGAINST)] == [("clm_two",)]


def test_disputes_tell_who_denies_confirms_and_could_not_verify() -> None:
    graph = build_graph(
        rows_of(
            claim("undisputed", "A"),
            claim("doubted", "A", at=15),
            claim("denied", "A", at=25),
            claim("no", "B", relations=(relation(RelationKind.DENIES, "denied", "A"),), at=40),
            claim("yes", "C", relations=(relation(RelationKind.CONFIRMS, "denied", "A"),), at=50),
            claim("backs", "D", relations=(relation(RelationKind.SUPPORTS, "denied", "A"),), at=60),
            claim("unsure", "R", at=70, relations=(relation(RelationKind.UNVERIFIED, "doubted", "A"),)),
        )
    )
    first, second = disputes(graph)
    assert (first.claim, first.speakers) == ("clm_denied", (("act_A", "A"),))
    assert [response.claim for response in first.denied_by] == ["clm_no"]
    assert [response.speakers for response in first.confirmed_by] == [(("act_C", "C"),)]
    assert [response.text for response in first.supported_by] == ["backs"]
    assert first.unverified_by == ()
    assert (second.claim, [response.claim for response in second.unverified_by]) == ("clm_doubted", ["clm_unsure"])


def test_a_denied_claim_outside_the_selection_is_a_dispute_too() -> None:
    graph = build_graph(rows_of(claim("no", "B", relations=(relation(RelationKind.DENIES, "elsewhere", "A"),))))
    (dispute,) = disputes(graph)
    assert (dispute.claim, dispute.text, dispute.speakers) == ("clm_elsewhere", "text of elsewhere", (("act_A", "A"),))


def test_the_seed_article(graph: nx.MultiDiGraph) -> None:
    pairs = {(pair.speaker_name, pair.target_name): pair for pair in who_against_whom(graph, fold=True)}
    assert pairs["Armenien", "Azerbajdzjan"].acts == {"accusation": 1, "criticism": 1}
    assert pairs["Azerbajdzjan", "Armenien"].acts == {"denial": 1}
    assert pairs["Reuters", "Azerbajdzjan"].roles == {"claim": 1}
    assert ("Ryssland", "Ryssland") not in pairs

    found = [(d.speakers[0][1], [r.speakers[0][1] for r in d.denied_by + d.unverified_by]) for d in disputes(graph)]
    assert found == [
        ("Hikmet Hajiyev", ["armeniska styrkor"]),
        ("Nikol Pasjinjan", ["Azerbajdzjans regering"]),
        ("Azerbajdzjans försvarsministerium", ["Reuters"]),
        ("Karabachs separatistmyndigheter", ["Reuters"]),
    ]


def test_the_contradiction_matrix_of_the_seed_article(graph: nx.MultiDiGraph) -> None:
    matrix = contradiction_matrix(graph)
    names = dict(matrix.actors)
    assert [name for _, name in matrix.actors][:2] == ["Azerbajdzjan", "Armenien"]
    assert {(names[a], names[b]): sum(cell.acts.values()) for (a, b), cell in matrix.cells.items()} == {
        ("Armenien", "Azerbajdzjan"): 2,
        ("Armenien", "Ryssland"): 1,
        ("Azerbajdzjan", "Armenien"): 1,
        ("Europeiska unionen", "Azerbajdzjan"): 1,
        ("Frankrike", "Azerbajdzjan"): 1,
        ("Tyskland", "Azerbajdzjan"): 1,
        ("armeniska styrkor", "Azerbajdzjan"): 1,
    }
