"""Typeset with ReportLab: no tags, base fonts that are not embedded, tables set cell by cell."""

from __future__ import annotations

import io
import re
from functools import partial
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    ListFlowable,
    ListItem,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
)
from reportlab.platypus import Table as Grid
from reportlab.platypus.tableofcontents import TableOfContents

from corpus.make.icons import disc_png
from corpus.make.model import COLORS, Block, Break, Cell, Chart, Heading, Items, Layout, Para, Printed, Table

MARGIN = 60
ALIGN = {"left": TA_LEFT, "right": TA_RIGHT, "center": TA_CENTER}


def typeset(report: Printed, layout: Layout, fonts: dict[str, Path]) -> bytes:
    """The PDF of a report; of `fonts` only the folder is used, for pictures."""
    out = io.BytesIO()
    size = landscape(A4) if layout.landscape else A4
    document = _Report(out, pagesize=size, invariant=1, title=report.title)
    frame = Frame(MARGIN, MARGIN, size[0] - 2 * MARGIN, size[1] - 2 * MARGIN - 6, id="body", leftPadding=0, rightPadding=0)
    document.addPageTemplates([PageTemplate("first", [frame]), PageTemplate("later", [frame])])
    setter = _Setter(layout, size[0] - 2 * MARGIN, next(iter(fonts.values())).parent)
    story = setter.front(report) + [part for block in report.blocks for part in setter.block(block)] + setter.end_notes()
    document.multiBuild(story, canvasmaker=partial(_Numbered, report=report, layout=layout))
    return out.getvalue()


