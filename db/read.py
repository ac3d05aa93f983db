"""Questions to the database that the commands ask: what is in it, what a report holds, how the runs went."""

from __future__ import annotations

import json
from typing import Any

from sqlite_utils import Database

Row = dict[str, Any]

RECORD_TABLES = {
    "goals": "mål",
    "indicators": "mätetal",
    "activities": "aktiviteter",
    "assignments": "uppdrag",
    "audit_questions": "revisionsfrågor",
    "audit_criteria": "revisionskriterier",
    "recommendations": "rekommendationer",
    "followups": "uppföljda rekommendationer",
    "report_tables": "tabeller",
    "table_cells": "tabellceller",
    "evaluation_areas": "utvärderade områden",
    "focus_areas": "fokusområden",
    "findings": "avvikelser i tabeller",
    "notices": "läsningsnotiser",
}


def documents_by_type(database: Database, document_ids: list[str] | None = None) -> list[Row]:
    """Number of documents and pages per type, of all or of the given ones."""
    where, parameters = _chosen("id", document_ids)
    return _rows(
        database,
        f"select doc_type, count(*) as documents, sum(pages) as pages from documents{where} group by doc_type order by doc_type",
        parameters,
    )


def documents_by_year(database: Database) -> list[Row]:
    """Number of documents per year and type."""
    return _rows(
        database, "select fiscal_year, doc_type, count(*) as documents from documents group by fiscal_year, doc_type order by 1 desc, 2"
    )


def record_counts(database: Database, document_ids: list[str] | None = None) -> dict[str, int]:
    """Number of records of each kind (by its Swedish name), of all documents or of the given ones."""
    where, parameters = _chosen("document_id", document_ids)
    counts = {}
    for table, word in RECORD_TABLES.items():
        counts[word] = int(database.conn.execute(f'select count(*) from "{table}"{where}', parameters).fetchone()[0])
    return counts


def find_document(database: Database, word: str) -> Row | None:
    """The document whose id (or beginning of it) or file name is `word`; the newest where several fit."""
    rows = _rows(
        database,
        "select d.*, o.name as organisation from documents d left join organisations o on o.id = d.organisation_id"
        " where d.id = ? or d.filename = ? or (length(?) >= 6 and d.id like ? || '%') order by d.ingested_at desc limit 1",
        [word, word, word, word],
    )
    return rows[0] if rows else None


def records_of(database: Database, table: str, document_id: str) -> list[Row]:
    """A document's rows of one table in the order of the report, with the body's name where the table has one."""
    columns = database.table(table).columns_dict
    body = "recipient_id" if "recipient_id" in columns else "organisation_id" if "organisation_id" in columns else None
    if body is None:
        return _rows(database, f'select * from "{table}" where document_id = ? order by id', [document_id])
    return _rows(
        database,
        f'select t.*, o.name as organisation from "{table}" t left join organisations o on o.id = t.{body}'
        " where t.document_id = ? order by t.id",
        [document_id],
    )


def latest_runs(database: Database, limit: int = 10) -> list[Row]:
    """The last runs, newest first."""
    return _rows(database, "select * from runs order by started_at desc, rowid desc limit ?", [limit])


def failed_files(database: Database) -> list[Row]:
    """Files whose last outcome was a failure, with reason and message."""
    return _rows(
        database,
        """
        select f.path, f.filename, f.reason, f.message, r.started_at
        from run_files f join runs r on r.id = f.run_id
        where f.outcome = 'misslyckad' and not exists (
            select 1 from run_files g join runs s on s.id = g.run_id
            where g.path = f.path and (s.started_at, s.rowid) > (r.started_at, r.rowid)
        )
        order by f.path
        """,
    )


def last_path(database: Database, document_id: str) -> str | None:
    """Where the document's file stood when it was last seen."""
    row = database.conn.execute(
        "select f.path from run_files f join runs r on r.id = f.run_id where f.document_id = ?"
        " order by r.started_at desc, r.rowid desc limit 1",
        [document_id],
    ).fetchone()
    return row[0] if row else None


def _chosen(column: str, document_ids: list[str] | None) -> tuple[str, list[str]]:
    if document_ids is None:
        return "", []
    return f" where {column} in (select value from json_each(?))", [json.dumps(document_ids)]


def _rows(database: Database, sql: str, parameters: list[Any] | None = None) -> list[Row]:
    return list(database.query(sql, parameters or []))
