"""The page's scripts as one: ES modules in, one module out.

A page in a single file cannot import from files beside it. Each module becomes a function of its own, called
once, that returns what the module exports.
"""

from __future__ import annotations

import re
from pathlib import Path

_IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./([a-z_]+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class) (\w+))", re.MULTILINE)
_STRAY = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


class BundleError(ValueError):
    """The modules cannot be put together: a mistake in them, not in the outputs."""


def bundle(folder: Path, entry: str) -> str:
    """Return the modules that ``entry`` needs, and itself, each after those that it imports from.

    Args:
        folder: Where the modules are.
        entry: Name of a module, without ``.js``.

    Raises:
        BundleError: They import in a circle, or use a form of import or export that is not known here.
    """
    order: list[str] = []
    _visit(folder, entry, (), order)
    return "\n".join(_scoped(name, _source(folder, name)) for name in order)


def _visit(folder: Path, name: str, above: tuple[str, ...], order: list[str]) -> None:
    if name in above:
        raise BundleError(f"modules import in a circle: {' > '.join([*above, name])}")
    if name in order:
        return
    for _, needed in _IMPORT.findall(_source(folder, name)):
        _visit(folder, needed, (*above, name), order)
    order.append(name)


def _scoped(name: str, source: str) -> str:
    exported = _EXPORT.findall(source)
    code = _EXPORT.sub("", _IMPORT.sub(r"const \1 = module_\2;\n", source))
    if stray := _STRAY.search(code):
        raise BundleError(f"{name}.js: cannot put this together: {stray[0]}")
    return f"const module_{name} = (() => {{\n{code}return {{ {', '.join(exported)} }};\n}})();\n"


def _source(folder: Path, name: str) -> str:
    return (folder / f"{name}.js").read_text(encoding="utf-8")
