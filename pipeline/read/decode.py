"""From bytes to text: the charset is decided here, never by a parser."""

from __future__ import annotations

import codecs
import re
import unicodedata

# Where a page may declare its charset; browsers look at the first 1024 bytes, real pages need more.
_HEAD = 4096
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([A-Za-z0-9_.:-]{1,40})"""
    rb"""|<meta[^>]{0,400}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9_.:-]{1,40})""",
    re.IGNORECASE,
)
# The labels that browsers read as windows-1252 whatever they say.
_WESTERN = frozenset(
    {
        *("ascii", "us-ascii", "latin1", "latin-1", "l1", "iso-8859-1", "iso8859-1", "iso_8859-1"),
        *("cp1252", "windows-1252", "x-cp1252", "cp819", "ibm819"),
    }
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What no writer downstream can carry: controls (a space stands in) and lone surrogates (U+FFFD).
_CONTROL = {c: " " for c in (*range(0x00, 0x20), *range(0x7F, 0xA0)) if c not in (0x09, 0x0A, 0x0D, 0x85)}
_CONTROL[0x85] = "\n"
_SURROGATE = re.compile("[\ud800-\udfff]")


# A damaged page is still UTF-8 with up to so many bad bytes to each good letter of several bytes: bytes
# of another charset hardly ever make such a letter by chance.
_LOST_TO_LETTER = 3


def declared_charset(data: bytes) -> str | None:
    """Return the charset label that a page's first bytes declare (lower case), or None."""
    found = _DECLARED.search(data[:_HEAD])
    if not found:
        return None
    return (found.group(1) or found.group(2)).decode("ascii").lower()


def decode(data: bytes) -> tuple[str, str, int]:
    """Decode a page.

    Tried in this order: a byte order mark, UTF-8, the declared charset, windows-1252.
    Valid UTF-8 that is not ASCII is hardly ever anything else, so it wins over a declaration; UTF-8
    in which bad bytes are few is UTF-8 with losses.

    Args:
        data: The bytes of the page.

    Returns:
        The text (NFC, no NUL or other control characters but tab and line ends, no lone
        surrogates), the name of the encoding, and the number of characters that could not be decoded.
    """
    text, encoding, lost = _decode(data)
    return tidy(text), encoding, lost


def tidy(text: str) -> str:
    """Return ``text`` in NFC, with control characters and lone surrogates replaced one for one."""
    text = _SURROGATE.sub("\ufffd", text.translate(_CONTROL))
    return unicodedata.normalize("NFC", text)


def _decode(data: bytes) -> tuple[str, str, int]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _count(data[len(bom) :], encoding)
    try:
        return data.decode("utf-8"), "utf-8", 0
    except UnicodeDecodeError:
        pass
    text, _, lost = _count(data, "utf-8")
    letters = sum(c > "\x7f" for c in text) - text.count("\ufffd")
    if letters > 1 and _LOST_TO_LETTER * letters >= lost:  # damaged, or cut off in a letter
        return text, "utf-8", lost
    label = declared_charset(data)
    if label and label not in _WESTERN:
        try:
            name = codecs.lookup(label).name
            # A page whose declaration we could read as ASCII is not UTF-16, whatever it says.
            if not name.startswith(("utf-8", "utf-16", "utf-32")):
                return data.decode(name), name, 0
        except (LookupError, UnicodeError, ValueError, AssertionError):
            pass
    return _count(data, "cp1252")


def _count(data: bytes, encoding: str) -> tuple[str, str, int]:
    """Decode with replacement, counting only the replacements that we made ourselves."""
    text = data.decode(encoding, errors="replace")
    if "\ufffd" not in text:
        return text, encoding, 0
    ours = text.count("\ufffd") - data.decode(encoding, errors="ignore").count("\ufffd")
    return text, encoding, ours
