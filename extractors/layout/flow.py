"""Blocks by geometry alone: lines in reading order become paragraphs, headings, list items and notes.

Lines belong together where size, weight and indent stay the same and the distance is that of the text; a bullet, a wider gap, a change of
style or a short line that ends a sentence begins a new block.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.layout.blocks import BBox, Block, ListItem, Paragraph, Style, Table
from extractors.layout.cleaning import Hyphens
from extractors.layout.entries import Entry
from extractors.layout.flow_order import order
from extractors.layout.gutters import parted_lines
from extractors.layout.headings import HeadingSense, heading_from, note_from
from extractors.layout.lists import HEADING_NUMBER, is_marker, join_dashes, lead_after, split_marker
from extractors.layout.rawtypes import RawLine, RawPage
from extractors.layout.runs import centre_in, make_run, same_row

RULE = re.compile(r"^[_=–—·.\s-]{4,}$")
STEP = 6.0
"""Points: items of one depth begin within this of each other."""
WHITE = ("#ffffff", "#fefefe")
LEAST_BOX = 12.0
"""Points: a fill less high than this is a line or a highlight."""
APART = 0.18
"""Share of the letters' size by which a line behind a full stop stands lower than usual where it begins a paragraph."""
WIDEST_BLANK = 40.0
"""Points: words of one row further apart than this go on with each other only where all blanks of a justified line are as wide."""
SENTENCE_END = re.compile(r"[.!?:;][\"”')\]]*\d{0,2}$")

BROKEN = re.compile(r"[-\u2010\u00ad]$")
"""A line that ends with a hyphen, typed or set."""
WORD_CUT = re.compile(r"\w-$")
"""A line that ends within a word: what follows is its rest, though "22)" looks like a marker."""


@dataclass(frozen=True, slots=True)
class FlowReader:
    """Reads pages without tags."""

    hyphens: Hyphens
    sense: HeadingSense

    def read(self, raw: RawPage, lines: Sequence[RawLine], signs: Sequence[BBox] = (), tables: Sequence[Table] = ()) -> list[Entry]:
        """The blocks that the given lines of a page make, in reading order; a line right behind one of the `signs` begins a block.

        `tables` are those that stand on the page among the lines.
        """
        entries: list[Entry] = []
        for stream in order(parted_lines(lines), [table.bbox for table in tables]):
            for at, group in enumerate(group_lines(stream, signs)):
                entries.append(Entry(self.block(raw.number, group, stream), lines=len(group), fresh=at == 0))
        kept = [entry for entry in entries if entry.block.text and not RULE.match(entry.block.text)]
        return in_boxes(nested(kept), raw)

    def cell(self, page: int, lines: Sequence[RawLine]) -> tuple[Block, ...]:
        """The blocks of a table cell: no headings and notes, and its lines in order already."""
        blocks: list[Block] = []
        for group in group_lines(lines):
            run = make_run(group, self.hyphens)
            marker, text = split_marker(run.text)
            if marker and marker[0] not in "0123456789(" and text:
                lead = lead_after(run.lead, marker)
                blocks.append(ListItem(page=page, bbox=run.bbox, text=text, style=run.style, lead=lead, marker=marker))
            elif run.text:
                blocks.append(Paragraph(page=page, bbox=run.bbox, text=run.text, style=run.style, lead=run.lead))
        return tuple(join_dashes(blocks))

    def block(self, page: int, lines: Sequence[RawLine], stream: Sequence[RawLine]) -> Block:
        """What kind of block a group of lines is."""
        run = make_run(lines, self.hyphens)
        marker, text = split_marker(run.text)
        plain = Paragraph(page=page, bbox=run.bbox, text=run.text, style=run.style, lead=run.lead)
        numbered = not marker or bool(HEADING_NUMBER.match(run.text))
        if numbered and self.sense.is_heading(run.text, run.style, lines=len(lines), lead=run.lead):
            return heading_from(plain)
        if marker:
            lead = lead_after(run.lead, marker)
            return ListItem(page=page, bbox=run.bbox, text=text, style=run.style, lead=lead, marker=marker)
        return note_from(plain) if self.sense.is_note(plain, lowest=max(line.bbox[3] for line in stream)) else plain


def nested(entries: list[Entry]) -> list[Entry]:
    """Entries whose list items have the depth that their indent gives within their list."""
    indents: list[float] = []
    for entry in entries:
        item = entry.block
        if not isinstance(item, ListItem):
            indents = []
            continue
        x0 = item.bbox[0]
        while indents and x0 < indents[-1] - STEP:
            indents.pop()
        if not indents or x0 > indents[-1] + STEP:
            indents.append(x0)
        entry.block = replace(item, depth=len(indents) - 1)
    return entries


def in_boxes(entries: list[Entry], raw: RawPage) -> list[Entry]:
    """Entries with the colour of the box that they stand in, the smallest where boxes lie in each other; white is no colour."""
    boxes = [fill for fill in raw.fills if fill.kind == "rect" and fill.color not in WHITE and fill.bbox[3] - fill.bbox[1] > LEAST_BOX]
    boxes.sort(key=lambda fill: (fill.bbox[2] - fill.bbox[0]) * (fill.bbox[3] - fill.bbox[1]))
    for entry in entries if boxes else ():
        found = next((fill.color for fill in boxes if centre_in(entry.block.bbox, fill.bbox)), None)
        if found:
            entry.block = replace(entry.block, fill=found)
    return entries


