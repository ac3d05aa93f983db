"""Typeset with WeasyPrint, with or without tags: the Word-like and InDesign-like layouts."""

from __future__ import annotations

import base64
import re
from html import escape
from pathlib import Path

import pyphen
import weasyprint

from corpus.make.fonts import FACES
from corpus.make.icons import disc_png, disc_svg
from corpus.make.model import Block, Break, Cell, Chart, Heading, Items, Layout, Para, Printed, Table

SYLLABLES = pyphen.Pyphen(lang="sv_SE", left=4, right=4)
RULES = {
    "ruled": "td, th {border: .5pt solid #444} th {background: %s22}",
    "lines": "td, th {border-bottom: .5pt solid #888} thead th {border-top: 1pt solid #333; border-bottom: 1pt solid #333}",
    "shade": "thead th {background: %s; color: #fff} tbody tr:nth-child(even) {background: #EEF2F6}",
    "plain": "td, th {padding-right: 6pt}",
}


def typeset(report: Printed, layout: Layout, fonts: dict[str, Path]) -> bytes:
    """The PDF of a report."""
    html = f"<html lang='{report.language}'><head><title>{escape(report.title)}</title><style>{_style(report, layout, fonts)}</style></head><body>"
    html += _front(report, layout) + "<main>" + "".join(_block(block, layout) for block in report.blocks) + "</main></body></html>"
    document = weasyprint.HTML(string=html)
    identifier = report.title.encode()
    return bytes(document.write_pdf(pdf_variant="pdf/ua-1" if layout.tagged else None, pdf_identifier=identifier, optimize_images=False))


def _style(report: Printed, layout: Layout, fonts: dict[str, Path]) -> str:
    faces = "".join(_face(short, path) for short, path in fonts.items())
    family = "Corpus Serif" if layout.serif else "Corpus Sans"
    number = re.sub(r"\{(\w)\}", lambda m: {"n": '" counter(page) "', "m": '" counter(pages) "'}[m[1]], layout.page_number)
    running = escape(report.running).replace('"', "")
    size = "A4 landscape" if layout.landscape else "A4"
    rules = RULES[layout.tables].replace("%s", layout.accent)
    return f"""{faces}
    @page {{size: {size}; margin: 62pt 56pt 60pt 62pt;
      @top-left {{content: "{running}"; font: 8pt '{family}'; color: #555}}
      @bottom-right {{content: "{number}"; font: 8pt '{family}'; color: #555}}
      @footnote {{border-top: .4pt solid #000; padding-top: 3pt}} }}
    @page:first {{ @top-left {{content: none}} {'@bottom-right {content: none}' if layout.cover == 'page' else ''} }}
    html {{font: {layout.size}pt/1.36 '{family}', 'Corpus Symbols'; hyphens: {'auto' if layout.hyphens else 'manual'}}}
    body {{margin: 0; text-align: {'justify' if layout.justify else 'left'}}}
    h1, h2, h3, .title {{color: {layout.accent}; font-family: 'Corpus Sans'; hyphens: none; text-align: left; line-height: 1.2; break-after: avoid}}
    h1 {{font-size: {layout.size * 1.8}pt; margin: 20pt 0 8pt}} h2 {{font-size: {layout.size * 1.35}pt; margin: 14pt 0 5pt}}
    h3 {{font-size: {layout.size * 1.1}pt; margin: 11pt 0 4pt}}
    main {{{f'columns: {layout.columns}; column-gap: 20pt' if layout.columns > 1 else ''}}}
    p {{margin: 0 0 6pt; orphans: 2; widows: 2}} ul, ol {{margin: 0 0 7pt; padding-left: 16pt}} li {{margin-bottom: 2pt}}
    .bold {{font-weight: bold}} .italic {{font-style: italic}} .small {{font-size: {layout.size * .82}pt}} .right {{text-align: right}}
    .lead {{font-size: {layout.size * 1.15}pt}} .fn {{float: footnote; font-size: 8pt; font-weight: normal}}
    ul.bullet {{list-style: '{layout.bullet} '}} ul.dash {{list-style: '–  '}}
    table {{border-collapse: collapse; width: 100%; margin: 4pt 0 10pt; font-size: {layout.size * .9}pt; line-height: 1.25; hyphens: manual;
      {'column-span: all;' if layout.columns > 1 else ''} text-align: left}}
    td, th {{padding: 2.4pt 4pt; vertical-align: top; font-weight: normal}} th, tr.strong td, td.strong {{font-weight: bold}}
    td.middle {{vertical-align: middle}}
    {'' if layout.repeat_header else 'thead {display: table-row-group}'} tr {{break-inside: avoid}}
    td ul {{padding-left: 11pt; margin: 0}} td p {{margin: 0 0 3pt}} td p:last-child {{margin: 0}}
    .caption {{font-weight: bold; font-size: {layout.size * .9}pt; margin: 6pt 0 0; break-after: avoid}}
    {rules} .icon {{width: 9pt; height: 9pt; margin-right: 3pt; vertical-align: -1pt}}
    .bar {{width: 100%; height: 6pt; background: #D9D9D9}} .bar div {{height: 6pt; background: #00A651}}
    .key {{position: fixed; left: -44pt; top: 420pt; font-size: 5.5pt; color: #777; transform: rotate(-90deg); transform-origin: 0 0; white-space: nowrap}}
    .letter {{break-after: page}} .front {{height: 640pt; break-after: page}} .front .title {{font-size: 30pt; margin: 190pt 0 14pt}} .front div {{font-size: 13pt; margin-bottom: 4pt}}
    .top .title {{font-size: {layout.size * 2.1}pt; margin: 0 0 6pt}} .top div {{margin-bottom: 2pt}} .top {{margin-bottom: 16pt}}
    .toc a {{display: block; color: #000; text-decoration: none; margin-bottom: 2pt}} .toc a.l2 {{margin-left: 14pt}}
    .toc a::after {{content: leader('.') target-counter(attr(href), page)}} .toc {{break-after: page}}
    """


