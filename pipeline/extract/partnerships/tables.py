"""Partners that a table lists: one row, one partner."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extract.context import Context, Scope
from pipeline.extract.cues import event_at, has, heading_status, polarity
from pipeline.extract.partnerships.comparisons import compares, counts
from pipeline.extract.partnerships.datings import dating, event_of, usable
from pipeline.extract.partnerships.finding import Dating, Finding, Found
from pipeline.extract.partnerships.footnotes import footnotes, notes_of
from pipeline.extract.partnerships.kinds import strongest
from pipeline.extract.partnerships.rows import (
    cell_pair,
    denied,
    kinds_named,
    named,
    of_others,
    unknown,
)
from pipeline.extract.trace import Veto
from pipeline.gazetteer import unlinked
from pipeline.lexicon import LANGUAGES, all_words
from pipeline.model import (
    Block,
    DateMention,
    Event,
    Evidence,
    Kind,
    Place,
    PlaceMention,
    Status,
    Table,
    TriggerMention,
)
from pipeline.recognise.triggers import triggers_in

_JOINING = 5
"""Letters that may join a paper and its date in a cell: "Vertrag vom 3.5.1983"."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column holds what; -1 where none does."""

    partner: int
    home: int
    dates: tuple[int, ...]


def _fits(header: str, role: str) -> bool:
    folded = header.casefold()
    words = folded.replace("/", " ").split()
    return any(label in words or (len(label) > 4 and label in folded) for label in all_words("tables", role))


def _names_partners(header: str) -> bool:
    """Whether a header is itself a word for partners, and not just for towns."""
    return any(triggers_in(header, 0, len(header), lang) for lang in LANGUAGES)


def _headers(context: Context, table: Table) -> list[str]:
    """Return the header text of each column, empty where there is none."""
    width = len(table.grid[0]) if table.grid else 0
    headers = [""] * width
    for row in table.header_rows[:2]:
        for column, index in enumerate(table.grid[row]):
            if index >= 0 and row <= 1:
                headers[column] = (
                    f"{headers[column]} {context.document.words(context.document.blocks[index])}".strip()
                )
    return headers


def _leading(context: Context, index: int) -> PlaceMention | None:
    if index < 0:
        return None
    block = context.document.blocks[index]
    return context.leading_place(block.start, block.end)


def _columns(context: Context, table: Table, headers: list[str]) -> _Columns | None:
    """Find the partner's column: most of its cells begin with a place; a fitting header wins."""
    rows = [row for r, row in enumerate(table.grid) if r not in table.header_rows]
    body = [row for row in rows if _subheading(context, row) is None] or rows
    if not body or not table.grid[0]:
        return None
    width = len(table.grid[0])
    filled = [sum(row[c] >= 0 for row in body) for c in range(width)]
    leading = [[m for row in body if (m := _leading(context, row[c])) is not None] for c in range(width)]
    count = [sum(m.form == "name" for m in column) for column in leading]
    ratio = [count[c] / filled[c] if filled[c] else 0.0 for c in range(width)]
    home = next((c for c in range(width) if _fits(headers[c], "home") or _all_home(context, body, c)), -1)
    candidates = [
        c
        for c in range(width)
        if c != home
        and ratio[c] >= 0.5
        and count[c] >= (1 if _fits(headers[c], "partner") else min(2, len(body)))
        and not _fits(headers[c], "remark")
    ]
    if not candidates:
        return None
    partner = max(
        candidates, key=lambda c: (_names_partners(headers[c]), _fits(headers[c], "partner"), ratio[c], -c)
    )
    others = [c for c in candidates if c != partner]
    spanned = [c for c in candidates if _spans_rows(body, c)]
    if home < 0 and len(candidates) > 1 and len(spanned) == 1 and not _names_partners(headers[spanned[0]]):
        home = spanned[0]  # one town, several partners
        partner = next(c for c in candidates if c != home)
    beside = min(others, key=lambda c: (abs(c - partner), c), default=-1)
    if home < 0 and others and _names_partners(headers[partner]) and not _names_partners(headers[beside]):
        home = beside  # "Town | Twinned with"
    if home < 0 and len(candidates) == 2:
        own = context.home.country if context.home is not None else _first_country(leading[candidates[0]])
        abroad = [_mostly_abroad(leading[c], own) for c in candidates]
        if abroad.count(True) == 1:  # the towns at home stand in one column, those abroad in the other
            partner, home = sorted(candidates, key=lambda c: not abroad[candidates.index(c)])
    if 0 <= home < partner:
        inner = [c for c in candidates if home < c < partner and not _names_partners(headers[c])]
        inner = [
            c
            for c in inner
            if _at_home(context, leading[c]) and _varied(context, body, c) > _varied(context, body, home)
        ]
        home = inner[-1] if inner else home  # "District | Town | Twinned with"
    dates = tuple(c for c in range(width) if c not in (partner, home) and not _fits(headers[c], "remark"))
    return _Columns(partner, home, dates)


