"""Annotated pages for the scorers."""

from __future__ import annotations

import pytest

from tests.conftest import ROOT
from training.annotated import annotated


def test_pages_come_with_their_annotations() -> None:
    look = ROOT / "tests" / "look"
    found = annotated([str(look / "pages"), str(look / "gold")])
    assert len(found) == 10
    assert all(one.page.source.endswith(one.gold.page) for one in found)
    assert {one.gold.home.country for one in found if one.gold.home} > {"DE", "GB"}


def test_a_folder_without_its_annotations_is_an_error() -> None:
    with pytest.raises(SystemExit, match="pairs"):
        annotated(["pages"])
