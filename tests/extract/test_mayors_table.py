"""Families of phrasings that name a mayor, and tempting ones that name nobody."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.clean import clean
from pipeline.extract.mayors import extract_mayors
from pipeline.model import MediaType, Page
from pipeline.recognise import Recogniser
from tests.extract.test_mayors import ADORF, SALEM, told

FAMILIES = tomllib.loads(Path(__file__).with_name("mayors.toml").read_text(encoding="utf-8"))["family"]
CASES = [case for family in FAMILIES for case in family["cases"]]
NOBODY = [case for family in FAMILIES for case in family["nobody"]]


def _told(case: dict[str, Any]) -> list[str]:
    lang = case.get("lang", "de")
    found = told(case["text"], lang=lang, home=SALEM if lang == "en" else ADORF)
    return [f"{person}, {town}" for person, _, town in found]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_who_is_mayor_of_what(case: dict[str, Any]) -> None:
    assert _told(case) == case["mayors"]


@pytest.mark.parametrize("case", NOBODY, ids=lambda case: case["text"][:60])
def test_nobody_is_mayor(case: dict[str, Any]) -> None:
    assert _told(case) == []


def _read(html: str) -> list[tuple[str, str]]:
    doc = clean(Page("a.html", html, MediaType.HTML, "0" * 64, "utf-8"))
    return [(c.person, c.place.name) for c in extract_mayors(Recogniser().recognise(doc))]


SIGNED = (
    "<title>Kendal Town Council</title><h1>Twin towns of Kendal</h1><p>Kendal has three twins.</p><table>"
    "<tr><th>Twin town</th><th>Country</th><th>Date</th>{head}</tr>"
    "<tr><td>Rinteln</td><td>Germany</td><td>1992</td>{one}</tr>"
    "<tr><td>Amiens</td><td>France</td><td>1993</td>{two}</tr>"
    "<tr><td>Bergamo</td><td>Italy</td><td>2004</td>{three}</tr></table>"
)


def _signed(head: str, one: str, two: str, three: str) -> list[tuple[str, str]]:
    return _read(SIGNED.format(head=head, one=one, two=two, three=three))


def test_a_column_of_those_who_signed_for_the_home() -> None:
    cells = ["<td>Mayor George Whitfield</td>", "<td>Mayor Susan Harper</td>", "<td>Mayor Peter Holroyd</td>"]
    found = _signed("<th>Mayor who signed</th>", *cells)
    assert [town for _, town in found] == ["Kendal", "Kendal", "Kendal"]


def test_a_column_of_those_who_signed_for_the_partners() -> None:
    cells = [
        "<td>Mayor Jürgen Schäfer</td>",
        "<td>Mayor Jean-Pierre Lefèvre</td>",
        "<td>Mayor Giuseppe Rossi</td>",
    ]
    found = _signed("<th>Mayor who signed</th>", *cells)
    assert [town for _, town in found] == ["Rinteln", "Amiens", "Bergamo"]


def test_columns_of_ours_and_theirs() -> None:
    heads = "<th>Mayor at the signing (ours)</th><th>Mayor at the signing (theirs)</th>"
    found = _signed(
        heads,
        "<td>Jane Holroyd</td><td>Klaus Weber</td>",
        "<td>Tom Airey</td><td>Luc Martin</td>",
        "<td>Ruth Dent</td><td>Paolo Conti</td>",
    )
    assert found == [
        ("Jane Holroyd", "Kendal"),
        ("Klaus Weber", "Rinteln"),
        ("Tom Airey", "Kendal"),
        ("Luc Martin", "Amiens"),
        ("Ruth Dent", "Kendal"),
        ("Paolo Conti", "Bergamo"),
    ]


def test_a_page_that_goes_round_the_towns_of_a_region() -> None:
    html = (
        '<html lang="de"><title>Uelzen und seine Partner</title><h1>Uelzen und seine Partner</h1>'
        "<p>Uelzen ist mit Tikaré befreundet. Bürgermeister Jan Kern war zweimal dort.</p>"
        "<p>In Lüchow pflegt man seit 1976 die Partnerschaft mit Céret. „Das läuft“, sagt Bürgermeister Karl "
        "Voss.</p>"
        "<p>In Lüneburg gibt es sechs. Bürgermeisterin Ida Weber zählt sie an den Fingern ab.</p>"
        "<p>Aus Soltau heißt es, man sei zufrieden. Bürgermeister Olaf Klang will aber keine neue.</p></html>"
    )
    found = _read(html)
    assert ("Jan Kern", "Uelzen") in found
    assert {name for name, town in found if town == "Uelzen"} == {"Jan Kern"}


def test_a_line_that_opens_a_list_names_the_town_of_those_in_it() -> None:
    html = (
        "<title>Kendal Town Council</title><h1>Kendal: who came</h1><p>Delegation from Kendal:</p>"
        "<ul><li>Mayor Ann Dent</li><li>Councillor Tom Airey</li></ul><p>Delegation from Rinteln:</p>"
        "<ul><li>Mayor Thomas Weber</li><li>Councillor Ida Kern</li></ul>"
    )
    assert _read(html) == [("Ann Dent", "Kendal"), ("Thomas Weber", "Rinteln")]


def test_a_card_of_facts_on_the_home() -> None:
    html = (
        "<title>Kendal</title><h1>Kendal</h1><table><caption>Kendal</caption><tr><th>County</th><td>Cumbria</td></tr>"
        "<tr><th>Mayor</th><td>Jules Whitfield (from 2022)</td></tr><tr><th>Area</th><td>24 km²</td></tr>"
        "<tr><th>Twin town</th><td>Rinteln</td></tr></table><p>Kendal is twinned with Rinteln and Nice.</p>"
    )
    assert _read(html) == [("Jules Whitfield", "Kendal")]


def test_a_card_of_facts_on_a_partner() -> None:
    html = (
        '<html lang="de"><title>Rinteln</title><h1>Partnerstädte von Rinteln</h1><p>Rinteln ist stolz.</p>'
        "<h2>Kendal</h2><table><caption>Kendal</caption><tr><th>Land</th><td>Großbritannien</td></tr>"
        "<tr><th>Bürgermeister</th><td>Jane Holroyd</td></tr>"
        "<tr><th>Einwohner</th><td>29000</td></tr></table></html>"
    )
    assert _read(html) == [("Jane Holroyd", "Kendal")]


def test_a_roll_below_a_heading() -> None:
    html = (
        "<title>Kendal</title><h1>Kendal</h1><p>Kendal is twinned with Rinteln.</p><h2>Mayors of Kendal</h2>"
        "<ul><li>1995–2004 Jane Holroyd</li><li>2004–2010 Tom Airey</li><li>2010–2016 Ruth Dent</li></ul>"
    )
    assert _read(html) == [("Jane Holroyd", "Kendal"), ("Tom Airey", "Kendal"), ("Ruth Dent", "Kendal")]


def test_a_column_of_mayors() -> None:
    html = (
        "<h1>Our twin towns</h1><p>Kendal has two twin towns.</p><table>"
        "<tr><th>Town</th><th>Mayor</th><th>Since</th></tr>"
        "<tr><td>Rinteln</td><td>Andrea Lange</td><td>1992</td></tr>"
        "<tr><td>Killarney</td><td>Marie Moloney</td><td>1993</td></tr></table>"
    )
    doc = clean(Page("a.html", html, MediaType.HTML, "0" * 64, "utf-8"))
    found = extract_mayors(Recogniser().recognise(doc))
    assert [(c.person, c.place.name) for c in found] == [
        ("Andrea Lange", "Rinteln"),
        ("Marie Moloney", "Killarney"),
    ]


KENDAL = (
    "<title>Kendal Town Council</title><h1>Twin towns of Kendal</h1><p>Kendal is twinned with Rinteln in "
    "Germany (since 1992) and Amiens in France (since 1990).</p>"
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "<table><tr><th>Year</th><th>Mayor of Kendal</th><th>Mayor of Rinteln</th></tr>"
            "<tr><td>1992</td>"
            "<td>Tom Airey</td><td>Jan Voss</td></tr><tr><td>2002</td><td>Ruth Dent</td>"
            "<td>Otto Berg</td></tr></table>",
            ["Tom Airey, Kendal", "Jan Voss, Rinteln", "Ruth Dent, Kendal", "Otto Berg, Rinteln"],
        ),
        (
            "<p>Tom Airey, Mayor of Kendal 1991–92, and his opposite number, Bürgermeister Jan Voss.</p>",
            ["Tom Airey, Kendal", "Jan Voss, Rinteln"],
        ),
        (
            "<p>The Mayor, Cllr Jane Holroyd, thanked them. Replying, Bürgermeisterin Andrea Lange said "
            "the town would return the favour.</p>",
            ["Jane Holroyd, Kendal", "Andrea Lange, Rinteln"],
        ),
        (
            "<p>Rinteln: mayor Andrea Lange; contact Mrs Dixon. Amiens: mayor Jean Dupont.</p>",
            ["Andrea Lange, Rinteln", "Jean Dupont, Amiens"],
        ),
        (
            "<p>Talks began under Mayor Tom Airey and were finished under Mayor Ruth Dent.</p>",
            ["Tom Airey, Kendal", "Ruth Dent, Kendal"],
        ),
        (
            "<h2>Tom Airey 1931–2019</h2><p>Tom kept a shop. He was twice Mayor of Kendal.</p>",
            ["Tom Airey, Kendal"],
        ),
        (
            "<h2>Tom Airey 1931–2019</h2><p>He taught Ruth Dent, who became Mayor of Kendal.</p>",
            ["Ruth Dent, Kendal"],
        ),
    ],
)
def test_whose_mayor_on_a_page(body: str, expected: list[str]) -> None:
    assert [f"{person}, {town}" for person, town in _read(KENDAL + body)] == expected
