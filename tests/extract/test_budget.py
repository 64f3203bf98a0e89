"""Extraction stays fast on a paragraph that never ends a sentence."""

from __future__ import annotations

import time

import pytest

from tests.extract.conftest import ClaimsOf

ENDLESS = [
    "Mosbach ist seit 1964 mit Lyon verschwistert, ",
    "Our twin town of Lyon, which is twinned with Leeds, ",
    "York (England, 1957), Lyon (Frankreich, 1960), ",
]


@pytest.mark.parametrize("words", ENDLESS)
def test_an_endless_sentence(words: str, claims_of: ClaimsOf) -> None:
    page = (
        "<html><head><title>Stadt Ulm</title></head><body><h1>Ulm und Partnerstädte</h1><p>"
        f"{words * (20_000 // len(words))}</p></body></html>"
    )
    start = time.process_time()
    claims_of(page)
    assert time.process_time() - start < 20
