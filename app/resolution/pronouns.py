"""Pronouns: the actor a pronoun means, by gender, number, nearness and who has just spoken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.actor import ActorKind
from app.lexicon.persons import Case, Gender, Holder

if TYPE_CHECKING:
    from app.parsing.tree import Node
    from app.resolution.clusters import Cluster
    from app.resolution.linking import Linker
    from app.resolution.mentions import MentionWords

_REACH = 6
"""Sentences a pronoun looks back. Beyond that Swedish news repeats the name; found on the development articles."""
_SPOKE, _SUBJECT, _UNKNOWN_GENDER, _QUOTED = 1.2, 0.7, 0.5, 1.5
_OWNER = 0.3
"""The owner in front of somebody's title and name is in the shade of whom it owns."""
_SOURCE_AGAIN, _RELATIVE, _PARAGRAPH = 1.0, 2.0, 0.6
"""A pronoun for a source means a source; a relative named through somebody else ("min pappa") is seldom taken up."""
_TURNED_TO = 1.6
"""The story has just turned to somebody by name; a line of speech right after is most often theirs."""
_GOES_ON = 2.0
"""Who adds something is who has just spoken."""
_BY, _GET = "av", "få"
_COLLECTIVE = frozenset(
    {ActorKind.GROUP, ActorKind.ARMED_FORCE, ActorKind.AUTHORITY, ActorKind.ORGANISATION, ActorKind.UNKNOWN}
)


def find_antecedent(
    linker: Linker, mention: MentionWords, excluded: Cluster | None = None
) -> tuple[Cluster, str] | None:
    """The cluster a pronoun of the third person means, and the rule; ``None`` where nothing fits.

    First and second person are the speaker's and the hearer's: they are told by the quotation, not here.
    """
    pronoun = linker.entities.pronouns.get(mention.head.lower)
    if pronoun is None or pronoun.person != 3:
        return None
    if pronoun.case is Case.REFLEXIVE or mention.head.lower in {"sin", "sitt", "sina"}:
        subject = clause_subject(mention.head)
        cluster = linker.cluster_of(subject) if subject is not None and subject is not mention.head else None
        return (cluster, "reflexive") if cluster is not None else None
    if pronoun.gender in {Gender.MALE, Gender.FEMALE, Gender.PERSON}:
        client = _has_lawyer(linker, mention.head)
        found = _best(
            linker,
            mention.head,
            lambda c: (
                c is not excluded
                and c.is_person
                and not c.plural
                and _fits(c, pronoun.gender)
                and not (client and _holds_office(c))
            ),
        )
        if found is None:
            found = _best(linker, mention.head, lambda c: c is not excluded and _may_be_person(linker, c, mention.head))
            if found is not None:
                found.kind = ActorKind.PERSON
        if found is not None and found.gender is Gender.NONE and pronoun.gender is not Gender.PERSON:
            found.gender = pronoun.gender
        return (found, "pronoun-person") if found is not None else None
    if pronoun.number == "pl":
        # "De säger" are never a farm, nor plans.
        speaking = mention.head.i in linker.speaking
        collective = _COLLECTIVE - {ActorKind.UNKNOWN} if speaking else _COLLECTIVE
        found = (
            _best(linker, mention.head, lambda c: c is not excluded and _are_people(c))
            or _best(
                linker,
                mention.head,
                lambda c: (
                    c is not excluded
                    and c.plural
                    and (not speaking or c.kind is not ActorKind.UNKNOWN)
                    and _may_be_meant(linker, c, mention)
                ),
            )
            or _best(
                linker,
                mention.head,
                lambda c: c is not excluded and c.kind in collective and _may_be_meant(linker, c, mention),
            )
        )
        return (found, "pronoun-plural") if found is not None else None
    if pronoun.lemma == "den" and mention.head.lower in {"dess", "den"}:
        found = _best(
            linker, mention.head, lambda c: not c.is_person and not c.plural and c.kind is not ActorKind.UNKNOWN
        )
        if found is not None and mention.head.i not in linker.speaking and _thing_between(linker, found, mention.head):
            return None
        return (found, "pronoun-thing") if found is not None else None
    if mention.head.lower == "det" and mention.head.i in linker.speaking:
        # "Svenska bondeförbundet … *Det* anklagar kedjan"
        found = _best(linker, mention.head, _is_neuter_body)
        return (found, "pronoun-thing") if found is not None else None
    return None


def _is_neuter_body(cluster: Cluster) -> bool:
    last = [mention.nodes[-1].lower for mention, _ in cluster.mentions]
    return not cluster.is_person and not cluster.plural and any(word.endswith("t") for word in last)


