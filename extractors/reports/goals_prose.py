"""Goals in running text: what opens a goal (goals_openers), the text that belongs to it, and the sentence that judges it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.layout.blocks import Block, Figure, Heading, Icon, ListItem, Note, Table
from extractors.reports.context import Context
from extractors.reports.goals_columns import cell_text, heading_is, match_label, role_of_header, signs_of, split_inline_status
from extractors.reports.goals_draft import Draft, clean_goal
from extractors.reports.goals_openers import (
    LONGEST,
    Opening,
    heading_is_status,
    in_goal_section,
    is_activity_line,
    is_aim_heading,
    is_goal_heading,
    is_status_line,
    judged_opening,
    key_lines,
    labelled_opening,
    lead_opening,
    line_opening,
    reads_as_aim,
    reads_as_goal,
    signs_beside,
    statement_opening,
    towards_opening,
)
from extractors.swedish.assessment import find_verdict
from extractors.swedish.names import canonical_body
from schema.ids import fold_name

WEIGHTY = 1.7
"""A verdict of at least this weight speaks of a goal as a whole."""
HINT = 0.9
"""A verdict of at least this weight is enough where the form says already that it is a goal."""
_EXAMPLES = re.compile(r"\b\w*mål(?:en)?\s*:$", re.IGNORECASE)


@dataclass(slots=True)
class _Walk:
    """Where the reading of the prose stands: the goal that waits for its verdict, and what has been found."""

    context: Context
    beside: dict[int, list[Icon]]
    known: set[str]
    """The headings of the report that may be goals, folded."""
    drafts: list[Draft] = field(default_factory=list)
    open: Draft | None = None
    settled: bool = False
    heading: Heading | None = None
    examples: bool = False
    before: Block | None = None
    activities: bool = False
    """Whether the lines at hand stand below "Aktiviteter" and are no goals."""


def find_prose_goals(context: Context, claimed: set[int]) -> list[Draft]:
    """The goals of the running text. `claimed`: ids of blocks that another form has taken already."""
    claimed = claimed | key_lines(context.report.blocks)
    blocks = tuple(b for b in context.report.blocks if id(b) not in claimed)
    known = {fold_name(b.text) for b in blocks if isinstance(b, Heading) and is_goal_heading(context, b)}
    walk = _Walk(context, signs_beside(blocks), known)
    for block in blocks:
        if isinstance(block, Heading):
            _enter_heading(walk, block)
        elif isinstance(block, Icon):
            _take_icon(walk, block)
        elif isinstance(block, Table):
            if walk.open is not None:
                walk.open.blocks.append(block)
                walk.settled = _read_status_table(walk.open, block) or walk.settled
        elif block.text and not isinstance(block, Figure | Note):
            _read_text(walk, block)
            walk.before = block
    _close(walk)
    return _with_siblings(walk)


def _with_siblings(walk: _Walk) -> list[Draft]:
    """The drafts; an unjudged heading that reads as a goal counts where headings beside it, on goals, are judged."""
    judged = {_family(walk, d) for d in walk.drafts if not d.weak and d.rule == "goal-heading"}
    for draft in walk.drafts:
        family = _family(walk, draft)
        if draft.weak and draft.rule == "goal-heading" and draft.analysis and reads_as_goal(draft.goal):
            draft.weak = family[1] is None or family not in judged
    return walk.drafts


def _family(walk: _Walk, draft: Draft) -> tuple[int, str | None]:
    """The level of a goal's heading and the nearest heading on goals above it."""
    level = draft.anchor.level if isinstance(draft.anchor, Heading) else 0
    above = [h for h in walk.context.headings_of(draft.anchor)[:-1] if heading_is("goals", h.text)]
    return level, above[-1].text if above else None


