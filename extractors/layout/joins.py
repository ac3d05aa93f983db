"""Tables that go on over a page break, made one: with the header repeated, without it, and in the middle of a row.

Two tables are one where the second stands first on the page after the first's last, nothing but notes between them, and either
its header is the first one's again or it has none and its columns stand where the first one's do. What is left as a single box or
a single row (letterheads, signatures, boxes round text) is no table: its blocks go back into the flow.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.layout.blocks import Block, Cell, Note, Paragraph, Place, Table
from extractors.layout.runs import union
from extractors.layout.tables_tagged import check_tagged

_SLACK = 7.0
LEAST_OF_ROW = 3
"""A label and two figures: fewer pieces side by side need be no row of a table."""
_CLOSED = re.compile(r"[.!?:;]$")


def join_tables(blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a document in reading order, with tables by tags checked, and those that go on over a page break made one."""
    out: list[Block] = []
    taken = 0
    for i, block in enumerate(blocks):
        if i < taken:
            continue
        if not isinstance(block, Table):
            row = _lone_row(blocks, i)
            at = _last_table(out) if row else None
            joined = _joined(out[at], row) if at is not None and row is not None else None
            if joined is None or at is None or row is None:
                out.append(block)
            else:
                out[at], taken = joined, i + row.cols
            continue
        table = check_tagged(block) if block.source == "tags" else block
        at = _last_table(out)
        joined = _joined(out[at], table) if at is not None else None
        if joined is None or at is None:
            out.append(table)
        else:
            out[at] = joined
    return [piece for block in out for piece in _undone(block)]


def _lone_row(blocks: Sequence[Block], at: int) -> Table | None:
    """A label and figures side by side that stand first on a page, where the last row of a table may have gone: as a table of one row."""
    first = blocks[at]
    if not isinstance(first, Paragraph) or (at and blocks[at - 1].page == first.page) or not any(ch.isalpha() for ch in first.text):
        return None
    row: list[Block] = [first]
    for block in blocks[at + 1 :]:
        level = min(block.bbox[3], first.bbox[3]) - max(block.bbox[1], first.bbox[1]) > 0.5 * (first.bbox[3] - first.bbox[1])
        if not isinstance(block, Paragraph) or block.page != first.page or not level or not _is_figure(block.text):
            break
        row.append(block)
    if len(row) < LEAST_OF_ROW or any(b.bbox[0] <= a.bbox[2] for a, b in pairwise(row)):
        return None
    cells = tuple(Cell(row=0, col=c, page=b.page, bbox=b.bbox, blocks=(b,)) for c, b in enumerate(row))
    return Table(page=first.page, bbox=union(b.bbox for b in row), cells=cells, rows=1, cols=len(row), source=first.source)


def _undone(block: Block) -> tuple[Block, ...]:
    """The blocks of a box or single row of cells that is no table; any other block as it is."""
    if not isinstance(block, Table) or block.rows > 1 or block.caption:
        return (block,)
    if block.cols > 2 and sum(bool(c.text) for c in block.cells) > 2:
        return (block,)
    return tuple(b for cell in sorted(block.cells, key=lambda c: c.col) for b in cell.blocks)


def _last_table(out: Sequence[Block]) -> int | None:
    """Where the last table is, if nothing but notes, and lines that stand amid its rows, follows it."""
    for at in range(len(out) - 1, max(-1, len(out) - 8), -1):
        block = out[at]
        if isinstance(block, Table):
            return at if all(isinstance(b, Note) or _amid(b, block) for b in out[at + 1 :]) else None
    return None


def _amid(block: Block, table: Table) -> bool:
    """Whether a block stands between the first and last row of a table."""
    places = [Place(table.page, table.bbox), *table.continued]
    return any(p.page == block.page and p.bbox[1] - 1 <= block.bbox[1] and block.bbox[3] <= p.bbox[3] + 1 for p in places)


