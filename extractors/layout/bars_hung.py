"""Progress bars that stand below their text (or above it), in a line of their own: each is tied to that text.

Halfway between two rows a bar falls to the wrong one. So its box is made to reach to the text it belongs to, as all bars of its column
do, and the percentage beside it, which the bar has taken over, is no line of the table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.layout.blocks import Icon
from extractors.layout.icons_boxes import PERCENT, PERCENT_WITHIN, overlap
from extractors.layout.icons_glyphs import hull
from extractors.layout.rawtypes import RawLine, RawPage, Word

FURTHEST = 16.0
"""Points between a bar and its text."""
EDGE = 6.0
LABEL = re.compile(r"^\D{0,24}\d{1,3} ?%(?: \w{1,12})?$")
"""A line that only says how far the bar reaches ("Färdigt till 70 %"): never what the bar is about."""


@dataclass(frozen=True, slots=True)
class _Hung:
    """A bar with the words of its own line (percentages) and the lines above and below it, with the white between."""

    bar: Icon
    labels: tuple[Word, ...]
    above: tuple[float, RawLine | None]
    below: tuple[float, RawLine | None]


def tie_bars(raw: RawPage, icons: Sequence[Icon]) -> tuple[RawPage, list[Icon]]:
    """The page without the percentages of bars that stand in a line of their own, and the icons with these bars tied to their texts."""
    hung = [h for icon in icons if icon.shape == "bar" and (h := _hung(raw, icon)) is not None]
    if not hung:
        return raw, list(icons)
    columns: dict[int, list[_Hung]] = {}
    for each in hung:
        columns.setdefault(round(each.bar.bbox[0] / EDGE), []).append(each)
    tied: dict[int, Icon] = {}
    for column in columns.values():
        upward = sum(min(h.above[0], FURTHEST) for h in column) <= sum(min(h.below[0], FURTHEST) for h in column)
        for h in column:
            distance, line = h.above if upward else h.below
            if line is not None and distance <= FURTHEST:
                box = h.bar.bbox
                tied[id(h.bar)] = replace(h.bar, bbox=hull([box, (box[0], line.bbox[1], box[2], line.bbox[3])]))
    gone = {id(word) for h in hung for word in h.labels}
    lines = [n if not any(id(w) in gone for w in n.words) else _without(n, gone) for n in raw.lines]
    return replace(raw, lines=tuple(lines)), [tied.get(id(icon), icon) for icon in icons]


def _hung(raw: RawPage, bar: Icon) -> _Hung | None:
    """A bar alone in its line but for percentages, with text near above or below; None for one with its text beside it."""
    x0, y0, x1, y1 = bar.bbox
    labels: list[Word] = []
    above: tuple[float, RawLine | None] = (1e9, None)
    below: tuple[float, RawLine | None] = (1e9, None)
    for line in raw.lines:
        if not line.words:
            continue
        level = overlap(line.bbox[1], line.bbox[3], y0, y1) > 0.45 * min(y1 - y0, line.bbox[3] - line.bbox[1])
        if level:
            near = -PERCENT_WITHIN <= line.bbox[0] - x1 <= PERCENT_WITHIN or overlap(line.bbox[0], line.bbox[2], x0, x1) > 0
            if not PERCENT.match(line.text):
                return None
            labels += line.words if near else ()
        elif overlap(line.bbox[0], line.bbox[2], x0 - EDGE, x1 + EDGE) > 0 and not LABEL.match(line.text):
            over, under = y0 - line.bbox[3], line.bbox[1] - y1
            if over > -0.6 * (y1 - y0) and line.bbox[1] < y0 and over < above[0]:
                above = (over, line)
            elif under > -0.6 * (y1 - y0) and line.bbox[1] > y0 and under < below[0]:
                below = (under, line)
    return _Hung(bar, tuple(labels), above, below) if min(above[0], below[0]) <= FURTHEST else None


def _without(line: RawLine, gone: set[int]) -> RawLine:
    words = tuple(w for w in line.words if id(w) not in gone)
    return line._replace(text=" ".join(w.text for w in words), words=words)
