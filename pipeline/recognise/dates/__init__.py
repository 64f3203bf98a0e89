"""Date expressions of a page, as EDTF.

Our own German and English grammar finds the spans and their precision; nothing in the result is more
precise than the words of its span. The order of the steps is the order of ``_mentions``: what can be
no date is blotted out first, then longer forms go before shorter ones.

A span holds the date itself with the words that qualify it ("Ende der 1980er Jahre", "Jahr 1964",
"seit 25 Jahren"), but neither article nor preposition ("am", "the", "seit" before a year).
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from pipeline.edtf import Precision, bounds, is_valid, precision
from pipeline.model import Basis, DateMention, Document
from pipeline.recognise.dates.absolute import absolute_dates
from pipeline.recognise.dates.jubilee import has_span, jubilees
from pipeline.recognise.dates.labels import counting_blocks, labelling, labels_of
from pipeline.recognise.dates.relative import relative_dates
from pipeline.recognise.dates.scanner import Scanner
from pipeline.recognise.dates.vocabulary import SHORT_YEAR, YEAR, vocabulary
from pipeline.recognise.dates.years import blot_never, decades, years

__all__ = ["dates_in", "find_dates"]

_DIGIT = re.compile("[0-9]")
_ROMAN = re.compile("M[MDCLXVI]{3}")
_WORD = re.compile(r"\w+")
_NEWS = timedelta(days=31)
_YEAR_LIKE = re.compile(rf"{YEAR}|{SHORT_YEAR}|[0-9][./] ?[0-9]{{2}}(?![0-9])")
_SLASHED = re.compile(r"(?<![\w/])([0-9]{1,2})/([0-9]{1,2})/(?:19|20)[0-9]{2}(?![\w/])")


def find_dates(document: Document) -> tuple[DateMention, ...]:
    """Return the date expressions of a page, in the order of the text; none crosses a block.

    8/10/1982 is read day first, but month first where the home town is in the United States, or, for
    a page without a home town, where its other dates of that form allow nothing else.
    """
    month_first = _month_first(document)
    labels, counting = labels_of(document), counting_blocks(document)
    found: list[DateMention] = []
    stated: dict[int, list[DateMention]] = {}  # of each block
    inner = {index for table in document.tables for row in table.grid for index in row[1:] if index != row[0]}
    reported: str | None = None
    for block in document.blocks:
        text = document.words(block)
        label, leads = None, True
        for index in labels.get(block.index, ()):
            if labelling(document, block, document.blocks[index], stated.get(index, [])):
                label = stated[index][-1].edtf
                leads = index not in inner
                break
        for mention in dates_in(
            text,
            block.lang,
            published=document.published,
            month_first=month_first,
            label=label,
            leads=leads,
            reported=reported,
        ):
            if block.index in counting and mention.start == 0 and text[: mention.end].isdigit():
                continue
            start, end = mention.start + block.start, mention.end + block.start
            placed = replace(mention, start=start, end=end, block=block.index)
            if mention.basis is Basis.STATED and mention.edtf:
                stated.setdefault(block.index, []).append(placed)
            if mention.years is None and _is_news(mention.edtf, document.published):
                reported = mention.edtf
            found.append(placed)
    return tuple(sorted(found, key=lambda mention: (mention.start, mention.end)))


def dates_in(
    text: str,
    lang: str,
    *,
    published: str | None = None,
    month_first: bool = False,
    label: str | None = None,
    leads: bool = True,
    reported: str | None = None,
) -> list[DateMention]:
    """Return the date expressions of one text, in order, none overlapping another.

    Args:
        text: A paragraph, heading or cell.
        lang: ``de`` or ``en``.
        published: The page's own date in EDTF, from which "this year" and jubilees count. One that
            spans several years, or that is no EDTF, is as good as None.
        month_first: Read 8/10/1982 as the tenth of August.
        label: The date, in EDTF, of the row, term or heading that the text stands under: "im selben Jahr"
            and a feast without a year of its own are told from it.
        leads: The label opens its row or section, so that "am 3. Mai" and "im Mai" are of its time.
        reported: The day that the page has last told of, in EDTF, for "tags darauf" at the head of a text.

    Returns:
        Mentions with offsets into ``text`` and block 0.
    """
    words = vocabulary(lang)
    kinds = words.kinds.keys() & _WORD.findall(text)
    digits, spans = _DIGIT.search(text), has_span(text, lang)
    # Most texts have nothing of the kind, and of the others most have no year: they are spared the patterns.
    if not (digits or kinds or spans or ("M" in text and _ROMAN.search(text))):
        return []
    usable = published is not None and is_valid(published) and precision(published) >= Precision.YEAR
    held = frozenset(words.kinds[word] for word in kinds)
    scanner = Scanner(text, published if usable else None, label, leads, reported, held)
    if digits and _YEAR_LIKE.search(text):
        blot_never(scanner, lang)
        absolute_dates(scanner, lang, month_first=month_first)
    decades(scanner, lang)
    if digits:
        years(scanner, lang)
    if kinds:
        relative_dates(scanner, lang)
    if spans:
        jubilees(scanner, lang)
    return sorted(scanner.found, key=lambda mention: (mention.start, mention.end))


def _is_news(edtf: str | None, published: str | None) -> bool:
    """Return whether a day lies so near to the page's own date that the page reports on it."""
    if edtf is None or published is None or not is_valid(published):
        return False
    if precision(edtf) is not Precision.DAY or precision(published) is not Precision.DAY:
        return False
    return abs(bounds(edtf)[0] - bounds(published)[0]) <= _NEWS


def _month_first(document: Document) -> bool:
    if document.home is not None:
        return document.home.place.country == "US"
    pairs = [(int(m[1]), int(m[2])) for m in _SLASHED.finditer(document.text)]
    return any(second > 12 for _, second in pairs) and not any(first > 12 for first, _ in pairs)
