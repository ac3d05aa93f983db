"""The words in the signs of the front: a municipality often stands nowhere but in its logo, as a picture or as drawn shapes.

Asked only where a report's text names no municipality: each sign costs a call of Tesseract (some 0.2 s).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pymupdf

from extractors.layout.blocks import BBox, Sign
from extractors.layout.ocr_page import look_at
from extractors.layout.ocr_tesseract import BLOCK, program, read_words
from extractors.layout.raw import open_pdf

PAGES = 2
"""A cover may be one large picture; the sign then stands on the page behind it."""
MOST = 6
"""Signs looked at in one file."""
LEAST, LARGEST = (36.0, 9.0), (330.0, 160.0)
"""Points: width and height of a sign with a name in it."""
BAND = 0.2
"""The share of the page's height at its head and at its foot where drawn signs stand."""
DPI, EDGE, SURE = 300, 4.0, 40.0


def read_signs(path: Path) -> Iterator[Sign]:
    """The signs on the first pages of the PDF at `path` that hold words, one by one as they are read; none without Tesseract."""
    if not program():
        return
    with open_pdf(path) as document:
        boxes = [(page, box) for page in document.pages(0, min(PAGES, len(document))) for box in signs_on(page)]
        for page, box in boxes[:MOST]:
            x0, y0, x1, y1 = box
            gray = look_at(page, DPI, (x0 - EDGE, y0 - EDGE, x1 + EDGE, y1 + EDGE))
            text = " ".join(word.text for word in read_words(gray, DPI, mode=BLOCK) if word.confidence >= SURE)
            if text:
                yield Sign(page.number + 1, box, text)


def signs_on(page: pymupdf.Page) -> list[BBox]:
    """Where pictures and groups of drawn shapes of a sign's size stand, from the top down."""
    pictures = [pymupdf.Rect(info["bbox"]) & page.rect for info in page.get_image_info()]
    boxes = [tuple(box) for box in (*pictures, *drawn_signs(page)) if is_of_size(box)]
    return sorted(set(boxes), key=lambda box: (box[1], box[0]))


def drawn_signs(page: pymupdf.Page) -> list[pymupdf.Rect]:
    """The shapes drawn in the four corners of a page, as one box a corner, where some of them are curved: letters drawn as outlines."""
    width, height = page.rect.width, page.rect.height
    corners: dict[tuple[bool, bool], list[tuple[pymupdf.Rect, bool]]] = {}
    for drawing in page.get_cdrawings():
        box = pymupdf.Rect(drawing["rect"])
        top, bottom = box.y1 < BAND * height, box.y0 > (1 - BAND) * height
        if (top or bottom) and box.width < LARGEST[0]:
            curved = any(item[0] == "c" for item in drawing["items"])
            corners.setdefault((top, box.x0 < width / 2), []).append((box, curved))
    return [joined(box for box, _ in group) for group in corners.values() if any(curved for _, curved in group)]


def joined(boxes: Iterable[pymupdf.Rect]) -> pymupdf.Rect:
    """The least box around several; those without width or height count too."""
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return pymupdf.Rect(min(x0), min(y0), max(x1), max(y1))


def is_of_size(box: pymupdf.Rect) -> bool:
    """Whether a box is as large as a sign with a name in it, and no larger."""
    return LEAST[0] <= box.width <= LARGEST[0] and LEAST[1] <= box.height <= LARGEST[1]
