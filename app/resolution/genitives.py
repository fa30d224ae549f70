"""Names in the genitive: what they are called without it, "Bakus" → "Baku", and which only end like one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.lexicon.transliteration import genitive_base

if TYPE_CHECKING:
    from app.parsing.tree import Node, Tree


def without_genitive(printed: str, text: str, *, plain: bool = False) -> str:
    """The name without its genitive ending: of the readings possible, the first that the text prints elsewhere too.

    ``plain`` says that the text has the printed form as no genitive as well: "Vera *Lindroos*".
    """
    candidates = genitive_base(printed)
    for candidate in candidates:
        if any(f"{candidate}{after}" in text for after in (" ", ",", ".", ")", ":")) and candidate != printed:
            return candidate
    return candidates[0] if candidates and not plain else printed


def is_plain_surname(tree: Tree, node: Node) -> bool:
    """Whether a surname in -s stands there without owning anything: "Vera *Lindroos* beskyller"."""
    after = tree.right(node)
    plain = node.rel == "flat" and node.feat("Case") == "Nom" and "PER" in node.word.ner
    return plain and after is not None and after.feat("VerbForm") == "Fin"
