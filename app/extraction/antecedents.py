"""Which earlier claims a noun or pronoun takes up: "tillbakavisar *kritiken*", "*Det* förnekar hon"."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from app.domain.claim import Act, Mode
from app.domain.span import Span
from app.extraction.allegiance import directed_at, owner_of, parties_of, same_party, speaking_of
from app.extraction.candidates import CRITICAL, latest, open_to_answers
from app.extraction.named_things import by_thing, written_in
from app.extraction.replies import judged_in_clause
from app.extraction.same_words import closest, said_in
from app.extraction.sides import names_sides, one_claim_each

if TYPE_CHECKING:
    from app.extraction.draft import Draft, Reading
    from app.lexicon.nouns import NounHit
    from app.lexicon.schema import SpeechNoun
    from app.parsing.tree import Node
    from app.resolution.linking import Linker

Meant: TypeAlias = "list[tuple[Draft, str, Span | None]]"
"""Claims that are meant, each with the rule that found it and the words that mean it."""

_JUST = 2
"""Paragraphs."""
_ANAPHORIC = frozenset({"det", "detta", "denna", "dessa", "den", "de", "vilket", "något", "någonting"})
_ALL = frozenset({"alla", "samtliga"})
_BOTH = frozenset({"båda", "bägge", "bådas"})
_ANY, _OF = frozenset({"någon", "något", "ingen", "inget"}), "av"
_HELD = frozenset({Act.STATEMENT, Act.OPINION})
"""What nouns mean ("uppfattningen", "beskrivningen") that take up anything said."""


@dataclass(frozen=True, slots=True)
class _Noun:
    """The noun that takes up a claim, with whose claim it says it is and the other words of its phrase."""

    hit: NounHit[SpeechNoun]
    owner: str | None
    rest: list[Node]

    @property
    def act(self) -> Act:
        """What the noun means first of all."""
        return self.hit.entry.refers_to[0]

    @property
    def plural(self) -> bool:
        return bool(self.hit.form.plural)


def by_noun(
    reading: Reading, linker: Linker, draft: Draft, nodes: list[Node], candidates: list[Draft], far: list[Draft]
) -> Meant:
    """The claims among ``candidates`` that ``nodes``, the content of ``draft``, name; of ``far`` by their words."""
    head = draft.content_head or nodes[0]
    if draft.evidence.get("content") == "relative-antecedent":
        said = [d for d in candidates if any(node.sentence == head.sentence for node in said_in(reading, d))]
        return [(d, "sentence-so-far", None) for d in latest(said or candidates)]
    if head.lower in _ANAPHORIC and (teller := owner_of(linker, head)) is not None:
        # "känner inte igen sig i *det JO skriver*"
        span = Span.cut(reading.text, draft.content[0][0], draft.content[-1][1])
        return [(d, "told-by", span) for d in latest([d for d in candidates if teller in d.actors])]
    if head.lower in _ANAPHORIC and draft.frame == "obj":
        span = Span.cut(reading.text, head.start, head.end)
        return [(d, "pronoun", span) for d in _just_said(linker, draft, candidates)]
    sides = names_sides(linker, nodes)
    node, hit = next(
        ((n, hit) for n in nodes if (hit := reading.lexicon.noun_by_head(n.lower)) is not None), (None, None)
    )
    if sides and node is None and len(nodes) == 1:
        # "inte har kunnat bekräfta *någotdera*"
        return [(d, "both-sides", None) for d in one_claim_each(reading, linker, candidates, first=False)]
    if node is None or hit is None or not hit.entry.refers_to:
        return [(d, "named-thing", None) for d in by_thing(reading, linker, draft, nodes, candidates)]
    mention = Span.cut(reading.text, draft.content[0][0], draft.content[-1][1])
    noun = _Noun(hit, owner_of(linker, node), [other for other in nodes if other is not node])
    account = hit.entry.noun in reading.replies.accounts
    # "*ingen av* versionerna har bekräftats"
    sides = sides or (account and any(pair[0].lower in _ANY and pair[1].lower == _OF for pair in pairwise(nodes)))
    such = any(other.lower in reading.grammar.such for other in noun.rest)
    named = hit.form.definite or noun.owner is not None or sides or such
    if not named and not any(n.lower in _ANAPHORIC | _ALL for n in nodes):
        # "dementerar *uppgifter om mutor*": not words spoken of before, unless they say the same.
        return [(d, "same-words", mention) for d in closest(reading, noun.rest, open_to_answers(candidates))]
    if sides:
        return [(d, "both-sides", mention) for d in one_claim_each(reading, linker, candidates, first=account)]
    if noun.plural and any(n.lower in _BOTH for n in nodes):
        return [(d, "noun", mention) for d in [d for d in open_to_answers(candidates) if not d.parent][-2:]]
    fitting = _fitting(linker, draft, noun, candidates)
    if noun.owner is not None:
        return [(d, "noun-with-owner", mention) for d in _of_owner(reading, linker, noun, fitting, candidates, far)]
    if told := closest(reading, noun.rest, fitting) or closest(reading, noun.rest, far):
        # "köper inte kritiken *om julhelgen*": of what was criticised this alone.
        return [(d, "noun", mention) for d in told]
    if any(other.lower in reading.grammar.complementizers and other.i > node.i for other in noun.rest):
        # "dementerar ryktena *om att hon slutar*", of which nobody has told.
        return []
    chosen = latest(fitting)
    return [(d, "noun", mention) for d in _with_others(linker, draft, noun, chosen, candidates)]


def by_clause(reading: Reading, linker: Linker, draft: Draft, nodes: list[Node], candidates: list[Draft]) -> Meant:
    """The claims whose truth a clause is about: "bekräftar att *uppgifterna* stämmer", "att *mejlet* är äkta"."""
    judged = judged_in_clause(reading, nodes)
    if judged is None:
        return []
    if judged.upos == "PRON":
        return [(d, "last-claim", None) for d in latest(candidates)]
    if written := written_in(reading, [judged], candidates):
        return [(d, "named-thing", None) for d in written]
    return by_noun(reading, linker, draft, [judged], candidates, [])


def _just_said(linker: Linker, draft: Draft, candidates: list[Draft]) -> list[Draft]:
    """What a pronoun takes up: "A anklagar B. Enligt A visste B länge. *Det* förnekar B" means both."""
    meant = latest(candidates)
    if draft.act is not Act.DENIAL or not meant:
        return meant
    before = [d for d in candidates if d.paragraph == meant[0].paragraph and d.act is Act.ACCUSATION]
    against = directed_at(parties_of(linker, draft), before)
    return [*(d for d in against if d.actors == meant[0].actors and d is not meant[0]), *meant]


def _fitting(linker: Linker, draft: Draft, noun: _Noun, candidates: list[Draft]) -> list[Draft]:
    """The candidates that the noun can mean by its act, by whom they are directed at and by where they stand."""
    first = [d for d in candidates if d.act is noun.act]
    if draft.act is Act.SUPPORT and (first or noun.act not in _HELD):
        # "Ministern välkomnar *beskedet*": not what somebody said about it.
        return first
    # "påståendet" is first of all a statement.
    fitting = first or [d for d in candidates if d.act in noun.hit.entry.refers_to]
    told = open_to_answers(candidates)
    if noun.act is Act.STATEMENT and not noun.plural:
        # "Det rör sig om kosttillskott, *menar* Ferri. Den förklaringen …": what was said just before, whatever it was.
        here = [d for d in told if d.paragraph == draft.paragraph]
        # Who confirms means the innermost words, who denies or cannot tell those of the one who passed them on.
        fitting = [d for d in here if draft.act is Act.CONFIRMATION or not d.parent] or fitting
        if draft.act is Act.DENIAL and not here:
            # "Påståendet avfärdas av bolaget": what was said of it, rather than of others.
            mine = parties_of(linker, draft)
            near = [d for d in told if d.act in CRITICAL and draft.paragraph - d.paragraph <= 1]
            fitting = directed_at(mine, near) or speaking_of(linker, mine, fitting) or fitting
    if noun.act is Act.STATEMENT and noun.plural and noun.owner is None and draft.act is Act.DENIAL:
        # "Uppgifterna dementeras av bolaget": those on the company, whoever has said something else since.
        fitting = directed_at(parties_of(linker, draft), fitting) or fitting
    if noun.act is Act.STATEMENT and (cued := [d for d in fitting if d.cue is not None]):
        # "Påståendet" is what somebody said, rather than the exclamation that follows it.
        fitting = cued
    if noun.act is Act.ACCUSATION and noun.plural and not first and noun.owner is None:
        fitting = _held_against(linker, draft, told) or told
    elif noun.act in CRITICAL:
        # Who rejects an accusation rejects the one against itself, however mildly it was put.
        mine = parties_of(linker, draft)
        near = [d for d in first if draft.paragraph - d.paragraph <= 1]
        here = [d for d in fitting if d.paragraph == draft.paragraph]
        fitting = near or directed_at(mine, first) or first or here or directed_at(mine, told) or fitting
    if not fitting and noun.act is not Act.DEMAND:
        # "uppgifterna" may be anything said; "kraven" are demands.
        fitting = told
    return fitting


def _held_against(linker: Linker, draft: Draft, told: list[Draft]) -> list[Draft]:
    """What others said of the source just before, with what they said right before that."""
    near = [d for d in told if draft.paragraph - d.paragraph <= _JUST]
    against = directed_at(parties_of(linker, draft), near)
    if not against:
        return []
    last = against[-1]
    same = (d for d in near if d.start <= last.start and last.paragraph - d.paragraph <= 1)
    return [d for d in same if same_party(linker, d, last)]


def _of_owner(
    reading: Reading, linker: Linker, noun: _Noun, fitting: list[Draft], candidates: list[Draft], far: list[Draft]
) -> list[Draft]:
    """What the owner of the noun said: "*hennes* uppgift" is one claim, "*hennes* kritik" all of it."""
    direct = [d for d in open_to_answers(candidates) if d.mode is Mode.DIRECT and d not in fitting]
    if noun.act is Act.DEMAND and any(d.act is Act.DEMAND for d in candidates):
        direct = []
    said = sorted(fitting + direct, key=lambda d: d.start)
    owned = [d for d in said if noun.owner in parties_of(linker, d)] or [d for d in far if noun.owner in d.actors]
    owned = [d for d in owned if d.parent is None and d.cue is not None]
    if not noun.plural and noun.act is not Act.CRITICISM:
        # "*Bolagets* anklagelse" is its own rather than what its chairman added.
        owned = [d for d in owned if noun.owner in d.actors] or owned
    if not noun.plural and noun.hit.entry.acts[0] is Act.STATEMENT:
        return closest(reading, noun.rest, owned) or latest(owned)
    return owned


def _with_others(
    linker: Linker, draft: Draft, noun: _Noun, chosen: list[Draft], candidates: list[Draft]
) -> list[Draft]:
    """The chosen claim with what its source said beside it, where the noun means all of that."""
    if not chosen:
        return []
    last = chosen[-1]
    bare = noun.plural and not noun.rest[1:]
    if bare and draft.act is Act.UNVERIFIED:
        # "AFP har inte kunnat verifiera uppgifterna": all that the source said there.
        return [d for d in candidates if d.paragraph == last.paragraph and d.actors == last.actors and not d.parent]
    if bare and noun.act is Act.ACCUSATION and last.act is not Act.ACCUSATION:
        if held := _held_against(linker, draft, open_to_answers(candidates)):
            return held
        # "Anklagelserna", where no words were called one: all that was held against the source just before.
        side = parties_of(linker, last)
        held = [d for d in open_to_answers(candidates) if d.paragraph == last.paragraph]
        return [d for d in held if side & parties_of(linker, d)]
    if bare and draft.act is Act.DENIAL:
        # "A tillbakavisar *uppgifterna*": all that the source held against A there.
        against = open_to_answers(directed_at(parties_of(linker, draft), candidates))
        near = (d for d in against if abs(d.paragraph - last.paragraph) <= 1)
        block = [d for d in near if not d.parent and same_party(linker, d, last)]
        chosen = sorted({*block, *chosen}, key=lambda d: d.start)
    return _with_neighbours(linker, chosen, candidates, noun.hit.entry.acts[0])


def _with_neighbours(linker: Linker, chosen: list[Draft], candidates: list[Draft], act: Act) -> list[Draft]:
    """What the same source went on to say right before: "kritiken" means all of it."""
    if not chosen or act is not Act.CRITICISM:
        return chosen
    last = chosen[0]
    mine = parties_of(linker, last)
    near = [d for d in candidates if last.paragraph - d.paragraph <= 1]
    # Others of its party where they criticise as well, or go on in its own paragraph or the next.
    near = [d for d in near if d.act is not Act.DEMAND]
    block = [d for d in near if d.actors == last.actors or (d.act in CRITICAL and mine & parties_of(linker, d))]
    after = [d for d in open_to_answers(candidates) if d.start > last.start and mine & parties_of(linker, d)]
    block += [d for d in after if d not in block]
    return block or chosen
