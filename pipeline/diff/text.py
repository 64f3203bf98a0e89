"""A comparison as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from pipeline.diff import Change, Diff
from pipeline.diff.sides import passages
from pipeline.terminal import printable

_SIGNS = {"added": "+", "gone": "-", "changed": "~", "evidence": '"'}
_COMMON = 2
"""So many passages are shown that are the same on both sides."""


def lines(found: Diff, listing: bool = True) -> Iterator[str]:
    """Yield the figures and, if ``listing``, every change with its evidence."""
    yield f"{'':16}{'added':>8}{'gone':>8}{'changed':>9}{'evidence':>10}{'same':>8}"
    for table in found.tables:
        counts = [table.count(what) for what in _SIGNS]
        shown = [str(count or "") for count in counts]
        name = table.name.replace("_", " ")
        yield f"{name:16}{shown[0]:>8}{shown[1]:>8}{shown[2]:>9}{shown[3]:>10}{table.same or '':>8}".rstrip()
    for table in found.tables:
        for sign, columns in (("-", table.only_old), ("+", table.only_new)):
            for column in columns:
                yield f"{sign} column {printable(column)} of {table.name}"
    if listing:
        for name, changes in groupby(found.changes(), key=lambda change: change.table):
            yield ""
            yield name.replace("_", " ")
            for change in changes:
                yield from _change(change)


def _change(change: Change) -> Iterator[str]:
    yield f"{_SIGNS[change.what]} {_flat(change.label)}"
    if change.what == "changed":
        for column, (old, new) in change.columns.items():
            yield f"      {printable(column)}: {_flat(old) or '(none)'} -> {_flat(new) or '(none)'}"
    common = 0
    for sign, row in passages(change.old, change.new):
        common += sign == " "
        if sign != " " or common <= _COMMON:
            where = f"{row['source']} {row.get('start', '')}-{row.get('end', '')}"
            quote, rule = _flat(row.get("quote", "")), _flat(row.get("rule", ""))
            yield f"    {sign} {_flat(where)}  “{quote}”  [{rule}]"
    if common > _COMMON:
        yield f"      and {common - _COMMON} more on both sides"


def _flat(text: str) -> str:
    return printable(" ".join(text.split()))
