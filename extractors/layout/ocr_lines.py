"""Words seen by OCR as lines of a page, with the sizes, weights and colours that the readers of text go by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import fmean, median
from typing import TYPE_CHECKING

from extractors.layout.blocks import BBox
from extractors.layout.colors import hex_of, oklch
from extractors.layout.ocr_repairs import repaired_part
from extractors.layout.ocr_tesseract import Seen
from extractors.layout.rawtypes import RawLine, Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Gray = NDArray[np.uint8]
    Rgb = NDArray[np.uint8]

LEAST_CONFIDENCE = 20.0
FONT = "ocr"
SURELY_TALL = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789bdfhkl")
"""Letters of nearly the same height in all text faces; t, dots and brackets differ much."""
TALL = SURELY_TALL | frozenset("t%/()[]§&?!|")
ACCENTED = frozenset("ÅÄÖÉ")
RINGED = "å"
DOTTED = frozenset("äöéij")
DEEP = frozenset("gjpqyQ()[]/|§")
CAP, ACCENT, RING, DOT, X_HEIGHT, DEPTH = 0.72, 0.92, 0.77, 0.73, 0.52, 0.21
"""Heights over the base line, and depth under it, as shares of the size of the letters (of usual text faces)."""
INK = 120
LEAST_POINTS = 3.5
"""Smaller letters are specks, or lines of a logo."""
GAP = 1.6
"""A gap of more than this, in sizes, parts a line: columns, cells."""
BOLD, BOLD_FIGURES = 1.24, 1.24
"""How much thicker than the page's usual strokes those of bold letters, and of bold figures, are."""
SAME_SIZE, ALIKE = 0.05, 0.11
"""Shares by which sizes measured from the heights of words may differ and be the same: of any, and of the few among many."""
FEW = 0.2
"""The share of a usual size's letters that a size nearly alike has where it is but badly measured."""
DASH = (0.3, 1.2, 0.16)
"""In sizes of the letters: least and greatest width, and greatest height, of a dash before a line."""
BULLETS = re.compile(r"^(?:[«»*°¢©®■●•+¤·]{1,2}|[eo])$")
BULLET_REACH, BULLET_GAP, BULLET_SIDES = 2.4, 0.3, (0.12, 0.62)
"""In sizes of the letters: how far left of a line its bullet may stand, how near, and how large it is."""
NOISE = re.compile(r"^[\W_]$|^[|_—~\-=.]{2,}$")
KEPT_SIGNS = frozenset("-–—%&§+=/°*•·●■¤«»©®¢")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The pixels in which words were seen, and how they lie on the page: points = pixels / scale + offset.

    Colours are kept coarser than brightness, to save memory: `ratio` is the size of `rgb` to that of `gray`.
    """

    rgb: Rgb
    gray: Gray
    scale: float
    offset: tuple[float, float]
    ratio: float = 1.0

    def colors(self, box: tuple[int, int, int, int], edge: int = 0) -> Rgb:
        """The coloured pixels of a box given in pixels of `gray`, with an edge around it."""
        x0, y0, x1, y1 = box
        left, top = max(0, int((x0 - edge) * self.ratio)), max(0, int((y0 - edge) * self.ratio))
        return self.rgb[top : int((y1 + edge) * self.ratio) + 1, left : int((x1 + edge) * self.ratio) + 1]

    def box(self, box: tuple[float, float, float, float]) -> BBox:
        """A box of pixels in points."""
        x, y = self.offset
        return (box[0] / self.scale + x, box[1] / self.scale + y, box[2] / self.scale + x, box[3] / self.scale + y)


def usable(seen: Sequence[Seen], least: float = LEAST_CONFIDENCE) -> list[Seen]:
    """The words that can be trusted to be words: not specks, not remains of lines."""
    return [s for s in seen if s.confidence >= least and (not NOISE.match(s.text) or s.text in KEPT_SIGNS)]


def size_of(seen: Sequence[Seen]) -> float:
    """The size of a line's letters in pixels, from the heights of its words and what letters they have.

    Words with a letter that is as tall in all faces speak before others, and words of several letters before single ones.
    """
    sure = [s for s in seen if set(s.text) & SURELY_TALL and RINGED not in s.text and not set(s.text) & ACCENTED]
    sizes = [_em(s) for s in ([s for s in sure if len(s.text) > 1] or sure or seen)]
    middle = median(sizes)
    return fmean([size for size in sizes if abs(size - middle) <= SAME_SIZE * middle + 1] or [middle])


def _em(seen: Seen) -> float:
    """The size of letters that one word's height speaks for."""
    letters = set(unicodedata.normalize("NFC", seen.text))
    over = ACCENT if letters & ACCENTED else RING if RINGED in letters else CAP if letters & TALL else DOT if letters & DOTTED else X_HEIGHT
    under = DEPTH if letters & DEEP else 0.0
    return (seen.box[3] - seen.box[1]) / (over + under)


