"""From the runs of one block to its lines: folding, bold openings, line breaks that mean something."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.clean.draft import Border, Draft, Drafts, bullet, fold
from pipeline.clean.vocabulary import plain, vocabulary
from pipeline.model import BlockKind

BREAK = "\n"
_HEADING_MAX = 110
_LINE_MAX = 120
_LINES_LEAST = 3
_LABEL = re.compile(r"[^\W\d_][^:.!?]{0,30}:\s")


@dataclass(slots=True)
class Run:
    """A piece of text of one look. ``ghost`` marks what only a screen reader says."""

    text: str
    bold: bool = False
    ghost: bool = False
    lang: str = ""


@dataclass(slots=True)
class Line:
    """A line of a block: its folded text and the length of its bold opening."""

    text: str
    lead: int
    lang: str

    @property
    def bold(self) -> bool:
        """Whether the whole line is bold."""
        return bool(self.text) and self.lead == len(self.text)


def split_lines(runs: list[Run]) -> list[Line]:
    """Return the lines between the line breaks; an empty one tells of two breaks in a row."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *others = run.text.split(BREAK)
        lines[-1].append(Run(first, run.bold, run.ghost, run.lang))
        lines.extend([Run(part, run.bold, run.ghost, run.lang)] for part in others)
    return [_line(line) for line in lines]


def _line(runs: list[Run]) -> Line:
    # A hidden hint may go at the ends; from the middle nothing may go, or the words around it
    # would stand side by side as they do nowhere on the page.
    while runs and (runs[0].ghost or not fold(runs[0].text)):
        runs = runs[1:]
    while runs and (runs[-1].ghost or not fold(runs[-1].text)):
        runs = runs[:-1]
    text = fold("".join(run.text for run in runs))
    langs: dict[str, int] = {}
    for run in runs:
        langs[run.lang] = langs.get(run.lang, 0) + len(run.text)
    most = max(langs, key=lambda key: (langs[key], key)) if langs else ""
    # A word of the other language does not turn a line.
    lang = most if langs and langs[most] >= 0.6 * sum(langs.values()) else ""
    return Line(text, _lead(runs, text), lang)


def _lead(runs: list[Run], text: str) -> int:
    """Return the length of the bold opening; a mark of a few characters may stand before it."""
    start = 0
    if runs and not runs[0].bold and len(fold(runs[0].text)) <= 4:
        start = 1
        while start < len(runs) and not fold(runs[start].text):
            start += 1
    end = start
    while end < len(runs) and (runs[end].bold or not fold(runs[end].text)):
        end += 1
    if not any(run.bold for run in runs[start:end]):
        return 0
    return min(len(fold("".join(run.text for run in runs[:end]))), len(text))


def put(
    drafts: Drafts, runs: list[Run], kind: BlockKind, level: int, group: int, split: bool = False
) -> None:
    """Make blocks of the runs of one element and add them to ``drafts``.

    Args:
        drafts: Where they go.
        runs: The pieces of text, with ``BREAK`` where the page breaks the line.
        kind: What the element is.
        level: Heading level or depth of a list item.
        group: Number of the list.
        split: Whether every line is a block of its own (an address).
    """
    lines = split_lines(runs)
    if not any(line.text for line in lines):
        return
    if kind is not BlockKind.PARAGRAPH:
        joined = [_join(lines)] if kind is BlockKind.HEADING else _paragraphs(lines)
        for line in joined:
            _add(drafts, line, kind, level, group)
        return
    lines = lines[next(number for number, line in enumerate(lines) if line.text) :]
    # An old page's heading: a bold line of its own above the text of the same paragraph.
    if len(lines) > 1 and _is_title(lines[0]) and any(line.text and not line.bold for line in lines[1:]):
        _add(drafts, lines[0], BlockKind.HEADING, -1, -1)
        put(drafts, _as_runs(lines[1:]), kind, level, group, split)
        return
    texts = [line for line in lines if line.text]
    if len(texts) == 1 and _is_title(texts[0]):
        _add(drafts, texts[0], BlockKind.HEADING, -1, -1)
        return
    bullets = [bullet(line.text) for line in texts]
    if len(texts) >= 2 and sum(1 for length in bullets if length) >= 0.6 * len(texts):
        number = drafts.new_group()
        for line, length in zip(texts, bullets, strict=True):
            rest = Line(line.text[length:], max(0, line.lead - length), line.lang)
            _add(
                drafts, rest, BlockKind.ITEM if length else kind, 1 if length else 0, number if length else -1
            )
        return
    short = all(len(line.text) <= _LINE_MAX for line in texts)
    labelled = sum(1 for line in texts if _LABEL.match(line.text)) >= 0.6 * len(texts)
    if split or (len(texts) >= _LINES_LEAST and (short or labelled)):
        for line in texts:
            _add(
                drafts,
                line,
                BlockKind.HEADING if not split and _is_title(line) else kind,
                -1 if not split and _is_title(line) else level,
                group,
            )
        return
    # "Prague. Since 1990<br>Perm. Since 2007" with bold names: an entry begins at each of them.
    if sum(1 for line in texts if line.lead) > 1:
        lines = [part for line in lines for part in ([Line("", 0, ""), line] if line.lead else [line])]
    for line in _paragraphs(lines):
        if _is_title(line) and len(texts) > 1:
            _add(drafts, line, BlockKind.HEADING, -1, -1)
        else:
            _add(drafts, line, kind, level, group)


