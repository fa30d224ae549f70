"""Nouns that attribute: "Lärarförbundets krav att …", "Svaret från X: …", "Förvaltningens besked är att …"."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from app.domain.claim import Act
from app.extraction.clauses import clause_end
from app.extraction.draft import Cue, CueKind, Draft
from app.extraction.preposed import trimmed
from app.extraction.quotations import QuotationKind
from app.resolution.phrases import NOMINAL, noun_phrase

if TYPE_CHECKING:
    from app.extraction.draft import Reading
    from app.extraction.quotations import Quotation
    from app.lexicon.nouns import NounHit
    from app.lexicon.schema import SpeechNoun
    from app.parsing.tree import Node

_OWNER_PREPOSITIONS = frozenset({"från"})
_IS = frozenset({"är", "var", "blir", "blev", "lyder", "löd", "lydde"})
_OF_OTHERS = frozenset({"hans", "hennes", "hens", "deras", "dess"})
_SPACE = 3
"""Code points between a colon and the words it announces."""
_COMING = frozenset({"kommer", "kom", "kommit"})
LEAST_WEIGHT = 0.4
"""Nouns that carry a claim less often than this, by our reading of Swedish news, are left to the verbs around them."""


def speech_noun_drafts(reading: Reading) -> list[Draft]:
    """Claims whose cue is a noun with its source beside it and a clause or quotation as its content."""
    found = []
    for node in reading.tree.nodes:
        hit = reading.lexicon.noun_by_head(node.lower) if node.upos == "NOUN" else None
        if hit is None or hit.form.genitive or not hit.entry.acts:
            continue
        if hit.entry.weight < LEAST_WEIGHT and not _announces(reading, node):
            continue
        quotation = reading.quotation_at(node.start)
        if quotation is not None:
            # "– Vi har en bra dialog, blev *beskedet från Eva Ek*"
            spoken = quotation.kind is QuotationKind.DASH
            draft = _behind_its_words(reading, node, hit, _owner(reading, node)[0]) if spoken else None
            if draft is not None:
                draft.quotation = quotation
        else:
            draft = _draft(reading, node, hit)
        if draft is not None:
            found.append(draft)
    return found


def _draft(reading: Reading, noun: Node, hit: NounHit[SpeechNoun]) -> Draft | None:
    owner, after = _owner(reading, noun)
    behind = _behind_its_words(reading, noun, hit, owner)
    if behind is not None:
        return behind
    if owner is None:
        return _coming_from(reading, noun, hit)
    if any(other.covers(noun.start, noun.end) and other.frame == "obj" for other in reading.drafts):
        return None
    opener = _opener(reading, after)
    if opener is None:
        return None
    cue = Cue(CueKind.NOUN, noun, [noun])
    if opener.text == ":":
        return _announced(reading, cue, hit, owner, opener)
    # "Regionens löfte *om att* bron öppnas", "Fackets krav *på att*"
    second = reading.tree.right(opener) if opener.lower in {*hit.entry.content} - {"att"} else None
    mark = second if second is not None and second.lower in reading.grammar.complementizers else opener
    if mark.lower in reading.grammar.complementizers:
        end = clause_end(reading, cue, mark.i)
        verb = noun.head
        own = mark.head is not verb and reading.tree.right(after) is opener
        if noun.rel == "nsubj" and verb is not None and verb.i > mark.i and own:
            # "Kravet från facket att mobilerna ska bort *möts av* hån"
            end = min(end, verb.i, *(child.i for child in verb.children if child.rel == "aux" and child.i > mark.i))
        end = min(end, _matrix_verb(reading, noun, mark))
        content = trimmed(reading.text, opener.start, reading.tree.nodes[end - 1].end)
    elif (
        (owner.i > noun.i or (noun.rel == "nsubj" and hit.entry.acts[:1] == (Act.DEMAND,)))
        and opener.head is not None
        and opener.head.upos != "PROPN"
        and opener.lower in hit.entry.content
        and opener.lower not in hit.entry.oblique
    ):
        # "Kravet från Quito *på en offentlig ursäkt*"
        last = noun_phrase(reading.tree, reading.grammar, opener.head)[-1]
        content = trimmed(reading.text, opener.start, last.end) if last.i > opener.i else None
    else:
        return None
    if content is None:
        return None
    draft = Draft(cue, [content], noun.paragraph, {"content": "noun-clause", "speaker": "owner-of-noun"}, frame="att")
    draft.act = hit.entry.acts[0]
    draft.speaker_head = owner
    draft.content_head = mark.head
    return draft


def _matrix_verb(reading: Reading, noun: Node, mark: Node) -> int:
    """Where the noun's own clause goes on, its phrase standing in front: "Kravet att lokalen stängs *möts* av hån"."""
    sentence = reading.tree.sentence_of(noun)
    finite = [node for node in sentence if node.feat("VerbForm") == "Fin"]
    behind = [node for node in finite if node.i > mark.i]
    if len(behind) == len(finite):
        for first, second in pairwise(behind):
            between = reading.tree.nodes[first.i + 1 : second.i]
            if not any(n.text == "," or n.upos in {"CCONJ", "SCONJ"} or _opens_clause(reading, n) for n in between):
                return second.i
    return sentence[-1].i + 1


def _opens_clause(reading: Reading, node: Node) -> bool:
    return node.lower in reading.grammar.relative_pronouns | reading.grammar.interrogatives


def _opener(reading: Reading, after: Node) -> Node | None:
    """The first word of what the noun carries: behind "är", "lyder", and before a colon "är tydligt"."""
    opener = reading.tree.right(after)
    if opener is not None and opener.lower in _IS:
        opener = reading.tree.right(opener)
        word, colon = opener, reading.tree.right(opener) if opener is not None else None
        if word is not None and word.upos in {"ADJ", "ADV"} and colon is not None and colon.text == ":":
            return colon
    return opener


