"""Templates to responses: the frame every page shares, its address helper, its security headers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from app.domain.access import LOCAL, Caller, Scope
from app.domain.claim import Act, Mode, RelationKind, TargetRole
from app.domain.correction import CHECK, PERSON
from app.domain.record import ClaimRecord, RelationRecord
from app.errors import MissingScope
from app.web.language import LANGUAGES, Texts, load_texts, negotiate
from app.web.portions import NEAR

HERE = Path(__file__).parent
STATIC = HERE / "static"

# Nothing runs or loads but what this server sends; a picture's own style is let in by its digest.
_POLICY = (
    "default-src 'none'; base-uri 'none'; connect-src 'self'; form-action 'self'; frame-ancestors {ancestors}; "
    "img-src 'self'; script-src 'self'; style-src {styles}"
)
_HEADERS = {
    "Cache-Control": "no-cache",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "Vary": "Accept-Language",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture as SVG to set into a page. ``digest`` is the SHA-256 of its style, as a security policy names it."""

    svg: Markup
    digest: str
    summary: str


def texts_of(request: Request) -> Texts:
    """The words in the language of this request."""
    asked = request.query_params.get("lang")
    return load_texts()[negotiate(asked, request.headers.get("accept-language", ""))]


def caller_of(request: Request) -> Caller:
    """Who asks, as the gate before all endpoints found."""
    return getattr(request.state, "caller", None) or LOCAL


def address(request: Request, path: str, **query: object) -> str:
    """``path`` as a link of a page: below the service's own root, and in the language that the reader chose.

    Parameters that are ``None`` or empty are left out.
    """
    chosen = request.query_params.get("lang")
    known = {name: str(value) for name, value in query.items() if value not in (None, "")}
    if chosen is not None and chosen in LANGUAGES:
        known["lang"] = chosen
    return f"{root_of(request)}{path}?{urlencode(known)}" if known else f"{root_of(request)}{path}"


def in_article(request: Request, article_id: str, claim_id: str, start: int) -> str:
    """Where a claim that begins at that code point stands in its article; of a long one, in the part that holds it."""
    part = {"at": claim_id} if start >= NEAR else {}
    return f"{address(request, f'/articles/{article_id}', **part)}#{claim_id}"


def require(request: Request, scope: Scope) -> None:
    """Raises `MissingScope` for whoever comes without that scope."""
    if scope not in caller_of(request).scopes:
        raise MissingScope(scope.value)


def respond(
    request: Request,
    template: str,
    *,
    status: int = 200,
    drawings: Iterable[Drawing] = (),
    embeddable: bool = False,
    **values: Any,
) -> HTMLResponse:
    """The page made from a template. ``drawings`` are the pictures in it; ``embeddable`` lets any site frame it."""
    texts = texts_of(request)
    other = next(language for language in LANGUAGES if language != texts.language)
    html = (
        _environment()
        .get_template(template)
        .render(
            values,
            t=texts,
            href=partial(address, request),
            place=partial(_place, request),
            static=partial(_static, request),
            path=request.url.path,
            other_language=load_texts()[other],
            other_address=f"?{urlencode({**dict(request.query_params), 'lang': other})}",
            chosen_language=request.query_params.get("lang"),
            origin=str(request.base_url).rstrip("/"),
            root=root_of(request),
            caller=caller_of(request),
            may_write=Scope.WRITE in caller_of(request).scopes,
        )
    )
    styles = " ".join(["'self'", *(f"'sha256-{each.digest}'" for each in drawings)])
    headers = {
        **_HEADERS,
        "Content-Language": texts.language,
        "Content-Security-Policy": _POLICY.format(ancestors="*" if embeddable else "'none'", styles=styles),
    }
    if not embeddable:
        headers["X-Frame-Options"] = "DENY"
    return HTMLResponse(html, status, headers)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "bearings": _bearings,
        "by_hand": _by_hand,
        "excerpt": _excerpt,
        "opening": _opening,
        "parameters": _parameters,
        "verbatim": _verbatim,
    }
    environment.globals |= {
        "acts": [act.value for act in Act],
        "relations": [kind.value for kind in RelationKind],
        "modes": [mode.value for mode in Mode],
        "roles": [role.value for role in TargetRole],
    }
    return environment


def _static(request: Request, name: str) -> str:
    """The address of a static file; it changes with the content, so that browsers may keep the file for ever."""
    return f"{root_of(request)}/static/{name}?v={_version(name)}"


def root_of(request: Request) -> str:
    """The path that the service is mounted below, without a slash at its end."""
    return str(request.scope.get("root_path", "")).rstrip("/")


@cache
def _version(name: str) -> str:
    return hashlib.blake2b((STATIC / name).read_bytes(), digest_size=6).hexdigest()


def _verbatim(text: str) -> Markup:
    """Text escaped so that a browser reads back the very same characters, a carriage return included."""
    return Markup(str(escape(text)).replace("\r", "&#13;"))


def _parameters(query: Mapping[str, object]) -> str:
    """The parameters that are set, as the query of an address."""
    return urlencode({name: value for name, value in query.items() if value is not None})


def _place(request: Request, claim: ClaimRecord) -> str:
    """Where a claim stands in its article."""
    return in_article(request, claim.article_id, claim.id, claim.content[0].start)


def _by_hand(claim: ClaimRecord) -> str | None:
    """What people did with a claim: ``written``, ``checked`` or ``corrected``; ``None`` where nobody did anything."""
    rules = dict(claim.evidence)
    if PERSON not in rules.values():
        return None
    if rules.get(CHECK) != PERSON:
        return "corrected"
    return "written" if set(rules.values()) == {PERSON} else "checked"


def _bearings(claim: ClaimRecord) -> list[tuple[str, RelationRecord]]:
    """What is done to a claim and what it does to others, each with the key of the words for it."""
    done = [(f"response.{response.kind}", response) for response in claim.responses]
    return done + [(f"relation.{relation.kind}", relation) for relation in claim.relations]


def _opening(text: str) -> str:
    """What an article without a headline is called by: its first line."""
    return _excerpt(next(iter(text.strip().splitlines()), ""), 70)


def _excerpt(text: str, longest: int = 160) -> str:
    """The beginning of a text on one line, cut at a word where it is longer than ``longest`` code points."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    return line[:longest].rsplit(" ", 1)[0].rstrip(" ,.;:–-") + " …"
