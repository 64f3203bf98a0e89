"""Whatever a page, a file name or a correction holds, no command sends a terminal anything that it obeys."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from tests.conftest import Twintown
from tests.hostile.generate import TERMINAL

ATTACKS = {
    "colour": "\x1b[31mred\x1b[0m",
    "clear and home": "\x1b[2J\x1b[H",
    "title": "\x1b]0;owned\x07",
    "link": "\x1b]8;;http://example.invalid\x1b\\here\x1b]8;;\x1b\\",
    "clipboard": "\x1b]52;c;cm0gLXJmIC8=\x07",
    "answer back": "\x1b[6n\x1b[c\x05",
    "device control": "\x1bP$q\"p\x1b\\",
    "reset": "\x1bc",
    "C1 control sequence": "\x9b31m\x9b2J",
    "C1 system command": "\x9d8;;http://example.invalid\x9clink\x9d8;;\x9c",
    "C1 next line": "one\x85two",
    "back and over": "good\x08\x08\x08\x08evil\r",
    "bell and delete": "\x07\x7f",
    "override": "\u202eegnarts\u202c",
    "isolate": "\u2066a\u2067b\u2068c\u2069",
    "marks": "a\u200eb\u200fc\u061cd",
    "tags": "a\U000e0041\U000e007f",
    "separators": "a\u2028b\u2029c",
    "byte order": "a\ufeffb",
    "everything": TERMINAL,
}  # fmt: skip
PAGE = """<html lang="de"><head><meta charset="utf-8">
<title>Partnerstädte der Stadt Görlitz {attack}</title></head>
<body><main><h1>Partnerstädte der Stadt Görlitz {attack}</h1>
<p>Görlitz unterhält eine Städtepartnerschaft mit Molfetta {attack} in Italien, und mit
Bad {attack} Namenlos seit 1971 {attack}.</p>
<p>Oberbürgermeister Jan {attack} Muster {attack}</p></main></body></html>
"""
HEAD = "fact_type,fact_key,field,action,value,reviewer,date,reason\n"


def obeyed(text: str) -> set[str]:
    """Return what a terminal would not show but obey: control and format characters, separators of lines."""
    bad = {char for char in text if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
    return {f"U+{ord(char):04X}" for char in bad - {"\n"}}


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """Pages with every attack in title and text, as raw characters and as references, and in their names."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for number, attack in enumerate(ATTACKS.values()):
        spelled = "".join(f"&#{ord(char)};" for char in attack)
        name = attack.replace("/", "").replace("\x00", "")[:40]
        for form, text in (("raw", attack), ("spelled", spelled)):
            page = folder / f"{number}-{form}-{name}.html"
            page.write_text(PAGE.format(attack=text), encoding="utf-8")
    (folder / "empty\x1b[31m.html").write_bytes(b"")
    return folder


@pytest.mark.parametrize(
    "command",
    [
        *(["read"], ["read", "--json"], ["clean"], ["clean", "--json"], ["extract"], ["normalise"]),
        *(["recognise"], ["explain"], ["explain", "--json"]),
    ],
    ids=" ".join,
)
def test_stages(twintown: Twintown, hostile: Path, command: list[str]) -> None:
    result = twintown(*command, hostile)
    assert result.code == 1
    assert "Molfetta" in result.out
    assert obeyed(result.out) == set()
    assert obeyed(result.err) == set()


def test_run_with_corrections(twintown: Twintown, hostile: Path, tmp_path: Path) -> None:
    stale = "".join(
        f'theme,"t-{attack}",,reject,,Ada,2026-02-28,"{attack}"\n'
        for attack in ("\u202eegnarts\u202c", "\u2066a\u2069", "a\u2028b", "\U000e0041")
    )
    file = hostile / "corrections.csv"
    file.write_text(HEAD + stale, encoding="utf-8")
    result = twintown("run", "-v", hostile, "--out", tmp_path / "out\x1b]0;t\x07")
    assert result.code == 1
    assert result.err.count("stale: ") == 4
    assert obeyed(result.out + result.err) == set()
    result = twintown("correct", file)
    assert result.code == 0
    assert obeyed(result.out + result.err) == set()


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_complaints(twintown: Twintown, tmp_path: Path, attack: str) -> None:
    file = tmp_path / "corrections.csv"
    for row in (f"{attack},t-1,,accept", f"mayor,{attack},{attack},edit,{attack}", f'"{attack}'):
        file.write_bytes(f"{HEAD}{row}\n".encode())
        for result in (twintown("correct", file), twintown("correct", tmp_path / "new.csv", "--add", row)):
            assert result.code == 2
            assert obeyed(result.out + result.err) == set()
    for arguments in (
        ["run", attack],
        ["run", f"--{attack}"],
        [attack],
        ["run", "x", "--workers", attack],
        ["run", tmp_path, "--model-de", attack],
        ["run", tmp_path, "--corrections", attack],
    ):
        result = twintown(*arguments)
        assert result.code == 2
        assert obeyed(result.out + result.err) == set()


def test_what_an_exception_quotes(twintown: Twintown, hostile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pipeline.clean

    def broken(page):
        raise ValueError(page.text)

    monkeypatch.setattr(pipeline.clean, "clean", broken)
    result = twintown("clean", "-v", hostile)
    assert "ValueError" in result.err
    assert obeyed(result.out + result.err) == set()
