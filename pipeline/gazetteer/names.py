"""Which names of a place the index keeps, and in which spellings (used by the builder only).

GeoNames' alternate names carry no language here: among them are airport codes, transliterations from
scripts nobody on our pages writes, and nicknames. We keep what a German or English page could print.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.gazetteer.fold import fold, spelled_out

MAX_WORDS = 6
_FOLDED = re.compile(r"[a-z][a-z ]{2,59}")
# GeoNames' transliterations start small; a few real names do too ('s-Hertogenbosch).
_REAL_START = re.compile(r"(?:['’]s[- ]|['’]t )?[^\W\d_]")
# "Municipality of ..." in Filipino, Malay and the like.
_FOREIGN_PREFIX = re.compile(
    r"(?:Lungsod|Siyudad|Ciudad ng|Dakbayan|Bandar Raya|Kota|Bandaraya|Ayuntamiento|Urbs)\b"
)
_BRACKET = re.compile(r"\s*\(([^()]{1,40})\)")
# What stands between a town and its river or land, with the abbreviations in use.
_LINKS = {
    "am": ("a",), "an der": ("a d", "a"), "im": ("i",), "in der": ("i d",), "in": ("i",), "bei": ("b",),
    "ob der": ("o d",), "vor der": ("v d",), "auf dem": (), "unter": (), "an": (),
}  # fmt: skip
_RIVER = re.compile(
    r"([^\W\d_][\w.\- ]{2,30}?)[ -](am|an der|im|in der|in|bei|ob der|vor der|auf dem|unter|an)"
    r" ([^\W\d_][\w\-]{1,20})"
)
_UPON = re.compile(r"([^\W\d_][\w.\- ]{2,30}?)[ -](?:upon|on|under)[ -]([^\W\d_][\w\-]{1,20})")
# Titles that some towns bear, and administrative words that GeoNames adds.
_TITLE = re.compile(r"(?:Universitäts- und Hansestadt|Hansestadt|Lutherstadt) (?=\w)")
_ASIAN_TAIL = re.compile(r"-(?:shi|si|gun|ku)$")
_GERMAN = frozenset({"DE", "AT", "CH", "LI", "LU", "IT"})


def usual_name(name: str, country: str) -> str:
    """Return the name that a place goes by: GeoNames' main name without a title or an administrative word."""
    if country == "DE":
        return _TITLE.sub("", name)
    return _ASIAN_TAIL.sub("", name) if country in {"JP", "KR"} else name


def full_spellings(name: str, country: str) -> Iterator[str]:
    """Yield the folded spellings of a main name with what ``usual_name`` cuts."""
    yield fold(name)
    if country == "DE" and (match := _TITLE.match(name)):
        # The last title alone is common too: Hansestadt Greifswald.
        yield fold(f"{match[0].split()[-1]} {name[match.end() :]}")


def main_spellings(name: str, country: str) -> Iterator[str]:
    """Yield the folded spellings under which a place's main name is looked up, the name itself first."""
    yield fold(name)
    yield fold(spelled_out(name))
    yield from _without_brackets(name)
    if "/" in name:
        # Two languages (Biel/Bienne); in Germany a town and its river (Nienburg/Saale).
        parts = name.split("/")
        yield from (fold(part) for part in (parts[:1] if country in {"DE", "AT"} else parts))
    if country in _GERMAN and (match := _RIVER.fullmatch(name)):
        town, link, river = match[1], match[2], match[3]
        yield fold(town)
        yield fold(spelled_out(town))
        for tail in (river, river[0]):
            for middle in (link, *_LINKS[link], ""):
                # "Frankfurt M" and "Frankfurt am M" are nobody's spelling; "Frankfurt a. M." is.
                if tail is river or middle in _LINKS[link]:
                    yield fold(f"{town} {middle} {tail}")
                    yield fold(spelled_out(f"{town} {middle} {tail}"))
    if country in {"GB", "IE"} and (match := _UPON.fullmatch(name)):
        yield fold(f"{match[1]} {match[2]}")


def alternate_spellings(name: str) -> Iterator[str]:
    """Yield the folded spellings of an alternate name; none if no page of ours would print it."""
    if not keep_alternate(name):
        return
    for spelling in (fold(name), fold(spelled_out(name))):
        if _FOLDED.fullmatch(spelling) and spelling.count(" ") < MAX_WORDS:
            yield spelling


def keep_alternate(name: str) -> bool:
    """Tell whether an alternate name is one that a page in Latin script could print."""
    if len(name) < 3 or name.isupper() or not _REAL_START.match(name) or any(char.isdigit() for char in name):
        return False
    start = name.lstrip("'’")
    if start is name and not name[0].isupper():
        return False
    return not _FOREIGN_PREFIX.match(name) and not any(char in name for char in "_.:@" if char != ".")


def lower_end(name: str) -> bool:
    """Tell whether the last of several words is written small (*Novo mesto*)."""
    words = name.split()
    return len(words) > 1 and words[-1].islower()


def _without_brackets(name: str) -> Iterator[str]:
    if match := _BRACKET.search(name):
        yield fold(_BRACKET.sub("", name))
        yield fold(_BRACKET.sub("", spelled_out(name)))
        yield fold(f"{name[: match.start()]} an der {match[1]}")
