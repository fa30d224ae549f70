"""Broken cue data is refused with file, entry and key; the shipped data keeps its own rules."""

from __future__ import annotations

from collections import Counter

import pytest

from app.domain.claim import Act
from app.errors import LexiconError, UnsupportedLanguage
from app.lexicon.cues import CueLexicon
from app.lexicon.load import build_cues, load_cues
from app.lexicon.schema import Content, Need, ObjectRole, Passive, Speaker
from app.lexicon.strict import parse_entry

STRONG = "strong:\n  säga: säger sade/sa sagt sagd\n"
VERB = "{verb: anklaga, inflection: ar, acts: [accusation], content: [för]}"
NOUN = "{forms: krav kravet krav kraven, acts: [demand], content: [på]}"
GOVERNOR = "{verb: kunna, forms: [kan], reports: false, except: [säga]}"


def build(
    *, verbs: str = "", strong: str = STRONG, phrases: str = "", nouns: str = "", modality: str = ""
) -> CueLexicon:
    return build_cues(
        "sv",
        verbs=parse_entry("sv/reporting_verbs.yaml", f"{strong}verbs:\n- {VERB}\n{verbs}"),
        phrases=parse_entry(
            "sv/cue_phrases.yaml", f'sources:\n- {{phrase: "enligt {{source}}", acts: [statement]}}\n{phrases}'
        ),
        nouns=parse_entry("sv/speech_nouns.yaml", f"nouns:\n- {NOUN}\n{nouns}"),
        modality=parse_entry("sv/modality.yaml", f"governors:\n- {GOVERNOR}\n{modality}"),
    )


def test_the_smallest_lexicon_loads() -> None:
    lexicon = build()
    assert [verb.name for verb in lexicon.verbs] == ["anklaga"]
    assert lexicon.verb_forms["anklagades"][0].entry.acts == (Act.ACCUSATION,)
    assert "nonsens" not in lexicon.verb_forms


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("- {verb: hävda, inflection: ar, acts: [statement], content: [att], obj: x}", ["verbs[2] (hävda)", "obj"]),
        ("- {verb: hävda, inflection: ar, acts: [shout], content: [att]}", ["(hävda)", "acts", "'shout'"]),
        ("- {verb: hävda, inflection: ar, acts: statement, content: [att]}", ["(hävda)", "acts", "expected a list"]),
        ("- {verb: hävda, inflection: ar, content: [att]}", ["(hävda)", "acts", "missing"]),
        ("- {verb: hävda, inflection: ar, acts: [statement]}", ["(hävda)", "content", "missing"]),
        ("- {verb: hävda, inflection: ar, acts: [statement], content: [blah]}", ["(hävda)", "content", "'blah'"]),
        ("- {verb: hävda, inflection: xx, acts: [statement], content: [att]}", ["(hävda)", "inflection", "'xx'"]),
        ("- {verb: le, acts: [statement], content: [att]}", ["(le)", "inflection"]),
        ("- {inflection: ar, acts: [statement], content: [att]}", ["verbs[2]", "verb", "missing"]),
        ("- {verb: hävda, inflection: ar, acts: [statement], content: [att], object: thing}", ["object", "'thing'"]),
        (
            "- {verb: hävda, inflection: ar, acts: [statement], content: [att], oblique: {blah: about}}",
            ["oblique", "blah"],
        ),
        (
            "- {verb: hävda, inflection: ar, acts: [statement], content: [att], oblique: {till: x}}",
            ["oblique", "till", "'x'"],
        ),
        ("- {verb: hävda, inflection: ar, acts: [statement], content: [att], needs: [luck]}", ["needs", "'luck'"]),
        ("- {verb: hävda, inflection: ar, acts: [statement], content: [att], needs: [quote]}", ["needs", "quotation"]),
        (
            "- {verb: hävda, inflection: ar, acts: [statement], content: [att], passive: [maybe]}",
            ["passive", "'maybe'"],
        ),
        ("- {verb: hävda, inflection: ar, acts: [statement], content: [att], reflexive: ja}", ["reflexive", "'ja'"]),
        ("- {verb: hävda, inflection: ar, acts: [statement], content: [att], separable: ja}", ["separable", "'ja'"]),
        ("- {verb: hävda, inflection: ar, acts: [statement], content: [att], weight: 2}", ["weight", "'2'"]),
        ("- {verb: hävda, inflection: ar, acts: [statement], content: [att], weight: high}", ["weight", "'high'"]),
        (f"- {VERB}", ["(anklaga)", "stands twice"]),
    ],
)
def test_a_broken_verb_names_file_entry_and_key(line: str, parts: list[str]) -> None:
    with pytest.raises(LexiconError) as caught:
        build(verbs=line)
    message = str(caught.value)
    assert message.startswith("sv/reporting_verbs.yaml")
    for part in parts:
        assert part in message


