"""The recipe: from treebank files to a directory of models."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from app.errors import InputError
from app.parsing.train import trainers
from app.parsing.train.augment import reported, restyled_quotes, swapped_names
from app.parsing.train.dictionary import dictionary_trees
from app.parsing.train.entity_data import read_entities, swapped_entities, write_entities
from app.parsing.train.resources import checksums
from app.parsing.train.trainers import Run, Trainer
from app.parsing.train.treebank import Tree, read_treebank, write_tokenizer_files, write_treebank
from app.parsing.train.weights import ship

_SEED = 20240917
_ENTITY_DEV_SHARE = 10
"""Every tenth sentence of the entity data is kept for choosing the best model."""

_MIN_SENTENCES = 10


@dataclass(frozen=True, slots=True)
class Ingredients:
    """What goes in: CoNLL-U files to train on and to choose the best model by, entity data, a dictionary."""

    train: Sequence[Path]
    dev: Path
    entities: Path | None = None
    dictionary: Path | None = None


@dataclass(frozen=True, slots=True)
class Amounts:
    """How much: folds of the jackknife, synthetic reports, share of the full training's steps, trainings at a time."""

    folds: int = 2
    reports: int = 500
    scale: float = 1.0
    jobs: int = 1


class Kitchen:
    """One training: reads ``ingredients``, works in ``workdir``, leaves models for ``language`` in ``outdir``.

    ``package`` names the treebank; the model files are ``<outdir>/<language>/<processor>/<name>.pt`` beside a
    ``resources.json``. ``run`` runs a trainer. The same ingredients give the same training data every time.
    """

    def __init__(
        self,
        ingredients: Ingredients,
        amounts: Amounts,
        workdir: Path,
        outdir: Path,
        language: str = "sv",
        package: str = "talbanken",
        run: Run = trainers.run_apart,
    ) -> None:
        self._ingredients = ingredients
        self._amounts = amounts
        self._work = workdir
        self._out = outdir
        self._language = language
        self._package = package
        self._run = run

    def cook(self) -> None:
        """Train everything. Raises ``InputError`` for unusable data, ``ModelError`` for a failed training."""
        self._work.mkdir(parents=True, exist_ok=True)
        train = [tree for path in self._ingredients.train for tree in read_treebank(path)]
        dev = read_treebank(self._ingredients.dev)
        for name, trees in (("training", train), ("development", dev)):
            if len(trees) < _MIN_SENTENCES:
                raise InputError(
                    f"the {name} treebank has {len(trees)} sentences, at least {_MIN_SENTENCES} are needed"
                )
        entities = read_entities(self._ingredients.entities) if self._ingredients.entities else None
        words = dictionary_trees(self._ingredients.dictionary, train) if self._ingredients.dictionary else []

        parts = self._parts(train)
        augmented = [tree for part in parts for tree in part]
        tasks: list[Callable[[], None]] = [
            partial(self._tokenizer, train, dev),
            partial(self._lemmatizer, [*train, *words], dev),
            partial(self._tagger, "pos", augmented, dev),
        ]
        for number in range(len(parts)):
            others = [tree for i, part in enumerate(parts) if i != number for tree in part]
            tasks.append(partial(self._tagger, f"fold{number}", others, dev))
        if entities is not None:
            tasks.append(partial(self._entity_tagger, entities))
        self._together(tasks)

        tagged = [tree for number, part in enumerate(parts) for tree in self._tagged(f"fold{number}", part)]
        self._parser(tagged, self._tagged("pos", dev))
        (self._out / "resources.json").write_text(checksums(self._out), "utf-8")

    def _together(self, tasks: Sequence[Callable[[], None]]) -> None:
        with ThreadPoolExecutor(self._amounts.jobs) as pool:
            for done in [pool.submit(task) for task in tasks]:
                done.result()

    def _parts(self, trees: Sequence[Tree]) -> list[list[Tree]]:
        """The treebank in as many parts as the jackknife has folds, each with changed copies of its own trees.

        So no tagger meets, in whatever disguise, a tree that it has learned from.
        """
        rng = random.Random(_SEED)
        parts = []
        for number in range(self._amounts.folds):
            part = trees[number :: self._amounts.folds]
            copies = [*swapped_names(part, rng), *restyled_quotes(part, rng)]
            parts.append([*part, *copies, *reported(part, self._amounts.reports // self._amounts.folds, rng)])
        return parts

    def _tokenizer(self, train: Sequence[Tree], dev: Sequence[Tree]) -> None:
        styled = list(restyled_quotes(train, random.Random(_SEED)))
        write_tokenizer_files(self._work / "tokenize-train", [*train, *styled])
        write_tokenizer_files(self._work / "tokenize-dev", dev)
        files = {
            "txt_file": "tokenize-train.txt",
            "label_file": "tokenize-train.toklabels",
            "mwt_json_file": "tokenize-train.mwt.json",
            "dev_txt_file": "tokenize-dev.txt",
            "dev_label_file": "tokenize-dev.toklabels",
            "dev_conll_gold": "tokenize-dev.conllu",
            "conll_file": "tokenize-out.conllu",
        }
        self._train(trainers.TOKENIZER, "tokenize", files, self._shipped("tokenize", self._package))

    def _lemmatizer(self, train: Sequence[Tree], dev: Sequence[Tree]) -> None:
        files = self._files("lemma", train, dev)
        self._train(trainers.LEMMATIZER, "lemma", files, self._shipped("lemma"))

    def _tagger(self, name: str, train: Sequence[Tree], dev: Sequence[Tree]) -> None:
        files = self._files(name, train, dev)
        self._train(trainers.TAGGER, name, files, self._shipped("pos") if name == "pos" else None)

    def _parser(self, train: Sequence[Tree], dev: Sequence[Tree]) -> None:
        files = self._files("depparse", train, dev)
        self._train(trainers.PARSER, "depparse", files, self._shipped("depparse"))

    def _entity_tagger(self, sentences: Sequence[list[tuple[str, str]]]) -> None:
        train = [sentence for i, sentence in enumerate(sentences) if i % _ENTITY_DEV_SHARE]
        write_entities(self._work / "ner-train.json", [*train, *swapped_entities(train, random.Random(_SEED))])
        write_entities(self._work / "ner-dev.json", sentences[::_ENTITY_DEV_SHARE])
        files = {"train_file": "ner-train.json", "eval_file": "ner-dev.json"}
        self._train(trainers.ENTITY_TAGGER, "ner", files, self._shipped("ner"))

    def _files(self, name: str, train: Sequence[Tree], dev: Sequence[Tree]) -> dict[str, str]:
        write_treebank(self._work / f"{name}-train.conllu", train)
        write_treebank(self._work / f"{name}-dev.conllu", dev)
        return {"train_file": f"{name}-train.conllu", "eval_file": f"{name}-dev.conllu"}

    def _shipped(self, processor: str, name: str | None = None) -> Path:
        return self._out / self._language / processor / f"{name or self._package + '_nocharlm'}.pt"

    def _train(self, trainer: Trainer, name: str, files: dict[str, str], shipped: Path | None) -> None:
        arguments = trainer.arguments(self._amounts.scale)
        for option, file in files.items():
            arguments += [f"--{option}", str(self._work / file)]
        self._run(trainer.name, [*arguments, *self._model(trainer.name, name)], self._work / f"{name}.log")
        if shipped is not None:
            ship(self._work / f"{name}.pt", shipped)

    def _model(self, trainer: str, name: str) -> list[str]:
        shorthand = ["--shorthand", f"{self._language}_{self._package}"]
        language = ["--lang", self._language] if trainer in ("tokenizer", "tagger", "parser") else []
        return [*language, *shorthand, "--save_dir", str(self._work), "--save_name", f"{name}.pt"]

    def _tagged(self, model: str, trees: Sequence[Tree]) -> list[Tree]:
        """The trees with the tags that a trained tagger gives them, as the parser will meet them in its work."""
        given, tagged = self._work / f"{model}-untagged.conllu", self._work / f"{model}-tagged.conllu"
        write_treebank(given, trees)
        arguments = ["--mode", "predict", "--cpu", "--no_pretrain", "--eval_file", str(given)]
        arguments += ["--output_file", str(tagged), *self._model("tagger", model)]
        self._run("tagger", arguments, self._work / f"{model}-tagged.log")
        return read_treebank(tagged)
