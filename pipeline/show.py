"""What a stage made, as text for people or as one line of JSON.

Page text is hostile to terminals: everything for people goes through ``printable``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict

from pipeline.model import (
    Block,
    BlockKind,
    Claims,
    CountryMention,
    DateClaim,
    DateMention,
    Document,
    Evidence,
    Issue,
    MayorClaim,
    Mentions,
    OfficeMention,
    Page,
    PartnershipClaim,
    PersonMention,
    Place,
    PlaceMention,
    Rejected,
    ThemeClaim,
    TriggerMention,
)
from pipeline.terminal import printable

Claim = PartnershipClaim | DateClaim | MayorClaim | ThemeClaim
Record = Page | Rejected | Document | Mentions | Claims
Mention = PlaceMention | CountryMention | PersonMention | OfficeMention | DateMention | TriggerMention


def as_json(record: Record | Mapping[str, object]) -> str:
    """Return a record as one line of JSON, in ASCII: safe for any terminal and any encoding."""
    plain = dict(record) if isinstance(record, Mapping) else asdict(record)
    return json.dumps(plain, ensure_ascii=True, default=str).replace("\x7f", "\\u007f")


def lines(record: Page | Document | Mentions | Claims) -> Iterator[str]:
    """Yield a record as lines for people, without line ends, safe for a terminal."""
    if isinstance(record, Page):
        yield from _page(record)
    elif isinstance(record, Document):
        yield from _document(record)
    elif isinstance(record, Mentions):
        yield from _mentions(record)
    else:
        yield from _claims(record)


def tables(rows: Mapping[str, list[dict[str, object]]]) -> Iterator[str]:
    """Yield the rows of each table as lines for people: what each row has, column by column."""
    for name, found in rows.items():
        yield f"== {name}: {len(found)}"
        for row in found:
            filled = (f"{key}={printable(str(value))}" for key, value in row.items() if value is not None)
            yield "  " + "  ".join(filled)


def _issues(issues: Iterable[Issue]) -> Iterator[str]:
    for issue in issues:
        yield printable(f"  ! {issue.stage}: {issue.kind}: {issue.message}")


def _page(page: Page) -> Iterator[str]:
    lost = f", {page.replacements} of them lost" if page.replacements else ""
    size = f"{len(page.text)} characters{lost}"
    yield f"== {printable(page.source)}: {page.media_type}, {page.encoding}, {size}"
    yield f"  sha256 {page.sha256}"
    yield from _issues(page.issues)
    yield from (printable(line.expandtabs(4)) for line in page.text.splitlines())


def head(document: Document) -> Iterator[str]:
    """Yield what is known of a page as a whole."""
    yield f"== {printable(document.source)}: {document.lang}, {len(document.text)} characters"
    facts = {"doc_id": document.doc_id, "title": document.title, "published": document.published}
    for name, value in facts.items():
        if value:
            yield f"  {name} {printable(value)}"
    if document.home:
        yield f"  home {_place(document.home.place)} (from {printable(document.home.reason)})"
    yield from _issues(document.issues)


def _document(document: Document) -> Iterator[str]:
    yield from head(document)
    for block in document.blocks:
        yield _block(document, block)
    for data in document.tables:
        header = f"header rows {list(data.header_rows)}" if data.header_rows else "no header"
        column = ", first column labels" if data.header_column else ""
        yield f"  table of {len(data.grid)} rows, {header}{column}"
        for row in data.grid:
            cells = (document.words(document.blocks[index]) if index >= 0 else "" for index in row)
            yield "    " + " | ".join(printable(cell) for cell in cells)


def _block(document: Document, block: Block) -> str:
    label = f"h{block.level}" if block.kind is BlockKind.HEADING else str(block.kind)
    indent = "  " * (len(block.path) + (max(block.level, 1) - 1 if block.kind is BlockKind.ITEM else 0))
    return f"{block.index:4} {block.lang} {label:10} {indent}{printable(document.words(block))}"


def _mentions(mentions: Mentions) -> Iterator[str]:
    document = mentions.document
    yield from head(document)
    inside: dict[int, list[Mention]] = {}
    kinds: tuple[Iterable[Mention], ...] = (
        mentions.places,
        mentions.countries,
        mentions.persons,
        mentions.offices,
        mentions.dates,
        mentions.triggers,
    )
    for mention in (mention for kind in kinds for mention in kind):
        inside.setdefault(mention.block, []).append(mention)
    for block in document.blocks:
        if block.index not in inside:
            continue
        yield _block(document, block)
        for mention in sorted(inside[block.index], key=lambda m: (m.start, m.end)):
            words = printable(document.text[mention.start : mention.end])
            yield f"       {mention.start:6}-{mention.end:<6} {words}  →  {meaning(mention)}"


def meaning(mention: Mention) -> str:
    """Return what a mention means, safe for a terminal."""
    match mention:
        case PlaceMention():
            return f"place {_place(mention.place)}, {mention.form}"
        case CountryMention():
            division = f"-{mention.admin1}" if mention.admin1 else ""
            return f"country {mention.country}{division}, {mention.form}"
        case PersonMention():
            return f"person {printable(mention.name)}"
        case OfficeMention():
            flags = [name for name in ("former", "counterpart", "plural") if getattr(mention, name)]
            return ", ".join([f"office {mention.role}", *flags])
        case DateMention():
            back = f", {mention.years} years back" if mention.years is not None else ""
            return f"date {mention.edtf}, {mention.basis}{back}"
        case TriggerMention():
            flags = [name for name in ("plural", "weak") if getattr(mention, name)]
            return ", ".join([f"trigger {mention.kind} {mention.form}", *flags])


def _place(place: Place) -> str:
    return printable(f"{place.name} [{place.country or '?'}] {place.place_id}")


def _claims(claims: Claims) -> Iterator[str]:
    yield from head(claims.document)
    if not claims.relevant:
        yield "  no word for a municipal partnership on this page"
    kinds: tuple[Iterable[Claim], ...] = (claims.partnerships, claims.dates, claims.mayors, claims.themes)
    for claim in (claim for kind in kinds for claim in kind):
        yield f"  {saying(claim)}"
        for evidence in claim.evidence:
            yield _evidence(claims.document, evidence)


def saying(claim: Claim) -> str:
    """Return what a claim says, safe for a terminal."""
    match claim:
        case PartnershipClaim():
            return f"{claim.kind}, {claim.status}: {_place(claim.a)} - {_place(claim.b)}"
        case DateClaim():
            pair = f"{_place(claim.a)} - {_place(claim.b)}"
            return f"{claim.event} {printable(claim.edtf)}, {claim.basis}: {pair}"
        case MayorClaim():
            seen = f", seen {printable(claim.seen)}" if claim.seen else ""
            return f"{claim.role}: {printable(claim.person)}, {_place(claim.place)}{seen}"
        case ThemeClaim():
            about = " - ".join(_place(place) for place in claim.pair or (claim.place,) if place)
            return f"theme {printable(claim.theme)}{': ' + about if about else ''}"


def _evidence(document: Document, evidence: Evidence) -> str:
    quote = printable(" ".join(document.text[evidence.start : evidence.end].split()))
    score = "" if evidence.confidence is None else f" {evidence.confidence:.2f}"
    return f"       {evidence.start:6}-{evidence.end:<6} “{quote}”  [{printable(evidence.rule)}{score}]"