class _Report(BaseDocTemplate):
    """Tells the table of contents of each heading."""

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 (ReportLab's name)
        level = getattr(flowable, "level", None)
        if level in (1, 2):
            self.notify("TOCEntry", (level - 1, flowable.getPlainText(), self.page))


class _Numbered(Canvas):
    """Writes running header, footer and signature key once the number of pages is known."""

    def __init__(self, *args: object, report: Printed, layout: Layout, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._states: list[dict[str, object]] = []
        self._report, self._look = report, layout

    def showPage(self) -> None:  # noqa: N802 (ReportLab's name)
        self._states.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for number, state in enumerate(self._states, 1):
            self.__dict__.update(state)
            self._furniture(number, len(self._states))
            super().showPage()
        super().save()

    def _furniture(self, number: int, total: int) -> None:
        width, height = self._pagesize
        self.setFont("Helvetica", 8)
        self.setFillGray(0.35)
        if number > 1:
            self.drawString(MARGIN, height - 40, self._report.running)
        if number > 1 or self._look.cover != "page":
            self.drawRightString(width - MARGIN, 34, self._look.page_number.format(n=number, m=total))
        if self._look.signature_key:
            self.saveState()
            self.translate(22, 250)
            self.rotate(90)
            self.setFont("Helvetica", 5.5)
            self.drawString(0, 0, self._look.signature_key)
            self.restoreState()


class _Lit(Paragraph):
    """A paragraph with a drawn disc before its first line."""

    light: str | None = None

    def draw(self) -> None:
        """Draw disc, then text."""
        if self.light:
            self.canv.setFillColor(colors.HexColor(self.light))
            self.canv.circle(5, self.height - 7, 4.4, stroke=0, fill=1)
        super().draw()


class _Bar(Flowable):
    """A progress bar, per cent."""

    def __init__(self, percent: int) -> None:
        super().__init__()
        self.percent = percent

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Takes the width there is."""
        self.width = width
        return width, 7

    def draw(self) -> None:
        """Grey ground, green part."""
        self.canv.setFillGray(0.85)
        self.canv.rect(0, 0, self.width, 6, stroke=0, fill=1)
        self.canv.setFillColor(colors.HexColor("#00A651"))
        self.canv.rect(0, 0, self.width * self.percent / 100, 6, stroke=0, fill=1)


class _Setter:
    """Turns blocks into flowables for one layout and text width."""

    def __init__(self, layout: Layout, width: float, folder: Path) -> None:
        self.layout, self.width = layout, width
        self.pictures = {name: folder / f"{name}.png" for name in COLORS}
        for name, path in self.pictures.items():
            path.write_bytes(disc_png(layout.color(name), name))
        self.face = "Times" if layout.serif else "Helvetica"
        self.notes: list[str] = []

    def style(
        self, size: float | None = None, *, bold: bool = False, italic: bool = False, align: str = "left", **more: object
    ) -> ParagraphStyle:
        """A paragraph style of this layout."""
        size = size or self.layout.size
        font = {"Times": ("Times-Roman", "Times-Bold", "Times-Italic"), "Helvetica": ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique")}[
            self.face
        ]
        name = font[1] if bold else font[2] if italic else font[0]
        settings: dict[str, object] = {
            "fontName": name,
            "fontSize": size,
            "leading": size * 1.32,
            "spaceAfter": 5,
            "alignment": ALIGN[align],
        }
        return ParagraphStyle("s", **{**settings, **more})

    def body(self, **more: object) -> ParagraphStyle:
        """The style of running text."""
        if self.layout.justify:
            more = {"alignment": TA_JUSTIFY, **more}
        if self.layout.hyphens:
            more = {"hyphenationLang": "sv_SE", **more}
        return self.style(**more)  # type: ignore[arg-type]

    def front(self, report: Printed) -> list[Flowable]:
        """Title, cover lines, table of contents."""
        big = self.layout.cover == "page"
        accent = colors.HexColor(self.layout.accent)
        story: list[Flowable] = [NextPageTemplate("later")]
        if report.before:
            story += [*(part for block in report.before for part in self.block(block)), PageBreak()]
        if report.cover:
            story += [Spacer(0, 180)] if big else []
            story.append(
                Paragraph(escape(report.title), self.style(28 if big else self.layout.size * 2, bold=True, textColor=accent, spaceAfter=12))
            )
            story += [Paragraph(escape(line), self.style(13 if big else self.layout.size)) for line in report.cover]
            story.append(PageBreak() if big else Spacer(0, 10))
        if self.layout.contents:
            contents = TableOfContents(dotsMinLevel=0, levelStyles=[self.style(10), self.style(10, leftIndent=14)])
            story += [Paragraph("Innehåll", self.style(16, bold=True, spaceAfter=8)), contents, PageBreak()]
        return story

    def block(self, block: Block) -> list[Flowable]:
        """One block as flowables."""
        match block:
            case Heading():
                return [self.heading(block)]
            case Para():
                more = {
                    "bold": {"bold": True},
                    "italic": {"italic": True},
                    "small": {"size": self.layout.size * 0.82},
                    "right": {"align": "right"},
                    "lead": {"size": self.layout.size * 1.15},
                }.get(block.style, {})
                return [self.paragraph(self.inline(block.text), self.body(**more), block.icon)]  # type: ignore[arg-type]
            case Items():
                return [self.items(block)]
            case Table():
                return self.table(block)
            case Chart():
                return [Paragraph(escape(block.title), self.style(bold=True)), self.chart(block), Spacer(0, 6)]
            case Break():
                return [PageBreak()]

    def heading(self, block: Heading) -> Flowable:
        """A heading that keeps with what follows."""
        size = self.layout.size * {1: 1.75, 2: 1.32, 3: 1.08}[block.level]
        style = self.style(
            size, bold=True, textColor=colors.HexColor(self.layout.accent), spaceBefore=size * 0.9, spaceAfter=size * 0.35, keepWithNext=1
        )
        found = self.paragraph(escape(block.text), style, block.icon)
        found.level = block.level
        return found

    def paragraph(self, text: str, style: ParagraphStyle, icon: str | None = None) -> Paragraph:
        """A paragraph, with a light where there is one."""
        if icon is None:
            return Paragraph(text, style)
        color = self.layout.color(icon)
        if self.layout.icons == "glyph":
            return Paragraph(f'<font name="ZapfDingbats" color="{color}">l</font> {text}', style)
        if self.layout.icons == "image":
            return Paragraph(f'<img src="{self.pictures[icon]}" width="9" height="9" valign="-1"/> {text}', style)
        found = _Lit(text or "&nbsp;", ParagraphStyle("lit", parent=style, firstLineIndent=13))
        found.light = color
        return found

    def inline(self, text: str) -> str:
        """The content's small markup as ReportLab's; footnotes become end notes."""

        def note(found: re.Match[str]) -> str:
            self.notes.append(found[1])
            return f"<super>{len(self.notes)}</super>"

        return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", re.sub(r"\[\[(.+?)\]\]", note, escape(text)))

    def end_notes(self) -> list[Flowable]:
        """The notes, small, after everything else."""
        return [Paragraph(f"{i} {note}", self.style(7.5)) for i, note in enumerate(self.notes, 1)]

    def items(self, block: Items, size: float | None = None) -> Flowable:
        """A list."""
        start = {"bullet": self.layout.bullet, "dash": "–", "number": None}[block.marker]
        parts = [
            ListItem(Paragraph(self.inline(text), self.body(size=size, spaceAfter=2) if size else self.body(spaceAfter=2)))
            for text in block.items
        ]
        kind = "1" if start is None else "bullet"
        return ListFlowable(
            parts,
            bulletType=kind,
            start=start,
            leftIndent=15,
            bulletFontSize=size or self.layout.size,
            bulletFormat="%s." if start is None else None,
        )

    def chart(self, block: Chart) -> Drawing:
        """Bars with axis figures."""
        top = max(block.values) * 1.2
        drawing = Drawing(60 + 60 * len(block.labels), 130)
        for i, (label, value) in enumerate(zip(block.labels, block.values, strict=True)):
            drawing.add(Rect(40 + i * 60, 20, 30, 100 * value / top, fillColor=colors.HexColor("#4472A8"), strokeColor=None))
            drawing.add(String(42 + i * 60, 9, label, fontSize=8))
        for i in range(4):
            drawing.add(String(8, 18 + 30 * i, f"{top * 0.3 * i:.0f}", fontSize=8))
            drawing.add(Line(30, 20 + 30 * i, 50 + 60 * len(block.labels), 20 + 30 * i, strokeColor=colors.lightgrey, strokeWidth=0.5))
        return drawing

    def table(self, block: Table) -> list[Flowable]:
        """A table with its title."""
        rows = [*block.head, *block.rows]
        commands: list[tuple[object, ...]] = [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 5.4),
            ("RIGHTPADDING", (0, 0), (-1, -1), 5.4),
            ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ]
        commands += self.rules(len(block.head), len(rows))
        total = sum(block.widths)
        widths = [self.width * width / total for width in block.widths]
        data = []
        for y, row in enumerate(rows):
            line: list[object] = []
            for cell in row:
                if cell.cols > 1:
                    commands.append(("SPAN", (len(line), y), (len(line) + cell.cols - 1, y)))
                if cell.fill:
                    commands.append(("BACKGROUND", (len(line), y), (len(line), y), colors.HexColor(self.layout.color(cell.fill))))
                strong = y < len(block.head) or y - len(block.head) in block.bold_rows
                line += [self.cell(cell, strong=strong, head=y < len(block.head)), *([""] * (cell.cols - 1))]
            data.append(line)
        grid = Grid(data, colWidths=widths, style=commands, repeatRows=len(block.head) if self.layout.repeat_header else 0, splitInRow=0)
        title = [Paragraph(escape(block.title), self.style(bold=True, keepWithNext=1))] if block.title else []
        return [*title, grid, Spacer(0, 8)]

    def rules(self, head: int, rows: int) -> list[tuple[object, ...]]:
        """Lines and shading of the layout's kind of table."""
        accent, everything = colors.HexColor(self.layout.accent), ((0, 0), (-1, -1))
        match self.layout.tables:
            case "ruled":
                shading = [("BACKGROUND", (0, 0), (-1, head - 1), colors.HexColor("#E2E6EC"))] if head else []
                return [("GRID", *everything, 0.5, colors.HexColor("#555555")), *shading]
            case "lines":
                return [("LINEBELOW", *everything, 0.5, colors.grey), ("LINEABOVE", (0, 0), (-1, 0), 1, colors.black)]
            case "shade":
                stripes: list[tuple[object, ...]] = [
                    ("BACKGROUND", (0, y), (-1, y), colors.HexColor("#EEF2F6")) for y in range(head + 1, rows, 2)
                ]
                return [*([("BACKGROUND", (0, 0), (-1, head - 1), accent)] if head else []), *stripes]
        return []

    def cell(self, cell: Cell, *, strong: bool, head: bool) -> list[Flowable]:
        """The flowables of one cell."""
        size = self.layout.size * 0.88
        white = (head and self.layout.tables == "shade") or (cell.fill and self.layout.color(cell.fill) == self.layout.accent)
        style = self.style(
            size,
            bold=strong or cell.bold,
            align=cell.align,
            spaceAfter=0,
            leading=size * 1.22,
            textColor=colors.white if white else colors.black,
        )
        if cell.icon and not cell.text and cell.align == "center" and self.layout.icons == "vector":
            return [_dot(self.layout.color(cell.icon))]
        found: list[Flowable] = []
        for i, line in enumerate(cell.text.split("\n")):
            if line.startswith("- "):
                found.append(self.items(Items((line[2:],)), size))
            else:
                found.append(self.paragraph(self.inline(line), style, cell.icon if i == 0 else None))
        return [*found, _Bar(cell.bar)] if cell.bar is not None else found


def _dot(color: str) -> Flowable:
    drawing = Drawing(9, 10, hAlign="CENTER")
    drawing.add(Rect(0, 0, 9, 9, rx=4.5, ry=4.5, fillColor=colors.HexColor(color), strokeColor=None))
    return drawing
