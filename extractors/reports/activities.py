"""Activities with their status, by word, sign or progress bar, from tables and lists headed "Aktiviteter" and the like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.layout.blocks import Block, Cell, Heading, Icon, ListItem, Table
from extractors.reports.assignment_forms import is_form
from extractors.reports.context import Context
from extractors.reports.goals_columns import Column, cell_text, fold, header_count, is_ticked, read_columns, signs_of
from extractors.reports.goals_openers import is_activity_line, signs_beside
from extractors.reports.indicators import walk_tables
from extractors.swedish.assessment_progress import find_progress, parse_percent, parse_progress, split_status, status_of_share
from schema.records import Activity, Trace

if TYPE_CHECKING:
    from extractors.reports.goals import Owners

BY_COLOR = {"green": "genomford", "yellow": "pagar", "red": "ej_paborjad", "grey": "ej_paborjad", "blue": "genomford"}
"""What a colour mostly means beside an activity where no key says it; such a record has little confidence."""
GUESSED = 0.6
BY_SHAPE = {"tick": "genomford", "cross": "avbruten"}
LONGEST_CLAUSE = 40
"""A longer clause at the end of a line tells a story, not a status."""
Row = list[Cell | None]


def read_activities(context: Context, owners: Owners) -> tuple[Activity, ...]:
    """The activities of all tables and lists that hold some and tell how far they have come."""
    found: list[Activity] = []
    for table in walk_tables(context.report.blocks):
        columns = read_columns(table)
        roles = {c.role for c in columns}
        told = roles & {"status", "progress", "analysis"} or _signs(columns) or _chosen(columns)
        if "activity" in roles and "indicator" not in roles and told:
            found += _rows(context, owners, table, columns)
    return (*found, *_lists(context, owners))


def _lists(context: Context, owners: Owners) -> list[Activity]:
    """Lines below "Aktiviteter" that carry a sign, or end with a word of progress."""
    found: list[Activity] = []
    beside = signs_beside(context.report.blocks)
    below = False
    for block in context.report.blocks:
        if isinstance(block, Icon | Table) or not block.text:
            continue
        if is_activity_line(block.text):
            below = True
        elif is_form("heading", block.text) or is_form("lead", block.text) or isinstance(block, Heading):
            below = False
        elif below and not is_form("item", block.text) and (state := _line_state(block, beside.get(id(block), []))):
            goal = owners.goal_of(block)
            body = (goal.organisation if goal else None) or context.body_of(block) or context.document.organisation
            trace = Trace(block.page, block.bbox, "activity-list", state[3])
            found.append(Activity(context.ids.next("activity"), trace, state[0], goal.id if goal else None, body, state[1], state[2]))
    return found


def _line_state(block: Block, signs: list[Icon]) -> tuple[str, str | None, float | None, float] | None:
    """Words, status, share and confidence of a line that is an activity; None where nothing tells how far it has come."""
    text, clause = split_status(block.text)
    progress = next((i.progress for i in signs if i.progress is not None), None)
    if clause and isinstance(block, ListItem) and len(clause) <= LONGEST_CLAUSE:
        found = find_progress(clause)
        return text, found.status if found else None, progress, 0.8
    if progress is not None:
        return block.text, status_of_share(progress), progress, 0.9
    status = next((s for s in map(_status_of_sign, signs) if s), None)
    return (block.text, status, None, GUESSED) if status else None


def _chosen(columns: list[Column]) -> list[Column]:
    """The columns headed by a word of progress each ("Klar | Pågår | Ej påbörjad"), in one of which each row has its cross."""
    headed = [c for c in columns if c.role != "activity" and parse_progress(c.label)]
    return headed if len({parse_progress(c.label) for c in headed}) > 1 else []


def _signs(columns: list[Column]) -> bool:
    return any(c.signs >= 0.3 for c in columns)


def _rows(context: Context, owners: Owners, table: Table, columns: list[Column]) -> list[Activity]:
    name_column = next(c for c in columns if c.role == "activity")
    headers = {fold(c.label) for c in columns}
    goal, found, seen = owners.goal_of(table), [], set[int]()
    for row in table.grid()[header_count(table) :]:
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
    ticked = [c for c in _chosen(columns) if is_ticked(row[c.index])]
    by_word = parse_progress(ticked[0].label) if len(ticked) == 1 else None
    for column in columns:
        text = cell_text(row[column.index])
        if column.role in {"status", "progress"} and text:
            by_word = by_word or parse_progress(text)
            printed = parse_percent(text)
            progress = progress if printed is None else printed
    if by_word:
        return by_word, progress
    if progress is not None:
        return status_of_share(progress), progress
    return _by_sign(row), progress


def _by_sign(row: Row) -> str | None:
    return next((s for cell in row for icon in signs_of(cell) if (s := _status_of_sign(icon))), None)


def _status_of_sign(icon: Icon) -> str | None:
    """The status that a sign tells: by its key, else by its shape, else by its colour."""
    found = find_progress(icon.meaning) if icon.meaning else None
    if found:
        return found.status
    return BY_SHAPE.get(icon.shape) or BY_COLOR.get(icon.color)


def _comment(columns: list[Column], row: Row) -> str | None:
    texts = [cell_text(row[c.index]) for c in columns if c.role == "analysis"]
    return " ".join(t for t in texts if t) or None
