"""Makes an image-only copy of a PDF, as a scanner would: each page a picture, a little askew and noisy, one page upside down.

Run as `python tests/scanned.py IN.pdf OUT.pdf [first-last]` to look at one; the tests import `scan`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pymupdf

DPI = 200
MOST_SKEW = 1.0


def scan(
    source: Path,
    target: Path,
    *,
    pages: range | None = None,
    upside_down: int = -1,
    seed: int = 1,
    outlines: bool = False,
    dpi: int = DPI,
) -> Path:
    """Write `target`: the pages (counted from 0) of `source` as pictures of `dpi` with up to 1 degree of skew and grain.

    `upside_down` is the place (in the copy) of the page to be turned by 180 degrees; `outlines`: draw the pages as paths without
    fonts instead, as "print to PDF" programs do.
    """
    random = np.random.default_rng(seed)
    with pymupdf.open(source) as original, pymupdf.open() as copy:
        for place, number in enumerate(pages or range(len(original))):
            page = original[number]
            if outlines:
                svg = page.get_svg_image(text_as_path=True).encode()
                copy.insert_pdf(pymupdf.open("pdf", pymupdf.open("svg", svg).convert_to_pdf()))
                continue
            new = copy.new_page(width=page.rect.width, height=page.rect.height)
            new.insert_image(new.rect, stream=picture(page, random, turned=place == upside_down, dpi=dpi))
        copy.save(target, garbage=3, deflate=True)
    return target


def picture(page: pymupdf.Page, random: np.random.Generator, *, turned: bool, dpi: int = DPI) -> bytes:
    """A page as a JPEG, askew by a random angle."""
    angle = float(random.uniform(-MOST_SKEW, MOST_SKEW)) + (180 if turned else 0)
    with pymupdf.open() as sheet:
        new = sheet.new_page(width=page.rect.width, height=page.rect.height)
        straight = page.get_pixmap(dpi=dpi, alpha=False)
        scale = dpi / 72
        middle = pymupdf.Point(page.rect.width / 2, page.rect.height / 2)
        new.insert_image(new.rect, stream=straight.tobytes("png"))
        about = pymupdf.Matrix(1, 0, 0, 1, -middle.x, -middle.y) * pymupdf.Matrix(angle) * pymupdf.Matrix(1, 0, 0, 1, middle.x, middle.y)
        shown = new.get_displaylist().get_pixmap(
            matrix=about * pymupdf.Matrix(scale, scale), alpha=False, clip=new.rect * pymupdf.Matrix(scale, scale)
        )
        pixels = np.frombuffer(shown.samples, dtype=np.uint8).reshape(shown.height, shown.width, 3).astype(np.int16)
    grained = np.clip(pixels + random.normal(0, 6, pixels.shape[:2])[:, :, None], 0, 255).astype(np.uint8)
    result = pymupdf.Pixmap(pymupdf.csRGB, shown.width, shown.height, grained.tobytes(), False)
    return result.tobytes("jpeg", jpg_quality=80)


if __name__ == "__main__":
    span = sys.argv[3].split("-") if len(sys.argv) > 3 else None
    chosen = range(int(span[0]) - 1, int(span[-1])) if span else None
    scan(Path(sys.argv[1]), Path(sys.argv[2]), pages=chosen)
