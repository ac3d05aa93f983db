"""Figures on a scan as pixels: cut out with the ink that belongs to them, stacked to be read again, their dashes and commas.

Also those that were passed over: ink of the size of a figure on a row where words stand, which no word holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

from extractors.layout.ocr_lines import parted, size_of
from extractors.layout.ocr_pixels import Box, joined_patches
from extractors.layout.ocr_repairs import is_mostly_figures
from extractors.layout.ocr_shades import closed
from extractors.layout.ocr_tesseract import Seen

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Gray = NDArray[np.uint8]
    Mask = NDArray[np.bool_]

LONGEST = 16
"""Characters of a figure with its blanks, sign and unit."""
MOST = 400
SIDES, ABOVE, BETWEEN = 0.5, 0.17, 0.9
"""In sizes of the letters: what is cut out beside and above a figure, and what is put between two in the stack."""
DASH_LENGTH, DASH_HEIGHT, DASH_PLACE = 0.22, 0.17, (0.22, 0.72)
"""In sizes: least length and greatest height of a dash; in heights of a figure from its top: where it stands."""
DARK, PALE = 150, 205
"""Grey values of strokes, and of the thinnest (the slant of a four)."""
REACH, FARTHEST = 0.5, 2.5
"""In sizes: how wide a blank may be before ink that belongs to a figure and was left out of it, and how much is added at most."""
COMMA_WIDTH, COMMA_DEPTH, MOST_DECIMALS = 0.34, 0.06, 2
"""In sizes: how wide a comma is at most, and how far it goes down below the figures at least."""
KNOWN = 60.0
"""Confidence at which a figure read once counts as one."""
USUAL = 0.53
"""Width of a figure in sizes, in most faces for text."""
DASHES = "-–—"
SQUARE, MOST_INK = 4, 0.02
"""Pixels a side of the squares in which ink is looked for; more of it than this share is no text."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as first read: its words (none where it was passed over), the size of their letters in pixels, and its box."""

    words: tuple[Seen, ...]
    size: float
    box: Box

    @property
    def text(self) -> str:
        """The words with single blanks."""
        return " ".join(word.text for word in self.words)

    @property
    def votes(self) -> int:
        """How many readings of the page agree on it."""
        return min((word.votes for word in self.words), default=0)

    @property
    def is_certain(self) -> bool:
        """Whether it is known to be a figure before it is looked at again."""
        return bool(self.words) and (self.votes > 1 or min(word.confidence for word in self.words) >= KNOWN)


def figures_in(seen: Sequence[Seen], uprights: Sequence[Box]) -> list[Figure]:
    """The parts of lines that are figures, from top to bottom."""
    lines: dict[tuple[int, int, int], list[Seen]] = {}
    for word in seen:
        lines.setdefault(word.line, []).append(word)
    found = []
    for words in lines.values():
        words.sort(key=lambda w: w.box[0])
        size = size_of(words)
        for part in parted(words, size, uprights):
            text = " ".join(word.text for word in part)
            if len(text) <= LONGEST and text[-1] not in DASHES and is_mostly_figures(text.replace("år", "").replace("kr", "")):
                box = (part[0].box[0], min(w.box[1] for w in part), part[-1].box[2], max(w.box[3] for w in part))
                found.append(Figure(tuple(part), size_of(part), box))
    return sorted(found, key=lambda figure: (figure.box[1], figure.box[0]))[:MOST]


def grown(figure: Figure, gray: Gray, seen: Sequence[Seen]) -> Figure:
    """The figure with the ink close beside it that no word holds: a first group of thousands or a sign that was passed over."""
    import numpy as np

    x0, y0, x1, y1 = figure.box
    near = [w.box for w in seen if w.box[1] < y1 and w.box[3] > y0]
    far, step = round(FARTHEST * figure.size), round(REACH * figure.size)
    low = max([b[2] for b in near if b[2] <= x0 + 2], default=0)
    high = min([b[0] for b in near if b[0] >= x1 - 2], default=gray.shape[1])
    band: Mask = np.asarray((gray[y0:y1] < DARK).any(axis=0))
    for _ in range(4):
        inked = np.flatnonzero(band[max(low + step, x0 - far, x0 - step) : x0])
        if not len(inked):
            break
        x0 = max(low + step, x0 - far, x0 - step) + int(inked[0])
    for _ in range(4):
        inked = np.flatnonzero(band[x1 : min(high - step, x1 + step)])
        if not len(inked):
            break
        x1 += int(inked[-1]) + 1
    return replace(figure, box=(x0, y0, x1, y1))


