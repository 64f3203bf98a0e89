"""The kind of a partnership, from the words that name it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.extract.context import RANK, Context
from pipeline.extract.cues import polarity
from pipeline.extract.partnerships.rows import corrected
from pipeline.model import Kind, Place, TriggerMention

_LINE = 45  # of a label with its date
_BESIDE = 20  # from a label to its date


def strongest(kinds: Iterable[Kind]) -> Kind:
    """Return the closest relation: twin before friendship before cooperation before sponsorship."""
    return min(kinds, key=RANK.__getitem__)


def governing(
    triggers: Sequence[TriggerMention], at: int, within: tuple[int, int] | None = None
) -> TriggerMention:
    """Return the trigger that names the relation to a place at offset ``at``.

    The last one before it, else the first after it; those of its own clause (``within``) come first, and a
    weak one gives way to a strong one, a word for the act to one for the bond.
    """
    near = [t for t in triggers if within is not None and within[0] <= t.start < within[1]]
    candidates = [t for t in near if t.form != "act"] or list(triggers)
    strong = [t for t in candidates if not t.weak]
    pool = strong or [t for t in candidates if t.form != "act"] or candidates
    before = [t for t in pool if t.end <= at]
    return before[-1] if before else pool[0]


def dated_label(context: Context, trigger: TriggerMention, start: int, end: int) -> bool:
    """Whether a line says no more than a bond and its date: "Twins since 1956", "Partner seit: 1990"."""
    if end - start > _LINE or trigger.form == "act":
        return False
    dates = context.dates(trigger.end, end + _BESIDE)
    return bool(dates) and dates[0].start - trigger.end <= _BESIDE


def own_kind(
    context: Context, spans: Iterable[tuple[int, int, int]], partner: Place
) -> tuple[Kind | None, bool, tuple[int, int] | None]:
    """Return (kind, weak, words) that a passage about one partner gives by itself.

    Sentences that deny, or that speak of another pair, are passed over. The kind is None where the
    passage names none; words is the span of the sentence that names it.
    """
    found: list[tuple[Kind, tuple[int, int]]] = []
    for start, end, _ in spans:
        triggers = [
            t for t in context.triggers(start, end) if not t.weak or dated_label(context, t, start, end)
        ]
        if not triggers:
            continue
        lang = context.document.blocks[triggers[0].block].lang
        if polarity(context.text[start:end], lang).denied:
            instead = corrected(context, start, end, lang)
            if instead is None:
                continue
            triggers = [instead]
        names = [p for p in context.places(start, end) if p.form == "name"]
        others = [p for p in names if p.place != partner and not context.is_home(p.place)]
        if others and not any(p.place == partner for p in names):
            continue
        found += [(t.kind, (start, end)) for t in triggers]
    if not found:
        return None, False, None
    kind = strongest(k for k, _ in found)
    return kind, False, next(words for k, words in found if k is kind)
