"""Headers that stand over several columns in a table without drawn cells: "Januari–april" over outcome, budget and deviation.

A rule under the words tells how far they reach; without one, words that are too wide for their own column stand in the middle of
the columns that they head.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.layout.columns import Column
from extractors.layout.grid import Ink, Line
from extractors.layout.tables_rows import bounds, is_number, is_year
from extractors.layout.tables_sketch import Sketch, Slot

_MIDDLE = 9.0
_FLUSH = 1.5


def spread_headers(sketch: Sketch, columns: Sequence[Column], ink: Ink) -> None:
    """Widens the slots of upper header rows over the columns that they head."""
    rows = [[s for s in sketch.slots if s.row == r and s.words] for r in range(min(sketch.rows, 4))]
    for r, row in enumerate(rows[:-1]):
        heads = sorted((s for s in row if s.col > 0), key=lambda s: s.col)
        below = {s.col for s in rows[r + 1]}
        if not heads or any(is_number(s.text) and not is_year(s.text) for s in heads):
            return
        if _by_repetition(heads, rows[r + 1]):
            continue
        taken = {c for s in heads for c in range(s.col, s.col + s.colspan)}
        for head in heads:
            free = {c for c in range(1, sketch.cols) if c not in taken and c in below} | set(range(head.col, head.col + head.colspan))
            reach = _by_rule(head, columns, ink, free) or _by_middle(head, columns, free & (below | {head.col}))
            if reach is not None:
                head.col, head.colspan = reach[0], reach[1] - reach[0] + 1
                taken |= set(range(reach[0], reach[1] + 1))
        _over_years(heads, rows[r + 1])


def heads_over_figures(sketch: Sketch, columns: Sequence[Column]) -> list[Column]:
    """Makes one column of a head set flush left and the figures under it set flush right; the columns that are then left."""
    figures = [s for s in sketch.slots if s.col > 0 and s.words and is_number(s.text) and not is_year(s.text)]
    first = min((s.row for s in figures), default=0)
    out = list(columns)
    col = 1
    while first and col + 1 < sketch.cols:
        head = [s for s in sketch.slots if s.col == col and s.words]
        body = [s for s in sketch.slots if s.col == col + 1 and s.words]
        heads = head and all(s.row < first and s.colspan < 3 for s in head)
        flush = heads and max(bounds(s.words)[2] for s in head) <= out[col + 1].x1 + 0.5
        if flush and len(body) > 1 and all(s.row >= first and s.colspan == 1 for s in body):
            out[col : col + 2] = [Column(out[col].x0, out[col + 1].x1)]
            sketch.slots = [s for s in sketch.slots if s.words or s.col != col + 1]
            for slot in sketch.slots:
                slot.colspan -= slot.col <= col < slot.col + slot.colspan - 1
                slot.col -= slot.col > col
            sketch.cols -= 1
        col += 1
    return out


def join_header_lines(sketch: Sketch, header_rows: int, rules: Sequence[Line]) -> None:
    """Puts the lines of a header's cells together ("Utfall jan" over "– april 2023"), where no line spans columns or is ruled off."""
    for upper in range(header_rows - 2, -1, -1):
        here = [s for s in sketch.slots if s.row == upper and s.words]
        below = [s for s in sketch.slots if s.row == upper + 1 and s.words]
        if not here or not below or any(s.colspan > 1 for s in (*here, *below)):
            continue
        y1 = max(bounds(s.words)[3] for s in here)
        y0 = min(bounds(s.words)[1] for s in below)
        size = below[0].words[0].size
        if y0 - y1 > 0.6 * size or any(y1 - 3 < r.at < y0 + 3 for r in rules):
            continue
        _joined(sketch, here, below)


def _joined(sketch: Sketch, here: list[Slot], below: list[Slot]) -> None:
    """The lower row's words put to the upper row's, and all rows below moved up."""
    at = {s.col: s for s in here}
    row = below[0].row
    for slot in below:
        if slot.col in at:
            at[slot.col].words += slot.words
        else:
            slot.row -= 1
    gone = {id(s) for s in below if s.col in at}
    sketch.slots = [s for s in sketch.slots if id(s) not in gone]
    for slot in sketch.slots:
        if slot.row > row or (slot.row == row and id(slot) not in {id(b) for b in below}):
            slot.row -= 1
    sketch.rows -= 1


