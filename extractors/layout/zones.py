"""Runs of visual rows that may be a table without drawn cells, cut out of a page.

A zone holds rows of two chunks or more, with the single lines (group rows, second lines of labels) among them. Wide gaps, larger
letters and running text across the columns end it; shade and rules that go on tie it together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.layout.bridges import bridge_gaps, split_at_headers
from extractors.layout.grid import Ink, Line
from extractors.layout.legend import rules as legend_rules
from extractors.layout.rawtypes import Fill
from extractors.layout.tables_lines import broken_number
from extractors.layout.tables_rows import Row

_FAR = 2.9
"""Rows further apart than this, in letter sizes, are tied by ink only."""


@dataclass(slots=True)
class Zone:
    """A run of visual rows that may be a table, with the level lines and shades across it."""

    rows: list[Row]
    rules: list[Line]
    shades: list[Fill]

    @property
    def x0(self) -> float:
        """Left edge of its words."""
        return min(r.x0 for r in self.rows)

    @property
    def shade_edges(self) -> list[float]:
        """Where bands of shade as wide as most of the zone begin and end."""
        wide = [s.bbox for s in self.shades if min(s.bbox[2], self.x1) - max(s.bbox[0], self.x0) > 0.7 * (self.x1 - self.x0)]
        return [y for box in wide for y in (box[1], box[3])]

    @property
    def x1(self) -> float:
        """Right edge of its words."""
        return max(r.x1 for r in self.rows)


def find_zones(rows: Sequence[Row], ink: Ink, height: float) -> list[Zone]:
    """Runs of rows worth a closer look, cut where the page's flow breaks them and put together where a gap is all that parts them."""
    spans: list[tuple[int, int]] = []
    start: int | None = None
    for i, row in enumerate(rows):
        if start is not None and (_breaks(rows[start:i], row, ink) or _leaves_margin(rows[start:i], row, height)):
            spans.append((start, i))
            start = None
        if start is None and (len(row.chunks) > 1 or _opens(row, ink)):
            start = i
    if start is not None:
        spans.append((start, len(rows)))
    trimmed = [t for t in (_trimmed(rows, a, b, ink) for a, b in spans) if t is not None]
    return [zone_of(part, ink) for run in bridge_gaps(rows, trimmed) for part in split_at_headers(run)]


def _leaves_margin(run: Sequence[Row], row: Row, height: float) -> bool:
    """Whether the step between two rows goes out of the head of the page, or into its foot."""
    before = run[-1]
    step = (row.middle - before.middle) / max(row.size, before.size, 1.0)
    alike = len(before.chunks) > 1 and len(before.chunks) >= 0.6 * len(row.chunks)
    at_head = len(run) <= 2 and before.middle < 0.085 * height and not alike
    return step > 1.8 and (at_head or row.middle > 0.92 * height)


def _opens(row: Row, ink: Ink) -> bool:
    """A lone chunk may be the upper line of a header: where it is bold or shaded, or stands right of the margin."""
    return row.bold or _shaded(row, ink)


def _breaks(run: Sequence[Row], row: Row, ink: Ink) -> bool:
    """Whether a row cannot belong to the run above it: too far below, other letters, or running text across the columns."""
    before = run[-1]
    size = max(before.size, row.size, 1.0)
    step = (row.middle - before.middle) / size
    if step > _FAR * 1.9:
        return True
    bridged = _bridged(run, row, ink) or (step > _FAR and _barred(run, row, ink))
    if step > _FAR and not bridged and not _numbers_line_up(run, row):
        return True
    if len(row.chunks) == 1 and row.size > 1.14 * min(r.size for r in run[-6:]) and not _shaded(row, ink):
        return True
    if len(row.chunks) > 1:
        return len(run) > 1 and len(before.chunks) == 1 and row.size > 1.3 * before.size
    parted = [r for r in run if len(r.chunks) > 1]
    if not parted:
        return not row.bold and not bridged
    return crosses(parted, row) and not (bridged and row.bold)


