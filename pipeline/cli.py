"""The command ``twintown``.

Exit codes: 0 all well; 1 it finished, but pages were rejected, a correction is stale, a floor is not held or
tables differ; 2 it did not happen, nothing written.
"""

from __future__ import annotations

import argparse
import io
import logging
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from pipeline import __version__, limits, show
from pipeline.chain import Chain, Models, RunError, Stage
from pipeline.limits import Limits
from pipeline.model import Rejected
from pipeline.progress import ProgressBar
from pipeline.run import Summary, collect, read_corrections, read_pages, run
from pipeline.terminal import log_to_stderr, printable

if TYPE_CHECKING:
    from pipeline.cache import CacheFolder
    from pipeline.evaluate import Evaluation

OK, SOME_REJECTED, NOTHING_DONE = 0, 1, 2
NOT_HELD = DIFFERENT = SOME_REJECTED

_INPUT = "a file, a folder, or - for standard input"
_STAGES = {
    "read": "the decoded page",
    "clean": "its text in blocks, with headings, lists and tables",
    "recognise": "places, persons, offices, dates and words for partnerships in it",
    "extract": "what the page says, with the words it rests on",
    "normalise": "the tables of these pages",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    Args:
        argv: The arguments without the program's name; those of the process, if None.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal may lack a letter
    options = _parser().parse_args(argv)
    log_to_stderr(options.verbose)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        code = command(options)
        sys.stdout.flush()
        return code
    except RunError as error:
        print(f"twintown: {printable(str(error))}", file=sys.stderr)
        return NOTHING_DONE
    except BrokenPipeError:
        # Whoever read us (head, less) has seen enough. Python would complain again when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        print("twintown: interrupted", file=sys.stderr)
        return NOTHING_DONE
    except Exception:
        print("twintown: this is a bug; nothing was written", file=sys.stderr)
        logging.getLogger(__name__).exception("please report what follows")
        return NOTHING_DONE


class _Parser(argparse.ArgumentParser):
    """Complains in text that a terminal shows: the name of a file may be taken for an option."""

    def error(self, message: str) -> NoReturn:
        super().error(printable(message))


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="twintown",
        description="Town pages in, German or English; tables of twinnings out, each fact with its quote.",
        epilog="Exit code: 0 all well, 1 finished but some pages were rejected or a correction is stale, "
        "2 nothing was done.",
    )
    parser.add_argument("--version", action="version", version=f"twintown {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    job = _command(commands, "run", "read pages, write the tables", _run)
    job.add_argument("inputs", nargs="+", metavar="INPUT", help=_INPUT)
    job.add_argument("--out", default="outputs", metavar="DIR", help="folder for the tables (outputs)")
    job.add_argument("--workers", type=_workers, default=1, metavar="N", help="processes (1)")
    job.add_argument("-q", "--quiet", action="store_true", help="no progress, no summary")
    _corrections_option(job)
    job.add_argument(
        "--spreadsheet-safe",
        action="store_true",
        help="copies of the CSV files in which no cell is a formula, too",
    )
    _limit_options(job)
    job.add_argument("--no-cache", action="store_true", help="read all pages anew, remember none")
    _cache_option(job)
    _model_options(job)

    for name, makes in _STAGES.items():
        stage = _command(commands, name, f"show {makes}", _normalise if name == "normalise" else _stage)
        stage.add_argument("inputs", nargs="+", metavar="PAGE", help=_INPUT)
        stage.add_argument("--json", action="store_true", help="JSON, one object a line")
        stage.set_defaults(stage=name)
        if name == "normalise":
            _corrections_option(stage)
        if name not in ("read", "clean"):
            _model_options(stage)

    why = _command(commands, "explain", "say sentence by sentence why a page yields its facts", _explain)
    why.add_argument("inputs", nargs="+", metavar="PAGE", help=_INPUT)
    why.add_argument("--match", default="", metavar="WORDS", help="only the sentences that hold these words")
    why.add_argument("--json", action="store_true", help="JSON, one object a line")
    _model_options(why)

    review = _command(commands, "correct", "check a file of corrections, or add a row to it", _correct)
    review.add_argument("file", type=Path, metavar="FILE", help="corrections.csv; made by --add if missing")
    review.add_argument(
        "--add", metavar="ROW", help="a row as in the file; cells at its end may be given by what follows"
    )
    review.add_argument("--reviewer", default="", metavar="NAME", help="who says so")
    review.add_argument("--date", default="", metavar="DAY", help="day of the review, as 2026-02-28 (today)")
    review.add_argument("--reason", default="", metavar="WORDS", help="why")

    _diff_options(_command(commands, "diff", "show the facts that are new, gone or changed", _diff))

    kept = _command(commands, "cache", "say where unchanged pages are remembered, or forget them", _cache)
    kept.add_argument("--clear", action="store_true", help="forget them all")
    _cache_option(kept)

    _eval_options(_command(commands, "eval", "measure how well annotated pages are read", _eval))

    check = _command(commands, "audit", "write a page to check the facts of an output folder with", _audit)
    check.add_argument("out", type=Path, metavar="OUT", help="folder of the tables")
    check.add_argument("--html", type=Path, metavar="FILE", help="where to write it (OUT/audit.html)")

    _command(commands, "tables", "describe the tables and their columns", _tables)
    _command(commands, "models", "list the language models in use and installed", _models)
    return parser


def _command(
    commands: argparse._SubParsersAction[_Parser],
    name: str,
    does: str,
    call: Callable[[argparse.Namespace], int],
) -> argparse.ArgumentParser:
    made = commands.add_parser(name, help=does, description=does[0].upper() + does[1:] + ".")
    made.add_argument("-v", "--verbose", action="store_true", help="say why a page was rejected, at length")
    made.set_defaults(command=call)
    return made


def _eval_options(job: argparse.ArgumentParser) -> None:
    job.add_argument("pages", metavar="PAGES", help="a file or a folder")
    job.add_argument("gold", nargs="+", metavar="GOLD", help="an annotation (NAME.json), or a folder of them")
    job.add_argument("--html", type=Path, metavar="FILE", help="write a page to read, too")
    job.add_argument("--json", action="store_true", help="JSON, one object")
    job.add_argument("-q", "--quiet", action="store_true", help="the figures alone, no facts")
    job.add_argument(
        "--floors", type=Path, metavar="FILE", help="fail where a figure is below its floor in FILE"
    )
    job.add_argument("--raise-floors", action="store_true", help="move the floors up to these figures")
    job.add_argument("--workers", type=_workers, default=1, metavar="N", help="processes (1)")
    _model_options(job)


def _corrections_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--corrections",
        type=Path,
        metavar="FILE",
        help="what reviewers say (corrections.csv in the INPUT folder)",
    )


