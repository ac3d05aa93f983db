"""Merged cells that the tags leave unsaid: an empty cell with no line above it, where its row has one, belongs to the cell above.

InDesign and some office programs tag every place of the grid as a cell of its own and write no RowSpan; the rules on the page tell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractors.layout.tags_tables import CellDraft, Grid

Segment = tuple[float, float, float]
"""A level rule: its y, and where it begins and ends."""
NEAR = 2.5
"""Points between rules that draw one border."""
ROUND = 14.0
"""Points round the border that words suggest, within which its rule stands."""


def merge_down(cells: list[CellDraft], grids: Mapping[int, Grid], levels: Mapping[int, Sequence[Segment]]) -> list[CellDraft]:
    """The cells of a table, with empty ones taken into those above where the rules show that they are one."""
    if any(cell.tag.rowspan > 1 or cell.tag.colspan > 1 for cell in cells):
        return cells
    at = {(cell.row, cell.col): cell for cell in cells}
    width = 1 + max((cell.col for cell in cells), default=0)
    kept: list[CellDraft] = []
    for cell in sorted(cells, key=lambda each: (each.row, each.col)):
        above = at.get((cell.row - 1, cell.col))
        if cell.parts or above is None or cell.row < 2 or not is_open(cell, above, grids, levels, width):
            kept.append(cell)
            continue
        above.tag = replace(above.tag, rowspan=above.tag.rowspan + 1)
        at[cell.row, cell.col] = above
    return kept


def is_open(cell: CellDraft, above: CellDraft, grids: Mapping[int, Grid], levels: Mapping[int, Sequence[Segment]], width: int) -> bool:
    """Whether nothing is drawn between a cell and the one above it, while at least half of the row's border is drawn."""
    if not above.parts:
        return False
    page = above.parts[-1].page
    grid = grids[page]
    border = grid.rows[cell.row][0]
    near = [segment for segment in levels.get(page, ()) if abs(segment[0] - border) <= ROUND]
    best = max((drawn_at(y, near, grid, width) for y, _, _ in near), key=sum, default=[False] * width)
    return not best[cell.col] and 2 * sum(best) >= width


def drawn_at(y: float, segments: Sequence[Segment], grid: Grid, width: int) -> list[bool]:
    """For each column, whether a rule at this height crosses its middle."""
    level = [(x0, x1) for at, x0, x1 in segments if abs(at - y) <= NEAR]
    return [any(x0 - NEAR <= sum(column) / 2 <= x1 + NEAR for x0, x1 in level) for column in grid.columns[:width]]
