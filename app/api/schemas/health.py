"""The state of the service as sent."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from app.api.schemas.base import Answer


class Alive(Answer):
    """The process answers."""

    status: Literal["ok"] = Field(default="ok", description="Always `ok`.", examples=["ok"])


class Ready(Answer):
    """Whether the service can do its work."""

    status: Literal["ready"] = Field(default="ready", description="Always `ready`; else a problem is sent.")
    database: Literal["current"] = Field(default="current", description="The database answers, its schema is current.")
    worker: Literal["running", "absent"] = Field(
        description="`running` where a worker reported lately. Reading works without one; new articles wait.",
        examples=["running"],
    )
    queued: int = Field(description="Articles stored and not yet read.", examples=[0])
    processing: int = Field(description="Articles being read.", examples=[0])
    done: int = Field(description="Articles read.", examples=[1])
    failed: int = Field(description="Articles that could not be read.", examples=[0])


class ServiceVersion(Answer):
    """What is running."""

    version: str = Field(description="Version of Sagesman.", examples=["0.1.0"])
    api: Literal["v1"] = Field(default="v1", description="Version of this interface.", examples=["v1"])
