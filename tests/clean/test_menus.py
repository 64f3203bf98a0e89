"""Lists of partners in the page's frame: kept where the label names partners, dropped otherwise."""

from __future__ import annotations

import pytest

from tests.clean.cleaned import SENTENCE, document

_MAIN = f"<main><h1>Harvest fair</h1><p>{SENTENCE}</p></main>"


def _links(*names: str) -> str:
    return "".join(f"<li><a href=/x>{name}</a></li>" for name in names)


@pytest.mark.parametrize(
    "menu",
    [
        f"<nav><h4>Unsere Partnerstädte</h4><ul>{_links('Zzyx (Polen)', 'Qorf')}</ul></nav>",
        f"<nav><ul><li><a href=/p>Twin towns</a><ul>{_links('Zzyx', 'Qorf')}</ul></li></ul></nav>",
        f"<aside><div><h3>Sister Cities</h3></div><div><ul>{_links('Zzyx', 'Qorf')}</ul></div></aside>",
        "<footer><b>Die Partnerstädte von Elgin</b><p><a href=/z>Zzyx</a> | <a href=/q>Qorf</a></p></footer>",
        f"<div class=submenu><p>Our six twin towns:</p><ol>{_links('Zzyx', 'Qorf')}</ol></div>",
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_list_of_partners_is_kept(menu: str, first: bool) -> None:
    found = document(f"<body>{menu}{_MAIN}</body>" if first else f"<body>{_MAIN}{menu}</body>")
    assert "Zzyx" in found.text
    assert "Qorf" in found.text
    assert found.text.index(SENTENCE[:20]) < found.text.index("Zzyx")


@pytest.mark.parametrize(
    "menu",
    [
        f"<nav><h4>Rathaus</h4><ul>{_links('Zzyx', 'Qorf')}</ul></nav>",
        f"<nav><h4>Verein für Städtepartnerschaften</h4><ul>{_links('Zzyx', 'Qorf')}</ul></nav>",
        f"<nav><h4>News from our twin towns</h4><ul>{_links('Zzyx', 'Qorf')}</ul></nav>",
        f"<nav><h4>Twin towns</h4><ul>{_links('Zzyx')}</ul></nav>",
        "<nav><h4>Partnerstädte</h4><ul><li><a href=/1>Zzyx empfängt fünfzig Gäste aus drei Ländern zum"
        " großen Stadtfest</a></li><li><a href=/2>Qorf</a></li></ul></nav>",
    ],
)
def test_other_lists_stay_dropped(menu: str) -> None:
    assert "Zzyx" not in document(f"<body>{menu}{_MAIN}</body>").text


def test_a_list_that_comes_twice_is_kept_once() -> None:
    menu = f"<nav><h4>Twin towns</h4><ul>{_links('Zzyx', 'Qorf')}</ul></nav>"
    assert document(f"<body>{menu}{_MAIN}{menu}</body>").text.count("Zzyx") == 1
