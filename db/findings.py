"""Arithmetic that does not hold in a report as printed: with_findings(extraction) adds it to what was read.

For each table its relations are learnt (`findings_sums`, `findings_columns`), what is broken beyond rounding is traced to the cell
that explains it best (`findings_explain`), and said in Swedish. What is seldom right is worse than nothing here: a relation is
believed only where the table itself confirms it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from db.findings_across import across_tables
from db.findings_columns import SignBreak, column_relations
from db.findings_explain import Suspect, find_suspects
from db.findings_grid import Figure, Grid, Key, make_grid
from db.findings_hundred import hundred_relations
from db.findings_messages import printed, show, sum_message
from db.findings_relations import Linear, Ratio, Relation
from db.findings_sums import sum_relations
from db.findings_text import text_findings
from schema.ids import Ids
from schema.records import Extraction, Finding, Notice, ReportTable, Trace

LEAST_CONFIDENCE = 0.5
"""Tables and cells read with less are not checked: a misreading is no error of the report."""
MISREAD = 0.3
"""Confidence of a figure read by OCR that the sums of its own table contradict."""


def with_findings(extraction: Extraction) -> Extraction:
    """The extraction with what does not add up in its tables.

    In a table read by OCR a sum that fails is more likely a misread digit than an error of the report: there the figure loses its
    confidence and a notice asks a person to look.
    """
    found = find_in_tables(extraction.report_tables, Ids(extraction.document.id))
    by_ocr = {t.id for t in extraction.report_tables if t.method == "ocr"}
    doubts = [f for f in found if f.table_id in by_ocr]
    tables = tuple(_doubted(t, [f for f in doubts if f.table_id == t.id]) for t in extraction.report_tables)
    notices = (*extraction.notices, *_notices(extraction, doubts))
    kept = (f for f in found if f not in doubts)
    ids = Ids(extraction.document.id)
    return replace(extraction, findings=tuple(replace(f, id=ids.next("finding")) for f in kept), report_tables=tables, notices=notices)


def _doubted(table: ReportTable, doubts: Sequence[Finding]) -> ReportTable:
    """The table with less confidence in the figures that its own sums contradict."""
    places = {(f.row_label, f.column_label, f.reported) for f in doubts}
    if not places:
        return table
    cells = (
        replace(c, confidence=min(c.confidence, MISREAD)) if (c.row_label, c.column_label, c.value) in places else c for c in table.cells
    )
    return replace(table, cells=tuple(cells))


def _notices(extraction: Extraction, doubts: Sequence[Finding]) -> list[Notice]:
    """A notice for each figure of an OCR table that does not add up; ids go on after those that are taken."""
    ids, taken = Ids(extraction.document.id), {n.id for n in extraction.notices}
    made = []
    for doubt in doubts:
        notice_id = ids.next("notice")
        while notice_id in taken:
            notice_id = ids.next("notice")
        message = f"Uppgiften ”{doubt.row_label}”, ”{doubt.column_label}” kan vara fel tolkad (OCR): {doubt.message}"
        made.append(Notice(notice_id, replace(doubt.trace, rule="arithmetic:ocr"), "table_in_doubt", message))
    return made


def find_in_tables(tables: Sequence[ReportTable], ids: Ids) -> list[Finding]:
    """What does not add up in the tables of one document, in reading order."""
    grids = [make_grid(t) for t in tables if t.trace.confidence >= LEAST_CONFIDENCE]
    relations: dict[int, list[Relation]] = {}
    against: dict[int, list[SignBreak]] = {}
    for i, grid in enumerate(grids):
        across, against[i] = column_relations(grid)
        relations[i] = [*sum_relations(grid), *across, *hundred_relations(grid)]
    found = []
    for i, grid in enumerate(grids):
        found += [finding for s in find_suspects(grid, relations[i]) if (finding := _finding(grid, s, ids))]
        found += [_sign_finding(grid, sign_break, ids) for sign_break in against[i]]
        found += text_findings(grid, ids)
    known = {(f.table_id or "", f.row_label, f.column_label) for f in found}
    return found + across_tables(grids, known, ids)


def table_relations(table: ReportTable) -> tuple[Grid, list[Relation]]:
    """A table's grid and all relations that it is found to hold."""
    grid = make_grid(table)
    across, _ = column_relations(grid)
    return grid, [*sum_relations(grid), *across, *hundred_relations(grid)]


def _finding(grid: Grid, suspect: Suspect, ids: Ids) -> Finding | None:
    """A suspect cell as a record, or None where a figure of the sum was read too uncertainly."""
    relation = suspect.shown_by
    figure = grid.figures[suspect.key]
    cells = [f.cell for k in relation.keys if (f := grid.figures.get(k)) and f.cell]
    if figure.cell is None or any(c.confidence < LEAST_CONFIDENCE for c in cells):
        return None
    expected = _expected(suspect, figure)
    trace = _trace(grid, suspect.key, f"arithmetic:{relation.kind}", 0.95 if suspect.breaks > 1 else 0.9)
    return Finding(
        id=ids.next("finding"),
        trace=trace,
        kind=relation.kind,
        message=sum_message(grid, suspect, expected),
        table_id=grid.table.id,
        row_label=figure.cell.row_label,
        column_label=figure.cell.column_label,
        reported=figure.value,
        expected=expected,
        severity=_severity(figure.value, expected),
    )


def _expected(suspect: Suspect, figure: Figure) -> float:
    """The value that fits best: what the shown sum makes, or the middle of what all relations of the cell allow."""
    relation = suspect.shown_by
    if isinstance(relation, (Linear, Ratio)) and relation.target == suspect.key and getattr(relation, "constant", None) is None:
        return relation.expected
    middle = (suspect.low + suspect.high) / 2
    return round(middle, figure.decimals) if math.isfinite(middle) else figure.value


def _trace(grid: Grid, key: Key, rule: str, confidence: float) -> Trace:
    cell = grid.figures[key].cell
    table = grid.table
    if cell is None:
        return Trace(table.trace.page, table.trace.bbox, rule, confidence * table.trace.confidence)
    read = min(table.trace.confidence, cell.confidence)
    return Trace(cell.page or table.trace.page, cell.bbox or table.trace.bbox, rule, round(confidence * read, 3))


def _severity(reported: float, expected: float) -> str:
    """How grave: hog where the error is a tenth of the figure or more, else medel."""
    return "hog" if abs(reported - expected) >= 0.1 * max(abs(reported), abs(expected), 1e-9) else "medel"


def _sign_finding(grid: Grid, sign_break: SignBreak, ids: Ids) -> Finding:
    """A deviation column whose signs contradict its header: said once, at its first row."""
    deviation, rows = sign_break.deviation, sign_break.rows
    key = (rows[0].index, deviation.target.index)
    figure = grid.figures[key]
    first, second = (rows[0].index, deviation.first.index), (rows[0].index, deviation.second.index)
    right, count = printed(-figure.value, figure.decimals), len(rows)
    message = (
        f"Rubriken ”{deviation.target.label}” ger {show(grid, first)} \u2212 {show(grid, second)} = {right}, "
        f"men tabellen anger {show(grid, key)}. Tecknet är omvänt på {count} {'rad' if count == 1 else 'rader'}."
    )
    return Finding(
        id=ids.next("finding"),
        trace=_trace(grid, key, "arithmetic:teckenkonvention", 0.9),
        kind="teckenkonvention",
        message=message,
        table_id=grid.table.id,
        row_label=rows[0].label,
        column_label=deviation.target.label,
        reported=figure.value,
        expected=-figure.value,
        severity="lag",
    )
