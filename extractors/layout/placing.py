"""Puts tables and icons where they belong: into a cell, beside the text on the same line, or into the order of the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.layout.blocks import BBox, Block, Cell, Icon, Table
from extractors.layout.entries import Entry
from extractors.layout.runs import centre_in, same_row
from extractors.layout.tags_tables import TableDraft

SLACK = 3.0
"""Points by which an icon may stand outside a table that it belongs to."""
BEYOND, LEAST_LIGHTS = 48.0, 2
"""Points by which a column of lights without a header may stand right of the words of its table; and how many there must be."""
BESIDE = 150.0
"""Points: further away on the same line is not beside."""


def insert(entries: list[Entry], entry: Entry) -> None:
    """Put a block into the reading order by where it stands: before the first block that begins below it in the same column.

    What stands right of a table, in the next column, comes after it.
    """
    box = entry.block.bbox
    at = next((at for at, other in enumerate(entries) if is_below(other.block.bbox, box)), len(entries))
    while at and isinstance(entry.block, Table) and entries[at - 1].block.bbox[0] >= box[2]:
        at -= 1
    entries.insert(at, entry)


def is_below(there: BBox, box: BBox) -> bool:
    """Whether a box begins below the top of another, in the same column."""
    return there[1] >= box[1] and there[0] < box[2] and there[2] > box[0]


def insert_all(entries: list[Entry], row: list[Entry]) -> None:
    """Put the blocks of a row of cards into the reading order together: before the first block that begins below them."""
    if row:
        top = min(entry.block.bbox[1] for entry in row)
        at = next((i for i, other in enumerate(entries) if other.block.bbox[1] > top), len(entries))
        entries[at:at] = row


def place_icon(entries: list[Entry], drafts: Sequence[TableDraft], icon: Icon) -> None:
    """Put an icon into the table cell that it stands in, else next to the text on its line, else by its place.

    `drafts` are the tables by tags that stand on the page, also those that began on an earlier one.
    """
    for draft in drafts:
        if is_in(icon, draft.boxes[icon.page]):
            draft.icons.append(icon)
            return
    for entry in entries:
        if isinstance(entry.block, Table) and is_in(icon, entry.block.bbox):
            entry.block = with_icon(entry.block, icon)
            return
    if icon.frame is not None and (own := [i for i, entry in enumerate(entries) if entry.block.frame == icon.frame]):
        above = [i for i in own if entries[i].block.bbox[1] <= icon.bbox[1] + SLACK]
        entries.insert(above[-1] + 1 if above else own[0], Entry(icon))
        return
    beside = nearest(entries, icon)
    if beside is None:
        insert(entries, Entry(icon))
        return
    before = entries[beside].block.bbox[0] > (icon.bbox[0] + icon.bbox[2]) / 2
    entries.insert(beside if before else beside + 1, Entry(icon))


def lights_beside(entries: Sequence[Entry], icons: Sequence[Icon]) -> list[Icon]:
    """Give tables the lights that stand under one another right of them, one in a row, as a last column; the icons that are left over."""
    left = list(icons)
    for entry in entries:
        table = entry.block
        if not isinstance(table, Table):
            continue
        x1, y0, y1 = table.bbox[2] + SLACK, table.bbox[1], table.bbox[3] + SLACK
        near = [i for i in left if not i.in_key and x1 - SLACK <= i.bbox[0] <= x1 + BEYOND and y0 <= (i.bbox[1] + i.bbox[3]) / 2 <= y1]
        rows = [nearest_line(table, icon, across=False) for icon in near]
        if any(_has_words(entries, table, icon) for icon in near):
            continue
        flush = max((i.bbox[0] for i in near), default=0.0) - min((i.bbox[0] for i in near), default=0.0)
        if len(near) < LEAST_LIGHTS or flush > SLACK or len(set(rows)) < len(rows):
            continue
        cells = [Cell(row=r, col=table.cols, page=i.page, bbox=i.bbox, blocks=(i,)) for r, i in zip(rows, near, strict=True)]
        box = (*table.bbox[:2], max(i.bbox[2] for i in near), table.bbox[3])
        entry.block = replace(table, cells=(*table.cells, *cells), cols=table.cols + 1, bbox=box)
        left = [icon for icon in left if not any(icon is i for i in near)]
    return left


def _has_words(entries: Sequence[Entry], table: Table, icon: Icon) -> bool:
    """Whether words stand between a table and a light right of it, or right behind the light, which then is theirs."""
    others = (e.block.bbox for e in entries if e.block is not table and not isinstance(e.block, Icon))
    return any(same_row(box, icon.bbox) and box[2] > table.bbox[2] and box[0] < icon.bbox[2] + BEYOND / 4 for box in others)


def is_in(icon: Icon, box: BBox) -> bool:
    """Whether an icon stands in a table's box, or just outside."""
    return centre_in(icon.bbox, (box[0] - SLACK, box[1] - SLACK, box[2] + SLACK, box[3] + SLACK))


def nearest(entries: Sequence[Entry], icon: Icon) -> int | None:
    """The entry with words on the icon's line that stands nearest to it; None where there is none."""
    best: tuple[float, int] | None = None
    for at, entry in enumerate(entries):
        box = entry.block.bbox
        if entry.draft is not None or isinstance(entry.block, (Table, Icon)) or not same_row(box, icon.bbox):
            continue
        distance = max(box[0] - icon.bbox[2], icon.bbox[0] - box[2], 0.0)
        if distance <= BESIDE and (best is None or distance < best[0]):
            best = (distance, at)
    return best[1] if best else None


def with_icon(table: Table, icon: Icon) -> Table:
    """A table with an icon in the cell that it stands in; a cell is made where there was none."""
    held = next((cell for cell in table.cells if centre_in(icon.bbox, cell.bbox)), None)
    row, col = (held.row, held.col) if held else (nearest_line(table, icon, across=False), nearest_line(table, icon, across=True))
    cells = list(table.cells)
    for at, cell in enumerate(cells):
        if cell.row <= row < cell.row + cell.rowspan and cell.col <= col < cell.col + cell.colspan:
            cells[at] = replace(cell, blocks=with_block(cell.blocks, icon))
            return replace(table, cells=tuple(cells))
    cells.append(Cell(row=row, col=col, page=icon.page, bbox=icon.bbox, blocks=(icon,)))
    return replace(table, cells=tuple(cells))


def with_block(blocks: tuple[Block, ...], icon: Icon) -> tuple[Block, ...]:
    """A cell's blocks with an icon in its place from top to bottom and left to right."""
    x, y = icon.bbox[0], (icon.bbox[1] + icon.bbox[3]) / 2
    at = len(blocks)
    for index, block in enumerate(blocks):
        if block.bbox[1] > y or (block.bbox[3] > y and block.bbox[0] > x):
            at = index
            break
    return (*blocks[:at], icon, *blocks[at:])


def nearest_line(table: Table, icon: Icon, *, across: bool) -> int:
    """The column (`across`) or row of a table whose cells stand nearest to an icon."""
    low, high = (0, 2) if across else (1, 3)
    middle = (icon.bbox[low] + icon.bbox[high]) / 2
    best, least = 0, float("inf")
    for cell in table.cells:
        if (cell.colspan if across else cell.rowspan) > 1 or cell.page != icon.page:
            continue
        distance = max(cell.bbox[low] - middle, middle - cell.bbox[high], 0.0)
        if distance < least:
            best, least = (cell.col if across else cell.row), distance
    return best
