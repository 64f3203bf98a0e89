"""The eight tables, each declared once.

From these declarations come the header and order of the CSV files, the PyArrow schemas (and with them
the types of the pandas frames), the descriptors of the data package, the check before
writing, and the documentation. A change of a column is a change here and nowhere else.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from pipeline.model import Basis, Event, Kind, Role, Status

if TYPE_CHECKING:
    import pyarrow as pa

PACKAGE = "twintown"
"""Name of the data package; by it an output folder is known as ours."""

AUDIT = "audit.html"
"""Name of the audit page in an output folder."""

CORRECTIONS = "corrections.csv"
"""Name of the file of corrections in a folder of pages, and its name among the documents."""


class Type(StrEnum):
    """Type of a column, by its name in Table Schema."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"


class DocumentStatus(StrEnum):
    """What became of a page."""

    OK = "ok"
    IRRELEVANT = "irrelevant"
    REJECTED = "rejected"
    CORRECTIONS = "corrections"


class Provenance(StrEnum):
    """Where a fact comes from."""

    EXTRACTED = "extracted"
    CORRECTED = "corrected"
    ADDED = "added"


class Action(StrEnum):
    """What a correction does with a fact."""

    ACCEPT = "accept"
    REJECT = "reject"
    EDIT = "edit"
    ADD = "add"


class Outcome(StrEnum):
    """What became of a correction."""

    APPLIED = "applied"
    STALE = "stale"


class FactType(StrEnum):
    """Which table an evidence row belongs to."""

    PARTNERSHIP = "partnership"
    FOUNDING_DATE = "founding_date"
    MAYOR = "mayor"
    THEME = "theme"


THEMES = (
    "administration",
    "aid",
    "civil_society",
    "culture",
    "economy",
    "environment",
    "health_social",
    "migration",
    "reconciliation",
    "science",
    "sport",
    "tourism",
    "urban_development",
    "youth",
)
"""What partnerships can be about."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column. ``values`` lists all it may hold (empty: anything of its type)."""

    name: str
    type: Type
    description: str
    nullable: bool = False
    values: tuple[str, ...] = ()
    references: str | None = None
    """Name of the table whose key this column holds."""

    def descriptor(self) -> dict[str, Any]:
        """Return the Table Schema field descriptor."""
        found: dict[str, Any] = {"name": self.name, "type": str(self.type), "description": self.description}
        if self.type is Type.BOOLEAN:
            found |= {"trueValues": ["true"], "falseValues": ["false"]}
        if self.values:
            found["categories"] = list(self.values)
        constraints: dict[str, Any] = {}
        if not self.nullable:
            constraints["required"] = True
        if self.values:
            constraints["enum"] = list(self.values)
        if constraints:
            found["constraints"] = constraints
        return found


@dataclass(frozen=True, slots=True)
class Table:
    """A table. The first field is its key; ``order`` names the columns its rows are sorted by."""

    name: str
    description: str
    fields: tuple[Field, ...]
    order: tuple[str, ...]

    @property
    def key(self) -> str:
        """Name of the primary key."""
        return self.fields[0].name

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(field.name for field in self.fields)

    def arrow(self) -> pa.Schema:
        """Return the PyArrow schema, descriptions and keys in its metadata."""
        import pyarrow as pa  # here: most of those who read a declaration make no table

        types = {
            Type.STRING: pa.string(),
            Type.INTEGER: pa.int64(),
            Type.NUMBER: pa.float64(),
            Type.BOOLEAN: pa.bool_(),
            Type.DATE: pa.date32(),
        }
        foreign = {field.name: field.references for field in self.fields if field.references}
        meta = {"description": self.description, "primary_key": self.key, "foreign_keys": json.dumps(foreign)}
        return pa.schema(
            [
                pa.field(f.name, types[f.type], nullable=f.nullable, metadata={"description": f.description})
                for f in self.fields
            ],
            metadata=meta,
        )

    def descriptor(self) -> dict[str, Any]:
        """Return the data resource descriptor of the table's CSV file."""
        foreign = []
        for f in self.fields:
            if f.references:
                reference = {"resource": f.references, "fields": [by_name(f.references).key]}
                foreign.append({"fields": [f.name], "reference": reference})
        schema: dict[str, Any] = {
            "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
            "fields": [field.descriptor() for field in self.fields],
            "missingValues": [""],
            "primaryKey": [self.key],
        }
        if foreign:
            schema["foreignKeys"] = foreign
        found: dict[str, Any] = {
            "name": self.name,
            "type": "table",
            "path": f"{self.name}.csv",
            "description": self.description,
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True},
            "schema": schema,
        }
        if self.name == "places":
            found |= {"sources": [_GEONAMES], "licenses": [_CC_BY]}
        return found


def _text(name: str, description: str, nullable: bool = False, references: str | None = None) -> Field:
    return Field(name, Type.STRING, description, nullable, references=references)


def _one_of(
    name: str, description: str, values: type[StrEnum] | Sequence[str], nullable: bool = False
) -> Field:
    return Field(name, Type.STRING, description, nullable, tuple(str(value) for value in values))