def _as_runs(lines: list[Line]) -> list[Run]:
    runs: list[Run] = []
    for index, line in enumerate(lines):
        if index:
            runs.append(Run(BREAK))
        runs.append(Run(line.text[: line.lead], True, False, line.lang))
        runs.append(Run(line.text[line.lead :], False, False, line.lang))
    return runs


def _is_title(line: Line) -> bool:
    """Whether a line is set like a heading: bold, short, not a sentence."""
    if not line.bold or len(line.text) > _HEADING_MAX or not any(c.isalpha() for c in line.text):
        return False
    return not line.text.endswith((".", ",", ";", "“.", ".“", '."')) or line.text.endswith("...")


def _paragraphs(lines: list[Line]) -> list[Line]:
    """Join lines at single breaks; two breaks in a row part paragraphs, and so do captions."""
    groups: list[list[Line]] = [[]]
    for line in lines:
        if not line.text:
            groups.append([])
        elif vocabulary().caption.match(line.text) or (
            groups[-1] and vocabulary().caption.match(groups[-1][-1].text)
        ):
            groups.append([line])
        else:
            groups[-1].append(line)
    return [_join(group) for group in groups if group]


def _join(lines: list[Line]) -> Line:
    lines = [line for line in lines if line.text]
    text = " ".join(line.text for line in lines)
    lead = lines[0].lead
    if lines[0].bold:
        for line in lines[1:]:
            if not line.lead:
                break
            lead += 1 + line.lead
            if not line.bold:
                break
    return Line(text, lead, max(lines, key=lambda line: len(line.text)).lang)


def _credited(text: str) -> bool:
    """Whether a short paragraph ends with the name of a photographer."""
    found = vocabulary().caption.search(text, max(0, len(text) - 70))
    return found is not None and found.start() > 2 and text[found.start() - 2] in '.!?)“"”'


def _add(drafts: Drafts, line: Line, kind: BlockKind, level: int, group: int) -> None:
    text = line.text
    if not text:
        return
    if kind in (BlockKind.PARAGRAPH, BlockKind.ITEM):
        if len(text) < 60:
            bare = plain(text)
            parts = [plain(part) for part in text.split("|")]
            if bare in vocabulary().top or (parts[0] in vocabulary().top and len(parts) < 5):
                drafts.items.append(Border.TOP)
                return
            if bare in vocabulary().share or not any(c.isalnum() for c in text):
                return
        if (
            kind is BlockKind.PARAGRAPH
            and len(text) < 300
            and (vocabulary().caption.match(text) or _credited(text))
        ):
            kind, level, group = BlockKind.CAPTION, 0, -1
    lead = 0 if line.bold or kind is BlockKind.HEADING else line.lead
    drafts.items.append(Draft(kind, text, level, group, lead, line.lang))
