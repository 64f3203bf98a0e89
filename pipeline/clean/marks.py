"""Markdown's marks inside a line: bold, emphasis, links, code."""

from __future__ import annotations

import re

from pipeline.clean.lines import Run

_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,800}\)")
_LINK = re.compile(r"\[([^\]\n]{1,300})\]\(\s?<?([^)\s>]{0,800})>?(?:\s+[\"'][^\"'\n]{0,200}[\"'])?\s?\)")
_BARE = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,500})>")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.{1,400}?\S|\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])([^*_\n]{1,600}?)(?<=\S)\1(?![\w*])")
_CODE = re.compile(r"`([^`\n]{1,300})`")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|>-])")


def runs(line: str) -> list[Run]:
    """Return a line of Markdown as pieces of text without marks.

    The target of a link stays behind its text in round brackets, as on the page: a quote may run
    over it. At the end of the line it goes.
    """
    line = _IMAGE.sub(" ", line)
    line = _BARE.sub(r"\1", line)

    def link(match: re.Match[str]) -> str:
        rest = _LINK.sub("", line[match.end() :])
        return match[1] if not re.search(r"\w", rest) else f"{match[1]} ({match[2]})"

    line = _LINK.sub(link, line)
    parts: list[Run] = []
    end = 0
    for match in _BOLD.finditer(line):
        parts.append(Run(_soft(line[end : match.start()])))
        parts.append(Run(_soft(match[2]), bold=True))
        end = match.end()
    parts.append(Run(_soft(line[end:])))
    return [part for part in parts if part.text]


def _soft(text: str) -> str:
    """Take out emphasis, code marks and backslashes."""
    return _ESCAPE.sub(r"\1", _CODE.sub(r"\1", _EMPHASIS.sub(r"\2", text)))
