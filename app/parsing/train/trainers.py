"""Stanza's trainers, with the settings that the bundled models were trained with.

All models are small on purpose: no word vectors and no character language model, so that all of them together stay
under 25 MB and parse some 1,500 words a second on one thread.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from app.errors import ModelError

_TAIL_LINES = 15


class Run(Protocol):
    """Runs one of Stanza's trainers, ``stanza.models.<name>``, with its arguments, and writes what it says to a log."""

    def __call__(self, name: str, arguments: Sequence[str], log: Path) -> None:
        """Raises ``ModelError`` where the trainer fails."""
        ...


def run_apart(name: str, arguments: Sequence[str], log: Path) -> None:
    """Run the trainer as a process of its own, on one thread: several side by side use the cores better."""
    command = [sys.executable, "-m", f"stanza.models.{name}", *arguments]
    with log.open("w", encoding="utf-8") as output:
        done = subprocess.run(
            command, stdout=output, stderr=subprocess.STDOUT, env={**os.environ, "OMP_NUM_THREADS": "1"}, check=False
        )
    if done.returncode:
        tail = "\n".join(log.read_text("utf-8", errors="replace").splitlines()[-_TAIL_LINES:])
        raise ModelError(f"the {name} trainer failed with exit code {done.returncode}; {log} ends with:\n{tail}")


@dataclass(frozen=True, slots=True)
class Trainer:
    """One of Stanza's trainers: ``steps`` are options that count steps, scaled down for a trial run."""

    name: str
    options: dict[str, str] = field(default_factory=dict)
    steps: dict[str, int] = field(default_factory=dict)
    flags: tuple[str, ...] = ()

    def arguments(self, scale: float = 1.0) -> list[str]:
        """The command-line arguments; ``scale`` 1 is the full training, 0.01 a hundredth of its steps."""
        arguments = ["--mode", "train", "--cpu", *self.flags]
        for option, value in self.options.items():
            arguments += [f"--{option}", value]
        for option, count in self.steps.items():
            arguments += [f"--{option}", str(max(1, round(count * scale)))]
        return arguments


TOKENIZER = Trainer(
    "tokenizer",
    {"max_seqlen": "200", "unit_dropout": "0.15", "feat_unit_dropout": "0.2"},
    {"steps": 9000, "eval_steps": 400, "max_steps_before_stop": 3500, "anneal_after": 1500},
)
"""Five minutes. The dropout of units teaches it characters that it never saw."""

TAGGER = Trainer(
    "tagger",
    {
        "word_emb_dim": "75",
        "word_cutoff": "2",
        "hidden_dim": "160",
        "char_hidden_dim": "128",
        "char_emb_dim": "64",
        "deep_biaff_hidden_dim": "160",
        "composite_deep_biaff_hidden_dim": "64",
        "dropout": "0.33",
        "word_dropout": "0.25",
        "beta2": "0.99",
        "batch_size": "20",
        "lr": "0.0015",
        "second_lr": "0.0004",
    },
    {"max_steps": 20000, "eval_interval": 500, "max_steps_before_stop": 4000},
    ("--no_pretrain", "--fix_eval_interval"),
)
"""Some two hours. Batches are counted in sentences; with 8,000 steps it was still getting better."""

PARSER = Trainer(
    "parser",
    {
        "word_emb_dim": "75",
        "word_cutoff": "2",
        "hidden_dim": "200",
        "char_hidden_dim": "120",
        "char_emb_dim": "64",
        "deep_biaff_hidden_dim": "100",
        "num_layers": "2",
        "tag_emb_dim": "40",
        "dropout": "0.33",
        "word_dropout": "0.25",
        "batch_size": "500",
        "optim": "adam",
        "lr": "0.0012",
        "beta2": "0.99",
        "weight_decay": "0",
        "second_lr": "0.0004",
    },
    {"max_steps": 16000, "eval_interval": 400, "max_steps_before_stop": 4000, "second_optim_start_step": 9000},
    ("--no_pretrain", "--no_checkpoint"),
)
"""Some two hours. Batches are counted in words; with 7,000 steps it was still getting better."""

LEMMATIZER = Trainer(
    "lemmatizer",
    {"hidden_dim": "100", "emb_dim": "50", "lr": "0.002", "batch_size": "64"},
    {"num_epoch": 12},
)

ENTITY_TAGGER = Trainer(
    "ner_tagger",
    {
        "word_emb_dim": "50",
        "hidden_dim": "128",
        "char_hidden_dim": "80",
        "char_emb_dim": "48",
        "optim": "adam",
        "lr": "0.0015",
        "min_lr": "0.0001",
        "lr_decay": "0.5",
        "patience": "2",
        "dropout": "0.5",
        "word_dropout": "0.25",
        "batch_size": "32",
    },
    {"max_steps": 5000, "eval_interval": 300},
    ("--no_pretrain",),
)
