"""One page for people who check facts: the tables of an output folder, every quote in its place.

The page is one HTML file that loads nothing: the tables and texts as JSON, our scripts (``page/``) and the
libraries they draw with (``vendor/``). It reads outputs alone, no stage, so that it can be made of tables
that were written years ago.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.audit.embed import as_json
from pipeline.audit.load import AuditError, Outputs, load
from pipeline.audit.render import render

__all__ = ["AuditError", "Outputs", "load", "page"]


def page(out: Path) -> str:
    """Return the audit page of an output folder.

    The same tables give the same page, wherever the folder lies.

    Raises:
        AuditError: The folder holds no outputs, or they cannot be read; the message names the file.
    """
    return render(*as_json(load(out)))
