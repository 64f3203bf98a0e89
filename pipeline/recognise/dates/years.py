"""Years alone, spans of years, decades; and the numbers that only look like them."""

from __future__ import annotations

import re
from functools import cache

from pipeline.recognise.dates.scanner import Scanner
from pipeline.recognise.dates.vocabulary import DASH, NO_LETTER, YEAR, alternatives, starting, vocabulary

_LONGEST_SPAN = 150

_CURRENCIES = "EUR|USD|CHF|GBP|DM"
_MONEY = rf"€|£|\$|{_CURRENCIES}|Euro"
_CALLS = "Tel|Fax|Telefon|Telefax|Phone|Telephone|Mobil|Mobile|Hotline|Durchwahl"
# What never holds a date, in any language, each with a quick pattern for whether it can be there at all.
_NEVER = tuple(
    (re.compile(hint), re.compile(pattern))
    for hint, pattern in (
        (r"://|www\.", r"(?:https?://|www\.)[^\s<>\"]{1,2000}"),
        ("@", r"(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,255}"),
        (
            r"\.(?:pdf|htm|php|jp|png|doc|xls|zip|asp)",
            r"(?<![\w/.%-])[\w/.%-]{1,200}\.(?:pdf|html?|php|jpe?g|png|docx?|xlsx?|zip|aspx?)\b",
        ),
        # Telephone numbers: named, international, and those that begin with a nought.
        (_CALLS, rf"\b(?:{_CALLS})\b[^0-9+\x00]{{0,12}}[+(]?[0-9][0-9 ()/–-]{{3,30}}"),
        (r"\+[0-9]", r"\+[0-9]{1,3}[ (/-][0-9 ()/–-]{4,25}"),
        ("0[0-9]{2}", r"0(?<![\w.,'’‘:]0)[0-9]{2,5}(?: ?[/–-] ?| )[0-9][0-9 -]{3,20}"),
        # An account; a copyright line; a paragraph of a law; sums, shares and degrees; a size; a register.
        (r"[A-Z][0-9]{2} [0-9]", r"\b[A-Z]{2}[0-9]{2}(?: [0-9]{4}){2,7}"),
        (
            r"©|\([cC]\)|Copyright",
            r"(?:©|(?<![0-9])\([cC]\)|\bCopyright\b)[^0-9.\n\x00]{0,50}[0-9]{4}(?: ?[-–] ?[0-9]{4})?",
        ),
        ("§", r"§{1,2} ?[0-9]{1,5}\w?"),
        (_MONEY, rf"(?:[€£$]|\b(?:{_CURRENCIES}|Euro)) ?[0-9][0-9.,]{{0,15}}"),
        (
            f"{_MONEY}|%|°",
            rf"(?<![0-9.,])[0-9][0-9.,]{{0,15}} ?(?:[€£$%°]|(?:{_CURRENCIES})\b)",
        ),
        (r"[0-9] ?[x×] ?[0-9]", r"[0-9]{2,5} ?[x×] ?[0-9]{2,5}"),
        ("[0-9]/[0-9]{3}", r"\b[A-Z]{1,5}[ -]?[0-9]{1,4}/[0-9]{3,6}(?:/[0-9]{1,4})?"),
    )
)

_BEFORE = r"(?<![\w€£$§#@+/])(?<![0-9][.,:/–—-])(?<!\w[-_])"
_AFTER = NO_LETTER + r"(?![.,:/–—-][0-9])(?!-[^\W0-9_])"
_BARE = re.compile(rf"{_BEFORE}(?<![0-9] )(?:19|20)[0-9]{{2}}{_AFTER}(?! [0-9]{{2}})(?! ?[x×] ?[0-9])")
_IN_BRACKETS = re.compile(r"(?<=\()(?:1[5-9]|20)[0-9]{2}(?=\))")
_ROMAN = re.compile(r"\b(?=[MDCLXVI]{4,16}\b)M{1,2}(?:CM|CD|D?C{0,4})(?:XC|XL|L?X{0,4})(?:IX|IV|V?I{0,4})\b")
_FOUR_DIGITS = re.compile(YEAR)
_NUMBER = re.compile(r"[0-9]+")
_DECADE_HINT = re.compile(r"0er|0['’]?s\b|zig|ßig|ssig|ties\b|ger ?[Jj]ahr|GER ?JAHR|M[MDCLXVI]{3}")
_ROMAN_DIGITS = {"M": 1000, "D": 500, "C": 100, "L": 50, "X": 10, "V": 5, "I": 1}


