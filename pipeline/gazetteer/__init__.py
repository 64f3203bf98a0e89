"""Places and countries: which places bear a name, which is meant, and what a country is called.

>>> gazetteer = load()
>>> gazetteer.link("Warschau").name
'Warsaw'

Sources and licences: ATTRIBUTION.md beside this file.
"""

from __future__ import annotations

from pipeline.gazetteer.countries import (
    CountryHit,
    country_code,
    country_name,
    country_names,
    country_of,
    match_country,
    words_opened,
)
from pipeline.gazetteer.fold import WORD, fold, slug
from pipeline.gazetteer.gazetteer import Candidate, Gazetteer, distance_km, load, unlinked
from pipeline.gazetteer.tables import ordinary_words
from pipeline.gazetteer.units import Units, unit_feature, units

__all__ = [
    "WORD",
    "Candidate",
    "CountryHit",
    "Gazetteer",
    "Units",
    "country_code",
    "country_name",
    "country_names",
    "country_of",
    "distance_km",
    "fold",
    "load",
    "match_country",
    "ordinary_words",
    "slug",
    "unit_feature",
    "units",
    "unlinked",
    "words_opened",
]
