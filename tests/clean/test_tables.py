"""Grids of data tables, and layout tables dissolved."""

# ruff: noqa: E501 (pages read better unbroken)
from __future__ import annotations

import pytest

from pipeline.model import Document, Table
from tests.clean.cleaned import check, document, outline, plain


def grid(found: Document, number: int = 0) -> list[list[str]]:
    table: Table = found.tables[number]
    return [[found.words(found.blocks[cell]) if cell >= 0 else "" for cell in row] for row in table.grid]


HEAD = "<tr><th>Town<th>Land<th>Since</tr>"


def test_header_spans_and_empty_cells() -> None:
    found = document(
        f"<body><table><caption>As of 2024</caption>{HEAD}<tr><td rowspan=2>Calais<td>F<td>1964<tr><td>&nbsp;<td>1965"
        f"{HEAD}<tr><td colspan=2>Wuhan<td>1982</table></body>"
    )
    check(found)
    assert grid(found) == [
        ["Town", "Land", "Since"],
        ["Calais", "F", "1964"],
        ["Calais", "", "1965"],
        ["Town", "Land", "Since"],
        ["Wuhan", "Wuhan", "1982"],
    ]
    assert found.tables[0].header_rows == (0, 3)
    assert found.words(found.blocks[found.tables[0].caption]) == "As of 2024"
    assert "Calais\tF\t1964\n1965" in found.text


@pytest.mark.parametrize(
    ("table", "rows", "column"),
    [
        ("<tr><td><b>Town</b><td><b>Since</b><tr><td>Calais<td>1964<tr><td>Wuhan<td>1982", (0,), False),
        ("<tr><td>Town<td>Since<tr><td>Calais<td>1964<tr><td>Wuhan<td>1982<tr><td>Perm<td>2007", (0,), False),
        ("<tr><td>Calais<td>1964<tr><td>Wuhan<td>1982<tr><td>Perm<td>2007", (), False),
        ("<tr><th>Country<td>France<tr><th>Since<td>1964", (), True),
        ("<tr><td>Chair:<td>A. Smith<tr><td>Date:<td>4 May", (), True),
        ("<thead><tr><td>Town<td>Since</thead><tr><td>Calais<td>1964", (0,), False),
        ("<tr><th colspan=2>Europe<tr><th>Town<th>Since<tr><td>Calais<td>1964", (1,), False),
    ],
)
def test_headers(table: str, rows: tuple[int, ...], column: bool) -> None:
    found = document(f"<body><h1>Partners</h1><table>{table}</table></body>")
    assert (found.tables[0].header_rows, found.tables[0].header_column) == (rows, column)


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td>One</table>",
        "<table role=presentation><tr><td>One<td>a<tr><td>Two<td>b</table>",
        "<table><tr><td><h1>One</h1></td><td>b</td></tr><tr><td>x<td>y</table>",
        "<table><tr><td>gez. A<br>Mayor<td>gez. B<br>Clerk</table>",
    ],
)
def test_layout_tables_are_dissolved(html: str) -> None:
    found = document(f"<body>{html}</body>")
    assert found.tables == ()
    assert all(kind != "cell" for kind, _ in outline(found))


@pytest.mark.parametrize("span", ["0", "99999", "-3", "x", "²", "1000000000000"])
def test_absurd_spans(span: str) -> None:
    found = document(
        f"<body><table>{HEAD}<tr><td rowspan={span} colspan={span}>Calais<td>F<td>1964</table></body>"
    )
    check(found)
    assert "1964" in found.text


def test_text_tables() -> None:
    tabbed = plain("Partner\n\nTown\tSince\nCalais\t1964\nWuhan\t1982\n")
    assert grid(tabbed) == [["Town", "Since"], ["Calais", "1964"], ["Wuhan", "1982"]]
    assert tabbed.tables[0].header_rows == (0,)
    piped = plain(
        "# Partner\n\n| Town | Since |\n|---|:---:|\n| **Calais** | 1964 |\n| Wuhan | |\n", markdown=True
    )
    assert grid(piped) == [["Town", "Since"], ["Calais", "1964"], ["Wuhan", ""]]
    assert piped.tables[0].header_rows == (0,)
