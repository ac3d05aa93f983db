"""One page: which way to read it, its blocks, tables that the tags leave out, and its icons in their places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from extractors.layout.bars_hung import tie_bars
from extractors.layout.blocks import BBox, Block, Icon, MarginKind, Paragraph, ReadingNotice, SetAside, Table
from extractors.layout.cards import band_icons, card_of, find_cards, framed, split_lines
from extractors.layout.columns import LARGEST_SIGN
from extractors.layout.entries import Entry
from extractors.layout.flow import FlowReader
from extractors.layout.headed import SIGN
from extractors.layout.headings import heading_from, note_from
from extractors.layout.lists_drawn import with_drawn_bullets
from extractors.layout.margins import Margins
from extractors.layout.placing import insert, insert_all, lights_beside, place_icon
from extractors.layout.rawtypes import RawLine, RawPage, Word
from extractors.layout.runs import centre_in, same_row
from extractors.layout.second_opinion import Opinion
from extractors.layout.tables import find_tables
from extractors.layout.tags import TagReader
from extractors.layout.tags_tables import TableDraft

PageSource = Literal["tags", "flow", "ocr", "none"]
GOOD_SHARE = 0.5
"""Tags are trusted where at least half of a page's words stand in them."""
FEW_WORDS = 6
"""Fewer words than this outside the tags make no table."""

NO_LINE = -100
"""Words of no line of the text layer have this number or one below."""
BESIDE = 14.0
"""Points: an icon closer than this to words belongs to them."""

FEWEST_BROKEN = 3
SHARE_BROKEN = 0.2
"""Paragraphs broken in mid-sentence: so many, and such a share of all, show that tags follow lines."""


