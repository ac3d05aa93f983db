"""Reading order by geometry: bands of a page, columns within a band.

The page is cut into rows (lines that overlap in height). Following rows that leave the same upright strip free form a region of
columns, which is read column by column; everything else is read row by row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.layout.rawtypes import RawLine
from extractors.layout.runs import union

GUTTER = 4.5
"""Points: the narrowest strip between columns."""
WIDE_GUTTER = 9.0
"""Points: a strip of less than this parts columns only where they are longer."""
COLUMN = 70.0
"""Points: the narrowest column of running text."""
ROWS = 4
"""A region with fewer lines in a column is no columns but words side by side."""
ROWS_NARROW = 7

Strip = tuple[float, float]


@dataclass(slots=True)
class Row:
    """Lines that overlap in height, and the strips free between them."""

    lines: list[RawLine]
    y0: float
    y1: float


def rows_of(lines: Sequence[RawLine]) -> list[Row]:
    """Lines in rows from the top; two lines share a row where they overlap by more than a third of the lower one's height."""
    rows: list[Row] = []
    for line in sorted(lines, key=lambda each: (each.bbox[1], each.bbox[0])):
        y0, y1 = line.bbox[1], line.bbox[3]
        if rows and rows[-1].y1 - y0 > 0.35 * min(y1 - y0, rows[-1].y1 - rows[-1].y0):
            rows[-1].lines.append(line)
            rows[-1].y1 = max(rows[-1].y1, y1)
        else:
            rows.append(Row([line], y0, y1))
    return rows


def free_strips(lines: Sequence[RawLine], x0: float, x1: float) -> list[Strip]:
    """The upright strips between x0 and x1 that no line crosses, at least a gutter wide."""
    strips = []
    at = x0
    for line in sorted(lines, key=lambda each: each.bbox[0]):
        if line.bbox[0] - at >= GUTTER:
            strips.append((at, line.bbox[0]))
        at = max(at, line.bbox[2])
    if x1 - at >= GUTTER:
        strips.append((at, x1))
    return strips


def meet(a: Sequence[Strip], b: Sequence[Strip]) -> list[Strip]:
    """The strips that are free in both."""
    both = []
    for left in a:
        for right in b:
            low, high = max(left[0], right[0]), min(left[1], right[1])
            if high - low >= GUTTER:
                both.append((low, high))
    return both


def order(lines: Sequence[RawLine], depth: int = 0) -> list[list[RawLine]]:
    """Lines in streams, in reading order; a stream is one column of a region."""
    if not lines:
        return []
    rows = rows_of(lines)
    box = union(line.bbox for line in lines)
    streams: list[list[RawLine]] = []
    at = 0
    while at < len(rows):
        end, strips = region(rows, at, (box[0], box[2]))
        columns = split_columns([line for row in rows[at:end] for line in row.lines], strips) if depth < 4 else []
        if len(columns) > 1:
            for column in columns:
                streams.extend(order(column, depth + 1))
            streams.append([])
            at = end
            continue
        if not streams or not streams[-1]:
            streams.append([])
        streams[-1].extend(sorted(rows[at].lines, key=lambda each: each.bbox[0]))
        at += 1
    return [stream for stream in streams if stream]


def region(rows: Sequence[Row], at: int, outer: Strip) -> tuple[int, list[Strip]]:
    """How far from row `at` the same inner strip stays free; the row after the last, and the strips."""
    strips = inner_strips(rows[at], outer)
    end = at + 1
    while end < len(rows) and strips:
        common = meet(strips, free_strips(rows[end].lines, *outer))
        if not common:
            break
        strips = common
        end += 1
    return end, strips


def inner_strips(row: Row, outer: Strip) -> list[Strip]:
    """The free strips of the first row of a region, which may fill one column only."""
    return free_strips(row.lines, *outer)


def split_columns(lines: Sequence[RawLine], strips: Sequence[Strip]) -> list[list[RawLine]]:
    """The lines left and right of the first strip that has running text on both sides, wide ones first; one part where none has."""
    for strip in sorted(strips, key=lambda each: each[1] - each[0] < WIDE_GUTTER):
        least = ROWS if strip[1] - strip[0] >= WIDE_GUTTER else ROWS_NARROW
        middle = (strip[0] + strip[1]) / 2
        left = [line for line in lines if line.bbox[2] <= middle]
        right = [line for line in lines if line.bbox[0] >= middle]
        if is_column(left, least) and is_column(right, least):
            return [left, right]
    return [list(lines)]


def is_column(lines: Sequence[RawLine], least: int = ROWS) -> bool:
    """Whether lines are a column of text: enough of them, wide enough, more letters than digits."""
    rows = rows_of(lines)
    if len(rows) < least:
        return False
    box = union(line.bbox for line in lines)
    wide = sum(line.bbox[2] - line.bbox[0] for line in lines) / len(rows)
    letters = sum(char.isalpha() for line in lines for char in line.text[:12])
    digits = sum(char.isdigit() for line in lines for char in line.text[:12])
    return box[2] - box[0] >= COLUMN and wide >= 0.5 * COLUMN and letters > 2 * digits
