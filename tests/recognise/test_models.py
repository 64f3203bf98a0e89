"""Loading models of spaCy."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.recognise import models
from pipeline.recognise.models import ModelMissing, load_model, propose_persons
from pipeline.recognise.offices import find_offices
from tests.documents import document


@pytest.mark.parametrize("lang", ["de", "en"])
def test_our_own_model_is_loaded_when_it_is_needed(lang: str) -> None:
    model = load_model(lang)
    assert model.loaded is None
    assert model.nlp is not None
    assert model.nlp.lang == lang
    assert model.issues == ()


def test_our_own_model_can_be_named() -> None:
    assert load_model("de", models.DEFAULTS["de"]).loaded is not None


def test_without_its_weights_rules_work_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(models.ner, "WEIGHTS", tmp_path / "none")
    model = load_model("de")
    assert model.nlp is None
    assert [issue.kind for issue in model.issues] == ["model"]


def test_a_named_model_that_is_missing_is_an_error() -> None:
    with pytest.raises(ModelMissing, match="no_such_model"):
        load_model("de", "no_such_model")


def test_a_missing_default_is_an_issue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(models.DEFAULTS, "en", "no_such_model")
    model = load_model("en")
    assert model.nlp is None
    assert [issue.kind for issue in model.issues] == ["model"]


def test_a_model_reads_only_blocks_with_an_office_and_no_person() -> None:
    doc = document(["The mayor met Ann Grey.", "Nobody else was."], lang="en")
    read: list[str] = []

    class Entity:
        label_, text, start_char = "PERSON", "Ann Grey", 0

    class Result:
        ents = (Entity(),)

    def nlp(text: str) -> Result:
        read.append(text)
        return Result()

    model = models.PersonModel("en", nlp)  # type: ignore[arg-type]
    found = propose_persons(doc, find_offices(doc), (), {"en": model})
    assert read == ["The mayor met Ann Grey."]
    assert [p.name for p in found] == ["Ann Grey"]
