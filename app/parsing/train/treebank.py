"""Treebanks as rows of ten columns: what the training data are cut from and changed in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.errors import InputError


@dataclass(frozen=True, slots=True)
class Row:
    """One word of a tree. ``head`` is the 1-based number of its head, 0 for the root, as in the file."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str
    space_after: bool = True

    def has(self, feature: str) -> bool:
        """Whether ``feats`` holds ``feature``, given as ``Case=Gen``."""
        return feature in self.feats.split("|")


@dataclass(frozen=True, slots=True)
class Tree:
    """A sentence of a treebank; ``opens_paragraph`` where one begins with it."""

    rows: tuple[Row, ...]
    opens_paragraph: bool = False

    @property
    def text(self) -> str:
        """The sentence as it was printed."""
        return "".join(row.form + (" " if row.space_after else "") for row in self.rows).rstrip()

    @property
    def root(self) -> int:
        """Index of the root in ``rows``."""
        return next(i for i, row in enumerate(self.rows) if row.head == 0)

    def subtree(self, top: int) -> list[int]:
        """Indices of ``rows[top]`` and all that hangs on it, in order."""
        inside = {top}
        grown = True
        while grown:
            grown = False
            for i, row in enumerate(self.rows):
                if i not in inside and row.head - 1 in inside:
                    inside.add(i)
                    grown = True
        return sorted(inside)

    def with_rows(self, rows: Iterable[Row]) -> Tree:
        """The same sentence with other rows."""
        return replace(self, rows=tuple(rows))


@dataclass(slots=True)
class _Open:
    rows: list[Row] = field(default_factory=list)
    opens_paragraph: bool = False


def read_treebank(path: Path) -> list[Tree]:
    """The trees of a CoNLL-U file; empty nodes are left out.

    Raises ``InputError`` with file and line: no ten columns, a number that is none, a multi-word token (the recipe is
    for treebanks that have none, as the Swedish ones), a sentence that has not exactly one root.
    """
    trees: list[Tree] = []
    current = _Open()
    for number, line in enumerate((*path.read_text("utf-8").split("\n"), ""), 1):
        where = f"{path}, line {number}"
        if line.startswith("#"):
            current.opens_paragraph |= line[1:].split()[:1] in (["newpar"], ["newdoc"])
        elif line.strip():
            row = _row(line, where)
            if row is not None:
                current.rows.append(row)
        elif current.rows:
            if sum(row.head == 0 for row in current.rows) != 1:
                raise InputError(f"{where}: the sentence above has not exactly one root")
            if any(row.head > len(current.rows) for row in current.rows):
                raise InputError(f"{where}: the sentence above has a head beyond its end")
            trees.append(Tree(tuple(current.rows), current.opens_paragraph))
            current = _Open()
    return trees


def _row(line: str, where: str) -> Row | None:
    columns = line.split("\t")
    if len(columns) != 10:
        raise InputError(f"{where}: {len(columns)} columns, expected 10")
    ident, form, lemma, upos, xpos, feats, head, deprel, _, misc = columns
    if "." in ident:
        return None
    if "-" in ident:
        raise InputError(f"{where}: multi-word token {ident}")
    if not head.isdigit():
        raise InputError(f"{where}: HEAD {head!r} is no number")
    return Row(form, lemma, upos, xpos, feats, int(head), deprel, "SpaceAfter=No" not in misc.split("|"))


def write_treebank(path: Path, trees: Iterable[Tree]) -> None:
    """Write ``trees`` as CoNLL-U, with ``# text`` and ``# newpar``."""
    lines: list[str] = []
    for tree in trees:
        if tree.opens_paragraph:
            lines.append("# newpar")
        lines.append(f"# text = {tree.text}")
        for i, row in enumerate(tree.rows, 1):
            misc = "_" if row.space_after else "SpaceAfter=No"
            columns = (row.form, row.lemma, row.upos, row.xpos, row.feats, str(row.head), row.deprel, "_", misc)
            lines.append("\t".join((str(i), *columns)))
        lines.append("")
    path.write_text("\n".join(lines) + "\n", "utf-8")


def write_tokenizer_files(stem: Path, trees: Iterable[Tree]) -> None:
    """Write what Stanza's tokenizer learns from: ``stem.txt``, ``stem.toklabels``, ``stem.mwt.json``, ``stem.conllu``.

    The labels give every character of the text a digit: 1 at the end of a token, 2 at the end of a sentence, else 0.
    Paragraphs stand apart by an empty line in both.
    """
    kept = list(trees)
    text, labels = "", ""
    for tree in kept:
        if text:
            gap = "\n\n" if tree.opens_paragraph else " "
            text, labels = text + gap, labels + (gap if tree.opens_paragraph else "0")
        for i, row in enumerate(tree.rows):
            last = i == len(tree.rows) - 1
            text += row.form
            labels += "0" * (len(row.form) - 1) + ("2" if last else "1")
            if row.space_after and not last:
                text, labels = text + " ", labels + "0"
    stem.with_suffix(".txt").write_text(text + "\n", "utf-8")
    stem.with_suffix(".toklabels").write_text(labels + "\n", "utf-8")
    stem.with_suffix(".mwt.json").write_text("[]", "utf-8")
    write_treebank(stem.with_suffix(".conllu"), kept)
