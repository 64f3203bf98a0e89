"""Whether finished tables keep what their declarations promise."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from pipeline.schema import TABLES, Type, by_name


def problems(tables: Mapping[str, pa.Table]) -> list[str]:
    """Check finished tables against their declarations.

    Args:
        tables: PyArrow tables by name.

    Returns:
        A sentence for each broken promise: columns, nulls, values, keys, foreign keys.
    """
    found = []
    for table in TABLES:
        if table.name not in tables:
            found.append(f"{table.name}: the table is missing")
            continue
        data = tables[table.name]
        if not data.schema.equals(table.arrow()):
            found.append(f"{table.name}: columns or types are not the declared ones")
            continue
        if len(data[table.key].unique()) != len(data):
            found.append(f"{table.name}.{table.key}: a key occurs twice")
        for field in table.fields:
            values = {value for value in data[field.name].unique().to_pylist() if value is not None}
            label = f"{table.name}.{field.name}"
            if not field.nullable and data[field.name].null_count:
                found.append(f"{label}: is null in {data[field.name].null_count} row(s)")
            if field.values and (extra := sorted(values - set(field.values))):
                found.append(f"{label}: holds the undeclared value {extra[0]!r}")
            if field.type is Type.STRING and "" in values:
                found.append(f"{label}: holds an empty text instead of null")
            if field.references and field.references in tables:
                other = tables[field.references]
                keys = set(other[by_name(field.references).key].to_pylist())
                if lost := sorted(values - keys):
                    found.append(f"{label}: {lost[0]!r} is not in {field.references}")
    return found
