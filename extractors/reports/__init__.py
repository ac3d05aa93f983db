"""From a report's blocks to its records: one module per kind of record, and the registry that says which reader reads what.

To add a report type: write its reader, a function from `Context` to fields of `Extraction`, and add one line to `READERS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from extractors.layout.blocks import Report
from extractors.reports.classify import classify
from extractors.reports.context import Context, make_context
from extractors.reports.data_tables import read_tables
from extractors.reports.displayed import as_displayed
from extractors.reports.front import Front, read_front
from extractors.reports.goals import read_goal_records
from extractors.reports.granskning import read_granskning
from extractors.reports.kommunkompassen import area_fields
from extractors.reports.metadata import read_document
from extractors.reports.strategi import focus_area_fields
from extractors.swedish.names import find_abbreviations
from schema.ids import Ids
from schema.records import Extraction, Notice, Page, Trace

Fields = Mapping[str, tuple[Any, ...]]
"""Names of fields of `Extraction` with the records read for them."""

Reader = Callable[[Context], Fields]

ACCOUNTS = ("delarsrapport", "arsuppfoljning")
AUDITS = ("granskningsrapport",)
ALL_TYPES = ("delarsrapport", "arsuppfoljning", "granskningsrapport", "utvardering", "strategi", "ovrigt")


def read_audit_records(context: Context) -> Fields:
    """Questions, criteria, recommendations and follow-ups of an audit."""
    found = read_granskning(context)
    return {
        "audit_questions": found.questions,
        "audit_criteria": found.criteria,
        "recommendations": found.recommendations,
        "followups": found.followups,
    }


def read_table_records(context: Context) -> Fields:
    """The data tables of any report."""
    return {"report_tables": read_tables(context)}


READERS: tuple[tuple[tuple[str, ...], Reader], ...] = (
    (ACCOUNTS, read_goal_records),
    (AUDITS, read_audit_records),
    (("utvardering",), area_fields),
    (("strategi",), focus_area_fields),
    (ALL_TYPES, read_table_records),
)
"""(report types, reader), in the order in which they run."""

OWN_RECORDS = {
    "delarsrapport": ("goals", "indicators", "report_tables"),
    "arsuppfoljning": ("goals", "indicators", "report_tables"),
    "granskningsrapport": ("audit_questions", "recommendations", "followups"),
    "utvardering": ("evaluation_areas",),
    "strategi": ("focus_areas",),
}
"""What a report of a type is expected to hold: where it holds none of these, a person should look at it."""


def extract(report: Report, *, sha256: str) -> Extraction:
    """Read all records out of a report. `sha256` is the file's digest as 64 hex digits, from which the ids are made."""
    ids = Ids(sha256[:12])
    front = read_front(report)
    judgement = classify(front)
    document = read_document(report, front, judgement, sha256=sha256)
    context = make_context(report, document, ids)
    if judgement.doubtful:
        context.notice("type_in_doubt", f"Rapporttypen är osäker: {judgement.text}", 1)
    _take_aliases(context, front)
    fields: dict[str, Any] = {}
    for doc_types, reader in READERS:
        if document.doc_type in doc_types:
            for name, records in reader(context).items():
                fields[name] = fields.get(name, ()) + tuple(records)
    _miss_records(context, fields)
    extraction = Extraction(
        document,
        pages=_pages(report, ids),
        sections=context.sections,
        notices=_notices(report, context),
        aliases=tuple(dict.fromkeys(context.aliases)),
        **fields,
    )
    return as_displayed(extraction, report)


def _take_aliases(context: Context, front: Front) -> None:
    """Short forms that the report gives for its bodies: "Barn- och utbildningsnämnden (BUN)"."""
    for line in front.text.split("\n"):
        if "(" in line or "=" in line:
            context.aliases.extend(find_abbreviations(line))


def _miss_records(context: Context, fields: Fields) -> None:
    """Put down that a report gave no record of the kinds that its type should hold."""
    expected = OWN_RECORDS.get(context.document.doc_type)
    if expected and not any(fields.get(name) for name in expected):
        context.notice("no_records", "Rapporten gav inga poster av sin typ", 1)


def _pages(report: Report, ids: Ids) -> tuple[Page, ...]:
    return tuple(Page(ids.next("page"), p.number, p.width, p.height, p.text, p.source) for p in report.pages)


def _notices(report: Report, context: Context) -> tuple[Notice, ...]:
    reading = (Notice(context.ids.next("notice"), Trace(n.page, n.bbox, "reading"), n.code, n.message) for n in report.notices)
    return (*reading, *context.notices)
