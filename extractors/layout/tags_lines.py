"""The lines of one tag node, parted where a reader sees several blocks: at wide gaps, and at line breaks set by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.layout.rawtypes import RawLine
from extractors.layout.runs import same_row

EARLY = 0.25
"""Of the width of the text: a line with so much room left for the next one's first word ends by hand."""


def parted(lines: Sequence[RawLine], right: float) -> Iterator[list[RawLine]]:
    """Lines of one node, parted where a gap wider than a line's half stands between them, or each line apart where all end early.

    `right`: where the page's text ends; lines that end far before it, each followed by a capital, are set apart by hand (a cover, an
    address).
    """
    part: list[RawLine] = []
    for line in lines:
        if part and not same_row(part[-1].bbox, line.bbox):
            last = part[-1].bbox
            height = max(last[3] - last[1], line.bbox[3] - line.bbox[1])
            gap = line.bbox[1] - last[3]
            if gap > 0.75 * height or gap < -3 * height:
                yield from broken(part, right)
                part = []
        part.append(line)
    if part:
        yield from broken(part, right)


def broken(part: list[RawLine], right: float) -> list[list[RawLine]]:
    """One part, or its lines one by one where each but the last ends far before the right edge and the next begins with a capital."""
    if len(part) == 1:
        return [part]
    for line, following in pairwise(part):
        first = following.words[0]
        room = right - line.bbox[2] - (first.bbox[2] - first.bbox[0])
        early = room > EARLY * (right - line.bbox[0]) and not same_row(line.bbox, following.bbox)
        if not early or not first.text[0].isupper() or line.text.endswith((",", "-", ":")):
            return [part]
    return [[line] for line in part]
