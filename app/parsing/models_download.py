"""Fetches a package of Stanza's published models into a resources directory that ``StanzaParser`` loads.

Written here rather than left to ``stanza.download``, so that no torch is imported for it, only the processors we use
are fetched, progress can be shown, and nothing half-written is left behind.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import re
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.errors import ModelError

RESOURCES_VERSION = "1.15.0"
"""Version of the model collection that the pinned Stanza release reads (``stanza._version.__resources_version__``)."""

DEFAULT_RESOURCES_URL = "https://raw.githubusercontent.com/stanfordnlp/stanza-resources/main"
"""Where Stanza publishes the list of its models."""

Progress = Callable[[str, int, int | None], None]
"""Told of every piece that arrives: the file's name, bytes so far, bytes in all (``None``: the server does not say)."""

_PROCESSORS = ("tokenize", "mwt", "pos", "lemma", "depparse", "ner")
_PLAIN_NAME = re.compile(r"\w[\w.+-]*")
_CHUNK = 1 << 17
_TIMEOUT = 60.0
"""Seconds a server may stay silent."""


def download(
    language: str,
    package: str,
    model_dir: Path | str,
    resources_url: str = DEFAULT_RESOURCES_URL,
    progress: Progress | None = None,
) -> list[Path]:
    """Fetch the models of ``package`` for ``language`` with all that they depend on; returns their files.

    Files that are there already, with the right checksum, are not fetched again. ``model_dir`` gets its
    ``resources.json`` last, so that an interrupted download leaves nothing that could be loaded by mistake.

    Raises ``ModelError``: no connection, a language or package that does not exist, a file that is not what was
    announced, a directory that cannot be written.
    """
    directory = Path(model_dir)
    report = progress or (lambda name, done, total: None)
    index = _fetched(f"{resources_url.rstrip('/')}/resources_{RESOURCES_VERSION}.json", "resources.json", report)
    try:
        resources = json.loads(index)
    except ValueError as error:
        raise ModelError(f"the list of models at {resources_url} is no JSON: {error}") from error
    wanted = _wanted(resources, language, package)
    files = []
    for processor, name in wanted:
        entry = resources[language].get(processor, {}).get(name)
        if not isinstance(entry, dict) or "md5" not in entry:
            raise ModelError(f"the list of models at {resources_url} lacks {language} {processor} {name}")
        filename = f"{processor}/{name}.pt"
        path = directory / language / filename
        if not (path.is_file() and _md5(path.read_bytes()) == entry["md5"]):
            url = str(resources.get("url", "")).format(
                resources_version=RESOURCES_VERSION, lang=language, filename=filename
            )
            data = _fetched(url, filename, report)
            if _md5(data) not in (entry["md5"], entry.get("alternate_md5")):
                raise ModelError(f"{url} has another checksum than announced; try again later")
            _write(path, data)
        files.append(path)
    _write(directory / "resources.json", index)
    return files


def _wanted(resources: Any, language: str, package: str) -> list[tuple[str, str]]:
    """The models of the package and what they depend on, as (processor, name), each once."""
    known = resources.get(language) if isinstance(resources, dict) else None
    if not isinstance(known, dict) or "packages" not in known:
        raise ModelError(f"Stanza has no models for language {language!r}")
    if package not in known["packages"]:
        names = ", ".join(sorted(known["packages"]))
        raise ModelError(f"Stanza has no package {package!r} for language {language!r}; there are: {names}")
    chosen = known["packages"][package]
    wanted = [(processor, str(chosen[processor])) for processor in _PROCESSORS if processor in chosen]
    for processor, name in tuple(wanted):
        needed = known.get(processor, {}).get(name, {}).get("dependencies", ())
        wanted += [(str(model["model"]), str(model["package"])) for model in needed]
    for part in (part for model in wanted for part in model):
        if not _PLAIN_NAME.fullmatch(part):
            raise ModelError(f"the list of models names {part!r}, which cannot be a file")
    return list(dict.fromkeys(wanted))


def _fetched(url: str, name: str, report: Progress) -> bytes:
    if urllib.parse.urlsplit(url).scheme not in ("http", "https"):
        raise ModelError(f"{url!r} is no http address")
    try:
        with urllib.request.urlopen(url, timeout=_TIMEOUT) as response:
            length = response.headers.get("Content-Length")
            total = int(length) if length and length.isdigit() else None
            data = bytearray()
            while piece := response.read(_CHUNK):
                data += piece
                report(name, len(data), total)
    except urllib.error.HTTPError as error:
        error.close()
        raise ModelError(f"{url} answers {error.code} {error.reason}") from error
    except (OSError, http.client.HTTPException) as error:
        raise ModelError(f"{url} cannot be fetched: {error}") from error
    if total is not None and len(data) < total:
        raise ModelError(f"{url} broke off after {len(data)} of {total} bytes")
    return bytes(data)


def _write(path: Path, data: bytes) -> None:
    """Write the whole file or nothing: beside it first, then renamed."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".download-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(beside).replace(path)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ModelError(f"{path} cannot be written: {error.strerror}") from error


def _md5(data: bytes) -> str:
    return hashlib.md5(data, usedforsecurity=False).hexdigest()
