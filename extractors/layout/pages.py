"""One page: which way to read it, its blocks, its icons in their places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from extractors.layout.blocks import Block, Icon, Paragraph, ReadingNotice, SetAside, Table
from extractors.layout.entries import Entry
from extractors.layout.flow import FlowReader
from extractors.layout.margins import Margins
from extractors.layout.rawtypes import RawLine, RawPage
from extractors.layout.runs import centre_in
from extractors.layout.tags import TagReader

PageSource = Literal["tags", "flow", "ocr", "none"]
GOOD_SHARE = 0.5
"""Tags are trusted where at least half of a page's words stand in them."""


@dataclass(slots=True)
class PageResult:
    """What was read of one page."""

    source: PageSource
    text: str
    entries: list[Entry] = field(default_factory=list)
    aside: list[SetAside] = field(default_factory=list)
    notices: list[ReadingNotice] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PageReader:
    """Reads pages in turn, by tags where they are good, else by geometry."""

    tags: TagReader
    flow: FlowReader
    margins: Margins

    def read(self, raw: RawPage) -> PageResult:
        """Read a page."""
        aside = self.margins.of(raw.number)
        source = choose(raw, frozenset(aside))
        result = PageResult(source, "\n".join(line.text for line in raw.lines))
        result.aside.extend(self.set_aside(raw, index) for index in aside)
        rest = [line for index, line in enumerate(raw.lines) if index not in aside]
        if source == "tags":
            page = self.tags.read(raw, frozenset(aside))
            result.entries = page.entries
            result.aside.extend(SetAside("contents", block) for block in page.contents)
            rest = [line for line in rest if line.node < 0]
        self.add_untagged(raw, rest, result)
        return result

    def set_aside(self, raw: RawPage, index: int) -> SetAside:
        """A line of the margin as a block of its own."""
        line = raw.lines[index]
        kind = self.margins.of(raw.number)[index]
        return SetAside(kind, Paragraph(page=raw.number, bbox=line.bbox, text=line.text))

    def add_untagged(self, raw: RawPage, lines: Sequence[RawLine], result: PageResult) -> None:
        """Add what geometry makes of the lines that tags do not hold."""
        entries = self.flow.read(raw, lines)
        if not result.entries:
            result.entries = entries
            return
        for entry in entries:
            insert(result.entries, entry)


def choose(raw: RawPage, aside: frozenset[int]) -> PageSource:
    """The way to read a page: by its tags where they hold most of its words."""
    inside = sum(len(line.words) for index, line in enumerate(raw.lines) if line.node >= 0 and index not in aside)
    total = sum(len(line.words) for index, line in enumerate(raw.lines) if index not in aside)
    if not total:
        return "none"
    return "tags" if inside >= GOOD_SHARE * total else "flow"


def insert(entries: list[Entry], entry: Entry) -> None:
    """Put a block into the reading order by where it stands: before the first block that begins below it in the same column."""
    box = entry.block.bbox
    for at, other in enumerate(entries):
        there = other.block.bbox
        if there[1] >= box[1] and there[0] < box[2] and there[2] > box[0]:
            entries.insert(at, entry)
            return
    entries.append(entry)


def icon_home(icon: Icon, tables: Sequence[Table]) -> Table | None:
    """The table that an icon stands in."""
    return next((table for table in tables if centre_in(icon.bbox, table.bbox)), None)


def blocks_of(entries: Sequence[Entry]) -> list[Block]:
    """The blocks of entries."""
    return [entry.block for entry in entries]
