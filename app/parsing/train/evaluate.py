"""Universal Dependencies scores of a directory of models on a gold treebank, from raw text.

``python -m app.parsing.train.evaluate GOLD.conllu [--models DIRECTORY]`` prints the table of the CoNLL 2018 shared
task for what ``StanzaParser`` makes of the treebank's text, its repairs included.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from app.errors import ModelError, SagesmanError
from app.parsing.conllu import to_conllu
from app.parsing.stanza_parser import StanzaParser
from app.parsing.train.treebank import Tree, read_treebank, write_treebank


def raw_text(trees: Sequence[Tree]) -> str:
    """The text of a treebank: a line for each paragraph."""
    text = ""
    for tree in trees:
        text += (("\n" if tree.opens_paragraph else " ") if text else "") + tree.text
    return text


def evaluate(gold: Path, parser: StanzaParser) -> str:
    """The table of scores of ``parser`` on ``gold``. Raises ``InputError``, ``ModelError``."""
    # Comes with Stanza; imported here, because it loads a good deal that no other part of the package needs.
    from udtools import udeval  # type: ignore[import-untyped]

    trees = read_treebank(gold)
    (parsed,) = parser.parse_many([raw_text(trees)])
    with tempfile.TemporaryDirectory() as folder:
        expected, found = Path(folder, "gold.conllu"), Path(folder, "found.conllu")
        write_treebank(expected, trees)
        found.write_text(to_conllu(parsed), "utf-8")
        try:
            with expected.open(encoding="utf-8") as wanted, found.open(encoding="utf-8") as given:
                scores = udeval.evaluate(
                    udeval.load_conllu(wanted, str(gold), {}), udeval.load_conllu(given, "the analysis", {})
                )
        except udeval.UDError as error:
            raise ModelError(f"{gold} and the analysis of its text cannot be compared: {error}") from error
    return str(udeval.build_evaluation_table(scores)) + "\n"


def main() -> None:
    """The command line."""
    options = argparse.ArgumentParser(prog="python -m app.parsing.train.evaluate", description=evaluate.__doc__)
    options.add_argument("gold", type=Path, help="gold treebank, CoNLL-U")
    options.add_argument("--models", type=Path, help="Stanza resources directory (default: the bundled models)")
    options.add_argument("--package", default="default", help="package in --models (default: default)")
    options.add_argument("--language", default="sv")
    options.add_argument("--threads", type=int, default=1)
    given = options.parse_args()
    package = given.package if given.models else None
    try:
        print(evaluate(given.gold, StanzaParser(given.language, package, given.models, given.threads)), end="")
    except (SagesmanError, OSError) as error:
        sys.exit(f"error: {error}")


if __name__ == "__main__":
    main()
