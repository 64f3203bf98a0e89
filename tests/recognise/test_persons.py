"""Persons: beside offices, after titles, by given name, and surnames alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import PlaceMention
from pipeline.recognise.offices import find_offices
from pipeline.recognise.persons import find_persons
from tests.documents import document, place


def persons(*texts: str, lang: str = "de", places: tuple[str, ...] = ()) -> list[str]:
    doc = document(texts, lang=lang)
    mentions = []
    for name in places:
        at = doc.text.index(name)
        block = next(b.index for b in doc.blocks if b.start <= at < b.end)
        mentions.append(PlaceMention(at, at + len(name), place(name), block))
    found = find_persons(doc, find_offices(doc), places=mentions)
    assert [doc.text[p.start : p.end] for p in found] != [""]
    return [p.name for p in found]


@pytest.mark.parametrize(
    ("text", "lang", "names"),
    [
        ("Oberbürgermeister Jan Voss dankte.", "de", ["Jan Voss"]),
        ("Oberbürgermeister Dr. h. c. Jan Voss dankte.", "de", ["Jan Voss"]),
        ("Bürgermeister Franz Müller Gäste aus Polen", "de", ["Franz Müller"]),
        ("Jan Voss, Oberbürgermeister der Stadt", "de", ["Jan Voss"]),
        ("Bürgermeister Ülgür Gökhan sprach", "de", ["Ülgür Gökhan"]),
        ("Oberbürgermeister Recep Tayyip Aydın sprach", "de", ["Recep Tayyip Aydın"]),
        ("Bürgermeister Ulrich von Kirchdorf sprach", "de", ["Ulrich von Kirchdorf"]),
        ("Bürgermeister van der Laan sprach", "de", ["van der Laan"]),
        ("Burgemeester van Utrecht", "de", []),
        ("Bürgermeister Pieter De Smet dankte", "de", ["Pieter De Smet"]),
        ("Maire Yann Le Bihan Gäste", "de", ["Yann Le Bihan"]),
        ("Bürgermeister Jan Voss von den Nachbarn sprach", "de", ["Jan Voss"]),
        ("Frau van Dyck und Herr Ó Briain", "de", ["van Dyck", "Ó Briain"]),
        ("die Oberbürgermeister Jan Voss und Li Zhi unterschrieben", "de", ["Jan Voss", "Li Zhi"]),
        ("Linz, Matthias; Eggert, Cornelia", "de", ["Matthias Linz", "Cornelia Eggert"]),
        ("Ihr Vorgänger Jan Voss, bis 2021 Oberbürgermeister", "de", ["Jan Voss"]),
        ("Bürgermeister ist seit 2014 Karl Möller.", "de", ["Karl Möller"]),
        ("Frau Hagen (Büro der Bürgermeisterin)", "de", ["Hagen"]),
        ("Mayor Pat English, who spoke", "en", ["Pat English"]),
        ("Mayor Pat English Guests", "en", ["Pat"]),
        ("Mayor, Coun Ann Grey, spoke", "en", ["Ann Grey"]),
        ("Mayor M. E. Sanders spoke", "en", ["M. E. Sanders"]),
        ("the mayor of Salem, Frank O'Hara, spoke", "en", ["Frank O'Hara"]),
        ("Mayor Karen Bass Announces New Plan With Friends", "en", ["Karen Bass"]),
        ("Mayor Jaswant Singh Birla opens the fair", "en", ["Jaswant Singh Birla"]),
        ("Ann Grey, who was Mayor of Salem at the time, came", "en", ["Ann Grey"]),
        ("Ann Grey, the city's first woman Lord Mayor, came", "en", ["Ann Grey"]),
        ("Duisburg's Mayor August Seel accepted", "en", ["August Seel"]),
        ("Cllr Diann March (Town Mayor, in the chair)", "en", ["Diann March"]),
        ("The Town Mayor Date", "en", []),
        ("Mayor Bill de Blasio spoke", "en", ["Bill de Blasio"]),
        ("Her predecessor James Fry came", "en", ["James Fry"]),
    ],
)
def test_names(text: str, lang: str, names: list[str]) -> None:
    assert persons(text, lang=lang) == names


def test_a_place_is_no_person() -> None:
    assert persons("Oberbürgermeister Essen", places=("Essen",)) == []
    assert persons("Mayor of Boston Anne Dorn spoke", lang="en", places=("Boston",)) == ["Anne Dorn"]


def test_a_title_makes_a_place_name_a_person() -> None:
    assert persons("Ratsherr Essen fragte", places=("Essen",)) == ["Essen"]


def test_where_somebody_is_from_is_no_part_of_the_name() -> None:
    assert persons("Bürgermeisterin Anne Morel von Tours kam", places=("Tours",)) == ["Anne Morel"]


def test_surnames_get_the_full_name_of_the_page() -> None:
    assert (
        persons("Oberbürgermeister Jan Kalau kam.", "„Schön“, sagte Kalau. OB Kalau und Kalaus Frau gingen.")
        == ["Jan Kalau"] * 4
    )


def test_a_surname_of_two_persons_stays_alone() -> None:
    names = persons("Oberbürgermeister Jan Kalau und Bürgermeisterin Ute Kalau kamen.", "OB Kalau sprach.")
    assert names == ["Jan Kalau", "Ute Kalau", "Kalau"]


@given(st.lists(st.text(alphabet="AaBb von.,'-()\nMayor ", min_size=1, max_size=80), min_size=1, max_size=4))
def test_any_text_gives_sorted_names_inside_their_block(texts: list[str]) -> None:
    doc = document(texts)
    found = find_persons(doc, find_offices(doc))
    assert all(a.end <= b.start for a, b in pairwise(found))
    for person in found:
        block = doc.blocks[person.block]
        assert block.start <= person.start < person.end <= block.end