def _bridged(run: Sequence[Row], below: Row, ink: Ink) -> bool:
    """Whether ink ties a row to the run over a wide gap: shade without white between, or rules where the numbers line up too."""
    above = run[-1]
    lo, hi = below.x0, below.x1
    gap = below.y0 - above.y1
    if gap <= 0:
        return False
    marks = sum(above.middle < s.at < below.y1 + 6 and s.lo <= lo + 4 and s.hi >= hi - 4 for s in ink.level)
    if (marks >= 2 and _lines_up(run, below)) or (marks and _begins_alike(run, below)):
        return True
    shades = [s.bbox for s in ink.shades if s.bbox[0] <= lo + 4 and s.bbox[2] >= hi - 4]
    return sum(max(0.0, min(s[3], below.y0) - max(s[1], above.y1)) for s in shades) > 0.8 * gap


def _barred(run: Sequence[Row], row: Row, ink: Ink) -> bool:
    """Whether a progress bar stands between two rows that begin alike: it hangs below the text of the upper one."""
    above = run[-1]
    alike = len(row.chunks) > 1 and any(abs(r.x0 - row.x0) < 3 and len(r.chunks) > 1 for r in run[-3:])
    return alike and any(above.middle < (b[1] + b[3]) / 2 < row.middle and abs(b[0] - row.x0) < 8 for b in ink.bars)


def _numbers_line_up(run: Sequence[Row], row: Row) -> bool:
    """Whether at least two numbers of a row end right under what the run above holds, over an empty row or two."""
    ends = [c.x1 for c in row.chunks[1:] if c.numeric]
    above = [c.x1 for r in run[-12:] for c in r.chunks[1:]]
    met = sum(any(abs(x - e) < 1.5 for e in above) for x in ends)
    return met >= 2 and met >= 0.6 * len(ends)


def _begins_alike(run: Sequence[Row], row: Row) -> bool:
    """Whether three chunks or more of a row begin where chunks of one row of the run do."""
    starts = [c.x0 for c in row.chunks]
    return len(starts) > 2 and any(sum(any(abs(x - c.x0) < 3 for c in other.chunks) for x in starts) > 2 for other in run[-3:])


def _lines_up(run: Sequence[Row], row: Row) -> bool:
    """Whether a row's numbers end where the run's do; a lone label stands under the labels."""
    if len(row.chunks) == 1:
        return abs(row.x0 - min(r.x0 for r in run)) < 30
    ends = [c.x1 for c in row.chunks[1:] if c.numeric]
    edges = [c.x1 for r in run for c in r.chunks[1:] if c.numeric]
    return bool(ends) and all(any(abs(x - e) < 2.5 for e in edges) for x in ends)


def _shaded(row: Row, ink: Ink) -> bool:
    return any(s.bbox[1] - 2 <= row.middle <= s.bbox[3] + 2 and s.bbox[0] <= row.x0 + 2 <= s.bbox[2] for s in ink.shades)


def crosses(parted: list[Row], row: Row) -> bool:
    """Whether a lone chunk runs across the gutters of most of the rows above it."""
    chunk = row.chunks[0]
    near = parted[-8:]
    crossed = 0
    for other in near:
        gutters = zip(other.chunks, other.chunks[1:], strict=False)
        crossed += any(chunk.x0 < b.x0 - 4 and chunk.x1 > b.x0 + 4 and chunk.x0 < a.x1 for a, b in gutters)
    return crossed > 0.5 * len(near) and len(chunk.words) > 3


def _trimmed(rows: Sequence[Row], start: int, end: int, ink: Ink) -> tuple[int, int] | None:
    """A run without the lone lines at its ends, or None where too little is left."""
    run = rows[start:end]
    lo = 0
    while lo < len(run) and len(run[lo].chunks) == 1 and not _heads(run, lo) and not _shaded(run[lo], ink):
        lo += 1
    while lo + 1 < len(run) and _is_key(run[lo], run[lo + 1]):
        lo += 1
    hi = max((i + 1 for i, r in enumerate(run) if len(r.chunks) > 1), default=lo)
    while lo < hi < len(run) and _tails(run, hi):
        hi += 1
    hi = _closed(run, lo, hi, ink)
    parted = len([r for r in run[lo:hi] if len(r.chunks) > 1])
    if parted < 2 and not (parted and hi - lo > 1 and all(_shaded(r, ink) for r in run[lo:hi])):
        return None
    return start + lo, start + hi


def _is_key(row: Row, below: Row) -> bool:
    """Whether a row above a bold header only tells what signs mean ("Målet är uppnått   Målet är inte uppnått")."""
    if row.bold or not below.bold or not 2 <= len(row.chunks) <= 6:
        return False
    return all(len(c.words) > 1 and legend_rules().level.search(c.text) for c in row.chunks)


