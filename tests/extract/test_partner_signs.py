"""Signs of likely partners, and what a scale of our own making says of them and of what the rules read."""

from __future__ import annotations

import pytest

from pipeline.clean import clean
from pipeline.extract.context import Context
from pipeline.extract.partnerships import doubtful, extract_partnerships, likely, read_all
from pipeline.extract.partnerships.finding import Finding
from pipeline.extract.partnerships.partner_score import BIAS, candidates
from pipeline.extract.trace import Veto
from pipeline.model import Kind, Page, Status
from pipeline.read import read_bytes
from pipeline.recognise import Recogniser

_RECOGNISER = Recogniser()


def _context(lang: str, town: str, lines: str) -> Context:
    html = (
        f'<html lang="{lang}"><head><title>{town}</title></head><body><main><h1>{town}</h1>{lines}</main>'
        f"<footer><p>{town}</p></footer></body></html>"
    )
    page = read_bytes(html.encode(), "page.html")
    assert isinstance(page, Page)
    return Context(_RECOGNISER.recognise(clean(page)))


def _signs(context: Context, name: str) -> set[str]:
    """Return all signs of a candidate's mentions, as if the rules had bound nothing."""
    read_all(context)  # notes what is denied
    for candidate in candidates(context, []):
        if candidate.place.name == name:
            return {sign for signs in candidate.signs for sign in signs}
    return set()


def test_sentences_behind_a_name_count_up_to_the_next_name() -> None:
    context = _context(
        "de",
        "Stadt Celle",
        "<p>Meudon liegt an der Seine. Im Mai 1960 stimmten beide Räte für die Städtepartnerschaft.</p>"
        "<p>Rouen liegt an der Seine. Sumy nicht. Im Mai 1960 stimmten beide Räte dafür.</p>",
    )
    assert "tail: act True, dated True, bond strong" in _signs(context, "Meudon")
    assert not any(sign.startswith("tail: act") for sign in _signs(context, "Rouen"))


@pytest.mark.parametrize(
    ("lang", "town", "line", "told"),
    [
        ("de", "Stadt Celle", "Mit den Franzosen besteht seit 1960 eine Städtepartnerschaft.", True),
        ("de", "Stadt Celle", "Mit der französischen Stadt wurde 1960 der Vertrag geschlossen.", True),
        ("de", "Stadt Celle", "Mit den Polen besteht seit 1990 eine Städtepartnerschaft.", False),
        ("en", "Kendal Town Council", "Our twinning with the French was signed in 1960.", True),
        ("en", "Kendal Town Council", "Our twinning with the Danes was signed in 1960.", False),
    ],
)
def test_the_one_town_of_a_country_is_meant_by_its_people(
    lang: str, town: str, line: str, told: bool
) -> None:
    one = _context(lang, town, f"<p>Meudon.</p><p>{line}</p>")
    assert any(sign.startswith("people: told") for sign in _signs(one, "Meudon")) is told
    two = _context(lang, town, f"<p>Meudon. Rouen.</p><p>{line}</p>")
    assert not any(sign.startswith("people: told") for sign in _signs(two, "Meudon"))


@pytest.mark.parametrize(
    ("lang", "town", "line", "name"),
    [
        ("de", "Stadt Celle", "Mit Meudon besteht keine Städtepartnerschaft.", "Meudon"),
        ("en", "Kendal Town Council", "Kendal is not twinned with Rinteln.", "Rinteln"),
    ],
)
def test_what_a_sentence_denies_is_no_candidate(lang: str, town: str, line: str, name: str) -> None:
    assert _signs(_context(lang, town, f"<p>{line}</p>"), name) == set()


def test_a_likely_partner_has_the_kind_and_status_told_behind_its_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(likely, "load", lambda: {BIAS: 9.0})
    monkeypatch.setattr(doubtful, "load", lambda: {BIAS: 9.0})
    context = _context(
        "de",
        "Stadt Celle",
        "<p>Meudon liegt an der Seine. Die Städtefreundschaft wurde 2011 beendet.</p>",
    )
    claims, _ = extract_partnerships(context)
    assert [(c.b.name, c.kind, c.status) for c in claims] == [("Meudon", Kind.FRIENDSHIP, Status.ENDED)]


_LONG = f"<p>{'Der Markt ist am Samstag, das Rathaus bleibt zu. ' * 14}</p>"
_WORDS = "<p>Celle ist mit Meudon verschwistert.</p>"


@pytest.mark.parametrize(
    ("lines", "doubted"),
    [
        (_WORDS + _LONG, True),
        (_WORDS, False),
        ("<h2>Unsere Partnerstädte</h2><ul><li>Meudon<li>Rouen</ul>" + _LONG, False),
    ],
    ids=["words", "short-page", "list"],
)
def test_words_can_be_doubted_but_no_list(lines: str, doubted: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    context = _context("de", "Stadt Celle", lines)
    monkeypatch.setattr(likely, "load", lambda: {BIAS: -9.0})
    monkeypatch.setattr(doubtful, "load", lambda: {BIAS: 9.0})
    sure = {c.b.name for c in extract_partnerships(context)[0]}
    assert "Meudon" in sure
    monkeypatch.setattr(doubtful, "load", lambda: {BIAS: -9.0})
    left = {c.b.name for c in extract_partnerships(context)[0]}
    assert left == (set() if doubted else sure)
    assert any(note.veto is Veto.DOUBTED for note in context.notes) == doubted


_OVERVIEW = (
    "<p>Meudon, im Westen von Paris, machte 1960 den Anfang.</p>"
    "<p>Tulsa, in Oklahoma, meldete sich 1980.</p>"
    "<p>Sumy, in der Ukraine, meldete sich 1990.</p>"
    "<p>Der Verein fuhr im Mai nach Rouen.</p>"
)


def test_a_place_is_known_by_the_company_it_keeps() -> None:
    context = _context("de", "Stadt Celle", _OVERVIEW)
    assert context.home is not None
    places = {m.place.name: m.place for m in context.mentions.places}
    bound = [
        Finding(context.home, places[name], Kind.TWIN, Status.ACTIVE, True, 0, ())
        for name in ("Meudon", "Sumy")
    ]
    found = {c.place.name: set(c.signs[0]) for c in candidates(context, bound)}
    assert "company: between home's, home's" in found["Tulsa"]
    assert "company: paragraph, opens True, first True, of such all" in found["Tulsa"]
    assert "company: of all half, many" in found["Tulsa"]
    assert "company: between home's, edge" in found["Rouen"]
    assert not any("opens True" in sign for sign in found["Rouen"] if sign.startswith("company"))
