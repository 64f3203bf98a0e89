"""Mayors: office, person and town tied together."""

from __future__ import annotations

import pytest

from pipeline.extract.mayors import extract_mayors
from pipeline.model import DateMention, Document, MayorClaim, Mentions, Place, PlaceMention, Role
from pipeline.recognise.offices import find_offices
from pipeline.recognise.persons import find_persons
from pipeline.recognise.sentences import find_sentences
from pipeline.recognise.triggers import find_triggers
from tests.documents import document, place

ADORF, LYON, KIELCE, SALEM = (
    place("Adorf", "DE"),
    place("Lyon", "FR"),
    place("Kielce", "PL"),
    place("Salem", "US"),
)
TOWNS = (ADORF, LYON, KIELCE, SALEM)


def mentions(doc: Document, dates: dict[str, str] | None = None) -> Mentions:
    """Return mentions with the invented towns wherever they are named."""
    places: list[PlaceMention] = []
    spans: list[DateMention] = []
    for block in doc.blocks:
        words = doc.words(block)
        for town in TOWNS:
            at = words.find(town.name)
            while at >= 0:
                end = at + len(town.name)
                form = {"s": "genitive", "e": "adjective", "'": "genitive"}.get(words[end : end + 1], "name")
                places.append(PlaceMention(block.start + at, block.start + end, town, block.index, form))
                at = words.find(town.name, end)
        for words_of_date, edtf in (dates or {}).items():
            at = words.find(words_of_date)
            if at >= 0:
                spans.append(
                    DateMention(block.start + at, block.start + at + len(words_of_date), edtf, block.index)
                )
    places.sort(key=lambda p: p.start)
    offices = find_offices(doc)
    persons = find_persons(doc, offices, places=places)
    return Mentions(
        doc, find_sentences(doc), tuple(places), (), persons, offices, tuple(spans), find_triggers(doc)
    )


def claims(
    *texts: str, lang: str = "de", home: Place | None = ADORF, published: str | None = None
) -> list[MayorClaim]:
    return extract_mayors(mentions(document(texts, lang=lang, home=home, published=published)))


def told(*texts: str, lang: str = "de", home: Place | None = ADORF) -> list[tuple[str, str, str]]:
    return [(c.person, str(c.role), c.place.name) for c in claims(*texts, lang=lang, home=home)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jan Voss, Oberbürgermeister der Stadt Adorf, sprach.", ("Jan Voss", "lord_mayor", "Adorf")),
        ("Lyons Bürgermeister Marc Morel sprach.", ("Marc Morel", "mayor", "Lyon")),
        ("Der Maire von Lyon, Marc Morel, sprach.", ("Marc Morel", "mayor", "Lyon")),
        ("Bürgermeister Marc Morel aus Lyon sprach.", ("Marc Morel", "mayor", "Lyon")),
        ("Lyon: Bürgermeister Marc Morel eröffnet Bad", ("Marc Morel", "mayor", "Lyon")),
        (
            "Marc Morel, stellvertretender Bürgermeister von Lyon, sprach.",
            ("Marc Morel", "deputy_mayor", "Lyon"),
        ),
        ("Oberbürgermeisterin Jana Voss sprach.", ("Jana Voss", "lord_mayor", "Adorf")),
        ("Mayor of Salem Ann Grey spoke.", ("Ann Grey", "mayor", "Salem")),
        ("Salem Mayor Ann Grey spoke.", ("Ann Grey", "mayor", "Salem")),
        ("Salem's Mayor, Ann Grey, spoke.", ("Ann Grey", "mayor", "Salem")),
        ("Ann Grey, who has led Salem as Lord Mayor since 2006, spoke.", ("Ann Grey", "lord_mayor", "Salem")),
        ("Bürgermeisterin von Kleinau ist Jana Voss.", ("Jana Voss", "mayor", "Adorf")),
    ],
)
def test_who_heads_which_town(text: str, expected: tuple[str, str, str]) -> None:
    lang = "en" if "Mayor" in text else "de"
    if "Kleinau" in text:
        assert told(text, lang=lang) == [("Jana Voss", "mayor", "Kleinau")]
    else:
        assert told(text, lang=lang) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Frau Hagen (Büro der Bürgermeisterin) trug vor.",
        "Landrat Otto Berg und Ministerin Ute Klein sprachen.",
        "Mr. Alan Mayor, Felixstowe Twinning Club",
        "Der Bürgermeister sprach.",
        "Council leader George Dunn and the Mayor's chain",
    ],
)
def test_nobody_in_office(text: str) -> None:
    assert claims(text) == []


