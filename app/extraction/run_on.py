"""Quotations without an attribution: by whoever spoke last, or the person the text has just turned to."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from app.domain.claim import Mode
from app.extraction.speakers import agent_of
from app.extraction.structure import ParagraphKind
from app.lexicon.persons import Gender
from app.lexicon.schema import Speaker
from app.resolution.phrases import NOMINAL

if TYPE_CHECKING:
    from app.extraction.draft import Draft, Reading
    from app.parsing.tree import Node
    from app.resolution.clusters import Cluster
    from app.resolution.linking import Linker

_HIM_OR_HER = frozenset({Gender.MALE, Gender.FEMALE})
_HELLO = "hej"
_STIR = frozenset({"får", "fick", "fått"})


def tell_run_on_quotations(reading: Reading, linker: Linker) -> None:
    """A quotation without an attribution: by whoever spoke last, or the person the text has just turned to."""
    previous: Draft | None = None
    for draft in reading.drafts:
        if draft.cue is None and draft.speaker_head is None and not draft.anonymous:
            told = _speaker(reading, linker, draft, previous)
            if told is not None:
                draft.actors, draft.evidence["speaker"] = told
        outer = draft.cue is None or not draft.cue.quoted
        if (
            outer
            and draft.parent is None
            and draft.actors
            and reading.kinds[draft.paragraph] is not ParagraphKind.HEADLINE
        ):
            previous = draft


def _speaker(
    reading: Reading, linker: Linker, draft: Draft, previous: Draft | None
) -> tuple[tuple[str, ...], str] | None:
    """Who says a quotation without an attribution, behind what ``previous`` says, and the rule that tells so."""
    interviewee = _interviewee(reading, linker, draft)
    if interviewee is not None:
        return interviewee, "answer-to-interviewer"
    paragraph = draft.paragraph - 1
    stirred = _stirred(reading, linker, paragraph)
    if stirred is not None:
        return (stirred.ref,), "moved-to-answer"
    turned = (
        _announced(reading, linker, paragraph)
        or _joining(reading, linker, paragraph)
        or _turned_to(reading, linker, draft, previous)
    )
    if turned is not None:
        return (turned.ref,), "person-in-sentence-before"
    if previous is not None and previous.paragraph < paragraph and (person := _person_in(reading, linker, paragraph)):
        return (person.ref,), "person-in-paragraph-before"
    if previous is not None:
        return (previous.actors, "continues-speaker") if previous.actors else None
    following = _next_source(reading, draft)
    person = _person_in(reading, linker, paragraph)
    # "*Eva Ek* protesterar. / – Nu får det vara nog. / Hon får medhåll av Per Lund. / – Jag håller med, säger han."
    if following is not None and not (
        person is not None and person.names and _is_told_later(reading, linker, following, draft)
    ):
        return following, "speaker-told-afterwards"
    return ((person.ref,), "person-in-paragraph-before") if person is not None else None


def _next_source(reading: Reading, draft: Draft) -> tuple[str, ...] | None:
    """Who turns out to have said an opening quotation: the source named within the next two paragraphs."""
    for other in reading.drafts[reading.drafts.index(draft) + 1 :]:
        if other.paragraph > draft.paragraph + 2:
            return None
        if other.actors and other.mode is Mode.DIRECT and other.cue is not None and not other.cue.quoted:
            return other.actors
    return None


def _interviewee(reading: Reading, linker: Linker, draft: Draft) -> tuple[str, ...] | None:
    """Whose answer a line of speech is when the paragraph before it asks "du": whoever was quoted most so far."""
    if draft.paragraph == 0 or reading.kinds[draft.paragraph - 1] is not ParagraphKind.BODY:
        return None
    before = reading.tree.slice(reading.tree.paragraphs[draft.paragraph - 1])
    asked = before and before[-1].text == "?"
    pronouns = (linker.entities.pronouns.get(node.lower) for node in before)
    called = asked and len(before) > 2 and before[-2].upos == "PROPN" and _is_called(before)
    if not asked or not (called or any(pronoun is not None and pronoun.person == 2 for pronoun in pronouns)):
        return None
    addressed = [
        c for n in before if n.upos == "PROPN" and (c := linker.known(n)) is not None and c.is_person and c.names
    ]
    if addressed and (called or before[0].lower == _HELLO):
        # "Hej *Vera Lundmark*, hur reagerade du?", "Vad händer nu, *Lennart Åhs*?"
        return (addressed[0].ref,)
    introduced = _person_in(reading, linker, draft.paragraph - 2)
    if introduced is not None and introduced.names and _is_first_told(reading, introduced, draft.paragraph - 2):
        # "Mahmoud Abdel Hadi, 58, odlar sockerrör. / När märkte du det? / – I tisdags."
        return (introduced.ref,)
    quoted = Counter(d.actors for d in reading.drafts if d.mode is Mode.DIRECT and d.actors and d.cue is not None)
    return quoted.most_common(1)[0][0] if quoted else None


def _is_called(question: list[Node]) -> bool:
    """Whether a question ends with a name behind a comma: "Vad händer med bron, *Lennart Åhs*?"."""
    name = question[-2::-1]
    last = next((k for k, node in enumerate(name) if node.upos != "PROPN"), len(name))
    return 0 < last < len(name) and name[last].text == ","


def _stirred(reading: Reading, linker: Linker, paragraph: int) -> Cluster | None:
    """Who is said to react at the end of the paragraph: "Påståendet får *Stig Holmer* att se rött. / – Nonsens." """
    if paragraph < 0 or reading.kinds[paragraph] is not ParagraphKind.BODY:
        return None
    nodes = reading.tree.slice(reading.tree.paragraphs[paragraph])
    last = [node for node in nodes if node.sentence == nodes[-1].sentence] if nodes else []
    verb = next((node for node in last if node.lower in _STIR), None)
    mark = next(
        (n for n in last if verb is not None and n.i > verb.i and n.lower in reading.grammar.complementizers), None
    )
    if verb is None or mark is None:
        return None
    told = any(draft.covers(verb.start, verb.end) for draft in reading.drafts)
    clause = verb.head is None or verb.rel in {"root", "aux", "conj"}
    if told or not clause or any(node.rel in {"ccomp", "acl"} for node in (verb, *verb.ancestors())):
        return None
    between = [node for node in last if verb.i < node.i < mark.i]
    if any(node.upos in {"VERB", "ADP"} for node in between) or mark.upos != "PART":
        return None
    clusters = (linker.cluster_of(node) for node in between if node.upos in NOMINAL)
    return next((cluster for cluster in clusters if cluster is not None and cluster.is_person), None)


def _turned_to(reading: Reading, linker: Linker, draft: Draft, source: Draft | None) -> Cluster | None:
    """Whom the sentence before a line of speech turns to, saying nothing of hers: "*Eva Ek* skrattar. / – Nej." """
    paragraph = draft.paragraph - 1
    if source is None or source.paragraph != paragraph or reading.kinds[paragraph] is not ParagraphKind.BODY:
        return None
    sentence = reading.tree.sentence_of(reading.tree.slice(reading.tree.paragraphs[paragraph])[-1])
    places = {node.start for node in sentence}
    if any(d.cue is not None and d.cue.head.start in places for d in reading.drafts):
        return None
    if any(d.paragraph == paragraph and d.covers(sentence[0].start, sentence[0].end) for d in reading.drafts):
        return None
    for node in sentence:
        if node.rel != "nsubj" or node.head is None or node.head.rel not in {"root", "conj"}:
            continue
        cluster = linker.cluster_of(node)
        if cluster is None or not cluster.is_person or cluster.plural or cluster.ref in source.actors:
            return None
        return None if _speaks_of(reading, linker, draft, cluster) else cluster
    return None


def _announced(reading: Reading, linker: Linker, paragraph: int) -> Cluster | None:
    """Who stands last before a colon that ends the paragraph: "… får medhåll av *Disa Wik*: / – Det är fel." """
    if paragraph < 0 or reading.kinds[paragraph] is not ParagraphKind.BODY:
        return None
    last = reading.tree.slice(reading.tree.paragraphs[paragraph])[-1]
    if last.text != ":":
        return None
    mentioned = (linker.known(node) for node in reading.tree.sentence_of(last) if node.upos in NOMINAL)
    people = [c for c in mentioned if c is not None and c.is_person and not c.plural]
    return people[-1] if people else None


def _joining(reading: Reading, linker: Linker, paragraph: int) -> Cluster | None:
    """Who joins in or objects as the paragraph ends: "Hon får stöd av *Per Lund*. / – Det är hög tid." """
    if paragraph < 0 or reading.kinds[paragraph] is not ParagraphKind.BODY:
        return None
    last = reading.tree.slice(reading.tree.paragraphs[paragraph])[-1]
    for cue in reading.cues:
        if cue.head.sentence != last.sentence or cue.entry is None or cue.entry.speaker is not Speaker.OBLIQUE:
            continue
        agent, _ = agent_of(reading, cue)
        cluster = linker.cluster_of(agent) if agent is not None else None
        return cluster if cluster is not None and cluster.is_person and not cluster.plural else None
    return None


def _is_told_later(reading: Reading, linker: Linker, actors: tuple[str, ...], draft: Draft) -> bool:
    """Whether nobody of them is mentioned before the words of ``draft``."""
    places = [place for c in linker.set.clusters if c.ref in actors for place in c.places]
    return bool(places) and min(places) > reading.tree.between(*draft.content[0])[0].i


def _speaks_of(reading: Reading, linker: Linker, draft: Draft, cluster: Cluster) -> bool:
    """Whether the words speak of such a person as "han" or "hon"."""
    words = [node for part in draft.content for node in reading.tree.between(*part)]
    pronouns = [linker.entities.pronouns.get(node.lower) for node in words]
    own = any(pronoun is not None and pronoun.person == 1 for pronoun in pronouns)
    third = [p for p in pronouns if p is not None and p.person == 3 and p.gender in _HIM_OR_HER]
    return not own and any(p.gender is cluster.gender or cluster.gender is Gender.NONE for p in third)


def _is_first_told(reading: Reading, cluster: Cluster, paragraph: int) -> bool:
    """Whether the paragraph is the first of the body that names the actor."""
    places = [reading.tree.nodes[place].paragraph for place in cluster.places]
    told = [place for place in places if reading.kinds[place] is ParagraphKind.BODY]
    return bool(told) and min(told) == paragraph


def _person_in(reading: Reading, linker: Linker, paragraph: int) -> Cluster | None:
    """The last person that is the subject of a sentence in the paragraph."""
    if paragraph < 0 or reading.kinds[paragraph] is not ParagraphKind.BODY:
        return None
    found = None
    for node in reading.tree.slice(reading.tree.paragraphs[paragraph]):
        if node.rel == "nsubj" and reading.quotation_at(node.start) is None:
            cluster = linker.cluster_of(node)
            if cluster is not None and cluster.is_person:
                found = cluster
    return found
