"""Helpers of the tests of figures: tables as records from rows of numbers."""

from __future__ import annotations

from collections.abc import Sequence

from schema.records import ReportTable, TableCell, Trace

Value = float | str | None


def table(
    columns: Sequence[str],
    rows: Sequence[tuple[str, Sequence[Value]]],
    *,
    decimals: int = 0,
    unit: str = "tkr",
    title: str = "Tabell",
    note: str = "",
) -> ReportTable:
    """A table as the reader would give it. Rows whose values are all None name the group of the rows below."""
    cells: list[TableCell] = []
    group: str | None = None
    for r, (label, values) in enumerate(rows):
        if all(v is None for v in values):
            group = label
            continue
        for c, value in enumerate(values):
            if value is not None:
                number = None if isinstance(value, str) else float(value)
                text = value if isinstance(value, str) else f"{value:.{decimals}f}"
                cells.append(
                    TableCell(f"{title}-{r}-{c}", r, c + 1, label, columns[c], text, number, page=3, group_label=group, decimals=decimals)
                )
    return ReportTable(title, Trace(3, (0, 0, 9, 9), "test"), title, unit, "tags", note=note, cells=tuple(cells))
