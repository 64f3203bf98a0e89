"""Reports as one HTML page each: no script, nothing loaded, everything that pages say escaped."""

from __future__ import annotations

import html
from collections.abc import Iterable

from pipeline.terminal import printable

_CSP = "default-src 'none'; style-src 'unsafe-inline'"


def page(title: str, style: str, body: Iterable[str]) -> str:
    """Return a page; ``title``, ``style`` (CSS) and the lines of ``body`` (HTML) are ours, or ``shown``."""
    parts = [
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_CSP}">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>{title}</title>\n<style>\n{style}</style>\n</head>\n<body>",
        *body,
        "</body>\n</html>\n",
    ]
    return "\n".join(parts)


def shown(text: str) -> str:
    """Return a page's words as HTML that shows them, on one line."""
    # They may hold marks that turn the direction of all that follows.
    return html.escape(printable(" ".join(text.split())))
