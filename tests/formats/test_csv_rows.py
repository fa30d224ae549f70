from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.claim import Act
from app.formats.csv_rows import BYTE_ORDER_MARK, HEADER, csv_lines, harmless, row
from tests.formats.reading_back import original
from tests.graph.gold import gold_rows

CLAIMS = gold_rows().claims
DENIAL = next(claim for claim in CLAIMS if claim.act is Act.DENIAL)


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_the_header_is_what_others_rely_on() -> None:
    assert HEADER == (
        "id", "article_id", "article_title", "published_at", "speaker", "speaker_ids", "speaker_names", "via_id",
        "via_name", "cue", "act", "mode", "content", "content_spans", "target_roles", "target_ids", "target_names",
        "denies", "confirms", "unverified", "supports", "repeats", "answers",
        "denies_by", "confirms_by", "unverified_by", "supports_by", "repeats_by", "answers_by",
        "parent_id", "confidence", "evidence",
        "speaker_span", "speaker_kinds", "via_kind", "cue_span", "target_kinds", "target_mentions",
        "target_mention_spans", "relation_kinds", "relation_ids", "relation_rules", "relation_mentions",
        "relation_mention_spans", "confidence_speaker", "confidence_content", "confidence_target", "confidence_act",
        "reports", "sources", "leading_id",
    )  # fmt: skip


def test_every_claim_is_a_row_of_that_many_cells() -> None:
    rows = read("".join(csv_lines(CLAIMS)))
    assert rows[0] == list(HEADER)
    assert [cells[0] for cells in rows[1:]] == [claim.id for claim in CLAIMS]
    assert {len(cells) for cells in rows} == {len(HEADER)}


def test_a_row_says_who_what_and_whom() -> None:
    union = next(claim for claim in CLAIMS if len(claim.speakers) == 3)
    cells = dict(zip(HEADER, row(union), strict=True))
    assert cells["speaker"] == "Europeiska unionen, Frankrike och Tyskland"
    assert cells["speaker_names"] == "Europeiska unionen | Frankrike | Tyskland"
    assert cells["target_roles"] == "evaluated"
    assert cells["target_names"] == "Azerbajdzjan"
    assert cells["content_spans"] == "595-624"
    denied = next(claim for claim in CLAIMS if claim.id == DENIAL.relations[0].claim_id)
    assert dict(zip(HEADER, row(DENIAL), strict=True))["denies"] == denied.id
    assert dict(zip(HEADER, row(denied), strict=True))["denies_by"] == DENIAL.id


def test_lines_end_as_rfc_4180_says_and_quotes_are_doubled() -> None:
    lines = list(csv_lines([replace(DENIAL, text='sa "nej",\ntvå gånger')], header=False))
    assert len(lines) == 1
    assert lines[0].endswith("\r\n")
    assert '"sa ""nej"",\ntvå gånger"' in lines[0]


def test_the_byte_order_mark_stands_first_where_asked_for() -> None:
    assert next(csv_lines(CLAIMS, byte_order_mark=True)) == BYTE_ORDER_MARK
    assert next(csv_lines(CLAIMS)) == ",".join(HEADER) + "\r\n"


@pytest.mark.parametrize(
    "formula",
    ["=1+1", "+46 70", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "\n=1", '=HYPERLINK("http://x","y")', "'=1"],
)
def test_formulas_are_defused_and_can_be_had_back(formula: str) -> None:
    (line,) = csv_lines([replace(DENIAL, text=formula)], header=False)
    cell = read(line)[0][HEADER.index("content")]
    assert cell == f"'{formula}"
    assert original(cell) == formula


@pytest.mark.parametrize("plain", ["– Nej, sa hon", "'n roll", "60 positioner", "", " ", "a=b"])
def test_plain_text_stays_as_it_is(plain: str) -> None:
    assert harmless(plain) == plain
    assert original(plain) == plain


@given(st.text())
def test_any_cell_comes_back_and_none_starts_a_formula(text: str) -> None:
    cell = harmless(text)
    assert original(cell) == text
    assert not cell.lstrip().startswith(("=", "+", "-", "@"))
    assert read("".join(csv_lines([replace(DENIAL, text=text)], header=False)))[0][HEADER.index("content")] == cell
