"""Telling the shape of a sign from its silhouette: disc, square, tick, cross, arrow, exclamation mark.

A silhouette is a boolean array (rows from the top). It is cut to its ink, stretched to a small grid and compared with a few
drawn templates by the share of common ink (intersection over union), so that images, vector paths and scans go one way.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from extractors.layout.blocks import Shape

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]

Point = tuple[float, float]
GRID = 24
LIKENESS = 0.62
NARROW, WIDE = 0.5, 2.0

POLYGONS: tuple[tuple[Shape, tuple[Point, ...]], ...] = (
    ("square", ((0, 0), (1, 0), (1, 1), (0, 1))),
    ("arrow_up", ((0.5, 0), (1, 1), (0, 1))),
    ("arrow_up", ((0.5, 0), (1, 0.5), (0.7, 0.5), (0.7, 1), (0.3, 1), (0.3, 0.5), (0, 0.5))),
    ("arrow_up", ((1, 0), (1, 0.75), (0.78, 0.53), (0.3, 1), (0, 0.7), (0.47, 0.22), (0.25, 0))),
)
"""Filled templates in the unit square, y downwards; arrows are given upwards and turned."""
STROKES: tuple[tuple[Shape, tuple[tuple[Point, Point], ...]], ...] = (
    ("tick", (((0.05, 0.6), (0.36, 0.92)), ((0.36, 0.92), (0.95, 0.08)))),
    ("tick", (((0.06, 0.5), (0.42, 0.9)), ((0.42, 0.9), (0.94, 0.1)))),
    ("cross", (((0.05, 0.05), (0.95, 0.95)), ((0.95, 0.05), (0.05, 0.95)))),
    ("arrow_up", (((0.5, 0.05), (0.5, 1)), ((0.5, 0.05), (0.05, 0.45)), ((0.5, 0.05), (0.95, 0.45)))),
    ("arrow_up", (((0, 1), (0.95, 0.05)), ((0.95, 0.05), (0.3, 0.05)), ((0.95, 0.05), (0.95, 0.7)))),
)
"""Templates drawn with a pen of several widths."""
PENS = (0.06, 0.1, 0.15)


def _points() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The centres of the grid's cells, x and y."""
    import numpy as np

    axis = (np.arange(GRID) + 0.5) / GRID
    x, y = np.meshgrid(axis, axis)
    return x, y


def inside(polygon: Sequence[Point], x: NDArray[np.float64], y: NDArray[np.float64]) -> Mask:
    """Which of the points lie in the polygon (even-odd rule)."""
    import numpy as np

    result: Mask = np.zeros(x.shape, dtype=bool)
    previous = polygon[-1]
    for point in polygon:
        (ax, ay), (bx, by) = previous, point
        if ay != by:
            crosses = (ay > y) != (by > y)
            result ^= crosses & (x < (bx - ax) * (y - ay) / (by - ay) + ax)
        previous = point
    return result


def near(start: Point, end: Point, distance: float, points: tuple[NDArray[np.float64], NDArray[np.float64]]) -> Mask:
    """Which of the points (x, y) lie within a distance of a line."""
    import numpy as np

    x, y = points
    dx, dy = end[0] - start[0], end[1] - start[1]
    along = np.clip(((x - start[0]) * dx + (y - start[1]) * dy) / (dx * dx + dy * dy or 1.0), 0, 1)
    result: Mask = np.hypot(x - start[0] - along * dx, y - start[1] - along * dy) <= distance
    return result


def _turned(shape: Shape, mask: Mask) -> list[tuple[Shape, Mask]]:
    """An upward arrow in all directions; other templates as they are."""
    if shape != "arrow_up":
        return [(shape, mask)]
    return [("arrow_up", mask), ("arrow_down", mask[::-1, :]), ("arrow_flat", mask.T[:, ::-1]), ("arrow_flat", mask.T)]


@lru_cache(maxsize=1)
def _templates() -> list[tuple[Shape, Mask]]:
    """All templates on the grid, drawn once."""
    import numpy as np

    x, y = _points()
    drawn: list[tuple[Shape, Mask]] = [("disc", (x - 0.5) ** 2 + (y - 0.5) ** 2 <= 0.25)]
    for shape, polygon in POLYGONS:
        drawn += _turned(shape, inside(polygon, x, y))
    for shape, lines in STROKES:
        for pen in PENS:
            drawn += _turned(shape, normalised(np.bitwise_or.reduce([near(a, b, pen, (x, y)) for a, b in lines], axis=0)))
    return drawn


def normalised(mask: Mask) -> Mask:
    """The ink of a silhouette stretched to the grid."""
    import numpy as np

    rows, cols = np.flatnonzero(np.max(mask, axis=1)), np.flatnonzero(np.max(mask, axis=0))
    cut = mask[rows[0] : rows[-1] + 1, cols[0] : cols[-1] + 1]
    down = ((np.arange(GRID) + 0.5) * cut.shape[0] / GRID).astype(int)
    across = ((np.arange(GRID) + 0.5) * cut.shape[1] / GRID).astype(int)
    return cut[np.ix_(down, across)]


def ink_aspect(mask: Mask) -> float:
    """Width of the ink over its height; 0 where there is none."""
    import numpy as np

    rows, cols = np.flatnonzero(np.max(mask, axis=1)), np.flatnonzero(np.max(mask, axis=0))
    return float((cols[-1] - cols[0] + 1) / (rows[-1] - rows[0] + 1)) if len(rows) else 0.0


def is_exclamation(grid: Mask) -> bool:
    """Whether a narrow silhouette is a stroke above a dot: some row in the lower half is empty."""
    filled = [bool(row.any()) for row in grid]
    return all(filled[: GRID // 2]) and not all(filled[GRID // 2 : GRID - 2])


def shape_of(mask: Mask) -> Shape:
    """The shape that a silhouette is most like; `"other"` where none is near, `"bar"` for a long flat one."""
    aspect = ink_aspect(mask)
    if not aspect:
        return "other"
    if aspect > WIDE:
        return "bar"
    grid = normalised(mask)
    if aspect < NARROW:
        return "exclamation" if is_exclamation(grid) else "other"
    best, likeness = "other", LIKENESS
    for shape, template in _templates():
        common = float((grid & template).sum()) / float((grid | template).sum())
        if common > likeness:
            best, likeness = shape, common
    return best  # type: ignore[return-value]
