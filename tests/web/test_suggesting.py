"""What fields offer while somebody types."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from tests.web.conftest import Get


def offered(client: TestClient, what: str, typed: str, language: str = "sv") -> list[str]:
    answer = client.get(f"/suggestions/{what}", params={"q": typed, "lang": language})
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    items: list[str] = answer.json()["items"]
    return items


@pytest.mark.parametrize("typed", ["Vad säger Haj", "Vad säger hikmet haj", "Vad säger Hikmet Hajiyev?"])
def test_the_last_words_of_a_question_become_a_name(typed: str, client: TestClient) -> None:
    assert offered(client, "questions", typed) == ["Vad säger Hikmet Hajiyev?"]


def test_a_name_alone_becomes_questions(client: TestClient) -> None:
    assert offered(client, "questions", "Haj") == ["Vad säger Hikmet Hajiyev?", "Vem anklagar Hikmet Hajiyev?"]
    assert offered(client, "questions", "Haj", "en")[0] == "What does Hikmet Hajiyev say?"


@pytest.mark.parametrize("typed", ["", " ", "?", "a", "Vad säger", "Vad säger zzz", "\0", "; ;"])
def test_nothing_is_offered_where_nothing_is_begun(typed: str, client: TestClient) -> None:
    assert offered(client, "questions", typed) == []
    assert offered(client, "names", typed) == []


def test_names_that_begin_so_come_first_and_after_a_semicolon_the_next(client: TestClient) -> None:
    names = offered(client, "names", "Azer")
    assert names[0].startswith("Azerbajdzjan")
    assert len(names) <= 6
    assert offered(client, "names", "Bo Ek; haj") == ["Hikmet Hajiyev"]


def test_the_front_page_has_a_list_for_those_without_scripts(get: Get) -> None:
    root = get("/")
    assert root.one("input", id="q").attributes["list"] == "offered"
    options = [option.attributes["value"] for option in root.one("datalist", id="offered").all("option")]
    assert len(options) > 10
    assert all(option.endswith("?") for option in options)
