"""A page as a picture on which everything that was read is drawn: boxes with kind and source, cells, signs, what was set aside.

The tool by which reading bugs are found: `ingest show FILE --page N --boxes OUT.png`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.layout.blocks import BBox, Block, Figure, Heading, Icon, ListItem, Note, Paragraph, Report, Table
from extractors.layout.raw import open_pdf

if TYPE_CHECKING:
    import pymupdf

DPI = 130
LABEL_SIZE = 5.5
RGB = tuple[float, float, float]
INKS: dict[type[Block], RGB] = {
    Heading: (0.75, 0.1, 0.1),
    Paragraph: (0.1, 0.35, 0.8),
    ListItem: (0.0, 0.5, 0.45),
    Table: (0.45, 0.15, 0.65),
    Icon: (0.9, 0.45, 0.0),
    Figure: (0.5, 0.4, 0.2),
    Note: (0.35, 0.35, 0.35),
}
ASIDE_INK: RGB = (0.6, 0.6, 0.6)
CELL_INK: RGB = (0.75, 0.6, 0.85)
DOUBT_INK: RGB = (1.0, 0.0, 0.6)


@dataclass(frozen=True, slots=True)
class Mark:
    """One box to be drawn: label above its left corner, width of the line in points, fine lines dashed."""

    bbox: BBox
    label: str
    ink: RGB
    width: float = 0.8
    dashed: bool = False


def draw_boxes(path: Path, page_number: int, out_png: Path, report: Report) -> None:
    """Write a picture of a page (counted from 1) of the PDF at `path` with all that `report` holds of it.

    Raises schema.errors.UnreadableFile where the PDF cannot be opened, and ValueError where it has no such page.
    """
    document = open_pdf(path)
    try:
        if not 1 <= page_number <= document.page_count:
            raise ValueError(f"no page {page_number}")
        page = document[page_number - 1]
        for mark in marks_of(report, page_number):
            _draw(page, replace(mark, bbox=report.displayed(page_number, mark.bbox)))
        page.get_pixmap(dpi=DPI, alpha=False).save(out_png)
    finally:
        document.close()


def marks_of(report: Report, page: int) -> Iterator[Mark]:
    """Everything to be drawn on a page, in the order of reading; blocks are numbered by it."""
    for item in report.aside:
        if item.block.page == page:
            yield Mark(item.block.bbox, f"({item.kind})", ASIDE_INK, 0.6, dashed=True)
    number = 0
    for block in report.blocks:
        boxes = [place.bbox for place in block.continued if place.page == page]
        if block.page == page:
            boxes.insert(0, block.bbox)
        if boxes or isinstance(block, Table):
            number += bool(boxes)
            yield from _block_marks(block, page, boxes, number)
    for notice in report.notices:
        if notice.page == page and notice.bbox:
            yield Mark(notice.bbox, f"! {notice.code}", DOUBT_INK, 0.6, dashed=True)


def _block_marks(block: Block, page: int, boxes: list[BBox], number: int) -> Iterator[Mark]:
    """The boxes of one block: of a table also its cells, and what stands in them as icons."""
    ink = next((ink for kind, ink in INKS.items() if isinstance(block, kind)), ASIDE_INK)
    for at, box in enumerate(boxes):
        label = f"{number} {label_of(block)}" if not at else f"{number} …"
        yield Mark(box, label, ink, 1.2 if isinstance(block, (Table, Heading)) else 0.8)
    if not isinstance(block, Table):
        return
    for cell in block.cells:
        if cell.page != page:
            continue
        doubtful = cell.confidence < 0.5
        yield Mark(
            cell.bbox, f"{cell.row},{cell.col}", DOUBT_INK if doubtful else CELL_INK, 0.7 if cell.header else 0.4, dashed=not cell.header
        )
        for icon in cell.icons:
            if icon.page == page:
                yield Mark(icon.bbox, label_of(icon), INKS[Icon], 1.0)


def label_of(block: Block) -> str:
    """Kind and source of a block in a few letters, with what matters of it: level, colour, rows and columns."""
    what = type(block).__name__.lower()
    if isinstance(block, Heading):
        what = f"h{block.level}" + (f" {block.number}" if block.number else "")
    elif isinstance(block, ListItem):
        what = f"item{block.depth} {block.marker}".strip()
    elif isinstance(block, Table):
        what = f"table {block.rows}x{block.cols} head {block.header_rows}" + (" DOUBT" if block.doubt else "")
    elif isinstance(block, Icon):
        share = f" {block.progress:.0f}%" if block.progress is not None else ""
        what = f"{block.color} {block.shape}{share}" + (" key" if block.in_key else "")
    sure = f" {block.confidence:.2f}" if block.confidence < 1 else ""
    return f"{what} [{block.source}]{sure}"


def _draw(page: pymupdf.Page, mark: Mark) -> None:
    """Draw one box and its label on the page (as displayed)."""
    import pymupdf

    rect = pymupdf.Rect(mark.bbox) * page.derotation_matrix
    if rect.is_empty or rect.is_infinite:
        return
    page.draw_rect(rect, color=mark.ink, width=mark.width, dashes="[2 2] 0" if mark.dashed else None)
    label = "".join(c if ord(c) < 256 else "?" for c in mark.label)  # the built-in font has Latin letters only
    at = pymupdf.Point(mark.bbox[0] + 0.5, max(LABEL_SIZE, mark.bbox[1] - 0.8)) * page.derotation_matrix
    page.insert_text(at, label, fontsize=LABEL_SIZE, color=mark.ink, rotate=page.rotation)
