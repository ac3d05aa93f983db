"""The one room that calls PyMuPDF for text and drawings: opens a PDF and reads a page into `RawPage`.

The types stand in `extractors.layout.rawtypes` and can be imported from here. One text page per page is made and asked twice
(structure with lines, then words), since making it is what costs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import pymupdf

from extractors.layout.blocks import BBox
from extractors.layout.drawings import read_drawings
from extractors.layout.rawtext import read_structure
from extractors.layout.rawtypes import Fill, Picture, RawLine, RawPage, Rule, TagNode, Word
from schema.errors import UnreadableFile

__all__ = [
    "Fill",
    "PageView",
    "Picture",
    "Pixels",
    "RawLine",
    "RawPage",
    "Rule",
    "TagNode",
    "Word",
    "open_pdf",
    "read_raw_page",
    "shrink_pictures",
]

TEXT_FLAGS = (pymupdf.TEXTFLAGS_DICT | pymupdf.TEXT_COLLECT_STRUCTURE) & ~pymupdf.TEXT_PRESERVE_LIGATURES
MAGIC_WITHIN = 1024
"""A PDF may begin with other bytes; Acrobat looks for `%PDF-` in the first 1024 (ISO 32000-1, annex H.3, note 13)."""

BIG_PICTURE = 40_000
"""Pixels: PyMuPDF encodes each picture as PNG whenever it gives the text, which takes up to a fifth of a second for a larger one."""
DOT = "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceRGB/BitsPerComponent 8>>"

MOSTLY, FEW_WORDS = 0.7, 20
"""A page of at least so many words is set sideways where this share of them runs upright."""

Turn = Callable[[BBox], BBox]
Pixels = tuple[int, int, bytes]
"""Width, height and RGB samples of a picture laid on white."""


def open_pdf(path: Path) -> pymupdf.Document:
    """Open `path` as a PDF with at least one page.

    Raises UnreadableFile, with the reason and a message in Swedish, where that is not possible.
    """
    check_magic(read_start(path))
    quiet_mupdf()
    try:
        document = pymupdf.open(path, filetype="pdf")
    except (pymupdf.FileDataError, pymupdf.EmptyFileError, RuntimeError, ValueError) as error:
        raise UnreadableFile("damaged", "Filen är skadad eller ofullständig och kan inte öppnas. Hämta den på nytt från källan.") from error
    return check_document(document)


def read_start(path: Path) -> bytes:
    """The first bytes of a file; raises UnreadableFile where it is missing, closed to us, a folder or empty."""
    try:
        with path.open("rb") as file:
            start = file.read(MAGIC_WITHIN)
    except FileNotFoundError as error:
        raise UnreadableFile("missing", "Filen finns inte. Kontrollera sökvägen.") from error
    except PermissionError as error:
        raise UnreadableFile("permission", "Filen får inte läsas. Ge läsrättighet till den och kör igen.") from error
    except OSError as error:
        raise UnreadableFile("missing", "Filen kan inte läsas. Kontrollera att sökvägen leder till en fil.") from error
    if not start:
        raise UnreadableFile("empty", "Filen är tom (0 byte). Hämta den på nytt från källan.")
    return start


def check_magic(start: bytes) -> None:
    """Raise UnreadableFile where the first bytes of a file are not those of a PDF; what it is instead is said where it shows."""
    if b"%PDF-" in start:
        return
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<head", b"<?xml")) or b"<html" in head:
        what = "Filen är en webbsida som sparats med ändelsen .pdf, ofta en felsida. Hämta själva rapporten på nytt."
    elif start.startswith(b"PK\x03\x04"):
        what = "Filen är ett zip- eller Office-dokument, inte en PDF. Spara den som PDF först."
    elif start.startswith((b"\xff\xd8\xff", b"\x89PNG", b"II*\x00", b"MM\x00*")):
        what = "Filen är en bild, inte en PDF. Gör om den till PDF först."
    else:
        what = "Filen är inte en PDF: den börjar inte som en sådan. Kontrollera att det är rätt fil."
    raise UnreadableFile("not_pdf", what)


def check_document(document: pymupdf.Document) -> pymupdf.Document:
    """Give back an opened document that can be read; raise UnreadableFile where it needs a password or has no pages."""
    if document.needs_pass:
        document.close()
        raise UnreadableFile("encrypted", "Filen är lösenordsskyddad. Spara en kopia utan lösenord och kör igen.")
    try:
        pages = document.page_count
    except RuntimeError as error:
        raise UnreadableFile("damaged", "Filens sidor går inte att läsa. Hämta den på nytt från källan.") from error
    if not pages:
        repaired = bool(document.is_repaired)
        document.close()
        if repaired:
            raise UnreadableFile("damaged", "Filen är avkortad eller skadad: inga sidor gick att rädda. Hämta den på nytt från källan.")
        raise UnreadableFile("no_pages", "Filen har inga sidor.")
    return document


def quiet_mupdf() -> None:
    """Keep the PDF library's own warnings off stderr: what matters becomes an error or a notice."""
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)


