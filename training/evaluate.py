"""Scores a model on the test sets with spaCy's own scorer: exact spans, precision, recall and F1 a label.

``python -m training.evaluate ../shared/ner-data`` scores the packed model.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example

from pipeline.recognise import ner
from training.convert import Sentence, read, to_doc

TESTS = ("de-germeval14-test.conll.xz", "en-uner-ewt-test.conll.xz", "de-smartdata-test.jsonl.xz")
Scores = dict[str, dict[str, float]]


def score(component: Any, nlp: Language, sentences: Iterable[Sentence], batch: int = 64) -> Scores:
    """Return ``p``, ``r`` and ``f`` of each label that a component finds in sentences of a language.

    The words are those of the data set; the tokenizer has no part in it.
    """
    examples = []
    for sentence in sentences:
        gold = to_doc(nlp, sentence)
        blank = Doc(nlp.vocab, words=[t.text for t in gold], spaces=[bool(t.whitespace_) for t in gold])
        examples.append(Example(blank, gold))
    done = component.pipe((example.predicted for example in examples), batch_size=batch)
    for example, doc in zip(examples, done, strict=True):
        example.predicted = doc
    found = Scorer.score_spans(examples, "ents")
    table = {**found["ents_per_type"], "all": {m: found[f"ents_{m}"] for m in "prf"}}
    return {label: {m: round(v, 4) for m, v in scores.items()} for label, scores in sorted(table.items())}


def main(folder: Path, weights: Path = ner.WEIGHTS) -> dict[str, Scores]:
    """Print and return the figures of a packed model on all test sets."""
    results = {}
    for name in TESTS:
        start = time.perf_counter()
        nlp = ner.load(name[:2], weights)
        sentences = read(folder / name, nlp)
        results[name] = score(nlp.get_pipe("ner"), nlp, sentences)
        print(name, f"({time.perf_counter() - start:.0f} s)")
        for label, values in results[name].items():
            print(f"  {label:5}", "  ".join(f"{m} {v:.3f}" for m, v in values.items()))
    return results


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
