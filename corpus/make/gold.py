"""What a sample report says, as the gold file: from the same content, with pages looked up in the PDF that was made."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Any

import pymupdf

from corpus.make.content import Content
from corpus.make.model import Layout

KINDS = (
    "goals",
    "indicators",
    "activities",
    "assignments",
    "questions",
    "criteria",
    "recommendations",
    "followups",
    "tables",
    "areas",
    "focus_areas",
    "findings",
)
HIDDEN = {  # what the forms need and the gold does not hold
    "goals": {"id", "analysis", "assessment_text", "outcome"},
    "activities": {"id", "comment"},
    "assignments": {"id", "printed"},
    "questions": {"id", "text", "listed", "number"},
    "recommendations": {"id", "priority", "thread"},
    "followups": {"id", "comment", "status_text", "thread"},
    "areas": {"id", "rubrics", "text"},
    "focus_areas": {"id"},
    "findings": {"id"},
}


def gold(content: Content, layout: Layout, pdf: Path) -> dict[str, Any]:
    """The gold of one report in one layout, every kind of record named, empty where the report holds none."""
    with pymupdf.open(pdf) as opened:
        pages = [squeezed(page.get_text()) for page in opened]
    data = content.data
    found: dict[str, Any] = {"document": {**_document(data["document"]), "pages": len(pages)}}
    for kind in KINDS:
        found[kind] = [_record(kind, record, pages, layout) for record in data.get(kind, []) if kind != "criteria"]
    found["indicators"] = [row for record in data.get("indicators", []) for row in _indicator_rows(record, data)]
    found["tables"] = [_table(record, pages) for record in data.get("tables", [])]
    found["criteria"] = list(data.get("criteria", []))
    if "response_due" in data["document"]:
        found["response_due"] = data["document"]["response_due"]
    return found


def squeezed(text: str) -> str:
    """Text without what a line break may add or drop: blanks, hyphens and soft hyphens."""
    text = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s\u00ad\u2010-\u2015\u2212-]+", "", text).casefold()


def _document(record: dict[str, Any]) -> dict[str, Any]:
    keys = ("doc_type", "title", "municipality", "organisation", "auditor", "fiscal_year", "period_start", "period_end", "published")
    return {key: record.get(key) for key in keys}


def _record(kind: str, record: dict[str, Any], pages: list[str], layout: Layout) -> dict[str, Any]:
    shown = {key: value for key, value in record.items() if key not in HIDDEN.get(kind, set())}
    if kind == "goals":
        shown = _goal(shown, layout)
    text = (
        record.get("look")
        or record.get("name")
        or next((record[key] for key in ("goal", "activity", "question", "recommendation", "text") if key in record), "")
    )
    if kind == "activities":
        text = record["activity"]
        shown.pop("goal", None)
    shown.pop("look", None)
    where = places(text, pages)
    if kind == "recommendations":
        wordings = [text, *record.get("also", [])]
        where = sorted({page for wording in wordings for page in places(wording, pages)})
        shown |= {"mentions": sum(_count(text, page) for page in pages) or len(where), "pages": where}
    elif kind != "findings":
        shown["page"] = where[-1] if kind in ("focus_areas", "areas") and where else where[0] if where else None
    return {key: None if value == "" else value for key, value in shown.items()}


def _goal(shown: dict[str, Any], layout: Layout) -> dict[str, Any]:
    shown = {"organisation": None, "color": None, "text_status": None, **shown}
    if layout.icons == "words":
        shown["color"] = None
    return shown


def places(text: str, pages: list[str]) -> list[int]:
    """The pages (from 1) that hold the text, or at least its first words."""
    wanted = squeezed(text)
    for key in (wanted, wanted[:60], wanted[:28]):
        found = [i for i, page in enumerate(pages, 1) if key and key in page]
        if found:
            return found
    return []


def _count(text: str, page: str) -> int:
    wanted = squeezed(text)
    return page.count(wanted[:60])


def _indicator_rows(record: dict[str, Any], data: dict[str, Any]) -> list[dict[str, Any]]:
    goal = next((g["goal"] for g in data.get("goals", []) if g["id"] == record.get("goal")), None)
    rows = []
    for name, unit, *values in record["rows"]:
        figures = [None if isinstance(v, str) else v for v in values]
        columns = [column.replace("|", " ") for column in record["columns"]]
        cells = [{"column": c, "value": v, "unit": unit if v is not None else None} for c, v in zip(columns, figures, strict=True)]
        rows.append({"goal": goal, "organisation": record.get("organisation"), "name": name, "values": cells})
    return rows


def _table(record: dict[str, Any], pages: list[str]) -> dict[str, Any]:
    columns = [column.replace("|", " ") for column in record["columns"]]
    if record.get("groups"):
        over = [text.replace("|", " ") for text, count in record["groups"] for _ in range(count)]
        columns = [f"{group} {column}".strip() for group, column in zip(over, columns, strict=True)]
    rows = []
    for row in record["rows"]:
        values = [_value(v, record.get("decimals", 0)) for v in row[1:]]
        rows.append([row[0], *values, *[None] * (len(columns) - len(values))])
    labels = [squeezed(str(row[0])) for row in record["rows"]]
    first = sorted(places(str(record["rows"][0][0]), pages), key=lambda page: -sum(label in pages[page - 1] for label in labels))
    return {"title": record.get("title"), "unit": record.get("unit"), "page": first[0] if first else None, "columns": columns, "rows": rows}


def _value(value: float | int | str, decimals: int) -> float | int | str | None:
    if isinstance(value, str):
        return None if value in ("", "-", "–") else value
    rounded = round(float(value), decimals)
    return int(rounded) if rounded == int(rounded) else rounded
