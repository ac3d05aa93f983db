"""Whether rows that line up are a table: aligned numbers, short texts under a header or rules speak for it.

Against it: leaders of a contents list (one number behind each), page numbers that never fall, bullets, the axis of a chart,
running text in columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.layout.columns import Column
from extractors.layout.rawtypes import RawPage
from extractors.layout.tables_lines import Placed
from extractors.layout.tables_rows import is_year
from extractors.layout.zones import Zone

_SPAN = re.compile(r"^[-–<>≥]?\s?\d{1,3}(?:\s?[-–]\s?\d{1,3})?(?:\s?[-–+])?(?:\s?(?:år|åringar|dagar|mån|st))?\.?$")
"""A class of ages, days or sizes: "0–5 år", "80 år", "65+"."""
TOP = 0.2
"""Share of the page's height from either edge, within which a table that goes on over the page may have one row."""
_LEADER = re.compile(r"\.{4,}|…{2,}|(?:\. ){3,}|_{4,}")


def is_table(zone: Zone, placed: list[Placed], columns: Sequence[Column], raw: RawPage) -> bool:
    """Weighs what speaks for a table: aligned numbers, short texts under a header, rules; and what speaks against one."""
    texts = [c.text for r in zone.rows for c in r.chunks]
    leaders = sum(1 for r in zone.rows if any(_LEADER.search(c.text) for c in r.chunks))
    figures = sum(sum(c.numeric for c in r.chunks[1:]) > 1 for r in zone.rows)
    if leaders >= 2 and leaders >= 0.25 * len(zone.rows) and figures < 0.5 * leaders:
        return False
    if _is_contents(placed, len(columns)) or _is_list(placed, len(columns)) or _is_axis(zone, placed, len(columns), raw):
        return False
    numeric = [c for c in range(1, len(columns)) if _number_column(placed, c)]
    ruled = len(zone.rules) + len(zone.shade_edges) >= 3 or len(zone.rules) >= 2
    at_edge = zone.rows[0].y0 < TOP * raw.height or zone.rows[-1].y1 > (1 - TOP) * raw.height
    if not numeric and at_edge and _is_lone_row(placed, len(columns)):
        return True
    if numeric:
        if not any(p.label and any(ch.isalpha() for k in p.label for ch in k.text) for p in placed):
            return len(numeric) >= 2 and ruled
        return len(numeric) >= 2 or ruled or len([p for p in placed if p.numbers]) >= 3
    return _text_table(zone, placed, columns, ruled) and bool(texts)


def _is_lone_row(placed: list[Placed], cols: int) -> bool:
    """Whether a header stands over a single row of figures, two or more, each flush right under its head: a table broken right there."""
    if len(placed) != 2 or cols < 3 or not placed[1].label:
        return False
    head, row = placed
    if any(k.numeric and not is_year(k.text) for k in head.data) or len(row.numbers) < len(row.data):
        return False
    return all(c in row.at and abs(head.at[c][-1].x1 - row.at[c][-1].x1) <= 3.0 for c in range(1, cols) if c in head.at) and all(
        c in head.at for c in range(1, cols)
    )