def _thing_between(linker: Linker, cluster: Cluster, node: Node) -> bool:
    """Whether a thing told of later may be meant: "Uppsala universitet har hittat *en art* … den är hotad"."""
    place = cluster.before(node.i)
    between = linker.tree.nodes[place + 1 : node.i]
    return any(
        n.upos == "NOUN" and n.rel in {"obj", "nsubj"} and n.feat("Gender") == "Com" and n.feat("Number") == "Sing"
        for n in between
    )


def _has_lawyer(linker: Linker, node: Node) -> bool:
    """Whether the pronoun owns a lawyer: "*hennes* försvarare" is not the prosecutor's."""
    owned = node.head if node.deprel == "nmod:poss" else None
    title = linker.entities.title(owned.text) if owned is not None else None
    return title is not None and title.entry.of is Holder.CLIENT


def _holds_office(cluster: Cluster) -> bool:
    """Whether somebody is told of by an office, not by a trade: a prosecutor has no lawyer, a businessman has."""
    return any(noun.title is not None and noun.title.of is not Holder.NONE for noun in cluster.nouns)


def _may_be_meant(linker: Linker, cluster: Cluster, mention: MentionWords) -> bool:
    """Whether a plural that no list knows can be a source: never a neuter or an abstract noun ("lösenord")."""
    if mention.head.i not in linker.speaking:
        return True
    heads = [known.head for known, _ in cluster.mentions]
    things = tuple(linker.grammar.inanimate_suffixes)
    return all(h.feat("Gender") != "Neut" and not h.lemma.endswith(things) for h in heads)


def _are_people(cluster: Cluster) -> bool:
    """Whether a plural is known to be people or bodies, not things ("striderna")."""
    known = cluster.kind is not ActorKind.UNKNOWN or cluster.spoke >= 0
    return bool(cluster.members) or (cluster.plural and known)


def clause_subject(node: Node) -> Node | None:
    """The subject of the nearest clause above the node."""
    for ancestor in node.ancestors():
        subject = ancestor.child("nsubj")
        if subject is not None and subject is not node and node not in subject.subtree():
            return subject
        if ancestor.rel in {"ccomp", "advcl", "acl"} and subject is not None:
            return None
    return None


def _may_be_person(linker: Linker, cluster: Cluster, node: Node) -> bool:
    """Whether a noun that no list knows can be somebody: the subject of this sentence or of the last."""
    if cluster.kind is not ActorKind.UNKNOWN or cluster.plural or cluster.body is not None:
        return False
    if any(noun.lemma.endswith(tuple(linker.grammar.inanimate_suffixes)) for noun in cluster.nouns):
        return False
    near = [m for m, _ in cluster.mentions if 0 <= node.sentence - m.head.sentence <= 1]
    return any(m.head.rel == "nsubj" and m.head.feat("Gender") == "Com" and m.head.upos == "NOUN" for m in near)


def _fits(cluster: Cluster, gender: Gender) -> bool:
    return gender is Gender.PERSON or cluster.gender in {gender, Gender.NONE}


def _best(linker: Linker, node: Node, admits: object) -> Cluster | None:
    """The likeliest admitted cluster mentioned before ``node``."""
    assert callable(admits)
    best: tuple[float, int, Cluster] | None = None
    pronoun_quoted = linker.quoted(node.start)
    modified = _modified(node)
    goes_on = node.head is not None and node.head.lemma in linker.anaphora.going_on
    last_spoke = max((c.spoke for c in linker.set.clusters if c.spoke < node.i), default=-1)
    for cluster in linker.set.clusters:
        if not admits(cluster):
            continue
        place = _latest_before(cluster, node, linker.own_words.get(node.i, []))
        echo = _latest_echo(linker, cluster, node)
        speaks_on = echo is not None and (place is None or echo.i > place.i)
        place = echo if speaks_on else place
        if place is None:
            continue
        distance = linker.steps[node.sentence] - linker.steps[place.sentence]
        if distance > _REACH or any(_co_argument(m.head, node) for m, _ in cluster.mentions):
            continue
        if any(m.head is modified for m, _ in cluster.mentions):
            continue
        score = -distance
        spoken = any(m.head.i == cluster.spoke or m.head.i in linker.speaking for m, _ in _near(cluster, node))
        score += _SPOKE * (spoken or (speaks_on and distance <= 1 and node.i in linker.speaking))
        score += _SUBJECT * _is_subject(place)
        score -= _PARAGRAPH * (place.paragraph != node.paragraph)
        # "*Nyholms* agent Dario Petrić är rasande. *Han* …": the owner is in the shade of what it owns.
        score -= _OWNER * _owns_somebody(place)
        score -= _UNKNOWN_GENDER * (cluster.gender is Gender.NONE)
        score += _SOURCE_AGAIN * (node.i in linker.speaking and (cluster.spoke >= 0 or speaks_on))
        turned = (m.head for m, _ in cluster.mentions if m.head.i < node.i)
        score += _TURNED_TO * (node.i in linker.speaking and any(_turned_to(linker, head, node) for head in turned))
        # "Det är lögn, säger Tove Rask. … *tillägger* hon"
        score += _GOES_ON * (goes_on and 0 <= last_spoke == cluster.spoke)
        silent = cluster.owner is not None and (cluster.spoke < 0 or cluster.gender is Gender.NONE)
        score -= _RELATIVE * (silent and not cluster.names and cluster.body is None)
        only_quoted = all(linker.quoted(m.head.start) for m, _ in cluster.mentions)
        score -= _QUOTED * (only_quoted and not pronoun_quoted)
        score -= _QUOTED * (linker.quoted(place.start) and not pronoun_quoted and not speaks_on)
        if best is None or (score, place.i) > best[:2]:
            best = (score, place.i, cluster)
    return best[2] if best is not None else None


