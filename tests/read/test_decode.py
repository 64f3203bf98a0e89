"""The charset is ours to decide."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read import decode

META = '<meta charset="{}"><p>Köln „grüßt“ Épernay</p>'
HTTP = '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset={}"><p>Köln grüßt</p>'


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (META.format("iso-8859-1").encode(), "utf-8"),  # declared latin-1, really UTF-8
        (META.format("utf-8").encode("cp1252"), "cp1252"),  # declared UTF-8, really cp1252
        (META.format("iso-8859-1").encode("cp1252"), "cp1252"),  # the label means cp1252
        (HTTP.format("ISO-8859-1").encode("latin-1"), "cp1252"),
        (META.format("nonsense").encode("cp1252"), "cp1252"),
        (codecs.BOM_UTF8 + META.format("latin1").encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + META.format("utf-8").encode("utf-16-le"), "utf-16-le"),
        (META.format("macintosh").encode("mac_roman"), "mac-roman"),
    ],
)
def test_encoding(data: bytes, encoding: str) -> None:
    text, found, lost = decode(data)
    assert (found, lost) == (encoding, 0)
    assert "Köln" in text
    assert "grüßt" in text


def test_xml_declaration_and_eastern_charset() -> None:
    page = '<?xml version="1.0" encoding="iso-8859-2"?><p>Gdańsk, Łódź</p>'
    assert decode(page.encode("iso-8859-2"))[:2] == (page, "iso8859-2")


def test_lost_characters_are_counted() -> None:
    text, encoding, lost = decode(b"K\xf6ln \x81 \x8d")
    assert (text, encoding, lost) == ("Köln \ufffd \ufffd", "cp1252", 2)


def test_composed_form_and_no_controls() -> None:
    text, _, _ = decode("Ko\u0308ln\x00 Calais\x0b\x85 x\x9f".encode())
    assert text == "Köln  Calais \n x "


@given(st.binary(max_size=400))
def test_any_bytes_give_text_that_every_writer_takes(data: bytes) -> None:
    text, _, lost = decode(data)
    text.encode("utf-8")
    assert lost >= 0
    assert not any(ord(c) < 32 and c not in "\t\n\r" for c in text)
