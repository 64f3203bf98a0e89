from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from pipeline.clean import doc_id
from pipeline.model import (
    Basis,
    Claims,
    DateClaim,
    Document,
    Event,
    Evidence,
    Home,
    Issue,
    Kind,
    MayorClaim,
    PartnershipClaim,
    Place,
    Rejected,
    Role,
    Status,
    ThemeClaim,
)
from pipeline.normalise import confidence
from pipeline.normalise.confidence import Calibration

ULM = Place("geonames:2820256", "Ulm", "DE", "PPLA2", 48.39841, 9.99155, 120714)
TSUMEB = Place("geonames:3352593", "Tsumeb", "NA", "PPL", -19.23333, 17.71667, 34190)
ARBROATH = Place("geonames:2657215", "Arbroath", "GB", "PPL", 56.56317, -2.58736)
VALE = Place("unlinked:FR:vale-sur-rien", "Vale-sur-Rien", "FR")
PLACES = {place.name: place for place in (ULM, TSUMEB, ARBROATH, VALE)}


class PageBuilder:
    """Builds the claims of one page: each claim quotes words of the text."""

    def __init__(self, source: str, text: str, **more: object) -> None:
        home = more.pop("home", None)
        fields = {"lang": "de", "title": source, "published": None, "sha256": "00" * 32} | more
        found = Home(PLACES[home], home, "title") if isinstance(home, str) else None
        self.document = Document(
            doc_id=doc_id(source), source=source, text=text, blocks=(), tables=(), home=found, **fields
        )
        self.partnerships: list[PartnershipClaim] = []
        self.dates: list[DateClaim] = []
        self.mayors: list[MayorClaim] = []
        self.themes: list[ThemeClaim] = []
        self.forms: dict[str, tuple[str, ...]] = {}

    def evidence(self, words: str, confidence: float | None = None) -> tuple[Evidence, ...]:
        start = self.document.text.index(words)
        return (Evidence(start, start + len(words), "test", confidence),)

    def pair(
        self,
        a: str,
        b: str,
        words: str,
        kind: Kind = Kind.TWIN,
        status: Status = Status.ACTIVE,
        confidence: float | None = None,
    ) -> PageBuilder:
        found = self.evidence(words, confidence)
        self.partnerships.append(PartnershipClaim(PLACES[a], PLACES[b], kind, status, found))
        return self

    def date(
        self, a: str, b: str, edtf: str, words: str, event: Event = Event.SIGNED, basis: Basis = Basis.STATED
    ) -> PageBuilder:
        self.dates.append(DateClaim(PLACES[a], PLACES[b], edtf, event, basis, self.evidence(words)))
        return self

    def mayor(
        self, person: str, place: str, words: str, seen: str | None = None, role: Role = Role.MAYOR
    ) -> PageBuilder:
        self.mayors.append(MayorClaim(person, role, PLACES[place], seen, self.evidence(words)))
        return self

    def theme(
        self, theme: str, words: str, place: str | None = None, pair: tuple[str, str] | None = None
    ) -> PageBuilder:
        both = (PLACES[pair[0]], PLACES[pair[1]]) if pair else None
        self.themes.append(ThemeClaim(theme, PLACES[place] if place else None, both, self.evidence(words)))
        return self

    def names(self, place: str, *forms: str) -> PageBuilder:
        self.forms[PLACES[place].place_id] = forms
        return self

    def claims(self, relevant: bool = True) -> Claims:
        return Claims(
            self.document, self.partnerships, self.dates, self.mayors, self.themes, relevant, self.forms
        )


@pytest.fixture(autouse=True)
def uncalibrated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave evidence without a confidence of its own without one: counting anew must change no test here."""
    monkeypatch.setattr(confidence, "load", lambda: Calibration({}))


@pytest.fixture
def page() -> Callable[..., PageBuilder]:
    return PageBuilder


@pytest.fixture
def pages() -> Sequence[Claims]:
    """Four pages: two share the pair Ulm - Tsumeb and give different dates for it."""
    first = PageBuilder(
        "de/partner.html",
        'Ulm ist seit 1968 mit "Tsumeb" verschwistert.\n'
        "OB Nina Müller-Beck:\tKultur, Sport\nFreundschaft mit Vale",
        home="Ulm",
        published="2019-05",
    )
    first.pair("Tsumeb", "Ulm", 'mit "Tsumeb" verschwistert', confidence=0.75)
    first.pair("Ulm", "Vale-sur-Rien", "Freundschaft mit Vale", Kind.FRIENDSHIP)
    first.date("Ulm", "Tsumeb", "1968", "seit 1968", Event.SINCE)
    first.mayor("Nina Müller-Beck", "Ulm", "OB Nina Müller-Beck", "2019-05", Role.LORD_MAYOR)
    first.theme("culture", "Kultur", place="Ulm").theme("sport", "Sport", pair=("Ulm", "Tsumeb"))
    first.names("Ulm", "Ulm", "Ulmer").names("Tsumeb", "Tsumeb")

    second = PageBuilder(
        "en/links.html",
        "Tsumeb and Ulm signed on 3 May 1969. The link ended. "
        "=HYPERLINK() Mayor Müller-Beck; mayor None of Tsumeb",
        lang="en",
        title="=HYPERLINK()",
        published="2021",
        issues=(Issue("clean", "too_deep", "cut at depth 512"),),
    )
    second.pair("Tsumeb", "Ulm", "Tsumeb and Ulm", Kind.FRIENDSHIP, Status.ENDED, 0.5)
    second.date("Tsumeb", "Ulm", "1969-05-03", "3 May 1969")
    second.mayor("Müller-Beck", "Ulm", "Mayor Müller-Beck", "2021", Role.LORD_MAYOR)
    second.mayor("None", "Tsumeb", "mayor None of Tsumeb")
    second.theme("aid", "The link")
    second.names("Tsumeb", "Tsumeb", "Tsu|meb").names("Ulm", "Ulm")

    third = PageBuilder("en/arbroath.txt", "Arbroath, since the 1970s", lang="en")
    third.pair("Arbroath", "Vale-sur-Rien", "Arbroath")
    third.date("Arbroath", "Vale-sur-Rien", "197X", "the 1970s", Event.SINCE)
    third.date("Arbroath", "Vale-sur-Rien", "2004", "since", Event.RENEWED)

    fourth = PageBuilder("de/abfall.html", "Die Abfuhr verschiebt sich.", home="Ulm", title="")
    return [first.claims(), second.claims(), third.claims(), fourth.claims(relevant=False)]


@pytest.fixture
def rejected() -> Sequence[Rejected]:
    return [Rejected("de/logo.html", Issue("read", "binary", "is not a page but a PNG image"), "ff" * 32)]
