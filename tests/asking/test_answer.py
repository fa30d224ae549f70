from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from app.asking.answer import Answer, answer, understand
from app.asking.question import Asks, parse_question
from app.errors import BadCursor, BadQuestion
from tests.asking.conftest import on_both_databases
from tests.gold_extraction import gold_article, gold_claim_ids

SEED = "000_dc57c91d7ab00de9"
KNOWN = gold_claim_ids(SEED)
SURE = set(gold_claim_ids(SEED, optional=False).values())


def ask(session: Session, text: str, **options: object) -> Answer:
    # The seed article alone: "regeringen" and "försvararen" are parties of other gold articles.
    given = {"article": gold_article(SEED).id, "limit": 100, **options}
    return answer(session, parse_question(text), **given)  # type: ignore[arg-type]


def claims(found: Answer) -> list[str]:
    return [ref for claim in found.page.items if (ref := KNOWN[claim.id]) in SURE]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("what did Baku claim about Armenia", ["c7", "c18", "c19"]),
        ("what did Azerbaijan deny?", ["c21"]),
        ("what did the ministry of defence of Azerbaijan say", ["c9", "c18", "c19"]),
        ("what did the Azerbaijani government say", ["c21"]),
        ("what did the Russian government demand?", ["c27", "c29"]),
        ("what did Armenia's prime minister say?", ["c20"]),
        ("what did the Kremlin's spokesperson say", ["c28", "c30"]),
        ("what has Germany said about Azerbaijan", ["c3", "c4", "c39"]),
        ("what did Moscow demand", ["c27", "c29"]),
        ("what did the EU condemn?", ["c3"]),
        ("what is Russia accused of", ["c32"]),
        ("who condemned Baku?", ["c3", "c22"]),
        ("who criticised Azerbaijan's military action?", ["c3", "c22"]),
        ("who could not verify the claims", ["c11"]),
        ("vad förnekade Armenien", []),
        ("Vad hävdade Armenien själv?", ["c22", "c23", "c24", "c25", "c26", "c32", "c33"]),
        ("vem anklagade Ryssland", ["c32"]),
        ("vem har Armenien anklagat?", ["c23", "c32"]),
        ("vad anklagar Armenien Ryssland för?", ["c32"]),
        ("Vad har Armenien krävt av FN:s säkerhetsråd?", ["c25"]),
        ("vilka krav ställde Ryssland?", ["c27", "c29"]),
        ("Vem förnekade Pasjinjans anklagelse?", ["c21"]),
        ("vem förnekade att det var etnisk rensning", ["c21"]),
        ("Vem sa att Azerbajdzjan hade brutit sitt löfte?", ["c39"]),
        ("Vad sade Hajiyev ordagrant?", ["c16", "c17"]),
        ("Vad säger försvarsministeriet i Azerbajdzjan?", ["c9", "c18", "c19"]),
        ("Vilka stöder Azerbajdzjan?", []),
    ],
)
def test_answers(session: Session, text: str, expected: list[str]) -> None:
    assert claims(ask(session, text)) == expected


@on_both_databases
def test_who_and_whom_are_named(session: Session) -> None:
    accusers = ask(session, "vem anklagade Ryssland")
    assert [ref.name for ref in accusers.parties] == ["Armenien"]
    accused = ask(session, "vem har Armenien anklagat?")
    assert (accused.interpretation.asks, [ref.name for ref in accused.parties]) == (
        Asks.TARGET,
        ["Azerbajdzjan", "Ryssland"],
    )
    assert ask(session, "vad sade Baku").parties == ()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("vem anklagade Ryssland", "1 anklagelse mot eller till Ryssland: Armenien."),
        ("vad förnekade Baku", "1 dementi från Azerbajdzjan och dem som talar för Azerbajdzjan."),
        ("what did Moscow demand", "2 demands by Ryssland."),
        ("what did Dmitrij Peskov deny", "No denials by Dmitrij Peskov in the articles stored so far."),
        ("what did Xqzwv say", "Nobody called “Xqzwv” has been found in the articles."),
        ("vad sade Hajijev", "Ingen som heter ”Hajijev” har påträffats i artiklarna. Menade du Hikmet Hajiyev?"),
        (
            "vad sade Pasjinjan och vem förnekade det",
            "2 påståenden från Nikol Pasjinjan. Azerbajdzjans regering förnekar det.",
        ),
        ("what did Turkey say and who denied it", None),
    ],
)
def test_sentences(session: Session, text: str, sentence: str | None) -> None:
    found = ask(session, text)
    if sentence is None:
        assert found.sentence.endswith("Nobody has answered it in the articles stored so far.")
    else:
        assert found.sentence == sentence


@on_both_databases
def test_an_unknown_speaker_gives_suggestions(session: Session) -> None:
    found = ask(session, "vad sade Hajijev")
    assert (found.page.items, [ref.name for ref in found.page.suggestions]) == ((), ["Hikmet Hajiyev"])
    assert found.interpretation.speaker is not None
    assert found.interpretation.speaker.actors == ()


def test_scope_can_be_overridden(session: Session) -> None:
    assert claims(ask(session, "Vad hävdade Moskva?", scope="own")) == ["c27", "c29", "c31"]
    assert claims(ask(session, "Vad hävdade Moskva självt?", scope="party")) == ["c27", "c28", "c29", "c30", "c31"]


def test_two_speakers_are_answered_one_after_the_other(session: Session) -> None:
    found = ask(session, "Vad sa Frankrike och Tyskland?")
    assert claims(found) == ["c3", "c4", "c38"]
    assert found.interpretation.offered == ("Vad säger Tyskland?",)
    assert found.interpretation.notes == ("Svaret gäller Frankrike.",)


@on_both_databases
def test_a_thing_is_no_party_to_ask_about(session: Session) -> None:
    found = ask(session, "vem fördömde attacken?")
    assert (found.interpretation.target, found.interpretation.filter.q) == (None, "attacken")
    assert found.interpretation.offered == ()


def test_a_slip_is_told(session: Session) -> None:
    assert ask(session, "vd sade Baku").interpretation.notes == ("”vd” lästes som ”vad”.",)


@on_both_databases
def test_pages_of_an_answer(session: Session) -> None:
    first = ask(session, "Vad sade Baku?", limit=4)
    assert first.sentence.startswith("De första 4 påståenden av flera")
    second = ask(session, "Vad sade Baku?", limit=100, cursor=first.page.next_cursor)
    together = [*first.page.items, *second.page.items]
    assert [claim.id for claim in together] == [claim.id for claim in ask(session, "Vad sade Baku?").page.items]
    with pytest.raises(BadCursor):
        ask(session, "Vad sade Kreml?", cursor=first.page.next_cursor)


@on_both_databases
def test_what_is_about_a_party_is_directed_at_it_or_names_it(session: Session) -> None:
    assert claims(ask(session, "what did Baku claim about Armenia")) == ["c7", "c18", "c19"]
    assert claims(ask(session, "Vad sade Tyskland om Baku?")) == ["c3", "c4", "c39"]
    # What Armenia says itself is not about Armenia for having its name.
    assert not set(claims(ask(session, "vem sade något om Armenien"))) & {"c22", "c23", "c24", "c25", "c26", "c32"}


def test_the_bare_name_of_somebody_known_is_a_question(session: Session) -> None:
    assert understand(session, "Hikmet Hajiyev").speaker == "Hikmet Hajiyev"
    assert understand(session, "vad sade Baku").speaker == "Baku"
    with pytest.raises(BadQuestion):
        understand(session, "hej")
