"""What a picture shows, before anything has a place: boxes with text, links with a style, pages they lead to."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from urllib.parse import quote

import networkx as nx

from app.domain.actor import ActorKind
from app.graph import wording
from app.graph.lettering import text_width, wrap
from app.graph.vocabulary import EdgeKind
from app.graph.wording import Language

LINE_HEIGHT = 1.25
"""In em."""
_NAME_SIZE, _NAME_GROWTH, _NAME_LARGEST = 13.0, 2.2, 21.0
"""Font size of a name in pixels: the smallest, what the square root of the number of claims adds, the largest."""
_NAME_ROOM_EM = 12.5
"""Names wrap at this width: two lines for most of what news texts call their actors."""
_CLAIM_SIZE, _CLAIM_ROOM = 11.5, 178.0
_PAD_X, _PAD_Y = 11.0, 7.0
_STATES = frozenset({ActorKind.STATE.value, ActorKind.GOVERNMENT.value})


@dataclass(frozen=True, slots=True)
class Links:
    """Where boxes and links lead. ``prefix`` goes before each path: empty, a path, or an http(s) address.

    Raises ``ValueError`` on any other prefix, since ``javascript:`` would be one too.
    """

    prefix: str = ""
    actor: str = "/actors/{id}"
    claim: str = "/claims/{id}"
    pair: str = "/claims?speaker={speaker}&target={target}"

    def __post_init__(self) -> None:
        if self.prefix and not self.prefix.startswith(("/", "http://", "https://")):
            raise ValueError(f"link prefix must start with '/', 'http://' or 'https://', got {self.prefix!r}")

    def to_actor(self, actor: str) -> str:
        """Address of an actor's page."""
        return self._to(self.actor, id=actor)

    def to_claim(self, claim: str) -> str:
        """Address of a claim's page."""
        return self._to(self.claim, id=claim)

    def to_pair(self, speaker: str, target: str) -> str:
        """Address of what one actor claims about another."""
        return self._to(self.pair, speaker=speaker, target=target)

    def _to(self, pattern: str, **ids: str) -> str:
        return self.prefix.rstrip("/") + pattern.format(**{name: quote(value, safe="") for name, value in ids.items()})


@dataclass(frozen=True, slots=True)
class Box:
    """A node to draw. ``shape`` is ``person``, ``state``, ``body`` or ``claim``; ``style`` is a claim's act.

    ``width`` and ``height`` are in pixels, ``size`` is the font size. ``note`` is what hovering and screen readers
    give.
    """

    id: str
    shape: str
    lines: tuple[str, ...]
    size: float
    width: float
    height: float
    note: str
    style: str = ""
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """An edge to draw from box to box, by position in ``Picture.boxes``. ``style`` is a key of ``wording.STYLES``."""

    source: int
    target: int
    style: str
    count: int
    note: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """Boxes and links without a place yet, with the words that go around them.

    ``summary`` says how much there is and how much of it is shown, ``description`` all that the links say.
    """

    boxes: tuple[Box, ...]
    links: tuple[Link, ...]
    title: str
    summary: str
    description: str
    language: Language


def actor_box(graph: nx.MultiDiGraph, actor: str, claims: int, note: str, links: Links | None) -> Box:
    """The box of an actor; ``claims`` sets the size of its name."""
    attributes = graph.nodes[actor]
    kind = attributes.get("actor_kind")
    shape = "state" if kind in _STATES else "person" if kind == ActorKind.PERSON.value else "body"
    size = round(min(_NAME_SIZE + _NAME_GROWTH * max(sqrt(claims) - 1, 0), _NAME_LARGEST), 1)
    bold = shape == "state"
    lines = wrap(attributes["label"], size, _NAME_ROOM_EM * size, 3, bold=bold) or (actor,)
    return _box(actor, shape, lines, size, note, "", links.to_actor(actor) if links else None, bold=bold)


def claim_box(graph: nx.MultiDiGraph, claim: str, language: Language, links: Links | None) -> Box:
    """The box of a claim, with the first words of what is claimed."""
    attributes = graph.nodes[claim]
    style = attributes.get("act", "statement")
    lines = wrap(attributes["label"], _CLAIM_SIZE, _CLAIM_ROOM, 3) or (claim,)
    note = f"{wording.STYLES[language][style]}: {attributes['label']}"
    return _box(claim, "claim", lines, _CLAIM_SIZE, note, style, links.to_claim(claim) if links else None)


def _box(
    node: str,
    shape: str,
    lines: tuple[str, ...],
    size: float,
    note: str,
    style: str,
    href: str | None,
    *,
    bold: bool = False,
) -> Box:
    width = max(text_width(line, size, bold=bold) for line in lines) + 2 * _PAD_X
    height = len(lines) * size * LINE_HEIGHT + 2 * _PAD_Y
    return Box(node, shape, lines, size, round(width, 1), round(height, 1), note, style, href)


def representation_links(graph: nx.MultiDiGraph, place: dict[str, int], language: Language) -> list[Link]:
    """The ``speaks_for`` edges between the nodes that have a place among the boxes."""
    return [
        plain_link(graph, place, EdgeKind.SPEAKS_FOR.value, speaker, party, language)
        for speaker, party, kind in graph.edges(data="kind")
        if kind == EdgeKind.SPEAKS_FOR.value and speaker in place and party in place and speaker != party
    ]


def plain_link(
    graph: nx.MultiDiGraph, place: dict[str, int], style: str, source: str, target: str, language: Language
) -> Link:
    """A link that stands for one fact: its note reads "source verb target"."""
    first, second = graph.nodes[source]["label"], graph.nodes[target]["label"]
    return Link(place[source], place[target], style, 1, f"{first} – {wording.STYLES[language][style]} – {second}")
