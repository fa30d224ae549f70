"""Named-entity data: from a file of tokens and labels to what Stanza's tagger learns from."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

from app.errors import InputError

Tagged = list[tuple[str, str]]
"""A sentence as (token, tag), tags in the BIO scheme."""

_TYPES = ("PER", "LOC", "ORG", "MISC")
_DROPPED = str.maketrans("", "", "\u00ad\u200b\ufeff")


def read_entities(path: Path) -> list[Tagged]:
    """The sentences of a file of lines ``token<white space>label``, sentences separated by an empty line.

    Labels are PER, LOC, ORG, MISC or 0 or O, with or without ``B-`` and ``I-``; without them, neighbours of one type
    are one entity. Soft hyphens are left out of the tokens. Raises ``InputError`` with file and line.
    """
    sentences: list[Tagged] = []
    current: Tagged = []
    for number, line in enumerate((*path.read_text("utf-8").split("\n"), ""), 1):
        if not line.strip():
            if current:
                sentences.append(current)
            current = []
            continue
        token, _, label = line.strip().rpartition("\t" if "\t" in line.strip() else " ")
        token, label = token.strip().translate(_DROPPED), label.strip()
        kind = label.removeprefix("B-").removeprefix("I-")
        if not token or (kind not in _TYPES and label not in ("0", "O")):
            raise InputError(f"{path}, line {number}: expected a token and PER, LOC, ORG, MISC or 0")
        if kind not in _TYPES:
            current.append((token, "O"))
        else:
            goes_on = current and current[-1][1][2:] == kind and not label.startswith("B-")
            current.append((token, f"{'I' if goes_on else 'B'}-{kind}"))
    return sentences


def swapped_entities(sentences: Sequence[Tagged], rng: random.Random) -> list[Tagged]:
    """A copy of every sentence with an entity, each replaced by another of its type; genitives stay genitives."""
    pools: dict[tuple[str, bool], list[list[str]]] = {}
    for sentence in sentences:
        for kind, tokens in _runs(sentence):
            if kind != "O":
                pools.setdefault((kind, tokens[-1].endswith("s")), []).append(tokens)
    swapped: list[Tagged] = []
    for sentence in sentences:
        runs = list(_runs(sentence))
        if all(kind == "O" for kind, _ in runs):
            continue
        changed: Tagged = []
        for kind, tokens in runs:
            if kind == "O":
                changed += [(token, "O") for token in tokens]
            else:
                chosen = rng.choice(pools[kind, tokens[-1].endswith("s")])
                changed += [(token, f"{'I' if i else 'B'}-{kind}") for i, token in enumerate(chosen)]
        swapped.append(changed)
    return swapped


def _runs(sentence: Tagged) -> Iterable[tuple[str, list[str]]]:
    """The sentence as stretches of one entity, or of none."""
    runs: list[tuple[str, list[str]]] = []
    for token, tag in sentence:
        kind = tag if tag == "O" else tag[2:]
        if runs and runs[-1][0] == kind and not tag.startswith("B-"):
            runs[-1][1].append(token)
        else:
            runs.append((kind, [token]))
    return runs


def write_entities(path: Path, sentences: Iterable[Tagged]) -> None:
    """Write the sentences as the JSON that Stanza's entity tagger reads."""
    data = [[{"text": token, "ner": tag} for token, tag in sentence] for sentence in sentences]
    path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