def _joined(first: Block, second: Table) -> Table | None:
    """Both tables as one, or None where they are two."""
    if not isinstance(first, Table):
        return None
    if second.page == last_page(first):
        headless = not second.header_rows and (first.rows == max(first.header_rows, 1) or first.source == second.source == "tags")
        columns = _columns_of(first, second) if headless else None
        return None if columns is None else _append(first, second, columns, 0)
    if second.page != last_page(first) + 1:
        return None
    repeated = _repeated_rows(first, second)
    if repeated:
        columns = _columns_of(first, second) or _same_count(first, second)
    elif second.header_rows and not _thin_header(second) and not _mock_header(first, second):
        return None
    else:
        columns = _columns_of(first, second)
    if columns is None:
        return None
    return _append(first, second, columns, repeated)


def last_page(table: Table) -> int:
    """The last page that a table stands on."""
    return max([table.page, *(p.page for p in table.continued)])


def _fold(text: str) -> str:
    return re.sub(r"[\s\u00ad-]+", "", text).casefold()


def _row_texts(table: Table, row: int) -> list[str]:
    return [_fold(c.text) for c in sorted(table.cells, key=lambda c: c.col) if c.row == row and c.text]


def _repeated_rows(first: Table, second: Table) -> int:
    """How many rows at the top of the second table say the first one's header again."""
    count = 0
    while count < min(first.rows, second.rows) and count < max(first.header_rows, 1):
        texts = _row_texts(second, count)
        if not texts or texts != _row_texts(first, count):
            break
        count += 1
    if not count and _same_head(first, second):
        return second.header_rows
    wordy = any(any(ch.isalpha() for ch in t) for r in range(count) for t in _row_texts(second, r))
    return count if count and (wordy or first.header_rows) and (len(_row_texts(second, 0)) > 1 or first.cols == 1) else 0


def _same_head(first: Table, second: Table) -> bool:
    """Whether two headers hold the same words, however they were laid in rows and columns: a column may be empty on one of the pages."""
    heads = [sorted(w for c in t.cells if c.row < t.header_rows for w in c.text.casefold().split()) for t in (first, second)]
    return len(heads[0]) > 2 and heads[0] == heads[1] and second.rows > second.header_rows > 0


def _thin_header(table: Table) -> bool:
    """A "header" of words in one column only is a group row that stands first on the page."""
    return all(len({c.col for c in table.cells if c.row == r and c.text}) <= 1 for r in range(table.header_rows))


def _mock_header(first: Table, second: Table) -> bool:
    """Whether the second table's first row, header though it seems on its own page, lacks the shade of the first one's header."""
    head = {c.fill for c in first.cells if c.row == 0 and c.text}
    there = {c.fill for c in second.cells if c.row == 0 and c.text}
    body = {c.fill for c in first.cells if c.row >= first.header_rows and c.text}
    return bool(first.header_rows) and None not in head and not head & there and there <= body | {None} and first.cols == second.cols


def _same_count(first: Table, second: Table) -> list[int] | None:
    return list(range(second.cols)) if first.cols == second.cols else None


def _columns_of(first: Table, second: Table) -> list[int] | None:
    """For each column of the second table the first one's column that stands in its place; None where they do not line up."""
    here, there = edges_of(first, last_page(first)), edges_of(second, second.page)
    mapped: list[int] = []
    for left, right in there:
        if left > right:
            return None
        best = max(range(first.cols), key=lambda c: min(right, here[c][1]) - max(left, here[c][0]))
        a, b = here[best]
        meets = abs(left - a) <= _SLACK or abs(right - b) <= _SLACK or (a - _SLACK <= left and right <= b + _SLACK)
        if a > b or not meets or min(right, b) - max(left, a) <= 0:
            return None
        mapped.append(best)
    if mapped != sorted(set(mapped)) or len(mapped) < 0.6 * first.cols or len(mapped) > first.cols:
        return None
    return mapped


