"""Columns from white space: the gutters that run down between the chunks of a table's rows."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.layout.blocks import BBox
from extractors.layout.rawtypes import Word
from extractors.layout.tables_lines import Placed
from extractors.layout.tables_rows import Chunk, Row, chunk, is_year

_LEAST_GUTTER = 2.5
SIGNS_APART = 6.0
"""Points: the middles of signs in one column are nearer than this."""
LARGEST_SIGN = 30.0


@dataclass(frozen=True, slots=True)
class Column:
    """Where the words of a column stand."""

    x0: float
    x1: float


def find_columns(rows: Sequence[Row], borders: Sequence[float] = ()) -> list[Column]:
    """Columns of a block of rows; `borders` are positions of drawn lines that part columns whatever the words do.

    Rows with numbers decide where there are some, since headers and group rows may span; what stands alone in a gutter
    (the head of an empty column) is a column of its own.
    """
    parted = [r for r in rows if len(r.chunks) > 1]
    if not parted:
        return []
    body = [r for r in parted if any(c.numeric and not is_year(c.text) for c in r.chunks[1:])]
    if (len(body) < 2 or len(body) < 0.3 * len(parted)) and not _one_row_tells(body, parted):
        body = parted
    columns = _strips([c for r in body for c in r.chunks], len(body))
    columns = _with_loose(columns, rows)
    return _cut(columns, borders)


def _one_row_tells(body: Sequence[Row], parted: Sequence[Row]) -> bool:
    """Whether the one row of numbers stands under bold heads alone, some of them too close to each other to be told apart."""
    return len(body) == 1 and all(r is body[0] or (r.bold and len(r.chunks) < len(body[0].chunks)) for r in parted)


def _strips(chunks: Sequence[Chunk], rows: int) -> list[Column]:
    """Stretches covered by more chunks than chance lets cross a gutter."""
    most = 0 if rows < 6 else max(1, int(0.12 * rows))
    events = sorted([(c.x0, 1) for c in chunks] + [(c.x1, -1) for c in chunks])
    strips: list[Column] = []
    depth, start = 0, 0.0
    for x, step in events:
        if depth <= most < depth + step:
            start = x
        elif depth + step <= most < depth:
            strips.append(Column(start, x))
        depth += step
    merged: list[Column] = []
    for strip in strips:
        if merged and strip.x0 - merged[-1].x1 < _LEAST_GUTTER:
            merged[-1] = Column(merged[-1].x0, strip.x1)
        else:
            merged.append(strip)
    return _widened(merged, chunks)


def _widened(strips: list[Column], chunks: Sequence[Chunk]) -> list[Column]:
    """Strips grown to the full extent of the chunks that stand in them alone."""
    lo, hi = [s.x0 for s in strips], [s.x1 for s in strips]
    for c in chunks:
        over = [i for i, s in enumerate(strips) if min(c.x1, s.x1) - max(c.x0, s.x0) > 0]
        if len(over) == 1:
            i = over[0]
            lo[i], hi[i] = min(lo[i], c.x0), max(hi[i], c.x1)
    return [Column(a, b) for a, b in zip(lo, hi, strict=True)]


def _with_loose(columns: list[Column], rows: Sequence[Row]) -> list[Column]:
    """Adds columns for chunks that touch none: rare entries, and heads of columns without entries."""
    loose: list[tuple[float, float]] = []
    for row in rows:
        for c in row.chunks:
            if all(c.x1 <= k.x0 + 1 or c.x0 >= k.x1 - 1 for k in columns):
                owner = None if c.numeric else _headless(c, row, columns)
                if owner is None:
                    loose.append((c.x0, c.x1))
                else:
                    columns[owner] = Column(min(c.x0, columns[owner].x0), max(c.x1, columns[owner].x1))
    loose.sort()
    extra: list[Column] = []
    for x0, x1 in loose:
        if extra and x0 < extra[-1].x1:
            extra[-1] = Column(extra[-1].x0, max(extra[-1].x1, x1))
        else:
            extra.append(Column(x0, x1))
    return sorted([*columns, *extra], key=lambda c: c.x0)


def with_signs(columns: list[Column], signs: Sequence[BBox]) -> list[Column]:
    """The columns with one for signs that stand under one another where no words do: a light has no letters."""
    stacks: dict[int, list[BBox]] = {}
    for box in signs:
        stacks.setdefault(round((box[0] + box[2]) / 2 / SIGNS_APART), []).append(box)
    for stack in stacks.values():
        x0, x1 = min(b[0] for b in stack), max(b[2] for b in stack)
        if len(stack) > 1 and x1 - x0 < LARGEST_SIGN and all(x1 <= k.x0 or x0 >= k.x1 for k in columns):
            columns = sorted([*columns, Column(x0, x1)], key=lambda c: c.x0)
    return columns


def _headless(head: Chunk, row: Row, columns: list[Column]) -> int | None:
    """The column beside a loose header chunk that has no header of its own in that row: right one first, as numbers stand right."""
    after = next((i for i, k in enumerate(columns) if k.x0 >= head.x1 - 1), None)
    before = next((i for i in range(len(columns) - 1, -1, -1) if columns[i].x1 <= head.x0 + 1), None)
    for i in (after, before):
        if i is None or i == 0:
            continue
        k = columns[i]
        far = k.x0 - head.x1 if i == after else head.x0 - k.x1
        if far < 70 and not any(c is not head and c.x0 < k.x1 and c.x1 > k.x0 for c in row.chunks):
            between = [c for c in row.chunks if c is not head and min(head.x1, k.x1) <= c.x0 and c.x1 <= max(head.x0, k.x0)]
            if not between:
                return i
    return None


def _cut(columns: list[Column], borders: Sequence[float]) -> list[Column]:
    out: list[Column] = []
    for column in columns:
        inside = [b for b in borders if column.x0 + 3 < b < column.x1 - 3]
        edges = [column.x0, *inside, column.x1]
        out += [Column(a, b) for a, b in itertools.pairwise(edges)]
    return out


def place(row: Row, columns: Sequence[Column]) -> Placed:
    """The row's chunks put into columns; a chunk over several columns is cut at a gutter where a blank falls into it."""
    at: dict[int, list[Chunk]] = {}
    last: dict[int, int] = {}
    for piece in (p for c in row.chunks for p in _pieces(c, columns)):
        first, end = _span(piece, columns)
        at.setdefault(first, []).append(piece)
        last[first] = max(last.get(first, first), end)
    return Placed(row, at, last)


