"""What the bytes and the text of an input are, judged by their content before their name."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from pipeline.model import MediaType

HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
MARKDOWN_SUFFIXES = frozenset({".md", ".markdown"})
TEXT_SUFFIXES = frozenset({".txt", ".text"})
PAGE_SUFFIXES = HTML_SUFFIXES | MARKDOWN_SUFFIXES | TEXT_SUFFIXES

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"\x1f\x8b", "gzip-compressed"),
    (b"BZh", "bzip2-compressed"),
    (b"\xfd7zXZ\x00", "xz-compressed"),
    (b"(\xb5/\xfd", "zstandard-compressed"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
    (b"RIFF", "an image, sound or film"),
    (b"ID3", "a sound file"),
    (b"\x00\x00\x00\x18ftyp", "a film"),
    (b"\x00\x00\x00\x20ftyp", "a film"),
)
# A few NULs are a writer's accident, more are a file that is no text.
_NUL_SHARE = 0.01
_CONTROL_SHARE = 0.10
_CONTROLS = bytes(c for c in range(32) if c not in (9, 10, 12, 13, 27))
_SAMPLE = 65536
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")

_DOCTYPE = re.compile(
    r"\s{0,2000}(?:<\?xml[^>]{0,300}>\s{0,200})?<(?:!doctype\s{1,20}html|html[\s>])", re.IGNORECASE
)
_TAG = re.compile(
    r"</?(?:html|head|body|div|p|br|h[1-6]|table|t[rdh]|ul|ol|li|a|span|main|article|section|b|strong|em|i|font"
    r"|title|meta|img|dl|dt|dd|details|summary|script|style)(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"</[a-z][a-z0-9]{0,12}\s{0,9}>", re.IGNORECASE)
_MARKDOWN = (
    re.compile(r"^#{1,6} \S", re.MULTILINE),
    re.compile(r"\*\*[^\s*][^*\n]{0,200}\*\*"),
    re.compile(r"\[[^\]\n]{1,200}\]\((?:https?:|mailto:|/|#|\.)[^)\s]{0,500}\)"),
)


def binary_kind(data: bytes) -> str | None:
    """Return in words what the bytes are if they are no text, or None."""
    for magic, what in _MAGIC:
        if data.startswith(magic):
            return what
    if data.startswith(_UTF16_BOMS):
        return None
    sample = data[:_SAMPLE]
    if not sample:
        return None
    if sample.count(0) / len(sample) > _NUL_SHARE:
        return "full of NUL bytes"
    if len(sample) - len(sample.translate(None, _CONTROLS)) > _CONTROL_SHARE * len(sample):
        return "full of control characters"
    return None


def media_type(text: str, source: str) -> MediaType:
    """Return what the text is written in.

    The content decides where it is clear: a ``.txt`` that holds HTML is HTML, a ``.html`` without
    any tag is text. The suffix of ``source`` decides the rest.
    """
    suffix = PurePosixPath(source).suffix.lower()
    if _DOCTYPE.match(text):
        return MediaType.HTML
    tags = _TAG.findall(text[:200_000])
    if suffix in HTML_SUFFIXES:
        if tags or "<" in text:
            return MediaType.HTML
    elif suffix in MARKDOWN_SUFFIXES:
        # Markdown may hold HTML; only a page that is nothing else is called so.
        return MediaType.HTML if text.lstrip().startswith("<") and len(tags) > 5 else MediaType.MARKDOWN
    elif len(tags) >= 3 and _CLOSING.search(text):
        return MediaType.HTML
    return MediaType.MARKDOWN if _is_markdown(text) else MediaType.TEXT


def _is_markdown(text: str) -> bool:
    """Whether two sorts of marks stand in the text, or one of them often."""
    counts = [len(pattern.findall(text)) for pattern in _MARKDOWN]
    return sum(1 for count in counts if count) >= 2 or max(counts) >= 3
