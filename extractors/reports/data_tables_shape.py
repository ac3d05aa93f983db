"""The shape of a table: which rows are headers, which column holds the row labels, which rows are groups, what each cell says."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.layout.blocks import Cell, Icon, Note, Table
from extractors.reports.data_tables_headers import spread_headers
from extractors.swedish.columns import fold_label, read_column, total_strength
from extractors.swedish.numbers import Number, parse_number

YEAR = re.compile(r"(?:19|20)\d\d")
TIME = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])?")
"""A year, or a year and month ("202308"), as headers name them."""
LONG_GROUP = 90
"""Letters; a longer row without figures is running text, no group."""
EMPTY_WORDS = {"", "-", "–", "—", "−", "‐", "‑", "…", "..", "...", "."}
"""What stands in a cell that says nothing."""
_LEADER = re.compile(r"(?<=[^\s.…])\s*(?:\.{4,}|…{2,}|(?:\. ){3,}\.?)$")
"""Leader dots after a label: "Fordringar ........"."""


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A row of the body: its label, the group that it stands in, and its cells by column of the table as read."""

    index: int
    label: str
    group: str | None
    cells: dict[int, Cell]


@dataclass(slots=True)
class Shape:
    """A table taken apart. `title` and `notes` are rows of one cell that name the table or explain it."""

    columns: dict[int, str] = field(default_factory=dict)
    """Column of the table as read to its label, header levels joined with blanks."""
    corner: str = ""
    """What stands over the row labels."""
    rows: list[BodyRow] = field(default_factory=list)
    title: str = ""
    notes: list[str] = field(default_factory=list)
    header_rows: int = 0


Grid = list[list[Cell | None]]


def find_shapes(table: Table) -> list[Shape]:
    """Take a table apart: one shape, or several where new column headers stand within it. Without a header row columns have no labels."""
    grid = table.grid()
    if table.rows < 1 or table.cols < 2:
        return []
    outer = Shape()
    first, last = _outer_rows(grid, outer)
    header = _header_rows(grid, first, last, table.header_rows - first)
    starts = [r for r in range(header + 1, last - 1) if _is_inner_header(grid[r], grid[r + 1])]
    shapes = [
        _segment(grid, (a, h, b)) for a, h, b in zip([first, *starts], [header, *(r + 1 for r in starts)], [*starts, last], strict=True)
    ]
    shapes[0].title = outer.title
    shapes[-1].notes = outer.notes
    return shapes


def _segment(grid: Grid, rows: tuple[int, int, int]) -> Shape:
    """The shape of rows with their header: from the first header row, from the first row of the body, up to the last."""
    first, header, last = rows
    shape = Shape(header_rows=header - first)
    labels = _label_columns(grid[:last], header)
    spread = spread_headers(grid, first, header, len(labels))
    names = {c: _column_label(grid, c, (first, header), spread) for c in range(len(labels), len(grid[0]))}
    shape.columns = {c: name for c, name in names.items() if name or _used(grid, c, header, last)}
    shape.corner = _column_label(grid, labels[0], (first, header), {})
    _drop_empty(shape, grid, (header, last))
    _read_rows(shape, grid, (first, header, last), labels)
    return shape


def _is_inner_header(row: list[Cell | None], below: list[Cell | None]) -> bool:
    """Whether a row within the body labels the columns below it: two measures or years or more, no figure, and figures in the next row."""
    texts = [t for c in row[1:] if (t := cell_text(c))]
    meanings = [read_column(t) for t in texts]
    told = sum(m.measure is not None or m.year is not None for m in meanings)
    return not _figures(row) and len(texts) > 1 and told == len(texts) and len(set(texts)) > 1 and _figures(below) > 0


def cell_text(cell: Cell | None) -> str:
    """The words of a cell with blanks folded, without its footnotes and the dots that lead over to the next; empty for no cell."""
    words = " ".join(b.text for b in cell.blocks if not isinstance(b, (Icon, Note))) if cell else ""
    text = " ".join(words.split())
    return _LEADER.sub("", text) if text.endswith(("..", "……", " .")) else text


def says_nothing(text: str) -> bool:
    """Whether a cell is empty or holds only a dash or dots."""
    return text in EMPTY_WORDS


def read_number(text: str) -> Number | None:
    """The number that a cell is, or None where it is none or says more than the number."""
    number = parse_number(text)
    return number if number and number.plain else None


def _outer_rows(grid: Grid, shape: Shape) -> tuple[int, int]:
    """Set aside rows of one cell over all columns at the top (a title) and at the foot (captions and notes); the rows in between."""
    first, last = 0, len(grid)
    while first < last - 1 and (text := _sole_text(grid[first])) and _spans_all(grid[first]):
        shape.title = shape.title or text
        first += 1
    while last > first + 1 and (text := _sole_text(grid[last - 1])) and _is_caption(text, grid[last - 1]):
        shape.notes.insert(0, text)
        last -= 1
    return first, last


def _sole_text(row: list[Cell | None]) -> str:
    """The text of a row in which only one cell says anything, else empty."""
    texts = list(dict.fromkeys((id(c), cell_text(c)) for c in row if c and cell_text(c)))
    return texts[0][1] if len(texts) == 1 else ""


def _spans_all(row: list[Cell | None]) -> bool:
    """Whether one cell stretches over the whole row."""
    cells = [c for c in row if c]
    return len(row) > 1 and len({id(c) for c in cells}) == 1 and cells[0].colspan >= len(row) - 1


def _is_caption(text: str, row: list[Cell | None]) -> bool:
    """Whether a last row of one cell explains or names the table: "Tabell 4 …", "* varav …", "Källa: …", or a whole sentence."""
    marked = re.match(r"(?:tabell|diagram|figur)\s*\d|käll(?:a|or)\b|not\b|anm\b|kommentar\b|[*¹²³]|\d\)\s", text, re.IGNORECASE)
    return bool(marked) or (_spans_all(row) and len(text) > LONG_GROUP)


