"""Annotated pages: what a careful reader wrote down from each, one JSON file a page.

The format is that of the annotators' guide: ``page``, ``lang``, ``partnerships``, ``mayors`` and ``themes``,
and ``not_partnerships`` for tempting pairs that are none. Keys that no figure rests on are not looked at.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from pipeline import edtf
from pipeline.chain import RunError
from pipeline.lexicon import LANGUAGES
from pipeline.model import Kind, Role, Status
from pipeline.schema import THEMES

E = TypeVar("E", bound=StrEnum)


class GoldError(RunError):
    """An annotation cannot be used; the message names the file, where in it, and why."""


@dataclass(frozen=True, slots=True)
class GoldPlace:
    """A place by its names; ``country`` is empty where the annotator gave none."""

    name: str
    country: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldPair:
    """A partnership. ``dates`` are all that a reader would accept as its founding date."""

    a: GoldPlace
    b: GoldPlace
    kind: Kind
    status: Status
    dates: frozenset[str]
    quote: str

    @property
    def label(self) -> str:
        """The two names."""
        return f"{self.a.name} - {self.b.name}"


@dataclass(frozen=True, slots=True)
class GoldTrap:
    """Two places that the page names together, and that are no partners."""

    a: GoldPlace
    b: GoldPlace
    why: str


@dataclass(frozen=True, slots=True)
class GoldMayor:
    """A person in an office."""

    person: str
    role: Role
    city: GoldPlace
    quote: str


@dataclass(frozen=True, slots=True)
class GoldTheme:
    """What the page's partnerships are said to be about."""

    theme: str
    quote: str


@dataclass(frozen=True, slots=True)
class GoldPage:
    """All that is annotated of one page; ``page`` is its file name, ``digest`` the annotation's SHA-256.

    ``home`` is the town whose page it is, None where the annotator named none.
    """

    page: str
    lang: str
    partnerships: tuple[GoldPair, ...]
    traps: tuple[GoldTrap, ...]
    mayors: tuple[GoldMayor, ...]
    themes: tuple[GoldTheme, ...]
    digest: str = ""
    home: GoldPlace | None = None


def read_gold(paths: Sequence[str | Path]) -> list[GoldPage]:
    """Read annotations from files, and from folders with all below them, in the order of their paths.

    Raises:
        GoldError: A path does not exist, none holds an annotation, a file is not as the guide says, or two
            annotate one page.
    """
    files: dict[Path, None] = {}
    for given in map(Path, paths):
        if not given.exists():
            raise GoldError(f"there is no such file or folder: {given}")
        files |= dict.fromkeys(sorted(given.rglob("*.json")) if given.is_dir() else [given])
    if not files:
        raise GoldError("no annotation (*.json) found in " + ", ".join(map(str, paths)))
    pages: dict[str, tuple[Path, GoldPage]] = {}
    for file in files:
        page = _File(file).page()
        if page.page in pages:
            raise GoldError(f"{pages[page.page][0]} and {file} both annotate {page.page}")
        pages[page.page] = (file, page)
    return [page for _, page in pages.values()]


