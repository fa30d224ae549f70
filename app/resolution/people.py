"""People without a name: "mannen", "23-åringen", and whom they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.actor import ActorKind
from app.lexicon.persons import Gender, Holder
from app.lexicon.territories import TerritoryRole
from app.resolution.salience import recent_first

if TYPE_CHECKING:
    from app.parsing.tree import Node
    from app.resolution.clusters import Cluster
    from app.resolution.linking import Linker
    from app.resolution.mentions import MentionWords
    from app.resolution.noun_reading import NounReading

_MAN = "man"
_ALL_OF_THEM = ("arna", "erna", "orna")
_RECENT = 4
"""Sentences."""
_ARGUMENTS = frozenset({"obj", "iobj", "obl"})


def by_person(linker: Linker, mention: MentionWords, noun: NounReading) -> tuple[Cluster, str] | None:
    """ "Mannen", "kvinnan": the unnamed person of that gender who was told of last."""
    if (
        not noun.person
        or mention.plural
        or mention.possessor is not None
        or any(n.lower in linker.grammar.ordinals for n in mention.nodes)
    ):
        # "den första målsäganden" is one of several, not whom the text has told of.
        return None
    fitting = [
        c
        for c in recent_first(linker, mention.head)
        # "Enligt ett vittne sprang *mannen*": a source does not speak of itself so.
        if not _tells_of(linker, c, mention)
        and c.is_person
        and not c.plural
        and (c.gender is noun.gender or Gender.NONE in {c.gender, noun.gender})
        # "27-åringen" is never "41-åringen".
        and not _of_another_age(c, noun)
        and not _of_another_trade(c, noun)
        # "*Den utpekade mannen* nekar": not who has pointed at him.
        and not (c.spoke >= 0 and any(node.lower in linker.grammar.accused for node in mention.nodes))
    ]
    trade = noun.title is not None
    unnamed = [c for c in fitting if not c.names and any(k.person or (trade and k.title) for k in c.nouns)]
    if unnamed:
        return unnamed[0], "person-noun"
    # "En tidigare polischef … *58-åringen*": the one person told of without a name.
    told = [c for c in fitting if not c.names and any(known.title for known in c.nouns)]
    return (told[0], "person-noun") if len(told) == 1 and noun.base[:1].isdigit() else None


def told_again(linker: Linker, mention: MentionWords) -> Cluster | None:
    """Whoever "Ägaren, *en man i 50-årsåldern*, säger", "Eva Palm, *professor i juridik*, säger" tells of twice."""
    noun = mention.noun
    head = mention.head.head if mention.head.rel == "appos" else _predicated(mention.head)
    if head is None or mention.name or noun is None:
        return None
    if not noun.person and (noun.title is None or mention.plural) and not _may_be_trade(mention, noun):
        return None
    cluster = linker.cluster_of(head)
    return cluster if cluster is not None and cluster.is_person and not cluster.plural else None


def _may_be_trade(mention: MentionWords, noun: NounReading) -> bool:
    """Whether a noun that no list knows can tell what somebody is: "Karl Ek, *kusk från Ystad*, säger"."""
    bare = mention.head.feat("Definite") == "Ind" and mention.head.feat("Gender") == "Com" and not mention.plural
    return bare and noun.kind in {None, ActorKind.GROUP} and not noun.document and not noun.plural


def inhabitants(linker: Linker, mention: MentionWords) -> Cluster | None:
    """ "Indien påminde om avtalet. Det förnekar *pakistanierna*": the state, where the text has told of it as one."""
    if len(mention.nodes) != 1 or not mention.head.lower.endswith(_ALL_OF_THEM):
        return None
    hit = linker.entities.territories.first(mention.head.text, TerritoryRole.INHABITANT)
    state = linker.set.known_state(hit.territory.code) if hit is not None and hit.plural else None
    return state if state is not None and mention.head.i in linker.speaking else None


def announced_person(linker: Linker, mention: MentionWords) -> Cluster | None:
    """Who was told of by a title alone until now: "anklagas av *rektorn* … *Rektor* Åke Lindestam medger"."""
    noun = mention.noun
    if noun is None or noun.title is None or mention.possessor is not None or mention.adjective is not None:
        return None
    if linker.set.person_called(mention.name) is not None or " " not in mention.name:
        return None
    unnamed = [
        c
        for c in linker.set.clusters
        if c.is_person
        and not c.plural
        and not c.names
        and c.owner is None
        # The indefinite "en rektor" is somebody else.
        and any(known.lemma == noun.lemma and known.definite for known in c.nouns)
    ]
    fitting = [c for c in unnamed if Gender.NONE in {c.gender, mention.gender} or c.gender is mention.gender]
    return fitting[0] if len(fitting) == 1 == len(unnamed) else None


def _predicated(node: Node) -> Node | None:
    """Of whom "Anna Ek, som är *vd för Nordmalm*", "Anna Ek är *vd*" says what she is."""
    if node.child("cop") is None:
        return None
    subject = node.child("nsubj")
    if node.rel == "acl" and node.head is not None and subject is not None and subject.feat("PronType") == "Rel":
        return node.head
    return subject if subject is not None and subject.upos == "PROPN" and subject.i < node.i else None


def by_age(linker: Linker, mention: MentionWords, noun: NounReading) -> tuple[Cluster, str] | None:
    """ "Oskar Tinell … *23-åringen*": the one person told of, in a text that tells nobody's age otherwise."""
    if not noun.base[:1].isdigit() or mention.plural or mention.possessor is not None:
        return None
    place = mention.head
    people = [c for c in linker.set.clusters if c.is_person and not c.plural and c.before(place.i) >= 0]
    aged = [c for c in people if any(known.base == noun.base for known in c.nouns)]
    if len(aged) == 1:
        # "53-åriga Lena Modig … *53-åringen*"
        return aged[0], "same-age"
    if any(known.base[:1].isdigit() for c in people for known in c.nouns):
        return None
    near = [c for c in people if place.sentence - linker.tree.nodes[c.before(place.i)].sentence <= 1]
    named = [c for c in near if c.names and not _tells_of(linker, c, mention)]
    beside = (n for k in (place.sentence - 1, place.sentence) if k >= 0 for n in _words(linker, k) if n.i < place.i)
    if any(n.upos == "NOUN" and n.rel in _ARGUMENTS and _is_human(linker, n) for n in beside):
        return None
    if len(near) == len(named) == 1 and not _holds_office(linker, named[0]):
        return named[0], "age-of-named"
    # "Cyklisten Malte Brynolf … säger generalsekreterare Hanna Sjöö. *27-åringen* nekar": who else holds an office.
    others = [c for c in people if not _holds_office(linker, c)]
    close = [c for c in others if place.sentence - linker.tree.nodes[c.before(place.i)].sentence <= _RECENT]
    return (close[0], "age-of-named") if len(others) == len(close) == 1 and close[0].names else None


