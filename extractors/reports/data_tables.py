"""Every data table of a report as cells: title, unit, row labels with their groups, column labels, numbers, and the text as printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.layout.blocks import Cell
from extractors.reports.column_meaning import body_of_row, column_meanings
from extractors.reports.context import Context
from extractors.reports.data_tables_continued import inherit_labels
from extractors.reports.data_tables_judge import is_data
from extractors.reports.data_tables_shape import YEAR, BodyRow, Shape, cell_text, find_shapes, read_number, says_nothing
from extractors.reports.data_tables_titles import Placed, column_unit, find_note, find_title, find_unit, placed_tables, row_unit
from extractors.swedish.columns import ColumnMeaning, table_kind
from extractors.swedish.numbers import Number
from schema.records import ReportTable, TableCell, Trace

IN_DOUBT = 0.6
MANY_POINTS = 8
"""Figures with a point and just three digits behind it, to be taken for thousands: decimals vary."""
_GROUPS = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?:,\d+)?(?![\d.])")
"""Confidence of cells in a table of whose reading something speaks against."""
INHERITED = 0.85
"""Confidence of cells whose column labels stand on the page before."""
UNLABELLED = 0.8
"""Confidence of cells whose column has no label."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """What is known of each column: label, meaning, unit, and whether its cells are words even where one looks like a number."""

    labels: dict[int, str]
    meanings: dict[int, ColumnMeaning]
    units: dict[int, str | None]
    words: frozenset[int]
    thousands: bool
    """Whether the points in the table's figures part thousands beyond doubt."""


def read_tables(context: Context) -> tuple[ReportTable, ...]:
    """The data tables of a report in reading order."""
    tables = []
    before: tuple[Placed, Shape] | None = None
    for placed in placed_tables(context.report):
        for shape in find_shapes(placed.table):
            inherited = before is not None and inherit_labels(shape, placed.table, before[1], before[0].table)
            if is_data(placed.table, shape):
                tables.append(_record(context, placed, shape, inherited=inherited))
                before = (placed, shape)
    return tuple(t for t in tables if t.cells)


def _record(context: Context, placed: Placed, shape: Shape, *, inherited: bool) -> ReportTable:
    """One data table as a record."""
    table = placed.table
    standing = table if placed.outer is None else placed.outer
    title = find_title(placed, shape, context.headings_of(standing))
    columns = _columns(shape)
    unit = find_unit(placed, shape, title) or _common_unit(columns)
    confidence = min(table.confidence, IN_DOUBT if table.doubt else INHERITED if inherited else 1.0)
    if table.doubt:
        context.notice("table_in_doubt", f"Tabellen ”{title}” kan vara fel avläst: {table.doubt}.", table.page, table.bbox)
    trace = Trace(table.page, table.bbox, f"table:{table.source}", confidence)
    table_id = context.ids.next("report_table")
    body = context.body_of(standing)
    cells = tuple(_cells(context, shape, columns, (confidence, unit, body)))
    return ReportTable(
        id=table_id,
        trace=trace,
        title=title,
        unit=unit,
        method=table.source,
        kind=table_kind(f"{title} {shape.corner}", tuple(r.label for r in shape.rows), figures=any(c.value is not None for c in cells)),
        section_id=context.section_of(standing),
        note=find_note(placed, shape),
        cells=cells,
    )


def _columns(shape: Shape) -> _Columns:
    labels = shape.columns
    meanings = column_meanings(labels)
    units = {c: column_unit(label, shape, c) for c, label in labels.items()}
    return _Columns(labels, meanings, units, frozenset(c for c in labels if _is_words(shape, c)), _points_part_thousands(shape))


def _points_part_thousands(shape: Shape) -> bool:
    """Whether a table itself says that "71.203" is some seventy thousand: by "1.909,2" or "1.204.118", or by many such figures and no
    other point.
    """
    texts = [cell_text(cell) for row in shape.rows for cell in row.cells.values()]
    pointed = [t for t in texts if "." in t and any(ch.isdigit() for ch in t) and read_number(t) is not None]
    groups = [t for t in pointed if _GROUPS.search(t)]
    sure = any("," in t or t.count(".") > 1 for t in groups)
    return len(groups) == len(pointed) and (sure or len(groups) >= MANY_POINTS)


def _common_unit(columns: _Columns) -> str | None:
    """The unit that the columns of figures all have in their labels."""
    units = {columns.units[c] for c in columns.labels if c not in columns.words and not columns.meanings[c].ordinal}
    return units.pop() if len(units) == 1 else None


def _is_words(shape: Shape, column: int) -> bool:
    """Whether most cells of a column are words or dates, so that a lone year among them is no figure."""
    texts = [t for row in shape.rows if (cell := row.cells.get(column)) and not says_nothing(t := cell_text(cell))]
    return 2 * sum(read_number(t) is None for t in texts) > len(texts)


def _cells(context: Context, shape: Shape, columns: _Columns, defaults: tuple[float, str | None, str | None]) -> Iterator[TableCell]:
    """The cells that say something, row by row. `defaults`: the table's confidence, its unit, and the body whose section it is in."""
    for row in shape.rows:
        for column, cell in sorted(row.cells.items()):
            text = cell_text(cell)
            if not says_nothing(text) and text != row.label:
                yield _cell(context, (row, column, cell), columns, defaults)


def _cell(context: Context, at: tuple[BodyRow, int, Cell], columns: _Columns, defaults: tuple[float, str | None, str | None]) -> TableCell:
    row, column, cell = at
    confidence, unit, body = defaults
    text, meaning = cell_text(cell), columns.meanings[column]
    number = _number(text, meaning, words=column in columns.words)
    confidence = min(confidence, cell.confidence, 1.0 if columns.labels[column] else UNLABELLED)
    return TableCell(
        id=context.ids.next("table_cell"),
        row=row.index,
        col=column,
        row_label=row.label,
        column_label=columns.labels[column],
        text=text,
        value=number.value if number else None,
        page=cell.page,
        bbox=cell.bbox,
        confidence=min(confidence, IN_DOUBT) if number and number.doubtful and not columns.thousands else confidence,
        group_label=row.group,
        decimals=number.decimals if number else None,
        measure=meaning.measure,
        period=meaning.period,
        year=meaning.year or (int(row.label) if YEAR.fullmatch(row.label) else None),
        unit=(number.unit if number else None) or row_unit(row.label, columns.units[column] or unit),
        organisation=body_of_row(row.label) or body,
    )


def _number(text: str, meaning: ColumnMeaning, *, words: bool) -> Number | None:
    """The number that a cell is. A reference ("6,7" under "Not") and a year among words are none."""
    number = read_number(text)
    if number is None or (words and YEAR.fullmatch(text)) or (meaning.ordinal and number.decimals):
        return None
    return number
