"""The same figure in two tables of a report."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from db.findings_grid import Grid
from schema.ids import Ids
from schema.records import Finding


def across_tables(grids: Sequence[Grid], faulty: Collection[str], ids: Ids) -> list[Finding]:
    """Figures that two tables print differently."""
    return []
