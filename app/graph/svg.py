"""A picture as one self-contained SVG: accessible, light and dark, no script, no font or style from elsewhere."""

from __future__ import annotations

import re
from math import log2
from xml.sax.saxutils import escape, quoteattr

from app.graph import wording
from app.graph.layout import place
from app.graph.lettering import text_width
from app.graph.picture import LINE_HEIGHT, Box, Link, Picture
from app.graph.routes import Curve, route
from app.graph.style import HEADS, STROKES, stylesheet
from app.graph.xmltext import printable

_MARGIN = 22.0
_HEADING = 56.0
_LEGEND_LINE, _LEGEND_SIZE, _SAMPLE = 23.0, 12.5, 40.0
_LEAST_WIDTH = 420.0
_SHAPES = ("state", "person", "body", "claim")


def draw(picture: Picture, *, scope: str = "sagesman-picture", heading: bool = False) -> str:
    """The picture as SVG text.

    ``scope`` is the class its style rules are bound to and the start of its ids; two pictures set into one page need
    two of them (letters, digits, hyphens; anything else raises ``ValueError``). ``heading`` shows title and summary in
    the picture; title and description are there for screen readers in any case. Boxes carry ``data-id``, links
    ``data-source`` and ``data-target``, for a page that adds behaviour. Hyperlinks open in the topmost frame, so that
    an embedded picture leads on.
    """
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", scope):
        raise ValueError(f"scope must be letters, digits and hyphens, got {scope!r}")
    places = place(picture)
    curves = route(picture, places)
    styles = [style for style in STROKES if any(link.style == style for link in picture.links)]
    bars = [style for style in STROKES if any(box.style == style for box in picture.boxes) and style not in styles]
    width = max(places.width, _LEAST_WIDTH) + 2 * _MARGIN
    left, top = (width - places.width) / 2, _MARGIN + (_HEADING if heading else 0)
    legend, legend_height = _legend(picture, styles, scope, width - 2 * _MARGIN)
    bottom = top + places.height + (_MARGIN if picture.boxes else 0)
    height = bottom + legend_height + _MARGIN
    body = [
        f'<rect class="paper" width="{width:.0f}" height="{height:.0f}" rx="6"/>',
        *_heading(picture, heading),
        f'<g transform="translate({left:.1f} {top:.1f})">',
        *_links(picture, curves, scope),
        *(_box(box, centre) for box, centre in zip(picture.boxes, places.centres, strict=True)),
        "</g>",
        f'<g class="legend" transform="translate({_MARGIN:.1f} {bottom:.1f})">',
        *legend,
        "</g>",
    ]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" class="{scope}" role="graphics-document document" '
            f'lang="{picture.language}" width="{width:.0f}" height="{height:.0f}" '
            f'viewBox="0 0 {width:.0f} {height:.0f}" '
            f'aria-labelledby="{scope}-title" aria-describedby="{scope}-description">',
            f'<title id="{scope}-title">{_text(picture.title)}</title>',
            f'<desc id="{scope}-description">{_text(picture.description)}</desc>',
            f"<style>{stylesheet(scope, styles + bars)}</style>",
            f"<defs>{''.join(_head(style, scope) for style in styles)}</defs>",
            *body,
            "</svg>",
            "",
        ]
    )


def _text(value: str) -> str:
    return escape(printable(value))


def _attribute(value: str) -> str:
    return quoteattr(printable(value))


def _head(style: str, scope: str) -> str:
    """The marker of a style; nothing for one without an arrow head."""
    head = STROKES[style].head
    if head == "none":
        return ""
    return (
        f'<marker id="{scope}-{style}" class="{style}" viewBox="0 0 14 14" refX="13" refY="7" markerWidth="14" '
        f'markerHeight="14" markerUnits="userSpaceOnUse" orient="auto">{HEADS[head]}</marker>'
    )


def _pointing(style: str, scope: str) -> str:
    """The attribute that puts a style's marker at the end of a path."""
    return "" if STROKES[style].head == "none" else f' marker-end="url(#{scope}-{style})"'


def _heading(picture: Picture, shown: bool) -> list[str]:
    parts = []
    if shown:
        parts.append(f'<text class="heading" x="{_MARGIN:.0f}" y="{_MARGIN + 18:.0f}">{_text(picture.title)}</text>')
        parts.append(f'<text class="note" x="{_MARGIN:.0f}" y="{_MARGIN + 38:.0f}">{_text(picture.summary)}</text>')
    elif not picture.boxes:
        parts.append(f'<text class="note" x="{_MARGIN:.0f}" y="{_MARGIN + 14:.0f}">{_text(picture.summary)}</text>')
    return parts


def _links(picture: Picture, curves: tuple[Curve, ...], scope: str) -> list[str]:
    """The links, the weakest styles first so that the strongest lie on top, each with room to point at."""
    order = list(STROKES)
    drawn = sorted(zip(picture.links, curves, strict=True), key=lambda pair: -order.index(pair[0].style))
    return [_link(picture, link, curve, scope) for link, curve in drawn]


