"""Rolls of a town's mayors in tables: names in one cell of a row, years in another."""

from __future__ import annotations

from pipeline.clean import clean
from pipeline.extract import extract
from pipeline.model import Page
from pipeline.read import read_bytes
from pipeline.recognise import Recogniser

PAGE = """<html lang="de"><head><title>Stadt Ulm</title></head><body><main><h1>Ulm</h1>
<p>Ulm ist eine Stadt an der Donau. Die Stadt Ulm hat viele Freunde.</p><h2>Oberbürgermeister</h2>
<table><tr><th>{head}</th><th>Name</th></tr><tr><td>{one}</td><td>Hans Weber</td></tr>
<tr><td>{two}</td><td>Dr. Karl Seidel</td></tr><tr><td>{three}</td><td>Petra Lang</td></tr></table>
</main></body></html>"""


def _mayors(head: str, one: str, two: str, three: str) -> list[str]:
    source = PAGE.format(head=head, one=one, two=two, three=three).encode()
    page = read_bytes(source, "ulm.html")
    assert isinstance(page, Page)
    return [claim.person for claim in extract(Recogniser().recognise(clean(page))).mayors]


def test_years_beside_the_names_make_a_roll() -> None:
    found = _mayors("Amtszeit", "1946–1965", "1965–1985", "seit 1985")
    assert found == ["Hans Weber", "Karl Seidel", "Petra Lang"]


def test_telephones_beside_the_names_make_none() -> None:
    assert _mayors("Telefon", "161-4711", "161-4712", "161-4713") == []