def _first_country(column: list[PlaceMention]) -> str:
    """Return the country that most places of a column lie in."""
    lands = Counter(m.place.country for m in column)
    return max(lands, key=lambda country: (lands[country], country), default="")


def _mostly_abroad(column: list[PlaceMention], own: str) -> bool:
    """Whether most places of a column lie in other countries than the page's own."""
    return 2 * sum(m.place.country != own for m in column) > len(column)


def _at_home(context: Context, names: Sequence[PlaceMention]) -> bool:
    """Whether most places of a column lie in the home's country."""
    at_home = sum(context.home is None or m.place.country == context.home.country for m in names)
    return 3 * at_home >= 2 * len(names)


def _varied(context: Context, body: list[tuple[int, ...]], column: int) -> int:
    """Return how many different cells a column has."""
    blocks = context.document.blocks
    return len({context.document.words(blocks[row[column]]) for row in body if row[column] >= 0})


def _spans_rows(body: list[tuple[int, ...]], column: int) -> bool:
    """Whether a cell of a column spans rows."""
    return any(a[column] == b[column] >= 0 for a, b in itertools.pairwise(body))


def _all_home(context: Context, body: list[tuple[int, ...]], column: int) -> bool:
    found = [m for row in body if (m := _leading(context, row[column])) is not None]
    return len(found) >= 2 and all(context.is_home(m.place) for m in found)


def _announced(context: Context, table: Table, headers: list[str], first: Block) -> Scope | None:
    """Return what announces the table: its headers, its caption, the headings above, the page."""
    for row in table.header_rows[:1]:
        for column, index in enumerate(table.grid[row]):
            if index >= 0:
                block = context.document.blocks[index]
                triggers = context.triggers(block.start, block.end)
                if triggers and not counts(context, _column(context, table, column)):
                    return Scope(triggers[0].kind, None, block.start, block.end, strong=not triggers[0].weak)
    for cells in table.grid[:-1]:
        title = _subheading(context, cells)
        if title is not None and _is_note(context, title):
            continue
        strong = [t for t in context.triggers(title.start, title.end) if not t.weak] if title else []
        if title is not None and strong:
            return Scope(strong[0].kind, None, title.start, title.end)
    if table.caption >= 0 and table.caption in context.scopes:
        return context.scopes[table.caption]
    if table.caption >= 0 and context.turns_away(context.document.blocks[table.caption]):
        return None
    above = context.scope_of(first)
    if above is not None and above.strong:
        return above
    body = [row for r, row in enumerate(table.grid) if r not in table.header_rows]
    named = [found for row in body if (found := _row_trigger(context, row)) is not None]
    if body and 2 * len(named) >= len(body):  # a column names the kind of each
        return Scope(named[0].kind, None, named[0].start, named[0].end)
    return above


def _column(context: Context, table: Table, column: int) -> list[Block]:
    """Return the cells of a column below the headers."""
    rows = [row for r, row in enumerate(table.grid) if r not in table.header_rows]
    return [context.document.blocks[row[column]] for row in rows if row[column] >= 0]


def _is_note(context: Context, title: Block) -> bool:
    """Whether a row that spans the table tells of one more bond: "Also: friendship agreement with B"."""
    lead = context.leading_place(title.start, title.end)
    bond = bool(context.triggers(title.start, title.end))
    named = [p for p in context.places(title.start, title.end) if not context.is_home(p.place)]
    return bond and lead is None and any(p.form == "name" for p in named)


