"""Claims read back from what was written of them, by nothing but what the documentation says of each format."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from app.domain.actor import ActorKind
from app.domain.claim import Act, Confidence, Mode, RelationKind, TargetRole
from app.domain.record import ActorRef, ClaimRecord, RelationRecord, TargetRecord
from app.domain.span import Span

BETWEEN = " … "
CONFIDENCE = ("overall", "speaker", "content", "target", "act")
FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠\t\r\n]")


def from_csv(text: str) -> list[ClaimRecord]:
    """The claims of a whole file; what a relation says of the other claim stands in that claim's own row."""
    rows = [
        {name: original(cell) for name, cell in row.items()} for row in csv.DictReader(io.StringIO(text, newline=""))
    ]
    by_id = {row["id"]: row for row in rows}
    responses: dict[str, list[RelationRecord]] = {row["id"]: [] for row in rows}
    for row in rows:
        for other_id, relation in _relations(row, by_id):
            there = RelationRecord(
                relation.kind, row["id"], _speakers(row), row["content"], relation.rule, relation.mention
            )
            responses[other_id].append(there)
    return [_row(row, by_id, tuple(responses[row["id"]])) for row in rows]


def original(cell: str) -> str:
    """The cell without the apostrophe that keeps a spreadsheet from running it."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def parted(cell: str, count: int | None = None) -> list[str]:
    """The values in a cell. An empty cell holds none, unless ``count`` says that it holds one."""
    if not cell and not count:
        return []
    return [re.sub(r"\\(.)", r"\1", value) for value in cell.split(" | ")]


def _row(row: Mapping[str, str], by_id: Mapping[str, Any], responses: tuple[RelationRecord, ...]) -> ClaimRecord:
    targets = zip(
        parted(row["target_roles"]),
        _refs(row, "target"),
        _spans(row["target_mentions"], row["target_mention_spans"], len(parted(row["target_roles"]))),
        strict=True,
    )
    confidence = [row["confidence"], *(row[f"confidence_{name}"] for name in CONFIDENCE[1:])]
    return ClaimRecord(
        id=row["id"],
        article_id=row["article_id"],
        article_title=row["article_title"] or None,
        published_at=datetime.fromisoformat(row["published_at"]) if row["published_at"] else None,
        speaker=_span(row["speaker"], row["speaker_span"]),
        speakers=_speakers(row),
        cue=_span(row["cue"], row["cue_span"]),
        content=_content(row["content"], parted(row["content_spans"])),
        text=row["content"],
        act=Act(row["act"]),
        mode=Mode(row["mode"]),
        targets=tuple(TargetRecord(TargetRole(role), actor, mention) for role, actor, mention in targets),
        relations=tuple(relation for _, relation in _relations(row, by_id)),
        responses=responses,
        parent_id=row["parent_id"] or None,
        evidence=tuple(tuple(each.split(": ", 1)) for each in parted(row["evidence"])),  # type: ignore[misc]
        confidence=Confidence(*map(float, confidence)) if row["confidence"] else None,
        via=ActorRef(row["via_id"], row["via_name"], ActorKind(row["via_kind"])) if row["via_id"] else None,
        reports=int(row["reports"]),
        sources=int(row["sources"]),
        leading_id=row["leading_id"] or None,
    )


def _speakers(row: Mapping[str, str]) -> tuple[ActorRef, ...]:
    return tuple(_refs(row, "speaker"))


def _refs(row: Mapping[str, str], who: str) -> list[ActorRef]:
    ids = parted(row[f"{who}_ids"])
    names = parted(row[f"{who}_names"], len(ids))
    kinds = parted(row[f"{who}_kinds"])
    return [ActorRef(*found[:2], ActorKind(found[2])) for found in zip(ids, names, kinds, strict=True)]


def _relations(row: Mapping[str, str], by_id: Mapping[str, Any]) -> list[tuple[str, RelationRecord]]:
    kinds = parted(row["relation_kinds"])
    found = zip(
        kinds,
        parted(row["relation_ids"]),
        parted(row["relation_rules"], len(kinds)),
        _spans(row["relation_mentions"], row["relation_mention_spans"], len(kinds)),
        strict=True,
    )
    return [
        (other, RelationRecord(RelationKind(kind), other, _speakers(by_id[other]), by_id[other]["content"], rule, at))
        for kind, other, rule, at in found
    ]


def _spans(words: str, places: str, count: int) -> list[Span | None]:
    return [_span(*found) for found in zip(parted(words, count), parted(places, count), strict=True)]


def _span(words: str, place: str) -> Span | None:
    return Span(*map(int, place.split("-")), words) if place else None  # type: ignore[call-arg]


def _content(text: str, places: list[str]) -> tuple[Span, ...]:
    spans, at = [], 0
    for place in places:
        start, end = map(int, place.split("-"))
        spans.append(Span(start, end, text[at : at + end - start]))
        at += end - start + len(BETWEEN)
    return tuple(spans)


def from_node(node: Mapping[str, Any]) -> ClaimRecord:
    """The claim of a JSON-LD node object as it was written."""
    about = {actor["@id"]: actor for actor in node.get("about", ())}
    article = node["isPartOf"]
    parts = [node.get(f"sagesman:{name}") for name in ("confidence", *(f"{part}Confidence" for part in CONFIDENCE[1:]))]
    return ClaimRecord(
        id=_id(node),
        article_id=_id(article),
        article_title=article.get("headline"),
        published_at=datetime.fromisoformat(node["datePublished"]) if "datePublished" in node else None,
        speaker=_place(node.get("sagesman:printedSpeaker")),
        speakers=tuple(map(_actor, node.get("creator", ()))),
        cue=_place(node.get("sagesman:cue")),
        content=tuple(
            Span(part["sagesman:start"], part["sagesman:end"], part["text"]) for part in node["sagesman:part"]
        ),
        text=node["text"],
        act=Act(node["sagesman:act"]),
        mode=Mode(node["sagesman:mode"]),
        targets=tuple(
            TargetRecord(
                TargetRole(target["sagesman:role"]),
                _actor(about[target["sagesman:actor"]["@id"]]),
                _place(target.get("sagesman:mention")),
            )
            for target in node.get("sagesman:target", ())
        ),
        relations=tuple(map(_relation, node.get("sagesman:relation", ()))),
        responses=tuple(map(_relation, node.get("sagesman:response", ()))),
        parent_id=_id(node["sagesman:nestedIn"]) if "sagesman:nestedIn" in node else None,
        evidence=tuple(tuple(each.split(": ", 1)) for each in node.get("sagesman:evidence", ())),
        confidence=Confidence(*parts) if None not in parts else None,
        via=_actor(node["sagesman:via"]) if "sagesman:via" in node else None,
        reports=node["sagesman:reports"],
        sources=node["sagesman:sources"],
        leading_id=_id(node["sagesman:leading"]) if "sagesman:leading" in node else None,
    )


def from_jsonl(lines: Iterable[str]) -> list[ClaimRecord]:
    """The claims of lines of JSON."""
    return [_claim(json.loads(line)) for line in lines]


def _claim(found: Mapping[str, Any]) -> ClaimRecord:
    article = found["article"]
    return ClaimRecord(
        id=found["id"],
        article_id=article["id"],
        article_title=article["title"],
        published_at=datetime.fromisoformat(article["published_at"]) if article["published_at"] else None,
        speaker=_words(found["speaker"]),
        speakers=tuple(map(_ref, found["speakers"])),
        cue=_words(found["cue"]),
        content=tuple(Span(**part) for part in found["content"]),
        text=found["text"],
        act=Act(found["act"]),
        mode=Mode(found["mode"]),
        targets=tuple(
            TargetRecord(TargetRole(each["role"]), _ref(each["actor"]), _words(each["mention"]))
            for each in found["targets"]
        ),
        relations=tuple(map(_bearing, found["relations"])),
        responses=tuple(map(_bearing, found["responses"])),
        parent_id=found["parent"],
        evidence=tuple((each["step"], each["rule"]) for each in found["evidence"]),
        confidence=Confidence(**found["confidence"]) if found["confidence"] else None,
        via=_ref(found["via"]) if found["via"] else None,
        reports=found["reports"],
        sources=found["sources"],
        leading_id=found["leading"],
    )


def _words(found: Mapping[str, Any] | None) -> Span | None:
    return Span(**found) if found else None


def _ref(found: Mapping[str, Any]) -> ActorRef:
    return ActorRef(found["id"], found["name"], ActorKind(found["kind"]))


def _bearing(found: Mapping[str, Any]) -> RelationRecord:
    return RelationRecord(
        RelationKind(found["kind"]),
        found["claim"],
        tuple(map(_ref, found["speakers"])),
        found["content"],
        found["rule"],
        _words(found["mention"]),
    )


def _id(node: Mapping[str, Any]) -> str:
    return str(node["@id"]).rpartition("/")[2]


def _actor(node: Mapping[str, Any]) -> ActorRef:
    return ActorRef(_id(node), node["name"], ActorKind(node["sagesman:actorKind"]))


def _place(node: Mapping[str, Any] | None) -> Span | None:
    return Span(node["sagesman:start"], node["sagesman:end"], node["text"]) if node else None


def _relation(node: Mapping[str, Any]) -> RelationRecord:
    return RelationRecord(
        RelationKind(node["sagesman:kind"]),
        _id(node["sagesman:claim"]),
        tuple(map(_actor, node["sagesman:speaker"])),
        node["text"],
        node["sagesman:rule"],
        _place(node.get("sagesman:mention")),
    )
