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
    │   └── BadQuestion               422   a question that asks for nothing we can answer
    ├── NotFound                      404   no article, claim or actor with that id
    │   └── Withdrawn                 410   the article is there, and not to be seen any longer
    ├── Conflict                      409   the same uri and version with another text
    ├── LexiconError                  500   a language data file breaks its schema
    ├── ModelError                    503   a parsing model is missing or broken
    ├── SettingsError                 500   an environment variable holds something impossible
    └── StorageError                  503   the database cannot be reached or written
"""

from __future__ import annotations

from typing import ClassVar


class SagesmanError(Exception):
    """Root of the tree. ``status`` is the HTTP status, ``slug`` the last part of the problem type's URI."""

    status: ClassVar[int] = 500
    slug: ClassVar[str] = "internal"
    title: ClassVar[str] = "Internal error"


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


class NotFound(SagesmanError):
    """No article, claim or actor with that id."""

    status = 404
    slug = "not-found"
    title = "Not found"


class Withdrawn(NotFound):
    """The article was withdrawn by its sender or by the newsroom, with all its claims."""

    status = 410
    slug = "withdrawn"
    title = "Withdrawn"


class Conflict(SagesmanError):
    """The same uri and version was submitted before with another text."""

    status = 409
    slug = "conflict"
    title = "Conflict"


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