@dataclass(slots=True)
class PageResult:
    """What was read of one page."""

    source: PageSource
    text: str
    entries: list[Entry] = field(default_factory=list)
    aside: list[SetAside] = field(default_factory=list)
    notices: list[ReadingNotice] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PageReader:
    """Reads pages in turn, by tags where they are good, else by geometry."""

    tags: TagReader
    flow: FlowReader
    margins: Margins
    scanned: set[int] = field(default_factory=set)
    """Numbers of the pages whose words are those of OCR."""
    opinion: Opinion | None = None
    """Who is asked about tables in doubt."""

    def read(self, raw: RawPage, icons: Sequence[Icon]) -> PageResult:
        """Read a page; `icons` are the signs found on it."""
        aside = self.margins.of(raw.number)
        source = choose(raw, frozenset(aside))
        result = PageResult(source, page_text(raw))
        result.aside.extend(set_aside(raw, aside[index], index) for index in aside)
        raw = with_drawn_bullets(without_signs(raw, icons), icons)
        raw, icons = tie_bars(raw, icons)
        left_out = frozenset(index for index, line in enumerate(raw.lines) if index in aside or not line.words)
        drafts: list[TableDraft] = []
        cards = find_cards(raw)
        bands = band_icons(raw, cards)
        icons = [*(i for i in icons if not any(centre_in(i.bbox, b.bbox) for b in bands)), *bands] if bands else icons
        if result.source == "tags":
            drafts = self.read_tagged(raw, left_out, result)
        else:
            rest = [line for index, line in enumerate(raw.lines) if index not in left_out]
            result.entries = self.read_lines(raw, rest, cards, [icon.bbox for icon in icons if icon.shape != "word"])
        framed(result.entries, cards)
        if raw.number in self.scanned and result.source != "none":
            result.source = "ocr"
        for icon in lights_beside(result.entries, icons):
            place_icon(result.entries, drafts, replace(icon, frame=card_of(icon.bbox, cards)) if cards else icon)
        return result

    def read_tagged(self, raw: RawPage, left_out: frozenset[int], result: PageResult) -> list[TableDraft]:
        """Read a page by its tags, then what stands outside them; the tables by tags that stand on it."""
        held = in_role(raw, ("Table", "L", "TOC"))  # a bullet and its words line up like cells; a chart may have its data below it
        open_to_doubt = [line for i, line in enumerate(raw.lines) if i not in left_out and not (line.node >= 0 and held[line.node])]
        used: set[int] = set()
        tables = self.find_tables(raw, open_to_doubt, used)
        if used:
            raw = replace(raw, lines=tuple(without(line, used) for line in raw.lines))
            left_out = left_out | {index for index, line in enumerate(raw.lines) if not line.words}
        outside = [line for index, line in enumerate(raw.lines) if line.node < 0 and index not in left_out]
        page = self.tags.read(raw, left_out)
        if not page.drafts and is_linewise(page.entries):
            self.distrust(raw, left_out, tables, result)
            return []
        result.entries = [self.sensed(entry, raw) for entry in page.entries]
        result.aside.extend(SetAside("contents", block) for block in page.contents)
        for entry in [*self.flow.read(raw, outside), *map(Entry, tables)]:
            insert(result.entries, entry)
        return [draft for draft in page.drafts if raw.number in draft.boxes]

    def distrust(self, raw: RawPage, left_out: frozenset[int], tables: Sequence[Table], result: PageResult) -> None:
        """Read by geometry a page whose tags part its text line by line."""
        rest = [line for index, line in enumerate(raw.lines) if index not in left_out]
        result.source = "flow"
        result.entries = self.flow.read(raw, rest, tables=tables)
        for table in tables:
            insert(result.entries, Entry(table))
        result.notices.append(ReadingNotice("tags_wrong", "Taggarna delar texten rad för rad; sidan är läst utan dem", raw.number))

    def sensed(self, entry: Entry, raw: RawPage) -> Entry:
        """A paragraph by tags that looks like a heading or a footnote becomes one."""
        block = entry.block
        if type(block) is not Paragraph or entry.draft is not None:
            return entry
        sense = self.flow.sense
        if sense.is_heading(block.text, block.style, lines=entry.lines, lead=block.lead):
            entry.block = heading_from(block)
        elif sense.is_note(block, lowest=raw.height):
            entry.block = note_from(block)
        return entry

    def read_lines(self, raw: RawPage, lines: Sequence[RawLine], cards: Sequence[BBox] = (), signs: Sequence[BBox] = ()) -> list[Entry]:
        """What geometry makes of lines: tables first, then the rest as running text, each card on its own."""
        lines, held = split_lines(lines, cards)
        entries = self.read_part(raw, lines, signs)
        for row in held:
            insert_all(entries, [entry for card in row for entry in self.read_part(raw, card, signs)])
        return entries

    def read_part(self, raw: RawPage, lines: Sequence[RawLine], signs: Sequence[BBox]) -> list[Entry]:
        """The tables among some lines, and the rest as running text."""
        used: set[int] = set()
        tables = self.find_tables(raw, [*lines, *sign_lines(signs, lines)], used)
        entries = self.flow.read(raw, remaining(lines, used), signs, tables)
        for table in tables:
            insert(entries, Entry(table))
        return entries

    def find_tables(self, raw: RawPage, lines: Sequence[RawLine], used: set[int]) -> list[Table]:
        """The tables that some lines of a page make; `used` receives the `id` of each word in them."""
        if sum(len(line.words) for line in lines) < FEW_WORDS:
            return []
        return find_tables(replace(raw, lines=tuple(lines)), make_blocks=CellMaker(self.flow, used), opinion=self.opinion)


@dataclass(frozen=True, slots=True)
class CellMaker:
    """Makes blocks of a cell's lines."""

    flow: FlowReader
    used: set[int]

    def __call__(self, lines: tuple[RawLine, ...], raw: RawPage) -> tuple[Block, ...]:
        """The blocks of one cell."""
        self.used.update(id(word) for line in lines for word in line.words)
        return self.flow.cell(raw.number, without_sign_lines(lines))