def _link(picture: Picture, link: Link, curve: Curve, scope: str) -> str:
    stroke = STROKES[link.style]
    path = "M{:g} {:g}Q{:g} {:g} {:g} {:g}".format(*curve.start, *curve.control, *curve.end)
    # An attribute rather than a style of its own: a page whose security policy forbids those may hold the picture.
    wide = f' stroke-width="{stroke.width * (1 + 0.3 * log2(link.count)):.2g}"'
    inner = f'<path class="line" d="{path}"{wide}{_pointing(link.style, scope)}/><path class="hit" d="{path}"/>'
    if link.count > 1:
        x, y = curve.middle
        half = text_width(str(link.count), 11.5, bold=True) / 2 + 5
        inner += (
            f'<rect class="badge" x="{x - half:.1f}" y="{y - 8.5:.1f}" width="{2 * half:.1f}" height="17" rx="8.5"/>'
            f'<text class="count" x="{x:g}" y="{y + 4:.1f}">{link.count}</text>'
        )
    source, target = picture.boxes[link.source].id, picture.boxes[link.target].id
    data = f"data-source={_attribute(source)} data-target={_attribute(target)}"
    return _linked(f"link {link.style}", data, link.note, link.href, inner)


def _box(box: Box, centre: tuple[float, float]) -> str:
    left, top = centre[0] - box.width / 2, centre[1] - box.height / 2
    radius = {"person": box.height / 2 if len(box.lines) < 2 else 18.0, "claim": 3.0}.get(box.shape, 5.0)
    inner = (
        f'<rect class="frame" x="{left:.1f}" y="{top:.1f}" width="{box.width:g}" height="{box.height:g}" '
        f'rx="{radius:.1f}"/>'
    )
    if box.style:
        inner += f'<rect class="bar" x="{left:.1f}" y="{top:.1f}" width="5" height="{box.height:g}" rx="2"/>'
    first = centre[1] - (len(box.lines) - 1) * box.size * LINE_HEIGHT / 2 + box.size * 0.35
    anchor, x = ("start", left + 12) if box.shape == "claim" else ("middle", centre[0])
    for number, line in enumerate(box.lines):
        y = first + number * box.size * LINE_HEIGHT
        inner += f'<text x="{x:.1f}" y="{y:.1f}" font-size="{box.size:g}" text-anchor="{anchor}">{_text(line)}</text>'
    style = f" {box.style}" if box.style else ""
    return _linked(f"box {box.shape}{style}", f"data-id={_attribute(box.id)}", box.note, box.href, inner)


def _linked(classes: str, data: str, note: str, href: str | None, inner: str) -> str:
    """A group that says what it is, as a hyperlink where it leads somewhere."""
    label = _attribute(note.split("\n")[0])
    inner = f"<title>{_text(note)}</title>{inner}"
    if href is None:
        return f'<g class="{classes}" {data} role="graphics-symbol img" aria-label={label}>{inner}</g>'
    return f'<a class="{classes}" {data} href={_attribute(href)} target="_top" aria-label={label}>{inner}</a>'


def _legend(picture: Picture, styles: list[str], scope: str, room: float) -> tuple[list[str], float]:
    """What the styles and shapes that occur mean, set in lines; and the height of it all."""
    language = picture.language
    items = [(_sample(style, scope), wording.STYLES[language][style]) for style in styles]
    for shape in _SHAPES:
        if any(box.shape == shape for box in picture.boxes):
            frame = (
                f'<g class="{shape}"><rect class="frame" x="6" y="-10" width="28" height="14" '
                f'rx="{7 if shape == "person" else 3}"/></g>'
            )
            items.append((frame, wording.phrase(language, shape)))
    return _flow(items, room)


def _sample(style: str, scope: str) -> str:
    line = f'<path class="line" stroke-width="{STROKES[style].width}" d="M0 -3H34"{_pointing(style, scope)}/>'
    return f'<g class="link {style}">{line}</g>'


def _flow(items: list[tuple[str, str]], room: float) -> tuple[list[str], float]:
    """The items of a legend from left to right, in as many lines as ``room`` asks for, under a thin rule."""
    if not items:
        return [], 0.0
    parts, x, y = [f'<path class="rule" d="M0 -6H{room:.0f}"/>'], 0.0, 18.0
    for sample, name in items:
        width = _SAMPLE + 6 + text_width(name, _LEGEND_SIZE) + 20
        if x and x + width - 20 > room:
            x, y = 0.0, y + _LEGEND_LINE
        label = f'<text class="note" x="{_SAMPLE + 6:g}" y="1">{_text(name)}</text>'
        parts.append(f'<g transform="translate({x:.1f} {y:.1f})">{sample}{label}</g>')
        x += width
    return parts, y + 6
