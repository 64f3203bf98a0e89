"""Ids of facts: short hashes of raw identifying values.

An id depends on nothing but the values given here, so it stays when other pages come or go. Each
begins with a letter, lest a spreadsheet take one like ``12e4567`` for a number.
"""

from __future__ import annotations

import hashlib
import unicodedata
from functools import lru_cache
from json.encoder import encode_basestring_ascii

from pipeline.model import Basis, Event, Role

_LENGTH = 16


def _short(letter: str, *values: str | int) -> str:
    # JSON keeps values apart whatever stands in them. Its encoder takes three times as long to get ready, and
    # an id is made for each passage of each page.
    parts = [f"{value:d}" if isinstance(value, int) else encode_basestring_ascii(value) for value in values]
    data = f"[{', '.join(parts)}]".encode("ascii")
    return f"{letter}-{hashlib.sha256(data).hexdigest()[:_LENGTH]}"


@lru_cache(1 << 16)
def fold(name: str) -> str:
    """Return a person's name without case, accents, hyphens and punctuation, for comparing.

    A name in which nothing would be left (one written in signs only) is returned as it is.
    """
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    words = "".join(c if c.isalnum() else " " for c in bare.casefold()).split()
    return " ".join(words) or name


@lru_cache(1 << 16)  # asked again for every date, theme and passage of a pair
def partnership_id(first: str, second: str) -> str:
    """Return the id of the pair of two place ids, in whichever order."""
    return _short("p", *sorted((first, second)))


@lru_cache(1 << 16)
def founding_id(partnership: str, edtf: str, event: Event, basis: Basis) -> str:
    """Return the id of a date of a partnership."""
    return _short("f", partnership, edtf, str(event), str(basis))


@lru_cache(1 << 16)
def mayor_id(person: str, place_id: str, role: Role) -> str:
    """Return the id of a person in an office; spellings that fold alike share it."""
    return _short("m", fold(person), place_id, str(role))


@lru_cache(1 << 16)
def theme_id(theme: str, scope: str) -> str:
    """Return the id of a theme of a partnership, of a place or, where a page has no home, of a document."""
    return _short("t", theme, scope)


def evidence_id(fact_id: str, doc_id: str, start: int, end: int, rule: str) -> str:
    """Return the id of a passage that a fact rests on."""
    return _short("e", fact_id, doc_id, start, end, rule)


def review_id(fact_type: str, fact_key: str, field: str, action: str, value: str) -> str:
    """Return the id of a correction; who made it, when and why is no part of it."""
    return _short("r", str(fact_type), fact_key, field, str(action), value)
