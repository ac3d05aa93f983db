"""Tables without drawn cells: rows whose chunks line up, with level rules or shading to help where there are any."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.layout.blocks import BBox
from extractors.layout.columns import LARGEST_SIGN, Column, find_columns, place, with_signs
from extractors.layout.grid import Ink
from extractors.layout.headers import count_header_rows
from extractors.layout.rawtypes import RawPage
from extractors.layout.spans import heads_over_figures, join_header_lines, spread_headers
from extractors.layout.tables_lines import Placed, joined_rows
from extractors.layout.tables_sketch import Sketch, Slot
from extractors.layout.verdict import is_table
from extractors.layout.zones import Zone

SLACK = 8.0
"""Points that a light may stand below the last row or right of the words."""
WHITE = 2.5
"""Points: rows are told by the white between them where it is wider by so much than that between lines."""


def read_zone(zone: Zone, ink: Ink, raw: RawPage, *, headed: bool = False) -> Sketch | None:
    """The zone as a table, or None where its columns do not hold; `headed` where a rule under its head tells where it begins."""
    columns = with_signs(find_columns(zone.rows, _borders(zone, ink)), _signs(zone, raw))
    if len(columns) < 2:
        return None
    placed = [place(r, columns) for r in zone.rows]
    if not is_table(zone, placed, columns, raw):
        return None
    rights = [b.x0 - 4 for b in columns[1:]] + [max(columns[-1].x1, zone.x1)]
    groups = (_between_white(placed) if headed else None) or _banded(placed, zone, rights)
    sketch = _sketch(zone, groups, columns)
    columns = heads_over_figures(sketch, columns)
    spread_headers(sketch, columns, ink)
    join_header_lines(sketch, count_header_rows(sketch, raw), zone.rules)
    sketch.source = "ruled" if len(zone.rules) >= 2 else "shaded" if zone.shades else "aligned"
    return sketch


def _signs(zone: Zone, raw: RawPage) -> list[BBox]:
    """The boxes of what may be lights beside the rows of a zone: small shapes in their colours, small pictures."""
    shapes = [f.bbox for f in raw.fills if f.path]
    return [
        box
        for box in (*shapes, *(p.bbox for p in raw.pictures))
        if max(box[2] - box[0], box[3] - box[1]) <= LARGEST_SIGN
        and zone.rows[0].y1 <= (box[1] + box[3]) / 2 <= zone.rows[-1].y1 + SLACK
        and zone.x0 <= box[0] <= zone.x1 + SLACK
    ]


def _borders(zone: Zone, ink: Ink) -> list[float]:
    """Positions of upright lines within the zone that run along at least a third of it."""
    y0, y1 = zone.rows[0].y0, zone.rows[-1].y1
    tall = max(y1 - y0, 1.0)
    return [s.at for s in (*ink.upright, *ink.seams) if min(s.hi, y1) - max(s.lo, y0) > 0.34 * tall and zone.x0 < s.at < zone.x1]


def _banded(placed: list[Placed], zone: Zone, rights: list[float]) -> list[list[Placed]]:
    """Rows joined within the bands that level rules make."""
    bands: list[list[Placed]] = [[]]
    marks = sorted([s.at for s in zone.rules] + zone.shade_edges)
    for before, row in zip([None, *placed], placed, strict=False):
        if before is not None and any(before.row.middle < m < row.row.middle for m in marks):
            bands.append([])
        bands[-1].append(row)
    out: list[list[Placed]] = []
    for i, band in enumerate(bands):
        whole = (len(bands) >= 4 or _one_entry(band)) and i > 0 and len(band) > 1 and not _stacked(band)
        out += [band] if whole else joined_rows(band, rights)
    return out


def _between_white(placed: list[Placed]) -> list[list[Placed]] | None:
    """Rows parted by bands of white across all columns that are clearly wider than those between lines; None where they tell nothing."""
    head = next((i for i, p in enumerate(placed) if not p.row.bold), len(placed))
    body = placed[head:]
    lowest, gaps = 0.0, []
    for p in body:
        gaps.append(p.row.y0 - lowest)
        lowest = max(lowest, p.row.y1)
    gaps[:1] = []
    if len(gaps) < 2 or max(gaps) - min(gaps) < WHITE:
        return None
    least = min(gaps) + 0.6 * (max(gaps) - min(gaps))
    groups = [[body[0]]]
    for p, gap in zip(body[1:], gaps, strict=True):
        if gap >= least:
            groups.append([p])
        else:
            groups[-1].append(p)
    if any(not group[0].label or _stacked(group) for group in groups):
        return None
    return [*([p] for p in placed[:head]), *groups]


def _one_entry(band: Sequence[Placed]) -> bool:
    """Whether the label of a band's first row goes on in lower case in the rows below it: then the band is one row of the table."""
    labels = [placed.label[0].text for placed in band[1:] if placed.label]
    return bool(labels) and all(text[:1].islower() for text in labels)


def _stacked(band: Sequence[Placed]) -> bool:
    """Whether numbers stand under one another within a band: then it holds several rows."""
    seen: set[int] = set()
    for placed in band:
        here = {c for c, chunks in placed.at.items() if c and any(k.numeric for k in chunks)}
        if here & seen:
            return True
        seen |= here
    return False


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
