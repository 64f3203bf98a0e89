"""Words that a page writes small: a capital one of them ("Gray pins") is hardly a name."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.tokens import Token

_GLUE = frozenset("./@_")


def small_words(tokens: Sequence[Sequence[Token]]) -> frozenset[str]:
    """Return the words written small in a page's blocks, those of addresses (www.valence.fr) left out."""
    found: set[str] = set()
    for own in tokens:
        found.update(
            token.text
            for i, token in enumerate(own)
            if token.text[0].islower() and token.text not in found and not _in_address(own, i)
        )
    return frozenset(found)


def _in_address(own: Sequence[Token], i: int) -> bool:
    """Whether marks without white space join a word to another: info@melle.de, /valence/plan."""
    last = len(own) - 1
    behind = i + 2 <= last and own[i + 1].text in _GLUE and own[i].end + 1 == own[i + 2].start
    return behind or (i > 1 and own[i - 1].text in _GLUE and own[i - 2].end + 1 == own[i].start)
