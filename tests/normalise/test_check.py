"""Claims that cannot be merged: a mistake is raised, what has no row is left out and said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.model import Evidence
from pipeline.normalise import ClaimError, check


def broken(page, *evidence):
    claims = page("a.html", "Ulm und Tsumeb").pair("Ulm", "Tsumeb", "Ulm").claims()
    return replace(claims, partnerships=[replace(claims.partnerships[0], evidence=evidence)])


@pytest.mark.parametrize(
    ("evidence", "says"),
    [
        ((), "no evidence"),
        ((Evidence(0, 0, "r"),), "not in a text"),
        ((Evidence(-1, 2, "r"),), "not in a text"),
        ((Evidence(3, 15, "r"),), "not in a text"),
        ((Evidence(0, 3, ""),), "without a rule"),
        ((Evidence(0, 3, "r", 1.5),), "not in 0..1"),
        ((Evidence(0, 3, "r", float("nan")),), "not in 0..1"),
    ],
)
def test_bad_evidence_is_raised(page, evidence, says):
    with pytest.raises(ClaimError, match=says):
        check(broken(page, *evidence))


@pytest.mark.parametrize("value", ["1969-13", "gestern", "", "1969-02-30"])
def test_what_is_no_date_is_raised(page, value):
    made = page("a.html", "Ulm 1969").pair("Ulm", "Tsumeb", "Ulm").date("Ulm", "Tsumeb", value, "1969")
    with pytest.raises(ClaimError, match="not a date"):
        check(made.claims())


def test_unknown_theme_and_nameless_mayor_are_raised(page):
    with pytest.raises(ClaimError, match="unknown theme"):
        check(page("a.html", "Ulm").theme("fishing", "Ulm").claims())
    with pytest.raises(ClaimError, match="without a name"):
        check(page("a.html", "Ulm").mayor(" ", "Ulm", "Ulm").claims())


def test_good_claims_come_back_as_they_are(page):
    claims = page("a.html", "Ulm").pair("Ulm", "Tsumeb", "Ulm").claims()
    assert check(claims) is claims


def test_self_pairs_and_orphans_are_left_out_and_said(page):
    made = page("a.html", "Ulm 1969 Kultur").pair("Ulm", "Ulm", "Ulm").pair("Ulm", "Tsumeb", "Ulm")
    made.date("Ulm", "Ulm", "1969", "1969").date("Ulm", "Arbroath", "1969", "1969")
    made.date("Ulm", "Tsumeb", "1969", "1969").theme("culture", "Kultur", pair=("Arbroath", "Ulm"))
    found = check(made.claims())
    assert [len(found.partnerships), len(found.dates), len(found.themes)] == [1, 1, 0]
    assert [(issue.stage, issue.kind) for issue in found.document.issues] == [
        ("normalise", "self_pair"),
        ("normalise", "orphan"),
        ("normalise", "orphan"),
        ("normalise", "orphan"),
    ]
