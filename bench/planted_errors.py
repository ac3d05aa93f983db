"""Planted errors: one cell of a table is changed at a time; how many of the errors are found, and how many false alarms are there?

    python -m bench.planted_errors [--changes 1000] [--seed 1] [--db reports.db] [--show]

A change is a digit, a sign, two digits swapped, or the figure of the neighbouring column. It counts when it breaks, beyond rounding,
a relation that the table holds when unchanged. It is found when a finding names the changed cell, or a cell of a broken relation
that it takes part in; `at the very cell` is the stricter count. Tables come from the gold files and, with --db, from a database of
read reports (such as the corpus).
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bench.gold_tables import gold_reports
from db.findings import find_in_tables, table_relations
from db.findings_grid import printed_decimals
from schema.ids import Ids
from schema.records import Finding, ReportTable, TableCell, Trace

KINDS = ("digit", "sign", "swapped", "shifted")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one planted error."""

    kind: str
    table: ReportTable
    cell: TableCell
    planted: float
    findings: tuple[Finding, ...]
    found: bool
    exact: bool


def change(cell: TableCell, kind: str, row: Sequence[TableCell], rng: random.Random) -> float | None:
    """The cell's value with an error of a kind, or None where it cannot have one."""
    value, decimals = cell.value or 0.0, printed_decimals(cell)
    digits = str(round(abs(value) * 10**decimals))
    if kind == "sign":
        return -value if value else None
    if kind == "shifted":
        near = [c.value for c in row if abs(c.col - cell.col) == 1 and c.value is not None and c.value != value]
        return rng.choice(near) if near else None
    if kind == "swapped":
        places = [i for i in range(len(digits) - 1) if digits[i] != digits[i + 1]]
        if not places:
            return None
        i = rng.choice(places)
        digits = digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]
    else:
        i = rng.randrange(len(digits))
        digits = digits[:i] + rng.choice([d for d in "0123456789" if d != digits[i]]) + digits[i + 1 :]
    changed = int(digits) / 10**decimals
    return -changed if value < 0 else changed


def plant(table: ReportTable, kind: str, rng: random.Random) -> tuple[ReportTable, TableCell, float] | None:
    """The table with one error, the cell that was changed, and its new value."""
    cells = [c for c in table.cells if c.value is not None]
    if not cells:
        return None
    cell = rng.choice(cells)
    value = change(cell, kind, [c for c in cells if c.row == cell.row], rng)
    if value is None or value == cell.value:
        return None
    changed = tuple(replace(c, value=value) if c is cell else c for c in table.cells)
    return replace(table, cells=changed), cell, value


def breaks(table: ReportTable, changed: ReportTable, cell: TableCell) -> list[set[tuple[int, int]]]:
    """The cells of each relation that held before and no longer does."""
    _, before = table_relations(table)
    grid, _ = table_relations(changed)
    broken = []
    for relation in before:
        if relation.holds and (cell.row, cell.col) in relation.keys:
            relation.grid = grid  # type: ignore[attr-defined]
            relation.__dict__.pop("_gap", None)
            if not relation.holds:
                broken.append(set(relation.keys))
    return broken


def run(tables: Sequence[ReportTable], changes: int, seed: int) -> list[Outcome]:
    """Plant errors until `changes` of them break something; what became of each."""
    rng = random.Random(seed)
    outcomes: list[Outcome] = []
    known = {t.id: {(f.row_label, f.column_label, f.reported) for f in find_in_tables([t], Ids("x"))} for t in tables}
    for _ in range(changes * 40):
        if len(outcomes) == changes:
            break
        table, kind = rng.choice(tables), rng.choice(KINDS)
        planted = plant(table, kind, rng)
        broken = breaks(table, planted[0], planted[1]) if planted else []
        if planted and broken:
            changed, cell, value = planted
            new = [f for f in find_in_tables([changed], Ids("x")) if (f.row_label, f.column_label, f.reported) not in known[table.id]]
            outcomes.append(_judge(changed, cell, (kind, value), new, broken))
    return outcomes


