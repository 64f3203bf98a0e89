"""Counts on annotated pages how sure each rule is, and writes ``pipeline/normalise/confidence.toml``.

``python -m training.calibrate PAGES GOLD [PAGES GOLD ...] [--write]`` prints a reliability table in which
every page is judged by what the others taught. Shares are smoothed: a rule starts with its fact type's share
(a Beta prior worth ``STRENGTH`` facts), so that one that was right three times out of three is not sure.

The rules were made with these pages, so that they do worse on others. ``--fresh PAGES GOLD [PAGES GOLD ...]``
names pages on which nothing was tuned yet: the shares of each type of fact are moved, in log-odds, until what
they promise on the fresh pages is what is right there.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from pipeline.disk import replace_file
from pipeline.evaluate import Outcome, Verdict, evaluate
from pipeline.evaluate.reliability import brier, lines, reliability
from pipeline.normalise.confidence import FILE, Calibration, OfType, log_odds, main_rule
from pipeline.schema import FactType

STRENGTH = 4
"""Cross-validated, anything from 2 to 16 is as good."""
DISCOUNT = 0.95
"""A rule that no annotated page knows is less sure than those that were tuned on them, at least by this."""
_DIGITS = 3
_FARTHEST, _HALVINGS = 4.0, 20


@dataclass(frozen=True, slots=True)
class Sample:
    """A fact on a page: the rules of its passages, and whether it is right."""

    page: str
    kind: FactType
    rules: tuple[str, ...]
    right: bool
    passed_over: bool = False


def samples(pages: str, gold: str) -> Iterator[Sample]:
    """Yield the facts of annotated pages that were stated, in the order of the annotations.

    Raises:
        RunError: Pages or annotations cannot be read.
    """
    for page in evaluate([pages], [gold]).pages:
        for outcome in page.outcomes:
            if outcome.verdict is not Verdict.MISSED:
                yield _sample(page.page, outcome, False)
        for outcome in page.passed_over:
            yield _sample(page.page, outcome, True)


def _sample(page: str, outcome: Outcome, passed_over: bool) -> Sample:
    rules = tuple(p.rule for p in outcome.passages if p.rule == main_rule(p.rule))
    return Sample(page, outcome.fact_type, rules, outcome.verdict is Verdict.RIGHT, passed_over)


def fit(known: Iterable[Sample], strength: float = STRENGTH) -> Calibration:
    """Count samples; a type of fact without any is left out."""
    parted: dict[FactType, list[Sample]] = defaultdict(list)
    for sample in known:
        parted[sample.kind].append(sample)
    return Calibration({kind: _of_type(parted[kind], strength) for kind in FactType if parted[kind]})


def _of_type(known: Sequence[Sample], strength: float) -> OfType:
    standing = [sample for sample in known if not sample.passed_over]
    single = [sample for sample in standing if len(sample.rules) < 2]
    mean = _share(single, 0.5, 2)
    by_rule: dict[str, list[Sample]] = defaultdict(list)
    for sample in single:
        by_rule["".join(sample.rules)].append(sample)
    rare = [s for found in by_rule.values() if len({s.page for s in found}) == 1 for s in found]
    several = [sample for sample in standing if len(sample.rules) >= 2]
    gain = log_odds(_share(several, mean, strength)) - log_odds(mean)
    over = [sample for sample in known if sample.passed_over]
    return OfType(
        rules={
            rule: round(_share(found, mean, strength), _DIGITS) for rule, found in sorted(by_rule.items())
        },
        unseen=round(min(_share(rare, mean, strength), DISCOUNT * mean), _DIGITS),
        several=round(max(0.0, gain), _DIGITS),
        passed_over=round(_share(over, 0.5, 2), _DIGITS) if over else None,
    )


def _share(found: Sequence[Sample], expected: float, strength: float) -> float:
    """Return the share that is right, as if ``strength`` more had been seen as expected."""
    return (sum(sample.right for sample in found) + strength * expected) / (len(found) + strength)


def moved(calibration: Calibration, fresh: Sequence[Sample]) -> Calibration:
    """Return a calibration that promises, of each type of fact, as many right facts as fresh pages have."""
    types = {}
    for kind, counted in calibration.types.items():
        known = [sample for sample in fresh if sample.kind is kind]
        types[kind] = _moved(counted, _shift(kind, counted, known)) if known else counted
    return Calibration(types)


def _shift(kind: FactType, counted: OfType, known: Sequence[Sample]) -> float:
    """Return what to add to the log-odds of all shares, by bisection: more of it promises more."""
    right = sum(sample.right for sample in known)
    low, high = -_FARTHEST, _FARTHEST
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        tried = Calibration({kind: _moved(counted, middle)})
        promised = sum(given(sample, tried) or 0.0 for sample in known)
        low, high = (low, middle) if promised > right else (middle, high)
    return (low + high) / 2


def _moved(counted: OfType, shift: float) -> OfType:
    def move(share: float) -> float:
        return round(1 / (1 + math.exp(-log_odds(share) - shift)), _DIGITS)

    return OfType(
        rules={rule: move(share) for rule, share in counted.rules.items()},
        unseen=None if counted.unseen is None else move(counted.unseen),
        several=counted.several,
        passed_over=None if counted.passed_over is None else move(counted.passed_over),
    )


def given(sample: Sample, calibration: Calibration) -> float | None:
    """Return the confidence that a calibration gives a sample."""
    passages = [(rule, calibration.of_evidence(sample.kind, rule)) for rule in sample.rules]
    sure = calibration.of_page(sample.kind, passages)
    return calibration.of_passed_over(sure) if sample.passed_over else sure


def cross_validated(known: Sequence[Sample], strength: float = STRENGTH) -> list[tuple[Sample, float]]:
    """Return each sample with the confidence that the other pages give it."""
    found = []
    for page in dict.fromkeys(sample.page for sample in known):
        calibration = fit((sample for sample in known if sample.page != page), strength)
        for sample in known:
            if sample.page == page and (sure := given(sample, calibration)) is not None:
                found.append((sample, sure))
    return found


def toml(calibration: Calibration, pages: int, facts: int) -> str:
    """Return the data file of a calibration."""
    parts = [
        f"# Counted on {facts} facts of {pages} annotated pages by training/calibrate.py; not to be edited."
    ]
    for kind, found in calibration.types.items():
        parts += ["", f"[{kind}]", f"several = {found.several}", f"unseen = {found.unseen}"]
        parts += [f"passed_over = {found.passed_over}"] if found.passed_over is not None else []
        parts += ["", f"[{kind}.rules]", *(f'"{rule}" = {share}' for rule, share in found.rules.items())]
    return "\n".join(parts) + "\n"


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table and, if asked to, write the file."""
    parser = argparse.ArgumentParser(prog="calibrate", description=__doc__)
    parser.add_argument(
        "folders", nargs="+", metavar="PAGES GOLD", help="folders of pages and annotations, in turn"
    )
    parser.add_argument("--write", action="store_true", help="write the file that normalise reads")
    parser.add_argument(
        "--fresh", nargs="+", default=[], metavar="PAGES GOLD", help="folders on which nothing was tuned yet"
    )
    options = parser.parse_args(argv)
    if len(options.folders) % 2 or len(options.fresh) % 2:
        parser.error("each folder of pages needs one of annotations")
    pairs = _pairs(options.folders)
    known = {pages: list(samples(pages, gold)) for pages, gold in pairs}
    everything = [sample for found in known.values() for sample in found]
    number = len({sample.page for sample in everything})
    judged = cross_validated(everything)
    print(f"{len(everything)} facts of {number} pages, each page judged by the others")
    _print_table(judged)
    for kind in FactType:
        of_kind = [(sure, sample.right) for sample, sure in judged if sample.kind is kind]
        right = sum(right for _, right in of_kind) / max(1, len(of_kind))
        flat = brier([(right, truth) for _, truth in of_kind])
        print(f"{kind:13} {right:.3f} right, Brier {brier(of_kind):.4f} (one share for all: {flat:.4f})")
    for pages, found in known.items() if len(known) > 1 else ():
        calibration = fit(sample for other in known if other != pages for sample in known[other])
        print(f"{pages}, judged by the other folders")
        _print_table([(s, sure) for s in found if (sure := given(s, calibration)) is not None])
    counted = fit(everything)
    fresh = [sample for pages, gold in _pairs(options.fresh) for sample in samples(pages, gold)]
    if fresh:
        print(f"{len(fresh)} facts of fresh pages, before and after the shares are moved")
        counted, before = moved(counted, fresh), counted
        for shares in (before, counted):
            _print_table([(s, sure) for s in fresh if (sure := given(s, shares)) is not None])
    if options.write:
        target = Path(str(files("pipeline.normalise").joinpath(FILE)))
        replace_file(target, toml(counted, number, len(everything)))
        print(f"written: {target.name}")
    return 0


def _pairs(folders: Sequence[str]) -> list[tuple[str, str]]:
    return list(zip(folders[::2], folders[1::2], strict=True))


def _print_table(judged: Iterable[tuple[Sample, float]]) -> None:
    for line in lines(reliability((sure, sample.right) for sample, sure in judged)):
        print(line)


if __name__ == "__main__":
    sys.exit(main())
