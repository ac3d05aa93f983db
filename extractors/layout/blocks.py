"""The block tree: what every reader of a page gives, whether it went by tags, geometry or OCR.

A `Report` holds its pages and, in reading order, the blocks of the body: headings, paragraphs, list items, tables, icons,
figures and notes. Lengths are PDF points with the origin at the top left of the page as a reader sees it; pages count from 1.
Nothing here imports a PDF library, so `extractors.reports` builds on this module alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

BBox = tuple[float, float, float, float]
Source = Literal["tags", "flow", "ruled", "shaded", "aligned", "pdfplumber", "ocr"]
Color = Literal["green", "yellow", "red", "grey", "blue", "other"]
Mark = Literal["disc", "square", "tick", "cross", "arrow_up", "arrow_down", "arrow_flat", "exclamation", "smile", "straight_face", "frown"]
Shape = Literal[Mark, "bar", "cell", "word", "other"]
MarginKind = Literal["header", "footer", "page_number", "contents", "signature", "watermark"]


@dataclass(frozen=True, slots=True)
class Place:
    """A box on a page: where something stands."""

    page: int
    bbox: BBox


@dataclass(frozen=True, slots=True)
class Style:
    """How most of a block's letters are set: size in points, weight, slope and colour as `#rrggbb`."""

    size: float = 0.0
    bold: bool = False
    italic: bool = False
    color: str = "#000000"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What all blocks share. `text` has line breaks joined and line-end hyphens undone; `fill` is the background colour if any."""

    page: int
    bbox: BBox
    text: str = ""
    source: Source = "flow"
    confidence: float = 1.0
    style: Style = field(default_factory=Style)
    fill: str | None = None
    lead: str = ""
    """The bold (or italic) words that a block of otherwise plain text begins with: a run-in heading; empty where there is none."""
    continued: tuple[Place, ...] = ()
    """Further places, where the block goes on over a column or page break."""
    frame: BBox | None = None
    """The card in which it stands, where cards stand side by side; None elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading(Block):
    """A heading. `level` counts from 1; `number` is the printed number ("3.2") and is not part of `text`."""

    level: int = 1
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph(Block):
    """Running text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListItem(Block):
    """One item of a list. `depth` counts from 0; `marker` is the bullet or number as printed and is not part of `text`."""

    depth: int = 0
    marker: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Icon(Block):
    """A status sign: image, vector shape, coloured glyph, shaded cell or coloured word. `progress` is a bar's share, 0-100."""

    color: Color = "other"
    shape: Shape = "other"
    progress: float | None = None
    meaning: str = ""
    """What a key in the report says of this sign ("Målet uppfylls"); empty where no key tells. `text` is the sign as printed,
    where it is text."""
    in_key: bool = False
    """Whether the sign stands in such a key, and so is no result itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Block):
    """A picture, chart or diagram; `text` is its alternative text or caption, where it has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Block):
    """A footnote; `mark` is its sign ("1", "*"), which stands in the text it belongs to."""

    mark: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table. Rows and columns count from 0; `blocks` are what it holds, icons among them; `fill` is its shading."""

    row: int
    col: int
    page: int
    bbox: BBox
    blocks: tuple[Block, ...] = ()
    rowspan: int = 1
    colspan: int = 1
    header: bool = False
    fill: str | None = None
    confidence: float = 1.0

    @property
    def text(self) -> str:
        """The words of the cell in reading order, without those of its icons."""
        return " ".join(b.text for b in self.blocks if b.text and not isinstance(b, Icon))

    @property
    def icons(self) -> tuple[Icon, ...]:
        """The status signs in the cell."""
        return tuple(b for b in self.blocks if isinstance(b, Icon))


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Block):
    """A table, joined over page breaks. `header_rows` rows at the top are column headers; `caption` is what names the table."""

    cells: tuple[Cell, ...] = ()
    rows: int = 0
    cols: int = 0
    header_rows: int = 0
    caption: str = ""
    doubt: str = ""
    """Why the reading is in doubt (words left over, columns that do not line up); empty where nothing speaks against it."""

    open_top: bool = False
    """Whether the sides of its frame run on above the first row without a line there: cut by a page break."""
    open_bottom: bool = False
    """The same below its last row."""

    def grid(self) -> list[list[Cell | None]]:
        """Rows of columns; a cell that spans stands in each place that it covers, and None where no cell is."""
        grid: list[list[Cell | None]] = [[None] * self.cols for _ in range(self.rows)]
        for cell in self.cells:
            if cell.rowspan == 1 == cell.colspan:
                if cell.row < self.rows and cell.col < self.cols:
                    grid[cell.row][cell.col] = cell
                continue
            for r in range(cell.row, min(cell.row + cell.rowspan, self.rows)):
                for c in range(cell.col, min(cell.col + cell.colspan, self.cols)):
                    grid[r][c] = cell
        return grid


@dataclass(frozen=True, slots=True)
class SetAside:
    """A block that belongs to the page, not to the text: running header or footer, page number, contents list, signature key."""

    kind: MarginKind
    block: Block


@dataclass(frozen=True, slots=True)
class PageInfo:
    """One page: size in points as displayed, all its words in reading order, and where most of them were read from."""

    number: int
    width: float
    height: float
    text: str
    source: Literal["tags", "flow", "ocr", "none"]


@dataclass(frozen=True, slots=True)
class ReadingNotice:
    """Something about the reading that a person should look at; `code` is a word from `schema.vocabulary.NOTICES`."""

    code: str
    message: str
    page: int
    bbox: BBox | None = None


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign on the front (a logo) and the words that OCR sees in it."""

    page: int
    bbox: BBox
    text: str


