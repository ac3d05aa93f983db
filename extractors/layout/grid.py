"""The ink of a page as a grid: rules and edges of shaded cells joined into long lines, and those that meet into frames.

Works on numbers alone; a `Frame` is a box with the heights and positions at which lines part it, and the lines themselves.
Dotted and dashed lines, which some programs draw as thousands of specks, are joined first.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.layout.blocks import BBox
from extractors.layout.rawtypes import Fill, RawPage

NEAR = 2.6
"""Two lines closer than this are the same line; lines closer than this to each other's ends meet."""
_JOIN = 4.5
_SHORT = 6.0
_HEADER_HIGH, _SUM_HIGH = 90.0, 40.0
_SLIVER = 8.0
_WHITE = frozenset({"#ffffff", "#fefefe"})
_MOST_SHADES = 600
THIN_BAR, LEAST_BAR = (2.5, 10.0), 24.0
"""Points: how high and how long a fill is that may be a progress bar between two rows."""


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line: `at` is its height (horizontal) or its position (vertical), from `lo` to `hi` along it."""

    at: float
    lo: float
    hi: float


@dataclass(frozen=True, slots=True)
class Ink:
    """The lines of a page, level and upright; the shaded bands that may be rows; the upright seams between shaded cells; and what may be
    progress bars.
    """

    level: tuple[Line, ...]
    upright: tuple[Line, ...]
    shades: tuple[Fill, ...] = ()
    seams: tuple[Line, ...] = ()
    bars: tuple[BBox, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """Lines that meet. `xs` and `ys` are the positions of its columns' and rows' borders, outer ones among them."""

    bbox: BBox
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    level: tuple[Line, ...]
    upright: tuple[Line, ...]
    open_top: bool = False
    open_bottom: bool = False


def ink(raw: RawPage) -> Ink:
    """The lines and shades of a page, without the page's own border and without slivers."""
    level = [Line((r.y0 + r.y1) / 2, r.x0, r.x1) for r in raw.rules if r.horizontal]
    upright = [Line((r.x0 + r.x1) / 2, r.y0, r.y1) for r in raw.rules if not r.horizontal]
    cells = shaded_cells(raw.fills, raw.width, raw.height)
    return Ink(
        tuple(s for s in joined(level) if s.hi - s.lo >= _SHORT),
        tuple(s for s in joined(upright) if s.hi - s.lo >= _SHORT),
        *bands_of(cells),
        bars=tuple(f.bbox for f in raw.fills if THIN_BAR[0] <= f.bbox[3] - f.bbox[1] <= THIN_BAR[1] and f.bbox[2] - f.bbox[0] >= LEAST_BAR),
    )


def shaded_cells(fills: Sequence[Fill], width: float, height: float) -> list[Fill]:
    """Filled boxes that may be cells: pieces above one another put together, nothing inside a box of its own colour.

    Backgrounds of a page and white are left out; Word shades each line of text apart inside the shade of its cell.
    """
    stacks: dict[tuple[str, int, int], list[Fill]] = {}
    for f in fills:
        x0, y0, x1, y1 = f.bbox
        if f.kind != "rect" or f.color.lower() in _WHITE or x1 - x0 < 12 or x1 - x0 > 0.98 * width or not 1 < y1 - y0 < 0.8 * height:
            continue
        stacks.setdefault((f.color, round(x0), round(x1)), []).append(f)
    boxes: list[Fill] = []
    for stack in stacks.values():
        stack.sort(key=lambda f: f.bbox[1])
        for f in stack:
            last = boxes[-1] if boxes and boxes[-1].color == f.color and round(boxes[-1].bbox[0]) == round(f.bbox[0]) else None
            if last is not None and round(last.bbox[2]) == round(f.bbox[2]) and -0.5 <= f.bbox[1] - last.bbox[3] <= 1.0:
                boxes[-1] = Fill((last.bbox[0], last.bbox[1], last.bbox[2], f.bbox[3]), f.color, "rect")
            else:
                boxes.append(f)
    boxes = [b for b in boxes if b.bbox[3] - b.bbox[1] >= 5]
    if len(boxes) > _MOST_SHADES:
        return []
    boxes.sort(key=lambda f: -(f.bbox[2] - f.bbox[0]) * (f.bbox[3] - f.bbox[1]))
    kept: list[Fill] = []
    for box in boxes:
        if not any(k.color == box.color and inside(box.bbox, k.bbox) for k in kept):
            kept.append(box)
    return kept


