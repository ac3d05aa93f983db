"""Activities with their status, by word, sign or progress bar, from tables headed "Aktivitet" and the like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.layout.blocks import Cell, Table
from extractors.reports.context import Context
from extractors.reports.goals_columns import Column, cell_text, fold, read_columns, signs_of
from extractors.reports.indicators import walk_tables
from extractors.swedish.assessment_progress import find_progress, parse_percent, parse_progress, status_of_share
from schema.records import Activity, Trace

if TYPE_CHECKING:
    from extractors.reports.goals import Owners

BY_COLOR = {"green": "pagar", "yellow": "pagar", "red": "pagar", "grey": "ej_paborjad", "blue": "genomford"}
BY_SHAPE = {"tick": "genomford", "cross": "avbruten"}
Row = list[Cell | None]


def read_activities(context: Context, owners: Owners) -> tuple[Activity, ...]:
    """The activities of all tables that hold some and tell how far they have come."""
    found: list[Activity] = []
    for table in walk_tables(context.report.blocks):
        columns = read_columns(table)
        roles = {c.role for c in columns}
        if "activity" in roles and "indicator" not in roles and (roles & {"status", "progress"} or _signs(columns)):
            found += _rows(context, owners, table, columns)
    return tuple(found)


def _signs(columns: list[Column]) -> bool:
    return any(c.signs >= 0.3 for c in columns)


def _rows(context: Context, owners: Owners, table: Table, columns: list[Column]) -> list[Activity]:
    name_column = next(c for c in columns if c.role == "activity")
    headers = {fold(c.label) for c in columns}
    goal, found, seen = owners.goal_of(table), [], set[int]()
    for row in table.grid()[table.header_rows :]:
        cell = row[name_column.index]
        text = cell_text(cell)
        if cell is None or not text or fold(text) in headers or id(cell) in seen or cell.colspan >= max(2, table.cols):
            continue
        seen.add(id(cell))
        status, progress = read_state(columns, row)
        body = (goal.organisation if goal else None) or context.body_of(table) or context.document.organisation
        trace = Trace(cell.page, cell.bbox, f"activity-table:{table.source}", cell.confidence)
        found.append(
            Activity(context.ids.next("activity"), trace, text, goal.id if goal else None, body, status, progress, _comment(columns, row))
        )
    return found


def read_state(columns: list[Column], row: Row) -> tuple[str | None, float | None]:
    """Status and progress of a row: words first, then the share, then a sign with its key or shape."""
    progress = next((i.progress for c in row for i in signs_of(c) if i.progress is not None), None)
    by_word = None
    for column in columns:
        text = cell_text(row[column.index])
        if column.role in {"status", "progress"} and text:
            by_word = by_word or parse_progress(text)
            progress = parse_percent(text) if progress is None else progress
    if by_word:
        return by_word, progress
    if progress is not None:
        return status_of_share(progress), progress
    return _by_sign(row), progress


def _by_sign(row: Row) -> str | None:
    for cell in row:
        for icon in signs_of(cell):
            found = find_progress(icon.meaning) if icon.meaning else None
            if found:
                return found.status
            if icon.shape in BY_SHAPE:
                return BY_SHAPE[icon.shape]
            if icon.color in BY_COLOR:
                return BY_COLOR[icon.color]
    return None


def _comment(columns: list[Column], row: Row) -> str | None:
    texts = [cell_text(row[c.index]) for c in columns if c.role == "analysis"]
    return " ".join(t for t in texts if t) or None
