from __future__ import annotations

from datetime import date

import pytest

from pipeline.normalise.confidence import Calibration
from pipeline.normalise.tables import Tables, assemble


@pytest.fixture
def tables() -> Tables:
    """A small set of tables with hostile words in it."""
    rows = {
        "documents": [
            {"doc_id": "a-1", "source": "a.html", "title": "=HYPERLINK()", "chars": 20, "status": "ok",
             "home_place_id": "geonames:1"},
            {"doc_id": "b-2", "source": "b.html", "status": "rejected", "issue": "read: empty: none"},
        ],
        "places": [
            {"place_id": "geonames:1", "name": 'Tsu"meb,\r', "country": "NA", "population": 34190,
             "latitude": 0.1 + 0.2, "longitude": -1e-7, "geonames_id": "1"},
            {"place_id": "unlinked::None", "name": "None"},
        ],
        "partnerships": [
            {"partnership_id": "p-1", "place_a_id": "geonames:1", "place_b_id": "unlinked::None",
             "kind": "twin", "status": "active", "founded": "196X", "founded_earliest": date(1960, 1, 1),
             "founded_latest": date(1969, 12, 31), "provenance": "extracted"},
        ],
        "founding_dates": [
            {"founding_id": "f-1", "partnership_id": "p-1", "date": "196X", "date_earliest": date(1960, 1, 1),
             "date_latest": date(1969, 12, 31), "event": "since", "basis": "stated", "chosen": True,
             "provenance": "corrected"},
        ],
        "mayors": [{"mayor_id": "m-1", "person": "NULL", "role": "mayor", "place_id": "geonames:1",
                    "provenance": "added"}],
        "themes": [],
        "evidence": [
            {"evidence_id": f"e-{number}", "fact_type": kind, "fact_id": fact, "doc_id": "a-1", "start": 0,
             "end": 3, "quote": "-1\n", "rule": "test", "confidence": sure}
            for number, (kind, fact, sure) in enumerate(
                [("partnership", "p-1", 0.5), ("founding_date", "f-1", None), ("mayor", "m-1", 0.25)]
            )
        ],
        "reviews": [
            {"review_id": "r-1", "line": 2, "fact_type": "mayor", "fact_key": "m-2", "action": "reject",
             "reviewer": "@Ada", "date": date(2026, 2, 28), "reason": "=1+1", "outcome": "stale",
             "message": "no such mayor"},
        ],
    }  # fmt: skip
    return assemble(rows, {"a-1": "-1\nÄ \U0001f3d8 und mehr..."}, Calibration({}))
