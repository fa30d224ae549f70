"""General nouns: "bolaget", "myndigheten", "landet", "rörelsen" and the body named before that they take up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.actor import ActorKind
from app.lexicon.persons import Gender
from app.resolution.mentions import MentionKind
from app.resolution.salience import marks_of, recent_first, spoke_last

if TYPE_CHECKING:
    from app.resolution.clusters import Cluster
    from app.resolution.linking import Linker
    from app.resolution.mentions import MentionWords
    from app.resolution.noun_reading import NounReading


_NEAR = 3
"""Sentences."""
_WHERE = frozenset({"i", "på", "vid"})


def by_general_noun(linker: Linker, mention: MentionWords, noun: NounReading) -> tuple[Cluster, str] | None:
    """ "Myndigheten" right after an authority has spoken is that one, whatever it took up farther back."""
    kinds = linker.anaphora.hypernyms.get(noun.lemma)
    special = noun.lemma in linker.anaphora.marks or noun.base in linker.anaphora.marks
    if kinds is None or special or mention.plural or ActorKind.STATE in kinds:
        return None
    # "Verket" is Naturvårdsverket, whoever has just criticised it.
    ends = [c for c in recent_first(linker, mention.head) if any(_ends(name, noun) for name in c.names)]
    place = ends[0].before(mention.head.i) if ends else -1
    if place >= 0 and mention.head.sentence - linker.tree.nodes[place].sentence <= 1:
        return ends[0], "noun-ends-name"
    begins = [c for c in recent_first(linker, mention.head) if any(_begins(name, noun) for name in c.names)]
    if begins:
        return begins[0], "noun-begins-name"
    speaker = spoke_last(linker, mention, frozenset(kinds))
    if speaker is None or speaker in ends:
        return (speaker, "hypernym-of-last-speaker") if speaker is not None else None
    if ends and speaker.kind is not noun.kind and _told_within(linker, ends[0], mention):
        # "Teatern säger … *Verket* svarar": a theatre that has spoken since is none.
        return ends[0], "noun-ends-name"
    called = [c for c in recent_first(linker, mention.head) if _is_compound_of(c, noun) and c is not speaker]
    if called and not _is_compound_of(speaker, noun) and _told_within(linker, called[0], mention):
        # "bostadsrättsföreningen Granen … *föreningen*", whoever has spoken since.
        return called[0], "same-noun"
    return speaker, "hypernym-of-last-speaker"


def _is_compound_of(cluster: Cluster, noun: NounReading) -> bool:
    return any(known.lemma != noun.lemma and known.base in {noun.lemma, noun.base} for known in cluster.nouns)


def _ends(name: str, noun: NounReading) -> bool:
    """Whether a name is a compound of the noun: "Naturvårdsverket" of "verket"."""
    return " " not in name and name.casefold() != noun.printed and name.casefold().endswith(noun.printed)


def _begins(name: str, noun: NounReading) -> bool:
    """Whether a name of several words begins with the noun: "Myndigheten för samhällsskydd och beredskap"."""
    words = name.casefold().split()
    return len(words) > 1 and words[0] == noun.printed


def _may_be_from(cluster: Cluster, code: str) -> bool:
    """Whether nothing says that the body is from another state: Airbus is not "den amerikanska jätten"."""
    homes = {m.organisation.organisation.territory for m, _ in cluster.mentions if m.organisation is not None}
    return not homes or code in homes


def by_hypernym(linker: Linker, mention: MentionWords, noun: NounReading) -> tuple[Cluster, str] | None:
    """ "Bolaget", "rörelsen": the actor of a kind that the noun can mean, and of the sort where it tells one."""
    kinds = linker.anaphora.hypernyms.get(noun.lemma) or linker.anaphora.hypernyms.get(noun.base)
    if kinds is None or mention.plural:
        return None
    if noun.kind is None and linker.entities.body_noun(mention.head.text) is not None:
        # "brutit mot *lagen*" is no team.
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
        marked = [c for c in named if marks_of(linker, c) & marks]
        if marked:
            return marked[0], "hypernym-marked"
        if noun.base in linker.anaphora.surely_marked or noun.lemma in linker.anaphora.surely_marked:
            return None
        others = frozenset().union(*linker.anaphora.marks.values()) - marks
        named = [c for c in named if not marks_of(linker, c) & others]
    elif ActorKind.STATE not in kinds:
        # "Greenpeace säger upp avtalet med rederiet Stena Line … *organisationen*"
        sorts = {m for words in linker.anaphora.marks.values() for m in words if not m.endswith(noun.base)}
        named = [c for c in named if not marks_of(linker, c, within=False) & sorts] or named
    if not named:
        misread = _misread(linker, mention) if ActorKind.ORGANISATION in kinds else None
        return (misread, "hypernym-of-unknown-name") if misread is not None else None
    if marks is None and noun.kind is ActorKind.AUTHORITY and named[0].kind is not noun.kind:
        # "Konflikten mellan Naturvårdsverket och en förening … *Myndigheten*": whoever is known to be one.
        near = [c for c in named if c.kind is noun.kind and _told_within(linker, c, mention)]
        named = near or named
    # "Kråkfors simsällskap … Klubben": of a place's body the body is meant, not the place.
    owned = next((c for c in recent if c.owner is named[0] and not c.names), None)
    return owned or named[0], "hypernym"


def _told_within(linker: Linker, cluster: Cluster, mention: MentionWords) -> bool:
    """Whether the body has been mentioned a few sentences ago at most."""
    place = cluster.before(mention.head.i)
    return place >= 0 and mention.head.sentence - linker.tree.nodes[place].sentence <= _NEAR


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


def _misread(linker: Linker, mention: MentionWords) -> Cluster | None:
    """ "Nordmalm … *Bolaget*": the name told of last of which nothing says whether somebody or a body is called so."""
    for cluster in recent_first(linker, mention.head):
        if cluster.before(mention.head.i) < 0:
            return None
        unknown = cluster.kind in {ActorKind.PERSON, ActorKind.UNKNOWN} and cluster.territory is None
        bare = cluster.names and not cluster.nouns and all(" " not in name for name in cluster.names)
        if not unknown or not bare or cluster.gender is not Gender.NONE or cluster.plural:
            continue
        # "Städare på *Arlanda*": where something is, is not who does it.
        where = all(_is_where(known) for known, _ in cluster.mentions)
        if not where and not any(known.kind is MentionKind.PRONOUN or known.place for known, _ in cluster.mentions):
            return cluster
    return None


def _is_where(mention: MentionWords) -> bool:
    case = mention.head.child("case")
    return case is not None and case.lower in _WHERE


def by_compound(linker: Linker, mention: MentionWords, noun: NounReading) -> tuple[Cluster, str] | None:
    """ "Rederiet Östlinjen … *färjerederiet*", "Danderyds sjukhus … *akutsjukhuset*": the one body of that sort."""
    alone = mention.possessor is None and mention.adjective is None and not mention.plural
    if noun.kind is None or noun.lemma == noun.base or not alone or noun.base in linker.anaphora.naming:
        return None
    printed = noun.printed.removeprefix(noun.lemma.removesuffix(noun.base))
    fitting = [
        c
        for c in recent_first(linker, mention.head)
        if (c.names or c.owner is not None) and not c.is_person and not c.plural and _is_of_sort(c, noun.base, printed)
    ]
    return (fitting[0], "compound-of-sort") if len(fitting) == 1 else None


def _is_of_sort(cluster: Cluster, base: str, printed: str) -> bool:
    told = any(known.lemma == base for known in cluster.nouns)
    return told or any(name.casefold().endswith((base, printed)) for name in cluster.names)