def sign_lines(signs: Sequence[BBox], lines: Sequence[RawLine]) -> list[RawLine]:
    """Signs that stand apart from words as lines of one word, which hold a place in a table's columns; icons are put into cells later."""
    alone = [box for box in signs if box[2] - box[0] <= LARGEST_SIGN and not any(is_near(box, line) for line in lines)]
    return [
        RawLine(SIGN, box, (Word(SIGN, box, box[3] - box[1], False, False, "", "", NO_LINE - at),), (1.0, 0.0), -1)
        for at, box in enumerate(alone)
    ]


def is_near(sign: BBox, line: RawLine) -> bool:
    """Whether words stand right before or behind a sign, as in a key."""
    return same_row(sign, line.bbox) and max(line.bbox[0] - sign[2], sign[0] - line.bbox[2]) < BESIDE


def without_sign_lines(lines: Sequence[RawLine]) -> list[RawLine]:
    """The lines of a cell without the words that stand for icons."""
    if not any(word.text == SIGN for line in lines for word in line.words):
        return list(lines)
    kept = [cut(line, tuple(word for word in line.words if word.text != SIGN)) for line in lines]
    return [line for line in kept if line.words]


def is_linewise(entries: Sequence[Entry]) -> bool:
    """Whether the tags of a page make a paragraph of each printed line: often the next one goes on in the middle of a sentence."""
    texts = [entry for entry in entries if type(entry.block) is Paragraph and entry.draft is None and entry.block.text]
    broken = sum(
        a.lines == 1 and b.block.text[0].islower() and not a.block.text.endswith((".", ":", ";", "!", "?")) for a, b in pairwise(texts)
    )
    return broken >= FEWEST_BROKEN and broken >= SHARE_BROKEN * len(texts)


def in_role(raw: RawPage, roles: tuple[str, ...]) -> list[bool]:
    """For each tag node, whether it has one of the roles or stands below one that has."""
    held: list[bool] = []
    for tag in raw.tags:
        held.append(tag.role in roles or (tag.parent >= 0 and held[tag.parent]))
    return held


def remaining(lines: Sequence[RawLine], used: set[int]) -> list[RawLine]:
    """Lines without the words that tables took."""
    if not used:
        return list(lines)
    return [rest for line in lines if (rest := without(line, used)).words]


def without(line: RawLine, used: set[int]) -> RawLine:
    """A line without the words that tables took."""
    words = tuple(word for word in line.words if id(word) not in used)
    return line if len(words) == len(line.words) else cut(line, words)


def cut(line: RawLine, words: tuple[Word, ...]) -> RawLine:
    """A line with some of its words only."""
    boxes = [word.bbox for word in words] or [line.bbox]
    box = (min(b[0] for b in boxes), line.bbox[1], max(b[2] for b in boxes), line.bbox[3])
    return line._replace(text=" ".join(word.text for word in words), bbox=box, words=words)


def without_signs(raw: RawPage, icons: Sequence[Icon]) -> RawPage:
    """A page whose lines lack the letters that are icons; lines keep their places, some without any word."""
    signs = {(icon.bbox, icon.text) for icon in icons if icon.text and icon.shape != "word"}
    if not signs:
        return raw
    lines = []
    for line in raw.lines:
        words = tuple(word for word in line.words if (word.bbox, word.text) not in signs)
        lines.append(line if len(words) == len(line.words) else cut(line, words))
    return replace(raw, lines=tuple(lines))


def page_text(raw: RawPage) -> str:
    """All words of a page, line by line."""
    return "\n".join(line.text for line in raw.lines)


def set_aside(raw: RawPage, kind: MarginKind, index: int) -> SetAside:
    """A line of the margin as a block of its own."""
    line = raw.lines[index]
    return SetAside(kind, Paragraph(page=raw.number, bbox=line.bbox, text=line.text))


def choose(raw: RawPage, aside: frozenset[int]) -> PageSource:
    """The way to read a page: by its tags where they hold most of its words."""
    inside = sum(len(line.words) for index, line in enumerate(raw.lines) if line.node >= 0 and index not in aside)
    total = sum(len(line.words) for index, line in enumerate(raw.lines) if index not in aside)
    if not total:
        return "none"
    return "tags" if inside >= GOOD_SHARE * total else "flow"