def _compares(context: Context, table: Table, headers: list[str], columns: _Columns, scope: Scope) -> bool:
    """Whether a table compares towns rather than listing partners."""
    cells = _column(context, table, columns.partner)
    if columns.home >= 0 or any(cell_pair(context, cell) is not None for cell in cells):
        return False
    towns = [m for cell in cells if (m := context.leading_place(cell.start, cell.end)) is not None]
    beside = [
        _column(context, table, column)
        for column, header in enumerate(headers)
        if column != columns.partner and not _fits(header, "remark")
    ]
    announced = _names_partners(headers[columns.partner]) or _right_above(context, cells[0], scope)
    return compares(context, towns, beside, announced=announced)


def _right_above(context: Context, first: Block, scope: Scope) -> bool:
    """Whether the nearest heading announces a table; the page's headline does so if it names partners."""
    nearest = context.heading_of(first)
    if nearest is None or scope.start != nearest.start or not scope.end:
        return False
    named = (t for t in context.triggers(scope.start, scope.end) if t.form == "partner" and t.plural)
    return nearest.index != context.first_heading or any(named)


def _row_trigger(context: Context, row: tuple[int, ...]) -> TriggerMention | None:
    """Return the first strong trigger in a row, or a paper with its date on a page about partners."""
    cells = [context.document.blocks[index] for index in dict.fromkeys(row) if index >= 0]
    found = [t for cell in cells for t in context.triggers(cell.start, cell.end)]
    strong = next((t for t in found if not t.weak), None)
    if strong is not None or not context.speaks_of_partners:
        return strong
    papers = (t for t in found if t.form == "act" and t.kind is Kind.TWIN)
    return next((t for t in papers if _dated_paper(context, t)), None)


def _dated_paper(context: Context, trigger: TriggerMention) -> bool:
    """Whether a cell is no more than a word for a paper and its date."""
    cell = context.document.blocks[trigger.block]
    dates = context.dates(cell.start, cell.end)
    words = sum(d.end - d.start for d in dates) + trigger.end - trigger.start
    return bool(dates) and words + _JOINING >= cell.end - cell.start


def _row_spans(cells: list[Block]) -> list[tuple[int, int]]:
    """Return the span of a row's words, or of each of its cells where they stand in a column of the page."""
    together = cells[-1].index - cells[0].index == len(cells) - 1
    return [(cells[0].start, cells[-1].end)] if together else [(c.start, c.end) for c in cells]


def _row_kind(
    context: Context, spans: list[tuple[int, int]], lang: str, notes: list[Block], scope: Scope
) -> tuple[Kind, bool]:
    """Return the kind that a row's notes or its words name, and whether it is but that of the table."""
    for said in ([(n.start, n.end) for n in notes], spans):
        strong = [kind for a, b in said for kind in kinds_named(context, a, b, lang)]
        if strong:
            return strongest(strong), False
    return scope.kind, not scope.strong


def _home_of(
    context: Context, row: tuple[int, ...], columns: _Columns, partner: Place, scope: Scope
) -> Place | None:
    if columns.home >= 0 and row[columns.home] >= 0:
        mention = _leading(context, row[columns.home])
        cell = context.document.words(context.document.blocks[row[columns.home]]).strip()
        if context.home is None:
            return mention.place if mention else None
        country = context.home.country
        # the row's country is the partner's; a district lies in the home's
        return mention.place if mention and mention.place.country == country else unlinked(cell, country)
    if scope.anchor is not None and scope.anchor != partner:
        return scope.anchor
    return context.home


def _row_event(context: Context, date: DateMention, block: Block, header: str) -> Event | None:
    """Return what a date in a cell stands for: its own words first, then its column's header."""
    event = event_of(context, date, block.start, block.end, block.lang)
    if event is not None:
        return event
    event = event_at(header, 0, len(header), block.lang, (len(header), len(header)))
    if event in (Event.RENEWED, Event.SIGNED, Event.ENDED, Event.CONTACT, Event.DECIDED):
        return event
    letters = sum(c.isalpha() for c in context.text[block.start : block.end]) - sum(
        c.isalpha() for c in context.text[date.start : date.end]
    )
    if _fits(header, "date") or (letters <= 12 and not _fits(header, "remark")):
        return Event.SINCE
    return None


def _subheading(context: Context, row: tuple[int, ...]) -> Block | None:
    """Return the one cell of a row that spans the table, or None."""
    distinct = {index for index in row if index >= 0}
    return context.document.blocks[next(iter(distinct))] if len(distinct) == 1 and len(row) > 1 else None