def test_the_sections_partner_and_the_home_are_told_apart_by_name_and_office() -> None:
    section = ("# Partnerstädte", "## Kielce, Polen")
    assert told(*section, "Zum Fest kam Stadtpräsident Jacek Nowak.") == [("Jacek Nowak", "mayor", "Kielce")]
    assert told(*section, "Zum Fest reiste Oberbürgermeister Jochen Voss.") == [
        ("Jochen Voss", "lord_mayor", "Adorf")
    ]
    assert told(
        *section, "Es unterschrieben Oberbürgermeister Jochen Voss und Bürgermeister Tadeusz Nowak."
    ) == [
        ("Jochen Voss", "lord_mayor", "Adorf"),
        ("Tadeusz Nowak", "mayor", "Kielce"),
    ]


def test_two_lord_mayors_are_of_home_and_partner() -> None:
    assert told("# Lyon", "Unter den Oberbürgermeistern Josef Brand und Jean Morel begann es.") == [
        ("Josef Brand", "lord_mayor", "Adorf"),
        ("Jean Morel", "lord_mayor", "Lyon"),
    ]


def test_each_of_two_lord_mayors_beside_a_town() -> None:
    text = "Es zeichneten zwei Oberbürgermeister: Jochen Voss für Adorf und Marc Morel für Lyon."
    assert told(text) == [("Jochen Voss", "lord_mayor", "Adorf"), ("Marc Morel", "lord_mayor", "Lyon")]


def test_a_counterpart_is_of_the_other_town() -> None:
    text = "Sie reisten nach Lyon, wo Adorfs OB Jan Voss von seiner Amtskollegin Anne Morel empfangen wurde."
    assert told(text) == [("Jan Voss", "lord_mayor", "Adorf"), ("Anne Morel", "lord_mayor", "Lyon")]


def test_name_and_office_in_two_lines() -> None:
    found = claims("Jana Voss", "Oberbürgermeisterin der Stadt Adorf")
    assert [(c.person, c.place.name, len(c.evidence)) for c in found] == [("Jana Voss", "Adorf", 2)]
    assert told("Bürgermeisterin Ulrike Kamp kam.", "gez. Kamp", "Bürgermeisterin") == [
        ("Ulrike Kamp", "mayor", "Adorf")
    ]


def test_a_predecessor_was_mayor_of_the_same_town() -> None:
    found = claims(
        "Lubna Khan, our present Lord Mayor, came. Her predecessor James Fry did not.",
        lang="en",
        published="2023-10-02",
    )
    assert [(c.person, c.role, c.seen) for c in found] == [
        ("Lubna Khan", Role.LORD_MAYOR, "2023"),
        ("James Fry", Role.LORD_MAYOR, None),
    ]


def test_a_sentence_about_the_one_before() -> None:
    text = "Alain Morel war schon dreimal hier. Der stellvertretende Bürgermeister von Lyon lud ein."
    assert told(text) == [("Alain Morel", "deputy_mayor", "Lyon")]


def test_the_date_of_the_act_is_when_somebody_was_seen() -> None:
    doc = document(
        ["Lyons Bürgermeister Marc Morel unterschrieb am 3. Mai 1964."], home=ADORF, published="2024-01-01"
    )
    assert [c.seen for c in extract_mayors(mentions(doc, {"3. Mai 1964": "1964-05-03"}))] == ["1964-05-03"]


def test_the_town_named_once_holds_for_the_person() -> None:
    found = claims("Lord Mayor Eckart Groß came.", "Eckart Groß, Lord Mayor of Salem, spoke.", lang="en")
    assert [(c.person, c.place.name, len(c.evidence)) for c in found] == [("Eckart Groß", "Salem", 2)]


def test_a_mayor_beside_a_lord_mayor_of_a_german_town_is_the_deputy() -> None:
    assert told("Oberbürgermeister Jan Voss kam.", "Bürgermeister Otto Berg leitet den Beirat.") == [
        ("Jan Voss", "lord_mayor", "Adorf"),
        ("Otto Berg", "deputy_mayor", "Adorf"),
    ]


