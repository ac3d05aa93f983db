"""What speaks against a reading: two numbers in one cell, numbers that do not line up with the others of their column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from extractors.layout.tables_rows import bounds, is_year, visual_rows
from extractors.layout.tables_sketch import Sketch, Slot

_AMOUNT = re.compile(r"(?<![\d.,:/-])[-–−]?\d{1,3}(?: \d{3})*,\d\b(?![\d.,:/-])")
"""A number with a decimal in the midst of words."""
OUT_OF_LINE = 0.8
TWO_IN_ONE = 0.5
MIXED = 0.4
"""Confidence of a table whose labels hold figures: what its columns add up to is not asked."""
_SLACK = 7.0
_MOST_STRAYS = 0.2


def check_sketch(sketch: Sketch) -> Sketch:
    """The sketch with its doubts noted and the confidence of doubtful slots lowered."""
    body = [s for s in sketch.slots if s.row >= sketch.header_rows and s.col > 0 and s.words]
    doubled = [s for s in body if _two_numbers(s)]
    for slot in doubled:
        slot.confidence = min(slot.confidence, TWO_IN_ONE)
    if doubled:
        sketch.doubts.append(f"{len(doubled)} cells hold two numbers side by side")
    mixed = [s for s in sketch.slots if s.row >= sketch.header_rows and s.col == 0 and _AMOUNT.search(s.text)]
    if len(mixed) >= 3 and len(mixed) >= 0.5 * len({s.row for s in body}):
        sketch.doubts.append(f"{len(mixed)} labels hold amounts: a column may have been read into them")
        sketch.confidence = min(sketch.confidence, MIXED)
    numbers = 0
    strays: list[Slot] = []
    for col in range(1, sketch.cols):
        slots = [s for s in body if s.col == col and s.colspan == 1 and len(s.words) <= 4 and s.text[-1:].isdigit()]
        numbers += len(slots)
        strays += _out_of_line(slots)
    for slot in strays:
        slot.confidence = min(slot.confidence, OUT_OF_LINE)
    if len(strays) > 2 and len(strays) > _MOST_STRAYS * numbers:
        sketch.doubts.append(f"{len(strays)} of {numbers} numbers do not line up with their column")
    return sketch


def _two_numbers(slot: Slot) -> bool:
    rows = visual_rows(slot.words) if len(slot.words) > 1 else []
    return any(len(row.chunks) > 1 and all(c.numeric and not is_year(c.text) for c in row.chunks) for row in rows)


def _out_of_line(slots: Sequence[Slot]) -> list[Slot]:
    """The numbers that share neither right edge, left edge nor middle with most of their column."""
    if len(slots) < 4:
        return []
    boxes = [bounds(s.words) for s in slots]
    edges = [[b[2] for b in boxes], [b[0] for b in boxes], [(b[0] + b[2]) / 2 for b in boxes]]
    off = [[abs(v - median(values)) > _SLACK for v in values] for values in edges]
    best = min(off, key=sum)
    return [s for s, stray in zip(slots, best, strict=True) if stray]