def _rows(context: Context, table: Table, columns: _Columns, headers: list[str], scope: Scope) -> Found:
    findings: list[Finding] = []
    datings: list[Dating] = []
    current = scope
    below = Status.ACTIVE  # what the last subheading says of the rows below it
    known = footnotes(context, table)
    towns = _towns_between(context, table) if columns.home < 0 else {}
    owner: Place | None = None
    for r, row in enumerate(table.grid):
        if r in table.header_rows:
            continue
        owner = towns.get(r, owner)
        if r in towns:
            continue
        title = _subheading(context, row)
        if title is not None and _is_note(context, title):
            continue
        if title is not None:
            triggers = [t for t in context.triggers(title.start, title.end) if not t.weak]
            below_title = heading_status(context.document.words(title), title.lang)
            if triggers:
                current = Scope(triggers[0].kind, None, title.start, title.end)
            elif below_title is not Status.ACTIVE:
                current = scope
            if _leading(context, row[columns.partner]) is None or triggers:
                below = below_title
                continue
        if row[columns.partner] < 0:
            continue
        partner_cell = context.document.blocks[row[columns.partner]]
        mention = _leading(context, row[columns.partner])
        lacking = unknown(context, partner_cell) if mention is None and columns.home >= 0 else None
        pair = cell_pair(context, partner_cell) if columns.home < 0 else None
        partners = [m.place for m in named(context, partner_cell, mention)] if mention else [lacking]
        if pair is not None:
            partners = [pair[1]]
        cells = [context.document.blocks[i] for i in dict.fromkeys(row) if i >= 0]
        own = [c for c in cells if c.start >= partner_cell.start] or cells
        notes = notes_of(context, own, known)
        dated = any(_in(context, row, c) for c in columns.dates)
        for partner in partners:
            home = _home_of(context, row, columns, partner, current) if partner is not None else None
            home = pair[0] if pair is not None else owner or home
            if partner is None or home is None or home == partner:
                continue
            if denied(context, own, (home, partner), dated=dated) or _of_others(context, row, headers):
                context.note(Veto.ROW, own[0].start, own[-1].end, home, partner)
                continue
            found = _row(context, row, columns, headers, current, home, partner, below, notes)
            findings += found.findings
            datings += found.datings
    return Found(tuple(findings), tuple(datings))


def _towns_between(context: Context, table: Table) -> dict[int, Place]:
    """Return the towns at home that stand between the rows, each above its own partners, by their row."""
    found: dict[int, Place] = {}
    for r, row in enumerate(table.grid):
        title = _subheading(context, row)
        mention = context.leading_place(title.start, title.end) if title is not None else None
        if title is None or mention is None or mention.form != "name" or context.home is None:
            continue
        alone = context.names_only(title.start, title.end) and not context.dates(title.start, title.end)
        abroad = context.countries(title.start, title.end)
        if alone and not abroad and mention.place.country == context.home.country:
            found[r] = mention.place
    return found if len(found) > 1 else {}


def _of_others(context: Context, row: tuple[int, ...], headers: list[str]) -> bool:
    """Whether the column of kinds gives a row to others than the towns: "Schüleraustausch"."""
    kinds = [
        context.document.blocks[i] for i, h in zip(row, headers, strict=True) if i >= 0 and _fits(h, "kind")
    ]
    return any(has(context.document.words(block), block.lang, "other_bond") for block in kinds)


def _in(context: Context, row: tuple[int, ...], column: int) -> bool:
    """Whether a cell holds a date."""
    block = context.document.blocks[row[column]] if row[column] >= 0 else None
    return block is not None and bool(context.dates(block.start, block.end))


