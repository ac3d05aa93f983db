"""What the columns of a table are, by their headers and by what stands in their cells: goal, status, analysis, body, value.

The words are rules in `data/goal_columns.toml`. A header alone may mislead ("Utfall" holds a light in one report and a number in
the next, "Mål 2023" is a goal or a target): the cells decide.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from extractors.layout.blocks import Block, Cell, Icon, ListItem, Note, Table
from extractors.swedish.assessment import parse_status
from extractors.swedish.assessment_progress import parse_progress
from extractors.swedish.lexicon import read_toml
from extractors.swedish.names import canonical_body
from extractors.swedish.numbers import find_numbers

PACKAGE = "extractors.reports"
SUBJECTS = frozenset({"goal", "parent", "indicator", "activity", "assignment"})
LONG = 60
"""A cell with more letters than this holds running text."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its printed header, its role, and what share of its filled cells hold a sign, a status word, a number, a body."""

    index: int
    label: str
    role: str
    filled: int
    signs: float
    statuses: float
    numbers: float
    bodies: float
    length: float


@functools.cache
def _patterns(kind: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["name"], re.compile(row["pattern"], re.IGNORECASE)) for row in read_toml("goal_columns.toml", PACKAGE)[kind])


def fold(text: str) -> str:
    """A header as compared: lower case, blanks folded, without colon or full stop at the end."""
    return " ".join(text.replace("\u00ad", "").split()).strip(" .:*").casefold()


@functools.lru_cache(maxsize=4096)
def role_of_header(label: str) -> str | None:
    """The role that a header names, None where it says nothing known."""
    folded = fold(label)
    return next((name for name, pattern in _patterns("role") if folded and pattern.search(folded)), None)


def heading_is(kind: str, text: str) -> bool:
    """Whether a heading's words say `goals` (goals are reported below) or `structure` (it orders the text and is no goal).

    A heading with "ska" is an aim, whatever else it begins with: "Personalen ska ha rätt kompetens".
    """
    if kind == "structure" and re.search(r"\b(?:ska|skall)\b", text, re.IGNORECASE):
        return False
    return any(name == kind and pattern.search(fold(text)) for name, pattern in _patterns("heading"))


def match_label(kind: str, text: str) -> str | None:
    """What follows a label at the beginning of a line ("Mål:", "Status:"), None where there is no such label."""
    for name, pattern in _patterns("label"):
        if name == kind and (match := pattern.match(text)):
            return text[match.end() :].strip()
    return None


_INLINE = re.compile(
    r"\s+(?:status|(?:mål)?bedömning|(?:bedömd )?måluppfyll(?:else|nad)|prognos(?: helår)?)\s*(?:20\d\d)?\s*:\s*(?P<status>.{2,60})$",
    re.IGNORECASE,
)


_DASHED = re.compile(r"\s(?:[–—-]\s|\()(?P<status>[^.;:()]{2,40})\)?\.?$")
FULFILMENTS = frozenset({"uppfylls", "delvis", "uppfylls_inte", "ej_bedomt"})


def split_inline_status(text: str) -> tuple[str, str]:
    """A goal and the status that stands behind it in one line: "Fler ska cykla Måluppfyllelse: Delvis"; the status may be empty."""
    match = _INLINE.search(text) or _dashed(text)
    return (text[: match.start()].strip(), match["status"].strip()) if match else (text, "")


def _dashed(text: str) -> re.Match[str] | None:
    """A goal and, after a dash or in brackets, a word of fulfilment: "Antalet besök ska öka – ej uppfyllt"."""
    match = _DASHED.search(text)
    return match if match and "ska" in text.split() and parse_status(match["status"]) in FULFILMENTS else None


def cell_text(cell: Cell | None) -> str:
    """The words of a cell as one line: without its signs and inner tables, and with the dash of a line that begins with one."""
    return join_blocks(cell.blocks) if cell else ""


def join_blocks(blocks: tuple[Block, ...] | list[Block], between: str = " ") -> str:
    """The words of blocks in order, without signs, tables, and notes with their marks."""
    parts = []
    noted = any(isinstance(b, Note) for b in blocks)
    for block in blocks:
        mark = noted and re.fullmatch(r"\d{1,2}\)?|\*", block.text)
        if block.text and not mark and not isinstance(block, Icon | Table | Note):
            dash = isinstance(block, ListItem) and block.marker in {"-", "–", "—"} and between == " "
            parts.append(("– " if dash else "") + block.text)
    return between.join(parts).strip()


def without_header(blocks: tuple[Block, ...], header: str) -> tuple[Block, ...]:
    """The blocks of a cell without a repeated column header that a page break has put into it."""
    return tuple(b for b in blocks if not (header and fold(b.text) == fold(header) and len(blocks) > 1))


def signs_of(cell: Cell | None) -> tuple[Icon, ...]:
    """The status signs of a cell that are no part of a key."""
    return tuple(i for i in cell.icons if not i.in_key) if cell else ()


def is_ticked(cell: Cell | None) -> bool:
    """Whether a cell holds a cross or tick alone, by which a table chooses the column: not whether it is a tick or a cross."""
    if cell is None or cell.colspan > 1:
        return False
    text = cell_text(cell)
    marks = [i for i in cell.icons if i.shape in {"tick", "cross", "disc", "square"}]
    return text in {"x", "X", "√", "●", "•"} or (not text and len(marks) == 1)


def is_banner(row: list[Cell | None], table: Table) -> bool:
    """Whether a row is one cell over the whole width of a table, or by geometry one whose words reach over a column with none beside."""
    if table.cols < 2 or row[0] is None:
        return False
    alone = table.source != "tags" and row[0].colspan > 1 and not any(c.blocks for c in row if c is not None and c is not row[0])
    return row[0].colspan >= table.cols or alone


