"""Shows how a collection goes, on standard error, if somebody watches."""

import sys
import time
from types import TracebackType
from typing import Self

from auditor.cli.terminal import note

_PAUSE = 0.1  # seconds between two redraws


class TerminalProgress:
    """A line that is redrawn: calls done and waiting, throttles, refusals, and the time left.

    Ends itself when nothing waits any more, and says in a sentence how it went.
    """

    def __init__(self, *, quiet: bool, after: str = "", did: str = "kept") -> None:
        """Begin to show progress.

        Args:
            after: is said when the collection is over.
            did: what was done with the answers.
        """
        self._did = did
        self._quiet = quiet
        self._after = after
        self._counts = (0, 0, 0, 0)
        self._drawn = 0.0
        self._running = True
        self._shown = not quiet and sys.stderr.isatty()
        if self._shown:
            self._start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._finish()

    def update(self, *, done: int, waiting: int, throttled: int, refused: int) -> None:
        """Take the counts so far."""
        self._counts = (done, waiting, throttled, refused)
        if waiting == 0:
            self._finish()
        elif self._shown and time.monotonic() - self._drawn >= _PAUSE:
            self._draw()

    def _finish(self) -> None:
        if not self._running:
            return
        self._running = False
        if self._shown:
            self._draw()
            self._bar.stop()
        done, _, throttled, refused = self._counts
        if done:
            said = (
                f"{done:,} {'answer' if done == 1 else 'answers'} {self._did}, {refused:,} of them "
                f"{'a refusal' if refused == 1 else 'refusals'}, {throttled:,} "
                f"{'throttle' if throttled == 1 else 'throttles'}"
            )
            note(f"{said}. {self._after}".rstrip(), quiet=self._quiet)

    def _start(self) -> None:
        from rich.console import Console  # noqa: PLC0415  # slow to import, and seldom needed
        from rich.progress import (  # noqa: PLC0415
            BarColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )

        self._bar = Progress(
            TextColumn("collecting"),
            BarColumn(bar_width=None),
            TextColumn("{task.completed:,.0f} of {task.total:,.0f} known calls"),
            TextColumn("{task.fields[throttled]:,} throttled, {task.fields[refused]:,} refused"),
            TimeElapsedColumn(),
            TextColumn("left about"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._bar.add_task("", total=1, throttled=0, refused=0)
        self._bar.start()

    def _draw(self) -> None:
        done, waiting, throttled, refused = self._counts
        self._drawn = time.monotonic()
        self._bar.update(
            self._task,
            completed=done,
            total=max(done + waiting, 1),
            throttled=throttled,
            refused=refused,
        )
