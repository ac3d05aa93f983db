"""Tables of the gold files as records, so that the arithmetic can be measured without any PDF."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
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
    for r, (label, *values) in enumerate(table["rows"]):
        if all(v is None for v in values):
            group = label
            continue
        for c, value in enumerate(values, 1):
            if value is not None:
                cells.append(_cell(f"{table_id}-{r}-{c}", (r, c), (label, table["columns"][c - 1]), value, group))
    trace = Trace(table.get("page") or 1, None, "gold")
    return ReportTable(table_id, trace, table.get("title") or "", table.get("unit"), "gold", cells=tuple(cells))


def _cell(cell_id: str, place: tuple[int, int], labels: tuple[str, str], value: float | str, group: str | None) -> TableCell:
    number = value if isinstance(value, (int, float)) else None
    text = str(value).replace(".", ",") if number is not None else str(value)
    decimals = len(repr(number).partition(".")[2]) if isinstance(number, float) else 0
    return TableCell(cell_id, *place, *labels, text, number, group_label=group, decimals=decimals)
