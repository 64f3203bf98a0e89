"""Lines of a plain text in groups, without the menus at its head and the teasers at its tail."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field

from pipeline.clean.draft import bullet, fold
from pipeline.clean.marks import runs
from pipeline.clean.stamp_dates import read_dates
from pipeline.clean.vocabulary import is_drop_heading, keeps, plain, vocabulary

ATX = re.compile(r"(#{1,6})\s+(.{1,300}?)\s*#*$")
"""A heading of Markdown: its marks and its words."""

_LINK = re.compile(r"\[([^\]\n]{1,200})\]\([^)\n]{0,500}\)")
_SENTENCE = re.compile(r"[.!?…][\"“”'’)»]?$")
_FRONT = re.compile(r"\s{0,9}---[ \t]*\n((?:[^\n]{0,400}\n){1,40}?)(?:---|\.\.\.)[ \t]*(?:\n|$)")
_TITLE_MAX = 100
_MENU_LEAST = 4
_MENU_MOST = 60
_HEAD_MAX = 40
_WRAP = (50, 100)


@dataclass(slots=True)
class Group:
    """Lines between two empty lines."""

    lines: list[str] = field(default_factory=list)


def groups_of(text: str) -> list[Group]:
    """Split a text at its empty lines, and unwrap lines that an editor broke."""
    groups: list[Group] = [Group()]
    for raw in text.replace("\f", "\n\n").splitlines():
        line = raw.rstrip()
        if not fold(line):
            if groups[-1].lines:
                groups.append(Group())
        else:
            groups[-1].lines.append(line)
    groups = [group for group in groups if group.lines]
    lengths = [len(line) for group in groups for line in group.lines]
    inner = [len(line) for group in groups for line in group.lines[:-1]]
    low, high = _WRAP
    if (
        len(inner) >= 3
        and max(lengths) <= high + 20
        and sum(1 for n in inner if low <= n) >= 0.6 * len(inner)
    ):
        for group in groups:
            group.lines = _unwrap(group.lines)
    return groups


def _unwrap(lines: list[str]) -> list[str]:
    joined = lines[:1]
    for before, line in itertools.pairwise(lines):
        stripped = line.strip()
        if (
            len(before.strip()) < 40
            or bullet(stripped)
            or "|" in line
            or "\t" in line
            or vocabulary().caption.match(stripped)
            or stripped.startswith(("#", ">"))
        ):
            joined.append(line)
        elif (
            before.endswith("-")
            and stripped[:1].islower()
            and not re.match(r"(?:und|oder|and|or|bzw)\b", stripped)
        ):
            joined[-1] = joined[-1][:-1] + stripped
        else:
            joined[-1] = f"{joined[-1]} {stripped}"
    return joined


def _is_short(line: str) -> bool:
    return len(line) <= _TITLE_MAX and not _SENTENCE.search(line)


def without_head(groups: list[Group], gone: list[tuple[str, str]], markdown: bool) -> list[Group]:
    """Drop menu lines, cookie notes and the like before the first heading or sentence."""
    head: list[tuple[int, int, str]] = []
    for number, group in enumerate(groups[:_HEAD_MAX]):
        if markdown and any(ATX.match(line) for line in group.lines):
            break
        if (
            len(group.lines) == 1
            and number + 1 < len(groups)
            and not all(_is_short(line.strip()) for line in groups[number + 1].lines)
        ):
            break
        if any(not _is_short(line.strip()) and not _is_cookie(line) for line in group.lines):
            break
        head.extend((number, place, line) for place, line in enumerate(group.lines))
    lowered = {(number, place): line.strip() for number, place, line in head}
    runs = [
        number
        for number, group in enumerate(groups)
        if len(group.lines) >= _MENU_LEAST
        and all((number, place) in lowered for place in range(len(group.lines)))
    ]
    for number in runs:
        lines = groups[number].lines
        if len(lines) > _MENU_MOST:
            continue  # a list of its own
        if (
            not any(keeps(line) or read_dates(line) for line in lines)
            and sum(len(line) for line in lines) / len(lines) < 45
        ):
            gone.append(("menu-lines", " / ".join(fold(line) for line in lines)))
            groups[number].lines = []
    for group in groups[:_HEAD_MAX]:
        for line in list(group.lines):
            if _is_chrome(line):
                gone.append(("chrome-line", fold(line)))
                group.lines.remove(line)
    return [group for group in groups if group.lines]


def _is_chrome(line: str) -> bool:
    """Whether a line is a breadcrumb, a menu in one line, a button or a note on cookies."""
    words = vocabulary()
    said = _LINK.sub(r"\1", line)
    if plain(said) in words.share or _is_cookie(line):
        return True
    steps = [plain(step) for step in re.split(r"\s[>›»/|]\s", said)]
    if len(steps) > 1 and (steps[0] in words.breadcrumb or any(step in words.share for step in steps)):
        return all(len(step) <= 70 for step in steps)
    return len(said) < 60 and all(plain(word) in words.share for word in said.split())


def _is_cookie(line: str) -> bool:
    low = line.lower()
    return len(line) < 400 and "cookie" in low and not keeps(line)


def without_tail(groups: list[Group], gone: list[tuple[str, str]], beside: list[str]) -> list[Group]:
    """Drop the teasers at the end: a heading that announces them, then dated or short lines only."""
    for number, group in enumerate(groups):
        if number == 0 or not is_drop_heading(group.lines[0].strip().lstrip("#* ").rstrip("* ")):
            continue
        tail = [line.strip() for later in groups[number:] for line in later.lines][1:]
        if not tail:
            return groups[:number]
        dated = sum(1 for line in tail if len(line) < 60 and read_dates(line))
        prose = sum(1 for line in tail if len(line) > 200 or (len(line) > 110 and _SENTENCE.search(line)))
        if (
            prose <= 0.12 * len(tail)
            and (dated >= 2 or all(len(line) < 140 for line in tail))
            and not any(keeps(line) and len(line) > 110 for line in tail)
        ):
            gone.append(("teaser-tail", " / ".join(fold(line) for line in [group.lines[0], *tail])))
            beside.extend(fold("".join(run.text for run in runs(line.lstrip("*-# ")))) for line in tail)
            return groups[:number]
    return groups


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """Split off the fields that Markdown writers put between two rules at the head of a page.

    Returns:
        The fields that are one line each (keys in lower case), and the rest of the text.
    """
    found = _FRONT.match(text)
    if not found:
        return {}, text
    fields: dict[str, str] = {}
    for line in found[1].splitlines():
        key, colon, value = line.partition(":")
        if colon and key.strip() and not key.startswith((" ", "-")):
            fields[key.strip().lower()] = value.strip().strip("\"'")
    return fields, text[found.end() :]
