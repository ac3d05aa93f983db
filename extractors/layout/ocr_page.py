"""One page, or a part of one, from pixels to `RawPage`: turned and set straight, rules and signs taken out, words read."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from extractors.layout.blocks import BBox
from extractors.layout.colors import STATUS, hex_of
from extractors.layout.icons_pixels import NAMES
from extractors.layout.ocr_lines import LEAST_CONFIDENCE, Sheet, page_lines, usable
from extractors.layout.ocr_pixels import Blob, Box, find_blobs, find_rules, ink_of, runs_upright, skew_of
from extractors.layout.ocr_repairs import with_figures
from extractors.layout.ocr_rules import settled
from extractors.layout.ocr_shades import pale_shades
from extractors.layout.ocr_tesseract import BLOCK, FIGURES, LANGUAGE, LINE, PAGE, Seen, knows_figures, read_words
from extractors.layout.rawtypes import Fill, Picture, RawPage, Rule

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
LEAST_LINES, FIGURE_WORDS = 3, 10
UNSURE, MOST_TRIES, WEAK_KEPT = 55.0, 20, 8.0
LEAST_INK, FEW_LETTERS = 0.0004, 15
RULE_POINTS, THICK_POINTS = 22.0, 3.0
SIGN_POINTS = (4.5, 40.0)
SHADE_POINTS, BAR_POINTS = 9.0, (3.5, 8.0)
LEAST_FILLED, DARK = 0.42, 110
NEVER_SIGNS = ("other",)


@dataclass(frozen=True, slots=True)
class Pose:
    """How a page is turned for reading: quarter turns to the right and skew in degrees."""

    turns: int = 0
    skew: float = 0.0

    def displayed(self, box: BBox, size: tuple[float, float]) -> BBox:
        """A box of the straight page (of the given width and height) as the box at its place on the page as displayed."""
        angle = math.radians(self.skew - 90 * self.turns)
        x, y = (box[0] + box[2] - size[0]) / 2, (box[1] + box[3] - size[1]) / 2
        middle = (size[1] / 2, size[0] / 2) if self.turns % 2 else (size[0] / 2, size[1] / 2)
        wide, high = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2
        if self.turns % 2:
            wide, high = high, wide
        x, y = middle[0] + x * math.cos(angle) - y * math.sin(angle), middle[1] + x * math.sin(angle) + y * math.cos(angle)
        return (x - wide, y - high, x + wide, y + high)


@dataclass(frozen=True, slots=True)
class Straight:
    """What was seen: the page (or part) as a raw page, and the pixels of each sign by its digest."""

    raw: RawPage
    crops: dict[str, tuple[int, int, bytes]] = field(default_factory=dict)
    confidence: float = 0.0
    pose: Pose = field(default_factory=Pose)
    sure: int = 0
    """Letters in words read surely: a page in the wrong pose has few."""


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
    best: Straight | None = None
    for pose in poses:
        seen = _read(page, number, mode, clip, pose)
        if best is None or seen.sure > best.sure:
            best = seen
        if best.confidence >= SURE or sum(len(line.text) for line in seen.raw.lines) < FEW_LETTERS:
            break
    return best if best and best.raw.lines else None


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


def _read(page: pymupdf.Page, number: int, mode: int, clip: BBox | None, pose: Pose) -> Straight:
    """One reading in one pose."""
    sheet = sheet_of(page, clip, pose)
    scale, gray = sheet.scale, sheet.gray.copy()
    level, upright = rules_in(gray, scale)
    level = settled(level, scale)
    step = 2 / sheet.ratio
    blobs = [scaled(blob, step) for blob in find_blobs(sheet.rgb[::2, ::2], round(SIGN_POINTS[0] * scale / step))]
    blobs += [scaled(blob, step / 2) for blob in pale_shades(sheet.rgb, round(SHADE_POINTS * scale * sheet.ratio))]
    fills, pictures, crops = colored(blobs, sheet, number)
    clean(gray, [*level, *upright], [b.box for b in blobs if is_sign(b, sheet)], [b.box for b in blobs if is_shade(b, scale)])
    dpi = round(scale * 72)
    seen = usable(read_words(gray, dpi, mode=mode), WEAK_KEPT if mode == BLOCK else LEAST_CONFIDENCE)
    if knows_figures() and (mode == BLOCK or sum(any(c.isdigit() for c in word.text) for word in seen) >= FIGURE_WORDS):
        seen = with_figures(seen, usable(read_words(gray, dpi, mode=mode, language=FIGURES), WEAK_KEPT))
    seen = read_again(seen, gray, dpi, every=mode == BLOCK)
    lines = page_lines(seen, replace(sheet, gray=gray), upright)
    rules = [rule_of(sheet.box(box)) for box in (*level, *upright)]
    width, height = (page.rect.height, page.rect.width) if pose.turns % 2 else (page.rect.width, page.rect.height)
    raw = RawPage(number, width, height, tuple(lines), tuple(rules), tuple(fills), tuple(pictures), ())
    return Straight(
        raw, crops, certainty(seen), pose, sum(len(s.text) for s in seen if s.confidence >= SURE and (is_word(s) or s.text.isdigit()))
    )


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
    """Whether what was seen has several letters and hardly anything else."""
    letters = sum(c.isalpha() for c in seen.text)
    return letters >= 3 and letters >= 0.7 * len(seen.text)


def has_grid(gray: Gray, dpi: int) -> bool:
    """Whether a picture shows the lines of a table: several both ways."""
    level, upright = rules_in(gray, dpi / 72)
    return len(level) >= LEAST_LINES and len(upright) >= LEAST_LINES


def rules_in(gray: Gray, scale: float) -> tuple[list[Box], list[Box]]:
    """Level and upright lines in pixels of the picture, looked for at half its resolution."""
    import numpy as np

    high, wide = gray.shape[0] // 2 * 2, gray.shape[1] // 2 * 2
    upper, lower = gray[:high:2], gray[1:high:2]
    half = np.minimum(np.minimum(upper[:, :wide:2], upper[:, 1:wide:2]), np.minimum(lower[:, :wide:2], lower[:, 1:wide:2]))
    level, upright = find_rules(half, round(RULE_POINTS * scale / 2), round(THICK_POINTS * scale / 2))

    def doubled(box: Box) -> Box:
        return (box[0] * 2, box[1] * 2, box[2] * 2, box[3] * 2)

    return [doubled(b) for b in level], [doubled(b) for b in upright]


def rule_of(box: BBox) -> Rule:
    """A line as a rule without thickness."""
    x0, y0, x1, y1 = box
    if x1 - x0 >= y1 - y0:
        return Rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2, "#000000")
    return Rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1, "#000000")


def scaled(blob: Blob, factor: float) -> Blob:
    """A patch found at a lower resolution."""
    x0, y0, x1, y1 = (round(v * factor) for v in blob.box)
    return Blob((x0, y0, x1, y1), round(blob.area * factor * factor), blob.color)


def is_sign(blob: Blob, sheet: Sheet) -> bool:
    """Whether a patch has the size and the form of a sign, and stands by itself: the blurred edges of letters do not."""
    x0, y0, x1, y1 = blob.box
    wide, high = (x1 - x0) / sheet.scale, (y1 - y0) / sheet.scale
    least = SIGN_POINTS[0] if NAMES[blob.color] in STATUS else 1.4 * SIGN_POINTS[0]
    fits = least <= min(wide, high) and max(wide, high) <= SIGN_POINTS[1] and 0.6 <= wide / high <= 1.7
    if not fits or NAMES[blob.color] in NEVER_SIGNS or blob.area < LEAST_FILLED * (x1 - x0) * (y1 - y0):
        return False
    if NAMES[blob.color] == "grey" and 0.06 < float((sheet.gray[y0:y1, x0:x1] < DARK).mean()) < 0.6:
        return False  # letters with blurred edges
    edge = math.ceil(1.5 * sheet.scale)
    around = sheet.gray[max(0, y0 - edge) : y1 + edge, max(0, x0 - edge) : x1 + edge] < DARK
    ring = int(around.sum()) - int((sheet.gray[y0:y1, x0:x1] < DARK).sum())
    return ring < 0.08 * (around.size - (x1 - x0) * (y1 - y0))


def is_shade(blob: Blob, scale: float) -> bool:
    """Whether a patch is the ground of words, a shaded cell, or part of a progress bar."""
    x0, y0, x1, y1 = blob.box
    wide, high = (x1 - x0) / scale, (y1 - y0) / scale
    bar = BAR_POINTS[0] <= high <= SHADE_POINTS and wide >= BAR_POINTS[1] and blob.area > 0.85 * (x1 - x0) * (y1 - y0)
    return bar or (min(wide, high) >= SHADE_POINTS and blob.area > 0.5 * (x1 - x0) * (y1 - y0))


def clean(gray: Gray, rules: list[Box], signs: list[Box], shades: list[Box]) -> None:
    """Make a picture fit for reading letters: paper white, shades white, rules and signs gone."""
    import numpy as np

    paper = max(128, int(np.median(gray[::8, ::8])))
    gray[:] = np.minimum(np.arange(256) * 255 // paper, 255).astype(np.uint8)[gray]
    brighten(gray, shades)
    for x0, y0, x1, y1 in rules:
        gray[max(0, y0 - 1) : y1 + 1, max(0, x0 - 1) : x1 + 1] = 255
    for x0, y0, x1, y1 in signs:
        gray[max(0, y0 - 4) : y1 + 4, max(0, x0 - 4) : x1 + 4] = 255


def colored(blobs: list[Blob], sheet: Sheet, number: int) -> tuple[list[Fill], list[Picture], dict[str, tuple[int, int, bytes]]]:
    """Patches as shaded boxes and as pictures of signs, with the pixels of the latter."""
    fills: list[Fill] = []
    pictures: list[Picture] = []
    crops: dict[str, tuple[int, int, bytes]] = {}
    for blob in blobs:
        x0, y0 = blob.box[:2]
        if is_sign(blob, sheet):
            edge = math.ceil(1.5 * sheet.scale)
            cut = sheet.colors(blob.box, edge)
            digest = f"ocr-{number}-{x0}-{y0}-{sheet.offset[0]:.0f}-{sheet.offset[1]:.0f}"
            pictures.append(Picture(sheet.box(blob.box), digest, 0))
            crops[digest] = (cut.shape[1], cut.shape[0], cut.tobytes())
        elif is_shade(blob, sheet.scale):
            fills.append(Fill(sheet.box(blob.box), shade(sheet.colors(blob.box)), "rect"))
    return fills, pictures, crops


def shade(cut: Rgb) -> str:
    """The most usual colour of a box as `#rrggbb`."""
    import numpy as np

    middle = np.median(cut.reshape(-1, 3), axis=0)
    return hex_of((int(middle[0]), int(middle[1]), int(middle[2])))


def brighten(gray: Gray, boxes: list[Box]) -> None:
    """Set the ground of shaded boxes to white, and light letters on dark ground to dark ones on white."""
    import numpy as np

    for x0, y0, x1, y1 in boxes:
        cut = gray[y0:y1, x0:x1]
        ground = int(np.median(cut))
        if ground < 110:
            lighter = np.clip(cut.astype(np.int32) - ground, 0, 255)  # 255 * 255 is too much for 16 bits
            gray[y0:y1, x0:x1] = 255 - np.minimum(lighter * 255 // max(1, 255 - ground), 255).astype(np.uint8)
            whiten_edges(gray, (x0, y0, x1, y1))
        else:
            gray[y0:y1, x0:x1] = np.minimum(cut.astype(np.uint16) * 255 // max(1, ground), 255).astype(np.uint8)


def whiten_edges(gray: Gray, box: Box, reach: int = 4) -> None:
    """Take away what is left of a dark ground along its edges, which would be seen as a frame."""
    x0, y0, x1, y1 = box
    left, top = max(0, x0 - reach), max(0, y0 - reach)
    for at in (y0, y1):
        gray[max(0, at - reach) : at + reach, left : x1 + reach] = 255
    for at in (x0, x1):
        gray[top : y1 + reach, max(0, at - reach) : at + reach] = 255
