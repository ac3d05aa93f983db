"""Tables of the gold files as records, so that the arithmetic can be measured without any PDF."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from schema.records import ReportTable, TableCell, Trace

GOLD = Path(os.environ.get("UPPSIKT_GOLD", Path(__file__).resolve().parents[2] / "shared" / "gold" / "dev"))


def gold_reports(folder: Path = GOLD) -> Iterator[tuple[str, list[ReportTable], list[dict[str, Any]]]]:
    """Each gold file: its name, its tables as records, and the findings that it says are there."""
    for path in sorted(folder.glob("*.gold.json")):
        gold = json.loads(path.read_text("utf-8"))
        tables = [gold_table(t, f"{path.stem}-t{n}") for n, t in enumerate(gold.get("tables", []))]
        yield path.name, tables, gold.get("findings", [])


def gold_table(table: dict[str, Any], table_id: str) -> ReportTable:
    """One gold table as a record. Rows without any value become the group of the rows below them."""
    cells, group = [], None
    decimals = [_decimals([row[c] for row in table["rows"]]) for c in range(1, len(table["columns"]) + 1)]
    for r, (label, *values) in enumerate(table["rows"]):
        if all(v is None for v in values):
            group = label
            continue
        for c, value in enumerate(values, 1):
            if value is not None:
                cell = _cell(f"{table_id}-{r}-{c}", (r, c), (label, table["columns"][c - 1]), value, group)
                cells.append(replace(cell, decimals=max(cell.decimals or 0, decimals[c - 1])))
    trace = Trace(table.get("page") or 1, None, "gold")
    return ReportTable(table_id, trace, table.get("title") or "", table.get("unit"), "gold", cells=tuple(cells))


def _decimals(values: list[Any]) -> int:
    """How many decimals a column prints: those most of its numbers with decimals have (JSON writes "10,0" as 10)."""
    counts = Counter(len(repr(v).partition(".")[2]) for v in values if isinstance(v, float))
    return counts.most_common(1)[0][0] if counts else 0


def _cell(cell_id: str, place: tuple[int, int], labels: tuple[str, str], value: float | str, group: str | None) -> TableCell:
    number = value if isinstance(value, (int, float)) else None
    text = str(value).replace(".", ",") if number is not None else str(value)
    decimals = len(repr(number).partition(".")[2]) if isinstance(number, float) else 0
    return TableCell(cell_id, *place, *labels, text, number, group_label=group, decimals=decimals)
