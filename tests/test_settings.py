"""Settings: defaults, the environment, and errors that name the variable."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from app.errors import SettingsError
from app.settings import LogFormat, Settings, load_settings, unknown_variables


def test_without_variables_the_defaults_hold() -> None:
    settings = load_settings()
    assert (settings.database_url, settings.host, settings.port) == ("sqlite:///./sagesman.db", "127.0.0.1", 8000)
    assert settings.stanza_package is None


def test_variables_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAGESMAN_PORT", "9000")
    monkeypatch.setenv("SAGESMAN_LOG_FORMAT", "json")
    settings = load_settings()
    assert (settings.port, settings.log_format) == (9000, LogFormat.JSON)


def test_an_empty_variable_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAGESMAN_STANZA_PACKAGE", "")
    assert load_settings().stanza_package is None


def test_lists_are_words_between_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAGESMAN_CORS_ORIGINS", "https://CMS.example.org/, http://localhost:3000")
    monkeypatch.setenv("SAGESMAN_ALLOWED_HOSTS", "*")
    settings = load_settings()
    assert settings.cors_origins == ("https://cms.example.org", "http://localhost:3000")
    assert settings.allowed_hosts == ("*",)


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("SAGESMAN_PORT", "eighty", "'eighty'"),
        ("SAGESMAN_PORT", "70000", "65535"),
        ("SAGESMAN_LOG_LEVEL", "loud", "'debug', 'info', 'warning' or 'error'"),
        ("SAGESMAN_BATCH_SIZE", "0", "greater than or equal to 1"),
        ("SAGESMAN_DATABASE_URL", "mysql://host/name", "sqlite:/// or postgresql://"),
        ("SAGESMAN_REQUIRE_KEYS", "sometimes", "'auto', 'never' or 'always'"),
        ("SAGESMAN_CORS_ORIGINS", "https://a.example, b.example", "'b.example' is no origin"),
        ("SAGESMAN_CORS_ORIGINS", "https://a.example/path", "no origin"),
        ("SAGESMAN_RATE_LIMIT_READ", "-1", "greater than or equal to 0"),
        ("SAGESMAN_DATABASE_URL", "news.db", "sqlite:/// or postgresql://"),
    ],
)
def test_an_error_names_the_variable(monkeypatch: pytest.MonkeyPatch, variable: str, value: str, told: str) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert str(caught.value).startswith(f"{variable}: ")
    assert told in str(caught.value)


def test_all_wrong_variables_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAGESMAN_PORT", "x")
    monkeypatch.setenv("SAGESMAN_BATCH_SIZE", "x")
    with pytest.raises(SettingsError, match=r"SAGESMAN_PORT.*SAGESMAN_BATCH_SIZE"):
        load_settings()


def test_a_password_in_a_wrong_url_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAGESMAN_DATABASE_URL", "mysql://user:hemligt@host/name")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert "hemligt" not in str(caught.value)


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Settings().port = 1


def test_a_misspelt_variable_is_noticed() -> None:
    found = unknown_variables(["SAGESMAN_PROT", "SAGESMAN_PORT", "HOME", "SAGESMAN_QQQQ"])
    assert found == ["SAGESMAN_PROT is no setting; did you mean SAGESMAN_PORT?", "SAGESMAN_QQQQ is no setting"]
