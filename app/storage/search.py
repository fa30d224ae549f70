"""Full-text search over claims, for both databases: one of the two modules that know the dialect.

PostgreSQL searches with its Swedish stemmer ("attackerna" finds "attack"), SQLite by the beginnings of words ("attack"
finds "attackerna"). Both keep å, ä and ö apart from a and o, as Swedish does: "får" is not "far". Words between
quotation marks must stand in that order; all words must be there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from sqlalchemy import ColumnElement, bindparam, column, func, literal_column, select, table, text
from sqlalchemy.orm import Session

from app.storage.tables import ClaimRow

# The names that the migration gave the full-text index of either database.
_FTS = table("claims_fts", column("rowid"))

_TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')
_WORD = re.compile(r"\w+")
_PREFIX = 4


def normal(words: str) -> str:
    """The form in which text is indexed and asked for: NFC, so that å is one code point whatever the sender wrote."""
    return unicodedata.normalize("NFC", words)


def matches(session: Session, query: str, claims: type[ClaimRow] = ClaimRow) -> ColumnElement[bool] | None:
    """A condition on ``claims``: content or printed speaker holds the words of ``query``; ``None`` if it has none."""
    terms = _terms(normal(query))
    if not terms:
        return None
    if session.get_bind().dialect.name == "sqlite":
        return _sqlite(" ".join(_fts_term(words, phrase) for words, phrase in terms), claims)
    # In quotation marks, so that "or" is a word and a dash is nothing.
    return _postgresql(" ".join(f'"{" ".join(words)}"' for words, _ in terms), claims)


def mentions(session: Session, forms: Collection[str], claims: type[ClaimRow] = ClaimRow) -> ColumnElement[bool] | None:
    """A condition on ``claims``: one of ``forms`` stands in them, its words in that order; ``None`` without words."""
    phrases = [words for form in forms if (words := _WORD.findall(normal(form)))]
    if not phrases:
        return None
    if session.get_bind().dialect.name == "sqlite":
        # A short name begins too many other words: "EU" is not "euro".
        asked = " OR ".join(_fts_term(words, phrase=len(words[-1]) < _PREFIX) for words in phrases)
        return _sqlite(asked, claims)
    return _postgresql(" or ".join(f'"{" ".join(words)}"' for words in phrases), claims)


def _sqlite(asked: str, claims: type[ClaimRow]) -> ColumnElement[bool]:
    match = text("claims_fts MATCH :asked").bindparams(bindparam("asked", asked, unique=True))
    return claims.seq.in_(select(_FTS.c.rowid).where(match))


def _postgresql(asked: str, claims: type[ClaimRow]) -> ColumnElement[bool]:
    # Exactly the expression of the index, else the index is not used.
    words = func.to_tsvector(literal_column("'swedish'"), claims.search_text)
    return words.op("@@", is_comparison=True)(func.websearch_to_tsquery("swedish", asked))


def _terms(query: str) -> list[tuple[list[str], bool]]:
    found = []
    for match in _TERM.finditer(query):
        phrase = match.group(1) is not None
        words = _WORD.findall(match.group(1) if phrase else match.group(2))
        if words:
            found.append((words, phrase))
    return found


def _fts_term(words: list[str], phrase: bool) -> str:
    joined = " ".join(words)
    return f'"{joined}"' if phrase else f'"{joined}"*'
