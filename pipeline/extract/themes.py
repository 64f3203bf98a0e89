"""Themes: what the partnerships of a page are said to be about.

The words of themes are weighed by where they stand, and a theme counts if they make it likely enough.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract import theme_score
from pipeline.extract.context import Context
from pipeline.extract.mayor_places import Towns
from pipeline.extract.theme_scope import ThemeScope
from pipeline.extract.theme_signs import Hit, theme_hits
from pipeline.extract.theme_text import TextWeights
from pipeline.model import Evidence, Mentions, PartnershipClaim, Place, ThemeClaim

_MOST_EVIDENCE = 3
_LONG = 90
_SIDE = 45
_FEW = 3
_CLAUSE = re.compile(r"[.;:!?()„“”\"–—]\s?|,\s")


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


def page_hits(
    context: Context, partnerships: Sequence[PartnershipClaim] | None, text: TextWeights | None = None
) -> list[Hit]:
    """Return the theme words of a page that speaks of partnerships; none of any other page.

    ``text`` are the weights of sentences' words, those that the package ships if None.
    """
    scope = ThemeScope(context, partnerships or ())
    # A page that states no pair may still be about twinning as such.
    if not scope.any or (partnerships is not None and not partnerships and len(scope.general) < _FEW):
        return []
    return theme_hits(context, scope, None if partnerships is None else len(partnerships), text)


def _likely(hits: Sequence[Hit]) -> list[tuple[Hit, float]]:
    """Return the words of the themes that the page is likely to mean, and how likely; strong words if any."""
    weights = theme_score.load()
    themes: dict[str, list[Hit]] = {}
    for hit in hits:
        themes.setdefault(hit.theme, []).append(hit)
    found: list[tuple[Hit, float]] = []
    for words in themes.values():
        sure = weights.theme(words)
        if sure >= weights.threshold:
            shown = [hit for hit in words if not hit.weak] or words
            found += [(hit, round(sure, 2)) for hit in shown]
    return sorted(found, key=lambda entry: (entry[0].start, entry[0].end, entry[0].theme))


def extract_themes(
    mentions: Mentions, partnerships: Sequence[PartnershipClaim] | None = None
) -> list[ThemeClaim]:
    """Return what a page says its partnerships are about.

    Args:
        mentions: What was recognised in one document.
        partnerships: The page's partnerships; given, a theme is tied to a pair only if it is one of them.

    Returns:
        One claim a theme and pair in the order of the page, each with up to three clauses as evidence.
        ``pair`` is None for what is said of the town's partnerships in general. The confidence is of the
        theme on the page.
    """
    context = Context(mentions)
    home = context.home
    stated = None if partnerships is None else {frozenset((p.a.place_id, p.b.place_id)) for p in partnerships}
    towns = Towns(context)
    groups: dict[tuple[str, str], tuple[Place | None, list[Evidence]]] = {}
    rows = _row_partners(context)
    partners: dict[int, Place | None] = {}
    for hit, sure in _likely(page_hits(context, partnerships)):
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
        sentence = context.sentence_at(hit.start)
        start, end = _clause(context.text, hit.start, hit.end, sentence.start, sentence.end)
        _, evidence = groups.setdefault((hit.theme, partner.place_id if partner else ""), (partner, []))
        if len(evidence) < _MOST_EVIDENCE and not any(e.start < end and start < e.end for e in evidence):
            evidence.append(Evidence(start, end, "theme:weak-word" if hit.weak else "theme:word", sure))
    claims = []
    for (theme, _), (partner, evidence) in groups.items():
        if evidence:
            pair = (home, partner) if home is not None and partner is not None else None
            claims.append(ThemeClaim(theme, home, pair, tuple(evidence)))
    return claims
