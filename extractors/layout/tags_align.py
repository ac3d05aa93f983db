"""Rows whose empty cells the producer did not tag: their cells go to the columns that they stand under."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractors.layout.tags_tables import CellDraft

Span = tuple[float, float]


def realign(cells: list[CellDraft], cols: int) -> list[CellDraft]:
    """Move the cells of rows that are too short to the columns whose words they stand under; all other rows stay as they are.

    A row whose only words reach over several columns is a title or the name of a group: it spans the table.
    """
    rows: dict[int, list[CellDraft]] = defaultdict(list)
    for cell in cells:
        rows[cell.row].append(cell)
    covered = any(cell.tag.rowspan > 1 for cell in cells)
    short = [row for row in rows.values() if sum(cell.tag.colspan for cell in row) < cols]
    if not short or covered or len(short) == len(rows):
        return cells
    spans = column_spans([cell for row in rows.values() if row not in short for cell in row], cols)
    gone: set[int] = set()
    for row in short:
        if cols > 2 and not any(cell.parts for cell in row[1:]) and columns_under(row[0], spans) > 1:
            row[0].col, row[0].tag = 0, replace(row[0].tag, colspan=cols)
            gone.update(id(cell) for cell in row[1:])
            continue
        filled = [cell for cell in row if cell.parts]
        places = [best_column(cell, spans) for cell in filled]
        if None in places or any(b <= a for a, b in pairwise(places) if a is not None and b is not None):
            continue
        if any(cell.tag.colspan > 1 for cell in filled):
            continue
        for cell, place in zip(filled, places, strict=True):
            cell.col = place if place is not None else cell.col
        gone.update(id(cell) for cell in row if not cell.parts)
    return [cell for cell in cells if id(cell) not in gone]


def column_spans(cells: Sequence[CellDraft], cols: int) -> list[Span | None]:
    """For each column, from where to where its words reach in the rows that are whole."""
    spans: list[Span | None] = [None] * cols
    for cell in cells:
        if cell.tag.colspan > 1 or cell.col >= cols:
            continue
        for part in cell.parts:
            known = spans[cell.col]
            x0, x1 = part.bbox[0], part.bbox[2]
            spans[cell.col] = (x0, x1) if known is None else (min(known[0], x0), max(known[1], x1))
    return spans


def columns_under(cell: CellDraft, spans: Sequence[Span | None]) -> int:
    """How many columns' words stand under the words of a cell: those of a title over the whole table, tagged without its span, many."""
    if not cell.parts:
        return 0
    x0, x1 = cell.parts[0].bbox[0], cell.parts[0].bbox[2]
    return sum(span is not None and min(x1, span[1]) > max(x0, span[0]) for span in spans)


def best_column(cell: CellDraft, spans: Sequence[Span | None]) -> int | None:
    """The column whose words a cell overlaps most, or else the nearest one; None where the cell has no words."""
    if not cell.parts:
        return None
    x0, x1 = cell.parts[0].bbox[0], cell.parts[0].bbox[2]
    known = [(i, span) for i, span in enumerate(spans) if span is not None]
    if not known:
        return None
    return max(known, key=lambda k: (min(x1, k[1][1]) - max(x0, k[1][0]), -abs(k[1][1] - x1)))[0]
