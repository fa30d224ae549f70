"""The object of a cue, and noun phrases as content: what is demanded, condemned, denied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.actor import ActorKind
from app.domain.claim import Act
from app.extraction.animacy import can_speak
from app.extraction.clauses import clause_end
from app.extraction.complementizers import complementizer
from app.extraction.preposed import trimmed
from app.lexicon.schema import ObjectRole, ObliqueRole, Voice
from app.lexicon.territories import TerritoryRole
from app.resolution.phrases import NOMINAL, is_temporal, noun_phrase

if TYPE_CHECKING:
    from app.extraction.draft import Cue, Reading
    from app.parsing.tree import Node

Range = tuple[int, int]
_PLANS = frozenset({Act.DEMAND, Act.ANNOUNCEMENT, Act.OPINION})
_FOR = "för"
_PARTICLE_REACH = 8
"""Words between a verb and its particle, with the subject between them."""
_CONDITIONS = frozenset({"om", "ifall"})
_GENITIVES = (TerritoryRole.GENITIVE, TerritoryRole.CAPITAL_GENITIVE, TerritoryRole.METONYM_GENITIVE)
_NAMES = (TerritoryRole.NAME, TerritoryRole.CAPITAL, TerritoryRole.METONYM)


def object_phrase(reading: Reading, cue: Cue, subject: Node | None) -> Node | None:
    """The head of the direct object, in front of the verb or behind it."""
    head = cue.head
    addressee = _before_infinitive(reading, cue)
    if addressee is not None and addressee is not subject:
        return addressee
    following = reading.tree.right(cue.nodes[-1])
    cut_off = following is not None and following.text == ","
    particle = cue.entry.particle if cue.entry is not None else ()
    for child in head.children:
        if child.lower in particle:
            # "tar *avstånd* från attacken"
            continue
        if cut_off and child.i > head.i:
            # "Anna erkänner, Erik nekar"
            continue
        if child.rel == "iobj" and _gives(cue) and any(n.rel == "obj" and n.i > child.i for n in head.children):
            # "lovar *Serbien* mer pengar"
            continue
        if child.rel in {"obj", "iobj"} and child.upos in NOMINAL and child is not subject and child.lower != "sig":
            return _owned_by(reading, child) or child
        if child.rel == "obj" and child.upos == "VERB" and not child.children and child.i > head.i:
            # A noun that the tagger does not know: "förnekade uppsåt".
            return child
    behind = _behind_particle(reading, cue)
    if behind is not None and behind is not subject:
        return behind
    before = head.child("nsubj")
    if before is not None and before is not subject and before.i < head.i and before.upos in NOMINAL:
        return before
    return _behind_adverbials(reading, cue, subject)


def _gives(cue: Cue) -> bool:
    return cue.entry is not None and cue.entry.object is ObjectRole.CONTENT


def _behind_particle(reading: Reading, cue: Cue) -> Node | None:
    """ "ställde sig ministern *bakom förslaget*": the noun behind a particle that the subject keeps from its verb."""
    words = cue.entry.particle if cue.entry is not None else ()
    if not words or words[-1] in {node.lower for node in cue.nodes}:
        return None
    stop = reading.tree.sentences[cue.head.sentence].stop
    near = reading.tree.nodes[cue.head.i + 1 : min(stop, cue.head.i + _PARTICLE_REACH)]
    particle = next((node for node in near if node.lower == words[-1]), None)
    if particle is None:
        return None
    for node in reading.tree.nodes[particle.i + 1 : stop]:
        if node.upos in {"NOUN", "PROPN"} and node.feat("Case") != "Gen":
            return node.head if node.rel == "flat" and node.head is not None else node
        if node.upos not in {"DET", "ADJ", "NUM", "NOUN", "PROPN", "PRON"}:
            break
    return None


def _owned_by(reading: Reading, owner: Node) -> Node | None:
    """The noun behind a territory's genitive that was parsed as the object itself: 'fördömde Bakus "aggression"'."""
    territories = reading.entities.territories
    genitive = owner.upos == "PROPN" and territories.first(owner.text, *_GENITIVES) is not None
    if not genitive or territories.first(owner.text, *_NAMES) is not None:
        return None
    for steps in range(1, 5):
        node = reading.tree.right(owner, steps)
        if node is None or (node.upos not in {"ADJ", "NOUN"} and node.text not in '"”“»'):
            return None
        if node.upos == "NOUN":
            return node
    return None


