"""Dictionary entries as additional material for the lemmatizer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from app.errors import InputError
from app.parsing.train.treebank import Row, Tree

_MIN_SEEN = 5
"""An inflection counts as known when the treebank shows it on this many words."""

_WORDS_A_TREE = 20

_INFLECTED = ("NOUN", "VERB", "ADJ")


def dictionary_trees(path: Path, trees: Iterable[Tree]) -> list[Tree]:
    """Entries ``form<tab>lemma`` of ``path`` as flat trees without meaning, for the lemmatizer alone.

    Only entries whose change of ending ("-arnas" to "", "-de" to "") the treebank knows are taken, with the part of
    speech it most often has there: general dictionaries hold much that is wrong in running text. Raises ``InputError``
    with file and line for a line of another form.
    """
    seen: dict[tuple[str, str], Counter[str]] = {}
    for row in {row for tree in trees for row in tree.rows if row.upos in _INFLECTED}:
        seen.setdefault(_change(row.form.lower(), row.lemma.lower()), Counter())[row.upos] += 1
    rows: list[Row] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        form, tab, lemma = line.partition("\t")
        if not (form and tab and lemma) or "\t" in lemma:
            raise InputError(f"{path}, line {number}: expected form<tab>lemma")
        known = seen.get(_change(form, lemma))
        if known and known.total() >= _MIN_SEEN:
            rows.append(Row(form, lemma, known.most_common(1)[0][0], "_", "_", 0, "root"))
    return [_flat(rows[start : start + _WORDS_A_TREE]) for start in range(0, len(rows), _WORDS_A_TREE)]


def _change(form: str, lemma: str) -> tuple[str, str]:
    """What is left of both behind their common beginning."""
    common = 0
    while common < min(len(form), len(lemma)) and form[common] == lemma[common]:
        common += 1
    return form[common:], lemma[common:]


def _flat(rows: list[Row]) -> Tree:
    return Tree(
        tuple(Row(r.form, r.lemma, r.upos, r.xpos, r.feats, i, "dep" if i else "root") for i, r in enumerate(rows))
    )
