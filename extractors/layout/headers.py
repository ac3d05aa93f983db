"""How many rows at the top of a table are its header.

A header row stands over numbers without being numbers itself (years are names here), or differs from the rows below in weight,
letter colour or shading. A group row ("INTÄKTER") right above the first numbers belongs to the body.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extractors.layout.blocks import Icon, Table
from extractors.layout.rawtypes import Fill, RawPage
from extractors.layout.tables_rows import bounds, is_number, is_year
from extractors.layout.tables_sketch import Sketch, Slot, fills_near, shade_under


class Look(NamedTuple):
    """How a row looks: bold or not, the shade under it, the colour of its letters."""

    bold: bool
    shade: str | None
    color: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What the eye takes from one cell: where it begins, how wide it is, its words and its look."""

    row: int
    col: int
    colspan: int
    text: str
    look: Look

    @property
    def value(self) -> bool:
        """Whether it is a number (no year) outside the first column."""
        return self.col > 0 and is_number(self.text) and not is_year(self.text) and any(ch.isdigit() for ch in self.text)


def count_header_rows(sketch: Sketch, raw: RawPage) -> int:
    """Number of header rows of a sketch, 0 where it has none."""
    fills = fills_near(raw, sketch.bbox)
    cells = [Seen(s.row, s.col, s.colspan, s.text, _slot_look(s, fills)) for s in sketch.slots if s.words]
    return header_rows(cells, sketch.rows)


def header_rows_of(table: Table) -> int:
    """Number of header rows of a table by what it shows, whatever its tags say."""
    cells = []
    for c in table.cells:
        words = [b for b in c.blocks if b.text and not isinstance(b, Icon)]
        if words:
            look = Look(all(b.style.bold for b in words), c.fill, words[0].style.color)
            cells.append(Seen(c.row, c.col, c.colspan, c.text, look))
    return header_rows(cells, table.rows)


def _slot_look(slot: Slot, fills: Sequence[Fill]) -> Look:
    bold = sum(w.bold for w in slot.words) >= 0.8 * len(slot.words)
    return Look(bold, shade_under(bounds(slot.words), fills), slot.words[0].color)


def header_rows(cells: Sequence[Seen], rows: int) -> int:
    """Number of header rows of a table with these filled cells."""
    lines: list[list[Seen]] = [[] for _ in range(rows)]
    for cell in cells:
        if cell.row < rows:
            lines[cell.row].append(cell)
    looks = [_row_look(line) for line in lines]
    first = next((r for r, line in enumerate(lines) if any(c.value for c in line)), None)
    if first is None or first > 8:
        return _by_look(lines, looks)
    return _above_numbers(lines, looks, first)


def _row_look(line: Sequence[Seen]) -> Look:
    """The look of most cells of a row."""
    if not line:
        return Look(False, None, "")
    bold = sum(c.look.bold for c in line) >= 0.7 * len(line)
    shade = Counter(c.look.shade for c in line).most_common(1)[0][0]
    return Look(bold, shade, Counter(c.look.color for c in line).most_common(1)[0][0])


def _above_numbers(lines: list[list[Seen]], looks: list[Look], first: int) -> int:
    """Rows above the first row with values that have words over the columns of values, less body rows that hold only words."""
    values = {c.col for line in lines for c in line if c.value}
    over = [r for r in range(first) if any((c.col and c.col in values) or c.colspan > 1 for c in lines[r])]
    if not over:
        return _years_on_top(lines, looks) if first == 0 else 0
    count = over[-1] + 1
    full = next((r for r in range(count) if sum(c.col in values and c.colspan == 1 for c in lines[r]) >= 0.5 * len(values)), count - 1)
    while count > full + 1 and _wordy_body(looks[full], looks[count - 1]):
        count -= 1
    while count > 1 and len(lines[count - 1]) == 1 and lines[count - 1][0].colspan > 1 and count - 1 > full:
        count -= 1  # a group row that spans the table, below the header
    return count if count <= 5 else _by_look(lines, looks)


def _wordy_body(header: Look, row: Look) -> bool:
    """A row of dashes and words ("Nytt mätetal") under a header of another look."""
    return (header != row and bool(header.bold or header.shade) and not row.bold and row.shade != header.shade) or (
        header.bold and not row.bold
    )


def _years_on_top(lines: list[list[Seen]], looks: list[Look]) -> int:
    """1 where the first row's numbers are years over the columns and its look is another than the next row's."""
    texts = [c.text for c in lines[0] if c.col > 0]
    return int(len(lines) > 1 and looks[0] != looks[1] and bool(texts) and all(is_year(t) or not is_number(t) for t in texts))


def _by_look(lines: list[list[Seen]], looks: list[Look]) -> int:
    """Rows at the top that look alike and unlike the rest of the table."""
    top = looks[0]
    same = 0
    while same < len(looks) and looks[same] == top:
        same += 1
    if same == len(looks) or same > 3 or not any(len(line) > 1 or not any(c.col for line in lines for c in line) for line in lines[:same]):
        return 0
    rest = looks[same:]
    bolder = top.bold and sum(r.bold for r in rest) <= 0.5 * len(rest)
    shaded = top.shade is not None and sum(r.shade == top.shade for r in rest) <= 0.34 * len(rest)
    colored = top.color != "" and all(r.color != top.color for r in rest)
    return same if bolder or shaded or colored else 0
