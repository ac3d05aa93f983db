"""What belongs to the page and not to the text: running headers and footers, page numbers, signature keys along the edge.

A line is a header or footer where it stands in the outer eighth of the page and its words, numbers set aside, come back at the same
height on other pages; tags help: producers mark such lines as artifacts, outside the tree.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.layout.blocks import MarginKind
from extractors.layout.grid import bands_of, shaded_cells
from extractors.layout.rawtypes import RawLine, RawPage

EDGE = 0.125
"""Share of the page's height at its top and foot in which headers and footers stand."""
OUTER = 0.06
HEAD_HIGH = 90.0
"""Points: no cell with heads of columns is higher."""
SLANTED = 0.2
"""What runs neither level nor upright is a watermark ("UTKAST" across the page)."""
SHORT = 5
"""Figures as short as this are page numbers or marks of footnotes, never headers."""
FEW_PAGES = 5
"""In a file with fewer pages, what stands twice at one place is a header."""
CLOSE = 2.2
"""Rows nearer than so many letter sizes, from middle to middle, belong together."""
DIGITS = re.compile(r"\d+")
PAGE_NUMBER = re.compile(
    r"^(?:[–—-]\s*)?(?:sida|sid|sid\.|s\.|page)?\s*(\d{1,3})\s*(?:(?:av|of|/|\(|:)\s*\d{1,3}\s*\)?)?(?:\s*[–—-])?$", re.IGNORECASE
)
SIGNATURE = re.compile(r"penneo|dokumentnyckel|signerat\s+med|transaktion\s+\d{10,}|^[A-Z0-9]{5}(?:-[A-Z0-9]{5}){3,}", re.IGNORECASE)


@dataclass(slots=True)
class Margins:
    """Which lines of each page are set aside, and as what."""

    lines: dict[int, dict[int, MarginKind]] = field(default_factory=dict)

    def of(self, page: int) -> dict[int, MarginKind]:
        """Indices of the lines of a page that are set aside."""
        return self.lines.get(page, {})


def find_margins(pages: Sequence[RawPage], contents: Mapping[int, set[int]]) -> Margins:
    """Find what recurs in the margins of a document's pages; `contents` are the lines of contents lists by page."""
    recurring = Recurring(pages)
    margins = Margins()
    for raw in pages:
        tagged = any(line.node >= 0 for line in raw.lines)
        found: dict[int, MarginKind] = dict.fromkeys(contents.get(raw.number, ()), "contents")
        for index, line in enumerate(raw.lines):
            kind = recurring.kind_of(line, raw, tagged=tagged)
            if kind:
                found.setdefault(index, kind)
        margins.lines[raw.number] = without_column_heads(raw, found)
    return margins


def without_column_heads(raw: RawPage, found: dict[int, MarginKind]) -> dict[int, MarginKind]:
    """The set-aside lines without the head of a table that begins at the top of several pages.

    It stands close over the text under it, and far below the running header or, with several columns that go on under it, below text.
    """
    heads = {index for index, kind in found.items() if kind == "header"}
    if not heads:
        return found
    kept = set()
    rows: list[list[int]] = []
    begun = -1.0
    for height, index in sorted((middle(line), index) for index, line in enumerate(raw.lines)):
        if rows and height - begun < 3:
            rows[-1].append(index)
        elif height < raw.height / 2:
            rows.append([index])
            begun = height
        else:
            break
    for above, row, below in zip(rows, rows[1:], rows[2:], strict=False):
        up, down = (middle(raw.lines[b[0]]) - middle(raw.lines[a[0]]) for a, b in ((above, row), (row, below)))
        size = raw.lines[row[0]].words[0].size if raw.lines[row[0]].words else 0.0
        if not heads.issuperset(row) or heads.intersection(below) or down >= CLOSE * size:
            continue
        apart = heads.issuperset(above) and up > 1.5 * down
        if apart or (not heads.intersection(above) and begins_columns(raw, row, below)):
            kept |= set(row)
    kept |= wrapped_heads(raw, rows, heads) | shaded_heads(raw, heads)
    return {index: kind for index, kind in found.items() if index not in kept}


def wrapped_heads(raw: RawPage, rows: Sequence[Sequence[int]], heads: set[int]) -> set[int]:
    """The lines among `heads` that are columns' heads of several lines: close rows with columns in them, which run on into text below."""
    block: list[Sequence[int]] = []
    kept: set[int] = set()
    for row, below in pairwise([*rows, []]):
        block.append(row)
        first = raw.lines[row[0]]
        size = first.words[0].size if first.words else 0.0
        if below and middle(raw.lines[below[0]]) - middle(first) < CLOSE * size:
            continue
        flagged = [i for i, lines in enumerate(block) if heads.intersection(lines)]
        if flagged and flagged[-1] < len(block) - 1 and any(begins_columns(raw, block[i], block[i + 1]) for i in flagged):
            kept.update(index for i in flagged for index in block[i])
        block = []
    return kept & heads


