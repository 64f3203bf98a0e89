"""The passages that the scorers learn from."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.model import Kind, Role, Status
from training.passages import FOLDER, passages

CASE = """
[[case]]
home = "Eutin/DE"
title = "Partnerstädte & mehr"
body = "<p>Eutin und Putbus sind Partner.</p>"
pairs = ["Putbus/DE; friendship; ended = 1990~", "Lawrence/US + Hiratsuka/JP = -"]
mayors = ["Bernd Saxe; Lübeck/DE; former", "Ana Berg; Eutin/DE; deputy"]
"""


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "de_x.toml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.toml")), ids=lambda file: file.stem)
def test_every_file_can_be_read(file: Path) -> None:
    found = passages(file)
    assert len(found) >= 80
    assert all(one.gold.home is not None and one.gold.home.name for one in found)
    assert all(date[:3].isdigit() for one in found for p in one.gold.partnerships for date in p.dates)


def test_a_passage_is_an_annotated_page(tmp_path: Path) -> None:
    (one,) = passages(written(tmp_path, CASE))
    assert "<h1>Partnerstädte &amp; mehr</h1>" in one.page.text
    first, second = one.gold.partnerships
    assert (first.a.name, first.b.name, first.kind, first.status) == (
        "Eutin",
        "Putbus",
        Kind.FRIENDSHIP,
        Status.ENDED,
    )
    assert first.dates == {"1990"}
    assert (second.a.name, second.b.country, second.dates) == ("Lawrence", "JP", frozenset())
    assert [(m.person, m.role) for m in one.gold.mayors] == [
        ("Bernd Saxe", Role.MAYOR),
        ("Ana Berg", Role.DEPUTY_MAYOR),
    ]


@pytest.mark.parametrize("pair", ["Putbus/DE", "Putbus/DE; cousin = -"])
def test_a_passage_that_says_nothing_clear_is_an_error(tmp_path: Path, pair: str) -> None:
    text = CASE.replace("Putbus/DE; friendship; ended = 1990~", pair)
    with pytest.raises(ValueError, match=r"no date|cousin"):
        passages(written(tmp_path, text))
