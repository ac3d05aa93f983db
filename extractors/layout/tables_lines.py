"""Visual rows of a table joined into its real rows: labels and cells of several lines, group rows, numbers beside a tall label.

Rows between drawn lines are certain; elsewhere a line goes on from the one above where it could not have stood there (the next
word would not have fitted), begins with a small letter, or stands closer than a row's height.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.layout.tables_rows import Chunk, Row, is_year

_OPEN_ENDS = ("-", "‐", "/", ",", "(", "&", "–")
_BEGUN = re.compile(r"^[-–−+]?\s?\d{1,3}(?: \d{3})*$")
_THREE = re.compile(r"^\d{3}(?:[.,]\d+)?$")
_OPEN_WORDS = {
    "och",
    "eller",
    "samt",
    "av",
    "för",
    "i",
    "på",
    "till",
    "med",
    "från",
    "som",
    "per",
    "den",
    "det",
    "de",
    "inkl",
    "om",
    "att",
    "ej",
    "inom",
    "vid",
    "under",
}


@dataclass(slots=True)
class Placed:
    """A visual row whose chunks know their columns: `at[c]` are the chunks that begin in column c; `spans` their last columns."""

    row: Row
    at: dict[int, list[Chunk]]
    last: dict[int, int]

    @property
    def label(self) -> list[Chunk]:
        """What stands in the first column."""
        return self.at.get(0, [])

    @property
    def data(self) -> list[Chunk]:
        """What stands in the other columns."""
        return [k for c, ks in self.at.items() if c for k in ks]

    @property
    def numbers(self) -> list[Chunk]:
        """The numbers in the other columns."""
        return [k for k in self.data if k.numeric]


def joined_rows(placed: Sequence[Placed], rights: Sequence[float]) -> list[list[Placed]]:
    """Placed visual rows as groups that are one row of the table each; `rights` are the columns' right bounds."""
    if not placed:
        return []
    pitch = _Pitch(_pitch(placed), _row_step(placed))
    broken = _broken_numbers(placed)
    groups = [[placed[0]]]
    for i, (before, row) in enumerate(pairwise(placed), 1):
        if i in broken or _goes_on(groups[-1], before, row, rights, pitch):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


@dataclass(frozen=True, slots=True)
class _Pitch:
    """Steps in letter sizes: from line to line inside a cell, and from row to row where both have data."""

    line: float
    row: float


