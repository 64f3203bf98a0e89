"""Persons in lists, credits and bylines, by rare given names, and names that are no persons'."""

from __future__ import annotations

import pytest

from pipeline.recognise.names import is_given
from tests.recognise.test_persons import persons


@pytest.mark.parametrize(
    ("text", "lang", "names"),
    [
        ("Present: Cllrs Hart, Moss (Labour), Finch and Dr Crane", "en", ["Hart", "Moss", "Finch", "Crane"]),
        ("Messrs Kolb and Gant sign", "en", ["Kolb", "Gant"]),
        ("die Stadträte Krause, Lenz und Dr. Becker fragten", "de", ["Krause", "Lenz", "Becker"]),
        ("Die Ratsfrauen Krause und Lenz fehlten", "de", ["Krause", "Lenz"]),
        ("Councillors Discuss Twinning Plan", "en", []),
        ("Die Stadträte Krause sagten", "de", []),
        ("Cllr March reported", "en", ["March"]),
        ("Cllr March 2024", "en", []),
    ],
)
def test_lists_after_plural_titles(text: str, lang: str, names: list[str]) -> None:
    assert persons(text, lang=lang) == names


@pytest.mark.parametrize(
    ("text", "lang", "names"),
    [
        ("Foto: DBI/Oelkamp", "de", ["Oelkamp"]),
        ("Bild: Stadt / Ute Kalau", "de", ["Ute Kalau"]),
        ("Photo: P. Oelkamp", "en", ["P. Oelkamp"]),
        ("Foto: Stadtarchiv/Presseamt", "de", []),
        ("Foto: Bote/Lindengasse", "de", []),
        ("3. Mai 2021 von Xandra Kalau", "de", ["Xandra Kalau"]),
        ("Posted on 3 May 2021 by Xandra Kalau 3 Comments", "en", ["Xandra Kalau"]),
        ("Posted on 3 May 2021 by Staff Reporter", "en", []),
        ("founded by Xerxes Holdings", "en", []),
    ],
)
def test_credits_and_bylines(text: str, lang: str, names: list[str]) -> None:
    assert persons(text, lang=lang) == names


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Das Lycée Robert de Tours kam.", "de"),
        ("Die Robert-Krause-Schule kam.", "de"),
        ("Die Anna Krause Schule kam.", "de"),
        ("Das Haus Maria Krause ist offen.", "de"),
        ("They met in Martin Crane Street.", "en"),
    ],
)
def test_houses_and_streets_are_no_persons(text: str, lang: str) -> None:
    assert persons(text, lang=lang) == []


@pytest.mark.parametrize(
    "name", ["Rasmus", "Mareike", "Hedwig", "Oluwaseun", "Karl-Heinz", "Ann-Unheard", "Fatoumata", "Zbyszek"]
)
def test_given_names(name: str) -> None:
    assert is_given(name)


@pytest.mark.parametrize("name", ["Robert-Krause-Schule", "March", "London", "Hope", "Straße"])
def test_no_given_names(name: str) -> None:
    assert not is_given(name)


def test_initials_stand_for_the_full_name() -> None:
    assert persons("Posted by Ute Kalau", "Photo: U. Kalau", lang="en") == ["Ute Kalau"] * 2


def test_a_month_in_a_date_is_no_surname() -> None:
    found = persons("Cllr Diann March came.", "Tuesday 12th March 2024, and in March again", lang="en")
    assert found == ["Diann March"]


def test_a_surname_after_a_function_word_at_the_start() -> None:
    assert persons("Jan Kalau kam.", "Dann Kalau, mit Grüßen. Haus Kalau blieb zu.") == ["Jan Kalau"] * 2
