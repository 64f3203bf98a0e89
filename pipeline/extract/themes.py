"""Themes: what the partnerships of a page are said to be about.

Words of a theme count only in passages about partnerships: all of a page whose title speaks of them,
else the sections and list entries that do. Captions, and sentences that deny a partnership, are left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.extract.context import Context
from pipeline.extract.cues import polarity
from pipeline.extract.mayor_places import Towns
from pipeline.extract.office_holders import sentence_at
from pipeline.extract.theme_words import announces_relations, overlaps, theme_words
from pipeline.lexicon import LANGUAGES
from pipeline.model import (
    Block,
    BlockKind,
    Evidence,
    Kind,
    Mentions,
    PartnershipClaim,
    Place,
    ThemeClaim,
    TriggerMention,
)

_MOST_EVIDENCE = 3
_LONG = 90
_SIDE = 45
_FEW = 3
_SPREAD = 0.5
_CLAUSE = re.compile(r"[.;:!?()„“”\"–—]\s?|,\s")


class _Hit(NamedTuple):
    theme: str
    start: int
    end: int
    block: int
    weak: bool


class _Scope:
    """Which blocks speak of the partnerships."""

    def __init__(self, context: Context, partners: frozenset[str]) -> None:
        self.context = context
        self.partners = partners
        blocks = context.document.blocks
        content = [b for b in blocks if self._counts(b)]
        self.blocks = {t.block for t in context.mentions.triggers if self._speaks(t)}
        self.any = bool(self.blocks)
        # Blocks about twinning as such, which a page may have without naming a partner.
        self.general = {
            t.block
            for t in context.mentions.triggers
            if t.block in self.blocks and t.kind is Kind.TWIN and (t.form == "relation" or t.plural)
        }
        first = next((b for b in content if b.kind is BlockKind.HEADING), None)
        announced = first is not None and (
            first.index in self.blocks
            or self._names_partner(first)
            or (len(self.blocks) >= _FEW - 1 and announces_relations(context.document.words(first)))
        )
        where = sorted(i for i, b in enumerate(content) if b.index in self.blocks)
        spread = (where[-1] - where[0] + 1) / len(content) if where else 0.0
        self.whole = announced or (len(where) >= _FEW and spread >= _SPREAD)
        self.sections = {blocks[i].section for i in self.blocks}
        self.headings = {i for i in self.blocks if blocks[i].kind is BlockKind.HEADING}
        self.headings |= {b.index for b in content if b.kind is BlockKind.HEADING and self._names_partner(b)}

    def _names_partner(self, block: Block) -> bool:
        """Whether a block names a town that the page states as a partner of the home."""
        return any(p.place.place_id in self.partners for p in self.context.places(block.start, block.end))

    def _counts(self, block: Block) -> bool:
        # A negative section holds what stood beside the content.
        return block.kind is not BlockKind.CAPTION and block.section >= 0

    def _speaks(self, trigger: TriggerMention) -> bool:
        """Whether a trigger states a partnership of towns: not weak, not denied, not of trees or agencies."""
        context = self.context
        block = context.document.blocks[trigger.block]
        if trigger.weak or not self._counts(block):
            return False
        sentence = sentence_at(context, trigger.start)
        stance = polarity(context.text[sentence.start : sentence.end], block.lang)
        if stance.denied or stance.wished:
            return False
        if trigger.kind in (Kind.TWIN, Kind.FRIENDSHIP) or trigger.form == "partner":
            return True
        spans = [(sentence.start, sentence.end)]
        spans += [(h.start, h.end) for h in (context.document.blocks[i] for i in block.path)]
        return any(not context.is_home(p.place) for a, b in spans for p in context.places(a, b))

    def holds(self, block: Block) -> bool:
        """Whether a block is in scope."""
        if not self.any or not self._counts(block):
            return False
        if self.whole or block.index in self.blocks:
            return True
        if block.section in self.sections or any(i in self.headings for i in block.path):
            return True
        return bool(self.context.triggers(block.start, block.end)) and self._names_partner(block)


def _clause(text: str, start: int, end: int, low: int, high: int) -> tuple[int, int]:
    """Widen a word to its clause, or to some words on both sides where the clause is long."""
    low, high = max(low, start - 2 * _LONG), min(high, end + 2 * _LONG)
    left, right = low, high
    for border in _CLAUSE.finditer(text, low, high):
        if border.end() <= start:
            left = border.end()
        elif border.start() >= end:
            right = border.start()
            break
    if right - left > _LONG:
        if start - left > _SIDE:
            left = text.find(" ", start - _SIDE, start) + 1 or start
        if right - end > _SIDE:
            cut = text.rfind(" ", end, end + _SIDE)
            right = cut if cut > end else end
    while left < start and text[left].isspace():
        left += 1
    while right > end and text[right - 1].isspace():
        right -= 1
    return left, right


def _row_partners(context: Context) -> dict[int, Place]:
    """Return the partner of each table cell's row: the one place other than the home that leads a cell."""
    partners: dict[int, Place] = {}
    for table in context.document.tables:
        for row in table.grid:
            cells = list(dict.fromkeys(i for i in row if i >= 0))
            leads: dict[str, Place] = {}
            for index in cells:
                cell = context.document.blocks[index]
                lead = context.leading_place(cell.start, cell.end)
                if lead is not None and not context.is_home(lead.place):
                    leads.setdefault(lead.place.place_id, lead.place)
            if len(leads) == 1:
                partners.update(dict.fromkeys(cells, *leads.values()))
    return partners


