"""Columns of tables that have level lines only: where a program draws each cell's border by itself, the pieces tell the columns.

Word, spreadsheets and browsers draw the line under a row as one piece per cell. Where lines under one another are broken at the same
places, and no word crosses these, borders of columns are drawn in there; the table is then read like one that has them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.layout.blocks import BBox
from extractors.layout.grid import Ink, Line, shaded_cells
from extractors.layout.rawtypes import RawPage, Word
from extractors.layout.tables_rows import is_number, is_year

TOUCH = 1.3
"""Points: pieces nearer than this to each other are pieces of one line."""
SHORTEST = 9.0
"""Points: a piece shorter than this is a dash or a corner, no border of a cell."""
ALIKE = 2.5
"""Points: ends and breaks of lines this near to each other are the same."""
LEVEL = 0.8
"""Points: pieces whose heights differ by no more than this stand at one height."""
MOST_PIECES = 1500
"""A page with more pieces than this is a drawing."""
NARROW = 24.0
"""Points: two breaks nearer than this, of which no row has both, are one border."""
WIDE = 3.5
"""Points: how far an edge of shade may lie from the line drawn on it."""
HIGH = 45.0
"""Points: what stands higher over shaded heads, in one column, is no row of the table."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A level line from `lo` to `hi` at a height, and where it is broken into pieces."""

    at: float
    lo: float
    hi: float
    breaks: tuple[float, ...]
    head: bool = False
    """Whether shaded cells begin at it."""
    drawn: bool = True
    """Whether a line is drawn there, besides such an edge."""