def _closed(run: Sequence[Row], lo: int, hi: int, ink: Ink) -> int:
    """The end of a run, moved down over lone lines to the rule that closes the table, where a rule also follows its head.

    Where rules part the rows, so is each further band whose lines, alone at their heights, stand in columns beside one another.
    """
    x0, x1 = min((r.x0 for r in run[lo:hi]), default=0.0), max((r.x1 for r in run[lo:hi]), default=0.0)
    rules = sorted(s.at for s in ink.level if min(s.hi, x1) - max(s.lo, x0) > 0.75 * (x1 - x0))
    if hi - lo < 2 or not any(run[lo].middle < at < run[lo + 1].middle for at in rules):
        return hi
    below = [at for at in rules if at > run[hi - 1].middle]
    end = hi
    while end < len(run) and len(run[end].chunks) == 1 and run[end].middle - run[end - 1].middle < 2.2 * run[end].size:
        end += 1
    if end > hi and run[end - 1].middle < min(below, default=0.0) < run[end - 1].y1 + 12:
        return end
    for top, bottom in pairwise(below):
        band = [r for r in run[hi:end] if r.middle < bottom]
        if not band or band[0].middle < top or bottom > band[-1].y1 + 12 or not _side_by_side(band):
            break
        hi += len(band)
    return hi


def _side_by_side(band: Sequence[Row]) -> bool:
    """Whether lone lines, each at a height of its own, make a row of several cells, as where a short one stands in the middle."""
    first = min(band, key=lambda r: r.x0)
    return any(r.x0 > max(o.x1 for o in band if o.x0 < first.x0 + 3) + 4 and r.middle - first.middle < 2 * r.size for r in band)


def zone_of(rows: Sequence[Row], ink: Ink) -> Zone:
    """The rows with the level lines that run across them."""
    x0, x1 = min(r.x0 for r in rows), max(r.x1 for r in rows)
    y0, y1 = rows[0].y0 - 12, rows[-1].y1 + 8
    rules = [s for s in ink.level if y0 <= s.at <= y1 and min(s.hi, x1) - max(s.lo, x0) > 0.75 * (x1 - x0)]
    middle0, middle1 = rows[0].middle, rows[-1].middle
    shades = [s for s in ink.shades if s.bbox[1] < middle1 and s.bbox[3] > middle0 and s.bbox[0] < x1 and s.bbox[2] > x0]
    return Zone(list(rows), rules, shades)


def _heads(run: Sequence[Row], i: int) -> bool:
    """A lone line above the first parted row belongs to the header where it stands over the columns on the right."""
    after = next((r for r in run[i + 1 :] if len(r.chunks) > 1), None)
    if after is None:
        return False
    lone = run[i]
    return lone.x0 > after.chunks[0].x1 - 2 and (after.middle - lone.middle) < 4.2 * max(lone.size, 1) and lone.x1 < after.x1 + 30


def _tails(run: Sequence[Row], i: int) -> bool:
    """A lone line below the last parted row is part of the table where it goes on from a cell, or is a label at the same step."""
    before, row = run[i - 1], run[i]
    step = row.middle - before.middle
    if step > 1.75 * max(row.size, 1) or abs(row.size - before.size) > 0.1 * row.size:
        return False
    lone = row.chunks[0]
    begins = any(-3 < c.x0 - lone.x0 < 3 for c in before.chunks) or -3 < before.x0 - lone.x0 < 16  # a light may stand before the first line
    if begins and lone.words[0].text[:1].islower():
        return step < 1.45 * max(row.size, 1)
    if any(broken_number(c, lone) for r in run[max(i - 2, 0) : i] for c in r.chunks):
        return step < 1.45 * max(row.size, 1)
    steps = [b.middle - a.middle for a, b in pairwise(run[:i])]
    parted = [r for r in run[:i] if len(r.chunks) > 1]
    second = min((r.chunks[1].x0 for r in parted), default=0.0)
    same_step = any(abs(step - s) < 0.12 * s for s in steps[-4:])
    return (
        same_step
        and abs(lone.x0 - parted[-1].chunks[0].x0) < 3
        and lone.x1 < second - 2
        and not (lone.text.endswith((".", ":")) and len(lone.words) > 4)
    )
