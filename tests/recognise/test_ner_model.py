"""The named-entity model that ships with the package."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.recognise import ner
from pipeline.recognise.models import DEFAULTS, load_model

if TYPE_CHECKING:
    from spacy.language import Language

MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def models() -> dict[str, Language]:
    return {lang: ner.load(lang) for lang in ("de", "en")}


def found(nlp: Language, text: str) -> set[tuple[str, str]]:
    return {(entity.text, entity.label_) for entity in nlp(text).ents}


def test_it_is_the_default_of_both_languages() -> None:
    assert DEFAULTS == {"de": ner.NAME, "en": ner.NAME}
    for lang in DEFAULTS:
        nlp = load_model(lang).nlp
        assert nlp is not None
        assert (nlp.lang, nlp.meta["name"], nlp.pipe_names) == (lang, ner.NAME, ["ner"])


def test_it_is_small_and_loads_fast(models: dict[str, Language]) -> None:
    assert ner.WEIGHTS.stat().st_size < 15 * MEGABYTE
    start = time.process_time()
    ner.load("en")
    assert time.process_time() - start < 5  # half a second where nothing else runs


@pytest.mark.parametrize("lang", ["de", "en"])
def test_its_labels(models: dict[str, Language], lang: str) -> None:
    assert set(models[lang].get_pipe("ner").labels) == {"PER", "LOC", "ORG", "MISC"}  # type: ignore[attr-defined]


def test_it_says_how_it_was_made() -> None:
    meta = ner.meta()
    assert meta["settings"]["seed"] == 1
    assert all(len(digest) == 64 for digest in meta["data"].values())
    assert not any("test" in name for name in meta["data"])


@pytest.mark.parametrize(
    ("lang", "text", "names"),
    [
        (
            "de",
            "Oberbürgermeister Mehmet Kaya aus Gaziantep besuchte am Montag die Stadt Duisburg.",
            {("Mehmet Kaya", "PER"), ("Gaziantep", "LOC"), ("Duisburg", "LOC")},
        ),
        (
            "de",
            "Die Urkunde unterzeichneten Wolfgang Lehmann und Krzysztof Nowak im Rathaus von Breslau.",
            {("Wolfgang Lehmann", "PER"), ("Krzysztof Nowak", "PER"), ("Breslau", "LOC")},
        ),
        ("de", "Die Verwaltung wird beauftragt, im Mai einen Bericht vorzulegen.", set()),
        (
            "en",
            "Mayor Jean-Pierre Durand of Amiens welcomed Margaret Wright to France.",
            {("Jean-Pierre Durand", "PER"), ("Amiens", "LOC"), ("Margaret Wright", "PER"), ("France", "LOC")},
        ),
        ("en", "Duisburg's oldest twin town is Portsmouth.", {("Duisburg", "LOC"), ("Portsmouth", "LOC")}),
        ("en", "Members may note the report in May.", set()),
    ],
)
def test_it_finds_names(
    models: dict[str, Language], lang: str, text: str, names: set[tuple[str, str]]
) -> None:
    assert found(models[lang], text) == names


ODD = ["", " ", "\n\n", "ß", "\ufeff", "1. ", "\u202e\u0000", "A" * 5_000, "() " * 500]


@pytest.mark.parametrize("text", ODD)
def test_odd_text_is_no_trouble(models: dict[str, Language], text: str) -> None:
    for nlp in models.values():
        assert nlp(text).text == text


def test_it_always_says_the_same(models: dict[str, Language]) -> None:
    blocks = [
        "Bürgermeisterin Ayşe Yılmaz empfing die Delegation.",
        "Partnerstädte: Lille (Frankreich), Leeds, Toruń",
        "Foto: Stadt Kassel / Jana Nováková",
    ] * 8
    together = [[(e.start, e.end, e.label_) for e in d.ents] for d in models["de"].pipe(blocks, batch_size=5)]
    alone = [[(e.start, e.end, e.label_) for e in ner.load("de")(b).ents] for b in blocks[:3]]
    assert together == alone * 8


def test_a_damaged_file_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "weights.bin"
    with pytest.raises(ner.PackedModelError):
        ner.load("de", path)
    path.write_bytes(ner.WEIGHTS.read_bytes()[:1000])
    with pytest.raises(ner.PackedModelError):
        ner.load("de", path)
