"""One spelling for all the spellings of a name: the form under which names are looked up.

Case, accents, hyphens, dots and apostrophes go; ``Saint``, ``Sankt`` and ``St.`` become one word, as do
``and``, ``und`` and ``&`` (Brighton & Hove). An umlaut loses its dots here; that ``ue`` may stand for it
too is the index's knowledge (it holds both spellings), for in a query the ``ue`` of *Sueca* is no umlaut.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# A word as the gazetteer counts them: letters and digits, with hyphens, apostrophes and inner dots
# inside ("Ho-Chi-Minh-Stadt", "L'Aquila", "St."); an abbreviation keeps its dot out.
WORD = re.compile(r"['’ʼ‘]?[^\W_]+(?:['’ʼ‘\-‐‑–][^\W_]+){0,8}")

# Letters that Unicode does not take apart, and apostrophes of all kinds (they vanish).
_LETTERS = str.maketrans(
    {
        "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ə": "e",
        "ŋ": "n", "ħ": "h", "ŧ": "t", "'": None, "’": None, "‘": None, "ʼ": None, "ʻ": None, "`": None,
        "´": None, "ʹ": None, "ʿ": None, "ʾ": None, "\u00ad": None, "&": " and ",
    }
)  # fmt: skip
_ASCII_LETTERS = str.maketrans({"'": None, "`": None, "&": " and "})
_NOT_WORD = re.compile(r"[\W_]+")
_SAME_WORD = {"saint": "st", "sankt": "st", "sainte": "ste", "mt": "mount", "ft": "fort", "und": "and"}
_DIGRAPHS = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ø": "oe",
        "å": "aa",
        "Ä": "Ae",
        "Ö": "Oe",
        "Ü": "Ue",
        "Ø": "Oe",
        "Å": "Aa",
    }
)
# Longer texts are folded, but not remembered.
_REMEMBERED = 100


def fold(name: str) -> str:
    """Return the form of a name under which it is looked up.

    It is made of lower-case words with one space between them, and empty for a text without a letter
    or digit. Folding a folded name changes nothing, and folding the words of a name one by one gives
    the words of the folded name.
    """
    return _remembered(name) if len(name) <= _REMEMBERED else _fold(name)


def _fold(name: str) -> str:
    if name.isascii():
        text = name.lower().translate(_ASCII_LETTERS)
    else:
        text = unicodedata.normalize("NFKD", name.casefold()).casefold().translate(_LETTERS)
        text = "".join(char for char in text if not unicodedata.combining(char))
    words = _NOT_WORD.sub(" ", text).split()
    return " ".join([_SAME_WORD.get(word, word) for word in words])


_remembered = lru_cache(maxsize=1 << 15)(_fold)


def spelled_out(name: str) -> str:
    """Return a name with its umlauts as two letters (``Düsseldorf`` -> ``Duesseldorf``)."""
    return unicodedata.normalize("NFC", name).translate(_DIGRAPHS)


def slug(name: str) -> str:
    """Return the last part of an unlinked place's id: the folded name with hyphens, 80 characters at most."""
    return fold(name).replace(" ", "-")[:80].strip("-") or "unnamed"
