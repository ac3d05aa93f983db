"""Reading order by geometry: bands of a page, columns within a band.

The page is cut into rows (lines that overlap in height). Following rows that leave the same upright strip free form a region of
columns, which is read column by column; everything else is read row by row. A table across the columns, and a heading below which
both columns begin anew, end a region.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.layout.blocks import BBox
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

LARGER = 1.3
"""Letters so many times as large as those of the text above are those of a heading over the columns."""

Strip = tuple[float, float]
Region = tuple[int, int, list[list[RawLine]]]
"""Rows from, to, and the columns that their lines make: one where they make none."""


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


def order(lines: Sequence[RawLine], walls: Sequence[BBox] = (), depth: int = 0) -> list[list[RawLine]]:
    """Lines in streams, in reading order; a stream is one column of a region. `walls` are the boxes of tables, which columns end at."""
    if not lines:
        return []
    rows = rows_of(lines)
    box = union(line.bbox for line in lines)
    regions = regions_of(rows, (box[0], box[2]), walls) if depth < 4 else [(0, len(rows), [list(lines)])]
    streams: list[list[RawLine]] = []
    for start, end, columns in regions:
        if len(columns) > 1:
            for column in columns:
                streams.extend(order(column, walls, depth + 1))
            streams.append([])
            continue
        if not streams or not streams[-1]:
            streams.append([])
        for row in rows[start:end]:
            streams[-1].extend(sorted(row.lines, key=lambda each: each.bbox[0]))
    return [stream for stream in streams if stream]


def regions_of(rows: Sequence[Row], outer: Strip, walls: Sequence[BBox]) -> list[Region]:
    """The regions of a page or of a column of it, from the top."""
    found: list[Region] = []
    gutters: list[Strip] = []
    at = 0
    while at < len(rows):
        end, strips = region(rows, at, outer, walls)
        columns = split_columns([line for row in rows[at:end] for line in row.lines], strips)
        if len(columns) > 1:
            gutters.append((max(line.bbox[2] for line in columns[0]), min(line.bbox[0] for line in columns[1])))
        else:
            end = at + 1
        found.append((at, end, columns))
        at = end
    return with_short_ones(found, rows, gutters, walls) if gutters else found


def with_short_ones(found: Sequence[Region], rows: Sequence[Row], gutters: Sequence[Strip], walls: Sequence[BBox]) -> list[Region]:
    """The regions, with rows between them that keep to the gutter of another region on the page as columns too, however few they are."""
    kept: list[Region] = []
    for start, end, columns in found:
        if len(columns) > 1:
            kept.append((start, end, columns))
            continue
        before = kept[-1] if kept and len(kept[-1][2]) == 0 else None
        keeps = any(keeps_to(rows[start], gutter) for gutter in gutters)
        across = before is not None and any(is_between(wall, gutters[0], rows[start - 1], rows[start]) for wall in walls)
        if keeps and before is not None and not across:
            kept[-1] = (before[0], end, [])
        else:
            kept.append((start, end, [] if keeps else columns))
    lines = [[line for row in rows[start:end] for line in row.lines] for start, end, _ in kept]
    return [(start, end, columns or halves(own, gutters)) for (start, end, columns), own in zip(kept, lines, strict=True)]


def keeps_to(row: Row, gutter: Strip) -> bool:
    """Whether the lines of a row stand left and right of a gutter, none across."""
    return all(line.bbox[2] <= gutter[0] + 1 or line.bbox[0] >= gutter[1] - 1 for line in row.lines)


def halves(lines: list[RawLine], gutters: Sequence[Strip]) -> list[list[RawLine]]:
    """Lines left and right of a gutter, where those on the right begin at the column's edge; else all as they are."""
    for gutter in gutters:
        right = [line for line in lines if line.bbox[0] >= gutter[1] - 1]
        left = [line for line in lines if line.bbox[2] <= gutter[0] + 1]
        if left and right and len(left) + len(right) == len(lines) and min(line.bbox[0] for line in right) < gutter[1] + 2:
            return [left, right]
    return [lines]


def region(rows: Sequence[Row], at: int, outer: Strip, walls: Sequence[BBox]) -> tuple[int, list[Strip]]:
    """How far from row `at` the same inner strip stays free; the row after the last, and the strips."""
    strips = inner_strips(rows[at], outer)
    end = at + 1
    while end < len(rows) and strips:
        common = meet(strips, free_strips(rows[end].lines, *outer))
        common = [strip for strip in common if not any(is_between(wall, strip, rows[end - 1], rows[end]) for wall in walls)]
        if not common or begins_anew(rows, at, end, common, walls):
            break
        strips = common
        end += 1
    return end, strips


def is_between(wall: BBox, strip: Strip, above: Row, below: Row) -> bool:
    """Whether a table stands across a strip between two rows."""
    return wall[0] < strip[0] and wall[2] > strip[1] and above.y0 < (wall[1] + wall[3]) / 2 < below.y0


def begins_anew(rows: Sequence[Row], at: int, end: int, strips: Sequence[Strip], walls: Sequence[BBox]) -> bool:
    """Whether a row is a heading over all columns: large letters with nothing beside, and both columns begin level (or a table) below."""
    title = rows[end].lines[0]
    size = title.words[0].size
    usual = [line.words[0].size for row in rows[at:end] for line in row.lines]
    if len(rows[end].lines) > 1 or size < LARGER * sorted(usual)[len(usual) // 2]:
        return False
    after = [line for row in rows[end + 1 :] for line in row.lines]
    for strip in strips:
        beside = [line.bbox[3] for row in rows[at:end] for line in row.lines if line.bbox[0] >= strip[1]]
        if title.bbox[2] > strip[0] or not beside or title.bbox[1] - max(beside) < 0.5 * size:
            continue
        left = next((line.bbox[1] for line in after if line.bbox[2] <= strip[0] and line.words[0].size < 0.95 * size), None)
        right = next((line.bbox[1] for line in after if line.bbox[0] >= strip[1]), None)
        if any(is_between(wall, strip, rows[end], row) for wall in walls for row in rows[end + 1 : end + 2]):
            return True
        if left is not None and right is not None and abs(left - right) < 1.2 * size and right - title.bbox[3] > 0.2 * size:
            return True
    return False


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
