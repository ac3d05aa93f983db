"""PyMuPDF's dictionary of a page (blocks within tag nodes) and its list of words, as lines, words and tag nodes.

The words and the lines come of the same text page: a word carries the running number of its text block and its line there.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from extractors.layout.blocks import BBox
from extractors.layout.rawtypes import RawLine, TagNode, Word

BOLD_NAME = re.compile(r"bold|black|heavy|semibold|demi(?!t)|[-,]bd\b|medium(?=$|[-,])", re.IGNORECASE)
ITALIC_NAME = re.compile(r"italic|oblique|kursiv", re.IGNORECASE)
SOFT_HYPHEN = "\u00ad"
ODD = re.compile("[\ufffd\u00ad\u200b-\u200f\u2060\ufeff\ufb00-\ufb06\u0300-\u036f\u2011\ufffe\uffff\x00-\x08\x0b-\x1f]")
DROPPED = re.compile("\ufffd{3,}|[\u200b-\u200f\u2060\ufeff\ufffe\uffff\x00-\x08\x0b-\x1f]")
INNER_SOFT_HYPHEN = re.compile("\u00ad(?=.)")

FALSE_BOLD = 8
FOOT_MARK = re.compile(r"^(?:\d{1,2}(?:,\d{1,2})*|\*{1,3})$")
MEASURE = re.compile(r"(?:^|[\d/\s(])[kcdm]?m$|CO$|\b10$")
"""What a raised figure belongs to: square and cubic metres, powers of ten."""

Turn = Callable[[BBox], BBox] | None


def clean_word(text: str) -> str:
    """A word without invisible characters, composed (NFC) and with ligatures spelled out; a soft hyphen stays at its end only."""
    if not ODD.search(text):
        return text
    text = INNER_SOFT_HYPHEN.sub("", DROPPED.sub("", text)).replace("\u2011", "-")
    for ligature, letters in zip("\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True):
        text = text.replace(ligature, letters)
    return unicodedata.normalize("NFC", text)


class Structure:
    """Walks the blocks of a page and gathers lines, tag nodes and image blocks in the order of the file."""

    def __init__(self, words: list[tuple[Any, ...]], turn: Turn) -> None:
        """`words`: PyMuPDF's list; `turn`: what to do to boxes on a turned page."""
        self.turn = turn
        self.lines: list[RawLine] = []
        self.tags: list[TagNode] = []
        self.images: list[tuple[dict[str, Any], int]] = []
        self.block = -1
        self.seen: set[tuple[str, int, int]] = set()
        self.words = {place: list(group) for place, group in groupby(words, itemgetter(5, 6))}

    def walk(self, blocks: list[dict[str, Any]], node: int, path: tuple[int, ...]) -> None:
        """Take in the blocks below a tag node (-1: below none)."""
        for block in blocks:
            kind = block["type"]
            if kind == 0:
                self.block += 1
                self.take_lines(block["lines"], node)
            elif kind == 1:
                self.images.append((block, node))
            elif kind == 2:
                below = (*path, block["index"])
                self.tags.append(TagNode(role_of(block), node, below, self.box(block["bbox"])))
                self.walk(block["blocks"], len(self.tags) - 1, below)

    def box(self, box: BBox) -> BBox:
        """A box on the page as displayed."""
        return self.turn(box) if self.turn else (box[0], box[1], box[2], box[3])

    def take_lines(self, lines: list[dict[str, Any]], node: int) -> None:
        """Add the lines of one text block; a line printed twice over itself (false bold) counts once."""
        for number, line in enumerate(lines):
            words = self.words.get((self.block, number))
            if not words:
                continue
            made = self.words_of(line["spans"], words)
            if not made:
                continue
            text = " ".join([word.text for word in made])
            if text == SOFT_HYPHEN and self.lines:
                self.append_hyphen()
                continue
            bbox = tight(self.box(line["bbox"]), made)
            key = (text, round(bbox[0] / 2), round(bbox[1] / 2))
            if key in self.seen and len(text) > 1:
                continue
            self.seen.add(key)
            self.lines.append(RawLine(text, bbox, made, self.direction(line["dir"]), node))

    def append_hyphen(self) -> None:
        """Give a soft hyphen that stands in a tag of its own (InDesign) to the word before it."""
        last = self.lines[-1]
        word = last.words[-1]._replace(text=last.words[-1].text + SOFT_HYPHEN)
        self.lines[-1] = last._replace(text=last.text + SOFT_HYPHEN, words=(*last.words[:-1], word))

    def direction(self, level: tuple[float, float]) -> tuple[float, float]:
        """The direction of writing on the page as displayed."""
        if not self.turn:
            return level
        x0, y0, *_ = self.turn((0, 0, 0, 0))
        x1, y1, *_ = self.turn((level[0], level[1], level[0], level[1]))
        return (x1 - x0, y1 - y0)

    def words_of(self, spans: list[dict[str, Any]], words: list[tuple[Any, ...]]) -> tuple[Word, ...]:
        """The words of a line, each with the style of the span that its first letter stands in."""
        number = len(self.lines)
        if len(spans) == 1:
            rest = (*style_of(spans[0]), number)  # a page has hundreds of words, and `_make` takes half the time
            odd = bool(ODD.search(spans[0]["text"]))
            turn = self.turn
            made = [Word._make((word[4], turn(word[:4]) if turn else word[:4], *rest)) for word in words]
        else:
            odd = any(ODD.search(span["text"]) for span in spans)
            made = self.styled(spans, words)
        if odd:
            made = [word._replace(text=text) for word in made if (text := clean_word(word.text))]
        return tuple(made)

    def styled(self, spans: list[dict[str, Any]], words: list[tuple[Any, ...]]) -> list[Word]:
        """The words of a line of several styles."""
        number = len(self.lines)
        styles = [style_of(span) for span in spans]
        starts = [0]
        for span in spans:
            starts.append(starts[-1] + len(span["text"]))
        joined = "".join(span["text"] for span in spans)
        at = 0
        made = []
        for word in words:
            text = word[4]
            found = joined.find(text, at)
            at = found if found >= 0 else at
            first = min(bisect_right(starts, at) - 1, len(styles) - 1)
            last = min(bisect_right(starts, at + len(text) - 1) - 1, len(styles) - 1)
            box = self.box(word[:4])
            if first != last:
                parts = [spans[i]["text"][max(0, at - starts[i]) : at + len(text) - starts[i]] for i in range(first, last + 1)]
                made += raised([Word(part, box, *styles[first + i], number) for i, part in enumerate(parts)], spans[first : last + 1])
            else:
                made.append(Word(text, box, *styles[first], number))
            at += len(text)
        return made