def _date(name: str, description: str, nullable: bool = False) -> Field:
    return Field(name, Type.DATE, description, nullable)


_CONFIDENCE = Field(
    "confidence",
    Type.NUMBER,
    "0 to 1: the share of facts with such evidence that were right on annotated pages; 1: a reviewer judged "
    "it; null: nobody counted",
    nullable=True,
)
_PROVENANCE = _one_of(
    "provenance", "whether pages say so alone, a reviewer changed what they say, or added it", Provenance
)
_COUNTRY = "ISO 3166-1 alpha-2 (Namibia is the text NA); null if unknown"

TABLES: tuple[Table, ...] = (
    Table(
        "documents",
        "The pages that were read, or could not be.",
        (
            _text("doc_id", "derives from source; names the frozen text texts/DOC_ID.txt"),
            _text("source", "path relative to the input folder, or URL"),
            _text("url", "address the page was fetched from", nullable=True),
            _text("sha256", "of the page's bytes, hexadecimal", nullable=True),
            _text("lang", "de or en; null for a rejected page", nullable=True),
            _text("title", "title of the page", nullable=True),
            _text("published", "the page's own date, EDTF", nullable=True),
            _text("home_place_id", "the town whose page it is", nullable=True, references="places"),
            Field("chars", Type.INTEGER, "length of the frozen text in code points", nullable=True),
            _one_of(
                "status",
                "irrelevant: no word for a partnership; rejected: see issue; corrections: no page, but the "
                "corrections that evidence points at",
                DocumentStatus,
            ),
            _text("issue", "'stage: kind: message' of each thing to know, joined by ' | '", nullable=True),
        ),
        ("source", "doc_id"),
    ),
    Table(
        "places",
        "The places that occur in a fact or as the home of a page.",
        (
            _text("place_id", "geonames:ID, or unlinked:COUNTRY:NAME for a place the gazetteer lacks"),
            _text("name", "usual name; for an unlinked place the name on the page"),
            _text("country", _COUNTRY, nullable=True),
            _text("feature", "city, or a unit such as county, district, prefecture, region", nullable=True),
            Field("latitude", Type.NUMBER, "degrees north, WGS84", nullable=True),
            Field("longitude", Type.NUMBER, "degrees east, WGS84", nullable=True),
            Field("population", Type.INTEGER, "inhabitants, as GeoNames has it", nullable=True),
            _text("geonames_id", "GeoNames id", nullable=True),
            _text("wikidata_id", "Wikidata item", nullable=True),
            _text("surface_forms", "names seen on pages, joined by |", nullable=True),
        ),
        ("place_id",),
    ),
    Table(
        "partnerships",
        "Pairs of places bound by a lasting municipal relation, one row a pair.",
        (
            _text("partnership_id", "derives from the two place ids"),
            _text("place_a_id", "the smaller of the two place ids", references="places"),
            _text("place_a", "name of place_a_id"),
            _text("country_a", _COUNTRY, nullable=True),
            _text("place_b_id", "the larger of the two place ids", references="places"),
            _text("place_b", "name of place_b_id"),
            _text("country_b", _COUNTRY, nullable=True),
            _one_of("kind", "the strongest kind that a page states", Kind),
            _one_of("status", "as the newest dated page has it", Status),
            _text("founded", "the chosen founding date, EDTF", nullable=True),
            _date("founded_earliest", "first day that founded can mean", nullable=True),
            _date("founded_latest", "last day that founded can mean", nullable=True),
            _CONFIDENCE,
            Field("documents", Type.INTEGER, "number of pages that state the pair"),
            _text("conflict", "what the pages disagree about, and the values; else null", nullable=True),
            _PROVENANCE,
        ),
        ("place_a", "place_b", "partnership_id"),
    ),
    Table(
        "founding_dates",
        "Dates that pages give for a partnership; all are kept, one is chosen.",
        (
            _text("founding_id", "derives from partnership, date, event and basis"),
            _text("partnership_id", "the partnership", references="partnerships"),
            _text("date", "EDTF, as precise as the page has it"),
            _date("date_earliest", "first day that date can mean"),
            _date("date_latest", "last day that date can mean"),
            _one_of("event", "what happened on that date", Event),
            _one_of("basis", "derived: counted back from a jubilee", Basis),
            Field("chosen", Type.BOOLEAN, "whether it stands in partnerships.founded"),
            _CONFIDENCE,
            _PROVENANCE,
        ),
        ("partnership_id", "date_earliest", "date_latest", "date", "founding_id"),
    ),
    Table(
        "mayors",
        "Persons seen by a page as head, or deputy head, of a municipality.",
        (
            _text("mayor_id", "derives from person, place and role"),
            _text("person", "name without titles"),
            _one_of("role", "the office", Role),
            _text("place_id", "the municipality", references="places"),
            _text("place", "name of place_id"),
            _text("country", _COUNTRY, nullable=True),
            _text("seen_from", "first date at which a page shows the person in office, EDTF", True),
            _text("seen_to", "last date at which a page shows the person in office, EDTF", True),
            _CONFIDENCE,
            _PROVENANCE,
        ),
        ("place", "person", "role", "mayor_id"),
    ),
    Table(
        "themes",
        "What a partnership, or all partnerships of a page's town, are said to be about.",
        (
            _text("theme_id", "derives from theme and partnership or place"),
            _one_of("theme", "the theme", THEMES),
            _text("partnership_id", "null: all partnerships of the place", True, "partnerships"),
            _text("place_id", "the home; null beside a partnership, or if unknown", True, "places"),
            _CONFIDENCE,
            _PROVENANCE,
        ),
        ("theme", "place_id", "partnership_id", "theme_id"),
    ),
    Table(
        "evidence",
        "The words that each fact rests on, one row a passage.",
        (
            _text("evidence_id", "derives from fact, document, passage and rule"),
            _one_of("fact_type", "the table of the fact", FactType),
            _text("fact_id", "key in that table"),
            _text("doc_id", "the page", references="documents"),
            Field("start", Type.INTEGER, "first code point of the quote in texts/DOC_ID.txt, from 0"),
            Field("end", Type.INTEGER, "code point after the quote"),
            _text("quote", "the words, exactly as in the frozen text"),
            _text("prefix", "up to 40 code points before; line feeds and tabs as spaces", nullable=True),
            _text("suffix", "up to 40 code points after; line feeds and tabs as spaces", nullable=True),
            _text("rule", "name of the rule that read it; correction:ACTION where a reviewer did"),
            Field(
                "confidence",
                Type.NUMBER,
                "0 to 1, that of a fact with this evidence alone; null: nobody counted",
                nullable=True,
            ),
            _one_of("kind", "of a partnership: the kind that this page states", Kind, nullable=True),
            _one_of("status", "of a partnership: the status that this page states", Status, nullable=True),
        ),
        ("fact_type", "fact_id", "doc_id", "start", "end", "rule", "evidence_id"),
    ),
    Table(
        "reviews",
        "What became of each row of corrections.csv.",
        (
            _text("review_id", "derives from fact_type, fact_key, field, action and value"),
            Field("line", Type.INTEGER, "line of the file on which the row begins, from 1"),
            _one_of("fact_type", "the table of the fact", FactType),
            _text("fact_key", "key of the fact as the file has it; of an added fact, the one it gets"),
            _text("field", "column that an edit changes", nullable=True),
            _one_of("action", "what is to be done with the fact", Action),
            _text("value", "as the file has it", nullable=True),
            _text("previous", "what stood in that column before an edit", nullable=True),
            _text("reviewer", "who says so"),
            _date("date", "day of the review"),
            _text("reason", "why"),
            _one_of("outcome", "stale: it fits nothing any more and was left out; see message", Outcome),
            _text("message", "why it is stale, or what else to know", nullable=True),
            _text("fact", "what the fact said before", nullable=True),
            _text("fact_id", "key of the fact now; null if it is in no table", nullable=True),
        ),
        ("line", "review_id"),
    ),
)

