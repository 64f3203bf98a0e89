"""Small pages made from marked lines, and what a page says, put so that it can be compared.

A line opens with a mark: ``# `` is a heading (one more ``#`` a level, from h2 on), ``- `` an item
(``-- `` one of an inner list), ``1 `` an item of a numbered list, ``| a | b`` a row of a table (one cell:
it spans the row), ``|! a | b`` a row of headers, ``! `` a caption of a picture, ``; `` a term and ``: `` its
definition, ``< `` raw HTML; anything else is a paragraph, in which
``**words**`` are bold.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from pipeline.gazetteer import fold
from pipeline.model import Claims, Place

_PAIR = re.compile(r"(?:(?P<a>.+?) (?P<ca>[A-Z]{2}|--) \+ )?(?P<b>.+?) (?P<cb>[A-Z]{2}|--)(?: (?P<rest>.*))?")
_KINDS = ("twin", "friendship", "cooperation", "sponsorship")
_LISTED = {"-": "ul", "--": "ul", "1": "ol", "|": "table", "|!": "table", ";": "dl", ":": "dl"}


def _words(text: str) -> str:
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", html.escape(text, quote=False))


def _row(mark: str, text: str, width: int) -> str:
    tag = "th" if mark == "|!" else "td"
    cells = [_words(cell.strip()) for cell in text.split("|")]
    span = f' colspan="{width}"' if len(cells) == 1 and width > 1 else ""
    return "<tr>" + "".join(f"<{tag}{span}>{cell}</{tag}>" for cell in cells) + "</tr>"


def _element(mark: str, text: str, width: int) -> str:
    if mark in ("|", "|!"):
        return _row(mark, text, width)
    if mark.strip("#") == "" and mark:
        return f"<h{len(mark) + 1}>{_words(text)}</h{len(mark) + 1}>"
    tags = {"-": "li", "1": "li", ";": "dt", ":": "dd"}
    if mark in tags:
        return f"<{tags[mark]}>{_words(text)}</{tags[mark]}>"
    if mark == "--":
        return f"<li><ul><li>{_words(text)}</li></ul></li>"
    if mark == "!":
        return f"<figure><img src='p.jpg' alt=''><figcaption>{_words(text)}</figcaption></figure>"
    return text if mark == "<" else f"<p>{_words(text)}</p>"


def body_of(lines: Iterable[str]) -> str:
    """Return the HTML of marked lines."""
    marked = []
    for line in lines:
        mark, _, rest = line.partition(" ")
        known = mark in _LISTED or mark in ("!", "<") or (mark != "" and mark.strip("#") == "")
        marked.append((mark, rest) if known else ("", line))
    parts = []
    for element, group in groupby(marked, key=lambda m: _LISTED.get(m[0], "")):
        rows = list(group)
        width = max(text.count("|") for _, text in rows) + 1
        inner = "\n".join(_element(mark, text, width) for mark, text in rows)
        parts.append(f"<{element}>\n{inner}\n</{element}>" if element else inner)
    return "\n".join(parts)


class Stated(NamedTuple):
    """A pair that a case expects, with its dates as (EDTF, event or empty) where it names some."""

    names: tuple[tuple[str, str], tuple[str, str]]
    kind: str
    status: str
    dates: tuple[tuple[str, str], ...]
    line: str


def stated(line: str, home: str) -> Stated:
    """Read "Kleve DE friendship ended @1962,1963-05:signed"; "A CC + B CC" is a pair without the home."""
    match = _PAIR.fullmatch(line)
    assert match is not None, line
    own = tuple(home.rsplit(" ", 1))
    a = (match["a"], match["ca"]) if match["a"] else (own[0], own[1])
    rest = (match["rest"] or "").split()
    dates = [
        date.partition(":")[::2] for word in rest if word[0] == "@" for date in word[1:].split(",") if date
    ]
    kind = next((w for w in rest if w in _KINDS), "twin")
    status = next((w for w in rest if w[0] != "@" and w not in _KINDS), "active")
    return Stated((a, (match["b"], match["cb"])), kind, status, tuple((d, e) for d, e in dates), line)


def _is(place: Place, name: str, country: str, claims: Claims) -> bool:
    forms = {fold(place.name), *(fold(f) for f in claims.surface_forms.get(place.place_id, ()))}
    return fold(name) in forms and (country == "--" or place.country == country)


def differences(claims: Claims, expected: Sequence[Stated]) -> list[str]:
    """Return what a page lacks, says too much or says otherwise, one line each."""
    found = list(claims.partnerships)
    wrong = []
    for want in expected:
        (a, ca), (b, cb) = want.names
        claim = next(
            (
                c
                for c in found
                if (_is(c.a, a, ca, claims) and _is(c.b, b, cb, claims))
                or (_is(c.b, a, ca, claims) and _is(c.a, b, cb, claims))
            ),
            None,
        )
        if claim is None:
            wrong.append(f"missing: {want.line}")
            continue
        found.remove(claim)
        if (claim.kind.value, claim.status.value) != (want.kind, want.status):
            wrong.append(f"otherwise: {want.line}: {claim.kind.value} {claim.status.value}")
        key = {claim.a.place_id, claim.b.place_id}
        dates = {(d.edtf, d.event.value) for d in claims.dates if {d.a.place_id, d.b.place_id} == key}
        if "@" in want.line:
            plain = {(d, "") for d, _ in dates}
            if {(d, "") for d, _ in want.dates} != plain or not {d for d in want.dates if d[1]} <= dates:
                wrong.append(f"dates: {want.line}: {sorted(dates)}")
    wrong += [
        f"too much: {c.a.name} {c.a.country} + {c.b.name} {c.b.country} {c.kind.value} {c.status.value}"
        f" [{c.evidence[0].rule}]"
        for c in found
    ]
    return wrong
