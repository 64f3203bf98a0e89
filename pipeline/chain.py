"""One page through the stages that see one page: a pure function of the page and the models."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pipeline.model import Claims, Document, Issue, Mentions, Page, Rejected

if TYPE_CHECKING:
    from pipeline.read import Raw
    from pipeline.recognise import Recogniser

log = logging.getLogger(__name__)


class RunError(Exception):
    """The job did not happen and nothing was written; the message is for people."""


class Stage(StrEnum):
    """The stages that see one page, in order."""

    READ = "read"
    CLEAN = "clean"
    RECOGNISE = "recognise"
    EXTRACT = "extract"


@dataclass(frozen=True, slots=True)
class Models:
    """Names of the spaCy models to recognise with, one a language; None is the usual one."""

    de: str | None = None
    en: str | None = None


def load_recogniser(models: Models) -> Recogniser:
    """Load the models; this imports spaCy and takes a second.

    Raises:
        RunError: A model is not installed.
    """
    from pipeline.recognise import Recogniser

    try:
        return Recogniser(models)
    except OSError as error:
        raise RunError(str(error)) from error


class Chain:
    """The stages, up to ``last``. Models are loaded when it is made, and only if they are needed.

    Raises:
        RunError: A model is not installed.
    """

    def __init__(self, models: Models | None = None, last: Stage = Stage.EXTRACT) -> None:
        self._last = last
        needs_models = last in (Stage.RECOGNISE, Stage.EXTRACT)
        self._recogniser = load_recogniser(models or Models()) if needs_models else None

    def advance(self, page: Page | Rejected) -> Page | Document | Mentions | Claims | Rejected:
        """Return what the last stage makes of a page.

        Whatever goes wrong in a stage rejects the page with an issue of kind ``crash`` that names the
        stage and the exception. What the exception says goes to the log only: it may hold paths of
        this machine. A page that is rejected already stays so.
        """
        if isinstance(page, Rejected) or self._last is Stage.READ:
            return page
        stage = Stage.CLEAN
        try:
            from pipeline.clean import clean

            document = clean(page)
            if self._recogniser is None:
                return document
            stage = Stage.RECOGNISE
            mentions = self._recogniser.recognise(document)
            if self._last is stage:
                return mentions
            stage = Stage.EXTRACT
            from pipeline.extract import extract
            from pipeline.normalise import check

            # What could not be merged with other pages' claims must fail here, where it costs one page.
            return check(extract(mentions))
        except Exception as error:
            log.debug("%s broke %s", page.source, stage, exc_info=True)
            return crash(page, stage, f"broke {stage} ({type(error).__name__})")

    def claims(self, page: Page | Rejected) -> Claims | Rejected:
        """Return what a page says, or why it cannot be read. The chain must go as far as extract."""
        outcome = self.advance(page)
        assert isinstance(outcome, Claims | Rejected)
        return outcome

    def claims_of(self, raw: Raw) -> Claims | Rejected:
        """Return what a page says, from its bytes on, or why it cannot be read."""
        from pipeline.read import read_bytes

        try:
            page = read_bytes(raw.data, raw.source, raw.url)
        except Exception as error:
            log.debug("%s broke read", raw.source, exc_info=True)
            return crash(raw, Stage.READ, f"broke read ({type(error).__name__})")
        return self.claims(page)


def crash(page: Page | Raw, stage: str, what: str) -> Rejected:
    """Reject a page that something broke on."""
    return Rejected(page.source, Issue(stage, "crash", f"{page.source} {what}"), page.sha256, page.url)
