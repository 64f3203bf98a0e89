"""Vocabulary as data: one folder a language, one TOML file a subject, loaded once."""

from __future__ import annotations

import tomllib
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
    return tomllib.loads(files(__name__).joinpath(lang, f"{name}.toml").read_text(encoding="utf-8"))
