"""`ingest show`: what was read out of one report, with page and rule; or a page as a picture with every block's box."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from db import read
from db.connection import open_for_reading
from schema.errors import DatabaseError
from schema.vocabulary import ASSESSMENT, DOC_TYPES, FOLLOWUP_STATUS, FULFILMENT, POINT_KINDS

DOTS = {"green": "green", "yellow": "yellow", "red": "red", "grey": "bright_black", "blue": "blue"}
FACTS = {
    "title": "Titel",
    "municipality": "Kommun",
    "organisation": "Organisation",
    "auditor": "Revisor",
    "fiscal_year": "År",
    "period_start": "Från",
    "period_end": "Till",
    "published": "Datum",
    "reference": "Diarienummer",
    "response_due": "Svar senast",
    "overall_assessment": "Samlad bedömning",
    "pages": "Sidor",
}
# What is listed of each kind of record: table, heading, and columns as (heading, column)
LISTS: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    ("audit_questions", "Revisionsfrågor", (("Fråga", "question"), ("Bedömning", "assessment"), ("I rapporten", "assessment_text"))),
    ("recommendations", "Rekommendationer", (("Mottagare", "organisation"), ("Rekommendation", "text"), ("Ställen", "mentions"))),
    ("followups", "Uppföljda rekommendationer", (("År", "year"), ("Rekommendation", "recommendation"), ("Status", "status"))),
    ("audit_criteria", "Revisionskriterier", (("Kriterium", "text"),)),
    ("indicators", "Mätetal", (("Organisation", "organisation"), ("Mätetal", "name"))),
    ("activities", "Aktiviteter", (("Aktivitet", "activity"), ("Status", "status"), ("Andel", "progress"))),
    ("assignments", "Uppdrag", (("Organisation", "organisation"), ("Uppdrag", "text"), ("Status", "status"))),
    ("evaluation_areas", "Områden", (("Nr", "number"), ("Område", "name"), ("Poäng", "score"))),
    ("area_points", "Styrkor och förbättringsområden", (("Slag", "kind"), ("Text", "text"))),
    ("focus_areas", "Fokusområden", (("Nr", "number"), ("Namn", "name"))),
    ("report_tables", "Tabeller", (("Titel", "title"), ("Enhet", "unit"), ("Läst ur", "method"))),
    ("findings", "Avvikelser i tabeller", (("Rad", "row_label"), ("Förklaring", "message"))),
    ("notices", "Läsningsnotiser", (("Kod", "code"), ("Meddelande", "message"))),
)
WORDS = {**ASSESSMENT, **FOLLOWUP_STATUS, **POINT_KINDS}


def print_report(db: Path, word: str) -> None:
    """Print what the database holds of a report, named by file or id, on stdout. Raises DatabaseError where it holds none."""
    console = Console(highlight=False)
    database = open_for_reading(db)
    try:
        document = read.find_document(database, Path(word).name)
        if document is None:
            raise DatabaseError(f"Rapporten {word} finns inte i {db}. Läs in den med: ingest run {word} --db {db}")
        _print_facts(console, document)
        _print_goals(console, read.records_of(database, "goals", document["id"]))
        for table, heading, columns in LISTS:
            _print_list(console, heading, columns, read.records_of(database, table, document["id"]))
    finally:
        database.close()


def draw_page(path: Path, page: int, out: Path, *, ocr: str) -> None:
    """Draw a page of a PDF with the box, kind and source of every block. Raises UppsiktError."""
    from extractors.layout.boxes import draw_boxes
    from extractors.layout.reader import read_report

    report = read_report(path, ocr=ocr)
    if page > len(report.pages):
        raise DatabaseError(f"{path.name} har {len(report.pages)} sidor; sidan {page} finns inte.")
    draw_boxes(path, page, out, report)


def _print_facts(console: Console, document: read.Row) -> None:
    console.print(f"{DOC_TYPES[document['doc_type']]} · {document['filename']} · {document['id']}", style="bold", soft_wrap=True)
    for column, word in FACTS.items():
        if document.get(column) not in (None, ""):
            console.print(f"  {word}: {document[column]}", soft_wrap=True)


def _print_goals(console: Console, rows: list[read.Row]) -> None:
    if not rows:
        return
    table = Table("", "Organisation", "Mål", "Måluppfyllelse", "Grund", "Sida", "Regel", title=f"Mål ({len(rows)})")
    for row in rows:
        dot = Text("●", style=DOTS.get(row["color"], "")) if row["color"] else Text("–")
        table.add_row(dot, row["organisation"], row["goal"], FULFILMENT[row["fulfilment"]], row["basis"], str(row["page"]), row["rule"])
    console.print(table)


def _print_list(console: Console, heading: str, columns: tuple[tuple[str, str], ...], rows: list[read.Row]) -> None:
    if not rows:
        return
    table = Table(*(word for word, _ in columns), "Sida", "Regel", title=f"{heading} ({len(rows)})")
    for row in rows:
        table.add_row(*(_shown(row[column]) for _, column in columns), str(row["page"]), row["rule"])
    console.print(table)


def _shown(value: Any) -> str:  # noqa: ANN401  (a value of any SQLite type)
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    return WORDS.get(value, str(value))
