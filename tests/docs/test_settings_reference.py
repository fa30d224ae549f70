"""docs/settings.md and the settings say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.settings import PREFIX, Settings

ROOT = Path(__file__).parents[2]
ROWS = {
    name: (default, description)
    for name, default, description in re.findall(
        r"^\| `(\w+)` \| ([^|]*) \| ([^|]*) \|$", (ROOT / "docs" / "settings.md").read_text("utf-8"), re.M
    )
}


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_documented_with_its_default(name: str) -> None:
    field = Settings.model_fields[name]
    default, description = ROWS[f"{PREFIX}{name.upper()}"]
    assert description == field.description
    if field.default_factory is None:
        assert default == ("not set" if field.default is None else f"`{field.default}`")


def test_nothing_is_documented_that_is_no_setting() -> None:
    assert set(ROWS) == {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}


def test_every_setting_is_read_somewhere() -> None:
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "app").rglob("*.py") if path.name != "settings.py")
    unread = [name for name in Settings.model_fields if not re.search(rf"settings\.{name}\b", code)]
    assert unread == []


@pytest.mark.parametrize("name", ["Dockerfile", "docker-compose.yml", ".env.example", "Makefile", "README.md"])
def test_only_real_settings_are_named(name: str) -> None:
    named = set(re.findall(rf"{PREFIX}[A-Z_]+", (ROOT / name).read_text("utf-8")))
    assert named - {f"{PREFIX}{field.upper()}" for field in Settings.model_fields} == set()
