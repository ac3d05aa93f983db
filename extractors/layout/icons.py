"""Status signs on a page: images with soft masks, vector shapes, coloured letters, shaded cells, coloured answers, progress bars.

`IconReader` goes page by page and remembers each distinct image; `settle` then looks at the whole file and drops what repeats
as decoration (a logo at the same place on every page, bullets in the colour of the headings).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from extractors.layout.blocks import BBox, Icon, Shape
from extractors.layout.colors import STATUS, color_name, is_sign_color
from extractors.layout.icons_boxes import box_icons, height, overlap, width
from extractors.layout.icons_glyphs import glyph_icons, hull, is_face
from extractors.layout.icons_pixels import Sign, classify
from extractors.layout.legend import find_legend, with_legend
from extractors.layout.rawtypes import Fill, Picture, RawLine, RawPage

Look = Callable[[Picture], "tuple[int, int, bytes] | None"]
"""Gives what a reader sees where a picture stands: width, height, RGB samples (see `extractors.layout.raw.PageView`)."""

LEAST, MOST, MOST_CLEAR, MOST_DRAWN = 4.5, 26.0, 44.0, 28.0
"""Points: sides of a sign. Images up to `MOST_CLEAR` only where the shape is clear; drawn signs are smaller than infographics."""
CLEAR: tuple[Shape, ...] = ("disc", "tick", "cross", "arrow_up", "arrow_down", "arrow_flat", "exclamation")
BAR_PICTURE = (24.0, 280.0, 2.5, 20.0)
LOOKS_PER_PAGE = 24
"""More distinct small shapes than this on a page are a drawing or a map."""
SAME_SHAPES = 120
"""More equal shapes than this on a page are the dots of a map or a chart."""
LEAST_BULLETS = 4
MOST_COLORS = 6
ALIKE = 1.4
"""How many times larger a grey or blue sign may be than the lights that show it to be one."""
DECORATION_PAGES = 3


class IconReader:
    """Finds the signs of one file's pages; each distinct image and shape is classified once."""

    def __init__(self) -> None:
        """Begin a file."""
        self.signs: dict[object, Sign | None] = {}

    def find(self, raw: RawPage, look: Look) -> list[Icon]:
        """The signs of a page, without order; `look` is asked only for images and shapes of a sign's size not seen before."""
        icons = picture_icons(raw, look, self.signs)
        icons += shape_icons(raw, look, self.signs)
        icons += box_icons(raw)
        icons += [icon for icon in glyph_icons(raw) if not _covered(icon.bbox, icons)]
        return icons


def find_icons(raw: RawPage, look: Look) -> list[Icon]:
    """The signs of a single page (see `IconReader` for a whole file)."""
    return IconReader().find(raw, look)


def _covered(box: BBox, icons: Sequence[Icon]) -> bool:
    """Whether an icon that is already found stands at the centre of a box."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(i.bbox[0] <= x <= i.bbox[2] and i.bbox[1] <= y <= i.bbox[3] for i in icons)


def picture_icons(raw: RawPage, look: Look, signs: dict[object, Sign | None]) -> list[Icon]:
    """Images of a sign's size that show one."""
    icons = []
    for picture in raw.pictures:
        w, h = width(picture.bbox), height(picture.bbox)
        small = LEAST <= max(w, h) <= MOST_CLEAR and min(w, h) >= LEAST
        bar = BAR_PICTURE[0] <= w <= BAR_PICTURE[1] and BAR_PICTURE[2] <= h <= BAR_PICTURE[3] and w > 3.5 * h
        if not small and not bar:
            continue
        if picture.digest not in signs:
            pixels = look(picture)
            signs[picture.digest] = classify(pixels) if pixels else None
        icon = _accepted(raw.number, picture.bbox, signs[picture.digest])
        if icon:
            icons.append(icon)
    return icons


def _accepted(page: int, box: BBox, sign: Sign | None) -> Icon | None:
    """A sign as an icon where its size fits its shape."""
    if sign is None:
        return None
    side = max(width(box), height(box))
    if sign.shape == "bar" and sign.progress is None:
        return None
    if sign.shape != "bar" and side > MOST and sign.shape not in CLEAR:
        return None
    return Icon(page=page, bbox=box, color=sign.color, shape=sign.shape, progress=sign.progress, confidence=0.97)


def shape_icons(raw: RawPage, look: Look, signs: dict[object, Sign | None]) -> list[Icon]:
    """Vector shapes of a sign's size, drawn of one or several paths over each other."""
    candidates = [f for f in raw.fills if f.kind != "rect" and LEAST <= max(width(f.bbox), height(f.bbox)) <= MOST_DRAWN]
    if not candidates:
        return []
    alike = Counter((f.color, _size(f)) for f in candidates)
    candidates = [f for f in candidates if alike[f.color, _size(f)] <= SAME_SHAPES]
    charted = chart_sizes(candidates)
    lights = [f for f in candidates if is_sign_color(f.color) and _size(f) not in charted]
    icons: list[Icon] = []
    keys: set[object] = set()
    for group in grouped(lights):
        box = hull([f.bbox for f in group])
        if max(width(box), height(box)) > MOST_DRAWN or min(width(box), height(box)) < LEAST or _swatch(group[0], raw):
            continue
        key = tuple(_form(f, box) for f in group)
        keys.add(key)
        if key not in signs and len(keys) <= LOOKS_PER_PAGE:
            pixels = look(Picture((box[0] - 1, box[1] - 1, box[2] + 1, box[3] + 1), "", 0))
            signs[key] = classify(pixels) if pixels else None
        icon = _accepted(raw.number, box, signs.get(key))
        if icon and icon.shape != "other":
            icons.append(icon)
    return icons if len(keys) <= LOOKS_PER_PAGE else []