def is_foot_mark(text: str) -> bool:
    """Whether a text can be the mark of a footnote: one or two figures, or asterisks."""
    return bool(FOOT_MARK.match(text))


def raised(parts: list[Word], spans: list[dict[str, Any]]) -> list[Word]:
    """A word of several styles: marks of footnotes are taken out ("genomlysning7", but "kWh/m2" stays whole), the mark that a footnote
    begins with becomes a word of its own ("1Riktlinje").
    """
    first, second = parts[0], parts[1]
    if first.size < 0.8 * second.size and FOOT_MARK.match(first.text) and second.text[:1].isalpha():
        return [first, second._replace(text="".join(part.text for part in parts[1:]))]
    text = first.text
    for part, span in zip(parts[1:], spans[1:], strict=True):
        is_mark = bool(span["flags"] & 1) and FOOT_MARK.match(part.text) and not MEASURE.search(text)
        text += "" if is_mark else part.text
    return [first._replace(text=text)]


def tight(box: BBox, words: tuple[Word, ...]) -> BBox:
    """The box of a line without the blanks at its ends."""
    return (min([word.bbox[0] for word in words]), box[1], max([word.bbox[2] for word in words]), box[3])


def role_of(block: dict[str, Any]) -> str:
    """The standard role of a tag node; a chart that Office wraps in a section is a figure."""
    if block["raw"] == "Chart":
        return "Figure"
    role: str = block["raw"] if block["std"] in ("", "Invalid", None) else block["std"]
    return "NonStruct" if role == "NonDtruct" else role


def style_of(span: dict[str, Any]) -> tuple[float, bool, bool, str, str]:
    """Size, weight, slope, colour and font of a span."""
    return style_named(span["font"], span["flags"], span.get("char_flags", 0) & FALSE_BOLD, span["size"], span["color"])


@lru_cache(maxsize=4096)
def style_named(font: str, flags: int, stroked: int, size: float, color: int) -> tuple[float, bool, bool, str, str]:
    """A style from what the library says of it; false bold by stroking the letters counts as bold."""
    bold = bool(flags & 16 or stroked or BOLD_NAME.search(font))
    italic = bool(flags & 2 or ITALIC_NAME.search(font))
    return (round(size, 1), bold, italic, f"#{color:06x}", font)


def read_structure(
    blocks: list[dict[str, Any]], words: list[tuple[Any, ...]], turn: Turn
) -> tuple[list[RawLine], list[TagNode], list[tuple[dict[str, Any], int]]]:
    """Lines, tag nodes and image blocks (with their node) of a page."""
    structure = Structure(words, turn)
    structure.walk(blocks, -1, ())
    return structure.lines, structure.tags, structure.images
