"""A run: find the files, read those that are new, store each document whole, derive what belongs to all of them."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlite_utils import Database

from db import derived, runs, store
from db.connection import explain, open_for_writing
from db.runs import FileOutcome
from ingest import engines
from ingest.progress import Progress
from ingest.sources import find_files, read_sha256
from ingest.version import extractor_version
from ingest.worker import Job, Result
from schema.errors import DatabaseError
from schema.ids import document_id
from schema.vocabulary import FILE_REASONS


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run is done. `workers` 0 means all cores; `timeout` is seconds per file."""

    db: Path = Path("reports.db")
    workers: int = 0
    engine: str = "local"
    ocr: str = "auto"
    timeout: float = 300.0
    force: bool = False
    quiet: bool = False


@dataclass(slots=True)
class Summary:
    """What a run came to: outcomes in the order that they came, seconds in all, and the ids of what was stored."""

    outcomes: list[FileOutcome] = field(default_factory=list)
    stored: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def failed(self) -> list[FileOutcome]:
        """The files that could not be read."""
        return [o for o in self.outcomes if o.outcome == "misslyckad"]

    @property
    def pages(self) -> int:
        """Pages read and stored."""
        return sum(o.pages or 0 for o in self.outcomes if o.outcome == "inlast")


def run(words: list[str], settings: Settings) -> Summary:
    """Ingest what the user named. Raises DatabaseError or UppsiktError where nothing can be done at all."""
    started = time.perf_counter()
    database = open_for_writing(settings.db)
    try:
        summary = _Run(database, settings).go(find_files(words))
        summary.seconds = time.perf_counter() - started
    except sqlite3.Error as error:
        raise DatabaseError(explain(settings.db, error)) from error
    finally:
        database.close()
    return summary


class _Run:
    """One run over one database."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database = database
        self.settings = settings
        self.workers = settings.workers or os.cpu_count() or 1
        self.summary = Summary()
        self.version = extractor_version()
        self.twins: list[tuple[Path, str]] = []
        self.run_id = runs.start_run(database, extractor_version=self.version, engine=settings.engine, workers=self.workers)

    def go(self, paths: list[Path]) -> Summary:
        started = time.perf_counter()
        with Progress(len(paths), quiet=self.settings.quiet) as progress:
            self.progress = progress
            jobs = list(self._jobs(paths))
            if jobs:
                workers = min(self.workers, len(jobs))
                settings = self.settings
                for result in engines.read_all(jobs, engine=settings.engine, workers=workers, timeout=settings.timeout):
                    self._store(result)
            self._settle_twins()
            progress.deriving()
            derived.update(self.database)
        runs.finish_run(self.database, self.run_id, seconds=time.perf_counter() - started)
        return self.summary

    def _jobs(self, paths: list[Path]) -> Iterator[Job]:
        """The files that must be read; those that are known, twice in the run or not to be had are settled here."""
        seen: set[str] = set()
        for path in (Path(os.path.normpath(p.absolute())) for p in paths):
            try:
                sha256 = read_sha256(path)
            except OSError as error:
                self._settle(_unreachable(path, error))
                continue
            known = document_id(sha256)
            if known in seen:
                self.twins.append((path, known))
            elif not self.settings.force and store.is_stored(self.database, known, extractor_version=self.version):
                self._settle(FileOutcome(str(path), path.name, "oforandrad", known))
            else:
                seen.add(known)
                yield Job(str(path), sha256, self.settings.ocr)

    def _store(self, result: Result) -> None:
        path = Path(result.job.path)
        extraction = result.extraction
        if extraction is None:
            reason = result.reason or "internal"
            message = result.message or FILE_REASONS[reason]
            self._settle(FileOutcome(str(path), path.name, "misslyckad", None, reason, message, None, result.seconds))
            return
        store.store_extraction(self.database, extraction, extractor_version=self.version)
        self.summary.stored.append(extraction.document.id)
        pages = extraction.document.pages
        self._settle(FileOutcome(str(path), path.name, "inlast", extraction.document.id, None, None, pages, round(result.seconds, 3)))
        if any(notice.code == "ocr_missing" for notice in extraction.notices):
            self.progress.ocr_missing()
        derived.warm(extraction)  # the readers are at work: this process would only wait for them

    def _settle_twins(self) -> None:
        """Files with the content of another one, once it is known what became of that."""
        for path, known in self.twins:
            if store.is_stored(self.database, known, extractor_version=self.version):
                message = "Samma innehåll som en annan fil i körningen."
                self._settle(FileOutcome(str(path), path.name, "dubblett", known, message=message))
            else:
                message = "Samma innehåll som en annan fil i körningen, som inte gick att läsa."
                self._settle(FileOutcome(str(path), path.name, "misslyckad", None, "damaged", message))

    def _settle(self, outcome: FileOutcome) -> None:
        self.summary.outcomes.append(outcome)
        runs.store_outcome(self.database, self.run_id, outcome)
        self.progress.settled(outcome)


def _unreachable(path: Path, error: OSError) -> FileOutcome:
    """Why a file cannot even be opened, in words that say what to do."""
    if isinstance(error, FileNotFoundError):
        reason, message = "missing", "Filen finns inte. Kontrollera namnet och mappen."
    elif isinstance(error, PermissionError):
        reason, message = "permission", "Du har inte rätt att läsa filen. Ändra rättigheterna eller kopiera filen till en egen mapp."
    else:
        reason, message = "damaged", f"Filen kan inte läsas från disken ({error.strerror})."
    return FileOutcome(str(path), path.name, "misslyckad", None, reason, message)
