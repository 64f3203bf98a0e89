"""Dates for a pair: which dates of a passage are its own, and what they stand for."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

from pipeline.edtf import Precision, bounds, is_valid, precision
from pipeline.extract.context import Context
from pipeline.extract.cues import clause, event_at, has, other_event
from pipeline.extract.partnerships.date_signs import at_edge, phrase
from pipeline.extract.partnerships.finding import Dating
from pipeline.lexicon import LANGUAGES
from pipeline.model import Basis, DateMention, Event, Evidence, Place, PlaceMention

_LEAD_ON = re.compile(r"\b(?:followed by|gefolgt von)\b")
_RESPECTIVE = re.compile(r"\b(?:beziehungsweise|bzw|respektive|respectively)\b")
# Between two dates side by side.
_BESIDE = re.compile(
    r",?\s?(?:(?:und|and|bzw\.?|beziehungsweise|respektive|respectively|sowie|&|/|,)\s?)?(?:(?:im|in|seit|since|am|on)\s)?(?:the\s)?"
)
# So far apart is a date from no partner at all, and so much farther one on the side where the others are not.
_APART = 60
_AGAINST = 25
# A clause with fewer letters than that says nothing of its date.
_TELLING = 12
# A date that opens what is joined on: "A und seit 2002 B".
_CONJUNCT = re.compile(
    r"\b(?:und|and|sowie),?\s(?:auch\s|then\s|dann\s)?(?:(?:seit|since|from|ab|in|im)\s)?$"
)
_AND = re.compile(r"\b(?:und|and|sowie)\b")


def usable(context: Context, date: DateMention) -> bool:
    """Whether a date can found a partnership: it has a value, of a recent century.

    One that was told from another date ("im Juni", "next year") must not lie after the page's own, nor may
    any that is finer than a year: what it speaks of is still to come.
    """
    if date.edtf is None or date.edtf[:2] not in ("18", "19", "20"):
        return False
    if date.years is None and at_edge(context.text, date, context.document.lang):
        return False
    published = context.document.published
    told = date.basis is Basis.DERIVED and date.years is None
    if published is None or not is_valid(published):
        return True
    if not told and precision(date.edtf) in (Precision.INTERVAL, Precision.YEAR):
        return True
    return bounds(date.edtf)[0] <= bounds(published)[1]


def event_of(context: Context, date: DateMention, start: int, end: int, lang: str) -> Event | None:
    """Return what a date in ``text[start:end]`` stands for, or None where nothing says it."""
    if date.years is not None:
        return Event.ANNIVERSARY
    own = _clause_of(context, date, start, end, lang)
    event = event_at(context.text, *own, lang, (date.start, date.end))
    if event is Event.ANNIVERSARY:
        return None  # the year of the feast, not of the bond
    over = event in (Event.ENDED, Event.RENEWED)
    told = phrase(context.text, start, date, end, lang) if over else set()
    if "of-bond" in told:
        return Event.SIGNED  # "der Vertrag von 1964 wurde gekündigt"
    if "not-until" in told:
        return Event.SINCE  # "was not signed until 1988"
    return event


def _clause_of(context: Context, date: DateMention, start: int, end: int, lang: str) -> tuple[int, int]:
    """Return the clause that tells of a date, or the whole where it has but one or the clause says little.

    "Scouts camped there in 1962, but the charter was signed in 1971".
    """
    if not start <= date.start < end or len(context.dates(start, end)) < 2:
        return start, end
    left, right = clause(context.text, start, end, date.start, lang)
    around = context.text[left : date.start] + context.text[date.end : right]
    letters = itertools.islice((c for c in around if c.isalpha()), _TELLING)
    return (left, right) if len(list(letters)) >= _TELLING else (start, end)


def dating(a: Place, b: Place, date: DateMention, event: Event, quote: tuple[int, int], rule: str) -> Dating:
    """Make the dating of a pair, with the words it rests on."""
    assert date.edtf is not None
    edtf = date.edtf
    first, slash, second = edtf.partition("/")
    if slash and first[:4].isdigit() and second[:4].isdigit() and int(second[:4]) - int(first[:4]) > 1:
        edtf = first  # (1995–2022): from when to when
    if len(edtf) == 7 and edtf[5:].isdigit() and int(edtf[5:]) > 12:
        edtf = edtf[:4]  # a season is no date to reckon with: its year is
    basis = Basis.DERIVED if date.years is not None else date.basis
    return Dating(a, b, edtf, event, basis, (Evidence(quote[0], quote[1], rule),))


def passage_dates(
    context: Context, spans: Iterable[tuple[int, int, int]], lang: str, *, short: bool
) -> list[tuple[DateMention, Event, tuple[int, int]]]:
    """Return the dates of a passage about one partner.

    Args:
        context: The document.
        spans: (start, end, label start) of its sentences; a label ("Link agreed") counts as words
            of the sentence and begins at ``label start`` (the sentence's start where there is none).
        lang: ``de`` or ``en``.
        short: The passage is an item or a cell, where a bare year says since when.
    """
    found: list[tuple[DateMention, Event, tuple[int, int]]] = []
    opened = False
    for start, end, label in spans:
        naming = context.names_only(start, end) and not context.dates(start, end)
        for date in context.dates(start, end):
            if not usable(context, date):
                continue
            event = event_of(context, date, label, end, lang)
            if (
                event is None
                and date.basis is Basis.STATED
                and event_is_absent(context, date, label, end, lang)
            ):
                if short or (not opened and _opens(context, date, start)):
                    event = Event.SINCE
            if event is not None:
                found.append((date, event, (start, end)))
        opened = opened or not naming
    return found


def _opens(context: Context, date: DateMention, start: int) -> bool:
    """Whether hardly a letter but those of names stands between an offset and a date."""
    names = [(p.start, p.end) for p in context.places(start, date.start)]
    names += [(c.start, c.end) for c in context.countries(start, date.start)]
    letters = sum(c.isalpha() for c in context.text[start : date.start])
    return letters - sum(end - begin for begin, end in names) <= 3


def event_is_absent(context: Context, date: DateMention, start: int, end: int, lang: str) -> bool:
    """Whether no cue at all stands in the clause, not even one for something else."""
    left = max(start, date.start - 40)
    right = min(end, date.end + 40)
    return event_at(context.text, left, right, lang, (date.start, date.end)) is None and not other_event(
        context.text[left : date.start] + " " + context.text[date.end : right], lang
    )


def align(
    text: str, partners: Sequence[PlaceMention], dates: Sequence[DateMention], joined: Sequence[bool]
) -> dict[int, list[DateMention]]:
    """Give each partner of a sentence its dates; keys are indices into ``partners``.

    With one date, or one partner, all is shared. With several, each date goes to the nearest partner
    ("seit 1971 A, seit 1980 B" as well as "A 1963, B 1967"), where a comma, a semicolon and a
    conjunction count as distance; two dates side by side go to two partners in turn ("seit 1982
    respektive 1987"). A partner left without a date shares that of the one it is joined to
    (``joined[i]``: partner ``i`` continues the enumeration of ``i - 1``).
    """
    shares: dict[int, list[DateMention]] = {i: [] for i in range(len(partners))}
    if not partners or not dates:
        return shares
    if len(partners) == 1:
        return {0: list(dates)}
    if len(dates) == 1:
        return {i: list(dates) if i in _holders(text, partners, dates[0]) else [] for i in shares}
    if len(dates) == len(partners) and side_by_side(text, dates):
        return {i: [dates[i]] for i in shares}
    if len(dates) == len(partners) and _in_turn(partners, dates):
        return {i: [dates[i]] for i in shares}
    turn = _respective(text, partners)
    if turn and len(dates) == 2 and side_by_side(text, dates):
        return {i: [dates[i >= turn]] for i in shares}
    runs = runs_of(text, partners, dates)
    left = [d for d in dates if not any(d in run for run in runs.values())]
    for i, run in runs.items():
        shares[i] += run
    free = [i for i in shares if not shares[i]] or list(shares)
    order = _order(text, [partners[i] for i in free], left)
    for date in left:
        hung = _hung_on(text, partners, date)
        nearest = hung if hung in free else free[_nearest(text, [partners[i] for i in free], date, order)[1]]
        shares[nearest].append(date)
    for i in shares:
        if not shares[i] and i and joined[i]:
            shares[i] = [d for d in shares[i - 1] if not _hangs(text, partners[i - 1], d)]
    for i in reversed(shares):
        if not shares[i] and i + 1 < len(partners) and joined[i + 1]:
            # "A und seit 2002 B": the date between is of the one behind
            shares[i] = [d for d in shares[i + 1] if not partners[i].end <= d.start < partners[i + 1].start]
    return shares


def _holders(text: str, partners: Sequence[PlaceMention], date: DateMention) -> set[int]:
    """Return the partners that the only date of a sentence is told of.

    They are all, unless the talk turns from some to others: "A seit 1961; später kamen B und C", "A since
    2008, and D has B", "A and B, the latter in 1986".
    """
    gaps = [_gap_between(text, partner, date) for partner in partners]
    before = [i for i, partner in enumerate(partners) if partner.end <= date.start]
    if len(before) > 1 and _speaks(gaps[before[-1]], "latter"):
        return {before[-1]}
    if len(before) > 1 and _speaks(gaps[before[-1]], "former"):
        return {before[0]}
    behind = [i for i, partner in enumerate(partners) if partner.start >= date.end]
    if before and behind and _CONJUNCT.search(text[partners[before[-1]].end : date.start]):
        return set(behind)  # "A und seit 2002 mit B"
    turned = {i for i, gap in enumerate(gaps) if "; " in gap or _speaks(gap, "turning")}
    own = [i for i in range(len(partners)) if i not in turned] or list(range(len(partners)))
    nearest = min(own, key=lambda i: len(gaps[i]))
    hangs = partners[nearest].end <= date.start and _speaks(gaps[nearest], "hanging")
    return {i for i in own if not hangs or i <= nearest}


def _hung_on(text: str, partners: Sequence[PlaceMention], date: DateMention) -> int | None:
    """Return the partner whose relative clause holds a date: "A, mit dem man seit 1964 verschwistert ist"."""
    before = [i for i, partner in enumerate(partners) if partner.end <= date.start]
    return before[-1] if before and _hangs(text, partners[before[-1]], date) else None


def _hangs(text: str, partner: PlaceMention, date: DateMention) -> bool:
    """Whether a date stands in a clause that hangs on a name."""
    return partner.end <= date.start and _speaks(text[partner.end : date.start], "hanging")


def _gap_between(text: str, partner: PlaceMention, date: DateMention) -> str:
    return text[partner.end : date.start] if partner.end <= date.start else text[date.end : partner.start]


def _speaks(text: str, cue: str) -> bool:
    return any(has(text, lang, cue) for lang in LANGUAGES)


def runs_of(
    text: str, partners: Sequence[PlaceMention], dates: Sequence[DateMention]
) -> dict[int, list[DateMention]]:
    """Map partners to dates that stand side by side, as many as partners before or behind them.

    "A und B folgten 1991 beziehungsweise 1993", "1987 und 1991 kamen A und B".
    """
    given: dict[int, list[DateMention]] = {}
    runs: list[list[DateMention]] = []
    for date in dates:
        if runs and _BESIDE.fullmatch(text[runs[-1][-1].end : date.start]):
            runs[-1].append(date)
        else:
            runs.append([date])
    for number, run in enumerate(runs):
        low = runs[number - 1][-1].end if number else 0
        high = runs[number + 1][0].start if number + 1 < len(runs) else len(text)
        before = [i for i, p in enumerate(partners) if low <= p.start < run[0].start]
        behind = [i for i, p in enumerate(partners) if run[-1].end <= p.start < high]
        for group in (before, behind):
            names = list(dict.fromkeys(partners[i].place.place_id for i in group))
            if len(run) > 1 and len(names) == len(run) and not any(i in given for i in group):
                given |= {i: [run[names.index(partners[i].place.place_id)]] for i in group}
                break
    return given


def _order(text: str, partners: Sequence[PlaceMention], dates: Sequence[DateMention]) -> int:
    """Return 1 where the dates of a sentence stand behind their partners, -1 before them, 0 unclear."""
    if len(dates) < 2 or len(partners) < 2:
        return 0
    cost = {1: 0, -1: 0}
    for date in dates:
        behind = [p for p in partners if p.end <= date.start]
        before = [p for p in partners if p.start >= date.end]
        cost[1] += _nearest(text, behind, date)[0] if behind else _APART
        cost[-1] += _nearest(text, before, date)[0] if before else _APART
    best = min(cost, key=lambda side: (cost[side], -side))
    return best if 2 * cost[best] < cost[-best] else 0


def _in_turn(partners: Sequence[PlaceMention], dates: Sequence[DateMention]) -> bool:
    """Whether partners and dates take turns: "A (1989), B (2001)"."""
    order = sorted([(p.start, 0) for p in partners] + [(d.start, 1) for d in dates])
    return all(a[1] != b[1] for a, b in itertools.pairwise(order))


def _respective(text: str, partners: Sequence[PlaceMention]) -> int:
    """Return the partner at which "beziehungsweise" turns to the second date, or 0."""
    gaps = ((i, text[a.end : b.start]) for i, (a, b) in enumerate(itertools.pairwise(partners), 1))
    return next((i for i, gap in gaps if _RESPECTIVE.search(gap)), 0)


def side_by_side(text: str, dates: Sequence[DateMention]) -> bool:
    """Whether dates follow one another with little between: "1982, 1984 und 1990"."""
    return all(
        b.start - a.end <= 18 and ";" not in text[a.end : b.start] for a, b in itertools.pairwise(dates)
    )


def _nearest(
    text: str, partners: Sequence[PlaceMention], date: DateMention, order: int = 0
) -> tuple[int, int]:
    """Return the least distance between a date and some partners, and the first that is so far from it."""
    best: tuple[int, int] | None = None
    spans = sorted((max(date.start - p.end, p.start - date.end), i) for i, p in enumerate(partners))
    for span, i in spans:
        if best is not None and span > best[0]:
            break  # marks between only add to it
        found = _distance(text, partners[i], date, order), i
        best = found if best is None else min(best, found)
    assert best is not None
    return best


def _distance(text: str, partner: PlaceMention, date: DateMention, order: int = 0) -> int:
    """Return how far apart a partner and a date are; ``order`` is the side on which the dates stand."""
    against = order and (partner.end <= date.start) is not (order == 1)
    gap = text[partner.end : date.start] if partner.end <= date.start else text[date.end : partner.start]
    marks = 15 * gap.count(",") + 60 * (gap.count(";") + gap.count(". ")) + 10 * len(_AND.findall(gap))
    return len(gap) + marks + (60 if _LEAD_ON.search(gap) else 0) + (_AGAINST if against else 0)
