"""What can be seen in the pixels of a scanned page before any letter is read: skew, ruled lines, coloured signs, shaded boxes.

Arrays have rows from the top; lengths are pixels unless a name says points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.layout.icons_pixels import NAMES, names_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]
    Gray = NDArray[np.uint8]
    Rgb = NDArray[np.uint8]

Box = tuple[int, int, int, int]
"""Left, top, right, bottom; right and bottom are outside."""

MOST_SKEW, SKEW_STEP = 3.0, 0.05
SKEW_POINTS = 40_000
STRIPS = 6
DARKEST, LIGHTEST = 70, 190
"""Bounds of the grey value that parts ink from paper."""
CONTRAST = 14
"""How much darker (of 255) than its surroundings a ruled line is at least."""
LEAST_FILLED = 0.88
"""The share of a ruled line that is seen: where other lines cross it, it does not stand out."""
GAP_IN_RULE = 4
LONG_RULE = 300
"""Pixels: a line this long may fall by a row or two where the page is still a little askew, and is whole all the same."""
FIRM = 6
"""Pixels of which all but one are ink where a ruled line begins and ends."""
STROKES_IN_ROW = 10
TALLEST = 20.0
"""Points: letters in a picture are not taller; ink that runs on further down is a line or a fill."""
CLEAR, MOST_STEMS, MOST_BROKEN = 4, 0.16, 0.15
MOST_RUNS = 60_000


def gray_of(rgb: Rgb) -> Gray:
    """Brightness 0-255 (ITU-R BT.601)."""
    import numpy as np

    gray: Gray = np.empty(rgb.shape[:2], dtype=np.uint8)
    for top in range(0, rgb.shape[0], 256):  # in parts: a page at 300 dpi has 9 million pixels
        part = rgb[top : top + 256].astype(np.uint16)
        gray[top : top + 256] = (part[:, :, 0] * 77 + part[:, :, 1] * 150 + part[:, :, 2] * 29) >> 8
    return gray


def threshold(gray: Gray) -> int:
    """The grey value that parts ink from paper best (N. Otsu, 1979), within sensible bounds."""
    import numpy as np

    counts = np.bincount(gray[::2, ::2].ravel(), minlength=256).astype(np.float64)
    below = np.cumsum(counts)
    weighted = np.cumsum(counts * np.arange(256))
    above = below[-1] - below
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = (weighted[-1] * below / below[-1] - weighted) ** 2 / (below * above)
    best = int(np.nanargmax(np.where(np.isfinite(spread), spread, -1)))
    return max(DARKEST, min(LIGHTEST, best))


def ink_of(gray: Gray) -> Mask:
    """The pixels that are darker than the paper."""
    ink: Mask = gray < threshold(gray)
    return ink


def paper_share(gray: Gray) -> float:
    """The share of pixels within a little of the most common brightness: high on a page of text, low on a photo."""
    import numpy as np

    counts = np.bincount(gray.ravel() >> 2, minlength=64)
    peak = int(counts.argmax())
    return float(counts[max(0, peak - 3) : peak + 4].sum()) / gray.size


def skew_of(ink: Mask) -> float:
    """By how many degrees lines of text fall to the right; 0 where the page has too little ink to tell."""
    import numpy as np

    edges = ink[1:] & ~ink[:-1]
    ys, xs = np.nonzero(edges)
    if len(ys) < 200:
        return 0.0
    step = max(1, len(ys) // SKEW_POINTS)
    ys, xs = ys[::step].astype(np.float64), xs[::step].astype(np.float64)

    def sharpness(angle: float) -> float:
        rows = np.rint(ys - xs * np.tan(np.radians(angle))).astype(np.int64)
        counts = np.bincount(rows - rows.min())
        return float((counts.astype(np.float64) ** 2).sum())

    coarse = np.arange(-MOST_SKEW, MOST_SKEW + 0.01, 0.25)
    best = float(max(coarse, key=lambda a: sharpness(float(a))))
    fine = np.arange(best - 0.25, best + 0.251, SKEW_STEP)
    return round(float(max(fine, key=lambda a: sharpness(float(a)))), 2)


def runs_upright(ink: Mask) -> bool:
    """Whether the lines of text run up or down the page: then it is blank between columns of ink, not between rows."""
    return blank_share(ink.T) > blank_share(ink) + 0.08


def blank_share(ink: Mask) -> float:
    """The share of rows without ink between the first and the last with some, looked at in strips so that skew does not fill them."""
    import numpy as np

    shares = []
    for strip in np.array_split(ink, STRIPS, axis=1):
        sums = strip.sum(axis=1)
        filled = np.flatnonzero(sums)
        if len(filled) < 20:
            continue
        within = sums[filled[0] : filled[-1] + 1]
        shares.append(float((within <= 0.12 * np.quantile(within, 0.9)).mean()))
    return float(np.median(shares)) if shares else 0.0


def long_runs(ink: Mask, least: int) -> list[Box]:
    """Level stretches of ink at least `least` pixels long, as one box per line: rows that touch are joined."""
    import numpy as np

    sums = np.cumsum(np.pad(ink, ((0, 0), (1, 0))).astype(np.int32), axis=1)
    if ink.shape[1] < least:
        return []
    full = sums[:, least:] - sums[:, :-least] >= LEAST_FILLED * least
    padded = np.pad(full, ((0, 0), (1, 1))).astype(np.int8)
    change = np.diff(padded, axis=1)
    starts, ends = np.argwhere(change == 1), np.argwhere(change == -1)
    if len(starts) > MOST_RUNS:
        return []
    runs = [(int(s[1]), int(s[0]), int(e[1]) + least - 1, int(s[0]) + 1) for s, e in zip(starts, ends, strict=True)]
    return [whole_run(ink, box) for box in joined_runs(runs)]


def whole_run(ink: Mask, box: Box) -> Box:
    """A stretch without the blank at its ends that a stretch with gaps may take in: lines of two tables must not meet there."""
    import numpy as np

    x0, y0, x1, y1 = box
    inked = ink[y0:y1, x0:x1].any(axis=0)
    solid = np.flatnonzero(np.convolve(inked, np.ones(FIRM, dtype=np.int8), mode="valid") >= FIRM - 1)
    return (x0 + int(solid[0]), y0, x0 + int(solid[-1]) + FIRM, y1) if len(solid) else box


def joined_runs(runs: list[Box]) -> list[Box]:
    """Runs of neighbouring rows that overlap, as one box each; runs come row by row."""
    boxes: list[list[int]] = []
    open_boxes: list[int] = []
    for x0, y0, x1, y1 in runs:
        open_boxes = [b for b in open_boxes if boxes[b][3] >= y0 - 2]
        home = next((b for b in open_boxes if boxes[b][0] <= x1 + GAP_IN_RULE and x0 <= boxes[b][2] + GAP_IN_RULE), None)
        if home is None:
            boxes.append([x0, y0, x1, y1])
            open_boxes.append(len(boxes) - 1)
        else:
            box = boxes[home]
            box[0], box[2], box[3] = min(box[0], x0), max(box[2], x1), max(box[3], y1)
    return [(b[0], b[1], b[2], b[3]) for b in boxes]


def thin_dark(gray: Gray, reach: int) -> Mask:
    """The pixels that are darker than what lies `reach` rows above and below: parts of level lines, on white or on shading."""
    import numpy as np

    padded = np.pad(gray, ((reach, reach), (0, 0)), constant_values=255).astype(np.int16)
    here = padded[reach:-reach] + CONTRAST
    result: Mask = (here < padded[: -2 * reach]) & (here < padded[2 * reach :])
    return result


def find_rules(gray: Gray, least: int, thickest: int) -> tuple[list[Box], list[Box]]:
    """Level and upright lines: at least `least` long, at most `thickest` thick (thicker ones are bars and shades)."""
    level: list[Box] = []
    upright: list[Box] = []
    for reach in sorted({max(3, thickest // 2), max(4, thickest + 1)}):
        level += [b for b in long_runs(thin_dark(gray, reach), least) if b[3] - b[1] <= thickest and is_clear(gray, b)]
        turned = long_runs(thin_dark(gray.T, reach), least)
        upright += [(y0, x0, y1, x1) for x0, y0, x1, y1 in turned if y1 - y0 <= thickest and is_clear(gray.T, (x0, y0, x1, y1))]
    level, upright = without_doubles(level), without_doubles(upright)
    return anchored(level, upright, 2 * least), [
        (x0, y0, x1, y1)
        for y0, x0, y1, x1 in anchored([(b[1], b[0], b[3], b[2]) for b in upright], [(b[1], b[0], b[3], b[2]) for b in level], 2 * least)
    ]


def anchored(lines: list[Box], across: list[Box], long: int) -> list[Box]:
    """Level lines that are long, or end at an upright one: a short one that does neither is a row of letters' feet."""
    near = 6
    kept = []
    for box in lines:
        ends = any(
            (abs(o[0] - box[0]) <= near or abs(o[2] - box[2]) <= near) and o[1] - near <= box[3] and box[1] <= o[3] + near for o in across
        )
        if ends or box[2] - box[0] >= long:
            kept.append(box)
    return kept


