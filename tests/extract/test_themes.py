"""Themes: their words, where they count, and whose they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.extract import theme_score
from pipeline.extract.context import Context
from pipeline.extract.theme_signs import SIGNS
from pipeline.extract.theme_words import theme_words
from pipeline.extract.themes import extract_themes, page_hits
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
        ("Schülerinnen", "de", {"youth"}),
        ("der Männergesangverein", "de", {"culture"}),
        ("das Fussballturnier", "de", {"sport"}),
        ("Verwaltungsfachleute", "de", {"administration"}),
        ("ein Konvoi mit Rollstühlen", "de", {"aid"}),
        ("die Fernwärme", "de", {"environment"}),
        ("Pflegeplätze", "de", {"health_social"}),
        ("Volksschulen", "de", {"youth"}),
        ("Traditionspflege", "de", {"culture"}),
        ("Freiwillige Feuerwehr", "de", {"administration"}),
        ("es sind noch Plätze frei", "de", {"tourism"}),
        ("Kriegsgräber und Kranzniederlegung", "de", {"reconciliation"}),
        ("the war memorial", "en", {"reconciliation"}),
        ("young farmers", "en", {"youth"}),
        ("district heating", "en", {"environment"}),
        ("Frau Schulze", "de", set()),
        ("a car park", "en", set()),
        ("they skipped it", "en", set()),
        ("apologies for absence", "en", set()),
        ("a coach party", "en", {"tourism"}),
        ("firefighters and town clerks", "en", {"administration"}),
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


def theme_confidence(*texts: str, count: int = 3) -> dict[str, float]:
    towns = [place(f"Town{n}", "PL") for n in range(count - 1)]
    stated = [PartnershipClaim(ADORF, town, Kind.TWIN, Status.ACTIVE, ()) for town in (LYON, *towns)]
    return {
        claim.theme: max(e.confidence or 0 for e in claim.evidence)
        for claim in extract_themes(mentions(*texts), stated)
    }


def test_more_words_of_a_theme_make_it_surer() -> None:
    page = ["# Städtepartnerschaften", "Wir reisen zu Konzerten."]
    once, often = theme_confidence(*page), theme_confidence(*page, "Es gab Theater und Ausstellungen.")
    assert 0.4 < once["culture"] < often["culture"] <= 1


def test_a_word_that_comes_again_counts_once() -> None:
    page = ["# Städtepartnerschaften", "Wir reisen zu Konzerten."]
    assert theme_confidence(*page) == theme_confidence(*page, "Wir reisen zu Konzerten.")


def test_hints_alone_make_no_theme() -> None:
    assert theme_confidence("# Städtepartnerschaften", "Wir reisen mit dem Bus.") == {}


def test_captions_and_what_stands_beside_the_content_do_not_count() -> None:
    page = mentions("# Städtepartnerschaften", "! Das Kammerkonzert", "Das Kammerkonzert der Sinfoniker")
    blocks = tuple(replace(b, section=-1) if b.index == 2 else b for b in page.document.blocks)
    page = replace(page, document=replace(page.document, blocks=blocks))
    assert extract_themes(page) == []


def test_a_sentence_about_another_town_counts_less() -> None:
    bern = place("Bern", "CH")
    stated = [PartnershipClaim(ADORF, bern, Kind.TWIN, Status.ACTIVE, ())] * 3
    page = ["# Städtepartnerschaften", "Die Partnerstadt ist uns lieb.", "{} Konzerte."]
    sure = []
    for words in ("Es gibt viele", "In Lyon gibt es"):
        hits = page_hits(Context(mentions(*page[:2], page[2].format(words))), stated)
        sure.append(theme_score.load().theme(hits))
    assert sure[0] > sure[1]


def test_the_weights_are_for_the_signs_and_themes_there_are() -> None:
    weights = theme_score.load()
    assert len(weights.signs) == len(SIGNS)
    assert set(weights.themes) == set(THEMES)
    assert 0 < weights.threshold < 1
    assert weights.signs[SIGNS.index("strong")] > 0 > weights.signs[SIGNS.index("elsewhere")]


def test_quotes_are_clauses_and_three_at_most() -> None:
    page = mentions("# Partnerstädte", "Es gibt Konzerte, viel Wein und Brot.", *["Es gibt Theater."] * 5)
    [claim] = extract_themes(page)
    text = page.document.text
    assert [text[e.start : e.end] for e in claim.evidence] == [
        "Es gibt Konzerte",
        "Es gibt Theater",
        "Es gibt Theater",
    ]
