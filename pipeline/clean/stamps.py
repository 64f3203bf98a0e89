"""The page's own date, from its metadata or from a stamp that a reader sees."""

from __future__ import annotations

import calendar
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from bs4 import BeautifulSoup, Tag

from pipeline.clean.vocabulary import plain
from pipeline.lexicon import LANGUAGES, load

_FIRST_YEAR, _LAST_YEAR = 1990, 2099
_JSON_MAX = 200_000
_STAMP_MAX = 170
_BYLINE_MAX = 120
_PARTS = re.compile(r"\s?[|·•]\s?|\s[–—]\s")
# "Ahlen, 21. November 2024": a place before a date alone.
_PLACE = re.compile(r"\s*[A-ZÄÖÜ][\w.-]+(?: [A-ZÄÖÜ(][\w.)-]+)?,(?:\sden)?\s*")
_ISO = re.compile(r"\b(\d{4})-(\d{2})(?:-(\d{2}))?(?!\d)")
_NUMERIC = re.compile(r"(?<![\d.])(\d{1,2})([./])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?![\d.]\d)")
_META_PUBLISHED = (
    "article:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "date",
    "dc.date",
    "dcterms.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "og:published_time",
    "citation_publication_date",
    "created",
)
_META_MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dc.date.modified",
    "dcterms.modified",
    "last-modified",
    "lastmod",
    "modified",
    "revised",
)


# Ranks of stamps, best first: what a reader sees as the date of publication, what the metadata call so,
# a date alone near the headline, the last change, the date in the title or in metadata of changes, a date
# alone anywhere else.
SEEN, META, BARE, MODIFIED, TITLE, FAR = range(1, 7)
_NEAR = 4
_BARE_MOST = 3


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date found: its rank (lower is better), its distance from the headline, its value."""

    rank: int
    distance: int
    edtf: str


@cache
def _months() -> dict[str, int]:
    return {
        name: number
        for lang in LANGUAGES
        for number, names in enumerate(load(lang, "clean_stamps")["months"], start=1)
        for name in names
    }


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of "4. Juli 2020", "July 4, 2020" and of what may stand beside a bare date."""
    names = "|".join(sorted(_months(), key=lambda name: (-len(name), name)))
    days = "|".join(
        sorted(
            {day for lang in LANGUAGES for day in load(lang, "clean_stamps")["weekdays"]},
            key=lambda day: (-len(day), day),
        )
    )
    day_first = re.compile(
        rf"(?:\b(\d{{1,2}})(?:\.|st|nd|rd|th)?\s?(?:of\s)?)?\b({names})\.?,?\s(\d{{4}})\b", re.IGNORECASE
    )
    month_first = re.compile(rf"\b({names})\.?\s(\d{{1,2}})(?:st|nd|rd|th)?,?\s(\d{{4}})\b", re.IGNORECASE)
    beside = re.compile(
        rf"\b(?:{days})\b\.?,?|\b\d{{1,2}}[:.]\d{{2}}(?::\d{{2}})?(?!\d)|\b\d{{1,2}}(?=\s?(?:uhr|[ap]\.?m\b))|\b[ap]\.?m\b\.?|\buhr\b|\bo'clock\b|\bat\b|\bum\b|\bden\b|\bthe\b"
        r"|\b(?:ce?s?t|gmt|utc|m?ez|mesz)\b",
        re.IGNORECASE,
    )
    return day_first, month_first, beside


@cache
def _labels(kind: str) -> frozenset[str]:
    return frozenset(label for lang in LANGUAGES for label in load(lang, "clean_stamps")[kind])


def read_dates(text: str) -> list[tuple[int, int, str]]:
    """Return (start, end, EDTF) of the full dates and months with a year in a short text."""
    day_first, month_first, _ = _patterns()
    found: list[tuple[int, int, str]] = []
    for match in _ISO.finditer(text):
        _add(found, match, match[1], match[2], match[3])
    for match in _NUMERIC.finditer(text):
        day, month, year = match[1], match[3], match[4]
        if match[2] == "/" and int(month) > 12:
            day, month = month, day
        if len(year) == 2:
            year = f"20{year}" if int(year) < 70 else f"19{year}"
        _add(found, match, year, month, day)
    for match in month_first.finditer(text):
        _add(found, match, match[3], str(_months()[match[1].lower()]), match[2])
    for match in day_first.finditer(text):
        _add(found, match, match[3], str(_months()[match[2].lower()]), match[1])
    return sorted(found)


def _add(
    found: list[tuple[int, int, str]], match: re.Match[str], year: str, month: str, day: str | None
) -> None:
    if not (_FIRST_YEAR <= int(year) <= _LAST_YEAR and 1 <= int(month) <= 12):
        return
    if any(start < match.end() and match.start() < end for start, end, _ in found):
        return
    if day is None or not 1 <= int(day) <= calendar.monthrange(int(year), int(month))[1]:
        found.append((match.start(), match.end(), f"{int(year):04}-{int(month):02}"))
    else:
        found.append((match.start(), match.end(), f"{int(year):04}-{int(month):02}-{int(day):02}"))


