"""The packed model: half-precision weights in one small file, unpacked onto a blank pipeline of spaCy.

A file is a msgpack map with ``meta`` (how it was made), ``config`` (of the component) and ``ner`` (the
component's bytes, its numbers as float16), its even bytes first, then the odd ones, which compresses better
(zlib: xz saves little more and takes long to unpack). The same training gives the same bytes.
"""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.pipeline import EntityRecognizer

NAME = "twintown-ner"
WEIGHTS = Path(__file__).with_name("weights.bin")
_FORMAT = 1


class PackedModelError(OSError):
    """The packed model is missing, damaged or of another version."""


def load(lang: str, path: Path = WEIGHTS) -> Language:
    """Return a pipeline of one component, ``ner``, with the tokenizer of a language.

    Args:
        lang: ``de`` or ``en``; the same weights serve both.
        path: A file that ``pack`` wrote.

    Raises:
        PackedModelError: The file cannot be read.
    """
    import spacy
    import srsly

    from pipeline.recognise.ner import features

    features.register()
    data = _read(path)
    try:
        nlp = spacy.blank(lang)
        ner: Any = nlp.add_pipe("ner", config=data["config"])
        state = srsly.msgpack_loads(data["ner"])
        state["model"] = _recast(state["model"], "float32")
        ner.from_bytes(srsly.msgpack_dumps(state), exclude=["vocab"])
    except (KeyError, ValueError, TypeError) as error:
        raise PackedModelError(f"the model {path.name} is damaged or of another version") from error
    nlp.meta.update(name=NAME, version=str(data["meta"]["version"]), description=data["meta"]["description"])
    return nlp


def meta(path: Path = WEIGHTS) -> dict[str, Any]:
    """Return what the file says of its making: version, seed, settings, data with SHA-256, figures.

    Raises:
        PackedModelError: The file cannot be read.
    """
    return dict(_read(path)["meta"])


def pack(ner: EntityRecognizer, config: dict[str, Any], meta: dict[str, Any], path: Path) -> int:
    """Write a trained component; returns the size of the file in bytes.

    Args:
        ner: The component, with the weights to keep.
        config: What ``add_pipe`` needs to build it.
        meta: ``version``, ``description`` and whatever else is to be known of it.
        path: The file.
    """
    import srsly

    state = srsly.msgpack_loads(ner.to_bytes(exclude=["vocab"]))
    state["model"] = _recast(state["model"], "float16")
    data = {"format": _FORMAT, "meta": meta, "config": config, "ner": srsly.msgpack_dumps(state)}
    raw = srsly.msgpack_dumps(data)
    return path.write_bytes(zlib.compress(raw[::2] + raw[1::2], 9))


def _recast(model: bytes, kind: str) -> bytes:
    """Return a thinc model's bytes with its floating-point numbers in another precision."""
    import srsly

    state = srsly.msgpack_loads(model)
    for layer in state["params"]:
        for name, value in layer.items():
            if getattr(value, "dtype", None) is not None and value.dtype.kind == "f":
                layer[name] = value.astype(kind)
    recast: bytes = srsly.msgpack_dumps(state)
    return recast


def _read(path: Path) -> dict[str, Any]:
    import srsly

    try:
        planes = zlib.decompress(path.read_bytes())
        raw = bytearray(len(planes))
        half = (len(planes) + 1) // 2
        raw[::2], raw[1::2] = planes[:half], planes[half:]
        data: dict[str, Any] = srsly.msgpack_loads(bytes(raw))
    except (OSError, zlib.error, ValueError) as error:
        raise PackedModelError(f"the model {path.name} cannot be read") from error
    if not isinstance(data, dict) or data.get("format") != _FORMAT:
        raise PackedModelError(f"the model {path.name} is damaged or of another version")
    return data
