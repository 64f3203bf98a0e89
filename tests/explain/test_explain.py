"""The command ``twintown explain``: what became of each sentence, and why not more."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.chain import Chain, Stage
from pipeline.extract import extract
from pipeline.extract.trace import Note
from pipeline.model import Mentions, Page
from pipeline.read import read_bytes
from tests.conftest import ROOT, Twintown
from tests.test_cli_stages import HOSTILE


def page(folder: Path, body: str, lang: str = "de", title: str = "Stadt Göttingen") -> Path:
    path = folder / "page.html"
    html = f"<html lang={lang}><title>{title}</title><body><main><h1>{title}</h1>{body}</main></body></html>"
    path.write_text(html, encoding="utf-8")
    return path


def reasons(twintown: Twintown, path: Path, *more: str) -> list[str]:
    result = twintown("explain", path, *more)
    assert result.code == 0, result.err
    return [line.strip()[2:] for line in result.out.splitlines() if line.startswith("       - ")]


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        (
            "Göttingen ist nicht mit Pau verschwistert.",
            "no partnership: Göttingen - Pau is denied by “nicht mit Pau verschwistert”",
        ),
        (
            "Göttingen wünscht sich eine Städtepartnerschaft mit Pau.",
            "no partnership: Göttingen - Pau is only wished for by “wünscht”",
        ),
        (
            "Die Schule in Göttingen pflegt eine Partnerschaft mit Pau.",
            "no partnership: Göttingen - Pau: the partnership is somebody else's, by "
            "“Schule in Göttingen pflegt eine Partnerschaft”",
        ),
        ("Ist Göttingen mit Pau verschwistert?", "no partnership: it asks"),
        (
            "Die Gäste trafen sich in Pau.",
            "no partnership: no word for one; “Pau” is where something happens",
        ),
        ("Pau war ein Ziel.", "no partnership: no word for one"),
        ("Wir pflegen unsere Städtepartnerschaft.", "no partnership: “Städtepartnerschaft”, but no place"),
        (
            "Göttingen pflegt die Städtepartnerschaft.",
            "no partnership: “Städtepartnerschaft”, but no place besides the home",
        ),
        (
            "Vor Pau liegt die Städtepartnerschaft.",
            "no partnership: “Städtepartnerschaft” and “Pau”, but no pattern ties one to the other; "
            "“Pau” is where something happens",
        ),
        ("Der Bürgermeister kam später.", "no mayor: “Bürgermeister”, but no person tied to it"),
        (
            "Göttingen ist mit Pau verschwistert, das 1999 ein Museum eröffnete.",
            "no founding date “1999”: it is of something else",
        ),
    ],
)
def test_what_a_sentence_lacks(twintown: Twintown, tmp_path: Path, sentence: str, reason: str) -> None:
    assert reason in reasons(twintown, page(tmp_path, f"<p>{sentence}</p>"))


def test_layout(twintown: Twintown, tmp_path: Path) -> None:
    listed = page(tmp_path, "<h2>Anreise</h2><ul><li>Pau (Frankreich)</li><li>Mit dem Rad.</li></ul>")
    assert reasons(twintown, listed) == [
        "no partnership: Göttingen - Pau: no heading announces partners, and the passage does not speak of "
        "one"
    ]
    table = page(
        tmp_path, "<table><tr><th>Ort<th>Zug</tr><tr><td>Pau<td>4 h</tr><tr><td>Lyon<td>3 h</tr></table>"
    )
    assert set(reasons(twintown, table)) == {
        "no partnership: nothing in the table or above it speaks of partners"
    }
    heading = page(tmp_path, "<h2>Unsere Partnerstädte</h2><p>Hier.</p>")
    assert reasons(twintown, heading) == ["no partnership: it announces partners, which may follow"]


def test_english(twintown: Twintown, tmp_path: Path) -> None:
    path = page(tmp_path, "<p>Leeds is not twinned with Lyon.</p>", "en", "Leeds City Council")
    assert reasons(twintown, path) == ["no partnership: Leeds - Lyon is denied by “is not”"]


def test_facts_stand_by_their_sentences(twintown: Twintown, pages: Path) -> None:
    result = twintown("explain", pages / "goettingen.html")
    sentence = result.out.split("Göttingen pflegt Städtepartnerschaften")[1].split("paragraph")[0]
    assert "Städtepartnerschaften  →  trigger twin relation" in sentence
    assert "= twin, active: Göttingen [DE]" in sentence
    assert "[partnership:with]" in sentence
    assert "more of that name" in sentence  # Cheltenham
    assert "- no partnership" not in sentence


def test_what_others_state_is_not_asked_for(twintown: Twintown, tmp_path: Path) -> None:
    body = "<p>Göttingen ist mit Pau verschwistert.</p><p>Pau ist schön.</p>"
    assert reasons(twintown, page(tmp_path, body), "--match", "schön") == []


def test_match_keeps_to_sentences_and_parts_with_the_words(twintown: Twintown, tmp_path: Path) -> None:
    menu = "Rathaus " * 60 + "Bürgerbüro Weende"
    path = tmp_path / "page.html"
    path.write_text(
        f"<html lang=de><body><nav>{menu}</nav><main><h1>Göttingen</h1><p>Eins. Zwei\nDrei.</p></main>",
        encoding="utf-8",
    )
    found = twintown("explain", path, "--match", "zwei  drei").out
    assert "Zwei Drei." in found
    assert "Eins" not in found
    lost = twintown("explain", path, "--match", "bürgerbüro").out
    assert "does not stand in a sentence of the cleaned text" in lost
    assert "navigation" in lost
    assert "Bürgerbüro Weende" in lost


def test_json(twintown: Twintown, pages: Path) -> None:
    (pages / "empty.html").write_bytes(b"")
    result = twintown("explain", "--json", pages)
    assert result.code == 1
    records = [json.loads(line) for line in result.out.splitlines()]
    assert [set(record) >= {"steps", "dropped"} for record in records] == [True, False, True]
    assert result.out.isascii()


def test_terminal_is_not_commanded(twintown: Twintown, tmp_path: Path) -> None:
    body = f"<p>Göttingen {HOSTILE} ist nicht mit Pau {HOSTILE} verschwistert.</p><nav>{HOSTILE}</nav>"
    result = twintown("explain", page(tmp_path, body), "--match", f"Pau {HOSTILE}")
    result = result._replace(out=result.out + twintown("explain", page(tmp_path, body)).out)
    assert not {char for char in result.out + result.err if not char.isprintable()} - {"\n", "\xa0"}


def test_broken_stage_and_missing_page(
    twintown: Twintown, pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pipeline.explain

    def broken(*_: object) -> None:
        raise RecursionError("deep")

    assert twintown("explain", tmp_path / "missing.html").code == 2
    monkeypatch.setattr(pipeline.explain, "extract", broken)
    result = twintown("explain", pages / "goettingen.html")
    assert result.code == 1
    assert "RecursionError" in result.err


def test_asking_why_changes_nothing() -> None:
    chain = Chain(last=Stage.RECOGNISE)
    noted: list[Note] = []
    for path in sorted((ROOT / "tests" / "look" / "pages").iterdir()):
        page = read_bytes(path.read_bytes(), path.name)
        assert isinstance(page, Page)
        mentions = chain.advance(page)
        assert isinstance(mentions, Mentions)
        assert extract(mentions, noted) == extract(mentions)
    assert noted
