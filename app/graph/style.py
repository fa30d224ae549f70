"""How links look: each style by colour and by dash and arrow head, so that it can be told without seeing colours."""

from __future__ import annotations

from dataclasses import dataclass

PAPER = ("#ffffff", "#14171c")
"""Background in light and in dark."""
INK = ("#1b1f27", "#e8ebf0")
"""Text in light and in dark."""
FAINT = ("#5d6675", "#a3adbb")
"""Lines that stand back and small print, in light and in dark."""
PANEL = ("#eef1f5", "#232932")
"""Fill of boxes of parties that are neither state nor person, in light and in dark."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A link's look: colour in light and dark, width and dashes in pixels, and the head at its target."""

    light: str
    dark: str
    width: float
    dash: str
    head: str


STROKES: dict[str, Stroke] = {
    "accusation": Stroke("#c8102e", "#ff7176", 2.6, "", "arrow"),
    "denial": Stroke("#7b2fbf", "#c898ff", 2.4, "9 4", "bar"),
    "criticism": Stroke("#b8530a", "#ffa25f", 2.2, "", "open"),
    "demand": Stroke("#1d5fd1", "#74b3ff", 2.0, "", "double"),
    "unverified": Stroke("#5d6675", "#a3adbb", 2.0, "2 4", "ring"),
    "support": Stroke("#157a3c", "#56d18c", 2.2, "", "dot"),
    "confirmation": Stroke("#0f7069", "#4ccfc2", 2.0, "12 3 3 3", "dot"),
    "question": Stroke("#b31582", "#ff8fdd", 1.8, "5 3", "ring"),
    "announcement": Stroke("#2b6777", "#84c6d8", 1.6, "14 4", "chevron"),
    "opinion": Stroke("#795b00", "#d9ba4f", 1.6, "5 4", "chevron"),
    "statement": Stroke("#5d6675", "#a3adbb", 1.6, "", "chevron"),
    "speaks_for": Stroke("#5d6675", "#a3adbb", 1.8, "0.1 5", "none"),
    "said": Stroke("#5d6675", "#a3adbb", 1.2, "", "none"),
    "part_of": Stroke("#5d6675", "#a3adbb", 1.4, "3 3", "chevron"),
    "repeats": Stroke("#4b6f12", "#a9d25a", 1.8, "10 3", "chevron"),
    "answers": Stroke("#0a6494", "#6cc4f2", 1.8, "7 3", "chevron"),
}
"""Keys are those of ``wording.STYLES``. Contrast with the paper is at least 4.5 : 1 in both themes."""

HEADS: dict[str, str] = {
    "arrow": '<path class="f" d="M1 1 13 7 1 13z"/>',
    "open": '<path class="o" d="M2 2 12 7 2 12z"/>',
    "bar": '<path class="l" d="M11.5 0.5v13"/><path class="f" d="M2 3 9.5 7 2 11z"/>',
    "double": '<path class="l" d="M1.5 2 6.5 7 1.5 12M7.5 2 12.5 7 7.5 12"/>',
    "ring": '<circle class="o" cx="7.5" cy="7" r="4.5"/>',
    "dot": '<circle class="f" cx="8" cy="7" r="5"/>',
    "chevron": '<path class="l" d="M4.5 2 12.5 7 4.5 12"/>',
}
"""Arrow heads in a 14 by 14 box that touch their target at (13, 7): f filled, o outlined on paper, l lines only."""


def stylesheet(scope: str, styles: list[str]) -> str:
    """CSS for the styles that occur, all rules below the class ``scope``: light first, dark by the reader's setting."""
    rules = [
        f".{scope}{{color-scheme:light dark;font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',"
        "'Noto Sans',Arial,sans-serif;max-width:100%;height:auto}",
        f".{scope} text{{fill:currentColor}}",
        f".{scope} .link path{{fill:none;stroke-linecap:butt}}",
        f".{scope} .link .hit{{stroke:transparent;stroke-width:14;stroke-dasharray:none}}",
        f".{scope} .speaks_for path{{stroke-linecap:round}}",
        f".{scope} a{{text-decoration:none;cursor:pointer}}",
        f".{scope} .state text{{font-weight:700}}",
        f".{scope} .link:hover .line,.{scope} .link:focus-visible .line{{stroke-width:5!important}}",
        f".{scope} .box:hover rect.frame,.{scope} .box:focus-visible rect.frame{{stroke-width:3}}",
        f".{scope} a:focus-visible{{outline:3px solid currentColor;outline-offset:2px}}",
        f".{scope} .note{{font-size:12.5px}}",
        f".{scope} .heading{{font-size:21px;font-weight:700}}",
        f".{scope} .count{{font-size:11.5px;font-weight:700;text-anchor:middle}}",
        f".{scope} .l{{fill:none;stroke-width:2}}",
        f".{scope} .o{{stroke-width:2}}",
    ]
    for style in styles:
        stroke = STROKES[style]
        if stroke.dash:
            rules.append(f".{scope} .{style} .line{{stroke-dasharray:{stroke.dash}}}")
    rules += _colours(scope, styles, 0)
    return "".join(rules) + "@media(prefers-color-scheme:dark){" + "".join(_colours(scope, styles, 1)) + "}"


def _colours(scope: str, styles: list[str], theme: int) -> list[str]:
    """The rules that differ between light (0) and dark (1)."""
    paper, ink, faint, panel = PAPER[theme], INK[theme], FAINT[theme], PANEL[theme]
    rules = [
        f".{scope}{{color:{ink}}}",
        f".{scope} .paper,.{scope} .o{{fill:{paper}}}",
        f".{scope} .frame{{fill:{paper};stroke:{ink};stroke-width:1.4}}",
        f".{scope} .body .frame{{fill:{panel};stroke:{faint};stroke-width:1}}",
        f".{scope} .claim .frame{{stroke:{faint};stroke-width:1}}",
        f".{scope} .state .frame{{fill:{ink}}}",
        f".{scope} .state text{{fill:{paper}}}",
        f".{scope} .note{{fill:{faint}}}",
        f".{scope} .badge{{fill:{paper}}}",
        f".{scope} .rule{{stroke:{faint};stroke-opacity:.35}}",
    ]
    for style in styles:
        stroke = STROKES[style]
        colour = (stroke.light, stroke.dark)[theme]
        rules += [
            ",".join(f".{scope} .{style} .{part}" for part in ("line", "l", "o", "badge")) + f"{{stroke:{colour}}}",
            f".{scope} .{style} .f,.{scope} .{style} .bar{{fill:{colour}}}",
        ]
    return rules
