"""German or English, for a page and for each of its blocks, by counting function words."""

from __future__ import annotations

import re
from functools import cache

from pipeline.lexicon import LANGUAGES, load

_WORD = re.compile(r"[a-zäöüßA-ZÄÖÜ]{1,30}")
_LETTERS = re.compile(r"[äöüßÄÖÜ]")


@cache
def _stopwords() -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((lang, frozenset(load(lang, "clean_stopwords")["words"].split())) for lang in LANGUAGES)


def count(text: str, limit: int = 50_000) -> dict[str, int]:
    """Return the number of function words of each language in a text."""
    words = [word.lower() for word in _WORD.findall(text[:limit])]
    return {lang: sum(1 for word in words if word in known) for lang, known in _stopwords()}


def of_page(text: str, declared: str) -> str:
    """Return ``de`` or ``en`` for a whole page.

    Args:
        text: The page's content.
        declared: What the ``html`` element says, or empty. Templates often say the wrong thing.
    """
    found = count(text)
    if found["de"] + found["en"] >= 8 and max(found.values()) >= 1.5 * min(found.values()):
        return max(LANGUAGES, key=lambda lang: found[lang])
    short = declared.lower()[:2]
    if short in LANGUAGES:
        return short
    if found["de"] != found["en"]:
        return max(LANGUAGES, key=lambda lang: found[lang])
    return "de" if _LETTERS.search(text) else "en"


def of_block(text: str, declared: str, page: str) -> str:
    """Return ``de`` or ``en`` for a block.

    Args:
        text: The block's words.
        declared: What an element around it says, or empty.
        page: The language of the page, for blocks that do not tell.
    """
    found = count(text)
    home = declared if declared in LANGUAGES else page
    other = "en" if home == "de" else "de"
    # Two more words than the expected language has, and twice as many: names and quotes do not turn a block.
    return other if found[other] >= 2 + found[home] and found[other] >= 2 * found[home] else home
