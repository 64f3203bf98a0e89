"""The same pages give the same tables, and a page's facts do not depend on the pages around it."""

from __future__ import annotations

import csv
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.chain import Chain
from pipeline.model import Claims, Page, Rejected
from pipeline.normalise import Tables, normalise
from pipeline.read import read
from pipeline.run import run
from tests.conftest import ROOT, tree

CORPUS = ROOT / "corpus"
# A page of its own town, a page that shares a pair with another language, a page without facts of its own.
GONE = (
    "de/koeln-partnerstaedte.html",
    "en/dortmund-amiens-65-years.html",
    "de/kassel-stadtwerke-baumpaten.html",
)
KEYS = {
    "partnerships": "partnership_id",
    "founding_dates": "founding_id",
    "mayors": "mayor_id",
    "themes": "theme_id",
}


@pytest.fixture(scope="module")
def outcomes() -> list[Claims | Rejected]:
    chain = Chain()
    pages: list[Page | Rejected] = list(read([CORPUS]))
    return [chain.claims(page) for page in pages]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of the corpus, written by this process."""
    out = tmp_path_factory.mktemp("made") / "out"
    run([CORPUS], out)
    return out


def tables(outcomes: list[Claims | Rejected]) -> Tables:
    return normalise(
        [found for found in outcomes if isinstance(found, Claims)],
        [found for found in outcomes if isinstance(found, Rejected)],
    )


def source(outcome: Claims | Rejected) -> str:
    return outcome.source if isinstance(outcome, Rejected) else outcome.document.source


def rows(found: Tables) -> dict[str, list[dict[str, object]]]:
    return {name: found.rows(name) for name in found.frames}


def test_another_process_writes_the_same_files(made: Path, tmp_path: Path) -> None:
    # Sets are walked in another order there, and the clock and the language of the system differ.
    here = {**os.environ, "PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}
    command = [sys.executable, "-m", "pipeline", "run", "-q", "corpus", "--out", str(tmp_path / "out")]
    assert subprocess.run(command, cwd=ROOT, env=here, check=False).returncode == 0
    one, two = tree(made), tree(tmp_path / "out")
    assert sorted(one) == sorted(two)
    for name in one:
        assert one[name] == two[name], name


def test_order_and_age_of_files_do_not_matter(made: Path, tmp_path: Path) -> None:
    files = sorted(CORPUS.glob("*/*"))
    random.Random(7).shuffle(files)
    for path in files:
        copy = tmp_path / "copy" / path.relative_to(CORPUS)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    run([tmp_path / "copy"], tmp_path / "out")
    assert tree(tmp_path / "out") == tree(made)


@pytest.mark.parametrize("seed", range(5))
def test_order_of_claims_does_not_matter(outcomes: list[Claims | Rejected], seed: int) -> None:
    shuffled = list(outcomes)
    random.Random(seed).shuffle(shuffled)
    assert rows(tables(shuffled)) == rows(tables(outcomes))


def test_state_of_the_chain_does_not_matter(outcomes: list[Claims | Rejected]) -> None:
    # Caches and models that have seen other pages, in another order, answer alike.
    chain = Chain()
    again = [chain.claims(page) for page in reversed(list(read([CORPUS])))]
    assert again[::-1] == outcomes


@pytest.mark.parametrize("gone", GONE)
def test_page_that_goes_takes_only_its_own_along(outcomes: list[Claims | Rejected], gone: str) -> None:
    rest = [outcome for outcome in outcomes if source(outcome) != gone]
    assert len(rest) == len(outcomes) - 1
    before, after = rows(tables(outcomes)), rows(tables(rest))
    doc_id = next(row["doc_id"] for row in before["documents"] if row["source"] == gone)

    assert [row for row in before["documents"] if row["doc_id"] != doc_id] == after["documents"]
    stays = [row for row in before["evidence"] if row["doc_id"] != doc_id]
    assert stays == after["evidence"]
    for name, key in KEYS.items():
        stated = {row["fact_id"] for row in stays}
        assert {row[key] for row in before[name]} & stated == {row[key] for row in after[name]}, name
    places = {row["place_id"] for row in before["places"]}
    assert {row["place_id"] for row in after["places"]} <= places
    ends = {row["partnership_id"]: (row["place_a_id"], row["place_b_id"]) for row in before["partnerships"]}
    for row in after["partnerships"]:
        assert (row["place_a_id"], row["place_b_id"]) == ends[row["partnership_id"]]


def test_ids_are_unique_in_the_files(made: Path) -> None:
    keys = {**KEYS, "documents": "doc_id", "places": "place_id", "evidence": "evidence_id"}
    for name, key in keys.items():
        with (made / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            found = [row[key] for row in csv.DictReader(file)]
        assert found, name
        assert len(found) == len(set(found)), name
