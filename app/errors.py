"""Every error Sagesman raises on purpose, one HTTP status a class.

::

    SagesmanError                     500
    ├── InputError                    422   what was submitted cannot be taken
    │   ├── EmptyText                 422   no words in it
    │   ├── TextTooLong               413   over the size limit
    │   ├── NotText                   415   binary, or bytes in no known encoding
    │   ├── UnsupportedLanguage       422   a language without a lexicon
    │   ├── UnknownFormat             415   a format nobody reads
    │   ├── BadCursor                 400   a pagination cursor that we did not hand out
    │   ├── BadQuestion               422   a question that asks for nothing we can answer
    │   ├── BadCorrection             422   a correction that does not fit the article or the claim
    │   ├── AddressNotAllowed         403   an address that must not be fetched from
    │   └── IdempotencyKeyReused      422   an idempotency key that came with another request before
    ├── AccessError                   403   the caller may not do that
    │   ├── Unauthenticated           401   no key, or none that opens anything
    │   ├── MissingScope              403   the key does not reach that far
    │   ├── CrossSite                 403   a change that another site's page sends
    │   ├── Misdirected               421   a Host that the service does not answer for
    │   └── RateLimited               429   too many requests in too short a time
    ├── NotFound                      404   no article, claim or actor with that id
    │   └── Withdrawn                 410   the article is there, and not to be seen any longer
    ├── NotAcceptable                 406   a representation that there is none of
    ├── Conflict                      409   it contradicts what is stored: another text, another revision
    ├── RequestUnderWay               409   the same request is being done at this moment
    ├── LexiconError                  500   a language data file breaks its schema
    ├── ModelError                    503   a parsing model is missing or broken
    ├── SettingsError                 500   an environment variable holds something impossible
    ├── StorageError                  503   the database cannot be reached or written
    └── UpstreamFailed                502   the server an article was to be fetched from gives none
        └── UpstreamTooSlow           504   it does not answer in time
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar


class SagesmanError(Exception):
    """Root of the tree. ``status`` is the HTTP status, ``slug`` the last part of the problem type's URI."""

    status: ClassVar[int] = 500
    slug: ClassVar[str] = "internal"
    title: ClassVar[str] = "Internal error"

    # Seconds after which asking again makes sense, where it does.
    retry_after: int | None = None

    @property
    def headers(self) -> Mapping[str, str]:
        """What an answer with this error says in its headers."""
        return {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}


class InputError(SagesmanError):
    """What was submitted cannot be taken; the message says what is wrong and where."""

    status = 422
    slug = "invalid-input"
    title = "Invalid input"


class EmptyText(InputError):
    """The text holds no words."""

    slug = "empty-text"
    title = "Empty text"


class TextTooLong(InputError):
    """The text is over the size limit."""

    status = 413
    slug = "text-too-long"
    title = "Text too long"


class NotText(InputError):
    """The bytes are no text in a known encoding."""

    status = 415
    slug = "not-text"
    title = "Not text"


class UnsupportedLanguage(InputError):
    """There is no lexicon for the language."""

    slug = "unsupported-language"
    title = "Unsupported language"


class UnknownFormat(InputError):
    """No reader or writer for the format."""

    status = 415
    slug = "unknown-format"
    title = "Unknown format"


class BadCursor(InputError):
    """The pagination cursor was not handed out by this service."""

    status = 400
    slug = "bad-cursor"
    title = "Bad cursor"


class BadQuestion(InputError):
    """The question asks for nothing that can be looked up."""

    slug = "bad-question"
    title = "Question not understood"


class IdempotencyKeyReused(InputError):
    """The `Idempotency-Key` came with another request before: a new request needs a key of its own."""

    slug = "idempotency-key-reused"
    title = "Idempotency key reused"


class AccessError(SagesmanError):
    """The caller may not do that."""

    status = 403
    slug = "forbidden"
    title = "Forbidden"


