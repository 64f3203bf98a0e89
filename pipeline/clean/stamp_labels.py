"""What stands beside a page's own date: "Page reviewed:", "Posted by A. B. on", "– For immediate release"."""

from __future__ import annotations

import re
from functools import cache

from pipeline.lexicon import any_of

APPEARED, TOUCHED = "published", "modified"


def labelled(label: str, opens: bool) -> str:
    """Return ``published`` or ``modified`` where a label says what was done to the page, else nothing.

    Args:
        label: The words before a date in its part of a line, in lower case, without weekday and marks.
        opens: Whether the label opens its sentence; what is "…, sent on 3 May 2010, …" need not be the page.
    """
    match = _composed().match(label)
    if match is None or not (opens or match["page"]):
        return ""
    if match["other"]:  # whatever it was: "this page was last pruned on"
        return TOUCHED if match["page"] and match["last"] else ""
    if match["touched"]:
        return TOUCHED if match["page"] or match["last"] else ""
    return APPEARED


def follows(after: str) -> bool:
    """Whether the words behind a date at the head of a line call it that of a release."""
    return _behind().match(after) is not None


def signed(before: str, after: str) -> bool:
    """Whether a date alone is signed: "By A. B., 9 February 2019", "9 February 2019 by A. B."."""
    author = _author()
    alone = not re.search(r"[^\W_]", after)
    return bool(author.fullmatch(before) if alone else not before.strip() and author.match(after))


def is_session(before: str, after: str) -> bool:
    """Whether a line with a date is the head of a meeting's paper: "Agenda", "Protokoll der 3. Sitzung"."""
    words = before.split()
    # "Der Rat beriet in der Gemeinderatssitzung am … darüber." tells of one.
    told = len(words) > 8 or len(after.split()) > 6 or after.rstrip().endswith((".", "!", "?"))
    return not told and _sessions().search(before) is not None


@cache
def _composed() -> re.Pattern[str]:
    words = {key: any_of("clean_stamps", key) for key in ("page_words", "done", "touched", "sites")}
    return re.compile(
        r"(?:(?:this|our|the|all|these|diese[rs]?|der|die|das|unsere?) )?"
        rf"(?P<page>{words['page_words']} (?:(?:was|were|are|is|has been|have been|wurden?|ist|sind) )?)?"
        r"(?P<last>(?:last|most recently|zuletzt|letztmals) )?"
        rf"(?:(?P<touched>{words['touched']})|{words['done']}|(?P<other>\w+))(?: {words['sites']})?"
        r"(?: (?:by|von|durch) .{1,40})?(?: (?:on|am|vom))?$"
    )


@cache
def _behind() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:[-–—:|·•,]\s*)?{any_of('clean_stamps', 'behind')}(?!\w)", re.IGNORECASE)


@cache
def _author() -> re.Pattern[str]:
    return re.compile(
        r"\s*(?:[,|·–-]\s*)?(?:[Bb]y|[Vv]on|BY|VON)(?: [A-ZÄÖÜÀ-Þ][\w.'’-]*){1,4}\s*(?:[,|·–-]\s*|$)"
    )


@cache
def _sessions() -> re.Pattern[str]:
    return re.compile(rf"(?i)(?<!\w){any_of('clean_stamps', 'sessions')}(?!\w)")


__all__ = ["APPEARED", "TOUCHED", "follows", "is_session", "labelled", "signed"]
