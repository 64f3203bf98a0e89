"""Which founding date is chosen, and which disagree."""

from __future__ import annotations

from itertools import permutations

import pytest

from pipeline.model import Basis, Event
from pipeline.normalise.dates import Founding, choose, disagreeing

S, D = Basis.STATED, Basis.DERIVED


def foundings(*given):
    """Each is (edtf, event, basis, number of documents); documents of different dates differ."""
    return [
        Founding(f"f-{i}", edtf, event, basis, frozenset(f"{i}/{n}" for n in range(docs)))
        for i, (edtf, event, basis, docs) in enumerate(given)
    ]


CHOICES = [
    ([], None),
    # never chosen
    ([("1960", Event.CONTACT, S, 9), ("1980", Event.RENEWED, S, 9), ("1990", Event.ENDED, S, 9)], None),
    ([("2014", Event.ANNIVERSARY, S, 1)], None),
    # event
    ([("1964", Event.SINCE, S, 5), ("1965", Event.SIGNED, S, 1)], "1965"),
    ([("1964-01-02", Event.DECIDED, S, 5), ("1965", Event.PROCLAIMED, S, 1)], "1965"),
    ([("1960", Event.CONTACT, S, 5), ("1965", Event.SINCE, S, 1)], "1965"),
    # basis before event
    ([("1964", Event.SIGNED, D, 5), ("1965", Event.SINCE, S, 1)], "1965"),
    ([("1964", Event.ANNIVERSARY, D, 1)], "1964"),
    # precision, if compatible; from a "since" date too, but not from another act
    ([("1964", Event.SIGNED, S, 5), ("1964-07-11", Event.SIGNED, S, 1)], "1964-07-11"),
    ([("1964", Event.SIGNED, S, 5), ("1964-07", Event.SINCE, S, 1)], "1964-07"),
    ([("1964", Event.SIGNED, S, 5), ("1964-07-11", Event.DECIDED, S, 1)], "1964"),
    ([("1964", Event.SIGNED, S, 5), ("1965-07-11", Event.SIGNED, S, 1)], "1964"),
    # documents, counting those whose coarser date covers it
    ([("1964-07-11", Event.SIGNED, S, 1), ("1965-03-01", Event.SIGNED, S, 2)], "1965-03-01"),
    ([("1964-07-11", Event.SIGNED, S, 1), ("1965-03-01", Event.SIGNED, S, 2), ("1964", Event.SINCE, S, 2)],
     "1964-07-11"),
    # then precision, then the earlier
    ([("1964", Event.SIGNED, S, 1), ("1965-03", Event.SIGNED, S, 1)], "1965-03"),
    ([("1965-03-01", Event.SIGNED, S, 1), ("1964-07-11", Event.SIGNED, S, 1)], "1964-07-11"),
    ([("1963~", Event.SINCE, S, 1), ("1963", Event.SINCE, S, 1)], "1963"),
    # a leap year is as precise as any
    ([("1968", Event.SIGNED, S, 1), ("1970", Event.SIGNED, S, 1)], "1968"),
    ([("1968-02", Event.SIGNED, S, 1), ("1967-03", Event.SIGNED, S, 1)], "1967-03"),
    # decades are legal, and yield to years
    ([("197X", Event.SINCE, S, 1)], "197X"),
    ([("197X", Event.SIGNED, S, 3), ("1974", Event.SINCE, S, 1)], "1974"),
    ([("197X", Event.SIGNED, S, 3), ("1974", Event.ANNIVERSARY, D, 1)], "1974"),
    ([("1962/1963", Event.SIGNED, S, 1), ("1963", Event.SINCE, S, 1)], "1963"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "wanted"), CHOICES)
def test_choice(given, wanted):
    for order in permutations(foundings(*given)):
        chosen = choose(order)
        assert (chosen.edtf if chosen else None) == wanted


CONFLICTS = [
    ([("1964", Event.SIGNED, S, 1), ("1964-07-11", Event.SINCE, S, 1)], []),
    ([("1964", Event.SIGNED, S, 1), ("1965-07-11", Event.SINCE, S, 1)], ["1964", "1965-07-11"]),
    ([("1964-07-11", Event.SIGNED, S, 1), ("1964-10-03", Event.SIGNED, S, 1)], ["1964-07-11", "1964-10-03"]),
    ([("197X", Event.SINCE, S, 1), ("1974", Event.SIGNED, S, 1)], []),
    # a decision precedes the act, and does not follow it
    ([("1963-12-01", Event.DECIDED, S, 1), ("1964", Event.SIGNED, S, 1)], []),
    ([("1965-12-01", Event.DECIDED, S, 1), ("1964", Event.SIGNED, S, 1)], ["1964", "1965-12-01"]),
    ([("1963", Event.DECIDED, S, 1), ("1962", Event.DECIDED, S, 1)], ["1962", "1963"]),
    # a jubilee may be kept a year late
    ([("1960", Event.ANNIVERSARY, D, 1), ("1959-11-05", Event.SIGNED, S, 1)], []),
    ([("1960", Event.ANNIVERSARY, D, 1), ("1962", Event.SIGNED, S, 1)], ["1960", "1962"]),
    ([("1962/1963", Event.SINCE, S, 1), ("1963/1964", Event.SINCE, S, 1)], ["1962/1963", "1963/1964"]),
    # not dates of a start
    ([("1960", Event.CONTACT, S, 1), ("1964", Event.SIGNED, S, 1), ("1990", Event.ENDED, S, 1)], []),
]


@pytest.mark.parametrize(("given", "wanted"), CONFLICTS)
def test_disagreement(given, wanted):
    for order in permutations(foundings(*given)):
        assert disagreeing(order) == wanted


def test_chosen_date_stands_in_the_partnership(page):
    from pipeline.normalise import normalise

    made = page("a.html", "Ulm 1964 1990").pair("Ulm", "Tsumeb", "Ulm")
    made.date("Ulm", "Tsumeb", "1964", "1964").date("Ulm", "Tsumeb", "1990", "1990", Event.RENEWED)
    tables = normalise([made.claims()], [])
    row = tables.rows("partnerships")[0]
    days = [str(row[column]) for column in ("founded", "founded_earliest", "founded_latest")]
    assert days == ["1964", "1964-01-01", "1964-12-31"]
    assert [(date["date"], date["chosen"]) for date in tables.rows("founding_dates")] == [
        ("1964", True),
        ("1990", False),
    ]
