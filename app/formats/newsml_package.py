"""Packages in NewsML-G2: which items of a message belong together, in which order, and which of them are the same."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from app.formats.markup import name_of

# How the members of a group stand to one another: mode="pgrmod:alt", any of which will do.
_ALTERNATIVES = "alt"


def in_order(packages: Sequence[Any], items: Sequence[Any], readable: Collection[int]) -> list[int]:
    """The numbers of the ``readable`` items (those with a text, or withdrawn) to take, in the order to take them.

    First those that the packages refer to (``residref``, with ``version`` where it says one), group by group from the
    root on; then the others as they stand. Of a group of alternatives the first readable one is taken and the others
    are left out. References to what is not in the message are passed over, and so is a group within itself.
    """
    taken: dict[int, None] = {}
    left_out: set[int] = set()
    for package in packages:
        for chosen, others in _members(package, items, readable):
            taken.update(dict.fromkeys(chosen))
            left_out.update(others)
    # What one package leaves out another may take.
    left_out -= set(taken)
    rest = (number for number in range(len(items)) if number in readable and number not in left_out)
    return list(dict.fromkeys((*taken, *rest)))


def found(element: Any, *path: str) -> list[Any]:
    """The elements at a path of child names, in any namespace: senders mix the standard's and their own."""
    elements = [element]
    for name in path:
        elements = [child for each in elements for child in each if name_of(child) == name]
    return elements


def _members(package: Any, items: Sequence[Any], readable: Collection[int]) -> Iterator[tuple[list[int], list[int]]]:
    """For each group that the root leads to, the items to take and those to leave for them."""
    sets = found(package, "groupSet")
    groups = {group.get("id"): group for group in found(package, "groupSet", "group")}
    root = sets[0].get("root") if sets else None
    waiting = [groups[root]] if root in groups else list(groups.values())
    seen: set[Any] = set()
    while waiting:
        group = waiting.pop(0)
        if group in seen:
            continue
        seen.add(group)
        members = [number for number in _referred(group, items) if number in readable]
        if _mode(group) == _ALTERNATIVES:
            yield members[:1], members[1:]
        else:
            yield members, []
        inner = [groups.get(each.get("idref")) for each in found(group, "groupRef")]
        waiting[:0] = [each for each in inner if each is not None]


def _referred(group: Any, items: Sequence[Any]) -> Iterator[int]:
    for reference in found(group, "itemRef"):
        guid, version = reference.get("residref"), reference.get("version")
        for number, item in enumerate(items):
            if item.get("guid") == guid and version in (None, item.get("version")):
                yield number


def _mode(group: Any) -> str:
    return str(group.get("mode") or "").replace("/", ":").rpartition(":")[2].lower()
