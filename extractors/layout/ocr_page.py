"""One page, or a part of one, from pixels to `RawPage`: turned and set straight, rules and signs taken out, words read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extractors.layout.blocks import BBox
from extractors.layout.ocr_figures import with_second_look
from extractors.layout.ocr_lines import LEAST_CONFIDENCE, Sheet, page_lines, trimmed, usable
from extractors.layout.ocr_marks import blobs_of, clean, colored, is_shade, is_sign, rule_of, rules_in
from extractors.layout.ocr_pixels import Blob, Box, ink_of, runs_upright, skew_of
from extractors.layout.ocr_repairs import with_figures
from extractors.layout.ocr_rules import settled
from extractors.layout.ocr_tesseract import BLOCK, FIGURES, LANGUAGE, LINE, PAGE, Seen, knows_figures, read_words
from extractors.layout.rawtypes import RawPage

if TYPE_CHECKING:
    import numpy as np
    import pymupdf
    from numpy.typing import NDArray

    Rgb = NDArray[np.uint8]
    Gray = NDArray[np.uint8]

DPI, COLORS_DPI, LOW_DPI = 300, 200, 100
MOST_PIXELS = 5200
"""Longest side of a page's picture; larger pages are read at a lower resolution."""
LEAST_SKEW = 0.1
SURE = 60.0
"""Mean confidence below which a page may stand upside down."""
FIGURE_WORDS = 10
UNSURE, MOST_TRIES, WEAK_KEPT = 55.0, 20, 8.0
LEAST_INK, FEW_LETTERS = 0.0004, 15
LEVEL = 0.8
"""Least width of a word of three letters or more, in its heights."""


@dataclass(frozen=True, slots=True)
class Pose:
    """How a page is turned for reading: quarter turns to the right and skew in degrees."""

    turns: int = 0
    skew: float = 0.0


