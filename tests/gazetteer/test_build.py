"""Building the index from a small sample, and refusing a damaged one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.gazetteer import Gazetteer
from pipeline.gazetteer.build import BuildError, build
from pipeline.gazetteer.names import alternate_spellings, main_spellings, usual_name
from pipeline.gazetteer.store import IndexFileError


def _place(number: int, name: str, country: str, population: int, *alternates: str) -> dict[str, Any]:
    return {
        "geonameid": number,
        "name": name,
        "latitude": 50.0 + number / 100,
        "longitude": -7.12345,
        "countrycode": country,
        "admin1code": "07",
        "population": population,
        "alternatenames": list(alternates),
    }


SAMPLE = [
    _place(1, "Großdorf", "DE", 900_000, "GRD", "gu long", "Большое", "Bigvillage", "Paris"),
    _place(2, "Kleindorf am Bach", "DE", 0, "Großdorf", "Minivillage", "KLD9"),
    _place(3, "Paris", "FR", 2_000_000, "Lutetia"),
    _place(4, "Novo mesto", "SI", 20_000, "Rudolfswerth", "Haus"),
    _place(5, "Of", "TR", 40_000),
    _place(6, "Haus", "NO", 700),
]


def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    one, two = tmp_path / "one.bin", tmp_path / "two.bin"
    counts = build(SAMPLE, "sample", one, strict=False)
    assert build(reversed(SAMPLE), "sample", two, strict=False) == counts
    assert one.read_bytes() == two.read_bytes()
    assert counts["places"] == len(SAMPLE)


def test_what_the_index_keeps(tmp_path: Path) -> None:
    file = tmp_path / "places.bin"
    build(SAMPLE, "sample", file, strict=False)
    gazetteer = Gazetteer(file)
    assert gazetteer.source == "sample"

    def names(name: str) -> list[str]:
        return [candidate.place.name for candidate in gazetteer.candidates(name)]

    assert names("Grossdorf") == ["Großdorf"]  # the village's alternate is dwarfed
    assert names("Bigvillage") == ["Großdorf"]
    assert names("Paris") == ["Paris", "Großdorf"]
    assert names("GRD") == names("gu long") == names("Of") == names("KLD9") == []
    assert (
        names("Kleindorf") == names("Kleindorf a. Bach") == names("Kleindorf a. B.") == ["Kleindorf am Bach"]
    )
    assert names("Haus") == ["Haus"]  # a word stays for the place of that main name only
    assert gazetteer.candidates("Haus")[0].needs_context
    assert gazetteer.match(["Novo", "mesto"], 0) == 2
    place = gazetteer.by_id("geonames:1")
    assert place is not None
    assert (place.latitude, place.longitude, place.admin1) == (50.01, -7.12345, "07")


def test_an_exonym_of_an_unknown_place_stops_the_builder(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"exonyms\.tsv"):
        build(SAMPLE, "sample", tmp_path / "x.bin")


@pytest.mark.parametrize("cut", [0, 4, 20, 200, 1000, -1])
def test_a_damaged_index_is_refused(tmp_path: Path, cut: int) -> None:
    file = tmp_path / "places.bin"
    build(SAMPLE, "sample", file, strict=False)
    file.write_bytes(file.read_bytes()[:cut])
    with pytest.raises(IndexFileError):
        Gazetteer(file)


@pytest.mark.parametrize(
    ("name", "country", "some"),
    [
        ("Frankfurt am Main", "DE", {"frankfurt", "frankfurt main", "frankfurt a m", "frankfurt a main"}),
        ("Frankfurt (Oder)", "DE", {"frankfurt", "frankfurt oder", "frankfurt an der oder"}),
        ("Biel/Bienne", "CH", {"biel", "bienne", "biel bienne"}),
        ("Düsseldorf", "DE", {"dusseldorf", "duesseldorf"}),
        ("Newcastle upon Tyne", "GB", {"newcastle tyne", "newcastle upon tyne"}),
    ],
)
def test_main_spellings(name: str, country: str, some: set[str]) -> None:
    assert some <= set(main_spellings(name, country))


def test_a_river_is_no_town() -> None:
    assert "saale" not in set(main_spellings("Nienburg/Saale", "DE"))


def test_usual_name() -> None:
    assert usual_name("Universitäts- und Hansestadt Greifswald", "DE") == "Greifswald"
    assert usual_name("Nara-shi", "JP") == "Nara"


@pytest.mark.parametrize(
    "name", ["BER", "bai lin", "W1", "ab", "http://x.org", "Берлин", "Lungsod ng Berlin", "", "  "]
)
def test_alternates_nobody_prints(name: str) -> None:
    assert list(alternate_spellings(name)) == []
