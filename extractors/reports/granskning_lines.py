"""An audit report as a sequence of lines: headings, paragraphs, list items and tables, in reading order.

A table that only draws a box round running text is opened, so that what stands in it reads as the text round it does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from extractors.layout.blocks import Block, Heading, Icon, ListItem, Note, Paragraph, Table
from extractors.reports.audit_words import words
from extractors.reports.context import Context
from extractors.swedish.recommending import fold_blanks

Kind = Literal["heading", "paragraph", "item", "table", "icon"]


@dataclass(frozen=True, slots=True)
class Line:
    """One piece of the report. `place` is the block of the body it belongs to: the table, where it stands in a box."""

    kind: Kind
    text: str
    block: Block
    index: int
    depth: int = 0

    @property
    def page(self) -> int:
        """The page on which it begins."""
        return self.block.page


_ABBREVIATION = words("abbreviation")


def sentences(text: str) -> list[str]:
    """Running text in sentences. Abbreviations ("bl.a.", "6 kap.") and numbers do not end one; a colon does not either."""
    return list(_sentences(text))


@lru_cache(maxsize=4096)
def _sentences(text: str) -> tuple[str, ...]:
    """The same, once per text: several readers go through a report."""
    found: list[str] = []
    start = 0
    folded = fold_blanks(text)
    for match in re.finditer(r"[.!?][\"”’)]?\s+(?=[A-ZÅÄÖ0-9”\"(–])", folded):
        head = folded[start : match.end()].strip()
        if folded[match.start()] == "." and _ABBREVIATION.search(head):
            continue
        found.append(head)
        start = match.end()
    tail = folded[start:].strip()
    return (*found, tail) if tail else tuple(found)


_BULLETS = "•●▪■–—-"


def lines_of(context: Context) -> list[Line]:
    """The whole body as lines."""
    found: list[Line] = []
    for block in context.report.blocks:
        for kind, inner, depth in _open(block):
            for text in _items(inner):
                found.append(Line(kind, text, inner, len(found), depth))
    return found


def _items(block: Block) -> list[str]:
    """The text of a block; a list item that holds the bullets of further items is taken apart at them."""
    text = fold_blanks(block.text)
    if isinstance(block, ListItem) and (bullet := block.marker.strip()) and bullet in _BULLETS:
        return [piece for piece in re.split(rf"(?<=[\wåäö.?!)]) {re.escape(bullet)} (?=[A-ZÅÄÖ])", text) if piece]
    return [text]


def _open(block: Block) -> Iterator[tuple[Kind, Block, int]]:
    match block:
        case Table() if is_box(block):
            for cell in sorted(block.cells, key=lambda c: (c.row, c.col)):
                for inner in cell.blocks:
                    yield from _open(inner)
        case Table():
            yield "table", block, 0
        case Heading():
            yield "heading", block, 0
        case ListItem():
            yield "item", block, block.depth
        case Icon():
            yield "icon", block, 0
        case Paragraph() if block.text.strip():
            yield "paragraph", block, 0
        case Note():
            return


def is_box(table: Table) -> bool:
    """Whether a table is nothing but a frame round running text: one column without a header row, or one cell with words."""
    filled = [c for c in table.cells if c.text.strip() or c.icons]
    return len(filled) <= 1 or (table.cols == 1 and not table.header_rows and len(filled) <= 2)
