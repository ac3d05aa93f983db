"""Shares that make a hundred: columns of percentages over all rows or over the rows of a group."""

from __future__ import annotations

from itertools import groupby

from db.findings_grid import Column, Grid, Row
from db.findings_relations import Linear

LEAST_ROWS = 3
LEAST_COLUMNS = 2


def hundred_relations(grid: Grid) -> list[Linear]:
    """Columns whose shares make a hundred, where at least two of them do and at most one in four does not."""
    if any(r.total == 2 for r in grid.rows):
        return []
    relations = []
    for _, rows in groupby(grid.rows, key=lambda r: r.group):
        whole = list(rows)
        tried = [r for c in grid.columns if (r := _relation(grid, c, whole))]
        held = sum(r.holds for r in tried)
        if held >= LEAST_COLUMNS and held >= 4 * (len(tried) - held):
            relations += tried
    return relations


def _relation(grid: Grid, column: Column, rows: list[Row]) -> Linear | None:
    """The shares of a column as a relation; None where a figure is missing or is no share."""
    keys = [(r.index, column.index) for r in rows]
    figures = [grid.figures.get(k) for k in keys]
    shares = [f for f in figures if f is not None and abs(f.value) <= 200]
    if len(rows) < LEAST_ROWS or len(shares) < len(keys) or sum(f.value > 0 for f in shares) < LEAST_ROWS:
        return None
    largest = max(keys, key=lambda k: grid.figures[k].value)
    return Linear(grid, "procent", largest, tuple((1, k) for k in keys), weight=2.0, constant=100.0)
