"""The ``resources.json`` of a directory of Stanza models, made from the files that lie there.

``python -m app.parsing.train.resources [DIRECTORY]`` rewrites it after a model was replaced; without a directory it is
that of the bundled models.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path
from typing import Any

from app.errors import ModelError
from app.parsing.stanza_parser import BUNDLED_MODELS

PROCESSORS = ("tokenize", "mwt", "pos", "lemma", "depparse", "ner")
_LANGUAGES = {"sv": "Swedish", "nb": "Norwegian_Bokmaal", "nn": "Norwegian_Nynorsk", "da": "Danish", "fi": "Finnish"}


def checksums(directory: Path) -> str:
    """The text of ``resources.json`` for the models ``<language>/<processor>/<package>.pt`` in ``directory``.

    One model a processor: it becomes the default. Raises ``ModelError`` where there are several, or none at all.
    """
    resources: dict[str, Any] = {}
    for folder in sorted(path for path in directory.iterdir() if path.is_dir()):
        chosen: dict[str, str] = {}
        entries: dict[str, Any] = {}
        for processor in PROCESSORS:
            models = sorted((folder / processor).glob("*.pt"))
            if len(models) > 1:
                names = ", ".join(model.name for model in models)
                raise ModelError(f"{folder / processor} holds several models: {names}")
            for model in models:
                digest = hashlib.md5(model.read_bytes(), usedforsecurity=False).hexdigest()
                chosen[processor] = model.stem
                entries[processor] = {model.stem: {"md5": digest}}
        if chosen:
            resources[folder.name] = {
                "lang_name": _LANGUAGES.get(folder.name, folder.name),
                "packages": {"default": chosen},
                **entries,
                "default_processors": chosen,
                "default_dependencies": {},
            }
    if not resources:
        raise ModelError(f"no models of the form <language>/<processor>/<package>.pt in {directory}")
    return json.dumps({**resources, "url": ""}, indent=1) + "\n"


def main() -> None:
    """The command line."""
    options = argparse.ArgumentParser(prog="python -m app.parsing.train.resources", description=checksums.__doc__)
    options.add_argument("directory", nargs="?", type=Path, default=BUNDLED_MODELS)
    directory = options.parse_args().directory
    (directory / "resources.json").write_text(checksums(directory), "utf-8")


if __name__ == "__main__":
    main()
