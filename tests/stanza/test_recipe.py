"""The whole training recipe on a handful of sentences: what comes out is a directory that the parser loads."""

from __future__ import annotations

import importlib
import io
import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from app.errors import InputError, ModelError
from app.parsing.stanza_parser import StanzaParser
from app.parsing.train.evaluate import evaluate
from app.parsing.train.recipe import Amounts, Ingredients, Kitchen
from app.parsing.train.trainers import run_apart

pytestmark = pytest.mark.xdist_group("stanza")

DATA = Path(__file__).parents[1] / "parsing"
SAMPLE = DATA / "sample.conllu"


def run_here(name: str, arguments: Sequence[str], log: Path) -> None:
    """Run a trainer in this process: the recipe starts ten, and each would load torch again."""
    # With more threads than idle cores a training of seconds takes minutes.
    importlib.import_module("torch").set_num_threads(1)
    with redirect_stdout(io.StringIO()), warnings.catch_warnings():
        # The scorer that Stanza's trainers call leaves the files it reads to the garbage collector.
        warnings.simplefilter("ignore", ResourceWarning)
        importlib.import_module(f"stanza.models.{name}").main(list(arguments))


@pytest.fixture
def quiet_stanza() -> Iterator[None]:
    logger = logging.getLogger("stanza")
    level = logger.level
    logger.setLevel(logging.ERROR)
    yield
    logger.setLevel(level)


@pytest.mark.usefixtures("quiet_stanza")
def test_the_recipe_makes_models_that_the_parser_loads(tmp_path: Path) -> None:
    ingredients = Ingredients([SAMPLE], SAMPLE, DATA / "sample_entities.txt")
    out = tmp_path / "models"
    Kitchen(ingredients, Amounts(reports=10, scale=0.0005), tmp_path / "work", out, run=run_here).cook()

    parser = StanzaParser(package="default", model_dir=out)
    (parsed,) = parser.parse_many(["Baku förnekade anklagelsen."])
    assert "".join(word.text for word in parsed.sentences[0].words).startswith("Baku")
    table = evaluate(SAMPLE, parser)
    assert table.splitlines()[0].split() == [
        "Metric",
        "|",
        "Precision",
        "|",
        "Recall",
        "|",
        "F1",
        "Score",
        "|",
        "AligndAcc",
    ]
    assert "LAS" in table
    held_out = (tmp_path / "work/depparse-train.conllu").read_text("utf-8")
    assert held_out.count("# text") > 30
    weights = sum(path.stat().st_size for path in out.rglob("*.pt"))
    trained = sum((tmp_path / "work" / f"{name}.pt").stat().st_size for name in ("pos", "depparse", "ner"))
    assert weights < trained


def test_too_little_to_learn_from(tmp_path: Path) -> None:
    few = tmp_path / "few.conllu"
    few.write_text("\n\n".join(SAMPLE.read_text("utf-8").split("\n\n")[:3]) + "\n\n", "utf-8")
    with pytest.raises(InputError, match="the training treebank has 3 sentences"):
        Kitchen(Ingredients([few], SAMPLE), Amounts(), tmp_path / "work", tmp_path / "out", run=run_here).cook()


def test_a_trainer_that_fails_says_where_to_look(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"the tokenizer trainer failed with exit code 2; .*t\.log ends with"):
        run_apart("tokenizer", ["--no_such_option"], tmp_path / "t.log")
    assert "no_such_option" in (tmp_path / "t.log").read_text()
