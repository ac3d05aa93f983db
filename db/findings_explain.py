"""Which figure is the wrong one: the fewest cells whose change would make all relations hold.

A wrong figure breaks every relation that it takes part in, so one error often breaks three sums. For each cell the values are
reckoned with which *all* its relations would hold, those that hold today among them; a cell for which there is such a value explains
every break that it takes part in. Where no single cell explains a break, the reckoned cell (the total, the deviation) is named.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from db.findings_grid import Grid, Key
from db.findings_relations import Relation, slip_within


@dataclass(frozen=True, slots=True)
class Suspect:
    """A cell that is held to be wrong, the relation that shows it, and between which values it should lie."""

    key: Key
    shown_by: Relation
    low: float
    high: float
    breaks: int


def find_suspects(grid: Grid, relations: Sequence[Relation]) -> list[Suspect]:
    """The cells that explain all breaks, the most telling first. A break is named once."""
    by_cell: dict[Key, list[Relation]] = defaultdict(list)
    for relation in relations:
        for key in relation.keys:
            by_cell[key].append(relation)
    open_breaks = [r for r in relations if r.report and not r.holds]
    suspects: list[Suspect] = []
    while open_breaks:
        suspect = _best_suspect(grid, by_cell, open_breaks) or _target_of(max(open_breaks, key=lambda r: r.weight))
        suspects.append(suspect)
        solved = set(map(id, by_cell[suspect.key]))
        open_breaks = [r for r in open_breaks if id(r) not in solved]
    return suspects


def _best_suspect(grid: Grid, by_cell: dict[Key, list[Relation]], open_breaks: list[Relation]) -> Suspect | None:
    """The cell that alone explains the most open breaks; of equals the one a slip of the pen explains, then the reckoned one."""
    is_open = set(map(id, open_breaks))
    ranked = []
    for key in dict.fromkeys(k for r in open_breaks for k in r.keys):
        figure = grid.figures[key]
        breaks = [r for r in by_cell[key] if id(r) in is_open]
        if figure.cell is None:
            continue
        low, high = _common(by_cell[key], key)
        if low > high:
            continue
        shown_by = max(breaks, key=lambda r: (r.target == key, len(r.keys) > 2, r.weight))
        slip = slip_within(figure.value, (low, high), figure.decimals)
        target = sum(r.target == key for r in breaks)
        ranked.append(((len(breaks), slip, target), Suspect(key, shown_by, low, high, len(breaks))))
    if not ranked:
        return None
    best = max(rank for rank, _ in ranked)
    equals = [s for rank, s in ranked if rank == best]
    most = [s for (n, _, target), s in ranked if n == best[0] and target]
    if len(equals) > 1 or (not best[2] and best[0] == 1 and not best[1]):
        return most[0] if most else equals[0]
    return equals[0]


def _common(relations: list[Relation], key: Key) -> tuple[float, float]:
    """Between which values a cell makes all these relations hold; low > high where there are none."""
    bounds = [r.implied(key) for r in relations]
    return max((low for low, _ in bounds), default=-math.inf), min((high for _, high in bounds), default=math.inf)


def _target_of(relation: Relation) -> Suspect:
    low, high = relation.implied(relation.target)
    return Suspect(relation.target, relation, low, high, 1)
