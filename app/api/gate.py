"""The gate that every request passes first: whose key it carries, and how many came before it."""

from __future__ import annotations

import logging
import re
from ipaddress import ip_address, ip_network

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.access import SAFE, is_free, is_loopback, is_public, keys_required, path_of
from app.api.problems import refuse
from app.api.rates import Kind, Quota, Rates
from app.domain.access import KEY_COOKIE, LOCAL, Caller
from app.errors import RateLimited, SagesmanError, Unauthenticated
from app.settings import Settings
from app.storage.engine import Engine, reading, transaction
from app.storage.keys import KeyRecord, find_key, is_use_due, note_use

_log = logging.getLogger(__name__)

_BEARER = re.compile(r"bearer +(?P<key>\S+)", re.IGNORECASE)
_OURS = "sgm_"


class Gate:
    """Puts the caller into ``request.state.caller`` and counts the request.

    What is refused here is answered here under ``/v1``, before any of its body is read. On pages it is put into
    ``request.state.refusal`` and said by `app.api.access.admit`, so that it becomes a page too.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._rates = Rates(settings.rate_limit_read, settings.rate_limit_write)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        state["keys_required"] = keys_required(self._settings, scope)
        path = path_of(scope)
        if is_free(path):
            await self._app(scope, receive, send)
            return
        key: KeyRecord | None = None
        refusal: SagesmanError | None = None
        if not is_public(path, self._settings):
            try:
                key = await self._key(scope)
            except SagesmanError as error:
                refusal = error
        # A stranger gets no rights at all, whatever an endpoint may forget to ask.
        nobody = Caller("nobody", frozenset())
        state["caller"] = key.caller() if key else nobody if state["keys_required"] else LOCAL
        quota = self._counted(scope, key)
        if quota and quota.is_spent:
            refusal = RateLimited(
                f"more than {quota.limit} requests to {quota.kind} in a minute; go on in {quota.reset} s", quota.reset
            )
        if quota:
            send = _with_quota(send, quota)
        if refusal and path.startswith("/v1/"):
            await refuse(Request(scope), refusal)(scope, receive, send)
            return
        state["refusal"] = refusal
        await self._app(scope, receive, send)
        if key and is_use_due(key):
            # After the answer: noting it may have to wait for another writer, and no reader should.
            await run_in_threadpool(_note_use, scope["app"].state.engine, key.id)

    async def _key(self, scope: Scope) -> KeyRecord | None:
        """The key of the request; ``None`` where it has none and needs none. Raises `Unauthenticated`."""
        required = scope["state"]["keys_required"]
        headers = Headers(scope=scope)
        bearer = _BEARER.fullmatch(headers.get("authorization", "").strip())
        presented = headers.get("x-api-key") or (bearer["key"] if bearer else None)
        if presented is not None and not required and not presented.startswith(_OURS):
            # Meant for whoever stands in front of us.
            presented = None
        credential = "header" if presented is not None else "cookie"
        if presented is None:
            presented = Request(scope).cookies.get(KEY_COOKIE)
        key = await run_in_threadpool(_find, scope["app"].state.engine, presented) if presented else None
        if key is not None:
            scope["state"]["credential"] = credential
            return key
        if presented is not None and credential == "header":
            raise Unauthenticated("the key is unknown, expired or revoked", is_bad_key=True)
        if required:
            raise Unauthenticated("send an API key: Authorization: Bearer sgm_…")
        return None

    def _counted(self, scope: Scope, key: KeyRecord | None) -> Quota | None:
        kind: Kind = "read" if scope["method"] in SAFE else "write"
        if key is not None:
            return self._rates.count(key.id, kind)
        address = str(scope["client"][0]) if scope.get("client") else ""
        if is_loopback(address, otherwise=True):
            return None
        return self._rates.count(_counted_as(address), kind)


def _counted_as(address: str) -> str:
    """The address that requests are counted under: in IPv6 the network, of which every household has a whole one."""
    found = ip_address(address)
    return str(ip_network((found, 64), strict=False)) if found.version == 6 else address


def _find(engine: Engine, presented: str) -> KeyRecord | None:
    with reading(engine) as session:
        return find_key(session, presented)


def _note_use(engine: Engine, key_id: str) -> None:
    try:
        with transaction(engine) as session:
            note_use(session, key_id)
    except SagesmanError as error:
        _log.warning("the use of a key was not noted", extra={"key": key_id, "reason": str(error)})


def _with_quota(send: Send, quota: Quota) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(quota.headers())
        await send(message)

    return sending
