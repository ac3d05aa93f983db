"""The pages' blocks put together into one document: paragraphs and tables joined over page breaks, levels given to headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from extractors.layout.blocks import Block, Heading, ListItem, Paragraph, Place, Table
from extractors.layout.cleaning import Hyphens
from extractors.layout.entries import Entry
from extractors.layout.headings import level_headings
from extractors.layout.joins import join_tables
from extractors.layout.tags_tables import finish

LONG_CELL = 40
"""Words: a cell of a one-row table with more than this is running text."""
OPEN_END = re.compile(r"[\w,\-\u00ad–)”\"]$")


def assemble(pages: Iterable[Sequence[Entry]], hyphens: Hyphens, titles: Mapping[str, int]) -> list[Block]:
    """All pages' entries as the blocks of a document, in reading order; `titles` are the headings in its contents list."""
    joined: list[Entry] = []
    for entries in pages:
        for index, entry in enumerate(entries):
            at = last_text(joined) if entry.fresh or index == 0 else None
            if at is not None and goes_on(joined[at], entry):
                joined[at] = join(joined[at], entry, hyphens)
            else:
                joined.append(entry)
    blocks: list[Block] = []
    for entry in joined:
        if entry.draft is None:
            blocks.append(entry.block)
            continue
        table = finish(entry.draft)
        if table is not None:
            blocks.append(table)
    return level_headings(unwrap(join_tables(blocks)), titles)


def last_text(entries: Sequence[Entry]) -> int | None:
    """The index of the last paragraph or list item, where nothing but notes and figures follows it; None elsewhere."""
    for at in range(len(entries) - 1, max(-1, len(entries) - 6), -1):
        entry = entries[at]
        if entry.draft is not None or isinstance(entry.block, Heading):
            return None
        if isinstance(entry.block, (Paragraph, ListItem)):
            return at
    return None


def goes_on(last: Entry, following: Entry) -> bool:
    """Whether the first block of a page or column goes on with the last of the one before."""
    a, b = last.block, following.block
    if following.draft is not None or not isinstance(b, Paragraph) or not a.text or not b.text:
        return False
    if last.path and a.page != b.page and last.path == following.path[: len(last.path)]:
        return True
    if abs(a.style.size - b.style.size) > 0.6 or not OPEN_END.search(a.text):
        return False
    return b.text[0].islower() or a.text.endswith(("-", "\u00ad", ","))


def join(last: Entry, following: Entry, hyphens: Hyphens) -> Entry:
    """Two parts of a block as one."""
    a, b = last.block, following.block
    block = replace(a, text=hyphens.join([a.text, b.text]), continued=(*a.continued, Place(b.page, b.bbox)))
    return Entry(block, last.path, lines=last.lines + following.lines)


def unwrap(blocks: Iterable[Block]) -> list[Block]:
    """Blocks with boxes and layout tables opened: a table of one cell, or of one row that holds running text, is no table."""
    result: list[Block] = []
    for block in blocks:
        if isinstance(block, Table) and is_layout(block):
            for cell in sorted(block.cells, key=lambda cell: (cell.row, cell.col)):
                result.extend(inner if inner.fill else replace(inner, fill=cell.fill) for inner in cell.blocks)
        else:
            result.append(block)
    return result


def is_layout(table: Table) -> bool:
    """Whether a table only places text: one cell, or one row without header and with long cells."""
    if table.rows != 1:
        return False
    return table.cols == 1 or (not table.header_rows and any(len(cell.text.split()) > LONG_CELL for cell in table.cells))
