"""Settings: everything a newsroom may set from outside, read once from the environment, never changed afterwards.

Every variable starts with ``SAGESMAN_``. The entry points call `load_settings` and hand the result down; no other part
of the code reads the environment. ``docs/settings.md`` lists the same fields and a test compares the two.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from app.errors import SettingsError

PREFIX = "SAGESMAN_"

_HOST = re.compile(r"\*|(?:\*\.)?[A-Za-z0-9](?:[A-Za-z0-9.:-]*[A-Za-z0-9])?")


class LogFormat(StrEnum):
    """How a log line is written."""

    TEXT = "text"
    JSON = "json"


class LogLevel(StrEnum):
    """The least severe message that is written."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class KeyPolicy(StrEnum):
    """When a request needs a key."""

    AUTO = "auto"
    NEVER = "never"
    ALWAYS = "always"


class Settings(BaseSettings):
    """All settings with their defaults. Immutable: a test that needs another value builds another object."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid", env_ignore_empty=True)

    # A file in the working directory: nothing to install, and a data journalist can open it in any SQLite tool.
    database_url: str = Field(
        default="sqlite:///./sagesman.db",
        description="SQLAlchemy URL of the database: `sqlite:///file.db` or `postgresql://user:password@host/name`.",
    )
    # Loopback, so that whoever just starts the service opens it to nobody else.
    host: str = Field(default="127.0.0.1", min_length=1, description="Address that `serve` binds to.")
    port: int = Field(default=8000, ge=1, le=65535, description="Port that `serve` binds to.")
    # Info tells of every article processed; debug adds each rule's decision.
    log_level: LogLevel = Field(
        default=LogLevel.INFO, description="Least severe message logged: `debug`, `info`, `warning` or `error`."
    )
    # People read text, log collectors read JSON; both carry the same fields.
    log_format: LogFormat = Field(
        default=LogFormat.TEXT, description="Log lines for people (`text`) or for machines, one object a line (`json`)."
    )
    # Texts that share a batch share the cost of the model's calls, but all of them are held in memory at once.
    batch_size: int = Field(default=16, ge=1, le=512, description="Articles parsed together in one batch.")
    # Each process holds its own models (about 400 MB); processes scale, threads hardly do.
    worker_processes: int = Field(default=1, ge=1, le=256, description="Parser processes that a worker starts.")
    # Four threads give only 1.4 times the speed of one, so one thread and more processes is the better use of cores.
    parser_threads: int = Field(default=1, ge=1, le=64, description="Threads that one parser process computes with.")
    # Unset means the compact Swedish models that travel inside the package and need no network.
    stanza_package: str | None = Field(
        default=None,
        description="Stanza package to parse with, for instance `default`; unset means the bundled Swedish models.",
    )
    # Only Stanza's own packages are stored here; the bundled models are read from where the package is installed.
    model_dir: Path = Field(
        default_factory=lambda: user_data_path("sagesman") / "models",
        description="Folder that `sagesman models download` fills and `SAGESMAN_STANZA_PACKAGE` is read from.",
    )
    # Far more than any article needs; a bound keeps one upload from holding a worker and its memory for long.
    max_text_chars: int = Field(
        default=1_000_000, ge=1, description="Longest article taken, in Unicode code points; more gives 413."
    )

    # Keys are no use to somebody trying things out on their own machine, and a must once others reach the port.
    require_keys: KeyPolicy = Field(
        default=KeyPolicy.AUTO,
        description="Whether requests need an API key: `auto` (unless the service is reached over loopback), `never` "
        "or `always`.",
    )
    # Without keys the name is all that tells a request from one that a foreign page makes a browser send.
    allowed_hosts: Annotated[tuple[str, ...] | None, NoDecode] = Field(
        default=None,
        description="Names with a dot that a service without keys answers for, separated by commas; `*` for all.",
    )
    # Nobody's scripts may read what a browser can reach, unless the newsroom says whose.
    cors_origins: Annotated[tuple[str, ...] | None, NoDecode] = Field(
        default=None,
        description="Sites whose scripts may use the REST interface, separated by commas, as "
        "`https://cms.example.org`; `*` for all.",
    )
    # A frame on another site never carries the reader's key.
    public_embeds: bool = Field(
        default=False, description="Whether embedded claims (`/embed/…`, `/oembed`) are shown without a key."
    )
    # Ten a second is more than a person with a page open asks, and less than keeps the database busy.
    rate_limit_read: int = Field(
        default=600, ge=0, description="Reading requests a minute for each key, or address without one; 0 for no limit."
    )
    # An article a second; what comes in bulk goes to deliveries, a thousand in one request.
    rate_limit_write: int = Field(
        default=120,
        ge=0,
        description="Changing requests a minute for each key, or address without one; 0 for no limit.",
    )
    # A client that was cut off tries again within minutes, a job that stopped over night the next day.
    idempotency_hours: int = Field(
        default=24, ge=1, le=720, description="Hours that an answer is kept under its `Idempotency-Key`."
    )

    # Off: whoever may submit an article would choose what this machine connects to.
    fetch_allowed_hosts: str | None = Field(
        default=None,
        description="Hosts that articles may be fetched from by address, with commas between: names, `*.example.org` "
        "for all below one, `*` for every public host; unset means none.",
    )

    @field_validator("allowed_hosts", "cors_origins", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip().lower().rstrip("/") for part in value.split(",") if part.strip())
        return value

    @field_validator("cors_origins")
    @classmethod
    def _are_origins(cls, origins: tuple[str, ...] | None) -> tuple[str, ...] | None:
        for origin in origins or ():
            parts = urlsplit(origin)
            if origin != "*" and (
                parts.scheme not in ("http", "https") or f"{parts.scheme}://{parts.netloc}" != origin
            ):
                raise ValueError(f"{origin!r} is no origin: give scheme and host, such as https://cms.example.org")
        return origins

    @field_validator("fetch_allowed_hosts")
    @classmethod
    def _host_names(cls, hosts: str | None) -> str | None:
        for host in (hosts or "").split(","):
            if host.strip() and not _HOST.fullmatch(host.strip()):
                raise ValueError(f"{host.strip()!r} is no host name, `*.` with one, or `*`")
        return hosts

    # A month covers a holiday; whoever listens has long read on by then.
    queue_days: int = Field(default=7, ge=1, description="Days for which ended jobs of the queue are kept.")
    event_days: int = Field(default=30, ge=1, description="Days for which events and webhook deliveries are kept.")
    # Ends what a proxy or a client forgot, and a reconnected client is asked for its rights anew.
    stream_seconds: float = Field(
        default=3600, gt=0, description="Longest life of one event stream; clients go on by themselves in a new one."
    )
    # Whoever may add a webhook would otherwise reach every service beside this one.
    webhook_private_addresses: bool = Field(
        default=False,
        description="Whether webhooks may go to private and loopback addresses, and over plain HTTP.",
    )

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        scheme = url.partition(":")[0]
        if "://" not in url or scheme.partition("+")[0] not in {"sqlite", "postgresql"}:
            raise ValueError("give a URL that starts with sqlite:/// or postgresql://")
        return url


def load_settings() -> Settings:
    """The settings of this process, from the environment.

    Raises `SettingsError` naming every variable that holds something impossible, what it holds and what is expected.
    The value of the database URL is left out of the message, because it may hold a password.
    """
    try:
        return Settings()
    except ValidationError as error:
        lines = []
        for fault in error.errors():
            name = str(fault["loc"][0])
            held = "" if name == "database_url" else f" (it is {fault['input']!r})"
            lines.append(f"{PREFIX}{name.upper()}: {fault['msg'].removeprefix('Value error, ')}{held}")
        raise SettingsError("; ".join(lines)) from None


def unknown_variables(names: Iterable[str]) -> list[str]:
    """One sentence for each environment variable that looks like a setting but is none, with the nearest real name.

    These are warnings, not errors: container platforms set variables such as ``SAGESMAN_SERVICE_HOST`` themselves.
    """
    known = sorted(name.upper() for name in Settings.model_fields)
    found = []
    for name in sorted(names):
        own = name.removeprefix(PREFIX)
        if name != own and own not in known:
            near = difflib.get_close_matches(own, known, n=1)
            found.append(f"{name} is no setting" + (f"; did you mean {PREFIX}{near[0]}?" if near else ""))
    return found
