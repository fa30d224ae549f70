"""Who the text is about at a place: the body told of so far, and whoever has just spoken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.actor import ActorKind

if TYPE_CHECKING:
    from app.parsing.tree import Node
    from app.resolution.clusters import Cluster
    from app.resolution.linking import Linker
    from app.resolution.mentions import MentionWords

_OFTEN = 2
_PARTY = "parti"


def marks_of(linker: Linker, cluster: Cluster, *, within: bool = True) -> set[str]:
    """The nouns and titles by which one can tell the sort of body: its own, and those of who speaks for it.

    ``within`` looks inside its names as well: "Transport*facket*" is a union.
    """
    found = {word for noun in cluster.nouns for word in (noun.base, noun.lemma)}
    words = [word for name in cluster.names for word in name.split()]
    found |= {word.casefold() for word in words}
    if within:
        hits = (linker.entities.body_noun(word) for word in words)
        found |= {hit.form.lemma for hit in hits if hit is not None and hit.prefix}
    if cluster.sort is not None:
        found.add(cluster.sort)
    for other in cluster.speakers:
        found |= {word for noun in other.nouns if noun.title is not None for word in (noun.base, noun.lemma)}
    return found


def recent_first(linker: Linker, node: Node) -> list[Cluster]:
    """All actors, those mentioned last before the node first; for headlines, read last, also who comes later.

    Of an owner those are left out that would be "sin": in "TT har inte bekräftat *tidningens* uppgifter" never TT.
    """
    own = _subject_of_owner(linker, node)
    others = (cluster for cluster in linker.set.clusters if cluster is not own)
    return sorted(others, key=lambda cluster: cluster.before(node.i), reverse=True)


def _subject_of_owner(linker: Linker, node: Node) -> Cluster | None:
    """Who does what is done to something that the node owns."""
    if node.deprel != "nmod:poss":
        return None
    phrase = node
    while phrase.head is not None and phrase.rel not in {"obj", "obl", "iobj"}:
        if phrase.upos in {"VERB", "AUX"}:
            return None
        phrase = phrase.head
    subject = phrase.head.child("nsubj") if phrase.head is not None else None
    return linker.known(subject) if subject is not None else None


def told_of(linker: Linker, mention: MentionWords) -> Cluster | None:
    """The one body that the article is about: named more often than any other so far, else in the whole of it."""
    bodies = [c for c in linker.set.clusters if c.names and c.kind is ActorKind.ORGANISATION and c.territory is None]
    place = mention.head.i
    text = linker.tree.text
    before = [c for c in bodies if c.before(place) >= 0]
    return _most([(sum(at < place for at in c.places), c) for c in before]) or _most(
        [(max(map(text.count, c.names)), c) for c in before]
    )


def _most(counted: list[tuple[int, Cluster]]) -> Cluster | None:
    """The one counted most often, and more than once; ``None`` where two are."""
    told = sorted(counted, key=lambda pair: -pair[0])
    if not told or told[0][0] < _OFTEN or (len(told) > 1 and told[1][0] == told[0][0]):
        return None
    return told[0][1]


def state_speaking(linker: Linker, mention: MentionWords) -> Cluster | None:
    """The state that spoke in this sentence or the one before: "utrikesdepartementet" is its own."""
    spoken = [c for c in linker.set.clusters if 0 <= c.spoke < mention.head.i]
    last = max(spoken, key=lambda c: c.spoke, default=None)
    if last is None or mention.head.sentence - linker.tree.nodes[last.spoke].sentence > 1:
        return None
    party = last.party()
    home = any(word in linker.tree.text.casefold() for word in linker.grammar.home_words)
    foreign = party.territory is not None and party.territory.code.casefold() not in linker.grammar.home
    # Where the home country is spoken of, a bare "utrikesdepartementet" is its own.
    return party if party.kind is ActorKind.STATE and not (home and foreign) else None


def spoke_last(linker: Linker, mention: MentionWords, kinds: frozenset[ActorKind]) -> Cluster | None:
    """The body that spoke in the sentence before, where it is of the sort meant or nothing tells its sort.

    A noun that tells its sort ("bolaget", "facket", "partiet") takes up a source only inside its own words, and only
    one that is known to be of that sort: whoever answers is more often the other.
    """
    noun = mention.noun
    if noun is None:
        return None
    marks = linker.anaphora.marks.get(noun.lemma) or linker.anaphora.marks.get(noun.base)
    if noun.lemma != noun.base and noun.base in linker.anaphora.hypernyms and noun.base not in linker.anaphora.marks:
        # "Branschorganisationen" right after an organisation that nothing else tells of.
        marks = None
    last, place = None, -1
    for cluster in linker.set.clusters:
        for at in (cluster.spoke, cluster.last_subject if cluster.named else -1):
            if place < at < mention.head.i and (at == cluster.spoke or _opens_sentence(linker.tree.nodes[at])):
                last, place = cluster, at
    fitting = kinds | {ActorKind.UNKNOWN}
    if ActorKind.AUTHORITY in kinds:
        # An institute may be either.
        fitting |= {ActorKind.ORGANISATION}
    if last is None or last.is_person or last.kind not in fitting:
        return None
    one = any(rule == "one-of-group" for _, rule in last.mentions)
    if last.plural and (last.kind is not ActorKind.UNKNOWN or one):
        # "Skogsindustrierna" may be a body, "forskarna" are people.
        return None
    near = mention.head.sentence - linker.tree.nodes[place].sentence
    if marks is not None:
        party = noun.base == _PARTY and any(linker.entities.party(name) for name in last.names)
        return (
            last
            if near == 0 and _in_own_words(linker, mention, place) and (party or marks_of(linker, last) & marks)
            else None
        )
    same_paragraph = linker.tree.nodes[place].paragraph == mention.head.paragraph
    other_sorts = frozenset().union(*linker.anaphora.marks.values())
    close = (near == 1 and same_paragraph) or (near == 0 and _in_own_words(linker, mention, place))
    return last if close and not marks_of(linker, last) & other_sorts else None


def _in_own_words(linker: Linker, mention: MentionWords, place: int) -> bool:
    """Whether the phrase is the subject of what the source at ``place`` says: "X säger att *partiet* kommer"."""
    own = linker.own_words.get(place, ())
    return mention.head.rel == "nsubj" and any(start <= mention.head.start < end for start, end in own)


def _opens_sentence(node: Node) -> bool:
    """Whether a name is the subject of a main clause: what the sentence is about."""
    return node.upos in {"PROPN", "NOUN"} and node.head is not None and node.head.rel in {"root", "conj"}
