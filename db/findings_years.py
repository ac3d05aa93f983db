"""The same outcome in two reports: "Bokslut 2022" as the report of 2022 prints it, and as the report of 2023 compares with it.

Reports restate: bodies are reorganised, principles change, comparison figures are reckoned anew. Most differences are therefore no
errors, and what is found here is no finding but a row of its own table, to be looked at. Two figures are compared only under the
same row label, group, period and kind of table of the same body's reports, where the two tables are seen to tell the same: at least
four figures alike, and nearly all of them. What the later report says it has restated is left out, and so are amounts that have
moved from one row to another.

The scope (a municipality, or a body that belongs to none) is compared anew as a whole from its own reports only, so that adding
reports and rebuilding give the same.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from db.findings_messages import printed
from db.findings_years_read import Outcome, TablePair, difference, read_outcomes, restated_documents, table_pairs

KIND = "annan_uppgift"
WEIGHT = 0.7
"""Confidence of a difference between two figures that were read with certainty."""


def update(connection: sqlite3.Connection, scopes: Iterable[str]) -> None:
    """Compare anew the reports of the given scopes."""
    for scope in sorted(scopes):
        connection.execute("delete from year_differences where scope = ?", [scope])
        outcomes = read_outcomes(connection, scope)
        found = [d for pair in table_pairs(outcomes) for d in _odd_ones(pair)]
        told = restated_documents(connection, {later.document for _, later in found})
        _write(connection, scope, [(a, b) for a, b in _once(found) if b.document not in told])


def rebuild(connection: sqlite3.Connection) -> None:
    """Compare all reports anew."""
    connection.execute("delete from year_differences")
    scopes = connection.execute("select distinct coalesce(municipality, organisation_id, id) from documents").fetchall()
    update(connection, [row[0] for row in scopes])


def _odd_ones(pair: TablePair) -> Iterator[tuple[Outcome, Outcome]]:
    """The figures that differ in two tables which otherwise agree: one for each amount, none that has moved to another row."""
    by_period: dict[str, list[tuple[Outcome, Outcome]]] = defaultdict(list)
    for earlier, later in pair.odd:
        by_period[later.key.period].append((earlier, later))
    for odd in by_period.values():
        for i, (earlier, later) in enumerate(odd):
            others = odd[:i] + odd[i + 1 :]
            amount = difference(earlier, later)
            moved = any(difference(a, b) == -amount for a, b in others)
            told = any(difference(a, b) == amount for a, b in odd[:i])
            if not moved and not told:
                yield earlier, later


def _once(found: Sequence[tuple[Outcome, Outcome]]) -> Iterator[tuple[Outcome, Outcome]]:
    """Of a figure that several later reports repeat, or several earlier tables print, the first pair only."""
    ranked = sorted(found, key=lambda d: (d[1].when, d[1].cell_id, [-ord(c) for c in d[0].when], d[0].cell_id))
    seen: set[tuple[object, float]] = set()
    for earlier, later in ranked:
        name = (later.key, later.amount)
        if name not in seen:
            seen.add(name)
            yield earlier, later


def _write(connection: sqlite3.Connection, scope: str, pairs: Sequence[tuple[Outcome, Outcome]]) -> None:
    columns = (
        "id, scope, document_id, page, bbox, rule, confidence, table_id, cell_id, earlier_cell_id, earlier_document_id, kind, severity, "
        "row_label, column_label, period, reported, earlier, message"
    )
    rows = []
    for earlier, later in pairs:
        key = "s-" + hashlib.sha256(f"{earlier.cell_id} {later.cell_id}".encode()).hexdigest()[:12]
        confidence = round(WEIGHT * min(earlier.confidence, later.confidence), 3)
        place = (later.document, later.page, later.bbox, f"years:{KIND}", confidence, later.table, later.cell_id)
        about = (earlier.cell_id, earlier.document, KIND, "lag", later.row_label, later.column_label, later.key.period)
        rows.append((key, scope, *place, *about, later.value, earlier.value, _message(earlier, later)))
    marks = ", ".join("?" * len(columns.split(",")))
    connection.executemany(f"insert into year_differences ({columns}) values ({marks})", rows)


def _message(earlier: Outcome, later: Outcome) -> str:
    """The sentence that shows both figures, each with its report and page."""
    return (
        f"”{later.row_label}”, {later.key.period}: {_shown(earlier)}, {_shown(later)}. "
        "Att titta på: uppgiften kan ha räknats om utan att rapporten säger det."
    )


def _shown(outcome: Outcome) -> str:
    unit = f" {outcome.unit}" if outcome.unit else ""
    return f"”{outcome.title}” anger {printed(outcome.value, outcome.decimals)}{unit} (sidan {outcome.page}, ”{outcome.column_label}”)"
