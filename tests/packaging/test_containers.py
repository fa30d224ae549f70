"""Dockerfile and compose file: what they copy is there, what they run exists, nothing runs as root."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.docs.commands import commands

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]


def allowed_into_the_build() -> set[str]:
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    return {line[1:] for line in lines if line.startswith("!")}


def test_what_the_image_copies_is_there_and_reaches_the_builder() -> None:
    lines = re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.M)
    copied = {source for line in lines for source in line.split()[:-1]}
    assert [source for source in copied if not (ROOT / source).exists()] == []
    assert copied == allowed_into_the_build()


def test_the_image_runs_as_nobody_in_particular() -> None:
    users = re.findall(r"^USER (\S+)$", DOCKERFILE, re.M)
    assert users
    assert users[-1].isdigit()
    assert int(users[-1]) > 0


def test_the_image_runs_the_command_and_is_asked_for_its_health() -> None:
    assert 'ENTRYPOINT ["sagesman"]' in DOCKERFILE
    (command,) = re.findall(r'^CMD \["(\w+)"\]$', DOCKERFILE, re.M)
    assert command in commands()
    assert "HEALTHCHECK" in DOCKERFILE


@pytest.mark.parametrize("service", ["api", "worker"])
def test_services_run_commands_that_exist(service: str) -> None:
    name, *options = SERVICES[service]["command"]
    assert set(options) <= commands()[name].options


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_can_be_asked_for_its_health(service: str) -> None:
    from_image = service == "api" and "HEALTHCHECK" in DOCKERFILE
    assert from_image or "healthcheck" in SERVICES[service]


def test_the_workers_health_check_is_a_command() -> None:
    check = SERVICES["worker"]["healthcheck"]["test"]
    assert check[:2] == ["CMD", "sagesman"]
    assert " ".join(check[2:]) in commands()


def test_nothing_is_open_to_the_network_and_no_secret_is_written_down() -> None:
    assert [port for port in SERVICES["api"]["ports"] if not str(port).startswith("127.0.0.1:")] == []
    assert "ports" not in SERVICES["postgres"]
    assert SERVICES["postgres"]["environment"]["POSTGRES_PASSWORD"].startswith("${POSTGRES_PASSWORD:?")
    example = (ROOT / ".env.example").read_text("utf-8")
    assert re.search(r"^POSTGRES_PASSWORD=$", example, re.M)


def test_what_is_published_on_loopback_alone_is_open_and_the_image_by_itself_is_not() -> None:
    assert "SAGESMAN_REQUIRE_KEYS=" not in re.sub(r"^#.*$", "", DOCKERFILE, flags=re.M)
    assert SERVICES["api"]["environment"]["SAGESMAN_REQUIRE_KEYS"] == "${SAGESMAN_REQUIRE_KEYS:-never}"
    assert all(port.startswith("127.0.0.1:") for port in SERVICES["api"]["ports"])


def test_volumes_and_dependencies_are_declared() -> None:
    for service in SERVICES.values():
        named = {volume.split(":")[0] for volume in service.get("volumes", []) if not volume.startswith((".", "/"))}
        assert named <= set(COMPOSE["volumes"])
        assert set(service.get("depends_on", {})) <= set(SERVICES)