def _number_column(placed: list[Placed], col: int) -> bool:
    """Whether most of a column's entries are numbers that share their right edge, left edge or middle."""
    chunks = [k for p in placed for k in p.at.get(col, [])]
    numbers = [k for k in chunks if k.numeric]
    if len(numbers) < 2 or len(numbers) < 0.45 * len(chunks):
        return False
    slack = 3.0
    for edge in (lambda k: k.x1, lambda k: k.x0, lambda k: (k.x0 + k.x1) / 2):
        values = sorted(edge(k) for k in numbers)
        middle = values[len(values) // 2]
        if sum(abs(v - middle) <= slack for v in values) >= 0.7 * len(values):
            return True
    return False


def _is_contents(placed: list[Placed], cols: int) -> bool:
    """A contents list without dots: titles and page numbers that never fall."""
    if cols > 3 or len(placed) < 3:
        return False
    last = [k for p in placed for k in p.at.get(cols - 1, [])[-1:]]
    pages = [int(k.text) for k in last if k.text.isdigit() and len(k.text) <= 3]
    titled = sum(1 for p in placed if p.label)
    return (
        len(pages) >= 0.8 * len(last)
        and len(pages) >= 3
        and titled >= 0.8 * len(placed)
        and pages == sorted(pages)
        and pages[-1] > pages[0]
        and max(pages) < 400
        and len({*pages}) > 0.4 * len(pages)
    )


def _is_list(placed: list[Placed], cols: int) -> bool:
    """Bullets or numbers with text beside them are a list, not a table."""
    labels = [k.text for p in placed for k in p.label]
    short = sum(1 for t in labels if len(t) <= 3 or re.fullmatch(r"\(?[\dIVXivx]{0,4}(?:[.)]\d*)*[.)]?", t))
    return cols == 2 and len(labels) >= 2 and short >= 0.8 * len(labels)


def _is_axis(zone: Zone, placed: list[Placed], cols: int, raw: RawPage) -> bool:
    """Numbers and names round a chart: no label column of words, or shapes drawn all over the place."""
    box = (zone.x0, zone.rows[0].y0, zone.x1, zone.rows[-1].y1)
    shapes = sum(
        1
        for f in raw.fills
        if f.kind == "shape"
        and box[0] - 20 < (f.bbox[0] + f.bbox[2]) / 2 < box[2] + 20
        and box[1] - 20 < (f.bbox[1] + f.bbox[3]) / 2 < box[3] + 20
    )
    labelled = max(sum(1 for p in placed if any(_wordy(k.text) for k in p.at.get(c, []))) for c in range(cols))
    years = sum(1 for p in placed if p.label and (is_year(p.label[0].text) or _is_class(p.label[0].text)))
    if labelled + years < 0.4 * len(placed):
        return True
    return shapes > 2 * len(placed) and len(zone.rules) < 2


def _is_class(text: str) -> bool:
    """Whether a label names a class of ages or the like, and is no bare number, as an axis has them."""
    return bool(_SPAN.match(text)) and not text.strip().isdigit()


def _wordy(text: str) -> bool:
    return len([ch for ch in text if ch.isalpha()]) >= 3


def _text_table(zone: Zone, placed: list[Placed], columns: Sequence[Column], ruled: bool) -> bool:
    """Texts in columns: drawn rules, or short entries that line up on the left under a bold header."""
    widths = [c.x1 - c.x0 for c in columns]
    full = 0
    total = 0
    for p in placed:
        for c, chunks in p.at.items():
            total += 1
            full += sum(k.x1 - k.x0 for k in chunks) > 0.85 * widths[c] and len(chunks[0].words) >= 4
    if _headed(zone, placed, len(columns)):
        return True
    if ruled:
        return len(zone.rules) + len(zone.shade_edges) >= 3 or full < 0.5 * total
    header = placed[0].row.bold and not all(p.row.bold for p in placed[1:])
    if not header or len(placed) < 3 or full > 0.25 * total:
        return False
    lefts = _left_aligned(placed, len(columns))
    return lefts and (len(columns) >= 3 or total >= 6)


def _headed(zone: Zone, placed: list[Placed], cols: int) -> bool:
    """Whether a bold row with a word over each column, parted from them by a rule or shade, heads rows that begin where its words do."""
    head, below = placed[0], placed[1:]
    if not head.row.bold or all(p.row.bold for p in below) or len(head.at) < cols or not _left_aligned(placed, cols):
        return False
    marks = [rule.at for rule in zone.rules] + zone.shade_edges
    first = next(p.row for p in below if not p.row.bold)
    return any(head.row.middle < at < first.middle for at in marks)


def _left_aligned(placed: list[Placed], cols: int) -> bool:
    for c in range(cols):
        starts = sorted(p.at[c][0].x0 for p in placed if c in p.at)
        if len(starts) >= 2 and starts[int(0.8 * (len(starts) - 1))] - starts[0] > 4:
            return False
    return True
