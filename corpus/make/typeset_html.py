"""Typeset with WeasyPrint, with or without tags: the Word-like and InDesign-like layouts."""

from __future__ import annotations

import base64
import re
from html import escape
from pathlib import Path
from string import Template

import pymupdf
import weasyprint

from corpus.make.fonts import FACES
from corpus.make.icons import disc_png, disc_svg
from corpus.make.model import Block, Break, Cell, Chart, Heading, Items, Layout, Para, Printed, Table

RULES = {
    "ruled": "td, th {border: .5pt solid #444} th {background: %s22}",
    "lines": "td, th {border-bottom: .5pt solid #888} thead th {border-top: 1pt solid #333; border-bottom: 1pt solid #333}",
    "shade": "thead th {background: %s; color: #fff} tbody tr:nth-child(even) {background: #EEF2F6}",
    "plain": "td, th {padding-right: 6pt}",
}


def typeset(report: Printed, layout: Layout, fonts: dict[str, Path]) -> bytes:
    """The PDF of a report."""
    head = f"<title>{escape(report.title)}</title><style>{_style(report, layout, fonts)}</style>"
    html = f"<html lang='{report.language}'><head>{head}</head><body>"
    html += _front(report, layout) + "<main>" + "".join(_block(block, layout) for block in report.blocks) + "</main></body></html>"
    document = weasyprint.HTML(string=html)
    identifier = report.title.encode()
    variant = "pdf/ua-1" if layout.tagged else None
    pdf = bytes(document.write_pdf(pdf_variant=variant, pdf_identifier=identifier, optimize_images=False))
    return _with_soft_hyphens(pdf) if layout.soft_hyphens else pdf


def _with_soft_hyphens(pdf: bytes) -> bytes:
    """Line-end hyphens as U+00AD in the text layer, as word processors leave them: the fonts' maps to Unicode are changed."""
    with pymupdf.open("pdf", pdf) as opened:
        for xref in range(1, opened.xref_length()):
            stream = opened.xref_stream(xref) if opened.xref_is_stream(xref) else None
            if stream and b"beginbfchar" in stream:
                opened.update_stream(xref, re.sub(rb"<2010>(?=\s)", b"<00AD>", stream))
        return bytes(opened.tobytes(garbage=3, deflate=True, no_new_id=True))


def _style(report: Printed, layout: Layout, fonts: dict[str, Path]) -> str:
    faces = "".join(_face(short, path) for short, path in fonts.items())
    counters = {"n": '" counter(page) "', "m": '" counter(pages) "'}
    number = re.sub(r"\{(\w)\}", lambda m: counters[m[1]], layout.page_number)
    settings = {
        "paper": "A4 landscape" if layout.landscape else "A4",
        "running": report.running.replace('"', ""),
        "family": "Corpus Serif" if layout.serif else "Corpus Sans",
        "number": number,
        "first_number": "none" if layout.cover == "page" else f'"{number}"',
        "size": layout.size,
        "hyphens": "auto" if layout.hyphens else "manual",
        "align": "justify" if layout.justify else "left",
        "accent": layout.accent,
        "columns": layout.columns if layout.columns > 1 else "auto",
        "span": "all" if layout.columns > 1 else "none",
        "bullet": layout.bullet,
        "header": "table-header-group" if layout.repeat_header else "table-row-group",
    }
    sheet = Template(Path(__file__).with_name("report.css").read_text("utf-8")).substitute(settings)
    return faces + sheet + RULES[layout.tables].replace("%s", layout.accent)


def _face(short: str, path: Path) -> str:
    family, _, weight, italic = FACES[short]
    slant = "italic" if italic else "normal"
    return f"@font-face {{font-family: '{family}'; src: url('{path.as_uri()}'); font-weight: {weight}; font-style: {slant}}}\n"


def _front(report: Printed, layout: Layout) -> str:
    key = f"<div class='key'>{escape(layout.signature_key)}</div>" if layout.signature_key else ""
    lines = "".join(f"<div>{escape(line)}</div>" for line in report.cover)
    kind = "front" if layout.cover == "page" else "top"
    shown = f"<div class='{kind}'><p class='title bold'>{escape(report.title)}</p>{lines}</div>" if report.cover else ""
    letter = "".join(_block(block, layout) for block in report.before)
    letter = f"<div class='letter'>{letter}</div>" if letter else ""
    return key + letter + shown + (_contents(report) if layout.contents else "")


def _contents(report: Printed) -> str:
    headings = [block for block in report.blocks if isinstance(block, Heading) and block.level < 3]
    links = "".join(f"<a class='l{h.level}' href='#{_anchor(h)}'>{escape(h.text)}</a>" for h in headings)
    return f"<div class='toc'><p class='title bold'>Innehållsförteckning</p>{links}</div>"