def _size(fill: Fill) -> tuple[int, int]:
    """Width and height to the point."""
    return (round(width(fill.bbox)), round(height(fill.bbox)))


def chart_sizes(fills: Sequence[Fill]) -> set[tuple[int, int]]:
    """Sizes in which a page shows shapes of purple, pink or turquoise, or of more colours than lights have: the key of a chart."""
    colors: dict[tuple[int, int], set[str]] = {}
    for fill in fills:
        colors.setdefault(_size(fill), set()).add(fill.color)
    strange = {color for shown in colors.values() for color in shown if color_name(color) == "other"}
    return {size for size, shown in colors.items() if len(shown) > MOST_COLORS or (len(shown) > 2 and shown & strange)}


def grouped(fills: Sequence[Fill]) -> list[list[Fill]]:
    """Shapes that lie on each other, in the order in which they are painted."""
    groups: list[tuple[BBox, list[Fill]]] = []
    for fill in fills:
        for place, (box, members) in enumerate(groups):
            common_x = overlap(box[0], box[2], fill.bbox[0], fill.bbox[2])
            common_y = overlap(box[1], box[3], fill.bbox[1], fill.bbox[3])
            if common_x > 0.5 and common_y > 0.5:
                groups[place] = (hull([box, fill.bbox]), [*members, fill])
                break
        else:
            groups.append((fill.bbox, [fill]))
    return [members for _, members in groups]


def _form(fill: Fill, box: BBox) -> tuple[object, ...]:
    """What makes two drawn shapes the same: colour, size, place within the sign and kinds of lines (to half a point)."""
    half = tuple(round(2 * v) for v in (width(fill.bbox), height(fill.bbox), fill.bbox[0] - box[0], fill.bbox[1] - box[1]))
    parts = fill.path.split()
    kinds = "".join(p for p in parts if p.isalpha())
    numbers = [float(p) for p in parts if not p.isalpha()]
    turns = tuple(round(n - fill.bbox[k % 2]) for k, n in enumerate(numbers))
    return (fill.color, half, kinds, turns)


def _swatch(fill: Fill, raw: RawPage) -> bool:
    """Whether a shape only repeats the colour of a much larger one (a slice of a pie, an area): it explains a chart."""
    area = width(fill.bbox) * height(fill.bbox)
    return any(f.kind != "rect" and f.color == fill.color and width(f.bbox) * height(f.bbox) > 8 * area for f in raw.fills)


def settle(pages: Sequence[RawPage], found: Sequence[list[Icon]]) -> list[list[Icon]]:
    """The icons of all pages without decoration, and with what the file's own keys say of them."""
    kept = undecorated(pages, found)
    return with_legend(kept, find_legend(pages, kept))


def undecorated(pages: Sequence[RawPage], found: Sequence[list[Icon]]) -> list[list[Icon]]:
    """The icons of all pages without decoration: what stands at one place on most pages, and bullets in the file's own colour."""
    spots = Counter((icon.color, icon.shape, *(round(v / 3) for v in icon.bbox)) for icons in found for icon in icons)
    often = max(DECORATION_PAGES, len(pages) // 2 + 1)
    kept = [[i for i in icons if spots[(i.color, i.shape, *(round(v / 3) for v in i.bbox))] < often] for icons in found]
    sizes = {max(width(i.bbox), height(i.bbox)) for icons in kept for i in icons if i.color in STATUS}
    kept = [[i for i in icons if i.color in STATUS or i.shape == "bar" or i.text or _fits(i, sizes)] for icons in kept]
    bullets = bullet_colors(pages, kept)
    return [[i for i in icons if not (i.text and i.style.color in bullets and i.shape != "word" and not is_face(i.text))] for icons in kept]


def _fits(icon: Icon, sizes: set[float]) -> bool:
    """Whether lights of about the same size show that a grey or blue disc or arrow is a sign, not a decoration."""
    side = max(width(icon.bbox), height(icon.bbox))
    return any(side / ALIKE <= size <= side * ALIKE for size in sizes)


def bullet_colors(pages: Sequence[RawPage], found: Sequence[list[Icon]]) -> set[str]:
    """Text colours in which sign letters only serve as bullets: always before a line's words, and other words have that colour too."""
    before: Counter[str] = Counter()
    other: set[str] = set()
    for raw, icons in zip(pages, found, strict=True):
        letters = [i for i in icons if i.text and i.shape not in ("word", "cell") and not is_face(i.text)]
        if not letters:
            continue
        for icon in letters:
            if any(_begins(line, icon) for line in raw.lines):
                before[icon.style.color] += 1
            else:
                other.add(icon.style.color)
    many = {color for color, count in before.items() if count >= LEAST_BULLETS and color not in other}
    if not many or len(before) > 1:
        return set()
    spoken = {word.color for raw in pages for line in raw.lines for word in line.words if len(word.text) > 3}
    return many & spoken


def _begins(line: RawLine, icon: Icon) -> bool:
    """Whether a sign letter is the first word of a line that goes on."""
    return len(line.words) > 1 and line.words[0].bbox == icon.bbox
