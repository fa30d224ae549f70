"""More from the same trees: other names, other quotation marks, reports put after what is reported.

News is full of names that no treebank has, of typographic habits that the treebank's newspapers did not have, and of
sentences that end in "…, säger ministern". Each function gives changed copies; the originals stay beside them.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from app.parsing.train.treebank import Row, Tree

_MARKS = frozenset("\"”“»«'’„")
_STYLES = (("”", "”"), ("“", "”"), ("»", "»"), ('"', '"'), ("'", "'"))
_DASHES = ("–", "-", "—")


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of saying in one form, with the tags that the treebank gives such a form."""

    form: str
    lemma: str
    past: bool

    @property
    def row(self) -> Row:
        """The verb as a row, its head still to be set."""
        tense = "Past" if self.past else "Pres"
        xpos = "VB|PRT|AKT" if self.past else "VB|PRS|AKT"
        feats = f"Mood=Ind|Tense={tense}|VerbForm=Fin|Voice=Act"
        return Row(self.form, self.lemma, "VERB", xpos, feats, 0, "parataxis")


SWEDISH_VERBS = tuple(
    Verb(form, lemma, past)
    for lemma, present, preterite in (
        ("säga", "säger", "sade"),
        ("uppge", "uppger", "uppgav"),
        ("skriva", "skriver", "skrev"),
        ("hävda", "hävdar", "hävdade"),
        ("tillägga", "tillägger", "tillade"),
        ("berätta", "berättar", "berättade"),
        ("meddela", "meddelar", "meddelade"),
        ("mena", "menar", "menade"),
        ("konstatera", "konstaterar", "konstaterade"),
        ("rapportera", "rapporterar", "rapporterade"),
        ("förklara", "förklarar", "förklarade"),
        ("fortsätta", "fortsätter", "fortsatte"),
    )
    for form, past in ((present, False), (preterite, True))
)
"""The verbs that most often stand in postposed reporting clauses of Swedish news."""


def swapped_names(trees: Sequence[Tree], rng: random.Random) -> Iterator[Tree]:
    """A copy of every tree with a proper noun, each name replaced by another that stands in the same place elsewhere.

    First names are exchanged for first names, what follows them for the like, other names for other names, genitives
    for genitives; a name that comes twice in a sentence gets the same replacement twice.
    """
    pools: dict[tuple[str, bool], list[Row]] = {}
    for tree in trees:
        for i, row in enumerate(tree.rows):
            if row.upos == "PROPN":
                pools.setdefault(_place(tree, i), []).append(row)
    for tree in trees:
        chosen: dict[str, Row] = {}
        rows = list(tree.rows)
        for i, row in enumerate(rows):
            if row.upos == "PROPN":
                other = chosen.setdefault(row.form, rng.choice(pools[_place(tree, i)]))
                rows[i] = replace(row, form=other.form, lemma=other.lemma, xpos=other.xpos, feats=other.feats)
        if chosen:
            yield tree.with_rows(rows)


def _place(tree: Tree, index: int) -> tuple[str, bool]:
    row = tree.rows[index]
    genitive = row.has("Case=Gen")
    if row.deprel in ("flat:name", "flat"):
        return "later", genitive
    followed = any(other.head == index + 1 and other.deprel.startswith("flat") for other in tree.rows)
    return ("first" if followed else "alone"), genitive


def restyled_quotes(trees: Iterable[Tree], rng: random.Random) -> Iterator[Tree]:
    """A copy of every tree with paired quotation marks or a dash in it, in another typographic style."""
    for tree in trees:
        marks = [i for i, row in enumerate(tree.rows) if row.form in _MARKS]
        dashes = [i for i, row in enumerate(tree.rows) if row.form in _DASHES]
        if len(marks) % 2 or not (marks or dashes):
            continue
        rows = list(tree.rows)
        style, dash = rng.choice(_STYLES), rng.choice(_DASHES)
        for number, i in enumerate(marks):
            rows[i] = replace(rows[i], form=style[number % 2], lemma=style[number % 2])
        for i in dashes:
            rows[i] = replace(rows[i], form=dash, lemma=dash)
        yield tree.with_rows(rows)


def reported(
    trees: Sequence[Tree], count: int, rng: random.Random, verbs: Sequence[Verb] = SWEDISH_VERBS
) -> Iterator[Tree]:
    """``count`` sentences of the treebank followed by a reporting clause: "…", sade ministern.

    The report is plain, in quotation marks, or opened by a dash. The verb hangs on the sentence's root as
    ``parataxis``, which is how Universal Dependencies treats it. Gives none where no sentence or no subject fits.
    """
    statements = [tree for tree in trees if _is_statement(tree)]
    subjects = [subject for tree in trees for subject in _subjects(tree)]
    if not statements or not subjects:
        return
    for _ in range(count):
        tree = rng.choice(statements)
        yield tree.with_rows(_with_report(tree, rng.choice(verbs), rng.choice(subjects), rng))


def _is_statement(tree: Tree) -> bool:
    forms = [row.form for row in tree.rows]
    ends = len(forms) > 4 and forms[-1] == "." and tree.rows[-1].head == tree.root + 1
    says = any(row.deprel == "parataxis" for row in tree.rows)
    return ends and not says and tree.rows[tree.root].upos in ("VERB", "ADJ", "NOUN") and not _MARKS & set(forms)


def _subjects(tree: Tree) -> Iterator[tuple[Row, ...]]:
    """Short noun phrases that are subjects, as rows whose heads count within the phrase (0: its top)."""
    for top, row in enumerate(tree.rows):
        if row.deprel != "nsubj" or row.upos not in ("NOUN", "PROPN"):
            continue
        inside = tree.subtree(top)
        phrase = [tree.rows[i] for i in inside]
        whole = inside[-1] - inside[0] + 1 == len(inside) <= 5
        if not whole or any(part.upos in ("PUNCT", "VERB", "SCONJ", "CCONJ") for part in phrase):
            continue
        shifted = [replace(p, head=0 if i == top else p.head - inside[0]) for i, p in zip(inside, phrase, strict=True)]
        if inside[0] == 0 and shifted[0].upos != "PROPN":
            shifted[0] = replace(shifted[0], form=shifted[0].form[0].lower() + shifted[0].form[1:])
        yield tuple(shifted)


def _with_report(tree: Tree, verb: Verb, subject: tuple[Row, ...], rng: random.Random) -> list[Row]:
    body, stop = list(tree.rows[:-1]), tree.rows[-1]
    root = tree.root + 1
    manner = rng.choice(("plain", "quoted", "dash"))
    if manner != "plain":
        mark, closing = rng.choice(_STYLES[:4]) if manner == "quoted" else ("–", "")
        body = [replace(row, head=row.head + 1 if row.head else 0) for row in body]
        root += 1
        opening = Row(mark, mark, "PUNCT", "PAD" if closing else "MID", "_", root, "punct", not closing)
        body.insert(0, opening)
        if closing:
            body[-1] = replace(body[-1], space_after=False)
            body.append(Row(closing, closing, "PUNCT", "PAD", "_", root, "punct"))
    body[-1] = replace(body[-1], space_after=False)
    at = len(body) + 2
    body.append(Row(",", ",", "PUNCT", "MID", "_", at, "punct"))
    body.append(replace(verb.row, head=root))
    for row in subject:
        top = row.head == 0
        body.append(replace(row, head=at if top else row.head + at, deprel="nsubj" if top else row.deprel))
    body[-1] = replace(body[-1], space_after=False)
    body.append(replace(stop, head=root))
    return body
