from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from app.asking import data as data_files
from app.asking import exonyms, sentences, vocabulary
from app.asking.exonyms import other_names
from app.errors import LexiconError


@pytest.mark.parametrize(
    ("name", "language", "form"),
    [
        ("Azerbaijan", "en", "Azerbajdzjan"),
        ("armenia", "en", "Armenien"),
        ("UNITED STATES", "en", "USA"),
        ("Ivory Coast", "en", "Elfenbenskusten"),
        ("Moscow", "en", "Ryssland"),
        ("The Hague", "en", "Nederländerna"),
        ("Russian government", "en", "Rysslands regering"),
        ("Russian government", "en", "den ryska regeringen"),
        ("Kremlin's spokesperson", "en", "Kremls talesperson"),
        ("Azerbaijan's government", "en", "Azerbajdzjans regering"),
        ("ministry of defence of Azerbaijan", "en", "Azerbajdzjans försvarsministerium"),
        ("South Korean prime minister", "en", "Sydkoreas premiärminister"),
        ("Ukrainian defence ministry", "en", "Ukrainas försvarsministerium"),
        ("opposition", "en", "oppositionen"),
        ("UN Security Council", "en", "FN:s säkerhetsråd"),
        ("London", "sv", "Storbritannien"),
        ("den ryska regeringen", "sv", "Rysslands regering"),
        ("försvarsministeriet i Azerbajdzjan", "sv", "Azerbajdzjans försvarsministerium"),
    ],
)
def test_other_names(name: str, language: str, form: str) -> None:
    assert form in other_names(name, language).forms


def test_a_state_has_a_code_and_words_about_it() -> None:
    found = other_names("Armenia", "en")
    assert found.territory == "AM"
    assert {"armenisk", "armenier"} <= set(found.words)


@pytest.mark.parametrize("name", ["Hikmet Hajiyev", "facket", "Rädda byskolan", "", "of", "'s"])
def test_a_name_of_nobody_in_the_lists_has_no_other(name: str) -> None:
    for language in ("sv", "en"):
        assert other_names(name, language).territory is None
        assert other_names(name, language).forms == ()


# English names that are spelt as in Swedish need no entry; these states have one that differs.
DIFFERENT = re.findall(
    r"\w+",
    """
Armenia Azerbaijan Australia Austria Belgium Brazil Cambodia Cameroon Canada Chad China Croatia Cuba Cyprus Denmark
Egypt Estonia Ethiopia France Georgia Germany Greece Hungary Iceland India Indonesia Iraq Ireland Italy Jordan
Kazakhstan Kyrgyzstan Latvia Lebanon Libya Lithuania Maldives Mexico Moldova Mongolia Morocco Mozambique Netherlands
Norway Philippines Poland Romania Russia Serbia Slovakia Slovenia Spain Sweden Switzerland Syria Tajikistan Tunisia
Turkey Ukraine Yemen
""",
)


@pytest.mark.parametrize("name", DIFFERENT)
def test_states_are_known_by_their_english_name(name: str) -> None:
    found = other_names(name, "en")
    assert found.territory is not None
    assert found.forms[0] != name


BROKEN = {
    "unknown key": (lambda data: data["en"].update(verb=[]), "en.verb"),
    "a word that YAML reads as yes": (lambda data: data["sv"]["topic"].append(True), "sv.topic"),
    "an act that is none": (lambda data: data["sv"]["nouns"].update(lie=["lögn"]), "sv.nouns.lie"),
    "eleven months": (lambda data: data["en"]["time"]["months"].pop(), "en.time.months"),
    "a conjugation that is none": (
        lambda data: data["sv"]["verbs"][1].update(conjugation="x"),
        "sv.verbs.1.conjugation",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_broken_word_lists_are_refused_by_place(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change, place = BROKEN[case]
    source = Path(vocabulary.__file__).with_name("questions.yaml")
    data = yaml.safe_load(source.read_text("utf-8"))
    change(data)
    (tmp_path / "questions.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    monkeypatch.setattr(data_files, "FOLDER", tmp_path)
    with pytest.raises(LexiconError, match=f"questions.yaml: {place}"):
        vocabulary.load_vocabularies.__wrapped__()


LOADERS = {
    "questions.yaml": vocabulary.load_vocabularies,
    "names.yaml": exonyms._index,
    "answers.yaml": sentences.load_wording,
}


@pytest.mark.parametrize("name", LOADERS)
def test_a_file_that_is_no_yaml_is_named(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / name).write_text("sv: [", "utf-8")
    monkeypatch.setattr(data_files, "FOLDER", tmp_path)
    with pytest.raises(LexiconError, match=f"{name} is no YAML"):
        LOADERS[name].__wrapped__()


def test_names_of_unknown_territories_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = Path(exonyms.__file__).with_name("names.yaml")
    text = source.read_text("utf-8").replace("  AM: {", "  XX: {", 1)
    (tmp_path / "names.yaml").write_text(text, "utf-8")
    monkeypatch.setattr(data_files, "FOLDER", tmp_path)
    with pytest.raises(LexiconError, match=r"territories\.XX"):
        exonyms._index.__wrapped__()


def test_no_verb_form_is_listed_for_two_senses_alike() -> None:
    for words in vocabulary.load_vocabularies().values():
        for form, senses in words.verbs.items():
            bare = {(sense.act, sense.object) for sense in senses if not sense.particle}
            assert len(bare) <= 1, f"{words.language}: {form} has {bare}"


def test_every_language_words_every_act() -> None:
    for wording in sentences.load_wording().values():
        assert len(wording.acts) == 12
