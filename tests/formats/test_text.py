"""Bytes to text: what is taken, and how a refusal names the place."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import EmptyText, NotText
from app.formats.text import decode_text


@pytest.mark.parametrize(
    "data",
    [
        "Å ena sidan\r\när ö vatten".encode(),
        codecs.BOM_UTF8 + "Å ena sidan\r\när ö vatten".encode(),
        codecs.BOM_UTF16_LE + "Å ena sidan\r\när ö vatten".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "Å ena sidan\r\när ö vatten".encode("utf-16-be"),
    ],
)
def test_text_is_kept_as_it_is(data: bytes) -> None:
    assert decode_text(data, "a.txt") == "Å ena sidan\r\när ö vatten"


def test_another_encoding_is_taken_when_named() -> None:
    assert decode_text("fråga".encode("latin-1"), "a.txt", "latin-1") == "fråga"


def test_a_wrong_encoding_names_byte_offset_and_line() -> None:
    with pytest.raises(NotText, match=r"^a\.txt: not utf-8: byte 0xe5 at offset 8, line 2$"):
        decode_text("rad ett\nå".encode("latin-1"), "a.txt")


def test_binary_data_names_the_byte() -> None:
    with pytest.raises(NotText, match=r"^a\.docx: binary data, not text: byte 0x03 at offset 2$"):
        decode_text(b"PK\x03\x04\x14\x00", "a.docx")


def test_an_unknown_encoding_is_named() -> None:
    with pytest.raises(NotText, match=r"^a\.txt: no encoding is called 'utf-9'$"):
        decode_text(b"text", "a.txt", "utf-9")


@pytest.mark.parametrize("data", [b"", b"  \n\t ", codecs.BOM_UTF8, b"* * *"])
def test_a_text_without_words_is_empty(data: bytes) -> None:
    with pytest.raises(EmptyText, match=r"^a\.txt: no words in it$"):
        decode_text(data, "a.txt")


@given(st.binary(max_size=200), st.sampled_from(["utf-8", "latin-1", "utf-16", "cp1252"]))
def test_any_bytes_give_text_or_a_refusal(data: bytes, encoding: str) -> None:
    try:
        text = decode_text(data, "a.txt", encoding)
    except (NotText, EmptyText):
        return
    assert any(character.isalnum() for character in text)
