"""Offices in German and English sentences."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import OfficeMention, Role
from pipeline.recognise.offices import find_offices
from tests.documents import document

LORD, MAYOR, DEPUTY = Role.LORD_MAYOR, Role.MAYOR, Role.DEPUTY_MAYOR


def offices(text: str, lang: str = "de") -> list[tuple[str, OfficeMention]]:
    doc = document([text], lang=lang)
    return [(doc.text[o.start : o.end], o) for o in find_offices(doc)]


@pytest.mark.parametrize(
    ("text", "lang", "words", "role"),
    [
        ("Oberbürgermeisterin Jana Voss kam.", "de", "Oberbürgermeisterin", LORD),
        ("OB Voss kam.", "de", "OB", LORD),
        ("OBin Jana Voss kam.", "de", "OBin", LORD),
        ("Bgm. Huber kam.", "de", "Bgm.", MAYOR),
        ("Stadtpräsidentin Ewa Nowak kam.", "de", "Stadtpräsidentin", MAYOR),
        ("die Zweite Bürgermeisterin Petra Klein", "de", "Zweite Bürgermeisterin", DEPUTY),
        ("1. stellv. Bürgermeister Otto Berg", "de", "1. stellv. Bürgermeister", DEPUTY),
        ("Vizebürgermeister Otto Berg", "de", "Vizebürgermeister", DEPUTY),
        ("Erster Bürgermeister Otto Berg", "de", "Erster Bürgermeister", MAYOR),
        ("Regierender Bürgermeister Otto Berg", "de", "Regierender Bürgermeister", MAYOR),
        ("die Maire Claire Morel", "de", "Maire", MAYOR),
        ("Lord Mayor Ann Grey spoke.", "en", "Lord Mayor", LORD),
        ("the Deputy Lord Mayor, Ann Grey", "en", "Deputy Lord Mayor", DEPUTY),
        ("Vice Mayor Ann Grey", "en", "Vice Mayor", DEPUTY),
        ("the mayor of Des Moines", "en", "mayor", MAYOR),
        ("Lord Provost Ann Grey", "en", "Lord Provost", LORD),
    ],
)
def test_offices_and_their_roles(text: str, lang: str, words: str, role: Role) -> None:
    [(found, office)] = offices(text, lang)
    assert (found, office.role) == (words, role)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Das Bürgermeisteramt ist zu.", "de"),
        ("Die Bürgermeister-Wahl ist im Mai.", "de"),
        ("Der Bürgermeisterkandidat Hans Huber", "de"),
        ("Sozialbürgermeister Hans Huber", "de"),
        ("Kandidat für das Amt des Oberbürgermeisters", "de"),
        ("Die OBERSCHULE und das OB-Büro", "de"),
        ("the Mayor's diary", "en"),
        ("Metro Mayor hopefuls", "en"),
        ("Comedy: Fiona Mayor and the Lost Sheep", "en"),
        ("a certain Oscar Mayor, 81, drove the bus", "en"),
        ("the Mayor of Casterbridge", "en"),
        ("the mayoral chain and the Mayoress", "en"),
        ("Mayor-elect John Doe", "en"),
        ("a candidate for mayor", "en"),
    ],
)
def test_what_is_no_office(text: str, lang: str) -> None:
    assert offices(text, lang) == []


@pytest.mark.parametrize(
    "text",
    [
        "der frühere Oberbürgermeister Voss",
        "Altbürgermeister Huber",
        "Alt-OB Voss",
        "Bürgermeister a. D. Karl Huber",
        "former Mayor Ann Grey",
    ],
)
def test_former(text: str) -> None:
    [(_, office)] = offices(text)
    assert office.former


@pytest.mark.parametrize(
    "text",
    [
        "die Oberbürgermeister Voss und Klein",
        "unter den Oberbürgermeistern Voss und Klein",
        "die beiden Bürgermeister",
        "the Mayors Ann Grey and Jo Lee",
    ],
)
def test_plural(text: str) -> None:
    [(_, office)] = offices(text)
    assert office.plural


def test_a_counterpart_has_the_role_of_the_office_before() -> None:
    [_, (word, office)] = offices("OB Jana Voss und ihre Amtskollegin Fatma Kaya")
    assert (word, office.role, office.counterpart) == ("Amtskollegin", LORD, True)


def test_a_colleague_counts_only_beside_an_office() -> None:
    assert offices("Die Leiterin und ihr Kollege Otto Berg") == []


def test_the_first_mayor_is_the_deputy_where_there_is_a_lord_mayor() -> None:
    doc = document(["Oberbürgermeister Jan Voss", "Erster Bürgermeister Otto Berg"])
    assert [o.role for o in find_offices(doc)] == [LORD, DEPUTY]


@given(st.text(alphabet="Mayor Bürgemeistin.,-'OB/*:\n", max_size=200))
def test_any_text_gives_sorted_offices_inside_it(text: str) -> None:
    doc = document([text or "x"])
    found = find_offices(doc)
    assert all(0 <= o.start < o.end <= len(doc.text) for o in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
