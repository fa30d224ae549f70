"""Corrections and judgements at the command line, over a file that holds the sample article."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.storage.articles import Status, save_article, set_status
from app.storage.claims import save_extraction
from app.storage.engine import migrate, open_engine, transaction
from tests.cli.conftest import Sagesman
from tests.evaluation.annotations import document_of, system_claims
from tests.evaluation.score import judge
from tests.storage.samples import actor_ids, article, extraction

IDS = {claim.ref: claim.id_in(article().id) for claim in extraction().claims}


@pytest.fixture
def filled(sagesman: Sagesman, folder: Path) -> Sagesman:
    engine = open_engine(f"sqlite:///{folder / 'sagesman.db'}")
    migrate(engine)
    found = extraction()
    with transaction(engine) as session:
        save_article(session, article())
        save_extraction(session, found, actor_ids(found))
        set_status(session, [found.article_id], Status.DONE)
    engine.dispose()
    return sagesman


def shown(sagesman: Sagesman, ref: str) -> dict[str, object]:
    found = json.loads(sagesman("claims", "--format", "json").out)["claims"]
    return next((claim for claim in found if claim["id"] == IDS[ref]), {})


def test_a_claim_is_put_right_and_back(filled: Sagesman) -> None:
    before = shown(filled, "c3")
    result = filled(
        *("correct", IDS["c3"], "--speaker", "Nikol Pasjinjan", "--words", "Nikol Pasjinjan", "--act", "denial"),
        *("--target", "accused=Bakus regering", "--reason", "fel", "--author", "ada"),
    )
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(f"1  edit speaker, act, target  {IDS['c3']}  by ada")
    now = shown(filled, "c3")
    assert (now["act"], [each["name"] for each in now["speakers"]]) == ("denial", ["Nikol Pasjinjan"])  # type: ignore[attr-defined]
    assert [(each["role"], each["actor"]["name"]) for each in now["targets"]] == [("accused", "Bakus regering")]  # type: ignore[attr-defined]
    undone = filled("correct", IDS["c3"], "--undo", "--author", "bo")
    assert "[undone by bo" in undone.out
    assert shown(filled, "c3") == before
    assert filled("corrections", "list").out == undone.out
    assert filled("corrections", "list", "--unfit").out == ""
    assert filled("correct", IDS["c3"], "--undo").code == 2


def test_a_claim_is_rejected_and_checked_ones_are_exported(filled: Sagesman, folder: Path) -> None:
    assert filled("correct", IDS["c4"], "--reject").code == 0
    assert shown(filled, "c4") == {}
    assert filled("correct", IDS["c1"], "--confirm").code == 0
    assert filled("corrections", "export", "--output", "gold.json").err == "1 articles with checked claims\n"
    (raw,) = json.loads((folder / "gold.json").read_text("utf-8"))
    document = document_of(raw)
    outcomes = judge(document, system_claims(document.doc_id, extraction()))
    told = {(each.gold.id if each.gold else None, each.attributed) for each in outcomes if not each.optional}
    assert told == {("c1", True), (None, False)}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "give what to set"),
        (("--reject", "--confirm"), "give what to set"),
        (("--speaker", "Ada", "--undo"), "give what to set"),
        (("--target", "Ryssland"), "give ROLE=NAME"),
        (("--target", "enemy=Ryssland"), "accused"),
        (("--words", "Nikol Pashinyan"), "does not stand in the article"),
        (("--act", "accusation"), "says all this already"),
    ],
)
def test_what_makes_no_sense_is_refused(words: tuple[str, ...], told: str, filled: Sagesman) -> None:
    result = filled("correct", IDS["c1"], *words)
    assert (result.code, result.out) == (2, "")
    assert told in result.err


def test_actors_are_joined_split_and_reviewed(filled: Sagesman) -> None:
    merged = filled("actors", "merge", "Hikmet Hajiyev", "Nikol Pasjinjan", "--reason", "prov")
    assert (merged.code, merged.err) == (0, "")
    assert merged.out.startswith("1  same  ")
    assert json.loads(filled("claims", "--speaker", "Hikmet Hajiyev", "--format", "json").out)["claims"][1:]
    ids = actor_ids(extraction())
    split = filled("actors", "split", ids["a2"], ids["a5"], "--author", "bo")
    assert split.out.startswith("2  different  ")
    again = filled("actors", "merge", "Hikmet Hajiyev", "Nikol Pasjinjan")
    assert (again.code, "judgement 2" in again.err) == (1, True)
    assert "[undone by cia]" in filled("actors", "undo", "2", "--author", "cia").out
    assert filled("actors", "review").out == ""
    assert filled("actors", "join").out == "0 joined\n"
    unknown = filled("actors", "merge", "Hikmet Hajijev", "Nikol Pasjinjan")
    assert (unknown.code, "names that are near: Hikmet Hajiyev" in unknown.err) == (2, True)
