"""The places of the tables: every one that occurs in a fact, or as the home of a page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pipeline.model import Claims, Place

Row = dict[str, object]


def place_rows(pages: Sequence[Claims]) -> list[Row]:
    """Return one row a place, in no order; its surface forms are those of all pages."""
    records: dict[str, Counter[Place]] = defaultdict(Counter)
    forms: dict[str, set[str]] = defaultdict(set)
    for claims in pages:
        seen = dict.fromkeys(_places(claims))
        for place in seen:
            records[place.place_id][place] += 1
        for place_id, names in claims.surface_forms.items():
            forms[place_id].update(names)
        home = claims.document.home
        if home:
            forms[home.place.place_id].add(home.surface)
    return [place_row(_usual(found), forms[place_id]) for place_id, found in records.items()]


def _places(claims: Claims) -> Iterator[Place]:
    for pair in claims.partnerships:
        yield pair.a
        yield pair.b
    for mayor in claims.mayors:
        yield mayor.place
    for theme in claims.themes:
        if theme.place and not theme.pair:
            yield theme.place
    if claims.document.home:
        yield claims.document.home.place


def _usual(found: Counter[Place]) -> Place:
    """Return the record that most pages have (pages differ in how they spell an unlinked place)."""
    return min(found, key=lambda place: (-found[place], place.name, repr(place)))


def place_row(place: Place, forms: Iterable[str] = ()) -> Row:
    """Return the row of a place that bears these names on pages."""
    # A form stands between bars, so it holds none; white space in it says nothing.
    clean = {" ".join(form.replace("|", " ").split()) for form in forms} - {""}
    return {
        "place_id": place.place_id,
        "name": place.name,
        "country": place.country or None,
        "feature": place.feature or None,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "population": place.population or None,
        "geonames_id": place.place_id.removeprefix("geonames:") if place.linked else None,
        "wikidata_id": None,
        "surface_forms": "|".join(sorted(clean)) or None,
    }