def is_clear(gray: Gray, box: Box) -> bool:
    """Whether a level line is whole, and has clear ground above and below: rows of letters are broken, and have stems."""
    import numpy as np

    x0, y0, x1, y1 = box
    long = x1 - x0 >= LONG_RULE
    here = gray[y0:y1, x0:x1].min(axis=0) if long else gray[(y0 + y1) // 2, x0:x1]
    line = float(np.median(here))
    outside = gray[max(0, y0 - 2 * CLEAR) : y1 + 2 * CLEAR, x0:x1]
    if float((here > (line + float(np.quantile(outside, 0.75))) / 2).mean()) > MOST_BROKEN:
        return False
    for row in (y0 - CLEAR, y1 - 1 + CLEAR):
        if 0 <= row < gray.shape[0]:
            beside = gray[row, x0:x1]
            ground = float(np.quantile(beside, 0.75))
            if float((beside < (line + ground) / 2).mean()) > MOST_STEMS:
                return False
    return True


def without_doubles(boxes: list[Box]) -> list[Box]:
    """Lines of which none lies within another."""
    kept: list[Box] = []
    for box in sorted(boxes, key=lambda b: (b[0] - b[2]) * (b[3] - b[1]) + (b[0] - b[2]) + (b[1] - b[3])):
        if not any(k[0] - 2 <= box[0] and k[1] - 2 <= box[1] and box[2] <= k[2] + 2 and box[3] <= k[3] + 2 for k in kept):
            kept.append(box)
    return kept


def text_rows(ink: Mask, dpi: int) -> int:
    """How many rows of letters a picture shows: bands of ink as high as letters, with blank above and below and many strokes.

    A table or a text has one for each line; a chart only its title, its axis and its key; a photo none.
    """
    import numpy as np

    ink = without_uprights(ink, round(TALLEST * dpi / 72))
    strokes = (np.diff(ink.astype(np.int8), axis=1) == 1).sum(axis=1)
    filled = np.flatnonzero(np.diff(np.pad(strokes >= 2, (1, 1)).astype(np.int8)))
    rows = 0
    for start, end in zip(filled[::2], filled[1::2], strict=True):
        high = (end - start) * 72 / dpi
        rows += 3 <= high <= 17 and int(strokes[start:end].max()) >= STROKES_IN_ROW
    return rows


def without_uprights(ink: Mask, least: int) -> Mask:
    """The ink but for runs of `least` pixels or more down the picture: the lines between columns, frames and fills."""
    import numpy as np

    if ink.shape[0] < least:
        return ink
    sums = np.cumsum(np.pad(ink, ((1, 0), (0, 0))).astype(np.int32), axis=0)
    whole = (sums[least:] - sums[:-least]) == least
    steps = np.zeros((ink.shape[0] + 1, ink.shape[1]), np.int32)
    steps[: len(whole)] += whole
    steps[least : least + len(whole)] -= whole
    kept: Mask = ink & (np.cumsum(steps, axis=0)[:-1] == 0)
    return kept


@dataclass(frozen=True, slots=True)
class Blob:
    """A patch of one colour: its box, its pixel count and the index of its colour in `icons_pixels.NAMES`."""

    box: Box
    area: int
    color: int


def find_blobs(rgb: Rgb, least: int) -> list[Blob]:
    """Patches of green, yellow, red, blue or grey, of at least `least` pixels a side."""
    names = names_of(rgb)
    blobs: list[Blob] = []
    for color in range(1, len(NAMES)):
        blobs += _patches(names == color, least, color)
    return blobs


def _patches(mask: Mask, least: int, color: int) -> list[Blob]:
    """Joined patches of a mask; lone pixels (noise, edges of letters) are taken out first."""
    import numpy as np

    core: Mask = mask[:-2, 1:-1] & mask[2:, 1:-1] & mask[1:-1, :-2] & mask[1:-1, 2:] & mask[1:-1, 1:-1]
    change = np.diff(np.pad(core, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    starts, ends = np.argwhere(change == 1), np.argwhere(change == -1)
    keep = ends[:, 1] - starts[:, 1] >= max(2, least // 3)
    starts, ends = starts[keep], ends[keep]
    if len(starts) > MOST_RUNS:
        return []
    found = _union([(int(s[0]), int(s[1]), int(e[1])) for s, e in zip(starts, ends, strict=True)])
    return [Blob((x0, y0, x1 + 2, y1 + 2), area, color) for x0, y0, x1, y1, area in found if x1 - x0 + 2 >= least and y1 - y0 + 2 >= least]


def joined_patches(mask: Mask, least: int) -> list[tuple[int, int, int, int, int]]:
    """The patches of a mask whose rows are at least `least` long: left, top, right, bottom, area."""
    import numpy as np

    change = np.diff(np.pad(mask, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    starts, ends = np.argwhere(change == 1), np.argwhere(change == -1)
    keep = ends[:, 1] - starts[:, 1] >= least
    return _union([(int(s[0]), int(s[1]), int(e[1])) for s, e in zip(starts[keep], ends[keep], strict=True)])


def _union(runs: list[tuple[int, int, int]]) -> list[tuple[int, int, int, int, int]]:
    """Runs (row, start, end) that touch from row to row, joined: box and area."""
    parent = list(range(len(runs)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    before: list[int] = []
    current: list[int] = []
    row = -2
    for n, (y, x0, x1) in enumerate(runs):
        if y != row:
            before = current if y == row + 1 else []
            current, row = [], y
        for other in before:
            if runs[other][1] < x1 and x0 < runs[other][2]:
                parent[root(other)] = root(n)
        current.append(n)
    boxes: dict[int, list[int]] = {}
    for n, (y, x0, x1) in enumerate(runs):
        box = boxes.setdefault(root(n), [x0, y, x1, y + 1, 0])
        box[0], box[1], box[2], box[3] = min(box[0], x0), min(box[1], y), max(box[2], x1), max(box[3], y + 1)
        box[4] += x1 - x0
    return [(b[0], b[1], b[2], b[3], b[4]) for b in boxes.values()]
