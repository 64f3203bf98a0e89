"""Vocabulary as data: one folder a language, one TOML file a subject, loaded once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("de", "en")


@cache
def load(lang: str, name: str) -> dict[str, Any]:
    """Return the lexicon file ``lexicon/<lang>/<name>.toml`` as a dictionary.

    Args:
        lang: ``de`` or ``en``.
        name: File name without its ending.

    Raises:
        FileNotFoundError: There is no such file.
        tomllib.TOMLDecodeError: The file is not TOML.
    """
    read = tomllib.loads(files(__name__).joinpath(lang, f"{name}.toml").read_text(encoding="utf-8"))
    if lang != "de" or name == "dates":  # which counts by the order of its words
        return read
    return {key: _also_swiss(entry) for key, entry in read.items()}


_CLASS = re.compile(r"\[[^\]]*\]")


def _also_swiss(entry: Any) -> Any:
    """Return an entry whose lists hold each word, or pattern, with ß once more as Swiss texts spell it."""
    if isinstance(entry, dict):
        return {key: _also_swiss(value) for key, value in entry.items()}
    if not isinstance(entry, list) or not all(isinstance(word, str) for word in entry):
        return entry
    swiss = [word.replace("ß", "ss") for word in entry if "ß" in _CLASS.sub("", word)]
    return [*entry, *(word for word in swiss if word not in entry)]


@cache
def all_words(name: str, key: str) -> frozenset[str]:
    """Return the words of one list, the languages together."""
    return frozenset(word for lang in LANGUAGES for word in load(lang, name)[key])


def any_of(name: str, key: str) -> str:
    """Return a group for any word of one list, the languages together."""
    return f"(?:{one_of(all_words(name, key))})"


def opening_with(words: Iterable[str]) -> str:
    """Return a group for any of the words where no letter or digit stands before it.

    It begins with the first letters, which the engine looks for several times as fast as for a place
    where no letter stands before.
    """
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    spelled = (re.escape(word[0]) + r"(?<![^\W_].)" + re.escape(word[1:]) for word in ordered)
    return f"(?:{'|'.join(spelled)})"


def one_of(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, the longest first; it wants a group around it."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))
