"""The log of runs: what each run did with each file, and why one failed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal
from uuid import uuid4

from sqlite_utils import Database

Outcome = Literal["inlast", "oforandrad", "dubblett", "misslyckad"]


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What a run did with one file. `reason` is a key of `schema.vocabulary.FILE_REASONS` where the file failed; `seconds` of reading."""

    path: str
    filename: str
    outcome: Outcome
    document_id: str | None = None
    reason: str | None = None
    message: str | None = None
    pages: int | None = None
    seconds: float | None = None


def start_run(database: Database, *, extractor_version: str, engine: str, workers: int) -> str:
    """Note that a run begins; gives its id."""
    run_id = f"run-{uuid4().hex[:12]}"
    row = {"id": run_id, "started_at": _now(), "extractor_version": extractor_version, "engine": engine, "workers": workers}
    with database.atomic():
        database.table("runs").insert(row)
    return run_id


def store_outcome(database: Database, run_id: str, outcome: FileOutcome) -> None:
    """Note what the run did with a file."""
    with database.atomic():
        database.conn.execute(
            "insert or replace into run_files (run_id, path, filename, document_id, outcome, reason, message, pages, seconds)"
            " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                run_id,
                outcome.path,
                outcome.filename,
                outcome.document_id,
                outcome.outcome,
                outcome.reason,
                outcome.message,
                outcome.pages,
                outcome.seconds,
            ],
        )


def finish_run(database: Database, run_id: str, *, seconds: float) -> None:
    """Note that a run has ended, with its totals."""
    with database.atomic():
        database.conn.execute(
            """
            update runs set finished_at = ?, seconds = ?,
                files = (select count(*) from run_files where run_id = runs.id),
                new_files = (select count(*) from run_files where run_id = runs.id and outcome = 'inlast'),
                unchanged = (select count(*) from run_files where run_id = runs.id and outcome in ('oforandrad', 'dubblett')),
                failed = (select count(*) from run_files where run_id = runs.id and outcome = 'misslyckad'),
                pages = (select coalesce(sum(pages), 0) from run_files where run_id = runs.id and outcome = 'inlast')
            where id = ?
            """,
            [_now(), round(seconds, 3), run_id],
        )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