def _row_step(placed: Sequence[Placed]) -> float:
    """The usual step between rows that both have a label and data; 9 where no two such rows follow each other."""
    steps = sorted(
        (b.row.middle - a.row.middle) / max(b.row.size, 1) for a, b in pairwise(placed) if a.label and b.label and a.data and b.data
    )
    return steps[len(steps) // 3] if steps else 9.0


def _pitch(placed: Sequence[Placed]) -> float:
    """The usual step from line to line inside a cell: the least common step of the rows, in letter sizes."""
    steps = sorted((b.row.middle - a.row.middle) / max(b.row.size, 1) for a, b in pairwise(placed))
    steps = [s for s in steps if s > 0.8]
    return steps[len(steps) // 4] if steps else 1.2


def _goes_on(group: list[Placed], before: Placed, row: Placed, rights: Sequence[float], pitch: _Pitch) -> bool:
    """Whether a visual row belongs to the same row of the table as the one above it."""
    size = max(row.row.size, before.row.size, 1.0)
    step = (row.row.middle - before.row.middle) / size
    if step < 0.8:
        return _fills_gaps(group, row) or step < 0.55
    if step > min(max(1.62, 1.05 * pitch.line), 1.9) or abs(row.row.size - before.row.size) > 0.16 * size:
        return False
    if row.numbers and any(g.numbers for g in group):
        return False
    if not row.label:
        return _texts_go_on(before, row)
    if not before.label:
        label = _last_label(group)
        return bool(label) and not row.data and _reads_on(label, row.label, rights[0], tight=step < 0.93 * pitch.row)
    return _label_goes_on(group, before, row, rights, step < 0.93 * pitch.row)


def _broken_numbers(placed: Sequence[Placed]) -> set[int]:
    """Rows that go on from the one above since a number was broken between them ("655" over "000").

    One of the two lines holds nothing but its part of the number, and stands closer to the other than to its other neighbour.
    """
    found: set[int] = set()
    step = _row_step(placed)
    for i, row in enumerate(placed):
        if _all_broken(placed, i):
            found.add(i + 1)
        if i and _ends_of_numbers(placed[i - 1], row, step):
            found.add(i)
        if i > 1 and placed[i - 1].label and _halves(placed[i - 2], row):
            found |= {i - 1, i}
        if len(row.row.chunks) != 1 or len(row.at) != 1 or row.label:
            continue
        ((col, (part, *_)),) = row.at.items()
        above, below = placed[i - 1] if i else None, placed[i + 1] if i + 1 < len(placed) else None
        up = row.row.middle - above.row.middle if above else 1e9
        down = below.row.middle - row.row.middle if below else 1e9
        after = above is not None and up < 0.92 * down and col in above.at and broken_number(above.at[col][-1], part)
        over = placed[i - 2] if i > 1 else None
        if after or (over is not None and _around(over, row, col) and broken_number(over.at[col][-1], part)):
            found.add(i)
        elif below and down < 0.92 * up and col in below.at and broken_number(part, below.at[col][0]):
            found.add(i + 1)
    return found


def _all_broken(placed: Sequence[Placed], i: int) -> bool:
    """Whether a row holds nothing but the beginnings of numbers that go on in the row below: narrow cells broke them all alike."""
    row, below = placed[i], placed[i + 1] if i + 1 < len(placed) else None
    if row.label or below is None or not below.label or len(row.row.chunks) < 2:
        return False
    if below.row.middle - row.row.middle > 1.45 * max(row.row.size, 1.0):
        return False
    return all(c in below.at and len(ks) == 1 and broken_number(ks[0], below.at[c][0]) for c, ks in row.at.items())


def _ends_of_numbers(above: Placed, row: Placed, step: float) -> bool:
    """Whether a row holds nothing but the ends of numbers that begin in the row above, closer to it than two rows stand."""
    if row.label or not above.label or len(row.row.chunks) < 2:
        return False
    if row.row.middle - above.row.middle > min(1.45, 0.93 * step) * max(row.row.size, 1.0):
        return False
    return all(c in above.at and len(ks) == 1 and broken_number(above.at[c][-1], ks[0]) for c, ks in row.at.items())


def _halves(upper: Placed, lower: Placed) -> bool:
    """Whether two lines hold the beginnings and the ends of the same numbers, half a step above and below their label."""
    if upper.label or lower.label or lower.row.middle - upper.row.middle > 1.45 * max(lower.row.size, 1.0):
        return False
    return set(upper.at) == set(lower.at) and all(broken_number(upper.at[c][-1], ks[0]) for c, ks in lower.at.items())


def _around(upper: Placed, lower: Placed, col: int) -> bool:
    """Whether two lone lines stand half a step above and below a row between them."""
    alone = len(upper.row.chunks) == 1 and col in upper.at
    return alone and lower.row.middle - upper.row.middle < 1.45 * lower.row.size


def broken_number(above: Chunk, below: Chunk) -> bool:
    """Whether two chunks in a column are one number that a narrow cell broke at its blank."""
    return bool(_BEGUN.match(above.text) and _THREE.match(below.text) and abs(above.x1 - below.x1) < 1.5 * below.words[0].size)


def _fills_gaps(group: list[Placed], row: Placed) -> bool:
    return not ({c for g in group for c in g.at} & set(row.at)) or not any(g.data for g in group) or not row.data


def _last_label(group: list[Placed]) -> list[Chunk]:
    return next((g.label for g in reversed(group) if g.label), [])


def _texts_go_on(before: Placed, row: Placed) -> bool:
    """A row without label: text under text of the same column goes on; numbers stand for themselves."""
    if row.numbers:
        return bool(before.label) and not before.data
    return all(c in before.at for c in row.at) or not before.data or _lowercase(row.data)


def _label_goes_on(group: list[Placed], before: Placed, row: Placed, rights: Sequence[float], tight: bool) -> bool:
    """Both rows have a label: one label over two lines, or two rows."""
    if before.row.bold != row.row.bold and not (row.data or before.data):
        return False
    if _bold(before.label) != _bold(row.label):
        return False
    reads_on = _reads_on(before.label, row.label, rights[0], tight=tight)
    if tight and row.data and len(group) > 1 and not any(g.data for g in group):
        return True  # the last of three lines: the first two went on, and stand as close
    if row.data and any(g.data for g in group):
        shared = [c for c in row.at if c and c in before.at]
        texts = shared and not row.numbers and all(_reads_on(before.at[c], row.at[c], rights[c], tight=tight) for c in shared)
        return reads_on and bool(texts)
    return reads_on


def _bold(chunks: Sequence[Chunk]) -> bool:
    return all(w.bold for c in chunks for w in c.words)


def _reads_on(above: Sequence[Chunk], below: Sequence[Chunk], right: float, *, tight: bool) -> bool:
    """Whether text runs on from one line to the next: open end, small letter, or no room above and a step less than a row's."""
    end, start = above[-1], below[0]
    last, first = end.words[-1], start.words[0]
    if is_year(start.text) and not first.text[:1].islower():
        return False
    if (last.text.endswith(_OPEN_ENDS) and len(last.text) > 1) or last.text.lower() in _OPEN_WORDS:
        return True
    if first.text[:1].islower() or first.text[:1] in "(/" or first.text.lower() in _OPEN_WORDS:
        return not last.text.endswith((".", ":")) or first.text[:1].islower()
    if not tight:
        return False
    blank = 0.3 * first.size
    room = right - end.x1
    return room < blank + (first.bbox[2] - first.bbox[0]) - 0.5 and not last.text.endswith((".", ":")) and not first.text[:1].isdigit()


def _lowercase(chunks: Sequence[Chunk]) -> bool:
    return all(c.words[0].text[:1].islower() for c in chunks)
