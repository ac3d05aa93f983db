"""Goals with their assessment, in any form that a report gives them (issue: måluppfyllelse).

The forms each have a reader (tables, prose, lists, boxes) that makes drafts; here they are put in reading order, one goal in
two places is made one, and each is judged: the light wins, the words are kept, and a notice says where they disagree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from extractors.layout.blocks import Block, Table
from extractors.reports.activities import read_activities
from extractors.reports.assignments import read_assignments
from extractors.reports.context import Context
from extractors.reports.goals_columns import match_label
from extractors.reports.goals_draft import Draft, same_goal
from extractors.reports.goals_lists import find_boxes, find_judged_lists
from extractors.reports.goals_prose import find_prose_goals
from extractors.reports.goals_scale import best_sign, verdict_of_cell
from extractors.reports.goals_tables import find_all
from extractors.reports.indicators import read_indicators
from extractors.swedish.assessment import Verdict, find_basis, find_verdict, parse_status
from schema.records import Goal, Mention, Trace

LABELS = {"uppfylls": "uppfylls", "delvis": "uppfylls delvis", "uppfylls_inte": "uppfylls inte", "ej_bedomt": "ej bedömt"}
COLORS = {"green": "grön", "yellow": "gul", "red": "röd", "grey": "grå", "blue": "blå"}


@dataclass(frozen=True, slots=True)
class Owners:
    """Which goal a block belongs to: by identity of the block, for tables and texts within a goal's analysis or right below it."""

    goals: dict[int, Goal]
    all_goals: tuple[Goal, ...] = ()

    def goal_of(self, block: Block, named: str = "") -> Goal | None:
        """The goal in whose analysis a block stands, or else the one that a row of it names; None outside any."""
        if named and (goal := next((g for g in self.all_goals if same_goal(g.goal, named)), None)):
            return goal
        return self.goals.get(id(block))


def read_goal_records(context: Context) -> dict[str, tuple[Any, ...]]:
    """All records of a report on accounts: goals, indicators, activities, assignments."""
    goals, owners = _read(context)
    return {
        "goals": goals,
        "indicators": read_indicators(context, owners),
        "activities": read_activities(context, owners),
        "assignments": read_assignments(context),
    }


def read_goals(context: Context) -> tuple[Goal, ...]:
    """The goals of a report in reading order."""
    return _read(context)[0]


def _read(context: Context) -> tuple[tuple[Goal, ...], Owners]:
    drafts = merge_places(find_drafts(context))
    owners: dict[int, Goal] = {}
    goals = []
    for draft in drafts:
        goal = _goal(context, draft)
        goals.append(goal)
        for place in (draft, *draft.mentions):
            for block in _inner(place.blocks):
                owners.setdefault(id(block), goal)
    for table, goal in _tables_below(context, drafts, goals):
        owners.setdefault(id(table), goal)
    return tuple(goals), Owners(owners, tuple(goals))


def _tables_below(context: Context, drafts: list[Draft], goals: list[Goal]) -> Iterator[tuple[Table, Goal]]:
    """Tables below a table of one goal, up to the next goal or section: those of its activities and indicators."""
    anchors: dict[int, list[Goal]] = {}
    for draft, goal in zip(drafts, goals, strict=True):
        anchors.setdefault(id(draft.anchor), []).append(goal)
    last: tuple[Goal, str | None] | None = None
    for block in context.report.blocks:
        if id(block) in anchors:
            found = anchors[id(block)]
            last = (found[-1], context.section_of(block)) if len(found) == 1 and isinstance(block, Table) else None
        elif isinstance(block, Table) and last and context.section_of(block) == last[1]:
            yield block, last[0]