def _by_repetition(heads: Sequence[Slot], below: Sequence[Slot]) -> bool:
    """Spreads heads over labels that come again under each of them ("2023 2022" twice): each head stands over its own turn of them."""
    labels = sorted((s for s in below if s.col > 0), key=lambda s: s.col)
    first = labels[0].col if labels else 0
    heads = [h for h in heads if h.col >= first]  # "Not" stands before them over a column of its own
    if len(heads) < 2 or any(s.colspan > 1 for s in (*heads, *labels)):
        return False
    for each in range(len(labels) // len(heads), 1, -1):
        turns = labels[-each * len(heads) :]
        groups = [turns[i : i + each] for i in range(0, len(turns), each)]
        alike = all([s.text for s in g] == [s.text for s in groups[0]] for g in groups) and len({s.text for s in groups[0]}) == each
        over = all(g[0].col <= h.col <= g[-1].col for h, g in zip(heads, groups, strict=True))
        if alike and over and turns[-1].col - turns[0].col == len(turns) - 1:
            for head, group in zip(heads, groups, strict=True):
                head.col, head.colspan = group[0].col, each
            return True
    return False


def _over_years(heads: Sequence[Slot], below: Sequence[Slot]) -> None:
    """Spreads heads that begin where the year under them does over the other years that follow it ("Utfall" over "2023", "2022").

    So are heads of which each begins over the same word ("Ackumulerat" and "Helår", "Budget" the first under both).
    """
    labels = {s.col: s for s in below if s.words and s.col > 0}
    own = [(h, labels[h.col]) for h in heads if h.col in labels]
    if not own or any(abs(bounds(h.words)[0] - bounds(s.words)[0]) > _FLUSH for h, s in own):
        return
    if len(own) == 1 and len(labels) > 2:
        return
    order = sorted(labels)
    under = {h.col for h in heads}
    if len(own) > 1 and len(own) == len(heads) and len({s.text for _, s in own}) == 1 and not is_year(own[0][1].text):
        ends = [h.col for h, _ in own[1:]] + [order[-1] + 1]
        turns = [[c for c in order if h.col <= c < end] for (h, _), end in zip(own, ends, strict=True)]
        if all(len(t) > 1 for t in turns):  # "Budget" again under each: what it begins, each time
            for (head, _), turn in zip(own, turns, strict=True):
                head.colspan = turn[-1] - head.col + 1
            return
    for head, label in own:
        seen = {label.text}
        for col in order[order.index(label.col) + 1 :]:
            text = labels[col].text
            if col in under or text in seen or not is_year(text) or not is_year(label.text):
                break
            seen.add(text)
            head.colspan = max(head.colspan, col - head.col + 1)


def _by_rule(head: Slot, columns: Sequence[Column], ink: Ink, free: set[int]) -> tuple[int, int] | None:
    """First and last column under a rule that runs right under the words and is not the table's own width."""
    x0, _, x1, y1 = bounds(head.words)
    whole = columns[-1].x1 - columns[0].x0
    for line in ink.level:
        if not (-2 <= line.at - y1 <= 8 and line.lo <= x0 + 2 and line.hi >= x1 - 2 and line.hi - line.lo < 0.8 * whole):
            continue
        under = [i for i, c in enumerate(columns) if line.lo - 4 <= (c.x0 + c.x1) / 2 <= line.hi + 4]
        if len(under) > 1 and set(under) <= free:
            return under[0], under[-1]
    return None


def _by_middle(head: Slot, columns: Sequence[Column], free: set[int]) -> tuple[int, int] | None:
    """First and last column of the free run round the words in whose middle they stand, if their own column is too narrow."""
    x0, _, x1, _ = bounds(head.words)
    lo = hi = head.col
    while lo - 1 in free:
        lo -= 1
    while hi + 1 in free:
        hi += 1
    if lo == hi:
        return None
    own = columns[head.col]
    spans = [(a, b) for a in range(lo, head.col + 1) for b in range(head.col, hi + 1) if b > a]
    middle = (x0 + x1) / 2
    pitch = _pitch(columns)
    off = {(a, b): _off(middle, (columns[a].x0 + columns[b].x1) / 2, (columns[a].x1 - pitch + columns[b].x1) / 2) for a, b in spans}
    best = min(off, key=lambda s: (off[s] > _MIDDLE, -(s[1] - s[0]) if off[s] <= _MIDDLE else off[s]))
    too_wide = x0 < own.x0 - 3 and x1 > own.x1 + 3
    between = not too_wide and x1 - x0 > own.x1 - own.x0 + 6 and head.colspan == 1 and (x0 < own.x0 - 8 or x1 > own.x1 + 8)
    return best if off[best] <= _MIDDLE and (too_wide or between) else None


def _pitch(columns: Sequence[Column]) -> float:
    """The usual distance between the right edges of neighbouring columns."""
    steps = sorted(b.x1 - a.x1 for a, b in pairwise(columns[1:]))
    return steps[len(steps) // 2] if steps else 0.0


def _off(middle: float, words: float, cells: float) -> float:
    """How far a middle is from the stretch between the middle of a group's words and that of its cells."""
    lo, hi = min(words, cells), max(words, cells)
    return max(lo - middle, middle - hi, 0.0)
