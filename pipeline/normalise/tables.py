"""The eight tables in memory, as Arrow tables that open as pandas frames, and their putting together.

Arrow types keep what plain pandas loses: integers with gaps, the country code "NA", a mayor named "None".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING

from pipeline.normalise.confidence import Calibration, by_fact
from pipeline.normalise.settle import CORRECTION
from pipeline.schema import TABLES, DocumentStatus, Table, by_name

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

Row = dict[str, object]

_PLACES = (
    ("partnerships", "place_a_id", "place_a", "country_a"),
    ("partnerships", "place_b_id", "place_b", "country_b"),
    ("mayors", "place_id", "place", "country"),
)
"""Where the name and the country of a place stand beside its id."""

_FACTS = ("partnerships", "founding_dates", "mayors", "themes")


@dataclass(frozen=True)
class Tables:
    """All that a run found.

    ``data`` maps each table's name to the table, with the declared columns, types and order of rows (nulls
    are not checked). ``texts`` maps the id of each document that could be read to its frozen text.
    """

    data: Mapping[str, pa.Table]
    texts: Mapping[str, str]

    @cached_property
    def frames(self) -> Mapping[str, pd.DataFrame]:
        """The tables as pandas frames, by name."""
        import pandas as pd

        return {name: found.to_pandas(types_mapper=pd.ArrowDtype) for name, found in self.data.items()}

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Return the frame of a table.

        Raises:
            KeyError: If there is no such table.
        """
        return self.frames[name]

    def arrow(self, name: str) -> pa.Table:
        """Return a table with the declared schema.

        Raises:
            KeyError: If there is no such table.
        """
        return self.data[name]

    def rows(self, name: str) -> list[Row]:
        """Return the rows of a table as plain Python values, null as None."""
        rows: list[Row] = self.data[name].to_pylist()
        return rows


def table(declared: Table, rows: Sequence[Row]) -> pa.Table:
    """Return rows as a table with the declared columns, types and order; what a row lacks is null."""
    import pyarrow as pa  # here and not above: who works out single pages makes no table

    schema = declared.arrow()
    columns = [
        pa.array(values, field.type)
        for field, values in zip(schema, _columns(schema.names, rows), strict=True)
    ]
    return pa.table(columns, schema=schema).sort_by([(name, "ascending") for name in declared.order])


def _columns(names: Sequence[str], rows: Sequence[Row]) -> Sequence[Sequence[object]]:
    try:
        # All of a row at once: in a large table far quicker than one column after the other.
        whole: list[Sequence[object]] = list(zip(*map(itemgetter(*names), rows), strict=True))
    except KeyError:
        whole = []
    return whole or [[row.get(name) for row in rows] for name in names]


def assemble(rows: Mapping[str, Sequence[Row]], texts: Mapping[str, str], calibration: Calibration) -> Tables:
    """Fill the columns that follow from other tables, sort the rows, and return all tables.

    Names and countries of places, confidences of facts and the number of documents of a partnership are
    looked up here, once, for all tables alike.

    Args:
        rows: The rows of each table, in any order.
        texts: The frozen texts by document id.
        calibration: How sure facts are by the evidence they rest on.
    """
    filled = {name: list(found) for name, found in rows.items()}
    _fill_places(filled)
    confidence = _confidence(rows, calibration)
    for name in _FACTS:
        key = by_name(name).key
        filled[name] = [row | {"confidence": confidence.get(str(row[key]))} for row in filled[name]]
    documents = _documents(rows)
    filled["partnerships"] = [
        row | {"documents": len(documents[str(row["partnership_id"])])} for row in filled["partnerships"]
    ]
    return Tables(
        {found.name: table(found, filled[found.name]) for found in TABLES}, dict(sorted(texts.items()))
    )


def _fill_places(rows: dict[str, list[Row]]) -> None:
    places = {row["place_id"]: row for row in rows["places"]}
    for name, key, place, country in _PLACES:
        beside = ((row, places.get(row[key], {})) for row in rows[name])
        rows[name] = [
            row | {place: known.get("name"), country: known.get("country")} for row, known in beside
        ]


def _confidence(rows: Mapping[str, Sequence[Row]], calibration: Calibration) -> dict[str, float | None]:
    found = by_fact(rows["evidence"], calibration)
    found |= {
        str(row["founding_id"]): calibration.of_passed_over(found.get(str(row["founding_id"])))
        for row in rows["founding_dates"]
        if not row["chosen"]
    }
    signed = (row["fact_id"] for row in rows["evidence"] if str(row["rule"]).startswith(CORRECTION))
    return found | {str(fact): 1.0 for fact in signed}


def _documents(rows: Mapping[str, Sequence[Row]]) -> Mapping[str, set[object]]:
    """Return the pages that each fact has evidence from, by its id."""
    own = {row["doc_id"] for row in rows["documents"] if row["status"] == DocumentStatus.CORRECTIONS}
    found: dict[str, set[object]] = defaultdict(set)
    for row in rows["evidence"]:
        if row["doc_id"] not in own:
            found[str(row["fact_id"])].add(row["doc_id"])
    return found
