"""Fixtures for tests of what a whole page comes to: one Recogniser for the session."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.clean import clean
from pipeline.extract import extract
from pipeline.model import Claims, Page
from pipeline.read import read_bytes
from pipeline.recognise import Recogniser

ClaimsOf = Callable[..., Claims]


@pytest.fixture(scope="session")
def claims_of() -> ClaimsOf:
    """Return the claims of a page given as HTML: ``claims_of(html, name="page.html")``."""
    recogniser = Recogniser()

    def claims(html: str, name: str = "page.html") -> Claims:
        page = read_bytes(html.encode(), name)
        assert isinstance(page, Page), page
        return extract(recogniser.recognise(clean(page)))

    return claims
