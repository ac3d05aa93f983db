"""Assignments (utredningsuppdrag, uppdrag) given to a body, with their status from the words around them."""

from __future__ import annotations

from extractors.reports.context import Context
from schema.records import Assignment


def read_assignments(context: Context) -> tuple[Assignment, ...]:
    """The assignments of a report in reading order."""
    return ()
