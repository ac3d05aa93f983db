"""How many rows at the top of a table are its header.

A header row stands over numbers without being numbers itself (years are names here), or differs from the rows below in weight,
letter colour or shading. A group row ("INTÄKTER") right above the first numbers belongs to the body.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from extractors.layout.rawtypes import RawPage
from extractors.layout.tables_rows import bounds, is_number, is_year
from extractors.layout.tables_sketch import Sketch, Slot


class _Look(NamedTuple):
    """How a row looks: bold or not, the shade under it, the colour of its letters."""

    bold: bool
    shade: str | None
    color: str


def count_header_rows(sketch: Sketch, raw: RawPage) -> int:
    """Number of header rows, 0 where the table has none."""
    grid = sketch.grid()
    looks = [_look(row, r, raw) for r, row in enumerate(grid)]
    first = next((r for r, row in enumerate(grid) if _has_values(row)), None)
    if first is not None:
        return _above_numbers(grid, looks, first)
    return _by_look(grid, looks)


def _own(row: Sequence[Slot | None], r: int) -> list[Slot]:
    """The slots that begin in this row and hold words."""
    seen = {id(s): s for s in row if s is not None and s.row == r and s.words}
    return list(seen.values())


def _look(row: Sequence[Slot | None], r: int, raw: RawPage) -> _Look:
    """Whether a row is bold, the shade under it, and the colour of its letters."""
    slots = _own(row, r)
    words = [w for s in slots for w in s.words]
    if not words:
        return _Look(False, None, "")
    bold = sum(w.bold for w in words) >= 0.8 * len(words)
    box = bounds(words)
    shade = None
    for f in raw.fills:
        if f.kind == "rect" and f.bbox[1] - 1 <= (box[1] + box[3]) / 2 <= f.bbox[3] + 1 and f.bbox[0] <= (box[0] + box[2]) / 2 <= f.bbox[2] and f.bbox[3] - f.bbox[1] > 4:
            shade = f.color.lower()
    return _Look(bold, None if shade == "#ffffff" else shade, Counter(w.color for w in words).most_common(1)[0][0])


def _has_values(row: Sequence[Slot | None]) -> bool:
    """Whether a row holds a number (no year) outside its first column."""
    return any(s is not None and _is_value(s) for s in row)


def _is_value(slot: Slot) -> bool:
    text = slot.text if slot.col > 0 and slot.words else ""
    return is_number(text) and not is_year(text) and any(ch.isdigit() for ch in text)


def _above_numbers(grid: list[list[Slot | None]], looks: list[_Look], first: int) -> int:
    """Rows above the first row with values that have words over the columns of values, less body rows that hold only words."""
    values = {s.col for row in grid for s in row if s is not None and _is_value(s)}
    over = [r for r in range(first) if any(s.col in values or s.colspan > 1 for s in _own(grid[r], r) if s.col or s.colspan > 1)]
    if not over:
        return _years_on_top(grid, looks) if first == 0 else 0
    count = over[-1] + 1
    while count > 1 and looks[count - 1] != looks[0] and (looks[0].bold or looks[0].shade) and not looks[count - 1].bold:
        count -= 1  # a row of dashes and words ("Nytt mätetal") under a header of another look
    return count if count <= 5 else _by_look(grid, looks)


def _years_on_top(grid: list[list[Slot | None]], looks: list[_Look]) -> int:
    """1 where the first row's numbers are years over the columns and its look is another than the next row's."""
    texts = [s.text for s in grid[0] if s is not None and s.col > 0 and s.words]
    return int(len(grid) > 1 and looks[0] != looks[1] and bool(texts) and all(is_year(t) or not is_number(t) for t in texts))


def _by_look(grid: list[list[Slot | None]], looks: list[_Look]) -> int:
    """Rows at the top that look alike and unlike the rest of the table."""
    top = looks[0]
    same = 0
    while same < len(looks) and looks[same] == top:
        same += 1
    if same == len(looks) or same > 3:
        return 0
    rest = looks[same:]
    bolder = top.bold and sum(r.bold for r in rest) <= 0.5 * len(rest)
    shaded = top.shade is not None and sum(r.shade == top.shade for r in rest) <= 0.34 * len(rest)
    colored = top.color != "" and all(r.color != top.color for r in rest)
    return same if bolder or shaded or colored else 0
