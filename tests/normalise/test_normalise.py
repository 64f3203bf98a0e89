"""The whole stage: golden tables, and what must not depend on what."""

from __future__ import annotations

from itertools import permutations

import pytest

from pipeline.model import Issue, Kind, Rejected, Status
from pipeline.normalise import ClaimError, normalise
from pipeline.schema import TABLES
from pipeline.write.render import csv_bytes
from pipeline.write.verify import problems


def all_csv(tables):
    return "".join(f"[{t.name}]\n{csv_bytes(tables.arrow(t.name)).decode()}\n" for t in TABLES)


def test_golden_csv(pages, rejected, file_regression):
    tables = normalise(pages, rejected)
    assert problems({table.name: tables.arrow(table.name) for table in TABLES}) == []
    file_regression.check(all_csv(tables).encode(), binary=True, extension=".txt")


def test_golden_rows(pages, rejected, data_regression):
    tables = normalise(pages, rejected)
    data_regression.check(
        {name: [{k: str(v) if v is not None else None for k, v in row.items()} for row in tables.rows(name)]
         for name in ("partnerships", "founding_dates", "mayors")}
    )  # fmt: skip


def test_order_of_pages_is_nothing(pages, rejected):
    wanted = all_csv(normalise(pages, rejected))
    for order in permutations(pages):
        assert all_csv(normalise(iter(order), rejected)) == wanted


def test_order_of_claims_is_nothing(pages, rejected):
    wanted = all_csv(normalise(pages, rejected))
    for found in pages:
        for claims in (found.partnerships, found.dates, found.mayors, found.themes):
            claims.reverse()
    assert all_csv(normalise(pages, rejected)) == wanted


def test_ids_stay_when_a_page_goes(pages, rejected):
    def passages(tables):
        return {(row["evidence_id"], row["fact_id"]) for row in tables.rows("evidence")}

    everything = normalise(pages, rejected)
    for gone in pages:
        rest = normalise([found for found in pages if found is not gone], rejected)
        doc = gone.document.doc_id
        kept = {(e["evidence_id"], e["fact_id"]) for e in everything.rows("evidence") if e["doc_id"] != doc}
        lost = kept - passages(rest)
        # The one exception: a lone surname has an id of its own where no page has the full name.
        texts = {row["evidence_id"]: row["quote"] for row in everything.rows("evidence")}
        assert {texts[evidence] for evidence, _ in lost} <= {"Mayor Müller-Beck"}


def test_every_fact_has_evidence_and_quotes_are_exact(pages, rejected):
    tables = normalise(pages, rejected)
    facts = {
        row[key]
        for name, key in (
            ("partnerships", "partnership_id"),
            ("founding_dates", "founding_id"),
            ("mayors", "mayor_id"),
            ("themes", "theme_id"),
        )
        for row in tables.rows(name)
    }
    evidence = tables.rows("evidence")
    assert {row["fact_id"] for row in evidence} == facts
    for row in evidence:
        assert tables.texts[row["doc_id"]][row["start"] : row["end"]] == row["quote"]
        context = f"{row['prefix'] or ''}{row['suffix'] or ''}"
        assert "\n" not in context
        assert "\t" not in context


def test_no_pages_at_all():
    tables = normalise([], [])
    assert [len(tables[table.name]) for table in TABLES] == [0] * 8
    assert problems({table.name: tables.arrow(table.name) for table in TABLES}) == []


def test_documents_tell_what_became_of_them(pages, rejected):
    found = {row["source"]: row for row in normalise(pages, rejected).rows("documents")}
    assert [found[s]["status"] for s in ("de/partner.html", "de/abfall.html", "de/logo.html")] == [
        "ok",
        "irrelevant",
        "rejected",
    ]
    assert found["de/logo.html"]["issue"] == "read: binary: is not a page but a PNG image"
    assert found["en/links.html"]["issue"] == "clean: too_deep: cut at depth 512"
    assert found["de/logo.html"]["chars"] is None
    assert found["de/abfall.html"]["title"] is None


