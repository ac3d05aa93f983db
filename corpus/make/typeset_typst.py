"""Typeset with Typst: another engine, with its own line breaking, tables and page breaks.

Its tags are taken off unless the layout wants them.
"""

from __future__ import annotations

import re
from pathlib import Path
from string import Template

import pymupdf
import typst

from corpus.make.icons import disc_png
from corpus.make.model import COLORS, Block, Break, Cell, Chart, Heading, Items, Layout, Para, Printed, Table
from corpus.make.typeset_html import chart_svg

STROKES = {
    "ruled": "(x, y) => 0.5pt + luma(70)",
    "lines": "(x, y) => (bottom: 0.5pt + luma(120))",
    "shade": "none",
    "plain": "none",
}


def typeset(report: Printed, layout: Layout, fonts: dict[str, Path]) -> bytes:
    """The PDF of a report. Scratch files (source, pictures) stand beside the fonts."""
    folder = next(iter(fonts.values())).parent
    for name in COLORS:
        (folder / f"{name}.png").write_bytes(disc_png(layout.color(name), name))
    source = folder / "report.typ"
    body = "\n".join(_block(block, layout, folder) for block in report.blocks)
    source.write_text(_preamble(report, layout) + _front(report, layout, folder) + body + "\n", "utf-8")
    pdf = bytes(typst.compile(source, root=folder, font_paths=[folder], ignore_system_fonts=True))
    return pdf if layout.tagged else _untagged(pdf)


def _untagged(pdf: bytes) -> bytes:
    with pymupdf.open("pdf", pdf) as opened:
        root = opened.pdf_catalog()
        for key in ("StructTreeRoot", "MarkInfo"):
            opened.xref_set_key(root, key, "null")
        for page in opened:
            opened.xref_set_key(page.xref, "StructParents", "null")
        return bytes(opened.tobytes(garbage=3, deflate=True, no_new_id=True))


def _string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _preamble(report: Printed, layout: Layout) -> str:
    counters = {"n": "#counter(page).display()", "m": "#context counter(page).final().first()"}
    parts = re.split(r"\{(\w)\}", layout.page_number)
    number = "".join(counters[part] if i % 2 else f"#{_string(part)}" for i, part in enumerate(parts) if part)
    key = f"rotate(-90deg, reflow: true)[#text(5.5pt, luma(110))[#{_string(layout.signature_key)}]]"
    settings = {
        "title": _string(report.title),
        "running": _string(report.running),
        "family": "Corpus Serif" if layout.serif else "Corpus Sans",
        "size": f"{layout.size}pt",
        "hyphens": str(layout.hyphens).lower(),
        "justify": str(layout.justify).lower(),
        "landscape": str(layout.landscape).lower(),
        "key": f"#place(left + horizon, dx: 14pt, {key})" if layout.signature_key else "",
        "first": int(layout.cover == "page"),
        "number": number,
        "accent": layout.accent,
        "bullet": layout.bullet,
    }
    return Template(Path(__file__).with_name("report.typ").read_text("utf-8")).substitute(settings)


def _front(report: Printed, layout: Layout, folder: Path) -> str:
    found = "\n".join(_block(block, layout, folder) for block in report.before)
    found += "\n#pagebreak()\n" if found else ""
    if report.cover:
        big = layout.cover == "page"
        found += "#v(190pt)\n" if big else ""
        found += f"#title({30 if big else layout.size * 2}pt)[#{_string(report.title)}]\n\n"
        found += "".join(f"#text({13 if big else layout.size}pt)[#{_string(line)}]\n\n" for line in report.cover)
        found += "#pagebreak()\n" if big else "#v(10pt)\n"
    if layout.contents:
        found += '#outline(title: text("Innehåll"), depth: 2)\n#pagebreak()\n'
    return found