def _close(walk: _Walk) -> None:
    """End the open goal. One that nothing judges is only a further place of the same goal elsewhere, if there is one."""
    if walk.open is not None:
        walk.open.weak = not (walk.settled or (walk.open.rule == "goal-lead" and walk.examples))
        walk.drafts.append(walk.open)
    walk.open, walk.settled = None, False


def _start(walk: _Walk, block: Block, opening: Opening) -> Draft:
    """Open a goal; the signs on the line of its block are its own."""
    _close(walk)
    body = opening.body or walk.context.body_of(block)
    goal, status = split_inline_status(clean_goal(opening.goal))
    draft = Draft(goal, block.page, block.bbox, opening.rule, block, body, status_text=status, confidence=0.85)
    draft.icons = list(walk.beside.get(id(block), []))
    walk.open, walk.settled = draft, draft.assessed
    return draft


def _enter_heading(walk: _Walk, heading: Heading) -> None:
    context = walk.context
    walk.activities = is_activity_line(heading.text)
    if heading.text.endswith(":"):
        _read_text(walk, heading)
        return
    if walk.open is not None and heading_is_status(heading.text):
        _read_text(walk, heading)  # "Måluppfyllelse: God", set off like a heading
        return
    if not canonical_body(heading.text) and in_goal_section(context, heading) and _read_lead(walk, heading):
        return
    signed = bool(walk.beside.get(id(heading))) and in_goal_section(context, heading) and not canonical_body(heading.text)
    may_be_goal = is_goal_heading(context, heading) or signed or is_aim_heading(heading)
    if (
        walk.open is not None
        and walk.open.rule == "goal-heading"
        and walk.heading
        and heading.level > walk.heading.level
        and not may_be_goal
    ):
        walk.before = None
        return  # "Analys", "Kommentar" below the goal's own heading
    _close(walk)
    walk.heading, walk.examples, walk.before = heading, False, None
    labelled = match_label("goal", heading.text)
    if labelled or may_be_goal:
        draft = _start(walk, heading, Opening(labelled or heading.text, "goal-heading"))
        draft.parent = next((h.text for h in reversed(context.headings_of(heading)[:-1]) if is_goal_heading(context, h)), None)


def _take_icon(walk: _Walk, icon: Icon) -> None:
    """A sign right below the goal's own line belongs to it, unless it stands beside another text."""
    draft = walk.open
    if draft is None or icon.in_key or draft.analysis or any(icon is i for i in draft.icons):
        return
    elsewhere = any(icon is i for at, icons in walk.beside.items() for i in icons if at != id(draft.anchor))
    if not elsewhere and draft.page == icon.page and draft.bbox[1] - 12 <= icon.bbox[1] <= draft.bbox[3] + 40:
        draft.icons.append(icon)
        walk.settled = True


def _read_text(walk: _Walk, block: Block) -> None:
    text, context = block.text, walk.context
    walk.activities = walk.activities or is_activity_line(text)
    if _EXAMPLES.search(text) and len(text) < 80:
        _close(walk)
        walk.examples = True
    elif (found := labelled_opening(block)) and not walk.beside.get(id(block)):
        draft = _start(walk, block, found[0])
        if found[1] is not None:
            draft.blocks.append(found[1])
            walk.settled = find_verdict(found[1].text, draft.goal, context.document.fiscal_year) is not None
    elif walk.open is not None and _read_status(walk, walk.open, block):
        walk.settled = True
    elif in_goal_section(context, block):
        if not (_read_lead(walk, block) or _read_opening(walk, block)):
            _read_verdict(walk, block)
    elif walk.open is not None:
        walk.open.blocks.append(block)
        if is_aim_heading(walk.open.anchor):
            verdict = find_verdict(text, walk.open.goal, context.document.fiscal_year)
            walk.settled = walk.settled or (verdict is not None and verdict.weight >= WEIGHTY)


