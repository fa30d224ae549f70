"""The application for any ASGI server: ``uvicorn --factory app.asgi:create``, with ``sagesman worker`` beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.api.app import create_app
from app.logs import configure_logging
from app.settings import load_settings
from app.web.pages import mount

if TYPE_CHECKING:
    from fastapi import FastAPI

    from app.settings import Settings


def assemble(settings: Settings) -> FastAPI:
    """REST interface and pages as one application."""
    app = create_app(settings)
    mount(app)
    return app


def create() -> FastAPI:
    """The application for the settings in the environment, with logging set up; raises `SettingsError`."""
    settings = load_settings()
    configure_logging(settings.log_level, settings.log_format)
    return assemble(settings)
