"""What a page's own style sheet and its inline parts say of names."""

# ruff: noqa: E501 (pages read better unbroken)
from __future__ import annotations

from pipeline.model import BlockKind
from tests.clean.cleaned import above, document

SHEET = "<style>/* .land{font-weight:bold} */ .card .big, .huge { font: 700 1.3em serif } .box{display:flex}</style>"


def test_bold_by_class_is_bold() -> None:
    card = "<div class=card><span class=land>{1}</span><span class=big>{0}</span><span class=when>{2}</span><p>Since then {0} sends a choir.</p></div>"
    cards = card.format("Landshut", "Bavaria", "Twins since 1956") + card.format(
        "Yoichi", "Japan", "Signed 2023"
    )
    found = document(f"<html><head>{SHEET}</head><body><main><h1>Friends</h1>{cards}</main></body></html>")
    assert above(found, "Twins since 1956") == ["Friends", "Landshut"]
    assert above(found, "Since then Yoichi sends") == ["Friends", "Yoichi"]
    kinds = {found.words(block): block.kind for block in found.blocks}
    assert kinds["Japan"] is BlockKind.PARAGRAPH


def test_parts_that_only_their_style_parts_are_no_word() -> None:
    found = document(
        "<body><main><p><span class=a>Japan</span><span class=b>Yoichi</span> <b>D</b>ortmund <i class=c>Mc</i><i class=d>Allen</i></p></main></body>"
    )
    assert "Japan Yoichi Dortmund McAllen" in found.text


def test_parts_of_a_flexible_box_stand_apart() -> None:
    box = "<div class=box><span>Blue</span> <span>sister city</span></div>"
    found = document(
        f"<html><head>{SHEET}</head><body><main><h1>Pins</h1>{box}<p>That was the legend.</p></main></body></html>"
    )
    assert [found.words(block) for block in found.blocks][1:3] == ["Blue", "sister city"]
