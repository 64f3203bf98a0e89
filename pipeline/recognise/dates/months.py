"""Which month a spelling names: dateparser knows, for each language and abbreviation.

Only the exact words are handed over, never running text: its own search takes German weekday
abbreviations (Die, mit, So) for dates. One call costs about a millisecond, so an answer is kept.
"""

from __future__ import annotations

import warnings
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from pipeline.lexicon import load

if TYPE_CHECKING:
    from dateparser.date import DateDataParser


@cache
def month_number(word: str, lang: str) -> int | None:
    """Return 1 to 12 for a month's name or abbreviation, or None.

    Args:
        word: The month as it is spelt, with or without the dot of an abbreviation.
        lang: ``de`` or ``en``.
    """
    bare = word.rstrip(".").capitalize()
    own: dict[str, int] = load(lang, "dates")["month_numbers"]
    return own[bare] if bare in own else parsed_month(bare, lang)


def parsed_month(word: str, lang: str) -> int | None:
    """Return what dateparser alone makes of a month's name; None if it knows no such month."""
    if not word.isalpha():
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        data = _parser(lang).get_date_data(f"15 {word} 1950")
    found = data.date_obj
    if found is None or data.period != "day" or (found.day, found.year) != (15, 1950):
        return None
    return int(found.month)


@cache
def _parser(lang: str) -> DateDataParser:
    # Imported here: it takes 0.4 s, which a page without a written-out month need not pay.
    from dateparser.date import DateDataParser

    # Every part is in the text, and the base is fixed: nothing is filled in from the day of the run.
    settings = {
        "RELATIVE_BASE": datetime(2000, 1, 1),
        "PARSERS": ["absolute-time"],
        "REQUIRE_PARTS": ["day", "month", "year"],
        "DATE_ORDER": "DMY",
    }
    return DateDataParser(languages=[lang], settings=settings)
