"""The signs by which a capitalised name may be a place: its spelling and what stands around it."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import cache

from pipeline.gazetteer import Gazetteer, units
from pipeline.gazetteer.scan import Hit
from pipeline.lexicon import LANGUAGES, all_words, load
from pipeline.model import Block, BlockKind, Document
from pipeline.recognise.beside import country_after, country_before, link_words
from pipeline.recognise.known_signs import signs_of_known
from pipeline.recognise.names import given_in
from pipeline.recognise.place_words import like_a_place
from pipeline.recognise.small_words import small_words
from pipeline.recognise.triggers import triggers_in
from pipeline.tokens import Token

_NEAR = 40
_STEP = 1.5
_ENDS = frozenset('.!?:;"“”„»«(–—-*•|')
_FEW, _MANY = 2, 3


@cache
def _titles() -> frozenset[str]:
    return all_words("titles", "honours") | frozenset(
        ("Herr", "Frau", "Herrn", "Mr", "Mrs", "Ms", "Dr", "Prof", "Familie")
    )


@cache
def office_words() -> frozenset[str]:
    """Words of offices, each alone: a name behind one is a person's."""
    names = (n for lang in LANGUAGES for office in load(lang, "offices")["office"] for n in office["names"])
    return frozenset(
        word.casefold() for name in names for word in name.split() if word[0].isupper() or len(word) > 5
    )


@cache
def _municipal(lang: str) -> frozenset[str]:
    data = load(lang, "places")
    words = [*data["nouns"], *data["town_before"], *units().towns, *units().parts]
    return frozenset(w.casefold() for w in words)


class Around:
    """What a page's blocks hold, found once for all its names."""

    def __init__(
        self,
        document: Document,
        tokens: Sequence[Sequence[Token]],
        taken: Sequence[tuple[int, int]],
        hits: Sequence[Sequence[Hit]],
    ) -> None:
        """Note where places are, which words are written small, which follow a given name."""
        self.document = document
        self.tokens = tokens
        self.hits = [[h for h in own if _covered(taken, h.start, h.end)] for own in hits]
        self.first = [{h.first: h for h in own} for own in self.hits]
        self.last = [{h.last - 1: h for h in own} for own in self.hits]
        self.taken = [[_covered(taken, t.start, t.end) for t in own] for own in tokens]
        texts = [t.text for own in tokens for t in own]
        self.small = small_words(tokens)
        self.counts = Counter(texts)
        self.persons = frozenset(
            after
            for before, after in itertools.pairwise(texts)
            if after[0].isupper()
            and (
                before in _titles()
                or before.casefold() in office_words()
                or (before[0].isupper() and given_in(before))
            )
        )
        self._told = [frozenset(h.country for h in own if h.country) for own in self.hits]
        self.countries = frozenset[str]().union(*self._told)
        self._beside = self._siblings()
        self.bonds = [
            triggers_in(document.text, block.start, block.end, block.lang) for block in document.blocks
        ]

    def told(self, block: Block) -> frozenset[str]:
        """Return the countries that a block, its heading or a block beside it names."""
        last = len(self._told) - 1
        beside = (max(0, block.index - 1), min(last, block.index + 1), *block.path[-1:])
        return self._told[block.index].union(*(self._told[i] for i in beside))

    def _siblings(self) -> dict[int, tuple[int, int]]:
        """Map a cell, item or heading to how many of its like there are, and how many begin with a place."""
        groups: dict[tuple[object, ...], list[int]] = {}
        for number, table in enumerate(self.document.tables):
            for row, cells in enumerate(table.grid):
                for column, index in enumerate(cells):
                    if index >= 0 and row not in table.header_rows:
                        groups.setdefault(("cell", number, column), []).append(index)
        for block in self.document.blocks:
            if block.kind is BlockKind.HEADING:
                groups.setdefault(("heading", block.path[-1:], block.level), []).append(block.index)
            elif block.group >= 0:
                groups.setdefault((block.kind, block.group, block.level), []).append(block.index)
        found: dict[int, tuple[int, int]] = {}
        for indices in groups.values():
            own = list(dict.fromkeys(indices))
            places = sum(map(self._opens, own))
            for index in own:
                found[index] = (len(own), places)
        return found

    def _opens(self, index: int) -> bool:
        first = self.first[index]
        return any(i in first and not first[i].country for i in (0, 1))

    def siblings(self, index: int) -> str:
        """Return how many of a block's like begin with a place: ``most``, ``some``, ``none``, or nothing."""
        count, places = self._beside.get(index, (0, 0))
        others = count - 1
        if others < 1:
            return ""
        return "most" if places * 2 >= others and places else "some" if places else "none"


