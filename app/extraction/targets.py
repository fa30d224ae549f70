"""Targets: whom a claim addresses, accuses, judges, or is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.claim import Act, Mode, TargetRole
from app.domain.span import Span
from app.extraction.addressees import demanded_of
from app.extraction.animacy import can_speak
from app.extraction.draft import CueKind, DraftTarget
from app.extraction.parties import PARTIES, is_party
from app.extraction.relatives import antecedent_of
from app.extraction.subjects import main_subjects
from app.lexicon.persons import Gender
from app.lexicon.schema import ObjectRole, ObliqueRole, Speaker, Voice
from app.resolution.phrases import NOMINAL, conjuncts

if TYPE_CHECKING:
    from app.extraction.draft import Cue, Draft, Reading
    from app.lexicon.schema import VerbEntry
    from app.parsing.tree import Node
    from app.resolution.clusters import Cluster
    from app.resolution.linking import Linker

_OBJECT_ROLES = {
    ObjectRole.ADDRESSEE: TargetRole.ADDRESSEE,
    ObjectRole.ACCUSED: TargetRole.ACCUSED,
    ObjectRole.EVALUATED: TargetRole.EVALUATED,
}
_OBLIQUE_ROLES = {
    ObliqueRole.ADDRESSEE: TargetRole.ADDRESSEE,
    ObliqueRole.ACCUSED: TargetRole.ACCUSED,
    ObliqueRole.EVALUATED: TargetRole.EVALUATED,
    ObliqueRole.ABOUT: TargetRole.ABOUT,
}
_EACH_OTHER = "varandra"
_NO_PARTY = frozenset({None, ObjectRole.CONTENT})
_JUDGING = frozenset({Act.CRITICISM, Act.SUPPORT})
_SELF = "sig"
_BLAMING = frozenset({"på", "mot"})
_TOWARDS = frozenset({"mot", "bakom", "till", "på", "för"})
"""Prepositions of the party or thing that criticism and support are directed at: "kritik mot", "ställa sig bakom"."""
_NO_ABOUT = frozenset({Act.DENIAL, Act.UNVERIFIED, Act.DEMAND, Act.QUESTION})


def set_targets(reading: Reading, linker: Linker) -> None:
    """Fill the targets of every draft, with the refs of their actors."""
    for draft in reading.drafts:
        found = _from_frame(reading, linker, draft)
        if draft.act is Act.DEMAND and not found:
            found = demanded_of(reading, linker, draft)
        asked_about = draft.act is Act.QUESTION and draft.frame == "wh"
        # "Något sådant har *han* inte sagt" tells of somebody as a statement does.
        told = draft.evidence["act"] == "denies-such-a-thing"
        if not found and (draft.act not in _NO_ABOUT or asked_about or told):
            found = _about(reading, linker, draft)
        draft.targets = _resolved(reading, linker, draft, found)


def _from_frame(reading: Reading, linker: Linker, draft: Draft) -> list[DraftTarget]:
    cue = draft.cue
    if cue is None or cue.kind is not CueKind.VERB or cue.entry is None:
        return []
    entry, found = cue.entry, []
    role = _OBJECT_ROLES.get(entry.object) if entry.object is not None else None
    party = draft.object_head or _relative_object(reading, cue) or _asked_behind(cue)
    inside = party is not None and draft.frame in {"att", "inf"} and draft.covers(party.start, party.end)
    if role is not None and party is not None and party is not draft.speaker_head and not inside:
        if role is TargetRole.EVALUATED:
            judged = _judged(linker, party)
            found += judged or ([DraftTarget(role, party)] if _may_be_judged(reading, draft, party) else [])
        else:
            found.append(DraftTarget(role, party))
    elif draft.act in _JUDGING and draft.frame in {"obj", "som"} and party is not None:
        found += _judged(linker, party)
    elif draft.act is Act.ACCUSATION and draft.frame in _BLAMING and draft.content_head is not None:
        # "skyller på regeringen", "skyller på EU:s regler", "riktar anklagelser mot regeringen"
        found += [DraftTarget(TargetRole.ACCUSED, blamed.node) for blamed in _judged(linker, draft.content_head)]
    elif (
        draft.act is Act.ANNOUNCEMENT
        and draft.frame in {"att", "inf", "obj"}
        and party is not None
        and entry.object in _NO_PARTY
        and not draft.covers(party.start, party.end)
    ):
        # "lovade väljarna att …": to whom a promise is made.
        found.append(DraftTarget(TargetRole.ADDRESSEE, party))
    towards = draft.act in _JUDGING and draft.frame in _TOWARDS and _names_thing(entry, draft.frame)
    if towards and draft.content_head is not None and not found:
        # "är kritisk mot regeringen", "ger sitt stöd till regeringen"
        found += _judged(linker, draft.content_head)
    receiver = cue.head.child("iobj") if draft.act is Act.ANNOUNCEMENT and draft.frame == "obj" else None
    if receiver is not None and not found and not draft.covers(receiver.start, receiver.end):
        # "lovar *Serbien* mer pengar"
        found.append(DraftTarget(TargetRole.ADDRESSEE, receiver))
    for preposition, oblique in entry.oblique.items():
        target_role = _OBLIQUE_ROLES.get(oblique)
        node = _oblique(reading, cue, preposition, draft)
        if target_role is None or node is None:
            continue
        if target_role is TargetRole.ADDRESSEE:
            # "kräver en utredning av *attacken*", "av polisens *agerande*" asks nothing of it.
            thing = draft.act is Act.DEMAND and preposition == "av" and not _is_asked(linker, node)
            found += [] if thing else [DraftTarget(target_role, node)]
        else:
            # "skyller nedgången på klimatet" accuses nobody.
            found += [DraftTarget(target_role, party.node) for party in _judged(linker, node)]
    if entry.speaker is Speaker.OBLIQUE and draft.act in _JUDGING and not found:
        # "*Regeringen* får hård kritik av facket"
        receiving = cue.head.child("nsubj")
        found += _judged(linker, receiving) if receiving is not None and receiving is not draft.speaker_head else []
    if cue.voice is Voice.PASSIVE and role in {TargetRole.ACCUSED, TargetRole.EVALUATED} and party and not found:
        cluster = linker.cluster_of(party)
        if role is not None and cluster is not None and is_party(linker, party, cluster):
            found.append(DraftTarget(role, party))
    return found


def _is_asked(linker: Linker, node: Node) -> bool:
    cluster = linker.cluster_of(node)
    known = cluster is not None and (is_party(linker, node, cluster) or cluster.kind in PARTIES)
    return known or len(linker.members_of(node)) > 1


def _asked_behind(cue: Cue) -> Node | None:
    """ "”Visa upp kalendern”, uppmanar han *ordföranden*": who is asked stands behind the verb."""
    behind = cue.head.child("obj") if cue.postposed else None
    return behind if behind is not None and behind.i > cue.head.i and behind.upos in NOMINAL else None


def _relative_object(reading: Reading, cue: Cue) -> Node | None:
    """ "*regionen*, som hon anklagar för att ha sagt nej": the antecedent is whom she accuses."""
    relative = cue.head.child("obj")
    if relative is None or relative.i > cue.head.i or relative.lower not in reading.grammar.relative_pronouns:
        return None
    return antecedent_of(reading, cue.head)


def _may_be_judged(reading: Reading, draft: Draft, party: Node) -> bool:
    """Whether what is judged for something can be people that no list knows: "kritiserar *publiken* för burop"."""
    return draft.frame not in {"obj", "som"} and can_speak(reading, party)


def _names_thing(entry: VerbEntry, frame: str) -> bool:
    """Whether the preposition names what is judged ("stöd *för* regeringen"), not why ("kritiserar … *för* att")."""
    return frame != "för" or bool(entry.nouns)


def _judged(linker: Linker, head: Node) -> list[DraftTarget]:
    """The party behind a judged thing: its owner ("Bakus aggression"), or the thing itself where it is a party."""
    mention = linker.reader.read(head)
    if mention is None:
        return []
    cluster = linker.cluster_of(head)
    if cluster is not None and is_party(linker, head, cluster):
        return [DraftTarget(TargetRole.EVALUATED, head)]
    if mention.possessor is not None and mention.possessor.lemma != _SELF:
        return [DraftTarget(TargetRole.EVALUATED, mention.possessor)]
    for child in head.children:
        case = child.child("case")
        if (
            child.rel in {"nmod", "obl"}
            and case is not None
            and case.lower in {"från", "av", "mot"}
            and child.i > head.i
        ):
            owner = linker.cluster_of(child)
            if owner is not None and case.lower != "mot" and is_party(linker, child, owner):
                return [DraftTarget(TargetRole.EVALUATED, child)]
    return []


def _oblique(reading: Reading, cue: Cue, preposition: str, draft: Draft) -> Node | None:
    """The noun under a preposition that belongs to the cue, outside the content."""
    sentence = reading.tree.sentence_of(cue.head)
    for node in sentence:
        if node.lower != preposition or node.upos != "ADP" or node.head is None or node.head.i < node.i:
            continue
        noun = node.head
        if noun in draft.speaker_nodes:
            # "En del *av de boende* kräver svar"
            continue
        if noun.upos not in NOMINAL or (draft.covers(noun.start, noun.end) and draft.frame != "obj"):
            continue
        upper = noun.head
        near = upper is cue.head or (upper is not None and upper.upos in NOMINAL and upper.head is cue.head)
        if near and noun.lower not in reading.grammar.venue_nouns and not reading.grammar.is_temporal(noun.lower):
            return noun
    return None


def _about(reading: Reading, linker: Linker, draft: Draft) -> list[DraftTarget]:
    """The subject of the reported main clause, where it is a party and not the source itself."""
    role = TargetRole.EVALUATED if draft.act in _JUDGING else TargetRole.ABOUT
    if draft.frame in {"obj", "inf"} and draft.evidence.get("content") != "raised-subject":
        return []
    if draft.evidence.get("content") == "raised-subject" and draft.object_head is not None:
        subjects = [draft.object_head]
    else:
        subjects = main_subjects(reading, draft)
    for subject in subjects[:2]:
        cluster = linker.cluster_of(subject)
        if subject.upos == "PRON" and subject.lower in reading.grammar.self_pronouns and subject.child("det") is None:
            # Whoever quotes "han säger att jag ljuger" is spoken of by him.
            quoted = draft.parent is not None and subject.feat("Number") == "Sing"
            another = cluster is not None and cluster.ref not in draft.actors
            return [DraftTarget(role, subject)] if quoted and another else []
        if cluster is None:
            told = draft.mode is Mode.DIRECT or (draft.frame in {"quote", "source"} and bool(draft.actors))
            if told and _is_somebody(linker, subject):
                return [DraftTarget(role, subject)]
            continue
        if cluster.ref in draft.actors:
            return []
        raised = subject is draft.object_head
        if _is_victims(linker, subject, cluster, raised=raised) or _is_said_to_be_there(subject):
            return []
        if subject.lower in {"den", "de"} and subject.child("acl") is not None:
            # "Den som hävdar motsatsen": anybody.
            return []
        if is_party(linker, subject, cluster) and not _own_side(linker, draft, subject, cluster):
            return [DraftTarget(role, node) for node in [subject, *conjuncts(subject)]]
    return []


def _is_said_to_be_there(subject: Node) -> bool:
    """Whether "det" holds the subject's place: "Det finns alltid en läkare" is about nobody."""
    return subject.head is not None and subject.head.child("expl") is not None and subject.head.child("cop") is None


