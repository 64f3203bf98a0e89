"""Whose page a page is, and which of the places of that name: ``homes.toml`` holds the cases."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from pipeline.clean import clean
from pipeline.clean.home_country import evidence
from pipeline.clean.home_namesakes import Evidence, Neighbours, choose
from pipeline.clean.home_signs import institutions, weather
from pipeline.gazetteer import load
from pipeline.gazetteer.scan import scan
from pipeline.model import Page
from pipeline.read import read_bytes
from pipeline.tokens import tokenise

CASES = tomllib.loads(Path(__file__).with_name("homes.toml").read_text(encoding="utf-8"))["case"]
NOTHING = Evidence("", 0.0, {}, {})


def page(case: dict[str, str]) -> Page:
    text = (
        f'<html lang="{case["lang"]}"><head><title>{case["title"]}</title></head><body>'
        f"<header>{case.get('head', '')}</header><main><h1>{case['title']}</h1>{case['body']}</main>"
        f"<footer>{case.get('foot', '')}</footer></body></html>"
    )
    found = read_bytes(text.encode(), "page.html")
    assert isinstance(found, Page)
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['home']} {case['title']}")
def test_home(case: dict[str, str]) -> None:
    home = clean(page(case)).home
    assert home is not None
    assert (home.surface, home.place.country) == (case["home"], case["country"])
    if "admin1" in case:
        assert home.place.admin1 == case["admin1"]
    assert 0 < home.chance <= 1


def neighbours(*names: str) -> Neighbours:
    return Neighbours(names, load())


@pytest.mark.parametrize(
    ("name", "around", "country", "admin1"),
    [
        ("Hastings", ["Napier", "Havelock North", "Waipawa"], "NZ", "F2"),
        ("Hastings", ["Bexhill", "Eastbourne", "Rye"], "GB", "ENG"),
        ("Newcastle", ["Maitland", "Cessnock", "Lake Macquarie"], "AU", "02"),
        ("Cambridge", ["Somerville", "Boston", "Medford"], "US", "MA"),
        ("Cambridge", ["Ely", "Huntingdon", "Newmarket"], "GB", "ENG"),
        ("Neustadt", ["Landau", "Speyer", "Bad Dürkheim"], "DE", "08"),
    ],
)
def test_the_places_around_tell_namesakes_apart(
    name: str, around: list[str], country: str, admin1: str
) -> None:
    place, sure = choose(name, load().candidates(name), NOTHING, neighbours(*around))
    assert (place.country, place.admin1) == (country, admin1)
    assert 0 < sure <= 1


def test_partners_far_away_tell_nothing() -> None:
    alone = choose("Perth", load().candidates("Perth"), NOTHING, neighbours())
    assert choose("Perth", load().candidates("Perth"), NOTHING, neighbours("Kagoshima", "Cognac")) == alone


def test_a_name_is_no_neighbour_of_its_own() -> None:
    there = load().link("Freiburg")
    assert neighbours("Freiburg").around(there, ("Freiburg",)) == 0
    assert neighbours("Freiburg", "Emmendingen").around(there, ("Freiburg",)) > 0.5


@pytest.mark.parametrize(
    ("lang", "text", "prior"),
    [
        ("en", "Write to info@council.govt.nz; a pōwhiri was held.", "NZ"),
        ("en", "Cllr Byrne, Cathaoirleach; Eircode H91 X2Y3", "IE"),
        ("en", "120 Main Street, ON K7L 2Z3", "CA"),
        ("en", "Twinned in 1970; the village hall in the High Street is booked.", "GB"),
        ("en", "It is.", ""),
        ("de", "A-4020, +43 732, im Jänner", "AT"),
        ("de", "Es kostet 300 CHF, sagt der Gemeindeammann.", "CH"),
        ("de", "Es war schön.", "DE"),
        ("de", "Der Stadtpräsident aus Polen", "DE"),
    ],
)
def test_country_signs(lang: str, text: str, prior: str) -> None:
    assert evidence([text], "", Counter(), {}, neighbours(), lang).prior == prior


@pytest.mark.parametrize(("locale", "prior"), [("en-GB", "GB"), ("en_NZ", "NZ"), ("en", ""), ("pl-PL", "")])
def test_the_locale_names_a_country(locale: str, prior: str) -> None:
    assert evidence(["It is."], locale, Counter(), {}, neighbours(), "en").prior == prior


def test_weather_and_institutions() -> None:
    assert list(weather("Sign in | Taupo 9° fine | Napier: −1 °C | Saturday 30° all day", load())) == [
        "Taupo",
        "Napier",
    ]
    tokens = tokenise("He taught at Timaru College and at Port Nelson, and died of old age in Old Park.")
    assert list(institutions(tokens, scan(tokens, load(), "en"), load(), "en")) == ["Timaru", "Nelson"]
