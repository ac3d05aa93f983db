"""What a PDF page holds before anyone has read it: words, lines, rules, fills, pictures and the tag tree.

These are plain types: `extractors.layout.raw` fills them from PyMuPDF, the other modules of `extractors.layout` read them. All
coordinates are in PDF points, origin top left, on the page as displayed (rotation applied). What a page holds by the hundred is a
named tuple, which is made in a third of the time of a frozen dataclass.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from extractors.layout.blocks import BBox


class Word(NamedTuple):
    """One word of the text layer with the style of its first letter; `color` is `#rrggbb`; `line` is the index of its RawLine."""

    text: str
    bbox: BBox
    size: float
    bold: bool
    italic: bool
    color: str
    font: str
    line: int


class RawLine(NamedTuple):
    """A line of text as the PDF library joins it; `direction` is (1, 0) for level text; `node` is the tag node it hangs under, or -1."""

    text: str
    bbox: BBox
    words: tuple[Word, ...]
    direction: tuple[float, float]
    node: int


class Rule(NamedTuple):
    """A thin line or the edge of a stroked box: horizontal or vertical."""

    x0: float
    y0: float
    x1: float
    y1: float
    color: str

    @property
    def horizontal(self) -> bool:
        """Whether the rule is level."""
        return self.x1 - self.x0 >= self.y1 - self.y0


class Fill(NamedTuple):
    """A filled shape. `kind` is `rect` for boxes, `shape` for anything with curves or slanted lines (`path` then tells them), and
    `stroke` where such a path is not filled but drawn in bold strokes: a tick, a cross, a ring.
    """

    bbox: BBox
    color: str
    kind: str
    path: str = ""


class Picture(NamedTuple):
    """An image placed on the page; `digest` names its content, `xref` its object in the file; `node` its tag node, or -1."""

    bbox: BBox
    digest: str
    xref: int
    node: int = -1


class TagNode(NamedTuple):
    """A node of the page's part of the tag tree. `parent` is an index into `RawPage.tags` or -1; `path` is the chain of tree
    indices from the root, so that a table that goes on over a page break can be known again.
    """

    role: str
    parent: int
    path: tuple[int, ...]
    bbox: BBox


@dataclass(frozen=True, slots=True)
class RawPage:
    """All that one page holds, in the order of the file."""

    number: int
    width: float
    height: float
    lines: tuple[RawLine, ...]
    rules: tuple[Rule, ...]
    fills: tuple[Fill, ...]
    pictures: tuple[Picture, ...]
    tags: tuple[TagNode, ...]