def _behind_adverbials(reading: Reading, cue: Cue, subject: Node | None) -> Node | None:
    """The bare noun phrase behind the cue, time and medium stepped over: "fördömde på måndagen *attacken*"."""
    nodes, grammar = reading.tree.nodes, reading.grammar
    stop = reading.tree.sentences[cue.head.sentence].stop
    i = cue.nodes[-1].i + 1
    while i < stop:
        node = nodes[i]
        if node.upos in {"ADV", "PART"} or node.lower in grammar.temporal_adverbs:
            i += 1
        elif node.upos == "ADP":
            noun = next((k for k in range(i + 1, min(stop, i + 5)) if nodes[k].upos in {"NOUN", "PROPN"}), None)
            if noun is None or not (is_temporal(grammar, nodes[noun]) or nodes[noun].lower in grammar.venue_nouns):
                return None
            i = noun + 1
        else:
            break
    if i >= stop or nodes[i].upos not in {"DET", "ADJ", "NUM", "NOUN", "PROPN", "PRON", "PUNCT", "VERB"}:
        return None
    if nodes[i].upos == "PUNCT" and nodes[i].text not in '"”“»':
        return None
    found = next(
        (n for n in nodes[i : min(stop, i + 6)] if n.upos in {"NOUN", "PROPN"} and n.feat("Case") != "Gen"), None
    )
    if (
        found is None
        or found is subject
        or any(n.upos in {"ADP", "VERB", "AUX", "SCONJ"} for n in nodes[i + 1 : found.i])
    ):
        return None
    if found.rel == "nsubj" or is_temporal(grammar, found) or (subject is not None and found in subject.subtree()):
        # "lovade *klubbdirektören* Anna Wrede": the title of who promised.
        return None
    return found.head if found.rel == "flat" and found.head is not None else found


def _before_infinitive(reading: Reading, cue: Cue) -> Node | None:
    """Who is asked: the phrase right before the infinitive ("uppmanade …, tjänsteman i X, *Armenien* att erkänna")."""
    if cue.entry is None or cue.entry.object is not ObjectRole.ADDRESSEE:
        return None
    mark = complementizer(reading, cue)
    node = reading.tree.left(mark) if mark is not None else None
    if node is None or node.i <= cue.nodes[-1].i or node.upos not in {"NOUN", "PROPN", "PRON"}:
        return None
    relative = next((a for a in node.ancestors() if a.rel == "acl" and a.i > cue.head.i), None)
    if relative is not None and relative.head is not None and relative.head.head is cue.head:
        # "ber *dem* som sett något att höra av sig"
        return relative.head if relative.head.upos in {"NOUN", "PROPN"} else None
    while (
        node.rel in {"nmod", "flat", "conj"}
        and node.head is not None
        and cue.head.i < node.head.i < node.i
        and node.head.upos in NOMINAL
        and not any(between.text == "," for between in reading.tree.nodes[node.head.i : node.i])
    ):
        node = node.head
    return None if node.child("case") else node


def phrase_range(reading: Reading, cue: Cue, noun: Node, *, start: int | None = None) -> Range:
    """The printed range of a noun phrase as content: with attributes and relative clauses, without time and medium."""
    nodes, grammar = reading.tree.nodes, reading.grammar
    phrase = noun_phrase(reading.tree, grammar, noun, coordination=True)
    others = (
        k for k, n in enumerate(phrase) if k and n.i > noun.i and (_opens_agent(cue, n) or _asks(reading, cue, noun, n))
    )
    phrase = phrase[: next(others, None)]
    first = phrase[0].i if start is None else min(start, phrase[0].i)
    members = {node.i for node in noun.subtree()}
    verdict = verdict_on(cue, noun)
    if verdict is not None:
        # "kallar avslöjandet *djupt upprörande*"
        members |= {node.i for node in verdict.subtree()}
    bound = clause_end(reading, cue, first) if first > cue.head.i else cue.nodes[0].i
    roles = {*cue.entry.oblique, *cue.entry.content_prepositions} if cue.entry is not None else set()
    roles.discard(nodes[first].lower)
    last, i = phrase[-1].i, phrase[-1].i + 1
    while i < bound:
        node = nodes[i]
        attached = i in members
        if _opens_plan(reading, cue, node):
            # "utlovar ett extra årsmöte *i april*", "kräver en redogörelse *senast på fredag*": when it is to be done.
            last = max(n.i for n in (*(node.head.subtree() if node.head else ()), node) if n.i < bound)
            i = last + 1
            continue
        if node.upos == "ADP" and node.head is not None and node.head.i > i:
            target = node.head
            venue = node.lower in grammar.venue_prepositions and target.lower in grammar.venue_nouns
            # "bekräftar uppgiften *för SVT*"
            told = node.lower in {"för", "till"} and target.upos == "PROPN"
            venue = venue or (told and reading.entities.kind_of(target.text) is ActorKind.MEDIA)
            own_role = node.lower in roles and not (attached and target.head is not cue.head)
            own_role = own_role or _asks(reading, cue, noun, node) or _opens_agent(cue, node)
            deadline = node.lower in grammar.deadline_prepositions and is_temporal(grammar, target)
            measure = node.lower in {"på", "i"} and target.child("nummod") is not None and nodes[i - 1] is noun
            when = is_temporal(grammar, target) and not (deadline or measure)
            # "avvisar kravet *för sin klients räkning*"
            behalf = node.lower == _FOR and target.lower in grammar.behalf
            if when or venue or own_role or behalf or target.deprel == "obl:agent":
                break
            if not (attached or target.head is cue.head or target.head is noun):
                break
            inside = [n for n in target.subtree() if n.i < bound]
            report = next((n.i for n in inside if n.text == "," and _reports(reading, cue, n.i + 1, bound)), bound)
            last = max(i, *(n.i for n in inside if n.i < report))
            i = last + 1
            continue
        if _opens_condition(cue, node):
            # "lovar stöd *om protesterna sprider sig*"
            last = next((k for k in range(i, bound) if nodes[k].text == ","), bound) - 1
            break
        if not attached and node.upos in {"ADV", "VERB", "AUX", "SCONJ", "PRON"}:
            break
        if node.text == "," and not any(k in members for k in range(i + 1, min(i + 3, bound))):
            break
        if node.text == "," and _reports(reading, cue, i + 1, bound):
            break
        if attached or node.text in '"”“»«':
            last = i
        elif node.upos not in {"PUNCT"}:
            break
        i += 1
    rest = nodes[last + 1 : bound]
    if (
        len(rest) > 1
        and rest[0].lower in grammar.coordinators
        and not any(n.upos in {"VERB", "AUX", "PUNCT"} for n in rest)
    ):
        # "videon eller någon av parternas redogörelser": a list that the parse broke off.
        last = bound - 1
    if start is None and last + 1 < bound and nodes[last + 1].lower in grammar.complementizers:
        # "sin avsikt att avväpna …": the noun's own clause.
        last = clause_end(reading, cue, last + 1) - 1
    found = trimmed(reading.text, nodes[first].start, nodes[last].end)
    opening = reading.text[nodes[first].start - 1 : nodes[first].start] if nodes[first].start else ""
    if found is None:
        return nodes[first].start, nodes[last].end
    return (found[0] - (opening in '"”“»' and opening != "" and first > cue.head.i), found[1])


