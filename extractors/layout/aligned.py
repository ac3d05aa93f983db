"""Tables without drawn cells: rows whose chunks line up, with level rules or shading to help where there are any.

A zone is a run of visual rows that hold two chunks or more, with the single lines (group rows, second lines of labels) among
them. It is a table only if its columns hold: numbers that share an edge, or short texts under a header, and never where the
"columns" are running text, the axis of a chart, a contents list or an address.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.layout.bridges import bridge_gaps, split_at_headers
from extractors.layout.columns import Column, find_columns, place
from extractors.layout.grid import Ink, Line
from extractors.layout.rawtypes import Fill, RawPage
from extractors.layout.spans import spread_headers
from extractors.layout.tables_lines import Placed, broken_number, joined_rows
from extractors.layout.tables_rows import Row, is_year
from extractors.layout.tables_sketch import Sketch, Slot

_LEADER = re.compile(r"\.{4,}|…{2,}|(?:\. ){3,}|_{4,}")
_FAR = 2.9


@dataclass(slots=True)
class Zone:
    """A run of visual rows that may be a table, with the level lines and shades across it."""

    rows: list[Row]
    rules: list[Line]
    shades: list[Fill]

    @property
    def x0(self) -> float:
        """Left edge of its words."""
        return min(r.x0 for r in self.rows)

    @property
    def x1(self) -> float:
        """Right edge of its words."""
        return max(r.x1 for r in self.rows)


def find_zones(rows: Sequence[Row], ink: Ink, height: float) -> list[Zone]:
    """Runs of rows worth a closer look, cut where the page's flow breaks them and put together where a gap is all that parts them."""
    spans: list[tuple[int, int]] = []
    start: int | None = None
    for i, row in enumerate(rows):
        if start is not None and (_breaks(rows[start:i], row, ink) or _leaves_margin(rows[start:i], row, height)):
            spans.append((start, i))
            start = None
        if start is None and (len(row.chunks) > 1 or _opens(row, ink)):
            start = i
    if start is not None:
        spans.append((start, len(rows)))
    trimmed = [t for t in (_trimmed(rows, a, b, ink) for a, b in spans) if t is not None]
    return [_zone(part, ink) for run in bridge_gaps(rows, trimmed) for part in split_at_headers(run)]


def _leaves_margin(run: Sequence[Row], row: Row, height: float) -> bool:
    """Whether the step between two rows goes out of the head of the page, or into its foot."""
    before = run[-1]
    step = (row.middle - before.middle) / max(row.size, before.size, 1.0)
    alike = len(before.chunks) > 1 and len(before.chunks) >= 0.6 * len(row.chunks)
    at_head = len(run) <= 2 and before.middle < 0.085 * height and not alike
    return step > 1.8 and (at_head or row.middle > 0.92 * height)


def _opens(row: Row, ink: Ink) -> bool:
    """A lone chunk may be the upper line of a header: where it is bold or shaded, or stands right of the margin."""
    return row.bold or _shaded(row, ink)


def _breaks(run: Sequence[Row], row: Row, ink: Ink) -> bool:
    """Whether a row cannot belong to the run above it: too far below, other letters, or running text across the columns."""
    before = run[-1]
    size = max(before.size, row.size, 1.0)
    step = (row.middle - before.middle) / size
    if step > _FAR * 1.9:
        return True
    bridged = _bridged(run, row, ink)
    if step > _FAR and not bridged:
        return True
    if len(row.chunks) == 1 and row.size > 1.14 * min(r.size for r in run[-6:]) and not _shaded(row, ink):
        return True
    if len(row.chunks) > 1:
        return len(run) > 1 and len(before.chunks) == 1 and row.size > 1.3 * before.size
    parted = [r for r in run if len(r.chunks) > 1]
    if not parted:
        return not row.bold and not bridged
    return _crosses(parted, row) and not (bridged and row.bold)


def _bridged(run: Sequence[Row], below: Row, ink: Ink) -> bool:
    """Whether ink ties a row to the run over a wide gap: shade without white between, or rules where the numbers line up too."""
    above = run[-1]
    lo, hi = below.x0, below.x1
    gap = below.y0 - above.y1
    if gap <= 0:
        return False
    marks = sum(above.middle < s.at < below.y1 + 6 and s.lo <= lo + 4 and s.hi >= hi - 4 for s in ink.level)
    if marks >= 2 and _lines_up(run, below):
        return True
    shades = [s.bbox for s in ink.shades if s.bbox[0] <= lo + 4 and s.bbox[2] >= hi - 4]
    return sum(max(0.0, min(s[3], below.y0) - max(s[1], above.y1)) for s in shades) > 0.8 * gap


def _lines_up(run: Sequence[Row], row: Row) -> bool:
    """Whether a row's numbers end where the run's do; a lone label stands under the labels."""
    if len(row.chunks) == 1:
        return abs(row.x0 - min(r.x0 for r in run)) < 30
    ends = [c.x1 for c in row.chunks[1:] if c.numeric]
    edges = [c.x1 for r in run for c in r.chunks[1:] if c.numeric]
    return bool(ends) and all(any(abs(x - e) < 2.5 for e in edges) for x in ends)


