"""Drafts of blocks from plain text and from Markdown, read line by line.

Text that was copied from a page has one line a block; the lines of its menus, captions and teasers
stand in it like any others and are told by their shape.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.clean.draft import Border, Draft, Drafts, bullet, fold
from pipeline.clean.lines import put
from pipeline.clean.plain_lines import ATX, Group, groups_of, without_head, without_tail
from pipeline.clean.plain_table import put_table, runs_of
from pipeline.clean.stamp_dates import read_dates
from pipeline.clean.vocabulary import keeps, plain, vocabulary
from pipeline.model import BlockKind

_UNDERLINE = re.compile(r"(?:={3,}|-{3,})$")
_RULE = re.compile(r"(?:[-*_=~]\s?){3,}$")
_CONTACT = re.compile(
    r"\b(?:tel|telefon|telephone|phone|fax|e-?mail)\b|@|^\+?[\d\s()/.-]{6,}$|\bhttps?://|www\.", re.IGNORECASE
)
_TITLE_MAX = 100


@dataclass(slots=True)
class _Lists:
    """The lists that are open, by depth; empty lines between its items do not end a list."""

    numbers: dict[int, tuple[int, bool]] = field(default_factory=dict)

    def number(self, drafts: Drafts, depth: int, ordered: bool) -> int:
        """Return the number of the list that an item belongs to."""
        previous = drafts.items[-1] if drafts.items else None
        if not (isinstance(previous, Draft) and previous.kind is BlockKind.ITEM):
            self.numbers.clear()
        for deeper in [known for known in self.numbers if known > depth]:
            del self.numbers[deeper]
        if depth not in self.numbers or self.numbers[depth][1] != ordered:
            self.numbers[depth] = (drafts.new_group(), ordered)
        return self.numbers[depth][0]


def write(text: str, markdown: bool) -> tuple[Drafts, list[tuple[str, str]]]:
    """Make drafts of a plain text or a Markdown page.

    Args:
        text: The page.
        markdown: Whether its marks mean something.

    Returns:
        The drafts, and (rule, text) of what was dropped.
    """
    groups = groups_of(text)
    drafts = Drafts()
    gone: list[tuple[str, str]] = []
    groups = without_head(groups, gone, markdown)
    beside: list[str] = []
    groups = without_tail(groups, gone, beside)
    lists = _Lists()
    titles = _titles(groups, markdown)
    for number, group in enumerate(groups):
        _write_group(group, titles.get(number, 0), drafts, lists, markdown)
    drafts.add_beside(beside)
    return drafts, gone


def _titles(groups: list[Group], markdown: bool) -> dict[int, int]:
    """Return the groups that are headings, with their level.

    The headings before the first sentence are the page's title and what stands around it: the first
    of them that speaks of twinning is the title, else the first of several words.
    """
    if markdown and any(ATX.match(line) for group in groups for line in group.lines):
        return {}
    found = [number for number in range(len(groups)) if _looks_like_title(groups, number)]
    first_prose = next(
        (n for n, group in enumerate(groups) if any(len(line) > 120 for line in group.lines)), len(groups)
    )
    opening = [number for number in found if number < first_prose]
    title = next((number for number in opening if keeps(groups[number].lines[0])), None)
    if title is None:
        # It may stand above other lines in one breath.
        tops = [
            n
            for n in range(first_prose)
            if len(groups[n].lines) > 1 and _is_title(groups[n].lines[0].strip())
        ]
        title = next((number for number in tops if keeps(groups[number].lines[0])), None)
    if title is None and not opening:
        return dict.fromkeys(found, 2)
    words = [(number, fold(groups[number].lines[0])) for number in opening]
    if title is None:
        title = next(
            (
                number
                for number, line in words
                if " " in line and not line.lower().startswith(("logo", "bild"))
            ),
            opening[0],
        )
    return {title: 1} | {number: 2 for number in found if number > title}


def _looks_like_title(groups: list[Group], number: int) -> bool:
    """Whether a group is one short line without a full stop, and text follows."""
    group = groups[number]
    if len(group.lines) != 1 or number + 1 >= len(groups):
        return False
    return _is_title(group.lines[0].strip())


def _is_title(line: str) -> bool:
    """Whether a line has the shape of a heading."""
    if (
        not 2 <= len(line) <= _TITLE_MAX + 20
        or len(line.split()) > 16
        or line[-1] in '.,;:"”“'
        or bullet(line)
    ):
        return False
    if line[-1] == "!" and ("," in line or len(line) > 60):
        return False
    if (
        "\t" in line
        or "|" in line
        or vocabulary().caption.match(line)
        or _CONTACT.search(line)
        or plain(line) in vocabulary().top
    ):
        return False
    if not any(c.isalpha() for c in line) or (line[0].islower() and not line[0].isdigit()):
        return False
    dates = read_dates(line)
    if dates and len(line) - sum(end - start for start, end, _ in dates) < 22:
        return False
    return line[0] not in '"„“»(' or len(line) < 80


def _write_group(group: Group, level: int, drafts: Drafts, lists: _Lists, markdown: bool) -> None:
    lines = group.lines
    if level:
        _heading(drafts, lines[0], level, markdown)
        lines = lines[1:]
    if put_table(lines, drafts, markdown):
        return
    # The lines above "Bild: X" in one breath are the words of the picture.
    last_caption = max(
        (n for n, line in enumerate(lines) if vocabulary().caption.match(line.strip()) and len(line) < 300),
        default=-1,
    )
    for place, raw in enumerate(lines):
        line = raw.strip()
        atx = ATX.match(line) if markdown else None
        if atx:
            _heading(drafts, atx[2], len(atx[1]), markdown)
            continue
        if _RULE.match(line):
            previous = drafts.items[-1] if drafts.items else None
            if (
                place
                and _UNDERLINE.match(line)
                and isinstance(previous, Draft)
                and previous.kind is BlockKind.PARAGRAPH
            ):
                previous.kind, previous.level = BlockKind.HEADING, 1 if line[0] == "=" else 2
            else:
                drafts.items.append(Border.RULE)
            continue
        if markdown and line.startswith(">"):
            line = line.lstrip("> ")
        mark = bullet(line)
        if mark and (len(lines) > 1 or line[0] in "-*•·▪‣◦"):
            indent = len(raw.expandtabs(4)) - len(raw.expandtabs(4).lstrip())
            depth = min(6, 1 + indent // 2)
            number = lists.number(drafts, depth, line[0].isdigit())
            put(drafts, runs_of(line[mark:], markdown), BlockKind.ITEM, depth, number)
            continue
        if place < last_caption and _is_picture_line(line):
            put(drafts, runs_of(line, markdown), BlockKind.CAPTION, 0, -1)
            continue
        put(drafts, runs_of(line, markdown), BlockKind.PARAGRAPH, 0, -1)


def _is_picture_line(line: str) -> bool:
    return len(line) < 200


def _heading(drafts: Drafts, line: str, level: int, markdown: bool) -> None:
    put(drafts, runs_of(line.strip(), markdown), BlockKind.HEADING, level, -1)