def _header_rows(grid: Grid, first: int, last: int, told: int) -> int:
    """Where the body begins: after the header rows that the reader found, less those that hold figures; else a guess."""
    header = min(first + max(told, 0), last - 1)
    for r in range(first, header):
        if _figures(grid[r]):
            return r
    if header == first and last - first > 1 and _looks_like_header(grid[first], grid[first + 1 : last]):
        return first + 1
    return header


def _figures(row: list[Cell | None]) -> int:
    """How many cells after the first are numbers other than years."""
    texts = [cell_text(c) for c in row[1:]]
    return sum(read_number(t) is not None and not TIME.fullmatch(t) for t in texts)


def _looks_like_header(row: list[Cell | None], body: Grid) -> bool:
    """Whether a first row without header marks labels its columns: it has no figures, those below have."""
    texts = [cell_text(c) for c in row[1:]]
    filled = [t for t in texts if t]
    return bool(filled) and not _figures(row) and 2 * len(filled) >= len(texts) and any(_figures(r) for r in body)


def _label_columns(grid: Grid, header: int) -> list[int]:
    """The columns that stand before the figures of each row, the last of them holding the row labels.

    That is the first column; or, where it is mostly empty (numbers of notes, groups) and the next holds words, that one.
    """
    body = grid[header:]
    cols = len(grid[0]) if grid else 0
    filled = [sum(bool(cell_text(row[c])) for row in body) for c in range(cols)]
    first = next((c for c in range(cols) if filled[c]), 0)
    if first + 2 < cols and 2 * filled[first] < filled[first + 1] and _is_words(body, first + 1):
        return list(range(first + 2))
    return list(range(first + 1))


def _is_words(body: Grid, col: int) -> bool:
    """Whether a column holds words: hardly any of its cells is a number."""
    texts = [t for row in body if (t := cell_text(row[col]))]
    return 10 * sum(read_number(t) is not None for t in texts) <= len(texts)


def _column_label(grid: Grid, col: int, header: tuple[int, int], spread: dict[tuple[int, int], str]) -> str:
    """The header texts over a column from the top, each once; `spread` are those of headers that stand over several columns."""
    texts = [spread.get((r, col)) or cell_text(grid[r][col]) for r in range(*header)]
    return " ".join(dict.fromkeys(t for t in texts if t))


def _used(grid: Grid, col: int, header: int, last: int) -> bool:
    return any(cell_text(row[col]) for row in grid[header:last])


def _drop_empty(shape: Shape, grid: Grid, body: tuple[int, int]) -> None:
    """Columns that hold nothing at all are no columns; one without a label beside a labelled empty one takes its label."""
    used = {c: _used(grid, c, *body) for c in shape.columns}
    order = sorted(shape.columns)
    for left, right in pairwise(order):
        for bare, named in ((left, right), (right, left)):
            if used[bare] and not shape.columns[bare] and shape.columns[named] and not used[named]:
                shape.columns[bare], shape.columns[named] = shape.columns[named], ""
    shape.columns = {c: label for c, label in shape.columns.items() if label or used[c]}


def _read_rows(shape: Shape, grid: Grid, bounds: tuple[int, int, int], labels: list[int]) -> None:
    """The rows of the body; a short row of a label alone names the group of the rows below it."""
    first, header, last = bounds
    heads = {tuple(map(cell_text, row)) for row in grid[first:header]}
    whole_head = " ".join(cell_text(c) for row in grid[first:header] for c in row if c)
    group: str | None = None
    dashed = False
    for r in range(header, last):
        row = grid[r]
        if tuple(map(cell_text, row)) in heads:
            continue
        label = _row_label(shape, row, labels)
        cells = {c: cell for c in shape.columns if (cell := row[c]) and (cell.row, cell.col) == (r, c)}
        cells = {c: cell for c, cell in cells.items() if cell_text(cell) != whole_head}  # the header again, in the last row of a page
        filled = [c for c, cell in cells.items() if not says_nothing(cell_text(cell))]
        dashes = any(cell_text(cell) for cell in cells.values())  # a row of dashes is nought in all columns, and names no group
        if not filled and not dashes and label and len(label) <= LONG_GROUP:
            group, dashed = label, False
            shape.rows.append(BodyRow(r, label, None, {}))
            continue
        starts = label[:1] in "-–•" and bool(label)
        if group and dashed and not starts:
            group = None
        dashed = starts
        shape.rows.append(BodyRow(r, label, group, cells))
        if total_strength(label) == 2:
            group = None


def _row_label(shape: Shape, row: list[Cell | None], labels: list[int]) -> str:
    """The label of a row: its first column, or where that is empty the first words before any figure ("Summa" further right)."""
    texts = [_unmarked(row[c], t) for c in labels if (t := cell_text(row[c]))]
    if texts:
        return " ".join(dict.fromkeys(texts))
    for c in sorted(shape.columns):
        other = cell_text(row[c]) if c < len(row) else ""
        if other and read_number(other) is not None:
            break
        if other and total_strength(other):
            return other
    return ""


def _unmarked(cell: Cell | None, text: str) -> str:
    """The label with the bullet or number that the reader took off its list item."""
    first = cell.blocks[0] if cell and cell.blocks else None
    marker = getattr(first, "marker", "")
    return f"{marker} {text}" if marker and re.fullmatch(r"[\w.]{1,6}[.)]?|[-–+]", marker) else text


def same_label(a: str, b: str) -> bool:
    """Whether two labels are the same words."""
    return fold_label(a) == fold_label(b)
