"""Two thousand damaged pages; ``python -m tests.fuzz 50000 --seed N`` reads more of them, and others."""

from __future__ import annotations

import itertools

import pytest

from pipeline.chain import Chain, crash
from pipeline.model import Page
from tests import fuzz

COUNT = 2_000


def test_damaged_pages() -> None:
    found = fuzz.fuzz(COUNT, 1, fuzz.pages())
    assert found.total() == COUNT
    assert found["read"] > COUNT * 0.8


def test_a_page_that_breaks_a_stage_is_noticed_and_kept(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(Chain, "claims", lambda self, page: crash(page, "clean", "broke"))
    with pytest.raises(fuzz.Broken, match="broke"):
        fuzz.fuzz(50, 1, {"a.html": b"<p>Twinned with Brno."}, tmp_path)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_page_that_takes_too_long_is_noticed(monkeypatch) -> None:
    clock = itertools.count(0, 10 * fuzz.SECONDS)  # the real one may stand still for so short a page
    monkeypatch.setattr(fuzz.time, "process_time", lambda: next(clock))
    with pytest.raises(fuzz.Broken, match="seconds"):
        fuzz.fuzz(1, 1, {"a.html": b"<p>Twinned with Brno."})


def test_a_page_that_hangs_is_broken_off(monkeypatch) -> None:
    def hang(page):
        while True:
            pass

    monkeypatch.setattr("pipeline.clean.clean", hang)
    monkeypatch.setattr(fuzz, "SECONDS", 0.1)
    with pytest.raises(fuzz.Broken, match="TimeoutError"):
        fuzz.fuzz(1, 1, {"a.html": b"<p>Twinned with Brno." * 9})


def test_a_wrong_quote_is_noticed(monkeypatch) -> None:
    real = fuzz.normalise

    def shifted(claims, rejected):
        tables = real(claims, rejected)
        return type(tables)(tables.data, {key: " " + text for key, text in tables.texts.items()})

    monkeypatch.setattr(fuzz, "normalise", shifted)
    page = (
        b"<html lang=en><title>Dover</title><h1>Dover</h1><p>Dover has been twinned with Calais since 1973."
    )
    with pytest.raises(fuzz.Broken, match="not at its offsets"):
        fuzz._check_tables([Chain().claims(fuzz.read_bytes(page, "a.html"))])


def test_the_same_seed_gives_the_same_pages() -> None:
    originals = {"a.html": b"<p>Twinned with Brno.", "b.txt": b"Partnerstadt Lyon"}

    def first(seed: int) -> list[tuple[str, bytes]]:
        return [page for page, _ in zip(fuzz.damaged(seed, originals), range(50), strict=False)]

    assert first(1) == first(1) != first(2)


def test_pages_are_those_of_the_project() -> None:
    assert isinstance(fuzz.read_bytes(fuzz.pages()["corpus/de/graz-gemeinderat.md"], "x.md"), Page)
