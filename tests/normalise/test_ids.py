"""Ids are fixed: outputs of years apart are compared by them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Basis, Event, Role
from pipeline.normalise import ids


def test_ids_are_pinned(data_regression):
    pair = ids.partnership_id("geonames:2820256", "geonames:3352593")
    data_regression.check(
        {
            "partnership": pair,
            "founding": ids.founding_id(pair, "1968", Event.SINCE, Basis.STATED),
            "mayor": ids.mayor_id("Nina Müller-Beck", "geonames:2820256", Role.MAYOR),
            "theme": ids.theme_id("culture", pair),
            "evidence": ids.evidence_id(pair, "page-1", 0, 5, "list.item"),
        }
    )


@given(st.text(), st.text(), st.text(), st.text())
def test_pairs_share_an_id_only_if_they_are_one_pair(a, b, c, d):
    assert ids.partnership_id(a, b) == ids.partnership_id(b, a)
    assert (ids.partnership_id(a, b) == ids.partnership_id(c, d)) == (sorted((a, b)) == sorted((c, d)))


@given(st.text(min_size=1))
def test_folding_is_stable_and_leaves_something(name):
    assert ids.fold(name)
    assert ids.fold(ids.fold(name)) == ids.fold(name)
