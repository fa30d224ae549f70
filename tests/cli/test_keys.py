"""sagesman keys, and a service that is not opened to a network by accident."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.cli.conftest import Sagesman
from tests.cli.test_process import sagesman as in_a_process
from tests.cli.test_service import Start, free_port, start, until

__all__ = ["start"]


def test_a_key_is_printed_once_and_listed_without_its_secret(sagesman: Sagesman) -> None:
    made = sagesman("keys", "create", "Nattdesken", "--scope", "write", "--expires", "30")
    key = made.out.strip()
    key_id = key[: len("sgm_000000000000")]
    assert made.code == 0
    assert key_id in made.err
    assert "scope write" in made.err
    assert key not in made.err
    listed = sagesman("keys", "list")
    assert (listed.code, listed.err) == (0, "")
    assert key_id in listed.out
    assert "Nattdesken" in listed.out
    assert key not in listed.out
    (known,) = json.loads(sagesman("keys", "list", "--json").out)
    assert (known["id"], known["scope"], known["standing"], known["last_used_at"]) == (key_id, "write", "valid", None)
    assert known["expires_at"] > known["created_at"]


def test_a_key_is_revoked_once_and_for_all(sagesman: Sagesman) -> None:
    key_id = sagesman("keys", "create", "desk").out[: len("sgm_000000000000")]
    assert sagesman("keys", "revoke", key_id).out == f"{key_id} (desk) is revoked\n"
    assert sagesman("keys", "revoke", key_id).out == f"{key_id} was revoked already\n"
    (known,) = json.loads(sagesman("keys", "list", "--json").out)
    assert (known["scope"], known["standing"]) == ("read", "revoked")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("create", "desk", "--scope", "all"), "'all'"),
        (("create", ""), "name"),
        (("create", "local"), "signs with"),
        (("create", "desk", "--expires", "0"), "--expires"),
        (("revoke", "sgm_000000000000"), "sgm_000000000000"),
        (("list",), "there is no database"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(words: tuple[str, ...], says: str, sagesman: Sagesman) -> None:
    if words[0] == "revoke":
        sagesman("db", "upgrade")
    result = sagesman("keys", *words)
    assert result.code in (1, 2)
    assert result.out == ""
    assert says in result.err
    assert result.err.count("\n") == 1


@pytest.mark.parametrize("words", [("--host", "0.0.0.0"), ("--host", "::"), ("--host", "127.0.0.1")])
def test_a_service_that_takes_keys_does_not_start_without_any(words: tuple[str, ...], tmp_path: Path) -> None:
    policy = "always" if "127.0.0.1" in words else "auto"
    result = in_a_process(tmp_path, "serve", "--no-worker", *words, SAGESMAN_REQUIRE_KEYS=policy)
    assert result.returncode == 2
    assert result.stderr.startswith(f"sagesman: serving on {words[1]} takes keys, and there are none")
    assert "sagesman keys create" in result.stderr
    assert "--open" in result.stderr
    assert result.stderr.count("\n") == 1


def status(port: int, path: str, key: str = "") -> int:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"X-API-Key": key} if key else {})
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code


@pytest.fixture
def key(tmp_path: Path) -> str:
    return in_a_process(tmp_path, "keys", "create", "desk").stdout.strip()


def test_with_a_key_it_starts_and_asks_for_it(tmp_path: Path, key: str, start: Start) -> None:
    port = free_port()
    start("serve", "--host", "0.0.0.0", "--port", str(port), "--no-worker")
    until(lambda: status(port, "/healthz") == 200, 20)
    assert status(port, "/v1/claims") == 401
    assert status(port, "/v1/claims", key) == 200
    # Revoked by another process, it is out at once.
    assert in_a_process(tmp_path, "keys", "revoke", key[: len("sgm_000000000000")]).returncode == 0
    assert status(port, "/v1/claims", key) == 401
    assert key not in (tmp_path / "stderr").read_text()


def test_open_to_all_is_said_and_logged(tmp_path: Path, start: Start) -> None:
    port = free_port()
    start("serve", "--host", "0.0.0.0", "--port", str(port), "--no-worker", "--open")
    until(lambda: status(port, "/v1/claims") == 200, 20)
    assert "open to whoever reaches the port" in (tmp_path / "stderr").read_text()
