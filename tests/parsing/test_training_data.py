"""Treebanks read and written, and the changed copies that training adds."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from app.errors import InputError, ModelError
from app.parsing.train.augment import reported, restyled_quotes, swapped_names
from app.parsing.train.dictionary import dictionary_trees
from app.parsing.train.entity_data import read_entities, swapped_entities, write_entities
from app.parsing.train.evaluate import raw_text
from app.parsing.train.resources import checksums
from app.parsing.train.treebank import Tree, read_treebank, write_tokenizer_files, write_treebank

HERE = Path(__file__).parent
SAMPLE = HERE / "sample.conllu"
ENTITIES = HERE / "sample_entities.txt"


@pytest.fixture
def trees() -> list[Tree]:
    return read_treebank(SAMPLE)


def assert_tree(tree: Tree) -> None:
    """One root, and every word reaches it."""
    assert [row.head for row in tree.rows].count(0) == 1
    assert len(tree.subtree(tree.root)) == len(tree.rows)
    assert all(row.head != i for i, row in enumerate(tree.rows, 1))


def test_a_treebank_is_written_as_it_was_read(trees: list[Tree], tmp_path: Path) -> None:
    assert len(trees) == 15
    assert trees[1].text == '"Vi svarar på elden", säger Anna Lind.'
    write_treebank(tmp_path / "copy.conllu", trees)
    assert read_treebank(tmp_path / "copy.conllu") == trees


def test_the_raw_text_has_a_line_for_each_paragraph(trees: list[Tree]) -> None:
    assert raw_text(trees[:3]).split("\n") == [f"{trees[0].text} {trees[1].text}", trees[2].text]


ROW = "1\tHej\thej\tINTJ\t_\t_\t0\troot\t_\t_\n"


@pytest.mark.parametrize(
    ("conllu", "message"),
    [
        ("1\tHej\n", "line 1: 2 columns, expected 10"),
        (ROW.replace("1\t", "1-2\t", 1), "line 1: multi-word token 1-2"),
        (ROW.replace("\t0\t", "\t_\t"), "line 1: HEAD '_' is no number"),
        (ROW.replace("\t0\t", "\t1\t"), "line 2: the sentence above has not exactly one root"),
        (ROW + ROW.replace("1\t", "2\t", 1).replace("\t0\t", "\t9\t"), "line 3: the sentence above has a head beyond"),
    ],
)
def test_a_broken_treebank_is_named_with_its_line(tmp_path: Path, conllu: str, message: str) -> None:
    (tmp_path / "broken.conllu").write_text(conllu)
    with pytest.raises(InputError, match=message):
        read_treebank(tmp_path / "broken.conllu")


def test_the_tokenizer_learns_where_tokens_and_sentences_end(trees: list[Tree], tmp_path: Path) -> None:
    write_tokenizer_files(tmp_path / "t", trees[:3])
    text, labels = (tmp_path / "t.txt").read_text(), (tmp_path / "t.toklabels").read_text()
    assert len(text) == len(labels)
    assert [i for i, c in enumerate(text) if c == "\n"] == [i for i, c in enumerate(labels) if c == "\n"]
    assert labels.count("2") == 3
    assert labels.count("1") + 3 == sum(len(tree.rows) for tree in trees[:3])
    tokens, start = [], 0
    for i, label in enumerate(labels):
        if label in "12":
            tokens.append(text[start : i + 1].strip())
            start = i + 1
    assert tokens == [row.form for tree in trees[:3] for row in tree.rows]


def test_names_are_replaced_by_names_of_their_kind(trees: list[Tree]) -> None:
    copies = list(swapped_names(trees, random.Random(1)))
    assert len(copies) == 12
    genitives = {row.form for tree in trees for row in tree.rows if row.has("Case=Gen")}
    surnames = {row.form for tree in trees for row in tree.rows if row.deprel == "flat:name"}
    changed = 0
    for tree in copies:
        assert_tree(tree)
        for row in tree.rows:
            assert not row.has("Case=Gen") or row.form in genitives
            assert row.deprel != "flat:name" or row.form in surnames
        changed += tree.text not in [original.text for original in trees]
    assert changed > 6


def test_quotation_marks_get_another_style(trees: list[Tree]) -> None:
    texts = [tree.text for seed in range(20) for tree in restyled_quotes(trees[:3], random.Random(seed))]
    assert "”Vi svarar på elden”, säger Anna Lind." in texts
    assert "»Vi svarar på elden», säger Anna Lind." in texts
    assert "- Flera byar brinner, sade hon." in texts
    assert not any("Baku" in text for text in texts)


def test_reports_are_put_behind_statements(trees: list[Tree]) -> None:
    made = list(reported(trees, 60, random.Random(3)))
    assert len(made) == 60
    for tree in made:
        assert_tree(tree)
        (report,) = (i for i, row in enumerate(tree.rows) if row.deprel == "parataxis")
        assert tree.rows[report].head == tree.root + 1
        assert any(row.deprel == "nsubj" and row.head == report + 1 for row in tree.rows)
        assert tree.text.endswith(".")
        assert " ," not in tree.text
        assert "  " not in tree.text
    openings = {tree.rows[0].form for tree in made} & {"–", "”", '"', "»", "“"}
    assert {"–", "”"} <= openings
    quoted = next(tree for tree in made if tree.rows[0].form == "”")
    assert quoted.text.count("”,") == 1


def test_where_nothing_fits_no_report_is_made(trees: list[Tree]) -> None:
    assert list(reported(trees[2:3], 5, random.Random(1))) == []


def test_entities_get_a_scheme_and_lose_soft_hyphens(tmp_path: Path) -> None:
    sentences = read_entities(ENTITIES)
    assert sentences[0][:3] == [("Anna", "B-PER"), ("Lind", "I-PER"), ("bor", "O")]
    assert sentences[2][0] == ("Nordbruk", "B-ORG")
    write_entities(tmp_path / "e.json", sentences)
    assert json.loads((tmp_path / "e.json").read_text())[1][0] == {"text": "Baku", "ner": "B-LOC"}


def test_entities_are_replaced_by_entities_of_their_type() -> None:
    sentences = read_entities(ENTITIES)
    swapped = swapped_entities(sentences, random.Random(2))
    assert len(swapped) == len(sentences) - 1
    places = {token for sentence in sentences for token, tag in sentence if tag == "B-LOC"}
    for sentence in swapped:
        assert {token for token, tag in sentence if tag == "B-LOC"} <= places
        assert all(i and sentence[i - 1][1][2:] == tag[2:] for i, (_, tag) in enumerate(sentence) if tag[0] == "I")


def test_broken_entity_data_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "e.txt").write_text("Anna\tPER\nLind\tNAME\n")
    with pytest.raises(InputError, match="line 2: expected a token and PER, LOC, ORG, MISC or 0"):
        read_entities(tmp_path / "e.txt")


def test_the_dictionary_gives_only_inflections_that_the_treebank_knows(trees: list[Tree], tmp_path: Path) -> None:
    known = [Tree((row,)) for tree in trees for row in tree.rows if row.upos == "NOUN" and row.form.endswith("ar")]
    for stem in ("stol", "vagn", "dag", "häst"):
        known.append(Tree((known[0].rows[0].__class__(stem + "ar", stem, "NOUN", "_", "_", 0, "root"),)))
    (tmp_path / "d.tsv").write_text("båtar\tbåt\nmöss\tmus\n")
    (made,) = dictionary_trees(tmp_path / "d.tsv", known)
    assert [(row.form, row.lemma, row.upos) for row in made.rows] == [("båtar", "båt", "NOUN")]
    (tmp_path / "d.tsv").write_text("båtar båt\n")
    with pytest.raises(InputError, match="line 1: expected form<tab>lemma"):
        dictionary_trees(tmp_path / "d.tsv", known)


def test_a_directory_that_cannot_be_listed_says_why(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no models of the form"):
        checksums(tmp_path)
    for name in ("a", "b"):
        (tmp_path / "sv/pos").mkdir(parents=True, exist_ok=True)
        (tmp_path / f"sv/pos/{name}.pt").write_bytes(b"")
    with pytest.raises(ModelError, match=r"several models: a\.pt, b\.pt"):
        checksums(tmp_path)
