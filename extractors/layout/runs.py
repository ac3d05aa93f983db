"""Lines to text: what the readers of tags and of geometry share.

A `Run` is a run of lines that belong together, with their joined text, box, prevailing style and bold beginning.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import attrgetter

from extractors.layout.blocks import BBox, Style
from extractors.layout.cleaning import Hyphens, close_up, is_spaced
from extractors.layout.rawtext import is_foot_mark
from extractors.layout.rawtypes import RawLine, Word

LOOK = attrgetter("size", "bold", "italic", "color")
"""The style of a word."""


@dataclass(frozen=True, slots=True)
class Run:
    """Text with its box, prevailing style and the bold or italic words that it begins with (empty where all are alike)."""

    text: str
    bbox: BBox
    style: Style
    lead: str


def union(boxes: Iterable[BBox]) -> BBox:
    """The box around boxes; (0, 0, 0, 0) around none."""
    sides = tuple(zip(*boxes, strict=True))
    return (min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3])) if sides else (0.0, 0.0, 0.0, 0.0)


def overlap(a: BBox, b: BBox) -> float:
    """Share of box `a` that lies in box `b`."""
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    area = (a[2] - a[0]) * (a[3] - a[1])
    return width * height / area if area > 0 else 1.0


def centre_in(a: BBox, b: BBox) -> bool:
    """Whether the centre of box `a` lies in box `b`."""
    x, y = (a[0] + a[2]) / 2, (a[1] + a[3]) / 2
    return b[0] <= x <= b[2] and b[1] <= y <= b[3]


def same_row(a: BBox, b: BBox) -> bool:
    """Whether two boxes stand on the same line: they share more than half of the lower one's height."""
    return min(a[3], b[3]) - max(a[1], b[1]) > 0.5 * min(a[3] - a[1], b[3] - b[1])


def line_text(line: RawLine) -> str:
    """The text of one line, closed up where it is letter-spaced."""
    if len(line.words) < 4 or len(line.text) > 2.6 * len(line.words):
        return line.text
    words = [word.text for word in line.words]
    if not is_spaced(words):
        return line.text
    gaps = [b.bbox[0] - a.bbox[2] for a, b in pairwise(line.words)]
    return close_up(words, gaps)


def rows_text(lines: Sequence[RawLine]) -> list[str]:
    """The text of each printed line: pieces that stand side by side are put together, without a blank where they touch.

    A raised figure in a tag of its own is the mark of a footnote and is left out, but not where a footnote begins with it.
    """
    texts: list[str] = []
    last: RawLine | None = None
    for line in lines:
        text = line_text(line)
        if last is None or not same_row(last.bbox, line.bbox) or line.bbox[0] < last.bbox[2] - 2.0:
            texts.append(text)
        elif not is_raised(line, last):
            touching = line.bbox[0] - last.bbox[2] < 0.1 * line.words[0].size and not is_raised(last, line)
            texts[-1] += text if touching else " " + text
        last = line
    return texts


def is_raised(mark: RawLine, beside: RawLine) -> bool:
    """Whether a piece of a line is the mark of a footnote: a small figure that stands higher than the words beside it."""
    size = beside.words[0].size
    return (
        len(mark.words) == 1
        and mark.words[0].size < 0.85 * size
        and mark.bbox[3] < beside.bbox[3] - 0.08 * size
        and is_foot_mark(mark.text)
    )


def style_of(words: Sequence[Word]) -> Style:
    """The style of most letters."""
    counts: dict[tuple[float, bool, bool, str], int] = {}
    for look, alike in groupby(words, LOOK):
        counts[look] = counts.get(look, 0) + sum([len(word.text) for word in alike])
    return Style(*max(counts, key=counts.__getitem__)) if counts else Style()


def lead_of(words: Sequence[Word]) -> str:
    """The bold (or italic) words at the beginning of otherwise plain text; empty where there are none or all are so."""
    first = words[0]
    if not (first.bold or first.italic):
        return ""
    for at, word in enumerate(words):
        if not (word.bold if first.bold else word.italic):
            return " ".join(taken.text for taken in words[:at])
    return ""


def make_run(lines: Sequence[RawLine], hyphens: Hyphens) -> Run:
    """Lines in reading order as one run of text."""
    words = [word for line in lines for word in line.words]
    if not words:
        return Run("", union(line.bbox for line in lines), Style(), "")
    bbox = union([line.bbox for line in lines])
    return Run(hyphens.join(rows_text(lines)), bbox, style_of(words), lead_of(words))