def header_labels(table: Table) -> list[str]:
    """The printed header of each column, the rows of a multi-row header joined; a title over the whole width is left out."""
    labels = []
    rows = [row for row in table.grid()[: min(header_count(table), table.rows)] if not is_banner(row, table)]
    for col in range(table.cols):
        texts = [cell_text(row[col]) for row in rows]
        labels.append(" ".join(dict.fromkeys(t for t in texts if t)))
    return labels


def header_count(table: Table) -> int:
    """How many rows are header: as the table says, or the first where it is not marked but only names columns."""
    if table.cols < 2 or table.rows < 2:
        return table.header_rows
    grid = table.grid()
    if table.rows > 2 and table.header_rows < 2 and is_banner(grid[0], table) and _names_columns(grid[1], table):
        return 2
    if table.header_rows:
        names = any(role_of_header(cell_text(c)) in SUBJECTS for c in grid[0])
        groups = (i for i in range(1, min(table.header_rows, table.rows)) if _is_group(grid[i], grid[0]))
        return next(groups, table.header_rows) if names else table.header_rows  # the first group row is no header, though bold
    return int(_names_columns(grid[0], table))


def _names_columns(row: list[Cell | None], table: Table) -> bool:
    """Whether a row only names columns, one of them a subject."""
    texts = [cell_text(c) for c in row]
    roles = [role_of_header(text) for text in texts if text]
    named = len([r for r in roles if r]) >= 2 and all(roles) and not any(signs_of(c) for c in row) and not is_banner(row, table)
    return named and bool(SUBJECTS & set(roles)) and all(len(text) <= LONG for text in texts)


def _is_group(row: list[Cell | None], header: list[Cell | None]) -> bool:
    """Whether a row below a header is one cell over the whole width, or has words in its first cell alone, whose header is named."""
    if len({id(c) for c in row}) == 1:
        return row[0] is not None
    alone = [c for c in row if c is not None and (c.text or c.icons)] == [row[0]]
    return alone and role_of_header(cell_text(header[0])) is not None


def read_columns(table: Table) -> list[Column]:
    """The columns of a table with their roles; empty where no header names a goal, an indicator, an activity or an assignment."""
    grid, labels = table.grid(), header_labels(table)
    if not SUBJECTS & {role_of_header(label) for label in labels}:
        return []
    body = grid[header_count(table) :]
    return _settled([_column(col, label, _cells([row[col] for row in body], table)) for col, label in enumerate(labels)])


def columns_by_cells(table: Table) -> list[Column]:
    """The columns of a table of goals without a header: signs stand with the goals, and beside them is running text."""
    rows = table.grid()[table.header_rows :]
    columns = [_column(col, "", _cells([row[col] for row in rows], table)) for col in range(table.cols)]
    goal = next((c for c in columns if c.signs >= 0.4 and c.length >= 12 and c.statuses < 0.3 and c.numbers < 0.3), None)
    if goal is None or not any(c.length > LONG for c in columns if c is not goal):
        return []
    return [_with_role(c, "goal" if c is goal else _role_by_cells(c)) for c in columns]


def _cells(cells: list[Cell | None], table: Table) -> list[Cell]:
    """The cells of a column, each once, without those that span the whole width."""
    return [c for c in {id(c): c for c in cells}.values() if c is not None and c.colspan < max(2, table.cols)]


def _column(index: int, label: str, cells: list[Cell]) -> Column:
    texts = [cell_text(c) for c in cells]
    filled = [t for t, c in zip(texts, cells, strict=True) if t or signs_of(c)]
    count = max(1, len(filled))
    words = [t for t in texts if t]
    role = role_of_header(label) or ""
    return Column(
        index,
        label,
        role,
        len(filled),
        sum(bool(signs_of(c)) for c in cells) / count,
        sum(is_status_text(t) for t in words) / count,
        sum(_is_number(t) and not (role == "goal" and len(re.findall(r"[^\W\d]{2,}", t)) > 3) for t in words) / count,
        sum(canonical_body(t) is not None for t in words) / count if role in {"", "body"} else 0.0,
        sum(map(len, words)) / max(1, len(words)),
    )


def is_status_text(text: str) -> bool:
    """Whether a short text is a word of fulfilment or progress."""
    return len(text) <= LONG and (parse_status(text) not in {None, "trend"} or parse_progress(text) is not None)


def _is_number(text: str) -> bool:
    return text in {"-", "–"} or (len(text) < 40 and bool(find_numbers(text)) and not is_status_text(text))


def _settled(columns: list[Column]) -> list[Column]:
    """The roles after a look into the cells."""
    out = []
    for column in columns:
        out.append(_with_role(column, _role_by_cells(column)))
    return out


def _role_by_cells(column: Column) -> str:
    role = column.role
    if role in {"status", "value", "analysis", ""} and column.filled:
        if column.length <= LONG and column.signs + column.statuses >= 0.6 and column.numbers < 0.5:
            return "status"
        if column.signs >= 0.6 and column.length <= LONG:
            return "status"
        if column.numbers >= 0.5:
            return "value"
        if role != "analysis" and column.length > LONG:
            return "analysis"
    if role in {"goal", "parent"} and column.numbers >= 0.6 and column.length < LONG:
        return "value"
    if role == "status" and column.filled and column.statuses + column.signs < 0.3:
        return "analysis" if column.length > 25 else "value"
    if not role and column.bodies >= 0.6:
        return "body"
    return role


def _with_role(column: Column, role: str) -> Column:
    return Column(
        column.index, column.label, role, column.filled, column.signs, column.statuses, column.numbers, column.bodies, column.length
    )
