"""The gazetteer's data tables, as they lie in ``data/``: tab-separated, ``#`` starts a comment line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.gazetteer.fold import fold, slug
from pipeline.gazetteer.units import unit_feature

DATA = Path(__file__).parent / "data"
INDEX_FILE = Path(__file__).parent / "places.bin"


@dataclass(frozen=True, slots=True)
class Region:
    """A first-order division or a county: ``place_id``, country, GeoNames admin1 code, names.

    ``name`` is the usual English or local name; ``german`` and ``english`` hold all names by language,
    ``local`` those of the region's own. ``own`` is the feature of one that is a partner itself, and never
    tells where a town lies (Märkischer Kreis).
    """

    place_id: str
    country: str
    admin1: str
    name: str
    german: tuple[str, ...]
    english: tuple[str, ...]
    local: tuple[str, ...]
    own: str = ""

    @property
    def feature(self) -> str:
        """``own`` where the table gives one, else what a name's unit says (prefecture), else ``region``."""
        return self.own or next(filter(None, map(unit_feature, self.all_names)), "region")

    @property
    def all_names(self) -> tuple[str, ...]:
        """All names, each once."""
        return tuple(dict.fromkeys((self.name, *self.german, *self.english, *self.local)))


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
                english=_names(english, name),
                local=_names(local, ""),
                own=own[0] if own else "",
            )
        )
    return tuple(found)


def _names(cell: str, default: str) -> tuple[str, ...]:
    # "=" stands for the usual name, "-" for none.
    names = [default if part == "=" else part for part in cell.split("|") if part != "-"]
    return tuple(name for name in names if name)
