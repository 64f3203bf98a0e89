"""Corrections applied: what becomes of the facts, of their evidence, and of the corrections themselves."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.model import Event, Kind, Role, Status
from pipeline.normalise import ids, normalise
from pipeline.normalise.corrections import COLUMNS, CorrectionError, parse
from pipeline.schema import TABLES
from pipeline.write.render import csv_bytes
from pipeline.write.verify import problems

KEYS = {
    "partnerships": "partnership_id",
    "founding_dates": "founding_id",
    "mayors": "mayor_id",
    "themes": "theme_id",
}
ULM, TSUMEB, ARBROATH = "geonames:2820256", "geonames:3352593", "geonames:2657215"
PAIR = ids.partnership_id(ULM, TSUMEB)
OTHER = ids.partnership_id(ARBROATH, "unlinked:FR:vale-sur-rien")
SINCE, SIGNED = "f-77d8d182e9ea471c", "f-d812a53c115b3ea4"
MAYOR, SURNAME = (ids.mayor_id(n, ULM, Role.LORD_MAYOR) for n in ("Nina Müller-Beck", "Müller-Beck"))
CULTURE, SPORT, AID = "t-fcf6465d8a8c472d", "t-137579d94581cb8c", "t-1bd4e456f0c94ac4"


def corrections(*rows: str):
    """Each row lacks reviewer, date and reason."""
    data = "\n".join([",".join(COLUMNS), *(f"{row},Ada,2026-02-28,asked the town" for row in rows)])
    return parse(data.encode(), Path("corrections.csv"))


def corrected(pages, *rows: str, rejected=()):
    """Return the tables, which must hold what they always hold."""
    tables = normalise(pages, rejected, corrections(*rows))
    assert problems({table.name: tables.arrow(table.name) for table in TABLES}) == []
    facts = {row[key] for name, key in KEYS.items() for row in tables.rows(name)}
    evidence = tables.rows("evidence")
    assert {row["fact_id"] for row in evidence} == facts
    for row in evidence:
        assert tables.texts[row["doc_id"]][row["start"] : row["end"]] == row["quote"]
    signed = {row["fact_id"] for row in evidence if row["rule"].startswith("correction:")}
    for name, key in KEYS.items():
        for row in tables.rows(name):
            assert row["provenance"] == "extracted" or row[key] in signed
            assert (row["confidence"] == 1.0) == (row[key] in signed)
    used = {
        row[c] for n in KEYS for row in tables.rows(n) for c in row if c.endswith("place_id") or "_id" in c
    }
    homes = {row["home_place_id"] for row in tables.rows("documents")}
    assert {row["place_id"] for row in tables.rows("places")} <= used | homes
    for row in tables.rows("reviews"):
        assert row["fact_id"] is None or row["fact_id"] in facts
    return tables


def one(tables, name: str, key: str):
    return next((row for row in tables.rows(name) if row[KEYS[name]] == key), None)


def outcomes(tables):
    return [(row["outcome"], row["message"]) for row in tables.rows("reviews")]


def test_no_rows_change_no_fact(pages, rejected):
    plain, same = normalise(pages, rejected), corrected(pages, rejected=rejected)
    for table in TABLES:
        if table.name != "documents":
            assert plain.rows(table.name) == same.rows(table.name)
    assert [row["source"] for row in same.rows("documents") if row["status"] == "corrections"] == [
        "corrections.csv"
    ]


def test_accept(pages):
    tables = corrected(pages, f"partnership,{PAIR},,accept,")
    row = one(tables, "partnerships", PAIR)
    assert (row["provenance"], row["kind"], row["documents"]) == ("extracted", "twin", 2)
    assert outcomes(tables) == [("applied", None)]


def test_evidence_points_at_the_correction(pages):
    tables = corrected(pages, f"partnership,{PAIR},,accept,")
    (row,) = (row for row in tables.rows("evidence") if row["rule"] == "correction:accept")
    assert row["quote"] == f"partnership,{PAIR},,accept,,Ada,2026-02-28,asked the town"
    (document,) = (found for found in tables.rows("documents") if found["doc_id"] == row["doc_id"])
    assert (document["source"], document["status"]) == ("corrections.csv", "corrections")


def test_reject_takes_dates_and_themes_of_a_pair_along(pages):
    tables = corrected(pages, f"partnership,{PAIR},,reject,")
    assert one(tables, "partnerships", PAIR) is None
    assert [row for row in tables.rows("founding_dates") if row["partnership_id"] == PAIR] == []
    assert one(tables, "themes", SPORT) is None
    assert one(tables, "themes", CULTURE) is not None
    (review,) = tables.rows("reviews")
    assert review["fact"] == "Ulm - Tsumeb: twin, ended, founded 1969-05-03"
    assert (review["outcome"], review["fact_id"], review["message"]) == (
        "applied",
        None,
        "with 3 dates and themes of it",
    )


def test_reject_of_a_date_lets_another_be_chosen(pages):
    tables = corrected(pages, f"founding_date,{SIGNED},,reject,")
    row = one(tables, "partnerships", PAIR)
    assert (row["founded"], row["conflict"]) == ("1968", "kind: twin, friendship; status: active, ended")
    assert one(tables, "founding_dates", SINCE)["chosen"]


def test_place_of_a_rejected_fact_only_goes_too(pages):
    made = corrected(pages, f"partnership,{OTHER},,reject,")
    assert "Arbroath" not in {row["name"] for row in made.rows("places")}


def test_edit_of_kind_and_status(pages):
    tables = corrected(
        pages, f"partnership,{PAIR},kind,edit,friendship", f"partnership,{PAIR},status,edit,suspended"
    )
    row = one(tables, "partnerships", PAIR)
    assert (row["kind"], row["status"], row["provenance"]) == ("friendship", "suspended", "corrected")
    # What the pages say stays to be read.
    assert row["conflict"] == "founded: 1968, 1969-05-03; kind: twin, friendship; status: active, ended"
    assert [review["previous"] for review in tables.rows("reviews")] == ["twin", "ended"]


def test_edit_that_names_what_it_replaces(pages):
    tables = corrected(pages, f"partnership,{PAIR},status,edit,ended -> suspended")
    assert one(tables, "partnerships", PAIR)["status"] == "suspended"


def test_edit_that_finds_something_else_by_now_is_stale(pages):
    tables = corrected(pages, f"partnership,{PAIR},status,edit,active -> suspended")
    row = one(tables, "partnerships", PAIR)
    assert (row["status"], row["provenance"]) == ("ended", "extracted")
    assert outcomes(tables) == [("stale", "status is ended by now, not active")]


def test_edit_that_pages_have_caught_up_with(pages):
    tables = corrected(pages, f"partnership,{PAIR},status,edit,active -> ended")
    assert one(tables, "partnerships", PAIR)["provenance"] == "extracted"
    assert outcomes(tables) == [("applied", "the pages say so by now")]


def test_edited_date_gets_its_key_and_stays_chosen(pages):
    new = ids.founding_id(PAIR, "1969-05-13", Event.SIGNED, "stated")
    tables = corrected(pages, f"founding_date,{SIGNED},date,edit,1969-05-13")
    row = one(tables, "founding_dates", new)
    assert one(tables, "founding_dates", SIGNED) is None
    assert (row["date"], str(row["date_latest"]), row["chosen"], row["provenance"]) == (
        "1969-05-13",
        "1969-05-13",
        True,
        "corrected",
    )
    assert one(tables, "partnerships", PAIR)["founded"] == "1969-05-13"
    rules = {found["rule"] for found in tables.rows("evidence") if found["fact_id"] == new}
    assert rules == {"test", "correction:edit"}
    (review,) = tables.rows("reviews")
    assert (review["fact_key"], review["fact_id"], review["previous"]) == (SIGNED, new, "1969-05-03")


def test_later_rows_may_name_the_old_key_or_the_new_one(pages):
    new = ids.founding_id(PAIR, "1969-05-13", Event.SIGNED, "stated")
    for key in (SIGNED, new):
        tables = corrected(
            pages, f"founding_date,{SIGNED},date,edit,1969-05-13", f"founding_date,{key},event,edit,decided"
        )
        rows = {row["date"]: row["event"] for row in tables.rows("founding_dates")}
        assert rows["1969-05-13"] == "decided"
        assert [outcome for outcome, _ in outcomes(tables)] == ["applied", "applied"]


def test_edited_date_that_another_page_states_is_one_with_it(pages):
    tables = corrected(
        pages, f"founding_date,{SIGNED},date,edit,1968", f"founding_date,{SIGNED},event,edit,since"
    )
    rows = [row for row in tables.rows("founding_dates") if row["partnership_id"] == PAIR]
    assert [(row["founding_id"], row["chosen"]) for row in rows] == [(SINCE, True)]
    documents = {row["doc_id"] for row in tables.rows("evidence") if row["fact_id"] == SINCE}
    assert len(documents) == 3
    assert one(tables, "partnerships", PAIR)["conflict"] == "kind: twin, friendship; status: active, ended"


def test_a_date_can_be_chosen(pages):
    tables = corrected(pages, f"founding_date,{SINCE},chosen,edit,true")
    assert one(tables, "partnerships", PAIR)["founded"] == "1968"
    assert [row["chosen"] for row in tables.rows("founding_dates") if row["partnership_id"] == PAIR] == [
        True,
        False,
    ]
    renewed = "f-4d099126be78f1f8"
    tables = corrected(pages, f"founding_date,{renewed},chosen,edit,true")
    assert one(tables, "partnerships", OTHER)["founded"] == "2004"


def test_a_place_linked_wrongly_moves_the_pair_with_all_that_hangs_on_it(pages):
    neckarsulm = "geonames:2866758"
    tables = corrected(pages, f"partnership,{PAIR},place_a_id,edit,{neckarsulm}")
    new = ids.partnership_id(neckarsulm, TSUMEB)
    row = one(tables, "partnerships", new)
    assert (row["place_a"], row["place_b"], row["provenance"]) == ("Neckarsulm", "Tsumeb", "corrected")
    assert (row["founded"], row["documents"]) == ("1969-05-03", 2)
    assert one(tables, "partnerships", PAIR) is None
    dates = [row for row in tables.rows("founding_dates") if row["partnership_id"] == new]
    assert [(row["date"], row["provenance"]) for row in dates] == [
        ("1968", "corrected"),
        ("1969-05-03", "corrected"),
    ]
    sport = next(row for row in tables.rows("themes") if row["theme"] == "sport")
    assert (sport["partnership_id"], sport["theme_id"]) == (new, ids.theme_id("sport", new))


def test_a_pair_moved_onto_another_is_one_with_it(pages, page):
    more = page("x.html", "Ulm Tsumeb since 1970").pair("Arbroath", "Tsumeb", "Ulm Tsumeb", Kind.COOPERATION)
    more.date("Arbroath", "Tsumeb", "1970", "since 1970", Event.SINCE)
    wrong = ids.partnership_id(ARBROATH, TSUMEB)
    place = "place_a_id" if ARBROATH < TSUMEB else "place_b_id"
    tables = corrected([*pages, more.claims()], f"partnership,{wrong},{place},edit,{ULM}")
    row = one(tables, "partnerships", PAIR)
    assert (row["kind"], row["documents"], row["provenance"]) == ("twin", 3, "corrected")
    assert row["conflict"] == (
        "founded: 1968, 1969-05-03, 1970; kind: twin, friendship, cooperation; status: active, ended"
    )


def test_a_place_becomes_no_partner_of_itself(pages):
    tables = corrected(pages, f"partnership,{PAIR},place_b_id,edit,{ULM}")
    assert outcomes(tables) == [("stale", "it would make the place a partner of itself")]
    assert one(tables, "partnerships", PAIR) is not None


def test_edit_of_a_mayor(pages):
    tables = corrected(pages, f"mayor,{MAYOR},person,edit,Nina Müller-Böck", f"mayor,{MAYOR},seen_to,edit,")
    row = one(tables, "mayors", ids.mayor_id("Nina Müller-Böck", ULM, Role.LORD_MAYOR))
    assert (row["seen_from"], row["seen_to"], row["provenance"]) == ("2019-05", None, "corrected")


def test_a_mayor_who_becomes_another_takes_the_years_along(pages):
    tables = corrected(
        pages,
        "mayor,m-76aaeceb75c22564,person,edit,Ann Other",
        "mayor,m-76aaeceb75c22564,seen_from,edit,1999",
    )
    (row,) = (row for row in tables.rows("mayors") if row["person"] == "Ann Other")
    assert (row["place"], row["seen_from"]) == ("Tsumeb", "1999")


def test_a_theme_goes_from_the_town_to_a_pair_and_back(pages):
    tables = corrected(
        pages, f"theme,{CULTURE},partnership_id,edit,{PAIR}", f"theme,{SPORT},place_id,edit,{ULM}"
    )
    rows = {row["theme"]: (row["partnership_id"], row["place_id"]) for row in tables.rows("themes")}
    assert rows == {"culture": (PAIR, None), "sport": (None, ULM), "aid": (None, None)}


def test_a_theme_of_a_page_without_a_home_keeps_to_its_page(pages):
    tables = corrected(pages, f"theme,{AID},theme,edit,youth")
    (row,) = (row for row in tables.rows("themes") if row["theme"] == "youth")
    (passage,) = (
        found
        for found in tables.rows("evidence")
        if found["rule"] == "test" and found["fact_id"] == row["theme_id"]
    )
    assert row["theme_id"] == ids.theme_id("youth", passage["doc_id"])


NEW = ids.partnership_id(ULM, ARBROATH)


def test_added_facts(pages):
    tables = corrected(
        pages,
        f"partnership,,,add,place_a_id={ULM}; place_b_id={ARBROATH}; kind=friendship; status=planned",
        f"founding_date,,,add,partnership_id={NEW}; date=1980; event=decided",
        f"mayor,,,add,person=Ann Other; role=mayor; place_id={ARBROATH}; seen_from=1999; seen_to=2003",
        f"theme,,,add,theme=youth; place_a_id={ULM}; place_b_id={ARBROATH}",
        "theme,,,add,theme=tourism; place_id=unlinked:IT:Borgo Nuovo",
    )
    row = one(tables, "partnerships", NEW)
    assert (row["kind"], row["status"], row["founded"], row["documents"], row["provenance"]) == (
        "friendship",
        "planned",
        "1980",
        0,
        "added",
    )
    assert {row["provenance"] for row in tables.rows("mayors")} == {"extracted", "added"}
    assert {(row["name"], row["country"]) for row in tables.rows("places")} >= {("Borgo Nuovo", "IT")}
    assert [outcome for outcome, _ in outcomes(tables)] == ["applied"] * 5


def test_an_added_date_can_be_chosen(pages):
    add = f"founding_date,,,add,partnership_id={PAIR}; date=1955; event=contact"
    for more, founded in (("", "1969-05-03"), ("; chosen=true", "1955")):
        assert one(corrected(pages, add + more), "partnerships", PAIR)["founded"] == founded


def test_an_added_fact_quotes_its_page(pages):
    value = f"theme=economy; place_id={ULM}; page=de/partner.html; quote=OB Nina Müller-Beck: Kultur"
    tables = corrected(pages, f"theme,,,add,{value}")
    (row,) = (
        row for row in tables.rows("evidence") if row["rule"] == "correction:add" and "\t" in row["quote"]
    )
    assert row["quote"] == "OB Nina Müller-Beck:\tKultur"


@pytest.mark.parametrize(
    ("where", "says"),
    [
        ("page=gone.html; quote=Kultur", "its page gone.html is not among these, or cannot be read"),
        ("page=de/partner.html; quote=Handel", "de/partner.html no longer has the words “Handel”"),
    ],
)
def test_an_addition_whose_words_have_gone_is_stale(pages, where, says):
    tables = corrected(pages, f"theme,,,add,theme=economy; place_id={ULM}; {where}")
    assert outcomes(tables) == [("stale", says)]
    assert "economy" not in {row["theme"] for row in tables.rows("themes")}


def test_an_added_fact_that_a_page_states_by_now(pages):
    same = f"mayor,,,add,person=nina müller beck; role=lord_mayor; place_id={ULM}"
    value = f"place_a_id={TSUMEB}; place_b_id={ULM}; kind=twin; status=active"
    tables = corrected(pages, f"partnership,,,add,{value}", same)
    assert outcomes(tables) == [("applied", "the pages say so by now")] * 2
    row = one(tables, "partnerships", PAIR)
    assert (row["status"], row["provenance"], row["founded"]) == ("active", "corrected", "1969-05-03")


STALE = [
    ("partnership,p-0000000000000000,,reject,", "no partnership has this key any more"),
    (f"theme,{PAIR},,accept,", "no theme has this key any more"),
    (f"mayor,{SURNAME},,accept,", f"the surname is by now part of {MAYOR}, Nina Müller-Beck"),
    ("founding_date,,,add,partnership_id=p-0000000000000000; date=1980; event=since",
     "its partnership p-0000000000000000 is in no table"),
    ("theme,t-fcf6465d8a8c472d,partnership_id,edit,p-0000000000000000",
     "its partnership p-0000000000000000 is in no table"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "says"), STALE)
def test_what_fits_nothing_any_more_is_stale_and_changes_nothing(pages, row, says):
    plain, tables = normalise(pages, []), corrected(pages, row)
    ((outcome, message),) = outcomes(tables)
    assert outcome == "stale"
    assert message.startswith(says)
    for name in [*KEYS, "evidence", "places"]:
        assert tables.rows(name) == plain.rows(name)
    (document,) = (d for d in tables.rows("documents") if d["status"] == "corrections")
    assert document["issue"] == f"normalise: stale: line 2: {message}"


def test_what_another_row_rejects_is_stale(pages):
    tables = corrected(pages, f"partnership,{PAIR},,reject,", f"founding_date,{SINCE},,accept,")
    assert outcomes(tables)[1] == ("stale", "line 2 rejects it")


def test_a_correction_survives_when_other_pages_go(pages):
    rows = [f"partnership,{PAIR},kind,edit,friendship", f"founding_date,{SINCE},chosen,edit,true"]
    tables = corrected(pages[:1], *rows)
    assert [outcome for outcome, _ in outcomes(tables)] == ["applied", "applied"]
    assert corrected(pages[2:], *rows).rows("reviews")[0]["outcome"] == "stale"


def test_order_of_pages_is_nothing(pages, rejected):
    rows = [
        f"founding_date,{SIGNED},date,edit,1968",
        f"founding_date,{SIGNED},event,edit,since",
        f"partnership,{PAIR},place_a_id,edit,geonames:2866758",
        f"partnership,{OTHER},,reject,",
        f"mayor,,,add,person=Ann Other; role=mayor; place_id={ARBROATH}",
    ]

    def everything(order):
        tables = corrected(order, *rows, rejected=rejected)
        return [csv_bytes(tables.arrow(table.name)) for table in TABLES]

    wanted = everything(pages)
    for order in permutations(pages):
        assert everything(order) == wanted


RENEWED, NONE = "f-4d099126be78f1f8", "m-76aaeceb75c22564"
POOL = [
    *(f"partnership,{key},,{action}," for key in (PAIR, OTHER, NEW) for action in ("accept", "reject")),
    *(f"founding_date,{key},,{action}," for key in (SINCE, SIGNED) for action in ("accept", "reject")),
    *(f"founding_date,{key},chosen,edit,true" for key in (SINCE, SIGNED, RENEWED)),
    *(f"partnership,{key},place_a_id,edit,{ULM}" for key in (PAIR, OTHER)),
    *(f"partnership,{key},place_b_id,edit,{TSUMEB}" for key in (PAIR, OTHER, NEW)),
    *(f"founding_date,{key},date,edit,1968" for key in (SIGNED, RENEWED)),
    *(f"founding_date,{key},event,edit,since" for key in (SIGNED, RENEWED)),
    f"founding_date,{SINCE},partnership_id,edit,{OTHER}",
    f"founding_date,{SIGNED},event,edit,contact",
    f"mayor,{NONE},person,edit,Nina Müller-Beck",
    f"mayor,{NONE},place_id,edit,{ULM}",
    f"mayor,{NONE},role,edit,lord_mayor",
    f"theme,{SPORT},partnership_id,edit,{OTHER}",
    f"theme,{SPORT},theme,edit,culture",
    f"theme,{CULTURE},partnership_id,edit,{PAIR}",
    f"theme,{AID},place_id,edit,{ULM}",
    f"theme,{AID},theme,edit,culture",
    f"partnership,,,add,place_a_id={ULM}; place_b_id={ARBROATH}; kind=twin",
    f"founding_date,,,add,partnership_id={NEW}; date=1980; event=since; chosen=true",
    f"founding_date,,,add,partnership_id={PAIR}; date=1968; event=signed",
    f"theme,,,add,theme=sport; partnership_id={OTHER}",
]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.sampled_from(POOL), unique=True, max_size=9))
def test_whatever_is_corrected_in_whatever_order_the_tables_hold_together(pages, rows):
    try:
        tables = corrected(pages, *rows)
    except CorrectionError:  # rows that contradict each other
        return
    assert len(tables.rows("reviews")) == len(rows)
    for pair in tables.rows("partnerships"):
        dates = [
            row for row in tables.rows("founding_dates") if row["partnership_id"] == pair["partnership_id"]
        ]
        assert [row["date"] for row in dates if row["chosen"]] == [pair["founded"]] * bool(pair["founded"])


def test_statuses_that_disagree_stay_readable_beside_the_evidence(pages):
    rows = [row for row in normalise(pages, []).rows("evidence") if row["fact_id"] == PAIR]
    assert {(row["kind"], row["status"]) for row in rows} == {
        (str(Kind.TWIN), str(Status.ACTIVE)),
        (str(Kind.FRIENDSHIP), str(Status.ENDED)),
    }