def with_pieces(ink: Ink, raw: RawPage, words: Sequence[Word]) -> Ink:
    """The ink of a page with the borders of columns that the pieces of its level lines tell."""
    pieces = [Line((r.y0 + r.y1) / 2, r.x0, r.x1) for r in raw.rules if r.horizontal and r.x1 - r.x0 >= SHORTEST]
    if not 4 <= len(pieces) <= MOST_PIECES:
        return ink
    shades = [f.bbox for f in shaded_cells(raw.fills, raw.width, raw.height)]
    lines = broken_lines(pieces)
    tops = broken_lines([Line(box[1], box[0], box[2]) for box in shades])
    lines = [replace(s, head=any(_same(s, t) for t in tops)) for s in lines]
    lines += [replace(t, head=True, drawn=False) for t in tops if not any(_same(s, t) for s in lines)]
    found: list[Line] = []
    for table in tables_of(sorted(lines, key=lambda s: s.at)):
        heads = sum(line.head for line in table)
        if heads <= max(2, len(table) // 3) and not _has_uprights(table, ink):
            found += borders(table, words, shades)
    return replace(ink, upright=(*ink.upright, *found)) if found else ink


def _same(line: Broken, edge: Broken) -> bool:
    """Whether an edge of shade lies on a line, as near as a border is wide."""
    return abs(edge.at - line.at) <= WIDE and abs(edge.lo - line.lo) <= ALIKE


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


def borders(lines: Sequence[Broken], words: Sequence[Word], shades: Sequence[BBox]) -> list[Line]:
    """The borders of the columns of tables below one another, and their sides; none where a word crosses them."""
    lo, hi = lines[0].lo, lines[0].hi
    inner = [w for w in words if w.bbox[0] > lo - 3 and w.bbox[2] < hi + 3]
    found: list[Line] = []
    for run in runs_of(lines, inner, shades):
        xs = _settled(shared_breaks(run), run)
        for upper, lower in pairwise(run):
            band = _between(inner, upper.at, lower.at)
            at = [x for x in xs if _is_broken(upper, x) or _is_broken(lower, x)]
            found += [Line(x, upper.at, lower.at) for x in at if not _crossed(x, band)]
        found += [Line(x, run[0].at, run[-1].at) for x in (lo, hi)]
    return found


def runs_of(lines: Sequence[Broken], words: Sequence[Word], shades: Sequence[BBox]) -> list[list[Broken]]:
    """The lines of each table, from its shaded heads on: without these nobody can tell where a table begins.

    A table ends where text or a gap comes, and where a line is followed by several rows that no line parts.
    """
    runs: list[list[Broken]] = []
    first, open_run = True, False
    for upper, lower in pairwise(lines):
        band = _between(words, upper.at, lower.at)
        at = sorted({*upper.breaks, *lower.breaks})
        if _is_text(upper, lower, band) or _is_gap(upper, lower, band, at):
            first, open_run = True, False
            continue
        begins = first and ((upper.head and not any(map(_is_figure, band))) or _under_shade(upper, shades))
        first = False
        if _stacked(band, at):
            open_run = False
        elif open_run:
            runs[-1].append(lower)
        elif begins:
            runs.append([upper, lower])
            open_run = True
    return runs


def _is_text(upper: Broken, lower: Broken, band: Sequence[Word]) -> bool:
    """Whether words between two lines run across where both are broken, or everywhere that one of them is."""
    both = [x for x in upper.breaks if _is_broken(lower, x)]
    either = {*upper.breaks, *lower.breaks}
    return any(_crossed(x, band) for x in both) or (bool(either) and all(_crossed(x, band) for x in either))


def _crossed(x: float, band: Sequence[Word]) -> bool:
    return any(w.bbox[0] < x - 1 and w.bbox[2] > x + 1 for w in band)


def _settled(xs: Sequence[float], lines: Sequence[Broken]) -> list[float]:
    """The breaks without those near a more usual one that no row has beside it: a head whose border is a little off."""
    kept: list[float] = []
    for x in xs:
        near = kept and x - kept[-1] < NARROW and sum(_is_broken(line, x) and _is_broken(line, kept[-1]) for line in lines) < 2
        if near:
            kept[-1] = max(kept[-1], x, key=lambda at: sum(_is_broken(line, at) for line in lines))
        else:
            kept.append(x)
    return kept


def _is_gap(upper: Broken, lower: Broken, band: Sequence[Word], xs: Sequence[float]) -> bool:
    """Whether what stands between two lines parts two tables: their columns differ, or shaded heads begin under no row of cells."""
    if not all(_is_broken(upper, x) for x in lower.breaks) and not all(_is_broken(lower, x) for x in upper.breaks):
        return True
    few = len({sum(w.bbox[0] > x - 1 for x in xs) for w in band}) < 2
    return lower.head and few and (not lower.drawn or not band or lower.at - upper.at > HIGH)


def _under_shade(line: Broken, shades: Sequence[BBox]) -> bool:
    """Whether two shaded cells or more, heads of columns, stand right on a line."""
    return sum(abs(box[3] - line.at) <= 2 * LEVEL and line.lo - ALIKE <= box[0] and box[2] <= line.hi + ALIKE for box in shades) > 1


def _between(words: Sequence[Word], top: float, low: float) -> list[Word]:
    return [w for w in words if top < (w.bbox[1] + w.bbox[3]) / 2 < low]


def _is_broken(line: Broken, x: float) -> bool:
    return any(abs(known - x) <= ALIKE for known in line.breaks)


def _is_figure(word: Word) -> bool:
    """Whether a word is a number, but no year and no dash."""
    return is_number(word.text) and not is_year(word.text) and any(c.isdigit() for c in word.text)


def _stacked(band: Sequence[Word], xs: Sequence[float]) -> bool:
    """Whether two numbers stand under one another in one column of a band: then it holds several rows."""
    seen: dict[int, float] = {}
    for word in band:
        if not _is_figure(word):
            continue
        column = sum(word.bbox[0] > x - 1 for x in xs)
        middle = (word.bbox[1] + word.bbox[3]) / 2
        if column and abs(seen.setdefault(column, middle) - middle) > 0.6 * word.size:
            return True
    return False