def _face(short: str, path: Path) -> str:
    family, _, weight, italic = FACES[short]
    return f"@font-face {{font-family: '{family}'; src: url('{path.as_uri()}'); font-weight: {weight}; font-style: {'italic' if italic else 'normal'}}}"


def _front(report: Printed, layout: Layout) -> str:
    key = f"<div class='key'>{escape(layout.signature_key)}</div>" if layout.signature_key else ""
    lines = "".join(f"<div>{escape(line)}</div>" for line in report.cover)
    shown = f"<div class='{'front' if layout.cover == 'page' else 'top'}'><p class='title bold'>{escape(report.title)}</p>{lines}</div>" if report.cover else ""
    letter = "".join(_block(block, layout) for block in report.before)
    letter = f"<div class='letter'>{letter}</div>" if letter else ""
    return key + letter + shown + (_contents(report) if layout.contents else "")


def _contents(report: Printed) -> str:
    headings = [block for block in report.blocks if isinstance(block, Heading) and block.level < 3]
    links = "".join(f"<a class='l{h.level}' href='#{_anchor(h)}'>{escape(h.text)}</a>" for h in headings)
    return f"<div class='toc'><p class='title bold' style='font-size: 16pt'>Innehållsförteckning</p>{links}</div>"


def _anchor(heading: Heading) -> str:
    return re.sub(r"\W+", "-", heading.text).strip("-")


def _block(block: Block, layout: Layout) -> str:
    match block:
        case Heading():
            return f"<h{block.level} id='{_anchor(block)}'>{_icon(block.icon, layout)}{escape(block.text)}</h{block.level}>"
        case Para():
            return f"<p class='{block.style}'>{_icon(block.icon, layout)}{_inline(block.text, layout)}</p>"
        case Items():
            kind = "ol" if block.marker == "number" else "ul"
            return f"<{kind} class='{block.marker}'>" + "".join(f"<li>{_inline(item, layout)}</li>" for item in block.items) + f"</{kind}>"
        case Table():
            return _table(block, layout)
        case Chart():
            return f"<p class='caption'>{escape(block.title)}</p><img alt='{escape(block.title)}' style='width: 300pt' src='{_data('svg+xml', chart_svg(block).encode())}'>"
        case Break():
            return "<div style='break-after: page'></div>"


def _inline(text: str, layout: Layout) -> str:
    found = escape(text, quote=False)
    if layout.soft_hyphens:
        found = re.sub(r"[^\W\d_]{12,}", lambda m: SYLLABLES.inserted(m[0], "\u00ad"), found)
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
    rows = "".join(f"<tr{' class=strong' if i in table.bold_rows else ''}>" + "".join(_cell(cell, layout, "td") for cell in row) + "</tr>"
                   for i, row in enumerate(table.rows))
    title = f"<p class='caption'>{escape(table.title)}</p>" if table.title else ""
    return f"{title}<table class='{table.role}'><colgroup>{columns}</colgroup>{f'<thead>{head}</thead>' if head else ''}<tbody>{rows}</tbody></table>"


def _cell(cell: Cell, layout: Layout, tag: str) -> str:
    style = f"text-align: {cell.align}"
    if cell.fill:
        fill = layout.color(cell.fill)
        style += f"; background: {fill}" + ("; color: #fff" if fill == layout.accent else "")
    text = "<br>".join(_inline(line, layout) for line in cell.text.split("\n")) if tag == "th" else _paragraphs(cell.text, layout)
    inside = _icon(cell.icon, layout) + text
    if cell.bar is not None:
        inside += f"<div class='bar'><div style='width: {cell.bar}%'></div></div>"
    classes = " class='strong'" if cell.bold and tag == "td" else ""
    return f"<{tag}{classes}{f' colspan={cell.cols}' if cell.cols > 1 else ''} style='{style}'>{inside}</{tag}>"


def _paragraphs(text: str, layout: Layout) -> str:
    lines = text.split("\n")
    if len(lines) == 1 and not text.startswith("- "):
        return _inline(text, layout)
    found = ""
    for line in lines:
        found += f"<li>{_inline(line[2:], layout)}</li>" if line.startswith("- ") else f"<p>{_inline(line, layout)}</p>"
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
