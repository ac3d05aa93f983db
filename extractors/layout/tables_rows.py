"""Words of a page as a reader's eye takes them: visual rows, and in each row the chunks that white space sets apart.

All lengths are PDF points. A chunk is what may become a cell's line: words with ordinary blanks between them. Blanks inside a
number ("1 067,4", "- 6 279") never part a chunk, while two numbers that stand close ("-2 088  -1 868") are parted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter, itemgetter

from extractors.layout.blocks import BBox
from extractors.layout.rawtypes import Word

TEXT_GAP = 0.95
"""A blank wider than this share of the letter size parts two words of text."""
_NUMBER_ENDS = frozenset("0123456789%)]*-–−")
NUMBER_GAP = 0.58
"""A blank wider than this share of the letter size parts two numbers."""
BULLETS = frozenset("•‣▪■□●○◦►▶➢✓✔·\uf0b7\uf0a7\uf0fc\uf0d8\uf02d")
"""Signs before the items of a list: what follows belongs to them however wide the blank."""

_NUMBER = re.compile(
    r"""^(?:ca\.?\s*|[<>≥≤±~+]|[-–−]\s?)*      # "≥12%", "- 6 279", "ca 100"
        [(\[]?[-–−+]?\d[\d\s.,:/]*               # the figures with blanks, points, commas
        (?:\s?(?:%|‰|kr|tkr|mkr|mnkr|mdkr|st|p|pe|åa|år|tim|h|kg|ton|MWh|kWh|GWh|km|m2|m²|kvm))?
        [)\]*]?[-–−]?[\d*)]{0,3}$""",
    re.VERBOSE | re.IGNORECASE,
)
_EMPTY_SIGN = re.compile(r"^[-–−—…·.]{1,3}$")
_YEAR = re.compile(r"^(?:19|20)\d\d(?:[-–/](?:(?:19|20)?\d\d))?$|^(?:19|20)\d\d-\d\d-\d\d$|^(?:19|20)\d{4}$|^\d\d/\d\d$")
_FIGURES = re.compile(r"^[(\[<>≥≤±~+]*[-–−+]?\d[\d.,]*%?[)\]*]*$")
_SIGN = re.compile(r"^[-–−+±<>≥≤]$")
_GROUP = re.compile(r"^\d{3}(?:[.,]\d+)?%?[)*\]]*[-–−]?$")
_LEADING = re.compile(r"^[(\[<>≥≤±~]*[-–−+]?\d{1,3}$")


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words that stand together on one visual row."""

    words: tuple[Word, ...]
    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def text(self) -> str:
        """The words with single blanks between them."""
        return " ".join(w.text for w in self.words)

    @property
    def numeric(self) -> bool:
        """Whether the chunk is a number as reports print them (a year is one too)."""
        return is_number(self.text)


@dataclass(slots=True)
class Row:
    """One visual row: chunks from left to right."""

    chunks: list[Chunk]
    y0: float
    y1: float
    size: float

    @property
    def x0(self) -> float:
        """Left edge of the first chunk."""
        return self.chunks[0].x0

    @property
    def x1(self) -> float:
        """Right edge of the row."""
        return max(c.x1 for c in self.chunks)

    @property
    def bold(self) -> bool:
        """Whether all words of the row are bold."""
        return all(w.bold for c in self.chunks for w in c.words)

    @property
    def middle(self) -> float:
        """The height at which the row stands."""
        return (self.y0 + self.y1) / 2


@lru_cache(maxsize=8192)
def is_number(text: str) -> bool:
    """Whether a text is one number: `-1 067,4`, `58 (15%)`, `>99%`, `12,5 mkr`; a lone dash counts, as it stands for nothing."""
    text = text.strip()
    if not text or len(text) > 24:
        return False
    if _EMPTY_SIGN.match(text) or _NUMBER.match(text):
        return True
    head, _, tail = text.partition(" (")
    return bool(tail) and tail.endswith(")") and bool(_NUMBER.match(head)) and bool(_NUMBER.match(tail[:-1]))


@lru_cache(maxsize=8192)
def is_year(text: str) -> bool:
    """Whether a text is a year, a span of years or a date: what stands over a column as often as in it."""
    return bool(_YEAR.match(text.strip()))


def bounds(words: Sequence[Word]) -> BBox:
    """The box round some words."""
    if len(words) == 1:
        return words[0].bbox
    lefts, tops, rights, lows = zip(*[word.bbox for word in words], strict=True)
    return min(lefts), min(tops), max(rights), max(lows)


