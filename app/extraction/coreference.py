"""Speakers and other mentions as actors: resolution over the whole article, quotations told to their speakers."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from app.domain.actor import Actor, Mention, Representation
from app.domain.claim import Mode
from app.domain.span import Span
from app.extraction.run_on import tell_run_on_quotations
from app.extraction.storyline import echoes, narrated_sentences
from app.extraction.structure import ParagraphKind
from app.extraction.venues import GOES_ON
from app.lexicon.persons import Gender
from app.resolution.linking import Linker
from app.resolution.mentions import MentionKind
from app.resolution.naming import Namer
from app.resolution.phrases import NOMINAL, conjuncts

if TYPE_CHECKING:
    from app.extraction.draft import Draft, Reading
    from app.lexicon.anaphora import AnaphoraLexicon
    from app.lexicon.entities import EntityLexicon
    from app.parsing.tree import Node
    from app.resolution.clusters import Cluster

_SAME_WORDS = 0.6
"""Share of a headline quotation's words that must stand in one claim of the text: headlines shorten and reorder."""
_INSIDE_NAMES = frozenset(
    "flat compound det amod case cc mark punct advmod nummod aux cop goeswith fixed".split()  # noqa: SIM905
)


def resolve_actors(reading: Reading, entities: EntityLexicon, anaphora: AnaphoraLexicon) -> Linker:
    """Link all mentions of the article and give every draft its actors. Returns the linker for later questions.

    Headlines are read after the body: they name in short what the body names in full.
    """
    linker = Linker(reading.tree, reading.grammar, entities, anaphora)
    reported = [draft for draft in reading.drafts if draft.cue is None or not draft.cue.quoted]
    linker.speaking = frozenset(head.i for draft in reported for head in _speaker_heads(draft))
    linker.steps = narrated_sentences(reading)
    linker.echoes = echoes(reading)
    linker.own_words = {
        head.i: draft.content
        for draft in reading.drafts
        if draft.evidence.get("content") != "sentence-before"  # "Sjölund hoppar av. Det meddelade hon": her own name
        for head in _speaker_heads(draft)
    }
    linker.headlines = frozenset(k for k, kind in enumerate(reading.kinds) if kind is ParagraphKind.HEADLINE)
    linker.quoted = lambda offset: reading.quotation_at(offset) is not None
    heads = [node for node in reading.tree.nodes if _may_head(node)]
    late = {ParagraphKind.HEADLINE, ParagraphKind.CROSSHEAD}
    linker.read_all(
        [
            n
            for n in heads
            if reading.kinds[n.paragraph] is ParagraphKind.BODY or reading.kinds[n.paragraph] is ParagraphKind.SPEECH
        ]
    )
    linker.read_all([n for n in heads if reading.kinds[n.paragraph] in late])
    linker.settle_offices()
    for draft in reading.drafts:
        draft.actors = tuple(cluster.ref for cluster in _speakers(linker, draft))
    _tell_going_on(reading)
    tell_run_on_quotations(reading, linker)
    _tell_headline_quotations(reading)
    _tell_self_pronouns(reading, linker)
    _tell_others_in_speech(reading, linker)
    for draft in reading.drafts:
        if draft.cue is not None and draft.cue.quoted and draft.speaker_head is not None:
            # "Han ringde och sade att …, berättar Rahimi": now that "han" is somebody else.
            draft.actors = tuple(cluster.ref for cluster in _speakers(linker, draft))
    return linker


def _may_head(node: Node) -> bool:
    if node.upos not in NOMINAL or node.rel in _INSIDE_NAMES:
        return node.deprel == "nmod:poss"
    head = node.head
    title_before_name = (
        node.rel in {"nmod", "appos"}
        and head is not None
        and head.i > node.i
        and node.deprel != "nmod:poss"
        and not node.child("case")
        and head.upos == "PROPN"
    )
    return not title_before_name


def _speaker_heads(draft: Draft) -> list[Node]:
    head = draft.speaker_head
    return [] if head is None else [head, *conjuncts(head)]


def _speakers(linker: Linker, draft: Draft) -> list[Cluster]:
    found: list[Cluster] = []
    for head in _speaker_heads(draft):
        for member in linker.members_of(head):
            if member not in found:
                found.append(member)
    return found


def _tell_going_on(reading: Reading) -> None:
    """ "”…”, heter det vidare": the source of the claim before it in the paragraph."""
    for before, draft in pairwise(reading.drafts):
        if draft.evidence.get("speaker") == GOES_ON and before.paragraph == draft.paragraph:
            draft.actors = before.actors


def _tell_headline_quotations(reading: Reading) -> None:
    """A quotation in the headline belongs to whoever says those words in the text."""
    for draft in reading.drafts:
        if draft.evidence.get("content") != "headline-quotation":
            continue
        draft.actors = ()
        best: tuple[float, Draft] | None = None
        mine = _words(reading, draft)
        for other in reading.drafts:
            theirs = _words(reading, other)
            if other is draft or not other.actors or not mine:
                continue
            share = len(mine & theirs) / len(mine)
            if share >= _SAME_WORDS and (best is None or share > best[0]):
                best = (share, other)
        if best is not None:
            draft.actors, draft.evidence["speaker"] = best[1].actors, "quoted-again-in-text"