def test_without_any_town_there_is_no_claim() -> None:
    assert claims("Bürgermeister Otto Berg kam.", home=None) == []


def test_evidence_quotes_the_words() -> None:
    doc = document(["Gestern sprach Jan Voss, Oberbürgermeister der Stadt Adorf, zu allen."], home=ADORF)
    [claim] = extract_mayors(mentions(doc))
    assert [doc.text[e.start : e.end] for e in claim.evidence] == [
        "Jan Voss, Oberbürgermeister der Stadt Adorf"
    ]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Der Maire von Lyon, ein gewisser Marc Morel, sang.", "de", [("Marc Morel", "mayor", "Lyon")]),
        ("Bürgermeister war damals Jan Voss.", "de", [("Jan Voss", "mayor", "Adorf")]),
        (
            "Jan Voss (1931–1999), Lehrer, später Bürgermeister, schrieb.",
            "de",
            [("Jan Voss", "mayor", "Adorf")],
        ),
        ("Jan Voss hat als Bürgermeister von Lyon gesprochen.", "de", [("Jan Voss", "mayor", "Lyon")]),
        ("Jan Voss, im Saal neben dem Bürgermeister von Lyon, sang.", "de", []),
        ("Unser Bürgermeister, der Jan Voss, war in Lyon.", "de", [("Jan Voss", "mayor", "Adorf")]),
        ("The Mayor himself, Brian Grey, sang.", "en", [("Brian Grey", "mayor", "Adorf")]),
        ("Salem has had a new Mayor since the fall, Brian Grey.", "en", [("Brian Grey", "mayor", "Salem")]),
        (
            "During Brian Grey's second term as Mayor of Salem it rained.",
            "en",
            [("Brian Grey", "mayor", "Salem")],
        ),
        ("Mayor Brian Grey, the man who runs Salem, sang.", "en", [("Brian Grey", "mayor", "Salem")]),
        ("In Salem the Deputy Mayor, Brian Grey, sang.", "en", [("Brian Grey", "deputy_mayor", "Salem")]),
        ("A cup from then-Mayor Brian Grey stands here.", "en", [("Brian Grey", "mayor", "Adorf")]),
    ],
)
def test_bonds(text: str, lang: str, expected: list[tuple[str, str, str]]) -> None:
    assert told(text, lang=lang) == expected


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["Aus Lyon kam ein Brief, in dem Bürgermeister Marc Morel gratuliert."], [("Marc Morel", "Lyon")]),
        (["Für die Stadt Lyon dankte Bürgermeister Marc Morel den Gästen."], [("Marc Morel", "Lyon")]),
        (["# Partner", "# Lyon", "Der Maire Marc Morel kam."], [("Marc Morel", "Lyon")]),
        (["Lyon: Seit 1980 Partner. Bürgermeister Marc Morel kam zweimal."], [("Marc Morel", "Lyon")]),
        (["Im Saal saß Maire Marc Morel.", "Unsere Partnerstadt Lyon feiert."], [("Marc Morel", "Lyon")]),
        (["In Lyon traf unsere Bürgermeisterin Jana Voss alte Freunde."], [("Jana Voss", "Adorf")]),
        (["In Lyon wurden alle von Bürgermeister Martin Morel bewirtet."], [("Martin Morel", "Lyon")]),
        (["Partner ist Lyon (seit 1980, damaliger Maire: Marc Morel)."], [("Marc Morel", "Lyon")]),
        (["Es kam ein Gruß von Bürgermeister Peter Grau, Salem, zum Fest."], [("Peter Grau", "Salem")]),
        (["Mit Lyon einigte sich Bürgermeister Jan Voss auf einen Termin."], [("Jan Voss", "Adorf")]),
        (
            ["Bürgermeisterin Jana Voss und ihr Stellvertreter Ernst Kern kamen."],
            [("Jana Voss", "Adorf"), ("Ernst Kern", "Adorf")],
        ),
        (
            ["Bürgermeister Jan Voss tat es. Sein Nachfolger Ernst Kern und danach Ida Lenz bauten weiter."],
            [("Jan Voss", "Adorf"), ("Ernst Kern", "Adorf"), ("Ida Lenz", "Adorf")],
        ),
    ],
)
def test_town_by_its_signs(texts: list[str], expected: list[tuple[str, str]]) -> None:
    assert [(person, town) for person, _, town in told(*texts)] == expected


