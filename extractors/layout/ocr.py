"""Pages without letters: a scan, text drawn as outlines, a table that stands as a picture on a page of text.

What OCR sees becomes a `RawPage` like any other (words with boxes, rules, fills, pictures), so that the readers of text, tables and icons
go on as usual. A page is turned the right way up and set straight first; its boxes are those of the straightened page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from extractors.layout.blocks import BBox, Block, Cell, ReadingNotice, Table, Turn
from extractors.layout.ocr_marks import has_grid
from extractors.layout.ocr_page import Straight, look_at, read_straight
from extractors.layout.ocr_pixels import ink_of, paper_share, text_rows
from extractors.layout.ocr_tesseract import BLOCK, PAGE, program
from extractors.layout.rawtypes import Picture, RawPage

if TYPE_CHECKING:
    import numpy as np
    import pymupdf
    from numpy.typing import NDArray

FEW_WORDS = 12
"""A page with fewer words than this may be a scan with a stamp or a printed page number on it."""
COVERED = 0.45
"""The share of a page that pictures cover on a scan."""
OUTLINES = 60
"""A page with more shapes than this and hardly a word has its text drawn."""
PAPER = 0.4
PICTURE = (120.0, 40.0)
"""Points: least width and height of a picture that may be a table."""
LEAST_ROWS = 4
LOW_DPI = 100
MISSING = "Sidan har ingen text och kunde inte tolkas: installera Tesseract med svenska (paketen tesseract-ocr och tesseract-ocr-swe)."
SEEN = "Sidan är tolkad med OCR: läs siffror och namn mot originalet."
PICTURED = "En bild på sidan innehåller text eller en tabell och är tolkad med OCR: läs siffror mot originalet."
TEXT_TRUST, NUMBER_TRUST, DOUBTFUL_TRUST = 0.85, 0.6, 0.3
"""Confidence of texts and figures read by OCR, and of figures on which no two of several readings agree."""


@dataclass(slots=True)
class Scans:
    """OCR for one file. `mode`: auto (pages without text, pictures that are tables), never, always (all pages)."""

    document: pymupdf.Document
    mode: str = "auto"
    places: dict[int, list[BBox]] = field(default_factory=dict)
    """Where OCR was used, by page number: the whole page or the pictures read."""
    whole: set[int] = field(default_factory=set)
    """Numbers of the pages that were read by OCR as a whole."""
    turned: dict[int, Turn] = field(default_factory=dict)
    """How each page read as a whole was turned for it."""
    doubtful: dict[int, list[BBox]] = field(default_factory=dict)
    """Boxes of figures on which no two readings agree, by page number."""
    crops: dict[str, tuple[int, int, bytes]] = field(default_factory=dict)
    notices: list[ReadingNotice] = field(default_factory=list)
    looked_at: set[str] = field(default_factory=set)
    """Digests of the pictures that were asked whether they are tables: a logo stands on every page."""

    def read(self, raw: RawPage) -> RawPage:
        """The page with what OCR sees of it, or as it is where OCR is not wanted, not needed or not installed."""
        if self.mode == "never":
            return raw
        if self.mode == "always" or is_wordless(raw):
            return self._read_page(raw)
        return self._read_pictures(raw)

    def look(self, picture: Picture) -> tuple[int, int, bytes] | None:
        """The pixels of a sign that was seen on a scan; None for pictures of the file itself."""
        return self.crops.get(picture.digest)

    def displayed_size(self, raw: RawPage) -> tuple[float, float]:
        """Width and height of a page as displayed: one that lies on its side was read the other way round."""
        turn = self.turned.get(raw.number)
        return (raw.height, raw.width) if turn and turn.turns % 2 else (raw.width, raw.height)

    def _read_page(self, raw: RawPage) -> RawPage:
        """A page read as a whole."""
        page = self.document[raw.number - 1]
        first = look_at(page, LOW_DPI)
        if self.mode != "always" and not _may_hold_text(first):
            return raw
        if not program():
            self.notices.append(ReadingNotice("ocr_missing", MISSING, raw.number))
            return raw
        straight = read_straight(page, raw.number, mode=PAGE)
        forget_images()
        if straight is None:
            return raw
        self.whole.add(raw.number)
        self.turned[raw.number] = Turn(straight.pose.turns, straight.pose.skew, (straight.raw.width, straight.raw.height))
        self.places[raw.number] = [(0.0, 0.0, straight.raw.width, straight.raw.height)]
        self.crops |= straight.crops
        self.doubtful[raw.number] = list(straight.doubtful)
        self.notices.append(ReadingNotice("ocr_page", SEEN, raw.number))
        return straight.raw

    def _read_pictures(self, raw: RawPage) -> RawPage:
        """A page of text, with the words and rules of the pictures on it that are tables or texts."""
        for picture in raw.pictures:
            if not self._may_be_table(raw, picture):
                continue
            page = self.document[raw.number - 1]
            self.looked_at.add(picture.digest)
            first = look_at(page, LOW_DPI, picture.bbox)
            if text_rows(ink_of(first), LOW_DPI) < LEAST_ROWS and not has_grid(look_at(page, 2 * LOW_DPI, picture.bbox), 2 * LOW_DPI):
                continue
            if not program():
                self.notices.append(ReadingNotice("ocr_missing", MISSING, raw.number, picture.bbox))
                continue
            straight = read_straight(page, raw.number, mode=BLOCK, clip=picture.bbox)
            if straight is None or not is_tabular(straight.raw):
                continue
            self.places.setdefault(raw.number, []).append(picture.bbox)
            self.crops |= straight.crops
            self.doubtful.setdefault(raw.number, []).extend(straight.doubtful)
            self.notices.append(ReadingNotice("table_as_picture", PICTURED, raw.number, picture.bbox))
            raw = added(raw, straight, picture)
        return raw

    def _may_be_table(self, raw: RawPage, picture: Picture) -> bool:
        """Whether a picture is large enough, stands alone (is no ground for the page's words) and is looked at for the first time."""
        x0, y0, x1, y1 = picture.bbox
        if picture.digest in self.looked_at or x1 - x0 < PICTURE[0] or y1 - y0 < PICTURE[1] or x1 - x0 > 0.97 * raw.width:
            return False
        over = sum(1 for line in raw.lines for w in line.words if x0 < w.bbox[0] and w.bbox[2] < x1 and y0 < w.bbox[1] and w.bbox[3] < y1)
        return over < 3


def forget_images() -> None:
    """Let PyMuPDF drop the unpacked images of the page that was read: a scan has one of many megabytes on each."""
    import pymupdf

    pymupdf.TOOLS.store_shrink(100)


def is_wordless(raw: RawPage) -> bool:
    """Whether a page shows text that its text layer does not hold: hardly a word, but pictures over most of it or many shapes."""
    words = sum(len(line.words) for line in raw.lines)
    if words >= FEW_WORDS:
        return False
    covered = sum((p.bbox[2] - p.bbox[0]) * (p.bbox[3] - p.bbox[1]) for p in raw.pictures)
    shapes = sum(1 for fill in raw.fills if fill.kind != "rect")
    return covered >= COVERED * raw.width * raw.height or shapes >= OUTLINES


def _may_hold_text(gray: NDArray[np.uint8]) -> bool:
    """Whether a page is paper with rows of letters, or with some ink in another order: it may stand on its side or be askew.

    On a cover of one dark colour the letters are what is lighter.
    """
    if paper_share(gray) < PAPER:
        return False
    ink = ink_of(gray)
    if ink.mean() > 0.5:
        ink = ~ink
    return text_rows(ink, LOW_DPI) > 1 or 0.005 < float(ink.mean()) < 0.3


def is_tabular(raw: RawPage) -> bool:
    """Whether what was seen in a picture is text or a table, not the labels of a chart: several rows of more than one part."""
    rows: dict[int, int] = {}
    for line in raw.lines:
        middle = round((line.bbox[1] + line.bbox[3]) / 2 / 5)
        home = next((m for m in (middle, middle - 1, middle + 1) if m in rows), middle)
        rows[home] = rows.get(home, 0) + 1
    lettered = sum(1 for line in raw.lines if any(len(w.text) >= 3 and w.text.isalpha() for w in line.words))
    return sum(parts > 1 for parts in rows.values()) >= LEAST_ROWS - 1 and lettered >= LEAST_ROWS - 1


def added(raw: RawPage, straight: Straight, picture: Picture) -> RawPage:
    """A page with what was seen in one of its pictures, which is then a picture no more."""
    seen = straight.raw
    count = len(raw.lines)
    lines = tuple(line._replace(words=tuple(w._replace(line=w.line + count) for w in line.words)) for line in seen.lines)
    return replace(
        raw,
        lines=raw.lines + lines,
        rules=raw.rules + seen.rules,
        fills=raw.fills + seen.fills,
        pictures=tuple(p for p in raw.pictures if p is not picture) + seen.pictures,
    )


def mark_ocr(blocks: Sequence[Block], scans: Scans) -> list[Block]:
    """The blocks with those that OCR gave named so and trusted less, figures least."""
    if not scans.places:
        return list(blocks)
    return [_marked(block, scans) for block in blocks]


def _marked(block: Block, scans: Scans) -> Block:
    """A block, marked where it stands in a place read by OCR."""
    if not _within(block.page, block.bbox, scans):
        return block
    confidence = min(block.confidence, NUMBER_TRUST if is_figure(block.text) else TEXT_TRUST)
    if not isinstance(block, Table):
        return replace(block, source="ocr", confidence=confidence)
    cells = tuple(_marked_cell(cell, scans) for cell in block.cells)
    return replace(block, source="ocr", confidence=min(block.confidence, TEXT_TRUST), cells=cells)


def _marked_cell(cell: Cell, scans: Scans) -> Cell:
    """A cell of a table read by OCR."""
    if not _within(cell.page, cell.bbox, scans):
        return cell
    trust = NUMBER_TRUST if is_figure(cell.text) else TEXT_TRUST
    if any(holds(cell.bbox, box) for box in scans.doubtful.get(cell.page, ())):
        trust = DOUBTFUL_TRUST
    blocks = tuple(_marked(block, scans) for block in cell.blocks)
    return replace(cell, confidence=min(cell.confidence, trust), blocks=blocks)


def _within(page: int, box: BBox, scans: Scans) -> bool:
    """Whether the centre of a box lies in a place that was read by OCR."""
    return any(holds(place, box) for place in scans.places.get(page, ()))


def holds(place: BBox, box: BBox) -> bool:
    """Whether the centre of a box lies in a place."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return place[0] <= x <= place[2] and place[1] <= y <= place[3]


def is_figure(text: str) -> bool:
    """Whether a text is mostly figures."""
    return bool(text) and sum(c.isdigit() for c in text) * 2 >= sum(not c.isspace() for c in text)
