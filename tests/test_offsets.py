"""Whatever happens to a page, offsets hold: ``text[start:end]`` is always the words that are meant."""

from __future__ import annotations

import os
from itertools import chain as flat

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.clean import clean
from pipeline.extract import extract
from pipeline.model import BlockKind, Claims, Document, Mentions, Page, Rejected
from pipeline.normalise import check, normalise
from pipeline.read import read_bytes
from pipeline.recognise import Recogniser
from tests.clean.cleaned import check as check_blocks
from tests.conftest import ROOT
from tests.mutations import FULL, NAMES, Mutation, mutate

PAGES = {
    path.relative_to(ROOT / "corpus").as_posix(): path.read_bytes()
    for path in sorted((ROOT / "corpus").glob("*/*"))
}
# The same examples on every machine; TWINTOWN_EXAMPLES=2000 looks for new ones.
_WANTED = os.environ.get("TWINTOWN_EXAMPLES")
SETTINGS = settings(
    max_examples=int(_WANTED or 80),
    derandomize=not _WANTED,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
_NUMBER = st.integers(0, FULL - 1)
MUTATIONS = st.lists(st.tuples(st.sampled_from(NAMES), _NUMBER, _NUMBER, _NUMBER), min_size=1, max_size=5)


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return Recogniser()


@SETTINGS
@given(name=st.sampled_from(sorted(PAGES)), mutations=MUTATIONS)
def test_damaged_pages(recogniser: Recogniser, name: str, mutations: list[Mutation]) -> None:
    assert_sound(read_bytes(mutate(PAGES[name], mutations), name), recogniser)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_whole_pages(recogniser: Recogniser, name: str) -> None:
    claims = assert_sound(read_bytes(PAGES[name], name), recogniser)
    assert claims is not None
    assert claims.document.issues == ()


def assert_sound(page: Page | Rejected, recogniser: Recogniser) -> Claims | None:
    """Run a page through the stages and assert what holds for every page."""
    if isinstance(page, Rejected):
        assert page.issue.kind in {"empty", "binary", "too_large"}
        return None
    document = clean(page)
    assert_clean(document)
    mentions = recogniser.recognise(document)
    assert_inside(mentions)
    claims = extract(mentions)
    assert extract(mentions) == claims
    assert recogniser.recognise(clean(page)) == mentions
    checked = check(claims)
    assert "self_pair" not in {issue.kind for issue in checked.document.issues}
    assert_quotes(checked)
    return checked


def assert_clean(document: Document) -> None:
    check_blocks(document)  # in order, not overlapping, nothing between two but the separator
    text = document.text
    assert "  " not in text
    assert not set(text) & set("\u00ad\u200b\u200c\u200d\u2060\ufeff\x00\r\xa0")
    for block in document.blocks:
        assert block.lang in ("de", "en")
        assert all(document.blocks[above].kind is BlockKind.HEADING for above in block.path)
    assert document.title == " ".join(document.title.split())


def assert_inside(mentions: Mentions) -> None:
    """Every mention is a non-empty stretch of its block, and each sort stands in order."""
    document = mentions.document
    sorts = (
        *(mentions.sentences, mentions.places, mentions.countries, mentions.persons),
        *(mentions.offices, mentions.dates, mentions.triggers),
    )
    for spans in sorts:
        assert list(spans) == sorted(spans, key=lambda span: span.start)
        for span in spans:
            block = document.blocks[span.block]
            assert block.start <= span.start < span.end <= block.end, span
            words = document.text[span.start : span.end]
            assert words == words.strip() != "", span
    for before, after in zip(mentions.sentences, mentions.sentences[1:], strict=False):
        assert before.end <= after.start


def assert_quotes(claims: Claims) -> None:
    """The evidence table quotes the frozen text, and nothing that was claimed is missing from it."""
    document = claims.document
    stated = [evidence for pair in claims.partnerships for evidence in pair.evidence]
    stated += [evidence for date in claims.dates for evidence in date.evidence]
    stated += [evidence for mayor in claims.mayors for evidence in mayor.evidence]
    stated += [evidence for theme in claims.themes for evidence in theme.evidence]
    spans = set()
    for evidence in stated:
        assert 0 <= evidence.start < evidence.end <= len(document.text)
        assert document.text[evidence.start : evidence.end].strip()
        spans.add((evidence.start, evidence.end, evidence.rule))
    tables = normalise([claims], [])
    assert tables.texts == {document.doc_id: document.text}
    rows = tables.rows("evidence")
    assert {(row["start"], row["end"], row["rule"]) for row in rows} == spans
    facts = flat.from_iterable(
        [row[key] for row in tables.rows(name)]
        for name, key in (
            ("partnerships", "partnership_id"),
            ("founding_dates", "founding_id"),
            ("mayors", "mayor_id"),
            ("themes", "theme_id"),
        )
    )
    assert {row["fact_id"] for row in rows} == set(facts)
    for row in rows:
        start, end = row["start"], row["end"]
        assert isinstance(start, int)
        assert isinstance(end, int)
        assert row["quote"] == document.text[start:end]
        before, after = document.text[:start], document.text[end:]
        assert before.translate(_FLAT).endswith(str(row["prefix"] or ""))
        assert after.translate(_FLAT).startswith(str(row["suffix"] or ""))


_FLAT = str.maketrans("\n\t", "  ")
