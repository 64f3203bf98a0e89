"""Themes: their words, where they count, and whose they are."""

from __future__ import annotations

import pytest

from pipeline.extract.theme_words import theme_words
from pipeline.extract.themes import extract_themes
from pipeline.lexicon import LANGUAGES, load
from pipeline.model import Kind, Mentions, PartnershipClaim, Place, PlaceMention, Status
from pipeline.recognise.sentences import find_sentences
from pipeline.recognise.triggers import find_triggers
from pipeline.schema import THEMES
from tests.documents import document, place

ADORF, LYON = place("Adorf"), place("Lyon", "FR")


def mentions(*texts: str, lang: str = "de", home: Place | None = ADORF) -> Mentions:
    doc = document(texts, lang=lang, home=home)
    places = [
        PlaceMention(b.start + at, b.start + at + len(town.name), town, b.index)
        for b in doc.blocks
        for town in (ADORF, LYON)
        if (at := doc.words(b).find(town.name)) >= 0
    ]
    places.sort(key=lambda p: p.start)
    return Mentions(doc, find_sentences(doc), tuple(places), (), (), (), (), find_triggers(doc))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_vocabulary_has_the_themes_of_the_schema(lang: str) -> None:
    assert set(load(lang, "themes")) - {"scope"} == set(THEMES)


@pytest.mark.parametrize(
    ("text", "lang", "themes"),
    [
        ("Kammerkonzerte", "de", {"culture"}),
        ("ein Schüleraustausch", "de", {"youth"}),
        ("die Volkshochschulen", "de", {"science"}),
        ("die Hochschule", "de", {"science"}),
        ("Landwirtschaft", "de", set()),
        ("der Hafenstadt", "de", set()),
        ("Bürgermeisterin", "de", set()),
        ("Partnerschaftsvereinbarung", "de", set()),
        ("mit drei Hilfskonvois", "de", {"aid"}),
        ("das Krankenhaus", "de", {"health_social"}),
        ("lokale Agenda 21", "de", {"environment"}),
        ("trade missions", "en", {"economy"}),
        ("public transport", "en", {"urban_development"}),
        ("the Rugby School", "en", set()),
        ("fair trade", "en", {"environment"}),
        ("a hearing aid", "en", set()),
        ("firefighters", "en", {"administration"}),
        ("waste water treatment", "en", {"urban_development"}),
    ],
)
def test_words(text: str, lang: str, themes: set[str]) -> None:
    assert {w.theme for w in theme_words(text, 0, len(text), lang) if not w.weak} == themes


def test_a_page_about_partnerships_counts_as_a_whole() -> None:
    claims = extract_themes(
        mentions("# Städtepartnerschaften", "Jedes Jahr gibt es Konzerte.", "! Foto vom Turnier")
    )
    assert [(c.theme, c.pair) for c in claims] == [("culture", None)]


def test_other_news_of_a_page_do_not_count() -> None:
    texts = ["# Aktuelles", "## Neue Partnerstadt Lyon", "Geplant ist ein Schüleraustausch."]
    texts += [
        "## Sportplatz",
        "Das Turnier beginnt um neun Uhr.",
        "## Markt",
        "Die Unternehmen zeigen Neues.",
    ] * 3
    assert {c.theme for c in extract_themes(mentions(*texts))} == {"youth"}


def test_a_theme_belongs_to_the_pair_of_its_section() -> None:
    claims = extract_themes(
        mentions("# Partnerstädte", "Uns verbinden Konzerte.", "## Lyon", "Schulen tauschen sich aus.")
    )
    assert [(c.theme, c.pair) for c in claims] == [("culture", None), ("youth", (ADORF, LYON))]


def test_a_pair_that_the_page_does_not_state_gets_no_theme_of_its_own() -> None:
    page = mentions(
        *["# Städtepartnerschaften", "Eine Städtepartnerschaft trägt.", "Die Städtepartnerschaft lebt."],
        "## Lyon",
        "Schulen tauschen sich aus.",
    )
    assert [(c.theme, c.pair) for c in extract_themes(page, [])] == [("youth", None)]


def test_a_heading_with_a_stated_partner_is_about_the_partnership() -> None:
    stated = [PartnershipClaim(ADORF, LYON, Kind.TWIN, Status.ACTIVE, ())]
    texts = ["# Adorf feiert mit Lyon", "Es gibt Konzerte.", "## Grüße", "Lyon ist unsere Partnerstadt."]
    assert [(c.theme, c.pair) for c in extract_themes(mentions(*texts), stated)] == [
        ("culture", (ADORF, LYON))
    ]


def test_denied_sentences_and_pages_without_partnerships_say_nothing() -> None:
    assert extract_themes(mentions("# Neues", "Die Schule feiert ein Konzert.")) == []
    assert extract_themes(mentions("Mit Lyon gibt es keine Städtepartnerschaft, nur Konzerte.")) == []


def test_quotes_are_clauses_and_three_at_most() -> None:
    page = mentions("# Partnerstädte", "Es gibt Konzerte, viel Wein und Brot.", *["Es gibt Theater."] * 5)
    [claim] = extract_themes(page)
    text = page.document.text
    assert [text[e.start : e.end] for e in claim.evidence] == [
        "Es gibt Konzerte",
        "Es gibt Theater",
        "Es gibt Theater",
    ]