def _read_status(walk: _Walk, draft: Draft, block: Block) -> bool:
    """A line "Bedömning: Uppfyllt", or a status word alone, perhaps with its sign."""
    status = match_label("status", block.text)
    signs = walk.beside.get(id(block), [])
    if status is None and not (is_status_line(block.text) and (signs or not draft.analysis)):
        return False
    draft.status_text = draft.status_text or (status if status is not None else block.text)
    draft.icons += [s for s in signs if s not in draft.icons]
    draft.blocks.append(block)
    return True


def _read_status_table(draft: Draft, table: Table) -> bool:
    """A small table of labels below a goal's heading ("Nås målet? | Delvis", "Kommentar | …"): its status is the goal's."""
    rows = table.grid()
    if table.cols != 2 or not isinstance(draft.anchor, Heading) or draft.assessed or any(row[0] is row[1] for row in rows):
        return False
    roles = [role_of_header(cell_text(row[0])) for row in rows]
    if roles.count("status") != 1 or not set(roles) <= {"status", "analysis", "body", "date"}:
        return False
    cell = rows[roles.index("status")][1]
    draft.icons, draft.status_text = list(signs_of(cell)), cell_text(cell)
    return draft.assessed


def _read_lead(walk: _Walk, block: Block) -> bool:
    """A paragraph that begins with a body: what follows is its goal, or a text on the goal of the heading."""
    opening = lead_opening(walk.context, block, examples=walk.examples)
    heading = walk.heading
    if opening is None:
        return False
    if opening.inside:
        if heading is None or find_verdict(block.text) is None:
            return False
        draft = _start(walk, block, Opening(heading.text, opening.rule, opening.body))
        draft.blocks.append(block)
        walk.settled = True
        return True
    draft = _start(walk, block, opening)
    draft.parent = heading.text if heading and not heading_is("structure", heading.text) else None
    return True


def _read_opening(walk: _Walk, block: Block) -> bool:
    """A sign before a line, a sentence that names the goal, or a line that repeats a goal's heading."""
    if walk.beside.get(id(block)) and len(block.text) <= LONGEST and not is_status_line(block.text) and not walk.activities:
        _start(walk, block, Opening(block.text, "goal-sign"))
        return True
    opening = towards_opening(block)
    if opening is None and not isinstance(block, ListItem) and fold_name(block.text) in walk.known:
        opening = Opening(block.text, "goal-heading")
    if opening is None and (judged := judged_opening(block)):
        draft = _start(walk, block, judged[0])
        draft.blocks += [judged[1]] if judged[1] is not None else []
        walk.settled = True
        return True
    opening = opening or line_opening(block)
    if opening is not None:
        _start(walk, block, opening)
    return opening is not None


def _read_verdict(walk: _Walk, block: Block) -> None:
    """A paragraph of a section on goals: part of the open goal's analysis, or the verdict on the paragraph before it."""
    verdict = find_verdict(block.text, walk.open.goal if walk.open else "", walk.context.document.fiscal_year)
    weight = verdict.weight if verdict else 0.0
    due = verdict and (block.text.startswith(verdict.text) or (walk.open is None and walk.before and reads_as_aim(walk.before.text)))
    if due and weight >= WEIGHTY and (walk.open is None or walk.settled):
        _open_statement(walk)
    if walk.open is None:
        return
    walk.open.blocks.append(block)
    named = walk.open.rule in {"goal-lead", "goal-towards"} or reads_as_goal(walk.open.goal)
    walk.settled = walk.settled or weight >= (HINT if named else WEIGHTY)


def _open_statement(walk: _Walk) -> None:
    """Make the paragraph before a verdict the goal that it judges, where it is one statement."""
    before = walk.before
    opening = statement_opening(before) if before is not None else None
    if before is None or opening is None or (walk.open is not None and walk.open.anchor is before):
        return
    body = walk.open.organisation if walk.open else None
    if walk.open is not None and walk.open.blocks and walk.open.blocks[-1] is before:
        walk.open.blocks.pop()
    draft = _start(walk, before, opening)
    draft.organisation = draft.organisation or body
