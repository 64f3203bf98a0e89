"""What is dropped, and what must not be."""

# ruff: noqa: E501 (pages read better unbroken)
from __future__ import annotations

import pytest

from pipeline.clean import dropped
from pipeline.clean.freeze import BESIDE
from tests.clean.cleaned import SENTENCE, above, document, outline, page

MAIN = f"<main><h1>Partner towns</h1><p>{SENTENCE}</p>{{}}</main>"


@pytest.mark.parametrize(
    "noise",
    [
        "<nav><ul><li><a href=/a>Zzyx</a></ul></nav>",
        "<div id=main-nav><a href=/a>Zzyx</a></div>",
        "<header><a href=/>Zzyx</a></header>",
        "<footer>Zzyx, founded 1998</footer>",
        "<div role=contentinfo>Zzyx</div>",
        "<div class=cookie-banner><p>Zzyx</p><button>OK</button></div>",
        "<div><p>We use cookies, Zzyx.</p><button>OK</button></div>",
        "<div role=dialog><p>Zzyx</p></div>",
        "<p>Home &gt; <a href=/t>Town</a> &gt; Zzyx</p>",
        "<ul class=breadcrumb><li>Home<li>Zzyx</ul>",
        "<aside><h2>Latest news</h2><p>Zzyx</p></aside>",
        "<section><h2>Weitere Meldungen</h2><article><h3>Zzyx</h3><p>Der neue Kran ist da.</p></article></section>",
        "<h2>Most read</h2><ol><li><a href=/1>Zzyx</a></ol>",
        "<div class=comments><p>Why not a twin town Zzyx?</p></div>",
        "<p hidden>Zzyx</p><p style='display: none'>Zzyx</p><div aria-hidden=true>Zzyx</div>",
        "<a class=skip-link href=#m>Skip to Zzyx</a>",
        "<form><label>Zzyx</label><input><button>Zzyx</button></form>",
        "<select><option>Zzyx</select><textarea>Zzyx</textarea><noscript>Zzyx</noscript><svg><title>Zzyx</title></svg>",
        "<template><p>Zzyx</p></template><script>var a='Zzyx'</script><style>.Zzyx{}</style>",
        "<img alt=Zzyx src=a.png>",
        "<div class=adslot>Zzyx</div>",
        "<p class=share>Zzyx: <a href=#>Facebook</a> <a href=#>X</a></p>",
    ],
)
@pytest.mark.parametrize("place", ["before", "after", "inside"])
def test_frame_is_dropped(noise: str, place: str) -> None:
    inside = noise if place == "inside" and not noise.startswith(("<header", "<div><p>We")) else ""
    html = MAIN.format(inside)
    found = document(
        f"<body>{noise if place == 'before' else ''}{html}{noise if place == 'after' else ''}</body>"
    )
    assert "Zzyx" not in found.text
    assert SENTENCE in found.text


@pytest.mark.parametrize(
    "part",
    [
        "<aside><h2>Facts</h2><dl><dt>Twin town since<dd>Zzyx 1964</dl></aside>",
        "<div class='teaser box'><p>Our sister city Zzyx sends its best wishes.</p></div>",
        "<header><p>Zzyx</p></header>",
        "<ul><li><a href=/c>Zzyx</a><li><a href=/w>Wuhan</a><li><a href=/p>Perm</a></ul>",
        "<details><summary>Zzyx</summary>Since 1964.</details>",
        "<table><tr><th>Town<th>Since<tr><td>Zzyx<td>1964<tr><td>Wuhan<td>1982</table>",
        "<section><h2>Friends</h2><p>Zzyx</p></section>",
        "<div><div><div>Zzyx</div></div></div>",
        "<blockquote>Zzyx<footer>The mayor</footer></blockquote>",
        "<h2>News</h2><p>Zzyx: the twinning with Calais was renewed on Monday in the old town hall, said all.</p>",
        "<form><table><tr><td>Zzyx</table></form>",
    ],
)
def test_content_is_kept(part: str) -> None:
    assert "Zzyx" in document(f"<body>{MAIN.format(part)}</body>").text


def test_page_without_any_semantic_element() -> None:
    found = document(
        "<body><div><a href=/1>One</a> <a href=/2>Two</a> <a href=/3>Three</a></div>"
        f"<div><h1>Partner towns</h1><div>{SENTENCE}</div><div>Calais</div></div></body>"
    )
    assert outline(found) == [("heading", "Partner towns"), ("paragraph", SENTENCE), ("paragraph", "Calais")]


def test_page_wrapped_in_a_form_and_in_a_class_of_chrome() -> None:
    found = document(
        f"<body class='has-sidebar nav-open'><form id=aspnetForm><div id=page>{MAIN.format('')}</div></form></body>"
    )
    assert SENTENCE in found.text


def test_title_in_the_head_picture_is_moved_to_the_content() -> None:
    found = document(f"<body><header><h1>Partner towns</h1></header><main><p>{SENTENCE}</p></main></body>")
    assert above(found, "The councils") == ["Partner towns"]


def test_layout_table_keeps_the_content_cell() -> None:
    menu = "".join(f"<a href={n}>Zzyx {n}</a><br>" for n in range(9))
    found = document(
        "<body><table width=760><tr><td colspan=3><b>The Society</b></td></tr>"
        f"<tr><td width=140>{menu}</td><td width=470><b>Partners</b><p>{SENTENCE * 4}<table border=1><tr><td>Calais<td>1964"
        f"<tr><td>Wuhan<td>1982<tr><td>Perm<td>2007</table></td><td width=150><b>Zzyx</b><br>Beer on Friday</td></tr></table></body>"
    )
    assert "Zzyx" not in found.text
    assert len(found.tables) == 1
    assert found.words(found.blocks[found.tables[0].grid[2][0]]) == "Perm"


def test_teaser_names_a_mayor_beside_the_content() -> None:
    news = "<aside><h2>News</h2><ul><li>Bin day moves</li><li>Ely: Mayor Chris Phillips opens eel festival</li></ul></aside>"
    found = document(f"<body>{MAIN.format('')}{news}</body>")
    last = found.blocks[-1]
    assert (found.words(last), last.section, last.path) == (
        "Ely: Mayor Chris Phillips opens eel festival",
        BESIDE,
        (),
    )
    assert "Bin day" not in found.text
    assert "News" not in found.text


def test_rules_are_named() -> None:
    rules = dropped(page(f"<body><nav>Menu one</nav>{MAIN.format('')}<footer>Town</footer></body>"))
    assert rules == [("navigation", "Menu one"), ("site-footer", "Town")]


def test_publisher() -> None:
    found = document(
        "<html><head><title>Partner towns | Duisburg.de</title><meta property=og:site_name content='Stadt Duisburg'></head><body>"
        f"<header><a href=/><img src=logo.svg alt='Duisburg am Rhein'></a></header>{MAIN.format('')}"
        "<footer><p>Burgplatz 19, 47051 Duisburg</p></footer></body></html>"
    )
    assert found.publisher[:4] == (
        "Stadt Duisburg",
        "Duisburg.de",
        "Duisburg am Rhein",
        "Burgplatz 19, 47051 Duisburg",
    )
    assert found.title == "Partner towns"


def test_the_end_of_a_title_that_the_heading_says_too_names_no_site() -> None:
    head = "<html><head><title>Ahlen – Differdingen</title></head><body>"
    assert document(f"{head}<h1>Ahlen – Differdingen</h1>{MAIN.format('')}</body></html>").publisher == ()
    assert document(f"{head}<h1>Ahlen</h1>{MAIN.format('')}</body></html>").publisher == ("Differdingen",)
