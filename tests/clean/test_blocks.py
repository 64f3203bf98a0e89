"""What the blocks of a page are."""

# ruff: noqa: E501 (pages read better unbroken)
from __future__ import annotations

import pytest

from pipeline.model import BlockKind
from tests.clean.cleaned import SENTENCE, above, check, document, outline


def body(inner: str) -> str:
    return f"<html lang=en><body><main><h1>Our partners</h1>{inner}</main></body></html>"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p><b>Bo</b>nn and C<i>al</i>ais</p>", "Bonn and Calais"),
        ("<p>Watford&shy;er St&#173;adt&#8203;teil</p>", "Watforder Stadtteil"),
        ("<p>14.&nbsp;Juli&nbsp;\n 1956</p>", "14. Juli 1956"),
        ("<p>Deutsch&#8209;Kroatisch</p>", "Deutsch\u2011Kroatisch"),
        ("<p>Calais<br>and Wuhan</p>", "Calais and Wuhan"),
        ("<p>Ko&#776;ln</p>", "Köln"),
        ("<p>one <span class=sr-only>hidden hint</span> two</p>", "one hidden hint two"),
        ("<p>one two<span class=sr-only>, opens a new window</span></p>", "one two"),
        ("<p>one <!-- no --> two<script>three()</script></p>", "one two"),
    ],
)
def test_words_are_neither_glued_nor_split(html: str, expected: str) -> None:
    assert outline(document(body(html)))[1][1] == expected


def test_items_lists_and_definitions() -> None:
    found = document(
        body("<ul><li>Calais<ul><li>Lycée</ul><li>Wuhan</ul><dl><dt>Since<dd>1964</dl><ol><li>Perm</ol>")
    )
    check(found)
    rows = [(block.kind.value, found.words(block), block.level, block.group) for block in found.blocks[1:]]
    assert rows == [
        ("item", "Calais", 1, 0),
        ("item", "Lycée", 2, 1),
        ("item", "Wuhan", 1, 0),
        ("term", "Since", 0, 2),
        ("definition", "1964", 0, 2),
        ("item", "Perm", 1, 3),
    ]


def test_bold_opening_and_bold_title() -> None:
    found = document(
        body(f"<p><strong>Budapest.</strong> Twinned 1991.</p><p><b>How it began</b></p><p>{SENTENCE}</p>")
    )
    assert found.text[found.blocks[1].start : found.blocks[1].lead_end] == "Budapest."
    assert above(found, "The councils") == ["Our partners", "How it began"]


def test_old_page_with_font_titles() -> None:
    found = document(
        f"<body><font size=4><b>Half a century</b></font><p>Dear friends,<p><font><b>The start</b></font><br>{SENTENCE}"
        f"<p><font><b>The ring</b></font><br>{SENTENCE}</body>"
    )
    kinds = [(block.kind.value, block.level) for block in found.blocks]
    assert kinds == [("heading", 1), ("paragraph", 0), *[("heading", 2), ("paragraph", 0)] * 2]
    assert [found.words(found.blocks[i]) for i in found.blocks[-1].path] == ["Half a century", "The ring"]


@pytest.mark.parametrize(
    "panel",
    [
        "<details><summary>{0}</summary><p>{1}</p></details>",
        "<details><summary><h3>{0}</h3></summary><div><p>{1}</p></div></details>",
        "<div class=accordion-item><h3><button aria-expanded=false>{0}</button></h3><div hidden id=p aria-labelledby=x>"
        "<p>{1}</p></div></div>",
        "<button class=accordion>{0}</button><div class=panel style='display:none'><p>{1}</p></div>",
        "<input type=checkbox id=c1><label for=c1>{0}</label><div class=tab-content><p>{1}</p></div>",
        "<section><h2>{0}</h2><p>{1}</p></section>",
        "<div class=card><h3>{0}</h3><p>{1}</p></div>",
        "<fieldset><legend>{0}</legend><p>{1}</p></fieldset>",
        "<div class='box-head'><h3>{0}</h3></div><div class='box-body'><p>{1}</p></div>",
    ],
)
def test_panels_keep_their_heading(panel: str) -> None:
    found = document(body(panel.format("Calais, France", SENTENCE)))
    assert above(found, "The councils") == ["Our partners", "Calais, France"]


def test_tab_names_its_panel() -> None:
    tabs = '<ul class="nav-tabs" role=tablist><li><a role=tab href="#a">Calais</a><li><a role=tab href="#b">Wuhan</a></ul>'
    panels = f"<div role=tabpanel id=a><p>{SENTENCE}</p></div><div role=tabpanel id=b hidden><p>Since 1982. {SENTENCE}</p></div>"
    found = document(body(tabs + panels))
    assert above(found, "The councils") == ["Our partners", "Calais"]
    assert above(found, "Since 1982") == ["Our partners", "Wuhan"]


