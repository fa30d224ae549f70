from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from app.domain.profile import ActorProfile
from app.resolution.merging import Decision, decide, worth_asking
from app.resolution.score import Verdict
from tests.resolution.articles import body, person

SETTLED = Mapping[frozenset[str], Verdict]


def outcome(decisions: Sequence[Decision]) -> dict[tuple[str, str], Verdict]:
    return {(each.left, each.right): each.verdict for each in decisions}


def clusters(profiles: Sequence[ActorProfile], decisions: Sequence[Decision]) -> set[frozenset[str]]:
    """Who is one after the decisions."""
    group = {profile.id: {profile.id} for profile in profiles}
    for each in decisions:
        if each.verdict is Verdict.SAME:
            together = group[each.left] | group[each.right]
            group.update(dict.fromkeys(together, together))
    return {frozenset(members) for members in group.values()}


def test_the_same_the_unsure_and_the_different() -> None:
    profiles = [
        person("1", "Nikol Pasjinjan", parties=["act_am:AM"]),
        person("2", "Nikol Pashinyan", parties=["act_ministry:AM"]),
        person("3", "Nikol Pasjinjan"),
        person("4", "Nikol Pasjinjan", parties=["act_az:AZ"]),
    ]
    assert outcome(decide(profiles)) == {
        ("1", "2"): Verdict.SAME,
        ("1", "3"): Verdict.UNSURE,
        ("3", "4"): Verdict.UNSURE,
        ("1", "4"): Verdict.DIFFERENT,
        ("2", "4"): Verdict.DIFFERENT,
    }


def test_every_decision_says_why() -> None:
    [decision] = decide([body("1", "Nordbruk AB"), body("2", "Nordbruk")])
    assert decision.reason == "0.75: both are called nordbruk (+0.65); both are of the kind organisation (+0.10)"


def test_whoever_could_be_two_people_is_neither() -> None:
    profiles = [
        person("1", "Maja Utsi", parties=["act_s"]),
        person("2", "Maja Utsi", parties=["act_m"]),
        person("3", "Maja Utsi", beside=["act_s", "act_m"]),
    ]
    decisions = decide(profiles)
    assert outcome(decisions) == {
        ("1", "3"): Verdict.UNSURE,
        ("2", "3"): Verdict.UNSURE,
        ("1", "2"): Verdict.DIFFERENT,
    }
    assert "another Maja Utsi, who is not the same, agrees as well" in decisions[0].reason
    assert outcome(decide(profiles[::2])) == {("1", "3"): Verdict.SAME}


def test_a_chain_joins_nobody_with_somebody_else() -> None:
    profiles = [
        person("1", "Maja Utsi", role="minister", parties=["act_am:AM"]),
        person("2", "Maja Utsi", role=["minister", "glaciolog"]),
        person("3", "Maja Utsi", role="glaciolog", parties=["act_az:AZ"]),
    ]
    found = outcome(decide(profiles))
    assert found["1", "3"] is Verdict.DIFFERENT
    assert clusters(profiles, decide(profiles)) == {frozenset("1"), frozenset("2"), frozenset("3")}
    # Agreeing with one much better than with the other settles it.
    better = [person("1", "Maja Utsi", role="minister", parties=["act_am:AM"]), *profiles[1:]]
    better[1] = person("2", "Maja Utsi", role=["minister", "glaciolog"], parties=["act_am:AM"])
    assert clusters(better, decide(better)) == {frozenset("12"), frozenset("3")}


def test_what_people_said_is_kept() -> None:
    profiles = [
        person("1", "Nikol Pasjinjan", parties=["act_am:AM"]),
        person("2", "Nikol Pasjinjan", parties=["act_ministry:AM"]),
        person("3", "Nikol Pasjinjan"),
    ]
    apart = {frozenset("12"): Verdict.DIFFERENT}
    assert ("1", "2") not in outcome(decide(profiles, apart))
    joined = {frozenset("13"): Verdict.SAME}
    assert outcome(decide(profiles, joined)) == {("1", "2"): Verdict.SAME}
    both = {frozenset("13"): Verdict.SAME, frozenset("23"): Verdict.DIFFERENT}
    decisions = decide(profiles, both)
    assert clusters(profiles, decisions) == {frozenset("1"), frozenset("2"), frozenset("3")}
    assert outcome(decisions) == {}


