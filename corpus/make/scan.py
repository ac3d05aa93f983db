"""A letter that was printed, signed and scanned: one picture page without text, put in front of a report."""

from __future__ import annotations

import io

import pymupdf
from PIL import Image

DPI = 170
SKEW = 0.6  # degrees


def with_letter(pdf: bytes, letter: bytes) -> bytes:
    """The report with the letter's first page, as a black and white picture, in front of it."""
    with pymupdf.open("pdf", letter) as source:
        pixels = source[0].get_pixmap(dpi=DPI, colorspace=pymupdf.csGRAY)
    picture = Image.frombytes("L", (pixels.width, pixels.height), pixels.samples)
    picture = picture.rotate(SKEW, resample=Image.Resampling.BICUBIC, fillcolor=255)
    picture = picture.point(lambda level: 255 if level > 150 else 0).convert("1")
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    with pymupdf.open("pdf", pdf) as report:
        page = report.new_page(0, width=595.28, height=841.89)
        page.insert_image(page.rect, stream=out.getvalue())
        return bytes(report.tobytes(garbage=3, deflate=True, no_new_id=True))
