"""Assignments (utredningsuppdrag, uppdrag) given to a body, with their status from the words around them.

They stand in lists below a line that names them, below a heading of their own, in tables, or in a sentence. The text is kept
without the clause that tells the status: "… inom 24 timmar, pågår." -> "… inom 24 timmar" and pagar. The forms are rules in
`data/assignment_forms.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.layout.blocks import Block, Cell, Heading, Icon, ListItem, Note, Table
from extractors.reports.activities import read_state
from extractors.reports.assignment_forms import form, is_form
from extractors.reports.context import Context
from extractors.reports.goals_columns import Column, cell_text, fold, header_count, match_label, read_columns
from extractors.reports.indicators import walk_tables
from extractors.swedish.assessment_progress import Progress, find_progress, split_status
from extractors.swedish.names import canonical_body, find_bodies
from schema.records import Assignment, Trace

SHORTEST = 15
LOWEST = 9
_STOP = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])")


@dataclass(frozen=True, slots=True)
class Found:
    """An assignment in the words of the page: its text, its status with the words that tell it, its place and body."""

    block: Block | Cell
    text: str
    status: str | None
    status_text: str | None
    body: str | None
    rule: str


def read_assignments(context: Context) -> tuple[Assignment, ...]:
    """The assignments of a report in reading order."""
    found: list[tuple[Found, Block]] = []
    for block in context.report.blocks:
        if isinstance(block, Table):
            for table in walk_tables((block,)):
                rows = _table_rows(context, table)
                found += [(f, block) for f in rows]
                if not rows:
                    found += [(f, block) for cell in table.cells for f in _in_stream(context, list(cell.blocks))]
    found += [(f, f.block) for f in _in_stream(context, list(context.report.blocks)) if not isinstance(f.block, Cell)]
    order = {id(b): i for i, b in enumerate(context.report.blocks)}
    found.sort(key=lambda pair: order.get(id(pair[1]), 0))
    return tuple(_record(context, f) for f, _ in found)


def _record(context: Context, found: Found) -> Assignment:
    trace = Trace(found.block.page, found.block.bbox, found.rule, 0.9)
    return Assignment(
        context.ids.next("assignment"), trace, found.text, found.body or context.document.organisation, found.status, found.status_text
    )


def _table_rows(context: Context, table: Table) -> list[Found]:
    """The rows of a table with a column of assignments and one that tells how far they have come."""
    columns = read_columns(table)
    name = next((c for c in columns if c.role == "assignment"), None)
    if name is None or not ({c.role for c in columns} & {"status", "progress", "analysis"} or any(c.signs >= 0.3 for c in columns)):
        return []
    found: list[Found] = []
    headers = {fold(c.label) for c in columns}
    for row in table.grid()[header_count(table) :]:
        cell = row[name.index]
        text = cell_text(cell)
        if cell is None or len(text) < SHORTEST or fold(text) in headers or cell.colspan >= max(2, table.cols):
            continue
        if found and found[-1].block is cell:
            continue
        found.append(_from_row(context, columns, row, cell))
    return found


def _from_row(context: Context, columns: list[Column], row: list[Cell | None], cell: Cell) -> Found:
    status, _ = read_state(columns, row)
    words = " ".join(cell_text(row[c.index]) for c in columns if c.role in {"status", "analysis"}).strip()
    if status is None:
        progress = find_progress(words)
        status = progress.status if progress else None
    named = [b for c in columns if c.role == "body" for b in find_bodies(cell_text(row[c.index]))]
    body = named[0].name if named else _body_of(context, cell)
    return Found(cell, cell_text(cell), status, words or None, body, "assignment-table")


def _body_of(context: Context, block: Block | Cell) -> str | None:
    return context.body_of(block.blocks[0] if isinstance(block, Cell) else block)


def _in_stream(context: Context, blocks: list[Block]) -> Iterator[Found]:
    """The assignments among blocks that follow each other: those of a cell, or of the running text."""
    lead: str | None = None
    listing = told_only = False
    waiting: Heading | None = None  # a heading that may be an assignment, until the paragraph below tells how it stands
    below: int | None = None  # the level of the heading of assignments that is open; a paragraph counts as the lowest
    for block in blocks:
        if isinstance(block, Table | Icon | Note) or not block.text:
            continue
        text = block.text.strip()
        headed, waiting = (_headed(context, waiting, text) if waiting is not None and not isinstance(block, Heading) else None), None
        if headed is not None:
            yield headed
        elif (is_form("heading", text) or is_form("bare", text)) and len(text) < 90 and not is_form("item", text):
            told_only = is_form("bare", text)
            lead, below, listing = None, block.level if isinstance(block, Heading) else LOWEST, False
        elif isinstance(block, Heading) and not text.endswith(":"):
            lead, listing = None, False
            below = below if below is not None and (block.level > below or canonical_body(text)) else None
            named = match_label("assignment", text) or (below is not None and len(text) >= SHORTEST and not canonical_body(text))
            waiting = block if named else None
        elif is_form("lead", text) and not isinstance(block, ListItem):
            lead, listing = text, True
        elif (isinstance(block, ListItem) and (listing or below is not None) and block.depth == 0) or is_form("item", text):
            found = _item(context, block, text, lead)
            if found.status or not told_only or listing:
                yield found
        else:
            listing = False
            yield from _in_text(context, block, text, below=below is not None)


def _headed(context: Context, heading: Heading, text: str) -> Found | None:
    """An assignment whose words are a heading ("Uppdrag: Utreda en ny skola") and whose first paragraph tells how far it has come."""
    progress = next((p for p in map(_about, _STOP.split(text)) if p), None)
    if progress is None:
        return None
    words = match_label("assignment", heading.text) or heading.text
    return Found(heading, words, progress.status, text, _body_of(context, heading), "assignment-heading")


def _item(context: Context, block: Block, text: str, lead: str | None) -> Found:
    """A list item or paragraph that is an assignment: its first sentence, and its status there or in what follows."""
    first, *rest = _STOP.split(text)
    goal, clause = split_status(first)
    progress = find_progress(clause) if clause else None
    later = progress or next((p for p in map(_about, rest) if p), None)
    words = clause or " ".join(rest) or None
    bodies = find_bodies(lead) if lead else []
    return Found(
        block, goal, later.status if later else None, words, bodies[0].name if bodies else _body_of(context, block), "assignment-list"
    )


def _about(sentence: str) -> Progress | None:
    """How far a later sentence says that the assignment has come."""
    return find_progress(sentence) if is_form("about", sentence) or re.search(r"\barbetet\b", sentence, re.IGNORECASE) else None


def _in_text(context: Context, block: Block, text: str, *, below: bool) -> Iterator[Found]:
    """Assignments told in sentences; `below`: whether the paragraph stands below a heading of assignments."""
    sentences = _STOP.split(text)
    for i, sentence in enumerate(sentences):
        match = form("sentence").search(sentence) or (form("given").search(sentence) if below else None)
        if match is None or is_form("reference", sentence):
            continue
        goal, clause = split_status(match.group("text"))
        progress = find_progress(clause) if clause else None
        if progress is None and i + 1 < len(sentences):
            progress = _about(sentences[i + 1])
            clause = sentences[i + 1] if progress else clause
        named = find_bodies(sentence[: match.start()])
        yield Found(
            block,
            goal,
            progress.status if progress else None,
            clause or None,
            named[0].name if named else _body_of(context, block),
            "assignment-text",
        )
    labelled = match_label("assignment", text)
    if labelled and below:
        goal, clause = split_status(labelled)
        progress = find_progress(clause)
        first, *rest = _STOP.split(labelled)
        if progress is None and (later := next((r for r in rest if _about(r)), None)):
            goal, clause, progress = first, later, _about(later)
        yield Found(block, goal, progress.status if progress else None, clause or None, _body_of(context, block), "assignment-label")