@dataclass(frozen=True, slots=True)
class Straight:
    """What was seen: the page (or part) as a raw page, the pixels of each sign by its digest, and how the page was turned.

    `doubtful` are the boxes of figures on which no two readings agree.
    """

    raw: RawPage
    crops: dict[str, tuple[int, int, bytes]]
    pose: Pose
    doubtful: tuple[BBox, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """One reading in one pose, before its figures are looked at again: the words, the sheet (as it is, and cleaned), what else is on it."""

    seen: list[Seen]
    sheet: Sheet
    cleaned: Sheet
    pose: Pose
    level: list[Box]
    upright: list[Box]
    blobs: list[Blob]

    @property
    def sure(self) -> int:
        """Letters in words read surely: a page in the wrong pose has few."""
        return sum(len(s.text) for s in self.seen if s.confidence >= SURE and (is_word(s) or s.text.isdigit()))


def rendered(
    page: pymupdf.Page, dpi: int, clip: BBox | None = None, pose: Pose | None = None, *, gray: bool = False
) -> tuple[Rgb, tuple[float, float]]:
    """The pixels of a page set straight (in colour, or in shades of grey), and the point of the straight page where they begin."""
    import numpy as np
    import pymupdf

    pose = pose or Pose()
    longest = max(page.rect.width, page.rect.height)
    scale = min(dpi / 72, MOST_PIXELS / longest)
    angle = 90 * pose.turns - pose.skew
    matrix = pymupdf.Matrix(scale, scale) * pymupdf.Matrix(angle)
    colors = pymupdf.csGRAY if gray else pymupdf.csRGB
    shown = page.get_pixmap(matrix=matrix, clip=pymupdf.Rect(clip) if clip else None, colorspace=colors, alpha=False)
    rgb: Rgb = np.frombuffer(shown.samples, dtype=np.uint8).reshape((shown.height, shown.width) if gray else (shown.height, shown.width, 3))
    middle = pymupdf.Point(page.rect.width / 2, page.rect.height / 2)
    turned = middle * pymupdf.Matrix(angle)
    aim = (middle.y, middle.x) if pose.turns % 2 else (middle.x, middle.y)
    return rgb, (shown.x / scale + aim[0] - turned.x, shown.y / scale + aim[1] - turned.y)


def look_at(page: pymupdf.Page, dpi: int, clip: BBox | None = None) -> Gray:
    """A page or a part of it in grey, as it is displayed."""
    return rendered(page, dpi, clip, gray=True)[0]


def read_straight(page: pymupdf.Page, number: int, *, mode: int = PAGE, clip: BBox | None = None) -> Straight | None:
    """What OCR sees of a page or of a part of it; None where it sees no words.

    A page in doubt is also read upside down, and the surer reading is kept.
    """
    poses = [Pose()] if clip else poses_of(page)
    best: Draft | None = None
    for pose in poses:
        draft = _read(page, mode, clip, pose)
        if best is None or draft.sure > best.sure:
            best = draft
        if certainty(best.seen) >= SURE or sum(len(s.text) for s in draft.seen) < FEW_LETTERS:
            break
    straight = _finished(best, page, number) if best else None
    return straight if straight and straight.raw.lines else None


def poses_of(page: pymupdf.Page) -> list[Pose]:
    """The ways in which a page may have to be turned, likeliest first, with its skew; none for a blank page."""
    import numpy as np

    ink = ink_of(look_at(page, LOW_DPI))
    if ink.mean() < LEAST_INK:
        return []
    first = 1 if runs_upright(ink) else 0
    skew = skew_of(np.rot90(ink, -first))
    skew = skew if abs(skew) >= LEAST_SKEW else 0.0
    return [Pose(first, skew), Pose(first + 2, skew), Pose(1 - first, 0.0), Pose(3 - first, 0.0)]


def _read(page: pymupdf.Page, mode: int, clip: BBox | None, pose: Pose) -> Draft:
    """One reading in one pose."""
    sheet = sheet_of(page, clip, pose)
    scale, gray = sheet.scale, sheet.gray.copy()
    level, upright = rules_in(gray, scale)
    level = settled(level, scale)
    blobs = blobs_of(sheet)
    clean(gray, [*level, *upright], [b.box for b in blobs if is_sign(b, sheet)], [b.box for b in blobs if is_shade(b, scale)])
    dpi = round(scale * 72)
    seen = usable(read_words(gray, dpi, mode=mode), WEAK_KEPT if mode == BLOCK else LEAST_CONFIDENCE)
    if knows_figures() and (mode == BLOCK or sum(any(c.isdigit() for c in word.text) for word in seen) >= FIGURE_WORDS):
        seen = with_figures(seen, usable(read_words(gray, dpi, mode=mode, language=FIGURES), WEAK_KEPT))
    seen = read_again(seen, gray, dpi, every=mode == BLOCK)
    cleaned = replace(sheet, gray=gray)
    return Draft(trimmed(seen, cleaned), sheet, cleaned, pose, level, upright, blobs)


def _finished(draft: Draft, page: pymupdf.Page, number: int) -> Straight:
    """The page of the best reading, its figures looked at again."""
    sheet, pose = draft.sheet, draft.pose
    seen = with_second_look(draft.seen, draft.cleaned, draft.upright, round(sheet.scale * 72))
    lines = page_lines(seen, draft.cleaned, draft.upright)
    fills, pictures, crops = colored(draft.blobs, sheet, number)
    rules = [rule_of(sheet.box(box)) for box in (*draft.level, *draft.upright)]
    width, height = (page.rect.height, page.rect.width) if pose.turns % 2 else (page.rect.width, page.rect.height)
    raw = RawPage(number, width, height, tuple(lines), tuple(rules), tuple(fills), tuple(pictures), ())
    return Straight(raw, crops, pose, tuple(sheet.box(word.box) for word in seen if not word.votes))


def sheet_of(page: pymupdf.Page, clip: BBox | None, pose: Pose) -> Sheet:
    """A page (or part) set straight, in grey for its letters and coarser in colour for its signs."""
    import numpy as np

    gray, offset = rendered(page, DPI, clip, pose, gray=True)
    rgb, _ = rendered(page, COLORS_DPI, clip, pose)
    scale = min(DPI / 72, MOST_PIXELS / max(page.rect.width, page.rect.height))
    return Sheet(rgb, np.ascontiguousarray(gray), scale, offset, rgb.shape[1] / gray.shape[1])


def read_again(seen: list[Seen], gray: Gray, dpi: int, *, every: bool) -> list[Seen]:
    """The words with those that were unsure (`every`: all of them, else only figures) read once more, each as a line of its own."""
    result: list[Seen] = []
    tries = 0
    for word in seen:
        wanted = every or any(c.isdigit() for c in word.text)
        if word.confidence >= UNSURE or tries >= MOST_TRIES or not wanted:
            result.append(word)
            continue
        tries += 1
        edge = max(4, (word.box[3] - word.box[1]) // 2)
        x0, y0 = max(0, word.box[0] - edge), max(0, word.box[1] - edge // 2)
        cut = gray[y0 : word.box[3] + edge // 2, x0 : word.box[2] + edge]
        padded = padded_with(cut, edge)
        figures = knows_figures() and any(c.isdigit() for c in word.text)
        found = usable(read_words(padded, dpi, mode=LINE, language=FIGURES if figures else LANGUAGE), UNSURE)
        better = [f for f in found if f.confidence > word.confidence]
        if len(found) == 1 and better:
            result.append(Seen(found[0].text, word.box, found[0].confidence, word.line))
        else:
            result.append(word)
    return result


def padded_with(cut: Gray, edge: int) -> Gray:
    """A cut with a white edge: Tesseract misses letters that touch the border."""
    import numpy as np

    return np.pad(cut, edge, constant_values=255)


def certainty(seen: list[Seen]) -> float:
    """How sure a reading is: the mean confidence of its words, each weighted by its letters; leaders and specks only where all are."""
    words = [s for s in seen if is_word(s)] or seen
    letters = sum(len(s.text) for s in words)
    return sum(s.confidence * len(s.text) for s in words) / letters if letters else 0.0


def is_word(seen: Seen) -> bool:
    """Whether what was seen has several letters, hardly anything else, and lies level: Tesseract also reads lines that run upwards."""
    letters = sum(c.isalpha() for c in seen.text)
    x0, y0, x1, y1 = seen.box
    return letters >= 3 and letters >= 0.7 * len(seen.text) and x1 - x0 > LEVEL * (y1 - y0)
