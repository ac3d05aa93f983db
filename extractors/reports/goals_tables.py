"""Goals in tables: "Mål | Analys", "Mål | Status | Kommentar", one column of goals with the analysis below each, and wider ones."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.layout.blocks import Block, Cell, Table
from extractors.reports.context import Context
from extractors.reports.goals_columns import (
    Column,
    cell_text,
    columns_by_cells,
    fold,
    header_count,
    join_blocks,
    read_columns,
    role_of_header,
    signs_of,
    split_inline_status,
    without_header,
)
from extractors.reports.goals_draft import Draft, clean_goal, same_goal
from extractors.reports.goals_matrix import bodies_of, read_banners, read_cards, read_crossed, read_matrix, read_ticked, read_upright_cards
from extractors.reports.goals_openers import in_goal_section
from extractors.swedish.names import canonical_body, find_bodies

LONGEST_GOAL = 700
Row = list[Cell | None]


@dataclass(slots=True)
class _Open:
    """What holds for the rows that follow: the body and the goal of the nearest group row, and the draft that is open."""

    body: str | None
    group: str | None = None
    drafts: list[Draft] = field(default_factory=list)
    last: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Before:
    """The table of goals before a table, whose columns hold on where a page break has taken the header away."""

    columns: tuple[Column, ...]
    last_page: int
    section: str | None


def find_all(context: Context) -> list[Draft]:
    """The goals of all tables of the running text, in reading order."""
    drafts: list[Draft] = []
    before: Before | None = None
    for table in (b for b in context.report.blocks if isinstance(b, Table)):
        columns = read_columns(table)
        if not columns and before and _goes_on(context, table, before):
            columns = list(before.columns)
        if not columns and table.cols > 1 and table.header_rows == 0 and in_goal_section(context, table):
            columns = columns_by_cells(table)
        found = find_table_goals(context, table, columns)
        if found and table.cols > 1:
            last = max([table.page, *(p.page for p in table.continued)])
            before = Before(tuple(columns), last, context.section_of(table))
        drafts += found
    return drafts


def _goes_on(context: Context, table: Table, before: Before) -> bool:
    """Whether a table without header is the rest of the table of goals before it: as wide, on the same or the next page."""
    near = before.last_page <= table.page <= before.last_page + 2
    return near and table.cols == len(before.columns) and table.header_rows == 0 and context.section_of(table) == before.section


def find_table_goals(context: Context, table: Table, columns: list[Column]) -> list[Draft]:
    """The goals of a table, empty where it is no table of goals."""
    if table.cols == 1 or _one_column(table):
        return _stacked(context, table)
    if ticked := read_ticked(context, table):
        return ticked
    roles = {c.role for c in columns}
    if "goal" not in roles and (titled := read_banners(context, table)):
        return titled
    if "goal" not in roles and "parent" in roles and not roles & {"indicator", "activity", "assignment"}:
        columns = [_as_goal(c) if c.role == "parent" and c is _last(columns, "parent") else c for c in columns]
        roles = {c.role for c in columns}
    if "goal" not in roles or not _tells(table, columns):
        return read_cards(context, table) or read_crossed(context, table) or read_upright_cards(context, table)
    if bodies := bodies_of(context, columns):
        return read_matrix(table, columns, bodies)
    return _rows(context, table, columns)


def _one_column(table: Table) -> bool:
    """Whether all cells span the whole width."""
    return table.cols > 1 and all(c.colspan >= table.cols for c in table.cells if c.blocks)


def _last(columns: list[Column], role: str) -> Column | None:
    return next((c for c in reversed(columns) if c.role == role), None)


def _as_goal(column: Column) -> Column:
    return Column(
        column.index, column.label, "goal", column.filled, column.signs, column.statuses, column.numbers, column.bodies, column.length
    )


def _tells(table: Table, columns: list[Column]) -> bool:
    """Whether the table says something about its goals: a status, an analysis, or signs beside the goals."""
    goal = _last(columns, "goal")
    if goal is None or goal.filled == 0:
        return False
    if any(c.role == "status" for c in columns) or goal.signs >= 0.3:
        return True
    others = {c.role for c in columns}
    if others & {"indicator", "activity"} and not others & {"analysis"}:
        return False
    return any(c.role == "analysis" and c.filled and c.length > 25 for c in columns)


def _rows(context: Context, table: Table, columns: list[Column]) -> list[Draft]:
    state = _Open(context.body_of(table))
    headers = {fold(c.label) for c in columns if c.label}
    rows = table.grid()[header_count(table) :]
    plain = not any(_bold(row[0]) for row in rows if row[0] is not None and len(_filled(row)) > 1)
    for row in rows:
        texts = {fold(cell_text(c)) for c in row if c is not None and c.blocks}
        if not any(texts) or texts <= headers | {""} or _is_key(row):
            continue
        if group := _group_text(row, plain=plain):
            _enter_group(state, group)
        else:
            _add_row(context, table, columns, row, state)
    return state.drafts


def _is_key(row: Row) -> bool:
    """Whether all signs of a row belong to a key: it tells what signs mean and holds no goal."""
    icons = [icon for cell in row if cell is not None for icon in cell.icons]
    return bool(icons) and all(icon.in_key for icon in icons)


def _filled(row: Row) -> list[Cell]:
    return list(dict.fromkeys(c for c in row if c is not None and (c.text or c.icons)))


def _group_text(row: Row, *, plain: bool) -> str:
    """The text of a row that is a heading within the table: one cell over the whole width, or the first cell alone filled and bold
    where the first cells of other rows are `plain`.
    """
    filled = _filled(row)
    if len(filled) != 1 or signs_of(filled[0]):
        return ""
    alone = plain and filled[0] is row[0] and _bold(filled[0])
    return cell_text(filled[0]) if alone or filled[0].colspan >= max(2, len(row)) else ""


def _enter_group(state: _Open, text: str) -> None:
    body = canonical_body(text)
    if body:
        state.body, state.group = body.name, None
    elif len(text) <= LONGEST_GOAL:
        state.group = text


def _add_row(context: Context, table: Table, columns: list[Column], row: Row, state: _Open) -> None:
    goal = next(c for c in reversed(columns) if c.role == "goal")
    cell = row[goal.index]
    text = clean_goal(join_blocks(without_header(cell.blocks, goal.label))) if cell else ""
    by_role = {c.role: row[c.index] for c in reversed(columns)}
    if text[:1].islower() and state.drafts and state.drafts[-1].anchor is table and state.drafts[-1].assessed and not _judged(columns, row):
        state.drafts[-1].goal += f" {text}"  # the goal goes on in a row of its own, where only its lines were told apart
        text = ""
    continues = not text or (bool(state.drafts) and state.drafts[-1].anchor is table and cell is not None and _same_cell(state, cell, text))
    if not continues:
        state.drafts.append(_new_draft(context, table, row, text, state))
        state.last["cell"] = str(id(cell))
        _set_parent(columns, row, goal, state)
    if not state.drafts:
        return
    draft = state.drafts[-1]
    if not continues:
        draft.goal, draft.status_text = split_inline_status(draft.goal)
    passed_over = _earlier_status(columns, row)
    for column in columns:
        if column.index not in passed_over:
            _take(draft, column, row[column.index], new=not continues)
    body = by_role.get("body")
    if body is not None and (named := find_bodies(cell_text(body))):
        draft.organisation = named[0].name


def _judged(columns: list[Column], row: Row) -> bool:
    """Whether a row has a sign, or words in a column of status."""
    return any(signs_of(c) for c in row) or any(cell_text(row[c.index]) for c in columns if c.role == "status")


def _earlier_status(columns: list[Column], row: Row) -> set[int]:
    """Of several columns of status ("2023 | 2024", "Delår 1 | Delår 2") those that are not the last filled one of the row.

    A column headed as a judgement ("Prognos") counts before one headed by a time alone; two of different names both count.
    """
    status = [c for c in columns if c.role == "status" and (cell_text(row[c.index]) or signs_of(row[c.index]))]
    headed = [c for c in status if _plain(c.label)]
    last = {_plain(c.label): c.index for c in headed or status}
    return {c.index for c in status} - set(last.values())


def _plain(label: str) -> str:
    """A header without years, months and numbers, so that columns of the same kind are known."""
    return re.sub(r"\b(?:delår|tertial|kvartal|helår|t|q)\b|\d+", "", fold(label)).strip()


def _same_cell(state: _Open, cell: Cell, text: str) -> bool:
    return state.last.get("cell") == str(id(cell)) or same_goal(state.drafts[-1].goal, text)


def _new_draft(context: Context, table: Table, row: Row, text: str, state: _Open) -> Draft:
    cells = [c for c in row if c is not None]
    first = min(cells, key=lambda c: c.page)
    same_page = [c.bbox for c in cells if c.page == first.page]
    box = (min(b[0] for b in same_page), min(b[1] for b in same_page), max(b[2] for b in same_page), max(b[3] for b in same_page))
    return Draft(text, first.page, box, f"goal-table:{table.source}", table, state.body, state.group, confidence=table.confidence)


def _set_parent(columns: list[Column], row: Row, goal: Column, state: _Open) -> None:
    above = [cell_text(row[c.index]) for c in columns if c.role == "parent" or (c.role == "goal" and c.index < goal.index)]
    above = [a for a in above if a]
    if above:
        state.drafts[-1].parent = above[-1]


def _take(draft: Draft, column: Column, cell: Cell | None, *, new: bool) -> None:
    """Put what a cell holds where it belongs in the draft."""
    if cell is None:
        return
    icons, text = list(signs_of(cell)), cell_text(cell)
    if column.role == "goal":
        draft.icons += icons if new else []
    elif column.role == "status":
        draft.icons += [i for i in icons if i not in draft.icons]
        if text and text not in draft.status_text:
            draft.status_text = f"{draft.status_text}\n{text}".strip()
    elif column.role == "analysis":
        draft.icons += [i for i in icons if i not in draft.icons]
        draft.blocks += [b for b in cell.blocks if not any(b is x for x in draft.blocks)]


def _stacked(context: Context, table: Table) -> list[Draft]:
    """One column: a goal in one row, its sign and analysis in the next."""
    rows = [row[0] for row in table.grid() if row and row[0] is not None and row[0].blocks]
    rows = [c for c in rows if c is not None]
    header = join_blocks(rows[0].blocks[:1]) if rows else ""
    if len(rows) < 2 or role_of_header(header) not in {"goal", "parent"}:
        return []
    state = _Open(context.body_of(table))
    rows = [c for c in rows[1:] if fold(cell_text(c)) != fold(header)]
    expecting = True
    for i, cell in enumerate(rows):
        is_goal = _is_goal_row(cell, rows[i + 1] if i + 1 < len(rows) else None, header=header, expecting=expecting)
        if is_goal:
            text = clean_goal(join_blocks(without_header(cell.blocks, header)))
            draft = Draft(text, cell.page, cell.bbox, f"goal-stack:{table.source}", table, state.body, confidence=table.confidence)
            draft.icons += signs_of(cell)
            state.drafts.append(draft)
        elif state.drafts:
            state.drafts[-1].icons += signs_of(cell)
            state.drafts[-1].blocks += without_header(cell.blocks, header)
        expecting = not is_goal
    return state.drafts


def _is_goal_row(cell: Cell, below: Cell | None, *, header: str, expecting: bool) -> bool:
    """Whether a row of a stack is a goal: short, of one paragraph, set off by weight or fill, or just where one is due."""
    text = cell_text(cell)
    if not text or len(text) > LONGEST_GOAL or any(isinstance(b, Table) for b in cell.blocks):
        return False
    set_off = _bold(cell) or (below is not None and cell.fill is not None and cell.fill != below.fill)
    if signs_of(cell) and not set_off:
        return False
    if below is not None and signs_of(below) and not signs_of(cell):
        return expecting or set_off
    return set_off or (expecting and len([b for b in without_header(cell.blocks, header) if b.text]) <= 3)


def _bold(cell: Cell) -> bool:
    words: list[Block] = [b for b in cell.blocks if b.text]
    return bool(words) and all(b.style.bold for b in words)
