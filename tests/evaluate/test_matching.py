"""Which names are one, and where a quote stands."""

from __future__ import annotations

import pytest

from pipeline.evaluate.gold import GoldPlace
from pipeline.evaluate.matching import Locator, fold, folded, same_person, same_place, squeeze, visible

LODZ = GoldPlace("Łódź", "PL", ("Lodsch",))


@pytest.mark.parametrize(
    ("name", "folded_name"),
    [("Łódź", "lodz"), ("Gießen", "giessen"), ("St. Andrews", "saint andrews"), ("Kırşehir", "kirsehir")],
)
def test_fold(name: str, folded_name: str) -> None:
    assert fold(name) == folded_name


@pytest.mark.parametrize(
    ("names", "country", "same"),
    [
        (["lodz"], "PL", True),
        (["LODSCH"], None, True),
        (["Łódź"], "pl", True),
        (["Łódź"], "DE", False),
        (["Lod"], "PL", False),
        (["-"], "PL", False),
    ],
)
def test_same_place(names: list[str], country: str | None, same: bool) -> None:
    assert same_place(LODZ, folded(names), country) is same


@pytest.mark.parametrize(
    ("gold", "found", "same"),
    [
        ("Petra Broistedt", "Dr. Petra Broistedt", True),
        ("Petra Broistedt", "Broistedt", True),
        ("Broistedt", "Petra Broistedt", True),
        ("Petra Broistedt", "Petra", False),
        ("Petra Broistedt", "Peter Broistedt", False),
        ("Petra Broistedt", "Dr.", False),
    ],
)
def test_same_person(gold: str, found: str, same: bool) -> None:
    assert same_person(gold, found) is same


def test_quotes_are_looked_for_in_what_a_reader_sees() -> None:
    seen = visible("<p>M&uuml;n<b>ch</b>en<script>let Ulm</script></p><style>Bonn</style>", markup=True)
    assert squeeze("München") in squeeze(seen)
    assert "Ulm" not in seen
    assert visible("a < b > c", markup=False) == "a < b > c"


def test_a_quote_is_located_over_other_white_space_and_marks() -> None:
    text = "Seit 1964 ist Ulm,\n»Partnerstadt« von Tsumeb."
    found = Locator(text).find("ulm Partner\u00adstadt")
    assert found is not None
    assert text[slice(*found)] == "Ulm,\n»Partnerstadt"
    assert Locator(text).find("Bonn") is None
    assert Locator(text).find("...") is None
