"""The gazetteer's data tables, as they lie in ``data/``: tab-separated, ``#`` starts a comment line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.gazetteer.fold import fold, slug
from pipeline.gazetteer.units import unit_feature
from pipeline.model import Place

DATA = Path(__file__).parent / "data"
INDEX_FILE = Path(__file__).parent / "places.bin"


@dataclass(frozen=True, slots=True)
class Region:
    """A first-order division or a county: ``place_id``, country, GeoNames admin1 code, names.

    ``name`` is the usual English or local name; ``german`` and ``english`` hold all names by language,
    ``local`` those of the region's own. ``own`` is the feature of one that is a partner itself, and never
    tells where a town lies (Märkischer Kreis). One that is not ``plain`` is called so only with its unit
    (Shire of Byron).
    """

    place_id: str
    country: str
    admin1: str
    name: str
    german: tuple[str, ...]
    english: tuple[str, ...]
    local: tuple[str, ...]
    own: str = ""
    plain: bool = True

    @property
    def feature(self) -> str:
        """``own`` where the table gives one, else what a name's unit says (prefecture), else ``region``."""
        return self.own or next(filter(None, map(unit_feature, self.all_names)), "region")

    @property
    def all_names(self) -> tuple[str, ...]:
        """All names, each once."""
        own = (self.name,) if self.plain else ()
        return tuple(dict.fromkeys((*own, *self.german, *self.english, *self.local)))


def rows(file: str) -> Iterator[list[str]]:
    """Yield the rows of a table, cells stripped."""
    for line in (DATA / file).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield [cell.strip() for cell in line.split("\t")]


def words(file: str) -> frozenset[str]:
    """Return the folded words of a word list (white space between words)."""
    text = (DATA / file).read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(fold(word) for line in lines for word in line.split())


@cache
def ordinary_words() -> frozenset[str]:
    """Return the folded words of German and English that are also a place's name somewhere."""
    return words("common_words.txt") | function_words()


@cache
def function_words() -> frozenset[str]:
    """Return the folded words that are never a place: articles, prepositions, months."""
    return words("function_words.txt")


@cache
def settler_countries() -> frozenset[str]:
    """Return the countries whose towns are often named after towns elsewhere, as ISO 3166-1 alpha-2."""
    return frozenset(row[0] for row in rows("settlers.txt"))


def exonyms() -> Iterator[tuple[str, str, str]]:
    """Return name, country and GeoNames main name of each line of the exonym table."""
    return ((name, country, target) for name, country, target in rows("exonyms.tsv"))


@cache
def us_counties() -> Mapping[str, tuple[str, ...]]:
    """Return the counties of the United States with the states (GeoNames admin1 codes) that have one."""
    return {name: tuple(states.split("|")) for name, states in rows("us_counties.tsv")}


@cache
def regions() -> tuple[Region, ...]:
    """Return the regions of the table, in its order."""
    found = []
    for country, admin1, name, german, english, local, geonames_id, *own in rows("regions.tsv"):
        place_id = f"geonames:{geonames_id}" if geonames_id != "-" else f"unlinked:{country}:{slug(name)}"
        found.append(
            Region(
                place_id=place_id,
                country=country,
                admin1=admin1 if admin1 != "-" else "",
                name=name,
                german=_names(german, name),
                english=(*_names(english, name), *_county_names(country, name)),
                local=_names(local, ""),
                own=own[0] if own else "",
            )
        )
    return (*found, *_units())


@cache
def home_units(country: str) -> Mapping[str, Place]:
    """Return the districts of a country whose bare names mean them on its own pages, by folded name."""
    return {
        fold(region.name): Place(
            region.place_id, region.name, region.country, region.feature, admin1=region.admin1
        )
        for region in regions()
        if region.country == country and not region.plain and region.own == "district"
    }


def _county_names(country: str, name: str) -> Iterator[str]:
    """Yield the other names of a county of Ireland or Ulster: Co. Kerry, Grafschaft Kerry."""
    bare = name.removeprefix("County ")
    if country in ("IE", "GB") and bare != name:
        yield from (form.format(bare) for form in ("Co. {}", "Grafschaft {}"))


# How a unit's name stands with its kind, by country and feature, for names that are other words, too.
_FORMS = {
    "AU": ("{} Shire", "Shire of {}"),
    "NZ": ("{} District",),
    "GB": ("{} District", "District of {}", "{} Borough", "Borough of {}"),
    "DE": ("Kreis {}",),
}


def _units() -> Iterator[Region]:
    """Yield the units of ``units.tsv``."""
    for country, admin1, feature, names in rows("units.tsv"):
        for cell in names.split(";"):
            spellings = [name.strip() for name in cell.split("=")]
            plain = not spellings[0].endswith("*")
            bare = [name.removesuffix("*") for name in spellings]
            county = feature == "county" and country == "DE" and not bare[0].endswith("kreis")
            forms = _FORMS.get(country, ()) if county or not plain else ()
            name = f"Landkreis {bare[0]}" if county else bare[0]
            yield Region(
                place_id=f"unlinked:{country}:{slug(name)}",
                country=country,
                admin1=admin1 if admin1 != "-" else "",
                name=name,
                german=(),
                english=tuple(bare) if plain else (),
                local=tuple(form.format(one) for form in forms for one in bare),
                own="city" if feature == "municipality" else feature,
                plain=plain or county,
            )


def _names(cell: str, default: str) -> tuple[str, ...]:
    # "=" stands for the usual name, "-" for none.
    names = [default if part == "=" else part for part in cell.split("|") if part != "-"]
    return tuple(name for name in names if name)
