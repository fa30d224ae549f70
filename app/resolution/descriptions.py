"""Definite descriptions: "ministeriet", "statsministern", "43-åringen", "Wennerholms klubb" and whom they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.actor import ActorKind
from app.lexicon.persons import Gender
from app.resolution.authors import author_of
from app.resolution.introduction import introduce
from app.resolution.people import by_age, by_origin, by_person
from app.resolution.salience import marks_of, recent_first, spoke_last, state_speaking, told_of

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
        or _by_general_noun(linker, mention, noun)
        or _by_noun(linker, mention, noun)
        or _by_hypernym(linker, mention, noun)
        or by_person(linker, mention, noun)
        or by_age(linker, mention, noun)
        or by_origin(linker, mention)
    )
    if found is not None:
        return found
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
        if cluster.owner is owner and any(known.lemma == noun.lemma for known in cluster.nouns):
            return cluster, "same-owner-same-noun"
    if noun.kind is not None and not mention.plural and owner.territory is not None:
        return linker.set.body(owner, noun), "body-of-owner"
    cluster = introduce(linker, mention)
    cluster.owner = owner
    return cluster, "new-with-owner"


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
    printed = mention.head.lower
    if ActorKind.STATE in linker.anaphora.hypernyms.get(noun.lemma, ()):
        # "landet" is a state before it is the "hemland" of somebody.
        return None
    for cluster in recent_first(linker, mention.head):
        same_role = mention.head.feat("Definite") == "Def" and any(
            known.printed == noun.printed for known in cluster.nouns
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
    return known.lemma == noun.lemma or known.base == noun.lemma or (not short and known.lemma.endswith(noun.lemma))


def _made_of(known: NounReading, noun: NounReading) -> bool:
    """ "forskarna" are those of the "forskargrupp", and the group is theirs."""
    stem = noun.lemma.removesuffix("e")
    return known.lemma != known.base and len(stem) > _SHORT and known.lemma.removesuffix(known.base) == stem


def _ends_in(name: str, printed: str, lemma: str) -> bool:
    """ "verket" ends Sjöfartsverket, "tingsrätten" Ystads tingsrätt; "landet" does not end Tyskland."""
    if name == printed and " " not in name:
        return True
    if name.startswith(f"{printed} i "):
        # "Länsstyrelsen i Jämtland … *länsstyrelsen*"
        return True
    return name != printed and (name.endswith(printed) or name.split()[-1] == lemma)


def _by_general_noun(linker: Linker, mention: MentionWords, noun: NounReading) -> tuple[Cluster, str] | None:
    """ "Myndigheten" right after an authority has spoken is that one, whatever it took up farther back."""
    kinds = linker.anaphora.hypernyms.get(noun.lemma)
    special = noun.lemma in linker.anaphora.marks or noun.base in linker.anaphora.marks
    if kinds is None or special or mention.plural or ActorKind.STATE in kinds:
        return None
    # "Verket" is Naturvårdsverket, whoever has just criticised it.
    ends = [c for c in recent_first(linker, mention.head) if any(_ends(name, mention) for name in c.names)]
    place = ends[0].before(mention.head.i) if ends else -1
    if place >= 0 and mention.head.sentence - linker.tree.nodes[place].sentence <= 1:
        return ends[0], "noun-ends-name"
    begins = [c for c in recent_first(linker, mention.head) if any(_begins(name, mention) for name in c.names)]
    if begins:
        return begins[0], "noun-begins-name"
    speaker = spoke_last(linker, mention, frozenset(kinds))
    return (speaker, "hypernym-of-last-speaker") if speaker is not None else None


def _ends(name: str, mention: MentionWords) -> bool:
    """Whether a name is a compound of the noun: "Naturvårdsverket" of "verket"."""
    return " " not in name and name.casefold() != mention.head.lower and name.casefold().endswith(mention.head.lower)


def _may_be_from(cluster: Cluster, code: str) -> bool:
    """Whether nothing says that the body is from another state: Airbus is not "den amerikanska jätten"."""
    homes = {m.organisation.organisation.territory for m, _ in cluster.mentions if m.organisation is not None}
    return not homes or code in homes


def _begins(name: str, mention: MentionWords) -> bool:
    """Whether a name of several words begins with the noun: "Myndigheten för samhällsskydd och beredskap"."""
    words = name.casefold().split()
    return len(words) > 1 and words[0] == mention.head.lower


def _by_hypernym(linker: Linker, mention: MentionWords, noun: NounReading) -> tuple[Cluster, str] | None:
    kinds = linker.anaphora.hypernyms.get(noun.lemma) or linker.anaphora.hypernyms.get(noun.base)
    if kinds is None or mention.plural:
        return None
    if noun.lemma != noun.base and noun.base in linker.anaphora.naming and noun.lemma not in linker.anaphora.marks:
        return None
    other = noun.lemma in linker.anaphora.others
    recent = [c for c in recent_first(linker, mention.head) if c.kind in kinds and c.body is None and not c.plural]
    if noun.base != "parti":
        # A mayor's "(C)" does not make her party the municipality.
        recent = [c for c in recent if not any(linker.entities.party(name) for name in c.names)]
    current = _current_party(linker, mention)
    if ActorKind.STATE in kinds:
        if other:
            recent = [c for c in recent if c is not current]
        elif current is not None and current in recent:
            return current, "hypernym-of-current-party"
    marks = linker.anaphora.marks.get(noun.base) or linker.anaphora.marks.get(noun.lemma)
    speaker = spoke_last(linker, mention, frozenset(kinds))
    if speaker is not None and ActorKind.STATE not in kinds:
        return speaker, "hypernym-of-last-speaker"
    # What has no name is taken up by a general noun ("myndigheten") only: "oppositionen" is not "facket".
    named = [c for c in recent if c.named or (c.owner is not None and c.owner.named)] or ([] if marks else recent)
    if mention.adjective is not None:
        named = [c for c in named if _may_be_from(c, mention.adjective.territory.code)]
    if mention.adjective is not None and named:
        # "den tyska energijätten" is whoever was told of last, not the company that the text has called so.
        return named[0], "hypernym-with-adjective"
    if marks is not None:
        marked = [c for c in named if marks_of(c) & marks]
        if marked:
            return marked[0], "hypernym-marked"
        if noun.base in linker.anaphora.surely_marked or noun.lemma in linker.anaphora.surely_marked:
            return None
        others = frozenset().union(*linker.anaphora.marks.values()) - marks
        named = [c for c in named if not marks_of(c) & others]
    if not named:
        return None
    # "Kråkfors simsällskap … Klubben": of a place's body the body is meant, not the place.
    owned = next((c for c in recent if c.owner is named[0] and not c.names), None)
    return owned or named[0], "hypernym"


def _current_party(linker: Linker, mention: MentionWords) -> Cluster | None:
    """The party of the subject of the sentence so far, or of whoever spoke last."""
    sentence = mention.head.sentence
    for cluster in recent_first(linker, mention.head):
        for known, _ in cluster.mentions:
            node = known.head
            if (
                node.sentence == sentence
                and node.i < mention.head.i
                and node.rel == "nsubj"
                and node is not mention.head
            ):
                return cluster.party()
    spoken = [c for c in linker.set.clusters if 0 <= c.spoke < mention.head.i]
    return max(spoken, key=lambda c: c.spoke).party() if spoken else None
