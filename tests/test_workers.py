"""Pages in many processes: their order, and what a dying process takes with it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest

from pipeline.chain import RunError
from pipeline.model import Claims, Issue, MediaType, Page, Rejected
from pipeline.workers import claims_in_processes


def page(text: str) -> Page:
    return Page(f"{text}.txt", text, MediaType.TEXT, "00", "utf-8")


def work(seen: Page) -> Rejected:
    """Stand for the stages: answer with the page's text, or die."""
    if seen.text == "killer":
        os._exit(9)
    return Rejected(seen.source, Issue("test", "done", seen.text))


def load() -> Callable[[Page], Claims | Rejected]:
    return work


def load_nothing() -> Callable[[Page], Claims | Rejected]:
    raise RunError("no model here")


def kinds(texts: list[str]) -> list[tuple[str, str]]:
    found = claims_in_processes(iter([page(text) for text in texts]), 2, load)
    return [(outcome.source, outcome.issue.kind) for outcome in found if isinstance(outcome, Rejected)]


def test_order_is_that_of_the_pages() -> None:
    assert kinds([str(n) for n in range(30)]) == [(f"{n}.txt", "done") for n in range(30)]


def test_page_that_kills_its_process_is_rejected_alone() -> None:
    expected = [
        (f"{text}.txt", "crash" if text == "killer" else "done") for text in ("a", "killer", "b", "c")
    ]
    assert kinds(["a", "killer", "b", "c"]) == expected


def test_rejected_pages_pass_through_in_their_place() -> None:
    refused = Rejected("r.txt", Issue("read", "empty", "r.txt has no content"))
    found = list(claims_in_processes(iter([page("a"), refused, page("b")]), 2, load))
    assert found[1] is refused
    assert len(found) == 3


def test_failed_start_stops_the_run() -> None:
    with pytest.raises(RunError, match="no model here"):
        list(claims_in_processes(iter([page("a")]), 2, load_nothing))


def test_pages_are_read_as_they_are_needed() -> None:
    asked = 0

    def endless() -> Iterator[Page]:
        nonlocal asked
        while True:
            asked += 1
            yield page(str(asked))

    found = claims_in_processes(endless(), 2, load)
    next(found)
    found.close()
    assert asked <= 10
