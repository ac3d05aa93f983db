"""Which lines are headings, where no tag says so, and of which level.

A heading is larger than the body, or bold, or numbered and set apart by its style, or stands in the list of contents; it is short
and no sentence. The same rule reads pages without tags and the many tagged files whose headings are bold paragraphs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.layout.blocks import Block, Heading, Note, Style
from extractors.layout.contents import title_key
from extractors.layout.lists import split_number

LARGER = 1.12
"""Times the body's size: letters this large make a heading whatever their weight."""
LONGEST, LONGEST_BOLD = 160, 110
MOST_LINES = 5
UNKNOWN = 9
"""The level of a heading until all of the document's headings are known."""
DEEPEST = 6
SMALL, LOW = 0.92, 0.3
"""Of the body's size and of the height of a column: what a footnote is smaller and lower than."""
MARK = re.compile(r"\d{1,2}|\*{1,3}")
CAPTION = re.compile(r"^(tabell|figur|diagram|bild|graf|källa|not|anm)\b\.?\s*[:\d]", re.IGNORECASE)
SENTENCE = re.compile(r"[.;,!]$")
DEEP_NUMBER = re.compile(r"^\d{1,2}\.\d")
FIGURES = re.compile(r"^[\d\s.,%+–−-]+$")


@dataclass(frozen=True, slots=True)
class HeadingSense:
    """Tells headings of one document. `body` is the size in points of most letters, `titles` what its contents list names."""

    body: float
    titles: Mapping[str, int]

    def is_heading(self, text: str, style: Style, *, lines: int, lead: str = "") -> bool:
        """Whether a short block of text in one style is a heading."""
        if lead or lines > MOST_LINES or not 2 < len(text) <= LONGEST or not any(c.isalpha() for c in text[:30]):
            return False
        number, title = split_number(text)
        if title_key(title) in self.titles and (number or style.size >= self.body) and title[0].isupper():
            return True
        if title[0].islower() or SENTENCE.search(text) or CAPTION.match(text) or FIGURES.match(text):
            return False
        if style.size >= self.body * LARGER:
            return True
        if text.endswith(":") or style.size < self.body * 0.9 or len(text) > LONGEST_BOLD:
            return False
        return style.bold or (bool(DEEP_NUMBER.match(number)) and (style.italic or style.color != "#000000"))

    def is_note(self, block: Block, *, lowest: float) -> bool:
        """Whether a paragraph is a footnote: in small letters, begun by a number or asterisks, in the lower part of its column.

        `lowest`: the y of the column's or page's foot.
        """
        mark, _, rest = block.text.partition(" ")
        if block.style.size > self.body * SMALL or not rest or not MARK.fullmatch(mark):
            return False
        return not rest[0].islower() and block.bbox[1] > LOW * lowest


def note_from(block: Block) -> Note:
    """A paragraph as a footnote, its mark split off."""
    mark, _, rest = block.text.partition(" ")
    return Note(page=block.page, bbox=block.bbox, text=rest, source=block.source, style=block.style, mark=mark)


def heading_from(block: Block) -> Heading:
    """A block as a heading whose level is not yet known."""
    number, title = split_number(block.text)
    return Heading(
        page=block.page,
        bbox=block.bbox,
        text=title,
        source=block.source,
        confidence=0.8,
        style=block.style,
        fill=block.fill,
        level=UNKNOWN,
        number=number,
        continued=block.continued,
    )


def level_headings(blocks: Sequence[Block], titles: Mapping[str, int]) -> list[Block]:
    """Give levels to headings that have none: by number or contents list, else by the style that other headings of a level have."""
    headings = [block for block in blocks if isinstance(block, Heading)]
    levels = levels_of_styles(headings, titles)
    result: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level == UNKNOWN:
            result.append(replace(block, level=known_level(block, titles) or levels[rank(block)]))
        else:
            result.append(block)
    return result


def known_level(heading: Heading, titles: Mapping[str, int]) -> int:
    """The level that a tag, a printed number or the contents list gives; 0 where none does."""
    if heading.level != UNKNOWN:
        return heading.level
    if heading.number:
        return min(heading.number.count(".") + 1, DEEPEST)
    return titles.get(title_key(heading.text), 0)


def levels_of_styles(headings: Sequence[Heading], titles: Mapping[str, int]) -> dict[tuple[float, bool, bool], int]:
    """The level that goes with each style: the usual one of headings whose level is known, else one below the next larger style."""
    known: dict[tuple[float, bool, bool], Counter[int]] = {}
    for heading in headings:
        level = known_level(heading, titles)
        if level:
            known.setdefault(rank(heading), Counter())[level] += 1
    levels: dict[tuple[float, bool, bool], int] = {}
    above = 0
    for style in sorted({rank(heading) for heading in headings}, reverse=True):
        level = known[style].most_common(1)[0][0] if style in known else min(above + 1, DEEPEST)
        levels[style] = level
        above = max(above, level)
    return levels


def rank(heading: Heading) -> tuple[float, bool, bool]:
    """What sorts headings by weight: size to the half point, boldness, upright before italic."""
    return (round(heading.style.size * 2) / 2, heading.style.bold, not heading.style.italic)