@pytest.mark.parametrize(
    ("file", "text", "parts"),
    [
        ("nouns", f"- {NOUN}", ["sv/speech_nouns.yaml", "(krav)", "stands twice"]),
        ("nouns", "- {forms: oro oron, acts: [opinion], content: [för]}", ["sv/speech_nouns.yaml", "forms", "found 2"]),
        ("nouns", "- {forms: a b c d, acts: [], content: [för]}", ["sv/speech_nouns.yaml", "(a)", "acts"]),
        ("nouns", "- {forms: a b c d, acts: [opinion], content: [för], compounds: x}", ["(a)", "compounds", "'x'"]),
        ("nouns", "- {forms: a b c d, acts: [opinion], content: [för], gender: en}", ["(a)", "gender"]),
        ("phrases", "sauces: [x]", ["sv/cue_phrases.yaml", "sauces"]),
        ("phrases", "- {phrase: enligt, acts: [statement]}", ["sv/cue_phrases.yaml", "phrase", "one slot"]),
        (
            "phrases",
            "light_verbs:\n- {verb: säga, acts: [x], content: [att]}",
            ["sv/cue_phrases.yaml", "(säga)", "acts"],
        ),
        ("phrases", "predicatives:\n- {forms: nöjd nöjt, acts: [opinion], content: [med]}", ["forms", "found 2"]),
        ("phrases", "predicatives:\n- {forms: nöjd nöjt nöjda, content: [med]}", ["(nöjd)", "acts"]),
        (
            "phrases",
            "predicatives:\n- {forms: a b c, acts: [opinion], content: [med]}\n"
            "- {forms: d b e, acts: [opinion], content: [med]}",
            ["(d)", "forms", "already a form of 'a'"],
        ),
        ("phrases", "no_labels: [foto, foto]", ["sv/cue_phrases.yaml", "no_labels", "stands twice"]),
        (
            "modality",
            "- {verb: kunde, forms: [kan], reports: false, except: []}",
            ["sv/modality.yaml", "already a form"],
        ),
        ("modality", "- {verb: börja, inflection: zz, reports: true, except: []}", ["(börja)", "inflection"]),
    ],
)
def test_the_other_files_name_entry_and_key_too(file: str, text: str, parts: list[str]) -> None:
    with pytest.raises(LexiconError) as caught:
        build(**{file: text})
    for part in parts:
        assert part in str(caught.value)


def test_principal_parts_are_checked() -> None:
    with pytest.raises(LexiconError, match=r"reporting_verbs\.yaml: strong: le: expected present"):
        build(strong="strong:\n  le: ler log\n")


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(UnsupportedLanguage):
        load_cues("xx")


def test_loading_is_cached() -> None:
    assert load_cues("sv") is load_cues("sv")


# ------------------------------------------------------------------ the shipped data


def test_no_entry_stands_twice_and_names_are_lower_case() -> None:
    lexicon = load_cues("sv")
    assert max(Counter(verb.key for verb in lexicon.verbs).values()) == 1
    assert all(verb.name == verb.name.lower() for verb in lexicon.verbs)
    assert all(form == form.lower() for form in lexicon.verb_forms)
    assert max(Counter(noun.noun for noun in lexicon.nouns).values()) == 1


def test_the_vocabulary_is_broad() -> None:
    lexicon = load_cues("sv")
    assert len({verb.verb for verb in lexicon.verbs}) >= 400
    assert len(lexicon.nouns) >= 100
    assert {act for verb in lexicon.verbs for act in (*verb.acts, *verb.negated)} == set(Act)


def test_frames_are_coherent() -> None:
    for verb in load_cues("sv").verbs:
        where = verb.name
        if verb.object in (ObjectRole.CONTENT, ObjectRole.CLAIM):
            assert verb.allows(Content.OBJ) or verb.nouns or "quote" in verb.content, where
        if Passive.IMPERSONAL in verb.passive:
            assert verb.allows(Content.ATT) or verb.allows(Content.WH), where
        if Need.CONTENT in verb.needs:
            assert {"att", "wh", "quote"} & set(verb.content), where
        assert len(set(verb.content)) == len(verb.content), where


