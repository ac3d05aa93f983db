"""Goals in running text: a heading, a label or a bold body name that gives the goal, and sentences further on that judge it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.layout.blocks import Block, Figure, Heading, Icon, ListItem, Note, Table
from extractors.reports.context import Context
from extractors.reports.goals_columns import heading_is, match_label
from extractors.reports.goals_draft import Draft, clean_goal
from extractors.swedish.assessment import Verdict, find_verdict
from extractors.swedish.names import canonical_body, find_bodies
from schema.ids import fold_name

LONGEST = 400
WEIGHTY = 1.7
"""A verdict of at least this weight speaks of a goal as a whole."""
_EXAMPLES = re.compile(r"\b\w*mål(?:en)?\s*:$", re.IGNORECASE)
_TOWARDS = re.compile(r"\bmot (?:det |sitt |nämndens |kommunens )?\w*mål(?:et)? att (?P<goal>[^.]{15,300})\.?$", re.IGNORECASE)
_WORKS = re.compile(
    r"^(?:arbetar|verkar|strävar|ska|har som mål)\s(?:aktivt |fortsatt )?(?:med |för |efter )?att (?P<goal>\S.*)$", re.IGNORECASE
)
_INNER_STOP = re.compile(r"[.!?]\s+[A-ZÅÄÖ]")
_GROUP = re.compile(r"^(?P<name>[A-ZÅÄÖ]\w+(?: [A-ZÅÄÖ]\w+)*)[- ]koncernen\b")


@dataclass(slots=True)
class _Walk:
    """Where the reading of the prose stands: the goal that waits for its verdict, the body of the latest lead, and what is found."""

    drafts: list[Draft] = field(default_factory=list)
    open: Draft | None = None
    settled: bool = False
    heading: Heading | None = None
    examples: bool = False
    before: Block | None = None
    known: set[str] = field(default_factory=set)
    """The headings of the report that may be goals, folded."""


def in_goal_section(context: Context, block: Block) -> bool:
    """Whether a heading above the block says that goals are reported there."""
    return any(heading_is("goals", h.text) for h in context.headings_of(block))


def find_prose_goals(context: Context, claimed: set[int]) -> list[Draft]:
    """The goals of the running text. `claimed`: ids of blocks that another form has taken already."""
    walk = _Walk(
        known={
            fold_name(b.text)
            for b in context.report.blocks
            if isinstance(b, Heading) and _is_goal_heading(context, b) and not b.text.endswith(":")
        }
    )
    for block in context.report.blocks:
        if id(block) in claimed or isinstance(block, Figure | Note):
            continue
        if isinstance(block, Heading):
            _enter_heading(context, walk, block)
        elif isinstance(block, Icon):
            _take_icon(walk, block)
        elif isinstance(block, Table):
            if walk.open is not None:
                walk.open.blocks.append(block)
        elif block.text:
            _read_text(context, walk, block)
            walk.before = block
    _close(walk)
    return walk.drafts


def _close(walk: _Walk) -> None:
    """End the open goal. One that nothing judges is only a further place of the same goal elsewhere, if there is one."""
    if walk.open is not None:
        walk.open.weak = not (walk.settled or (walk.open.rule == "goal-lead" and walk.examples))
        walk.drafts.append(walk.open)
    walk.open, walk.settled = None, False


def _start(context: Context, walk: _Walk, block: Block, goal: str, rule: str) -> Draft:
    _close(walk)
    draft = Draft(clean_goal(goal), block.page, block.bbox, rule, block, context.body_of(block), confidence=0.85)
    draft.icons = _icons_beside(context, block)
    walk.settled = bool(draft.icons)
    walk.open = draft
    return draft


def _icons_beside(context: Context, block: Block) -> list[Icon]:
    """The signs that stand on the line of a block, before or after it in the reading order."""
    top, foot = block.bbox[1] - 4, block.bbox[3] + 4
    signs = (b for b in context.report.blocks if isinstance(b, Icon) and b.page == block.page and not b.in_key)
    return [icon for icon in signs if top <= (icon.bbox[1] + icon.bbox[3]) / 2 <= foot]


def _enter_heading(context: Context, walk: _Walk, heading: Heading) -> None:
    if heading.text.endswith(":"):
        _read_text(context, walk, heading)
        return
    if not canonical_body(heading.text) and in_goal_section(context, heading) and _read_lead(context, walk, heading):
        return
    previous = walk.heading
    if (
        walk.open is not None
        and walk.open.rule == "goal-heading"
        and previous
        and heading.level > previous.level
        and not _is_goal_heading(context, heading)
    ):
        walk.before = None
        return  # "Analys", "Kommentar" below the goal's own heading
    _close(walk)
    walk.heading, walk.examples, walk.before = heading, False, None
    labelled = match_label("goal", heading.text)
    if labelled or _is_goal_heading(context, heading):
        draft = _start(context, walk, heading, labelled or heading.text, "goal-heading")
        draft.parent = _parent_of(context, heading)


def _is_goal_heading(context: Context, heading: Heading) -> bool:
    """Whether a heading can be a goal: in a section on goals, no heading of structure, and not the name of a body."""
    if not in_goal_section(context, heading) or heading_is("structure", heading.text) or canonical_body(heading.text):
        return False
    above = context.headings_of(heading)[:-1]
    return any(heading_is("goals", h.text) for h in above) and len(heading.text) <= LONGEST


def _parent_of(context: Context, heading: Heading) -> str | None:
    above = [h for h in context.headings_of(heading)[:-1] if not heading_is("structure", h.text) and not canonical_body(h.text)]
    goals = [h.text for h in above if _is_goal_heading(context, h)]
    return goals[-1] if goals else None


def _take_icon(walk: _Walk, icon: Icon) -> None:
    """A sign beside the goal's own line belongs to it."""
    draft = walk.open
    if draft is None or icon.in_key:
        return
    near = draft.page == icon.page and draft.bbox[1] - 12 <= icon.bbox[1] <= draft.bbox[3] + 40
    if near and not draft.analysis and icon not in draft.icons:
        draft.icons.append(icon)
        walk.settled = True


