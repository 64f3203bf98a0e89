"""What holds for any date and for any text, hostile ones included."""

from __future__ import annotations

import re
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.edtf import Precision, is_valid, precision
from pipeline.lexicon import load
from pipeline.model import Basis
from pipeline.recognise.dates import dates_in
from pipeline.recognise.dates.numbers import numbers

MONTHS = {
    "de": [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
SHORT = {
    "de": ["Jan.", "Feb.", "Mrz.", "Apr.", "Mai", "Jun.", "Jul.", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."],
    "en": ["Jan.", "Feb.", "Mar.", "Apr.", "May", "Jun.", "Jul.", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."],
}
ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
SUFFIX = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
days = st.dates(date(1900, 1, 1), date(2099, 12, 31))
years = st.integers(1900, 2099)


def ordinal(lang: str, day: int) -> str:
    words = [word for word, number in numbers(lang).ordinal.items() if number == day]
    return next(word for word in words if lang == "en" or word.endswith("en"))


def day_forms(lang: str, day: date) -> list[str]:
    month, short = MONTHS[lang][day.month - 1], SHORT[lang][day.month - 1]
    d, m, y = day.day, day.month, day.year
    nth = f"{d}{SUFFIX.get(d, 'th')}"
    shared = [
        f"{d:02d}.{m:02d}.{y}",
        f"{d}.{m}.{y}",
        f"{d:02d}/{m:02d}/{y}",
        day.isoformat(),
        f"{d}. {ROMAN[m - 1]}. {y}",
    ]
    if lang == "de":
        return [
            *shared,
            f"{d}. {m}. {y}",
            f"{d}. {month} {y}",
            f"{d}. {short} {y}",
            f"{d}. {month.upper()} {y}",
            f"{ordinal(lang, d)} {month} {y}",
            f"{d}. {month} des Jahres {y}",
        ]
    return [
        *shared,
        f"{d} {month} {y}",
        f"{nth} {month} {y}",
        f"{nth} of {month} {y}",
        f"{month} {d}, {y}",
        f"{month} {nth}, {y}",
        f"{d} {short} {y}",
        f"{short} {d}, {y}",
        f"{ordinal(lang, d)} of {month}, {y}",
        f"{month.upper()} {d}, {y}",
    ]


@pytest.mark.parametrize("lang", ["de", "en"])
@given(day=days)
@settings(max_examples=150, deadline=None)
def test_a_day_is_read_from_every_form(lang: str, day: date) -> None:
    for form in day_forms(lang, day):
        for text in (form, f"x {form}.", f"({form})", f"„{form}“, und"):
            found = dates_in(text, lang)
            assert [(text[m.start : m.end], m.edtf) for m in found] == [(form, day.isoformat())], text


@given(day=days)
@settings(max_examples=100, deadline=None)
def test_a_day_is_read_month_first_where_asked(day: date) -> None:
    (found,) = dates_in(f"on {day.month}/{day.day}/{day.year}", "en", month_first=True)
    assert found.edtf == day.isoformat()


@pytest.mark.parametrize("lang", ["de", "en"])
@given(year=years, month=st.integers(1, 12))
@settings(max_examples=150, deadline=None)
def test_a_month_stays_a_month(lang: str, year: int, month: int) -> None:
    names = (MONTHS[lang][month - 1], SHORT[lang][month - 1])
    forms = [f"{name} {year}" for name in names] + [f"{month:02d}/{year}"]
    forms += [
        f"{names[0]} {year}",
        f"{names[0]} des Jahres {year}" if lang == "de" else f"{names[0]} of {year}",
    ]
    for form in forms:
        assert [m.edtf for m in dates_in(f"x {form}, y", lang)] == [f"{year}-{month:02d}"], form


@pytest.mark.parametrize("lang", ["de", "en"])
@given(year=years, more=st.integers(1, 60))
@settings(max_examples=150, deadline=None)
def test_years_decades_and_spans(lang: str, year: int, more: int) -> None:
    for text in (f"{year}", f"({year})", f"seit {year}" if lang == "de" else f"since {year}", f"x {year}."):
        assert [m.edtf for m in dates_in(text, lang)] == [f"{year}"], text
    last = year + more
    if last <= 2099:
        for sign in ("-", "–", " – ", " bis " if lang == "de" else " to "):
            assert [m.edtf for m in dates_in(f"{year}{sign}{last}", lang)] == [f"{year}/{last}"]
    tens = year // 10 * 10
    form = f"{tens}er Jahre" if lang == "de" else f"{tens}s"
    if tens != 1900 or lang == "de":
        assert [m.edtf for m in dates_in(f"die {form}", lang)] == [f"{tens // 10}X"]


@pytest.mark.parametrize("lang", ["de", "en"])
@given(count=st.integers(1, 199), year=years)
@settings(max_examples=150, deadline=None)
def test_a_jubilee_counts_back_from_the_year_beside_it(lang: str, count: int, year: int) -> None:
    words = [word for word, number in numbers(lang).cardinal.items() if number == count]
    for number in (str(count), words[0]):
        text = (
            f"{year} feiern wir {number} Jahre Partnerschaft"
            if lang == "de"
            else f"In {year}: {number} years of friendship"
        )
        found = [m for m in dates_in(text, lang) if m.years is not None]
        assert [(m.years, m.edtf, m.basis) for m in found] == [(count, f"{year - count}", Basis.DERIVED)], (
            text
        )


TOKENS = st.sampled_from(
    [
        *MONTHS["de"],
        *MONTHS["en"],
        *SHORT["en"],
        "8.",
        "31.",
        "12",
        "4th",
        "1964",
        "2031",
        "'82",
        "82",
        "1962/63",
        "/",
        "-",
        "–",
        ".",
        ",",
        "(",
        ")",
        "im",
        "seit",
        "in",
        "the",
        "of",
        "Jahr",
        "Jahre",
        "Jahren",
        "years",
        "ago",
        "vor",
        "Sommer",
        "summer",
        "Ende",
        "late",
        "der",
        "80er",
        "1980s",
        "achtziger",
        "X.",
        "11.07.1950",
        "8/10/1982",
        "50.",
        "Jahrestag",
        "anniversary",
        "später",
        "later",
        "desselben",
        "Jahres",
        "drei",
        "fifty",
        "€",
        "§",
        "Einwohner",
        "am Montag",
        "on Friday",
        "im Mai",
        "in May",
        "that autumn",
        "letzten Sommer",
        "next spring",
        "tags darauf",
        "two summers later",
        "ein Jahrzehnt zuvor",
        "gestern",
        "last month",
        "golden jubilee",
    ]
)


# Words that stand for a whole day, month or season without a number.
TELLS_A_DAY = re.compile("(?i)tag|day|gestern")
TELLS_A_MONTH = re.compile("(?i)monat|month")
TELLS_A_SEASON = re.compile("(?i)sommer|summer|spring|autumn")


@pytest.mark.parametrize("lang", ["de", "en"])
@given(
    tokens=st.lists(TOKENS, max_size=14), published=st.sampled_from([None, "2025", "2025-11-20", "196X", "x"])
)
@settings(max_examples=400, deadline=None)
def test_no_value_is_more_precise_than_its_words(lang: str, tokens: list[str], published: str | None) -> None:
    text = " ".join(tokens)
    names = re.compile("|".join(word for each in ("de", "en") for word in load(each, "dates")["months"]))
    end = 0
    for mention in dates_in(text, lang, published=published):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end
        span = text[mention.start : mention.end]
        if mention.edtf is None:
            assert mention.basis is Basis.DERIVED
            continue
        assert is_valid(mention.edtf)
        level, numerals = precision(mention.edtf), len(re.findall(r"[0-9]+|\b[IVX]+\b|ten\b", span))
        month = 1 if names.search(span) else 0
        own_year = 1 if mention.basis is Basis.DERIVED else 0
        if level is Precision.DAY and not TELLS_A_DAY.search(span):
            assert numerals + month + own_year >= 3, span
        if level is Precision.MONTH and not TELLS_A_MONTH.search(span):
            assert numerals + month + own_year >= 2, span
        if level is Precision.SEASON:
            assert TELLS_A_SEASON.search(span), span
        if mention.basis is Basis.STATED and level >= Precision.YEAR:
            assert re.search(r"[0-9]{4}|['’‘]?[0-9]{2}|[MDCLXVI]{4}", span)


@given(text=st.text(max_size=200), lang=st.sampled_from(["de", "en", "fr", ""]))
@settings(max_examples=300, deadline=None)
def test_any_text_is_survived(text: str, lang: str) -> None:
    for mention in dates_in(text, lang, published="2020-01"):
        assert 0 <= mention.start < mention.end <= len(text)


HOSTILE = {
    "digits and dots": "1.2.",
    "digits": "1",
    "years": "1990 ",
    "days": "8. ",
    "days of months": "8. Oktober ",
    "dates": "8. Oktober 1982, ",
    "dashes": "1990-",
    "slashes": "19/",
    "dots": ".",
    "spaces": " ",
    "word": "a",
    "path": "a/",
    "telephone": "Tel 0",
    "plus": "+49 ",
    "copyright": "© ",
    "jubilee": "50 Jahre ",
    "since": "seit über mehr als ",
    "number words": "fünfund",
    "tens": "twenty ",
    "hundreds": "hundred and ",
    "years ago": "fifty years ago ",
    "jubilees": "zum 50. Jahrestag. ",
    "Roman": "MDCLXVI",
    "months": "May ",
    "parts": "Ende der ",
    "later": "drei Jahre später ",
    "months alone": "im Mai ",
    "weekdays": "am Montag ",
    "seasons": "that summer ",
    "days alone": "am 3. Mai ",
    "phrases": "in the same year ",
    "metals": "goldene Partnerschaft ",
    "turning": "partnership turns ",
    "looking back": "blickt auf 40 Jahre zurück ",
    "running": "im 25. Jahr ihres ",
    "commas": "1990, die ",
}


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_of_100_kb_takes_less_than_two_seconds(name: str, lang: str) -> None:
    text = (HOSTILE[name] * (100_000 // len(HOSTILE[name]) + 1))[:100_000]
    start = time.process_time()
    dates_in(text, lang, published="2020-05-01")
    assert time.process_time() - start < 2.0
