"""What the pages are tested with: the gold articles, and one written to break pages.

It holds markup, carriage returns and letters beyond the basic plane, a quotation broken by its attribution, a claim in
a claim, two that overlap, denials, a confidence, and a source that is not named.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from app.domain.actor import Actor, ActorKind, Mention, Representation
from app.domain.article import Article
from app.domain.claim import Act, Claim, Confidence, Extraction, Mode, Relation, RelationKind, Target, TargetRole
from app.domain.span import Span
from app.storage.articles import Status, save_article, set_status
from app.storage.claims import save_extraction
from app.storage.engine import Engine, transaction
from tests.gold_extraction import gold_actor_ids, gold_article, gold_documents, gold_extraction

SEED = "000_dc57c91d7ab00de9"
TEXT = (
    '<script>alert("x")</script> & <b>fett</b> – 😀 rad ett.\r\n'
    "– Vi, sade Anna Berg, har inte gjort det.\r\n"
    "\r\n"
    "Berg säger att Bo Ek hävdar att Norge ljuger om freden, uppger källor.\n"
    "Ek förnekar det.  Två blanksteg\tsparas.\n\n"
)
TITLE = 'Ek & Berg: <i>"fred"</i>'
LATER = "I maj sade Anna Berg att Norge är lugnt."


def span(words: str, within: str = "", text: str = TEXT) -> Span:
    """The first place of ``words``, in the first place of ``within``."""
    start = text.index(words, text.index(within))
    return Span.cut(text, start, start + len(words))


def tricky_article() -> Article:
    """The article of `TEXT`."""
    return Article(
        TEXT,
        title=TITLE,
        uri="https://tidningen.example/fred?a=1&b=2",
        agency="TT & co",
        published_at=datetime(2024, 2, 3, tzinfo=UTC),
    )


def tricky_extraction() -> Extraction:
    """What stands in it."""
    norway = Actor("a1", "Norge", ActorKind.STATE, (Mention(span("Norge"), "name"),), ("Norge",), territory="NO")
    berg = Actor(
        "a2",
        "Anna Berg",
        ActorKind.PERSON,
        (Mention(span("Anna Berg"), "name"), Mention(span("Berg", "Berg säger"), "surname")),
        ("Anna Berg", "Berg"),
        role="talesperson",
        represents=(Representation("a1", "title-genitive"),),
    )
    ek = Actor("a3", "Bo Ek", ActorKind.PERSON, (Mention(span("Bo Ek"), "name"),), ("Bo Ek", "Ek"))
    sure = Confidence(overall=0.915, speaker=0.97, content=0.94, target=0.8, act=0.999)
    claims = (
        Claim(
            "c1",
            span("Anna Berg"),
            ("a2",),
            span("sade"),
            (span("Vi"), span("har inte gjort det")),
            Act.DENIAL,
            Mode.DIRECT,
            evidence=(("content", "quotation-broken"), ("speaker", "inverted")),
            confidence=sure,
        ),
        Claim(
            "c2",
            span("Berg", "Berg säger"),
            ("a2",),
            span("säger"),
            (span("att Bo Ek hävdar att Norge ljuger om freden"),),
            Act.STATEMENT,
            Mode.INDIRECT,
        ),
        Claim(
            "c3",
            span("Bo Ek"),
            ("a3",),
            span("hävdar"),
            (span("att Norge ljuger om freden"),),
            Act.ACCUSATION,
            Mode.INDIRECT,
            targets=(Target(TargetRole.ACCUSED, "a1", span("Norge")),),
            parent="c2",
            evidence=(("content", "complement-att"),),
        ),
        Claim("c4", span("källor"), (), span("uppger"), (span("om freden, uppger"),), Act.STATEMENT, Mode.INDIRECT),
        Claim(
            "c5",
            span("Ek", "Ek förnekar"),
            ("a3",),
            span("förnekar"),
            (span("det", "Ek förnekar"),),
            Act.DENIAL,
            Mode.INDIRECT,
            relations=(Relation(RelationKind.DENIES, "c2", "denial-anaphor", span("det", "Ek förnekar")),),
        ),
    )
    return Extraction(tricky_article().id, claims, (norway, berg, ek))


def later_article() -> Article:
    """The article of `LATER`, three months after the other."""
    return Article(LATER, title="Lugnt i maj", published_at=datetime(2024, 5, 1, tzinfo=UTC))


def later_extraction() -> Extraction:
    """What stands in it; Anna Berg is the one of the other article."""
    of = tricky_extraction()
    content = span("att Norge är lugnt", text=LATER)
    claim = Claim("c1", span("Anna Berg", text=LATER), ("a2",), None, (content,), Act.STATEMENT, Mode.INDIRECT)
    berg = Actor("a2", "Anna Berg", ActorKind.PERSON, aliases=("Anna Berg",), represents=of.actors[1].represents)
    return Extraction(later_article().id, (claim,), (of.actors[0], berg))


def tricky_ids(extraction: Extraction) -> dict[str, str]:
    """An actor of the written articles is its name."""
    return {actor.ref: f"act_{actor.name.casefold().replace(' ', '_')}" for actor in extraction.actors}


def store(engine: Engine, doc_ids: Sequence[str] | None = None) -> None:
    """Store the written articles and the gold articles (those of ``doc_ids``), each with its claims."""
    with transaction(engine) as session:
        for doc_id in gold_documents() if doc_ids is None else doc_ids:
            gold = gold_extraction(doc_id)
            article_id, _ = save_article(session, gold_article(doc_id))
            save_extraction(session, gold, gold_actor_ids(gold))
            set_status(session, [article_id], Status.DONE)
        for article, found in ((tricky_article(), tricky_extraction()), (later_article(), later_extraction())):
            article_id, _ = save_article(session, article)
            save_extraction(session, found, tricky_ids(found))
            set_status(session, [article_id], Status.DONE)


def claim_id(ref: str) -> str:
    """The stored id of a claim of the written article."""
    found = tricky_extraction()
    return next(claim for claim in found.claims if claim.ref == ref).id_in(found.article_id)