def by_turn(linker: Linker, mention: MentionWords, noun: NounReading) -> Cluster | None:
    """ "Fredrik Wachtmann berömmer honom. – Jag är trygg, säger *miljardären*": whom the sentence before told of.

    Only behind spoken words, of a trade or trait and no office ("åklagaren"), and of the one person who is the
    subject there.
    """
    verb = mention.head.head
    office = noun.title is not None and (noun.title.speaks_for or noun.title.of is not Holder.NONE)
    human = noun.title is not None or noun.person or linker.grammar.is_agentive(noun.lemma) or noun.kind is None
    alone = len(mention.nodes) == 1 and mention.head.feat("Definite") == "Def" and mention.head.feat("Gender") == "Com"
    behind = verb is not None and verb.i < mention.head.i and mention.head.rel == "nsubj"
    if office or not human or not alone or not behind or verb is None or mention.head.i not in linker.speaking:
        return None
    spoken = next((n for n in linker.tree.sentence_of(mention.head) if n.is_word), mention.head)
    if not linker.quoted(spoken.start) or noun.kind is not None or mention.plural:
        return None
    things = tuple(linker.grammar.inanimate_suffixes)
    if noun.title is None and not noun.person and noun.lemma.endswith(things):
        return None
    start = linker.tree.slice(linker.tree.paragraphs[mention.head.paragraph])[0]
    before = linker.tree.nodes[start.i - 1] if start.i else None
    if before is None:
        return None
    told = linker.tree.sentence_of(before)
    people = [
        c
        for c in linker.set.clusters
        if c.is_person and c.names and any(told[0].i <= at <= told[-1].i for at in c.places)
    ]
    subjects = [c for c in people if any(linker.tree.nodes[at].rel == "nsubj" and at >= told[0].i for at in c.places)]
    fitting = [c for c in subjects if Gender.NONE in {c.gender, noun.gender} or c.gender is noun.gender]
    return fitting[0] if len(fitting) == 1 and not _tells_of(linker, fitting[0], mention) else None


