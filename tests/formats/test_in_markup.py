"""Markup to lines: what is a line, what opens with a dash, what is left out, and XML that must not be believed."""

from __future__ import annotations

import re

import pytest

from app.errors import InputError
from app.formats.markup import lines_of, parse_html, parse_xml


def lines(html: str) -> list[str]:
    return lines_of(parse_html(html, "f"))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Ett\n   stycke.</p><p>Två.</p>", ["Ett stycke.", "Två."]),
        ("Ett<br>två<br/><br/>tre", ["Ett", "två", "tre"]),
        ("<h1>Rubrik</h1>Text <b>fet</b> och <a href='x'>länk</a>.<p>Sist", ["Rubrik", "Text fet och länk.", "Sist"]),
        ("<ul><li>A</li><li>B</li></ul>", ["A", "B"]),
        ("<table><tr><td>S</td><td>30,1</td></tr><tr><td>M</td></tr></table>", ["S 30,1", "M"]),
        ("<pre>rad ett\nrad två</pre>", ["rad ett", "rad två"]),
        ("<p>Å&nbsp;ä &amp; ö &#8211; klart</p>", ["Å\N{NO-BREAK SPACE}ä & ö – klart"]),
        ("<p>Hon sade <q>nej</q>.</p>", ["Hon sade ”nej”."]),
        ("<p>Text<!-- kommentar --> vidare</p>", ["Text vidare"]),
        ("<p>A</p><script>x()</script><style>p{}</style><figure><figcaption>Foto</figcaption></figure>B", ["A", "B"]),
        ("<p hidden>Gömt</p><p style='display: none'>Gömt</p><p>Synligt</p>", ["Synligt"]),
        ('<div class="dat">Stockholm TT</div><p>A</p><div class="byline">Bo Ek</div>', ["A"]),
        ("<div class=datum>Text</div>", ["Text"]),
        ("bara text, 3 < 4", ["bara text, 3 < 4"]),
    ],
)
def test_lines(html: str, expected: list[str]) -> None:
    assert lines(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<blockquote>Det är fel, säger hon.</blockquote>", ["– Det är fel, säger hon."]),
        ("<blockquote><p>Ett.</p><p>Två.</p></blockquote><p>Tre.</p>", ["– Ett.", "– Två.", "Tre."]),
        ("<blockquote>– Redan där.</blockquote>", ["– Redan där."]),
        ("<blockquote>- Redan där.</blockquote>", ["- Redan där."]),
        ("<blockquote>”Vi har fått nog.”</blockquote>", ["”Vi har fått nog.”"]),
        ("<blockquote>”Grönan” är stängt, säger han.</blockquote>", ["– ”Grönan” är stängt, säger han."]),
        ("<blockquote>Nej.<footer>Anna Berg</footer></blockquote>", ["– Nej.", "Anna Berg"]),
        ("<blockquote><p>Nej.</p><cite>Anna Berg</cite></blockquote>", ["– Nej.", "Anna Berg"]),
        ("<blockquote>Jag läste <cite>Röda rummet</cite> då.</blockquote>", ["– Jag läste Röda rummet då."]),
        ('<blockquote class="twitter-tweet"><p>Vi vann!</p>— Bo (@bo)</blockquote>', ["Vi vann!", "— Bo (@bo)"]),
        ("<blockquote></blockquote><p>Ett.</p>", ["Ett."]),
        ("<blockquote>Yttre <blockquote>Inre</blockquote> yttre</blockquote>", ["– Yttre", "– Inre", "– yttre"]),
    ],
)
def test_block_quotations_are_speech(html: str, expected: list[str]) -> None:
    assert lines(html) == expected


def test_nothing_is_no_page() -> None:
    assert parse_html("", "f") is None
    assert parse_html(" \n", "f") is None


def test_html_that_is_cut_off_is_not_taken_for_all() -> None:
    with pytest.raises(InputError, match=r"f: HTML beyond reading: Excessive depth .*\(line 1\)"):
        parse_html("<div>" * 5000 + "sist", "f")


def test_names_of_characters_are_known_in_xml_too() -> None:
    assert lines_of(parse_xml(b"<p>K&aring;re &amp; Bo&nbsp;Ek</p>", "f")) == ["Kåre & Bo\N{NO-BREAK SPACE}Ek"]
    page = b'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/x.dtd"><p>&Aring;re</p>'
    assert lines_of(parse_xml(page, "f")) == ["Åre"]


@pytest.mark.parametrize(
    ("document", "told"),
    [
        (b"", "f: not well-formed XML: Document is empty, line 1, column 1"),
        (b"<a>\n<b></a>", "f: not well-formed XML: Opening and ending tag mismatch: b line 2 and a, line 2, column 8"),
        (b"<a>&zzz;</a>", "Entity 'zzz' not defined, line 1, column 9"),
        (b'<?xml version="1.0" encoding="utf-8"?>\n<a>\xe5</a>', "Invalid bytes in character encoding, line 2"),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "Unsupported encoding: klingon"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "f: the document declares entities"),
        (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "f: the document declares entities"),
        (b'<!DOCTYPE a [<!ENTITY b SYSTEM "http://127.0.0.1/">]><a>&b;</a>', "f: the document declares entities"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a d="&b;"/>', "f: the document declares entities"),
        (b'<!DOCTYPE a SYSTEM "x.dtd"><a>\n&zzz;</a>', "f: nobody declares the entity &zzz; in line 2"),
        (b"<a>" * 500 + b"</a>" * 500, "Excessive depth"),
    ],
)
def test_xml_that_is_refused(document: bytes, told: str) -> None:
    with pytest.raises(InputError, match=re.escape(told)):
        parse_xml(document, "f")


def test_entities_within_entities_cost_nothing() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE a [<!ENTITY e0 "lol">{levels}]><a>&e9;</a>'
    with pytest.raises(InputError, match=r"entities|entity"):
        parse_xml(bomb.encode(), "f")


def test_an_encoding_that_came_along_goes_before_the_documents_own() -> None:
    data = '<?xml version="1.0" encoding="utf-8"?><a>Åsa</a>'.encode("cp1252")
    assert parse_xml(data, "f", "windows-1252").text == "Åsa"
    with pytest.raises(InputError, match="f: no encoding is called 'klingon'"):
        parse_xml(b"<a/>", "f", "klingon")
