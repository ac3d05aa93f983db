"""Naming colours as a reader of traffic lights does: green, yellow, red, grey, blue, something else, or no colour of status.

Hue and chroma are measured in OKLCH (B. Ottosson, "A perceptual color space for image processing", 2020), where equal steps
look equal: in plain RGB #99CC00 is as near to yellow as to green. Lightness goes from 0 to 1, chroma from 0 to about 0.3
(pure red 0.26, the palest cell shading of an office program about 0.03), hue in degrees (red 29, yellow 110, green 142, blue 264).
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

from extractors.layout.blocks import Color

STATUS: tuple[Color, ...] = ("green", "yellow", "red")
"""The colours of a traffic light: those that judge."""

WHITE_LIGHTNESS, WHITE_CHROMA = 0.945, 0.022
BLACK_LIGHTNESS, BLACK_CHROMA = 0.42, 0.045
GREY_CHROMA = 0.022
PALE_LIGHTNESS, PALE_CHROMA, FULL_CHROMA = 0.80, 0.028, 0.07
BRAND_BLUE_LIGHTNESS, BLUE_HUES = 0.45, (220.0, 290.0)
BROWN_LIGHTNESS, BROWN_HUES = 0.50, (42.0, 68.0)
DARK_RED_LIGHTNESS = 0.38

HUES: tuple[tuple[float, float, Color], ...] = (
    (12.0, 39.0, "red"),
    (39.0, 116.0, "yellow"),
    (116.0, 176.0, "green"),
    (*BLUE_HUES, "blue"),
)
PALE_RED_FROM = 4.0
"""Pale reds lean towards blue: the fill #FFC7CE that a spreadsheet gives bad values has hue 10."""


class Oklch(NamedTuple):
    """A colour as seen: lightness 0-1, chroma 0-0.4, hue in degrees."""

    lightness: float
    chroma: float
    hue: float


def _linear(channel: float) -> float:
    """One sRGB channel (0-1) without its gamma."""
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def parse_hex(color: str) -> tuple[int, int, int]:
    """`#rrggbb` as three numbers 0-255; raises ValueError for anything else."""
    if len(color) != 7 or color[0] != "#":
        raise ValueError(f"not a colour: {color!r}")
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def hex_of(rgb: tuple[int, int, int]) -> str:
    """Three numbers 0-255 as `#rrggbb`."""
    return f"#{rgb[0]:02x}{rgb[1]:02x}{rgb[2]:02x}"


@lru_cache(maxsize=65536)
def oklch(rgb: tuple[int, int, int]) -> Oklch:
    """The colour of an sRGB triple (0-255) as lightness, chroma and hue."""
    r, g, b = (_linear(v / 255) for v in rgb)
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    medium = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    bb = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return Oklch(lightness, math.hypot(a, bb), math.degrees(math.atan2(bb, a)) % 360)


@lru_cache(maxsize=65536)
def name_rgb(rgb: tuple[int, int, int]) -> Color | None:
    """The name of an sRGB triple (0-255).

    `None` for what never is a sign: near-white, black and near-black, the dark blue of headers. `"other"` for hues without a
    meaning in a traffic light (purple, pink, turquoise, brown) and for colours too dull to be told.
    """
    color = oklch(rgb)
    if color.chroma < WHITE_CHROMA and color.lightness > WHITE_LIGHTNESS:
        return None
    if color.lightness < BLACK_LIGHTNESS and color.chroma < BLACK_CHROMA:
        return None
    if color.chroma < GREY_CHROMA:
        return "grey"
    if color.lightness < BRAND_BLUE_LIGHTNESS and BLUE_HUES[0] <= color.hue < BLUE_HUES[1]:
        return None
    enough = PALE_CHROMA if color.lightness > PALE_LIGHTNESS else FULL_CHROMA
    if color.chroma < enough:
        return "other"
    return _name_hue(color)


def _name_hue(color: Oklch) -> Color | None:
    """The name of a colour that has enough chroma to have one."""
    if BROWN_HUES[0] <= color.hue <= BROWN_HUES[1] and color.lightness < BROWN_LIGHTNESS:
        return "other"
    if color.lightness > PALE_LIGHTNESS and PALE_RED_FROM <= color.hue < HUES[0][0]:
        return "red"
    for low, high, name in HUES:
        if low <= color.hue < high:
            return "other" if name == "red" and color.lightness < DARK_RED_LIGHTNESS else name
    return "other"


@lru_cache(maxsize=4096)
def color_name(color: str) -> Color | None:
    """The name of `#rrggbb`: see `name_rgb`. Raises ValueError for what is no colour."""
    return name_rgb(parse_hex(color))


def is_status(color: str) -> bool:
    """Whether `#rrggbb` is seen as green, yellow or red."""
    return color_name(color) in STATUS


def is_sign_color(color: str) -> bool:
    """Whether a sign may have the colour `#rrggbb`: that of a light, grey or blue."""
    return color_name(color) in (*STATUS, "grey", "blue")
