"""Partnerships on small German pages: what each must yield, as tables of cases.

``partnerships_de.toml`` holds the cases that must pass. ``partnerships_de_open.toml`` holds those that do not
yet; their number may only fall. How a case is written stands at the head of the first file.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipeline.clean import clean
from pipeline.extract import extract
from pipeline.gazetteer import fold, load
from pipeline.model import Claims, DateClaim, Page, PartnershipClaim, Place
from pipeline.read import read_bytes
from pipeline.recognise import Recogniser

_HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = tomllib.loads((_HERE / "partnerships_de.toml").read_text(encoding="utf-8"))[
    "case"
]
OPEN: dict[str, Any] = tomllib.loads((_HERE / "partnerships_de_open.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def recogniser() -> Recogniser:
    """One recogniser for all cases."""
    return Recogniser()


@dataclass(frozen=True)
class Expected:
    """One pair that a case must yield; ``dates`` is None where the case does not say."""

    a: str
    b: str
    kind: str
    status: str
    dates: tuple[str, ...] | None


def parse(line: str, home: str) -> Expected:
    """Read a line of a case: ``[A +] B [; kind [; status]] [= dates]``."""
    pair, _, dates = line.partition(" = ")
    names, *rest = [part.strip() for part in pair.split(";")]
    first, plus, second = names.partition(" + ")
    a, b = (first, second) if plus else (home, first)
    kind, status = [*rest, *("twin", "active")[len(rest) :]]
    wanted = None if not dates else tuple(d.strip() for d in dates.split(",") if d.strip() != "-")
    return Expected(a, b, kind, status, wanted)


def is_named(place: Place, name: str) -> bool:
    """Whether a place is the one meant by ``Name`` or ``Name/CC``."""
    plain, _, country = name.partition("/")
    if country and place.country != country:
        return False
    return fold(place.name) == fold(plain) or any(
        c.place.place_id == place.place_id for c in load().candidates(plain)
    )


def _is_pair(claim: PartnershipClaim | DateClaim, expected: Expected) -> bool:
    return (is_named(claim.a, expected.a) and is_named(claim.b, expected.b)) or (
        is_named(claim.a, expected.b) and is_named(claim.b, expected.a)
    )


def claims_of(case: dict[str, Any], recogniser: Recogniser) -> Claims:
    """Run the mini page of a case through the stages up to its claims."""
    title = case.get("title", f"Stadt {case['home']} – {case.get('topic', 'Partnerstädte')}")
    html = (
        f'<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><main><h1>{title}</h1>\n{case['body']}\n</main></body></html>"
    )
    page = read_bytes(html.encode(), "page.html")
    assert isinstance(page, Page)
    return extract(recogniser.recognise(clean(page)))


def complaints(case: dict[str, Any], recogniser: Recogniser) -> list[str]:
    """Return what is wrong with the claims of a case, one sentence each."""
    claims = claims_of(case, recogniser)
    wrong: list[str] = []
    left = list(claims.partnerships)
    for line in case["pairs"]:
        expected = parse(line, case["home"])
        claim = next((c for c in left if _is_pair(c, expected)), None)
        if claim is None:
            wrong.append(f"missing: {line}")
            continue
        left.remove(claim)
        if (claim.kind.value, claim.status.value) != (expected.kind, expected.status):
            wrong.append(f"{line}: found {claim.kind.value}, {claim.status.value}")
        if expected.dates is not None:
            found = {(d.edtf, d.event.value) for d in claims.dates if _is_pair(d, expected)}
            bare = {edtf for edtf, _ in found}
            wrong += [
                f"{line}: no {date}, found {sorted(found)}"
                for date in expected.dates
                if (date not in bare if ":" not in date else tuple(date.split(":")) not in found)
            ]
            wanted = {date.split(":")[0] for date in expected.dates}
            extra = {edtf for edtf in bare if not any(date.startswith(edtf) for date in wanted)}
            wrong += [f"{line}: too many dates, {sorted(extra)}"] * bool(extra)
    wrong += [
        f"too many: {c.a.name} + {c.b.name}/{c.b.country} ({c.kind.value}, {c.status.value}; "
        f"{c.evidence[0].rule})"
        for c in left
    ]
    return wrong


@pytest.mark.parametrize("case", CASES, ids=lambda case: re.sub(r"\W+", "-", case["name"]))
def test_case(case: dict[str, Any], recogniser: Recogniser) -> None:
    """A page yields its pairs, no others, and the dates that the case names."""
    assert complaints(case, recogniser) == []


def test_open_cases_do_not_grow(recogniser: Recogniser) -> None:
    """No more open cases fail than the file allows; a solved one moves to the other file."""
    failing = [case["name"] for case in OPEN["case"] if complaints(case, recogniser)]
    assert len(failing) <= OPEN["allowed"], failing


def test_names_are_unique() -> None:
    """Each case has a name of its own."""
    names = [case["name"] for case in [*CASES, *OPEN["case"]]]
    assert len(set(names)) == len(names)
