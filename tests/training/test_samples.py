"""Each scorer of `make weights` gets its samples from an annotated page of the repository."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.chain import Chain, Stage
from pipeline.recognise import Recogniser
from training import dater, home, likely_places, mayor_towns, namesakes, owners, partners, theme_scorer
from training.annotated import Annotated, annotated

_SET = Path(__file__).parents[1] / "annotated" / "municipal"
_PAGE = "de-01-wuerzburg-partnerstaedte"


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return the folders of one annotated page: PAGES, GOLD."""
    found = []
    for kind, name in (("pages", f"{_PAGE}.html"), ("gold", f"{_PAGE}.json")):
        folder = tmp_path_factory.mktemp(kind)
        shutil.copy(_SET / kind / name, folder / name)
        found.append(str(folder))
    return found


@pytest.fixture(scope="module")
def known(folders: list[str]) -> Annotated:
    (page,) = annotated(folders)
    return page


@pytest.fixture(scope="module")
def chain() -> Chain:
    return Chain(last=Stage.RECOGNISE)


def test_partners_and_owners_have_the_page_s_places(chain: Chain, known: Annotated) -> None:
    whole, *copies = partners.samples(chain, known, 3.0)
    assert len(whole.partners) < max(len(copy.partners) for copy in copies)
    assert any(any(copy.partners) for copy in copies)
    assert any(page.whole for page in owners.samples(chain, known))


def test_places_are_hidden_to_be_found_again(chain: Chain, known: Annotated) -> None:
    rows = likely_places.examples(chain, known)
    assert {row.hidden for row in rows} == {True, False}
    assert any(row.place for row in rows if row.hidden)
    assert list(namesakes.examples(chain, known))


def test_dates_mayors_themes_and_homes_are_learned_from(
    chain: Chain, known: Annotated, folders: list[str]
) -> None:
    assert len(dater.samples(chain, *folders)) > 5
    assert any(sample.examples for sample in mayor_towns.samples(Recogniser(), known, 1.0))
    assert theme_scorer.readings(folders)
    assert home.samples_of(folders) != [None]