def blot_never(scanner: Scanner, lang: str) -> None:
    """Blot out addresses, telephone numbers, sums of money, copyright lines and register numbers."""
    for hint, pattern in _NEVER:
        if hint.search(scanner.text):
            scanner.drop(pattern)
    grammar = _grammar(lang)
    scanner.drop(grammar.labels, scanner.near(_NUMBER, grammar.longest_label, 30))


def decades(scanner: Scanner, lang: str) -> None:
    """Take decades, and years in Roman numerals."""
    if scanner.spots(_DECADE_HINT):
        grammar, near = _grammar(lang), scanner.near(_DECADE_HINT, 60, 60)
        scanner.take(grammar.decade, grammar.read_decade, near)
        scanner.take(_ROMAN, lambda m: _roman(m[0]), near)


def years(scanner: Scanner, lang: str) -> None:
    """Take spans of years and years alone. To be called after all longer dates are taken."""
    near = scanner.near(_FOUR_DIGITS, 20, 64)
    if not near:
        return
    grammar = _grammar(lang)
    if grammar.linked.search(scanner.rest):
        for pattern in grammar.spans:
            scanner.take(pattern, _span, near)
    scanner.take(grammar.part, lambda m: m["y"], scanner.near(_FOUR_DIGITS, 50, 20))
    scanner.take(grammar.cued, lambda m: m["y"], near)
    scanner.take(grammar.circa, lambda m: f"{m['y']}~", near)
    scanner.drop(grammar.quantity, near, unless="cue")
    scanner.drop(grammar.counted, scanner.near(_FOUR_DIGITS, 24, 64))
    scanner.take(grammar.old, lambda m: m["y"], near)
    here = scanner.near(_FOUR_DIGITS, 1, 20)
    scanner.take(_IN_BRACKETS, lambda m: m[0], here)
    scanner.take(_BARE, lambda m: m[0], here)
    scanner.take(grammar.glued, lambda m: m[0], here)


