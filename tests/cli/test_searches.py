"""sagesman searches: the same searches as over REST."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Sagesman


def test_a_search_is_saved_listed_and_forgotten(sagesman: Sagesman) -> None:
    asked = sagesman("searches", "add", "Kreml förnekar", "--question", "vad förnekade Kreml")
    assert asked.code == 0, asked.err
    filtered = sagesman("searches", "add", "Mot Baku", "--act", "accusation", "--target", "Baku", "--scope", "own")
    first, second = json.loads(sagesman("searches", "list", "--json").out)
    assert (first["id"], first["name"], first["question"]) == (
        asked.out.strip(),
        "Kreml förnekar",
        "vad förnekade Kreml",
    )
    assert second["id"] == filtered.out.strip()
    assert {name: second["wanted"][name] for name in ("act", "target", "scope")} == {
        "act": "accusation",
        "target": "Baku",
        "scope": "own",
    }
    listed = sagesman("searches", "list").out
    assert "vad förnekade Kreml" in listed
    assert "target Baku, act accusation, scope own" in listed
    assert sagesman("searches", "remove", first["id"]).out == f"{first['id']} is forgotten\n"
    assert [each["id"] for each in json.loads(sagesman("searches", "list", "--json").out)] == [second["id"]]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("add", "Baku"), "--question"),
        (("add", "Baku", "--scope", "own"), "--question"),
        (("add", "Baku", "--question", "vad sade Baku", "--act", "denial"), "--question"),
        (("add", "Baku", "--question", "hej"), "sagesman:"),
        (("add", "Baku", "--question", "vad sade Baku i går"), "leave out the time"),
        (("add", "Baku", "--q", "–"), "no words"),
        (("add", " ", "--speaker", "Baku"), "name"),
        (("add", "x" * 201, "--speaker", "Baku"), "200"),
        (("remove", "sch_0"), "sch_0"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(words: tuple[str, ...], says: str, sagesman: Sagesman) -> None:
    assert sagesman("db", "upgrade").code == 0
    result = sagesman("searches", *words)
    assert (result.code, result.out) == (2, "")
    assert says in result.err
    assert json.loads(sagesman("searches", "list", "--json").out) == []
