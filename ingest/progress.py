"""How far a run has come, on stderr: a bar with rate and time left on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

from db.runs import FileOutcome

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

WORDS = {"inlast": "inläst", "oforandrad": "oförändrad", "dubblett": "dubblett", "misslyckad": "MISSLYCKAD"}


class Progress:
    """Told of each file as it is settled; used as a context manager."""

    def __init__(self, total: int, *, quiet: bool) -> None:
        self.total = total
        self.quiet = quiet
        self.done = 0
        self.pages = 0
        self.told_of_ocr = False
        self.started = time.perf_counter()
        self._bar: Bar | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Progress:
        if not self.quiet and sys.stderr.isatty() and self.total:
            self._start_bar()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.stop()

    def settled(self, outcome: FileOutcome) -> None:
        """One more file is done."""
        self.done += 1
        self.pages += outcome.pages or 0
        if self._bar is not None and self._task is not None:
            rate = self.pages / max(time.perf_counter() - self.started, 0.001)
            self._bar.update(self._task, advance=1, description=outcome.filename[:40], rate=f"{rate:.0f} sidor/s")
        if outcome.outcome == "misslyckad":
            self._say(f"MISSLYCKAD {outcome.path}: {outcome.message}")
        elif self._bar is None and not self.quiet and outcome.outcome != "oforandrad":
            size = f" {outcome.pages} sidor, {outcome.seconds:.1f} s" if outcome.pages is not None and outcome.seconds is not None else ""
            self._say(f"[{self.done}/{self.total}] {WORDS[outcome.outcome]} {outcome.filename}{size}")

    def ocr_missing(self) -> None:
        """A file has pages that only OCR could read, and there is none: said once in a run, with what to install."""
        if not self.told_of_ocr:
            self.told_of_ocr = True
            self._say("Sidor utan text kunde inte tolkas: installera Tesseract med svenska (paketen tesseract-ocr och tesseract-ocr-swe).")

    def deriving(self) -> None:
        """All files are read; what belongs to all of them is made."""
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, description="Trådar och sökindex")

    def _say(self, line: str) -> None:
        if self._bar is not None:
            self._bar.console.print(line, highlight=False, markup=False)
        else:
            sys.stderr.write(line + "\n")

    def _start_bar(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
        )
        self._bar = Bar(*columns, console=Console(stderr=True))
        self._task = self._bar.add_task("Läser", total=self.total, rate="")
        self._bar.start()
