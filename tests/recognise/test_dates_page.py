"""Dates of a whole page: blocks, languages, the home town's order; and the words behind them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

import dateparser
import pytest

from pipeline.lexicon import LANGUAGES, load
from pipeline.model import Block, BlockKind, Document, Home, Place, Table
from pipeline.recognise.dates import find_dates
from pipeline.recognise.dates.months import known_months, month_number
from pipeline.recognise.dates.numbers import numbers


def page(*texts: tuple[str, str], country: str | None = None, published: str | None = None) -> Document:
    blocks, whole = [], ""
    for index, (lang, text) in enumerate(texts):
        start = len(whole) + 1 if whole else 0
        whole = f"{whole}\n{text}" if whole else text
        blocks.append(Block(index, BlockKind.PARAGRAPH, start, start + len(text), lang))
    home = None if country is None else Home(Place("unlinked::x", "X", country), "X", "title")
    return Document("d", "d.html", "0" * 64, whole, tuple(blocks), (), "", "de", published, home)


def found(document: Document) -> list[tuple[str, str | None, int]]:
    return [(document.text[m.start : m.end], m.edtf, m.block) for m in find_dates(document)]


def test_offsets_point_into_the_page_and_blocks_are_named() -> None:
    document = page(("de", "Seit 1958 mit Dijon"), ("en", "Twinned on May 4, 1956"))
    assert found(document) == [("1958", "1958", 0), ("May 4, 1956", "1956-05-04", 1)]


def test_no_date_crosses_a_block() -> None:
    assert found(page(("de", "am 8."), ("de", "Oktober 1982"))) == [("Oktober 1982", "1982-10", 1)]


def test_a_relative_year_has_no_anchor_in_another_block() -> None:
    assert found(page(("de", "Mit Dijon seit 1958"), ("de", "ein Jahr später"))) == [
        ("1958", "1958", 0),
        ("ein Jahr später", None, 1),
    ]


def test_a_line_that_is_only_a_date_labels_what_stands_below() -> None:
    document = page(("de", "1958"), ("de", "Am 3. Mai, ein Jahr später"), ("de", "Am 4. Juni"))
    assert found(document)[1:] == [
        ("3. Mai", "1958-05-03", 1), ("ein Jahr später", "1959", 1), ("4. Juni", None, 2),
    ]  # fmt: skip


def test_a_year_may_be_glued_to_the_first_word_of_its_entry() -> None:
    document = page(("de", "1983Am 4. Mai zeichnen beide Räte"), ("en", "2006Charter with Vierzon renewed"))
    assert found(document) == [("1983", "1983", 0), ("4. Mai", "1983-05-04", 0), ("2006", "2006", 1)]


def titled(*texts: str) -> Document:
    """Return a timeline: a line, a heading and a text, the last in the heading's section."""
    document = page(*(("de", text) for text in texts))
    first, second, *others = document.blocks
    head = replace(second, kind=BlockKind.HEADING, section=1)
    below = [replace(block, section=1, path=(1,)) for block in others]
    return replace(document, blocks=(first, head, *below))


def test_the_year_of_a_timeline_stands_above_the_title() -> None:
    text = "Am 8. Dezember unterschreiben die Bürgermeister."
    for line in ("1998", "Im Jahr 1998:", "März 1998"):
        document = titled(line, "Zwei Rathäuser, ein Tisch", "Viele kamen.", text)
        assert found(document)[1:] == [("8. Dezember", "1998-12-08", 3)], line


def test_what_stands_above_a_title_is_no_year_of_its_text() -> None:
    text = "Am 8. Dezember unterschreiben die Bürgermeister."
    for line in ("12. März 1998", "Im Jahr 1998 kamen 300 Gäste auf den Markt und blieben.", "Nr. 12"):
        document = titled(line, "Zwei Rathäuser, ein Tisch", text)
        assert found(document)[-1] == ("8. Dezember", None, 2), line


@pytest.mark.parametrize(
    ("country", "others", "expected"),
    [
        ("US", "", "1982-08-10"),
        ("GB", "", "1982-10-08"),
        ("GB", "and 12/31/1990", "1982-10-08"),
        (None, "", "1982-10-08"),
        (None, "and 12/31/1990", "1982-08-10"),
        (None, "and 12/31/1990, 31/12/1990", "1982-10-08"),
    ],
)
def test_the_order_of_day_and_month(country: str | None, others: str, expected: str) -> None:
    document = page(("en", f"on 8/10/1982 {others}".strip()), country=country)
    assert found(document)[0][1] == expected


@pytest.mark.parametrize("published", ["", "196X", "1990/1995", "yesterday"])
def test_a_page_date_of_no_use_is_none(published: str) -> None:
    assert found(page(("de", "50 Jahre Partnerschaft"), published=published)) == [
        ("50 Jahre Partnerschaft", None, 0)
    ]


def test_an_empty_page_has_no_dates() -> None:
    assert find_dates(page()) == ()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_month_of_the_lexicon_has_its_number(lang: str) -> None:
    table = load(lang, "dates")
    order = [month_number(word, lang) for word in table["months"]]
    assert None not in order
    assert set(order) == set(range(1, 13))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_only_months_that_dateparser_lacks_have_numbers_of_ours(lang: str) -> None:
    for word in load(lang, "dates")["month_numbers"]:
        assert word.lower() not in known_months(lang)


def test_months_are_those_that_dateparser_reads() -> None:
    for lang in LANGUAGES:
        for word, number in known_months(lang).items():
            assert dateparser.parse(f"15 {word} 1950", languages=[lang]) == datetime(1950, number, 15)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("word", ["Die", "mit", "So", "heute", "12", "", "Montag", "1990"])
