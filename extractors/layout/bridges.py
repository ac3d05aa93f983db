"""Runs of rows that one empty row, a note or a group heading parts, though they are one table: their numbers share right edges.

A balance sheet with blank rows between its groups, or notes one under the other with one header at the top.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.layout.tables_rows import Row, is_year

_FARTHEST = 95.0
_SAME = 2.5


def bridge_gaps(rows: Sequence[Row], spans: Sequence[tuple[int, int]]) -> list[list[Row]]:
    """Runs of rows, those put together that belong together; `spans` are their beginnings and ends in `rows`."""
    runs: list[list[Row]] = []
    end = 0
    for a, b in spans:
        between = list(rows[end:a])
        tied = _labels_between(runs[-1], between, list(rows[a:b])) if runs else None
        if tied is None:
            runs.append(list(rows[a:b]))
        else:
            runs[-1] += [*tied, *rows[a:b]]
        end = b
    return runs


def split_at_headers(run: list[Row]) -> list[list[Row]]:
    """A run cut where a new header stands after rows of numbers: bold words over most of the number columns, a body not bold below."""
    out: list[list[Row]] = []
    start = 0
    for i in range(2, len(run) - 1):
        if i - start < 2:
            continue
        another = _opens_another(run, start, i) or _is_title_over_header(run, start, i)
        if not another and not (i - start > 2 and _is_new_header(run, start, i)):
            continue
        at = i
        while not another and at - 1 > start and len(run[at - 1].chunks) == 1 and run[at - 1].bold:
            at -= 1
        out.append(run[start:at])
        start = i
    return [*out, run[start:]]


def _is_new_header(run: list[Row], start: int, i: int) -> bool:
    row = run[i]
    data = row.chunks[1:] if row.chunks[0].x0 < min(r.x0 for r in run[start:i]) + 40 else row.chunks
    titled = _is_titled(run, start, i)
    if not (row.bold or titled) or len(data) < 2 or _all_years(run[i - 1]):
        return False
    if any(c.numeric and not is_year(c.text) for c in data):
        return False
    above = [r for r in run[start:i] if _has_numbers(r)]
    below = [r for r in run[i + 1 : i + 5] if _has_numbers(r)]
    if len(above) < (1 if titled else 2) or not below or any(r.bold and len(r.chunks) > 1 and not _has_numbers(r) for r in run[i - 1 : i]):
        return False
    ends = [c.x1 for r in below for c in r.chunks[1:]]
    return (titled or any(not r.bold for r in above)) and sum(any(abs(c.x1 - e) < 12 for e in ends) for c in data) >= 0.5 * len(data)


def _is_titled(run: list[Row], start: int, i: int) -> bool:
    """Whether a lone bold line stands right above a row, set off from the numbers above it by more than the usual step."""
    if i - start < 3 or len(run[i - 1].chunks) > 1 or not run[i - 1].bold or not _has_numbers(run[i - 2]):
        return False
    steps = sorted(b.middle - a.middle for a, b in pairwise(run[start : i - 1]))
    return run[i - 1].middle - run[i - 2].middle > 1.25 * steps[len(steps) // 2]


def _is_title_over_header(run: list[Row], start: int, i: int) -> bool:
    """Whether a lone bold line has a bold row of words in columns below it, other words than the header of the rows above."""
    head = run[i + 1]
    if len(run[i].chunks) > 1 or not run[i].bold or not head.bold or len(head.chunks) < 3 or _has_numbers(head):
        return False
    if run[i].chunks[0].text[:1].islower() or run[i].y0 - run[i - 1].y1 < 0.5 * run[i].size:
        return False  # the last line of a bold label
    above = [r for r in run[start:i] if len(r.chunks) > 1]
    words = [{c.text for c in r.chunks} for r in above if r.bold]
    return any(not r.bold for r in above) and bool(words) and {c.text for c in head.chunks} not in words


def _opens_another(run: list[Row], start: int, i: int) -> bool:
    """Whether a bold row of words in columns, further from the row above than any row so far, begins another table."""
    row = run[i]
    if not row.bold or len(row.chunks) < 2 or _has_numbers(row) or all(r.bold for r in run[i + 1 : i + 4]):
        return False
    gaps = [below.y0 - above.y1 for above, below in zip(run[start:i], run[start + 1 : i], strict=False)]
    gap = row.y0 - run[i - 1].y1
    if gap <= 1.15 * row.size or gap <= 1.25 * max(gaps):
        return False
    below = [c for r in run[i + 1 : i + 6] if not r.bold for c in r.chunks[1:]]
    return all(any(-6 < b.x0 - c.x0 < 16 or abs(c.x1 - b.x1) < 12 for b in below) for c in row.chunks[1:])


def _has_numbers(row: Row) -> bool:
    return any(c.numeric and not is_year(c.text) for c in row.chunks[1:])


def _all_years(row: Row) -> bool:
    return all(is_year(c.text) for c in row.chunks)


def _labels_between(above: list[Row], between: list[Row], below: list[Row]) -> list[Row] | None:
    """The group rows between two runs that are one table; None where they are two."""
    if below[0].y0 - above[-1].y1 > _FARTHEST or len(between) > 4:
        return None
    if abs(above[-1].size - below[-1].size) > 0.6 or _has_header(below) or not _edges_agree(above, below):
        return None
    left = min(r.x0 for r in above)
    kept = []
    for row in between:
        if row.size < 0.92 * above[-1].size:
            continue
        numbers = min((c.x0 for r in below for c in r.chunks if c.numeric), default=0.0)
        if len(row.chunks) > 1 or row.size > 1.08 * above[-1].size or row.x1 > numbers + 4 or row.x0 > left + 60:
            return None
        kept.append(row)
    return kept


def _has_header(run: list[Row]) -> bool:
    """Whether words or years stand over the number columns before the first row of numbers."""
    edges = _right_edges(run)
    for row in run:
        if any(c.numeric and not is_year(c.text) for c in row.chunks[1:]):
            return False
        if any(abs(c.x1 - e) < 12 for c in row.chunks for e in edges):
            return True
    return True


def _right_edges(run: list[Row]) -> list[float]:
    """Where the numbers of a run end, each place once."""
    edges: list[float] = []
    for x in sorted(c.x1 for r in run for c in r.chunks[1:] if c.numeric and not is_year(c.text)):
        if not edges or x - edges[-1] > _SAME:
            edges.append(x)
    return edges


def _edges_agree(above: list[Row], below: list[Row]) -> bool:
    """Whether the lower run's numbers end where the upper one's do."""
    first, second = _right_edges(above), _right_edges(below)
    if not second or len(second) > len(first):
        return False
    met = sum(any(abs(a - b) <= _SAME for a in first) for b in second)
    return met == len(second) and met >= 0.5 * len(first)
