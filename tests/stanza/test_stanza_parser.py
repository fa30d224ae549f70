"""The bundled Swedish models behind the parser protocol."""

from __future__ import annotations

import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.parse import ParsedText
from app.errors import ModelError
from app.parsing import models_download
from app.parsing.conllu import from_conllu, to_conllu
from app.parsing.parser import Parser
from app.parsing.process import ParserProcess
from app.parsing.segments import MAX_SENTENCE_TOKENS
from app.parsing.stanza_parser import BUNDLED_MODELS, StanzaParser
from app.parsing.train.resources import checksums

pytestmark = pytest.mark.xdist_group("stanza")

ROOT = Path(__file__).parents[2]
WORDS = [
    "Baku",
    "sade",
    "att",
    "hon",
    "10",
    "000",
    "t.ex.",
    "”",
    '"',
    "–",
    "(",
    ")",
    ":",
    ".",
    "?",
    "S.",
    "FN:s",
    "kl.",
]
ODD = "\r\n\t\x00\x85\u2028\u00a0\u00ad\u200b\u200d\ufeff\u0301\u030a\ud800\udfff\U0001f600👩🏽\u202e\uffff"
ANY_TEXT = st.one_of(
    st.text(st.one_of(st.characters(), st.sampled_from(ODD))),
    st.lists(st.one_of(st.sampled_from(WORDS), st.sampled_from(ODD)), max_size=30).map(" ".join),
    st.lists(st.one_of(st.sampled_from(WORDS), st.sampled_from(ODD)), max_size=30).map("".join),
)


def assert_sound(parsed: ParsedText, text: str) -> None:
    """Everything that holds for the analysis of any text whatever."""
    assert parsed.text == text
    end = 0
    for paragraph in parsed.paragraphs:
        assert end <= paragraph.start < paragraph.end <= len(text)
        assert len(text[paragraph.start : paragraph.end].splitlines()) == 1
        assert paragraph.sentences
        assert paragraph.sentences[0].start == paragraph.start
        assert paragraph.sentences[-1].end == paragraph.end
        for sentence in paragraph.sentences:
            assert 0 < len(sentence.words) <= MAX_SENTENCE_TOKENS
            assert [word.index for word in sentence.words] == list(range(len(sentence.words)))
            assert sum(word.head == -1 for word in sentence.words) == 1
            for word in sentence.words:
                assert end <= word.start < word.end <= paragraph.end
                assert -1 <= word.head < len(sentence.words)
                assert word.text
                assert word.lemma
                assert word.upos
                assert word.deprel
                end = word.end
            borders = {word.start for word in sentence.words} | {word.end for word in sentence.words}
            for entity in sentence.entities:
                assert {entity.start, entity.end} <= borders
                assert entity.start < entity.end
                assert entity.type in ("PER", "LOC", "ORG", "MISC")
    covered = "".join(text[p.start : p.end] for p in parsed.paragraphs)
    assert sum(map(str.isalnum, covered)) == sum(map(str.isalnum, text))


@settings(max_examples=60)
@given(st.lists(ANY_TEXT, max_size=5))
def test_any_text_has_a_sound_analysis(parser: Parser, texts: list[str]) -> None:
    for parsed, text in zip(parser.parse_many(texts), texts, strict=True):
        assert_sound(parsed, text)
        assert from_conllu(to_conllu(parsed)) == parsed


def test_the_seed_article_has_its_paragraphs(parser: Parser, seed_text: str) -> None:
    (parsed,) = parser.parse_many([seed_text])
    assert_sound(parsed, seed_text)
    lines = [line.strip() for line in seed_text.splitlines() if line.strip()]
    assert [seed_text[p.start : p.end] for p in parsed.paragraphs] == lines
    assert [len(p.sentences) for p in parsed.paragraphs[:6]] == [2, 2, 1, 1, 2, 1]


def test_a_sentence_is_analysed(parser: Parser) -> None:
    text = "Bakus försvarsministerium uppgav att azerbajdzjanska styrkor intog 60 positioner."
    (sentence,) = parser.parse_many([text])[0].sentences
    words = {word.text: word for word in sentence.words}
    assert words["uppgav"].head == -1
    assert (words["uppgav"].upos, words["uppgav"].lemma, words["uppgav"].feats["Tense"]) == ("VERB", "uppge", "Past")
    assert words["uppgav"].xpos.startswith("VB")
    assert sentence.words[words["försvarsministerium"].head].text == "uppgav"
    assert words["försvarsministerium"].deprel == "nsubj"
    assert (words["intog"].deprel, sentence.words[words["intog"].head].text) == ("ccomp", "uppgav")