def _is_victims(linker: Linker, subject: Node, cluster: Cluster, *, raised: bool) -> bool:
    """A number of people without a name, or such people as the object of what happened: told of, not talked about."""
    state = cluster.territory is not None and not (cluster.body is not None and cluster.plural)
    bodies = cluster.kind in PARTIES and not cluster.plural
    if cluster.names or bodies or cluster.spoke >= 0 or state:
        return False
    counted = any(child.rel == "nummod" or child.lower in {"var", "vart", "varje"} for child in subject.children)
    definite = subject.feat("Definite") == "Def" and not counted
    if linker.entities.title(subject.text) is not None and (definite or (counted and subject.deprel == "nsubj")):
        # "Två utomstående *experter* har jämfört bilderna" act; "Fyra *soldater* har stupat" do not.
        return subject.head is not None and subject.head.lemma in linker.grammar.dying
    # "Chauffören *uppges* ha varit på väg hem": the cue is passive, not what he did.
    return counted or (subject.deprel == "nsubj:pass" and not raised)


def _own_side(linker: Linker, draft: Draft, subject: Node, cluster: Cluster) -> bool:
    """A plural pronoun for the source's own side ("han sade att de hade vunnit") is the source itself."""
    if subject.upos != "PRON" or not (subject.feat("Number") == "Plur" or subject.lower in {"den", "det"}):
        return False
    if draft.frame == "att" and not cluster.named and cluster.spoke < 0 and cluster.plural:
        return True
    parties = {c.party().ref for c in linker.set.clusters if c.ref in draft.actors}
    return cluster.party().ref in parties


