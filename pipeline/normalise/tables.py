"""The eight tables in memory, as pandas frames with Arrow types, and their putting together.

Arrow types keep what plain pandas loses: integers with gaps, the country code "NA", a mayor named "None".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa

from pipeline.normalise.confidence import Calibration, by_fact
from pipeline.normalise.settle import CORRECTION
from pipeline.schema import TABLES, DocumentStatus, by_name

Row = dict[str, object]


_FLOAT = pd.ArrowDtype(pa.float64())


@dataclass(frozen=True)
class Tables:
    """All that a run found.

    ``frames`` maps each table's name to its frame, with the declared columns, types and order of rows.
    ``texts`` maps the id of each document that could be read to its frozen text.
    """

    frames: Mapping[str, pd.DataFrame]
    texts: Mapping[str, str]

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Return the frame of a table.

        Raises:
            KeyError: If there is no such table.
        """
        return self.frames[name]

    def arrow(self, name: str) -> pa.Table:
        """Return a table with the declared schema (nulls are not checked).

        Raises:
            KeyError: If a column is missing.
            pyarrow.ArrowException: If its values do not fit the declared types.
        """
        schema, found = by_name(name).arrow(), self.frames[name]
        return pa.table([pa.array(found[field.name], field.type) for field in schema], schema=schema)

    def rows(self, name: str) -> list[Row]:
        """Return the rows of a table as plain Python values, null as None."""
        rows: list[Row] = self.arrow(name).to_pylist()
        return rows


def frame(name: str, rows: Sequence[Row]) -> pd.DataFrame:
    """Return rows as a frame with the declared columns and types; what a row lacks is null."""
    schema = by_name(name).arrow()
    columns = {field.name: pa.array([row.get(field.name) for row in rows], field.type) for field in schema}
    found: pd.DataFrame = pa.table(columns).to_pandas(types_mapper=pd.ArrowDtype)
    return found


def assemble(rows: Mapping[str, Sequence[Row]], texts: Mapping[str, str], calibration: Calibration) -> Tables:
    """Fill the columns that follow from other tables, sort the rows, and return all tables.

    Names and countries of places, confidences of facts and the number of documents of a partnership are
    looked up here, once, for all tables alike.

    Args:
        rows: The rows of each table, in any order.
        texts: The frozen texts by document id.
        calibration: How sure facts are by the evidence they rest on.
    """
    frames = {table.name: frame(table.name, rows[table.name]) for table in TABLES}
    places, evidence = frames["places"], frames["evidence"]
    for name, key, place, country in (
        ("partnerships", "place_a_id", "place_a", "country_a"),
        ("partnerships", "place_b_id", "place_b", "country_b"),
        ("mayors", "place_id", "place", "country"),
    ):
        frames[name] = _with_place(frames[name], places, key, place, country)
    confidence = by_fact(rows["evidence"], calibration)
    confidence |= {
        str(row["founding_id"]): calibration.of_passed_over(confidence.get(str(row["founding_id"])))
        for row in rows["founding_dates"]
        if not row["chosen"]
    }
    signed = (row["fact_id"] for row in rows["evidence"] if str(row["rule"]).startswith(CORRECTION))
    confidence |= {str(fact): 1.0 for fact in signed}
    for name in ("partnerships", "founding_dates", "mayors", "themes"):
        keys = frames[name][by_name(name).key]
        frames[name]["confidence"] = pd.Series(confidence, dtype=_FLOAT).reindex(keys).array
    own = {row["doc_id"] for row in rows["documents"] if row["status"] == DocumentStatus.CORRECTIONS}
    documents = evidence[~evidence["doc_id"].isin(own)].groupby("fact_id")["doc_id"].nunique()
    keys = frames["partnerships"]["partnership_id"]
    frames["partnerships"]["documents"] = documents.reindex(keys, fill_value=0).array
    return Tables({name: _finish(name, found) for name, found in frames.items()}, dict(sorted(texts.items())))


def _with_place(facts: pd.DataFrame, places: pd.DataFrame, key: str, name: str, country: str) -> pd.DataFrame:
    known = places[["place_id", "name", "country"]].set_axis([key, name, country], axis="columns")
    return facts.drop(columns=[name, country]).merge(known, on=key, how="left", validate="many_to_one")


def _finish(name: str, found: pd.DataFrame) -> pd.DataFrame:
    table = by_name(name)
    ordered = found.sort_values(list(table.order), kind="stable", ignore_index=True)
    types = {field.name: pd.ArrowDtype(field.type) for field in table.arrow()}
    return ordered[list(table.columns)].astype(types)