def test_people_are_asked_once_about_each_newcomer() -> None:
    profiles = [person(str(number), "Maja Utsi", beside=[f"act_{number}"]) for number in range(1, 9)]
    decisions = decide(profiles, newcomers={"2", "5"})
    assert all({each.left, each.right} & {"2", "5"} for each in decisions)
    assert outcome(worth_asking(decisions, {"2", "5"})) == {("1", "2"): Verdict.UNSURE, ("1", "5"): Verdict.UNSURE}
    assert worth_asking(decisions, set()) == []


NAMES = ("Maja Utsi", "M. Utsi", "Nikol Pasjinjan", "Nikol Pashinyan", "Pasjinjan", "Anna Andersson")
ROLES = ("minister", "utrikesminister", "glaciolog", "polis")
PARTIES = ("act_am:AM", "act_ministry:AM", "act_az:AZ", "act_s", "act_skolverket:SE", "act_smhi:SE")
PEOPLE = st.builds(
    lambda name, roles, parties, beside: (name, roles, parties, beside),
    st.sampled_from(NAMES),
    st.lists(st.sampled_from(ROLES), max_size=2, unique=True),
    st.lists(st.sampled_from(PARTIES), max_size=2, unique=True),
    st.lists(st.sampled_from([party.partition(":")[0] for party in PARTIES]), max_size=2, unique=True),
)


@given(people=st.lists(PEOPLE, max_size=9), data=st.data())
def test_the_order_of_actors_and_of_what_is_settled_does_not_matter(
    people: list[tuple[str, list[str], list[str], list[str]]], data: st.DataObject
) -> None:
    profiles = [
        person(f"act_{number}", name, role=roles, parties=parties, beside=() if parties else beside)
        for number, (name, roles, parties, beside) in enumerate(people)
    ]
    ids = [profile.id for profile in profiles]
    pairs = st.tuples(st.sampled_from(ids), st.sampled_from(ids)).filter(lambda pair: pair[0] != pair[1])
    settled: dict[frozenset[str], Verdict] = {}
    if len(ids) > 1:
        drawn = data.draw(st.lists(pairs, max_size=4))
        settled = {frozenset(pair): data.draw(st.sampled_from([Verdict.SAME, Verdict.DIFFERENT])) for pair in drawn}
    decisions = decide(profiles, settled)
    shuffled = dict(data.draw(st.permutations(list(settled.items()))))
    assert decide(data.draw(st.permutations(profiles)), shuffled) == decisions
    same = [each for each in decisions if each.verdict is Verdict.SAME]
    # Merging in whatever order gives the same clusters, and nobody is merged whom people hold apart.
    assert clusters(profiles, data.draw(st.permutations(same))) == clusters(profiles, same)
    chosen = {pair for pair, verdict in settled.items() if verdict is Verdict.DIFFERENT}
    assert not chosen & {frozenset((each.left, each.right)) for each in decisions}
    assert not [each for each in decisions if frozenset((each.left, each.right)) in settled]
    joined = clusters(profiles, same)
    human = {pair for pair, verdict in settled.items() if verdict is Verdict.SAME}
    if not human:
        assert not [pair for pair in chosen for cluster in joined if pair <= cluster]


@given(people=st.lists(PEOPLE, max_size=9))
def test_once_joined_nothing_is_left_to_join(people: list[tuple[str, list[str], list[str], list[str]]]) -> None:
    profiles = [
        person(f"act_{number}", name, role=roles, parties=parties, beside=() if parties else beside)
        for number, (name, roles, parties, beside) in enumerate(people)
    ]
    first = decide(profiles)
    settled = {frozenset((each.left, each.right)): Verdict.SAME for each in first if each.verdict is Verdict.SAME}
    assert [each for each in decide(profiles, settled) if each.verdict is Verdict.SAME] == []
