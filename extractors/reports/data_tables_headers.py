"""Header cells that stand over several columns without saying so: "Januari–april" over Utfall, Budget and Avvikelse.

A geometric reader sees such a header only over the column that it is centred on. It is spread over its group where the groups are
of equal size and each header stands in the middle of its own; a header that is merely broken over two lines stands over its column.
"""

from __future__ import annotations

from extractors.layout.blocks import Cell

Grid = list[list[Cell | None]]
ALIGNED = 3.0
"""Points within which two edges count as one."""


def spread_headers(grid: Grid, first: int, header: int, labels: int) -> dict[tuple[int, int], str]:
    """Texts for empty places of upper header rows, by row and column. `labels`: how many columns stand before the figures."""
    found: dict[tuple[int, int], str] = {}
    for r in range(first, header - 1):
        found.update(_spread(grid, r, labels))
    return found


def _spread(grid: Grid, r: int, labels: int) -> dict[tuple[int, int], str]:
    row, below = grid[r], grid[r + 1]
    columns = [c for c in range(labels, len(row)) if below[c] is not None and _text(below[c])]
    heads = [c for c in range(labels, len(row)) if _text(row[c])]
    if len(heads) < 2 or len(columns) % len(heads) or len(columns) == len(heads) or not set(heads) <= set(columns):
        return {}
    if any(cell is not None and cell.colspan > 1 for cell in row):
        return {}
    size = len(columns) // len(heads)
    groups = [columns[i : i + size] for i in range(0, len(columns), size)]
    if not all(
        _in_middle(row[head], below[head], group.index(head) if head in group else -1, size)
        for head, group in zip(heads, groups, strict=True)
    ):
        return {}
    return {(r, c): _text(row[head]) for head, group in zip(heads, groups, strict=True) for c in group}


def _in_middle(head: Cell | None, below: Cell | None, place: int, size: int) -> bool:
    """Whether a header stands in the middle of its group of columns; of two, it must not stand flush over either."""
    if place < 0 or head is None or below is None:
        return False
    if size % 2:
        return place == size // 2
    flush = abs(head.bbox[0] - below.bbox[0]) <= ALIGNED or abs(head.bbox[2] - below.bbox[2]) <= ALIGNED
    return place in (size // 2 - 1, size // 2) and not flush


def _text(cell: Cell | None) -> str:
    return cell.text.strip() if cell else ""
