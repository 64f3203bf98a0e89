"""Writes town pages: sentences, lists, headlines, captions and minutes with the spans of their names.

``python -m training.town_pages de 20`` shows some.
"""

from __future__ import annotations

import random
import re
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.gazetteer import country_name
from training.augment import Names

HERE = Path(__file__).parent
_SLOT = re.compile(r"\{([a-z]+)(\d?)\}")
# Slots whose text is a name; the rest (dates, offices, themes, adjectives) is none.
LABELS = {
    "per": "PER", "pers": "PER", "sur": "PER", "surs": "PER",
    "home": "LOC", "homes": "LOC", "town": "LOC", "towns": "LOC", "country": "LOC", "incountry": "LOC",
    "region": "LOC", "river": "LOC", "street": "LOC",
    "org": "ORG", "school": "ORG", "party": "ORG", "club": "ORG", "paper": "ORG",
    "event": "MISC",
}  # fmt: skip
# Countries that take an article in German: "in der Türkei".
_ARTICLES = {
    "TR": "der", "UA": "der", "CH": "der", "SK": "der", "MN": "der", "US": "den", "NL": "den", "GB": "dem",
}  # fmt: skip
_GERMAN_ABROAD = {"GB": "Vereinigten Königreich"}
_BULLETS = ("- ", "• ", "* ", "– ", "1. ", "» ")
_ENDS = ("", ".", " …", ":", "!", " >", " (PDF)", " mehr", " »")
_FORMS = ("{t} ({c})", "{t}, {c}", "{t}", "{c}: {t}", "{t} – {c}", "{t} ({y})", "{t} / {c} {y}")

Text = tuple[str, list[tuple[int, int, str]]]


