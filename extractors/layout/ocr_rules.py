"""Ruled lines seen on a scan, made as straight and as long as they were drawn: broken ones whole, ends that nearly agree alike."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from extractors.layout.ocr_pixels import Box

SAME_LINE, SAME_END = 2.0, 4.0
"""Points within which two pieces are one line, and two ends are one column's edge."""
WORN = 0.12
"""The share of a line's length that may be worn away at one end."""


def settled(lines: Sequence[Box], scale: float) -> list[Box]:
    """Level lines with their pieces joined and their ends put where those of the other lines are."""
    whole = joined_pieces(lines, scale)
    near = round(SAME_END * scale)
    starts, ends = [b[0] for b in whole], [b[2] for b in whole]
    result = []
    for x0, y0, x1, y1 in whole:
        left = settled_end(x0, starts, near)
        right = settled_end(x1, ends, near)
        others = [b for b in whole if abs(b[2] - right) <= near and b[0] < left - near]
        if len(others) > 1 and left - median(b[0] for b in others) <= WORN * (right - left):
            left = settled_end(round(median(b[0] for b in others)), starts, near)
        others = [b for b in whole if abs(b[0] - left) <= near and b[2] > right + near]
        if len(others) > 1 and median(b[2] for b in others) - right <= WORN * (right - left):
            right = settled_end(round(median(b[2] for b in others)), ends, near)
        result.append((left, y0, right, y1))
    return result


def settled_end(end: int, ends: Sequence[int], near: int) -> int:
    """The usual place of the ends that are near this one."""
    return round(median(e for e in ends if abs(e - end) <= near))


def joined_pieces(lines: Sequence[Box], scale: float) -> list[Box]:
    """Lines of which the pieces at the same height that overlap, or lie close, are one."""
    whole: list[Box] = []
    for x0, y0, x1, y1 in sorted(lines, key=lambda b: (b[0], b[1])):
        at = next((n for n, b in enumerate(whole) if _continues(b, (x0, y0, x1, y1), scale)), None)
        if at is None:
            whole.append((x0, y0, x1, y1))
        else:
            old = whole[at]
            longer = old if old[2] - old[0] >= x1 - x0 else (x0, y0, x1, y1)
            whole[at] = (min(old[0], x0), longer[1], max(old[2], x1), longer[3])
    return sorted(whole, key=lambda b: (b[1], b[0]))


def _continues(first: Box, second: Box, scale: float) -> bool:
    """Whether a piece goes on with a line, being at its height."""
    apart = abs(first[1] + first[3] - second[1] - second[3]) / 2
    return apart <= SAME_LINE * scale and second[0] <= first[2] + SAME_END * scale
