"""The sentence above an answer, in the language of the question."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from app.asking.data import checked, read_yaml
from app.domain.claim import Act, RelationKind
from app.domain.record import ActorRef

_FILE = "answers.yaml"


class Wording(BaseModel):
    """One language of ``answers.yaml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    acts: dict[Act | Literal["claim"], tuple[str, str]]
    counted: str
    first: str
    more: str
    nothing: str
    by: str
    by_party: str
    at: str
    about: str
    matching: str
    answer: str
    parties: str
    recorded: str
    unknown: str
    suggest: str
    or_: str = Field(alias="or")
    and_: str = Field(alias="and")
    denies: str
    confirms: str
    supports: str
    unverified: str
    nobody: str
    slip: str
    reading_target: str
    first_of_several: str

    def noun(self, act: Act | None, count: int) -> str:
        """ "anklagelse" or "anklagelser", "claims" where no act was asked for."""
        return self.acts[act or "claim"][count != 1]

    def listed(self, names: Sequence[str], last: str) -> str:
        """ "a, b och c"; ``last`` joins the last two."""
        if len(names) < 2:
            return "".join(names)
        return f"{', '.join(names[:-1])} {last} {names[-1]}"

    def nobody_called(self, name: str, near: Sequence[ActorRef]) -> str:
        """That nobody is called so, and whose names are near."""
        sentence = self.unknown.format(name=name)
        if near:
            sentence += self.suggest.format(names=self.listed([ref.name for ref in near], self.or_))
        return sentence

    def responded(self, kind: RelationKind, parties: Sequence[ActorRef]) -> str:
        """Who denies, confirms, supports it or could not verify it."""
        if not parties:
            return self.nobody
        templates = {
            RelationKind.DENIES: self.denies,
            RelationKind.CONFIRMS: self.confirms,
            RelationKind.SUPPORTS: self.supports,
            RelationKind.UNVERIFIED: self.unverified,
        }
        return templates[kind].format(parties=self.listed([ref.name for ref in parties], self.and_))


@cache
def load_wording() -> dict[str, Wording]:
    """The wording by ISO 639-1 code; raises `LexiconError` naming file and key where the file breaks its schema."""
    raw = read_yaml(_FILE)
    return {language: checked(Wording, raw[language], _FILE, language) for language in raw}
