"""Recommendations in tables: a column of them beside who they are for, a column per body, or marks per body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.layout.blocks import BBox, Cell, ListItem, Table
from extractors.reports.audit_words import words
from extractors.reports.granskning_lines import sentences
from extractors.swedish import names
from extractors.swedish.answers import parse_status
from extractors.swedish.recommending import fold_blanks, opens_like_one

_TEXT = words("recommendation_column")
_TO = words("recipient_column")
_PRIORITY = words("priority_column")
_STATUS = words("table_of_status")
_QUESTION = words("question_column")
_BOX = re.compile(r"\W*(?:tidigare )?rekommendation(?: ?(?:nr\.? ?)?\d{1,2})?\s*[:.]?", re.I)
_JUDGED = words("status_label")
LONGEST_STATUS, LONGEST_VERDICT = 5, 14
"""Words of a status, and of a sentence that tells what became of "rekommendationen"."""
_MARK = re.compile(r"^(?:x|✓|✔|ja|●|•|\uf0fc)$", re.I)


@dataclass(frozen=True, slots=True)
class Row:
    """One recommendation of a table; `to` as printed, several bodies joined with commas."""

    text: str
    to: str | None
    priority: str | None
    page: int
    bbox: BBox


def header_texts(table: Table) -> list[str]:
    """The words of each column's header, rows joined; without marked header rows the first row stands in for them."""
    grid = table.grid()
    texts: list[str] = []
    for col in range(table.cols):
        cells: list[Cell] = []
        for row in range(max(1, table.header_rows)):
            cell = grid[row][col] if row < table.rows else None
            if cell and cell not in cells:
                cells.append(cell)
        texts.append(fold_blanks(" ".join(c.text for c in cells)))
    return texts


_EARLIER = re.compile(r"rekommend|förslag|iakttagelse|synpunkt", re.I)
_STATUS_HEAD = re.compile(r"status|åtgärda|genomför|bedömning|uppfölj|uppfyll|hanter|omhänder", re.I)


def is_followup_table(table: Table) -> bool:
    """Whether a table tells what became of earlier recommendations: a column of them and a column of short status words."""
    heads = header_texts(table)
    text_col = earlier_column(heads, _EARLIER)
    by_head = status_columns(table, [i for i, h in enumerate(heads) if i != text_col and _STATUS_HEAD.search(h)])
    status_cols = by_head or ([] if text_col is None else told_columns(table, heads, text_col))
    if text_col is None or not status_cols or any(_QUESTION.search(h) for h in heads):
        return False
    if any(re.search(r"tidigare|föregående", h, re.I) for h in heads):
        return True
    return _mostly_status(table, status_cols)


def followed_boxes(table: Table) -> Iterator[tuple[Cell, Cell]]:
    """Boxes of labelled rows, one for each earlier recommendation: (its cell, the cell that tells its status).

    "Rekommendation 1 | …", "Nämndens svar | …", "Bedömning | Åtgärdad"; a row of judgement that tells no status ends its box.
    """
    asked: Cell | None = None
    for cells in table.grid():
        label, value = cells[0], next((c for c in cells[1:] if c and c is not cells[0]), None)
        if label is None or value is None:
            continue
        text = fold_blanks(label.text)
        if _BOX.fullmatch(text):
            asked = value
        elif asked and (head := _JUDGED.match(text)) and head.end() == len(text):
            if _is_status(value.text) or any(i.color in ("green", "yellow", "red") for i in value.icons):
                yield asked, value
            asked = None


def earlier_column(heads: Sequence[str], pattern: re.Pattern[str]) -> int | None:
    """The column of earlier recommendations: the one whose head says so, else the first whose head `pattern` knows ("Granskning")."""
    known = [i for i, h in enumerate(heads) if pattern.search(h)]
    return next((i for i in known if re.match(r"\W*(?:\w+ )?(?:rekommend|förslag)", heads[i], re.I)), known[0] if known else None)


def status_columns(table: Table, headed: Sequence[int]) -> list[int]:
    """Of the columns whose heads speak of status those that tell it in short words; all where none does."""
    return [i for i in headed if _mostly_status(table, [i])] or list(headed)


def told_columns(table: Table, heads: list[str], text_col: int) -> list[int]:
    """Columns whose cells mostly begin with a word of status, under whatever head ("Vår bild i dag")."""
    taken = {i for i, h in enumerate(heads) if _TO.search(h) or _PRIORITY.search(h) or names.body_in_heading(h, whole=True)}
    return [i for i in range(len(heads)) if i != text_col and i not in taken and _mostly_status(table, [i], signs=False)]


def _mostly_status(table: Table, columns: list[int], *, signs: bool = True) -> bool:
    """Whether most cells of the columns tell a status, in words or (`signs`) by a light or a mark."""
    cells = [row[i] for i in columns for row in table.grid()[max(1, table.header_rows) :]]
    told = [c for c in cells if c is not None and (c.text.strip() or c.icons)]
    short = [c for c in told if (c.icons or _MARK.match(c.text.strip()) if signs else False) or _is_status(c.text)]
    return bool(told) and len(short) >= 0.6 * len(told)


