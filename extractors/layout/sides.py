"""Things that stand side by side and are no one table: a column of running text beside a table, two tables next to each other."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from extractors.layout.columns import Column, find_columns
from extractors.layout.grid import Ink
from extractors.layout.tables_rows import Chunk, Row

_LEAST_LINES = 3


def side_by_side(rows: Sequence[Row], page: Sequence[Row], ink: Ink) -> list[list[Row]] | None:
    """The rows of each part where a run of rows holds several things; None where it is one. `page` are all rows of the page."""
    columns = find_columns(rows)
    if len(columns) < 3:
        return None
    by_column = [[c for r in rows for c in r.chunks if k.x0 - 1 <= (c.x0 + c.x1) / 2 <= k.x1 + 1] for k in columns]
    free = [not _crossed(a, b, rows, ink) for a, b in itertools.pairwise(columns)]
    headed = _headed(columns, rows[0])
    if free[0] and not headed and _is_prose(by_column[0], columns[0]) and _is_wordy(by_column[1]) and _has_numbers(by_column[2:]):
        return [_within(rows, columns[1].x0 - 2, 1e9)]
    last = len(columns) - 1
    beside = free[-1] and not headed and _is_prose(by_column[-1], columns[-1]) and _has_numbers(by_column[1:-1])
    if beside and _runs_on(columns[-1], rows, page):
        return [_within(rows, -1e9, columns[last - 1].x1 + 2)]
    for j in range(2, last):
        if free[j - 1] and columns[j].x0 - columns[j - 1].x1 > 10 and _is_wordy(by_column[j]):
            halves = by_column[1:j], by_column[j + 1 :]
            if all(_has_numbers(h) for h in halves) and _is_wordy(by_column[0]):
                cut = (columns[j - 1].x1 + columns[j].x0) / 2
                return [_within(rows, -1e9, cut), _within(rows, cut, 1e9)]
    return None


def _crossed(left: Column, right: Column, rows: Sequence[Row], ink: Ink) -> bool:
    """Whether a rule or a shade runs from one column into the next."""
    y0, y1 = rows[0].y0 - 6, rows[-1].y1 + 6
    lo, hi = left.x1 - 2, right.x0 + 2
    if any(y0 <= s.at <= y1 and s.lo < lo and s.hi > hi for s in ink.level):
        return True
    return any(s.bbox[1] < y1 and s.bbox[3] > y0 and s.bbox[0] < lo and s.bbox[2] > hi for s in ink.shades)


def _headed(columns: Sequence[Column], first: Row) -> bool:
    """Whether the first row is bold and has a short chunk over the first and the last column: the header of one table."""
    short = [c for c in first.chunks if len(c.words) <= 3]
    over = [any(c.x0 < k.x1 and c.x1 > k.x0 for c in short) for k in (columns[0], columns[-1])]
    return first.bold and all(over) and len(short) == len(first.chunks)


def _is_prose(chunks: Sequence[Chunk], column: Column) -> bool:
    """Whether most lines of a column are running text that fills it."""
    full = [c for c in chunks if len(c.words) >= 4 and c.x1 - c.x0 > 0.7 * (column.x1 - column.x0)]
    return len(full) >= _LEAST_LINES and len(full) >= 0.6 * len(chunks)


def _is_wordy(chunks: Sequence[Chunk]) -> bool:
    words = [c for c in chunks if not c.numeric and sum(ch.isalpha() for ch in c.text) >= 3]
    return len(words) >= 2 and len(words) >= 0.7 * len(chunks)


def _has_numbers(columns: Sequence[Sequence[Chunk]]) -> bool:
    return sum(c.numeric for chunks in columns for c in chunks) >= 2


def _runs_on(column: Column, rows: Sequence[Row], page: Sequence[Row]) -> bool:
    """Whether a column of text goes on above or below the run."""
    size = rows[0].size
    near = [r for r in page if rows[0].y0 - 1.8 * size < r.y1 < rows[0].y0 + 1 or rows[-1].y1 - 1 < r.y0 < rows[-1].y1 + 1.8 * size]
    return any(abs(c.x0 - column.x0) < 2 and len(c.words) >= 4 for r in near for c in r.chunks)


def _within(rows: Sequence[Row], lo: float, hi: float) -> list[Row]:
    """The rows with only the chunks between two positions."""
    out = []
    for row in rows:
        chunks = [c for c in row.chunks if lo <= (c.x0 + c.x1) / 2 <= hi]
        if chunks:
            out.append(Row(chunks, min(c.y0 for c in chunks), max(c.y1 for c in chunks), row.size))
    return out