class Unauthenticated(AccessError):
    """The service asks for a key, and the request has none or one that is unknown, expired or revoked."""

    status = 401
    slug = "unauthenticated"
    title = "Key needed"

    def __init__(self, message: str, *, is_bad_key: bool = False) -> None:
        super().__init__(message)
        self._fault = ', error="invalid_token"' if is_bad_key else ""

    @property
    def headers(self) -> Mapping[str, str]:
        """How to come with a key (RFC 6750)."""
        return {"WWW-Authenticate": f'Bearer realm="sagesman"{self._fault}'}


class MissingScope(AccessError):
    """The key does not reach that far; the message names the scope that is missing."""

    slug = "missing-scope"
    title = "Scope missing"

    def __init__(self, scope: str) -> None:
        super().__init__(f"the key lacks the scope {scope!r}")
        self.scope = scope

    @property
    def headers(self) -> Mapping[str, str]:
        """Which scope is needed (RFC 6750)."""
        return {"WWW-Authenticate": f'Bearer realm="sagesman", error="insufficient_scope", scope="{self.scope}"'}


class CrossSite(AccessError):
    """A page of another site sent a change without a key; nothing was done."""

    slug = "cross-site"
    title = "Sent by another site"


class Misdirected(AccessError):
    """The request was sent to a `Host` that the open service does not answer for."""

    status = 421
    slug = "misdirected"
    title = "Not answered for that host"


class RateLimited(AccessError):
    """Too many requests in a minute; `Retry-After` says when to go on."""

    status = 429
    slug = "rate-limited"
    title = "Too many requests"

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class AddressNotAllowed(InputError):
    """The address must not be fetched from: fetching is off, the host is not allowed, or it is not public."""

    status = 403
    slug = "address-not-allowed"
    title = "Address not allowed"


class BadCorrection(InputError):
    """It does not fit the article or the claim; ``field`` says where, ``code`` and ``detail`` put it for pages."""

    slug = "bad-correction"
    title = "Bad correction"

    def __init__(self, field: str, reason: str, code: str = "invalid", detail: str = "") -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason
        self.code = code
        self.detail = detail


class NotFound(SagesmanError):
    """No article, claim or actor with that id."""

    status = 404
    slug = "not-found"
    title = "Not found"


class NotAcceptable(SagesmanError):
    """What was asked for does not come in any of the formats that `Accept` names; the detail says in which it does."""

    status = 406
    slug = "not-acceptable"
    title = "Not acceptable"


class Withdrawn(NotFound):
    """The article was withdrawn by its sender or by the newsroom, with all its claims."""

    status = 410
    slug = "withdrawn"
    title = "Withdrawn"


class Conflict(SagesmanError):
    """It contradicts what is stored: another text under a known uri and version, a claim that somebody changed."""

    status = 409
    slug = "conflict"
    title = "Conflict"


class RequestUnderWay(SagesmanError):
    """A request with the same `Idempotency-Key` is being done at this moment; `Retry-After` says when to ask again."""

    status = 409
    slug = "request-under-way"
    title = "Request under way"
    retry_after = 1


class LexiconError(SagesmanError):
    """A language data file breaks its schema; the message names file and key."""

    slug = "lexicon"
    title = "Broken lexicon"


class ModelError(SagesmanError):
    """A parsing model is missing or broken."""

    status = 503
    slug = "model"
    title = "Parsing model unavailable"


class SettingsError(SagesmanError):
    """An environment variable holds something impossible; the message names it. Raised at start-up only."""

    slug = "settings"
    title = "Broken settings"


class StorageError(SagesmanError):
    """The database cannot be reached or written."""

    status = 503
    slug = "storage"
    title = "Storage unavailable"


class UpstreamFailed(SagesmanError):
    """The server that an article was to be fetched from cannot be reached, or answers with no document."""

    status = 502
    slug = "upstream-failed"
    title = "Fetching failed"


class UpstreamTooSlow(UpstreamFailed):
    """The server that an article was to be fetched from does not answer in time, or too many others are being asked."""

    status = 504
    slug = "upstream-too-slow"
    title = "Fetching took too long"