def _hits(context: Context, scope: _Scope) -> list[_Hit]:
    text = context.text
    found: list[_Hit] = []
    # Blocks of a page in two languages may hold both.
    mixed = len({b.lang for b in context.document.blocks}) > 1
    for block in context.document.blocks:
        others = [lang for lang in LANGUAGES if lang != block.lang]
        if not scope.holds(block):
            continue
        for sentence in context.sentences(block.start, block.end):
            if polarity(text[sentence.start : sentence.end], block.lang).denied:
                continue
            for lang in (block.lang, *others) if mixed else (block.lang,):
                words = theme_words(text, sentence.start, sentence.end, lang)
                found += [_Hit(t, a, b, block.index, weak) for t, a, b, weak in words]
                if words:
                    break
    return found


def _usable(context: Context, hits: list[_Hit]) -> list[_Hit]:
    """Leave out hits inside names of persons and places; keep weak ones only in company."""
    persons = [(p.start, p.end) for p in context.mentions.persons]
    places = [(p.start, p.end) for p in context.mentions.places if p.form == "name"]
    clear = [h for h in hits if not (overlaps(persons, h.start, h.end) or overlaps(places, h.start, h.end))]
    strong = {h.theme for h in clear if not h.weak}
    return [h for h in clear if not h.weak or h.theme in strong]


def extract_themes(
    mentions: Mentions, partnerships: Sequence[PartnershipClaim] | None = None
) -> list[ThemeClaim]:
    """Return what a page says its partnerships are about.

    Args:
        mentions: What was recognised in one document.
        partnerships: The page's partnerships; given, a theme is tied to a pair only if it is one of them.

    Returns:
        One claim a theme and pair in the order of the page, each with up to three clauses as evidence.
        ``pair`` is None for what is said of the town's partnerships in general.
    """
    context = Context(mentions)
    home = context.home
    stated = None if partnerships is None else {frozenset((p.a.place_id, p.b.place_id)) for p in partnerships}
    ours = {i for pair in stated or () if home is not None and home.place_id in pair for i in pair}
    scope = _Scope(context, frozenset(ours - {home.place_id if home is not None else ""}))
    if not scope.any or (partnerships is not None and not partnerships and len(scope.general) < _FEW):
        return []
    towns = Towns(context)
    groups: dict[tuple[str, str], tuple[Place | None, list[Evidence]]] = {}
    rows = _row_partners(context)
    partners: dict[int, Place | None] = {}
    for hit in sorted(_usable(context, _hits(context, scope)), key=lambda h: (h.start, h.end, h.theme)):
        block = context.document.blocks[hit.block]
        if hit.block not in partners:
            partners[hit.block] = rows.get(hit.block) or towns.partner(block)
        partner = partners[hit.block]
        if partner is not None and (
            home is None
            or partner.place_id == home.place_id
            or (stated is not None and frozenset((home.place_id, partner.place_id)) not in stated)
        ):
            partner = None
        sentence = sentence_at(context, hit.start)
        start, end = _clause(context.text, hit.start, hit.end, sentence.start, sentence.end)
        _, evidence = groups.setdefault((hit.theme, partner.place_id if partner else ""), (partner, []))
        if len(evidence) < _MOST_EVIDENCE and not any(e.start < end and start < e.end for e in evidence):
            evidence.append(Evidence(start, end, "theme:weak-word" if hit.weak else "theme:word"))
    claims = []
    for (theme, _), (partner, evidence) in groups.items():
        if evidence:
            pair = (home, partner) if home is not None and partner is not None else None
            claims.append(ThemeClaim(theme, home, pair, tuple(evidence)))
    return claims