def _reports(reading: Reading, cue: Cue, i: int, bound: int) -> bool:
    """Whether a relative clause at ``i`` holds a report of its own: "på regionen, *som hon anklagar för …*"."""
    nodes = reading.tree.nodes[i:bound]
    if not nodes or nodes[0].lower not in reading.grammar.relative_pronouns:
        return False
    others = (reading.cue_at(node) for node in nodes)
    return any(other is not None and other is not cue and not other.quoted for other in others)


def verdict_on(cue: Cue, noun: Node) -> Node | None:
    """What the object is called: "kallar avslöjandet *djupt upprörande*"; ``None`` where it is called nothing."""
    particle = cue.entry.particle if cue.entry is not None else ()
    found = cue.head.child("xcomp") or next((n for n in cue.head.children if n.rel == "obj" and n.i > noun.i), None)
    light = cue.entry is not None and bool(cue.entry.nouns)  # "ger förslaget sitt *stöd*"
    if found is None or not cue.head.i < noun.i < found.i or found.lower in particle or found in cue.nodes or light:
        return None
    return found if found.upos in {"ADJ", "NOUN"} else None


def _opens_agent(cue: Cue, node: Node) -> bool:
    """Whether the agent phrase of a passive cue begins at ``node``, whatever the parse attaches it to."""
    return cue.voice is Voice.PASSIVE and node.lower == "av" and node.i > cue.head.i


def _opens_condition(cue: Cue, node: Node) -> bool:
    """Whether the condition of what is demanded or promised begins at ``node``."""
    planned = cue.entry is not None and bool(cue.entry.acts) and cue.entry.acts[0] in _PLANS
    return planned and node.lower in _CONDITIONS and node.upos == "SCONJ" and node.rel == "mark"


def _opens_plan(reading: Reading, cue: Cue, node: Node) -> bool:
    """Whether a time of what is demanded or promised begins at ``node``: not a day gone by, on which it was said."""
    time, grammar = node.head, reading.grammar
    planned = cue.entry is not None and bool(cue.entry.acts) and cue.entry.acts[0] in _PLANS
    if not planned or time is None or time.i <= node.i or not is_temporal(grammar, time) or time.child("nummod"):
        return False
    if node.lower in grammar.plan_openers:
        return True
    past = time.feat("Definite") == "Def" or time.lower.endswith(("s", "dagen")) or time.lower in grammar.report_times
    return node.upos == "ADP" and node.lower in {"i", "på", "under"} and not past


def _asks(reading: Reading, cue: Cue, thing: Node, preposition: Node) -> bool:
    """Whether the phrase says of whom the thing is asked: "kräver en ursäkt *av förbundet*", not "översyn av lagen"."""
    if cue.entry is None or cue.entry.oblique.get(preposition.lower) is not ObliqueRole.ADDRESSEE:
        return False
    said = reading.lexicon.noun_by_head(thing.lower) is not None
    deed = thing.lemma.endswith(tuple(reading.grammar.deverbal_suffixes)) and thing.lemma not in reading.grammar.given
    return (
        preposition.head is not None
        and preposition.head.head is thing
        and (said or not deed)
        and can_speak(reading, preposition.head)
    )