def _words(reading: Reading, draft: Draft) -> set[str]:
    return {n.lower for start, end in draft.content for n in reading.tree.between(start, end) if n.is_word}


def _tell_self_pronouns(reading: Reading, linker: Linker) -> None:
    """ "Vi", "min", "våra" inside a quotation, "man" in a report: the source itself."""
    for node in reading.tree.nodes:
        pronoun = linker.entities.pronouns.get(node.lower)
        if pronoun is None or (pronoun.person != 1 and pronoun.kind.value != "generic"):
            continue
        if pronoun.kind.value == "generic" and node.rel != "nsubj" and node.lower != "man":
            # "en" counts more often than it means the speaker.
            continue
        holder = innermost(reading, node)
        if holder is None or not holder.actors:
            continue
        quotation = reading.quotation_at(node.start)
        if pronoun.person == 1 and quotation is not None and holder.mode is Mode.INDIRECT:
            # "Han påstår att jag ljuger, säger hon": in her mouth "jag" is she, not he.
            holder = holder.parent_in_speech(reading.drafts) or holder
        if (
            pronoun.kind.value != "generic"
            and quotation is None
            and holder.mode.value == "indirect"
            and holder.frame != "quote"
        ):
            continue
        source = linker.set.with_ref(holder.actors[0])
        linker.assign(node, source, "first-person")
        if node.deprel == "nmod:poss" and node.head is not None:
            # "våra styrkor" are the party's, "min pappa" is the speaker's.
            mention = linker.reader.read(node.head)
            if mention is not None and mention.noun is not None and mention.noun.base in linker.anaphora.clients:
                if source.represents:
                    linker.assign(node.head, source.represents[0][0], "client-of-representative")
                continue
            owned = linker.cluster_of(node.head)
            if owned is not None and owned is not source and owned.owner is None and not owned.named:
                side = source.party() if pronoun.number == "pl" and source.party().named else source
                owned.owner = side if side is not owned else None


def _tell_others_in_speech(reading: Reading, linker: Linker) -> None:
    """Nobody says "han" of himself: a third person inside a quotation is somebody else than its source."""
    for node in reading.tree.nodes:
        pronoun = linker.entities.pronouns.get(node.lower)
        if pronoun is None or pronoun.person != 3 or pronoun.gender not in {Gender.MALE, Gender.FEMALE}:
            continue
        holder = innermost(reading, node)
        if holder is None or holder.mode is not Mode.DIRECT or not holder.actors:
            continue
        found = linker.cluster_of(node)
        if found is not None and found.ref in holder.actors and len(found.mentions) > 1:
            linker.read_again(node, linker.set.with_ref(found.ref))


def innermost(reading: Reading, node: Node) -> Draft | None:
    """The draft with the shortest content that covers the word."""
    holding = [draft for draft in reading.drafts if draft.covers(node.start, node.end)]
    return min(holding, key=lambda d: sum(end - start for start, end in d.content)) if holding else None


def actors_of(reading: Reading, linker: Linker, used: set[str]) -> tuple[Actor, ...]:
    """The actors with these refs, and everybody they speak for, as the domain knows them."""
    wanted = set(used)
    pending = list(used)
    while pending:
        cluster = linker.set.with_ref(pending.pop())
        for party, _, _ in cluster.represents:
            if party.ref not in wanted:
                wanted.add(party.ref)
                pending.append(party.ref)
    namer = Namer(reading.text, reading.grammar)
    return tuple(_actor(reading, namer, cluster) for cluster in linker.set.clusters if cluster.ref in wanted)


def _actor(reading: Reading, namer: Namer, cluster: Cluster) -> Actor:
    mentions, aliases = [], []
    for mention, rule in sorted(cluster.mentions, key=lambda pair: pair[0].head.i):
        span = reading.tree.span(mention.nodes)
        if span is None:
            continue
        mentions.append(Mention(span, rule))
        printed = mention.name or span.text
        if mention.kind is not MentionKind.PRONOUN and printed not in aliases:
            aliases.append(printed)
    represents = tuple(
        Representation(party.ref, rule, Span.cut(reading.text, node.start, node.end) if node is not None else None)
        for party, rule, node in cluster.represents
    )
    titles = [noun.lemma for noun in cluster.nouns if noun.title is not None]
    return Actor(
        ref=cluster.ref,
        name=namer.name(cluster),
        kind=cluster.kind,
        mentions=tuple(mentions),
        aliases=tuple(aliases),
        territory=cluster.territory.code if cluster.territory is not None else None,
        role=titles[0] if titles else None,
        represents=represents,
    )