def test_light_verbs_of_the_receiver_speak_by_their_oblique() -> None:
    receivers = [verb for verb in load_cues("sv").verbs if verb.verb == "få" and "kritik" in verb.nouns]
    assert receivers
    assert all(verb.speaker is Speaker.OBLIQUE for verb in receivers)


@pytest.mark.parametrize(
    ("form", "name", "act"),
    [
        ("sa", "säga", Act.STATEMENT),
        ("uppgav", "uppge", Act.STATEMENT),
        ("uppges", "uppge", Act.STATEMENT),
        ("anklagas", "anklaga", Act.ACCUSATION),
        ("dementerades", "dementera", Act.DENIAL),
        ("medgett", "medge", Act.CONFIRMATION),
        ("undrar", "undra", Act.QUESTION),
        ("vädjat", "vädja", Act.DEMAND),
        ("fördömde", "fördöma", Act.CRITICISM),
        ("hyllades", "hylla", Act.SUPPORT),
        ("utlovar", "utlova", Act.ANNOUNCEMENT),
        ("befarar", "befara", Act.OPINION),
        ("slog", "slå fast", Act.STATEMENT),
        ("tog", "ta avstånd från", Act.CRITICISM),
        ("ställer", "ställa sig bakom", Act.SUPPORT),
        ("bett", "be om ursäkt", Act.STATEMENT),
        ("riktar", "rikta kritik/invändning/anmärkning/pik/känga/udd", Act.CRITICISM),
    ],
)
def test_forms_lead_to_their_cue(form: str, name: str, act: Act) -> None:
    entries = {found.entry.name: found.entry for found in load_cues("sv").verb_forms[form]}
    assert name in entries
    assert entries[name].acts[0] is act


def test_negation_turns_some_cues_and_silences_the_rest() -> None:
    entries = {verb.name: verb for verb in load_cues("sv").verbs}
    assert entries["bekräfta"].negated == (Act.UNVERIFIED,)
    assert entries["tycka"].negated == (Act.OPINION,)
    assert entries["förneka"].negated == (Act.CONFIRMATION,)
    assert entries["säga"].negated == ()
    assert entries["veta"].acts == ()
    assert entries["veta"].negated == (Act.UNVERIFIED,)


@pytest.mark.parametrize(
    ("word", "noun"),
    [
        ("anklagelserna", "anklagelse"),
        ("brottsanklagelser", "anklagelse"),
        ("lönekravet", "krav"),
        ("uppgiftens", "uppgift"),
        ("påståendena", "påstående"),
        ("valkritiken", "kritik"),
        ("dödshot", "hot"),
    ],
)
def test_nouns_are_found_by_form_genitive_and_head(word: str, noun: str) -> None:
    hit = load_cues("sv").noun_by_head(word)
    assert hit is not None
    assert hit.entry.noun == noun


@pytest.mark.parametrize(
    "word", ["ansvar", "försvaret", "rekord", "arbetsuppgifter", "mord", "folkomröstning", "motorn"]
)
def test_words_that_only_end_like_a_noun_are_none(word: str) -> None:
    assert load_cues("sv").noun_by_head(word) is None


@pytest.mark.parametrize(
    ("head", "impersonal", "nothing"),
    [
        ("uppgift", True, False),
        ("planerna", False, True),
        ("spelschemat", False, True),
        ("grundlagen", False, False),
        ("polisen", False, False),
        ("förslag", False, False),
    ],
)
def test_what_stands_after_enligt(head: str, impersonal: bool, nothing: bool) -> None:
    lexicon = load_cues("sv")
    assert lexicon.is_impersonal(head) is impersonal
    assert lexicon.is_no_source(head) is nothing


@pytest.mark.parametrize(
    ("governor", "cue", "reports"),
    [
        ("kan", "bekräfta", True),
        ("kan", "hävda", False),
        ("ville", "betona", True),
        ("vill", "kräva", False),
        ("måste", "medge", True),
        ("vägrade", "bekräfta", False),
        ("ska", "kräva", False),
        ("började", "kritisera", True),
        ("har", "sagt", True),
    ],
)
def test_what_a_verb_over_the_cue_does_to_it(governor: str, cue: str, reports: bool) -> None:
    assert load_cues("sv").reports_under(governor, cue) is reports


def test_source_phrases_split_at_their_slot() -> None:
    phrases = {(source.before, source.after): source for source in load_cues("sv").sources}
    assert phrases[("enligt",), ()].genitive is False
    assert phrases[("i",), ("ögon",)].genitive is True
