"""Themes: their words, where they count, and whose they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.extract import theme_score
from pipeline.extract.context import Context
from pipeline.extract.theme_signs import SIGNS
from pipeline.extract.theme_text import told
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
        ("firefighters and civil servants", "en", {"administration"}),
        # Words that hold others by chance.
        ("wir hielten es für angemessen", "de", set()),
        ("die Partnerschaft ist suspendiert", "de", set()),
        ("es gilt auf Distanz zu bleiben, mit viel Akzeptanz", "de", set()),
        ("300 Euro inklusive Frühstück", "de", set()),
        ("ohne Schlagbäume", "de", {"reconciliation"}),
        ("er schulte die Mitarbeitenden", "de", set()),
        ("der Stadtplan", "de", set()),
        ("eine Stadtplanung, die trägt", "de", {"urban_development"}),
        ("ein Vorläufer der Partnerschaft", "de", set()),
        ("an operation to operate on", "en", set()),
        ("the folks from Lyon", "en", set()),
        ("a folk group", "en", {"culture"}),
        ("Yours faithfully, Winston Churchill", "en", set()),
        ("in Madison, WI", "en", set()),
        ("our companions", "en", set()),
        # Idioms and formulas of the office.
        ("proposed by Cllr Grey and seconded by Cllr Brown", "en", set()),
        ("an engineer was seconded to the twin town", "en", {"administration"}),
        ("that is the borough's business.", "en", set()),
        ("business was slow", "en", {"economy"}),
        ("they keep us company", "en", set()),
        ("a firm friendship", "en", set()),
        ("a furniture firm", "en", {"economy"}),
        ("a renewal of the charter", "en", set()),
        ("urban renewal", "en", {"urban_development"}),
        ("on Boxing Day", "en", set()),
        ("a boxing club", "en", {"sport"}),
        ("honorary citizenship", "en", set()),
        ("for inclusion in the minutes", "en", set()),
        ("in the council chamber", "en", set()),
        ("full of energy and enthusiasm", "en", set()),
        ("Messe in St. Martin", "de", set()),
        ("die Messe in Hannover", "de", {"economy"}),
        ("das Studium der Akten nach dem Studium", "de", {"science"}),
        # What is given.
        ("ein Lastwagen mit Decken", "de", {"aid"}),
        ("containers of blankets", "en", {"aid"}),
        ("a donated fire engine", "en", {"aid"}),
        ("ein Löschfahrzeug für Nikopol", "de", {"aid"}),
        ("Herr Krause sammelt für das Freibad", "de", {"aid"}),
        ("a parcel of land", "en", set()),
        ("parcels at Christmas", "en", {"aid"}),
        ("always write it out in full on parcels", "en", set()),
        ("a gift of roof timber", "en", {"aid", "economy"}),
        ("the ambulance crew", "en", {"health_social"}),
        # Towns that have changed, and what lies under their streets.
        ("die Kaserne wird umgenutzt", "de", {"urban_development"}),
        ("Leute vom Pumpwerk und von der Sammelkläranlage", "de", {"urban_development"}),
        ("eine Veloroute", "de", {"urban_development"}),
        ("ein Brückenbauer zwischen den Völkern", "de", set()),
        ("what to do with empty shops", "en", {"urban_development"}),
        # Who came from there and stayed; a municipality is no community.
        ("griechische Familien aus der Spinnerei", "de", {"migration"}),
        ("viele der katholischen Familien", "de", set()),
        ("in der italienischen Gemeinde", "de", set()),
        ("mit Wurzeln in Anatolien", "de", {"migration"}),
        ("ein Brauch mit Wurzeln in der Antike", "de", set()),
        ("the Maltese community", "en", {"migration"}),
        ("the parish community", "en", set()),
        ("Portuguese families had cousins there", "en", {"migration"}),
        # Where anyone may come along.
        ("auch Nichtmitglieder", "de", {"tourism"}),
        ("Urlaubsgäste", "de", {"tourism"}),
        ("der Tourismusdirektor", "de", set()),
        ("non-members pay more", "en", {"tourism"}),
        # Idioms, times, titles and schools.
        ("man ließ sich in Frieden lassen", "de", set()),
        ("seit der Friedlichen Revolution", "de", set()),
        ("it has not been smooth sailing", "en", set()),
        ("two ports on opposite sides of the ocean", "en", {"economy"}),
        ("they fought on opposite sides", "en", {"reconciliation"}),
        ("the dog did her business", "en", set()),
        ("die Handelsakademie", "de", set()),
        ("sein Amtskollege", "de", set()),
        # A word that others forbid counts within a longer one.
        ("die Grünen im Rat", "de", set()),
        ("die Pflege des Grünen Bandes", "de", {"environment"}),
        # Plain language.
        ("Die Feuer-Wehren und die Sport-Vereine", "de", {"administration", "sport"}),
        ("der Jugend·austausch", "de", {"youth"}),
        ("im Kranken-Haus", "de", {"health_social"}),
        ("die Land-Wirtschaft", "de", set()),
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
    texts = ["# Aktuelles", "## Neue Partnerstadt Lyon", "Beide Gymnasien beginnen einen Schüleraustausch."]
    texts += [
        "## Sportplatz",
        "Das Turnier beginnt um neun Uhr.",
        "## Markt",
        "Die Unternehmen zeigen Neues.",
    ] * 20
    stated = [PartnershipClaim(ADORF, LYON, Kind.TWIN, Status.ACTIVE, ())]
    assert {c.theme for c in extract_themes(mentions(*texts), stated)} == {"youth"}


def test_a_theme_belongs_to_the_pair_of_its_section() -> None:
    claims = extract_themes(
        mentions(
            "# Partnerstädte", "Uns verbinden Konzerte und Theater.", "## Lyon", "Schulen tauschen sich aus."
        )
    )
    assert [(c.theme, c.pair) for c in claims] == [("culture", None), ("youth", (ADORF, LYON))]


def test_a_pair_that_the_page_does_not_state_gets_no_theme_of_its_own() -> None:
    page = mentions(
        *["# Städtepartnerschaften", "Eine Städtepartnerschaft trägt.", "Die Städtepartnerschaft lebt."],
        "## Lyon",
        "Schulen tauschen sich aus, die Jugend besucht einander.",
    )
    assert [(c.theme, c.pair) for c in extract_themes(page, [])] == [("youth", None)]


def test_a_heading_with_a_stated_partner_is_about_the_partnership() -> None:
    stated = [PartnershipClaim(ADORF, LYON, Kind.TWIN, Status.ACTIVE, ())]
    texts = ["# Adorf feiert mit Lyon", "Chöre und Orchester geben gemeinsam Konzerte."]
    texts += ["## Grüße", "Lyon ist unsere Partnerstadt."]
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


def sure_of(words: str, lang: str = "de", *, stated: int = 3) -> float:
    """Return how likely a page about twin towns means the first theme of a sentence."""
    towns = [LYON, *(place(f"Town{n}", "PL") for n in range(stated - 1))]
    claims = [PartnershipClaim(ADORF, town, Kind.TWIN, Status.ACTIVE, ()) for town in towns]
    head = {"de": "# Städtepartnerschaften", "en": "# Our twin towns"}[lang]
    hits = page_hits(Context(mentions(head, words, lang=lang)), claims)
    return theme_score.load().theme([hit for hit in hits if hit.theme == hits[0].theme])


@pytest.mark.parametrize(
    ("likelier", "less", "lang"),
    [
        ("Die Chöre singen gemeinsam in Lyon.", "Die Chöre singen, heißt es.", "de"),  # what partners do
        ("The choirs exchange visits.", "The choirs were loud.", "en"),
        ("Wir lieben Theater.", "Wir lieben ein Theater.", "de"),  # one of many
        ("They like theatres.", "They like a new theatre.", "en"),
        ("They like concerts.", "They like a musician.", "en"),  # people
        ("Gut ist Musik.", "Gut ist das Museum.", "de"),  # a building
        ("Gut sind Musik und Tee.", "Gut ist Musik.", "de"),  # a list
        ("Gut sind Musik, Sport und Schulen.", "Gut ist Musik, viel Brot.", "de"),
    ],
)
def test_what_stands_around_a_word_makes_it_likelier(likelier: str, less: str, lang: str) -> None:
    assert sure_of(likelier, lang) > sure_of(less, lang)


def test_one_word_says_less_where_there_is_one_partner() -> None:
    assert sure_of("Es gibt Konzerte.", stated=1) < sure_of("Es gibt Konzerte.", stated=5)


def test_a_word_says_more_near_a_partner() -> None:
    far = "Der Himmel ist blau. " * 30
    assert sure_of("Lyon ist groß. Es ist ruhig. Es gibt Konzerte.") > sure_of(
        f"Lyon ist groß. {far}Es gibt Konzerte."
    )


def test_a_word_says_more_after_a_partner_than_after_another_town() -> None:
    bern = place("Bern", "CH")
    stated = [PartnershipClaim(ADORF, bern, Kind.TWIN, Status.ACTIVE, ())] * 3
    page = mentions("# Städtepartnerschaften", "Die Stadt Lyon liegt weit weg.", "Es gibt Konzerte.")
    sure = []
    for partner in (bern, LYON):
        claims = [replace(claim, b=partner) for claim in stated]
        hits = page_hits(Context(page), claims)
        sign = SIGNS.index("after_partner")
        sure.append([hit.signs[sign] for hit in hits])
    assert sure == [[0.0], [1.0]]


def test_a_name_within_the_words_of_a_theme_does_not_hide_them() -> None:
    page = mentions("# Städtepartnerschaften", "Viele Menschen aus Lyon leben hier.", "Das Lyon-Theater.")
    stated = [PartnershipClaim(ADORF, LYON, Kind.TWIN, Status.ACTIVE, ())] * 3
    assert "migration" in {hit.theme for hit in page_hits(Context(page), stated) if not hit.weak}


def test_all_the_words_of_a_sentence_say_what_it_is_about() -> None:
    text = {"culture": {"bias": -4.0, "de <sing": 2.0, "de singen*": 1.0}}
    assert told("culture", ["sie", "gehen"], "de", text) == -1.0
    assert told("culture", ["sie", "singen"], "de", text) == 2.0
    assert told("sport", ["singen"], "de", text) == 3.0


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
