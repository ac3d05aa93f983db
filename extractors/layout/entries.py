"""Blocks on their way into a report: with what is needed to join them over pages and to tell headings."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.layout.blocks import BBox, Block
from extractors.layout.tags_tables import TableDraft

Path = tuple[int, ...]


@dataclass(slots=True)
class Entry:
    """A block in reading order. `path` is its tag node's; a table by tags is a `draft` until all pages are read."""

    block: Block
    path: Path = ()
    draft: TableDraft | None = None
    lines: int = 1
    fresh: bool = False
    """Whether it stands first in a column or on a page, where a block may go on that began before."""


@dataclass(slots=True)
class PageEntries:
    """What was read of one page: entries in reading order, contents lists (set aside), and lines that no tag held."""

    entries: list[Entry] = field(default_factory=list)
    contents: list[Block] = field(default_factory=list)
    drafts: list[TableDraft] = field(default_factory=list)


def place_of(entry: Entry) -> tuple[int, BBox]:
    """Page and box of an entry."""
    return entry.block.page, entry.block.bbox