def test_entities_are_found(parser: Parser) -> None:
    text = "Statsminister Magdalena Andersson talade med Joe Biden i Stockholm."
    (sentence,) = parser.parse_many([text])[0].sentences
    assert [(text[e.start : e.end], e.type) for e in sentence.entities] == [
        ("Magdalena Andersson", "PER"),
        ("Joe Biden", "PER"),
        ("Stockholm", "LOC"),
    ]
    tags = [word.ner for word in sentence.words]
    assert tags == ["O", "B-PER", "E-PER", "O", "O", "B-PER", "E-PER", "O", "S-LOC", "O"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\n\n", "\r", " \n\t\n", "\u2028"])
def test_no_sentence_crosses_a_line(parser: Parser, newline: str) -> None:
    text = newline.join(["Kriget i Karabach", "Hon sade nej", "och han sade ja."])
    (parsed,) = parser.parse_many([text])
    assert [text[p.start : p.end] for p in parsed.paragraphs] == [
        "Kriget i Karabach",
        "Hon sade nej",
        "och han sade ja.",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Azer\u00adbajdzjan teg.", [("Azerbajdzjan", "Azer\u00adbajdzjan"), ("teg", "teg"), (".", ".")]),
        ("Malmo\u0308 är va\u030at.", [("Malmö", "Malmo\u0308"), ("är", "är"), ("våt", "va\u030at"), (".", ".")]),
        ("\ufeff\u00a0Hon\u00a0gick.", [("Hon", "Hon"), ("gick", "gick"), (".", ".")]),
        ("Hej 👩\u200d🚒!", [("Hej", "Hej"), ("👩🚒", "👩\u200d🚒"), ("!", "!")]),
        ("Hon\x00sade", [("Hon", "Hon"), ("sade", "sade")]),
    ],
)
def test_words_are_read_clean_and_stand_as_submitted(parser: Parser, text: str, words: list[tuple[str, str]]) -> None:
    (parsed,) = parser.parse_many([text])
    assert [(word.text, text[word.start : word.end]) for s in parsed.sentences for word in s.words] == words


@pytest.mark.parametrize("text", ["", " ", "\n\r\n", "\x00", "\u00ad\u200b", "\ufeff\n \t"])
def test_a_text_without_words_has_no_paragraphs(parser: Parser, text: str) -> None:
    assert parser.parse_many([text]) == [ParsedText(text, ())]


def test_no_texts(parser: Parser) -> None:
    assert parser.parse_many([]) == []


@pytest.mark.parametrize(
    "text",
    ["x" * 20_000, "hej hopp " * 1500, "Hon sade nej, " * 700, "Ministern avvisade kritiken. " * 400, ". " * 3000],
    ids=["one word", "no punctuation", "one sentence", "one line", "dots"],
)
def test_what_is_too_long_is_cut(parser: Parser, text: str) -> None:
    (parsed,) = parser.parse_many([text])
    assert_sound(parsed, text)
    assert len(parsed.paragraphs) == 1


def test_a_text_is_analysed_alike_in_any_company(parser: Parser, seed_text: str) -> None:
    others = ["Ja.", "”Nej”, sade hon.", "Regeringen avvisar kritiken och " * 30, ""]
    together = parser.parse_many([*others, seed_text, *others])
    assert together[len(others)] == parser.parse_many([seed_text])[0]
    assert together[: len(others)] == together[-len(others) :]


def test_importing_the_parser_imports_no_torch() -> None:
    code = (
        "import sys, app.parsing.stanza_parser, app.parsing.process, app.parsing.models_download\n"
        "app.parsing.stanza_parser.StanzaParser()\n"
        "sys.exit(', '.join(sys.modules.keys() & {'torch', 'stanza', 'numpy'}) or 0)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)
    assert (run.returncode, run.stderr) == (0, "")


def test_the_parser_runs_in_another_process(parser: Parser) -> None:
    text = "Baku förnekade anklagelsen."
    with ParserProcess(StanzaParser()) as process:
        assert process.parse_many([text]) == parser.parse_many([text])


def test_a_loaded_parser_travels_without_its_models(parser: Parser) -> None:
    assert len(pickle.dumps(parser)) < 1000


def test_the_checksums_of_the_bundled_models_are_up_to_date() -> None:
    assert (BUNDLED_MODELS / "resources.json").read_text("utf-8") == checksums(BUNDLED_MODELS)


def test_the_downloader_asks_for_what_stanza_reads() -> None:
    from stanza._version import __resources_version__

    assert __resources_version__ == models_download.RESOURCES_VERSION


class TestModelsThatAreMissingOrBroken:
    def test_no_directory_named(self) -> None:
        with pytest.raises(ModelError, match="needs a model directory"):
            StanzaParser(package="default").load()

    def test_an_empty_directory(self, tmp_path: Path) -> None:
        with pytest.raises(ModelError, match=r"resources\.json is missing"):
            StanzaParser(package="default", model_dir=tmp_path).load()

    def test_a_broken_list(self, tmp_path: Path) -> None:
        (tmp_path / "resources.json").write_text("{")
        with pytest.raises(ModelError, match=r"resources\.json cannot be read"):
            StanzaParser(package="default", model_dir=tmp_path).load()

    def test_another_language(self) -> None:
        with pytest.raises(ModelError, match="no models for language 'fi'"):
            StanzaParser(language="fi").load()

    def test_a_missing_file(self, tmp_path: Path) -> None:
        shutil.copy(BUNDLED_MODELS / "resources.json", tmp_path)
        with pytest.raises(ModelError, match="cannot be loaded"):
            StanzaParser(package="default", model_dir=tmp_path).load()

    def test_a_broken_file(self, tmp_path: Path) -> None:
        shutil.copytree(BUNDLED_MODELS, tmp_path, dirs_exist_ok=True)
        (tmp_path / "sv/tokenize/talbanken.pt").write_bytes(b"no model")
        with pytest.raises(ModelError, match="cannot be loaded"):
            StanzaParser(package="default", model_dir=tmp_path).load()

    def test_an_unknown_package(self) -> None:
        with pytest.raises(ModelError, match="no package 'huge' for language 'sv'"):
            StanzaParser(package="huge", model_dir=BUNDLED_MODELS).load()