def shrink_pictures(page: pymupdf.Page) -> None:
    """Make a dot of each big picture on a page, in memory and for the whole open document: its text can then be read much faster.

    The dot covers the same place and has a colour of its own (the number of its object), so that pictures can still be told apart;
    stencils, which have no colour space, stay. What a picture shows must be looked at in the document opened once more.
    """
    for xref, _, width, height, _, space, *_ in page.get_images():
        if width * height > BIG_PICTURE and space:
            page.parent.update_object(xref, DOT)
            page.parent.update_stream(xref, (xref % (1 << 24)).to_bytes(3, "big"), compress=False)


def read_raw_page(page: pymupdf.Page) -> RawPage:
    """Read one page: lines with words and tag nodes, rules, fills, pictures.

    A page whose text runs upright (a wide table set sideways) is read as turned; its size and boxes are those of the turned page.
    """
    turn = turner(page)
    textpage = page.get_textpage(flags=TEXT_FLAGS)
    blocks, words = textpage.extractDICT()["blocks"], textpage.extractWORDS()
    box = page.rect
    width, height = box.width, box.height
    lines, tags, images = read_structure(blocks, words, turn)
    side = sideways(lines, width, height)
    if side is not None:
        turn, (width, height) = both(turn, side), (height, width)
        lines, tags, images = read_structure(blocks, words, turn)
    rules, fills = read_drawings(page.get_cdrawings(), turn)
    pictures = tuple(picture_of(image, node, turn) for image, node in images)
    return RawPage(page.number + 1, width, height, tuple(lines), tuple(rules), tuple(fills), pictures, tuple(tags))


def sideways(lines: Sequence[RawLine], width: float, height: float) -> Turn | None:
    """How to turn a page whose words nearly all run upwards or downwards; None for other pages."""
    total = sum(len(line.words) for line in lines)
    if total < FEW_WORDS:
        return None
    up = sum(len(line.words) for line in lines if line.direction[1] < -0.9)
    down = sum(len(line.words) for line in lines if line.direction[1] > 0.9)
    if up > MOSTLY * total:
        return lambda box: (height - box[3], box[0], height - box[1], box[2])
    if down > MOSTLY * total:
        return lambda box: (box[1], width - box[2], box[3], width - box[0])
    return None


def both(first: Turn | None, second: Turn) -> Turn:
    """Two turns, one after the other."""
    return second if first is None else lambda box: second(first(box))


def turner(page: pymupdf.Page) -> Turn | None:
    """How boxes of the page as stored become boxes of the page as shown; None where the page is not turned."""
    if not page.rotation:
        return None
    a, b, c, d, e, f = page.rotation_matrix

    def turn(box: BBox) -> BBox:
        x0, y0, x1, y1 = box
        xs = (a * x0 + c * y0 + e, a * x1 + c * y1 + e)
        ys = (b * x0 + d * y0 + f, b * x1 + d * y1 + f)
        return (min(xs), min(ys), max(xs), max(ys))

    return turn


def picture_of(image: dict[str, Any], node: int, turn: Turn | None) -> Picture:
    """An image block as a `Picture`, named by a digest of what it shows."""
    digest = hashlib.blake2b(image["image"], digest_size=12)
    digest.update(image["mask"] or b"")
    box = tuple(image["bbox"])
    return Picture(turn(box) if turn else box, digest.hexdigest(), 0, node)


class PageView:
    """A page as a reader sees it: drawn up when first asked for, and kept for all the signs that are looked at on it."""

    def __init__(self, document: pymupdf.Document, number: int) -> None:
        """`number`: which page of an open document, counted from 1."""
        self.document = document
        self.number = number

    @cached_property
    def page(self) -> pymupdf.Page:
        """The page as the library has it."""
        return self.document[self.number - 1]

    @cached_property
    def drawn(self) -> pymupdf.DisplayList:
        """All that is drawn on the page."""
        return self.page.get_displaylist()

    def pixels_of(self, picture: Picture, *, dpi: int = 144) -> Pixels | None:
        """What stands in the box of a picture, as RGB samples; None where it covers nothing of the page."""
        clip = pymupdf.Rect(picture.bbox) & self.page.rect
        if clip.is_empty:
            return None
        scale = pymupdf.Matrix(dpi / 72, dpi / 72)
        pixmap = self.drawn.get_pixmap(matrix=scale, clip=clip, colorspace=pymupdf.csRGB, alpha=False)
        return (pixmap.width, pixmap.height, bytes(pixmap.samples))
