"""What a page says of a place without its name: in the sentences behind it, and by its country or people.

Signs of ``partner_signs.py``. "Kenosha lies on Lake Michigan. In 1970 both councils voted for the bond." -
"Then the Georgian town follows, with a treaty": the page's one town in Georgia is meant.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, cached_property

from pipeline.extract.context import Context
from pipeline.extract.cues import has, polarity, speaks_of
from pipeline.extract.partnerships.partner_layout import STEM, tells
from pipeline.lexicon import LANGUAGES, load, one_of
from pipeline.model import Block, BlockKind, Place, PlaceMention, Sentence
from pipeline.tokens import tokenise

_TAIL = 4
"""So many sentences behind a name may still be about it."""
_WORDED = 2
"""Of these, the words of so many count."""
_MOST = 400
"""A page with more sentences without names is too long to be asked about its peoples."""
_ACTS = ("signed", "proclaimed", "decided")


@cache
def _peoples(lang: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{one_of(_country_of(lang))})n?\b")


@cache
def _country_of(lang: str) -> dict[str, str]:
    found = load(lang, "peoples")["peoples"]
    return {name: country for country, names in found.items() for name in names}


def told_behind(context: Context, mention: PlaceMention, block: Block, leads: bool) -> list[Sentence]:
    """Return the sentences behind a mention that may still be about its place: no other town comes in.

    Args:
        context: The document.
        mention: A mention of a place, in ``block``.
        block: Its block.
        leads: Whether the block begins with it; what stands below a heading or term is then about it.
    """
    spans = [(context.told_in(mention)[1], block.end)]
    if leads and block.kind is BlockKind.HEADING:
        spans += [(b.start, b.end) for b in context.body(block)[:_TAIL]]
    elif leads and block.kind is BlockKind.TERM:
        below = context.document.blocks[block.index + 1 : block.index + 1 + _TAIL]
        spans += [(b.start, b.end) for b in below if b.kind is BlockKind.DEFINITION]
    told: list[Sentence] = []
    for start, stop in spans:
        for sentence in context.sentences(start, stop):
            if len(told) == _TAIL or _names_others(context, sentence, mention.place):
                return told
            told.append(sentence)
    return told


def _names_others(context: Context, sentence: Sentence, place: Place) -> bool:
    others = (p for p in context.places(sentence.start, sentence.end) if p.place.place_id != place.place_id)
    return any(p.form != "adjective" and not context.is_home(p.place) for p in others)


class PassageSigns:
    """The signs that passages without its name give a place of one page."""

    def __init__(self, context: Context) -> None:
        """Prepare for a page with a home town."""
        self._context = context
        self._tails: dict[tuple[int, bool], tuple[str, ...]] = {}

    # ---------------------------------------------------------- behind a name

    def of_mention(self, mention: PlaceMention, block: Block, leads: bool) -> Sequence[str]:
        """Return what the sentences behind a mention say, as far as no other town comes in."""
        key = (self._context.told_in(mention)[1], leads)
        if key not in self._tails:
            self._tails[key] = tuple(sorted(set(self._told_behind(mention, block, leads))))
        return self._tails[key]

    def _told_behind(self, mention: PlaceMention, block: Block, leads: bool) -> Iterator[str]:
        told = told_behind(self._context, mention, block, leads)
        yield f"tail: sentences {len(told)}"
        for sentence in told:
            yield from self._stance("tail", sentence, block.lang)
        for sentence in told[:_WORDED]:
            for token in tokenise(self._context.text, sentence.start, sentence.end):
                if tells(token):
                    yield f"{block.lang} tail: {token.text.lower()[:STEM]}"

    # ------------------------------------------------------------- by people

    def of_place(self, place: Place) -> Sequence[str]:
        """Return what is said of the only town of its country on the page, by its country or its people."""
        if not place.country or self._towns[place.country] != 1:
            return ()
        return self._by_country.get(place.country, ())

    @cached_property
    def _towns(self) -> Counter[str]:
        """How many towns of each country the page names, its home town apart."""
        context = self._context
        named = {p.place.place_id: p.place for p in context.mentions.places if not context.is_home(p.place)}
        return Counter(place.country for place in named.values() if place.feature == "city")

    @cached_property
    def _by_country(self) -> dict[str, Sequence[str]]:
        """Map each country to the signs of the sentences that name it or its people, and no town but home."""
        context = self._context
        found: dict[str, set[str]] = {}
        for sentence in context.mentions.sentences[:_MOST]:
            lang = context.document.blocks[sentence.block].lang
            places = [p for p in context.places(sentence.start, sentence.end) if not context.is_home(p.place)]
            if any(p.form != "adjective" for p in places):
                continue
            named = {c.country for c in context.countries(sentence.start, sentence.end)}
            named.update(p.place.country for p in places)
            named.update(self._named_peoples(context.text[sentence.start : sentence.end], lang))
            if len(named) == 1:
                found.setdefault(named.pop(), set()).update(self._stance("people", sentence, lang))
        return {country: tuple(sorted(signs)) for country, signs in found.items()}

    @staticmethod
    def _named_peoples(text: str, lang: str) -> Iterator[str]:
        if lang not in LANGUAGES:
            return
        names = _country_of(lang)
        for match in _peoples(lang).finditer(text):
            yield names.get(match.group()) or names[match.group()[:-1]]

    # -------------------------------------------------------------- sentences

    def _stance(self, where: str, sentence: Sentence, lang: str) -> Iterator[str]:
        """Yield what a sentence says of a bond, if anything."""
        context, text = self._context, self._context.text[sentence.start : sentence.end]
        triggers = context.triggers(sentence.start, sentence.end)
        dated = bool(context.dates(sentence.start, sentence.end))
        act = has(text, lang, "founding_act") or any(speaks_of(text, lang, event) for event in _ACTS)
        bond = "strong" if any(not t.weak for t in triggers) else "weak" if triggers else "none"
        stance = polarity(text, lang)
        home = any(context.is_home(p.place) for p in context.places(sentence.start, sentence.end))
        we = has(text, lang, "speakers")
        if act or triggers:
            stated = "stated" if stance.states else "denied" if stance.denied else "wished"
            yield f"{where}: act {act}, dated {dated}, bond {bond}"
            yield f"{where}: act {act}, bond {bond}, {stated}"
            yield f"{where}: told, {stated}, {stance.status.value}"
            yield f"{where}: told, of us {home or we}"
        elif dated:
            yield f"{where}: dated"
