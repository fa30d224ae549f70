"""Trained weights made ready to ship: half precision, and nothing that only training needs."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

_TRAINING_ONLY = (
    "optimizer_state_dict",
    "bert_optimizer_state_dict",
    "scheduler_state_dict",
    "bert_scheduler_state_dict",
)


def ship(trained: Path, shipped: Path) -> None:
    """Write the model file ``trained`` with 16-bit weights to ``shipped``; half the size, the same scores.

    Stanza reads such files as they are and computes in 32 bits.
    """
    torch: Any = importlib.import_module("torch")
    model = torch.load(trained, map_location="cpu", weights_only=True)
    kept = {key: value for key, value in model.items() if key not in _TRAINING_ONLY}
    shipped.parent.mkdir(parents=True, exist_ok=True)
    torch.save(_halved(kept, torch), shipped)


def _halved(value: Any, torch: Any) -> Any:
    if isinstance(value, torch.Tensor):
        return value.half() if value.is_floating_point() else value
    if isinstance(value, dict):
        # The mapping's own type is kept: state dicts are ordered, and carry metadata as an attribute.
        halved: Any = type(value)((key, _halved(item, torch)) for key, item in value.items())
        if hasattr(value, "_metadata"):
            halved._metadata = value._metadata
        return halved
    if isinstance(value, list | tuple):
        return type(value)(_halved(item, torch) for item in value)
    return value
