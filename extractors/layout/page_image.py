"""A page as a picture, with one box marked: how a reader is shown the place where something stands."""

from __future__ import annotations

from pathlib import Path

from extractors.layout.blocks import BBox
from schema.errors import UnreadableFile

MARK = (1.0, 0.75, 0.0)  # amber, readable over text and under it


def render_page(path: Path, page: int, *, box: BBox | None = None, dpi: int = 110) -> bytes:
    """PNG of a page (counted from 1), with `box` (PDF points, origin top left) marked. Raises UnreadableFile."""
    import pymupdf

    try:
        with pymupdf.open(path) as pdf:
            if not 1 <= page <= len(pdf):
                raise UnreadableFile("no_pages", f"Sidan {page} finns inte i filen.")
            sheet = pdf[page - 1]
            if box is not None:
                x0, y0, x1, y1 = box
                rect = pymupdf.Rect(x0 - 3, y0 - 3, x1 + 3, y1 + 3)
                shape = sheet.new_shape()
                shape.draw_rect(rect * sheet.derotation_matrix)
                shape.finish(color=MARK, fill=MARK, fill_opacity=0.18, stroke_opacity=0.9, width=1.5)
                shape.commit()
            return bytes(sheet.get_pixmap(dpi=dpi).tobytes("png"))
    except (pymupdf.FileDataError, pymupdf.mupdf.FzErrorBase, RuntimeError) as error:
        raise UnreadableFile("damaged", "Sidan kan inte visas: filen är skadad.") from error
