"""The page's own date, from its metadata or from a stamp that a reader sees."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from bs4 import BeautifulSoup, Tag

from pipeline.clean.stamp_dates import is_open, read_dates, without_time, writes_month_first
from pipeline.clean.stamp_labels import APPEARED, TOUCHED, follows, is_session, labelled, signed
from pipeline.clean.vocabulary import plain
from pipeline.lexicon import LANGUAGES, load

_JSON_MAX = 200_000
_STAMP_MAX = 240
_BYLINE_MAX = 120
# What a label may stand behind; what else parts one of another: "Stand / Last change: …".
_SENTENCE_ENDS = re.compile(r"[|·•.;)]\s|\s[-–—/]\s")
_LABEL_ENDS = (
    re.compile(r"[|·•.;)]\s|\s[-–—]\s|,\s(?=\D*$)"),
    re.compile(r"[|·•.;)]\s|\s[-–—/]\s|,\s(?=\D*$)"),
)
_PARTS = re.compile(r"\s?[|·•]\s?|\s[–—]\s")
# "Ahlen, 21. November 2024": a place before a date alone.
_PLACE = re.compile(r"\s*[A-ZÄÖÜ][\w.-]+(?: [A-ZÄÖÜ(][\w.)-]+)?,(?:\s(?:den|am))?\s*")
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
def _labels(kind: str) -> frozenset[str]:
    return frozenset(label for lang in LANGUAGES for label in load(lang, "clean_stamps")[kind])


def published(
    meta: Sequence[Stamp],
    title: str,
    headline: int,
    lines: Sequence[str],
    loose: Sequence[str] = (),
    bare_ok: Sequence[bool] = (),
    captions: Container[str] = (),
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
        captions: Those of ``lines`` that head a table: what they date is the table.
    """
    stamps = list(meta)
    bare: list[Stamp] = []
    everything = [*lines, *loose]
    american = any(map(is_open, everything)) and writes_month_first(everything)
    for number, line in enumerate(lines):
        distance = abs(number - headline)
        if read := _read_line(line, american, False):
            # What heads a table was done to the table.
            stamps.append(Stamp(FAR if line in captions else read[0], distance, read[1]))
        elif (not bare_ok or bare_ok[number]) and (alone := _alone(line, american)):
            bare.append(Stamp(BARE, distance, alone))
        elif distance <= _NEAR and (headed := _head_of_meeting(line, american)):
            stamps.append(Stamp(TITLE, distance, headed))
    for line in loose:
        # The list holds the lines of the content, too: what was a caption there is none here.
        if line not in captions and (read := _read_line(line, american, True)):
            stamps.append(Stamp(read[0], 10_000, read[1]))
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


def _read_line(line: str, american: bool, loose: bool) -> tuple[int, str] | None:
    """Read rank and date of "Stand: 4. Juli 2020", "Von A. B. | 4.7.2020", "Published 4 July 2020, 6am"."""
    if len(line) > _STAMP_MAX or not any(c.isdigit() for c in line):
        return None
    found: list[tuple[int, str]] = []
    for start, end, edtf in read_dates(line, american):
        before = without_time(line[:start].lower()).rstrip(" ,:–—-")
        if not before and not loose and follows(line[end:]):
            return SEEN, edtf
        # "Letzte Änderung / Last change": two labels, or a label behind other words.
        labels = [plain(ends.split(before)[-1]) for ends in _LABEL_ENDS]
        opens = plain(_SENTENCE_ENDS.split(before)[-1]) == labels[-1]
        kind = next((k for label in labels if (k := _kind(label, loose) or labelled(label, opens))), "")
        if kind:
            found.append((SEEN if kind == APPEARED and not loose else MODIFIED, edtf))
    if loose:
        return max(found, default=None)
    return min(found, key=lambda stamp: stamp[0], default=None)


def _kind(label: str, loose: bool) -> str:
    """Return what a label says was done to the page, published or modified, or nothing."""
    words = label.split()
    if len(words) <= 7 and any(label.startswith(f"{k} ") for k in _labels(TOUCHED) if " " in k):
        return TOUCHED
    for length in range(min(6, len(words)), 0, -1):
        tail = " ".join(words[-length:])
        # A label opens its line or its part of it: "aktualisiert am", never "… Vertrag vom".
        if length == 1 and len(words) > 1:
            break
        if tail in _labels(APPEARED) and not (loose and tail in ("vom", "date", "datum")):
            return APPEARED
        if tail in _labels(TOUCHED):
            return TOUCHED
    return ""


def _head_of_meeting(line: str, american: bool) -> str | None:
    """Return the only date of a short line that heads the paper of a meeting."""
    dates = read_dates(line, american) if len(line) <= _BYLINE_MAX else []
    return dates[0][2] if len(dates) == 1 and is_session(line[: dates[0][0]], line[dates[0][1] :]) else None


def _alone(line: str, american: bool) -> str | None:
    """Return the date of a line, or of a part of a byline, that holds but a weekday and a time beside it."""
    if len(line) > _BYLINE_MAX:
        return None
    for part in _PARTS.split(line):
        dates = read_dates(part, american)
        if len(dates) == 1:
            start, end, edtf = dates[0]
            before = "" if _PLACE.fullmatch(part[:start]) else part[:start]
            rest = without_time(f"{before} {part[end:]}")
            if not re.search(r"[^\W_]", rest) or signed(without_time(part[:start]), part[end:]):
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