def _read_text(context: Context, walk: _Walk, block: Block) -> None:
    text = block.text
    if _EXAMPLES.search(text) and len(text) < 80:
        _close(walk)
        walk.examples = True
        return
    if (goal := match_label("goal", text)) and len(goal) <= LONGEST:
        _start(context, walk, block, goal, "goal-label")
        return
    if (status := match_label("status", text)) and walk.open is not None:
        walk.open.status_text = walk.open.status_text or status
        walk.settled = True
        walk.open.blocks.append(block)
        return
    if in_goal_section(context, block):
        if _read_lead(context, walk, block) or _read_towards(context, walk, block):
            return
        if _is_line_heading(walk, block):
            _start(context, walk, block, text, "goal-heading")
            return
        _read_verdict(context, walk, block)
    elif walk.open is not None:
        walk.open.blocks.append(block)


def _is_line_heading(walk: _Walk, block: Block) -> bool:
    """Whether a line repeats the words of a heading that may be a goal."""
    return not isinstance(block, ListItem) and fold_name(block.text) in walk.known


def _read_lead(context: Context, walk: _Walk, block: Block) -> bool:
    """A paragraph that begins with a body: what follows is its goal, or a text on the goal of the heading."""
    lead = _lead_of(context, block, examples=walk.examples)
    if lead is None:
        return False
    body, rest = lead
    works = _WORKS.match(rest)
    if not _INNER_STOP.search(rest) and len(rest) <= LONGEST:
        draft = _start(context, walk, block, works.group("goal") if works else rest, "goal-lead")
    elif walk.heading is not None and find_verdict(rest) is not None:
        draft = _start(context, walk, block, walk.heading.text, "goal-lead")
        draft.blocks.append(block)
        walk.settled = True
    else:
        return False
    draft.organisation = body
    draft.parent = walk.heading.text if walk.heading and walk.heading.text != draft.goal else None
    return True


def _lead_of(context: Context, block: Block, *, examples: bool) -> tuple[str, str] | None:
    """The body that a paragraph begins with, set off in bold or by the capital that follows, and the rest of its words.

    Below "Exempel på nämndsmål:" the body alone is enough, for there each paragraph that begins with one brings a goal of it.
    """
    if isinstance(block, ListItem):
        return None
    if block.lead and block.text.startswith(block.lead) and (whole := canonical_body(block.lead)):
        return whole.name, block.text[len(block.lead) :].strip(" :–-")
    group = _GROUP.match(block.text)
    if group and examples and any(f"{group['name']} AB" in p.text for p in context.report.pages):
        return f"{group['name']} AB", block.text[group.end() :].strip()
    body = next((b for b in find_bodies(block.text[:200]) if b.start <= 4 and not b.plural), None)
    if body is None or "/" not in block.text[: body.start] + "/":
        return None
    rest = block.text[body.end :].strip()
    set_off = rest[:1].isupper() or rest[:1] in {":", "–"}
    return (body.name, rest.strip(" :–-")) if rest and (set_off or examples) else None


def _read_towards(context: Context, walk: _Walk, block: Block) -> bool:
    """A sentence of the form "Exempelvis arbetar nämnden mot målet att <mål>"."""
    match = _TOWARDS.search(block.text)
    if not match or len(block.text) > LONGEST:
        return False
    draft = _start(context, walk, block, match.group("goal"), "goal-towards")
    bodies = find_bodies(block.text)
    draft.organisation = bodies[0].name if bodies else draft.organisation
    return True


def _read_verdict(context: Context, walk: _Walk, block: Block) -> None:
    """A paragraph of a section on goals: part of the open goal's analysis, or the verdict on the paragraph before it."""
    before = walk.before
    verdict = find_verdict(block.text, walk.open.goal if walk.open else "", context.document.fiscal_year)
    weighty = verdict is not None and verdict.weight >= WEIGHTY
    opens = weighty and verdict is not None and _opens_with(block.text, verdict)
    if opens and before is not None and _is_statement(before) and (walk.open is None or walk.settled):
        if walk.open is not None and walk.open.blocks and walk.open.blocks[-1] is before:
            walk.open.blocks.pop()
        _start_from_statement(context, walk, before)
    if walk.open is None:
        return
    walk.open.blocks.append(block)
    walk.settled = walk.settled or weighty or (verdict is not None and walk.open.rule in {"goal-lead", "goal-towards"})


def _opens_with(text: str, verdict: Verdict) -> bool:
    return text[: len(verdict.text)] == verdict.text


def _is_statement(block: Block) -> bool:
    """Whether a paragraph is one statement that can be a goal: one sentence, not too long, no list item."""
    return (
        not isinstance(block, ListItem | Heading)
        and 20 <= len(block.text) <= LONGEST
        and not _INNER_STOP.search(block.text)
        and not block.text.endswith(":")
    )


def _start_from_statement(context: Context, walk: _Walk, block: Block) -> None:
    bodies = find_bodies(block.text)
    text, body = block.text, None
    if bodies and bodies[0].start <= 1:
        rest = text[bodies[0].end :].strip()
        if works := _WORKS.match(rest):
            text, body = works.group("goal"), bodies[0].name
    draft = _start(context, walk, block, text, "goal-statement")
    draft.organisation = body or draft.organisation or (bodies[0].name if bodies else None)
