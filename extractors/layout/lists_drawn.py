"""Bullets that are drawn, not written: Chromium and some office programs paint a small disc or box beside the first line of an item.

Such a bullet becomes a word of its line ("•"), so that all readers treat it as one that is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from extractors.layout.blocks import BBox, Icon
from extractors.layout.rawtypes import Fill, RawLine, RawPage, Word
from extractors.layout.runs import centre_in

LEAST, MOST = 1.5, 6.5
"""Points: sides of a drawn bullet."""
REACH = 26.0
"""Points: how far a bullet may stand before the words of its line."""
MANY = 400
"""More small shapes than this on a page are a map or a chart."""
BULLET = "•"


def with_drawn_bullets(raw: RawPage, icons: Iterable[Icon]) -> RawPage:
    """A page whose lines begin with the bullets drawn beside them; status signs are no bullets, nor are marks
    of several colours (the key of a chart).
    """
    marks = [fill for fill in raw.fills if is_small(fill.bbox)]
    if not marks or len(marks) > MANY:
        return raw
    signs = [icon.bbox for icon in icons]
    rows: dict[int, list[Fill]] = {}
    for mark in marks:
        if not any(centre_in(mark.bbox, sign) for sign in signs):
            rows.setdefault(round((mark.bbox[1] + mark.bbox[3]) / 20), []).append(mark)
    found = {at: bullet for at, line in enumerate(raw.lines) if (bullet := bullet_of(line, rows))}
    if len({mark.color for bullet in found.values()}) > 1:
        return raw
    lines = (begun(line, found[at].bbox) if at in found else line for at, line in enumerate(raw.lines))
    return replace(raw, lines=tuple(lines))


def is_small(box: BBox) -> bool:
    """Whether a shape has the size and form of a bullet."""
    x0, y0, x1, y1 = box
    width, height = x1 - x0, y1 - y0
    return LEAST <= width <= MOST and LEAST <= height <= MOST and width <= 1.4 * height and height <= 1.4 * width


def bullet_of(line: RawLine, rows: dict[int, list[Fill]]) -> Fill | None:
    """The bullet that stands before a line, at the height of its letters; None where none does."""
    x0, y0, _, y1 = line.bbox
    if not line.words or not any(char.isalpha() for char in line.text):
        return None
    middle = (y0 + y1) / 2
    for row in (round(middle / 10) - 1, round(middle / 10), round(middle / 10) + 1):
        for mark in rows.get(row, ()):
            centre = (mark.bbox[1] + mark.bbox[3]) / 2
            if 0 < x0 - mark.bbox[2] <= REACH and y0 + 0.2 * (y1 - y0) < centre < y1 - 0.15 * (y1 - y0):
                return mark
    return None


def begun(line: RawLine, mark: BBox) -> RawLine:
    """A line with a bullet as its first word."""
    first = line.words[0]
    word = Word(BULLET, (mark[0], line.bbox[1], mark[2], line.bbox[3]), first.size, False, False, first.color, first.font, first.line)
    bbox = (mark[0], line.bbox[1], line.bbox[2], line.bbox[3])
    return line._replace(text=f"{BULLET} {line.text}", bbox=bbox, words=(word, *line.words))
