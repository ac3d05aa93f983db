"""From records to rows: what each table gets of an extraction. Pure functions; bodies are still names (`organisation`)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from schema.records import BBox, Extraction, Page, Recommendation, Trace

Row = dict[str, Any]


class Traced(Protocol):
    """Any record that was read on a page."""

    @property
    def id(self) -> str:
        """The record's id."""

    @property
    def trace(self) -> Trace:
        """Where it stands."""


def box(bbox: BBox | None) -> str | None:
    """A box as stored: JSON `[x0,y0,x1,y1]` with two decimals."""
    return None if bbox is None else json.dumps([round(v, 2) for v in bbox], separators=(",", ":"))


def common(document_id: str, trace: Trace) -> Row:
    """The columns that every row read on a page has."""
    return {
        "document_id": document_id,
        "page": trace.page,
        "bbox": box(trace.bbox),
        "rule": trace.rule,
        "confidence": round(trace.confidence, 3),
    }


def _plain(record: Traced, document_id: str, columns: Iterable[str]) -> Row:
    """A record's own id, the common columns, and its attributes of the given names."""
    return {"id": record.id, **common(document_id, record.trace), **{c: getattr(record, c) for c in columns}}


PLAIN_TABLES: dict[str, tuple[str, tuple[str, ...]]] = {
    # table: (attribute of Extraction, columns that are the record's attributes of the same name)
    "sections": ("sections", ("parent_id", "number", "title", "level", "text")),
    "goals": (
        "goals",
        ("section_id", "parent_goal", "goal", "fulfilment", "basis", "scale", "color", "text_status", "assessment_text", "analysis"),
    ),
    "indicators": ("indicators", ("goal_id", "name")),
    "activities": ("activities", ("goal_id", "activity", "status", "progress", "comment")),
    "assignments": ("assignments", ("text", "status", "status_text")),
    "audit_questions": ("audit_questions", ("number", "question", "assessment", "assessment_text", "comment", "color")),
    "audit_criteria": ("audit_criteria", ("text",)),
    "followups": ("followups", ("recommendation", "audit", "year", "status", "status_text")),
    "report_tables": ("report_tables", ("section_id", "title", "unit", "method", "kind", "note")),
    "evaluation_areas": ("evaluation_areas", ("number", "name", "score", "max_score")),
    "focus_areas": ("focus_areas", ("number", "name", "text")),
    "findings": ("findings", ("table_id", "row_label", "column_label", "kind", "severity", "reported", "expected", "message")),
    "notices": ("notices", ("code", "message")),
}
WITH_BODY = ("goals", "indicators", "activities", "assignments", "audit_questions", "followups", "table_cells")


def rows_by_table(extraction: Extraction) -> Iterator[tuple[str, list[Row]]]:
    """Each table's name with its rows, parents before children; the key `organisation` is a name that the store resolves."""
    document_id = extraction.document.id
    yield "pages", [_page(document_id, p) for p in extraction.pages]
    for table, (attribute, columns) in PLAIN_TABLES.items():
        rows = []
        for record in getattr(extraction, attribute):
            row = _plain(record, document_id, columns)
            if table in WITH_BODY:
                row["organisation"] = record.organisation
            rows.append(row)
        yield table, rows
    yield "recommendations", [_recommendation(document_id, r) for r in extraction.recommendations]
    for child, make in CHILDREN.items():
        yield child, list(make(document_id, extraction))


def _page(document_id: str, page: Page) -> Row:
    return {
        "id": page.id,
        "document_id": document_id,
        "page": page.page,
        "width": page.width,
        "height": page.height,
        "text": page.text,
        "source": page.source,
    }


def _recommendation(document_id: str, record: Recommendation) -> Row:
    return {
        **_plain(record, document_id, ("text", "priority")),
        "mentions": max(1, len(record.mentions)),
        "recipient_text": record.recipient,
        "recipients": record.recipients or ((record.recipient,) if record.recipient else ()),
    }


def _mentions(document_id: str, extraction: Extraction) -> Iterator[Row]:
    for parent in extraction.recommendations:
        for mention in parent.mentions:
            yield {**_plain(mention, document_id, ("section_id", "text")), "recommendation_id": parent.id}


def _goal_mentions(document_id: str, extraction: Extraction) -> Iterator[Row]:
    for parent in extraction.goals:
        for mention in parent.mentions:
            yield {**_plain(mention, document_id, ("text",)), "goal_id": parent.id}


def _indicator_values(_: str, extraction: Extraction) -> Iterator[Row]:
    for parent in extraction.indicators:
        for value in parent.values:
            columns = ("id", "column_label", "measure", "year", "value", "unit", "text")
            yield {**{c: getattr(value, c) for c in columns}, "indicator_id": parent.id}


def _table_cells(document_id: str, extraction: Extraction) -> Iterator[Row]:
    columns = ("row", "col", "row_label", "group_label", "column_label", "text", "value", "decimals", "measure", "period", "year", "unit")
    for table in extraction.report_tables:
        for cell in table.cells:
            trace = Trace(cell.page or table.trace.page, cell.bbox, table.trace.rule, cell.confidence)
            row = _plain(_Traced(cell.id, trace), document_id, ())
            yield {
                **row,
                **{c: getattr(cell, c) for c in columns},
                "table_id": table.id,
                "organisation": cell.organisation,
            }


def _area_points(document_id: str, extraction: Extraction) -> Iterator[Row]:
    for area in extraction.evaluation_areas:
        for point in area.points:
            yield {**_plain(point, document_id, ("kind", "text")), "area_id": area.id}


@dataclass(frozen=True, slots=True)
class _Traced:
    """An id with a trace, for records that carry their place in other words."""

    id: str
    trace: Trace


CHILDREN: dict[str, Callable[[str, Extraction], Iterator[Row]]] = {
    "recommendation_mentions": _mentions,
    "goal_mentions": _goal_mentions,
    "indicator_values": _indicator_values,
    "table_cells": _table_cells,
    "area_points": _area_points,
}
