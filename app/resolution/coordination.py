"""Actors named together: "Patientförbundet och läkarna", later "de", "båda", "förbunden"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.actor import ActorKind
from app.lexicon.persons import Gender, PartyKind
from app.resolution.phrases import conjuncts
from app.resolution.salience import marks_of

if TYPE_CHECKING:
    from app.lexicon.persons import GroupPhrase
    from app.parsing.tree import Node
    from app.resolution.clusters import Cluster
    from app.resolution.linking import Linker
    from app.resolution.mentions import MentionWords

_REACH = 4
"""Sentences that a phrase for several looks back; farther away Swedish news names them again."""
_NO_PARTY = frozenset({ActorKind.UNKNOWN, ActorKind.DOCUMENT})
_NEAR = 2
_PAIR = 2
_OFTEN = 3
"""Mentions of a state that the article is about."""
_BOTH = frozenset({"båda", "bägge"})


def note_together(linker: Linker, last: Node) -> None:
    """Remember the actors of a coordination, when ``last``, its last part, has been linked."""
    if last.rel == "conj" and last.head is not None:
        firsts = [last.head]
    elif last.rel == "nsubj" and last.head is not None:
        firsts = [node for node in last.head.children if node.rel == "nsubj" and node.i < last.i]
    else:
        return
    for first in firsts:
        others = conjuncts(first)
        if not others or others[-1] is not last:
            continue
        members = [linker.known(node) for node in (first, *others)]
        heads = (first, *others)
        known = [
            member
            for node, member in zip(heads, members, strict=True)
            if member is not None and (node.i in linker.speaking or _is_party(linker, member))
        ]
        mention = linker.reader.read(first)
        distinct = {member.number for member in known}
        if len(known) == len(members) == len(distinct) and mention is not None and not any(m.members for m in known):
            group = linker.set.new(ActorKind.GROUP)
            group.plural, group.members = True, tuple(known)
            group.mentions.append((mention, "coordination"))
            group.places.append(last.i)
            group.last = last.i
        return


def _is_party(linker: Linker, cluster: Cluster) -> bool:
    """Whether it can act: a known sort of party, or people that no list knows ("bönder"), told by their form."""
    if cluster.kind is ActorKind.UNKNOWN and cluster.plural:
        endings = tuple(linker.grammar.inanimate_suffixes)
        heads = [mention.head for mention, _ in cluster.mentions]
        things = (h.lemma.endswith(endings) or linker.grammar.is_temporal(h.lower) for h in heads)
        return not any(things) and all(h.feat("Gender") == "Com" for h in heads)
    return cluster.kind not in _NO_PARTY


def is_both(node: Node) -> bool:
    """Whether the word is "båda"."""
    return node.lower in _BOTH


def find_pair(linker: Linker, mention: MentionWords) -> list[Cluster]:
    """The two that "båda", "båda klubbarna", "de två männen" mean; empty where no two of that sort come before."""
    words = [node.lower for node in mention.nodes[:3]]
    phrase = linker.entities.group_phrase(mention.head.lower)
    couple = phrase is not None and phrase.of is PartyKind.PERSON and phrase.count == _PAIR
    if couple and (known := _latest_group(linker, mention.head)) is not None and len(known.members) == _PAIR:
        # "Gunilla och Bo Ahlström … Paret tycker"
        surnames = {name.split()[-1] for member in known.members for name in member.names[:1]}
        return list(known.members) if len(surnames) == 1 and all(m.is_person for m in known.members) else []
    if not _BOTH & set(words[:2]) and words[:2] != ["de", "två"]:
        return []
    together = _latest_group(linker, mention.head)
    if together is not None and len(together.members) == 2 and all(_fits(linker, mention, m) for m in together.members):
        return list(together.members)
    if mention.noun is None or mention.head.lower in _BOTH:
        return _latest_two(linker, mention)
    single = [c for c in linker.set.clusters if not c.plural and not c.members and _is_before(linker, c, mention.head)]
    fitting = sorted((c for c in single if _fits(linker, mention, c)), key=lambda c: -c.before(mention.head.i))
    return sorted(fitting[:2], key=lambda c: c.places[0]) if len(fitting) >= 2 else []


def _latest_two(linker: Linker, mention: MentionWords) -> list[Cluster]:
    """Those introduced as several in the last sentences: "Två män åtalas … Båda nekar"."""
    place = mention.head
    several = [c for c in linker.set.clusters if c.plural and not c.members and c.before(place.i) >= 0]
    people = [c for c in several if c.kind is ActorKind.GROUP]
    latest = max(people, key=lambda c: c.before(place.i), default=None)
    if latest is not None and place.sentence - linker.tree.nodes[latest.before(place.i)].sentence <= _NEAR:
        return [latest]
    named = [c for c in linker.set.clusters if c.is_person and c.names and _is_before(linker, c, place)]
    near = [c for c in named if place.sentence - linker.tree.nodes[c.before(place.i)].sentence <= _NEAR]
    return sorted(near, key=lambda c: c.places[0]) if len(near) == _PAIR else []


def _is_before(linker: Linker, cluster: Cluster, node: Node) -> bool:
    """Whether the actor was named in an earlier sentence, not in this one, where it is another argument."""
    place = cluster.before(node.i)
    return place >= 0 and linker.tree.nodes[place].sentence < node.sentence


def between_states(linker: Linker, phrase: GroupPhrase, node: Node) -> list[Cluster]:
    """The two states of a quarrel that others have come between: "Nato har ökat sin närvaro … *båda sidor*"."""
    spoke = {c.party().ref for c in linker.set.clusters if 0 <= c.spoke < node.i}
    states = [c for c in linker.set.clusters if c.kind is ActorKind.STATE and c.ref in spoke and c.before(node.i) >= 0]
    told = {c.ref: sum(m.head.i < node.i for m, _ in c.mentions) for c in states}
    states = [c for c in states if told[c.ref] >= _OFTEN]
    return states if len(states) == _PAIR == (phrase.count or _PAIR) else []


def named_sides(linker: Linker, node: Node) -> list[Cluster]:
    """The two bodies or states that were last named together; empty where people or more than two were."""
    together = _latest_group(linker, node)
    if together is None or len(together.members) != _PAIR or any(member.is_person for member in together.members):
        return []
    return list(together.members)


def with_opponent(linker: Linker, side: Cluster, node: Node) -> list[Cluster]:
    """ "Pristina anklagar *Belgrad* … *båda sidor*": the one that spoke, and whom it last turned against."""
    found: tuple[int, Cluster] | None = None
    for cluster in linker.set.clusters:
        for mention, _ in cluster.mentions:
            verb = mention.head.head if mention.head.rel == "obj" and mention.head.i < node.i else None
            subject = verb.child("nsubj") if verb is not None else None
            known = linker.cluster_of(subject) if subject is not None and cluster is not side else None
            if known is not None and known.party() is side and not cluster.is_person and _is_party(linker, cluster):
                found = max(found or (-1, cluster), (mention.head.i, cluster), key=lambda entry: entry[0])
    return sorted([side, found[1]], key=lambda c: c.places[0]) if found is not None else []


def is_introduced(linker: Linker, mention: MentionWords) -> bool:
    """Whether the people meant were introduced as several by the same noun: "Två män greps … Båda männen nekar"."""
    noun = mention.noun
    if noun is None or not (noun.person or noun.title is not None):
        return False
    before = (c for c in linker.set.clusters if c.plural and not c.members and c.before(mention.head.i) >= 0)
    return any(known.base == noun.base for cluster in before for known in cluster.nouns)


def find_together(linker: Linker, mention: MentionWords) -> Cluster | None:
    """The actors named together that a plural noun takes up: "förbunden", "partierna"."""
    if mention.noun is None or not mention.plural or not mention.definite or mention.possessor is not None:
        return None
    group = _latest_group(linker, mention.head)
    if group is None or not all(_fits(linker, mention, member) for member in group.members):
        return None
    noun = mention.noun
    marks = linker.anaphora.marks.get(noun.base, frozenset()) | {noun.base, noun.lemma}
    return group if any(marks_of(linker, member) & marks for member in group.members) else None


def _latest_group(linker: Linker, node: Node) -> Cluster | None:
    groups = [c for c in linker.set.clusters if c.members and _is_before(linker, c, node)]
    latest = max(groups, key=lambda c: c.before(node.i), default=None)
    if latest is None or node.sentence - linker.tree.nodes[latest.before(node.i)].sentence > _REACH:
        return None
    return latest


def _fits(linker: Linker, mention: MentionWords, cluster: Cluster) -> bool:
    """Whether the plural noun can be said of the actor; without a noun ("båda") it can of anybody."""
    noun = mention.noun
    if noun is None or mention.head.lower in _BOTH:
        return True
    if noun.person or noun.title is not None:
        return cluster.is_person and (noun.gender is Gender.NONE or cluster.gender in {Gender.NONE, noun.gender})
    if any(known.base.endswith(noun.base) for known in cluster.nouns):
        return True
    anaphora = linker.anaphora
    kinds = anaphora.hypernyms.get(noun.lemma) or anaphora.hypernyms.get(noun.base)
    if kinds is None:
        return noun.kind is not None and cluster.kind is noun.kind
    marks = anaphora.marks.get(noun.base) or anaphora.marks.get(noun.lemma)
    others = frozenset().union(*anaphora.marks.values()) - (marks or frozenset())
    return cluster.kind in kinds and cluster.body is None and not (marks and marks_of(linker, cluster) & others)
