"""The sequence from articles to claims, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.claim import Claim, Extraction, Relation, Target
from app.domain.span import Span
from app.extraction.attribution import find_drafts
from app.extraction.confidence import confidence_of
from app.extraction.contradictions import set_contradictions
from app.extraction.coreference import actors_of, resolve_actors
from app.extraction.cues import find_cues
from app.extraction.draft import Reading
from app.extraction.nesting import drop_own_deeds, drop_unmade, set_parents, take_over_own_doubts
from app.extraction.quotations import find_quotations
from app.extraction.relations import set_relations
from app.extraction.repairs import repair
from app.extraction.speech_acts import set_acts_and_modes
from app.extraction.structure import classify_paragraphs
from app.extraction.targets import set_targets
from app.extraction.verb_repairs import repair_verbs
from app.lexicon.anaphora import load_anaphora
from app.lexicon.boilerplate import load_boilerplate
from app.lexicon.entities import load_entities
from app.lexicon.grammar import load_grammar
from app.lexicon.load import load_cues
from app.lexicon.replies import load_replies
from app.parsing.tree import Tree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.article import Article
    from app.domain.parse import ParsedText
    from app.parsing.parser import Parser
    from app.resolution.linking import Linker


class Extractor:
    """Finds the claims of articles. Pure: no database, no settings, no global state."""

    def __init__(self, parser: Parser, language: str = "sv") -> None:
        """``parser`` reads the language (ISO 639-1). Raises ``UnsupportedLanguage`` when there is no lexicon for it."""
        self._parser = parser
        self._language = language
        self._cues = load_cues(language)
        self._grammar = load_grammar(language)
        self._entities = load_entities(language)
        self._anaphora = load_anaphora(language)
        self._replies = load_replies(language)
        self._boilerplate = load_boilerplate(language)

    def extract_many(self, articles: Sequence[Article]) -> list[Extraction]:
        """One extraction for each article, in the same order."""
        parses = self._parser.parse_many([article.text for article in articles])
        return [self.extract_parsed(article, parsed) for article, parsed in zip(articles, parses, strict=True)]

    def extract_parsed(self, article: Article, parsed: ParsedText) -> Extraction:
        """The extraction of one article whose parse is at hand."""
        return finished(article, *self.read(parsed))

    def read(self, parsed: ParsedText) -> tuple[Reading, Linker]:
        """All steps over one parse: the drafts of its claims, and who is who."""
        tree = Tree(parsed)
        repair(tree, self._grammar, self._entities)
        repair_verbs(tree, self._grammar, self._cues, self._entities)
        kinds = classify_paragraphs(tree, self._boilerplate)
        reading = Reading(
            tree, self._grammar, self._cues, self._replies, self._entities, kinds, find_quotations(tree, kinds)
        )
        reading.cues = find_cues(reading)
        find_drafts(reading)
        set_acts_and_modes(reading)
        set_parents(reading)
        drop_unmade(reading)
        linker = resolve_actors(reading, self._entities, self._anaphora)
        drop_own_deeds(reading)
        set_targets(reading, linker)
        set_contradictions(reading, linker)
        set_relations(reading, linker)
        take_over_own_doubts(reading)
        return reading, linker


def finished(article: Article, reading: Reading, linker: Linker) -> Extraction:
    """The drafts as claims."""
    text = reading.text
    claims = []
    refs = {id(draft): f"c{number}" for number, draft in enumerate(reading.drafts, 1)}
    for number, draft in enumerate(reading.drafts, 1):
        claims.append(
            Claim(
                ref=f"c{number}",
                speaker=reading.tree.span(draft.speaker_nodes),
                speakers=draft.actors,
                cue=reading.tree.span(draft.cue.nodes) if draft.cue else None,
                content=tuple(Span.cut(text, start, end) for start, end in draft.content),
                act=draft.act,
                mode=draft.mode,
                targets=tuple(Target(t.role, t.actor, t.span) for t in draft.targets),
                relations=tuple(Relation(r.kind, refs[id(r.draft)], r.rule, r.mention) for r in draft.relations),
                parent=refs[id(draft.parent)] if draft.parent is not None else None,
                evidence=tuple(draft.evidence.items()),
                confidence=confidence_of(reading, linker, draft),
            )
        )
    used = {ref for claim in claims for ref in (*claim.speakers, *(target.actor for target in claim.targets)) if ref}
    return Extraction(article.id, tuple(claims), actors_of(reading, linker, used))
