"""Ways to damage a page, driven by plain numbers so that a failure shrinks and can be told in one line.

A mutation is ``(name, a, b, c)`` with numbers of 0 to 9999: where, how much, and what.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from pipeline.read import decode

FULL = 10_000
Mutation = tuple[str, int, int, int]

SNIPPETS = (
    *("<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<br>", "<hr>", "<main>", "</main>", "<section>"),
    *("<ul>", "</ul>", "<li>", "<ul><li>A<ul><li>B", "<ol start=9>", "<dl><dt>", "<dd>", "</dl>"),
    *("<table>", "<tr>", "<td>", "<th>", "</td>", "</tr>", "</table>", "<td rowspan=999 colspan=999>"),
    "<table><tr><td><table><tr><td>Brno<td>1989<td><table><tr><td>x",
    *("<h1>", "<h2>", "</h2>", "<h6>", "<details><summary>", "<figure><figcaption>", "<caption>"),
    *("<!--", "-->", "<!-- -- >", "<![CDATA[", "]]>", "<?php", "<!", "</", "<", ">", "<script>", "</script>"),
    *("<style>", "<textarea>", "<template>", "<svg>", "<title>", "<p hidden>", "<plaintext>", "<noscript>"),
    *("<html lang=en>", "<html lang=de>", "<p lang=fr>", "<body>", "</body>", "</html>", "<nav>", "<footer>"),
    *("&nbsp;", "&shy;", "&amp;", "&#0;", "&#xD800;", "&#x1F600;", "&#1114112;", "&auml", "&;", "&#x00AD;"),
    *("&zwj;", "&#8203;", "&#13;&#10;", "&#9;", "&lt;p&gt;", "&#130;", "&#x85;", "&#x2028;"),
    *("\u00ad", "\u200b", "\ufeff", "\u2060", "\u202e", "\u00a0", "\u2028", "\u0085", "\u000b", "\u3000"),
    *("\u0308", "a\u0308\u0301", "\u0345", "\u0f73", "\u1e9b\u0323", "\u212b", "\uac01\u11a8", "\u0130"),
    *("\U0001f600", "\U0001f1e9\U0001f1ea", "\U0001d518", "\U000e0041", "\uffff", "\ud800", "\udfff"),
    *("\x00", "\x00\x00", "\x01", "\x1b[31m", "\x7f", "\x80", "\r", "\r\n", "\n\n", "\t", "  ", "\f"),
    *("|", "**", "# ", "- ", "1. ", "![](", "---\n", "```\n", "| a | b |\n|---|---|\n", "_", "[x](y)"),
    *("31.02.2020", "0000", "1964/65", "9999999999", "seit 1.1.", "since ", "50 years", "12.12.12", "199x"),
    *("Partnerstadt ", "twinned with ", "Bürgermeister ", "Mayor ", "Dr. ", ", ", "(", ")", "„", "'s ", "-"),
    *("Lyon", "Ōita", "Åbo", "ẞ", "ß", "St. ", "Frankfurt (Oder)", "=1+1", "٣", "²", "Ⅷ", "½", "１９６４"),
)  # fmt: skip
LABELS = (
    *("iso-8859-1", "utf-16", "utf-7", "shift_jis", "big5", "koi8-r", "x-user-defined", "nonsense", "cp037"),
    *("idna", "punycode", "unicode_escape", "rot13", "zlib", "undefined", "utf-8-sig", "hz", "macroman"),
)
CODECS = ("utf-8", "cp1252", "utf-16", "utf-8-sig", "utf-32", "latin-1", "utf-16-le", "cp850", "koi8-r")


def _cut(text: str, a: int, b: int) -> tuple[int, int]:
    """Return a stretch of a text, its length skewed to the short."""
    start = len(text) * a // FULL
    return start, start + len(text) * b // FULL * b // FULL


def _truncate(text: str, a: int, b: int, c: int) -> str:
    end = len(text) * a // FULL
    return text[:end] if c % 3 else text[end:]


def _delete(text: str, a: int, b: int, c: int) -> str:
    start, end = _cut(text, a, b)
    return text[:start] + text[end:]


def _duplicate(text: str, a: int, b: int, c: int) -> str:
    start, end = _cut(text, a, b)
    return text[:end] + text[start:end] * (1 + c % 3) + text[end:]


def _swap(text: str, a: int, b: int, c: int) -> str:
    start, end = _cut(text, a, b)
    rest, at = text[:start] + text[end:], len(text) * c // FULL
    return rest[:at] + text[start:end] + rest[at:]


def _insert(text: str, a: int, b: int, c: int) -> str:
    at = len(text) * a // FULL
    return text[:at] + SNIPPETS[c % len(SNIPPETS)] * (1 + b % 3) + text[at:]


def _sprinkle(text: str, a: int, b: int, c: int) -> str:
    """Put one snippet at many places."""
    piece, step = SNIPPETS[c % len(SNIPPETS)], max(7, b // 10)
    return piece.join(text[i : i + step] for i in range(a % step, len(text), step))


def _drop_tags(text: str, a: int, b: int, c: int) -> str:
    """Take away every n-th tag."""
    keep = [0]

    def one(found: re.Match[str]) -> str:
        keep[0] += 1
        return "" if keep[0] % (2 + a % 7) == 0 else found.group()

    return re.sub(r"<[^<>]{1,300}>", one, text)


def _between_words(text: str, a: int, b: int, c: int) -> str:
    """Put a snippet for every n-th space."""
    words = text.split(" ")
    step = 2 + a % 30
    return "".join(
        word + (SNIPPETS[c % len(SNIPPETS)] if i % step == 0 else " ") for i, word in enumerate(words)
    )


TEXT: dict[str, Callable[[str, int, int, int], str]] = {
    "truncate": _truncate,
    "delete": _delete,
    "duplicate": _duplicate,
    "swap": _swap,
    "insert": _insert,
    "sprinkle": _sprinkle,
    "drop_tags": _drop_tags,
    "between_words": _between_words,
}


def _declare(data: bytes, a: int, b: int, c: int) -> bytes:
    """Change the declared charset, and make the bytes no UTF-8."""
    label = LABELS[c % len(LABELS)].encode()
    return re.sub(rb"(?i)utf-8", label, data) + (b"\xe9" if a % 2 else b"")


def _bytes(data: bytes, a: int, b: int, c: int) -> bytes:
    at = len(data) * a // FULL
    return data[:at] + bytes([b % 256]) * (1 + c % 4) + data[at + c % 3 :]


BYTES: dict[str, Callable[[bytes, int, int, int], bytes]] = {"declare": _declare, "bytes": _bytes}
NAMES = (*TEXT, "encode", *BYTES)


def mutate(page: bytes, mutations: Sequence[Mutation]) -> bytes:
    """Apply mutations to a page: those of text first, then those of bytes."""
    text, codec = decode(page)[0], "utf-8"
    for name, a, b, c in mutations:
        if name in TEXT:
            text = TEXT[name](text, a, b, c)[: 4 * len(page)]
        elif name == "encode":
            codec = CODECS[c % len(CODECS)]
    data = text.encode(codec, "surrogatepass" if codec.startswith("utf") else "replace")
    for name, a, b, c in mutations:
        if name in BYTES:
            data = BYTES[name](data, a, b, c)
    return data