def _covered(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    at = bisect_left(taken, (end, end)) - 1
    return at >= 0 and taken[at][1] > start


def signs_of(
    around: Around, block: Block, first: int, last: int, name: str, gazetteer: Gazetteer
) -> list[str]:
    """Return the signs of the name of tokens ``first`` to ``last`` (exclusive) of a block."""
    tokens = around.tokens[block.index]
    found = [f"lang:{block.lang}", f"kind:{block.kind.value}"]
    found += _of_spelling(around, tokens[first:last], block.lang)
    home = around.document.home
    told = around.told(block)
    found += signs_of_known(name, gazetteer, home.place if home else None, told, around.countries)
    found += _beside(around, block, tokens, first, last)
    found += _of_country(around, block, list(tokens), first, last)
    found += _of_bonds(around, block, tokens[first].start, tokens[last - 1].end)
    if first == 0 and last == len(tokens):
        found.append(f"whole:{block.kind.value}")
    elif first == 0:
        found.append(f"opens:{block.kind.value}")
        found.append(f"opens-after:{_shape(tokens[last].text)}")
    elif tokens[first - 1].text in _ENDS:
        found.append("opens-sentence")
    if first <= 1 and (beside := around.siblings(block.index)):
        found.append(f"siblings:{beside}")
        if first == 0 and last == len(tokens):
            found.append(f"whole-siblings:{beside}")
    return found


def _of_spelling(around: Around, words: Sequence[Token], lang: str) -> list[str]:
    spelt = [like_a_place(t.text, lang) for t in words if t.text[0].isupper()]
    found = [f"first:{_bucket(spelt[0])}", f"words:{min(len(words), _MANY)}"]
    if len(spelt) > 1:
        found += [f"last:{_bucket(spelt[-1])}"]
        if words[-1].text in units().after:
            found.append("unit")
    head = words[0].text
    if given_in(head):
        found.append(f"given:{len(words) > 1}")
    if words[-1].text in around.persons or head in around.persons:
        found.append("person-elsewhere")
    if any(t.text.lower() in around.small for t in words):
        found.append("small-elsewhere")
    if (times := min(around.counts[t.text] for t in words)) > 1:
        found.append("repeated" if times == _FEW else "repeated-often")
    if "-" in head:
        found.append("hyphen")
    if lang == "en" and head.endswith(("'s", "’s")):
        found.append("possessive")
    return found


def _bucket(value: float) -> int:
    return max(-4, min(4, round(value / _STEP)))


def _beside(around: Around, block: Block, tokens: Sequence[Token], first: int, last: int) -> list[str]:
    """Return the words before and behind, and whether a place stands there in an enumeration."""
    own_first, own_last = around.first[block.index], around.last[block.index]
    found = []
    before = tokens[first - 1].text if first else ""
    after = tokens[last].text if last < len(tokens) else ""
    if before:
        found.append(f"before:{_shape(before)}")
        if before[0].isupper():
            found.append(f"before:{before}")
            if before.casefold() in office_words():
                found.append("before:office")
        if before.casefold() in _municipal(block.lang):
            found.append("before:municipal")
        if before in _titles():
            found.append("before:title")
        elif before[0].isupper() and given_in(before):
            found.append("before:given")
        if before == "of" and first > 1 and tokens[first - 2].text[0].isupper():
            found.append(f"of:{tokens[first - 2].text}")  # University of, Bishop of
        if first > 1 and tokens[first - 2].text[0].islower() and before[0].islower():
            found.append(f"two-before:{tokens[first - 2].text} {before}")
    if after:
        found.append(f"after:{_shape(after)}")
        if after[0].isupper():
            found.append(f"then:{after}")
        if last + 1 < len(tokens) and after[0].islower() and tokens[last + 1].text[0].islower():
            found.append(f"two-after:{after} {tokens[last + 1].text}")
        if after in "(/,":
            inside = tokens[last + 1].text if last + 1 < len(tokens) else ""
            found.append(f"after:{after}{'year' if _year(inside) else ''}")
    ahead = first > 1 and (hit := own_last.get(first - 2)) is not None and not hit.country
    behind = (hit := own_first.get(last + 1)) is not None and not hit.country
    if ahead:
        found += [f"place-before:{before}", "place-before"]
    if behind:
        found += [f"place-behind:{after}", "place-behind"]
    if last in own_first and not own_first[last].country:
        found.append("place-adjacent")
    if (first - 1) in own_last and not own_last[first - 1].country:
        found.append("place-adjacent-before")
    if ahead and behind:
        found.append("place-both")
    return found


def _shape(text: str) -> str:
    """Return a small word or mark as it is; of others only what they are."""
    if _year(text):
        return "year"
    if text[0].isdigit():
        return "figure"
    return text if not text[0].isupper() else "Capital"


def _year(text: str) -> bool:
    return len(text) == 4 and text.isdigit() and text[:2] in ("18", "19", "20")


def _of_country(around: Around, block: Block, tokens: list[Token], first: int, last: int) -> list[str]:
    own_first, own_last = around.first[block.index], around.last[block.index]
    words = link_words(block.lang)
    found = []
    if country_after(tokens, own_first, last, words)[0]:
        found.append("country-behind")
        found.append(f"country-behind:{_shape(tokens[last].text)}")
    if country_before(tokens, own_first, own_last, first, words):
        found.append("country-before")
    return found


def _of_bonds(around: Around, block: Block, start: int, end: int) -> list[str]:
    text = around.document.text
    found = []
    bonds = around.bonds[block.index]
    behind = [b for b in bonds if b[1] <= start and start - b[1] <= _NEAR]
    if behind and "." not in (between := text[behind[-1][1] : start]):
        family = behind[-1][2]
        gap = between.split()
        found.append(f"bond-before:{family.form}")
        if len(gap) <= 1:
            found.append(f"bond-beside:{family.form}:{' '.join(gap)}")
    ahead = [b for b in bonds if b[0] >= end and b[0] - end <= _NEAR]
    if ahead and "." not in text[end : ahead[0][0]]:
        found.append(f"bond-behind:{ahead[0][2].form}")
    if any(b[0] < end and b[1] > start for b in bonds):
        found.append("bond-inside")
    if bonds:
        found.append("bond-in-block")
    return found