class Writer:
    """Writes texts of a language; the same seed gives the same ones."""

    def __init__(self, lang: str, seed: int) -> None:
        """Read the templates and words of a language."""
        self.lang = lang
        self.chance = random.Random(seed)
        self.names = Names(self.chance)
        self._templates = _templates(lang)
        self._words = _words(lang)

    def block(self) -> Text:
        """Return a text of one to four templates and its spans (start, end, label)."""
        kind = self.chance.random()
        if kind < 0.08:
            return self._town_list()
        if kind < 0.13:
            return self._row()
        text, spans = "", []
        for _ in range(self.chance.choice((1, 1, 1, 2, 2, 3, 4))):
            line, found = self._line()
            if text:
                text += self.chance.choice((" ", " ", " ", "\n"))
            spans += [(start + len(text), end + len(text), label) for start, end, label in found]
            text += line
        if self.chance.random() < 0.04:
            text = text if len(text.upper()) != len(text) else text.upper()
        return text, spans

    def _line(self) -> Text:
        text, spans = self._fill(self.chance.choice(self._templates))
        odd = self.chance.random()
        if odd < 0.08:
            mark = self.chance.choice(_BULLETS)
            return mark + text, [(s + len(mark), e + len(mark), x) for s, e, x in spans]
        if odd < 0.14 and not text.endswith("."):
            text += self.chance.choice(_ENDS)
        return text, spans

    def _fill(self, template: str) -> Text:
        text, spans, at = "", [], 0
        filled: dict[str, tuple[str, str]] = {}
        for slot in _SLOT.finditer(template):
            text += template[at : slot.start()]
            at = slot.end()
            kind = slot.group(1)
            if slot.group() not in filled:
                filled[slot.group()] = self._value(kind)
            before, value = filled[slot.group()]
            text += before
            if kind in LABELS:
                end = len(text) + len(value)
                if self.lang == "en" and value.endswith(("'s", "’s")):
                    end -= 2
                spans.append((len(text), end, LABELS[kind]))
            text += value
        return text + template[at:], spans

    def _value(self, kind: str) -> tuple[str, str]:
        """Return what stands before a value, and the value."""
        chance = self.chance
        if kind in ("per", "pers", "sur", "surs"):
            given, surname = self.names.person()
            name = " ".join(surname if kind.startswith("sur") else [*given, *surname])
            return "", self._possessive(name) if kind.endswith("s") else name
        if kind in ("home", "town", "homes", "towns"):
            name = self._town()
            return "", self._possessive(name) if kind.endswith("s") else name
        if kind in ("country", "incountry"):
            return self._country(kind)
        if kind == "adj":
            stem = self._town().split(" ")[0]
            return "", f"{stem}er" if not stem.endswith("e") else f"{stem}r"
        if kind == "n":
            return "", str(chance.randint(1, 120))
        if kind == "year":
            return "", str(chance.randint(1947, 2026))
        if kind == "plz":
            return "", f"{chance.randint(1067, 99998):05d}"
        if kind == "phone":
            return "", f"0{chance.randint(20, 999)} {chance.randint(100, 99999)}-{chance.randint(0, 99)}"
        if kind == "date":
            return "", self._date()
        return "", chance.choice(self._words[kind])

    def _possessive(self, name: str) -> str:
        if self.lang == "en":
            return name + self.chance.choice(("'s", "’s"))
        return name + ("’" if name[-1] in "sxzß" else "s")

    def _town(self) -> str:
        return self.names.town(self.lang)[0]

    def _country(self, kind: str) -> tuple[str, str]:
        code = self.names.town(self.lang)[1]
        name = country_name(code, self.lang)
        if self.lang == "de" and kind == "incountry" and code in _ARTICLES:
            return f"{_ARTICLES[code]} ", _GERMAN_ABROAD.get(code, name)
        return "", name

    def _date(self) -> str:
        chance = self.chance
        day, month, year = chance.randint(1, 28), chance.randint(1, 12), chance.randint(1947, 2026)
        name = self._words["month"][month - 1]
        if self.lang == "de":
            return chance.choice((f"{day}. {name} {year}", f"{day:02d}.{month:02d}.{year}", f"{day}. {name}"))
        return chance.choice(
            (
                f"{day} {name} {year}",
                f"{name} {day}, {year}",
                f"{day:02d}/{month:02d}/{year}",
                f"{day} {name}",
            )
        )

    def _town_list(self) -> Text:
        """Return a line of towns with their countries, in one of the ways that pages have."""
        chance = self.chance
        form = chance.choice(_FORMS)
        between = chance.choice((", ", "; ", " | ", " · ", "\n", " – "))
        text, spans = "", []
        for _ in range(chance.randint(2, 9)):
            town, code = self.names.town(self.lang)
            values = {"t": town, "c": country_name(code, self.lang), "y": str(chance.randint(1947, 2026))}
            text += between if text else ""
            for piece in re.split(r"(\{.\})", form):
                value = values[piece[1]] if piece.startswith("{") else piece
                if piece in ("{t}", "{c}"):
                    spans.append((len(text), len(text) + len(value), "LOC"))
                text += value
        return text, spans

    def _row(self) -> Text:
        """Return a row of a table, its cells apart as the cleaner leaves them."""
        text, spans = "", []
        for kind in self.chance.sample(("town", "country", "year", "per", "theme", "date", "region"), 4):
            before, value = self._value(kind)
            text += ("\t" if text else "") + before
            if kind in LABELS:
                spans.append((len(text), len(text) + len(value), LABELS[kind]))
            text += value
        return text, spans


@cache
def _templates(lang: str) -> list[str]:
    lines = (HERE / f"templates_{lang}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@cache
def _words(lang: str) -> dict[str, list[str]]:
    data: dict[str, Any] = tomllib.loads((HERE / "words.toml").read_text(encoding="utf-8"))
    return {slot: words.split("|") for slot, words in data[lang].items()}


if __name__ == "__main__":
    writer = Writer(sys.argv[1], 1)
    for _ in range(int(sys.argv[2])):
        words, names = writer.block()
        print(words, [(words[start:end], label) for start, end, label in names], sep="\n  ")
