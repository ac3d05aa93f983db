"""A recommendation at one place of a report, before the places are brought together."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.layout.blocks import BBox, Block
from extractors.reports.recipients import NOBODY, Recipient


@dataclass(frozen=True, slots=True)
class Found:
    """One place. `group` counts the lists of the report: two places in one list are two recommendations, not one said twice."""

    text: str
    printed: str
    recipient: Recipient
    block: Block
    group: int
    rule: str
    strength: str = "strong"
    priority: str | None = None
    confidence: float = 0.9
    page: int = 0
    bbox: BBox | None = None

    @property
    def where(self) -> tuple[int, BBox]:
        """Page and box of the place."""
        return self.page or self.block.page, self.bbox or self.block.bbox


@dataclass(frozen=True, slots=True)
class Lead:
    """What announces recommendations: the words (`sentence`) or the heading; `pure` when nothing but them can stand under it."""

    to: str | None
    rule: str
    group: int
    sentence: bool
    pure: bool
    level: int
    recipient: Recipient = NOBODY
