from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.claim import Act
from app.domain.span import Span
from app.formats.web_annotation import AROUND, CONTEXT, annotation
from tests.graph.gold import gold_rows

ROWS = gold_rows()
(ARTICLE,) = ROWS.articles
BASE = "https://example.org/v1"


def test_both_selectors_find_the_words_in_the_text() -> None:
    for claim in ROWS.claims:
        target = annotation(claim, ARTICLE, BASE)["target"]
        quoted, position = target["selector"]
        assert (quoted["type"], position["type"]) == ("TextQuoteSelector", "TextPositionSelector")
        start, end = position["start"], position["end"]
        assert ARTICLE.text[start:end] == quoted["exact"] == claim.content[0].text
        whole = quoted["prefix"] + quoted["exact"] + quoted["suffix"]
        assert ARTICLE.text.count(whole) == 1
        assert ARTICLE.text.index(whole) == start - len(quoted["prefix"])
        assert len(quoted["prefix"]) == len(quoted["suffix"]) == AROUND or end + AROUND > len(ARTICLE.text)


def test_the_annotation_has_what_the_standard_asks_for() -> None:
    claim = next(claim for claim in ROWS.claims if claim.act is Act.ACCUSATION)
    document = annotation(claim, ARTICLE, BASE)
    assert document["@context"] == CONTEXT
    assert document["type"] == "Annotation"
    assert document["id"] == f"{BASE}/claims/{claim.id}#annotation"
    sentence, tag, link, who = document["body"]
    assert sentence["value"] == "Armenien (accusation → Azerbajdzjan)"
    assert (tag["purpose"], tag["value"]) == ("tagging", "accusation")
    assert (link["purpose"], link["source"]) == ("linking", f"{BASE}/claims/{claim.id}")
    assert (who["purpose"], who["source"]) == ("identifying", f"{BASE}/actors/{claim.speakers[0].id}")
    assert document["target"]["source"] == {
        "id": f"{BASE}/articles/{ARTICLE.id}",
        "type": "Text",
        "format": "text/plain",
        "language": "sv",
    }


def test_a_broken_up_quotation_has_a_target_for_each_part() -> None:
    parts = (Span.cut(ARTICLE.text, 0, 8), Span.cut(ARTICLE.text, 20, 30))
    targets = annotation(replace(ROWS.claims[0], content=parts), ARTICLE, BASE)["target"]
    assert [target["selector"][1]["start"] for target in targets] == [0, 20]
    assert targets[0]["selector"][0]["prefix"] == ""


def test_the_page_an_article_came_from_is_the_scope() -> None:
    web = replace(ARTICLE, uri="https://tidningen.example/karabach")
    assert annotation(ROWS.claims[0], web, BASE)["target"]["scope"] == web.uri
    other = replace(ARTICLE, uri="urn:newsml:tt:1")
    assert "scope" not in annotation(ROWS.claims[0], other, BASE)["target"]


def test_nobody_named_is_said_as_printed_or_with_a_dash() -> None:
    claim = replace(ROWS.claims[0], speakers=(), targets=())
    assert annotation(claim, ARTICLE, BASE)["body"][0]["value"] == "USA:s utrikesminister Antony Blinken (demand)"
    assert annotation(replace(claim, speaker=None), ARTICLE, BASE)["body"][0]["value"] == "– (demand)"


def test_a_claim_of_another_text_is_refused() -> None:
    with pytest.raises(ValueError, match="stands in article"):
        annotation(replace(ROWS.claims[0], article_id="art_other"), ARTICLE, BASE)
    with pytest.raises(ValueError, match="does not stand at 356-394"):
        annotation(ROWS.claims[0], replace(ARTICLE, text="x" + ARTICLE.text), BASE)


@given(st.text(min_size=1), st.data())
def test_offsets_count_code_points_in_any_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    claim = replace(ROWS.claims[0], content=(Span.cut(text, start, end),))
    quoted, position = annotation(claim, replace(ARTICLE, text=text), BASE)["target"]["selector"]
    assert text[position["start"] : position["end"]] == quoted["exact"]
    assert quoted["prefix"] + quoted["exact"] + quoted["suffix"] in text
