"""The word lists of the cleaner, read from ``lexicon/<lang>/clean_*.toml`` and joined over languages.

A page of one language often stands in a frame of the other, so the lists of chrome are not told apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.lexicon import LANGUAGES, load, one_of


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words that mark the parts of a page; all of them lower case."""

    strong: frozenset[str]
    teasers: frozenset[str]
    weak: frozenset[str]
    teaser_pairs: frozenset[tuple[str, str]]
    pairs: frozenset[tuple[str, str]]
    hidden: frozenset[str]
    hidden_pairs: frozenset[tuple[str, str]]
    scope: frozenset[str]
    accordion: frozenset[str]
    content: frozenset[str]
    image_caption: frozenset[str]
    title: frozenset[str]
    never: frozenset[str]
    headings: frozenset[str]
    heading_prefixes: tuple[str, ...]
    top: frozenset[str]
    breadcrumb: frozenset[str]
    share: frozenset[str]
    cookie: tuple[str, ...]
    caption: re.Pattern[str]
    publisher: re.Pattern[str]
    keep: re.Pattern[str]
    partners: re.Pattern[str]
    offices: re.Pattern[str]


@cache
def vocabulary() -> Vocabulary:
    """Return the joined word lists of all languages."""
    files = [load(lang, "clean_chrome") for lang in LANGUAGES]

    def words(section: str, key: str) -> list[str]:
        return [word for file in files for word in file[section][key]]

    def pairs(key: str) -> frozenset[tuple[str, str]]:
        split = [word.replace("-", " ").split() for word in words("classes", key)]
        return frozenset((pair[0], pair[1]) for pair in split if len(pair) == 2)

    return Vocabulary(
        strong=frozenset(words("classes", "strong")),
        teasers=frozenset(words("classes", "teasers")),
        weak=frozenset(words("classes", "weak")),
        teaser_pairs=pairs("teaser_pairs"),
        pairs=pairs("pairs"),
        hidden=frozenset(words("classes", "hidden")),
        hidden_pairs=pairs("hidden_pairs"),
        scope=frozenset(words("classes", "scope")),
        accordion=frozenset(words("classes", "accordion")),
        content=frozenset(words("classes", "content")),
        image_caption=frozenset(words("classes", "caption")),
        title=frozenset(words("classes", "title")),
        never=frozenset(words("classes", "never")),
        headings=frozenset(words("headings", "drop")),
        heading_prefixes=tuple(words("headings", "drop_prefixes")),
        top=frozenset(words("lines", "top")),
        breadcrumb=frozenset(words("lines", "breadcrumb")),
        share=frozenset(words("lines", "share")),
        cookie=tuple(words("lines", "cookie")),
        # "Bild: X", "Foto (Lizenz): X", "Picture (Licence/photographer): X"
        caption=re.compile(
            rf"(?:{one_of(words('lines', 'caption'))})s?\s?(?:\([^)\n]{{0,80}}\)\s?)?:", re.IGNORECASE
        ),
        publisher=re.compile(rf"(?:{one_of(words('lines', 'publisher'))})\b:?\s", re.IGNORECASE),
        keep=re.compile(rf"\b(?:{one_of(words('keep', 'stems'))})", re.IGNORECASE),
        # "Unsere Partnerstädte", "Twin towns of Elgin"
        partners=re.compile(
            rf"(?:(?:{one_of(words('menus', 'before'))}) ){{0,3}}(?:{one_of(words('menus', 'partners'))})"
            rf"(?: (?:{one_of(words('menus', 'joins'))}) .{{2,30}})?"
        ),
        # All capitals (OB) are told from a common word (ob) by their case.
        offices=re.compile(
            "|".join(
                rf"\b{re.escape(word)}" if word.strip().isupper() else rf"(?i:{re.escape(word)})"
                for word in sorted(set(words("beside", "offices")))
            )
        ),
    )


_ENDS = " \t:.!?…»›>→↑▲^|*-–—\xa0"


def plain(text: str) -> str:
    """Return a short text as the lists have it: lower case, one space, no marks at its ends."""
    return " ".join(text.lower().replace("\u00ad", "").split()).strip(_ENDS)


def is_drop_heading(text: str) -> bool:
    """Whether a heading opens a part about something else (teasers, comments, services)."""
    if len(text) > 80:
        return False
    words = vocabulary()
    bare = plain(text)
    # "17 Kommentare", "5 comments", "News Aktuelles" (a heading in two languages)
    uncounted = re.sub(r"^\d{1,5} ", "", bare)
    if bare in words.headings or uncounted in words.headings:
        return True
    if bare.startswith(words.heading_prefixes):
        return True
    parts = [part for part in re.split(r" ?[/|·] ?| ", bare) if part]
    return len(parts) == 2 and all(part in words.headings for part in parts)


def keeps(text: str) -> bool:
    """Whether a text speaks of town twinning."""
    return vocabulary().keep.search(text) is not None
