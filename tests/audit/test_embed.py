"""Tables and texts as JSON inside a page."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.audit import load
from pipeline.audit.embed import as_json
from tests.audit.made import Maker
from tests.audit.test_load import data_of
from tests.conftest import ROOT

words = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=30)


def unpacked(column: object) -> list:
    return column if isinstance(column, list) else [column["of"][at] for at in column["at"]]


def utf16(text: str, start: int, end: int) -> str:
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


@settings(max_examples=40, deadline=None)
@given(st.lists(words, min_size=1, max_size=6))
def test_offsets_count_as_javascript_does(quotes: list[str]) -> None:
    made = Maker()
    made.document("doc-1")
    for number, quote in enumerate(quotes):
        made.fact("themes", "theme", {"theme_id": f"t-{number}", "theme": "youth"}, "doc-1", quote)
    with tempfile.TemporaryDirectory() as folder:
        data, texts = map(json.loads, as_json(load(made.write(Path(folder) / "out"))))
    evidence = data["tables"]["evidence"]
    places = zip(unpacked(evidence["start"]), unpacked(evidence["end"]), strict=True)
    assert [utf16(texts[0], start, end) for start, end in places] == quotes
    assert data["misplaced"] == {}


def test_every_quote_of_our_outputs_is_where_the_page_looks() -> None:
    outputs = load(ROOT / "outputs")
    data, texts = map(json.loads, as_json(outputs))
    evidence = {name: unpacked(values) for name, values in data["tables"]["evidence"].items()}
    quotes = outputs.tables["evidence"]["quote"].to_pylist()
    cells = zip(evidence["doc"], evidence["start"], evidence["end"], strict=True)
    assert [utf16(texts[doc], start, end) for doc, start, end in cells] == quotes


@given(st.lists(words, max_size=40))
def test_columns_come_back_as_they_were(values: list[str]) -> None:
    from pipeline.audit.embed import _packed, _script_safe

    mixed = [*values, None, True, 1, 1.0, "1"]
    for column in (mixed, mixed * 9):
        found = unpacked(json.loads(_script_safe(_packed(column))))
        assert [(type(value), value) for value in found] == [(type(value), value) for value in column]


@given(words)
def test_json_cannot_end_its_element(text: str) -> None:
    from pipeline.audit.embed import _script_safe

    safe = _script_safe([text, "</script><!--\u2028\u2029&"])
    assert not re.search("[<>&\u2028\u2029]", safe)
    assert json.loads(safe)[0] == text


def test_a_quote_that_is_elsewhere_is_kept(tmp_path: Path) -> None:
    made = Maker()
    made.document("doc-1")
    made.fact("themes", "theme", {"theme_id": "t-1", "theme": "youth"}, "doc-1", "some words")
    made.rows["evidence"][0] |= {"start": 2, "end": 10_000}
    from pipeline.audit import page

    data, _ = data_of(page(made.write(tmp_path / "out")))
    assert data["misplaced"] == {"0": "some words"}
