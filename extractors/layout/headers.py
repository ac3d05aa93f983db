"""How many rows at the top of a table are its header.

A header row stands over numbers without being numbers itself (years are names here), or differs from the rows below in weight,
letter colour or shading. A group row ("INTÄKTER") right above the first numbers belongs to the body.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extractors.layout.rawtypes import RawPage
from extractors.layout.tables_rows import bounds, is_number, is_year
from extractors.layout.tables_sketch import Sketch, Slot


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
    return [s for s in dict.fromkeys(id(s) for s in row) if s] if False else _unique([s for s in row if s is not None and s.row == r and s.words])


def _unique(slots: Sequence[Slot]) -> list[Slot]:
    seen: dict[int, Slot] = {id(s): s for s in slots}
    return list(seen.values())


def _look(row: Sequence[Slot | None], r: int, raw: RawPage) -> tuple[bool, str | None, str]:
    """Whether a row is bold, the shade under it, and the colour of its letters."""
    slots = _own(row, r)
    words = [w for s in slots for w in s.words]
    if not words:
        return False, None, ""
    bold = sum(w.bold for w in words) >= 0.8 * len(words)
    box = bounds(words)
    shade = None
    for f in raw.fills:
        if f.kind == "rect" and f.bbox[1] - 1 <= (box[1] + box[3]) / 2 <= f.bbox[3] + 1 and f.bbox[0] <= (box[0] + box[2]) / 2 <= f.bbox[2] and f.bbox[3] - f.bbox[1] > 4:
            shade = f.color.lower()
    return bold, None if shade == "#ffffff" else shade, Counter(w.color for w in words).most_common(1)[0][0]


def _has_values(row: Sequence[Slot | None]) -> bool:
    """Whether a row holds a number (no year) outside its first column."""
    return any(s is not None and s.col > 0 and s.words and is_number(s.text) and not is_year(s.text) and any(ch.isdigit() for ch in s.text) for s in row)


def _above_numbers(grid: list[list[Slot | None]], looks: list[tuple[bool, str | None, str]], first: int) -> int:
    """Rows above the first row with values, less the group rows and wordy rows just above it."""
    count = first
    while count > 0 and _is_group(grid, looks, count - 1, count):
        count -= 1
    if first == 0 and len(grid) > 1 and looks[0][1] and looks[0][1] != looks[1][1] and looks[0][0] and not looks[1][0] and _years_only(grid[0]):
        return 1
    if count > 4:
        count = _by_look(grid, looks)
    return count


def _years_only(row: Sequence[Slot | None]) -> bool:
    texts = [s.text for s in row if s is not None and s.col > 0 and s.words]
    return bool(texts) and all(is_year(t) or not is_number(t) for t in texts)


def _is_group(grid: list[list[Slot | None]], looks: list[tuple[bool, str | None, str]], r: int, header_end: int) -> bool:
    """Whether a row is a group row or an empty row of the body: words in the first column only, below a real header row."""
    slots = _own(grid[r], r)
    if not slots:
        return True
    if any(s.col > 0 for s in slots):
        numbers = [s for s in slots if s.col > 0]
        # a body row whose values are all texts or dashes ("-", "Nytt mätetal") under a header of another look
        return r > 0 and looks[r] != looks[0] and looks[0][:2] != (False, None) and bool(numbers)
    return r > 0 and any(s.col > 0 for s in _own(grid[r - 1], r - 1)) or (r > 0 and looks[r][1] != looks[0][1] and any(s.col > 0 for i in range(r) for s in _own(grid[i], i)))


def _by_look(grid: list[list[Slot | None]], looks: list[tuple[bool, str | None, str]]) -> int:
    """Rows at the top that look alike and unlike the rest of the table."""
    top = looks[0]
    same = 0
    while same < len(looks) and looks[same] == top:
        same += 1
    if same == len(looks) or same > 3:
        return 0
    rest = looks[same:]
    bolder = top[0] and sum(r[0] for r in rest) <= 0.5 * len(rest)
    shaded = top[1] is not None and sum(r[1] == top[1] for r in rest) <= 0.34 * len(rest)
    colored = top[2] != "" and all(r[2] != top[2] for r in rest)
    return same if bolder or shaded or colored else 0
