"""Trains the joint German and English model and packs it.

``python -m training.train ../shared/ner-data weights.bin``; the same data, code and versions give the same
file. One thread is used; it takes about a quarter of an hour.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import spacy
import thinc
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import Adam, fix_random_seed

from pipeline import gazetteer, lexicon
from pipeline.gazetteer.tables import INDEX_FILE
from pipeline.recognise import ner
from pipeline.recognise.ner import features
from training import augment
from training.convert import LABELS, Sentence, from_text, read, sha256, to_doc
from training.evaluate import score
from training.town_pages import Writer

VERSION = "1.2"
DESCRIPTION = "German and English names: persons, places, organizations (features: letters, gazetteer)"
# How often a data set is read in an epoch.
TRAINING = {
    "de-germeval14-train.conll.xz": 1,
    "de-smartdata-train.jsonl.xz": 1,
    "en-wikigold.conll.xz": 2,
    "en-btc.conll.xz": 1,
}
# CC BY-SA 4.0, so the weights that learn from it are under that licence too.
SHARE_ALIKE = {"en-uner-ewt-train.conll.xz": 1}
DEVELOPMENT = ("de-germeval14-dev.conll.xz", "en-uner-ewt-dev.conll.xz")


@dataclass(frozen=True)
class Settings:
    """What a training depends on besides data and code."""

    seed: int = 1
    epochs: int = 3
    generated: int = 5_000  # blocks of our own a language and epoch
    swap_share: float = 0.35  # of the sentences with names
    capitals_share: float = 0.02
    join_share: float = 0.15
    dropout: float = 0.2
    learn_rate: float = 0.0012
    last_rate: float = 0.0001
    warmup: int = 300  # updates
    first_batch: int = 200  # words
    last_batch: int = 600
    width: int = 96
    depth: int = 4
    hidden: int = 64
    # Width and rows: norm, prefix, suffix, shape, start, end, place, given name.
    columns: tuple[tuple[int, int], ...] = (
        (96, 12_000), (32, 1_000), (64, 4_000), (48, 2_000), (48, 5_000), (64, 8_000), (24, 200), (8, 8),
    )  # fmt: skip


def config(settings: Settings) -> dict[str, Any]:
    """Return the configuration of the ``ner`` component."""
    return {
        "model": {
            "@architectures": "spacy.TransitionBasedParser.v2",
            "state_type": "ner",
            "extra_state_tokens": False,
            "hidden_width": settings.hidden,
            "maxout_pieces": 2,
            "use_upper": True,
            "nO": None,
            "tok2vec": {
                "@architectures": "spacy.Tok2Vec.v2",
                "embed": {
                    "@architectures": features.ARCHITECTURE,
                    "width": settings.width,
                    "columns": [list(column) for column in settings.columns],
                    "seed": settings.seed,
                },
                "encode": {
                    "@architectures": "spacy.MaxoutWindowEncoder.v2",
                    "width": settings.width,
                    "depth": settings.depth,
                    "window_size": 1,
                    "maxout_pieces": 3,
                },
            },
        }
    }


def epoch(
    data: Sequence[Sentence], writers: Sequence[Writer], pipes: dict[str, Language], settings: Settings,
    chance: random.Random, names: augment.Names,
) -> list[Sentence]:  # fmt: skip
    """Return the sentences of an epoch, shuffled: the data with names swapped, and new text of our own."""
    texts: list[Sentence] = []
    for sentence in data:
        if chance.random() < settings.swap_share:
            sentence = augment.swap(sentence, names, 0.8)
        if chance.random() < settings.capitals_share:
            sentence = augment.capitals(sentence)
        last = texts[-1] if texts else None
        joined = last and last.lang == sentence.lang and chance.random() < settings.join_share
        if last and joined and len(last.words) < 80:
            texts[-1] = augment.join([last, sentence])
        else:
            texts.append(sentence)
    for writer in writers:
        made = (writer.block() for _ in range(settings.generated))
        texts += [from_text(pipes[writer.lang], text, spans) for text, spans in made]
    chance.shuffle(texts)
    return texts


def train(folder: Path, out: Path, settings: Settings, sets: dict[str, int]) -> None:
    """Train and pack a model; the figures of the development sets are printed after each epoch.

    The rate of learning falls to its last value over all epochs; the weights kept are their average.
    """
    fix_random_seed(settings.seed)
    features.register()
    chance = random.Random(settings.seed)
    names = augment.Names(chance)
    pipes = {lang: spacy.blank(lang) for lang in ("de", "en")}
    data = [s for name, times in sets.items() for s in read(folder / name, pipes[name[:2]]) * times]
    development = {name: read(folder / name, pipes[name[:2]]) for name in DEVELOPMENT}
    writers = [Writer(lang, settings.seed) for lang in pipes]
    component: Any = pipes["de"].add_pipe("ner", config=config(settings))
    for label in LABELS:
        component.add_label(label)
        pipes["en"].vocab.strings.add(label)
    optimizer = Adam(
        learn_rate=settings.learn_rate, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True
    )
    first = [Example(to_doc(pipes["de"], s), to_doc(pipes["de"], s)) for s in data[:50]]
    pipes["de"].initialize(lambda: first, sgd=optimizer)
    start = time.perf_counter()
    step, words, size = 0, 0, float(settings.first_batch)
    total = 0
    for number in range(settings.epochs):
        chance.shuffle(data)
        texts = epoch(data, writers, pipes, settings, chance, names)
        total = total or sum(len(t.words) for t in texts) * settings.epochs
        losses: dict[str, float] = {}
        at = 0
        while at < len(texts):
            batch: list[Sentence] = []
            count = 0
            while at < len(texts) and (not batch or count + len(texts[at].words) <= size):
                batch.append(texts[at])
                count += len(texts[at].words)
                at += 1
            done = min(1.0, words / total)
            rate = settings.learn_rate + (settings.last_rate - settings.learn_rate) * done
            optimizer.learn_rate = rate * min(1.0, (step + 1) / settings.warmup)
            component.update(_examples(batch, pipes), drop=settings.dropout, sgd=optimizer, losses=losses)
            step, words = step + 1, words + count
            size = min(settings.last_batch, size * 1.002)
        print(f"epoch {number + 1}: {words} words, {time.perf_counter() - start:.0f} s, {losses}", flush=True)
        with component.model.use_params(optimizer.averages):
            figures = {name: score(component, pipes[name[:2]], d) for name, d in development.items()}
            for name, scores in figures.items():
                print(" ", name, {label: s["f"] for label, s in scores.items()}, flush=True)
            if number + 1 == settings.epochs:
                meta = _meta(folder, settings, sets, words, figures)
                print(out, ner.pack(component, config(settings), meta, out), "bytes")


def _examples(batch: Sequence[Sentence], pipes: dict[str, Language]) -> list[Example]:
    examples = []
    for sentence in batch:
        gold = to_doc(pipes[sentence.lang], sentence)
        blank = Doc(gold.vocab, words=[t.text for t in gold], spaces=[bool(t.whitespace_) for t in gold])
        examples.append(Example(blank, gold))
    return examples


def _lists() -> list[Path]:
    """Return the files whose names the model sees as features."""
    return [Path(str(files(lexicon).joinpath(lang, "names.toml"))) for lang in lexicon.LANGUAGES] + [
        INDEX_FILE
    ]


def _meta(
    folder: Path, settings: Settings, sets: dict[str, int], words: int, figures: dict[str, Any]
) -> dict[str, Any]:
    return {
        "version": VERSION,
        "description": DESCRIPTION,
        "labels": list(LABELS),
        "settings": asdict(settings),
        "words": words,
        "spacy": spacy.__version__,
        "thinc": thinc.__version__,
        "gazetteer": gazetteer.load().source,
        "data": {name: sha256(folder / name) for name in sets},
        "own": {path.name: sha256(path) for path in sorted(augment.NAMES.parent.glob("*.t[ox]*"))},
        "lists": {f"{path.parent.name}/{path.name}": sha256(path) for path in _lists()},
        "development": figures,
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Train and pack the model.")
    parser.add_argument("data", type=Path, help="the folder ner-data")
    parser.add_argument("out", type=Path, help="the file to write")
    parser.add_argument("--epochs", type=int, default=Settings.epochs)
    parser.add_argument(
        "--without-share-alike", action="store_true", help="leave out what is under CC BY-SA (worse English)"
    )
    options = parser.parse_args()
    chosen = TRAINING if options.without_share_alike else TRAINING | SHARE_ALIKE
    train(options.data, options.out, Settings(epochs=options.epochs), chosen)
