"""What a small picture shows: a status sign with its colour and shape, a progress bar with its share, or nothing of that kind.

Works on what the reader sees (the page as rendered), so that soft masks, stencils, gradients and vector paths go one way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.layout.blocks import Color, Shape
from extractors.layout.colors import name_rgb
from extractors.layout.icons_shapes import ink_aspect, shape_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]
    Rgb = NDArray[np.uint8]

SAME_AS_GROUND = 40
"""Largest difference of a channel (0-255) at which a pixel still counts as background."""
SIDE = 72
LEAST_SHARE = 0.12
"""Of the silhouette: less than this in one colour is a detail, not the sign's colour."""
LEAST_AMONG_COLORED = 0.72
LEAST_AMONG_INKED = 0.38
MARK_SHARES = (0.04, 0.45)
BAR_ASPECT = 3.5
MARKS: tuple[Shape, ...] = ("tick", "cross", "exclamation", "arrow_up", "arrow_down", "arrow_flat")
COLORED: tuple[Color, ...] = ("green", "yellow", "red", "blue", "other")
NAMES: tuple[Color | None, ...] = (None, "green", "yellow", "red", "grey", "blue", "other")


@dataclass(frozen=True, slots=True)
class Sign:
    """What a picture shows: colour, shape, and of a bar the filled share (0-100)."""

    color: Color
    shape: Shape
    progress: float | None = None


def rgb_array(pixels: tuple[int, int, bytes]) -> Rgb:
    """Width, height and RGB samples as an array of at most about 72 rows and columns (a bar keeps its length)."""
    import numpy as np

    width, height, samples = pixels
    image: Rgb = np.frombuffer(samples, dtype=np.uint8).reshape(height, width, 3)
    step = max(1, -(-min(width, height) // SIDE))
    return image[::step, ::step]


def names_of(image: Rgb) -> NDArray[np.int8]:
    """The index into `NAMES` of each pixel's colour; channels are first rounded to 5 bits."""
    import numpy as np

    coarse = (image >> 3).astype(np.int16)
    keys = (coarse[:, :, 0] << 10) | (coarse[:, :, 1] << 5) | coarse[:, :, 2]
    table = np.zeros(1 << 15, dtype=np.int8)
    for key in np.flatnonzero(np.bincount(keys.ravel(), minlength=1 << 15)):
        k = int(key)
        table[k] = NAMES.index(name_rgb(((k >> 10) * 255 // 31, (k >> 5 & 31) * 255 // 31, (k & 31) * 255 // 31)))
    return table[keys]


def background(image: Rgb) -> Mask:
    """The pixels that belong to the ground: of the most common corner colour and joined to the border."""
    import numpy as np

    corners = [tuple(int(v) for v in image[r, c]) for r in (0, -1) for c in (0, -1)]
    ground = max(corners, key=lambda corner: (corners.count(corner), sum(corner)))
    alike: Mask = np.abs(image.astype(np.int16) - np.array(ground, dtype=np.int16)).max(axis=2) <= SAME_AS_GROUND
    reached: Mask = np.zeros_like(alike)
    reached[0], reached[-1], reached[:, 0], reached[:, -1] = alike[0], alike[-1], alike[:, 0], alike[:, -1]
    while True:
        grown = reached.copy()
        grown[1:] |= reached[:-1]
        grown[:-1] |= reached[1:]
        grown[:, 1:] |= reached[:, :-1]
        grown[:, :-1] |= reached[:, 1:]
        grown &= alike
        if (grown == reached).all():
            return reached
        reached = grown


def main_color(names: NDArray[np.int8], solid: Mask) -> Color | None:
    """The colour that a silhouette is seen in: one that outweighs all other colours, or grey where there is no other."""
    import numpy as np

    counts = np.bincount(names[solid], minlength=len(NAMES))
    share: Mapping[Color | None, float] = {name: float(counts[i]) / max(1, int(solid.sum())) for i, name in enumerate(NAMES)}
    colored = sum(share[name] for name in COLORED)
    best = max(COLORED, key=lambda name: share[name])
    inked = 1 - share[None]
    if colored >= LEAST_SHARE and share[best] >= LEAST_AMONG_COLORED * colored and share[best] >= LEAST_AMONG_INKED * inked:
        return best if best != "other" else None
    return "grey" if colored < LEAST_SHARE and share["grey"] >= 0.3 else None


def classify(pixels: tuple[int, int, bytes]) -> Sign | None:
    """What the picture shows, or None where it is no sign (a photo, a logo, a black symbol, nothing)."""
    image = rgb_array(pixels)
    if min(image.shape[:2]) < 4:
        return None
    if image.shape[1] > BAR_ASPECT * image.shape[0]:
        return read_bar(image)
    names = names_of(image)
    solid = ~background(image)
    if solid.mean() < 0.05:
        solid = solid | True  # a square that fills the picture to its edge
    color = main_color(names, solid)
    if color is None:
        return None
    return Sign(color, sign_shape(names == NAMES.index(color), solid))


def sign_shape(colored: Mask, solid: Mask) -> Shape:
    """The mark inside a disc or square where there is one, else the silhouette's own shape."""
    outline = shape_of(solid)
    if outline not in ("disc", "square", "other"):
        return outline
    core = inner(solid) & ~colored
    share = float(core.sum()) / max(1, int(solid.sum()))
    if MARK_SHARES[0] <= share <= MARK_SHARES[1] and 0.08 < ink_aspect(core) < 2.2:
        mark = shape_of(core)
        if mark in MARKS:
            return mark
    return outline


def inner(solid: Mask) -> Mask:
    """A silhouette without its rim (an eighth of its width), where edges blur."""
    rows, cols = solid.shape[0] // 8, solid.shape[1] // 8
    core = solid.copy()
    for down, across in ((rows, 0), (0, cols), (rows * 2 // 3, cols * 2 // 3), (rows * 2 // 3, -cols * 2 // 3)):
        core &= shifted(solid, down, across) & shifted(solid, -down, -across)
    return core


def shifted(mask: Mask, down: int, across: int) -> Mask:
    """A mask moved over the grid; what comes in from outside is empty."""
    import numpy as np

    moved: Mask = np.zeros_like(mask)
    rows, cols = mask.shape
    target = moved[max(0, down) : rows + min(0, down), max(0, across) : cols + min(0, across)]
    target[:] = mask[max(0, -down) : rows + min(0, -down), max(0, -across) : cols + min(0, -across)]
    return moved


def read_bar(image: Rgb) -> Sign | None:
    """A long flat picture as a progress bar: colour from the left, then a pale or grey rest."""
    import numpy as np

    names = names_of(image)
    rows = names[image.shape[0] // 4 : max(image.shape[0] // 4 + 1, image.shape[0] * 3 // 4)]
    column = np.array([np.bincount(rows[:, c] + 0, minlength=len(NAMES)).argmax() for c in range(rows.shape[1])])
    colored = np.isin(column, [NAMES.index(c) for c in ("green", "yellow", "red", "blue")])
    if not colored.any():
        return None
    ends = np.flatnonzero(colored)
    length = int(ends[-1] - ends[0] + 1)
    whole = ends[0] <= 0.06 * len(column) and colored[ends[0] : ends[-1] + 1].mean() > 0.9
    color = NAMES[int(np.bincount(column[colored]).argmax())]
    if not whole or color is None or float((column[colored] == NAMES.index(color)).mean()) < 0.9:
        return None
    return Sign(color, "bar", round(100.0 * length / (len(column) - int(ends[0])), 0))
