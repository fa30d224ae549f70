"""Articles and extractions small enough to read, and random ones for properties."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from app.domain.actor import Actor, ActorKind, Mention, Representation
from app.domain.article import Article
from app.domain.claim import (
    Act,
    Claim,
    Confidence,
    Extraction,
    Mode,
    Relation,
    RelationKind,
    Target,
    TargetRole,
)
from app.domain.identity import content_id
from app.domain.span import Span

TEXT = (
    "Armeniens premiärminister Nikol Pasjinjan anklagade Azerbajdzjan för att ha beskjutit byar. "
    "Bakus regering förnekade anklagelsen. "
    "– Vi försvarar vår egen mark, sade Hikmet Hajiyev, rådgivare åt Azerbajdzjans president. "
    "Moskva uppmanade båda sidor till återhållsamhet."
)
PUBLISHED = datetime(2020, 9, 27, 12, 0, tzinfo=UTC)


def cut(words: str, text: str = TEXT) -> Span:
    """The first place of ``words`` in ``text``."""
    start = text.index(words)
    return Span.cut(text, start, start + len(words))


def article(text: str = TEXT, **known: object) -> Article:
    """An article of that text, published on a fixed day unless said otherwise."""
    return Article(text=text, **{"title": "Strider", "published_at": PUBLISHED, **known})  # type: ignore[arg-type]


def person(ref: str, name: str, *forms: str, **known: object) -> Actor:
    """An actor, a person unless ``kind`` says otherwise, mentioned once in each form."""
    mentions = tuple(Mention(cut(form), "name") for form in forms)
    return Actor(ref, name, **{"kind": ActorKind.PERSON, "mentions": mentions, "aliases": forms, **known})  # type: ignore[arg-type]


def extraction(of: Article | None = None) -> Extraction:
    """What a reader finds in `TEXT`: an accusation, its denial through a government, a quotation, a demand."""
    armenia = person("a1", "Armenien", "Armeniens", kind=ActorKind.STATE, territory="AM")
    pasjinjan = person(
        "a2",
        "Nikol Pasjinjan",
        "Nikol Pasjinjan",
        role="premiärminister",
        represents=(Representation("a1", "title-genitive", cut("Armeniens premiärminister")),),
    )
    azerbaijan = person("a3", "Azerbajdzjan", "Azerbajdzjan", "Bakus", kind=ActorKind.STATE, territory="AZ")
    government = person(
        "a4",
        "Bakus regering",
        "Bakus regering",
        kind=ActorKind.GOVERNMENT,
        territory="AZ",
        represents=(Representation("a3", "government-of"),),
    )
    hajiyev = person(
        "a5",
        "Hikmet Hajiyev",
        "Hikmet Hajiyev",
        role="rådgivare",
        represents=(Representation("a4", "adviser", cut("rådgivare åt Azerbajdzjans president")),),
    )
    russia = person("a6", "Ryssland", "Moskva", kind=ActorKind.STATE, territory="RU")
    claims = (
        Claim(
            "c1",
            cut("Armeniens premiärminister Nikol Pasjinjan"),
            ("a2",),
            cut("anklagade"),
            (cut("för att ha beskjutit byar"),),
            Act.ACCUSATION,
            Mode.INDIRECT,
            targets=(Target(TargetRole.ACCUSED, "a3", cut("Azerbajdzjan")),),
            evidence=(("content", "för-att"), ("speaker", "nsubj")),
            confidence=Confidence(0.9, 0.95, 0.9, 0.8, 0.99),
        ),
        Claim(
            "c2",
            cut("Bakus regering"),
            ("a4",),
            cut("förnekade"),
            (cut("anklagelsen"),),
            Act.DENIAL,
            Mode.INDIRECT,
            relations=(Relation(RelationKind.DENIES, "c1", "definite-noun", cut("anklagelsen")),),
            confidence=Confidence(0.7, 0.9, 0.8, 0.8, 0.99),
        ),
        Claim(
            "c3",
            cut("Hikmet Hajiyev"),
            ("a5",),
            cut("sade"),
            (cut("Vi försvarar vår egen mark"),),
            Act.STATEMENT,
            Mode.DIRECT,
        ),
        Claim(
            "c4",
            cut("Moskva"),
            ("a6",),
            cut("uppmanade"),
            (cut("till återhållsamhet"),),
            Act.DEMAND,
            Mode.INDIRECT,
            targets=(
                Target(TargetRole.ADDRESSEE, "a1", cut("båda sidor")),
                Target(TargetRole.ADDRESSEE, "a3", cut("båda sidor")),
            ),
        ),
    )
    owner = of or article()
    return Extraction(owner.id, claims, (armenia, pasjinjan, azerbaijan, government, hajiyev, russia))


def actor_ids(found: Extraction) -> dict[str, str]:
    """An id for each actor, the same in every article for the same name and kind."""
    return {actor.ref: content_id("act", actor.kind.value, actor.name) for actor in found.actors}


def lines(number: int, speakers: Sequence[str] = ("Ada Ek", "Bo Al", "Cia Lind"), per_article: int = 3) -> Article:
    """The ``number``-th of a row of articles: one "Ting … hände, sade NAMN." a line, published a minute apart."""
    said = [
        f"Ting {number}-{line} hände, sade {speakers[(number + line) % len(speakers)]}." for line in range(per_article)
    ]
    return Article(text="\n".join(said), uri=f"urn:test:{number}", published_at=PUBLISHED + timedelta(minutes=number))
