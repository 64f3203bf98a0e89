"""The fit that the scorers share."""

from __future__ import annotations

import numpy as np

from training.logistic import fitted


def test_a_telling_sign_weighs_and_an_idle_one_does_not() -> None:
    rows = [[0, 1], [0, 1, 2], [0], [0, 2]] * 10
    hits = np.array([1.0, 1.0, 0.0, 0.0] * 10)
    weights, chances = fitted(rows, hits, np.ones(40), 3, held=1.0, steps=200)
    assert weights[1] > 2
    assert abs(weights[2]) < 0.2
    assert (chances > 0.5).tolist() == [hit == 1 for hit in hits]


def test_what_counts_nothing_teaches_nothing() -> None:
    rows = [[0, 1], [0], [0, 1]]
    counted = np.array([1.0, 1.0, 0.0])
    weights, _ = fitted(rows, np.array([1.0, 0.0, 0.0]), counted, 2, held=0.1, steps=200)
    alone, _ = fitted(rows[:2], np.array([1.0, 0.0]), counted[:2], 2, held=0.1, steps=200)
    assert np.allclose(weights, alone)
