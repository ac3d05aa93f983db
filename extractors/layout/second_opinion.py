"""pdfplumber's view of a table that the fast reading is in doubt about: where it sees cells.

It costs 0.1 to 0.5 seconds a page, so it is asked a few times a document at most, about one table at a time. Only its cells count;
the words put into them are those of the text layer as read before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.layout.blocks import BBox
from extractors.layout.grid import NEAR
from extractors.layout.rawtypes import RawPage, Word
from extractors.layout.tables_sketch import Sketch, Slot

if TYPE_CHECKING:
    from pdfplumber.page import Page

Opinion = Callable[[RawPage, BBox], Sequence[BBox]]
"""The boxes of the cells that someone else sees within a box of a page; empty where it sees none."""
MOST_QUESTIONS = 6
_LINES = {"vertical_strategy": "lines", "horizontal_strategy": "lines"}
_MIXED = {"vertical_strategy": "text", "horizontal_strategy": "lines"}
_TEXT = {"vertical_strategy": "text", "horizontal_strategy": "text"}


@dataclass(slots=True)
class SecondOpinion:
    """Asks pdfplumber about tables of one file, a limited number of times."""

    path: Path
    left: int = MOST_QUESTIONS

    def __call__(self, raw: RawPage, bbox: BBox) -> Sequence[BBox]:
        """The cells that pdfplumber sees within a box; none where the page is turned or its questions are used up."""
        if self.left <= 0:
            return ()
        self.left -= 1
        import pdfplumber

        with pdfplumber.open(self.path, pages=[raw.number]) as pdf:
            page = pdf.pages[0]
            if page.rotation or abs(page.width - raw.width) > 1 or page.bbox[0] or page.bbox[1]:
                return ()
            x0, y0, x1, y1 = bbox
            part = page.crop((max(x0 - 3, 0), max(y0 - 3, 0), min(x1 + 3, page.width), min(y1 + 3, page.height)))
            return largest(part)


def largest(part: Page) -> Sequence[BBox]:
    """The cells of the largest table that one of the ways of looking finds in a part of a page."""
    best: list[BBox] = []
    for settings in (_LINES, _MIXED, _TEXT):
        for table in part.find_tables(settings):
            if len(table.cells) > len(best):
                best = [tuple(cell) for cell in table.cells]
        if len(best) >= 4:
            break
    return best


def sketch_of(cells: Sequence[BBox], words: Sequence[Word], like: Sketch) -> Sketch | None:
    """A sketch of these cells with the words of another; None where a word finds no cell or there are no rows and columns."""
    xs, ys = _borders(v for c in cells for v in (c[0], c[2])), _borders(v for c in cells for v in (c[1], c[3]))
    if len(xs) < 3 or len(ys) < 3:
        return None
    slots = []
    for cell in cells:
        col, row = _at(xs, cell[0]), _at(ys, cell[1])
        slots.append(Slot(row, col, max(_at(ys, cell[3]) - row, 1), max(_at(xs, cell[2]) - col, 1), bbox=cell))
    for word in words:
        x, y = (word.bbox[0] + word.bbox[2]) / 2, (word.bbox[1] + word.bbox[3]) / 2
        home = next((s for s in slots if s.bbox and s.bbox[0] - 1 <= x <= s.bbox[2] + 1 and s.bbox[1] - 1 <= y <= s.bbox[3] + 1), None)
        if home is None:
            return None
        home.words.append(word)
    return Sketch(like.bbox, len(ys) - 1, len(xs) - 1, slots, "pdfplumber", confidence=min(like.confidence, 0.9))


def _borders(values: Iterable[float]) -> list[float]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > NEAR:
            out.append(value)
    return out


def _at(borders: Sequence[float], value: float) -> int:
    return min(range(len(borders)), key=lambda i: abs(borders[i] - value))
