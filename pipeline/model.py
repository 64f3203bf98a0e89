"""The records that travel between the stages.

One page goes ``Page -> Document -> Mentions -> Claims``; only the tables see more than one page.
All records are frozen. All offsets are code points into ``Document.text``, start inclusive and end
exclusive, so that ``text[start:end]`` is always the words that are meant. This module imports
nothing of ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class MediaType(StrEnum):
    """What a page is written in."""

    HTML = "html"
    TEXT = "text"
    MARKDOWN = "markdown"


class BlockKind(StrEnum):
    """What a block of the frozen text was on the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TERM = "term"
    DEFINITION = "definition"
    CELL = "cell"
    CAPTION = "caption"


class Kind(StrEnum):
    """Kind of a partnership, strongest first."""

    TWIN = "twin"
    FRIENDSHIP = "friendship"
    COOPERATION = "cooperation"
    SPONSORSHIP = "sponsorship"


class Status(StrEnum):
    """Whether a partnership is alive."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    ENDED = "ended"
    PLANNED = "planned"


class Role(StrEnum):
    """Office of a head of a municipality, or of a deputy."""

    MAYOR = "mayor"
    LORD_MAYOR = "lord_mayor"
    DEPUTY_MAYOR = "deputy_mayor"


class Event(StrEnum):
    """What a founding date stands for."""

    SIGNED = "signed"
    PROCLAIMED = "proclaimed"
    DECIDED = "decided"
    SINCE = "since"
    CONTACT = "contact"
    RENEWED = "renewed"
    ANNIVERSARY = "anniversary"
    ENDED = "ended"


class Basis(StrEnum):
    """Whether a page states a date, or it was counted from another (a jubilee and its year)."""

    STATED = "stated"
    DERIVED = "derived"


@dataclass(frozen=True, slots=True)
class Issue:
    """Something the reader of the tables should know about one page.

    ``stage`` is the stage that noticed it, ``kind`` a fixed word (``empty``, ``binary``, ...),
    ``message`` a sentence for people.
    """

    stage: str
    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class Page:
    """One input as it came, decoded.

    ``source`` is the path relative to the input folder (with ``/``), a URL, or ``-``.
    ``text`` is the decoded text (NFC, no NUL and no lone surrogates); ``sha256`` is of the bytes.
    ``replacements`` counts the characters that could not be decoded.
    """

    source: str
    text: str
    media_type: MediaType
    sha256: str
    encoding: str
    replacements: int = 0
    url: str | None = None
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """An input that is not a page we can read; it stays in ``documents`` with its cause."""

    source: str
    issue: Issue
    sha256: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the frozen text that stood together on the page.

    ``path`` holds the indices of the heading blocks above it, outermost first (a heading's own
    index is not in its path). ``section`` is a number shared by the blocks between two section
    borders: a heading, a section element, a rule, or a "back to top" line starts a new one.
    ``level`` is the heading level (1-6) or the depth of a list item (1 = outermost), else 0.
    ``group`` is shared by the blocks of one list or one definition list, -1 outside.
    ``lead_end`` is the end of a bold opening ("**Budapest.** Twinned 1991"), or ``start``.
    ``lang`` is ``de`` or ``en``.
    """

    index: int
    kind: BlockKind
    start: int
    end: int
    lang: str
    path: tuple[int, ...] = ()
    section: int = 0
    level: int = 0
    group: int = -1
    lead_end: int = -1