def _block(block: Block, layout: Layout, folder: Path) -> str:
    match block:
        case Heading():
            return f"#heading(level: {block.level})[{_icon(block.icon, layout)}#{_string(block.text)}]"
        case Para():
            return _para(block, layout)
        case Items():
            call = "enum" if block.marker == "number" else "list"
            marker = "marker: [–], " if block.marker == "dash" else ""
            return f"#{call}({marker}" + ", ".join(f"[{_inline(item)}]" for item in block.items) + ")"
        case Table():
            return _table(block, layout)
        case Chart():
            name = re.sub(r"\W+", "-", block.title) + ".svg"
            (folder / name).write_text(chart_svg(block), "utf-8")
            return f"#strong[#{_string(block.title)}]\n\n#image({_string(name)}, width: 300pt)"
        case Break():
            return "#pagebreak(weak: true)"


def _para(block: Para, layout: Layout) -> str:
    text = _icon(block.icon, layout) + _inline(block.text)
    wraps = {
        "bold": "#strong[%s]",
        "italic": "#emph[%s]",
        "small": f"#text({layout.size * 0.82}pt)[%s]",
        "lead": f"#text({layout.size * 1.15}pt)[%s]",
        "right": "#align(right)[%s]",
    }
    return wraps.get(block.style, "%s").replace("%s", text) + "\n"


def _inline(text: str) -> str:
    found = ""
    for part in re.split(r"(\[\[.+?\]\]|\*\*.+?\*\*)", text):
        if part.startswith("[["):
            found += f"#footnote[#{_string(part[2:-2])}]"
        elif part.startswith("**"):
            found += f"#strong[#{_string(part[2:-2])}]"
        elif part:
            found += f"#{_string(part)}"
    return found


def _icon(name: str | None, layout: Layout) -> str:
    if name is None:
        return ""
    if layout.icons == "image":
        return f"#box(baseline: 1pt, image({_string(name + '.png')}, width: 9pt)) "
    return f"#{'glyph' if layout.icons == 'glyph' else 'disc'}({_string(layout.color(name))}) "


def _table(table: Table, layout: Layout) -> str:
    columns = ", ".join(f"{width}fr" for width in table.widths)
    repeat = str(layout.repeat_header).lower()
    rows = [", ".join(_cell(cell, layout, head=True) for cell in row) for row in table.head]
    head = f"table.header(repeat: {repeat}, {', '.join(rows)})," if rows else ""
    fill = f"banded({len(table.head)})" if layout.tables == "shade" else "none"
    body = ",\n".join(", ".join(_cell(cell, layout, strong=i in table.bold_rows) for cell in row) for i, row in enumerate(table.rows))
    title = f"#block(sticky: true)[#strong[#{_string(table.title)}]]\n" if table.title else ""
    scope = f"#[#set text(size: {layout.size * 0.88}pt, hyphenate: false)\n#set par(justify: false)\n"
    settings = f"columns: ({columns},), inset: (x: .6em, y: 3pt), stroke: {STROKES[layout.tables]}, fill: {fill}"
    return f"{title}{scope}#table({settings}, {head}\n{body})]"


def _cell(cell: Cell, layout: Layout, head: bool = False, strong: bool = False) -> str:
    inside = _icon(cell.icon, layout) + _lines(cell.text)
    if cell.bar is not None:
        inside += f"\n\n#bar({cell.bar})"
    fill = layout.color(cell.fill) if cell.fill else None
    white = (head and layout.tables == "shade") or fill == layout.accent
    if white:
        inside = f"#text(fill: white)[{inside}]"
    if cell.bold or head or strong:
        inside = f"#strong[{inside}]"
    settings = [f"align: {cell.align}"] + ([f'fill: rgb("{fill}")'] if fill else []) + ([f"colspan: {cell.cols}"] if cell.cols > 1 else [])
    return f"table.cell({', '.join(settings)})[{inside}]"


def _lines(text: str) -> str:
    lines = text.split("\n")
    if len(lines) == 1 and not text.startswith("- "):
        return _inline(text)
    found = ""
    for line in lines:
        found += f"#list([{_inline(line[2:])}])\n" if line.startswith("- ") else f"{_inline(line)} \\\n"
    return found.removesuffix(" \\\n")
