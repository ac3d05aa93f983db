"""From a content and a layout to the bytes of a PDF, by whichever engine the layout names."""

from __future__ import annotations

from pathlib import Path

from corpus.make import typeset_html, typeset_reportlab, typeset_typst
from corpus.make.content import Content, letter, printed
from corpus.make.forms import FORMS
from corpus.make.model import Layout
from corpus.make.scan import with_letter

ENGINES = {"weasyprint": typeset_html.typeset, "typst": typeset_typst.typeset, "reportlab": typeset_reportlab.typeset}
LETTER = Layout(name="letter", size=11, page_number="")


def press(content: Content, layout: Layout, fonts: dict[str, Path]) -> bytes:
    """The report as PDF; the same content, layout and versions of the engines give the same bytes."""
    pdf = ENGINES[layout.engine](printed(content, layout, FORMS), layout, fonts)
    if front := letter(content, layout, FORMS):
        pdf = with_letter(pdf, typeset_html.typeset(front, LETTER, fonts))
    return pdf
