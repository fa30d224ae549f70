"""The files that the readers are tried on, and how a test asks for what is wrong with one."""

from __future__ import annotations

from pathlib import Path

SAMPLES = Path(__file__).parent / "samples"


def sample(name: str) -> bytes:
    """The bytes of a file among the samples."""
    return (SAMPLES / name).read_bytes()
