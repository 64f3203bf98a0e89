"""No page, however odd, breaks the cleaner or holds it up."""

# ruff: noqa: E501 (pages read better unbroken)
from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clean import clean, doc_id, dropped
from pipeline.model import MediaType
from tests.clean.cleaned import SENTENCE, check, document, page, plain

PAGE = f"""<!doctype html><html lang="de"><head><title>Partnerstädte | Stadt</title><meta charset=utf-8></head><body>
<nav><ul><li><a href="/">Start</a></ul></nav><main id="m"><h1>Unsere <b>Partner</b>städte</h1><p>{SENTENCE}<br>x<br><br>y
<details><summary>Calais, <i>Frankreich</i></summary><p>Seit&nbsp;1964&shy;.</p></details><table><caption>Stand</caption>
<tr><th>Stadt<th>seit<tr><td rowspan=2>Wuhan<td>1982<tr><td>1983</table><dl><dt>Seit<dd>1964</dl><ul><li>A<ul><li>B</ul></ul>
<figure><img alt=z><figcaption>Bild: A. B.</figcaption></figure><hr><p><b>Titel</b></p><div class=tab-pane id=t>T</div>
</main><aside><h2>Aktuelles</h2><p>Oberbürgermeister Max Muster kommt heute.</p></aside><footer>Stand: 14.03.2024</footer></body></html>"""
PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<table>",
        "<tr>",
        "<td colspan=3>",
        "</table>",
        "<b>",
        "</b>",
        "<br>",
        "<li>",
        "<ul>",
        "</ul>",
        "<h2>",
        "</h2>",
        "<dl>",
        "<dd>",
        "<!--",
        "-->",
        "<main>",
        "</main>",
        "<details>",
        "<summary>",
        "</details>",
        "<hr>",
        "<section>",
        "</section>",
        "<aside>",
        "<script>",
        "</script>",
        "&nbsp;",
        "Bild: X",
        "Top of page",
        "Calais ",
        "1964. ",
        "\n\n",
        "\t",
        "|",
        "- ",
        "# ",
        "**",
        "\u00ad",
        "<div class='tab item nav'>",
        "</div>",
        "<a href=#x>",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from(MediaType))
def test_any_soup_of_pieces(text: str, media_type: MediaType) -> None:
    check(clean(page(text, media_type)))


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(PAGE)), st.integers(0, len(PAGE)), st.text(max_size=8))
def test_cut_and_changed_pages(start: int, length: int, insert: str) -> None:
    check(document(PAGE[:start]))
    check(document(PAGE[:start] + insert + PAGE[start + length % 40 :]))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300), st.booleans())
def test_any_text(text: str, markdown: bool) -> None:
    check(plain(text, markdown))


def test_same_page_twice_gives_the_same() -> None:
    assert document(PAGE) == document(PAGE)


@pytest.mark.parametrize(
    "text",
    [
        "<div>" * 50_000 + SENTENCE,
        "<div class='menu teaser'>" * 20_000 + SENTENCE + " Twin town.",
        "<b>" * 20_000 + SENTENCE,
        "<ul><li>" * 10_000 + SENTENCE,
        "<table><tr><td>" * 3_000 + SENTENCE,
        "<blockquote><p>" * 20_000 + SENTENCE,
        "<table>" + "<tr>" + "<td>x" * 20_000 + "<tr><td>" + SENTENCE,
        "<h2>News</h2>" * 5_000 + SENTENCE,
        "<p>" + "1." * 50_000 + SENTENCE,
        "<p>Stand: " + "12.12." * 20_000 + SENTENCE,
        "<p>x" * 20_000 + SENTENCE,
        "<br>" * 50_000 + SENTENCE,
        "<p>" + "<b>a</b> " * 20_000 + SENTENCE,
        "<p>" + "< " * 50_000 + SENTENCE,
    ],
    ids=lambda text: text[:14],
)
def test_deep_wide_and_long(text: str) -> None:
    start = time.process_time()
    found = document(f"<body>{text}")
    # Of the processor: what grows with the square of the page would take minutes.
    assert time.process_time() - start < 15
    check(found)
    assert SENTENCE.split()[0] in found.text


@pytest.mark.parametrize(
    "unit", ["**", "[", "![](", "*a", "# ", "- ", "|a", "a\n", "\n\n", "(", "`", "1. ", "\t", "_a_", "<a@"]
)
def test_long_runs_of_markdown(unit: str) -> None:
    start = time.process_time()
    check(plain(unit * 20_000, markdown=True))
    assert time.process_time() - start < 15


def test_deep_page_is_reported() -> None:
    assert [issue.kind for issue in document("<div>" * 600 + SENTENCE).issues] == ["too_deep"]


def test_content_inside_the_only_heading() -> None:
    found = document(f"<h1>Perth Society<n</em><main><p>{SENTENCE}</p></main>")
    check(found)
    assert found.text.count(SENTENCE) == 1


def test_odd_source() -> None:
    assert doc_id("a/\udc80.html").startswith("doc-")
    assert dropped(page("")) == []