def edges_of(table: Table, page: int) -> list[tuple[float, float]]:
    """Left and right of each column by its cells, those of a page where it has some there; left > right where it has none."""
    found: list[tuple[float, float]] = []
    for col in range(table.cols):
        cells = [c for c in table.cells if c.col == col and c.colspan == 1]
        cells = [c for c in cells if c.page == page] or cells
        found.append((min(c.bbox[0] for c in cells), max(c.bbox[2] for c in cells)) if cells else (1.0, 0.0))
    return found


def _append(first: Table, second: Table, columns: Sequence[int], repeated: int) -> Table:
    """The second table's rows under the first one's, the repeated header left out, a row that goes on put together."""
    cells = list(first.cells)
    goes_on = _row_goes_on(first, second, columns, repeated)
    shift = first.rows - repeated - (1 if goes_on else 0)
    for cell in second.cells:
        if cell.row < repeated:
            continue
        last = min(cell.col + cell.colspan - 1, len(columns) - 1)
        moved = replace(cell, row=cell.row + shift, col=columns[cell.col], colspan=columns[last] - columns[cell.col] + 1, header=False)
        if goes_on and cell.row == repeated:
            _put_on(cells, moved, first.rows - 1)
        else:
            cells.append(moved)
    return replace(
        first,
        cells=tuple(sorted(cells, key=lambda c: (c.row, c.col))),
        rows=second.rows + shift,
        continued=(*first.continued, Place(second.page, second.bbox), *second.continued),
        open_bottom=second.open_bottom,
        confidence=min(first.confidence, second.confidence),
        doubt="; ".join(d for d in dict.fromkeys((first.doubt, second.doubt)) if d),
    )


def _row_goes_on(first: Table, second: Table, columns: Sequence[int], repeated: int) -> bool:
    """Whether the second part begins inside a row: no label, and text that goes on from an unfinished cell."""
    if first.open_bottom and first.rows != first.header_rows:
        return True
    head = {columns[c.col]: c for c in second.cells if c.row == repeated and c.text}
    tail = {c.col: c for c in first.cells if c.row + c.rowspan == first.rows and c.text}
    if not head or not tail or any(_is_figure(c.text) for c in head.values()):
        return False
    if 0 in head:
        return 0 in tail and head[0].text[:1].islower() and all(c in tail for c in head)
    opened = [c for c in head if c in tail]
    return bool(opened) and any(head[c].text[:1].islower() or not _CLOSED.search(tail[c].text) for c in opened)


def _is_figure(text: str) -> bool:
    digits = sum(ch.isdigit() for ch in text)
    return digits > 0 and digits >= sum(ch.isalpha() for ch in text)


def _put_on(cells: list[Cell], more: Cell, row: int) -> None:
    """Puts what a cell holds on the next page to the cell that it goes on from."""
    for i, cell in enumerate(cells):
        if cell.col == more.col and cell.row + cell.rowspan - 1 == row:
            cells[i] = replace(cell, blocks=_blocks_joined(cell.blocks, more.blocks))
            return
    cells.append(replace(more, row=row))


def _blocks_joined(first: tuple[Block, ...], second: tuple[Block, ...]) -> tuple[Block, ...]:
    """Two runs of blocks as one; a sentence cut by the page break is one paragraph again."""
    if first and second and isinstance(second[0], Paragraph) and first[-1].text and second[0].text:
        a, b = first[-1], second[0]
        if not _CLOSED.search(a.text) and (b.text[:1].islower() or a.text.endswith(("-", "\u00ad", ","))):
            glue = a.text[:-1] if a.text.endswith(("-", "\u00ad")) and b.text[:1].islower() else a.text + " "
            whole = replace(a, text=glue + b.text, continued=(*a.continued, Place(b.page, b.bbox), *b.continued))
            return (*first[:-1], whole, *second[1:])
    return (*first, *second)
