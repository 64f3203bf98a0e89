"""When two names are one mayor."""

from __future__ import annotations

import pytest

from pipeline.model import Role
from pipeline.normalise import normalise
from pipeline.normalise.mayors import seen_range

NAMES = [
    (["Horn", "Martin Horn"], ["Martin Horn"]),
    (["Horn", "Martin Horn", "Anna Horn"], ["Anna Horn", "Horn", "Martin Horn"]),
    (["Horn", "HORN"], ["Horn"]),
    (["MARTIN HORN", "Martin Horn"], ["Martin Horn"]),
    (["Sören Link", "Soren Link"], ["Soren Link"]),
    (["Anna Schmidt-Müller", "Müller"], ["Anna Schmidt-Müller", "Müller"]),
    (["Anna Schmidt-Müller", "Schmidt-Müller"], ["Anna Schmidt-Müller"]),
    (["Anna Schmidt Müller", "Anna Schmidt-Müller"], ["Anna Schmidt Müller"]),
    (["Ole von Beust", "von Beust", "Von Beust", "Beust"], ["Ole von Beust"]),
    (["Hans Hornung", "Horn"], ["Hans Hornung", "Horn"]),
    (["Xuân Nguyễn", "NGUYỄN"], ["Xuân Nguyễn"]),
    (["北京", "!!"], ["!!", "北京"]),
]


@pytest.mark.parametrize(("given", "wanted"), NAMES)
def test_names(page, given, wanted):
    pages = [page(f"{i}.html", "Ulm").mayor(name, "Ulm", "Ulm").claims() for i, name in enumerate(given)]
    for order in (pages, pages[::-1]):
        assert sorted(row["person"] for row in normalise(order, []).rows("mayors")) == sorted(wanted)


def test_other_place_or_office_is_another_fact(page):
    made = page("a.html", "Ulm").mayor("Martin Horn", "Ulm", "Ulm").mayor("Horn", "Tsumeb", "Ulm")
    made.mayor("Horn", "Ulm", "Ulm", role=Role.DEPUTY_MAYOR)
    assert len(normalise([made.claims()], [])["mayors"]) == 3


def test_id_does_not_depend_on_a_merged_surname(page):
    full = page("a.html", "Ulm").mayor("Martin Horn", "Ulm", "Ulm").claims()
    lone = page("b.html", "Ulm").mayor("Horn", "Ulm", "Ulm").claims()
    alone, both = normalise([full], []), normalise([lone, full], [])
    assert alone.rows("mayors") == both.rows("mayors")
    assert len(both["evidence"]) == 2


@pytest.mark.parametrize(
    ("dates", "wanted"),
    [
        ([], (None, None)),
        (["2021"], ("2021", "2021")),
        (["2021", "2019-05-01", "2020"], ("2019-05-01", "2021")),
        (["2021", "2021-03"], ("2021", "2021")),
    ],
)
def test_seen(dates, wanted):
    assert seen_range(dates) == wanted


def test_seen_dates_of_one_person_span_pages(page):
    pages = [
        page(f"{i}.html", "Ulm").mayor("Martin Horn", "Ulm", "Ulm", seen).claims()
        for i, seen in enumerate(["2021", None, "2018-04"])
    ]
    row = normalise(pages, []).rows("mayors")[0]
    assert (row["seen_from"], row["seen_to"]) == ("2018-04", "2021")
