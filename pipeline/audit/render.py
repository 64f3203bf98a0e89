"""The page itself: a skeleton, a style, scripts, and the data, under a policy that lets nothing else run."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from pathlib import Path

from pipeline.audit.bundle import bundle
from pipeline.audit.libraries import manifest

PAGE = Path(__file__).parent / "page"
_SLOT = re.compile(r"\{\{(\w+)\}\}")
_ENDS = re.compile(r"</(?:script|style)|<!--", re.IGNORECASE)


def render(data: str, texts: str) -> str:
    """Return the page.

    Args:
        data: The tables as JSON, safe inside a script element.
        texts: The texts as JSON, likewise.
    """
    libraries = manifest()
    scripts = [library for library in libraries if library.file.endswith(".js")]
    vendor = "\n".join(
        f"/* {library.name} {library.version}, {library.licence} */\n{library.text().strip()}"
        for library in scripts
    )
    world = next(library for library in libraries if library.file.endswith(".json"))
    code = {
        "style": _closed("\n".join(_text(path) for path in sorted(PAGE.glob("*.css")))),
        "vendor": _closed(f"\n{vendor}\n"),
        "script": _closed(f"\n{bundle(PAGE, 'main')}"),
    }
    slots = code | {
        "policy": _policy(code["style"], [code["vendor"], code["script"]]),
        "licences": "\n\n".join(_licences()),
        "world": _closed(world.text().strip()),
        "data": data,
        "texts": texts,
    }
    return _SLOT.sub(lambda slot: slots[slot[1]], _text(PAGE / "page.html"))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _closed(code: str) -> str:
    # Our own and the libraries' code is trusted, but it must not end its element by accident.
    if found := _ENDS.search(code):
        raise ValueError(f"code that would end its element: {found[0]}")
    return code


def _policy(style: str, scripts: list[str]) -> str:
    """Return a policy by which the page loads nothing and runs and styles with this code alone.

    Trusted types keep our own scripts, too, from turning text into markup.
    """
    return "; ".join(
        [
            "default-src 'none'",
            "script-src " + " ".join(_hash(script) for script in scripts),
            f"style-src {_hash(style)}",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        ]
    )


def _hash(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode('utf-8')).digest()).decode('ascii')}'"


def _licences() -> list[str]:
    """Return each licence text with the libraries under it."""
    found: dict[str, list[str]] = {}
    for library in manifest():
        text = (PAGE.parent / "vendor" / library.licence_file).read_text(encoding="utf-8").strip()
        found.setdefault(text, []).append(f"{library.name} {library.version}")
    return [html.escape(f"{', '.join(names)}\n\n{text}") for text, names in found.items()]
