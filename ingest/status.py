"""`ingest status`: the runs, the files that failed and why, and what the database holds by type and year."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.table import Table

from db import read
from db.connection import open_for_reading
from schema.vocabulary import DOC_TYPES, FILE_REASONS


def print_status(db: Path) -> None:
    """Print the state of a database on stdout. Raises DatabaseError."""
    console = Console(highlight=False)
    database = open_for_reading(db)
    try:
        _print_years(console, read.documents_by_year(database))
        _print_counts(console, read.record_counts(database))
        _print_runs(console, read.latest_runs(database))
        _print_failed(console, read.failed_files(database))
    finally:
        database.close()


def _print_years(console: Console, rows: list[read.Row]) -> None:
    table = Table("År", "Rapporttyp", "Antal", title="Rapporter")
    for row in rows:
        table.add_row(str(row["fiscal_year"] or "–"), DOC_TYPES[row["doc_type"]], str(row["documents"]))
    console.print(table)


def _print_counts(console: Console, counts: dict[str, int]) -> None:
    table = Table("Poster", "Antal")
    for word, number in counts.items():
        table.add_row(word, str(number))
    console.print(table)


def _print_runs(console: Console, rows: list[read.Row]) -> None:
    table = Table("Körning", "Filer", "Inlästa", "Oförändrade", "Misslyckade", "Sidor", "Sekunder", title="Senaste körningar")
    for row in rows:
        seconds = "avbruten" if row["seconds"] is None else f"{row['seconds']:.1f}"
        numbers = (str(row[c]) for c in ("files", "new_files", "unchanged", "failed", "pages"))
        table.add_row(row["started_at"].replace("T", " "), *numbers, seconds)
    console.print(table)


def _print_failed(console: Console, rows: list[read.Row]) -> None:
    if not rows:
        console.print("Inga filer har misslyckats.")
        return
    table = Table("Fil", "Orsak", "Vad du kan göra", title="Filer som inte kunde läsas")
    for row in rows:
        table.add_row(row["path"], FILE_REASONS.get(row["reason"], row["reason"]), row["message"])
    console.print(table)
