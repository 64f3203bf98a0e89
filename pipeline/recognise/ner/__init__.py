"""Our own named-entity model of German and English: what it sees, and its packed weights.

``training/MODEL_CARD.md`` says how it was trained and how good it is.
"""

from __future__ import annotations

from pipeline.recognise.ner.packed import NAME, WEIGHTS, PackedModelError, load, meta, pack

__all__ = ["NAME", "WEIGHTS", "PackedModelError", "load", "meta", "pack"]