def _limit_options(job: argparse.ArgumentParser) -> None:
    job.add_argument(
        "--page-seconds",
        type=_positive,
        default=limits.SECONDS,
        metavar="S",
        help=f"reject a page that takes longer ({limits.SECONDS:g}; 0: never)",
    )
    job.add_argument(
        "--page-memory",
        type=_positive,
        default=limits.MEGABYTES,
        metavar="MB",
        help=f"reject a page that takes more memory ({limits.MEGABYTES}; 0: never)",
    )


def _cache_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--cache", type=Path, metavar="DIR", help="folder for it ($TWINTOWN_CACHE)")


def _diff_options(job: argparse.ArgumentParser) -> None:
    job.add_argument("old", type=Path, metavar="OLD", help="a folder of tables")
    job.add_argument("new", type=Path, metavar="NEW", help="another")
    job.add_argument("--html", type=Path, metavar="FILE", help="write a page to read, too")
    job.add_argument("--json", action="store_true", help="JSON, one object")
    job.add_argument("-q", "--quiet", action="store_true", help="the figures alone, no facts")
    job.add_argument(
        "--ignore", action="append", default=[], metavar="COLUMN", help="may differ (can be given repeatedly)"
    )
    job.epilog = "Exit code: 0 all the same, 1 something differs, 2 they could not be compared."


def _model_options(parser: argparse.ArgumentParser) -> None:
    for code, language in (("de", "German"), ("en", "English")):
        parser.add_argument(f"--model-{code}", metavar="NAME", help=f"spaCy model for {language} pages")