def _anchor(heading: Heading) -> str:
    return re.sub(r"\W+", "-", heading.text).strip("-")


def _block(block: Block, layout: Layout) -> str:
    match block:
        case Heading():
            return f"<h{block.level} id='{_anchor(block)}'>{_icon(block.icon, layout)}{escape(block.text)}</h{block.level}>"
        case Para():
            return f"<p class='{block.style}'>{_icon(block.icon, layout)}{_inline(block.text)}</p>"
        case Items():
            kind = "ol" if block.marker == "number" else "ul"
            return f"<{kind} class='{block.marker}'>" + "".join(f"<li>{_inline(item)}</li>" for item in block.items) + f"</{kind}>"
        case Table():
            return _table(block, layout)
        case Chart():
            title, source = escape(block.title), _data("svg+xml", chart_svg(block).encode())
            return f"<p class='caption'>{title}</p><img alt='{title}' style='width: 300pt' src='{source}'>"
        case Break():
            return "<div style='break-after: page'></div>"


def _inline(text: str) -> str:
    found = escape(text, quote=False)
    found = re.sub(r"\[\[(.+?)\]\]", r"<span class='fn'>\1</span>", found)
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", found)


def _icon(name: str | None, layout: Layout) -> str:
    if name is None:
        return ""
    color = layout.color(name)
    if layout.icons == "glyph":
        return f"<span style='color: {color}'>●</span> "
    source = _data("svg+xml", disc_svg(color).encode()) if layout.icons == "vector" else _data("png", disc_png(color, name))
    return f"<img class='icon' alt='' src='{source}'>"


def _data(kind: str, content: bytes) -> str:
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"


def _table(table: Table, layout: Layout) -> str:
    total = sum(table.widths)
    columns = "".join(f"<col style='width: {100 * width / total:.1f}%'>" for width in table.widths)
    head = "".join("<tr>" + "".join(_cell(cell, layout, "th") for cell in row) + "</tr>" for row in table.head)
    rows = "".join(
        f"<tr{' class=strong' if i in table.bold_rows else ''}>" + "".join(_cell(cell, layout, "td") for cell in row) + "</tr>"
        for i, row in enumerate(table.rows)
    )
    title = f"<p class='caption'>{escape(table.title)}</p>" if table.title else ""
    header = f"<thead>{head}</thead>" if head else ""
    return f"{title}<table class='{table.role}'><colgroup>{columns}</colgroup>{header}<tbody>{rows}</tbody></table>"


def _cell(cell: Cell, layout: Layout, tag: str) -> str:
    style = f"text-align: {cell.align}"
    if cell.fill:
        fill = layout.color(cell.fill)
        style += f"; background: {fill}" + ("; color: #fff" if fill == layout.accent else "")
    text = "<br>".join(_inline(line) for line in cell.text.split("\n")) if tag == "th" else _paragraphs(cell.text, layout)
    inside = _icon(cell.icon, layout) + text
    if cell.bar is not None:
        inside += f"<div class='bar'><div style='width: {cell.bar}%'></div></div>"
    classes = " class='strong'" if cell.bold and tag == "td" else ""
    return f"<{tag}{classes}{f' colspan={cell.cols}' if cell.cols > 1 else ''} style='{style}'>{inside}</{tag}>"


def _paragraphs(text: str, layout: Layout) -> str:
    lines = text.split("\n")
    if len(lines) == 1 and not text.startswith("- "):
        return _inline(text)
    found = ""
    for line in lines:
        found += f"<li>{_inline(line[2:])}</li>" if line.startswith("- ") else f"<p>{_inline(line)}</p>"
    return re.sub(r"((?:<li>.*?</li>)+)", r"<ul class='bullet'>\1</ul>", found)


def chart_svg(chart: Chart) -> str:
    """A bar chart as SVG, figures on the axis and over the bars left as text."""
    top = max(chart.values) * 1.2
    parts = []
    for i, (label, value) in enumerate(zip(chart.labels, chart.values, strict=True)):
        x, height = 40 + i * 60, 100 * value / top
        parts.append(f"<rect x='{x}' y='{110 - height:.1f}' width='30' height='{height:.1f}' fill='#4472A8'/>")
        parts.append(f"<text x='{x}' y='122' font-size='8' font-family='Corpus Sans'>{escape(label)}</text>")
    for i in range(4):
        parts.append(f"<text x='8' y='{112 - 30 * i}' font-size='8' font-family='Corpus Sans'>{top * 0.3 * i:.0f}</text>")
        parts.append(f"<path d='M30 {110 - 30 * i}H{50 + 60 * len(chart.labels)}' stroke='#bbb' stroke-width='.5'/>")
    width = 60 + 60 * len(chart.labels)
    return f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} 130' width='{width}' height='130'>{''.join(parts)}</svg>"
