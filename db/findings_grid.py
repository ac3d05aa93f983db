"""A table as arithmetic sees it: figures as intervals, rows and columns with what their labels mean.

A printed number stands for all true values that round to it: half a unit of its last printed decimal to either side. A column in
which every larger figure ends in two or three noughts is taken as rounded to hundreds or thousands, so that nothing is called wrong
which rounding may explain.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.swedish.columns import ColumnMeaning, Side, is_part, is_share, read_column, side_of, total_strength
from schema.records import ReportTable, TableCell

Key = tuple[int, int]
"""Row and column of a cell."""

_DASHES = {"-", "–", "—", "−", "‐", "‑"}


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed number: its true value lies within `half` of `value`. `cell` is None for a blank that counts as nought."""

    value: float
    half: float
    decimals: int
    cell: TableCell | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row that holds figures. `total` is 2 for "Summa", 1 for "Årets resultat", 0 else; `part` is a "varav" row."""

    index: int
    label: str
    group: str
    total: int
    part: bool
    side: Side | None
    share: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A column with the meaning of its label; `additive` where its figures may be added up."""

    index: int
    label: str
    meaning: ColumnMeaning
    total: int

    @property
    def additive(self) -> bool:
        """Whether figures of this column may be added up at all."""
        return not (self.meaning.share or self.meaning.ordinal)


Figures = dict[int, Figure]
"""Of one column, by row."""


@dataclass(slots=True)
class Grid:
    """Rows and columns in order, and the figures by place."""

    table: ReportTable
    rows: list[Row] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    figures: dict[Key, Figure] = field(default_factory=dict)
    unclear: set[Key] = field(default_factory=set)
    """Places whose text is no number, or that are empty: nobody knows what they would add."""

    def at(self, row: int, column: int) -> Figure | None:
        """The figure at a place, None where there is none."""
        return self.figures.get((row, column))

    def column(self, index: int) -> Figures:
        """The figures of a column by row."""
        return {row: figure for (row, column), figure in self.figures.items() if column == index}


def make_grid(table: ReportTable) -> Grid:
    """A table's cells as a grid of figures; rows and columns without any figure are left out."""
    grid = Grid(table)
    numbers = [c for c in table.cells if c.value is not None]
    labels = {c.col: c.column_label for c in reversed(table.cells)}
    for col in sorted({c.col for c in numbers}):
        grid.columns.append(Column(col, labels[col], read_column(labels[col]), total_strength(labels[col])))
    firsts = {c.row: c for c in reversed(table.cells)}
    grid.rows += [_row(firsts[row]) for row in sorted({c.row for c in numbers})]
    units = {c.index: _rounding_unit([n for n in numbers if n.col == c.index]) for c in grid.columns}
    for cell in numbers:
        grid.figures[(cell.row, cell.col)] = _figure(cell, units[cell.col])
    _fill_blanks(grid)
    return grid


def _row(cell: TableCell) -> Row:
    label = cell.row_label
    total = total_strength(label) if label.strip() else 1  # a row of figures without any label is often a total
    return Row(cell.row, label, cell.group_label or "", total, is_part(label), side_of(label), is_share(label))


def _figure(cell: TableCell, unit: float) -> Figure:
    value = cell.value or 0.0
    decimals = printed_decimals(cell)
    rounded = unit > 1 and decimals == 0 and value % unit == 0 and abs(value) >= unit
    return Figure(value, unit / 2 if rounded else 0.5 * 10.0**-decimals, decimals, cell)


def printed_decimals(cell: TableCell) -> int:
    """How many decimals a cell prints."""
    if cell.decimals is not None:
        return cell.decimals
    _, point, fraction = f"{cell.value:.6f}".rstrip("0").partition(".")
    return len(fraction) if point else 0


def _rounding_unit(cells: list[TableCell]) -> float:
    """1000 or 100 where all larger figures of a column are multiples of it, else 1."""
    large = [abs(c.value) for c in cells if c.value and abs(c.value) >= 10_000]
    if len(large) < 4:
        return 1.0
    return next((unit for unit in (1000.0, 100.0) if all(v % unit == 0 for v in large)), 1.0)


def _fill_blanks(grid: Grid) -> None:
    """A printed dash counts as nought, as exact as its column; any other place without a figure is unclear."""
    texts = {(c.row, c.col): c.text.strip() for c in grid.table.cells if c.value is None}
    for column in grid.columns:
        decimals = max((f.decimals for (_, c), f in grid.figures.items() if c == column.index), default=0)
        for row in grid.rows:
            key = (row.index, column.index)
            if key in grid.figures:
                continue
            if texts.get(key) in _DASHES:
                grid.figures[key] = Figure(0.0, 0.5 * 10.0**-decimals, decimals)
            else:
                grid.unclear.add(key)