def test_surnames_of_those_present() -> None:
    assert told("Present: Hart; Moss (Deputy Mayor); Lane", lang="en") == [("Moss", "deputy_mayor", "Adorf")]


def test_the_mayors_of_a_plural_are_of_several_towns() -> None:
    assert told("Die Oberbürgermeister Jan Voss und Ernst Kern unterschrieben.") == [
        ("Jan Voss", "lord_mayor", "Adorf")
    ]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        (
            "Für Adorf siegelte Bürgermeister Jan Voss, für Lyon Maire Marc Morel.",
            "de",
            ["Voss Adorf", "Morel Lyon"],
        ),
        ("On behalf of Lyon, Maire Marc Morel raised a glass.", "en", ["Morel Lyon"]),
        (
            "Die Bürgermeister Jan Voss (Adorf) und Marc Morel (Lyon) kamen.",
            "de",
            ["Voss Adorf", "Morel Lyon"],
        ),
        (
            "Jan Voss (Adorf) und Marc Morel (Lyon), beide Bürgermeister, kamen.",
            "de",
            ["Voss Adorf", "Morel Lyon"],
        ),
        ("Ann Grey (Salem) and Marc Morel (Lyon), mayors both, came.", "en", ["Grey Salem", "Morel Lyon"]),
        ("Mayor Ann Grey of Salem and Mayor Marc Morel of Lyon came.", "en", ["Grey Salem", "Morel Lyon"]),
        (
            "Bürgermeister waren Jan Voss für Adorf und Marc Morel für Lyon.",
            "de",
            ["Voss Adorf", "Morel Lyon"],
        ),
        (
            "Drei Stadtoberhäupter: Adorfs Bürgermeister Jan Voss, Marc Morel aus Lyon.",
            "de",
            ["Voss Adorf", "Morel Lyon"],
        ),
        ("Jan Voss, von 1983 bis 1999 Bürgermeister, kam.", "de", ["Voss Adorf"]),
        ("Ann Grey, from 1983 until 1999 mayor of Salem, came.", "en", ["Grey Salem"]),
        ("Jan Voss, damals Lehrer und später Bürgermeister, kam.", "de", ["Voss Adorf"]),
        ("Marc Morel, senator and mayor of Lyon, came.", "en", ["Morel Lyon"]),
        ("Als Jan Voss Bürgermeister wurde, war das neu.", "de", ["Voss Adorf"]),
        ("Zu der Zeit war Jan Voss noch Bürgermeister.", "de", ["Voss Adorf"]),
        ("Der Bürgermeister unserer Partnerstadt Lyon, Marc Morel, kam.", "de", ["Morel Lyon"]),
        ("Der Bürgermeister der französischen Gemeinde Lyon (Rhône), Marc Morel, kam.", "de", ["Morel Lyon"]),
        (
            "Bürgermeister Jan Voss lobte den Mut seines Vor-Vorgängers Max Lenz.",
            "de",
            ["Voss Adorf", "Lenz Adorf"],
        ),
        ("Jan Voss, Stellvertreter der Bürgermeisterin, kam.", "de", ["Voss Adorf"]),
        ("The Mayor and Mayoress, Ann Grey and Tom Grey, came.", "en", ["Grey Salem"]),
        ("It was done in the mayoralty of Cllr Ann Grey.", "en", ["Grey Salem"]),
        ("Ann Hall, Mayor, came.", "en", ["Hall Salem"]),
    ],
)
def test_families_of_phrasing(text: str, lang: str, expected: list[str]) -> None:
    found = told(text, lang=lang, home=SALEM if lang == "en" else ADORF)
    assert [f"{person.split()[-1]} {town}" for person, _, town in found] == expected


@pytest.mark.parametrize(
    ("texts", "lang"),
    [
        (["Als Bürgermeister freue ich mich sehr.", "Ihr Jan Voss"], "de"),
        (["Als Ihre Bürgermeisterin lade ich Sie ein. Ihre Jana Voss"], "de"),
        (["As your Mayor I thank all who helped.", "Ann Voss"], "en"),
        (["Thank you all for coming to our town.", "Ann Voss Mayor of Adorf"], "en"),
    ],
)
def test_who_signs_a_letter(texts: list[str], lang: str) -> None:
    [(person, _, town)] = told(*texts, lang=lang)
    assert (person.split()[-1], town) == ("Voss", "Adorf")
