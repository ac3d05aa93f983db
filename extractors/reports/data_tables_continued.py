"""Tables without headers that go on from the page before: they take over its column labels where the columns stand at the same places."""

from __future__ import annotations

from statistics import median

from extractors.layout.blocks import Table
from extractors.reports.data_tables_shape import Shape, cell_text, read_number

SAME_PLACE = 12.0
"""Points by which the right edges of a column may differ from page to page."""


def inherit_labels(shape: Shape, table: Table, earlier: Shape | None, earlier_table: Table | None) -> bool:
    """Give a table without column labels those of the table before it; whether that could be done.

    Only where the earlier one ends on the same page or the one before, and each column of figures has its counterpart there.
    """
    if earlier is None or earlier_table is None or any(shape.columns.values()) or not any(earlier.columns.values()):
        return False
    if not 0 <= table.page - _last_page(earlier_table) <= 1 or len(shape.columns) > len(earlier.columns):
        return False
    mine, theirs = _edges(shape), _edges(earlier)
    found: dict[int, str] = {}
    for column, edge in mine.items():
        near = [c for c, other in theirs.items() if abs(edge - other) <= SAME_PLACE]
        if len(near) != 1:
            return False
        found[column] = earlier.columns[near[0]]
    if len(set(found.values())) < len(found) or set(found) != set(shape.columns):
        return False
    shape.columns.update(found)
    shape.title = shape.title or earlier.title
    return True


def _last_page(table: Table) -> int:
    return max([table.page, *(place.page for place in table.continued), *(cell.page for cell in table.cells)])


def _edges(shape: Shape) -> dict[int, float]:
    """The right edge of each column's figures."""
    edges: dict[int, list[float]] = {}
    for row in shape.rows:
        for column, cell in row.cells.items():
            if read_number(cell_text(cell)) is not None:
                edges.setdefault(column, []).append(max(b.bbox[2] for b in cell.blocks))
    return {column: median(values) for column, values in edges.items()}