def _shaded(row: Row, ink: Ink) -> bool:
    return any(s.bbox[1] - 2 <= row.middle <= s.bbox[3] + 2 and s.bbox[0] <= row.x0 + 2 <= s.bbox[2] for s in ink.shades)


def _crosses(parted: list[Row], row: Row) -> bool:
    """Whether a lone chunk runs across the gutters of most of the rows above it."""
    chunk = row.chunks[0]
    near = parted[-8:]
    crossed = 0
    for other in near:
        gutters = zip(other.chunks, other.chunks[1:], strict=False)
        crossed += any(chunk.x0 < b.x0 - 4 and chunk.x1 > b.x0 + 4 and chunk.x0 < a.x1 for a, b in gutters)
    return crossed > 0.5 * len(near) and len(chunk.words) > 3


def _trimmed(rows: Sequence[Row], start: int, end: int, ink: Ink) -> tuple[int, int] | None:
    """A run without the lone lines at its ends, or None where too little is left."""
    run = rows[start:end]
    lo = 0
    while lo < len(run) and len(run[lo].chunks) == 1 and not _heads(run, lo) and not _shaded(run[lo], ink):
        lo += 1
    hi = max((i + 1 for i, r in enumerate(run) if len(r.chunks) > 1), default=lo)
    while lo < hi < len(run) and _tails(run, hi):
        hi += 1
    parted = len([r for r in run[lo:hi] if len(r.chunks) > 1])
    if parted < 2 and not (parted and hi - lo > 1 and all(_shaded(r, ink) for r in run[lo:hi])):
        return None
    return start + lo, start + hi


def _zone(rows: list[Row], ink: Ink) -> Zone:
    """The rows with the level lines that run across them."""
    x0, x1 = min(r.x0 for r in rows), max(r.x1 for r in rows)
    y0, y1 = rows[0].y0 - 12, rows[-1].y1 + 8
    rules = [s for s in ink.level if y0 <= s.at <= y1 and min(s.hi, x1) - max(s.lo, x0) > 0.75 * (x1 - x0)]
    middle0, middle1 = rows[0].middle, rows[-1].middle
    shades = [s for s in ink.shades if s.bbox[1] < middle1 and s.bbox[3] > middle0 and s.bbox[0] < x1 and s.bbox[2] > x0]
    return Zone(rows, rules, shades)


def _heads(run: Sequence[Row], i: int) -> bool:
    """A lone line above the first parted row belongs to the header where it stands over the columns on the right."""
    after = next((r for r in run[i + 1 :] if len(r.chunks) > 1), None)
    if after is None:
        return False
    lone = run[i]
    return lone.x0 > after.chunks[0].x1 - 2 and (after.middle - lone.middle) < 4.2 * max(lone.size, 1) and lone.x1 < after.x1 + 30


def _tails(run: Sequence[Row], i: int) -> bool:
    """A lone line below the last parted row is part of the table where it goes on from a cell, or is a label at the same step."""
    before, row = run[i - 1], run[i]
    step = row.middle - before.middle
    if step > 1.75 * max(row.size, 1) or abs(row.size - before.size) > 0.1 * row.size:
        return False
    lone = row.chunks[0]
    if any(abs(c.x0 - lone.x0) < 3 for c in before.chunks) and lone.words[0].text[:1].islower():
        return step < 1.45 * max(row.size, 1)
    if any(broken_number(c, lone) for r in run[max(i - 2, 0) : i] for c in r.chunks):
        return step < 1.45 * max(row.size, 1)
    steps = [b.middle - a.middle for a, b in zip(run[:i], run[1:i], strict=False)]
    parted = [r for r in run[:i] if len(r.chunks) > 1]
    second = min((r.chunks[1].x0 for r in parted), default=0.0)
    same_step = any(abs(step - s) < 0.12 * s for s in steps[-4:])
    return same_step and abs(lone.x0 - parted[-1].chunks[0].x0) < 3 and lone.x1 < second - 2 and not (lone.text.endswith((".", ":")) and len(lone.words) > 4)


def read_zone(zone: Zone, ink: Ink, raw: RawPage) -> Sketch | None:
    """The zone as a table, or None where its columns do not hold."""
    columns = find_columns(zone.rows, _borders(zone, ink))
    if len(columns) < 2:
        return None
    placed = [place(r, columns) for r in zone.rows]
    if not _is_table(zone, placed, columns, raw):
        return None
    rights = [b.x0 - 4 for b in columns[1:]] + [max(columns[-1].x1, zone.x1)]
    groups = _banded(placed, zone, rights)
    sketch = _sketch(zone, groups, columns)
    spread_headers(sketch, columns, ink)
    sketch.source = "ruled" if len(zone.rules) >= 2 else "shaded" if zone.shades else "aligned"
    return sketch


def _borders(zone: Zone, ink: Ink) -> list[float]:
    """Positions of upright lines within the zone that run along at least a third of it."""
    y0, y1 = zone.rows[0].y0, zone.rows[-1].y1
    tall = max(y1 - y0, 1.0)
    return [s.at for s in (*ink.upright, *ink.seams) if min(s.hi, y1) - max(s.lo, y0) > 0.34 * tall and zone.x0 < s.at < zone.x1]


