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
    audited = tuple(context.document.audited)
    return GranskningRecords(
        questions=read_questions(context, lines),
        criteria=read_criteria(context, lines),
        recommendations=make_records(context, Finder(context, audited, retold=bool(followups)).read(lines)),
        followups=followups,
    )