def _is_somebody(linker: Linker, node: Node) -> bool:
    """Whether the word is a pronoun for one person other than speaker and hearer."""
    pronoun = linker.entities.pronouns.get(node.lower) if node.upos == "PRON" else None
    return pronoun is not None and pronoun.person == 3 and pronoun.gender in {Gender.MALE, Gender.FEMALE, Gender.PERSON}


def _resolved(reading: Reading, linker: Linker, draft: Draft, found: list[DraftTarget]) -> list[DraftTarget]:
    """The targets with actors and printed mentions, groups expanded ("båda parter"), the source itself left out."""
    kept: list[DraftTarget] = []
    for target in found:
        node = target.node
        assert node is not None
        heads = [node] if target.role is TargetRole.ABOUT else [node, *conjuncts(node)]
        for head in heads:
            mention = linker.reader.read(head)
            span = (
                reading.tree.span(mention.nodes)
                if mention is not None
                else Span.cut(reading.text, head.start, head.end)
            )
            if head.lower == _EACH_OTHER:
                # "Både Kiev och Moskva anklagar *varandra*"
                several = draft.actors if len(draft.actors) > 1 else ()
                kept += [DraftTarget(target.role, head, span, ref) for ref in several]
                continue
            parties = linker.members_of(head)
            whoever = head.lower in {"den", "de", "dem"} and head.child("acl") is not None
            if not parties and (whoever or _is_somebody(linker, head)):
                # "hon" in a passage that names no woman: a party all the same.
                kept.append(DraftTarget(target.role, head, span))
            for cluster in parties:
                if cluster.ref in draft.actors or any(other.actor == cluster.ref for other in kept):
                    continue
                kept.append(DraftTarget(target.role, head, span, cluster.ref))
    return kept
