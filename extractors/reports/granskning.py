"""Audit reports (granskningsrapport, revisionsrapport, missiv): questions, criteria, recommendations and follow-ups."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.reports.context import Context
from extractors.reports.criteria import read_criteria
from extractors.reports.followups import read_followups
from extractors.reports.granskning_lines import lines_of
from extractors.reports.questions import read_questions
from extractors.reports.recommendations import Finder
from extractors.reports.recommendations_merge import make_records
from extractors.swedish.names import find_bodies
from schema.records import AuditCriterion, AuditQuestion, Followup, Recommendation


@dataclass(frozen=True, slots=True)
class GranskningRecords:
    """All that an audit report says, as records."""

    questions: tuple[AuditQuestion, ...] = ()
    criteria: tuple[AuditCriterion, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    followups: tuple[Followup, ...] = ()


def read_granskning(context: Context) -> GranskningRecords:
    """Read an audit report. The caller asks only for documents of that type: replies and minutes hold no records of their own."""
    lines = lines_of(context)
    followups = read_followups(context, lines)
    told = {(f.trace.page, f.trace.bbox) for f in followups if f.trace.rule in ("followup_block", "followup_list")}
    questions = read_questions(context, lines)
    audited = tuple(context.document.audited) or _asked_about(questions)
    found = Finder(context, audited, retold=bool(followups)).read(lines)
    return GranskningRecords(
        questions=questions,
        criteria=read_criteria(context, lines),
        recommendations=make_records(context, [f for f in found if f.where not in told]),  # what was followed up is not asked anew there
        followups=followups,
    )


def _asked_about(questions: tuple[AuditQuestion, ...]) -> tuple[str, ...]:
    """The one body that the questions are about, where the report says nowhere else whom it audits."""
    bodies = {b.name for q in questions for b in find_bodies(q.question) if b.kind in ("kommunstyrelse", "namnd") and not b.plural}
    return tuple(bodies) if len(bodies) == 1 else ()