def _row(
    context: Context,
    row: tuple[int, ...],
    columns: _Columns,
    headers: list[str],
    scope: Scope,
    home: Place,
    partner: Place,
    below: Status,
    notes: list[Block],
) -> Found:
    """Return what a row says of one pair."""
    datings: list[Dating] = []
    cells = [context.document.blocks[i] for i in dict.fromkeys(row) if i >= 0]
    partner_cell = context.document.blocks[row[columns.partner]]
    own = [c for c in cells if c.start >= partner_cell.start] or cells
    spans = _row_spans(own)
    noted = [(note.start, note.end) for note in notes]
    told = [polarity(context.text[a:b], own[0].lang).status for a, b in (*spans, *noted)]
    status = next((each for each in told if each is not Status.ACTIVE), below)
    kind, weak = _row_kind(context, spans, own[0].lang, notes, scope)
    evidence = tuple(Evidence(a, b, "partnership:table") for a, b in (spans[0], *noted))
    if scope.end:
        evidence += (Evidence(scope.start, scope.end, "partnership:table.scope"),)
    for c, index in enumerate(row):
        if index < 0 or (c and index == row[c - 1]):
            continue
        block = context.document.blocks[index]
        for date in context.dates(block.start, block.end):
            event = _row_event(context, date, block, headers[c]) if usable(context, date) else None
            if event is not None and status is not Status.PLANNED:
                quoted = (block, partner_cell) if len(spans) == 1 else (block,)
                quote = min(c.start for c in quoted), max(c.end for c in quoted)
                datings.append(dating(home, partner, date, event, quote, "founding:table"))
    finding = Finding(home, partner, kind, status, weak, partner_cell.start, evidence)
    return Found((finding,), tuple(datings))


def _upright(context: Context, table: Table) -> Table:
    """Turn a table whose first row, but for its corner, names places, and whose first column says of what."""
    if len(table.grid) < 2 or len(table.grid[0]) < 3:
        return table
    first = table.grid[0][1:]
    places = [m for i in dict.fromkeys(first) if (m := _leading(context, i)) is not None]
    labels = [
        context.document.words(context.document.blocks[row[0]]) for row in table.grid[1:] if row[0] >= 0
    ]
    fitting = [
        label for label in labels if any(_fits(label, role) for role in ("country", "date", "remark", "kind"))
    ]
    if len(places) < len(first) or not (fitting or any(context.is_home(m.place) for m in places)):
        return table
    if 2 * len(fitting) < len(labels) and not _places_stand_first(context, table):
        return table
    return replace(table, grid=tuple(zip(*table.grid, strict=True)), header_rows=(0,), header_column=False)


def _of_topics(context: Context, table: Table) -> bool:
    """Whether a table compares the towns of its first row by topics: "River", "Famous for"."""
    first = table.grid[0][1:] if len(table.grid) > 1 else ()
    compared = {m.place for i in first if (m := _leading(context, i)) is not None and m.form == "name"}
    return len(compared) == len(first) > 2 and _places_stand_first(context, table, share=2)


def _places_stand_first(context: Context, table: Table, share: int = 5) -> bool:
    """Whether the places of a table stand in its first row; one cell in ``share`` below may, too."""
    below = [i for row in table.grid[1:] for i in row if i >= 0]
    names = [i for i in below if (m := _leading(context, i)) is not None and m.form == "name"]
    return len(table.grid) >= 3 and share * len(names) <= len(below)


def extract_tables(context: Context) -> tuple[Found, frozenset[int]]:
    """Return what the tables of a document say, and the blocks of the tables that list partners."""
    findings: list[Finding] = []
    datings: list[Dating] = []
    read: set[int] = set()
    for table in context.document.tables:
        indices = [i for row in table.grid for i in row if i >= 0]
        if not indices:
            continue
        table = _upright(context, table)
        headers = _headers(context, table)
        if of_others(headers) and not any(_names_partners(header) for header in headers):
            span = context.document.blocks[min(indices)].start, context.document.blocks[max(indices)].end
            context.note(Veto.TABLE, *span)
            continue
        scope = _announced(context, table, headers, context.document.blocks[min(indices)])
        columns = _columns(context, table, headers)
        span = context.document.blocks[min(indices)].start, context.document.blocks[max(indices)].end
        if scope is None or columns is None:
            context.note(Veto.TABLE if scope is None else Veto.COLUMNS, *span)
            continue
        if _of_topics(context, table) or _compares(context, table, headers, columns, scope):
            context.note(Veto.COMPARISON, *span)
            continue
        found = _rows(context, table, columns, headers, scope)
        findings += found.findings
        datings += found.datings
        titles = (_subheading(context, row) for row in table.grid)
        read.update(set(indices) - {t.index for t in titles if t is not None and _is_note(context, t)})
    return Found(tuple(findings), tuple(datings)), frozenset(read)
