"""Logistic regression over signs, most of which an example lacks; the fit that several scorers share."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_RATE = 0.05


def fitted(
    rows: Sequence[Sequence[int]],
    hits: NDArray[np.float64],
    counted: NDArray[np.float64],
    signs: int,
    *,
    held: float,
    steps: int,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the weights of the signs and the chances that they give, by gradient descent (Adam).

    The same examples give the same weights.

    Args:
        rows: The numbers of the signs of each example; that of the bias, 0, is the first of each.
        hits: Whether each example is one, as 0 or 1.
        counted: What each example counts.
        signs: How many signs there are.
        held: How strongly weights are held to 0; the bias is not.
        steps: How many steps to take.
    """
    flat = np.array([sign for row in rows for sign in row])
    of = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    weights, mean, square = (np.zeros(signs) for _ in range(3))
    held_to = np.full(signs, held)
    held_to[0] = 0
    chance = hits
    for step in range(1, steps + 1):
        chance = 1 / (1 + np.exp(-np.clip(np.bincount(of, weights[flat], len(rows)), -30, 30)))
        error = (chance - hits) * counted
        slope = (np.bincount(flat, error[of], signs) + held_to * weights) / counted.sum()
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        weights -= _RATE * mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return weights, chance
