"""Of whom something is demanded where the verb has no addressee of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.claim import TargetRole
from app.extraction.draft import DraftTarget
from app.extraction.parties import is_party
from app.extraction.subjects import subject_in

if TYPE_CHECKING:
    from app.extraction.draft import Draft, Reading
    from app.parsing.tree import Node
    from app.resolution.linking import Linker


def demanded_of(reading: Reading, linker: Linker, draft: Draft) -> list[DraftTarget]:
    """Of whom something is demanded without an addressee: the subject of the demanded clause, or "från X", "av X"."""
    head = draft.content_head
    if head is None:
        return []
    if draft.frame in {"att", "om", "på"}:
        subject = subject_in(reading, draft, head)
        granted = any(child.rel == "aux" and child.lemma == "få" for child in head.children)
        if subject is not None and subject.deprel != "nsubj:pass" and not granted:
            cluster = linker.cluster_of(subject)
            if cluster is not None and is_party(linker, subject, cluster):
                others = [c for c in head.children if c.rel in {"conj", "advcl"} and _is_also_demanded(c)]
                second = [node for other in others if (node := other.child("nsubj")) is not None]
                parties = [n for n in second if (c := linker.cluster_of(n)) is not None and is_party(linker, n, c)]
                return [DraftTarget(TargetRole.ADDRESSEE, node) for node in (subject, *parties)]
    inside = [node for part in draft.content for node in reading.tree.between(*part)]
    for node in inside:
        if node.lower in {"från", "av"} and node.upos == "ADP" and node.head is not None and node.head in inside:
            cluster = linker.cluster_of(node.head)
            if cluster is not None and is_party(linker, node.head, cluster) and draft.frame == "obj":
                return [DraftTarget(TargetRole.ADDRESSEE, node.head)]
    return []


def _is_also_demanded(verb: Node) -> bool:
    """Whether the clause goes on with what is demanded: "… *och att förbundet tar över*"."""
    mark = verb.child("mark")
    return mark is not None and mark.lower == "att" and verb.child("cc") is not None
