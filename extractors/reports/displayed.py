"""Where records stand on the page as displayed: a scanned page is read set straight, and what was read is put back on it at the end."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from extractors.layout.blocks import Report
from schema.records import Extraction

T = TypeVar("T")


def as_displayed(extraction: Extraction, report: Report) -> Extraction:
    """All records with the boxes that they have on the page as displayed; as it is where no page was turned."""
    return _moved(extraction, report, None) if report.turned else extraction


def _moved(value: T, report: Report, page: int | None) -> T:
    """A record, or a tuple of them, with its boxes moved; `page` is that of what it belongs to."""
    if isinstance(value, tuple):
        return cast("T", tuple(_moved(item, report, page) for item in value)) if value and is_dataclass(value[0]) else value
    if not is_dataclass(value) or isinstance(value, type):
        return value
    trace = getattr(value, "trace", None)
    page = getattr(value, "page", None) or (trace.page if trace else page)
    changed: dict[str, Any] = {f.name: _moved(getattr(value, f.name), report, page) for f in fields(value)}
    box = getattr(value, "bbox", None)
    if box is not None and page is not None:
        changed["bbox"] = report.displayed(page, box)
    return replace(value, **changed)
