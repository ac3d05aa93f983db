"""Which columns of a table are reckoned from which others: deviations, sums over columns, percentages; and the signs they follow.

A deviation may be outcome less budget or budget less outcome; which of them the table means is learnt from its own rows. Where
figures are printed without signs, income and cost rows may follow opposite signs ("better is positive"); that is no error.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations

from db.findings_grid import Column, Grid, Row
from db.findings_relations import Linear, Ratio, surprise
from db.findings_sums import explained_by_slip
from extractors.swedish.columns import is_remainder, side_of

ENOUGH = 1.0
NAMED = 1.5
"""What it is worth that labels name the two columns of a deviation."""
BREAK_COST = 0.7
PLAIN_PRIOR = -2.0
"""What a relation between columns is worth whose labels say nothing of one."""
_AMOUNTS = {"utfall", "prognos", "bokslut", "budget"}


@dataclass(slots=True)
class Deviation:
    """A column read as first - second: rows in which that holds, holds with the opposite sign, or not at all."""

    target: Column
    first: Column
    second: Column
    prior: float
    same: list[Row] = field(default_factory=list)
    opposite: list[Row] = field(default_factory=list)
    either: list[Row] = field(default_factory=list)
    broken: list[Row] = field(default_factory=list)
    score: float = 0.0
    only_slips: bool = False
    """Whether the table says too little to be sure: then only what one slip of the pen explains is reported."""

    @property
    def sign(self) -> int:
        """1 where most rows are first - second, -1 where they are second - first."""
        return 1 if len(self.same) >= len(self.opposite) else -1

    @property
    def minority(self) -> list[Row]:
        """Rows that follow the opposite sign of most."""
        return self.opposite if self.sign == 1 else self.same


@dataclass(slots=True)
class SignBreak:
    """A deviation column whose signs run against what its own header says."""

    deviation: Deviation
    rows: list[Row]


def column_relations(grid: Grid) -> tuple[list[Linear | Ratio], list[SignBreak]]:
    """All relations between columns, row by row, and the columns whose signs contradict their header."""
    relations: list[Linear | Ratio] = []
    against_header: list[SignBreak] = []
    for deviation in _deviations(grid):
        relations += _deviation_relations(grid, deviation)
        if deviation.target.meaning.formula and deviation.sign < 0 and deviation.opposite:
            against_header.append(SignBreak(deviation, deviation.opposite))
    known = {frozenset(k[1] for k in r.keys) for r in relations}
    sums = _column_sums(grid, known)
    return [*relations, *sums, *_ratios(grid)], against_header


def _deviations(grid: Grid) -> Iterator[Deviation]:
    """For each difference column the two columns that it is best reckoned from."""
    plain = [c for c in grid.columns if not c.meaning.difference and not c.meaning.ordinal]
    for target in grid.columns:
        if not target.meaning.difference or target.meaning.share:
            continue
        tried = [_try_deviation(grid, Deviation(target, a, b, _prior(target, a, b))) for a, b in combinations(plain, 2)]
        best = max(tried, key=lambda d: d.score, default=None)
        if best and best.score - 0.3 * math.log10(len(tried)) >= ENOUGH and _trusted(best):
            yield best
        elif best and best.prior >= NAMED and not best.opposite and len(best.broken) == 1:
            best.only_slips = True
            yield best


def _trusted(deviation: Deviation) -> bool:
    """Whether the rows bear out that the columns belong together: the more of them are broken, the more digits must agree in others."""
    good, broken = len(deviation.same) + len(deviation.opposite), len(deviation.broken)
    told = deviation.score - deviation.prior + BREAK_COST * broken
    if deviation.prior >= NAMED:
        return told >= 0.5 + 0.7 * broken and good + len(deviation.either) >= broken
    return good >= 2 * max(broken, 1) and told >= 1.0 + broken


def _prior(target: Column, a: Column, b: Column) -> float:
    """What the labels are worth: "Avvikelse" beside "Utfall" and "Budget" of the same time says that it is their difference."""
    first, second = a.meaning, b.meaning
    same_time = 0.3 * sum(m.period == target.meaning.period for m in (first, second))
    if target.meaning.formula:
        return 2.0 + same_time if {first.measure, second.measure} == set(target.meaning.formula) else -1.0
    if target.meaning.change:
        return 1.0 if first.measure == second.measure and first.year != second.year else -0.5
    measures = {first.measure, second.measure}
    if measures <= _AMOUNTS and len(measures) == 2 and "budget" in measures:
        return NAMED + same_time
    return 0.5 if measures & _AMOUNTS else -0.5


def _try_deviation(grid: Grid, deviation: Deviation) -> Deviation:
    """Sort the rows by whether the deviation holds in them."""
    formula = deviation.target.meaning.formula
    measures = (deviation.first.meaning.measure, deviation.second.meaning.measure)
    turned = measures == (formula[1], formula[0]) if formula else measures[0] == "budget" != measures[1]
    if turned:
        deviation.first, deviation.second = deviation.second, deviation.first
    deviation.score = deviation.prior
    for row in grid.rows:
        figures = [grid.at(row.index, c.index) for c in (deviation.target, deviation.first, deviation.second)]
        if any(f is None or f.cell is None for f in figures):
            continue
        target, first, second = (f for f in figures if f)
        room = target.half + first.half + second.half + 1e-9 * max(1.0, abs(first.value), abs(second.value))
        difference = first.value - second.value
        same, opposite = abs(target.value - difference) <= room, abs(target.value + difference) <= room
        if not same and not opposite:
            deviation.broken.append(row)
            deviation.score -= BREAK_COST
            continue
        (deviation.either if same and opposite else deviation.same if same else deviation.opposite).append(row)
        deviation.score += surprise(target.value, room, [first.value, second.value]) if target.value else 0.3 * bool(first.value)
    return deviation


def _deviation_relations(grid: Grid, deviation: Deviation) -> Iterator[Linear]:
    """A relation for each row, with the sign that the row follows; one against the rest only where nothing excuses it."""
    odd = {r.index for r in deviation.minority}
    allowed = _signs_may_differ(grid, deviation)
    fair = len(deviation.minority) >= 2 and len(deviation.minority) * 6 > len(deviation.same) + len(deviation.opposite)
    usual = next((r.side for r in (deviation.same if deviation.sign == 1 else deviation.opposite)), None)
    for row in [*deviation.same, *deviation.opposite, *deviation.either, *deviation.broken]:
        sign = deviation.sign
        excused = fair or (allowed and row.side != usual)
        if row.index in odd and excused:
            sign = -sign
        first, second = (row.index, deviation.first.index), (row.index, deviation.second.index)
        relation = Linear(grid, "avvikelse", (row.index, deviation.target.index), ((sign, first), (-sign, second)), weight=deviation.score)
        if row.index in odd and not excused and not deviation.target.meaning.formula and not _signed_figures(grid, deviation):
            relation.report = False  # income among costs, perhaps: only a sum down the column can tell
        if not relation.holds and (deviation.only_slips or (allowed and deviation.prior <= 0)):
            relation.report = explained_by_slip(grid, relation)
        yield relation


def _signed_figures(grid: Grid, deviation: Deviation) -> bool:
    """Whether costs are printed with a minus and income without: then one sign rule must do for all rows."""
    values = [f.value for r in grid.rows if (f := grid.at(r.index, deviation.first.index))]
    return any(v < 0 for v in values) and any(v > 0 for v in values)


def _signs_may_differ(grid: Grid, deviation: Deviation) -> bool:
    """Whether the table holds income, cost or result rows, all printed without a sign."""
    sides = {r.side for r in grid.rows} | {"result" if r.total == 1 else None for r in grid.rows}
    return not _signed_figures(grid, deviation) and len(sides - {None}) > 1


def _column_sums(grid: Grid, known: set[frozenset[int]]) -> Iterator[Linear]:
    """Columns that are the sum of any two others, or of three or more neighbouring ones on either side of them."""
    columns = [c for c in grid.columns if c.additive]
    for i, target in enumerate(columns):
        if target.meaning.difference:
            continue
        windows = [columns[j:i] for j in range(i - 2)] + [columns[i + 1 : j] for j in range(i + 4, len(columns) + 1)]
        windows += [list(pair) for pair in combinations([c for c in columns if c is not target], 2)]
        fits = [(score, parts) for parts in windows if (score := _fit_columns(grid, target, parts))]
        if not fits:
            continue
        score, parts = max(fits, key=lambda f: f[0])
        key = frozenset({target.index, *(c.index for c in parts)})
        if score - math.log10(len(windows)) < ENOUGH or key in known:
            continue
        known.add(key)
        kind = "netto" if {side_of(c.label) for c in (target, *parts)} >= {"income", "cost"} else "summa"
        reckoned, signed = _as_reckoned(target, parts)
        for row in grid.rows:
            terms = tuple((sign, (row.index, c.index)) for sign, c in signed)
            if grid.at(row.index, reckoned.index) and all(k in grid.figures for _, k in terms):
                relation = Linear(grid, kind, (row.index, reckoned.index), terms, weight=score)
                relation.report = relation.holds or not (row.share or _may_hold_more(grid, relation))
                yield relation


def _as_reckoned(target: Column, parts: list[Column]) -> tuple[Column, list[tuple[int, Column]]]:
    """The column that is reckoned and its signed parts: of Kostnad = Intäkt + Netto it is Netto = Kostnad - Intäkt.

    Likewise of Budget = Utfall tidigare år + Utfall + Återstår it is Återstår.
    """
    left = [c for c in parts if is_remainder(c.label)]
    if len(left) == 1 and not is_remainder(target.label):
        return left[0], [(1, target), *((-1, c) for c in parts if c is not left[0])]
    nets = [c for c in parts if c.total]
    if len(parts) == 2 and len(nets) == 1 and not target.total:
        other = next(c for c in parts if c is not nets[0])
        return nets[0], [(1, target), (-1, other)]
    return target, [(1, c) for c in parts]


def _may_hold_more(grid: Grid, relation: Linear) -> bool:
    """Whether a total over years may cover earlier ones: it is larger than its parts, and by no slip of the pen."""
    years = [c.meaning.year for c in grid.columns if any(c.index == k[1] for _, k in relation.terms)]
    if None in years or len(set(years)) < len(years):
        return False
    parts = [grid.figures[k].value for _, k in relation.terms]
    target = grid.figures[relation.target].value
    beyond = target > sum(parts) if min(parts) >= 0 else target < sum(parts) if max(parts) <= 0 else False
    return beyond and not explained_by_slip(grid, relation)


def _fit_columns(grid: Grid, target: Column, parts: list[Column]) -> float:
    """How well columns make a total column, in digits over all rows; 0 where they do not."""
    if any(c.meaning.difference for c in parts):
        return 0.0
    score, held, broken = (1.0 if target.total == 2 else PLAIN_PRIOR), 0, 0
    for row in grid.rows:
        whole = grid.at(row.index, target.index)
        figures = [f for c in parts if (f := grid.at(row.index, c.index))]
        if whole is None or len(figures) < len(parts) or row.share:
            continue
        room = whole.half + math.fsum(f.half for f in figures)
        if abs(whole.value - math.fsum(f.value for f in figures)) <= room + 1e-9 * max(1.0, abs(whole.value)):
            told = surprise(whole.value, room, [f.value for f in figures])
            score, held = score + told, held + (told > 0.25)
        else:
            score, broken = score - BREAK_COST, broken + 1
    wanted = 1 if target.total == 2 else 3
    return score if held >= wanted and held >= (1 if target.total == 2 else 4) * broken else 0.0


def _ratios(grid: Grid) -> Iterator[Ratio]:
    """Percentage columns reckoned from two others: a share (a of b) or a change (from b to a)."""
    amounts = [c for c in grid.columns if c.additive]
    for target in (c for c in grid.columns if c.meaning.share):
        tried = []
        for a, b in ((a, b) for a in amounts for b in amounts if a is not b):
            for offset in (0.0, 100.0):
                relations = list(_ratio_rows(grid, target, (a, b), offset))
                held = [r for r in relations if r.holds]
                score = sum(_told(grid, r) for r in held) - BREAK_COST * (len(relations) - len(held))
                if len(held) >= 3 and len(held) >= 3 * (len(relations) - len(held)):
                    tried.append((score, relations))
        score, relations = max(tried, key=lambda t: t[0], default=(0.0, []))
        if score - math.log10(max(len(tried), 1)) >= 2.5:
            yield from relations


def _ratio_rows(grid: Grid, target: Column, pair: tuple[Column, Column], offset: float) -> Iterator[Ratio]:
    for row in grid.rows:
        keys = [(row.index, c.index) for c in (target, *pair)]
        if all(k in grid.figures for k in keys) and abs(grid.figures[keys[2]].value) > grid.figures[keys[2]].half:
            yield Ratio(grid, "procent", keys[0], keys[1], keys[2], offset=offset)


def _told(grid: Grid, relation: Ratio) -> float:
    """How many digits agree where a percentage holds; little for 0 and 100, which say nothing of the columns."""
    low, high = relation.implied(relation.target)
    value = grid.figures[relation.target].value
    if value in (0, 100) or not math.isfinite(high - low):
        return 0.0
    return math.log10(1 + 100 / max(high - low, 1e-6))
