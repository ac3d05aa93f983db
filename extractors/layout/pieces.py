"""Columns of tables that have level lines only: where a program draws each cell's border by itself, the pieces tell the columns.

Word, spreadsheets and browsers draw the line under a row as one piece per cell. Where lines under one another are broken at the same
places, and no word crosses these, borders of columns are drawn in there; the table is then read like one that has them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.layout.grid import Ink, Line, shaded_cells
from extractors.layout.rawtypes import RawPage, Word
from extractors.layout.tables_rows import is_number, is_year

TOUCH = 1.3
"""Points: pieces nearer than this to each other are pieces of one line."""
SHORTEST = 9.0
ALIKE = 2.5
"""Points: ends and breaks of lines this near to each other are the same."""
LEVEL = 0.8
MOST_PIECES = 1500
STEP = 2.0
"""Words further apart than this, in letter sizes, are not of one cell."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A level line from `lo` to `hi` at a height, and where it is broken into pieces."""

    at: float
    lo: float
    hi: float
    breaks: tuple[float, ...]
    shade: bool = False
    """Whether it is no line but the upper edge of shaded cells."""


def with_pieces(ink: Ink, raw: RawPage, words: Sequence[Word]) -> Ink:
    """The ink of a page with the borders of columns that the pieces of its level lines tell."""
    pieces = [Line((r.y0 + r.y1) / 2, r.x0, r.x1) for r in raw.rules if r.horizontal and r.x1 - r.x0 >= SHORTEST]
    if not 4 <= len(pieces) <= MOST_PIECES:
        return ink
    shades = [f.bbox for f in shaded_cells(raw.fills, raw.width, raw.height)]
    lines = broken_lines([*pieces, *(Line(box[3], box[0], box[2]) for box in shades)])
    tops = broken_lines([Line(box[1], box[0], box[2]) for box in shades])
    lines += [replace(t, shade=True) for t in tops if not any(abs(t.at - s.at) <= LEVEL and abs(t.lo - s.lo) <= ALIKE for s in lines)]
    found: list[Line] = []
    for table in tables_of(sorted(lines, key=lambda s: s.at)):
        if not _has_uprights(table, ink):
            found += borders(table, words)
    return replace(ink, upright=(*ink.upright, *found)) if found else ink


def _has_uprights(table: Sequence[Broken], ink: Ink) -> bool:
    """Whether upright lines are drawn between the columns already."""
    first, last = table[0], table[-1]
    return any(first.lo + 3 < s.at < first.hi - 3 and s.lo < last.at - 3 and s.hi > first.at + 3 and s.hi - s.lo > 8 for s in ink.upright)


def broken_lines(pieces: Iterable[Line]) -> list[Broken]:
    """Pieces that touch end to end at one height as one line each, from top to bottom."""
    lines: list[Broken] = []
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda p: p.at):
        if rows and piece.at - rows[-1][0].at <= LEVEL:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for row in rows:
        chain: list[Line] = []
        for piece in sorted(row, key=lambda p: (p.lo, p.hi)):
            if chain and piece.hi <= chain[-1].hi + TOUCH:
                continue  # the same border, drawn by the cell above and the one below
            if chain and abs(piece.lo - chain[-1].hi) > TOUCH:
                lines.append(_broken(chain))
                chain = []
            chain.append(piece)
        lines.append(_broken(chain))
    return lines


def _broken(chain: Sequence[Line]) -> Broken:
    return Broken(chain[0].at, chain[0].lo, chain[-1].hi, tuple((a.hi + b.lo) / 2 for a, b in pairwise(chain)))


def tables_of(lines: Iterable[Broken]) -> list[list[Broken]]:
    """Lines of one length under one another, of which two or more are broken at the same places."""
    groups: list[list[Broken]] = []
    for line in lines:
        group = next((g for g in groups if abs(g[0].lo - line.lo) <= ALIKE and abs(g[0].hi - line.hi) <= ALIKE), None)
        if group is None:
            groups.append([line])
        else:
            group.append(line)
    return [g for g in groups if len(shared_breaks(g)) > 0]


def shared_breaks(lines: Sequence[Broken]) -> list[float]:
    """Where two of the lines or more are broken, from left to right."""
    counts: Counter[float] = Counter()
    for line in lines:
        for x in line.breaks:
            near = next((known for known in counts if abs(known - x) <= ALIKE), x)
            counts[near] += 1
    return sorted(x for x, count in counts.items() if count >= 2)


def borders(lines: Sequence[Broken], words: Sequence[Word]) -> list[Line]:
    """The borders of the columns of a table, and its sides; none where a word crosses them or rows are not parted by the lines."""
    lo, hi = lines[0].lo, lines[0].hi
    inner = [w for w in words if w.bbox[0] > lo - 3 and w.bbox[2] < hi + 3]
    xs = shared_breaks(lines)
    found: list[Line] = []
    run: list[tuple[float, float]] = []
    for upper, lower in pairwise(lines):
        band = _between(inner, upper.at, lower.at)
        at = [x for x in xs if _is_broken(upper, x) or _is_broken(lower, x)]
        crossed = {x for x in at for w in band if w.bbox[0] < x - 1 and w.bbox[2] > x + 1}
        text = any(_is_broken(upper, x) and _is_broken(lower, x) for x in crossed) or (crossed and crossed == set(at))
        if text or _is_gap(upper, lower, band, at) or _stacked(band, at):
            found += _sides(run, lo, hi)
            run = []
            continue
        run.append((upper.at, lower.at))
        found += [Line(x, upper.at, lower.at) for x in at if x not in crossed]
    return found + _sides(run, lo, hi) if not run or len(found) else []


def _is_gap(upper: Broken, lower: Broken, band: Sequence[Word], xs: Sequence[float]) -> bool:
    """Whether what stands between two lines parts two tables: their columns differ, or shaded heads begin under no row of cells."""
    if not all(_is_broken(upper, x) for x in lower.breaks) and not all(_is_broken(lower, x) for x in upper.breaks):
        return True
    return lower.shade and len({sum(w.bbox[0] > x - 1 for x in xs) for w in band}) < 2


def _sides(run: Sequence[tuple[float, float]], lo: float, hi: float) -> list[Line]:
    return [Line(x, run[0][0], run[-1][1]) for x in (lo, hi)] if run else []


def _between(words: Sequence[Word], top: float, low: float) -> list[Word]:
    return [w for w in words if top < (w.bbox[1] + w.bbox[3]) / 2 < low]


def _is_broken(line: Broken, x: float) -> bool:
    return any(abs(known - x) <= ALIKE for known in line.breaks)


def _stacked(band: Sequence[Word], xs: Sequence[float]) -> bool:
    """Whether two numbers stand under one another in one column of a band: then it holds several rows."""
    seen: dict[int, float] = {}
    for word in band:
        if not is_number(word.text) or is_year(word.text) or not any(c.isdigit() for c in word.text):
            continue
        column = sum(word.bbox[0] > x - 1 for x in xs)
        middle = (word.bbox[1] + word.bbox[3]) / 2
        if column and abs(seen.setdefault(column, middle) - middle) > 0.6 * word.size:
            return True
    return False
