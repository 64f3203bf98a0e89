"""Cleaning loses nothing: what a careful reader quoted from a page stands in its frozen text.

``corpus/`` is annotated in ``corpus_gold/``; ``look/`` and ``annotated/`` hold pages by authors who did not
know the rules.
"""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from pipeline.clean import clean
from pipeline.model import Page
from pipeline.read import read_bytes
from tests.conftest import ROOT

FOLDERS = [ROOT / "corpus", *(ROOT / "tests" / name for name in ("corpus_gold", "look", "annotated"))]
PAGES = {p.name: p for folder in FOLDERS for p in folder.rglob("*.*") if p.suffix != ".json"}
GOLD = [path for folder in FOLDERS for path in sorted(folder.rglob("*.json"))]

# Stand in a list of other speeches, in boxes beside the text, which are dropped as teasers are, in a menu of
# pages below the page's own, and among readers' comments.
DROPPED = {
    "c04-schaffhausen-rede": ["Stadtpräsident Peter Käppler 1968–1972"],
    "en-09-whitby-weekend": ["the Mayor of Whitby, Cllr Linda Wild"],
    "de-h05-rosenheim-jubilaeum": ["Der Partnerschaftsverein hat 340 Mitglieder."],
    "de-02-biberach-valence": ["Tendring District", "Telawi", "Schweidnitz", "Guernsey"],
    "de-06-wilhelmshaven-kolumne": [
        "War 1981 im Schüleraustausch in Dunfermline, schönste drei Wochen meines Lebens!"
    ],
    "en-03-clonmel-newspaper": [
        "we were twinned with Reading from 1994 but it was quietly wound up on their side around 2012"
    ],
    "en-03-dunedin-blog": [
        "Munich was the first, 1954.",
        "we're twinned with Munich, Nice, Florence and others too",
        "we're twinned with Munich, Nice, Florence and others too",
    ],
}


def squeezed(text: str) -> str:
    """Return the letters and figures of a text."""
    return re.sub(r"\W+", "", unicodedata.normalize("NFKC", text).replace("\u00ad", "")).casefold()


def quotes(gold: dict[str, Any]) -> list[str]:
    return [fact["quote"] for name in ("partnerships", "mayors", "themes") for fact in gold[name]]


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_quotes_stand_in_the_text(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    source = PAGES[gold["page"]]
    page = read_bytes(source.read_bytes(), source.name)
    assert isinstance(page, Page)
    text = squeezed(clean(page).text)
    assert [quote for quote in quotes(gold) if squeezed(quote) not in text] == DROPPED.get(path.stem, [])
