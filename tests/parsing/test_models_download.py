"""Fetching a package of models from a server, here one that serves a small tree of files."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from app.errors import ModelError
from app.parsing.models_download import RESOURCES_VERSION, download


class Server:
    """A model server: ``files`` by path, ``asked`` the paths asked for, ``short`` the paths that break off."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.asked: list[str] = []
        self.short: set[str] = set()
        served = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                served.asked.append(self.path)
                body = served.files.get(self.path)
                if body is None:
                    self.send_error(404)
                    return
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body[:-1] if self.path in served.short else body)

            def log_message(self, format: str, *args: Any) -> None:
                """The test's output is not the place for an access log."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}"

    def offer(self, resources: dict[str, Any]) -> None:
        self.files[f"/resources_{RESOURCES_VERSION}.json"] = json.dumps(resources).encode()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("no_proxy", "*")
    served = Server()
    thread = threading.Thread(target=served.http.serve_forever)
    thread.start()
    models = {"tokenize/small": b"tok", "pos/small": b"pos" * 100_000, "pretrain/vectors": b"vec", "sentiment/x": b"no"}
    sv: dict[str, Any] = {"packages": {"default": {"tokenize": "small", "pos": "small", "sentiment": "x"}}}
    for name, data in models.items():
        processor, _, package = name.partition("/")
        sv.setdefault(processor, {})[package] = {"md5": hashlib.md5(data, usedforsecurity=False).hexdigest()}
        served.files[f"/v{RESOURCES_VERSION}/sv/{name}.pt"] = data
    sv["pos"]["small"]["dependencies"] = [{"model": "pretrain", "package": "vectors"}]
    served.offer({"sv": sv, "url": served.url + "/v{resources_version}/{lang}/{filename}"})
    yield served
    served.http.shutdown()
    thread.join()
    served.http.server_close()


def test_the_package_and_what_it_needs_are_fetched(server: Server, tmp_path: Path) -> None:
    files = download("sv", "default", tmp_path, server.url)
    assert [str(path.relative_to(tmp_path)) for path in files] == [
        "sv/tokenize/small.pt",
        "sv/pos/small.pt",
        "sv/pretrain/vectors.pt",
    ]
    assert files[1].read_bytes() == b"pos" * 100_000
    assert json.loads((tmp_path / "resources.json").read_text())["sv"]["packages"]["default"]["pos"] == "small"


def test_progress_is_told_piece_by_piece(server: Server, tmp_path: Path) -> None:
    seen: list[tuple[str, int, int | None]] = []
    download("sv", "default", tmp_path, server.url, lambda *piece: seen.append(piece))
    of_pos = [(done, total) for name, done, total in seen if name == "pos/small.pt"]
    assert len(of_pos) > 1
    assert of_pos[-1] == (300_000, 300_000)


def test_what_is_there_is_not_fetched_again(server: Server, tmp_path: Path) -> None:
    download("sv", "default", tmp_path, server.url)
    (tmp_path / "sv/tokenize/small.pt").write_bytes(b"damaged")
    server.asked.clear()
    download("sv", "default", tmp_path, server.url)
    assert [path.rsplit("/", 1)[-1] for path in server.asked] == [f"resources_{RESOURCES_VERSION}.json", "small.pt"]
    assert (tmp_path / "sv/tokenize/small.pt").read_bytes() == b"tok"


@pytest.mark.parametrize(
    ("language", "package", "message"),
    [
        ("xx", "default", "no models for language 'xx'"),
        ("url", "default", "no models for language 'url'"),
        ("sv", "huge", "no package 'huge' for language 'sv'; there are: default"),
    ],
)
def test_what_does_not_exist_is_named(
    server: Server, tmp_path: Path, language: str, package: str, message: str
) -> None:
    with pytest.raises(ModelError, match=message):
        download(language, package, tmp_path, server.url)
    assert list(tmp_path.iterdir()) == []


def _without_half_written_files(directory: Path) -> bool:
    return not list(directory.rglob(".download-*")) and not (directory / "resources.json").exists()


def test_a_file_that_is_not_what_was_announced(server: Server, tmp_path: Path) -> None:
    server.files[f"/v{RESOURCES_VERSION}/sv/pos/small.pt"] = b"something else"
    with pytest.raises(ModelError, match=r"pos/small\.pt has another checksum"):
        download("sv", "default", tmp_path, server.url)
    assert not (tmp_path / "sv/pos/small.pt").exists()
    assert _without_half_written_files(tmp_path)


def test_a_file_that_breaks_off(server: Server, tmp_path: Path) -> None:
    server.short.add(f"/v{RESOURCES_VERSION}/sv/pos/small.pt")
    with pytest.raises(ModelError, match=r"pos/small\.pt"):
        download("sv", "default", tmp_path, server.url)
    assert _without_half_written_files(tmp_path)


def test_a_file_that_is_not_there(server: Server, tmp_path: Path) -> None:
    del server.files[f"/v{RESOURCES_VERSION}/sv/pretrain/vectors.pt"]
    with pytest.raises(ModelError, match=r"vectors\.pt answers 404"):
        download("sv", "default", tmp_path, server.url)
    assert _without_half_written_files(tmp_path)


def test_a_list_that_names_files_elsewhere(server: Server, tmp_path: Path) -> None:
    server.offer({"sv": {"packages": {"default": {"tokenize": "../../../evil"}}}, "url": server.url})
    with pytest.raises(ModelError, match="cannot be a file"):
        download("sv", "default", tmp_path, server.url)


def test_a_list_that_is_no_json(server: Server, tmp_path: Path) -> None:
    server.files[f"/resources_{RESOURCES_VERSION}.json"] = b"<html>"
    with pytest.raises(ModelError, match="no JSON"):
        download("sv", "default", tmp_path, server.url)


def test_no_server(server: Server, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be fetched"):
        download("sv", "default", tmp_path, "http://127.0.0.1:9")
    with pytest.raises(ModelError, match="no http address"):
        download("sv", "default", tmp_path, "file:///etc")


def test_a_directory_that_cannot_be_written(server: Server, tmp_path: Path) -> None:
    (tmp_path / "sv").write_text("in the way")
    with pytest.raises(ModelError, match="cannot be written"):
        download("sv", "default", tmp_path, server.url)
