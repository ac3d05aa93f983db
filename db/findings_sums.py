"""Which rows of a table are the sum of which others: learnt from the table itself, column by column.

The table is read from the top like a sum on paper: rows are laid on a pile; when a row is found to be the sum of the topmost rows
of the pile (all of them since the last total, or with the total before, income less cost, ...), they are replaced by it. Whether it
is, is judged by how many digits agree over all columns (`surprise`), helped by words ("Summa", "Årets resultat"). A column in
which a sum does not come out, while it does in the others, is then a finding.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from db.findings_grid import Column, Figures, Grid, Row
from db.findings_relations import Linear, slip_within, surprise
from extractors.swedish.columns import is_closing, is_opening

WORD_PRIOR = {2: 1.0, 1: 0.5, 0: -1.5}
"""What the label is worth, in digits: "Summa", "Årets resultat", a label that says nothing of a sum."""
NATURAL = 0.7
"""What it is worth that the parts are just the rows since the last total or in the group."""
ENOUGH = 1.0
TOP_ENOUGH = 3.5
BREAK_COST = 1.0
TELLING_DIGITS = 3
"""Digits that a figure must have for a slip of the pen to tell anything."""
MOST_PARTS = 80
DASHES = ("-", "–", "•", "·", "\u2212")
MOST_TOP_PARTS = 15


@dataclass(frozen=True, slots=True)
class Parts:
    """Rows that may make a total, with their signs."""

    rows: tuple[tuple[int, Row], ...]
    natural: bool = False
    whole: bool = False
    """Whether they are all that no other total has taken in."""


@dataclass(slots=True)
class Fit:
    """How well parts make a total: columns in which they do and do not, and the digits that agreed."""

    parts: Parts
    score: float = 0.0
    bonus: float = 0.0
    """What the score would have more if a sum of one figure and noughts told as much as any: fair when parts are compared."""
    telling: int = 0
    held: int = 0
    broken: int = 0


@dataclass(slots=True)
class _Pile:
    """The rows that no total has taken in yet. `aside` are rows that say a part of another ("varav")."""

    rows: list[Row] = field(default_factory=list)
    totals: set[int] = field(default_factory=set)
    aside: set[int] = field(default_factory=set)

    def open_rows(self) -> list[Row]:
        return [r for r in self.rows if r.index not in self.aside]


def sum_relations(grid: Grid) -> list[Linear]:
    """All sums over rows that the table is found to hold, one relation for each column."""
    columns = [c for c in grid.columns if c.additive]
    figures = [grid.column(c.index) for c in columns]
    found: list[tuple[Row, Fit]] = []
    pile = _Pile(aside={r.index for r in grid.rows if r.part})
    found += _totals_on_top(grid, figures, pile)
    on_top = {row.index for row, _ in found}
    for row in grid.rows:
        fit = None if row.part or row.index in on_top else _best_fit(grid, columns, figures, row, pile)
        if fit:
            found.append((row, fit))
            taken = {r.index for _, r in fit.parts.rows}
            first = min(i for i, r in enumerate(pile.rows) if r.index in taken)
            del pile.rows[first:]
        if fit or row.total or row.index in on_top:
            pile.totals.add(row.index)
        pile.rows.append(row)
    relations = [r for row, fit in found for r in _relations(grid, columns, row, fit)]
    _judge_breaks(grid, relations)
    return relations + _balance(grid, columns)


def _best_fit(grid: Grid, columns: list[Column], figures: list[Figures], row: Row, pile: _Pile) -> Fit | None:
    """The parts that best make this row, or None where none is good enough."""
    fits = [_fit(figures, row, parts) for parts in _candidates(pile, row)]
    if not fits:
        return None
    crowd = math.log10(len(fits))

    def worth(fit: Fit) -> float:
        return fit.score + WORD_PRIOR[row.total] + NATURAL * fit.parts.natural - crowd

    best = max(fits, key=lambda f: (round(worth(f) + f.bonus, 6), _is_of_one_kind(f.parts), len(f.parts.rows)))
    if _good_enough(best, worth(best), row):
        return best
    return next((f for f in fits if _one_slip_away(grid, columns, row, f)), None)


def _is_of_one_kind(parts: Parts) -> bool:
    """Whether the parts are all plain rows, or all sums."""
    return len({r.total == 2 for _, r in parts.rows}) == 1


def _good_enough(fit: Fit, worth: float, row: Row) -> bool:
    """Whether a fit may be believed: said by words and place, or by enough digits, and in more columns than not."""
    if not fit.held:
        return False
    if fit.parts.natural and row.total:
        agreed = fit.score + fit.broken * BREAK_COST
        plain = row.total == 2 and (len(fit.parts.rows) > 1 or (fit.parts.whole and fit.parts.rows[0][1].total < 2))
        if _is_strong(row, fit.parts) and (fit.broken <= 1 or 2 * fit.broken <= fit.held) and (plain or agreed >= 1):
            return True
        if fit.broken == 1 and fit.held >= 2 and agreed >= 1 and worth >= 0:
            return True
    if worth < ENOUGH or not fit.telling:
        return False
    if len(fit.parts.rows) == 1:
        return fit.broken == 0 or (fit.telling >= 2 and fit.broken <= 1)
    if fit.broken and not row.total:  # no word says that it is a sum, and of three columns one is often made of the other two
        return fit.telling >= fit.broken + 2
    many_digits = fit.parts.natural and (row.total > 0 or fit.score + fit.broken * BREAK_COST >= TOP_ENOUGH)
    return fit.telling > fit.broken or (many_digits and fit.telling >= fit.broken)


def _is_strong(row: Row, parts: Parts) -> bool:
    """Whether the words leave no doubt: a "Summa", or what is left at the end of what was there at the beginning."""
    ends = (parts.rows[0][1], parts.rows[-1][1])
    return row.total == 2 or (is_closing(row.label) and any(is_opening(r.label) for r in ends))


def _one_slip_away(grid: Grid, columns: list[Column], row: Row, fit: Fit) -> bool:
    """For tables of one column, and totals of one row: what belongs to a total by words and place misses it by one slip of the pen."""
    few = len(fit.parts.rows) <= 4
    alone = len(fit.parts.rows) == 1 and row.total and fit.telling and fit.broken == 1
    if not alone and (fit.held or fit.broken != 1 or not fit.parts.natural or not (_is_strong(row, fit.parts) or (row.total and few))):
        return False
    return any(not r.holds and explained_by_slip(grid, r) for r in _relations(grid, columns, row, fit))


def _candidates(pile: _Pile, row: Row) -> Iterator[Parts]:
    """Rows of the pile that may make the total: its topmost ones, its subtotals, all that are no subtotals."""
    rows = pile.open_rows()[-MOST_PARTS:]
    natural = _natural_lengths(pile, rows, row)
    for length in range(1 if row.total else 2, len(rows) + 1):
        if length > 1 or row.side in (None, rows[-1].side):
            yield from _signed(rows[-length:], row, natural=length in natural, whole=length == len(rows))
    subtotals = [r for r in rows if r.index in pile.totals]
    if len(subtotals) > 1 and subtotals != rows[-len(subtotals) :]:
        yield from _signed(subtotals, row, natural=row.total > 0)
    leaves = [r for r in rows if r.index not in pile.totals]
    if row.total and len(leaves) > 1 and leaves != rows[-len(leaves) :]:
        yield from _signed(leaves, row, natural=False)


def _natural_lengths(pile: _Pile, rows: list[Row], row: Row) -> set[int]:
    """How many topmost rows make a whole: those since the last total, with it, those of one group, or the whole pile."""
    backwards = list(reversed(rows))
    since = next((i for i, r in enumerate(backwards) if r.index in pile.totals), len(rows))
    totals = next((i for i, r in enumerate(backwards) if r.index not in pile.totals), len(rows))
    group = next((i for i, r in enumerate(backwards) if r.group != backwards[0].group), len(rows)) if rows else 0
    lengths = {since, since + 1, group, totals, len(rows)}
    return {n for n in lengths if 1 < n <= len(rows) or (n == 1 and row.total == 2)}


def _signed(rows: list[Row], total: Row, *, natural: bool, whole: bool = False) -> Iterator[Parts]:
    """The rows all added; where the total says that it is one: the first less the others, and costs subtracted."""
    yield Parts(tuple([(1, r) for r in rows]), natural, whole)
    if len(rows) < 2 or not total.total:
        return
    if rows[0].side != "cost" and any(r.side == "cost" or r.total for r in rows[1:]) and len(rows) <= 6:
        yield Parts(((1, rows[0]), *((-1, r) for r in rows[1:])), natural, whole)
    costs = [r.side == "cost" for r in rows]
    if any(costs) and not all(costs) and costs != [False] + [True] * (len(rows) - 1):
        yield Parts(tuple((-1 if cost else 1, r) for r, cost in zip(rows, costs, strict=True)), natural, whole)


def _fit(columns: list[Figures], row: Row, parts: Parts) -> Fit:
    """Try parts in all columns."""
    fit = Fit(parts)
    terms = [(sign, r.index) for sign, r in parts.rows]
    for column in columns:
        target = column.get(row.index)
        if target is None:
            continue
        figures = [(sign, column[index]) for sign, index in terms if index in column]
        if not figures:
            continue
        made = math.fsum([sign * f.value for sign, f in figures])
        room = target.half + math.fsum([f.half for _, f in figures])
        if abs(target.value - made) <= room + 1e-9 * max(1.0, abs(target.value)):
            told = surprise(target.value, room, [f.value for _, f in figures]) if target.value or row.total else 0.0
            if target.value:
                fit.bonus += surprise(target.value, room, [1.0, 1.0]) - told
            fit.score, fit.held, fit.telling = fit.score + told, fit.held + 1, fit.telling + (told > 0.25)
        else:
            fit.score, fit.broken = fit.score - BREAK_COST, fit.broken + 1
    return fit


def _totals_on_top(grid: Grid, columns: list[Figures], pile: _Pile) -> list[tuple[Row, Fit]]:
    """Rows that are the sum of the rows right below them: "Totalt", "kvinnor", "män". Only where very many digits agree."""
    found: list[tuple[Row, Fit]] = []
    taken: set[int] = set()
    for i, row in enumerate(grid.rows):
        if row.index in taken or row.part:
            continue
        fits = []
        for n in range(2, MOST_TOP_PARTS + 1):
            below = grid.rows[i + 1 : i + 1 + n]
            if len(below) == n and all(r.side in (None, row.side) and r.total != 1 for r in below):
                fits.append(_fit(columns, row, Parts(tuple((1, r) for r in below))))
        best = max(fits, key=lambda f: f.score, default=None)
        if not best:
            continue
        dashed = _is_dashed(row, best.parts, grid.rows[i + 1 + len(best.parts.rows) :])
        words = (1.5 if row.total == 2 else -0.5) + 1.0 * _is_by_sex(best.parts) + 3.5 * dashed
        enough = best.telling >= (1 if dashed else 2) and best.broken * (1 if dashed else 4) <= best.telling
        if enough and best.score + words - math.log10(len(fits)) >= TOP_ENOUGH and not _closes(grid, columns, i, best):
            found.append((row, best))
            taken |= {r.index for _, r in best.parts.rows}
    pile.aside |= taken
    return found


def _closes(grid: Grid, columns: list[Figures], i: int, below: Fit) -> bool:
    """Whether a row is as well the sum of the rows right above it: then it is their total, and none of the rows below."""
    windows = (grid.rows[max(0, i - n) : i] for n in range(2, MOST_TOP_PARTS + 1))
    fits = (_fit(columns, grid.rows[i], Parts(tuple((1, r) for r in w))) for w in windows if len(w) > 1)
    return any(f.held >= below.held and f.broken <= below.broken for f in fits)


def _is_dashed(row: Row, parts: Parts, after: list[Row]) -> bool:
    """Whether the parts are just the rows that a dash marks as parts of the row above them."""
    marks = [r.label.lstrip()[:1] in DASHES for _, r in parts.rows]
    return all(marks) and row.label.lstrip()[:1] not in DASHES and not (after and after[0].label.lstrip()[:1] in DASHES)


def _is_by_sex(parts: Parts) -> bool:
    """Women and men: the two parts of all that is counted in people."""
    labels = [r.label.casefold() for _, r in parts.rows]
    return len(labels) == 2 and any("kvinn" in x for x in labels) and any(re.search(r"\bm[äa]n\b", x) for x in labels)


def _relations(grid: Grid, columns: list[Column], row: Row, fit: Fit) -> Iterator[Linear]:
    for column in columns:
        terms = tuple((sign, (r.index, column.index)) for sign, r in fit.parts.rows)
        if grid.at(row.index, column.index) and any(key in grid.figures for _, key in terms):
            yield Linear(grid, _kind(row, fit), (row.index, column.index), terms, weight=fit.score)


def _kind(row: Row, fit: Fit) -> str:
    """What kind of sum this is: ingående + förändring = utgående, income and cost, or parts."""
    rows = [r for _, r in fit.parts.rows]
    if is_closing(row.label) and any(is_opening(r.label) for r in rows):
        return "in_ut"
    if any(sign < 0 for sign, _ in fit.parts.rows) or {"income", "cost"} <= {r.side for r in rows}:
        return "netto"
    return "summa"


def _judge_breaks(grid: Grid, relations: list[Linear]) -> None:
    """A break is reported where the column is known to add up: by its label, or because another sum in it comes out.

    Elsewhere (averages without a word that says so, parts that are not printed) only where one slip of the pen explains it.
    """
    meanings = {c.index: c.meaning for c in grid.columns}
    sums = {r.index for r in grid.rows if r.total == 2}
    labels = {c.index: c.label for c in grid.columns}
    closing = {r.index for r in grid.rows if r.total < 2 and is_closing(r.label)}
    sound = {r.target[1] for r in relations if r.holds and abs(grid.figures[r.target].value) > r.room}
    for relation in relations:
        if relation.holds:
            continue
        column = relation.target[1]
        meaning = meanings[column]
        known = column in sound or meaning.measure is not None or meaning.year is not None
        known = known or (relation.target[0] in sums and len(sound) > 1 and bool(labels[column]) and not _may_be_average(grid, relation))
        unclear = any(key in grid.unclear for _, key in relation.terms)
        if not known or unclear:
            relation.report = explained_by_slip(grid, relation) and (known or not _may_be_average(grid, relation))
        if grid.figures[relation.target].value == 0 and relation.target[0] in closing:
            relation.report = False  # what is left to carry over is nought at the least, whatever the sum says


def _may_be_average(grid: Grid, relation: Linear) -> bool:
    """Whether a "total" lies among its parts, as an average does."""
    parts = [grid.figures[k].value for _, k in relation.terms if k in grid.figures]
    return len(parts) > 1 and min(parts) > 0 and min(parts) <= grid.figures[relation.target].value <= max(parts)


def explained_by_slip(grid: Grid, relation: Linear) -> bool:
    """Whether one slip of the pen in one of its figures would explain why a relation does not hold."""
    figures = [(grid.figures[k], relation.implied(k)) for k in relation.keys]
    return any(slip_within(f.value, bounds, f.decimals, digits=TELLING_DIGITS) for f, bounds in figures)


def _balance(grid: Grid, columns: list[Column]) -> list[Linear]:
    """Summa tillgångar = summa eget kapital och skulder."""
    assets = [r for r in grid.rows if r.total == 2 and r.label.casefold().rstrip(" :").endswith("tillgångar")]
    debts = [r for r in grid.rows if r.total == 2 and "eget kapital" in r.label.casefold() and "skulder" in r.label.casefold()]
    if not assets or len(debts) != 1:
        return []
    keys = [((debts[0].index, c.index), (assets[-1].index, c.index)) for c in columns]
    return [Linear(grid, "summa", t, ((1, p),), weight=1.0) for t, p in keys if t in grid.figures and p in grid.figures]
