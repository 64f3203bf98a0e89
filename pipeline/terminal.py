"""Text on its way to a terminal. Page text is hostile there: it may hold escape sequences."""

from __future__ import annotations

import logging
import sys
import unicodedata


def printable(text: str) -> str:
    r"""Replace everything that a terminal might obey instead of show.

    Control and format characters (escape sequences, line feeds, bidirectional marks), lone surrogates
    and unassigned code points become ``\xNN``, ``\uNNNN`` or ``\UNNNNNNNN``; spaces of any width stay.
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or unicodedata.category(c) == "Zs" else _escaped(c) for c in text)


def log_to_stderr(verbose: bool) -> None:
    """Send this process's log to standard error, with tracebacks if ``verbose``."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Formatter("%(message)s"))
    logger = logging.getLogger("pipeline")
    logger.handlers = [handler]
    logger.setLevel(logging.DEBUG if verbose else logging.WARNING)


class _Formatter(logging.Formatter):
    """Escapes each line: the message of an exception may quote a page."""

    def format(self, record: logging.LogRecord) -> str:
        return "\n".join(map(printable, super().format(record).split("\n")))


def _escaped(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