def _judge(
    table: ReportTable, cell: TableCell, planted: tuple[str, float], new: list[Finding], broken: list[set[tuple[int, int]]]
) -> Outcome:
    suspects = {(c.row_label, c.column_label) for c in table.cells if any((c.row, c.col) in keys for keys in broken)}
    named = {(f.row_label, f.column_label) for f in new}
    exact = any(n == (cell.row_label, cell.column_label) for n in named)
    return Outcome(planted[0], table, cell, planted[1], tuple(new), bool(named & suspects), exact)


def stored_tables(path: Path) -> Iterator[ReportTable]:
    """The tables of a database of read reports."""
    conn = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    conn.row_factory = sqlite3.Row
    for t in conn.execute("select * from report_tables"):
        rows = conn.execute("select * from table_cells where table_id = ? order by row, col", [t["id"]])
        cells = tuple(
            TableCell(r["id"], r["row"], r["col"], r["row_label"], r["column_label"], r["text"], r["value"],
                      confidence=r["confidence"], group_label=r["group_label"], decimals=r["decimals"])
            for r in rows
        )  # fmt: skip
        trace = Trace(t["page"], None, t["rule"], t["confidence"])
        yield ReportTable(t["id"], trace, t["title"], t["unit"], t["method"], t["kind"], cells=cells)


def main() -> int:
    """Print both figures; 1 where they fall short."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--changes", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--db", type=Path)
    parser.add_argument("--show", action="store_true")
    args = parser.parse_args()
    reports = list(gold_reports())
    tables = [t for _, ts, _ in reports for t in ts]
    false = sum(len(false_alarms(ts, gold)) for _, ts, gold in reports)
    if args.db:
        tables += list(stored_tables(args.db))
    outcomes = run(tables, args.changes, args.seed)
    gold_count = sum(len(ts) for _, ts, _ in reports)
    print(f"unchanged gold tables: {gold_count}, false findings: {false} ({100 * false / gold_count:.2f} in 100 tables)")
    found = _print_counts(outcomes)
    if args.show:
        _show(outcomes)
    return int(found < 0.95 * len(outcomes) or false > gold_count / 100)


def _print_counts(outcomes: list[Outcome]) -> int:
    """Print how many planted errors were found; their number."""
    n, found, exact = len(outcomes), sum(o.found for o in outcomes), sum(o.exact for o in outcomes)
    print(f"planted errors that break a relation: {n}, found {found} ({100 * found / n:.1f}%)")
    print(f"at the very cell {exact} ({100 * exact / n:.1f}%), findings per error {sum(len(o.findings) for o in outcomes) / n:.2f}")
    for kind in KINDS:
        kin = [o for o in outcomes if o.kind == kind]
        print(f"  {kind:8s} {len(kin):5d} planted, {sum(o.found for o in kin):5d} found, {sum(o.exact for o in kin):5d} at the very cell")
    return found


def false_alarms(tables: list[ReportTable], gold: list[dict[str, object]]) -> list[Finding]:
    """Findings in unchanged tables that the gold does not know, those marked optional among the known ones."""
    known = {(g["row"], g["reported"]) for g in gold}
    return [f for f in find_in_tables(tables, Ids("x")) if (f.row_label, f.reported) not in known and f.kind != "teckenkonvention"]


def _show(outcomes: list[Outcome]) -> None:
    missed = Counter(o.table.title for o in outcomes if not o.found)
    for title, n in missed.most_common():
        print(f"  missed {n:3d} in {title}")
    for o in (o for o in outcomes if not o.found):
        print(f"    {o.kind}: {o.table.title} | {o.cell.row_label} | {o.cell.column_label}: {o.cell.value} -> {o.planted}")


if __name__ == "__main__":
    sys.exit(main())
