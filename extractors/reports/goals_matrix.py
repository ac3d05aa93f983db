"""Tables of goals of another build: a column per body with a sign for each goal, and cards whose first column names what follows."""

from __future__ import annotations

from extractors.layout.blocks import Cell, Table
from extractors.reports.context import Context
from extractors.reports.goals_columns import Column, cell_text, header_count, role_of_header, signs_of
from extractors.reports.goals_draft import Draft, clean_goal
from extractors.swedish.names import canonical_body

LONGEST_LABEL = 40


def bodies_of(columns: list[Column]) -> dict[int, str]:
    """The columns of status that are headed by a body, with its name; empty where there are fewer than two."""
    found = {c.index: body.name for c in columns if c.role == "status" and (body := canonical_body(c.label))}
    return found if len(found) > 1 else {}


def read_matrix(table: Table, columns: list[Column], bodies: dict[int, str]) -> list[Draft]:
    """A goal for each body that a row has a sign or a word for, in the order of the row."""
    goal = next(c.index for c in reversed(columns) if c.role == "goal")
    drafts: list[Draft] = []
    for row in table.grid()[header_count(table) :]:
        text = clean_goal(cell_text(row[goal]))
        for index, body in bodies.items():
            cell = row[index]
            if not text or cell is None or cell is row[goal] or not (signs_of(cell) or cell_text(cell).strip(" -–")):
                continue
            draft = Draft(text, cell.page, cell.bbox, f"goal-matrix:{table.source}", table, body, confidence=table.confidence)
            draft.icons, draft.status_text = list(signs_of(cell)), cell_text(cell)
            drafts.append(draft)
    return drafts


def read_cards(context: Context, table: Table) -> list[Draft]:
    """The goals of a table of two columns, "Mål | Fler ska cykla", "Bedömning | Uppnås", where every row is so labelled."""
    rows = [(row[0], row[1]) for row in table.grid() if table.cols == 2]
    labels = [role_of_header(cell_text(label)) if label and len(cell_text(label)) <= LONGEST_LABEL else None for label, _ in rows]
    if len(rows) < 2 or "goal" not in labels or not {"status", "analysis"} & set(labels) or None in labels:
        return []
    drafts: list[Draft] = []
    for role, (label, cell) in zip(labels, rows, strict=True):
        if label is cell:
            return []
        if role == "goal" and label and cell and (text := clean_goal(cell_text(cell))):
            rule = f"goal-card:{table.source}"
            drafts.append(Draft(text, cell.page, cell.bbox, rule, table, context.body_of(table), confidence=table.confidence))
        elif drafts and cell:
            _take(drafts[-1], role, cell)
    return [d for d in drafts if d.assessed or d.blocks]


def _take(draft: Draft, role: str | None, cell: Cell) -> None:
    if role == "body" and (body := canonical_body(cell_text(cell))):
        draft.organisation = body.name
    elif role == "parent":
        draft.parent = cell_text(cell) or None
    elif role in {"status", "analysis"}:
        draft.icons += signs_of(cell)
        if role == "status":
            draft.status_text = cell_text(cell)
        else:
            draft.blocks += cell.blocks