def base_line(seen: Sequence[Seen], size: float) -> float:
    """The y of a line's base line in pixels."""
    return median(s.box[3] - (DEPTH * size if set(s.text) & DEEP else 0.0) for s in seen)


def page_lines(seen: Sequence[Seen], sheet: Sheet, uprights: Sequence[tuple[int, int, int, int]]) -> list[RawLine]:
    """Lines in the order in which they were seen, parted at wide gaps and at upright rules."""
    by_line: dict[tuple[int, int, int], list[Seen]] = {}
    for word in trimmed(seen, sheet):
        by_line.setdefault(word.line, []).append(word)
    parts: list[tuple[list[Seen], float]] = []
    for words in by_line.values():
        words.sort(key=lambda w: w.box[0])
        size = size_of(words)
        parts += [(part, size_of(part)) for part in map(repaired_part, parted(words, size, uprights))]
    parts = [(part, size) for part, size in parts if size >= LEAST_POINTS * sheet.scale]
    sizes = settled_sizes([(size, letters_of(part)) for part, size in parts])
    bold = are_bold([part for part, _ in parts], [stroke_width(sheet, part) / size for (part, _), size in zip(parts, sizes, strict=True)])
    return [make_line(part, sheet, number, size=sizes[number], bold=bold[number]) for number, (part, _) in enumerate(parts)]


def letters_of(part: Sequence[Seen]) -> int:
    """How many letters and figures some words have."""
    return sum(len(seen.text) for seen in part)


def settled_sizes(measured: Sequence[tuple[float, int]]) -> list[float]:
    """Sizes (each with the letters it was measured on) with those that agree made one: the mean of those around what most letters have.

    Where hardly any letters have a size that is nearly a usual one, it was badly measured and is that one.
    """
    groups: list[tuple[float, int, list[int]]] = []
    left = set(range(len(measured)))
    while left:
        usual = max(sorted(left), key=lambda n: sum(measured[m][1] for m in left if _agree(measured[n][0], measured[m][0])))
        near = [n for n in left if _agree(measured[usual][0], measured[n][0])]
        letters = sum(measured[n][1] for n in near) or 1
        mean = sum(measured[n][0] * measured[n][1] for n in near) / letters
        groups.append((mean or measured[usual][0], letters, near))
        left -= set(near)
    settled = [size for size, _ in measured]
    for size, letters, members in groups:
        alike = [g for g in groups if abs(g[0] - size) <= max(ALIKE * g[0], 0.5) and letters <= FEW * g[1]]
        final = min(alike, key=lambda g: abs(g[0] - size))[0] if alike else size
        for n in members:
            settled[n] = final
    return settled


def _agree(usual: float, size: float) -> bool:
    """Whether two measured sizes, in pixels, are the same but for the grain of the picture."""
    return abs(size - usual) <= max(SAME_SIZE * usual, 0.5)


def are_bold(parts: Sequence[Sequence[Seen]], strokes: Sequence[float]) -> list[bool]:
    """Which parts are bold, from their strokes: figures have others than letters, so each is held against its own kind."""
    figures = [sum(c.isalpha() for seen in part for c in seen.text) * 2 < letters_of(part) for part in parts]
    usual = {
        kind: usual_stroke([(s, letters_of(p)) for p, s, f in zip(parts, strokes, figures, strict=True) if f == kind])
        for kind in (True, False)
    }
    return [stroke > (BOLD_FIGURES if figure else BOLD) * usual[figure] for stroke, figure in zip(strokes, figures, strict=True)]


def usual_stroke(strokes: Sequence[tuple[float, int]]) -> float:
    """The stroke below which half of all letters lie."""
    half, below = sum(letters for _, letters in strokes) / 2, 0
    for stroke, letters in sorted(strokes):
        below += letters
        if below >= half:
            return stroke
    return 1.0


def trimmed(seen: Sequence[Seen], sheet: Sheet) -> list[Seen]:
    """The words with boxes that hold only their ink: Tesseract takes in what is left of a rule below or above."""
    import numpy as np

    result = []
    for word in seen:
        x0, y0, x1, y1 = word.box
        rows = np.flatnonzero((sheet.gray[y0:y1, x0:x1] < INK).any(axis=1))
        top, bottom = (int(rows[0]), int(rows[-1]) + 1) if len(rows) else (0, y1 - y0)
        result.append(replace(word, box=(x0, y0 + top, x1, y0 + bottom)))
    return result


