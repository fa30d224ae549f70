"""Graphs and what they say in numbers, as sent."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from app.api.schemas.base import Answer, Query
from app.domain.claim import Act


class GraphFormat(StrEnum):
    """How a graph is written."""

    JSON = "json"
    GRAPHML = "graphml"
    GEXF = "gexf"
    CYTOSCAPE = "cytoscape"
    SVG = "svg"


class AroundQuery(Query):
    """Which part of the stored claims a graph is built from."""

    actor: Annotated[
        str | None,
        Field(min_length=1, max_length=300, description="Name or id of the actor in the middle.", examples=["Baku"]),
    ] = None
    article: Annotated[
        str | None, Field(description="Id of the article whose claims count.", examples=["art_2f1d0c9b8a7e"])
    ] = None
    hops: Annotated[int, Field(ge=1, le=4, description="How far from the actor.", examples=[1])] = 1
    limit: Annotated[
        int,
        Field(
            ge=1, le=2000, description="At most this many claims: the nearest, and of these the newest.", examples=[500]
        ),
    ] = 500


class FoldQuery(AroundQuery):
    """The same, with bodies and spokespersons counted apart or as their party."""

    fold: Annotated[
        bool,
        Field(description="Count ministries and spokespersons as the party they speak for.", examples=[True]),
    ] = True


class AgainstQuery(FoldQuery):
    """Which pairs to list."""

    act: Annotated[Act | None, Field(description="Only claims of this speech act.", examples=["accusation"])] = None


class GraphQuery(AroundQuery):
    """Which graph, and how it is written."""

    format: Annotated[
        GraphFormat,
        Field(
            description="`json` is node-link JSON; `svg` is a picture of who speaks against whom.", examples=["json"]
        ),
    ] = GraphFormat.JSON
    fold: Annotated[
        bool, Field(description="In the picture: one box a party, its spokespersons in it.", examples=[False])
    ] = False
    lang: Annotated[Literal["sv", "en"], Field(description="Language of the picture's labels.", examples=["sv"])] = "sv"


class Named(Answer):
    """An actor by id and name."""

    id: str = Field(description="Id of the actor.", examples=["act_0d6c1a0f3f6c7be0a1b2"])
    name: str = Field(description="Its name.", examples=["Armenien"])


class AgainstOut(Answer):
    """What one actor says about, to or against another."""

    speaker: Named = Field(description="Who speaks.")
    target: Named = Field(description="About, to or against whom.")
    claims: list[str] = Field(description="Ids of the claims, by time and place in the text.", examples=[["clm_9d2c"]])
    acts: dict[str, int] = Field(description="How many of each speech act.", examples=[{"accusation": 1}])
    roles: dict[str, int] = Field(
        description="How the target is meant; `claim` where a claim of the target is denied, confirmed or answered.",
        examples=[{"accused": 1}],
    )


class AgainstPage(Answer):
    """Who speaks against whom."""

    items: list[AgainstOut] = Field(description="Pairs of actors, most claims first.")
    truncated: bool = Field(description="Whether `limit` left claims out.", examples=[False])


class ResponseOut(Answer):
    """A claim that bears on a disputed one."""

    claim: str = Field(description="Its id.", examples=["clm_5b7a20c1d9e84f60a1c3"])
    speakers: list[Named] = Field(description="Who made it.")
    text: str = Field(description="What it says.", examples=["denna anklagelse"])


class DisputeOut(Answer):
    """A claim that somebody denies or could not verify."""

    claim: str = Field(description="Its id.", examples=["clm_9d2c1b0a"])
    text: str = Field(description="What it says.", examples=["att detta var ett försök att driva ut armenier"])
    speakers: list[Named] = Field(description="Who made it.")
    denied_by: list[ResponseOut] = Field(description="Who denies it.")
    confirmed_by: list[ResponseOut] = Field(description="Who confirms it.")
    supported_by: list[ResponseOut] = Field(description="Who supports it.")
    unverified_by: list[ResponseOut] = Field(description="Who could not verify it.")


class DisputePage(Answer):
    """Disputed claims."""

    items: list[DisputeOut] = Field(description="Most denials first.")
    truncated: bool = Field(description="Whether `limit` left claims out.", examples=[False])


class StandingOut(Answer):
    """An actor's place among the others."""

    actor: Named = Field(description="The actor.")
    claims: int = Field(description="Claims it made.", examples=[9])
    targets: int = Field(description="How many others it speaks about, to or against.", examples=[2])
    targeted_by: int = Field(description="How many others speak about, to or against it.", examples=[4])
    mentions: int = Field(description="In how many claims.", examples=[7])
    attention: float = Field(description="Its share of attention (PageRank); the shares sum to 1.", examples=[0.21])


class StandingPage(Answer):
    """Every actor's standing."""

    items: list[StandingOut] = Field(description="Most attention first.")
    truncated: bool = Field(description="Whether `limit` left claims out.", examples=[False])