@dataclass(frozen=True, slots=True)
class Table:
    """A data table; layout tables are dissolved into blocks instead.

    ``grid`` has one tuple a row, all of one length; each entry is the index of the cell's block,
    repeated where a cell spans rows or columns, or -1 where the table has no cell or an empty one.
    ``header_rows`` are the row numbers that hold headers (repeated headers included);
    ``header_column`` says that the first column labels its rows. ``caption`` is a block index, or -1.
    """

    grid: tuple[tuple[int, ...], ...]
    header_rows: tuple[int, ...]
    header_column: bool = False
    caption: int = -1


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer, or one that it lacks.

    ``place_id`` is ``geonames:ID`` or ``unlinked:CC:slug`` (``unlinked::slug`` where the country is
    unknown too). ``name`` is the gazetteer's usual name, for an unlinked place the name on the page.
    ``country`` is ISO 3166-1 alpha-2 or empty. Coordinates are WGS84 degrees. ``population`` 0 means
    unknown. ``admin1`` is the GeoNames code of the first-order division (a US state's letters).
    """

    place_id: str
    name: str
    country: str
    feature: str = ""
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0
    admin1: str = ""

    @property
    def linked(self) -> bool:
        """Whether the gazetteer knows the place."""
        return self.place_id.startswith("geonames:")


@dataclass(frozen=True, slots=True)
class Home:
    """The town whose page it is, and the sign that says most for it (``title:first``, ``authority``, ...).

    ``chance`` is how likely it is among the places of the page, from 0 to 1.
    """

    place: Place
    surface: str
    reason: str
    chance: float = 1.0


@dataclass(frozen=True, slots=True)
class Document:
    """A cleaned page: one frozen text and its blocks.

    ``text`` holds the blocks in reading order, one line feed between two (a tab between two cells
    of one row). Inside a block white space is folded to single spaces and soft hyphens are gone.
    ``published`` is the page's own date in EDTF, or None. ``publisher`` holds short texts from the
    parts that were dropped (site name, footer address): they hint at the home town, and are no
    evidence.
    """

    doc_id: str
    source: str
    sha256: str
    text: str
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...]
    title: str
    lang: str
    published: str | None
    home: Home | None = None
    url: str | None = None
    publisher: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()

    def words(self, block: Block) -> str:
        """Return the text of a block."""
        return self.text[block.start : block.end]


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A name of a place in the text, linked.

    ``form`` tells how it stands there: ``name``, ``genitive`` (Duisburgs, Duisburg's), ``adjective``
    (Duisburger, the demonym). ``block`` is a block index.
    """

    start: int
    end: int
    place: Place
    block: int
    form: str = "name"


@dataclass(frozen=True, slots=True)
class CountryMention:
    """A country or region in the text: a name, an adjective (französisch) or a code in a cell.

    ``country`` is ISO 3166-1 alpha-2; ``admin1`` is set where it is a first-order division.
    """

    start: int
    end: int
    country: str
    block: int
    form: str = "name"
    admin1: str = ""


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A person's name in the text; ``name`` is without titles, as full as the page gives it."""

    start: int
    end: int
    name: str
    block: int


@dataclass(frozen=True, slots=True)
class OfficeMention:
    """A title of office (Oberbürgermeisterin, Lord Mayor), or of a counterpart (Amtskollege)."""

    start: int
    end: int
    role: Role
    block: int
    former: bool = False
    counterpart: bool = False
    plural: bool = False


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression.

    ``edtf`` is its value at the precision of the text (``1964``, ``1982-10``, ``198X``,
    ``1962/1963``), or None for a relative one without an anchor. ``years`` is set for a span of
    time that counts back ("65-jähriges Bestehen" = 65); its ``edtf`` is then the founding date
    counted from the page's date or from a date named beside it, and ``basis`` is ``derived``.
    """

    start: int
    end: int
    edtf: str | None
    block: int
    basis: Basis = Basis.STATED
    years: int | None = None


@dataclass(frozen=True, slots=True)
class TriggerMention:
    """A word that names a partnership (Städtepartnerschaft, twinned with).

    ``form`` is ``relation`` (Städtepartnerschaft, twinning), ``partner`` (Partnerstadt, twin town)
    or ``verb`` (verschwistert, twinned). ``plural`` is set for Partnerstädte, twin towns.
    ``weak`` marks words that name a municipal partnership only in company (Partnerschaft, friends),
    ``generic`` those that firms and schools use as well (Partnerschaftsvertrag).
    """

    start: int
    end: int
    kind: Kind
    form: str
    block: int
    plural: bool = False
    weak: bool = False
    generic: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, which never crosses a block."""

    start: int
    end: int
    block: int


@dataclass(frozen=True, slots=True)
class Mentions:
    """All that was recognised in one document, each tuple sorted by start."""

    document: Document
    sentences: tuple[Sentence, ...]
    places: tuple[PlaceMention, ...]
    countries: tuple[CountryMention, ...]
    persons: tuple[PersonMention, ...]
    offices: tuple[OfficeMention, ...]
    dates: tuple[DateMention, ...]
    triggers: tuple[TriggerMention, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words a claim rests on, and the rule that read them.

    ``confidence`` is in 0..1, or None where nothing computed it.
    """

    start: int
    end: int
    rule: str
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class PartnershipClaim:
    """A page says that two places are partners; the order of a and b says nothing."""

    a: Place
    b: Place
    kind: Kind
    status: Status
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class DateClaim:
    """A page gives a date for the partnership of a and b (``edtf`` as in DateMention)."""

    a: Place
    b: Place
    edtf: str
    event: Event
    basis: Basis
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class MayorClaim:
    """A page shows a person as head, or deputy head, of a municipality; ``seen`` is EDTF or None."""

    person: str
    role: Role
    place: Place
    seen: str | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class ThemeClaim:
    """A page says what partnerships are about: one pair (``pair``), or all of ``place``'s."""

    theme: str
    place: Place | None
    pair: tuple[Place, Place] | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Claims:
    """What one page says; never merged, never edited.

    ``relevant`` is False for a page without any word for a municipal partnership.
    ``surface_forms`` maps place ids to the names they bear on the page.
    """

    document: Document
    partnerships: Sequence[PartnershipClaim] = ()
    dates: Sequence[DateClaim] = ()
    mayors: Sequence[MayorClaim] = ()
    themes: Sequence[ThemeClaim] = ()
    relevant: bool = True
    surface_forms: dict[str, tuple[str, ...]] = field(default_factory=dict)
