"""Inputs that would not survive an editor or a checkout, or are too long to read: made when needed."""

from __future__ import annotations

import gzip
import struct
import unicodedata
import zlib
from functools import cache

GERMAN = """<!DOCTYPE html>
<html lang="de"><head><meta charset="utf-8"><title>Partnerstädte der Stadt Görlitz</title></head><body><main>
<h1>Partnerstädte der Stadt Görlitz</h1>
<p>Görlitz unterhält eine Städtepartnerschaft mit Molfetta in Italien. Die Urkunde wurde am 3. Mai 1971
unterzeichnet.</p>%s
</main></body></html>
"""
SENTENCE = (
    "<p>Görlitz ist seit 1980 mit Nový Jičín in Tschechien durch eine Städtepartnerschaft verbunden.</p>"
)


TERMINAL = (
    "\x1b[31mred\x1b]8;;http://example.invalid\x07link\x1b]8;;\x1b\\ \x1b]0;t\x07 \x9b2J \x9d8;;x\x9c\x85"
    "\u202egnirts\u202c \u2066isolate\u2069 \u200fmark \x08\x08 \x7f bell\x07 Partnerstadt \x1bc seit 1980"
)
"""What a terminal would obey: colours, links, titles, in C0 and C1 form, and bidirectional overrides."""


def german(more: str = "") -> str:
    """Return a page on the partner towns of Görlitz, with more at its end."""
    return GERMAN % more


def png() -> bytes:
    """Return a picture of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixel = zlib.compress(b"\x00\x00")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixel) + chunk(b"IEND", b"")


@cache
def generated() -> dict[str, bytes]:
    """Return the contents of the inputs by their file names."""
    items = "".join(f"<li>Ort {n}, Partnerstadt seit {1950 + n % 70}</li>" for n in range(2_000))
    attributes = " ".join(f"a{n}='x'" for n in range(9_000))
    front = "---\npublished: 9999-99-99\nlang: '../../x'\ntitle: ['a', {\n---\n# Twin towns\n\nNone yet.\n"
    return {
        "empty.html": b"",
        "white-space.txt": b" \t\r\n\n\x0c  \xc2\xa0\n",
        "bom-only.html": b"\xef\xbb\xbf",
        "picture.html": png(),
        "document.txt": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n",
        "huge.html": german("<p>Partnerstadt</p>" * 1_060_000).encode(),
        "bomb.html": gzip.compress(bytes(40_000_000), 6, mtime=0),
        "compressed.html": gzip.compress(german().encode(), mtime=0),
        "many-nuls.txt": b"P\x00a\x00r\x00t\x00n\x00e\x00r\x00\n\x00" * 50,
        "utf-16.html": german().encode("utf-16"),
        "utf-16-no-mark.html": german().encode("utf-16-le"),
        "cut-in-utf-16.html": german().encode("utf-16")[:701],
        "declared-latin-1.html": german().replace("utf-8", "iso-8859-1").encode(),
        "declared-utf-8.html": german().encode("cp1252"),
        "declared-nonsense.html": german().replace("utf-8", "x-\u00e4\u00f6\u00fc").encode("cp1252"),
        "one-bad-byte.html": german().encode().replace(b"unterzeichnet.", b"unterzeichnet.\xff"),
        "cut-in-a-letter.html": german("<p>Grüße, sch").encode().rpartition(b"sch")[0] + b"sch\xc3",
        "no-such-day.html": german("<p>Stand: 31.02.2020</p>").encode(),
        "surrogates.html": german("<p>\ud800 \udfff &#xD800; &#xDFFF;").encode("utf-8", "surrogatepass"),
        "few-nuls.html": german().replace("Molfetta", "Mol\x00fetta\x1b").encode(),
        "control.html": german(f"<p>{TERMINAL}</p>").encode(),
        "decomposed.html": unicodedata.normalize("NFD", german()).encode(),
        "undecodable.txt": "Görlitz und Molfetta.\n".encode() + b"\x81\x8d\x8f\x90\x9d" * 10,
        "deep.html": german("<div>" * 50_000 + SENTENCE + "</div>" * 50_000).encode(),
        "deep-lists.html": german("<ul><li>" * 3_000 + "Brno").encode(),
        "deep-tables.html": german("<table><tr><td>" * 1_000 + SENTENCE).encode(),
        "wide-span.html": german("<table><tr><td rowspan=65534 colspan=1000>x<td>y</table>" * 20).encode(),
        "digits.txt": ("Partnerstadt seit " + "1.9.8.0. 12-/" * 2_000 + "1" * 20_000 + "." * 20_000).encode(),
        "one-word.html": german("<p>" + "Partnerstadt" * 8_000 + "</p>").encode(),
        "quotes.txt": ("Twinned with " + "(" * 10_000 + "\u201e" * 10_000 + "Dr. " * 1_500).encode(),
        "items.html": german(f"<ul>{items}</ul>").encode(),
        "combining.html": german("<p>Mo" + "\u0308" * 8_000 + "lfetta</p>").encode(),
        "entities-without-end.html": german("&amp" * 8_000 + "&#" * 8_000 + "&#9999999999;").encode(),
        "attributes.html": german("<div " + attributes + ">" + SENTENCE).encode(),
        "tags-without-end.html": german("<a <b " * 10_000 + "<" * 20_000).encode(),
        "frontmatter.md": front.encode(),
        "same-1.html": german().encode(),
        "same-2.html": german().encode(),
        "x\\..\\..\\x.html": german().encode(),
        "sub.html/inside.html": german().encode(),
        "=cmd|'x' <b> ä \u202e.html": german().encode(),
    }
