"""Tables that a page makes of other elements."""

# ruff: noqa: E501 (pages read better unbroken)
from __future__ import annotations

import pytest

from tests.clean.cleaned import check, document
from tests.clean.test_tables import grid

WANTED = [["Arnstadt", "Thüringen", "1990"], ["Vienne", "Frankreich", "1953"], ["Udine", "Italien", "1961"]]


def rows(row: str, cell: str, inner: str = "") -> str:
    return "".join(
        f"<{row}>"
        + "".join(f"<{cell}>{word}{inner}</{cell.split()[0]}>" for word in line)
        + f"</{row.split()[0]}>"
        for line in WANTED
    )


@pytest.mark.parametrize(
    "body",
    [
        f"<div>{rows('div class=row', 'div class=cell')}</div>",
        f"<div>{rows('div', 'div')}</div>",
        f"<div>{rows('div class=eintrag', 'span')}</div>",
        f"<ul>{rows('li', 'span class=x')}</ul>",
        f"<section><h2>Partner</h2><p>Alle auf einen Blick:</p>{rows('div class=z', 'p')}<p>Stand 2024.</p></section>",
        f"<div role=table><div role=rowgroup>{rows('div role=row', 'span role=cell')}</div></div>",
    ],
)
def test_rows_alike_are_a_table(body: str) -> None:
    found = document(f"<body><main><h1>Partnerstädte</h1>{body}</main></body>")
    check(found)
    assert grid(found) == WANTED


@pytest.mark.parametrize(
    "head",
    [
        "<div class='row head'><div>Ort</div><div>Land</div><div>seit</div></div>",
        "<div class=spalten><div>Ort</div><div>Land</div><div>seit</div></div>",
    ],
)
def test_the_first_row_may_be_a_head(head: str) -> None:
    found = document(
        f"<body><main><h1>Partnerstädte</h1><div>{head}{rows('div class=row', 'div')}</div></main></body>"
    )
    assert grid(found) == [["Ort", "Land", "seit"], *WANTED]
    assert found.tables[0].header_rows == (0,)


def test_roles_name_the_heads() -> None:
    head = "<div role=row><b role=columnheader>Ort</b><b role=columnheader>Land</b><b role=columnheader>seit</b></div>"
    found = document(
        f"<body><main><div role=grid>{head}{rows('div role=row', 'div role=gridcell')}</div></main></body>"
    )
    assert found.tables[0].header_rows == (0,)
    assert grid(found)[1:] == WANTED


SENTENCE = "Mit Vienne verbindet uns seit 1953 eine Partnerschaft, die von den Schulen getragen wird."


@pytest.mark.parametrize(
    "body",
    [
        "".join(f"<div class=card><h3>{name}</h3><p>{land}</p></div>" for name, land, _ in WANTED),
        "".join(f"<div class=card><div>{year}</div><div>{SENTENCE}</div></div>" for *_, year in WANTED),
        "".join(
            f"<div class=row>{name} <span>{land}</span> <span>{year}</span></div>"
            for name, land, year in WANTED
        ),
        "".join(f"<div class=row><div>{name}</div></div>" for name, *_ in WANTED),
        "".join(f"<div class={name}><div>{name}</div><div>{year}</div></div>" for name, _, year in WANTED),
    ],
    ids=["cards", "prose", "loose text", "one cell", "no class in common"],
)
def test_what_is_no_table(body: str) -> None:
    assert not document(f"<body><main><h1>Partnerstädte</h1><div>{body}</div></main></body>").tables
