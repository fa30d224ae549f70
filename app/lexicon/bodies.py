"""Organisations, authorities and media by name, and the nouns that tell what kind of body an unknown name is."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.domain.actor import ActorKind
from app.lexicon.genitive import genitives
from app.lexicon.nouns import Declension, NounIndex, read_nouns
from app.lexicon.strict import Entry


@dataclass(frozen=True, slots=True)
class Organisation:
    """A named body.

    ``territory`` is the state that it is an organ of or at home in, ``part_of`` the name of its parent body. ``organ``
    says that it speaks for that state (a ministry, an armed force), ``shared`` that the name is a common word as well.
    ``sort`` is the noun that takes it up where its name tells none ("fackförbund").
    """

    name: str
    kind: ActorKind
    aliases: tuple[str, ...] = ()
    territory: str | None = None
    part_of: str | None = None
    organ: bool = False
    shared: bool = False
    sort: str | None = None


@dataclass(frozen=True, slots=True)
class OrganisationHit:
    """A word names ``organisation``; ``genitive`` where it stands in the genitive ("FN:s")."""

    organisation: Organisation
    genitive: bool


@dataclass(frozen=True, slots=True)
class BodyNoun:
    """What a head noun says of a body: its kind, and whether it is an ``organ`` of the state named before it."""

    kind: ActorKind
    organ: bool = False


@dataclass
class OrganisationIndex:
    """Named bodies by name, alias and genitive."""

    organisations: dict[str, Organisation] = field(default_factory=dict)
    _words: dict[str, OrganisationHit] = field(default_factory=dict)

    def find(self, word: str) -> OrganisationHit | None:
        """The body that ``word`` names, or ``None``. Case counts, except that a name in capitals matches too."""
        return self._words.get(word) or self._words.get("\N{NULL}" + word)

    def read(self, data: Entry, section: str, kind: ActorKind | None = None) -> None:
        """Add the entries of a section; raises ``LexiconError`` for a name that two of them claim."""
        for name, entry in data.children(section):
            organisation = Organisation(
                name=name,
                kind=kind or entry.choice("kind", ActorKind),
                aliases=entry.words("aliases"),
                territory=entry.optional("territory"),
                part_of=entry.optional("part_of"),
                organ=entry.flag("organ"),
                shared=entry.optional("shared") is not None,
                sort=entry.optional("sort"),
            )
            entry.done()
            self.organisations[name] = organisation
            for each in (name, *organisation.aliases):
                other = self._words.get(each)
                if other is not None and not other.genitive:
                    raise entry.fail("aliases", f"{each!r} is {other.organisation.name} already")
                self._words[each] = OrganisationHit(organisation, False)
                self._words.setdefault("\N{NULL}" + each.upper(), OrganisationHit(organisation, False))
                for form in genitives(each):
                    self._words.setdefault(form, OrganisationHit(organisation, True))


def read_heads(data: Entry, section: str, declensions: dict[str, Declension], index: NounIndex[BodyNoun]) -> None:
    """Add the blocks of head nouns of a section to ``index``; raises ``LexiconError``."""
    for _, block in data.children(section):
        noun = BodyNoun(block.choice("kind", ActorKind), block.flag("organ"))
        compound = block.flag("compound")
        for forms in read_nouns(block, declensions):
            index.add(noun, forms, compound=compound)
        block.done()
