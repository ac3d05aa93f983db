"""What belongs to the page and not to the text: running headers and footers, page numbers, signature keys along the edge.

A line is a header or footer where it stands in the outer eighth of the page and its words, numbers set aside, come back at the same
height on other pages; tags help: producers mark such lines as artifacts, outside the tree.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from extractors.layout.blocks import MarginKind
from extractors.layout.rawtypes import RawLine, RawPage

EDGE = 0.125
"""Share of the page's height at its top and foot in which headers and footers stand."""
OUTER = 0.06
TABLE_ROLES = {"TH", "TD"}
DIGITS = re.compile(r"\d+")
PAGE_NUMBER = re.compile(
    r"^(?:[–—-]\s*)?(?:sida|sid|sid\.|s\.|page|bls)?\s*\d{1,3}\s*(?:(?:av|of|/|\(|:)\s*\d{1,3}\s*\)?)?(?:\s*[–—-])?$", re.IGNORECASE
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
    counts: Counter[tuple[str, int]] = Counter()
    for raw in pages:
        counts.update({key for line in raw.lines if (key := key_of(line, raw)) is not None})
    margins = Margins()
    for raw in pages:
        tagged = any(line.node >= 0 for line in raw.lines)
        found: dict[int, MarginKind] = dict.fromkeys(contents.get(raw.number, ()), "contents")
        for index, line in enumerate(raw.lines):
            kind = kind_of(line, raw, counts, tagged=tagged)
            if kind:
                found.setdefault(index, kind)
        margins.lines[raw.number] = found
    return margins


def key_of(line: RawLine, raw: RawPage) -> tuple[str, int] | None:
    """What a line in the margin is known again by: its words without numbers, and its height on the page; None elsewhere."""
    y = (line.bbox[1] + line.bbox[3]) / 2
    if EDGE * raw.height < y < (1 - EDGE) * raw.height:
        return None
    return DIGITS.sub("#", line.text), round(y / 4)


def kind_of(line: RawLine, raw: RawPage, counts: Counter[tuple[str, int]], *, tagged: bool) -> MarginKind | None:
    """As what a line is set aside, or None where it belongs to the text."""
    if abs(line.direction[0]) < 0.5 or SIGNATURE.search(line.text):
        return "signature" if len(line.text) > 3 or abs(line.direction[0]) < 0.5 else None
    key = key_of(line, raw)
    if key is None or in_table(line, raw):
        return None
    top = line.bbox[1] < raw.height / 2
    if PAGE_NUMBER.match(line.text) and (line.node < 0 or not tagged):
        return "page_number"
    word, y = key
    again = max(counts[word, y - 1] + counts[word, y], counts[word, y] + counts[word, y + 1])
    outside = tagged and line.node < 0
    if again >= 3 or (again >= 2 and (outside or len(counts) < 60)) or (outside and in_outer(line, raw)):
        return "header" if top else "footer"
    return None


def in_table(line: RawLine, raw: RawPage) -> bool:
    """Whether the tags put a line into a table: column headers at the top of page after page are no running header."""
    node = line.node
    while node >= 0:
        if raw.tags[node].role in TABLE_ROLES:
            return True
        node = raw.tags[node].parent
    return False


def in_outer(line: RawLine, raw: RawPage) -> bool:
    """Whether a line stands at the very edge of the page."""
    return line.bbox[3] < OUTER * raw.height or line.bbox[1] > (1 - OUTER) * raw.height