def test_namibia_and_none_survive(pages, rejected):
    tables = normalise(pages, rejected)
    assert ("Tsumeb", "NA") in {(row["name"], row["country"]) for row in tables.rows("places")}
    assert ("None", "NA") in {(row["person"], row["country"]) for row in tables.rows("mayors")}


def test_unknown_population_is_null_beside_integers(pages):
    rows = {row["name"]: row["population"] for row in normalise(pages, []).rows("places")}
    assert rows == {"Ulm": 120714, "Tsumeb": 34190, "Arbroath": None, "Vale-sur-Rien": None}


STATUSES = [
    # newest dated page wins, whatever it says
    ([("2010", Status.ACTIVE), ("2020", Status.ENDED)], Status.ENDED),
    ([("2010", Status.ENDED), ("2020", Status.ACTIVE)], Status.ACTIVE),
    ([("2020-03", Status.SUSPENDED), ("2020-04-01", Status.ACTIVE)], Status.ACTIVE),
    # a page without a date counts only if none has one
    ([(None, Status.ENDED), ("1999", Status.ACTIVE)], Status.ACTIVE),
    ([(None, Status.ENDED), (None, Status.ACTIVE)], Status.ENDED),
    # ties
    ([("2020", Status.PLANNED), ("2020", Status.ACTIVE)], Status.ACTIVE),
    ([("2020", Status.SUSPENDED), ("2020", Status.ENDED)], Status.ENDED),
    ([("2020", Status.SUSPENDED), ("2020", Status.ACTIVE)], Status.SUSPENDED),
]


@pytest.mark.parametrize(("claims", "wanted"), STATUSES)
def test_status(page, claims, wanted):
    pages = [
        page(f"{number}.html", "Ulm", published=published)
        .pair("Ulm", "Tsumeb", "Ulm", status=status)
        .claims()
        for number, (published, status) in enumerate(claims)
    ]
    row = normalise(pages, []).rows("partnerships")[0]
    assert row["status"] == wanted
    assert row["conflict"] == "status: " + ", ".join(sorted(str(status) for _, status in claims))
    assert row["documents"] == 2


def test_kind_is_the_strongest(page):
    kinds = [Kind.COOPERATION, Kind.FRIENDSHIP, Kind.SPONSORSHIP]
    pages = [page(f"{kind}.html", "Ulm").pair("Ulm", "Tsumeb", "Ulm", kind).claims() for kind in kinds]
    row = normalise(pages, []).rows("partnerships")[0]
    assert (row["kind"], row["conflict"]) == ("friendship", "kind: friendship, cooperation, sponsorship")


def test_pair_in_either_order_is_one_row(page):
    made = page("a.html", "Ulm Tsumeb").pair("Ulm", "Tsumeb", "Ulm").pair("Tsumeb", "Ulm", "Ulm").claims()
    tables = normalise([made], [])
    assert len(tables["partnerships"]) == 1
    assert len(tables["evidence"]) == 1
    row = tables.rows("partnerships")[0]
    assert (row["place_a"], row["country_a"], row["place_b"], row["country_b"]) == (
        "Ulm",
        "DE",
        "Tsumeb",
        "NA",
    )
    assert (row["documents"], row["conflict"], row["founded"]) == (1, None, None)


def test_confidence_is_the_best(page):
    pages = [
        page(f"{c}.html", "Ulm").pair("Ulm", "Tsumeb", "Ulm", confidence=c).claims() for c in (0.3, 0.9, None)
    ]
    assert normalise(pages, []).rows("partnerships")[0]["confidence"] == 0.9


def test_a_theme_of_an_unknown_town_stays_with_its_page(page):
    pages = [page(name, "Kultur").theme("culture", "Kultur").claims() for name in ("a.html", "b.html")]
    rows = normalise(pages, []).rows("themes")
    assert [(row["partnership_id"], row["place_id"]) for row in rows] == [(None, None)] * 2


def test_two_inputs_with_one_id_are_named(page):
    rejected = [Rejected("a.html", Issue("read", "empty", "has no content"))]
    with pytest.raises(ClaimError, match=r"a\.html and a\.html"):
        normalise([page("a.html", "x").claims()], rejected)
