"""What a cell of a data table means: measure and time from its column, the body from its row, the unit from cell, column or table."""

from __future__ import annotations

from functools import cache

from extractors.swedish.columns import ColumnMeaning, read_column
from extractors.swedish.names import body_in_heading, canonical_body


@cache
def body_of_row(label: str) -> str | None:
    """The nämnd, förvaltning or company that a row label names as a whole: "KS/ Kommunstaben", "Socialnämnd"; else None."""
    text = label.strip(" -–*")
    if not text or len(text) > 80:
        return None
    return body_in_heading(text, whole=True) or _canonical(text)


def _canonical(text: str) -> str | None:
    body = canonical_body(text)
    return body.name if body and body.start == 0 and body.end == len(text) else None


def column_meanings(columns: dict[int, str]) -> dict[int, ColumnMeaning]:
    """The meaning of each column by its number."""
    return {c: read_column(label) for c, label in columns.items()}
