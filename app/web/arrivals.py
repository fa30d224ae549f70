"""The articles that a form brings: pasted text, files in any format, or what stands at an address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from app.domain.article import Article
from app.errors import (
    AddressNotAllowed,
    EmptyText,
    InputError,
    NotText,
    TextTooLong,
    UnknownFormat,
    UnsupportedLanguage,
    UpstreamFailed,
)
from app.fetching.articles import fetch_articles
from app.fetching.fetcher import Fetcher
from app.formats.detect import Format, detect
from app.formats.readers import read_as
from app.formats.signs import GZIP
from app.formats.text import decode_text

ENCODINGS = ("utf-8", "windows-1252")
MOST_FILES, MOST_ARTICLES = 20, 100
_LONGEST_TITLE, _LONGEST_NAME = 1000, 300
_FILE_FAULTS = (NotText, EmptyText, TextTooLong, UnknownFormat, UnsupportedLanguage)
# What is said beside the address; a fault of the server asked is no fault of the form, and yet nothing to be done here.
_ADDRESS_FAULTS = (AddressNotAllowed, UpstreamFailed, *_FILE_FAULTS)


@dataclass(frozen=True, slots=True)
class Submitted:
    """The form as sent: its fields, its files by name, and what is wrong so far, a message key a field.

    ``culprits`` are the names of the files at fault.
    """

    values: Mapping[str, str]
    files: Sequence[tuple[str, bytes]] = ()
    faults: dict[str, str] = field(default_factory=dict)
    culprits: list[str] = field(default_factory=list)

    def blame(self, name: str, key: str) -> None:
        """Note that a file of that name is at fault."""
        self.faults.setdefault("file", key)
        self.culprits.append(name)


def arrived(sent: Submitted, fetcher: Fetcher) -> list[Article]:
    """The articles that the form brings; none, with its faults noted, where they cannot be had."""
    values, faults = sent.values, sent.faults
    if faults:
        return []
    text, url = values.get("text", ""), values.get("url", "").strip()
    if url and (sent.files or text.strip()):
        faults["url"] = "one-alone"
    elif sent.files and text.strip():
        faults["file"] = "both-sent"
    elif url:
        fetched = _fetched(url, fetcher, faults)
        return _described([fetched], sent) if fetched else []
    elif sent.files:
        return _described(_opened(sent), sent)
    elif text.strip():
        # A browser sends line breaks as CR LF, whatever was pasted; articles have LF.
        return _described([Article(text.replace("\r\n", "\n"))], sent)
    else:
        faults["text"] = "nothing-sent"
    return []


def _opened(sent: Submitted) -> list[Article]:
    """The articles in the files; what cannot be read is noted with the name of its file."""
    encoding = sent.values.get("encoding") or ENCODINGS[0]
    found: list[Article] = []
    for name, data in sent.files:
        try:
            if data.startswith(GZIP):
                raise NotText(f"{name}: a packed file")
            form = detect(data, source=name)
            if form is Format.TEXT:
                found.append(Article(decode_text(data, name, encoding if encoding in ENCODINGS else ENCODINGS[0])))
                continue
            delivered = read_as(form, data, name)
        except _FILE_FAULTS as error:
            sent.blame(name, error.slug)
        except InputError:
            sent.blame(name, "broken-file")
        else:
            if not delivered or any(each.withdrawn for each in delivered):
                sent.blame(name, "withdrawn-item" if delivered else "unknown-format")
            found += [each.article for each in delivered]
    if len(found) > MOST_ARTICLES:
        sent.faults.setdefault("file", "too-many-articles")
    return found


def _described(articles: list[Article], sent: Submitted) -> list[Article]:
    """The articles with what the form says of them, which goes before what they say themselves."""
    values, faults = sent.values, sent.faults
    for name, longest in (("title", _LONGEST_TITLE), ("agency", _LONGEST_NAME)):
        if len(values.get(name, "")) > longest:
            faults[name] = "field-too-long"
    title, agency = values.get("title", "").strip(), values.get("agency", "").strip()
    if title and len(articles) > 1:
        faults["title"] = "title-of-several"
    published = _published(values.get("published", "").strip(), faults)
    return [
        replace(
            article,
            title=title or article.title,
            agency=agency or article.agency,
            published_at=published or article.published_at,
        )
        for article in articles
    ]


def _fetched(url: str, fetcher: Fetcher, faults: dict[str, str]) -> Article | None:
    """The one article at an address; ``None``, with the fault noted, where there is none to be had."""
    try:
        found = fetch_articles(fetcher, url)
    except _ADDRESS_FAULTS as error:
        faults["url"] = error.slug
    except InputError:
        faults["url"] = "bad-address"
    else:
        if len(found) == 1 and not found[0].withdrawn:
            return found[0].article
        faults["url"] = "no-single-article"
    return None


def _published(day: str, faults: dict[str, str]) -> datetime | None:
    if not day:
        return None
    try:
        moment = datetime.fromisoformat(day)
    except ValueError:
        faults["published"] = "bad-date"
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
