"""Tables of goals of another build: a column per body with a sign for each goal, and cards whose first column names what follows."""

from __future__ import annotations

import re

from extractors.layout.blocks import Cell, Table
from extractors.reports.context import Context
from extractors.reports.goals_columns import (
    FULFILMENTS,
    Column,
    cell_text,
    header_count,
    header_labels,
    is_banner,
    is_ticked,
    match_label,
    role_of_header,
    signs_of,
    split_inline_status,
)
from extractors.reports.goals_draft import Draft, clean_goal
from extractors.reports.goals_openers import in_goal_section, reads_as_goal
from extractors.reports.goals_scale import verdict_of_cell
from extractors.swedish.assessment import parse_status
from extractors.swedish.names import canonical_body

LONGEST_LABEL = 40
LONGEST_BANNER = 300
_TIME = re.compile(
    r"\b(?:20\d\d|delår|tertial|kvartal|helår|budget|prognos|utfall|avvikelse|januari|april|augusti|december)", re.IGNORECASE
)
_BODY = re.compile(r"[A-ZÅÄÖ][\w\s,-]{2,50}(?:nämnden|styrelsen|förvaltningen|bolaget|förbundet| AB)")
_SHORT = re.compile(r"[A-ZÅÄÖ]{2,5}")
_WHOLE = re.compile(
    r"(?:(?:kommunen|koncernen|fullmäktige) ?)?(?:sam(?:lat|lad|manvägt|manvägd|mantaget|manlagt)|total(?:t|en|bedömning)?|helhet(?:en)?|"
    r"hela kommunen|kommunen)(?: (?:bedömning|kommunen|läge|status))?",
    re.IGNORECASE,
)
_AIM = re.compile(r"\b(?:ska|skall)\b", re.IGNORECASE)


def bodies_of(context: Context, columns: list[Column]) -> dict[int, str | None]:
    """The columns of signs or status words that are headed by a body, with its name; empty where there are fewer than two.

    A short form is a body where the report explains it ("BUN = barn- och ungdomsnämnden") or other columns are headed by bodies. A
    column beside them headed "Samlat" or "Kommunen totalt" judges the goal as a whole: None.
    """
    judged = [c for c in columns if c.role not in {"goal", "parent"} and c.label and (c.signs or c.statuses)]
    short = dict(context.aliases)
    found = {c.index: name for c in judged if (name := _body_name(c.label) or short.get(c.label.strip()))}
    printed = {c.index: c.label for c in judged if c.index not in found and _SHORT.fullmatch(c.label)}
    if len(found) + (len(printed) if found else 0) < 2:
        return {}
    return {**found, **printed, **{c.index: None for c in judged if _WHOLE.fullmatch(c.label)}}


def read_matrix(table: Table, columns: list[Column], bodies: dict[int, str | None]) -> list[Draft]:
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


def read_crossed(context: Context, table: Table) -> list[Draft]:
    """A goal for each body where the bodies stand in the rows and the goals in the header: "Nämnd | En trygg kommun | …"."""
    head, rows = header_count(table), table.grid()[header_count(table) :]
    labels = header_labels(table)[1:]
    bodies = [_body_name(cell_text(row[0])) for row in rows]
    if head == 0 or len(labels) < 2 or len(rows) < 2 or not all(bodies) or not in_goal_section(context, table):
        return []
    if not all(label and role_of_header(label) is None and not _TIME.search(label) for label in labels):
        return []
    drafts: list[Draft] = []
    for row, body in zip(rows, bodies, strict=True):
        for label, cell in zip(labels, row[1:], strict=True):
            if cell is None or not cell.blocks or not body:
                continue
            if not signs_of(cell) and parse_status(cell_text(cell)) not in FULFILMENTS:
                return []
            rule = f"goal-crossed:{table.source}"
            drafts.append(Draft(clean_goal(label), cell.page, cell.bbox, rule, table, body, confidence=table.confidence))
            drafts[-1].icons, drafts[-1].status_text = list(signs_of(cell)), cell_text(cell)
    return drafts


def _body_name(text: str) -> str | None:
    """The body that a label is: a name that is known, or one that ends as the names of bodies do."""
    body = canonical_body(text)
    return body.name if body else text if _BODY.fullmatch(text) else None


def read_upright_cards(context: Context, table: Table) -> list[Draft]:
    """Cards side by side: one row is an aim in each column ("… ska …"), a later one its status; what stands between is analysis.

    The signs are left aside: between two cards a sign may have come into the wrong one.
    """
    grid = [row for row in table.grid() if any(cell_text(c) for c in row)]
    aims = next((i for i, row in enumerate(grid) if all(_AIM.search(cell_text(c)) for c in row)), None)
    if aims is None or table.cols < 2:
        return []
    below = grid[aims + 1 :]
    status = next((row for row in below if all(verdict_of_cell(cell_text(c), "") for c in row)), None)
    if status is None or len({id(c) for c in grid[aims]}) < table.cols:
        return []
    drafts: list[Draft] = []
    for goal, word in zip(grid[aims], status, strict=True):
        if goal is None:
            return []
        rule = f"goal-upright:{table.source}"
        draft = Draft(clean_goal(cell_text(goal)), goal.page, goal.bbox, rule, table, context.body_of(table), confidence=0.85)
        draft.status_text = cell_text(word)
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


def read_ticked(context: Context, table: Table) -> list[Draft]:
    """A column for each judgement ("Uppnått | Delvis uppnått | Ej uppnått"), and in each row a cross in the one that holds."""
    labels = header_labels(table)
    goal = next((i for i, label in enumerate(labels) if role_of_header(label) == "goal"), None)
    judged = [i for i, label in enumerate(labels) if i != goal and parse_status(label) in FULFILMENTS]
    rows = table.grid()[header_count(table) :]
    if goal is None or len({parse_status(labels[i]) for i in judged}) < 2:
        return []
    cells = [row[i] for row in rows for i in judged if not is_banner(row, table)]
    if not all(cell is None or not cell.blocks or is_ticked(cell) for cell in cells):
        return []
    drafts: list[Draft] = []
    for row in rows:
        cell, ticked = row[goal], [i for i in judged if is_ticked(row[i])]
        if cell is not None and len(ticked) == 1 and (text := clean_goal(cell_text(cell))) and not is_banner(row, table):
            rule = f"goal-ticked:{table.source}"
            drafts.append(Draft(text, cell.page, cell.bbox, rule, table, context.body_of(table), confidence=table.confidence))
            drafts[-1].status_text = labels[ticked[0]]
    return drafts


def read_banners(context: Context, table: Table) -> list[Draft]:
    """A goal as a title over a table of its indicators or activities, with its light: "Nämndmål: Alla ska lyckas"."""
    drafts: list[Draft] = []
    for row in table.grid():
        cell = row[0]
        if cell is None or not is_banner(row, table) or len(text := clean_goal(cell_text(cell))) > LONGEST_BANNER:
            continue
        labelled = match_label("goal", text)
        if labelled or (signs_of(cell) and reads_as_goal(text) and in_goal_section(context, table)):
            rule = f"goal-banner:{table.source}"
            draft = Draft(labelled or text, cell.page, cell.bbox, rule, table, context.body_of(table), confidence=table.confidence)
            draft.goal, draft.status_text = split_inline_status(draft.goal)
            draft.icons = list(signs_of(cell))
            drafts.append(draft)
    if len(drafts) == 1:
        drafts[0].blocks.append(table)
    return [d for d in drafts if d.assessed]


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