def _is_status(text: str) -> bool:
    """Whether a cell begins with a short word of status, or a sentence on the recommendation: "Delvis åtgärdad. Rutinen är framtagen …"."""
    first = next(iter(sentences(text)), "")
    most = LONGEST_VERDICT if "rekommendation" in first.lower() else LONGEST_STATUS
    return bool(first) and len(first.split()) <= most and parse_status(first) is not None


def read_table(table: Table, *, under_lead: bool) -> list[Row]:
    """The recommendations of a table, empty where it holds none. `under_lead`: whether a lead-in or a heading stands before it."""
    heads = header_texts(table)
    if any(True for _ in followed_boxes(table)) or is_followup_table(table) or (any(_STATUS.search(h) for h in heads) and not under_lead):
        return []
    text_col = next((i for i, h in enumerate(heads) if _TEXT.search(h)), None)
    bodies = {i: b for i, h in enumerate(heads) if (b := names.body_in_heading(h, whole=True))}
    if len(bodies) >= 2:
        return _per_body(table, bodies) if under_lead or text_col is not None else []
    if text_col is not None:
        return _by_columns(table, heads, text_col)
    return _headless(table) if under_lead else []


def _by_columns(table: Table, heads: list[str], text_col: int) -> list[Row]:
    to_col = next((i for i, h in enumerate(heads) if i != text_col and _TO.search(h)), None)
    priority_col = next((i for i, h in enumerate(heads) if i != text_col and _PRIORITY.search(h)), None)
    if to_col is None and table.cols == 2:
        to_col = next((i for i in (0, 1) if i != text_col and _holds_bodies(table, i)), None)
    found: list[Row] = []
    last_to: str | None = None
    grid = table.grid()
    seen: set[int] = set()
    for cells in grid[max(1, table.header_rows) :]:
        cell = cells[text_col]
        to = _text(cells[to_col]) if to_col is not None else ""
        last_to = to or last_to
        if cell is None or id(cell) in seen or len(cell.text.split()) < 2:
            continue
        seen.add(id(cell))
        priority = _text(cells[priority_col]) if priority_col is not None else ""
        own = names.body_in_heading(_text(cell), whole=True)
        if own:
            last_to = own
            continue
        found += [replace(r, priority=priority or None) for r in _cell_rows(cell, last_to)]
    return found


def _holds_bodies(table: Table, col: int) -> bool:
    texts = [_text(row[col]) for row in table.grid()[1:]]
    named = [t for t in texts if t and names.body_in_heading(t, whole=True)]
    return bool(named) and len(named) >= 0.6 * len([t for t in texts if t])


def _per_body(table: Table, bodies: dict[int, str]) -> list[Row]:
    """A column per body: marks beside a recommendation in the first column, or each body's own words."""
    found: dict[str, Row] = {}
    for cells in table.grid()[max(1, table.header_rows) :]:
        marked = [b for i, b in bodies.items() if _MARK.match(_text(cells[i])) or (cells[i] and cells[i].icons)]  # type: ignore[union-attr]
        first = cells[0]
        if marked and first and 0 not in bodies and first.text.strip():
            found[_text(first)] = Row(_text(first), ", ".join(marked), None, first.page, first.bbox)
            continue
        for col, body in bodies.items():
            cell = cells[col]
            if cell is None or len(_text(cell).split()) < 3:
                continue
            for row in _cell_rows(cell, body):
                known = found.get(row.text)
                found[row.text] = replace(known, to=f"{known.to}, {body}") if known and body not in str(known.to) else known or row
    return list(found.values())


def _headless(table: Table) -> list[Row]:
    """A table without telling headers after a lead-in: bodies in one column, or the only column with sentences."""
    if table.cols == 1:
        return [row for cell in table.cells for row in _cell_rows(cell, None) if opens_like_one(row.text)]
    to_col = next((i for i in range(table.cols) if _holds_bodies(table, i)), None)
    found: list[Row] = []
    last: str | None = None
    for cells in table.grid():
        if to_col is not None:
            last = _text(cells[to_col]) or last
        for col, cell in enumerate(cells):
            if cell is not None and col != to_col and cell.col == col and opens_like_one(cell.text):
                found += _cell_rows(cell, last)
    return found


def _cell_rows(cell: Cell, to: str | None) -> list[Row]:
    items = [b for b in cell.blocks if isinstance(b, ListItem)]
    if items:
        return [Row(fold_blanks(b.text), to, None, b.page, b.bbox) for b in items if b.text.strip()]
    return [Row(_text(cell), to, None, cell.page, cell.bbox)]


def _text(cell: Cell | None) -> str:
    return fold_blanks(cell.text) if cell else ""
