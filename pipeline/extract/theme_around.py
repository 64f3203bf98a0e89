"""What stands around a theme's word: what partners do, an article, a list; and what it denotes."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pipeline.lexicon import load

_TOKEN = re.compile(r"[^\W_]+")
_LETTERS = r"[^\W_]{0,24}"
# An article stands so many letters before its noun at most: "a very small school".
_BEFORE = 40
_BEHIND = 16


@cache
def _any_word(lang: str, key: str) -> str:
    """Return a group for any of the words of a list of ``theme_signs.toml``."""
    words = load(lang, "theme_signs")[key]
    return "(?:" + "|".join(re.escape(word).replace(r"\*", _LETTERS) for word in words) + ")"


@cache
def _exact(lang: str, key: str) -> re.Pattern[str]:
    return re.compile(_any_word(lang, key))


@lru_cache(maxsize=20_000)
def _is_doing(token: str, lang: str) -> bool:
    return _exact(lang, "doing").fullmatch(token) is not None


@cache
def _one(lang: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){_any_word(lang, 'one')}\s(?:[\w'’-]{{1,30}}\s){{0,2}}$", re.IGNORECASE)


@cache
def _listing(lang: str) -> re.Pattern[str]:
    return re.compile(rf"[\w-]{{0,12}}(?:\s?,|\s{_any_word(lang, 'listing')}(?![^\W_])|\s&)")


def tells_doing(text: str, lang: str) -> bool:
    """Whether a sentence tells what partners do: they exchange, visit, help, work together."""
    return any(_is_doing(token, lang) for token in _TOKEN.findall(text.lower()))


@lru_cache(maxsize=10_000)
def kind_of(form: str, lang: str) -> str:
    """Return what a word in small letters denotes: ``actors``, ``buildings`` or neither (empty)."""
    return next((key for key in ("actors", "buildings") if _exact(lang, key).fullmatch(form)), "")


def is_one_of_many(text: str, low: int, at: int, lang: str) -> bool:
    """Whether the word at an offset is one of many: "a school"; ``low`` is where its sentence begins."""
    return _one(lang).search(text, max(low, at - _BEFORE), at) is not None


def is_listed(text: str, end: int, lang: str) -> bool:
    """Whether a list goes on behind the word that ends at an offset."""
    return _listing(lang).match(text, end, end + _BEHIND) is not None