def _workers(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 256:
        raise argparse.ArgumentTypeError("must be 1 to 256")
    return number


def _positive(text: str) -> float:
    number = float(text)
    if not 0 <= number <= 1e9:  # nor is it a NaN
        raise argparse.ArgumentTypeError("must be 0 or more")
    return number


def _run(options: argparse.Namespace) -> int:
    progress = ProgressBar(sys.stderr) if sys.stderr.isatty() and not options.quiet else None
    try:
        summary = run(
            options.inputs,
            options.out,
            workers=options.workers,
            limits=Limits(options.page_seconds or None, options.page_memory or None),
            cache=None if options.no_cache else _cache_folder(options),
            models=_chosen(options),
            corrections=options.corrections,
            spreadsheet=options.spreadsheet_safe,
            progress=progress,
        )
    finally:
        if progress is not None:
            progress.close()
    for rejected in summary.rejected:
        _complain(rejected)
    for line in summary.stale:
        print(f"stale: {printable(line)}", file=sys.stderr)
    if not options.quiet:
        for line in _summary(summary):
            print(line)
    return SOME_REJECTED if summary.rejected or summary.stale else OK


def _cache_folder(options: argparse.Namespace) -> CacheFolder:
    from pipeline.cache import CacheFolder, default_folder

    return CacheFolder(options.cache or default_folder())


def _cache(options: argparse.Namespace) -> int:
    folder = _cache_folder(options)
    number, size = folder.size()
    if options.clear:
        try:
            folder.clear()
        except OSError as error:
            raise RunError(f"{folder.path} cannot be cleared: {error.strerror}") from error
    done = "forgotten: " if options.clear else ""
    print(f"{done}{_count(number, 'page')}, {size / 1e6:.1f} MB, in {printable(str(folder.path))}")
    return OK


def _summary(summary: Summary) -> Iterator[str]:
    counts = [f"{number} {status}" for status, number in summary.pages.items() if number]
    unchanged = f", {summary.unchanged} unchanged since an earlier run" if summary.unchanged else ""
    yield f"{_count(sum(summary.pages.values()), 'page')} ({', '.join(counts)}){unchanged}"
    facts = {name: number for name, number in summary.rows.items() if name not in ("documents", "reviews")}
    width = max((len(f"{number}") for number in facts.values()), default=0)
    for name, number in facts.items():
        yield f"  {number:{width}} {name.replace('_', ' ')}"
    if reviews := summary.rows["reviews"]:
        stale = len(summary.stale)
        yield f"{_count(reviews, 'correction')} ({reviews - stale} applied, {stale} stale)"
    yield f"in {printable(str(summary.out))}{os.sep}, as CSV and Parquet"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _complain(rejected: Rejected) -> None:
    print(f"rejected: {printable(rejected.issue.message)}", file=sys.stderr)


def _stage(options: argparse.Namespace) -> int:
    pages = read_pages(options.inputs)
    last = Stage(options.stage)
    chain: Chain | None = None
    some_rejected = False
    for page in pages:
        chain = chain or Chain(_chosen(options), last)
        record = chain.advance(page)
        if isinstance(record, Rejected):
            some_rejected = True
            _complain(record)
        if options.json:
            print(show.as_json(record))
        elif not isinstance(record, Rejected):
            _print(show.lines(record))
    return SOME_REJECTED if some_rejected else OK


def _normalise(options: argparse.Namespace) -> int:
    corrections = read_corrections(options.inputs, options.corrections)
    found = collect(options.inputs, models=_chosen(options), corrections=corrections)
    for page in found.rejected:
        _complain(page)
    rows = {name: found.tables.rows(name) for name in found.tables.frames}
    _print([show.as_json(rows)] if options.json else show.tables(rows))
    return SOME_REJECTED if found.rejected else OK


def _explain(options: argparse.Namespace) -> int:
    from pipeline.explain import Explainer, text

    pages = read_pages(options.inputs)
    explainer: Explainer | None = None
    some_rejected = False
    for page in pages:
        explainer = explainer or Explainer(_chosen(options))
        found = explainer.explain(page, options.match)
        if isinstance(found, Rejected):
            some_rejected = True
            _complain(found)
        elif not options.json:
            _print(text.lines(found, options.match))
        if options.json:
            print(show.as_json(asdict(found)))
    return SOME_REJECTED if some_rejected else OK


def _correct(options: argparse.Namespace) -> int:
    from pipeline.normalise.corrections import CorrectionError, add, read

    try:
        if options.add is None:
            found = len(read(options.file).rows)
            print(f"{printable(str(options.file))}: {_count(found, 'correction')}, all valid")
        else:
            filled = {name: getattr(options, name) for name in ("reviewer", "date", "reason")}
            row = add(options.file, options.add, filled)
            print(
                f"{printable(str(options.file))} line {row.line}: {row.action} {row.fact_type} {row.fact_key}"
            )
    except CorrectionError as error:
        for problem in error.problems:
            print(f"twintown: {printable(f'{error.path}: {problem}')}", file=sys.stderr)
        return NOTHING_DONE
    return OK


def _eval(options: argparse.Namespace) -> int:
    if options.raise_floors and not options.floors:
        raise RunError("--raise-floors needs --floors FILE")
    from pipeline.evaluate import evaluate, html, text

    found = evaluate([options.pages], options.gold, workers=options.workers, models=_chosen(options))
    for page in found.rejected:
        _complain(page)
    if options.html:
        _save(options.html, html.page(found))
    _print([show.as_json(found.as_dict())] if options.json else text.lines(found, listing=not options.quiet))
    held = _floors_hold(options, found) if options.floors else True
    return OK if held and not found.rejected else NOT_HELD


def _save(path: Path, text: str) -> None:
    from pipeline.disk import replace_file

    try:
        replace_file(path, text)
    except OSError as error:
        raise RunError(f"{path} cannot be written: {error.strerror}") from error


def _diff(options: argparse.Namespace) -> int:
    from pipeline.diff import compare, html, text

    found = compare(options.old, options.new, options.ignore)
    if options.html:
        _save(options.html, html.page(found))
    _print([show.as_json(found.as_dict())] if options.json else text.lines(found, listing=not options.quiet))
    return OK if found.same else DIFFERENT


def _floors_hold(options: argparse.Namespace, found: Evaluation) -> bool:
    from pipeline.evaluate import floors

    figures, pages = found.figures(), len(found.pages)
    start = options.raise_floors and not options.floors.exists()
    bounds = floors.first(figures) if start else floors.read_floors(options.floors)
    if options.raise_floors:
        bounds = bounds.raised(figures, pages, found.sha256)
        floors.write_floors(options.floors, bounds)
    rows = bounds.check(figures)
    same = bounds.same_pages(found.sha256)
    for line in floors.lines(rows):
        print(line, file=sys.stderr)
    if not same:
        said = f"FAIL these are not the {bounds.pages} annotated pages that the floors were set on"
        print(f"{said}; if the floors are to hold for these as well: --raise-floors", file=sys.stderr)
    return same and all(row.holds for row in rows)


def _audit(options: argparse.Namespace) -> int:
    from pipeline.audit import AuditError, page
    from pipeline.disk import replace_file
    from pipeline.schema import AUDIT

    target: Path = options.html or options.out / AUDIT
    try:
        made = page(options.out)
    except AuditError as error:
        raise RunError(str(error)) from error
    try:
        replace_file(target, made)
    except OSError as error:
        raise RunError(f"{target} cannot be written: {error.strerror or error}") from error
    print(f"{printable(str(target))}, {len(made.encode('utf-8')) / 1e6:.1f} MB: open it in a browser")
    return OK


def _chosen(options: argparse.Namespace) -> Models:
    return Models(getattr(options, "model_de", None), getattr(options, "model_en", None))


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


def _tables(_: argparse.Namespace) -> int:
    from pipeline.schema import describe

    print(describe(), end="")
    return OK


def _models(_: argparse.Namespace) -> int:
    from importlib.metadata import entry_points

    from pipeline.recognise import ner
    from pipeline.recognise.models import DEFAULTS

    for lang, name in DEFAULTS.items():
        version = f" {ner.meta()['version']}, part of Twintown" if name == ner.NAME else ""
        print(f"{lang}: {name or 'no model, rules alone'}{version}, unless --model-{lang} names one")
    print("installed:")
    for entry in sorted(entry_points(group="spacy_models"), key=lambda found: found.name):
        if entry.dist is not None:
            print(printable(f"  {entry.name} {entry.dist.version}  {entry.dist.metadata['Summary']}"))
    return OK
