"""A goal on its way to a record: its words, its place, the signs and words of its assessment, and what belongs to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from extractors.layout.blocks import BBox, Block, Icon, Place, Table
from extractors.reports.goals_columns import match_label
from schema.ids import fold_name

SAME = 93
"""Similarity (0-100) at which two goal texts are the same goal."""
_MARKS = re.compile(r"^[\s●○•▪■◆✔✓✗\uf000-\uf0ff]+|[\s●○•▪■◆✔✓✗\uf000-\uf0ff]+$")


@dataclass(slots=True)
class Draft:
    """A goal as one reader found it. `blocks` are its analysis in reading order, tables within among them; `status_text` the words
    of a status cell or label; `bare` says that it stands in a list without analysis of its own; `listed` orders it in the text.
    """

    goal: str
    page: int
    bbox: BBox
    rule: str
    anchor: Block
    organisation: str | None = None
    parent: str | None = None
    icons: list[Icon] = field(default_factory=list)
    status_text: str = ""
    blocks: list[Block] = field(default_factory=list)
    confidence: float = 0.95
    places: list[Place] = field(default_factory=list)
    mentions: list[Draft] = field(default_factory=list)
    weak: bool = False
    """Whether it is no goal by itself, only a further place of one."""
    given: str | None = None
    """A fulfilment that stands elsewhere for several goals together, with `status_text` as its words."""

    @property
    def analysis(self) -> str:
        """The running text, a line per paragraph."""
        return "\n".join(b.text for b in self.blocks if b.text and not isinstance(b, Icon | Table))

    @property
    def bare(self) -> bool:
        """Whether nothing but the goal, its sign and a status word stand there."""
        return not self.analysis

    @property
    def assessed(self) -> bool:
        """Whether a sign or a status word stands with it."""
        return bool(self.icons or self.status_text or self.given)


def clean_goal(text: str) -> str:
    """The words of a goal without bullets at either end."""
    return re.sub(r"\s+", " ", _MARKS.sub("", text)).strip()


def same_goal(one: str, other: str) -> bool:
    """Whether two texts are the same goal, but for punctuation and case."""
    a, b = (fold_name(match_label("goal", text) or text) for text in (one, other))
    return a == b or (min(len(a), len(b)) > 12 and fuzz.ratio(a, b) >= SAME)


def merge_boxes(boxes: list[BBox]) -> BBox:
    """The box around boxes."""
    return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
