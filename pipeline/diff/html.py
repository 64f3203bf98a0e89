"""A comparison as one HTML page: no script, nothing loaded, everything that pages say escaped."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from itertools import groupby

from pipeline import report
from pipeline.diff import Change, Diff
from pipeline.diff.sides import passages
from pipeline.diff.stored import Row
from pipeline.report import shown

_WORDS = {"added": "added", "gone": "gone", "changed": "changed", "evidence": "other evidence"}


def page(found: Diff) -> str:
    """Return the page: the figures, then every change with its evidence on both sides."""
    style = files(__package__).joinpath("page.css").read_text(encoding="utf-8")
    body = [f"<h1>From {shown(str(found.old))} to {shown(str(found.new))}</h1>", *_figures(found)]
    for name, changes in groupby(found.changes(), key=lambda change: change.table):
        body.append(f"<h2>{name.replace('_', ' ')}</h2>")
        body += [part for change in changes for part in _change(change)]
    return report.page("Twintown: what differs", style, body)


def _figures(found: Diff) -> Iterator[str]:
    yield "<table>"
    yield f"<tr>{''.join(f'<th>{word}</th>' for word in ('', *_WORDS.values(), 'same'))}</tr>"
    for table in found.tables:
        counts = [*(table.count(what) for what in _WORDS), table.same]
        cells = "".join(f"<td>{count or ''}</td>" for count in counts)
        yield f"<tr><td>{table.name.replace('_', ' ')}</td>{cells}</tr>"
    yield "</table>"
    for table in found.tables:
        for word, columns in (("gone", table.only_old), ("added", table.only_new)):
            for column in columns:
                yield f"<p>Column {word}: <code>{shown(column)}</code> of {table.name}</p>"


def _change(change: Change) -> Iterator[str]:
    yield f'<article class="{change.what}">'
    yield f"<p>{_WORDS[change.what]}: <strong>{shown(change.label)}</strong></p>"
    if change.what == "changed":
        for column, (old, new) in change.columns.items():
            values = f"<del>{shown(old)}</del> <ins>{shown(new)}</ins>"
            yield f'<p class="column"><code>{shown(column)}</code> {values}</p>'
    for sign, row in passages(change.old, change.new):
        yield _passage(sign, row)
    yield "</article>"


def _passage(sign: str, row: Row) -> str:
    tag = {"-": "del", "+": "ins"}.get(sign, "mark")
    before, quote, after = (shown(row.get(name, "")) for name in ("prefix", "quote", "suffix"))
    left, right = (
        " " if row.get(name, "")[slice_].isspace() else ""
        for name, slice_ in (("prefix", slice(-1, None)), ("suffix", slice(1)))
    )
    place = f"{row['source']} {row.get('start', '')}-{row.get('end', '')}"
    note = f'<span class="note">{shown(place)}</span> <code>{shown(row.get("rule", ""))}</code>'
    return f"<blockquote>{before}{left}<{tag}>{quote}</{tag}>{right}{after}<br>{note}</blockquote>"