def by_origin(linker: Linker, mention: MentionWords) -> tuple[Cluster, str] | None:
    """ "Rivalen Kasper Dahlgaard … *dansken* skriver": the one person named in the sentence before, or in this one."""
    hit = linker.entities.territories.first(mention.head.text, TerritoryRole.INHABITANT)
    if hit is None or hit.plural or mention.possessor is not None or mention.head.i not in linker.speaking:
        return None
    place = mention.head
    people = [c for c in linker.set.clusters if c.is_person and not c.plural and c.before(place.i) >= 0]
    near = [c for c in people if place.sentence - linker.tree.nodes[c.before(place.i)].sentence <= 1]
    return (near[0], "origin-of-named") if len(near) == 1 and near[0].names else None


def _holds_office(linker: Linker, person: Cluster) -> bool:
    """Whether somebody speaks for others: a prosecutor tells of the 17-year-old."""
    titled = (noun for noun in person.nouns if noun.title is not None)
    return any((n.title and n.title.speaks_for) or n.lemma.endswith(linker.anaphora.independent) for n in titled)


def _words(linker: Linker, sentence: int) -> list[Node]:
    return linker.tree.slice(linker.tree.sentences[sentence])


def _is_human(linker: Linker, node: Node) -> bool:
    """Whether the noun is somebody who may be as old: "Läraren Anna Ek fann *eleven*"."""
    entities, word = linker.entities, node.text
    known = entities.person_noun(word) or entities.title(word) or entities.group(word)
    return known is not None or linker.grammar.is_agentive(node.lemma)


def _tells_of(linker: Linker, cluster: Cluster, mention: MentionWords) -> bool:
    """Whether the phrase stands in the cluster's own words."""
    place = mention.head.start
    told = (linker.own_words.get(known.head.i, ()) for known, _ in cluster.mentions)
    return any(start <= place < end for ranges in told for start, end in ranges)


def _of_another_trade(cluster: Cluster, noun: NounReading) -> bool:
    """Whether a compound means another than the one told of: "polismannen" is no "son", but may be the "polis"."""
    told = [known for known in cluster.nouns if known.person]
    if noun.title is not None:
        return not any(noun.lemma.startswith(k.lemma) or k.lemma.startswith(noun.lemma) for k in cluster.nouns)
    if noun.lemma == noun.base or not told:
        return False
    trade = noun.lemma.removesuffix(noun.base)
    same = (known.base == noun.base != _MAN or known.lemma == noun.lemma for known in told)
    return not any(same) and not any(known.lemma.startswith(trade) for known in cluster.nouns)


def _of_another_age(cluster: Cluster, noun: NounReading) -> bool:
    ages = {known.base for known in cluster.nouns if known.base[:1].isdigit()}
    return noun.base[:1].isdigit() and bool(ages) and noun.base not in ages