def overlooked(gray: Gray, seen: Sequence[Seen], boxes: Sequence[Box]) -> list[Figure]:
    """Patches of ink that no word holds, of the size of a short figure, on a row where words stand."""
    import numpy as np

    sized = [s for s in seen if len(s.text) > 2]
    if not sized:
        return []
    size = median(size_of([s]) for s in sized)
    high, wide = gray.shape[0] // SQUARE, gray.shape[1] // SQUARE
    dark: Mask = gray[: high * SQUARE, : wide * SQUARE] < DARK
    ink: Mask = np.asarray(dark.reshape(high, SQUARE, wide, SQUARE).any(axis=(1, 3)))
    for x0, y0, x1, y1 in (*(s.box for s in seen), *boxes):
        ink[max(0, y0 // SQUARE - 1) : y1 // SQUARE + 2, max(0, x0 // SQUARE - 1) : x1 // SQUARE + 2] = False
    if np.count_nonzero(ink) > MOST_INK * ink.size:
        return []
    found = []
    for x0, y0, x1, y1, _ in joined_patches(closed(ink, max(1, round(0.35 * size / SQUARE))), 1):
        box = (x0 * SQUARE, y0 * SQUARE, x1 * SQUARE, y1 * SQUARE)
        fits = 0.5 * size <= box[3] - box[1] <= 1.3 * size and 0.25 * size <= box[2] - box[0] <= 5 * size
        middle = (box[1] + box[3]) / 2
        if fits and any(s.box[1] <= middle <= s.box[3] for s in sized):
            found.append(Figure((), size, tight(gray, box)))
    return found[: MOST // 4]


def tight(gray: Gray, box: Box) -> Box:
    """A box that ends where its ink does."""
    import numpy as np

    cut = gray[box[1] : box[3], box[0] : box[2]] < DARK
    rows, columns = np.flatnonzero(cut.any(axis=1)), np.flatnonzero(cut.any(axis=0))
    if not len(rows):
        return box
    return (box[0] + int(columns[0]), box[1] + int(rows[0]), box[0] + int(columns[-1]) + 1, box[1] + int(rows[-1]) + 1)


def stacked(gray: Gray, figures: Sequence[Figure]) -> tuple[Gray, list[tuple[int, int]]]:
    """The figures cut out and put under one another on white, and the rows at which each begins and ends."""
    import numpy as np

    cuts = []
    for figure in figures:
        x0, y0, x1, y1 = figure.box
        side, above = round(SIDES * figure.size), round(ABOVE * figure.size)
        cuts.append(gray[max(0, y0 - above) : y1 + above, max(0, x0 - side) : x1 + side])
    gaps = [round(BETWEEN * figure.size) for figure in figures]
    edge = 2 * max(gaps)
    high = sum(cut.shape[0] for cut in cuts) + sum(gaps) + 2 * edge
    picture: Gray = np.full((high, max(cut.shape[1] for cut in cuts) + 2 * edge), 255, np.uint8)
    places = []
    top = edge
    for cut, gap in zip(cuts, gaps, strict=True):
        picture[top : top + cut.shape[0], edge : edge + cut.shape[1]] = cut
        places.append((top - gap // 2, top + cut.shape[0] + gap // 2))
        top += cut.shape[0] + gap
    return picture, places


def by_place(found: Sequence[Seen], places: Sequence[tuple[int, int]]) -> list[str]:
    """What was read at each place of the stack."""
    texts = []
    for top, bottom in places:
        here = sorted((w for w in found if top <= (w.box[1] + w.box[3]) / 2 < bottom), key=lambda w: w.box[0])
        texts.append(" ".join(w.text for w in here))
    return texts


def has_dash(gray: Gray, figure: Figure) -> bool:
    """Whether what is seen begins with a dash: some columns with ink at half height only, and not the palest stroke over or under it."""
    import numpy as np

    x0, y0, x1, y1 = figure.box
    cut = gray[y0:y1, x0 : min(x1, x0 + round(1.6 * figure.size))]
    columns = np.flatnonzero((cut < DARK).any(axis=0))
    if not len(columns):
        return False
    length = 0
    for column in range(int(columns[0]), cut.shape[1]):
        rows = np.flatnonzero(cut[:, column] < PALE)
        if not len(rows) or rows[-1] - rows[0] + 1 > DASH_HEIGHT * figure.size:
            break
        if not DASH_PLACE[0] <= (rows[0] + rows[-1]) / 2 / (y1 - y0) <= DASH_PLACE[1]:
            break
        length += 1
    return length >= DASH_LENGTH * figure.size


def decimals_of(gray: Gray, figure: Figure, unit: float) -> int:
    """How many figures stand behind a comma: what goes down below all else in two figures or more is one; 0 where there is none."""
    import numpy as np

    x0, y0, x1, y1 = figure.box
    ink = gray[y0 : y1 + round(ABOVE * figure.size), x0:x1] < PALE
    depth, first, last, right = 0, x1 - x0, 0, 0
    for row in ink[::-1]:
        columns = np.flatnonzero(row)
        if len(columns):
            first, last = min(first, int(columns[0])), max(last, int(columns[-1]))
            if last - first > COMMA_WIDTH * figure.size:
                break
            right = last
            depth += 1
    if not COMMA_DEPTH * figure.size <= depth <= 0.4 * figure.size:
        return 0
    figures = (x1 - x0 - right) / ((unit or USUAL) * figure.size)
    return round(figures) if 0.6 < figures < MOST_DECIMALS + 0.5 else 0