def _announces(reading: Reading, noun: Node) -> bool:
    """Whether quoted words follow a colon behind the noun and its source: "Hennes *råd*: ”Vänta”"."""
    owner, after = _owner(reading, noun)
    opener = _opener(reading, after) if owner is not None else None
    return opener is not None and opener.text == ":" and _quotation_behind(reading, opener) is not None


def _announced(reading: Reading, cue: Cue, hit: NounHit[SpeechNoun], owner: Node, colon: Node) -> Draft | None:
    content = _after_colon(reading, colon)
    if content is None:
        return None
    evidence = {"content": "noun-colon", "speaker": "owner-of-noun"}
    draft = Draft(cue, [content], cue.head.paragraph, evidence, frame="quote")
    draft.quotation = _quotation_behind(reading, colon)
    draft.act, draft.speaker_head = hit.entry.acts[0], owner
    return draft


def _behind_its_words(reading: Reading, noun: Node, hit: NounHit[SpeechNoun], owner: Node | None) -> Draft | None:
    """ "*Det blir inga tåg*, är beskedet från SJ": the clause in front is what the noun carries."""
    verb = reading.tree.left(noun)
    while verb is not None and verb.deprel == "nmod:poss":
        verb = reading.tree.left(verb)
    comma = reading.tree.left(verb) if verb is not None else None
    if owner is None or verb is None or comma is None or verb.lower not in _IS or comma.text not in {",", "”", '"'}:
        return None
    first = next((node for node in reading.tree.sentence_of(noun) if node.is_word), None)
    if first is None or first.i >= comma.i:
        return None
    content = trimmed(reading.text, first.start, comma.start)
    if content is None:
        return None
    evidence = {"content": "clause-before-noun", "speaker": "owner-of-noun"}
    draft = Draft(Cue(CueKind.NOUN, noun, [noun]), [content], noun.paragraph, evidence, frame="quote")
    draft.act, draft.speaker_head = hit.entry.acts[0], owner
    return draft


def _coming_from(reading: Reading, noun: Node, hit: NounHit[SpeechNoun]) -> Draft | None:
    """ "*Kravet att* mobilerna ska bort *kommer från* Lärarförbundet": the noun's clause, its source named behind."""
    verb, opener = noun.head, reading.tree.right(noun)
    if verb is None or opener is None or noun.rel != "nsubj" or verb.lower not in _COMING or verb.i < noun.i:
        return None
    mark = reading.tree.right(opener) if opener.upos in {"ADP", "SCONJ"} and opener.lower == "om" else opener
    owner = next(
        (n for n in verb.children if n.rel == "obl" and n.i > verb.i and _case(n) in _OWNER_PREPOSITIONS), None
    )
    if mark is None or mark.lower not in reading.grammar.complementizers or owner is None:
        return None
    content = trimmed(reading.text, opener.start, reading.tree.nodes[verb.i - 1].end)
    if content is None:
        return None
    evidence = {"content": "noun-clause", "speaker": "noun-comes-from"}
    draft = Draft(Cue(CueKind.NOUN, noun, [noun]), [content], noun.paragraph, evidence, frame="att")
    draft.act, draft.speaker_head, draft.content_head = hit.entry.acts[0], owner, mark.head
    return draft


def _case(node: Node) -> str:
    case = node.child("case")
    return case.lower if case is not None else ""


def _owner(reading: Reading, noun: Node) -> tuple[Node | None, Node]:
    """Whose words the noun means, and the last word before its content."""
    for child in noun.children:
        if child.deprel == "nmod:poss" and (child.upos in {"PROPN", "NOUN"} or child.lower in _OF_OTHERS):
            return child, noun
    before = reading.tree.left(noun)
    if before is not None and before.upos == "PROPN" and before.feat("Case") == "Gen" and before.head is not noun:
        # "*Region Hallands* besked: …", parsed as somebody's name
        return (before.head if before.rel == "flat" and before.head is not None else before), noun
    opening = reading.tree.sentence_of(noun)[0]
    is_ = reading.tree.left(noun)
    if opening.lower in _OWNER_PREPOSITIONS and opening.head is not None and is_ is not None and is_.lower in _IS:
        # "*Från juryn* är beskedet att priset ligger fast"
        return opening.head, noun
    preposition = reading.tree.right(noun)
    if preposition is None or preposition.lower not in _OWNER_PREPOSITIONS or preposition.head is None:
        return None, noun
    owner = preposition.head
    if owner.i < preposition.i or owner.upos not in NOMINAL:
        return None, noun
    within = {"flat", "det", "amod", "nmod"}
    inside = (n for n in owner.subtree() if n is owner or (n.rel in within and not _case(n) and n.head is owner))
    last = max(inside, key=lambda n: n.i)
    while last.i > owner.i and not last.is_word:
        last = reading.tree.nodes[last.i - 1]
    return owner, last


def _quotation_behind(reading: Reading, colon: Node) -> Quotation | None:
    behind = (q for q in reading.quotations if colon.end <= q.outer_start < colon.end + _SPACE)
    return next(behind, None)


def _after_colon(reading: Reading, colon: Node) -> tuple[int, int] | None:
    quotation = _quotation_behind(reading, colon)
    if quotation is not None:
        return trimmed(reading.text, quotation.start, quotation.end)
    following = reading.tree.right(colon)
    if following is None:
        return None
    return trimmed(reading.text, following.start, reading.tree.sentence_of(following)[-1].end)
