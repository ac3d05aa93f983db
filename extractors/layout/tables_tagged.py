"""A table read from tags, held against what stands on the page: header rows that are not tagged so, cells in the wrong column.

Tags say which cells there are, and programs that write them get two things wrong: the header (everything TD, or a TH row too
few), and rows that lack their empty cells, which moves what follows to the left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.layout.blocks import Cell, Icon, Table
from extractors.layout.headers import header_rows_of
from extractors.layout.tables_rows import is_number

_OUT_OF_PLACE = 0.6


def check_tagged(table: Table) -> Table:
    """The table with its header rows as a reader sees them; cells that stand under another column get a low confidence."""
    return _placed(_headed(table))


def _headed(table: Table) -> Table:
    """Header rows by what is seen where numbers tell, else by the tags."""
    seen = header_rows_of(table)
    numeric = any(is_number(c.text) for c in table.cells if c.col > 0 and c.row >= seen)
    rows = seen if seen and (numeric or not table.header_rows) else table.header_rows
    if rows == table.header_rows or rows >= table.rows:
        return table
    cells = tuple(c if c.row >= rows and c.row >= table.header_rows else replace(c, header=c.row < rows) for c in table.cells)
    return replace(table, header_rows=rows, cells=cells)


def _placed(table: Table) -> Table:
    """Numbers that stand clear of their column's other numbers, and under another column's, are in doubt."""
    spans = {
        col: _span([c for c in table.cells if c.col == col and c.colspan == 1 and _is_plain_number(c)]) for col in range(1, table.cols)
    }
    wrong = {id(c) for c in table.cells if _is_plain_number(c) and _elsewhere(c, spans)}
    if not wrong:
        return table
    cells = tuple(replace(c, confidence=min(c.confidence, _OUT_OF_PLACE)) if id(c) in wrong else c for c in table.cells)
    doubt = "; ".join(d for d in (table.doubt, f"{len(wrong)} numbers stand under another column than their tags say") if d)
    return replace(table, cells=cells, doubt=doubt)


def _is_plain_number(cell: Cell) -> bool:
    return cell.col > 0 and is_number(cell.text)


def _words_box(cell: Cell) -> tuple[float, float]:
    boxes = [b.bbox for b in cell.blocks if b.text and not isinstance(b, Icon)]
    return min(b[0] for b in boxes), max(b[2] for b in boxes)


def _span(cells: Sequence[Cell]) -> tuple[float, float] | None:
    """Where the middle half of a column's numbers stand."""
    if len(cells) < 3:
        return None
    boxes = [_words_box(c) for c in cells]
    lefts, rights = sorted(b[0] for b in boxes), sorted(b[1] for b in boxes)
    return lefts[len(lefts) // 4], rights[-1 - len(rights) // 4]


def _elsewhere(cell: Cell, spans: dict[int, tuple[float, float] | None]) -> bool:
    """Whether a number stands outside its own column's span and inside another's."""
    own = spans.get(cell.col)
    if own is None or cell.colspan > 1:
        return False
    left, right = _words_box(cell)
    if right > own[0] and left < own[1]:
        return False
    return any(s is not None and right > s[0] and left < s[1] for col, s in spans.items() if col != cell.col)
