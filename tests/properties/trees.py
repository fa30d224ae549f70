"""Random analyses: Swedish words of every kind that the rules look for, under trees that no parser would give.

Everything is drawn from one ``random.Random``, so that a seed, or Hypothesis behind one, decides the example.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from app.domain.parse import Paragraph, ParsedText, Sentence, Word
from app.lexicon.grammar import load_grammar
from app.lexicon.load import load_cues

WORDS = Path(__file__).parent / "words.txt"

RELATIONS = (
    "nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "ccomp", "xcomp", "csubj", "advcl", "acl", "acl:relcl",
    "acl:cleft", "conj", "cc", "mark", "case", "det", "amod", "nmod", "nmod:poss", "appos", "flat", "compound:prt",
    "parataxis", "advmod", "aux", "aux:pass", "cop", "punct", "nummod", "expl", "dislocated", "dep", "fixed",
)  # fmt: skip
TAGS = ("NOUN", "PROPN", "VERB", "AUX", "PRON", "DET", "ADJ", "ADV", "ADP", "SCONJ", "CCONJ", "NUM", "PART", "PUNCT")
FEATURES: dict[str, tuple[str, ...]] = {
    "VerbForm": ("Fin", "Inf", "Sup", "Part"),
    "Tense": ("Past", "Pres"),
    "Mood": ("Ind", "Imp"),
    "Voice": ("Act", "Pass"),
    "Case": ("Nom", "Gen", "Acc"),
    "Definite": ("Def", "Ind"),
    "Number": ("Sing", "Plur"),
    "Gender": ("Com", "Neut"),
    "PronType": ("Prs", "Rel", "Int"),
}
MARKS = (
    *".,:;?!…–—-()[]/\"”“„»«'’″&%@#§©*",
    "”.", '".', ",”", "\u200b", "\ufeff", "😀", "م", "中",
)  # fmt: skip


class Vocabulary(NamedTuple):
    """Words by sort: cue verbs in all their forms, names, nouns for parties and things said, small words, marks."""

    verbs: tuple[str, ...]
    names: tuple[str, ...]
    nouns: tuple[str, ...]
    small: tuple[str, ...]
    marks: tuple[str, ...]


@cache
def vocabulary() -> Vocabulary:
    """The cue verbs of the lexicon and the words in words.txt."""
    parts = re.split(r"^\[(\w+)\]$", WORDS.read_text("utf-8"), flags=re.M)
    lists = {name: tuple(words.split()) for name, words in zip(parts[1::2], parts[2::2], strict=True)}
    small = (*lists["small"], *sorted(load_grammar("sv").source_prepositions))
    return Vocabulary(tuple(sorted(load_cues("sv").verb_forms)), lists["names"], lists["nouns"], small, MARKS)


Draw = tuple[str, str, int, str, dict[str, str]]
"""A word to be printed: form, tag, head (an index, -1 for the root), relation, features."""

_FINITE = {"VerbForm": "Fin", "Tense": "Pres", "Mood": "Ind"}


def random_parse(random: Random, paragraphs: int = 5, sentences: int = 3, words: int = 14) -> ParsedText:
    """A text of at most so many paragraphs, sentences in each, and words in each of those.

    Half of the sentences are built like reports, so that the rules have something to work on.
    """
    text = ""
    found = []
    for _ in range(random.randint(0, paragraphs)):
        text += random.choice(("", "\n", "\n\n", " ", "\u2028"))
        start, inside = len(text), []
        for _ in range(random.randint(1, sentences)):
            drawn = _report(random) if random.random() < 0.5 else _scramble(random, random.randint(1, words))
            text, sentence = _printed(random, text, drawn)
            inside.append(sentence)
            text += random.choice((" ", " ", "", "\u00a0"))
        found.append(Paragraph(min(start, inside[0].start), inside[-1].end, tuple(inside)))
        text += "\n"
    return ParsedText(text, tuple(found))


def mutated(random: Random, parsed: ParsedText, share: float = 0.15) -> ParsedText:
    """The same text with about that share of the words under another head, relation, tag, feature or entity."""
    paragraphs = [
        replace(p, sentences=tuple(_mutated(random, sentence, share) for sentence in p.sentences))
        for p in parsed.paragraphs
    ]
    return replace(parsed, paragraphs=tuple(paragraphs))


def _scramble(random: Random, count: int) -> list[Draw]:
    """Words of any sort under a random tree."""
    drawn = []
    for head in _heads(random, count):
        form = random.choice(random.choices(vocabulary(), (3, 2, 3, 5, 2))[0])
        form = form.capitalize() if random.random() < 0.15 else form
        relation = "root" if head < 0 else random.choice(RELATIONS)
        drawn.append((form, random.choice(TAGS), head, relation, _features(random)))
    return drawn


def _report(random: Random) -> list[Draw]:
    """A source, a cue, perhaps an object, and a content of some kind, in one order or another."""
    verbs, names, nouns, small, _ = vocabulary()
    opening, closing = random.choice((("”", "”"), ('"', '"'), ("»", "«"), ("“", "”"), ("–", ","), ("", ""), ("", "")))
    speaker: list[Draw] = [(random.choice((*names, *nouns, "han", "de", "som")), "PROPN", 0, "nsubj", {})]
    if random.random() < 0.3:
        speaker += [("och", "CCONJ", 2, "cc", {}), (random.choice(names), "PROPN", 0, "conj", {})]
    cue: list[Draw] = [(random.choice(verbs), "VERB", -1, "root", dict(random.choice((_FINITE, _features(random)))))]
    if random.random() < 0.2:
        cue.insert(0, (random.choice(("inte", "har", "ska", "kan", "uppges")), "AUX", 1, "aux", _FINITE))
    party: list[Draw] = []
    if random.random() < 0.4:
        party = [(random.choice((*names, *nouns)), "PROPN", 0, random.choice(("obj", "iobj", "obl", "obl:agent")), {})]
        if random.random() < 0.5:
            party.insert(0, (random.choice(("av", "mot", "från", "till", "med", "enligt")), "ADP", 1, "case", {}))
    opener = random.choice(("att", "att", "om", "för", "som", ":", "till", ""))
    said: list[Draw] = [(opener, random.choice(("SCONJ", "PART", "ADP")), 2, "mark", {})] if opener else []
    said += [
        (form, tag, random.randrange(4), relation, _features(random))
        for form, tag, relation in (
            (random.choice((*names, *nouns, *small)), "NOUN", "nsubj"),
            (random.choice((*verbs, "är", "har")), "VERB", "ccomp"),
            (random.choice((*names, *nouns)), "PROPN", "obj"),
        )
    ]
    said += _scramble(random, random.randint(1, 5))
    if opening:
        said = [(opening, "PUNCT", 1, "punct", {}), *said, (closing, "PUNCT", 0, "punct", {})]
    end: list[Draw] = [(random.choice((".", "?", "!", ":", ",", "…")), "PUNCT", 0, "punct", {})]
    comma: list[Draw] = [(",", "PUNCT", 0, "punct", {})]
    orders = ([speaker, cue, party, said], [said, comma, cue, speaker, party], [party, cue, speaker, said])
    parts = random.choice(orders)
    flat = [word for part in (*parts, end) for word in part]
    return _hung(random, flat, flat.index(cue[-1]))


def _hung(random: Random, drawn: list[Draw], root: int) -> list[Draw]:
    """The words as a tree under ``root``: subjects and objects on it, the rest on a neighbour that reaches it."""
    heads = [-1] * len(drawn)
    order = [root, *sorted((k for k in range(len(drawn)) if k != root), key=lambda k: (abs(k - root), k))]
    for place, index in enumerate(order[1:], 1):
        near = [other for other in order[:place] if abs(other - index) <= 2] or order[:place]
        close = drawn[index][3] in {"nsubj", "obj", "iobj", "obl", "ccomp", "aux", "obl:agent"}
        heads[index] = root if close and random.random() < 0.8 else random.choice(near)
    return [
        (form, tag, head, "root" if head < 0 else ("dep" if relation == "root" else relation), feats)
        for (form, tag, _, relation, feats), head in zip(drawn, heads, strict=True)
    ]


def _printed(random: Random, text: str, drawn: list[Draw]) -> tuple[str, Sentence]:
    """The text with the sentence behind it, and the sentence."""
    words = []
    for index, (form, tag, head, relation, feats) in enumerate(drawn):
        printed = form.capitalize() if index == 0 and random.random() < 0.7 else form
        start = len(text)
        text += printed
        words.append(
            Word(
                index=index,
                text=printed,
                lemma=random.choice((printed.lower(), printed.lower(), "säga")),
                upos=tag if random.random() < 0.9 else random.choice(TAGS),
                head=head,
                deprel=relation,
                start=start,
                end=len(text),
                feats=feats,
                ner=random.choice(("O", "O", "O", "S-PER", "S-LOC", "S-ORG", "B-PER", "E-PER", "I-ORG")),
            )
        )
        if random.random() < 0.9:
            text += " "
    return text, Sentence(tuple(words))


def _heads(random: Random, count: int) -> list[int]:
    """The heads of a random tree: every word but the root hangs on one that was placed before it."""
    order = list(range(count))
    random.shuffle(order)
    heads = [-1] * count
    for place, index in enumerate(order[1:], 1):
        near = [other for other in order[:place] if abs(other - index) <= 3]
        heads[index] = random.choice(near or order[:place])
    return heads


def _features(random: Random) -> dict[str, str]:
    return {name: random.choice(values) for name, values in FEATURES.items() if random.random() < 0.4}


def _mutated(random: Random, sentence: Sentence, share: float) -> Sentence:
    words = list(sentence.words)
    for index, word in enumerate(words):
        if random.random() >= share:
            continue
        change = random.randrange(5)
        if change == 0 and word.head >= 0:
            head = random.randrange(len(words))
            if not _reaches(words, head, index):
                words[index] = replace(word, head=head)
        elif change == 1:
            words[index] = replace(word, deprel="root" if word.head < 0 else random.choice(RELATIONS))
        elif change == 2:
            words[index] = replace(word, upos=random.choice(TAGS))
        elif change == 3:
            words[index] = replace(word, feats=_features(random))
        else:
            words[index] = replace(word, ner=random.choice(("O", "S-PER", "S-LOC", "S-ORG")))
    return replace(sentence, words=tuple(words))


def _reaches(words: Sequence[Word], start: int, goal: int) -> bool:
    """Whether ``goal`` is ``start`` or above it: hanging it there would close a circle."""
    at = start
    while at >= 0:
        if at == goal:
            return True
        at = words[at].head
    return False
