"""A table while it is being read: words put into slots of rows and columns, before they become cells with blocks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.layout.blocks import BBox, Block, Cell, Paragraph, Source, Style, Table
from extractors.layout.rawtypes import Fill, RawLine, RawPage, Word
from extractors.layout.tables_rows import bounds, visual_rows

BlockMaker = Callable[[tuple[RawLine, ...], RawPage], tuple[Block, ...]]
"""Turns the lines of one cell into blocks."""


@dataclass(slots=True)
class Slot:
    """A place in the table with the words in it; `bbox` is the cell as drawn, or the words' own box."""

    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1
    words: list[Word] = field(default_factory=list)
    bbox: BBox | None = None
    confidence: float = 1.0
    inner: list[Sketch] = field(default_factory=list)
    """Tables that stand in the cell."""

    @property
    def text(self) -> str:
        """The words in reading order, with single blanks."""
        if len(self.words) < 2:
            return self.words[0].text if self.words else ""
        return " ".join(w.text for row in _line_words(self.words) for w in row)


@dataclass(slots=True)
class Sketch:
    """Rows and columns with their slots; `doubts` are the reasons why the reading may be wrong."""

    bbox: BBox
    rows: int
    cols: int
    slots: list[Slot]
    source: Source
    header_rows: int = 0
    confidence: float = 1.0
    doubts: list[str] = field(default_factory=list)
    open_top: bool = False
    open_bottom: bool = False

    def grid(self) -> list[list[Slot | None]]:
        """Rows of columns; a slot that spans stands in each place that it covers."""
        grid: list[list[Slot | None]] = [[None] * self.cols for _ in range(self.rows)]
        for slot in self.slots:
            for r in range(slot.row, min(slot.row + slot.rowspan, self.rows)):
                for c in range(slot.col, min(slot.col + slot.colspan, self.cols)):
                    grid[r][c] = slot
        return grid


def paragraphs(lines: tuple[RawLine, ...], raw: RawPage) -> tuple[Block, ...]:
    """All lines of a cell as one paragraph: what is used where no better maker of blocks is given."""
    words = [w for line in lines for w in line.words]
    if not words:
        return ()
    first = words[0]
    style = Style(first.size, all(w.bold for w in words), all(w.italic for w in words), first.color)
    return (Paragraph(page=raw.number, bbox=bounds(words), text=" ".join(line.text for line in lines), style=style),)


def lines_of(words: Sequence[Word]) -> tuple[RawLine, ...]:
    """Words of one cell as lines from top to bottom, each cut to what stands in the cell."""
    return tuple(RawLine(_spaced(row), bounds(row), tuple(row), (1.0, 0.0), -1) for row in _line_words(words))


def _line_words(words: Sequence[Word]) -> list[list[Word]]:
    """Words by line from top to bottom; the quick way where all are of one line of the text layer."""
    if not words:
        return []
    first = words[0]
    if all(w.line == first.line for w in words) and all(a.bbox[0] <= b.bbox[0] for a, b in pairwise(words)):
        return [list(words)]
    return [[w for c in row.chunks for w in c.words] for row in visual_rows(words)]


def _spaced(words: Sequence[Word]) -> str:
    """Words of a line with blanks between them, but none where they touch ("m" and a raised "2")."""
    text = words[0].text
    for before, word in pairwise(words):
        touching = word.bbox[0] - before.bbox[2] < 0.1 * min(word.size, before.size)
        text += word.text if touching else " " + word.text
    return text


def table_of(sketch: Sketch, raw: RawPage, make_blocks: BlockMaker) -> Table:
    """The sketch as a table of cells with blocks."""
    cells = []
    fills = fills_near(raw, sketch.bbox)
    for slot in sorted(sketch.slots, key=lambda s: (s.row, s.col)):
        box = slot.bbox or (bounds(slot.words) if slot.words else None)
        if box is None:
            continue
        cells.append(
            Cell(
                row=slot.row,
                col=slot.col,
                page=raw.number,
                bbox=box,
                blocks=_blocks(slot, raw, make_blocks),
                rowspan=slot.rowspan,
                colspan=slot.colspan,
                header=slot.row < sketch.header_rows,
                fill=shade_under(bounds(slot.words) if slot.words else box, fills),
                confidence=min(slot.confidence, sketch.confidence),
            )
        )
    return Table(
        page=raw.number,
        bbox=sketch.bbox,
        source=sketch.source,
        confidence=sketch.confidence,
        cells=tuple(cells),
        rows=sketch.rows,
        cols=sketch.cols,
        header_rows=sketch.header_rows,
        doubt="; ".join(dict.fromkeys(sketch.doubts)),
        open_top=sketch.open_top,
        open_bottom=sketch.open_bottom,
    )


def _blocks(slot: Slot, raw: RawPage, make_blocks: BlockMaker) -> tuple[Block, ...]:
    """What a cell holds from top to bottom, tables within it among its text."""
    out: list[Block] = []
    rest = slot.words
    for inner in sorted(slot.inner, key=lambda s: s.bbox[1]):
        above = [w for w in rest if w.bbox[3] <= inner.bbox[1] + 3]
        rest = [w for w in rest if w.bbox[3] > inner.bbox[1] + 3]
        out += [*make_blocks(lines_of(above), raw), table_of(inner, raw, make_blocks)]
    return (*out, *make_blocks(lines_of(rest), raw))


def fills_near(raw: RawPage, box: BBox) -> list[Fill]:
    """The filled boxes that may shade cells within a box, in the order drawn."""
    x0, y0, x1, y1 = box
    return [
        f
        for f in raw.fills
        if f.kind == "rect" and f.bbox[0] < x1 and f.bbox[2] > x0 and f.bbox[1] < y1 and f.bbox[3] > y0 and f.bbox[3] - f.bbox[1] > 4
    ]


def shade_under(box: BBox, fills: Sequence[Fill]) -> str | None:
    """Colour of the last filled box that covers the middle of a box; None for none and for white."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    color = None
    for fill in fills:
        b = fill.bbox
        if b[0] <= x <= b[2] and b[1] - 1 <= y <= b[3] + 1:
            color = fill.color
    return None if color is None or color.lower() == "#ffffff" else color


def squeezed(sketch: Sketch) -> Sketch:
    """The sketch without rows and columns that hold no word at all at their own place."""
    rows = sorted({s.row for s in sketch.slots if s.words or s.inner})
    cols = sorted({s.col for s in sketch.slots if s.words or s.inner})
    sketch.slots = [s for s in sketch.slots if s.words or s.inner or (s.row in rows and s.col in cols)]
    for slot in sketch.slots:
        slot.row, slot.rowspan = _moved(slot.row, slot.rowspan, rows)
        slot.col, slot.colspan = _moved(slot.col, slot.colspan, cols)
    sketch.rows, sketch.cols = len(rows), len(cols)
    return sketch


def _moved(start: int, span: int, kept: Sequence[int]) -> tuple[int, int]:
    inside = [i for i, k in enumerate(kept) if start <= k < start + span]
    return (inside[0], len(inside)) if inside else (start, 1)
