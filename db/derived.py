"""Data derived from all documents together: threads over the years, outcomes that later reports print otherwise, the search index.

A stored document is pending until its derived data is right, and both change in one transaction: a run that is killed in between
leaves the rest to the next one.
"""

from __future__ import annotations

from sqlite_utils import Database

from db import findings_years, search_index, threads
from schema.records import Extraction


def update(database: Database) -> int:
    """Bring derived data up to date for the pending documents; gives how many there were."""
    with database.atomic():
        pending = [row[0] for row in database.conn.execute("select document_id from pending_documents order by 1")]
        left = database.conn.execute("select 1 from pending_scopes limit 1").fetchone()  # documents that went without one in their place
        if pending or left:
            _derive(database, pending)
            database.conn.execute("delete from pending_documents")
    return len(pending)


def warm(extraction: Extraction) -> None:
    """Work out ahead what deriving will need to know of a document's words, while there is nothing else to do; changes nothing."""
    search_index.warm(page.text for page in extraction.pages)


def rebuild(database: Database) -> int:
    """Make all derived data from scratch; gives the number of documents."""
    with database.atomic():
        findings_years.rebuild(database.conn)
        threads.rebuild(database.conn)
        search_index.rebuild(database.conn)
        database.conn.execute("delete from pending_documents")
        return int(database.conn.execute("select count(*) from documents").fetchone()[0])


def _derive(database: Database, document_ids: list[str]) -> None:
    """What needs the scopes that changed first: deriving threads forgets them. Then the index."""
    findings_years.update(database.conn, threads.changed_scopes(database.conn, document_ids))
    threads.update(database.conn, document_ids)
    search_index.update(database.conn, document_ids)
