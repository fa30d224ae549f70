"""Strict reading of the commented YAML data: every scalar is text, every key is known, every error names its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from importlib.resources import files
from typing import TYPE_CHECKING, TypeVar

import yaml

from app.errors import LexiconError, UnsupportedLanguage

if TYPE_CHECKING:
    from yaml import BaseLoader as _FastLoader
else:
    # libyaml reads the same data ten times faster; PyYAML built without it still works.
    _FastLoader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

Choice = TypeVar("Choice", bound=StrEnum)


class _TextLoader(_FastLoader):
    """Reads scalars as text, so that Norway's code ``NO`` is no boolean, and refuses a key that stands twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        """The mapping of ``node``; raises ``LexiconError`` for a repeated key."""
        seen: set[str] = set()
        for key_node, _ in node.value:
            if key_node.value in seen:
                raise LexiconError(f"line {key_node.start_mark.line + 1}: key {key_node.value!r} stands twice")
            seen.add(key_node.value)
        mapping: dict[object, object] = super().construct_mapping(node, deep=True)
        return mapping


class Entry:
    """One mapping of a data file, read key by key; ``done`` refuses keys nobody asked for."""

    def __init__(self, where: str, data: object) -> None:
        if not isinstance(data, Mapping):
            raise LexiconError(f"{where}: expected a mapping, found {_shape(data)}")
        self.where = where
        self._data: Mapping[str, object] = data
        self._read: set[str] = set()

    def fail(self, key: str, problem: str) -> LexiconError:
        """The error to raise about ``key`` of this entry."""
        return LexiconError(f"{self.where}: {key}: {problem}")

    def keys(self) -> tuple[str, ...]:
        """All keys of the entry, in file order; so does iterating over it."""
        return tuple(self._data)

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def __contains__(self, key: object) -> bool:
        return key in self._data

    def _get(self, key: str) -> object:
        self._read.add(key)
        return self._data.get(key)

    def text(self, key: str, *, empty: bool = False) -> str:
        """The text under ``key``, which must be there; ``empty`` allows the empty text."""
        if empty and self._get(key) == "":
            return ""
        value = self.optional(key)
        if value is None:
            raise self.fail(key, "is missing")
        return value

    def optional(self, key: str) -> str | None:
        """The text under ``key``, or ``None`` where the key is absent."""
        value = self._get(key)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            raise self.fail(key, f"expected text, found {_shape(value)}")
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """The list of texts under ``key``, empty where the key is absent; no text may stand twice."""
        value = self._get(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise self.fail(key, f"expected a list, found {_shape(value)}")
        words: list[str] = []
        for item in value:
            if not isinstance(item, str) or not item.strip():
                raise self.fail(key, f"expected text in the list, found {_shape(item)}")
            if item in words:
                raise self.fail(key, f"{item!r} stands twice")
            words.append(item)
        return tuple(words)

    def flag(self, key: str) -> bool:
        """``true`` or ``false`` under ``key``; false where the key is absent."""
        value = self._get(key)
        if value is None or value == "false":
            return False
        if value == "true":
            return True
        raise self.fail(key, f"expected true or false, found {value!r}")

    def choice(self, key: str, enum: type[Choice], default: Choice | None = None) -> Choice:
        """The member of ``enum`` under ``key``; without ``default`` the key must be there."""
        value = self.optional(key)
        if value is None:
            if default is None:
                raise self.fail(key, "is missing")
            return default
        try:
            return enum(value)
        except ValueError:
            raise self.fail(key, f"{value!r} is none of {', '.join(enum)}") from None

    def entry(self, key: str) -> Entry:
        """The mapping under ``key``, which must be there."""
        value = self._get(key)
        if value is None:
            raise self.fail(key, "is missing")
        return Entry(f"{self.where}: {key}", value)

    def children(self, key: str) -> Iterator[tuple[str, Entry]]:
        """The mappings under ``key`` with their names: those of a mapping, or of a list (named 1, 2 …)."""
        value = self._get(key)
        if value is None:
            return
        pairs: list[tuple[str, object]]
        if isinstance(value, Mapping):
            pairs = [(str(name), child) for name, child in value.items()]
        elif isinstance(value, list):
            pairs = [(str(number), child) for number, child in enumerate(value, start=1)]
        else:
            raise self.fail(key, f"expected entries, found {_shape(value)}")
        for name, child in pairs:
            yield name, Entry(f"{self.where}: {key}[{name}]", child)

    def done(self) -> None:
        """Raise ``LexiconError`` when the entry holds a key that was never asked for."""
        unknown = [key for key in self._data if key not in self._read]
        if unknown:
            raise self.fail(unknown[0], "is no key of this kind of entry")


def read_file(language: str, name: str) -> Entry:
    """The data file ``name`` of ``language`` as one entry.

    Raises ``UnsupportedLanguage`` for a language without data, ``LexiconError`` for a file that is missing or no YAML.
    """
    where = f"{language}/{name}"
    folder = files("app.lexicon") / language
    if not re.fullmatch(r"[a-z]{2,3}", language) or not folder.is_dir():
        raise UnsupportedLanguage(f"there is no lexicon for the language {language!r}")
    try:
        text = (folder / name).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise LexiconError(f"{where}: the file is missing") from None
    return parse_entry(where, text)


def parse_entry(where: str, text: str) -> Entry:
    """The YAML ``text`` as one entry that calls itself ``where`` in errors; raises ``LexiconError``."""
    try:
        return Entry(where, yaml.load(text, Loader=_TextLoader))
    except yaml.YAMLError as error:
        raise LexiconError(f"{where}: no valid YAML: {error}") from error
    except LexiconError as error:
        message = str(error)
        raise LexiconError(message if message.startswith(where) else f"{where}: {message}") from None


def _shape(value: object) -> str:
    if value is None or value == "":
        return "nothing"
    if isinstance(value, str):
        return repr(value)
    return "a list" if isinstance(value, list) else "a mapping"
