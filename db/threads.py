"""Threads over the years, kept right for the scopes whose documents have changed.

A scope is a municipality, or a body that belongs to none: threads never go across. A scope that a new document belongs to is made
anew as a whole from its own records only, so that adding documents and rebuilding give the same.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable

from db import threads_goals, threads_recommendations
from db.threads_match import Join, Record, find_joins, group

SCOPE = "coalesce(d.municipality, d.organisation_id, d.id)"
WHEN = "coalesce(d.fiscal_year, cast(substr(d.published, 1, 4) as integer), 0), coalesce(d.period_end, d.published, '')"
AUDIT_WORDS = 80


def update(connection: sqlite3.Connection, document_ids: Iterable[str]) -> None:
    """Make the threads anew of all scopes that the given documents belong to, or that documents have left."""
    for scope in sorted(changed_scopes(connection, document_ids)):
        _update_scope(connection, scope)
    connection.execute("delete from pending_scopes")
    _answered_documents(connection)


def changed_scopes(connection: sqlite3.Connection, document_ids: Iterable[str]) -> set[str]:
    """All scopes that the given documents belong to, or that documents have left since the last derivation."""
    ids = list(document_ids)
    scopes: set[str] = {row[0] for row in connection.execute("select scope from pending_scopes")}
    for at in range(0, len(ids), 500):
        chunk = ids[at : at + 500]
        marks = ",".join("?" * len(chunk))
        scopes |= {row[0] for row in connection.execute(f"select distinct {SCOPE} from documents d where d.id in ({marks})", chunk)}
    return scopes


def rebuild(connection: sqlite3.Connection) -> None:
    """Make all threads from scratch."""
    for table in ("goal_threads", "recommendation_threads", "thread_joins"):
        connection.execute(f"delete from {table}")
    update(connection, [row[0] for row in connection.execute("select id from documents")])


def _update_scope(connection: sqlite3.Connection, scope: str) -> None:
    for table in ("goal_threads", "recommendation_threads", "thread_joins"):
        connection.execute(f"delete from {table} where scope = ?", [scope])
    _thread_recommendations(connection, scope)
    _thread_goals(connection, scope)


def _thread_recommendations(connection: sqlite3.Connection, scope: str) -> None:
    recommendations = [
        Record(i, "rekommendation", doc, (year, date, doc), text, frozenset(b for b in (bodies or "").split(",") if b), title or "")
        for i, doc, year, date, text, bodies, title in connection.execute(
            f"""select r.id, r.document_id, {WHEN}, r.text,
                (select group_concat(organisation_id) from recommendation_recipients x where x.recommendation_id = r.id), d.title
            from documents d join recommendations r on r.document_id = d.id where {SCOPE} = ?""",
            [scope],
        )
    ]
    followups = [
        Record(
            i, "uppfoljning", doc, (year, date, doc), text, frozenset(filter(None, [body])), title or "", about, (audit or "")[:AUDIT_WORDS]
        )
        for i, doc, year, date, text, body, title, about, audit in connection.execute(
            f"""select f.id, f.document_id, {WHEN}, f.recommendation, f.organisation_id, d.title, f.year, f.audit
            from documents d join followups f on f.document_id = d.id where {SCOPE} = ?""",
            [scope],
        )
    ]
    records = threads_recommendations.with_topics([*recommendations, *followups])
    joins = find_joins(records, threads_recommendations.judge)
    threads = group(records, joins)
    _write(connection, "recommendation_threads", scope, threads, joins)
    _tie_followups(connection, followups, joins)


def _tie_followups(connection: sqlite3.Connection, followups: list[Record], joins: list[Join]) -> None:
    """Tie each follow-up to what it follows: of those it was joined with one of the year it names, then the likest, then the latest."""
    tied: dict[str, Record] = {}
    best: dict[str, tuple[bool, float, tuple[int, str, str]]] = {}
    for join in joins:
        if join.later.kind == "uppfoljning" and join.earlier.kind == "rekommendation":
            of_year = bool(join.later.about_year) and abs((join.later.about_year or 0) - join.earlier.when[0]) <= 1
            rank = (of_year, join.score, join.earlier.when)
            if join.later.id not in best or rank > best[join.later.id]:
                best[join.later.id], tied[join.later.id] = rank, join.earlier
    rows = [(tied[f.id].id if f.id in tied else None, f.id) for f in followups]
    connection.executemany("update followups set recommendation_id = ? where id = ?", rows)


def _thread_goals(connection: sqlite3.Connection, scope: str) -> None:
    goals = [
        Record(i, "mal", doc, (year, date, doc), text, frozenset(filter(None, [body])), title or "")
        for i, doc, year, date, text, body, title in connection.execute(
            f"""select g.id, g.document_id, {WHEN}, g.goal, coalesce(g.organisation_id, d.organisation_id), d.title
            from documents d join goals g on g.document_id = d.id where {SCOPE} = ?""",
            [scope],
        )
    ]
    joins = find_joins(goals, threads_goals.judge)
    _write(connection, "goal_threads", scope, group(goals, joins), joins)


def _write(connection: sqlite3.Connection, table: str, scope: str, threads: list[list[Record]], joins: list[Join]) -> None:
    """Write the threads of a scope, tie their members to them, and keep each join with its score and reasons."""
    rows, members = [], []
    for records in threads:
        years = [r.when[0] for r in records if r.when[0]]
        body = next((b for r in records for b in sorted(r.bodies)), None)
        key = "t-" + hashlib.sha256(records[0].id.encode()).hexdigest()[:12]
        rows.append((key, records[-1].text[:200], body, min(years, default=None), max(years, default=None), len(records), scope))
        members += [(key, r.id, r.kind) for r in records]
    columns = "id, name, organisation_id, first_year, last_year, members, scope"
    connection.executemany(f"insert into {table} ({columns}) values (?, ?, ?, ?, ?, ?, ?)", rows)
    for kind, target in (("mal", "goals"), ("rekommendation", "recommendations"), ("uppfoljning", "followups")):
        chosen = [(key, record) for key, record, k in members if k == kind]
        connection.executemany(f"update {target} set thread_id = ? where id = ?", chosen)
    connection.executemany(
        "insert into thread_joins (earlier_id, later_id, scope, record, kind, score, reasons) values (?, ?, ?, ?, ?, ?, ?)",
        [(j.earlier.id, j.later.id, scope, j.later.kind, j.kind, j.score, j.reasons) for j in joins],
    )


def _answered_documents(connection: sqlite3.Connection) -> None:
    """Tie a reply to the report that it answers, where one of its municipality carries that title or reference."""
    connection.execute(
        """update documents set answers_document_id = (
            select a.id from documents a
            where a.municipality is documents.municipality and a.id <> documents.id and a.doc_type = 'granskningsrapport'
                and (lower(documents.answers_document) like '%' || lower(a.title) || '%'
                    or (length(a.title) > 12 and lower(a.title) like '%' || lower(documents.answers_document) || '%'))
            order by a.published desc, a.id limit 1)
        where answers_document is not null"""
    )
