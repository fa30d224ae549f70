from __future__ import annotations

import random
from itertools import combinations
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.actor import ActorKind
from app.domain.claim import Act, RelationKind, TargetRole
from app.domain.record import Subgraph
from app.graph import wording
from app.graph.actor_picture import STRENGTH, actor_picture
from app.graph.build import build_graph
from app.graph.claim_picture import claim_picture
from app.graph.layout import Places, place
from app.graph.lettering import text_width, wrap
from app.graph.measures import who_against_whom
from app.graph.picture import Links, Picture
from app.graph.routes import route
from app.graph.style import FAINT, HEADS, INK, PANEL, PAPER, STROKES
from app.graph.svg import draw
from tests.graph.rows import actor, claim, relation, rows_of

SVG = "{http://www.w3.org/2000/svg}"


def crowd(actors: int, claims: int, seed: int) -> nx.MultiDiGraph:
    """A graph of random claims between some actors."""
    choice = random.Random(seed)
    acts, names = list(Act), [f"Part-{number}" for number in range(actors)]
    records = [
        claim(
            str(number),
            choice.choice(names),
            act=choice.choice(acts),
            targets=((TargetRole.ABOUT, choice.choice(names)),),
            at=10 * number,
        )
        for number in range(claims)
    ]
    return build_graph(rows_of(*records))


def overlapping(picture: Picture, places: Places) -> list[tuple[str, str]]:
    placed = list(zip(picture.boxes, places.centres, strict=True))
    return [
        (a.id, b.id)
        for (a, (ax, ay)), (b, (bx, by)) in combinations(placed, 2)
        if abs(ax - bx) < (a.width + b.width) / 2 and abs(ay - by) < (a.height + b.height) / 2
    ]


def both_pictures(graph: nx.MultiDiGraph) -> list[Picture]:
    return [actor_picture(graph), actor_picture(graph, fold=True), claim_picture(graph)]


def test_the_seed_article_has_its_actors_and_strongest_acts(graph: nx.MultiDiGraph) -> None:
    picture = actor_picture(graph, fold=True, language="sv")
    names = {box.id: " ".join(box.lines) for box in picture.boxes}
    styles = {
        (names[picture.boxes[link.source].id], names[picture.boxes[link.target].id]): (link.style, link.count)
        for link in picture.links
    }
    assert styles["Armenien", "Azerbajdzjan"] == ("accusation", 2)
    assert styles["Azerbajdzjan", "Armenien"] == ("denial", 1)
    assert styles["Tyskland", "Azerbajdzjan"] == ("criticism", 3)
    assert picture.summary == "22 aktörer, 43 påståenden."
    assert "Armenien → Azerbajdzjan: 2 påståenden (anklagar 1, kritiserar 1)" in picture.description


def test_representatives_are_tied_to_their_party_unless_folded(graph: nx.MultiDiGraph) -> None:
    assert {link.style for link in actor_picture(graph).links} > {"speaks_for"}
    assert "speaks_for" not in {link.style for link in actor_picture(graph, fold=True).links}


def test_more_claims_make_a_larger_name() -> None:
    records = [claim(str(number), "Talker", at=number) for number in range(9)]
    boxes = actor_picture(build_graph(rows_of(*records, claim("x", "Quiet", at=99)))).boxes
    assert [box.lines for box in boxes] == [("Talker",), ("Quiet",)]
    assert boxes[0].size > boxes[1].size


def test_the_most_active_are_kept_when_there_are_too_many() -> None:
    picture = actor_picture(crowd(60, 200, seed=3), most=12)
    assert len(picture.boxes) == 12
    assert "12 of 60 actors shown" in picture.summary
    assert all(0 <= link.source < 12 and 0 <= link.target < 12 for link in picture.links)


def test_the_links_with_most_claims_are_kept_when_there_are_too_many() -> None:
    graph = crowd(20, 900, seed=5)
    picture = actor_picture(graph)
    counts = [link.count for link in picture.links]
    assert len(counts) == 120
    assert counts == sorted(counts, reverse=True)
    assert f"120 of {len(who_against_whom(graph))} links shown" in picture.summary