def parted(words: Sequence[Seen], size: float, uprights: Sequence[tuple[int, int, int, int]]) -> list[list[Seen]]:
    """The words of a line in parts: a wide gap or an upright rule stands between them."""
    parts = [[words[0]]]
    for word in words[1:]:
        last = parts[-1][-1].box
        middle = (word.box[1] + word.box[3]) / 2
        ruled = any(last[2] - 3 <= r[0] and r[2] <= word.box[0] + 3 and r[1] <= middle <= r[3] for r in uprights)
        bullet = len(parts[-1]) == 1 and BULLETS.match(parts[-1][0].text) is not None
        if ruled or (word.box[0] - last[2] > GAP * size and not bullet):
            parts.append([])
        parts[-1].append(word)
    return parts


def make_line(part: Sequence[Seen], sheet: Sheet, number: int, *, size: float, bold: bool) -> RawLine:
    """One line: all words get the line's size and height, so that small and tall letters line up."""
    base = base_line(part, size)
    top, bottom = base - 0.93 * size, base + 0.25 * size
    points = round(size / sheet.scale * 2) / 2
    words = []
    bullet = seen_bullet(part[0], sheet, size) if not BULLETS.match(part[0].text) else None
    if bullet:
        words.append(Word(bullet[2], sheet.box((bullet[0], top, bullet[1], bottom)), points, False, False, "#000000", FONT, number))
    for place, seen in enumerate(part):
        text = unicodedata.normalize("NFC", seen.text)
        after = part[place + 1].box[0] - seen.box[2] if place + 1 < len(part) else 0
        if place == 0 and len(part) > 1 and BULLETS.match(text) and after > (0.45 if text.isalpha() else 0.2) * size:
            text = "•"
        box = sheet.box((seen.box[0], top, seen.box[2], bottom))
        words.append(Word(text, box, points, bold, False, text_color(sheet, seen), FONT, number))
    whole = sheet.box((bullet[0] if bullet else part[0].box[0], top, part[-1].box[2], bottom))
    return RawLine(" ".join(w.text for w in words), whole, tuple(words), (1.0, 0.0), -1)


def seen_bullet(first: Seen, sheet: Sheet, size: float) -> tuple[int, int, str] | None:
    """Where the bullet before a line begins and ends, and its sign, if there is one that was not read: a disc or a dash by itself."""
    import numpy as np

    x0, y0, _, y1 = first.box
    left = max(0, int(x0 - BULLET_REACH * size))
    ink = sheet.gray[y0 : max(y1, y0 + int(0.7 * size)), left : max(left, int(x0 - BULLET_GAP * size))] < INK
    columns = np.flatnonzero(ink.any(axis=0))
    rows = np.flatnonzero(ink.any(axis=1))
    if not len(columns) or columns[0] < 0.25 * size:
        return None
    wide, high = int(columns[-1] - columns[0] + 1), int(rows[-1] - rows[0] + 1)
    filled = float(ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].mean())
    disc = BULLET_SIDES[0] * size <= min(wide, high) and max(wide, high) <= BULLET_SIDES[1] * size and 0.6 <= wide / high <= 1.7
    dash = DASH[0] * size <= wide <= DASH[1] * size and high <= DASH[2] * size and rows[0] > 0.25 * size
    if filled <= 0.6 or not (disc or dash):
        return None
    return left + int(columns[0]), left + int(columns[-1]) + 1, "•" if disc else "–"


def stroke_width(sheet: Sheet, part: Sequence[Seen]) -> float:
    """The mean length in pixels of the dark runs across the letters of some words."""
    import numpy as np

    runs = ink = 0
    for seen in part[:6]:
        x0, y0, x1, y1 = seen.box
        cut = sheet.gray[y0:y1, x0:x1]
        if not cut.size:
            continue
        dark = cut < (int(cut.min()) + int(cut.max())) / 2
        ink += int(dark.sum())
        runs += int((np.diff(dark.astype(np.int8), axis=1) == 1).sum()) + int(dark[:, 0].sum())
    return ink / runs if runs else 0.0


def text_color(sheet: Sheet, seen: Seen) -> str:
    """The colour of a word's letters; black unless they plainly have one."""
    import numpy as np

    cut = sheet.colors(seen.box).reshape(-1, 3)
    if not len(cut):
        return "#000000"
    bright = cut.astype(np.int32).sum(axis=1)
    dark = cut[bright <= np.quantile(bright, 0.15)]
    rgb = (int(dark[:, 0].mean()), int(dark[:, 1].mean()), int(dark[:, 2].mean()))
    return hex_of(rgb) if oklch(rgb).chroma > 0.09 else "#000000"
