"""Passages: short pages that we wrote, each with what it states, for the scorers to learn from.

``training/passages/LANG_*.toml`` hold them, ``[[case]]`` by ``[[case]]``: ``home``, ``title`` (of the page,
and its headline), ``body`` (HTML), ``pairs`` and ``mayors``. A pair is "[A +] B [; kind [; status]] = DATE":
without A the home is meant; a place is Name/COUNTRY; DATE is EDTF, "-" where the passage gives none, with "~"
behind it where it is derived. A mayor is "Name; town; current, former or deputy".
"""

from __future__ import annotations

import hashlib
import html
import tomllib
from pathlib import Path
from typing import Any

from pipeline.evaluate.gold import GoldMayor, GoldPage, GoldPair, GoldPlace
from pipeline.model import Kind, Page, Role, Status
from pipeline.read import read_bytes
from training.annotated import Annotated

FOLDER = Path(__file__).parent / "passages"


def passages(file: Path) -> list[Annotated]:
    """Return the passages of one file as annotated pages.

    Raises:
        ValueError: A case is not as described above.
    """
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    lang = file.name[:2]
    return [
        _annotated(case, f"{file.stem}-{number}.html", lang) for number, case in enumerate(data["case"], 1)
    ]


def _annotated(case: dict[str, Any], name: str, lang: str) -> Annotated:
    title = html.escape(case["title"])
    source = (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><main><h1>{title}</h1>\n{case['body']}\n</main></body></html>"
    ).encode()
    page = read_bytes(source, name)
    if not isinstance(page, Page):
        raise ValueError(f"{name} cannot be read")
    gold = GoldPage(
        page=name,
        lang=lang,
        partnerships=tuple(_pair(line, case["home"], name) for line in case["pairs"]),
        traps=(),
        mayors=tuple(_mayor(line) for line in case["mayors"]),
        themes=(),
        digest=hashlib.sha256(source).hexdigest(),
        home=_place(case["home"]),
    )
    return Annotated(page, gold, name.rpartition("-")[0])


def _place(text: str) -> GoldPlace:
    name, _, country = text.partition("/")
    return GoldPlace(name.strip(), country.strip())


def _pair(line: str, home: str, name: str) -> GoldPair:
    pair, equals, date = line.rpartition(" = ")
    if not equals:
        raise ValueError(f"{name}: no date, nor '-' for none: {line!r}")
    places, *rest = [part.strip() for part in pair.split(";")]
    first, plus, second = places.partition(" + ")
    kind, status = [*rest, *("twin", "active")[len(rest) :]]
    founded = date.strip().rstrip("~")
    return GoldPair(
        _place(first if plus else home),
        _place(second if plus else first),
        Kind(kind),
        Status(status),
        frozenset({founded} - {"-"}),
        "",
    )


def _mayor(line: str) -> GoldMayor:
    person, town, office = [part.strip() for part in line.split(";")]
    return GoldMayor(person, Role.DEPUTY_MAYOR if office == "deputy" else Role.MAYOR, _place(town), "")
