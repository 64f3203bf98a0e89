"""Traps of our libraries: each stands here with what it does, and with what we do instead.

Where the first half of a test fails, the library has mended its ways, and the code around it may go.
"""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import dateparser
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from dateparser.search import search_dates

from pipeline.clean import clean
from pipeline.model import BlockKind, Document, Page
from pipeline.normalise import normalise
from pipeline.read import read_bytes
from pipeline.recognise.dates import dates_in
from pipeline.write import write


def cleaned(html: str) -> Document:
    page = read_bytes(html.encode(), "page.html")
    assert isinstance(page, Page)
    return clean(page)


@pytest.mark.parametrize("text", ["Die Stadt", "So kam es", "noch 250 m bis zum Rathaus"])
def test_words_and_lengths_are_no_dates(text: str) -> None:
    assert search_dates(text, languages=["de"])
    assert dates_in(text, "de") == []


def test_german_order_of_day_and_month() -> None:
    text = "unterzeichnet am 03.04.1972"
    found = search_dates(text, languages=["de"])
    assert found is not None
    assert found[0][1].month == 3  # 4 March: the German order is lost
    assert [d.edtf for d in dates_in(text, "de")] == ["1972-04-03"]


def test_a_year_stays_a_year_whatever_the_day_is() -> None:
    days = [datetime(2026, 2, 28), datetime(2026, 12, 31)]
    parsed = {dateparser.parse("1958", languages=["de"], settings={"RELATIVE_BASE": day}) for day in days}
    assert len(parsed) == 2
    assert [d.edtf for d in dates_in("im Jahr 1958", "de")] == ["1958"]


def test_namibia_is_not_missing(tmp_path: Path) -> None:
    csv = "country\nNA\n"
    assert pd.read_csv(io.StringIO(csv)).country.isna().all()
    out = tmp_path / "out"
    write(normalise([], []), out)
    header = (out / "places.csv").read_text(encoding="utf-8")
    assert header.startswith("place_id,")
    read = pd.read_csv(io.StringIO(csv), keep_default_na=False, na_values=[""])
    assert list(read.country) == ["NA"]


def test_integers_with_a_gap_stay_integers() -> None:
    assert "1999.0" in pd.DataFrame({"year": [1999, None]}).to_csv()
    assert "1999.0" not in pd.DataFrame({"year": pd.array([1999, None], dtype="Int64")}).to_csv()


def test_list_items_are_not_glued() -> None:
    html = "<html lang=de><body><h1>Partner</h1><ul><li>Dijon</li><li>Erfurt</li></ul></body></html>"
    assert "DijonErfurt" in BeautifulSoup(html, "lxml").get_text()
    document = cleaned(html)
    items = [document.words(b) for b in document.blocks if b.kind is BlockKind.ITEM]
    assert items == ["Dijon", "Erfurt"]


def test_an_open_comment_is_reported() -> None:
    html = "<html><body><p>One.</p><!-- never closed <p>Lost words.</p></body></html>"
    texts = {parser: BeautifulSoup(html, parser).get_text() for parser in ("html.parser", "lxml")}
    assert len(set(texts.values())) == 2  # the parsers do not agree on what is lost
    assert [issue.kind for issue in cleaned(html).issues] == ["markup_truncated"]