def visual_rows(words: Sequence[Word]) -> list[Row]:
    """Words grouped by height into rows from top to bottom, and each row parted into chunks."""
    rows: list[list[list[Word]]] = []
    middle = height = 0.0
    for at, tall, piece in sorted(((*_level(p), p) for p in _pieces(words)), key=itemgetter(0)):
        if rows and at - middle <= 0.3 * max(min(tall, height), 1.0):
            rows[-1].append(piece)
            continue
        rows.append([piece])
        middle, height = at, tall
    return [_row(r) for r in _with_marks(rows)]


def _pieces(words: Sequence[Word]) -> list[list[Word]]:
    """Words that follow each other on one line of the text layer."""
    pieces: list[list[Word]] = []
    line, right = -2, 0.0
    for word in words:
        if word.line != line or word.bbox[0] < right - 1:
            pieces.append([word])
            line = word.line
        else:
            pieces[-1].append(word)
        right = word.bbox[2]
    return pieces


def _level(piece: list[Word]) -> tuple[float, float]:
    """Middle and height of the tallest word of a piece."""
    tallest = piece[0] if len(piece) == 1 else max(piece, key=attrgetter("size"))
    return (tallest.bbox[1] + tallest.bbox[3]) / 2, tallest.bbox[3] - tallest.bbox[1]


def _with_marks(rows: list[list[list[Word]]]) -> list[list[list[Word]]]:
    """Raised note marks stand in a row of their own by height; put them into the row whose letters they touch."""
    out: list[list[list[Word]]] = []
    for row in rows:
        if out and _raised(row, out[-1]):
            out[-1].extend(row)
        elif out and _raised(out[-1], row):
            row.extend(out.pop())
            out.append(row)
        else:
            out.append(row)
    return out


def _raised(marks: list[list[Word]], row: list[list[Word]]) -> bool:
    if len(marks) > 2 or any(len(p) > 1 or len(p[0].text) > 3 for p in marks):
        return False
    return all(any(_touches(p[0], w) for piece in row for w in piece) for p in marks)


def _touches(mark: Word, word: Word) -> bool:
    middle = (mark.bbox[1] + mark.bbox[3]) / 2
    return mark.size < 0.8 * word.size and word.bbox[1] - 2 <= middle <= word.bbox[3] and -0.5 <= mark.bbox[0] - word.bbox[2] <= 2


def _row(pieces: list[list[Word]]) -> Row:
    words = pieces[0]
    if len(pieces) > 1:
        words = sorted([w for p in pieces for w in p], key=lambda w: w.bbox[0])
    sizes = sorted([w.size for w in words])
    groups = [[words[0]]]
    for before, word in pairwise(words):
        if parted(before, word):
            groups.append([word])
        else:
            groups[-1].append(word)
    chunks = [chunk(g) for g in groups]
    return Row(chunks, min([c.y0 for c in chunks]), max([c.y1 for c in chunks]), sizes[len(sizes) // 2])


def chunk(words: Sequence[Word]) -> Chunk:
    """A chunk of these words."""
    return Chunk(tuple(words), *bounds(words))


def parted(left: Word, right: Word) -> bool:
    """Whether the blank between two words of a row sets them apart."""
    if left.text.endswith(("....", "……")) and _FIGURES.match(right.text):
        return True
    size = left.size if left.size < right.size else right.size
    gap = right.bbox[0] - left.bbox[2]
    if gap <= 0.3 * size or (gap <= TEXT_GAP * size and left.text[-1] not in _NUMBER_ENDS):
        return gap > 0.12 * size and right.text[0] in "-–−" and bool(_FIGURES.match(right.text)) and _ends_number(left.text)
    gap /= max(size, 1.0)
    if left.text in BULLETS and gap < 3.2:
        return False
    if gap > TEXT_GAP:
        return not (_SIGN.match(left.text) and gap < 1.3 and _FIGURES.match(right.text))
    return _ends_number(left.text) and _numbers_parted(left.text, right.text, gap)


def _numbers_parted(left: str, right: str, gap: float) -> bool:
    """Whether a blank after a number, in letter sizes, is wider than the one inside a number."""
    if _SIGN.match(right):
        return gap > 0.4
    if not _FIGURES.match(right):
        return False
    if gap > NUMBER_GAP or right[0] in "-–−+<>≥≤":
        return True
    in_number = (_LEADING.match(left) or _GROUP.match(left)) and _GROUP.match(right)
    return gap > 0.4 and not in_number


def _ends_number(text: str) -> bool:
    return bool(_FIGURES.match(text)) or text in "-–−%"
