"""How far a run has come, on a terminal: pages, facts and the time that is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TextIO

from pipeline.model import Claims, Rejected

if TYPE_CHECKING:
    from tqdm import tqdm

_LINE = "{n_fmt} of {total_fmt} pages{postfix}  {percentage:3.0f} % |{bar:20}| {remaining} left"


class ProgressBar:
    """A line that says how far a run is; to be called after each page, and closed in the end.

    It shows no name: what a page is called may hold anything.
    """

    def __init__(self, stream: TextIO) -> None:
        """Draw on a terminal."""
        self._stream = stream
        self._bar: tqdm[Any] | None = None
        self._facts = 0

    def __call__(self, total: int, outcome: Claims | Rejected) -> None:
        """Count a page, of so many."""
        if self._bar is None:
            from tqdm import tqdm

            self._bar = tqdm(
                total=total, file=self._stream, leave=False, dynamic_ncols=True, bar_format=_LINE
            )
        if isinstance(outcome, Claims):
            kinds = (outcome.partnerships, outcome.dates, outcome.mayors, outcome.themes)
            self._facts += sum(map(len, kinds))
        self._bar.set_postfix_str(f"{self._facts} facts", refresh=False)
        self._bar.update()
        if self._bar.n == total:
            self._bar.refresh()

    def close(self) -> None:
        """Take the line away."""
        if self._bar is not None:
            self._bar.close()