def shaded_heads(raw: RawPage, heads: set[int]) -> set[int]:
    """The lines among `heads` that stand in shaded cells side by side: the head of a table that goes on from the page before."""
    high = 2 * EDGE * raw.height
    boxes = [f for f in shaded_cells(raw.fills, raw.width, raw.height) if f.bbox[1] < high and f.bbox[3] - f.bbox[1] < HEAD_HIGH]
    tops = {round(seam.lo) for seam in bands_of(boxes)[1]}
    rows = [box.bbox for box in boxes if round(box.bbox[1]) in tops]
    return {i for i in heads if any(b[0] <= raw.lines[i].bbox[0] + 1 <= b[2] and b[1] <= middle(raw.lines[i]) <= b[3] for b in rows)}


def begins_columns(raw: RawPage, row: Sequence[int], below: Sequence[int]) -> bool:
    """Whether a row's second line or a later one begins where one of the row below does."""
    starts = sorted(raw.lines[index].bbox[0] for index in row)[1:]
    return any(abs(raw.lines[index].bbox[0] - start) < 3 for start in starts for index in below)


def middle(line: RawLine) -> float:
    """The height of a line's middle on the page."""
    return (line.bbox[1] + line.bbox[3]) / 2


class Recurring:
    """What comes back in the margins of a document."""

    def __init__(self, pages: Sequence[RawPage]) -> None:
        """`pages`: all pages of the document."""
        self.pages = len(pages)
        self.counts: Counter[tuple[str, int]] = Counter()
        self.offsets: Counter[int] = Counter()
        for raw in pages:
            keyed = [(line, key) for line in raw.lines if (key := key_of(line, raw)) is not None]
            self.counts.update({key for _, key in keyed})
            self.offsets.update({number - raw.number for line, _ in keyed if (number := page_number(line)) is not None})

    def kind_of(self, line: RawLine, raw: RawPage, *, tagged: bool) -> MarginKind | None:
        """As what a line is set aside, or None where it belongs to the text."""
        if abs(line.direction[1]) > SLANTED:
            return "watermark" if abs(line.direction[0]) > SLANTED else "signature"
        key = key_of(line, raw)
        if key is None:
            return None
        if SIGNATURE.search(line.text):
            return "signature"
        number = page_number(line)
        if number is not None and (self.is_counted(number - raw.number) or (tagged and line.node < 0)):
            return None if amid_numbers(line, raw) else "page_number"
        if len(line.text) <= SHORT and not has_letters(line.text):
            return None
        word, y = key
        again = max(self.counts[word, y - 1] + self.counts[word, y], self.counts[word, y] + self.counts[word, y + 1])
        outside = tagged and line.node < 0
        often = again >= 3 or (again >= 2 and (outside or self.pages < FEW_PAGES))
        if often or (outside and in_outer(line, raw)):
            return "header" if line.bbox[1] < raw.height / 2 else "footer"
        return None

    def is_counted(self, offset: int) -> bool:
        """Whether printed numbers run along with the pages at this distance."""
        count = self.offsets[offset]
        return count >= 3 or (self.pages < FEW_PAGES and count >= 1 and abs(offset) <= 2) or (count >= 2 and abs(offset) <= 2)


def page_number(line: RawLine) -> int | None:
    """The number that a line in the margin prints, if it prints a page number only."""
    found = PAGE_NUMBER.match(line.text)
    return int(found.group(1)) if found else None


def amid_numbers(line: RawLine, raw: RawPage) -> bool:
    """Whether other bare numbers stand on the line's row: then it is a number of a table that ends low on the page."""
    middle = (line.bbox[1] + line.bbox[3]) / 2
    beside = (other for other in raw.lines if other is not line and other.bbox[1] < middle < other.bbox[3])
    return any(not has_letters(other.text) and any(c.isdigit() for c in other.text) for other in beside)


def key_of(line: RawLine, raw: RawPage) -> tuple[str, int] | None:
    """What a line in the margin is known again by: its words without numbers (a date as it is), and its height; None elsewhere."""
    y = (line.bbox[1] + line.bbox[3]) / 2
    if EDGE * raw.height < y < (1 - EDGE) * raw.height:
        return None
    return DIGITS.sub("#", line.text) if has_letters(line.text) else line.text, round(y / 4)


def has_letters(text: str) -> bool:
    """Whether a text holds any letter; a date has none and comes back as it is, a page number changes."""
    return any(char.isalpha() for char in text)


def in_outer(line: RawLine, raw: RawPage) -> bool:
    """Whether a line stands at the very edge of the page."""
    return line.bbox[3] < OUTER * raw.height or line.bbox[1] > (1 - OUTER) * raw.height