@dataclass(frozen=True, slots=True)
class Turn:
    """How a scanned page was turned and set straight to be read: quarter turns to the right, skew in degrees, its size in points then."""

    turns: int
    skew: float
    size: tuple[float, float]

    def displayed(self, box: BBox) -> BBox:
        """A box of the straight page as the box at its place on the page as displayed."""
        angle = math.radians(self.skew - 90 * self.turns)
        x, y = (box[0] + box[2] - self.size[0]) / 2, (box[1] + box[3] - self.size[1]) / 2
        middle = (self.size[1] / 2, self.size[0] / 2) if self.turns % 2 else (self.size[0] / 2, self.size[1] / 2)
        wide, high = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2
        if self.turns % 2:
            wide, high = high, wide
        x, y = middle[0] + x * math.cos(angle) - y * math.sin(angle), middle[1] + x * math.sin(angle) + y * math.cos(angle)
        return (x - wide, y - high, x + wide, y + high)


@dataclass(frozen=True, slots=True)
class Report:
    """A PDF as read: pages, the body's blocks in reading order, what was set aside, and the file's own metadata (often misleading)."""

    filename: str
    pages: tuple[PageInfo, ...]
    blocks: tuple[Block, ...]
    aside: tuple[SetAside, ...] = ()
    notices: tuple[ReadingNotice, ...] = ()
    metadata: dict[str, str] = field(default_factory=dict)
    """Title, author, producer, creator, creationDate, modDate as the file gives them."""
    tagged: bool = False
    """Whether most pages were read by good tags."""
    turned: dict[int, Turn] = field(default_factory=dict)
    """Scanned pages by number: their blocks' boxes are those of the page set straight, so that left is left."""

    def displayed(self, page: int, box: BBox) -> BBox:
        """A block's box as the box on the page as displayed."""
        turn = self.turned.get(page)
        return turn.displayed(box) if turn else box

    def walk(self) -> Iterator[Block]:
        """All blocks of the body in reading order, going into the cells of tables and of tables within cells."""
        yield from walk(self.blocks)


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks in reading order, going into the cells of tables."""
    for block in blocks:
        yield block
        if isinstance(block, Table):
            for cell in block.cells:
                yield from walk(cell.blocks)
