"""What counts as right, wrong and missed: pinned on small tables, and held against the shared script."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipeline.evaluate import evaluate
from pipeline.evaluate.figures import by_rule, figures
from pipeline.evaluate.gold import GoldMayor, GoldPage, GoldPair, GoldPlace, GoldTheme, GoldTrap
from pipeline.evaluate.scoring import PageScore, Verdict, score
from pipeline.model import Event, Kind, Role, Status
from pipeline.normalise import normalise
from pipeline.run import run
from pipeline.schema import FactType
from tests.conftest import ROOT
from tests.normalise.conftest import PageBuilder

TEXT = "Ulm, Tsumeb 1968 1969 1970, Arbroath 197X; Bürgermeister Egon Rau und OB Nina Müller; Kultur, Sport."
ULM, TSUMEB, ARBROATH = GoldPlace("Ulm", "DE"), GoldPlace("Tsumeb", "NA"), GoldPlace("Arbroath", "GB")
SCRIPT = ROOT.parent / "shared" / "score.py"


def gold_pair(b: GoldPlace, *dates: str, kind: Kind = Kind.TWIN, a: GoldPlace = ULM) -> GoldPair:
    return GoldPair(a, b, kind, Status.ACTIVE, frozenset(dates), b.name)


def gold(*pairs: GoldPair, **more: Any) -> GoldPage:
    parts: dict[str, Any] = {"traps": (), "mayors": (), "themes": ()} | more
    return GoldPage("ulm.html", "de", pairs, **parts)


def judged(page: PageBuilder, annotated: GoldPage) -> PageScore:
    (found,) = score(normalise([page.claims()], []), [annotated], {"de/ulm.html": TEXT})
    return found


def page() -> PageBuilder:
    return PageBuilder("de/ulm.html", TEXT)


def said(found: PageScore, kind: FactType) -> list[tuple[str, str]]:
    return [(str(o.verdict), o.label) for o in found.outcomes if o.fact_type is kind]


def test_pairs_are_matched_in_either_order_and_once() -> None:
    found = judged(page().pair("Ulm", "Tsumeb", "Tsumeb"), gold(gold_pair(ULM, a=TSUMEB), gold_pair(TSUMEB)))
    assert said(found, FactType.PARTNERSHIP) == [
        ("right", "Tsumeb - Ulm [twin]"),
        ("missed", "Ulm - Tsumeb [twin]"),
    ]


def test_a_wrong_kind_is_no_wrong_pair() -> None:
    found = judged(page().pair("Ulm", "Tsumeb", "Tsumeb"), gold(gold_pair(TSUMEB, kind=Kind.FRIENDSHIP)))
    assert figures([found])["partnerships"]["f1"] == 1
    assert figures([found])["kind_accuracy"] == 0
    assert [(v.column, v.found, v.wanted) for v in found.values if not v.right] == [
        ("kind", "twin", "friendship")
    ]


def test_a_trap_is_named() -> None:
    trap = GoldTrap(TSUMEB, ULM, "only a visit")
    found = judged(page().pair("Ulm", "Tsumeb", "Tsumeb"), gold(traps=(trap,)))
    assert said(found, FactType.PARTNERSHIP) == [("wrong", "Ulm - Tsumeb [twin]")]
    assert found.traps == ("Ulm - Tsumeb: only a visit",)


@pytest.mark.parametrize(
    ("given", "wanted", "verdicts"),
    [
        (["1968"], ["1968-05", "1968"], ["right"]),
        (["1970"], ["1968"], ["missed", "wrong"]),
        (["1968"], [], ["wrong"]),
        ([], ["1968"], ["missed"]),
        (["197X"], ["1968"], ["missed"]),
        (["197X"], [], []),
        (["197X"], ["197X"], ["right"]),
        (["1969", "1970"], ["1969"], ["right"]),
    ],
)
def test_dates(given: list[str], wanted: list[str], verdicts: list[str]) -> None:
    made = page().pair("Ulm", "Tsumeb", "Tsumeb")
    for date in given:
        made.date("Ulm", "Tsumeb", date, date)
    found = judged(made, gold(gold_pair(TSUMEB, *wanted)))
    assert [verdict for verdict, _ in said(found, FactType.FOUNDING_DATE)] == verdicts


def test_dates_of_a_wrong_and_of_a_missed_pair() -> None:
    made = page().pair("Ulm", "Arbroath", "Arbroath").date("Ulm", "Arbroath", "1970", "1970", Event.RENEWED)
    found = judged(made, gold(gold_pair(TSUMEB, "1968")))
    assert said(found, FactType.FOUNDING_DATE) == [
        ("missed", "Ulm - Tsumeb: 1968"),
        ("wrong", "Arbroath - Ulm: 1970"),
    ]


def test_mayors_by_person_and_town() -> None:
    made = (
        page()
        .mayor("Nina Müller", "Ulm", "Nina Müller", role=Role.MAYOR)
        .mayor("Egon Rau", "Ulm", "Egon Rau")
    )
    wanted = (
        GoldMayor("Dr. Nina Müller", Role.LORD_MAYOR, ULM, ""),
        GoldMayor("Egon Rau", Role.MAYOR, TSUMEB, ""),
    )
    found = judged(made, gold(mayors=wanted))
    assert [verdict for verdict, _ in said(found, FactType.MAYOR)] == ["right", "missed", "wrong"]
    assert figures([found])["role_accuracy"] == 0


def test_themes_once_a_page() -> None:
    made = page().pair("Ulm", "Tsumeb", "Tsumeb").theme("culture", "Kultur", place="Ulm")
    made.theme("culture", "Kultur", pair=("Ulm", "Tsumeb")).theme("sport", "Sport", place="Ulm")
    found = judged(made, gold(gold_pair(TSUMEB), themes=(GoldTheme("culture", ""), GoldTheme("aid", "1968"))))
    assert said(found, FactType.THEME) == [("right", "culture"), ("wrong", "sport"), ("missed", "aid")]


def test_quotes_are_held_against_the_page_itself() -> None:
    tables = normalise([page().pair("Ulm", "Tsumeb", "Tsumeb").claims()], [])
    (found,) = score(tables, [gold(gold_pair(TSUMEB))], {"de/ulm.html": "Another page."})
    assert (found.quotes, [passage.quote for passage in found.ungrounded]) == (1, ["Tsumeb"])


def test_a_page_that_was_not_read_is_missed_whole() -> None:
    (found,) = score(normalise([], []), [gold(gold_pair(TSUMEB, "1968"))], {})
    assert found.missing
    assert {outcome.verdict for outcome in found.outcomes} == {Verdict.MISSED}
    assert figures([found])["missing_documents"] == ["ulm.html"]


def test_rules_and_what_each_gives_alone() -> None:
    made = page().pair("Ulm", "Tsumeb", "Tsumeb").pair("Ulm", "Arbroath", "Arbroath")
    found = judged(made, gold(gold_pair(TSUMEB)))
    (row,) = by_rule([found])
    assert (row.rule, row.right, row.wrong, row.alone, row.precision) == ("test", 1, 1, 1, 0.5)


def shared(*parts: str) -> Path:
    return SCRIPT.parent.joinpath("goldset", *parts)


@pytest.mark.skipif(not SCRIPT.exists(), reason="needs the shared scoring script")
@pytest.mark.parametrize(
    ("pages", "gold"),
    [
        (ROOT / "corpus", ROOT / "tests" / "corpus_gold"),
        (ROOT / "tests" / "look" / "pages", ROOT / "tests" / "look" / "gold"),
        (shared("pages"), shared("gold")),
    ],
    ids=["corpus", "look", "goldset"],
)
def test_figures_are_those_of_the_shared_script(pages: Path, gold: Path, tmp_path: Path) -> None:
    flat = tmp_path / "pages"  # where the script looks for them
    flat.mkdir()
    for path in pages.rglob("*.*"):
        shutil.copy(path, flat)
    run([pages], tmp_path / "out")
    command = [sys.executable, str(SCRIPT), str(tmp_path / "out"), str(gold), str(flat), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    theirs = json.loads(done.stdout)
    ours = evaluate([pages], [gold]).figures()
    assert {name: ours[name] for name in theirs} == theirs
