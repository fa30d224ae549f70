"""Lines that are never text: comment counters, advertisements, picture credits, bylines, dates and the like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from app.lexicon.strict import Entry, read_file

_LONGEST = 400
"""No rule is tried on longer lines (code points): furniture is short, and running text needs no time spent on it."""

_FRAGMENT = re.compile(r"\{([a-z]+)\}")


class BoilerplateKind(StrEnum):
    """What a line that is no text is: site furniture, a picture credit or a byline."""

    FURNITURE = "furniture"
    CREDIT = "credit"
    BYLINE = "byline"


class Place(StrEnum):
    """Where a rule holds: on any line, or only among the first and last ones."""

    ANY = "any"
    EDGE = "edge"


@dataclass(frozen=True, slots=True)
class BoilerplateRule:
    """One rule: a line that ``pattern`` matches wholly is of ``kind``. ``name`` is its section and place there."""

    name: str
    kind: BoilerplateKind
    place: Place
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """The rules of ``boilerplate.yaml``."""

    rules: tuple[BoilerplateRule, ...]

    def rule_for(self, line: str, *, at_edge: bool = False) -> BoilerplateRule | None:
        """The rule by which ``line`` is no text, or ``None``. ``at_edge``: it is among the first or last lines."""
        stripped = line.strip()
        if not stripped or len(stripped) > _LONGEST:
            return None
        for rule in self.rules:
            if (at_edge or rule.place is Place.ANY) and rule.pattern.fullmatch(stripped):
                return rule
        return None

    def is_boilerplate(self, line: str) -> bool:
        """Whether ``line`` is no text wherever it stands."""
        return self.rule_for(line) is not None

    def edges(self, lines: list[str]) -> list[bool]:
        """For each line whether it is boilerplate, with the rules for the edges applied from both ends inward.

        The edge at the top is the lines up to the second that is text (headline, lead), the edge at the end the lines
        after the last that is text.
        """
        found = [self.is_boilerplate(line) for line in lines]
        text_lines = 0
        for place, line in enumerate(lines):
            if found[place] or not line.strip():
                continue
            if text_lines > 0 and self.rule_for(line, at_edge=True):
                found[place] = True
                continue
            text_lines += 1
            if text_lines > 2:
                break
        for place in range(len(lines) - 1, 0, -1):
            if found[place] or not lines[place].strip():
                continue
            if not self.rule_for(lines[place], at_edge=True):
                break
            found[place] = True
        return found


@cache
def load_boilerplate(language: str) -> Boilerplate:
    """The rules of ``language``, read once; raises ``UnsupportedLanguage`` or ``LexiconError``."""
    data = read_file(language, "boilerplate.yaml")
    section = data.entry("fragments")
    fragments = {name: section.text(name) for name in section}
    rules: list[BoilerplateRule] = []
    for kind in BoilerplateKind:
        for number, entry in data.children(kind):
            entry.text("why")
            place = entry.choice("where", Place, Place.ANY)
            rules.append(BoilerplateRule(f"{kind}-{number}", kind, place, _compile(entry, fragments)))
            entry.done()
    data.done()
    return Boilerplate(tuple(rules))


def _compile(entry: Entry, fragments: dict[str, str]) -> re.Pattern[str]:
    find = entry.text("find")
    for name in _FRAGMENT.findall(find):
        if name not in fragments:
            raise entry.fail("find", f"{{{name}}} is no fragment")
    whole = _FRAGMENT.sub(lambda match: f"(?:{fragments[match.group(1)]})", find)
    try:
        return re.compile(whole, re.IGNORECASE)
    except re.error as error:
        raise entry.fail("find", f"no regular expression: {error}") from None