class _Grammar:
    """The patterns of one language."""

    def __init__(self, lang: str) -> None:
        words = vocabulary(lang)
        table = words.words
        german = words.lang == "de"
        self._decades: dict[str, int] = table["decades"]
        self._owners = tuple(f"{word} " for word in table.get("possessives", ()))
        part = rf"(?:\b{starting(table['parts'])}[ -](?:{alternatives(table['part_links'])} )?)"
        units = alternatives(table["units"])
        year = rf"(?P<y>{YEAR}){_AFTER}"
        nouns = alternatives(table["year_nouns"])
        self.longest_label = max(map(len, table["labels"])) + 3
        self.labels = re.compile(rf"\b{alternatives(table['labels'])} ?[0-9][0-9A-Za-z/.:-]{{0,20}}")
        self.decade = re.compile(_german_decade(table, part) if german else _english_decade(table, part))
        until = r" bis " if german else r" to | until "
        both = (r"\b[Zz]wischen ", " und ") if german else (r"\b[Bb]etween ", " and ")
        counted = rf"(?! {units}\b)"
        # Two years with a link between them: quick, and most texts have none.
        self.linked = re.compile(rf"[0-9](?: ?{DASH}|/|{until}|{both[1]}) ?[0-9]")
        self.spans = (
            re.compile(rf"{_BEFORE}(?P<a>{YEAR})(?: ?{DASH} ?|/|{until})(?P<b>{YEAR}){_AFTER}{counted}"),
            re.compile(rf"{_BEFORE}(?P<a>{YEAR})(?P<sign>{DASH}|/)(?P<b>[0-9]{{2}}){_AFTER}{counted}"),
            re.compile(rf"{both[0]}(?P<span>(?P<a>{YEAR}){both[1]}(?P<b>{YEAR})){_AFTER}"),
        )
        # The year of a timeline's entry, glued to its first word where only the layout parted them.
        self.glued = re.compile(rf"\A(?:19|20)[0-9]{{2}}(?!{units}\b)(?=[A-ZÄÖÜ][a-zäöüß]{{1,30}}[ ,:!.-])")
        self.cued = re.compile(rf"\b(?P<span>{nouns} {year})")
        self.circa = re.compile(
            rf"\b(?P<span>{starting(table['circa'])} {year})(?! (?:\w+e )?{units}\b)(?! [0-9])"
        )
        adjective = r"(?:[a-zäöüß]{3,20}e )?" if german else r"(?:[a-z-]{3,20} )?"
        cue = alternatives(table["year_cues"])
        self.quantity = re.compile(
            rf"(?P<cue>\b{cue} )?(?<![\w.,])[12][0-9]{{3}}(?: ?{DASH} ?[0-9]{{4,6}})? {adjective}{units}\b"
        )
        quantities = starting(table["quantity"])
        streets = table.get("streets")
        house = (
            rf"|(?<![\w]){YEAR} (?:[A-Z][\w.]{{0,20}} ){{1,2}}{alternatives(streets)}\b" if streets else ""
        )
        self.counted = re.compile(rf"\b{quantities} [0-9][0-9.,]{{0,12}}(?!\w){house}")
        self.old = re.compile(rf"\b{alternatives(table['old_year_cues'])} (?P<span>(?P<y>{YEAR}){_AFTER})")
        self.part = re.compile(rf"(?P<span>{part}(?P<y>(?:19|20)[0-9]{{2}}){_AFTER})")

    def read_decade(self, match: re.Match[str]) -> str | None:
        """Return the EDTF of a decade."""
        groups = match.groupdict()
        before = match.string[max(0, match.start() - 8) : match.start()].lower()
        if groups["word"] and before.endswith(self._owners):
            return None
        if groups["full"]:
            # "the 1900s" is a decade for some and a century for others.
            century = groups.get("sign") and groups["full"] in ("1500", "1600", "1700", "1800", "1900")
            return f"{groups['full'][:2]}XX" if century else f"{groups['full'][:3]}X"
        tens = int(groups["short"]) if groups["short"] else self._decades[groups["word"].lower()]
        hundreds = int(groups["century"]) - 1 if groups.get("century") else 19
        return f"{hundreds:02d}{tens // 10}X"


def _german_decade(table: dict[str, dict[str, int]], part: str) -> str:
    words = "(?i:" + "|".join(sorted(table["decades"], key=lambda word: (-len(word), word))) + ")"
    noun = r"(?:[- ]?[Jj]ahren?\b|[- ]?[Jj]ahre\b)"
    return (
        rf"(?:{part}|(?<![\w.,/-]))(?:(?P<full>(?:1[5-9]|20)[0-9]0)er{noun}?(?!\w)|(?P<short>[1-9]0)er{noun}"
        rf"|\b(?P<word>{words})(?:{noun}))"
        r"(?: des (?P<century>1[5-9]|2[01])\. Jahrhunderts)?"
    )


def _english_decade(table: dict[str, dict[str, int]], part: str) -> str:
    words = "(?i:" + "|".join(table["decades"]) + ")"
    return (
        rf"(?:{part}|(?<![\w.,/-]))(?:(?P<full>(?:1[5-9]|20)[0-9]0)(?P<sign>['’]?s)\b"
        rf"|(?:['’‘]|(?<=the )|(?<=early )|(?<=late )|(?<=mid-)|(?<=mid ))(?P<short>[2-9]0)['’]?s\b"
        rf"|\b(?P<word>{words})\b)"
    )


@cache
def _grammar(lang: str) -> _Grammar:
    return _Grammar(lang)


def _span(match: re.Match[str]) -> str | None:
    first, second = int(match["a"]), match["b"]
    if len(second) == 4:
        last = int(second)
    else:
        last = first // 100 * 100 + int(second)
        last += 100 if last <= first and first % 100 > 90 else 0
        # 2005-10 may be a month or five years: say no more than is certain.
        if match["sign"] == "-" and 1 <= int(second) <= 12:
            return f"{first:04d}"
    if not 0 < last - first <= _LONGEST_SPAN:
        return None
    return f"{first:04d}/{last:04d}"


def _roman(text: str) -> str | None:
    values = [_ROMAN_DIGITS[letter] for letter in text]
    total = sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))
    return str(total) if 1800 <= total <= 2099 else None
