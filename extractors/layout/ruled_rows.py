"""Rows of drawn tables that no line parts: a band whose columns all hold as many numbers under one another is as many rows."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.layout.rawtypes import Word
from extractors.layout.tables_lines import Placed, joined_rows
from extractors.layout.tables_rows import Row, visual_rows
from extractors.layout.tables_sketch import Sketch, Slot


def part_rows(sketch: Sketch, xs: Sequence[float]) -> None:
    """Splits the bands of a ruled table that hold several rows; `xs` are its column borders."""
    for band in range(sketch.rows - 1, -1, -1):
        _close_up(sketch, band)
    for band in range(sketch.rows - 1, -1, -1):
        slots = [s for s in sketch.slots if s.row == band]
        if any(s.rowspan > 1 or s.colspan > 1 for s in slots) or any(s.row < band < s.row + s.rowspan for s in sketch.slots):
            continue
        groups = _groups(slots, xs)
        if len(groups) > 1:
            _split(sketch, band, slots, groups)


def _close_up(sketch: Sketch, band: int) -> None:
    """Makes one row of rows that no cell tells apart (a bit of a line somewhere gave them a border)."""
    slots = [s for s in sketch.slots if s.row == band]
    spans = {s.rowspan for s in slots}
    if len(spans) != 1 or spans == {1} or any(s.row < band < s.row + s.rowspan for s in sketch.slots):
        return
    less = spans.pop() - 1
    for slot in slots:
        slot.rowspan = 1
    for slot in sketch.slots:
        if slot.row > band:
            slot.row -= less
    sketch.rows -= less


def _groups(slots: Sequence[Slot], xs: Sequence[float]) -> list[list[Placed]]:
    """The rows that stand in a band; one group or none where it is a single row."""
    label = [s for s in slots if s.col == 0 and s.words]
    data = [s for s in slots if s.col > 0 and s.words]
    if not label or not data or all(len(s.words) < 2 for s in data):
        return []
    lines = {id(s): visual_rows(s.words) for s in (*label, *data)}
    counts = {len(lines[id(s)]) for s in data}
    if len(counts) > 1 or counts == {1} or len(lines[id(label[0])]) < max(counts) or not all(_numbers(lines[id(s)]) for s in data):
        return []
    rows = visual_rows([w for s in slots for w in s.words])
    return joined_rows([_placed(r, xs) for r in rows], [x - 4 for x in xs[1:]])


def _numbers(rows: Sequence[Row]) -> bool:
    return all(len(r.chunks) == 1 and r.chunks[0].numeric for r in rows)


def _placed(row: Row, xs: Sequence[float]) -> Placed:
    placed = Placed(row, {}, {})
    for chunk in row.chunks:
        middle = (chunk.x0 + chunk.x1) / 2
        col = max((i for i in range(len(xs) - 1) if xs[i] <= middle), default=0)
        placed.at.setdefault(col, []).append(chunk)
        placed.last[col] = col
    return placed


def _split(sketch: Sketch, band: int, slots: Sequence[Slot], groups: Sequence[Sequence[Placed]]) -> None:
    """One band as several rows; the rows below move down."""
    more = len(groups) - 1
    for slot in sketch.slots:
        if slot.row > band:
            slot.row += more
    kept = {id(s) for s in slots}
    sketch.slots = [s for s in sketch.slots if id(s) not in kept]
    for slot in slots:
        for i, group in enumerate(groups):
            words: list[Word] = [w for p in group for k in p.at.get(slot.col, []) for w in k.words]
            box = slot.bbox and (slot.bbox[0], min(p.row.y0 for p in group), slot.bbox[2], max(p.row.y1 for p in group))
            sketch.slots.append(Slot(band + i, slot.col, words=words, bbox=box, confidence=slot.confidence))
    sketch.rows += more