def bands_of(cells: Sequence[Fill]) -> tuple[tuple[Fill, ...], tuple[Line, ...]]:
    """Shaded cells side by side as one band each, and the seams where they meet."""
    bands: list[Fill] = []
    seams: list[Line] = []
    for cell in sorted(cells, key=lambda f: (round(f.bbox[1]), round(f.bbox[3]), f.bbox[0])):
        last = bands[-1] if bands else None
        if last is not None and _level_with(last.bbox, cell.bbox) and -1 <= cell.bbox[0] - last.bbox[2] <= 3:
            seams.append(Line((last.bbox[2] + cell.bbox[0]) / 2, cell.bbox[1], cell.bbox[3]))
            if last.color == cell.color:
                bands[-1] = Fill((last.bbox[0], last.bbox[1], cell.bbox[2], last.bbox[3]), cell.color, "rect")
                continue
        bands.append(cell)
    return tuple(bands), tuple(joined(seams))


def _level_with(a: BBox, b: BBox) -> bool:
    return abs(a[1] - b[1]) < 1.5 and abs(a[3] - b[3]) < 1.5


def inside(inner: BBox, outer: BBox, slack: float = 1.0) -> bool:
    """Whether one box lies in another."""
    return outer[0] - slack <= inner[0] and outer[1] - slack <= inner[1] and inner[2] <= outer[2] + slack and inner[3] <= outer[3] + slack


def joined(lines: Iterable[Line]) -> list[Line]:
    """Lines on one another joined, and those that follow each other with small gaps."""
    out: list[Line] = []
    ordered = sorted(lines, key=lambda s: s.at)
    start = 0
    for i in range(1, len(ordered) + 1):
        if i == len(ordered) or ordered[i].at - ordered[i - 1].at > 1.2 or ordered[i].at - ordered[start].at > NEAR:
            out += _chained(ordered[start:i])
            start = i
    return out


def _chained(lines: Sequence[Line]) -> list[Line]:
    at = sum(s.at for s in lines) / len(lines)
    out: list[Line] = []
    for line in sorted(lines, key=lambda s: s.lo):
        if out and line.lo - out[-1].hi <= _JOIN:
            out[-1] = Line(at, out[-1].lo, max(out[-1].hi, line.hi))
        else:
            out.append(Line(at, line.lo, line.hi))
    return out


