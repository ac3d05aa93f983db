"""Indicators (mätetal, nyckeltal) with all their values, as printed and as numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractors.layout.blocks import Block, Cell, Table
from extractors.reports.context import Context
from extractors.reports.goals_columns import Column, cell_text, fold, header_count, read_columns
from extractors.swedish.columns import read_column
from extractors.swedish.numbers import Number, find_numbers, parse_number
from schema.records import Indicator, IndicatorValue, Trace

if TYPE_CHECKING:
    from extractors.reports.goals import Owners

_ROUND = re.compile(r"\([^()]*\)")
_NEW = re.compile(r"^(?:ny[at]?|nytt) (?:mätetal|mått|indikator|nyckeltal)", re.IGNORECASE)


def read_indicators(context: Context, owners: Owners) -> tuple[Indicator, ...]:
    """The indicators of all tables that hold some, in reading order."""
    found: list[Indicator] = []
    for table in walk_tables(context.report.blocks):
        columns = read_columns(table)
        if is_indicator_table(columns):
            found += _rows(context, owners, table, columns)
    return tuple(found)


def walk_tables(blocks: tuple[Block, ...]) -> list[Table]:
    """All tables, those within cells of others among them."""
    tables: list[Table] = []
    for block in blocks:
        if isinstance(block, Table):
            tables.append(block)
            for cell in block.cells:
                tables += walk_tables(cell.blocks)
    return tables


def is_indicator_table(columns: list[Column]) -> bool:
    """Whether a column is headed as indicator and another one holds values."""
    roles = [c.role for c in columns]
    return "indicator" in roles and any(c.role == "value" or (c.index > roles.index("indicator") and _may_hold_values(c)) for c in columns)


def _may_hold_values(column: Column) -> bool:
    return column.role in {"value", "status"} and bool(read_column(column.label).measure or read_column(column.label).year)


def _rows(context: Context, owners: Owners, table: Table, columns: list[Column]) -> list[Indicator]:
    name_column = next(c for c in columns if c.role == "indicator")
    values = [c for c in columns if c.index != name_column.index and (c.role == "value" or _may_hold_values(c))]
    goals = [c for c in columns if c.role == "goal"]
    headers = {fold(c.label) for c in columns}
    found = []
    for row in table.grid()[header_count(table) :]:
        cell = row[name_column.index]
        name = cell_text(cell)
        if cell is None or not name or fold(name) in headers or not any(cell_text(row[c.index]) for c in values):
            continue
        goal = owners.goal_of(table, cell_text(row[goals[-1].index]) if goals else "")
        body = (goal.organisation if goal else None) or context.body_of(table) or context.document.organisation
        printed = tuple(_value(context, c, row[c.index]) for c in values if cell_text(row[c.index]))
        trace = Trace(cell.page, cell.bbox, f"indicator-table:{table.source}", cell.confidence)
        found.append(Indicator(context.ids.next("indicator"), trace, name, body, goal.id if goal else None, printed))
    return found


def _value(context: Context, column: Column, cell: Cell | None) -> IndicatorValue:
    text, meaning = cell_text(cell), read_column(column.label)
    number = read_value(text)
    return IndicatorValue(
        context.ids.next("indicator_value"),
        column.label,
        text,
        number.value if number else None,
        (number.unit if number else None) or unit_of_label(column.label),
        meaning.measure,
        meaning.year,
    )


def read_value(text: str) -> Number | None:
    """The number of a value cell: "73% (avser 2021, …)" -> 73, "Minst 73" -> 73; None for "-", "Nytt mätetal 2023" and words."""
    if not text or _NEW.match(text):
        return None
    outside = _ROUND.sub(" ", text).strip()
    number = parse_number(text) or parse_number(outside)
    if number:
        return number
    numbers = find_numbers(outside)
    return numbers[0][2] if len(numbers) == 1 and len(outside) <= 40 else None


def unit_of_label(label: str) -> str | None:
    """The unit that a column header gives ("Utfall 2023 (%)")."""
    return "%" if re.search(r"\(%\)|\bprocent\b|, ?%|%$", label) else None
