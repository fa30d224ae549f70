"""Main clauses about a claim, whose order a small parser mistakes: "*Den uppgiften* har bolaget länge förnekat"."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from app.extraction.attachment import attach
from app.extraction.fronted import SUCH
from app.extraction.inversion import REFLEXIVES
from app.lexicon.schema import ObjectRole, Voice
from app.resolution.phrases import NOMINAL, is_temporal

if TYPE_CHECKING:
    from app.lexicon.cues import CueLexicon
    from app.lexicon.entities import EntityLexicon
    from app.lexicon.grammar import Grammar
    from app.parsing.tree import Node

_FRONT = frozenset({"DET", "PRON", "ADJ", "NOUN"})
_SUBJECT = frozenset({"DET", "ADJ", "NUM", "CCONJ", *NOMINAL})
_PARTICIPLES = frozenset({"Sup", "Inf"})
_PREDICATES = frozenset({"VERB", "ADJ", *NOMINAL})
_ATTRIBUTE = 5
_PHRASE = 2
"""Words of an adverbial with a preposition at least."""
_LONGEST = 4
"""Words of the claim in front: "den här felaktiga uppgiften"."""
_NOMINATIVE = frozenset({"han", "hon", "hen", "de", "jag", "vi", "man", "du", "ni"})


def repair_claim_clause(nodes: list[Node], grammar: Grammar, lexicon: CueLexicon, entities: EntityLexicon) -> None:
    """Give the verb of a main clause in inverted order its subject, and the claim named as its object, in place.

    ``nodes`` are those of one sentence. Swedish has the finite verb in second place: where the claim or a phrase of
    time stands first, the subject stands right behind the verb.
    """
    words = _main_words(nodes)
    _clause_in_front(grammar, lexicon, nodes)
    words = words[1:] if words and words[0].upos == "CCONJ" else words
    finite = next((k for k, node in enumerate(words) if _is_finite(lexicon, node)), 0)
    if not finite:
        return
    behind = words[finite + 1 :]
    front = words[:finite]
    _behind_adverbial(lexicon, words[finite], behind)
    if (fronted := _fronted(lexicon, front)) is not None:
        verb = _verb(lexicon, words[finite], behind, fronted)
        subject = _subject(grammar, [node for node in behind if verb is None or node is not verb])
        known = verb is not None and _names_claim(lexicon, entities, fronted, verb)
        if verb is not None and known and _speaks(grammar, entities, subject):
            _settle(verb, words[finite], subject, fronted)
            for node in front[front.index(fronted) + 1 :]:
                if node.head not in front:
                    # "Uppgifterna *om mutor* bestrider hon"
                    attach(node, fronted, "nmod")
        return
    said = next((k for k, n in enumerate(behind) if _is_claim(lexicon, n) and n.feat("Case") != "Gen"), None)
    adverbial = front[0].upos in {"ADP", "ADV", "SCONJ"}
    if said is None or not adverbial or not _is_about_claims(lexicon, words[finite], behind[said]):
        return
    between = behind[:said]
    while between and between[-1].upos in {"DET", "ADJ"}:
        between.pop()
    subject = _subject(grammar, between)
    if not subject or subject[-1] is not between[-1] or any(n.upos == "VERB" for n in between):
        return
    if _speaks(grammar, entities, subject):
        _settle(words[finite], words[finite], subject, behind[said])


def _fronted(lexicon: CueLexicon, front: list[Node]) -> Node | None:
    """What stands in front alone: "Den uppgiften", "Det", "Talet om censur"; ``None`` for an adverbial or a clause."""
    head = next((k for k, node in enumerate(front) if node.upos == "ADP"), len(front))
    phrase, attribute = front[:head], front[head:]
    if not phrase or len(phrase) > _LONGEST or any(node.upos not in _FRONT for node in phrase):
        return None
    told = len(attribute) <= _ATTRIBUTE and all(node.upos in _FRONT | {"ADP", "PROPN"} for node in attribute)
    return phrase[-1] if not attribute or (told and _is_claim(lexicon, phrase[-1])) else None


def _behind_adverbial(lexicon: CueLexicon, verb: Node, behind: list[Node]) -> None:
    """ "tillbakavisar *med kraft* uppgifterna", "bestred *i går* kritiken": the object stands behind how or when."""
    said = next((k for k, node in enumerate(behind) if _is_claim(lexicon, node) and node.feat("Case") != "Gen"), 0)
    first = said
    while first and behind[first - 1].upos in {"DET", "ADJ"}:
        first -= 1
    if first < _PHRASE or behind[0].upos != "ADP" or behind[first - 1].upos == "ADP":
        return
    between = behind[:first]
    plain = all(node.upos in {"ADP", "DET", "ADJ", "NOUN", "PROPN", "ADV"} for node in between)
    taken = verb.child("obj", "ccomp") not in {None, behind[said]}
    if plain and not taken and _is_about_claims(lexicon, verb, behind[said]) and behind[said].child("case") is None:
        attach(behind[said], verb, "obj")


def _clause_in_front(grammar: Grammar, lexicon: CueLexicon, nodes: list[Node]) -> None:
    """ "*Att så skulle vara fallet* förnekas av bolaget": the clause has its own verb, the denial is the main one."""
    words = nodes[1:] if nodes and nodes[0].upos == "CCONJ" else nodes
    root = next((node for node in words if node.rel == "root"), None)
    if root is None or words[0].lower not in grammar.complementizers or not _denies_finitely(lexicon, root):
        return
    inside = [child for child in root.children if words[0].i <= child.i < root.i and child.upos != "PUNCT"]
    predicate = next((child for child in reversed(inside) if child.upos in _PREDICATES), None)
    if predicate is None or not any(child.rel in {"mark", "aux", "cop"} for child in inside):
        return
    for child in [child for child in inside if child is not predicate]:
        attach(child, predicate, child.word.deprel)
    attach(predicate, root, "csubj" if root.feat("Voice") == "Pass" else "ccomp")


def _denies_finitely(lexicon: CueLexicon, node: Node) -> bool:
    forms = lexicon.verb_forms.get(node.lower, ())
    claims = any(form.entry.object is ObjectRole.CLAIM and not form.entry.particle for form in forms)
    return node.feat("VerbForm") == "Fin" and claims


def _main_words(nodes: list[Node]) -> list[Node]:
    """The words up to the first mark, an apposition behind a name stepped over: "Lena Frisk, *borgmästare*, har"."""
    words: list[Node] = []
    rest = list(nodes)
    while rest and (rest[0].is_word or words):
        node = rest.pop(0)
        if node.is_word:
            words.append(node)
            continue
        between = list(takewhile(lambda n: n.is_word, rest))
        closed = between and len(between) < len(rest) and node.text == rest[len(between)].text == ","
        if not closed or words[-1].upos != "PROPN" or any(n.upos in {"VERB", "AUX", "SCONJ"} for n in between):
            break
        rest = rest[len(between) + 1 :]
    return words


def _is_finite(lexicon: CueLexicon, node: Node) -> bool:
    return node.upos in {"VERB", "AUX"} and (node.feat("VerbForm") == "Fin" or node.lower in lexicon.verb_forms)


def _is_about_claims(lexicon: CueLexicon, node: Node, said: Node) -> bool:
    """Whether the form is active and takes a claim as its object: "förnekar uppgiften", "delar *bilden*"."""
    active = [form.entry for form in lexicon.verb_forms.get(node.lower, ()) if form.voice is Voice.ACTIVE]
    # "ger" denies only with "inte mycket för".
    beside = {child.lower for child in node.children}
    active = [entry for entry in active if not entry.particle or set(entry.particle) <= beside]
    return any(entry.object is ObjectRole.CLAIM or said.lemma in entry.nouns for entry in active)


def _is_claim(lexicon: CueLexicon, node: Node) -> bool:
    hit = lexicon.noun_by_head(node.lower) if node.upos in NOMINAL else None
    return hit is not None and hit.form.definite and bool(hit.entry.refers_to)


def _verb(lexicon: CueLexicon, finite: Node, behind: list[Node], said: Node) -> Node | None:
    """The verb that takes a claim: the finite one, or what an auxiliary governs: "har bolaget länge *förnekat*"."""
    if _is_about_claims(lexicon, finite, said):
        return finite
    verbs = [node for node in behind if node.upos == "VERB"]
    first = verbs[0] if verbs else None
    if first is None or first.feat("VerbForm") not in _PARTICIPLES or not _is_about_claims(lexicon, first, said):
        return None
    return first


def _names_claim(lexicon: CueLexicon, entities: EntityLexicon, said: Node, verb: Node) -> bool:
    """Whether the definite noun is what the verb is about: "*Uppgiften* bestrider", "*Utdelningen* bekräftar hon"."""
    if said.upos == "PRON":
        return said.lower in SUCH
    if said.upos != "NOUN" or said.feat("Definite") != "Def" or said.feat("Case") == "Gen":
        return False
    forms = lexicon.verb_forms.get(verb.lower, ())
    if any(said.lemma in form.entry.nouns for form in forms):
        # "Den *bilden* delar inte bolaget"
        return True
    party = entities.title(said.text) or entities.body_noun(said.text) or entities.document(said.text)
    return _is_claim(lexicon, said) or not party


def _subject(grammar: Grammar, behind: list[Node]) -> list[Node]:
    """The noun phrase that opens the words, adverbs before it stepped over, a time behind it left out."""
    start = next((k for k, n in enumerate(behind) if n.upos not in {"ADV", "PART"} and n.lower not in REFLEXIVES), 0)
    phrase = list(takewhile(lambda node: node.upos in _SUBJECT, behind[start:]))
    # "ställer sig forskaren Ewa Brink *frågande*"
    phrase = [n for k, n in enumerate(phrase) if n.upos != "ADJ" or any(m.upos in NOMINAL for m in phrase[k:])]
    time = next((k for k, node in enumerate(phrase) if k and _is_time(grammar, node)), len(phrase))
    return phrase[:time]


def _is_time(grammar: Grammar, node: Node) -> bool:
    head = node.head if node.upos in {"ADJ", "DET"} and node.head is not None and node.head.i == node.i + 1 else node
    return is_temporal(grammar, head)


def _head(phrase: list[Node]) -> Node | None:
    """The head: the first name behind all owners ("Sundby Ståls vd *Karin* Frost"), else the last noun."""
    coordinator = next((k for k, node in enumerate(phrase) if node.upos == "CCONJ"), len(phrase))
    own = [node for node in phrase[:coordinator] if node.upos in NOMINAL]
    owner = next((k for k in range(len(own) - 2, -1, -1) if _is_owner(own[k], own[k + 1])), -1)
    own = own[owner + 1 :]
    return next((node for node in own if node.upos == "PROPN"), own[-1] if own else None)


def _is_owner(node: Node, after: Node) -> bool:
    """Whether the word owns the next: "*Ståls* vd", but "Anders Ek" is one name."""
    return node.feat("Case") == "Gen" or (node.upos == "PROPN" and node.lower.endswith("s") and after.upos == "NOUN")


def _speaks(grammar: Grammar, entities: EntityLexicon, phrase: list[Node]) -> bool:
    head = _head(phrase)
    if head is None:
        return False
    known = entities.title(head.text) or entities.body_noun(head.text) or entities.person_noun(head.text)
    return head.lower in _NOMINATIVE or head.upos == "PROPN" or bool(known) or grammar.is_agentive(head.lemma)


def _settle(verb: Node, finite: Node, phrase: list[Node], said: Node) -> None:
    """Make the verb the head of its auxiliary, of the phrase as its subject and of what is said as its object."""
    subject = _head(phrase)
    if subject is None:
        return
    if verb is not finite:
        attach(finite, verb, "aux")
        for child in list(finite.children):
            attach(child, verb, child.word.deprel)
    attach(subject, verb, "nsubj")
    for node in phrase:
        if node is not subject and node.head not in phrase and subject not in node.ancestors():
            attach(node, subject, "nmod" if node.i < subject.i else "flat:name")
    attach(said, verb, "obj")