def _inner(blocks: list[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Table):
            for cell in block.cells:
                yield from _inner(list(cell.blocks))


def find_drafts(context: Context) -> list[Draft]:
    """What each form's reader finds, in reading order."""
    drafts = find_all(context)
    drafts += find_judged_lists(context) + find_boxes(context)
    claimed = {id(d.anchor) for d in drafts}
    drafts += find_prose_goals(context, claimed)
    order = {id(block): i for i, block in enumerate(context.report.blocks)}
    return sorted(drafts, key=lambda d: order.get(id(d.anchor), 0))


def merge_places(drafts: list[Draft]) -> list[Draft]:
    """One draft for a goal that stands in a list and again with its analysis; two blocks with an assessment each stay two."""
    kept: list[Draft] = []
    for draft in (d for d in drafts if not d.weak):
        twin = next((k for k in kept if _one_goal(k, draft)), None)
        if twin is None:
            kept.append(draft)
        else:
            _join(twin, draft)
    for draft in (d for d in drafts if d.weak):
        twin = next((k for k in kept if _same_body(k, draft) and same_goal(k.goal, draft.goal)), None)
        if twin is not None:
            _join(twin, draft)
    return kept


def _same_body(one: Draft, other: Draft) -> bool:
    return not (one.organisation and other.organisation and one.organisation != other.organisation)


def _one_goal(one: Draft, other: Draft) -> bool:
    """Whether two drafts are one goal in two places: the same words and body, and at most one of them with an analysis."""
    return _same_body(one, other) and (one.bare or other.bare) and one.anchor is not other.anchor and same_goal(one.goal, other.goal)


def _join(first: Draft, second: Draft) -> None:
    first.mentions.append(second)
    first.icons = first.icons or second.icons
    first.status_text = first.status_text or second.status_text
    first.given = first.given or second.given
    first.blocks = first.blocks or second.blocks
    first.organisation = first.organisation or second.organisation
    first.parent = first.parent or second.parent


def _goal(context: Context, draft: Draft) -> Goal:
    """The record of a draft, judged."""
    sign = best_sign(draft.icons)
    words = _words(context, draft)
    text_status = words.status if words and words.status != "ej_bedomt" else None
    fulfilment = (sign.fulfilment if sign else None) or (words.status if words else None) or "ej_bedomt"
    goal = Goal(
        id=context.ids.next("goal"),
        trace=Trace(draft.page, draft.bbox, draft.rule, round(draft.confidence, 2)),
        goal=draft.goal,
        fulfilment=fulfilment,
        organisation=draft.organisation or context.document.organisation,
        parent_goal=draft.parent,
        basis=(words.basis if words else None) or find_basis(draft.analysis[:200]) or _default_basis(context),
        scale=sign.scale if sign and not (words and sign.scale != "maluppfyllelse") else "maluppfyllelse",
        color=sign.color if sign else None,
        text_status=text_status,
        assessment_text=words.text if words else draft.status_text or None,
        analysis=draft.analysis,
        section_id=context.section_of(draft.anchor),
        mentions=tuple(_mention(context, m) for m in draft.mentions),
    )
    _notice(context, goal, judged=bool(words or (sign and sign.fulfilment)))
    if (
        draft.status_text
        and not draft.given
        and verdict_of_cell(draft.status_text, draft.goal) is None
        and parse_status(draft.status_text) is None
    ):
        context.notice("unknown_assessment", f"Bedömningen ”{draft.status_text[:80]}” är inte känd.", draft.page, draft.bbox)
    return goal


def _mention(context: Context, draft: Draft) -> Mention:
    return Mention(
        context.ids.next("goal_mention"),
        Trace(draft.page, draft.bbox, draft.rule, draft.confidence),
        draft.goal,
        context.section_of(draft.anchor),
    )


def _words(context: Context, draft: Draft) -> Verdict | None:
    """What the words say: the status cell first, then the analysis."""
    if draft.given:
        return Verdict(draft.given, find_basis(draft.status_text), draft.status_text, "given", 3.0)
    labelled = [match_label("status", b.text) for b in draft.blocks if b.text and not isinstance(b, Table)]
    for text in [draft.status_text, *labelled]:
        verdict = verdict_of_cell(text, draft.goal) if text else None
        if verdict:
            return verdict
    return find_verdict(draft.analysis, draft.goal, context.document.fiscal_year)


def _default_basis(context: Context) -> str:
    return "prognos" if context.document.doc_type == "delarsrapport" else "utfall"


def _notice(context: Context, goal: Goal, *, judged: bool) -> None:
    page, box = goal.trace.page, goal.trace.bbox
    if goal.color and goal.text_status and goal.scale == "maluppfyllelse" and goal.text_status != goal.fulfilment:
        words = f"Målet ”{goal.goal[:80]}” är markerat med {COLORS.get(goal.color, goal.color)} ({LABELS[goal.fulfilment]})"
        context.notice("colour_words_differ", f"{words}, men texten säger att det {LABELS[goal.text_status]}.", page, box)
    if not judged:
        context.notice("goal_without_assessment", f"Målet ”{goal.goal[:80]}” har varken märke eller bedömning i ord.", page, box)