def test_every_act_has_a_strength_a_look_and_words() -> None:
    assert set(STRENGTH) == set(Act)
    for language in ("sv", "en"):
        assert set(wording.STYLES[language]) == set(STROKES)
        assert set(wording.KINDS[language]) == {kind.value for kind in ActorKind}
    assert {stroke.head for stroke in STROKES.values()} <= {*HEADS, "none"}


def test_acts_differ_without_colour() -> None:
    looks = [(STROKES[act.value].dash, STROKES[act.value].head) for act in Act]
    assert len(set(looks)) == len(looks)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1])
def test_contrast_is_enough_in_both_themes(theme: int) -> None:
    lines = {style: contrast((stroke.light, stroke.dark)[theme], PAPER[theme]) for style, stroke in STROKES.items()}
    assert min(lines.values()) >= 4.5, lines
    assert contrast(INK[theme], PAPER[theme]) >= 7
    assert contrast(INK[theme], PANEL[theme]) >= 7
    assert contrast(FAINT[theme], PAPER[theme]) >= 4.5


def test_no_boxes_overlap_on_the_seed_article(graph: nx.MultiDiGraph) -> None:
    for picture in both_pictures(graph):
        assert overlapping(picture, place(picture)) == []


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 30), st.integers(0, 60), st.integers(0, 9999))
def test_no_boxes_overlap_and_all_lie_inside(actors: int, claims: int, seed: int) -> None:
    for picture in both_pictures(crowd(actors, claims, seed)):
        places = place(picture)
        assert overlapping(picture, places) == []
        for box, (x, y) in zip(picture.boxes, places.centres, strict=True):
            assert box.width / 2 - 0.2 <= x <= places.width - box.width / 2 + 0.2
            assert box.height / 2 - 0.2 <= y <= places.height - box.height / 2 + 0.2


def test_the_layout_is_the_same_every_time(graph: nx.MultiDiGraph) -> None:
    assert draw(actor_picture(graph)) == draw(actor_picture(graph))


def test_curves_between_the_same_boxes_keep_apart() -> None:
    graph = build_graph(
        rows_of(
            actor("A", "B"),
            claim("1", "A", targets=((TargetRole.ABOUT, "B"),)),
            claim("2", "B", targets=((TargetRole.ABOUT, "A"),), at=5),
        )
    )
    picture = actor_picture(graph)
    middles = {curve.middle for curve in route(picture, place(picture))}
    assert len(picture.links) == len(middles) == 3


def test_curves_end_outside_the_boxes_they_join(graph: nx.MultiDiGraph) -> None:
    picture = actor_picture(graph)
    places = place(picture)
    for link, curve in zip(picture.links, route(picture, places), strict=True):
        for end, point in ((link.source, curve.start), (link.target, curve.end)):
            box, (x, y) = picture.boxes[end], places.centres[end]
            assert abs(point[0] - x) > box.width / 2 or abs(point[1] - y) > box.height / 2


def test_the_svg_is_self_contained_and_accessible(graph: nx.MultiDiGraph) -> None:
    for picture in both_pictures(graph):
        text = draw(picture, heading=True)
        root = ElementTree.fromstring(text)
        ids = [element.get("id") for element in root.iter() if element.get("id")]
        assert len(ids) == len(set(ids))
        title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
        assert title is not None
        assert description is not None
        assert (title.text, description.text) == (picture.title, picture.description)
        assert {root.get("aria-labelledby"), root.get("aria-describedby")} == {title.get("id"), description.get("id")}
        for mark in ("<script", "http://", "https://", "@import", "<image", "onload"):
            assert mark not in text.replace("http://www.w3.org/2000/svg", "")
        assert "prefers-color-scheme:dark" in text
        assert "currentColor" in text
        for marker in (element.get("marker-end") for element in root.iter() if element.get("marker-end")):
            assert marker is not None
            assert marker.removeprefix("url(#").removesuffix(")") in ids


