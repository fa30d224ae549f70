"""CoNLL-U in and out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.parse import Entity, Paragraph, ParsedText, Sentence, Word
from app.errors import InputError
from app.parsing.conllu import from_conllu, to_conllu

BY_HAND = """
# newpar
# text = Baku förnekade det.
1  Baku       Baku    PROPN  PM|NOM  Case=Nom               2  nsubj  _  ner=S-LOC
2  förnekade  förneka VERB   VB      Tense=Past|Voice=Act   0  root   _  _
3  det        den     PRON   PN      _                      2  obj    _  SpaceAfter=No
4  .          .       PUNCT  MAD     _                      2  punct  _  _

# text = Armenien   teg.
1	Armenien	Armenien	PROPN	_	_	2	nsubj	_	_
2	teg	tiga	VERB	_	_	0	root	_	_
3	.	_	PUNCT	_	_	2	punct	_	_

# newpar
1  Nikol      Nikol      PROPN _ _ 3 nsubj _ ner=B-PER
2  Pasjinjan  Pasjinjan  PROPN _ _ 1 flat  _ ner=E-PER
3  svarade    svara      VERB  _ _ 0 root  _ SpaceAfter=No
4  .          .          PUNCT _ _ 3 punct _ _
"""


def test_a_parse_written_by_hand_gets_its_text_and_offsets() -> None:
    parsed = from_conllu(BY_HAND)
    assert parsed.text == "Baku förnekade det. Armenien   teg.\nNikol Pasjinjan svarade."
    assert [(p.start, p.end, len(p.sentences)) for p in parsed.paragraphs] == [(0, 35, 2), (36, 60, 1)]
    words = [word for sentence in parsed.sentences for word in sentence.words]
    assert all(parsed.text[word.start : word.end] == word.text for word in words)
    first = parsed.sentences[0].words
    assert first[1].feats == {"Tense": "Past", "Voice": "Act"}
    assert (first[0].xpos, first[0].head, first[1].head) == ("PM|NOM", 1, -1)
    assert parsed.sentences[1].words[2].lemma == "."
    assert parsed.sentences[0].entities == (Entity(0, 4, "LOC"),)
    assert parsed.sentences[2].entities == (Entity(36, 51, "PER"),)


def test_what_was_written_by_hand_survives_the_round_trip() -> None:
    parsed = from_conllu(BY_HAND)
    assert from_conllu(to_conllu(parsed)) == parsed


def test_a_multi_word_token_gives_its_stretch_to_its_words() -> None:
    parsed = from_conllu(
        "# text = Kom så gårn hem.\n"
        "1\tKom\tkomma\tVERB\t_\t_\t0\troot\t_\t_\n"
        "2\tså\tså\tADV\t_\t_\t3\tmark\t_\t_\n"
        "3-4\tgårn\t_\t_\t_\t_\t_\t_\t_\tner=S-PER\n"
        "3\tgår\tgå\tVERB\t_\t_\t1\tadvcl\t_\t_\n"
        "4\tden\tden\tPRON\t_\t_\t3\tnsubj\t_\t_\n"
        "4.1\ttom\ttom\tVERB\t_\t_\t_\t_\t_\t_\n"
        "5\them\them\tADV\t_\t_\t3\tadvmod\t_\tSpaceAfter=No\n"
        "6\t.\t.\tPUNCT\t_\t_\t1\tpunct\t_\t_\n"
    )
    sentence = parsed.sentences[0]
    assert [(word.text, word.start, word.end) for word in sentence.words[2:4]] == [("går", 7, 11), ("den", 7, 11)]
    assert sentence.entities == (Entity(7, 11, "PER"),)
    assert from_conllu(to_conllu(parsed)) == parsed


def test_forms_are_found_through_soft_hyphens_and_no_break_spaces() -> None:
    parsed = from_conllu(
        "# text = Azer\u00adbajdzjan fick 10\u00a0000 kr\n"
        "1\tAzerbajdzjan\t_\tPROPN\t_\t_\t2\tnsubj\t_\t_\n"
        "2\tfick\tfå\tVERB\t_\t_\t0\troot\t_\t_\n"
        "3\t10 000\t_\tNUM\t_\t_\t4\tnummod\t_\t_\n"
        "4\tkr\t_\tNOUN\t_\t_\t2\tobj\t_\t_\n"
    )
    assert [parsed.text[w.start : w.end] for w in parsed.sentences[0].words][:3] == [
        "Azer\u00adbajdzjan",
        "fick",
        "10\u00a0000",
    ]


def test_lone_surrogates_side_by_side_stay_two() -> None:
    odd = ParsedText("a\ud83d\ude00b\ud83d", ())
    assert len(odd.text) == 5
    assert from_conllu(to_conllu(odd)) == odd


def test_a_text_without_words() -> None:
    empty = ParsedText(" \n\t", ())
    assert from_conllu(to_conllu(empty)) == empty
    assert from_conllu("") == ParsedText("", ())


ROW = "1\tHej\thej\tINTJ\t_\t_\t0\troot\t_\t_\n"


@pytest.mark.parametrize(
    ("conllu", "message"),
    [
        ("1\tHej\thej\n", "line 1: 3 columns, expected 10"),
        (ROW.replace("1\t", "2\t", 1), "line 1: ID 2, expected 1"),
        (ROW.replace("1\t", "x\t", 1), "line 1: ID 'x' is no number"),
        (ROW.replace("\t0\t", "\t_\t"), "line 1: HEAD '_' is no number"),
        (ROW.replace("\t0\t", "\t7\t"), "line 1: HEAD 7 in a sentence of 1 words"),
        (ROW.replace("\t0\t", "\t1\t"), "line 1: 'Hej' is not connected to the root"),
        ("# text = Tjena\n" + ROW, "line 2: 'Hej' does not stand"),
        (ROW.replace("INTJ\t_\t_", "INTJ\t_\tCase"), "line 1: 'Case' is not of the form name=value"),
        ("# document_text = Hej\n" + ROW, "line 1: document_text is no JSON string"),
        ("# document_text = 7\n" + ROW, "line 1: document_text is no JSON string"),
        ('# document_text = "Hej"\n' + ROW, "line 2: start_char and end_char are missing"),
        (
            '# document_text = "Hej"\n' + ROW.replace("_\n", "start_char=1|end_char=9\n"),
            r"line 2: \[1, 9\) is no stretch of a text of 3 code points",
        ),
        (
            '# document_text = "Hej"\n' + ROW.replace("_\n", "start_char=-1|end_char=2\n"),
            "line 2: start_char '-1' is no number",
        ),
    ],
)
def test_a_mistake_is_named_with_its_line(conllu: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        from_conllu(conllu)


FORMS = st.text(st.characters(exclude_categories=("C", "Z", "M")), min_size=1, max_size=6)


@st.composite
def parses(draw: st.DrawFn) -> ParsedText:
    """Any analysis whose words stand in order in a text full of odd gaps."""
    gaps = st.sampled_from(["", " ", "\u00a0", "\t", "\u00ad", "\u200b "])
    text, paragraphs = draw(st.sampled_from(["", "\n", " \r\n"])), []
    for _ in range(draw(st.integers(0, 3))):
        sentences = []
        for _ in range(draw(st.integers(1, 2))):
            words: list[Word] = []
            for index, form in enumerate(draw(st.lists(FORMS, min_size=1, max_size=4))):
                text += draw(gaps)
                words.append(
                    Word(
                        index=index,
                        text=form,
                        lemma=draw(FORMS.filter(lambda lemma: lemma != "_")),
                        upos=draw(st.sampled_from(["NOUN", "VERB", "X"])),
                        head=index - 1,
                        deprel="root" if index == 0 else "dep",
                        start=len(text),
                        end=len(text) + len(form),
                        feats=draw(st.sampled_from([{}, {"Case": "Gen"}, {"Case": "Nom", "Number": "Sing"}])),
                        xpos=draw(st.sampled_from(["", "VB|PRT|AKT"])),
                    )
                )
                text += form
            sentences.append(Sentence(tuple(words)))
        paragraphs.append(Paragraph(sentences[0].start, sentences[-1].end, tuple(sentences)))
        text += draw(st.sampled_from(["\n", "\r\n\r\n", "\u2028", "\ud800\n"]))
    return ParsedText(text, tuple(paragraphs))


@given(parses())
def test_every_parse_survives_the_round_trip(parsed: ParsedText) -> None:
    assert from_conllu(to_conllu(parsed)) == parsed


@given(parses())
def test_every_parse_can_be_kept_in_a_file(parsed: ParsedText) -> None:
    assert from_conllu(to_conllu(parsed).encode("utf-8").decode("utf-8")) == parsed


def test_the_written_form_is_what_other_tools_read() -> None:
    written = to_conllu(from_conllu(BY_HAND))
    rows = [line.split("\t") for line in written.splitlines() if line and not line.startswith("#")]
    assert {len(row) for row in rows} == {10}
    assert rows[2][-1] == "SpaceAfter=No|start_char=15|end_char=18|ner=O"
    assert "# text = Baku förnekade det." in written
