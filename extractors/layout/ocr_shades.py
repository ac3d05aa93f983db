"""Pale shading on a scan: the ground of every other row or of a header, too light to count as a colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.layout.ocr_pixels import Blob, joined_patches

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Rgb = NDArray[np.uint8]

BLOCK = 4
"""Pixels a side of the squares whose brightness is taken: grain evens out, and letters leave some ground in nearly all."""
GROUND = 0.7
"""The quantile of brightness in a square that stands for its ground."""
PALE = (6, 45)
"""How much darker (of 255) than the paper a pale shade is."""
NONE = 0
"""The place in `icons_pixels.NAMES` of what is no colour."""
LEAST_FILLED = 0.72


def pale_shades(rgb: Rgb, least: int) -> list[Blob]:
    """Level boxes a little darker than the paper, at least `least` pixels a side."""
    import numpy as np

    high, wide = rgb.shape[0] // BLOCK, rgb.shape[1] // BLOCK
    if high < 8 or wide < 8:
        return []
    gray = rgb[: high * BLOCK, : wide * BLOCK].max(axis=2)
    squares = gray.reshape(high, BLOCK, wide, BLOCK).transpose(0, 2, 1, 3).reshape(high, wide, BLOCK * BLOCK)
    ground = np.partition(squares, int(GROUND * BLOCK * BLOCK), axis=2)[:, :, int(GROUND * BLOCK * BLOCK)].astype(np.int16)
    paper = int(np.bincount(ground.ravel(), minlength=256)[128:].argmax()) + 128
    pale = (ground < paper - PALE[0]) & (ground > paper - PALE[1])
    found = joined_patches(closed(pale), max(2, least // BLOCK))
    boxes = [(x0 * BLOCK, y0 * BLOCK, x1 * BLOCK, y1 * BLOCK, area * BLOCK * BLOCK) for x0, y0, x1, y1, area in found]
    return [
        Blob((x0, y0, x1, y1), area, NONE)
        for x0, y0, x1, y1, area in boxes
        if min(x1 - x0, y1 - y0) >= least and area >= LEAST_FILLED * (x1 - x0) * (y1 - y0)
    ]


def closed(mask: NDArray[np.bool_], reach: int = 3) -> NDArray[np.bool_]:
    """A mask with gaps of at most `reach` squares along a row filled: bold letters hide the ground under them."""
    import numpy as np

    padded = np.pad(mask, ((0, 0), (reach, reach)))
    before, after = np.zeros_like(mask), np.zeros_like(mask)
    for step in range(1, reach + 1):
        before |= padded[:, reach - step : padded.shape[1] - reach - step]
        after |= padded[:, reach + step : padded.shape[1] - reach + step]
    result: NDArray[np.bool_] = mask | (before & after)
    return result