def _span(piece: Chunk, columns: Sequence[Column]) -> tuple[int, int]:
    """First and last column that a chunk stands in: those that it covers by a third, or the nearest."""
    over = []
    for i, c in enumerate(columns):
        shared = min(piece.x1, c.x1) - max(piece.x0, c.x0)
        if shared > 0.34 * min(c.x1 - c.x0, piece.x1 - piece.x0):
            over.append(i)
    if over:
        return over[0], over[-1]
    middle = (piece.x0 + piece.x1) / 2
    near = min(range(len(columns)), key=lambda i: max(columns[i].x0 - middle, middle - columns[i].x1))
    return near, near


def _pieces(whole: Chunk, columns: Sequence[Column]) -> list[Chunk]:
    """A chunk parted where a blank a little wider than a word's falls between words of two columns."""
    if len(whole.words) < 2 or len([c for c in columns if c.x0 < whole.x1 and c.x1 > whole.x0]) < 2:
        return [whole]
    groups = [[whole.words[0]]]
    for before, word in itertools.pairwise(whole.words):
        gap = word.bbox[0] - before.bbox[2]
        col, own = _column_of(word, columns), _column_of(before, columns)
        starts = abs(word.bbox[0] - columns[col].x0) < 0.8
        ends = all(abs(w.bbox[2] - columns[c].x1) < 0.8 for w, c in ((before, own), (word, col)))
        if gap > 0.4 * word.size or (own != col and (starts or ends) and gap > 0.1 * word.size):
            groups.append([word])
        else:
            groups[-1].append(word)
    pieces = [chunk(g) for g in groups]
    out = [pieces[0]]
    for piece in pieces[1:]:
        if _span(out[-1], columns) == _span(piece, columns):
            out[-1] = chunk([*out[-1].words, *piece.words])
        else:
            out.append(piece)
    return out


def _column_of(word: Word, columns: Sequence[Column]) -> int:
    """The column that a word covers most of, or the nearest."""
    x0, _, x1, _ = word.bbox
    return max(range(len(columns)), key=lambda i: min(x1, columns[i].x1) - max(x0, columns[i].x0))
