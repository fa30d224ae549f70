"""What an actor is called: its fullest name in the article, owners resolved, determiners left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.actor import ActorKind
from app.lexicon.transliteration import genitive_base
from app.resolution.mentions import MentionKind

if TYPE_CHECKING:
    from app.lexicon.grammar import Grammar
    from app.parsing.tree import Node
    from app.resolution.clusters import Cluster
    from app.resolution.mentions import MentionWords

# Weights that order descriptions; only their order matters. An owner says most, then an age ("43-åringen").
_OWNER, _AGE, _DEFINITE, _COMPOUND = 20, 30, 1, 2

_OF = "av"
_OWN = frozenset({"egen", "eget", "egna"})


def genitive(name: str) -> str:
    """The Swedish genitive of a name: "Nordbruks", "USA:s", "Belarus"."""
    last = name.rsplit(maxsplit=1)[-1]
    if last[-1:].lower() in {"s", "x", "z"} and not last.isupper():
        return name
    return f"{name}:s" if last.isupper() and len(last) > 1 else f"{name}s"


class Namer:
    """Names the clusters of one text."""

    def __init__(self, text: str, grammar: Grammar) -> None:
        self._text = text
        self._determiners = grammar.determiners
        self._is_amount = grammar.is_amount

    def name(self, cluster: Cluster) -> str:
        """Of a state its usual name, of a person or body the fullest printed, else the most telling description."""
        if cluster.territory is not None and cluster.body is None:
            return self._state_name(cluster)
        if cluster.names:
            # "Icas" is the genitive of "Ica", where the text has both.
            names = [n for n in cluster.names if not any(b != n and b in cluster.names for b in genitive_base(n))]
            return max(
                names,
                key=lambda name: (len(name.split()), not name.isupper(), -cluster.names.index(name)),
            )
        best: tuple[int, str] | None = None
        for order, (mention, rule) in enumerate(cluster.mentions):
            if rule == "one-of-group":
                continue
            document = mention.noun is not None and mention.noun.document and cluster.kind is not ActorKind.DOCUMENT
            if mention.kind is MentionKind.PRONOUN or (document and len(cluster.mentions) > 1):
                continue
            candidate = self._described(cluster, mention)
            aged = mention.noun is not None and mention.noun.person and mention.noun.base[:1].isdigit()
            # A group is called what it was introduced as ("grannar"), a single one what it is taken up as ("mannen").
            settled = mention.definite != cluster.plural
            rank = _OWNER * (mention.possessor is not None) + _AGE * aged + _DEFINITE * settled - order // 20
            rank += len(candidate.split()) - 1
            noun = mention.noun
            rank += _COMPOUND * (noun is not None and noun.lemma != noun.base and noun.kind is None)
            if candidate and (best is None or rank > best[0]):
                best = (rank, candidate)
        if best is None and not cluster.mentions:
            # Its only mention turned out to be somebody else's.
            return cluster.nouns[0].printed if cluster.nouns else cluster.kind.value
        return best[1] if best else self._text[cluster.mentions[0][0].head.start : cluster.mentions[0][0].head.end]

    def _described(self, cluster: Cluster, mention: MentionWords) -> str:
        """A description as a name: "Bakus regering" → "Azerbajdzjans regering", "Flera armenier" → "armenier"."""
        nodes, text = list(mention.nodes), self._text
        owner = cluster.owner
        if owner is not None and not (owner.named or owner.mentions):
            # Its only mention turned out to be somebody else's.
            owner = None
        if mention.possessor is not None and owner is not None and not _owns_its_owner(cluster):
            rest = [node for node in nodes if node.i > mention.possessor.i and node.lemma not in _OWN]
            # "Mannens tidigare sambo" stays as printed; a name says more than any word for it.
            state = owner.territory is not None
            keep = mention.possessor.upos != "PRON" and (
                not owner.named or (mention.possessor.upos == "PROPN" and not state)
            )
            whose = text[nodes[0].start : mention.possessor.end] if keep else genitive(self.name(owner))
            return f"{whose} {self._nominative(mention, rest)}" if rest else whose
        noun = mention.noun
        alone = mention.possessor is None and mention.adjective is None and not cluster.plural
        if owner is not None and owner.territory is not None and cluster.body and noun is not None and alone:
            # "inrikesministeriet i Belgrad", "utrikesministeriet" right after its state has spoken
            return f"{genitive(self.name(owner))} {noun.lemma}"
        part = (
            not _owns_its_owner(cluster) and owner is not None and owner.territory is None and mention.possessor is None
        )
        if part and owner is not None and mention.noun is not None and mention.adjective is None:
            # "styrelsen" of the body that the article is about: its own genitive, and the noun without its ending.
            return f"{genitive(self.name(owner))} {mention.noun.lemma}"
        if mention.noun is not None and mention.noun.document and not any(n.upos == "ADP" for n in nodes):
            # "den nya studien", "studiens": the document by its noun.
            return (
                genitive_base(mention.head.text, is_name=False)[0]
                if mention.head.feat("Case") == "Gen"
                else mention.head.text
            )
        while len(nodes) > 1 and (
            nodes[0].lower in self._determiners
            or nodes[0].rel == "nummod"
            # "ett trettiotal barnmorskor", "en del *av* de boende"
            or self._is_amount(nodes[0].lower)
            or (nodes[0].lower == _OF and nodes[0].i > mention.nodes[0].i)
            # "minst fyra skådespelare"
            or (nodes[0].upos == "ADV" and nodes[1].rel == "nummod")
        ):
            nodes = nodes[1:]
        return self._nominative(mention, nodes)

    def _nominative(self, mention: MentionWords, nodes: list[Node]) -> str:
        """The words as printed, without the genitive ending of a common noun."""
        printed = self._text[nodes[0].start : nodes[-1].end]
        common = nodes[-1] is mention.head and mention.head.upos == "NOUN" and mention.head.feat("Case") == "Gen"
        return genitive_base(printed, is_name=False)[0] if common else printed

    def _state_name(self, cluster: Cluster) -> str:
        """The territory's usual name where the text prints it or its adjective, else the name it prints."""
        territory = cluster.territory
        assert territory is not None
        if territory.name in self._text or territory.genitive in self._text:
            return territory.name
        printed = [name for name in territory.names if name in self._text]
        if printed:
            return printed[0]
        words = set(self._text.lower().split())
        if words & set(territory.adjectives):
            # "Moskva … ryska förband"
            return territory.name
        return cluster.names[0] if cluster.names else territory.name


def _owns_its_owner(cluster: Cluster) -> bool:
    """Whether the owners go round in a circle ("hans fru", whose "man" he is): then nobody is named by the other."""
    seen: set[int] = set()
    owner: Cluster | None = cluster
    while owner is not None:
        if owner.number in seen:
            return True
        seen.add(owner.number)
        owner = owner.owner
    return False