class _File:
    """Reads one file, and says where it is not as it should be."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def page(self) -> GoldPage:
        try:
            raw = self._path.read_bytes()
            data = json.loads(raw.decode("utf-8"))
        except OSError as error:
            raise GoldError(f"{self._path} cannot be read: {error.strerror}") from error
        except (ValueError, RecursionError) as error:  # not UTF-8, or not JSON
            raise GoldError(f"{self._path} is not JSON: {error}") from error
        if not isinstance(data, dict):
            raise self._wrong("", "is not an object")
        name, lang = self._text(data, "page", ""), self._text(data, "lang", "")
        if lang not in LANGUAGES:
            raise self._wrong("lang", f"is {lang!r}, not one of {', '.join(LANGUAGES)}")
        return GoldPage(
            page=name.replace("\\", "/").rsplit("/", 1)[-1],
            lang=lang,
            partnerships=tuple(self._pair(*entry) for entry in self._entries(data, "partnerships")),
            traps=tuple(self._trap(*entry) for entry in self._entries(data, "not_partnerships", False)),
            mayors=tuple(self._mayor(*entry) for entry in self._entries(data, "mayors")),
            themes=tuple(self._theme(*entry) for entry in self._entries(data, "themes")),
            digest=hashlib.sha256(raw).hexdigest(),
            home=self._place(data, "home", "") if data.get("home") is not None else None,
        )

    def _pair(self, data: dict[str, Any], at: str) -> GoldPair:
        dates = [data.get("founded"), *(data.get("founded_also") or [])]
        for value in dates:
            if value is not None and not (isinstance(value, str) and self._is_date(value)):
                raise self._wrong(at, f"has {value!r}, which is no EDTF date")
        return GoldPair(
            self._place(data, "a", at),
            self._place(data, "b", at),
            self._one_of(Kind, data, "kind", at),
            self._one_of(Status, data, "status", at),
            frozenset(filter(None, dates)),
            self._text(data, "quote", at, required=False),
        )

    def _trap(self, data: dict[str, Any], at: str) -> GoldTrap:
        why = self._text(data, "why", at, required=False)
        return GoldTrap(self._place(data, "a", at), self._place(data, "b", at), why)

    def _mayor(self, data: dict[str, Any], at: str) -> GoldMayor:
        return GoldMayor(
            self._text(data, "person", at),
            self._one_of(Role, data, "role", at),
            self._place(data, "city", at),
            self._text(data, "quote", at, required=False),
        )

    def _theme(self, data: dict[str, Any], at: str) -> GoldTheme:
        theme = self._text(data, "theme", at)
        if theme not in THEMES:
            raise self._wrong(f"{at}.theme", f"is {theme!r}, not one of {', '.join(THEMES)}")
        return GoldTheme(theme, self._text(data, "quote", at, required=False))

    def _place(self, data: dict[str, Any], key: str, at: str) -> GoldPlace:
        place = data.get(key)
        if not isinstance(place, dict):
            raise self._wrong(f"{at}.{key}".lstrip("."), "is not a place")
        aliases = place.get("aliases") or []
        if not (isinstance(aliases, list) and all(isinstance(alias, str) for alias in aliases)):
            raise self._wrong(f"{at}.{key}.aliases", "is not a list of names")
        country = self._text(place, "country", f"{at}.{key}", required=False)
        return GoldPlace(self._text(place, "name", f"{at}.{key}"), country, tuple(aliases))

    def _entries(
        self, data: dict[str, Any], key: str, required: bool = True
    ) -> list[tuple[dict[str, Any], str]]:
        found = data.get(key, None if required else [])
        if not (isinstance(found, list) and all(isinstance(entry, dict) for entry in found)):
            raise self._wrong(key, "is not a list of objects")
        return [(entry, f"{key}[{number}]") for number, entry in enumerate(found)]

    def _text(self, data: dict[str, Any], key: str, at: str, required: bool = True) -> str:
        found = data.get(key)
        where = f"{at}.{key}" if at else key
        if found is None and not required:
            return ""
        if not isinstance(found, str) or (required and not found.strip()):
            raise self._wrong(where, "is missing" if found is None else "is not a text")
        return found

    def _one_of(self, values: type[E], data: dict[str, Any], key: str, at: str) -> E:
        found = self._text(data, key, at)
        try:
            return values(found)
        except ValueError:
            raise self._wrong(f"{at}.{key}", f"is {found!r}, not one of {', '.join(values)}") from None

    @staticmethod
    def _is_date(value: str) -> bool:
        try:
            edtf.bounds(value)
        except ValueError:
            return False
        return True

    def _wrong(self, where: str, cause: str) -> GoldError:
        return GoldError(f"{self._path}: {where + ' ' if where else ''}{cause}")
