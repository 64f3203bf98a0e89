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

from pipeline.edtf import Precision, is_valid, precision
from pipeline.model import Basis, DateMention, Document
from pipeline.recognise.dates.absolute import absolute_dates
from pipeline.recognise.dates.jubilee import jubilees
from pipeline.recognise.dates.labels import counting_blocks, labels_of
from pipeline.recognise.dates.relative import relative_dates
from pipeline.recognise.dates.scanner import Scanner
from pipeline.recognise.dates.vocabulary import SHORT_YEAR, YEAR
from pipeline.recognise.dates.years import blot_never, decades, years

__all__ = ["dates_in", "find_dates"]

# Most texts have neither a digit nor one of these.
_DIGIT = re.compile("[0-9]")
_HINT = re.compile(
    r"(?i:j[aä]hr|jubi|geburtstag|hochzeit|wedding|ig(?:er|sten?)\b|heuer|year|annivers|centur|decade|ties\b)|[MDCLXVI]{4}"
)
_DAY = re.compile("[Tt]ag|[Dd]ay")
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
    last: dict[int, str] = {}  # the last stated date of each block
    for block in document.blocks:
        text = document.words(block)
        label = next((last[index] for index in labels.get(block.index, ()) if index in last), None)
        for mention in dates_in(
            text, block.lang, published=document.published, month_first=month_first, label=label
        ):
            if block.index in counting and mention.start == 0 and text[: mention.end].isdigit():
                continue
            if mention.basis is Basis.STATED and mention.edtf:
                last[block.index] = mention.edtf
            start, end = mention.start + block.start, mention.end + block.start
            found.append(replace(mention, start=start, end=end, block=block.index))
    return tuple(sorted(found, key=lambda mention: (mention.start, mention.end)))


def dates_in(
    text: str,
    lang: str,
    *,
    published: str | None = None,
    month_first: bool = False,
    label: str | None = None,
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

    Returns:
        Mentions with offsets into ``text`` and block 0.
    """
    if not (_DIGIT.search(text) or _HINT.search(text) or (label and _DAY.search(text))):
        return []
    usable = published is not None and is_valid(published) and precision(published) >= Precision.YEAR
    scanner = Scanner(text, published if usable else None, label)
    # Most texts have no year, and are spared most of the patterns.
    if _YEAR_LIKE.search(text):
        blot_never(scanner, lang)
        absolute_dates(scanner, lang, month_first=month_first)
    decades(scanner, lang)
    years(scanner, lang)
    relative_dates(scanner, lang)
    jubilees(scanner, lang)
    return sorted(scanner.found, key=lambda mention: (mention.start, mention.end))


def _month_first(document: Document) -> bool:
    if document.home is not None:
        return document.home.place.country == "US"
    pairs = [(int(m[1]), int(m[2])) for m in _SLASHED.finditer(document.text)]
    return any(second > 12 for _, second in pairs) and not any(first > 12 for first, _ in pairs)