def frames(found: Ink) -> list[Frame]:
    """Groups of lines that meet, as frames; groups without a closed cell are left out."""
    level, upright = found.level, found.upright
    parent = list(range(len(level) + len(upright)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, h in enumerate(level):
        for j, v in enumerate(upright):
            if v.lo - NEAR <= h.at <= v.hi + NEAR and h.lo - NEAR <= v.at <= h.hi + NEAR:
                parent[root(i)] = root(len(level) + j)
    groups: dict[int, tuple[list[Line], list[Line]]] = {}
    for i, h in enumerate(level):
        groups.setdefault(root(i), ([], []))[0].append(h)
    for j, v in enumerate(upright):
        groups.setdefault(root(len(level) + j), ([], []))[1].append(v)
    made = [_frame(*_with_shades(hs, vs, found)) for hs, vs in groups.values() if hs and vs and len(hs) + len(vs) >= 3]
    return _stacked([f for f in made if len(f.ys) >= 2 and len(f.xs) >= 2])


def _stacked(made: list[Frame]) -> list[Frame]:
    """Frames right under one another with the same columns (a header set apart by a sliver of white) as one."""
    out: list[Frame] = []
    for frame in sorted(made, key=lambda f: f.bbox[1]):
        above = next((f for f in out if 0 <= frame.bbox[1] - f.bbox[3] <= _SLIVER and _same_columns(f, frame)), None)
        if above is None:
            out.append(frame)
        else:
            out[out.index(above)] = _frame([*above.level, *frame.level], [*above.upright, *frame.upright])
    return out


def _same_columns(a: Frame, b: Frame) -> bool:
    if abs(a.xs[0] - b.xs[0]) > NEAR or abs(a.xs[-1] - b.xs[-1]) > NEAR or min(len(a.xs), len(b.xs)) < 3:
        return False
    fewer, more = sorted((a.xs, b.xs), key=len)
    return all(any(abs(x - y) <= NEAR for y in more) for x in fewer)


def _with_shades(level: list[Line], upright: list[Line], found: Ink) -> tuple[list[Line], list[Line]]:
    """Adds the edges of shaded boxes that stand right on top of the lines or, as wide as they, right below: a header or a row of sums
    that has shade but no rules.
    """
    top, low = min(s.at for s in level), max(s.at for s in level)
    x0, x1 = min(s.lo for s in level), max(s.hi for s in level)
    for shade in found.shades:
        box = shade.bbox
        within = x0 - NEAR <= box[0] and box[2] <= x1 + NEAR
        below = abs(box[1] - low) <= NEAR and box[0] <= x0 + NEAR and x1 - NEAR <= box[2] and box[3] - box[1] < _SUM_HIGH
        if within and (below or (abs(box[3] - top) <= NEAR and box[3] - box[1] < _HEADER_HIGH)):
            level = [*level, Line(box[1], box[0], box[2]), Line(box[3], box[0], box[2])]
            seams = (s for s in found.seams if below and s.lo <= box[1] + NEAR and box[3] - NEAR <= s.hi and box[0] < s.at < box[2])
            upright = [*upright, Line(box[0], box[1], box[3]), Line(box[2], box[1], box[3]), *seams]
    return level, upright


def parts(frame: Frame, middles: Sequence[tuple[float, float]]) -> list[Frame]:
    """A frame, or where it is a box round a smaller table that touches its lines, the frames of the tables inside.

    The mark of such a box: narrow strips without words at both sides, and bands that the strips' inner lines do not reach.
    """
    xs, ys = frame.xs, frame.ys
    if len(xs) < 5 or xs[1] - xs[0] > 24 or xs[-1] - xs[-2] > 24:
        return [frame]
    if any(frame.ys[0] <= y <= frame.ys[-1] and (xs[0] < x < xs[1] or xs[-2] < x < xs[-1]) for x, y in middles):
        return [frame]
    tied = [covered(frame.upright, xs[1], a, b) and covered(frame.upright, xs[-2], a, b) for a, b in itertools.pairwise(ys)]
    if all(tied):
        return [frame]
    out, start = [_outer(frame)], None
    for i, tie in enumerate([*tied, False]):
        if tie and start is None:
            start = i
        elif not tie and start is not None:
            out.append(_clipped(frame, ys[start], ys[i]))
            start = None
    return out


def _outer(frame: Frame) -> Frame:
    """The box without what stands in it: its sides, and the lines that run from side to side."""
    x0, x1 = frame.xs[0], frame.xs[-1]
    level = [s for s in frame.level if s.lo <= x0 + NEAR and s.hi >= x1 - NEAR]
    upright = [s for s in frame.upright if abs(s.at - x0) <= NEAR or abs(s.at - x1) <= NEAR]
    return _frame(level or list(frame.level), upright)


def _clipped(frame: Frame, y0: float, y1: float) -> Frame:
    x0, x1 = frame.xs[1], frame.xs[-2]
    level = [Line(s.at, max(s.lo, x0), min(s.hi, x1)) for s in frame.level if y0 - NEAR <= s.at <= y1 + NEAR and s.hi > x0 and s.lo < x1]
    upright = [
        Line(s.at, max(s.lo, y0), min(s.hi, y1)) for s in frame.upright if x0 - NEAR <= s.at <= x1 + NEAR and s.hi > y0 and s.lo < y1
    ]
    return _frame(level, upright)


def _frame(level: list[Line], upright: list[Line]) -> Frame:
    x0 = min([s.lo for s in level] + [s.at for s in upright])
    x1 = max([s.hi for s in level] + [s.at for s in upright])
    xs = _positions([s.at for s in upright] + [x0, x1])
    ys = _positions([s.at for s in level])
    top, bottom = _reach(upright, xs)
    open_top, open_bottom = top < ys[0] - 2 * NEAR, bottom > ys[-1] + 2 * NEAR
    ys = (*((top,) if open_top else ()), *ys, *((bottom,) if open_bottom else ()))
    return Frame((xs[0], ys[0], xs[-1], ys[-1]), xs, ys, tuple(level), tuple(upright), open_top, open_bottom)


def _reach(upright: Sequence[Line], xs: Sequence[float]) -> tuple[float, float]:
    """How far up and down both outer sides of a frame run."""
    sides = [[s for s in upright if abs(s.at - x) <= NEAR] for x in (xs[0], xs[-1])]
    if not all(sides):
        return 1e9, -1e9
    return max(min(s.lo for s in side) for side in sides), min(max(s.hi for s in side) for side in sides)


def _positions(values: Iterable[float]) -> tuple[float, ...]:
    out: list[list[float]] = []
    for value in sorted(values):
        if out and value - out[-1][-1] <= NEAR:
            out[-1].append(value)
        else:
            out.append([value])
    return tuple(sum(v) / len(v) for v in out)


def covered(lines: Iterable[Line], at: float, lo: float, hi: float) -> bool:
    """Whether lines at a position cover most of a stretch."""
    need = 0.6 * (hi - lo)
    got = 0.0
    for line in lines:
        if abs(line.at - at) <= NEAR:
            got += max(0.0, min(line.hi, hi) - max(line.lo, lo))
    return got >= need
