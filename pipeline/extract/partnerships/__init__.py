"""Partnerships and their founding dates, from tables, entries (headings, items, terms) and sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import inf

from pipeline.extract.context import Context
from pipeline.extract.partnerships.dater import weighed
from pipeline.extract.partnerships.doubtful import undoubted
from pipeline.extract.partnerships.entries import extract_entries, find_entries
from pipeline.extract.partnerships.finding import Dating, Finding, Found
from pipeline.extract.partnerships.kinds import strongest
from pipeline.extract.partnerships.likely import likely_partners
from pipeline.extract.partnerships.own_lists import without_neighbours
from pipeline.extract.partnerships.owner_score import resolved
from pipeline.extract.partnerships.owners import Owners
from pipeline.extract.partnerships.partner_score import Scale
from pipeline.extract.partnerships.sentences import extract_sentences
from pipeline.extract.partnerships.tables import extract_tables
from pipeline.gazetteer import distance_km
from pipeline.model import DateClaim, Event, Evidence, Kind, PartnershipClaim, Place, Status

_IMPLYING = {
    "partnership:table",
    "partnership:list-item",
    "partnership:section",
    "partnership:definition",
    "partnership:anaphora",
}
_DATED = 2
_NEAR_KM = 25.0
_UNITS = ("county", "region", "state", "district")
_STATUS_RANK = (Status.ENDED, Status.SUSPENDED, Status.PLANNED, Status.ACTIVE)


def read_all(context: Context) -> list[Found]:
    """Return what tables, entries and sentences say, not yet put together."""
    found = _read(context)
    if context.has_none and _belied(context, found):
        context.take_back_none()
        found = _read(context)
    return found


def _belied(context: Context, found: Sequence[Found]) -> bool:
    """Whether a page dates so many bonds of its town that "none" cannot be said of all kinds of them."""
    own = {f.key for part in found for f in part.findings if context.is_home(f.a) or context.is_home(f.b)}
    return len(own & {d.key for part in found for d in part.datings}) >= _DATED


def _read(context: Context) -> list[Found]:
    owners = Owners(context)
    entries = find_entries(context, owners)
    tables, tabled = extract_tables(context)
    sentences = extract_sentences(context, entries, owners, tabled)
    return [tables, extract_entries(context, entries), sentences]


def held(context: Context, found: Iterable[Found]) -> list[Finding]:
    """Return the findings of the rules that nothing else on the page speaks against."""
    findings = [
        f for part in found for f in part.findings if _can_be(context, f) and not _refuted(context, f)
    ]
    return [f for f in findings if not _implied(context, f)] if context.has_none else findings


def settled(context: Context, findings: list[Finding]) -> list[Finding]:
    """Return the findings of the rules, each with the town whose bond it is."""
    return [f for f in resolved(context, findings) if _can_be(context, f)]


def extract_partnerships(context: Context) -> tuple[list[PartnershipClaim], list[DateClaim]]:
    """Return the partnerships that a page states, one claim a pair, and the dates it gives for them."""
    found = read_all(context)
    scale = Scale(context)
    findings = undoubted(context, settled(context, held(context, found)), scale)
    findings += [f for f in likely_partners(context, findings, scale) if _can_be(context, f)]
    findings = without_neighbours(context, findings)
    pairs: dict[tuple[str, str], list[Finding]] = {}
    for finding in sorted(findings, key=lambda f: f.order):
        pairs.setdefault(finding.key, []).append(finding)
    claims = [_claim(group) for group in pairs.values()]
    begun = [claim for claim in claims if claim.status is not Status.PLANNED]
    keys = {frozenset({claim.a.place_id, claim.b.place_id}) for claim in begun}
    told = [d for part in found for d in part.datings if frozenset(d.key) in keys]
    dates = weighed(context, [(claim.a, claim.b) for claim in begun], told)
    return claims, _dates([d for d in dates if d.event is not Event.ENDED])


def _refuted(context: Context, finding: Finding) -> bool:
    """Whether the page says that its town has no twin at all, which it then has not elsewhere either."""
    twin = finding.kind is Kind.TWIN and finding.status is Status.ACTIVE
    return twin and context.has_none and (context.is_home(finding.a) or context.is_home(finding.b))


def _can_be(context: Context, finding: Finding) -> bool:
    """Whether two places can be partners: they are two, and neither lies within the other."""
    return not (_one_place(finding.a, finding.b) or _within(context, finding) or _neighbours(finding))


def _neighbours(finding: Finding) -> bool:
    """Whether two places only work together as neighbours do: "die Zusammenarbeit mit B beim Bauhof"."""
    a, b = finding.a, finding.b
    if not finding.weak or finding.kind is not Kind.COOPERATION or a.country != b.country:
        return False
    far = distance_km(a, b)
    return far <= _NEAR_KM or (far == inf and a.admin1 == b.admin1 != "")


def _one_place(a: Place, b: Place) -> bool:
    """Whether two places are one, or a town and the county that bears its name."""
    if a.place_id == b.place_id:
        return True
    words = set(a.name.split()), set(b.name.split())
    unit = len(words[0] ^ words[1]) == 1 and not (a.linked and b.linked)
    return a.country == b.country and unit and (words[0] < words[1] or words[1] < words[0])


def _within(context: Context, finding: Finding) -> bool:
    """Whether a pair is of the county whose page it is and of a town of its own country: one of its towns."""
    county = next((p for p in (finding.a, finding.b) if context.is_home(p) and p.feature in _UNITS), None)
    other = finding.b if county is finding.a else finding.a
    return county is not None and other.feature == "city" and other.country == county.country


def _implied(context: Context, finding: Finding) -> bool:
    """Whether layout or context alone makes a pair with the home, and no words of its own."""
    home = any(context.is_home(place) for place in (finding.a, finding.b))
    return home and all(evidence.rule.split(".")[0] in _IMPLYING for evidence in finding.evidence)


def _claim(group: list[Finding]) -> PartnershipClaim:
    strong = [f.kind for f in group if not f.weak]
    weak = [f.kind for f in group]
    if strong:
        kind = strongest(strong)
    elif Kind.COOPERATION in weak:
        kind = Kind.COOPERATION  # "Partnerschaft und Kooperation" is the lesser of the two
    else:
        kind = strongest(weak)
    statuses = {f.status for f in group if f.kind is kind or f.status is not Status.PLANNED}
    status = next((s for s in _STATUS_RANK if s in statuses), Status.ACTIVE)
    if status is Status.PLANNED and any(f.status is Status.ACTIVE and f.kind is kind for f in group):
        status = Status.ACTIVE
    first = group[0]
    return PartnershipClaim(first.a, first.b, kind, status, _distinct(e for f in group for e in f.evidence))


def _distinct(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(evidence))


def _dates(datings: list[Dating]) -> list[DateClaim]:
    merged: dict[tuple[object, ...], list[Dating]] = {}
    for dating in datings:
        merged.setdefault((*dating.key, dating.edtf, dating.event, dating.basis), []).append(dating)
    return [
        DateClaim(
            g[0].a, g[0].b, g[0].edtf, g[0].event, g[0].basis, _distinct(e for d in g for e in d.evidence)
        )
        for g in merged.values()
    ]
