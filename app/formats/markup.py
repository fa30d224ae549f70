"""Markup (HTML, XHTML, NITF) to the lines of text that are stored: a paragraph a line."""

from __future__ import annotations

import html.entities
import re
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from app.errors import InputError

DASH = "– "
"""Opens a line of speech, as Swedish newspapers print it."""

_LEFT_OUT = """
applet area audio button canvas datalist embed figure form head iframe img input map media math nav noscript object
script select style svg template textarea title video
"""
_ENDING_LINES = """
address article aside block blockquote body body.content bq center dd details dialog div dl dt fieldset footer h1 h2 h3
h4 h5 h6 header hedline hgroup hl1 hl2 hr html li main ol p pre section summary table tbody tfoot thead tr ul
"""
_SKIPPED = frozenset(_LEFT_OUT.split())
_BLOCKS = frozenset(_ENDING_LINES.split())
_CELLS = frozenset(("td", "th"))
_SPEECH = frozenset(("blockquote", "bq"))
# Who is quoted, printed below the quotation.
_CREDITS = frozenset(("footer", "credit"))
# Divisions of wire copy that hold what the item's metadata says as well: dateline and byline.
_METADATA_CLASSES = frozenset(("dat", "byline"))
# Quotation blocks that embed somebody's post: its words stand there as they do on the other site, without a speaker.
_EMBEDDED = re.compile(r"twitter-|tweet|instagram-|tiktok-|fb-post|bluesky-|mastodon-|reddit-")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_OPENS_WITH_DASH = re.compile(r"[-–—−‒―]")
_MARKS = "\"”“»«„'’"

_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]*);")
_XML_NAMES = frozenset((b"amp", b"lt", b"gt", b"quot", b"apos"))
_UNDECLARED = frozenset((26, 27))  # libxml2's numbers for an entity that nobody declares


def name_of(element: Any) -> str:
    """The name of an element without its namespace; empty for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def parse_html(text: str, source: str) -> Any:
    """The tree of an HTML document or a piece of one; ``None`` where nothing is in it.

    Any HTML can be read; raises `InputError` only where reading it stopped, at elements nested hundreds deep.
    """
    # As bytes in a known encoding, since a declaration of another one in the text would count more.
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return None
    for fault in parser.error_log.filter_from_fatals():
        raise InputError(f"{source}: HTML beyond reading: {fault.message.split(',')[0]} (line {fault.line})")
    return tree


def parse_xml(data: bytes, source: str, encoding: str | None = None) -> Any:
    """The root element of an XML document. Nothing is loaded from elsewhere, and no entity is expanded.

    HTML's names for characters (``&nbsp;``) are taken, though XML knows five of them. Raises `InputError` naming line
    and column where it is not well-formed, and for a document that declares entities of its own.
    """
    try:
        root = _xml(data, encoding)
        unknown = next(root.iter(etree.Entity), None)
    except etree.XMLSyntaxError as error:
        if error.code not in _UNDECLARED:
            raise InputError(f"{source}: not well-formed XML: {error.msg}") from None
        unknown = error
    except LookupError:
        raise InputError(f"{source}: no encoding is called {encoding!r}") from None
    if unknown is not None:
        try:
            root = _xml(_NAMED.sub(_numbered, data), encoding)
        except etree.XMLSyntaxError as error:
            raise InputError(f"{source}: not well-formed XML: {error.msg}") from None
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise InputError(f"{source}: the document declares entities; send it with the characters in their place")
    if (left := next(root.iter(etree.Entity), None)) is not None:
        raise InputError(f"{source}: nobody declares the entity {left.text} in line {left.sourceline}")
    return root


def _xml(data: bytes, encoding: str | None) -> Any:
    return etree.fromstring(
        data,
        etree.XMLParser(
            encoding=encoding,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        ),
    )


def _numbered(found: re.Match[bytes]) -> bytes:
    characters = html.entities.html5.get(f"{found[1].decode('ascii')};")
    if found[1] in _XML_NAMES or characters is None:
        return found[0]
    return "".join(f"&#{ord(character)};" for character in characters).encode("ascii")


def text_of(root: Any) -> str:
    """The text of an element, a paragraph a line; see `lines_of`."""
    return "\n".join(lines_of(root))


def lines_of(root: Any) -> list[str]:
    """The lines of text in an element: a line for each paragraph, heading, item of a list and row of a table.

    Runs of blanks are one space. A line inside a block quotation opens with a dash, as speech does in Swedish print,
    unless it does so already, is wholly inside quotation marks, or is another site's post. Left out are pictures with
    their captions, navigation, forms, scripts, what is hidden, and the byline and dateline divisions of wire copy.
    """
    lines = _Lines()
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        name = name_of(element).lower()
        if event == "start":
            if _is_left_out(element, name):
                lines.skipped.append(element)
                walker.skip_subtree()
                continue
            lines.open(element, name)
            lines.add(element.text, in_pre=bool(lines.preformatted))
        else:
            if lines.skipped and lines.skipped[-1] is element:
                lines.skipped.pop()
            else:
                lines.close(element, name)
            if element is not root:
                lines.add(element.tail, in_pre=bool(lines.preformatted))
    lines.end_line()
    return lines.made


class _Lines:
    """The lines made so far, and the one under way."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.skipped: list[Any] = []
        self.preformatted = 0
        self._pieces: list[str] = []
        self._speech: list[bool] = []

    def add(self, text: str | None, *, in_pre: bool) -> None:
        if not text:
            return
        if not in_pre:
            self._pieces.append(text)
            return
        first, *others = text.splitlines() or [""]
        self._pieces.append(first)
        for line in others:
            self.end_line()
            self._pieces.append(line)

    def open(self, element: Any, name: str) -> None:
        if name == "br":
            self.end_line()
        elif name == "q":
            self._pieces.append("”")
        elif name in _CELLS:
            self._pieces.append("\t")
        elif name in _BLOCKS or name in _CREDITS or self._is_credit(element, name):
            self.end_line()
        if name in _SPEECH:
            self._speech.append(not _EMBEDDED.search(element.get("class", "")))
        elif self._speech and (name in _CREDITS or self._is_credit(element, name)):
            self._speech.append(False)
        self.preformatted += name == "pre"

    def close(self, element: Any, name: str) -> None:
        if name == "q":
            self._pieces.append("”")
        is_credit = name in _CREDITS or self._is_credit(element, name)
        if name in _BLOCKS or is_credit:
            self.end_line()
        if name in _SPEECH or (self._speech and is_credit):
            self._speech.pop()
        self.preformatted -= name == "pre"

    def end_line(self) -> None:
        line = _BLANKS.sub(" ", "".join(self._pieces)).strip()
        self._pieces.clear()
        if not line:
            return
        if self._speech and self._speech[-1] and not _OPENS_WITH_DASH.match(line) and not _is_quoted(line):
            line = DASH + line
        self.made.append(line)

    def _is_credit(self, element: Any, name: str) -> bool:
        """Whether a ``cite`` names who is quoted, below the quotation, rather than a work within a sentence."""
        if name != "cite" or not self._speech:
            return False
        return not (element.tail or "").strip() and element.getnext() is None


def _is_left_out(element: Any, name: str) -> bool:
    if name in _SKIPPED or element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")):
        return True
    return name == "div" and not _METADATA_CLASSES.isdisjoint(element.get("class", "").split())


def _is_quoted(line: str) -> bool:
    return line[0] in _MARKS and line.rstrip(".")[-1] in _MARKS
