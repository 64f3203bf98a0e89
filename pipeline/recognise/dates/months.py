"""Which month a spelling names: dateparser knows, for each language and abbreviation.

It is asked for its words alone. Its search takes German weekday abbreviations (Die, mit, So) for dates in
running text, and its parser needs most of a second to get ready for time zones, which no month has.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pipeline.lexicon import load

_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


def month_number(word: str, lang: str) -> int | None:
    """Return 1 to 12 for a month's name or abbreviation, or None.

    Args:
        word: The month as it is spelt, with or without the dot of an abbreviation.
        lang: ``de`` or ``en``.
    """
    bare = word.rstrip(".").capitalize()
    own: dict[str, int] = load(lang, "dates")["month_numbers"]
    return own.get(bare) or known_months(lang).get(bare.lower())


@cache
def known_months(lang: str) -> Mapping[str, int]:
    """Return the numbers of the months that dateparser knows in a language, by spelling in lower case."""
    # Imported here: a page without a written-out month need not pay for it.
    from dateparser.languages.loader import LocaleDataLoader

    info = LocaleDataLoader().get_locale(lang).info
    return {word.lower(): number for number, name in enumerate(_NAMES, 1) for word in info[name]}
