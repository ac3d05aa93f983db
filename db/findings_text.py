"""Amounts in the sentences under a table that name a row of it and disagree: "Driftkostnaderna blev 37,0 mkr" under a row of 30,7.

A first, careful cut. Sentences speak of differences, of parts and of other years too, so an amount that stands nowhere in the table
is no error by itself. It is one where the sentence names a single row, no figure of the table nor any difference of two figures of
that row fits, and one slip of the pen turns the amount into a figure of that row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from db.findings_grid import Figure, Grid, Key, Row
from db.findings_messages import printed
from db.findings_relations import is_slip
from extractors.swedish.columns import fold_label
from extractors.swedish.numbers import Number, find_numbers, in_kronor
from schema.ids import Ids
from schema.records import Finding, Trace

SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])|\n+")
ABOUT = 0.1
"""Share by which "drygt", "cirka" and the like may differ."""
LEAST_DIGITS = 3
"""Printed digits that an amount must have, to be more than a round figure."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in a sentence, in kronor, with how far rounding and words like "drygt" let it be off."""

    number: Number
    kronor: float
    room: float


def text_findings(grid: Grid, ids: Ids) -> list[Finding]:
    """Amounts in the text under a table that its rows contradict."""
    per_unit = in_kronor(1.0, grid.table.unit)
    if not grid.table.note or not per_unit:
        return []
    found = []
    for sentence in SENTENCE.split(grid.table.note):
        row = _row_named(grid, sentence)
        for amount in _amounts(sentence) if row else ():
            key = _contradicted(grid, row, amount, per_unit) if row else None
            if row and key:
                found.append(_finding(grid, key, (amount, per_unit), ids))
    return found


def _row_named(grid: Grid, sentence: str) -> Row | None:
    """The one row whose label the sentence holds; None where it holds none or several."""
    words = fold_label(sentence)
    named = [r for r in grid.rows if len(r.label) > 5 and fold_label(r.label) in words and _says(words, fold_label(r.label))]
    longest = max(named, key=lambda r: len(r.label), default=None)
    others = [r for r in named if longest and fold_label(r.label) not in fold_label(longest.label)]
    return longest if longest and not others and len({fold_label(r.label) for r in named if r.label == longest.label}) == 1 else None


def _says(words: str, label: str) -> bool:
    """Whether a label stands in a sentence as words of its own, definite or as an owner."""
    return re.search(rf"\b{re.escape(label)}(?:s|n|na|en|et)?\b", words) is not None


def _amounts(sentence: str) -> Iterator[Amount]:
    """The sums of money in a sentence, where it holds only one: with two, who can say which is whose."""
    amounts = []
    for _, _, number in find_numbers(sentence):
        factor = in_kronor(1.0, number.unit)
        if factor:
            half = 0.5 * 10.0**-number.decimals * factor
            kronor = number.value * factor
            amounts.append(Amount(number, kronor, half + (ABOUT * abs(kronor) if number.bound else 0.0)))
    if len(amounts) == 1 and len(str(round(abs(amounts[0].number.value) * 10 ** amounts[0].number.decimals))) >= LEAST_DIGITS:
        yield amounts[0]


def _contradicted(grid: Grid, row: Row, amount: Amount, per_unit: float) -> Key | None:
    """The cell of the row that the amount must have meant, or None where something in the table fits the amount."""
    figures = {k: f for k, f in grid.figures.items() if f.cell is not None and f.cell.unit in (None, grid.table.unit)}
    if any(_fits(abs(f.value) * per_unit, f.half * per_unit, amount) for f in figures.values()):
        return None
    mine = [(k, f) for k, f in figures.items() if k[0] == row.index]
    for (_, a), (_, b) in combinations(mine, 2):
        room = (a.half + b.half) * per_unit
        if _fits(abs(a.value - b.value) * per_unit, room, amount) or _fits(abs(a.value + b.value) * per_unit, room, amount):
            return None
    slips = [k for k, f in mine if _is_slip(f, amount, per_unit)]
    return slips[0] if len(slips) == 1 else None


def _fits(kronor: float, half: float, amount: Amount) -> bool:
    return abs(kronor - abs(amount.kronor)) <= half + amount.room + 0.01


def _is_slip(figure: Figure, amount: Amount, per_unit: float) -> bool:
    """Whether the amount, as exact as it is printed, is one slip away from the figure; a slip of the last digit may be a rounding."""
    decimals = amount.number.decimals
    factor = amount.kronor / amount.number.value if amount.number.value else 1.0
    right = round(abs(figure.value) * per_unit / factor, decimals)
    written = abs(amount.number.value)
    return is_slip(written, right, decimals) and abs(written - right) > 2 * 10.0**-decimals


def _finding(grid: Grid, key: Key, said: tuple[Amount, float], ids: Ids) -> Finding:
    amount, per_unit = said
    figure = grid.figures[key]
    cell = figure.cell
    assert cell is not None
    reported = round(amount.kronor / per_unit, 6)
    message = (
        f"Texten under tabellen anger {printed(amount.number.value, amount.number.decimals)} {amount.number.unit} för ”{cell.row_label}”, "
        f"tabellen {printed(figure.value, figure.decimals)} {grid.table.unit} under ”{cell.column_label}”."
    )
    confidence = round(0.7 * min(grid.table.trace.confidence, cell.confidence), 3)
    return Finding(
        id=ids.next("finding"),
        trace=Trace(cell.page or grid.table.trace.page, cell.bbox or grid.table.trace.bbox, "arithmetic:text_mot_tabell", confidence),
        kind="text_mot_tabell",
        message=message,
        table_id=grid.table.id,
        row_label=cell.row_label,
        column_label=cell.column_label,
        reported=reported,
        expected=figure.value,
        severity="lag",
    )
