"""Reading the YAML files of this package: fast, strict, with errors that name file and key."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from app.errors import LexiconError

FOLDER = Path(__file__).parent

Model = TypeVar("Model", bound=BaseModel)

# libyaml reads the same files ten times faster; PyYAML built without it still works.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(name: str) -> Any:
    """What the file holds; raises `LexiconError` where it is no YAML."""
    try:
        return yaml.load((FOLDER / name).read_text("utf-8"), Loader=_Loader)
    except yaml.YAMLError as error:
        raise LexiconError(f"app/asking/{name} is no YAML: {error}") from error


def checked(model: type[Model], data: Any, name: str, *place: str) -> Model:
    """``data``, found at ``place`` in the file, as ``model``; raises `LexiconError` naming the key that breaks it."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        fault = error.errors()[0]
        key = ".".join(str(part) for part in (*place, *fault["loc"]))
        raise LexiconError(f"app/asking/{name}: {key}: {fault['msg']}") from error
