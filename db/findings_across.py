"""The same figure in two tables of a report: result statement and drift account print the same taxes, net costs and results.

Two tables are compared only where they are seen to tell the same: at least four figures under the same row and column labels, and
nearly all of them alike. A difference of one step of the last printed decimal is rounding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import combinations

from db.findings_grid import Figure, Grid, Key
from db.findings_messages import printed
from db.findings_relations import is_slip
from extractors.swedish.columns import fold_label
from extractors.swedish.numbers import in_kronor
from schema.ids import Ids
from schema.records import Finding, Trace

LEAST_SHARED = 4
ALIKE = 0.8
BARE_SUM = 6
"""Letters; shorter labels ("Summa", "Totalt", "Övrigt") mean another thing in each table."""
Place = tuple[str, str, str]
"""Table id, row label and column label."""


@dataclass(frozen=True, slots=True)
class Shared:
    """One figure as two tables print it, and whether rounding makes them the same."""

    first: Key
    second: Key
    alike: bool


def across_tables(grids: Sequence[Grid], known: Collection[Place], ids: Ids) -> list[Finding]:
    """Figures that two tables print differently. `known`: places that are reported already."""
    found: list[Finding] = []
    labels = [_places(g) for g in grids]
    for (a, places_a), (b, places_b) in combinations(zip(grids, labels, strict=True), 2):
        factor = _factor(a, b)
        if factor is None:
            continue
        shared = [
            Shared(places_a[name], places_b[name], _alike(a.figures[places_a[name]], b.figures[places_b[name]], factor))
            for name in places_a.keys() & places_b.keys()
        ]
        telling = [s for s in shared if a.figures[s.first].value]
        held = sum(s.alike for s in telling)
        if held < LEAST_SHARED or held < ALIKE * len(telling):
            continue
        odd = sorted((s for s in shared if not s.alike and _same_thing(a, b, s, factor)), key=lambda s: s.second)
        found += [_finding(a, b, s, ids) for s in odd if not {_place(a, s.first), _place(b, s.second)} & set(known)]
    return found


def _places(grid: Grid) -> dict[tuple[str, str], Key]:
    """The figures of a table by their labels; labels that a table has twice, and bare sums, name nothing."""
    columns = {}
    for column in grid.columns:
        meaning = column.meaning
        by_meaning = f"{meaning.measure} {meaning.period}" if meaning.measure and meaning.period else fold_label(column.label)
        columns[column.index] = by_meaning if not meaning.ordinal else ""
    names: dict[tuple[str, str], Key] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for row in grid.rows:
        label = fold_label(row.label).strip(" .:-*")
        for index, name in columns.items():
            if name and len(label) > BARE_SUM and (row.index, index) in grid.figures:
                counts[label, name] += 1
                names[label, name] = (row.index, index)
    return {name: key for name, key in names.items() if counts[name] == 1 and grid.figures[key].cell is not None}


def _factor(a: Grid, b: Grid) -> float | None:
    """By what figures of the first table are multiplied to be in the unit of the second; None where that cannot be said."""
    if a.table.unit == b.table.unit:
        return 1.0
    first, second = in_kronor(1.0, a.table.unit), in_kronor(1.0, b.table.unit)
    return first / second if first and second else None


def _alike(a: Figure, b: Figure, factor: float) -> bool:
    """Whether two printed figures may be the same: their intervals meet."""
    return abs(a.value * factor - b.value) <= a.half * factor + b.half + 1e-9 * max(1.0, abs(b.value))


def _same_thing(a: Grid, b: Grid, shared: Shared, factor: float) -> bool:
    """Whether two different figures are likely meant to be one: under the same group, of the same size, or one slip apart."""
    first, second = a.figures[shared.first], b.figures[shared.second]
    groups = {fold_label(f.cell.group_label or "") for f in (first, second) if f.cell}
    one, other = first.value * factor, second.value
    if len(groups) > 1 or not one or not other:
        return False
    return 0.5 <= one / other <= 2 or is_slip(other, one, second.decimals)


def _place(grid: Grid, key: Key) -> Place:
    cell = grid.figures[key].cell
    return (grid.table.id, cell.row_label if cell else "", cell.column_label if cell else "")


def _finding(a: Grid, b: Grid, shared: Shared, ids: Ids) -> Finding:
    first, second = a.figures[shared.first], b.figures[shared.second]
    cell = second.cell
    assert cell is not None
    factor = _factor(a, b) or 1.0
    one, other = printed(first.value, first.decimals) + _unit(a), printed(second.value, second.decimals) + _unit(b)
    message = (
        f"”{cell.row_label}”, ”{cell.column_label}”: tabellen ”{a.table.title}” på sidan {a.table.trace.page} anger {one}, "
        f"tabellen ”{b.table.title}” anger {other}."
    )
    confidence = round(0.8 * min(a.table.trace.confidence, b.table.trace.confidence, cell.confidence), 3)
    return Finding(
        id=ids.next("finding"),
        trace=Trace(cell.page or b.table.trace.page, cell.bbox or b.table.trace.bbox, "arithmetic:olika_varden", confidence),
        kind="olika_varden",
        message=message,
        table_id=b.table.id,
        row_label=cell.row_label,
        column_label=cell.column_label,
        reported=second.value,
        expected=round(first.value * factor, 6),
        severity="medel",
    )


def _unit(grid: Grid) -> str:
    return f" {grid.table.unit}" if grid.table.unit else ""
