"""Search over recommendations, questions, goals, follow-ups, sections and pages: one function for CLI, Datasette and Python."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from db import search_index
from db.search_query import Plan, loosen, plan_query
from db.search_snippet import snippet
from extractors.swedish.stems import fold_dots, root, words

KINDS = {
    "rekommendation": "Rekommendation",
    "revisionsfraga": "Revisionsfråga",
    "mal": "Mål",
    "uppfoljning": "Uppföljning",
    "avsnitt": "Avsnitt",
    "sida": "Sida",
}
KIND_WEIGHTS = {"rekommendation": 1.4, "revisionsfraga": 1.25, "mal": 1.2, "uppfoljning": 1.2, "avsnitt": 1.0, "sida": 0.7}
MEDIUM_YEAR, YEAR_WEIGHT, MOST_YEARS = 2018, 0.01, 10
CHUNK = 400
START = 2
"""Letters that a word shares with its own stem, and that stand within it where they begin the stem of one of its parts."""
ENOUGH = 50
"""How many rows that hold the words as such make it needless to look into compounds."""
RANK = "bm25(search_index, 10.0, 4.0, 0.5)"
"""What the index itself has as its rank: SQLite keeps the best of an expression, where `rank` has it sort all rows that match."""
RANKED = 100
"""How many of the best by words are ranked again by kind and year."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for, as typed, and within which years, municipality, body and kind (a key of KINDS)."""

    words: str
    from_year: int | None = None
    to_year: int | None = None
    municipality: str | None = None
    organisation: str | None = None
    kind: str | None = None
    limit: int = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """One row found: what and where it is, and a snippet in which the hit stands between `[` and `]`."""

    id: str
    kind: str
    year: int | None
    municipality: str | None
    organisation: str | None
    text: str
    snippet: str
    report: str
    document_id: str
    page: int
    link: str
    score: float


def search(database: Database, question: Question) -> list[Hit]:
    """The rows that answer a question, best first.

    Words as such are enough where they find as many rows as are wanted; else parts of compounds count too. Where all words together
    find nothing, the parts of the compounds that were typed and then any of the words are tried.
    """
    connection = database.conn
    plan = plan_query(connection, question.words)
    if plan is None:
        return []
    found = dict(_matching(connection, plan.whole, question)) if plan.whole else {}
    if len(found) < max(ENOUGH, question.limit):
        found = dict(_matching(connection, plan.strict, question))
    for match in loosen(connection, plan) if not found else ():
        found = found or dict(_matching(connection, match, question))
    best = sorted(found.items(), key=lambda f: (-f[1], f[0]))[: question.limit]
    return _hits(connection, best, plan)


def _matching(connection: sqlite3.Connection, match: str, question: Question) -> list[tuple[int, float]]:
    """The best rows for one match expression within the question's limits, with their scores by words, kind and year."""
    conditions, parameters = _conditions(question)
    narrowed = "join search_rows s on s.id = i.rowid left join organisations o on o.id = s.organisation_id" if conditions else ""
    rows = connection.execute(
        f"""select r.id, r.kind, r.year, found.score from (
            select i.rowid as row_id, {RANK} as score from search_index i {narrowed}
            where {" and ".join(["search_index match ?", *conditions])} order by score limit ?) found
        join search_rows r on r.id = found.row_id""",
        [match, *parameters, max(RANKED, 2 * question.limit)],
    )
    return [(row_id, round(-score * _weight(kind, year), 6)) for row_id, kind, year, score in rows]


def _weight(kind: str, year: int | None) -> float:
    """What a row is worth beside others with the same words: records before sections and pages, newer a little before older."""
    newer = max(-MOST_YEARS, min(MOST_YEARS, (year or MEDIUM_YEAR) - MEDIUM_YEAR))
    return KIND_WEIGHTS.get(kind, 1.0) * (1.0 + YEAR_WEIGHT * newer)


def _conditions(question: Question) -> tuple[list[str], list[object]]:
    conditions: list[str] = []
    parameters: list[object] = []
    for condition, value in (
        ("s.year >= ?", question.from_year),
        ("s.year <= ?", question.to_year),
        ("s.kind = ?", question.kind),
        ("s.municipality like ? || '%'", question.municipality),
        ("o.name like '%' || ? || '%'", question.organisation),
    ):
        if value is not None:
            conditions.append(condition)
            parameters.append(value)
    return conditions, parameters


def _hits(connection: sqlite3.Connection, best: list[tuple[int, float]], plan: Plan) -> list[Hit]:
    """The found rows as hits, in the order given."""
    marks = ",".join("?" * len(best))
    rows = connection.execute(
        f"""select s.id, s.record_id, s.kind, s.year, s.municipality, o.name, s.text,
            coalesce(d.title, d.filename), s.document_id, s.page, s.bbox
        from search_rows s join documents d on d.id = s.document_id left join organisations o on o.id = s.organisation_id
        where s.id in ({marks})""",
        [row_id for row_id, _ in best],
    )
    found = {row[0]: row[1:] for row in rows}
    marked = _marked_words(connection, {w for row in found.values() for w in words(row[5])}, plan)
    return [_hit(found[row_id], score, marked) for row_id, score in best if row_id in found]


def _hit(row: tuple[Any, ...], score: float, marked: set[str]) -> Hit:
    record_id, kind, year, municipality, body, text, report, document_id, page, bbox = row
    link = f"/-/sida/{document_id}/{page}?ruta={(bbox or '').strip('[]')}"
    return Hit(record_id, kind, year, municipality, body, text, snippet(text, marked), report, document_id, page, link, score)


def _marked_words(connection: sqlite3.Connection, unique: set[str], plan: Plan) -> set[str]:
    """Those of some words that were looked for: by stem, as part of a compound, by their beginning, or as typed without dots."""
    found: set[str] = set()
    starts = tuple({fold_dots(m)[:START] for m in (*plan.marked, *plan.beginnings)})
    ordered = sorted(w for w in unique if any(map(fold_dots(w).__contains__, starts)))
    for at in range(0, len(ordered), CHUNK):
        chunk = ordered[at : at + CHUNK]
        marks = ",".join("?" * len(chunk))
        for word, its_stem, parts in connection.execute(f"select word, stem, parts from search_words where word in ({marks})", chunk):
            stems = {its_stem, root(its_stem), *(parts or "").split()}
            if stems & plan.marked or {fold_dots(s) for s in stems} & plan.marked or word.startswith(plan.beginnings):
                found.add(word)
    return found


def update(database: Database, document_ids: Iterable[str]) -> None:
    """Index the given documents anew and drop those that are gone."""
    search_index.update(database.conn, document_ids)


def rebuild(database: Database) -> None:
    """Make the whole index from scratch."""
    search_index.rebuild(database.conn)
