"""When a name in the tables is one that an annotator wrote, and when a quote stands on a page.

These are the rules of the shared ``score.py``, word for word, so that both give the same figures.
"""

from __future__ import annotations

import html
import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.evaluate.gold import GoldPlace

_ENOUGH = 2


@cache
def _vocabulary() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("names.toml").read_text(encoding="utf-8"))


@cache
def _titles() -> re.Pattern[str]:
    return re.compile(rf"\b({'|'.join(_vocabulary()['titles'])})\b\.?")


@cache
def fold(text: str) -> str:
    """Return a name without case, accents and punctuation."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
    for letter, plain in _vocabulary()["letters"].items():
        bare = bare.replace(letter, plain)
    bare = re.sub(r"\bst\b\.?", "saint", bare)
    return re.sub(r"[^a-z0-9]+", " ", bare).strip()


def folded(names: Iterable[str | None]) -> frozenset[str]:
    """Return names as they are compared; one of which nothing is left is no name."""
    return frozenset(fold(name or "") for name in names) - {""}


def names_of(gold: GoldPlace) -> frozenset[str]:
    """Return the names that an annotated place goes by, as they are compared."""
    return frozenset(map(fold, (gold.name, *gold.aliases)))


def same_place(gold: GoldPlace, names: frozenset[str], country: str | None) -> bool:
    """Whether a place of these (folded) names is the annotated one; an unknown country contradicts none."""
    if country and gold.country and country.upper() != gold.country.upper():
        return False
    return bool(names_of(gold) & names)


def same_person(gold: str, found: str) -> bool:
    """Whether two names, titles left out, end alike and one holds all words of the other."""
    one, other = _person(gold), _person(found)
    if not one or not other or one[-1] != other[-1]:
        return False
    return set(other) <= set(one) or set(one) <= set(other)


@cache
def _person(name: str) -> list[str]:
    return _titles().sub(" ", fold(name)).split()


def visible(source: str, markup: bool) -> str:
    """Return the text of a page's source, tags, scripts and styles left out.

    This knows nothing of how pages are cleaned, so that a quote is looked for by other means than ours.
    """
    if not markup:
        return source
    bare = re.sub(r"(?is)<(script|style)\b.*?</\1>", " ", source)
    return html.unescape(re.sub(r"(?s)<[^>]*>", " ", bare))


def squeeze(text: str) -> str:
    """Return the letters and figures of a text, for comparing quotes."""
    plain = unicodedata.normalize("NFKC", html.unescape(text)).replace("\u00ad", "")
    return re.sub(r"\W+", "", plain).casefold()


class Locator:
    """Finds where in a text words stand, whatever white space and marks stand between them."""

    def __init__(self, text: str) -> None:
        """Prepare for looking things up in ``text``."""
        squeezed = [(squeeze(char), at) for at, char in enumerate(text)]
        self._text = "".join(part for part, _ in squeezed)
        self._offsets = [at for part, at in squeezed for _ in part]

    def find(self, quote: str) -> tuple[int, int] | None:
        """Return the offsets of the first place where a quote stands, or None."""
        wanted = squeeze(quote)
        at = self._text.find(wanted) if len(wanted) >= _ENOUGH else -1
        return (self._offsets[at], self._offsets[at + len(wanted) - 1] + 1) if at >= 0 else None
