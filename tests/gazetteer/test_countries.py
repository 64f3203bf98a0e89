"""Countries and regions: names, adjectives, codes."""

from __future__ import annotations

import pytest

from pipeline.gazetteer import WORD, country_code, country_name, country_names, country_of, match_country
from pipeline.gazetteer.countries import LANGUAGES
from pipeline.gazetteer.tables import rows


@pytest.mark.parametrize(
    ("text", "lang", "country", "admin1", "form"),
    [
        ("Frankreich", "de", "FR", "", "name"),
        ("Frankreichs", "de", "FR", "", "name"),
        ("FRANKREICH", "de", "FR", "", "name"),
        ("England", "de", "GB", "ENG", "name"),
        ("Schottland", "de", "GB", "SCT", "name"),
        ("Großbritannien", "de", "GB", "", "name"),
        ("UK", "en", "GB", "", "name"),
        ("U.S.", "en", "US", "", "name"),
        ("USA", "de", "US", "", "name"),
        ("Vereinigten Staaten", "de", "US", "", "name"),
        ("Holland", "de", "NL", "", "name"),
        ("DDR", "de", "DE", "", "name"),
        ("Türkiye", "de", "TR", "", "name"),
        ("Turkey", "en", "TR", "", "name"),
        ("Weißrussland", "de", "BY", "", "name"),
        ("Südkorea", "de", "KR", "", "name"),
        ("Taiwan", "de", "TW", "", "name"),
        ("Palästina", "de", "PS", "", "name"),
        ("Palästinensische Gebiete", "de", "PS", "", "name"),
        ("Kosovo", "en", "XK", "", "name"),
        ("Namibia", "de", "NA", "", "name"),
        ("Mazedonien", "de", "MK", "", "name"),
        ("North Macedonia", "en", "MK", "", "name"),
        ("Bosnia and Herzegovina", "en", "BA", "", "name"),
        ("Island", "de", "IS", "", "name"),
        ("Deutschland", "en", "DE", "", "name"),
        ("Israel’s", "en", "IL", "", "name"),
        ("Bayern", "de", "DE", "02", "name"),
        ("Präfektur Chiba", "de", "JP", "04", "name"),
        ("Südtirol", "de", "IT", "17", "name"),
        ("North Carolina", "en", "US", "NC", "name"),
        ("New South Wales", "en", "AU", "02", "name"),
        ("französische", "de", "FR", "", "adjective"),
        ("Französischer", "de", "FR", "", "adjective"),
        ("polnischen", "de", "PL", "", "adjective"),
        ("japanisches", "de", "JP", "", "adjective"),
        ("Schweizer", "de", "CH", "", "adjective"),
        ("schottische", "de", "GB", "SCT", "adjective"),
        ("sächsischen", "de", "DE", "13", "adjective"),
        ("French", "en", "FR", "", "adjective"),
        ("Israeli", "en", "IL", "", "adjective"),
        ("Chinese", "en", "CN", "", "adjective"),
        ("Welsh", "en", "GB", "WLS", "adjective"),
        ("Scottish", "en", "GB", "SCT", "adjective"),
    ],
)
def test_country_of(text: str, lang: str, country: str, admin1: str, form: str) -> None:
    hit = country_of(text, lang)
    assert hit is not None
    assert (hit.country, hit.admin1, hit.form) == (country, admin1, form)
    words = WORD.findall(text)
    found = match_country(words, 0, lang)
    assert found is not None
    assert found[0] == len(words)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Sowjetunion", "de"),
        ("Tschechoslowakei", "de"),
        ("ČSSR", "de"),
        ("Jugoslawien", "de"),
        ("Island", "en"),
        ("polish", "en"),
        ("schweizer", "de"),
        ("us", "en"),
        ("europäisch", "de"),
        ("Köln", "de"),
        ("", "de"),
        ("   ", "en"),
        ("\ud800", "de"),
        ("s", "de"),
        ("’s", "en"),
    ],
)
def test_no_country(text: str, lang: str) -> None:
    assert country_of(text, lang) is None


def test_two_readings() -> None:
    hit = country_of("Georgia", "en")
    assert hit is not None
    assert hit.country == "GE"
    assert [(other.country, other.admin1) for other in hit.alternatives] == [("US", "GA")]
    hit = country_code("CA")
    assert hit is not None
    assert (hit.country, hit.admin1) == ("CA", "")
    assert [(other.country, other.admin1) for other in hit.alternatives] == [("US", "CA")]


@pytest.mark.parametrize(
    ("code", "country"),
    [
        ("F", "FR"),
        ("GB", "GB"),
        ("B", "BE"),
        ("I", "IT"),
        ("D", "DE"),
        ("A", "AT"),
        ("CH", "CH"),
        ("PL", "PL"),
        ("RUS", "RU"),
        ("E", "ES"),
        ("P", "PT"),
        ("NL", "NL"),
        ("TR", "TR"),
        ("USA", "US"),
        ("CZ", "CZ"),
        ("H", "HU"),
        ("RO", "RO"),
        ("UA", "UA"),
        ("GR", "GR"),
        ("IL", "IL"),
        ("J", "JP"),
        ("CN", "CN"),
        ("(FIN)", "FI"),
        ("[N]", "NO"),
        (" UK ", "GB"),
        ("U.S.A.", "US"),
        ("NA", "NA"),
        ("DEU", "DE"),
        ("SLO", "SI"),
        ("ET", "ET"),
    ],
)
def test_country_code(code: str, country: str) -> None:
    hit = country_code(code)
    assert hit is not None
    assert hit.country == country
    assert hit.form == "code"


@pytest.mark.parametrize("code", ["", "xx", "de", "Frankreich", "()", "Ä", "\x00", "A" * 100_000])
def test_no_country_code(code: str) -> None:
    assert country_code(code) is None


def test_longest_country_wins() -> None:
    words = WORD.findall("aus den Vereinigten Staaten von Amerika und Polen")
    found = match_country(words, 2, "de")
    assert found is not None
    assert (found[0], found[1].country) == (4, "US")
    assert match_country(words, 0, "de") is None


def test_country_name() -> None:
    assert country_name("NA", "de") == "Namibia"
    assert country_name("DE", "en") == "Germany"
    assert country_name("??", "en") == "??"
    with pytest.raises(ValueError, match="fr"):
        country_of("France", "fr")


def test_the_tables_know_their_countries() -> None:
    known = {row[0] for row in rows("countries_cldr.tsv")}
    assert len(known) > 240
    for file in ("countries_extra.tsv", "adjectives_de.tsv", "adjectives_en.tsv", "regions.tsv"):
        assert {row[0] for row in rows(file)} <= known, file
    assert {row[1] for row in rows("country_codes.tsv")} <= known
    assert all(len(country_names(lang)) > 900 for lang in LANGUAGES)
