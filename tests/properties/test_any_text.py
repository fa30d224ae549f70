"""Any text is read without an error, and what is found in it holds: with the bundled models, on few examples."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.domain.article import Article
from app.extraction.extractor import Extractor
from tests.evaluation.annotations import SETS, gold_documents
from tests.properties.invariants import check
from tests.properties.texts import EXTREMES, HTML_REMAINS, OTHER_LANGUAGES, QUOTES, mangled

pytestmark = pytest.mark.xdist_group("stanza")

KNOWN = [document.text for name in SETS for document in gold_documents(name)]

few = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
any_text = st.text(max_size=400)
words = st.sampled_from(
    ["Anna", "sa", "att", "säger", "enligt", "Bo", "inte", "polisen", "\n", "–", ".", ",", ":", "?"]
)
near_swedish = st.lists(words | st.sampled_from(list(QUOTES)), max_size=60).map(" ".join)


@few
@given(text=any_text)
@example(text="\ud800 sa Anna.")
@example(text="\x00”\x00 säger Anna \x00")
def test_any_unicode_text(extractor: Extractor, text: str) -> None:
    (extraction,) = extractor.extract_many([Article(text=text)])
    check(Article(text=text), extraction)


@few
@given(text=near_swedish)
def test_any_order_of_the_words_of_reports(extractor: Extractor, text: str) -> None:
    (extraction,) = extractor.extract_many([Article(text=text)])
    check(Article(text=text), extraction)


@few
@given(random=st.randoms(use_true_random=False))
def test_mangled_articles(extractor: Extractor, random: Random) -> None:
    text = mangled(random, KNOWN)
    (extraction,) = extractor.extract_many([Article(text=text)])
    check(Article(text=text), extraction)


def test_extremes_remains_and_other_languages(extractor: Extractor) -> None:
    articles = [Article(text=text) for text in (*EXTREMES, *HTML_REMAINS, *OTHER_LANGUAGES)]
    for article, extraction in zip(articles, extractor.extract_many(articles), strict=True):
        check(article, extraction)


def test_other_languages_hold_no_claims(extractor: Extractor) -> None:
    """What the lexicon cannot read is left alone; Norwegian shares half of the words and may be read in part."""
    others = [Article(text=text) for text in OTHER_LANGUAGES if "NTB" not in text]
    assert [extraction.claims for extraction in extractor.extract_many(others)] == [()] * len(others)


def test_the_same_article_gives_the_same_extraction_in_any_company(extractor: Extractor) -> None:
    articles = [Article(text=text) for text in KNOWN[:6]]
    together = extractor.extract_many(articles)
    assert extractor.extract_many(articles[::-1])[::-1] == together
    assert [extractor.extract_many([article])[0] for article in articles] == together


def test_claim_ids_do_not_move_with_what_comes_after(extractor: Extractor, seed_article: Article) -> None:
    """A claim's id is made of its place: the paragraphs behind it change nothing."""
    lines = seed_article.text.split("\n")
    half = Article(text="\n".join(lines[: len(lines) // 2]))
    (whole, part) = extractor.extract_many([seed_article, half])
    ids = {claim.id_in("x") for claim in whole.claims}
    in_part = [claim.id_in("x") for claim in part.claims]
    assert in_part
    assert set(in_part) <= ids
