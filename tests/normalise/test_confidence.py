"""How sure a fact is, by the rules and the number of passages that state it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.model import Basis, Event
from pipeline.normalise import confidence, normalise
from pipeline.normalise.confidence import Calibration, OfType, by_fact
from pipeline.schema import FactType
from tests.normalise.conftest import PageBuilder

PAIR, DATE = FactType.PARTNERSHIP, FactType.FOUNDING_DATE
COUNTED = Calibration(
    {
        PAIR: OfType({"partnership:with": 0.9, "partnership:table": 0.98}, unseen=0.8, several=1.0),
        DATE: OfType({"test": 0.95}, unseen=0.8, passed_over=0.6),
    }
)


@pytest.mark.parametrize(
    ("rule", "sure"),
    [("partnership:with", 0.9), ("partnership:table.scope", 0.98), ("partnership:new", 0.8), ("", 0.8)],
)
def test_evidence_is_as_sure_as_its_rule(rule: str, sure: float) -> None:
    assert COUNTED.of_evidence(PAIR, rule) == sure
    assert COUNTED.of_evidence(FactType.THEME, rule) is None


@pytest.mark.parametrize(
    ("passages", "sure"),
    [
        ([], None),
        ([("partnership:with", None)], None),
        ([("partnership:with", 0.9)], 0.9),
        ([("partnership:with", 0.9), ("partnership:with.scope", 0.9)], 0.9),  # what announces it is no second
        ([("partnership:with", 0.9), ("partnership:with", 0.9)], 0.96),
        ([("partnership:with", 0.9), ("partnership:table", 0.98)], 0.99),  # never certain
        ([("partnership:with", 0.9), ("partnership:table", None)], 0.9),
        ([("partnership:with", 0.0)], 0.01),
    ],
)
def test_passages_that_agree_make_a_fact_surer(
    passages: list[tuple[str, float | None]], sure: float | None
) -> None:
    assert COUNTED.of_page(PAIR, passages) == sure


def test_pages_that_agree_do_not() -> None:
    rows = [
        {"fact_id": "p", "fact_type": "partnership", "doc_id": doc, "rule": rule, "confidence": sure}
        for doc, rule, sure in (
            ("a", "partnership:with", 0.9),
            ("b", "partnership:table", 0.98),
            ("c", "x", None),
        )
    ]
    assert by_fact(rows, COUNTED) == {"p": 0.98}


def test_dates(page: Callable[..., PageBuilder], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confidence, "load", lambda: COUNTED)
    made = page("a.html", "Ulm, Tsumeb 1968 1969 1970").pair("Ulm", "Tsumeb", "Ulm", confidence=0.5)
    made.date("Ulm", "Tsumeb", "1968", "1968", Event.SIGNED).date(
        "Ulm", "Tsumeb", "1969", "1969", Event.SINCE
    )
    made.date("Ulm", "Tsumeb", "1970", "1970", Event.RENEWED)
    made.date("Ulm", "Tsumeb", "1971", "1970", Event.ANNIVERSARY, Basis.STATED)
    tables = normalise([made.claims()], [])
    sure = {row["date"]: row["confidence"] for row in tables.rows("founding_dates")}
    assert sure == {"1968": 0.95, "1969": 0.6, "1970": None, "1971": None}
    assert tables.rows("partnerships")[0]["confidence"] == 0.5
