"""The scorers of likely places and of namesakes learn what their examples show."""

from __future__ import annotations

from pipeline.recognise.likely_places import log_odds
from training import likely_places, namesakes


def test_likely_places_are_learned_from_their_signs() -> None:
    rows = [
        likely_places.Example(
            f"p{i}", "f", "X", ["before:nach" if i % 2 else "before:Herr"], bool(i % 2), 1, False, ""
        )
        for i in range(40)
    ]
    weights = likely_places.learn(rows)
    assert log_odds(["before:nach"], weights) > 0 > log_odds(["before:Herr"], weights)


def test_names_are_likely_by_all_their_mentions() -> None:
    assert likely_places.likely_texts([("X", 1.2), ("X", 1.1), ("X", 1.0), ("Y", 1.2)]) == {"X"}


def test_namesakes_are_learned_as_a_choice() -> None:
    rows = [
        namesakes.Example(f"p{i}", "f", "X", ["BS", "IE"], [["twin:GB>BS"], ["twin:GB>IE"]], 1, 1.0, False)
        for i in range(10)
    ]
    assert namesakes.chosen(rows[0].signs, namesakes.learn(rows)) == 1


def test_a_pair_of_towns_is_a_choice_among_countries() -> None:
    row = namesakes.Example("p", "f", "", ["FR", "BS"], [["twin:GB>FR"], ["twin:GB>BS"]], 0, 0.5, True)
    merged = list(namesakes._merged([row, row]))
    assert [shares for _, shares in merged] == [[1.0, 0.0]]