_GEONAMES = {"title": "GeoNames", "path": "https://www.geonames.org/"}
_CC_BY = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0 International",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}


def by_name(name: str) -> Table:
    """Return the table of a name.

    Raises:
        KeyError: If there is no such table.
    """
    for table in TABLES:
        if table.name == name:
            return table
    raise KeyError(name)


def package() -> dict[str, Any]:
    """Return the data package descriptor (v2) of an output folder; it holds no time and no path of yours."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": PACKAGE,
        "title": "Town twinnings",
        "description": (
            "Partnerships of towns, their founding dates, mayors and themes, as pages state them, each fact "
            "with its quote. Beside each CSV file lies a Parquet file of the same rows. The texts that the "
            "offsets in evidence point into are texts/DOC_ID.txt (UTF-8; offsets count code points). Names, "
            "countries, coordinates and populations of linked places are from GeoNames (CC BY 4.0); quotes "
            "and texts are their publishers'."
        ),
        "sources": [{"title": "The pages listed in the table documents"}, _GEONAMES],
        "resources": [table.descriptor() for table in TABLES],
    }


def describe() -> str:
    """Return the documentation of all tables as Markdown."""
    parts = []
    for table in TABLES:
        lines = [
            f"### {table.name}",
            "",
            f"{table.description} Sorted by {', '.join(f'`{name}`' for name in table.order)}.",
            "",
            "| column | type | null | meaning |",
            "| --- | --- | --- | --- |",
        ]
        for field in table.fields:
            meaning = field.description.replace("|", "\\|")
            if field.name == table.key:
                meaning = f"**key**; {meaning}"
            if field.references:
                meaning += f" (→ `{field.references}`)"
            if field.values:
                meaning += ": " + ", ".join(f"`{value}`" for value in field.values)
            null = "yes" if field.nullable else ""
            lines.append(f"| `{field.name}` | {field.type} | {null} | {meaning} |")
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)