def _turned_to(linker: Linker, place: Node, node: Node) -> bool:
    """Whether the sentence before the line of speech told of ``place`` by name: "Petra Holm var nöjd. – Vi vann." """
    opening = linker.tree.nodes[linker.tree.paragraphs[node.paragraph].start]
    before = linker.tree.nodes[opening.i - 1] if opening.i else None
    if before is None or place.sentence != before.sentence or place.upos != "PROPN":
        return False
    # "Birgitta Sandell, 61, åt Noctalin i fyra år": what the parse has no verb for.
    opens = place.rel == "root" and place is linker.tree.sentence_of(place)[0]
    if not (_is_subject(place) or opens or _joins_in(place)):
        return False
    said = linker.tree.right(opening)
    return said is not None and linker.quoted(said.start)


def _is_subject(place: Node) -> bool:
    """Whether it is a subject or what is set beside one: "Dennis Ström, *chaufför*, håller inte med"."""
    return place.rel == "nsubj" or (place.rel == "appos" and place.head is not None and place.head.rel == "nsubj")


def _joins_in(place: Node) -> bool:
    """Whether somebody gets something from whom the noun means: "Hon får medhåll av *Lena Sköld*"."""
    case, verb = place.child("case"), place.head
    while verb is not None and verb.upos != "VERB":
        verb = verb.head
    return case is not None and case.lower == _BY and verb is not None and verb.lemma == _GET


def _modified(node: Node) -> Node | None:
    """The noun whose relative clause the pronoun is the subject of: "Stridely, som *han* menar" is not he."""
    verb = node.head
    return verb.head if node.rel == "nsubj" and verb is not None and verb.rel == "acl" else None


def _owns_somebody(place: Node) -> bool:
    """Whether it is a genitive before somebody's title and name."""
    owned = place.head if place.deprel == "nmod:poss" else None
    name = owned.head if owned is not None and owned.rel == "nmod" else None
    return name is not None and name.upos == "PROPN" and name.i == place.i + 2


def _near(cluster: Cluster, node: Node) -> list[tuple[MentionWords, str]]:
    return [
        (m, rule) for m, rule in cluster.mentions if 0 <= node.sentence - m.head.sentence <= 1 and m.head.i < node.i
    ]


def _latest_echo(linker: Linker, cluster: Cluster, node: Node) -> Node | None:
    """Where the actor last went on speaking without being named: a quotation that runs on."""
    places = [i for m, _ in cluster.mentions for i in linker.echoes.get(m.head.i, []) if i < node.i]
    return linker.tree.nodes[max(places)] if places else None


def _latest_before(cluster: Cluster, node: Node, own_words: list[tuple[int, int]]) -> Node | None:
    """The latest mention before the pronoun, outside the words of the pronoun's own claim."""
    places = [
        mention.head
        for mention, _ in cluster.mentions
        if mention.head.i < node.i and not any(start <= mention.head.start < end for start, end in own_words)
    ]
    return max(places, key=lambda place: place.i) if places else None


def _co_argument(place: Node, node: Node) -> bool:
    """Whether both are arguments of one verb: a plain pronoun never means the subject of its own verb."""
    if place.head is None or node.head is not place.head or place.sentence != node.sentence:
        return False
    return place.rel in {"nsubj", "obj", "iobj"} and node.rel in {"nsubj", "obj", "iobj", "obl"}