def test_other_words_are_no_months(word: str, lang: str) -> None:
    assert month_number(word, lang) is None


@pytest.mark.parametrize(
    ("lang", "word", "expected"),
    [
        ("de", "einundzwanzig", 21),
        ("de", "hundertfünfzig", 150),
        ("de", "dreissig", 30),
        ("en", "twenty-one", 21),
        ("en", "twenty one", 21),
        ("en", "one hundred and five", 105),
    ],
)
def test_numbers_in_words(lang: str, word: str, expected: int) -> None:
    assert numbers(lang).cardinal[word] == expected


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_relative_form_holds_a_word_by_which_it_is_looked_for(lang: str) -> None:
    relative = load(lang, "dates")["relative"]
    spared = set(re.findall(r"\w+", " ".join(relative["year_hints"] + relative["day_hints"])))
    spared |= {word[:1].upper() + word[1:] for word in spared}
    for key in ("phrases", "page_phrases", "days", "page_days", "months", "page_months", "present"):
        for entry in relative[key]:
            for phrase in entry["words"]:
                assert spared & set(phrase.split()), phrase


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_metal_is_a_stem_by_which_a_jubilee_is_looked_for(lang: str) -> None:
    jubilee = load(lang, "dates")["jubilee"]
    feasts = (*jubilee["feasts"], *jubilee["birthdays"], *jubilee["weddings"], *jubilee["spans"])
    for word in feasts if lang == "en" else (*feasts, *jubilee["metals"]):
        assert any(stem in word.lower() for stem in jubilee["stems"]), word


def test_a_day_told_of_on_another_line_is_the_one_before_tags_darauf() -> None:
    document = page(
        ("de", "Am Donnerstag tagte der Rat."),
        ("de", "Partsch, der tags darauf abreiste"),
        published="2023-05-12",
    )
    assert [edtf for _, edtf, _ in found(document)] == ["2023-05-11", "2023-05-12"]


def test_a_date_within_a_row_is_no_year_for_its_notes() -> None:
    document = row_page(
        ("Land", "Stadt", "Seit", "Was"), ("Norwegen", "Bergen", "Mai 1967", "am 17. Mai ein Lauf; im Juni")
    )
    assert [edtf for _, edtf, _ in found(document)] == ["1967-05", None, None]
    document = row_page(("Seit", "Was"), ("Mai 1967", "am 17. Mai ein Lauf; im Juni"))
    assert [edtf for _, edtf, _ in found(document)] == ["1967-05", "1967-05-17", "1967-06"]


def test_ordinals_in_words() -> None:
    assert numbers("de").ordinal["fünfundsechzigsten"] == 65
    assert numbers("de").ordinal["hundertste"] == 100
    assert numbers("en").ordinal["sixty-fifth"] == 65
    assert numbers("en").ordinal["hundredth"] == 100


def row_page(
    *rows: tuple[str, ...],
    header: bool = True,
    kind: BlockKind = BlockKind.CELL,
    published: str | None = None,
) -> Document:
    """Return a page of one table whose first row is its header."""
    document = page(*(("de", cell) for row in rows for cell in row), published=published)
    blocks = tuple(replace(block, kind=kind) for block in document.blocks)
    numbers_of_cells = iter(range(len(blocks)))
    grid = tuple(tuple(next(numbers_of_cells) for _ in row) for row in rows)
    return replace(document, blocks=blocks, tables=(Table(grid, (0,) if header else ()),))


def test_the_same_year_and_day_are_those_of_the_row() -> None:
    document = row_page(
        ("Wann", "Was"),
        ("März 1990", "Noch im selben Jahr, am 3. Oktober, wurde unterschrieben."),
        ("20. Juni 1958", "am selben Tag aufgenommen"),
        ("Oktober 2007", "Zehn Jahre Aberystwyth: ein Fass"),
        published="2008-09-28",
    )
    assert [edtf for _, edtf, _ in found(document)] == [
        "1990-03", "1990", "1990-10-03", "1958-06-20", "1958-06-20", "2007-10", "1997",
    ]  # fmt: skip


def test_a_long_cell_is_no_label() -> None:
    story = "Im Jahre 1958 " + "wurde viel geschrieben und gesagt, " * 3
    assert found(row_page(("Wann", "Was"), (story, "im selben Jahr")))[-1][1] is None


def test_the_same_year_is_that_of_the_term_or_the_heading_above() -> None:
    for above, below in ((BlockKind.TERM, BlockKind.DEFINITION), (BlockKind.HEADING, BlockKind.PARAGRAPH)):
        document = page(("en", "1990"), ("en", "Later that year, a mayor came."))
        first, second = document.blocks
        blocks = (replace(first, kind=above), replace(second, kind=below))
        assert found(replace(document, blocks=blocks))[1][1] == "1990"


@pytest.mark.parametrize("header", ["Einwohner", "Population", "Höhe (m)", "PLZ", "Inhabitants / Einwohner"])
def test_numbers_under_a_count_are_no_years(header: str) -> None:
    document = row_page(
        ("Stadt", "seit", header), ("Epernay", "1953", "1950"), ("Esch", "1958", "2011 (1990)")
    )
    assert [words for words, _, _ in found(document)] == ["1953", "1958", "1990"]


def test_numbers_beside_a_count_are_no_years() -> None:
    assert found(row_page(("Einwohner", "1950"), ("Partner seit", "1953"), header=False)) == [
        ("1953", "1953", 3)
    ]
    document = page(("en", "Inhabitants"), ("en", "1950"))
    first, second = document.blocks
    blocks = (replace(first, kind=BlockKind.TERM), replace(second, kind=BlockKind.DEFINITION))
    assert found(replace(document, blocks=blocks)) == []
