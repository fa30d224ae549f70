"""The grammar of a question: which words name the speaker, which the target, and what is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from app.asking.parts import Groups, Parts, without_genitive
from app.asking.tokens import Token
from app.asking.vocabulary import VerbSense, Vocabulary
from app.domain.claim import Act


class Asks(StrEnum):
    """What the question wants to know: what was said, who said it, or against whom."""

    CONTENT = "content"
    SPEAKER = "speaker"
    TARGET = "target"


@dataclass(frozen=True, slots=True)
class Clause:
    """One way to read a question.

    ``topic`` is what the claims are about, which may turn out to be a party or a matter. ``otherwise`` are readings to
    try when a name of this one is nobody known; ``offered`` is the other meaning of an ambiguous question, in words.
    """

    asks: Asks
    speaker: str | None = None
    target: str | None = None
    topic: str | None = None
    act: Act | None = None
    q: str | None = None
    otherwise: tuple[Clause, ...] = ()
    offered: str | None = None


class Reader:
    """Reads the words of one clause with one language's vocabulary."""

    def __init__(self, words: Vocabulary) -> None:
        self._voc = words
        self._w = words.words
        self._p = Parts(words)

    def read(self, tokens: Sequence[Token]) -> Clause | None:
        """The reading of the clause, or ``None`` where no word of asking and saying is in it."""
        opener = next((i for i, token in enumerate(tokens) if token.key in self._voc.question_words), None)
        lead = tuple(tokens[:opener]) if opener is not None else ()
        rest = tuple(tokens[opener + 1 :]) if opener is not None else self._without_lead_in(tokens)
        word = tokens[opener].key if opener is not None else None
        before = lead[-1].key if lead else None
        wants_party = word in self._w.party_words and word not in self._w.either_words
        if word in self._w.either_words:
            wants_party, rest, word = self._determiner(rest, word)
        if before in self._w.according and wants_party:
            # "Enligt vem har Baku mobiliserat?": everything after it is what somebody said.
            return self._said_by_somebody(rest)
        clause = self._nominal(rest, wants_party, before) if self._is_nominal(rest, lead, word) else None
        return clause or self._verbal(rest, wants_party, before, word) or self._according(lead) or self._according(rest)

    def _without_lead_in(self, tokens: Sequence[Token]) -> tuple[Token, ...]:
        """ "Visa anklagelser mot Ryssland": the words that ask for a list without a question word."""
        place = 0
        while place < len(tokens) - 1 and tokens[place].key in self._w.lead_in:
            place += 1
        return tuple(tokens[place:])

    # Determiners ---------------------------------------------------------------------------------------------------

    def _determiner(self, rest: tuple[Token, ...], word: str | None) -> tuple[bool, tuple[Token, ...], str | None]:
        """Whether "vilka/which …" asks for parties; a noun such as "länder" or "minister" after it is taken away."""
        head = rest[0] if rest else None
        if head is None or self._speech_noun(rest[:2]) is not None:
            return False, rest, word
        if head.key in self._w.parties:
            return True, rest[1:], word
        starts_verb = (
            head.key in self._voc.verbs or head.key in self._w.auxiliaries or head.key in self._w.support_verbs
        )
        if word in self._w.party_words or word not in self._w.content_words:
            return True, rest if starts_verb or not head.is_lower else rest[1:], word
        return False, rest, word

    # Nouns of saying: "vilka krav ställer X på Y", "Bakus anklagelser mot Armenien" -------------------------------

    def _speech_noun(self, tokens: Sequence[Token]) -> int | None:
        return next((i for i, token in enumerate(tokens) if token.key in self._voc.nouns), None)

    def _is_nominal(self, rest: tuple[Token, ...], lead: tuple[Token, ...], word: str | None) -> bool:
        place = self._speech_noun(rest)
        if place is None or self._p.verb(_without(rest, place), opened=True) is not None:
            return False
        if word is not None and place == 0:
            return True
        front, helping = rest[:place], self._w.auxiliaries - self._w.be
        if rest[place].key in self._voc.verbs and any(token.key in helping for token in front):
            # "What did Russia demand": after "did" the same word is the verb.
            return False
        genitive = place > 0 and rest[place - 1].key.endswith("s") and rest[place - 1].key not in self._w.auxiliaries
        supported = any(token.key in self._w.support_verbs for token in front)
        return genitive or supported or not lead

    def _nominal(self, rest: tuple[Token, ...], wants_party: bool, before: str | None) -> Clause | None:
        place = self._speech_noun(rest)
        if place is None:
            return None
        act = self._voc.nouns[rest[place].key]
        skip = self._w.support_verbs | self._w.expletives | self._w.auxiliaries | self._w.articles
        ahead = tuple(token for token in rest[:place] if token.key not in skip)
        behind = self._p.groups(rest[place + 1 :], ("source", "upon"))
        bare = tuple(token for token in behind.bare if token.key not in skip)
        speaker = self._p.name(bare) or self._p.name(behind.by)
        target = self._p.name(behind.toward)
        otherwise: tuple[Clause, ...] = ()
        asks = Asks.SPEAKER if wants_party and not speaker and not ahead else Asks.CONTENT
        if before in self._w.toward and wants_party:
            asks = Asks.TARGET
        if ahead:
            printed = self._p.name(ahead)
            speaker = without_genitive(printed) if printed else speaker
            if printed and speaker != printed:
                otherwise = (Clause(asks, printed, target, self._p.name(behind.topic), act),)
        topic = self._p.name(behind.topic) or (self._p.matter(behind.over) if behind.over else None)
        if not (speaker or target or topic or act):
            return None
        return Clause(asks, speaker, target, topic, act, otherwise=otherwise)

    # Verbs of saying ----------------------------------------------------------------------------------------------

    def _verbal(
        self, rest: tuple[Token, ...], wants_party: bool, before: str | None, word: str | None
    ) -> Clause | None:
        noun_act: Act | None = None
        if word in self._w.either_words and rest and rest[0].key in self._voc.nouns:
            # "Vilka krav har Ryssland uttryckt?": the noun is only asked for, and says the act where the verb does not.
            noun_act, rest = self._voc.nouns[rest[0].key], rest[1:]
        place = self._p.verb(rest, opened=word is not None)
        if place is None:
            return None
        sense = self._p.sense(rest[place], rest[place + 1 :])
        if sense is None:
            return None
        front, after = rest[:place], rest[place + 1 :]
        act = self._p.act(sense, rest) or noun_act
        passive = self._p.passive(sense, front)
        ahead = self._p.strip(front)
        after, matter = self._p.content_clause(after)
        splits = {"over"} if sense.object == "party" else set()
        if passive:
            splits |= {"by"}
        elif act is Act.DEMAND:
            splits |= {"from", "upon"}
        elif sense.replies:
            splits |= {"reply"}
        groups = self._p.groups(after, splits, sense.particle)
        if not wants_party and not ahead and not passive and groups.bare and self._p.is_back_reference(groups.bare):
            return None
        if passive:
            return self._passive_clause(act, ahead or groups.bare, groups, matter, wants_party, before)
        if wants_party:
            return self._party_clause(act, sense, ahead, front, groups, matter)
        return self._content(act, sense, ahead, groups, matter)

    def _content(
        self, act: Act | None, sense: VerbSense, ahead: tuple[Token, ...], groups: Groups, matter: str | None
    ) -> Clause | None:
        speaker, object_ = (ahead, groups.bare) if ahead else (groups.bare, ())
        q = matter or self._p.matter(groups.over)
        base = Clause(Asks.CONTENT, act=act, topic=self._p.name(groups.topic), target=self._p.name(groups.toward), q=q)
        takes_two = sense.object == "party" or act in (Act.ANNOUNCEMENT, Act.DEMAND)
        if takes_two and not ahead and len(groups.bare) > 1:
            return self._two_parties(base, groups)
        clause = replace(base, speaker=self._p.name(speaker))
        if object_:
            clause = self._with_object(clause, sense, object_)
        names = self._p.coordinated(speaker)
        if names:
            # One listing has one speaker: where the two are no one name, the first is answered and the other offered.
            swedish = self._voc.language == "sv"
            offered = f"Vad säger {names[1]}?" if swedish else f"What does {names[1]} say?"
            clause = replace(clause, otherwise=(*clause.otherwise, replace(clause, speaker=names[0], offered=offered)))
        return clause if clause.speaker or clause.target or clause.topic or clause.q else None

    def _two_parties(self, base: Clause, groups: Groups) -> Clause:
        """ "Vad anklagar Armenien Ryssland för": the preposition left over shows that two parties stand before it."""
        splits = [(self._p.name(groups.bare[:i]), self._p.name(groups.bare[i:])) for i in range(1, len(groups.bare))]
        readings = [replace(base, speaker=one, target=two) for one, two in splits if one and two]
        whole = replace(base, speaker=self._p.name(groups.bare))
        two_named = "over" in groups.stranded or base.q is not None
        first, *others = [*readings, whole] if two_named else [whole, *readings]
        return replace(first, otherwise=tuple(others))

    def _party_clause(
        self,
        act: Act | None,
        sense: VerbSense,
        ahead: tuple[Token, ...],
        front: tuple[Token, ...],
        groups: Groups,
        matter: str | None,
    ) -> Clause | None:
        q = matter or self._p.matter(groups.over)
        if ahead:
            return Clause(Asks.TARGET, speaker=self._p.name(ahead), topic=self._p.name(groups.topic), act=act, q=q)
        clause = Clause(
            Asks.SPEAKER, act=act, topic=self._p.name(groups.topic), target=self._p.name(groups.toward), q=q
        )
        if groups.bare:
            clause = self._with_object(clause, sense, groups.bare)
        finite = not any(token.key in self._w.auxiliaries for token in front)
        if self._voc.language == "sv" and finite and sense.object == "party" and clause.target and groups.bare:
            # Swedish word order does not tell who accused whom here, so the other meaning is offered in clear words.
            clause = replace(clause, offered=f"Vem har {clause.target} {sense.supine}?")
        if not (act or clause.target or clause.topic or clause.q):
            return None
        return clause

    def _passive_clause(
        self,
        act: Act | None,
        subject: tuple[Token, ...],
        groups: Groups,
        matter: str | None,
        wants_party: bool,
        before: str | None,
    ) -> Clause | None:
        q = matter or self._p.matter(groups.over)
        agent, patient, topic = self._p.name(groups.by), self._p.name(subject), self._p.name(groups.topic)
        clause = Clause(Asks.CONTENT, speaker=agent, target=patient, topic=topic, act=act, q=q)
        if wants_party:
            by_whom = before in self._w.by or "by" in groups.stranded
            clause = replace(clause, asks=Asks.SPEAKER if by_whom or (patient and not agent) else Asks.TARGET)
        return clause if agent or patient or topic or q or act else None

    def _with_object(self, clause: Clause, sense: VerbSense, object_: tuple[Token, ...]) -> Clause:
        """The clause with the bare object of the verb in its place; "det" and "the accusation" add nothing to it."""
        if self._p.is_back_reference(object_):
            return clause
        if sense.object == "party":
            # "vilka kritiserar beslutet": a thing may stand where a party is expected.
            thing = replace(clause, q=_joined(self._p.matter(object_), clause.q))
            owner = self._p.owner(object_)
            owned = (replace(clause, target=owner),) if owner else ()
            return replace(clause, target=self._p.name(object_), otherwise=(*owned, thing))
        owner = self._p.owner(object_)
        if owner and (object_[-1].key in self._voc.nouns or self._p.is_back_reference(object_[-1:])):
            # "Vem förnekade Pasjinjans anklagelse?": his claims are what was denied.
            return replace(clause, topic=owner)
        return replace(clause, q=_joined(self._p.matter(object_), clause.q))

    def _said_by_somebody(self, rest: tuple[Token, ...]) -> Clause | None:
        matter = self._p.matter(self._p.strip(rest))
        return Clause(Asks.SPEAKER, q=matter) if matter else None

    def _according(self, rest: tuple[Token, ...]) -> Clause | None:
        """ "Vad hände enligt Baku?": no verb of saying, but a source."""
        for place, token in enumerate(rest):
            if token.key in self._w.according and (name := self._p.name(rest[place + 1 :])):
                return Clause(Asks.CONTENT, speaker=name)
        return None


def _without(tokens: tuple[Token, ...], place: int) -> tuple[Token, ...]:
    return (*tokens[:place], *tokens[place + 1 :])


def _joined(*parts: str | None) -> str | None:
    return " ".join(part for part in parts if part) or None