@pytest.mark.parametrize(
    "border",
    ["</section><section>", '<p class="up"><a href="#t">Back to top</a></p>', "<hr>", "<p>↑ Nach oben</p>"],
)
def test_lost_heading_does_not_inherit_the_last(border: str) -> None:
    found = document(
        body(f"<section><h2>Portsmouth</h2><p>Twinned 1950.</p>{border}<p>Vilnius since 1985.</p></section>")
    )
    assert above(found, "Twinned") == ["Our partners", "Portsmouth"]
    assert above(found, "Vilnius") == ["Our partners"]
    assert "top" not in found.text.lower().replace("stop", "")
    assert "oben" not in found.text


def test_malformed_heading() -> None:
    found = document(body("<h2>Tangshan\n<p></h2>A university link came first."))
    assert above(found, "A university") == ["Our partners", "Tangshan"]


def test_questions_of_one_class_are_headings() -> None:
    talk = "".join(
        f"<p class=q>And what about {town}?</p><p>{town} came in 19{year}.</p>"
        for town, year in (("Calais", 64), ("Wuhan", 82), ("Perm", 90))
    )
    found = document(body(talk))
    assert above(found, "Wuhan came") == ["Our partners", "And what about Wuhan?"]


def test_an_item_may_have_a_title_of_its_own() -> None:
    towns = "".join(
        f"<li><b>{town}</b><ul><li>{twin}, 1974</li></ul><p>All of {town} takes part.</p></li>"
        for town, twin in (("Alsfeld", "Chaville"), ("Kirtorf", "Ptuj"))
    )
    found = document(body(f"<ul>{towns}<li><b>Schotten</b> and its <p>neighbours</p></li></ul>"))
    assert above(found, "Chaville, 1974") == ["Our partners", "Alsfeld"]
    assert above(found, "All of Kirtorf takes") == ["Our partners", "Kirtorf"]
    assert above(found, "neighbours") == ["Our partners"]


def test_a_class_says_what_is_a_heading() -> None:
    cards = "".join(
        f"<div class=card><div class='card__title'>{town}</div><div class='card__subtitle'>{land}</div><p>Since 1964.</p></div>"
        for town, land in (("Calais", "France"), ("Perm", "Russia"))
    )
    found = document(body(cards + "<div class='title'>Perm again</div>"))
    assert above(found, "Since 1964.")[:2] == ["Our partners", "Calais"]
    kinds = {found.words(block): block.kind for block in found.blocks}
    assert kinds["France"] is BlockKind.PARAGRAPH
    assert kinds["Perm again"] is BlockKind.PARAGRAPH  # nothing follows that it could head


def test_captions_and_credits() -> None:
    found = document(
        body(
            f"<figure><img alt='A bridge'><figcaption>The bridge</figcaption></figure><p>{SENTENCE}</p><p>Foto: A. Muster</p>"
        )
    )
    assert outline(found)[1:] == [
        ("caption", "The bridge"),
        ("paragraph", SENTENCE),
        ("caption", "Foto: A. Muster"),
    ]


def test_lines_of_an_address_and_of_a_list() -> None:
    found = document(
        body("<address>Town Hall<br>Market 1</address><p>Calais (1964)<br>Wuhan (1982)<br>Perm (2007)</p>")
    )
    assert [words for _, words in outline(found)[1:]] == [
        "Town Hall",
        "Market 1",
        "Calais (1964)",
        "Wuhan (1982)",
        "Perm (2007)",
    ]


def test_language_of_blocks() -> None:
    found = document(
        body(
            "<p>The city was twinned with Calais in the year of the flood, and that was that.</p>"
            "<p lang=de>Partnerstadt seit 1964.</p><p>Die Stadt wurde im Jahr der Flut mit einer anderen Stadt verschwistert.</p>"
        )
    )
    assert found.lang == "en"
    assert [block.lang for block in found.blocks] == ["en", "en", "de", "de"]


def test_issues() -> None:
    found = document(f"<body><p>{SENTENCE}</p><!-- open <p>lost</p></body>")
    assert [issue.kind for issue in found.issues] == ["markup_truncated"]
    empty = document("<html><body><nav>x</nav></body></html>")
    assert [issue.kind for issue in empty.issues] == ["no_content"]
    assert empty.text == ""


def test_timeline_item_is_a_scope_of_its_own() -> None:
    line = "<li><time>{0}</time><h3>{1}</h3><p>{2}</p></li>"
    found = document(
        body(
            f"<ul>{line.format('1950', 'Portsmouth', SENTENCE)}{line.format('1964', 'Calais', 'A bus came.')}</ul>"
        )
    )
    assert above(found, "1964") == ["Our partners"]
    assert above(found, "A bus") == ["Our partners", "Calais"]
    sections = {found.words(block): block.section for block in found.blocks}
    assert sections["1964"] == sections["Calais"] == sections["A bus came."] != sections["1950"]
