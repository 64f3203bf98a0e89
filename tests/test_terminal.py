"""Escaping of page text for terminals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.terminal import printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Köln – „Städtepartnerschaft“ 🇩🇪 東京", "Köln – „Städtepartnerschaft“ 🇩🇪 東京"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("a\nb\tc\r", r"a\x0ab\x09c\x0d"),
        ("\x9b2J\x7f", r"\x9b2J\x7f"),
        ("\u202eabc\u2066", r"\u202eabc\u2066"),
        ("\ud800", r"\ud800"),
        ("\U000e0041", r"\U000e0041"),
        ("1\xa0000\u202f000", "1\xa0000\u202f000"),
        ("", ""),
    ],
)
def test_examples(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text(st.characters()))
def test_nothing_but_printable_characters_and_spaces(text: str) -> None:
    assert all(char.isprintable() or char.isspace() for char in printable(text))
    assert "\n" not in printable(text)
