"""What is no letter on a scanned page, in pixels: ruled lines, coloured signs, shaded boxes; and the page cleaned of them for reading."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from extractors.layout.blocks import BBox
from extractors.layout.colors import STATUS, hex_of
from extractors.layout.icons_pixels import NAMES
from extractors.layout.ocr_lines import Sheet
from extractors.layout.ocr_pixels import Blob, Box, find_blobs, find_rules
from extractors.layout.ocr_shades import pale_shades
from extractors.layout.rawtypes import Fill, Picture, Rule

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Rgb = NDArray[np.uint8]
    Gray = NDArray[np.uint8]

LEAST_LINES = 3
RULE_POINTS, THICK_POINTS = 22.0, 3.0
SIGN_POINTS = (4.5, 40.0)
SHADE_POINTS, BAR_POINTS = 9.0, (3.5, 8.0)
LEAST_FILLED, DARK = 0.42, 110
LEAST_PAPER = 128
NEVER_SIGNS = ("other",)


def blobs_of(sheet: Sheet) -> list[Blob]:
    """The coloured patches and pale shades of a sheet, in pixels of its grey picture."""
    step = 2 / sheet.ratio
    blobs = [scaled(blob, step) for blob in find_blobs(sheet.rgb[::2, ::2], round(SIGN_POINTS[0] * sheet.scale / step))]
    return blobs + [scaled(blob, step / 2) for blob in pale_shades(sheet.rgb, round(SHADE_POINTS * sheet.scale * sheet.ratio))]


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

    sample = gray[::8, ::8]
    paper = int(np.median(sample))
    if paper < LEAST_PAPER and (bright := sample[sample >= LEAST_PAPER]).size:
        paper = int(np.median(bright))  # a page mostly of a dark ground: its paper is the lighter rest, and the letters on the ground
    paper = max(LEAST_PAPER, paper)
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
