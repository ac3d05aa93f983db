"""The lights as pictures: a disc with a soft mask, black corners under the transparency as office programs write them."""

from __future__ import annotations

import io
from functools import cache

from PIL import Image, ImageColor, ImageDraw

SIDE = 44


@cache
def disc_png(color: str, name: str) -> bytes:
    """A disc of `color`; the sign of its level (`name`) stands in white on it."""
    scale = 4
    mask = Image.new("L", (SIDE * scale, SIDE * scale), 0)
    ImageDraw.Draw(mask).ellipse((0, 0, SIDE * scale - 1, SIDE * scale - 1), fill=255)
    mask = mask.resize((SIDE, SIDE), Image.Resampling.LANCZOS)
    picture = Image.new("RGB", (SIDE, SIDE), (0, 0, 0))
    picture.paste(ImageColor.getrgb(color), (0, 0, SIDE, SIDE), mask)
    draw = ImageDraw.Draw(picture)
    if name == "green":
        draw.line([(12, 23), (19, 30), (32, 14)], fill="white", width=4)
    elif name == "yellow":
        draw.rectangle((20, 9, 24, 26), fill="white")
        draw.rectangle((20, 31, 24, 35), fill="white")
    elif name == "red":
        draw.line([(14, 14), (30, 30)], fill="white", width=4)
        draw.line([(30, 14), (14, 30)], fill="white", width=4)
    picture.putalpha(mask)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def disc_svg(color: str) -> str:
    """The same as a drawn circle, without a sign."""
    return f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 20'><circle cx='10' cy='10' r='9' fill='{color}'/></svg>"
