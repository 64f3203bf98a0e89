"""The dates of one text: the table of cases, and what holds for all of them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from pipeline.edtf import is_valid
from pipeline.model import Basis, DateMention
from pipeline.recognise.dates import dates_in


class Case(NamedTuple):
    line: int
    lang: str
    published: str | None
    month_first: bool
    text: str
    expected: list[str]


def read_cases() -> list[Case]:
    cases = []
    lines = (Path(__file__).parent / "date_cases.tsv").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if line and not line.startswith("#"):
            lang, page, text, expected = line.split("\t")
            published = None if page in ("-", "us") else page
            found = [] if expected == "-" else expected.split(" ;; ")
            cases.append(Case(number, lang, published, page == "us", text, found))
    return cases


CASES = read_cases()


def shown(text: str, mention: DateMention) -> str:
    derived = "*" if mention.basis is Basis.DERIVED else ""
    years = f"#{mention.years}" if mention.years is not None else ""
    return f"{text[mention.start : mention.end]}={mention.edtf or '?'}{derived}{years}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.line}-{case.text[:40]}")
def test_case(case: Case) -> None:
    found = dates_in(case.text, case.lang, published=case.published, month_first=case.month_first)
    assert [shown(case.text, mention) for mention in found] == case.expected


def test_there_are_enough_cases_of_both_languages() -> None:
    german = sum(case.lang == "de" for case in CASES)
    assert len(CASES) >= 250
    assert 0.4 <= german / len(CASES) <= 0.6


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.line}")
def test_values_are_edtf_and_spans_do_not_overlap(case: Case) -> None:
    end = 0
    for mention in dates_in(case.text, case.lang, published=case.published):
        assert end <= mention.start < mention.end <= len(case.text)
        assert case.text[mention.start : mention.end].strip() == case.text[mention.start : mention.end]
        assert mention.edtf is None or is_valid(mention.edtf)
        end = mention.end


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.line}")
def test_a_date_is_found_in_a_sentence_as_it_is_alone(case: Case) -> None:
    framed = f"({case.text})"
    found = dates_in(framed, case.lang, published=case.published, month_first=case.month_first)
    if case.expected and "=?" not in "".join(case.expected):
        assert [shown(framed, mention) for mention in found] == case.expected
