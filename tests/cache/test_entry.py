"""Claims as bytes: the same claims come back, or none."""

from __future__ import annotations

import hashlib
import random
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cache.entry import Damaged, pack, unpack
from pipeline.chain import Chain
from pipeline.model import (
    Block,
    BlockKind,
    Claims,
    Document,
    Evidence,
    Home,
    MayorClaim,
    Place,
    Role,
    Table,
    ThemeClaim,
)
from pipeline.read import read
from tests.conftest import ROOT

KEY = "ab" * 32


@pytest.fixture(scope="module")
def corpus() -> list[Claims]:
    chain = Chain()
    found = [chain.claims(page) for page in list(read([ROOT / "corpus" / "de"]))[:4]]
    return [claims for claims in found if isinstance(claims, Claims)]


def test_same_claims_come_back(corpus: list[Claims]) -> None:
    assert corpus
    for claims in corpus:
        back = unpack(KEY, pack(KEY, claims))
        assert back == claims
        assert repr(back) == repr(claims), "types as well"


_TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
_NUMBER = st.floats(allow_nan=False, allow_infinity=False)
_PLACE = st.builds(
    Place, _TEXT, _TEXT, _TEXT, _TEXT, st.none() | _NUMBER, st.none() | _NUMBER, st.integers(0)
)
_EVIDENCE = st.tuples(st.builds(Evidence, st.integers(0), st.integers(0), _TEXT, st.none() | _NUMBER))
_DOCUMENT = st.builds(
    Document,
    *(_TEXT, _TEXT, _TEXT, _TEXT),
    blocks=st.tuples(st.builds(Block, st.integers(), st.sampled_from(BlockKind), path=st.just((1, 2)))),
    tables=st.just((Table(((0, -1), (1, 1)), (0,)),)),
    home=st.none() | st.builds(Home, _PLACE, _TEXT, _TEXT),
    url=st.none() | _TEXT,
)
_CLAIMS = st.builds(
    Claims,
    _DOCUMENT,
    mayors=st.tuples(st.builds(MayorClaim, _TEXT, st.sampled_from(Role), _PLACE, evidence=_EVIDENCE)),
    themes=st.tuples(
        st.builds(ThemeClaim, _TEXT, _PLACE, pair=st.tuples(_PLACE, _PLACE), evidence=_EVIDENCE)
    ),
    surface_forms=st.dictionaries(_TEXT, st.tuples(_TEXT, _TEXT)),
)


@settings(deadline=None, max_examples=40)
@given(_CLAIMS)
def test_any_claims_come_back(claims: Claims) -> None:
    assert repr(unpack(KEY, pack(KEY, claims))) == repr(claims)


def test_same_claims_are_the_same_bytes(corpus: list[Claims]) -> None:
    assert pack(KEY, corpus[0]) == pack(KEY, corpus[0])


def test_any_damage_is_noticed(corpus: list[Claims]) -> None:
    whole = pack(KEY, corpus[0])
    chance = random.Random(1)
    damaged = [whole[:n] for n in (0, 1, 40, 100, len(whole) // 2, len(whole) - 1)]
    damaged += [whole + b"x", b"\x00" * len(whole), whole[::-1]]
    for _ in range(200):
        at, bit = chance.randrange(len(whole)), 1 << chance.randrange(8)
        damaged.append(whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :])
    for data in damaged:
        with pytest.raises(Damaged):
            unpack(KEY, data)


def test_entry_of_another_page_is_of_no_use(corpus: list[Claims]) -> None:
    with pytest.raises(Damaged, match="of another page"):
        unpack("cd" * 32, pack(KEY, corpus[0]))


@pytest.mark.parametrize("content", [b"[]", b'{"document": 1}', b"\xff", b"{" * 10_000])
def test_whole_entry_that_holds_no_claims(content: bytes) -> None:
    body = KEY.encode() + b"\n" + zlib.compress(content)
    data = b"twintown claims 1\n" + hashlib.sha256(body).hexdigest().encode() + b"\n" + body
    with pytest.raises(Damaged):
        unpack(KEY, data)
