"""Answers to plain questions as sent."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import Field

from app.api.schemas.base import ActorRefOut, Answer, Cursor, Limit, Query
from app.api.schemas.claim import ClaimOut
from app.asking.answer import Answer as Answered
from app.asking.answer import Party
from app.asking.question import LONGEST_QUESTION, Asks
from app.domain.claim import Act, Mode


class AskQuery(Query):
    """A plain question."""

    q: Annotated[
        str,
        Field(
            min_length=1,
            max_length=LONGEST_QUESTION,
            description="The question, in Swedish or English.",
            examples=["what did Baku claim about Armenia?"],
        ),
    ]
    scope: Annotated[
        Literal["party", "own"] | None,
        Field(
            description="`party`: with those who speak for the speaker; `own`: the named actor alone. "
            'By default as the question says: `own` for "själv" and "itself", else `party`.',
            examples=["party"],
        ),
    ] = None
    article: Annotated[
        str | None, Field(description="Id of the one article to answer from.", examples=["art_2f1d0c9b8a7e"])
    ] = None
    cursor: Cursor = None
    limit: Limit = 20


class PartyOut(Answer):
    """A party the question names."""

    name: str = Field(description="As asked.", examples=["Baku"])
    actors: list[ActorRefOut] = Field(description="Whom it was found to mean; none where nobody is called so.")

    @classmethod
    def maybe(cls, party: Party | None) -> Self | None:
        """The party as sent, or nothing."""
        return cls(name=party.name, actors=[ActorRefOut.of(ref) for ref in party.actors]) if party else None


class InterpretationOut(Answer):
    """How the question was understood."""

    asks: Asks = Field(
        description="What it wants to know: what was said, who said it, against whom.", examples=["content"]
    )
    speaker: PartyOut | None = Field(description="Whose claims are asked for.")
    target: PartyOut | None = Field(description="Whom they are directed at.")
    topic: PartyOut | None = Field(description="What they are about, a party or a matter.")
    act: Act | None = Field(description="The speech act asked for.", examples=[None])
    mode: Mode | None = Field(description="`direct` where only quoted words were asked for.", examples=[None])
    words: str | None = Field(description="Words that the claims must hold.", examples=[None])
    scope: Literal["party", "own"] = Field(
        description="Whether those who speak for the speaker count.", examples=["party"]
    )
    since: datetime | None = Field(description="Published at or after.", examples=[None])
    until: datetime | None = Field(description="Published before.", examples=[None])
    notes: list[str] = Field(
        description="What a reader should know: a slip put right, which of two readings was taken.", examples=[[]]
    )
    offered: list[str] = Field(
        description="Clear questions for the readings that were not taken.", examples=[["Vem har Ryssland anklagat?"]]
    )


class AnswerOut(Answer):
    """The claims that answer a question, with a sentence above them and how the question was understood."""

    question: str = Field(description="The question as asked.", examples=["what did Baku claim?"])
    language: Literal["sv", "en"] = Field(description="The language it was asked in.", examples=["en"])
    sentence: str = Field(
        description="The answer in a sentence, in that language.",
        examples=["9 claims by Azerbajdzjan and those who speak for Azerbajdzjan."],
    )
    interpretation: InterpretationOut = Field(description="How it was understood.")
    parties: list[ActorRefOut] = Field(description="Whom the question asked for, where it asks who or against whom.")
    items: list[ClaimOut] = Field(description="The claims of this page.")
    next: str | None = Field(
        description="Cursor of the next page: pass it as `cursor`. `null` on the last page.", examples=[None]
    )
    suggestions: list[ActorRefOut] = Field(
        description="Actors with names near the one asked for, where nobody is called exactly so."
    )

    @classmethod
    def of(cls, found: Answered) -> Self:
        """The answer as sent."""
        understood = found.interpretation
        return cls(
            question=found.question.text,
            language="sv" if found.question.language == "sv" else "en",
            sentence=found.sentence,
            interpretation=InterpretationOut(
                asks=understood.asks,
                speaker=PartyOut.maybe(understood.speaker),
                target=PartyOut.maybe(understood.target),
                topic=PartyOut.maybe(understood.topic),
                act=understood.filter.act,
                mode=understood.filter.mode,
                words=understood.filter.q,
                scope="own" if understood.filter.scope == "own" else "party",
                since=understood.filter.since,
                until=understood.filter.until,
                notes=list(understood.notes),
                offered=list(understood.offered),
            ),
            parties=[ActorRefOut.of(ref) for ref in found.parties],
            items=[ClaimOut.of(record) for record in found.page.items],
            next=found.page.next_cursor,
            suggestions=[ActorRefOut.of(ref) for ref in found.page.suggestions],
        )
