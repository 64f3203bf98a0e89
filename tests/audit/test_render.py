"""The page around the data: scripts put together, libraries as they came, a policy that fits them."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import tarfile
import tomllib
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pipeline.audit.bundle import BundleError, bundle
from pipeline.audit.libraries import FOLDER, manifest
from pipeline.audit.render import PAGE, render
from tests.conftest import ROOT


class Elements(HTMLParser):
    """The scripts and styles of a page, and everything that would load something."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.code: dict[str, list[str]] = {"script": [], "style": []}
        self.policy, self.loads, self._open = "", [], ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag in self.code:
            self._open = tag if found.get("type") != "application/json" else ""
            self.code[tag] += [""] if self._open else []
        if found.get("http-equiv") == "Content-Security-Policy":
            self.policy = found["content"] or ""
        self.loads += [found[name] for name in ("src", "srcset", "data", "action") if name in found]
        if tag == "link":
            self.loads.append(found.get("href"))

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open:
            self.code[self._open][-1] += data


@pytest.fixture(scope="module")
def page() -> str:
    return render('{"a":1}', '["b"]')


def sha(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def test_policy_allows_this_code_and_nothing_else(page: str) -> None:
    found = Elements(page)
    allowed = dict(part.split(" ", 1) for part in found.policy.split("; "))
    assert allowed["default-src"] == "'none'"
    assert allowed["script-src"].split() == [sha(code) for code in found.code["script"]]
    assert allowed["style-src"].split() == [sha(code) for code in found.code["style"]]
    assert "unsafe" not in found.policy
    assert allowed["require-trusted-types-for"] == "'script'"


def test_page_loads_nothing(page: str) -> None:
    assert Elements(page).loads == []
    assert "@import" not in page
    assert "url(" not in "".join(Elements(page).code["style"])


def test_page_is_the_same_every_time(page: str) -> None:
    assert render('{"a":1}', '["b"]') == page


def test_data_is_put_in_as_it_is() -> None:
    slots = '{"of":"{{data}} {{script}} \\\\1 \\\\g<0> $&"}'
    assert slots in render(slots, "[]")


def test_our_scripts_make_no_markup_from_text() -> None:
    code = "".join(path.read_text("utf-8") for path in PAGE.glob("*.js"))
    for name in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function("):
        assert name not in code


def write_modules(folder: Path, **sources: str) -> Path:
    for name, source in sources.items():
        (folder / f"{name}.js").write_text(source, encoding="utf-8")
    return folder


def test_modules_come_after_what_they_import_and_keep_their_names(tmp_path: Path) -> None:
    folder = write_modules(
        tmp_path,
        main='import { two } from "./b.js";\nimport { one } from "./a.js";\nconst name = two + one;\n',
        b='import { one } from "./a.js";\nconst name = 1;\nexport const two = one + name;\n',
        a="const name = 0;\nexport function one() {}\n",
    )
    code = bundle(folder, "main")
    assert [code.index(f"const module_{name}") for name in "ab"] + [
        code.index("const module_main")
    ] == sorted(code.index(f"const module_{name}") for name in ("a", "b", "main"))
    assert "return { one };" in code
    assert "import" not in code
    assert "export" not in code


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        (
            {"main": 'import { a } from "./a.js";\n', "a": 'import { b } from "./main.js";\n'},
            "main > a > main",
        ),
        ({"main": 'import * as a from "./a.js";\n'}, "main.js: cannot put this together: import"),
        ({"main": "export default 1;\n"}, "main.js: cannot put this together: export"),
        ({"main": "export let count = 1;\n"}, "main.js: cannot put this together: export"),
    ],
)
def test_modules_that_cannot_be_put_together(tmp_path: Path, sources: dict[str, str], said: str) -> None:
    with pytest.raises(BundleError, match=re.escape(said)):
        bundle(write_modules(tmp_path, **sources), "main")


def test_libraries_are_what_the_manifest_says() -> None:
    entries = manifest()
    for library in entries:
        for name, known in ((library.file, library.sha256), (library.licence_file, library.licence_sha256)):
            assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == known, name
    named = {name for library in entries for name in (library.file, library.licence_file)}
    assert named | {"manifest.toml"} == {path.name for path in FOLDER.iterdir()}


def packed(folder: Path, files: dict[str, bytes]) -> Path:
    """Return a package as npm packs one."""
    target = folder / "package.tgz"
    with tarfile.open(target, "w:gz") as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(f"package/{name}")
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return target


def test_libraries_are_fetched_and_what_changed_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.audit import fetch

    def entry(name: str) -> str:
        return (
            f'[[library]]\nname = "{name}"\nversion = "1"\nlicence = "ISC"\nuse = ""\nmember = "{name}.js"\n'
            f'file = "{name}.js"\nsha256 = "old"\nlicence_file = "{name}.txt"\nlicence_sha256 = "old"\n'
        )

    (tmp_path / "manifest.toml").write_text(entry("a") + entry("b"))
    package = packed(tmp_path, {"a.js": b"a", "b.js": b"b", "LICENSE": b"ISC"})
    monkeypatch.setattr(fetch, "_pack", lambda library, work: package)
    assert fetch.fetch(tmp_path) == ["a.js", "a.txt", "b.js", "b.txt"]
    assert not (tmp_path / "a.js").exists()
    assert fetch.fetch(tmp_path, renew=True) == ["a.js", "a.txt", "b.js", "b.txt"]
    assert fetch.fetch(tmp_path) == []
    assert (tmp_path / "b.js").read_bytes() == b"b"
    assert [library.sha256 for library in manifest(tmp_path)] == [
        hashlib.sha256(data).hexdigest() for data in (b"a", b"b")
    ]


def test_credits_and_page_name_every_library(page: str) -> None:
    credits = " ".join((ROOT / "CREDITS.md").read_text("utf-8").split())
    for library in manifest():
        assert f"{library.name} {library.version}" in page
        assert f"{library.name} {library.version}" in credits


def test_page_files_are_packaged() -> None:
    patterns = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"][
        "package-data"
    ]["*"]
    for path in [*PAGE.iterdir(), *FOLDER.iterdir()]:
        assert any(path.match(pattern) for pattern in patterns), path.name