def is_signed(line: RawLine, signs: Sequence[BBox]) -> bool:
    """Whether a sign stands right before a line, as before an item of a list."""
    x, size = line.bbox[0], line.words[0].size
    return any(x - size < box[2] <= x + 1 and same_row(box, line.bbox) for box in signs)


def group_lines(stream: Sequence[RawLine], signs: Sequence[BBox] = ()) -> list[list[RawLine]]:
    """The lines of one column in groups that make a block each."""
    groups: list[list[RawLine]] = []
    right = max((line.bbox[2] for line in stream), default=0.0)
    leading = usual_leading(stream)
    spread = spread_pieces(stream)
    for at, line in enumerate(stream):
        goes_on = at in spread or (bool(groups) and belongs(groups[-1], line, right, leading))
        if goes_on and not (signs and is_signed(line, signs)):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def usual_leading(stream: Sequence[RawLine]) -> float:
    """The usual distance from line to line in a column, as a share of the letters' size; a label in the margin is not above its text."""
    steps = []
    for last, line in pairwise(stream):
        if line.bbox[0] > last.bbox[2]:
            continue
        size = line.words[0].size or 1.0
        step = (line.bbox[3] - last.bbox[3]) / size
        if 0.8 < step < 2.2 and abs(last.words[0].size - size) < 0.6:
            steps.append(round(step, 2))
    if not steps:
        return 1.4
    steps.sort()
    return steps[len(steps) // 3]


def belongs(group: Sequence[RawLine], line: RawLine, right: float, leading: float) -> bool:
    """Whether a line goes on with the group before it."""
    last = group[-1]
    if same_row(last.bbox, line.bbox):
        return line.bbox[0] - last.bbox[2] < WIDEST_BLANK or is_marker(last.text)
    first, end = line.words[0], last.words[-1]
    step = line.bbox[3] - last.bbox[3]
    titled = is_bold(last) and is_bold(line)
    if step < 0 or step > (leading + (0.6 if titled else 0.35)) * max(first.size, 1.0) or abs(first.size - end.size) > 0.7:
        return False
    marker, _ = split_marker(line.text)
    if (marker or is_marker(line.text)) and not WORD_CUT.search(last.text):
        return False
    if whole_style(last) != whole_style(line) and is_bold(last) != is_bold(line) and (whole_style(last) or whole_style(line)):
        return is_bold(last) and first.bold and bool(BROKEN.search(last.text))  # a lead in bold that goes on for a word or two
    if BROKEN.search(last.text):
        return True
    ended = bool(SENTENCE_END.search(last.text)) and (first.text[0].isupper() or first.text[0].isdigit())
    short = last.bbox[2] + first.bbox[2] - first.bbox[0] + 0.3 * first.size < right - 2
    if is_indent(group, line, first.size, ended=ended) or (ended and (short or leaves_item(group, line))):
        return False
    if ended and (step > (leading + APART) * first.size or end.italic != first.italic):
        return False
    return not (short and last.bbox[2] < 0.6 * right and first.text[0].isupper())


def is_indent(group: Sequence[RawLine], line: RawLine, size: float, *, ended: bool) -> bool:
    """Whether a line begins a paragraph by its indent: set in behind a sentence, or set out behind lines that were set in."""
    rows = whole_rows(group)
    shift = line.bbox[0] - rows[-1].bbox[0]
    if shift > 0.6 * size:
        return ended and (len(rows) > 1 or not split_marker(" ".join(piece.text for piece in group))[0])
    return shift < -0.6 * size and len(rows) > 1 and rows[-1].bbox[0] > rows[0].bbox[0] + 0.3 * size


def whole_rows(group: Sequence[RawLine]) -> list[RawLine]:
    """The first piece of each row of a group: where the words of a justified line stand far apart, each is a piece of its own."""
    return [line for at, line in enumerate(group) if not at or not same_row(group[at - 1].bbox, line.bbox)]


def spread_pieces(stream: Sequence[RawLine]) -> set[int]:
    """Which pieces go on with the one before them since all pieces of their row, three or more, stand equally far apart: justified."""
    found: set[int] = set()
    start = 0
    for at in range(1, len(stream) + 1):
        if at < len(stream) and same_row(stream[at - 1].bbox, stream[at].bbox):
            continue
        gaps = [b.bbox[0] - a.bbox[2] for a, b in pairwise(stream[start:at])] if at - start > 2 else []
        if gaps and max(gaps) - min(gaps) < 1.0:
            found.update(range(start + 1, at))
        start = at
    return found


def leaves_item(group: Sequence[RawLine], line: RawLine) -> bool:
    """Whether a line behind a list item of one line stands left of the item's words, where text outside the list stands."""
    if not same_row(group[0].bbox, group[-1].bbox):
        return False
    words = [word for piece in group for word in piece.words]
    if len(words) < 2 or not split_marker(" ".join(piece.text for piece in group))[0]:
        return False
    return line.bbox[0] < words[1].bbox[0] - 3


def is_bold(line: RawLine) -> bool:
    """Whether all words of a line are bold."""
    return all(word.bold for word in line.words)


def whole_style(line: RawLine) -> Style | None:
    """The style of a line all of whose words are alike; None where they differ."""
    first = line.words[0]
    alike = all(word.bold == first.bold and word.size == first.size for word in line.words)
    return Style(first.size, first.bold, first.italic, first.color) if alike else None