def _banded(placed: list[Placed], zone: Zone, rights: list[float]) -> list[list[Placed]]:
    """Rows joined within the bands that level rules make."""
    bands: list[list[Placed]] = [[]]
    marks = sorted([s.at for s in zone.rules] + _shade_edges(zone))
    for before, row in zip([None, *placed], placed, strict=False):
        if before is not None and any(before.row.middle < m < row.row.middle for m in marks):
            bands.append([])
        bands[-1].append(row)
    out: list[list[Placed]] = []
    for i, band in enumerate(bands):
        whole = len(bands) >= 4 and i > 0 and len(band) > 1 and not _stacked(band)
        out += [band] if whole else joined_rows(band, rights)
    return out


def _stacked(band: Sequence[Placed]) -> bool:
    """Whether numbers stand under one another within a band: then it holds several rows."""
    seen: set[int] = set()
    for placed in band:
        here = {c for c, chunks in placed.at.items() if c and any(k.numeric for k in chunks)}
        if here & seen:
            return True
        seen |= here
    return False


def _shade_edges(zone: Zone) -> list[float]:
    """Where bands of shade as wide as most of the zone begin and end."""
    wide = [s.bbox for s in zone.shades if min(s.bbox[2], zone.x1) - max(s.bbox[0], zone.x0) > 0.7 * (zone.x1 - zone.x0)]
    return [y for box in wide for y in (box[1], box[3])]


def _sketch(zone: Zone, groups: list[list[Placed]], columns: Sequence[Column]) -> Sketch:
    slots: list[Slot] = []
    for r, group in enumerate(groups):
        made: dict[int, Slot] = {}
        for placed in group:
            for c, chunks in placed.at.items():
                slot = made.setdefault(c, Slot(r, c))
                slot.words += [w for k in chunks for w in k.words]
                slot.colspan = max(slot.colspan, placed.last[c] - c + 1)
        for c, slot in sorted(made.items()):
            after = min((k for k in made if k > c), default=len(columns))
            slot.colspan = max(1, min(slot.colspan, after - c))
            slots.append(slot)
    bbox = (zone.x0, zone.rows[0].y0, zone.x1, zone.rows[-1].y1)
    return Sketch(bbox, len(groups), len(columns), slots, "aligned")


def _is_table(zone: Zone, placed: list[Placed], columns: Sequence[Column], raw: RawPage) -> bool:
    """Weighs what speaks for a table: aligned numbers, short texts under a header, rules; and what speaks against one."""
    texts = [c.text for r in zone.rows for c in r.chunks]
    leaders = sum(1 for r in zone.rows if any(_LEADER.search(c.text) for c in r.chunks))
    if leaders >= 2 and leaders >= 0.25 * len(zone.rows):
        return False
    if _is_contents(placed, len(columns)) or _is_list(placed, len(columns)) or _is_axis(zone, placed, len(columns), raw):
        return False
    numeric = [c for c in range(1, len(columns)) if _number_column(placed, c)]
    ruled = len(zone.rules) + len(_shade_edges(zone)) >= 3 or len(zone.rules) >= 2
    if numeric:
        if not any(p.label and any(ch.isalpha() for k in p.label for ch in k.text) for p in placed):
            return len(numeric) >= 2 and ruled
        return len(numeric) >= 2 or ruled or len([p for p in placed if p.numbers]) >= 3
    return _text_table(zone, placed, columns, ruled) and bool(texts)


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
    years = sum(1 for p in placed if p.label and is_year(p.label[0].text))
    if labelled + years < 0.4 * len(placed):
        return True
    return shapes > 2 * len(placed) and len(zone.rules) < 2


def _wordy(text: str) -> bool:
    return sum(ch.isalpha() for ch in text) >= 3


def _text_table(zone: Zone, placed: list[Placed], columns: Sequence[Column], ruled: bool) -> bool:
    """Texts in columns: drawn rules, or short entries that line up on the left under a bold header."""
    widths = [c.x1 - c.x0 for c in columns]
    full = 0
    total = 0
    for p in placed:
        for c, chunks in p.at.items():
            total += 1
            full += sum(k.x1 - k.x0 for k in chunks) > 0.85 * widths[c] and len(chunks[0].words) >= 4
    if ruled:
        return len(zone.rules) + len(_shade_edges(zone)) >= 3 or full < 0.5 * total
    header = placed[0].row.bold and not all(p.row.bold for p in placed[1:])
    if not header or len(placed) < 3 or full > 0.25 * total:
        return False
    lefts = _left_aligned(placed, len(columns))
    return lefts and (len(columns) >= 3 or total >= 6)


def _left_aligned(placed: list[Placed], cols: int) -> bool:
    for c in range(cols):
        starts = sorted(p.at[c][0].x0 for p in placed if c in p.at)
        if len(starts) >= 2 and starts[int(0.8 * (len(starts) - 1))] - starts[0] > 4:
            return False
    return True
