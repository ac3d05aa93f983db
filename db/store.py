"""Writing a document: whole, in one transaction, so that it is in the database entirely or not at all."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlite_utils import Database

from db.organisations import Directory
from db.rows import rows_by_table
from schema.records import Extraction


def store_extraction(database: Database, extraction: Extraction, *, extractor_version: str) -> None:
    """Write a document and all its records, in place of what the database held of the same file."""
    document = extraction.document
    with database.atomic():
        database.conn.execute("delete from documents where id = ?", [document.id])
        directory = Directory(database, document.municipality, dict(extraction.aliases), scope=document.organisation or document.id)
        _store_document(database, extraction, directory, extractor_version)
        database.conn.execute("insert or ignore into pending_documents values (?)", [document.id])
        for table, rows in rows_by_table(extraction):
            if table == "recommendations":
                _store_recommendations(database, rows, directory)
            else:
                _insert(database, table, [_resolved(row, directory) for row in rows])


def is_stored(database: Database, document_id: str, *, extractor_version: str) -> bool:
    """Whether the database holds this document as read by this version of the program."""
    found = database.conn.execute("select 1 from documents where id = ? and extractor_version = ?", [document_id, extractor_version])
    return found.fetchone() is not None


def _store_document(database: Database, extraction: Extraction, directory: Directory, extractor_version: str) -> None:
    document = extraction.document
    columns = (
        "id sha256 filename title doc_type type_reasons municipality auditor fiscal_year period_start period_end published reference "
        "response_due pages ocr_pages producer overall_assessment authors answers_document"
    ).split()
    row: dict[str, Any] = {column: getattr(document, column) for column in columns}
    row["organisation_id"] = directory.resolve(document.organisation)
    row["tagged"] = int(document.tagged)
    row["extractor_version"] = extractor_version
    row["ingested_at"] = datetime.now(UTC).isoformat(timespec="seconds")
    _insert(database, "documents", [row])
    audited = dict.fromkeys(directory.resolve(name) for name in document.audited)
    _insert(database, "document_audited", [{"document_id": document.id, "organisation_id": o} for o in audited if o])


def _store_recommendations(database: Database, rows: list[dict[str, Any]], directory: Directory) -> None:
    links = []
    for row in rows:
        recipients = list(dict.fromkeys(o for o in map(directory.resolve, row.pop("recipients")) if o))
        row["recipient_id"] = recipients[0] if recipients else None
        links += [{"recommendation_id": row["id"], "organisation_id": o} for o in recipients]
    _insert(database, "recommendations", rows)
    _insert(database, "recommendation_recipients", links)


def _resolved(row: dict[str, Any], directory: Directory) -> dict[str, Any]:
    """The row with its body's name turned into the body's id."""
    if "organisation" in row:
        row["organisation_id"] = directory.resolve(row.pop("organisation"))
    return row


def _insert(database: Database, table: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        database.table(table).insert_all(rows, batch_size=1000)
