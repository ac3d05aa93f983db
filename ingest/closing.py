"""The table that closes a run: reports by type, records by kind, failures with reasons, pages per second."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.table import Table

from db import read
from db.connection import open_for_reading
from ingest.run import Summary
from schema.vocabulary import DOC_TYPES, FILE_REASONS


def print_summary(summary: Summary, db: Path, console: Console | None = None) -> None:
    """Print what a run came to, on stdout."""
    console = console or Console(highlight=False)
    counts = Counter(o.outcome for o in summary.outcomes)
    database = open_for_reading(db)
    try:
        if summary.stored:
            _print_stored(console, read.documents_by_type(database, summary.stored), read.record_counts(database, summary.stored))
    finally:
        database.close()
    if summary.failed:
        _print_failed(console, summary)
    rate = f", {summary.pages / summary.seconds:.0f} sidor/s" if summary.pages and summary.seconds else ""
    console.print(
        f"{counts['inlast']} inlästa, {counts['oforandrad'] + counts['dubblett']} oförändrade, {counts['misslyckad']} misslyckade"
        f" · {summary.pages} sidor på {summary.seconds:.1f} s{rate} · {db}",
        soft_wrap=True,
    )


def _print_stored(console: Console, types: list[read.Row], records: dict[str, int]) -> None:
    table = Table("Inlästa rapporter", "Antal", "Sidor")
    for row in types:
        table.add_row(DOC_TYPES[row["doc_type"]], str(row["documents"]), str(row["pages"]))
    console.print(table)
    table = Table("Poster", "Antal")
    for word, number in records.items():
        if number:
            table.add_row(word, str(number))
    console.print(table)


def _print_failed(console: Console, summary: Summary) -> None:
    table = Table("Fil som inte kunde läsas", "Orsak", "Vad du kan göra")
    for outcome in summary.failed:
        table.add_row(outcome.filename, FILE_REASONS.get(outcome.reason or "", ""), outcome.message)
    console.print(table)