def published(
    meta: Sequence[Stamp],
    title: str,
    headline: int,
    lines: Sequence[str],
    loose: Iterable[str] = (),
    bare_ok: Sequence[bool] = (),
) -> str | None:
    """Return the page's own date in EDTF.

    A stamp of publication goes before one of the last change, and of several the one nearest to the
    headline. A year after a copyright sign is none.

    Args:
        meta: What the metadata say.
        title: The page's title, which may carry the date of a meeting.
        headline: Number of the line that is the headline.
        lines: The lines of the content.
        loose: Lines from around the content, where only a labelled stamp counts.
        bare_ok: For each of ``lines``, whether a date alone may be a stamp there.
    """
    stamps = list(meta)
    bare: list[Stamp] = []
    for number, line in enumerate(lines):
        distance = abs(number - headline)
        stamp = _read_line(line, distance, False)
        if stamp is not None:
            stamps.append(stamp)
        elif (not bare_ok or bare_ok[number]) and (alone := _alone(line)):
            bare.append(Stamp(BARE, distance, alone))
    for line in loose:
        stamp = _read_line(line, 10_000, True)
        if stamp is not None:
            stamps.append(stamp)
    near = [stamp for stamp in bare if stamp.distance <= _NEAR]
    if near and len(bare) <= _BARE_MOST:
        stamps.append(near[0])
    elif len(bare) == 1:
        stamps.append(Stamp(FAR, bare[0].distance, bare[0].edtf))
    for _, _, edtf in read_dates(title)[-1:]:
        stamps.append(Stamp(TITLE, 0, edtf))
    if not stamps:
        return None
    best = min(stamps, key=lambda stamp: (stamp.rank, stamp.distance))
    if best.rank == META:
        # A page that came out years before its last change says what was true at the change.
        later = [stamp.edtf for stamp in stamps if stamp.rank == MODIFIED and stamp.edtf[:4] > best.edtf[:4]]
        return max(later, default=best.edtf)
    return best.edtf


def _read_line(line: str, distance: int, loose: bool) -> Stamp | None:
    """Read "Stand: 4. Juli 2020", "Von A. B. | 4.7.2020", "Published 4 July 2020, 6am"."""
    if len(line) > _STAMP_MAX or not any(c.isdigit() for c in line):
        return None
    for start, _, edtf in read_dates(line):
        before = _patterns()[2].sub(" ", line[:start].lower())
        label = plain(re.split(r"[|·•.;)]\s|\s[-–—]\s|,\s(?=\D*$)", before)[-1])
        words = label.split()
        if (
            any(label.startswith(f"{known} ") for known in _labels("modified") if " " in known)
            and len(words) <= 7
        ):
            return Stamp(MODIFIED, distance, edtf)
        for length in range(min(6, len(words)), 0, -1):
            tail = " ".join(words[-length:])
            # A label opens its line or its part of it: "aktualisiert am", never "… Vertrag vom".
            whole = length == len(words)
            if tail in _labels("published") and (whole or length >= 2):
                if loose and length == 1 and tail in ("vom", "date", "datum"):
                    continue
                return Stamp(MODIFIED if loose else SEEN, distance, edtf)
            if tail in _labels("modified") and (whole or length >= 2):
                return Stamp(MODIFIED, distance, edtf)
    return None


def _alone(line: str) -> str | None:
    """Return the date of a line, or of a part of a byline, that holds but a weekday and a time beside it."""
    if len(line) > _BYLINE_MAX:
        return None
    for part in _PARTS.split(line):
        dates = read_dates(part)
        if len(dates) == 1:
            start, end, edtf = dates[0]
            before = "" if _PLACE.fullmatch(part[:start]) else part[:start]
            rest = _patterns()[2].sub(" ", f"{before} {part[end:]}")
            if not re.search(r"[^\W_]", rest):
                return edtf
    return None


def from_soup(soup: BeautifulSoup) -> list[Stamp]:
    """Return the stamps of a page's metadata: meta elements, JSON-LD, microdata."""
    stamps: list[Stamp] = []

    def add(rank: int, value: object) -> None:
        if isinstance(value, str):
            for _, _, edtf in read_dates(value[:60])[:1]:
                stamps.append(Stamp(rank, 0, edtf))

    for tag in soup.find_all("meta"):
        if isinstance(tag, Tag):
            name = str(tag.get("property") or tag.get("name") or tag.get("itemprop") or "").lower()
            if name in _META_PUBLISHED:
                add(META, tag.get("content"))
            elif name in _META_MODIFIED:
                add(TITLE, tag.get("content"))
    for tag in soup.find_all("time"):  # the article's own, not those of teasers
        if isinstance(tag, Tag) and not tag.find_parent(["aside", "nav", "footer", "li", "td"]):
            add(META, tag.get("datetime"))
            break
    for item in json_items(soup):
        add(META, item.get("datePublished"))
        add(TITLE, item.get("dateModified"))
    return stamps


def from_fields(fields: Mapping[str, str]) -> list[Stamp]:
    """Return the stamps of the fields at the head of a Markdown page."""
    return [
        Stamp(rank, 0, edtf)
        for names, rank in ((_META_PUBLISHED, META), (_META_MODIFIED, TITLE))
        for name in names
        for _, _, edtf in read_dates(fields.get(name, "")[:60])[:1]
    ]


def json_items(soup: BeautifulSoup) -> list[dict[str, Any]]:
    """Return the objects of a page's JSON-LD, outermost first; broken JSON is passed over."""
    items: list[dict[str, Any]] = []
    for tag in soup.find_all("script", attrs={"type": "application/ld+json"}):
        raw = tag.string if isinstance(tag, Tag) else None
        if not raw or len(raw) > _JSON_MAX:
            continue
        try:
            stack: list[Any] = [json.loads(raw)]
        except (ValueError, RecursionError):
            continue
        while stack:
            value = stack.pop()
            if isinstance(value, list):
                stack.extend(reversed(value))
            elif isinstance(value, dict):
                items.append(value)
                stack.extend(
                    inner
                    for key, inner in reversed(value.items())
                    if key in ("@graph", "mainEntity", "publisher", "about", "author", "address")
                )
    return items
