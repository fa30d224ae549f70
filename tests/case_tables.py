"""Case tables: parses written by hand in a CoNLL-U file, and beside it in YAML what must be found in each.

A CoNLL-U file holds many texts, each opened by ``# newdoc id = name``; the YAML file of the same name has an entry for
each name, with its ``text`` again and ``claims``: the claims that must be found, in text order, no more and no fewer.
A claim lists only what the case is about, out of

- ``speaker``, ``cue``, ``content``: the words as printed (``content`` a list where it has parts; ``null`` for none),
- ``entities``: who speaks, by name; ``represents``: for whom the first of them speaks,
- ``act``, ``mode``, ``parent`` (``c1`` is the first claim of the text),
- ``targets``: all of them, each with any of ``role``, ``entity``, ``mention``,
- ``relations``: all of them, each with any of ``kind``, ``claim``, ``rule``,
- ``rules``: what the evidence must say at these steps.

``gap`` says why a case does not hold yet; it is then expected to fail, and fails the test when it comes to hold.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from app.domain.article import Article
from app.extraction.extractor import Extractor
from app.parsing.conllu import from_conllu

if TYPE_CHECKING:
    from app.domain.claim import Claim, Extraction
    from app.domain.parse import ParsedText

_NAME = re.compile(r"^# newdoc id = (\S+)$", re.M)
_FIELDS = frozenset(
    {
        "speaker", "cue", "content", "entities", "represents", "act", "mode", "parent", "targets", "relations", "rules",
    }
)  # fmt: skip


class NoParser:
    """A parser for tests that bring their own parses."""

    def parse_many(self, texts: Sequence[str]) -> list[ParsedText]:
        """Nothing may ask for a parse."""
        raise AssertionError(f"a parse of {len(texts)} texts was asked for")


@dataclass(frozen=True, slots=True)
class Case:
    """One text with its parse, and the claims that must be found in it."""

    name: str
    conllu: str
    text: str
    claims: tuple[dict[str, Any], ...]
    gap: str | None = None

    def parse(self) -> ParsedText:
        """The parse as written."""
        return from_conllu(self.conllu)


def read_cases(path: Path) -> list[Case]:
    """The cases of a CoNLL-U file and the YAML file beside it. Raises ``ValueError`` where the two do not fit."""
    parts = _NAME.split(path.read_text("utf-8"))
    parses = {name: f"# newdoc id = {name}{body}" for name, body in zip(parts[1::2], parts[2::2], strict=True)}
    expected = yaml.safe_load(path.with_suffix(".yaml").read_text("utf-8"))
    if list(parses) != list(expected):
        raise ValueError(f"{path.name}: parses and expectations differ: {set(parses) ^ set(expected) or 'their order'}")
    return [_case(path, name, parses[name], entry) for name, entry in expected.items()]


def parameters(folder: Path) -> list[Any]:
    """Every case below ``folder`` as a pytest parameter named ``file: case``."""
    found = []
    for path in sorted(folder.glob("*.conllu")):
        for case in read_cases(path):
            marks = [pytest.mark.xfail(strict=True, reason=case.gap)] if case.gap else []
            found.append(pytest.param(case, id=f"{path.stem}: {case.name}", marks=marks))
    return found


def found_in(case: Case, extractor: Extractor) -> list[dict[str, Any]]:
    """The claims found in the case, each with the fields that the expectation at its place lists."""
    parsed = case.parse()
    extraction = extractor.extract_parsed(Article(text=parsed.text), parsed)
    shown = []
    for place, claim in enumerate(extraction.claims):
        expected = case.claims[place] if place < len(case.claims) else {"cue": None, "content": None}
        shown.append({field: _shown(field, claim, extraction, expected[field]) for field in expected})
    return shown


def _case(path: Path, name: str, conllu: str, entry: dict[str, Any]) -> Case:
    for claim in entry["claims"]:
        if unknown := set(claim) - _FIELDS:
            raise ValueError(f"{path.name}: {name}: unknown {', '.join(sorted(unknown))}")
    if unknown := set(entry) - {"text", "claims", "gap"}:
        raise ValueError(f"{path.name}: {name}: unknown {', '.join(sorted(unknown))}")
    case = Case(name, conllu, entry["text"], tuple(entry["claims"]), entry.get("gap"))
    if (text := case.parse().text) != case.text:
        raise ValueError(f"{path.name}: {name}: the parse is of {text!r}")
    return case


def _shown(field: str, claim: Claim, extraction: Extraction, expected: Any) -> Any:
    """One field of a claim in the form in which the expectation is written."""
    names = {actor.ref: actor.name for actor in extraction.actors}
    if field in {"speaker", "cue"}:
        span = claim.speaker if field == "speaker" else claim.cue
        return span.text if span else None
    if field == "content":
        parts = [part.text for part in claim.content]
        return parts if isinstance(expected, list) or len(parts) > 1 else parts[0]
    if field == "entities":
        return [names[ref] for ref in claim.speakers]
    if field == "represents":
        return [names[link.party] for link in extraction.actor(claim.speakers[0]).represents]
    if field in {"act", "mode"}:
        return getattr(claim, field).value
    if field == "parent":
        return claim.parent
    if field == "rules":
        return {step: dict(claim.evidence).get(step) for step in expected}
    whole = _targets(claim, names) if field == "targets" else _relations(claim)
    return _like(whole, expected)


def _targets(claim: Claim, names: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {"role": t.role.value, "entity": names.get(t.actor or ""), "mention": t.mention.text if t.mention else None}
        for t in claim.targets
    ]


def _relations(claim: Claim) -> list[dict[str, Any]]:
    return [{"kind": r.kind.value, "claim": r.claim, "rule": r.rule} for r in claim.relations]


def _like(whole: list[dict[str, Any]], expected: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each item cut down to the fields that the expectation at its place lists; items beyond it stay whole."""
    return [
        {field: item[field] for field in expected[place]} if place < len(expected) else item
        for place, item in enumerate(whole)
    ]
