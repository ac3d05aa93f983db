"""Amounts in the sentences under a table that name a row of it and disagree."""

from __future__ import annotations

from db.findings_grid import Grid
from schema.ids import Ids
from schema.records import Finding


def text_findings(grid: Grid, ids: Ids) -> list[Finding]:
    """Amounts in the text under a table that its rows contradict."""
    return []
