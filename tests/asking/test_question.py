"""How questions are read, as tables: the question, then whom and what it asks for."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.asking.question import LONGEST_QUESTION, Asks, Question, parse_question
from app.asking.vocabulary import load_vocabularies
from app.domain.claim import Act, Mode
from app.errors import BadQuestion

FIELDS = ("speaker", "target", "topic", "act", "q")


def read(text: str) -> dict[str, Any]:
    question = parse_question(text)
    return {name: value for name in FIELDS if (value := getattr(question, name)) is not None}


WHAT = {
    "what did Baku claim?": {"speaker": "Baku"},
    "what did Baku claim about Armenia": {"speaker": "Baku", "topic": "Armenia"},
    "What has Hikmet Hajiyev said about Armenia?": {"speaker": "Hikmet Hajiyev", "topic": "Armenia"},
    "what does Baku say": {"speaker": "Baku"},
    "what is Baku saying": {"speaker": "Baku"},
    "What's Baku claiming?": {"speaker": "Baku"},
    "what did the ministry of defence of Azerbaijan say": {"speaker": "ministry of defence of Azerbaijan"},
    "what did the State Department say?": {"speaker": "State Department"},
    "what happened according to Baku": {"speaker": "Baku"},
    "show me what Baku claimed": {"speaker": "Baku"},
    "what was said about Karabakh": {"topic": "Karabakh"},
    "how did Armenia respond to the attack?": {"speaker": "Armenia", "topic": "attack"},
    "what's Baku's position on Armenia": {"speaker": "Baku", "topic": "Armenia"},
    "what did Baku deny?": {"speaker": "Baku", "act": Act.DENIAL},
    "did Baku deny it?": {"speaker": "Baku", "act": Act.DENIAL},
    "which claims did Baku deny": {"speaker": "Baku", "act": Act.DENIAL},
    "what are Baku's demands?": {"speaker": "Baku", "act": Act.DEMAND},
    "what demands did Russia make on Armenia": {"speaker": "Russia", "topic": "Armenia", "act": Act.DEMAND},
    "what did Russia demand from Armenia": {"speaker": "Russia", "target": "Armenia", "act": Act.DEMAND},
    "what did Armenia ask Russia to do": {"speaker": "Armenia", "target": "Russia", "act": Act.DEMAND},
    "what did Armenia accuse Russia of": {"speaker": "Armenia", "target": "Russia", "act": Act.ACCUSATION},
    "why did Armenia criticize Baku?": {"speaker": "Armenia", "target": "Baku", "act": Act.CRITICISM},
    "what is Russia accused of?": {"target": "Russia", "act": Act.ACCUSATION},
    "accusations against Russia": {"target": "Russia", "act": Act.ACCUSATION},
    "what couldn't Reuters verify?": {"speaker": "Reuters", "act": Act.UNVERIFIED},
    "Vad hävdade Phnom Penh?": {"speaker": "Phnom Penh"},
    "vad har Thailand sagt?": {"speaker": "Thailand"},
    "Vad ska Thailand ha sagt?": {"speaker": "Thailand"},
    "Vad säger facket om varslet?": {"speaker": "facket", "topic": "varslet"},
    "Vad har sagts om Armenien?": {"topic": "Armenien"},
    "vad slog IPCC fast": {"speaker": "IPCC"},
    "Vad vill oppositionen?": {"speaker": "oppositionen"},
    "Vad tycker Länsstyrelsen i Norrbotten?": {"speaker": "Länsstyrelsen i Norrbotten"},
    "Vad anser regeringen?": {"speaker": "regeringen"},
    "Vad säger Peskov till Armenien": {"speaker": "Peskov", "target": "Armenien"},
    "Vad svarar Nordbruk på fackets kritik?": {"speaker": "Nordbruk", "topic": "fackets kritik"},
    "Vad hände enligt Baku?": {"speaker": "Baku"},
    "Enligt Baku, vad hände?": {"speaker": "Baku"},
    "vad är Bakus ståndpunkt": {"speaker": "Baku"},
    "Bakus krav": {"speaker": "Baku", "act": Act.DEMAND},
    "Citera Hajiyev": {"speaker": "Hajiyev"},
    "Uttalanden av Hajiyev": {"speaker": "Hajiyev"},
    "alla krav från Ryssland på Armenien": {"speaker": "Ryssland", "topic": "Armenien", "act": Act.DEMAND},
    "vad förnekade Armenien": {"speaker": "Armenien", "act": Act.DENIAL},
    "Har Armenien förnekat anklagelsen?": {"speaker": "Armenien", "act": Act.DENIAL},
    "Vad har polisen bekräftat?": {"speaker": "polisen", "act": Act.CONFIRMATION},
    "Vad kunde Reuters inte verifiera?": {"speaker": "Reuters", "act": Act.UNVERIFIED},
    "Vad kunde inte bekräftas?": {"act": Act.UNVERIFIED},
    "Vad lovade Niran Charoen?": {"speaker": "Niran Charoen", "act": Act.ANNOUNCEMENT},
    "Vad frågar Haddad?": {"speaker": "Haddad", "act": Act.QUESTION},
    "Vad krävde Ryssland av Armenien": {"speaker": "Ryssland", "target": "Armenien", "act": Act.DEMAND},
    "Vilka krav har Ryssland uttryckt?": {"speaker": "Ryssland", "act": Act.DEMAND},
    "vad anklagar Armenien Ryssland för?": {"speaker": "Armenien", "target": "Ryssland", "act": Act.ACCUSATION},
    "Vad har Armenien anklagat Ryssland för": {"speaker": "Armenien", "target": "Ryssland", "act": Act.ACCUSATION},
    "Vad anklagas Ryssland för?": {"target": "Ryssland", "act": Act.ACCUSATION},
    "vilka anklagelser riktar Armenien mot Ryssland?": {
        "speaker": "Armenien",
        "target": "Ryssland",
        "act": Act.ACCUSATION,
    },
    "visa anklagelser mot Ryssland": {"target": "Ryssland", "act": Act.ACCUSATION},
    "Vad är kritiken mot Baku?": {"target": "Baku", "act": Act.CRITICISM},
}
WHO = {
    "vem anklagade Ryssland": {"target": "Ryssland", "act": Act.ACCUSATION},
    "vem har anklagat Ryssland?": {"target": "Ryssland", "act": Act.ACCUSATION},
    "Vem är det som anklagar Ryssland?": {"target": "Ryssland", "act": Act.ACCUSATION},
    "Av vem anklagas Ryssland?": {"target": "Ryssland", "act": Act.ACCUSATION},
    "vem anklagas Ryssland av?": {"target": "Ryssland", "act": Act.ACCUSATION},
    "vem anklagar Ryssland för att vara upptaget": {"target": "Ryssland", "act": Act.ACCUSATION, "q": "upptaget"},
    "vilka kritiserar regeringen": {"target": "regeringen", "act": Act.CRITICISM},
    "Vilka länder fördömde Azerbajdzjan?": {"target": "Azerbajdzjan", "act": Act.CRITICISM},
    "Vem riktade kritik mot regeringen?": {"target": "regeringen", "act": Act.CRITICISM},
    "Vilka stöder Azerbajdzjan?": {"target": "Azerbajdzjan", "act": Act.SUPPORT},
    "vem förnekade det": {"act": Act.DENIAL},
    "Har någon förnekat det?": {"act": Act.DENIAL},
    "vem förnekar att Baku anföll": {"act": Act.DENIAL, "q": "Baku anföll"},
    "Vem förnekade Pasjinjans anklagelse?": {"act": Act.DENIAL, "topic": "Pasjinjan"},
    "vem kräver ett stopp för striderna": {"act": Act.DEMAND, "q": "stopp striderna"},
    "vem uppmanade Azerbajdzjan att stoppa": {"target": "Azerbajdzjan", "act": Act.DEMAND, "q": "stoppa"},
    "vem bad FN om hjälp": {"target": "FN", "act": Act.DEMAND, "q": "hjälp"},
    "Vem sa att Azerbajdzjan hade brutit sitt löfte?": {"q": "Azerbajdzjan brutit löfte"},
    "Enligt vem har Baku mobiliserat marktrupper?": {"q": "Baku mobiliserat marktrupper"},
    "Vem har sagt vad om Armenien?": {"topic": "Armenien"},
    "who accused Russia?": {"target": "Russia", "act": Act.ACCUSATION},
    "who has accused Azerbaijan of shelling towns": {
        "target": "Azerbaijan",
        "act": Act.ACCUSATION,
        "q": "shelling towns",
    },
    "by whom was Russia accused?": {"target": "Russia", "act": Act.ACCUSATION},
    "which countries condemned Azerbaijan": {"target": "Azerbaijan", "act": Act.CRITICISM},
    "who criticises the government?": {"target": "government", "act": Act.CRITICISM},
    "who denied it": {"act": Act.DENIAL},
    "and who denied the accusation?": {"act": Act.DENIAL},
    "has anyone denied the accusations?": {"act": Act.DENIAL},
    "who could not verify the claims": {"act": Act.UNVERIFIED},
    "who called for a ceasefire": {"act": Act.DEMAND, "q": "ceasefire"},
    "who said what about Armenia": {"topic": "Armenia"},
}
WHOM = {
    "vem har Ryssland anklagat": {"speaker": "Ryssland", "act": Act.ACCUSATION},
    "vem anklagas av Armenien": {"speaker": "Armenien", "act": Act.ACCUSATION},
    "Vem blev anklagad av Armenien?": {"speaker": "Armenien", "act": Act.ACCUSATION},
    "mot vem riktade Armenien anklagelser": {"speaker": "Armenien", "act": Act.ACCUSATION},
    "vilka kritiseras": {"act": Act.CRITICISM},
    "who did Russia accuse?": {"speaker": "Russia", "act": Act.ACCUSATION},
    "whom has Armenia condemned": {"speaker": "Armenia", "act": Act.CRITICISM},
    "who was accused by Armenia": {"speaker": "Armenia", "act": Act.ACCUSATION},
}
ALL = {**dict.fromkeys(WHAT, Asks.CONTENT), **dict.fromkeys(WHO, Asks.SPEAKER), **dict.fromkeys(WHOM, Asks.TARGET)}


@pytest.mark.parametrize("text", ALL)
def test_questions_are_read(text: str) -> None:
    assert read(text) == {**WHAT, **WHO, **WHOM}[text]
    assert parse_question(text).asks is ALL[text]


@pytest.mark.parametrize("text", ALL)
def test_case_and_question_marks_do_not_matter(text: str) -> None:
    question = parse_question(text)
    for other in (f"  {text.rstrip('?')} ??", text.upper()):
        again = parse_question(other)
        assert (again.asks, again.act) == (question.asks, question.act)
        for name in ("speaker", "target", "topic", "q"):
            one, two = getattr(question, name), getattr(again, name)
            assert (one and one.casefold()) == (two and two.casefold())


@pytest.mark.parametrize(
    ("typed", "meant", "slips"),
    [
        ("vd sade Baku", {"speaker": "Baku"}, [("vd", "vad")]),
        ("waht did baku claim", {"speaker": "baku"}, [("waht", "what")]),
        ("vad havdade Baku om Armenien", {"speaker": "Baku", "topic": "Armenien"}, [("havdade", "hävdade")]),
        ("vad hävddae Baku", {"speaker": "Baku"}, [("hävddae", "hävdade")]),
        ("what did Baku cliam", {"speaker": "Baku"}, [("cliam", "claim")]),
        ("vem förnkade det", {"act": Act.DENIAL}, [("förnkade", "förnekade")]),
    ],
)
def test_slips_are_put_right_and_told(typed: str, meant: dict[str, Any], slips: list[tuple[str, str]]) -> None:
    assert read(typed) == meant
    assert list(parse_question(typed).slips) == slips


def test_a_name_is_never_put_right() -> None:
    assert parse_question("Vad sade Savde?").speaker == "Savde"
    assert parse_question("Vad sade Savde?").slips == ()


def test_the_other_reading_of_swedish_word_order_is_offered() -> None:
    assert parse_question("vem anklagade Ryssland").offered == "Vem har Ryssland anklagat?"
    assert parse_question("vem stödjer Azerbajdzjan").offered == "Vem har Azerbajdzjan stött?"
    for clear in ("vem har anklagat Ryssland", "vem är det som anklagar Ryssland", "who accused Russia"):
        assert parse_question(clear).offered is None


def others(question: Question) -> list[tuple[str | None, str | None, str | None]]:
    return [(each.speaker, each.target, each.q) for each in question.otherwise]


def test_readings_to_try_when_a_name_is_unknown() -> None:
    assert others(parse_question("Bakus krav")) == [("Bakus", None, None)]
    assert others(parse_question("Vad kritiserar Armenien Ryssland")) == [("Armenien", "Ryssland", None)]
    assert others(parse_question("vilka fördömde Bakus insats")) == [(None, "Baku", None), (None, None, "Bakus insats")]
    coordinated = parse_question("Vad sa Frankrike och Tyskland?")
    assert coordinated.speaker == "Frankrike och Tyskland"
    assert others(coordinated) == [("Frankrike", None, None)]
    assert coordinated.otherwise[0].offered == "Vad säger Tyskland?"


def test_scope_and_mode() -> None:
    for text in ("Vad har Baku självt sagt?", "what did Hajiyev himself say", "Vad sade Peskov personligen"):
        assert parse_question(text).scope == "own"
    assert parse_question("Vad sade Baku?").scope == "party"
    for text in ("Vad har Hajiyev sagt ordagrant?", "what did Hajiyev say verbatim"):
        assert parse_question(text).mode is Mode.DIRECT


def test_a_second_question_about_the_answer() -> None:
    for text in ("vad sade Pasjinjan och vem förnekade det", "What did Pasjinjan say, and who denied it?"):
        question = parse_question(text)
        assert (question.speaker, question.act) == ("Pasjinjan", None)
        assert question.follow_up is not None
        assert (question.follow_up.asks, question.follow_up.act) == (Asks.SPEAKER, Act.DENIAL)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?",
        " \n",
        "hej",
        "asdf qwer",
        "Vad gjorde Baku?",
        "Hur blir vädret i morgon?",
        "vem sa det",
        "2023",
        "🙂",
        "och vem",
    ],
)
def test_what_asks_for_nothing_is_refused_with_examples(text: str) -> None:
    with pytest.raises(BadQuestion, match="Vad hävdade Baku"):
        parse_question(text)


@pytest.mark.parametrize("text", ["vad sa han?", "what did she say", "vem har hon anklagat"])
def test_a_pronoun_is_nobody_in_particular(text: str) -> None:
    with pytest.raises(BadQuestion, match="name the person"):
        parse_question(text)


def test_what_was_not_said_is_not_recorded() -> None:
    with pytest.raises(BadQuestion, match="did not say"):
        parse_question("Vad har Baku inte sagt?")


def test_a_question_has_a_longest_length() -> None:
    text = "Vad sade Baku om " + "x" * LONGEST_QUESTION
    with pytest.raises(BadQuestion, match=f"this has {len(text)}"):
        parse_question(text)


WORDS = sorted(
    {word for each in load_vocabularies().values() for word in (*each.verbs, *each.nouns, *each.question_words)}
    | {"Baku", "Armenien", "Bakus", "om", "av", "för", "about", "of", "att", "that", "och", "and", "inte", "det"}
)


@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)))
def test_any_words_are_read_or_refused(text: str) -> None:
    try:
        question = parse_question(text)
    except BadQuestion:
        return
    assert question.speaker or question.target or question.topic or question.q or question.act
    assert question.text == text
