"""Who may do what: whether keys are needed, which addresses go without, which scope the others take.

Nothing is open by forgetting it. Every endpoint, whatever router it is in, needs ``read`` to be read and ``write`` for
anything else, unless it says which scope it needs with `needs`.
"""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from typing import Any, cast
from urllib.parse import urlsplit

from fastapi import Depends, Request
from starlette.types import Scope as Connection

from app.api.caller import get_caller
from app.domain.access import Scope
from app.errors import CrossSite, Misdirected, MissingScope, SagesmanError
from app.settings import KeyPolicy, Settings

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

# What tells nothing of the articles: whether the service lives, what its errors mean, how it is used, how to sign in.
_PUBLIC = ("/healthz", "/readyz", "/problems", "/docs", "/redoc", "/openapi.json", "/sign-in", "/sign-out")
# Not even counted: files, and what is asked every few seconds by whoever watches the service.
_FREE = ("/static", "/static-offline-docs", "/healthz", "/readyz")
_EMBEDDED = ("/embed", "/oembed")


def path_of(connection: Connection) -> str:
    """The path that routes are found by: the one of the request, without what the service is mounted below."""
    path, root = str(connection["path"]), str(connection.get("root_path", "")).rstrip("/")
    return path[len(root) :] or "/" if root and (path == root or path.startswith(f"{root}/")) else path


def is_free(path: str) -> bool:
    """Whether requests to that path are neither checked nor counted."""
    return _below(path, _FREE)


def is_public(path: str, settings: Settings) -> bool:
    """Whether that path is answered without a key."""
    return _below(path, _PUBLIC + _FREE) or (settings.public_embeds and _below(path, _EMBEDDED))


def _below(path: str, places: tuple[str, ...]) -> bool:
    return any(path == place or path.startswith(f"{place}/") for place in places)


def keys_required(settings: Settings, connection: Connection | None = None) -> bool:
    """Whether a request needs a key: as the settings say, or as the address says that is listened on.

    The addresses of the ``connection`` count too: a server that is not ours may listen elsewhere than the settings know
    of, and a proxy on this machine passes on what comes from elsewhere (and says so in ``X-Forwarded-For``).
    """
    if settings.require_keys is not KeyPolicy.AUTO:
        return settings.require_keys is KeyPolicy.ALWAYS
    if not listens_on_loopback(settings):
        return True
    ends = (connection.get("server"), connection.get("client")) if connection else ()
    # A socket file has a path for an address, and a test's server a name: neither is reached over a network.
    return any(end is not None and not is_loopback(str(end[0]), otherwise=True) for end in ends)


def listens_on_loopback(settings: Settings) -> bool:
    """Whether only this machine reaches the address that the settings name."""
    return settings.host == "localhost" or is_loopback(settings.host, otherwise=False)


@lru_cache(maxsize=1024)
def is_loopback(host: str, *, otherwise: bool) -> bool:
    """Whether an IP address is reached from this machine alone; ``otherwise`` where ``host`` is no IP address."""
    try:
        address = ip_address(host)
    except ValueError:
        return otherwise
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback


class Needs:
    """A dependency that lets nobody through whose key lacks a scope."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def __call__(self, request: Request) -> None:
        """Raises `MissingScope`."""
        if self.scope not in get_caller(request).scopes:
            raise MissingScope(self.scope.value)


def needs(scope: Scope) -> Any:
    """For ``dependencies=[…]`` of an endpoint or its router that needs another scope than its method says."""
    return Depends(Needs(scope))


def scope_of(route: object, method: str) -> Scope:
    """The scope that a method of a route needs."""
    declared = [
        depends.dependency.scope
        for depends in getattr(route, "dependencies", None) or ()
        if isinstance(depends.dependency, Needs)
    ]
    return declared[-1] if declared else Scope.READ if method in SAFE else Scope.WRITE


def admit(request: Request) -> None:
    """Let a request through to its endpoint, or say why not. The application has every endpoint depend on this.

    Raises `Unauthenticated`, `RateLimited` (as `app.api.gate` found), `MissingScope`, `CrossSite`, `Misdirected`.
    """
    refusal = cast("SagesmanError | None", getattr(request.state, "refusal", None))
    if refusal is not None:
        raise refusal
    settings: Settings = request.app.state.settings
    _check_sender(request, settings)
    if not is_public(path_of(request.scope), settings):
        Needs(scope_of(request.scope.get("route"), request.method))(request)


def _check_sender(request: Request, settings: Settings) -> None:
    """Refuse what a page of another site has a browser send: it comes with the browser's rights, not with its own."""
    if getattr(request.state, "credential", None) == "header":
        # No browser adds a key by itself.
        return
    host = request.headers.get("host", "")
    if not getattr(request.state, "keys_required", False) and not _is_own_host(host, settings):
        raise Misdirected(
            f"a service without keys does not answer for the host {host!r}; name it in SAGESMAN_ALLOWED_HOSTS"
        )
    if scope_of(request.scope.get("route"), request.method) is not Scope.READ and _is_foreign(request, host, settings):
        raise CrossSite("a page of another site sent this; nothing was done")


def _is_own_host(host: str, settings: Settings) -> bool:
    """Whether no stranger can have given the service that name.

    A page that has its own name lead to this machine reads it as if it were its own (DNS rebinding). It takes a name in
    the public DNS, which has a dot: addresses and plain names cannot be had there.
    """
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    if "." not in name or name.endswith(".localhost") or name == settings.host.lower():
        return True
    allowed = settings.allowed_hosts or ()
    return "*" in allowed or name in allowed or _is_address(name)


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _is_foreign(request: Request, host: str, settings: Settings) -> bool:
    origin = request.headers.get("origin")
    if origin is not None and origin in (settings.cors_origins or ()):
        return False
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    return origin is not None and urlsplit(origin).netloc != host
