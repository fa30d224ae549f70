"""Definite descriptions: "ministeriet", "statsministern", "43-åringen", "Wennerholms klubb" and whom they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.actor import ActorKind
from app.lexicon.persons import Gender
from app.resolution.authors import author_of
from app.resolution.hypernyms import by_compound, by_general_noun, by_hypernym
from app.resolution.introduction import introduce
from app.resolution.noun_reading import same_noun
from app.resolution.people import by_age, by_origin, by_person, by_turn
from app.resolution.salience import recent_first, state_speaking, told_of

if TYPE_CHECKING:
    from app.parsing.tree import Node
    from app.resolution.clusters import Cluster
    from app.resolution.linking import Linker
    from app.resolution.mentions import MentionWords
    from app.resolution.noun_reading import NounReading

_SHORT = 3
_LEADER, _PARTY, _PARTY_LEADER = "ledare", "parti", "partiledare"


def _is_own(linker: Linker, possessor: Node) -> bool:
    pronoun = linker.entities.pronouns.get(possessor.lower)
    return pronoun is not None and pronoun.person == 1


def find_described(linker: Linker, mention: MentionWords) -> tuple[Cluster, str]:
    """The cluster that a description means, known or new, and the rule."""
    noun = mention.noun
    if noun is None:
        return introduce(linker, mention), "new"
    if noun.document:
        author = author_of(linker, mention)
        if author is not None:
            return author, "author-of-document"
    owner = linker.cluster_of(mention.possessor) if mention.possessor is not None else None
    if owner is None and mention.possessor is not None and _is_own(linker, mention.possessor):
        # "*Min* husläkare sa": nobody's whom the text has told of so far.
        return introduce(linker, mention), "new"
    if owner is not None:
        return _owned(linker, mention, noun, owner)
    if mention.adjective is not None:
        state = linker.set.state(mention.adjective)
        known = _titled_for(linker, noun, state) if noun.title is not None and mention.definite else None
        if known is not None:
            return known, "title-of-state"
        body = _body_of(linker, mention, noun, state)
        if body is not None:
            return body, "body-of-state"
    if not mention.definite or (noun.base in linker.anaphora.clients and mention.possessor is not None):
        return introduce(linker, mention), "new"
    if noun.person and any(node.lower in linker.grammar.accused for node in mention.nodes):
        # "*Den utpekade mannen*": not the man who has pointed at him.
        pointed = by_person(linker, mention, noun)
        return pointed if pointed is not None else (introduce(linker, mention), "new")
    found = (
        _by_title(linker, mention, noun)
        or by_general_noun(linker, mention, noun)
        or _by_noun(linker, mention, noun)
        or by_hypernym(linker, mention, noun)
        or by_compound(linker, mention, noun)
        or by_person(linker, mention, noun)
        or by_age(linker, mention, noun)
        or by_origin(linker, mention)
    )
    if found is not None:
        return found
    told = by_turn(linker, mention, noun)
    if told is not None:
        return told, "described-anew"
    if noun.organ and not mention.plural and (speaking := state_speaking(linker, mention)) is not None:
        return linker.set.body(speaking, noun), "body-of-current-state"
    cluster = introduce(linker, mention)
    if noun.lemma in linker.anaphora.inner_bodies:
        cluster.owner = told_of(linker, mention)
        return cluster, "new-part-of-body" if cluster.owner is not None else "new"
    return cluster, "new"


def _body_of(linker: Linker, mention: MentionWords, noun: NounReading, state: Cluster) -> Cluster | None:
    """ "Den irländska myndigheten": the body of that state that has been named, by its noun or its sort."""
    kinds = linker.anaphora.hypernyms.get(noun.lemma) or linker.anaphora.hypernyms.get(noun.base) or ()
    if not mention.definite or ActorKind.STATE in kinds:
        return None
    for cluster in recent_first(linker, mention.head):
        if cluster.owner is not state or cluster.plural or cluster.before(mention.head.i) < 0:
            continue
        if cluster.kind in kinds or any(known.lemma.endswith(noun.base) for known in cluster.nouns):
            return cluster
    return None


def _owned(linker: Linker, mention: MentionWords, noun: NounReading, owner: Cluster) -> tuple[Cluster, str]:
    if noun.base in linker.anaphora.clients and owner.represents:
        return owner.represents[0][0], "client-of-representative"
    titled = _titled_for(linker, noun, owner) if noun.title is not None else None
    if titled is not None:
        return titled, "title-of-owner"
    for cluster in linker.set.clusters:
        if cluster.owner is owner and any(same_noun(known, noun) for known in cluster.nouns):
            return cluster, "same-owner-same-noun"
    for cluster in linker.set.clusters:
        if cluster.is_person and any(_introduced_as(linker, known, owner, noun) for known, _ in cluster.mentions):
            return cluster, "same-owner-same-role"
    if noun.kind is not None and not mention.plural and owner.territory is not None:
        return linker.set.body(owner, noun), "body-of-owner"
    cluster = introduce(linker, mention)
    cluster.owner = owner
    return cluster, "new-with-owner"


def _introduced_as(linker: Linker, known: MentionWords, owner: Cluster, noun: NounReading) -> bool:
    """ "Hammarbys tränare Kim Berg … *Hammarbys tränare*"."""
    same = known.name and known.noun is not None and known.noun.printed == noun.printed
    return bool(same) and known.possessor is not None and linker.known(known.possessor) is owner


def _titled_for(linker: Linker, noun: NounReading, owner: Cluster) -> Cluster | None:
    """The person already known under this title for this owner."""
    parties = {owner.number, owner.party().number}
    for cluster in sorted(linker.set.clusters, key=lambda c: -c.last):
        speaks_for = {cluster.party().number, *(party.number for party, _, _ in cluster.represents)}
        if cluster.is_person and parties & speaks_for and _has_title(linker, cluster, noun):
            return cluster
    return None


def _has_title(linker: Linker, cluster: Cluster, noun: NounReading) -> bool:
    wanted = {noun.lemma, *linker.anaphora.synonyms.get(noun.lemma, ()), *linker.anaphora.synonyms.get(noun.base, ())}
    if noun.lemma == _PARTY_LEADER:
        # "moderatledaren", "M-ledaren"
        wanted |= {title for title in cluster.titles if _leads_party(linker, title)}
    for title in cluster.titles:
        if title in wanted or any(title.endswith(word) for word in wanted) or noun.lemma.endswith(title):
            return True
    return False


def _leads_party(linker: Linker, title: str) -> bool:
    """Whether the title is that of a party's leader, its first part a party's name or letters."""
    stem = title.removesuffix(_LEADER).rstrip("-")
    if not title.endswith(_LEADER) or len(stem) == len(title):
        return False
    parties = linker.entities.organisations.organisations.values()
    named = (p.name.casefold().startswith(stem) for p in parties if p.sort == _PARTY)
    return linker.entities.party(stem.upper()) is not None or (len(stem) > _SHORT and any(named))


def _by_title(linker: Linker, mention: MentionWords, noun: NounReading) -> tuple[Cluster, str] | None:
    if noun.title is None:
        return None
    for cluster in recent_first(linker, mention.head):
        if cluster.is_person and not cluster.plural and _has_title(linker, cluster, noun):
            return cluster, "title"
    return None


def _by_noun(linker: Linker, mention: MentionWords, noun: NounReading) -> tuple[Cluster, str] | None:
    """The actor introduced with the same noun, or whose name ends in it."""
    printed = noun.printed
    if ActorKind.STATE in linker.anaphora.hypernyms.get(noun.lemma, ()):
        # "landet" is a state before it is the "hemland" of somebody.
        return None
    for cluster in recent_first(linker, mention.head):
        same_role = mention.head.feat("Definite") == "Def" and any(
            known.printed == noun.printed or same_noun(known, noun) for known in cluster.nouns
        )
        if cluster.is_person and same_role and not mention.plural:
            return cluster, "same-role"
        if cluster.is_person and not (noun.person or noun.title):
            continue
        made_of = (
            noun.plural
            and len(mention.nodes) == 1
            and cluster.kind is ActorKind.GROUP
            and any(_made_of(k, noun) for k in cluster.nouns)
        )
        if made_of:
            return cluster, "members-of-group"
        if (noun.plural and not cluster.plural) or (cluster.plural and not noun.plural and not cluster.names):
            continue
        if any(_is_sort_of(known, noun) for known in cluster.nouns):
            same_gender = cluster.gender in {Gender.NONE, noun.gender} or noun.gender is Gender.NONE
            if same_gender and not (cluster.is_person and cluster.names and noun.person):
                return cluster, "same-noun"
        if any(_ends_in(name.casefold(), printed, noun.lemma) for name in cluster.names):
            return cluster, "noun-ends-name"
        if cluster.body is not None and cluster.body.endswith(noun.lemma):
            return cluster, "body-noun"
    return None


def _is_sort_of(known: NounReading, noun: NounReading) -> bool:
    """Whether one noun is the other or a compound of it: a "matkassebolag" is a "bolag", and no "lag"."""
    short = len(noun.lemma) <= _SHORT
    return same_noun(known, noun) or known.base == noun.lemma or (not short and known.lemma.endswith(noun.lemma))


def _made_of(known: NounReading, noun: NounReading) -> bool:
    """ "forskarna" are those of the "forskargrupp", and the group is theirs."""
    stem = noun.lemma.removesuffix("e")
    return known.lemma != known.base and len(stem) > _SHORT and known.lemma.removesuffix(known.base) == stem


def _ends_in(name: str, printed: str, lemma: str) -> bool:
    """ "verket" ends Sjöfartsverket, "museet" Nationalmuseum, "tingsrätten" Ystads tingsrätt."""
    if name == printed and " " not in name:
        return True
    if " i " in name and name.partition(" i ")[0].endswith(printed):
        # "Länsstyrelsen i Jämtland … *länsstyrelsen*", "Förvaltningsrätten i Luleå … *rätten*"
        return True
    if name.startswith(f"{lemma} "):
        # "Teater Norr … *teatern*"
        return True
    last = name.split()[-1]
    compound = len(lemma) > _SHORT and last.endswith(lemma)
    return name != printed and (name.endswith(printed) or last == lemma or compound)
