"""The command line: ``python -m app.parsing.train --train T.conllu --dev D.conllu --ner N.txt --out models``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from app.errors import SagesmanError
from app.parsing.train.recipe import Amounts, Ingredients, Kitchen


def main() -> None:
    """Train a directory of models; ends with 1 and the reason where that cannot be done."""
    options = argparse.ArgumentParser(
        prog="python -m app.parsing.train", description="Train Stanza models; see README.md."
    )
    options.add_argument("--train", type=Path, nargs="+", required=True, help="CoNLL-U files to learn from")
    options.add_argument("--dev", type=Path, required=True, help="CoNLL-U file to choose the best model by")
    options.add_argument("--ner", type=Path, help="named-entity data: token<tab>label, empty line between sentences")
    options.add_argument("--dictionary", type=Path, help="form<tab>lemma, for the lemmatizer")
    options.add_argument("--out", type=Path, required=True, help="directory for the models")
    options.add_argument("--work", type=Path, help="directory for training data and logs (default: OUT/work)")
    options.add_argument("--language", default="sv")
    options.add_argument("--package", default="talbanken", help="name of the treebank, in the models' file names")
    options.add_argument("--folds", type=int, default=2, help="parts of the jackknife (default: 2)")
    options.add_argument("--reports", type=int, default=500, help="synthetic reporting clauses (default: 500)")
    options.add_argument("--scale", type=float, default=1.0, help="share of the full training's steps (default: 1)")
    options.add_argument("--jobs", type=int, default=1, help="trainings side by side, one thread each (default: 1)")
    given = options.parse_args()
    try:
        if given.folds < 2:
            options.error("--folds must be at least 2")
        Kitchen(
            Ingredients(given.train, given.dev, given.ner, given.dictionary),
            Amounts(given.folds, given.reports, given.scale, given.jobs),
            given.work or given.out / "work",
            given.out,
            given.language,
            given.package,
        ).cook()
    except (SagesmanError, OSError) as error:
        sys.exit(f"error: {error}")


if __name__ == "__main__":
    main()
