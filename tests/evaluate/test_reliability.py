"""Confidence is what it says: the table, and how it is counted."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pipeline.evaluate.reliability import brier, lines, reliability
from pipeline.normalise.confidence import load
from pipeline.schema import FactType
from tests.conftest import ROOT
from training.calibrate import Sample, cross_validated, fit, given, main, samples, toml

PAIR = FactType.PARTNERSHIP


def facts(page: str, rule: str, right: int, wrong: int = 0, passages: int = 1) -> list[Sample]:
    rules = (rule,) * passages
    return [Sample(page, PAIR, rules, verdict) for verdict in [True] * right + [False] * wrong]


def test_bins() -> None:
    (low, high) = reliability([(0.45, False), (0.95, True), (1.0, True), (0.97, False)])
    assert (low.number, low.mean, low.right) == (1, 0.45, 0.0)
    assert (high.number, high.high, round(high.right, 2)) == (3, 1.0, 0.67)
    assert list(lines([low]))[1].split() == ["0.00", "-", "0.50", "1", "0.450", "0.000"]
    assert reliability([]) == []


def test_brier() -> None:
    assert brier([]) == 0
    assert brier([(1.0, True), (0.5, False)]) == 0.125


def test_rules_are_shrunk_to_their_type() -> None:
    known = facts("a", "often", 80, 20) + facts("b", "once", 1) + facts("c", "never", 0, 4)
    found = fit(known).types[PAIR]
    assert 0.75 < found.rules["once"] < 0.85
    assert abs(found.rules["often"] - 0.8) < 0.01
    assert 0.3 < found.rules["never"] < 0.5
    assert found.unseen is not None
    assert found.unseen < 0.8
    assert found.several == 0
    assert FactType.THEME not in fit(known).types


def test_agreeing_passages_count_as_far_as_they_are_right() -> None:
    known = facts("a", "often", 80, 20) + facts("b", "often", 50, passages=2)
    calibration = fit(known)
    assert calibration.types[PAIR].several > 1
    one, two = facts("x", "often", 1), facts("x", "often", 1, passages=2)
    assert (given(one[0], calibration) or 1) < (given(two[0], calibration) or 0)
    assert fit(facts("a", "often", 90, 10) + facts("b", "often", 5, 5, passages=2)).types[PAIR].several == 0


def test_a_page_is_judged_by_the_others() -> None:
    known = facts("a", "with", 50) + facts("b", "with", 0, 50)
    sure = {sample.page: confidence for sample, confidence in cross_validated(known)}
    assert sure["a"] < 0.1
    assert sure["b"] > 0.9


def test_the_file_is_read_as_written(tmp_path: Path) -> None:
    known = [*facts("a", "with", 5, 1), Sample("a", FactType.FOUNDING_DATE, ("x",), True, passed_over=True)]
    data = tomllib.loads(toml(fit(known), 1, 7))
    assert data["partnership"]["rules"] == {"with": fit(known).types[PAIR].rules["with"]}
    assert 0.5 < data["founding_date"]["passed_over"] < 1


def test_what_was_counted_is_shipped() -> None:
    assert set(load().types) == set(FactType)
    assert all(found.rules and found.unseen for found in load().types.values())


def test_script(capsys: pytest.CaptureFixture[str]) -> None:
    look = ROOT / "tests" / "look"
    assert main([str(look / "pages"), str(look / "gold")]) == 0
    printed = capsys.readouterr().out
    assert "of 10 pages" in printed
    assert printed == (main([str(look / "pages"), str(look / "gold")]), capsys.readouterr().out)[1]
    with pytest.raises(SystemExit):
        main([str(look / "pages")])


def test_dates_passed_over_are_samples_but_no_figures() -> None:
    corpus = list(samples(str(ROOT / "corpus"), str(ROOT / "tests" / "corpus_gold")))
    assert any(sample.passed_over for sample in corpus)
    assert {sample.kind for sample in corpus if sample.passed_over} == {FactType.FOUNDING_DATE}
