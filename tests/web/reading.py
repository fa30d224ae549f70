"""A page as a browser takes it apart: its text, its elements, its links."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "img", "path", "rect", "circle", "base"}


@dataclass
class Element:
    """An element with its attributes and the pieces of text in it, those of its descendants included."""

    tag: str
    attributes: dict[str, str]
    texts: list[str] = field(default_factory=list)
    inside: list[Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text in it, as written."""
        return "".join(self.texts)

    @property
    def words(self) -> str:
        """All text in it, white space as one blank."""
        return " ".join(self.text.split())

    def all(self, tag: str = "", **attributes: str) -> list[Element]:
        """The elements in it with that tag and those attributes; ``cls`` is one of its classes."""
        found = []
        for each in self.inside:
            wanted = dict(attributes)
            cls = wanted.pop("cls", None)
            fits = (not tag or each.tag == tag) and (cls is None or cls in each.attributes.get("class", "").split())
            if fits and all(each.attributes.get(name.replace("_", "-")) == value for name, value in wanted.items()):
                found.append(each)
            found += each.all(tag, **attributes)
        return found

    def one(self, tag: str = "", **attributes: str) -> Element:
        """The one such element."""
        (found,) = self.all(tag, **attributes)
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
            self.open.pop()

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.texts.append(data)


def read(html: str) -> Element:
    """The page; an assertion fails where its elements are not properly nested."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert [element.tag for element in reader.open] == [""], "not everything is closed"
    return reader.root
