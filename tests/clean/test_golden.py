"""One page of everything, block by block."""

# ruff: noqa: E501 (one line a block)
from __future__ import annotations

from pathlib import Path

from pytest_regressions.file_regression import FileRegressionFixture

from pipeline.clean import clean, dropped
from pipeline.model import Page
from pipeline.read import read
from tests.clean.cleaned import check


def test_page_of_everything(file_regression: FileRegressionFixture) -> None:
    (page,) = read([Path(__file__).parent / "everything.html"])
    assert isinstance(page, Page)
    found = clean(page)
    check(found)
    lines = [f"{found.title} | {found.lang} | {found.published} | {'; '.join(found.publisher)}"]
    for block in found.blocks:
        place = f"{block.index} {block.kind} {block.level} {list(block.path)} section {block.section} group {block.group} {block.lang}"
        lines.append(f"{place}: {found.words(block)} [{found.text[block.start : block.lead_end]}]")
    lines += [
        f"table {table.grid} {table.header_rows} {table.header_column} {table.caption}"
        for table in found.tables
    ]
    lines += [f"dropped by {rule}: {words}" for rule, words in dropped(page)]
    file_regression.check("\n".join(lines) + "\n", extension=".txt", encoding="utf-8")