def test_boxes_and_links_lead_to_their_pages(graph: nx.MultiDiGraph) -> None:
    root = ElementTree.fromstring(draw(actor_picture(graph, links=Links(prefix="/nyheter/"))))
    targets = [element.get("href") for element in root.iter(f"{SVG}a")]
    assert len(targets) >= 29
    assert all(target is not None and target.startswith("/nyheter/") for target in targets)
    assert any(target is not None and target.startswith("/nyheter/claims?speaker=act_") for target in targets)
    assert all(element.get("aria-label") for element in root.iter(f"{SVG}a"))
    assert not list(ElementTree.fromstring(draw(actor_picture(graph))).iter(f"{SVG}a"))


def test_link_prefixes_that_could_run_script_are_refused() -> None:
    with pytest.raises(ValueError, match="javascript:"):
        Links(prefix="javascript:alert(1)//")
    assert Links("https://example.org").to_actor("a/b?c") == "https://example.org/actors/a%2Fb%3Fc"


def test_hostile_names_stay_text() -> None:
    name = '"><script>alert(1)</script>\x00]]>&amp;'
    graph = build_graph(rows_of(claim("c", name.replace(" ", "_"), targets=((TargetRole.ABOUT, "</title>"),))))
    for picture in both_pictures(graph):
        root = ElementTree.fromstring(draw(picture, heading=True))
        assert not [element for element in root.iter() if element.tag.endswith("script")]


def test_an_empty_picture_says_so() -> None:
    for picture in both_pictures(build_graph(Subgraph((), (), ()))):
        assert "No claims to show." in draw(picture)


def test_two_pictures_in_one_page_do_not_share_ids(graph: nx.MultiDiGraph) -> None:
    picture = actor_picture(graph)
    one, two = (ElementTree.fromstring(draw(picture, scope=scope)) for scope in ("first", "second"))
    ids = [{element.get("id") for element in root.iter() if element.get("id")} for root in (one, two)]
    assert not ids[0] & ids[1]
    with pytest.raises(ValueError, match="scope"):
        draw(picture, scope="a b")


def test_the_claim_picture_shows_what_hangs_together() -> None:
    graph = build_graph(
        rows_of(
            *(claim(f"loose{number}", "A", at=10 * number) for number in range(5)),
            claim("doubted", "A", at=100),
            claim("unsure", "R", at=120, act=Act.UNVERIFIED, relations=(relation(RelationKind.UNVERIFIED, "doubted"),)),
        )
    )
    picture = claim_picture(graph, most=3)
    assert [box.lines[0] for box in picture.boxes if box.shape == "claim"] == ["loose0", "doubted", "unsure"]
    assert "3 of 7 claims shown" in picture.summary
    (doubt,) = [link for link in picture.links if link.style == "unverified"]
    assert (picture.boxes[doubt.source].id, picture.boxes[doubt.target].id) == ("clm_unsure", "clm_doubted")


def test_a_claim_only_mentioned_can_be_drawn() -> None:
    graph = build_graph(rows_of(claim("no", "B", act=Act.DENIAL, relations=(relation(RelationKind.DENIES, "x", "A"),))))
    picture = claim_picture(graph)
    assert [link.style for link in picture.links] == ["said", "said", "denial"]


def test_wrapping_keeps_within_the_room() -> None:
    lines = wrap("Azerbajdzjans försvarsministerium i ett uttalande på tisdagen", 13, 150, 3)
    assert lines[:2] == ("Azerbajdzjans", "försvarsministerium i")
    assert lines[-1].endswith("…")
    assert all(text_width(line, 13) <= 150 for line in lines)
    assert wrap("", 13, 150, 3) == ()
    assert wrap("  ", 13, 150, 3) == ()
    assert len(wrap("x" * 500, 13, 100, 1)[0]) < 20


@given(st.text(max_size=200), st.integers(20, 300), st.integers(1, 4))
def test_wrapping_any_text_keeps_lines_and_room(text: str, room: int, lines: int) -> None:
    broken = wrap(text, 10, room, lines)
    assert len(broken) <= lines
    assert all(text_width(line, 10) <= room for line in broken)
