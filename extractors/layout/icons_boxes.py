"""Signs made of boxes: shaded cells without text (or with an answer in them), small squares, progress bars."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from extractors.layout.blocks import BBox, Color, Icon, Shape
from extractors.layout.colors import STATUS, color_name
from extractors.layout.icons_glyphs import hull, is_answer
from extractors.layout.rawtypes import Fill, RawPage, Rule, Word

CELL_WIDTH, CELL_HEIGHT = (6.0, 170.0), (6.0, 400.0)
SQUARE_SIDE = (4.0, 17.0)
PILL_HEIGHT, PILL_AIR = (9.0, 28.0), 36.0
"""Points: the height of a box that is drawn round a few words alone, and how much wider than them it may be."""
BAR_HEIGHT, BAR_LENGTH = (2.5, 18.0), (24.0, 280.0)
TOUCH = 2.0
"""Points: how near two edges are that are meant to be one."""
LIGHTS: tuple[Color, ...] = (*STATUS, "grey")
MOST_FILLS = 1500
"""A page with more boxes in the colours of lights than this is a map or a chart."""
LEAST_CHART_BARS = 2
PERCENT = re.compile(r"^(\d{1,3})(?:[.,]\d+)?\s?%$")
PERCENT_WITHIN = 70.0


@dataclass(frozen=True, slots=True)
class Shaded:
    """A box in a light's colour with the words that stand in it."""

    fill: Fill
    color: Color
    text: str

    @property
    def bbox(self) -> BBox:
        """Its box."""
        return self.fill.bbox

    @property
    def speaks(self) -> bool:
        """Whether the words in it are no answer, so that the colour is mere shading."""
        return bool(self.text) and not is_answer(self.text)


def width(box: BBox) -> float:
    """Width in points."""
    return box[2] - box[0]


def height(box: BBox) -> float:
    """Height in points."""
    return box[3] - box[1]


def overlap(a0: float, a1: float, b0: float, b1: float) -> float:
    """The length that two stretches have in common (negative: the gap between them)."""
    return min(a1, b1) - max(a0, b0)


def overlap_area(a: BBox, b: BBox) -> float:
    """The area in square points that two boxes have in common."""
    return max(0.0, overlap(a[0], a[2], b[0], b[2])) * max(0.0, overlap(a[1], a[3], b[1], b[3]))


def words_in(box: BBox, words: Iterable[Word]) -> list[Word]:
    """The words whose centre lies in a box."""
    return [
        w for w in words
        if box[0] <= (w.bbox[0] + w.bbox[2]) / 2 <= box[2] and box[1] <= (w.bbox[1] + w.bbox[3]) / 2 <= box[3]
    ]  # fmt: skip


def merged(fills: list[Fill], rules: Iterable[Rule] = ()) -> list[Fill]:
    """Boxes of one colour that stand under each other without a gap joined: shading is often drawn line by line.

    Where a level rule runs along the seam and on beside it, two rows of a table meet there, and the boxes are two cells.
    """
    level = [rule for rule in rules if rule.horizontal]
    done: list[Fill] = []
    for fill in sorted(fills, key=lambda f: (f.color, round(f.bbox[0]), f.bbox[1])):
        last = done[-1] if done else None
        if (
            last
            and last.color == fill.color
            and same_column(last.bbox, fill.bbox)
            and fill.bbox[1] - last.bbox[3] <= 0.6
            and not _ruled_off(fill.bbox, level)
        ):
            done[-1] = last._replace(bbox=hull([last.bbox, fill.bbox]))
        else:
            done.append(fill)
    return done


def _ruled_off(box: BBox, level: list[Rule]) -> bool:
    """Whether rules run along a box's upper edge and beyond it on both sides or far on one."""
    along = [rule for rule in level if abs(rule.y0 - box[1]) <= 1.2]
    covered = sum(max(0.0, overlap(rule.x0, rule.x1, box[0], box[2])) for rule in along)
    beyond = sum(rule.x1 - rule.x0 for rule in along) - covered
    return covered >= 0.9 * width(box) and beyond >= width(box)


def same_column(a: BBox, b: BBox) -> bool:
    """Whether two boxes have the same left and right edges."""
    return abs(a[0] - b[0]) <= TOUCH and abs(a[2] - b[2]) <= TOUCH


def box_icons(raw: RawPage) -> list[Icon]:
    """Progress bars, shaded cells and small squares of a page."""
    rects = [f for f in raw.fills if f.kind == "rect" or (f.kind == "shape" and height(f.bbox) <= PILL_HEIGHT[1] < width(f.bbox))]
    colored = [f for f in rects if color_name(f.color) in (*STATUS, "blue", "other")]
    if not colored or len(colored) > MOST_FILLS:
        return []
    words = [word for line in raw.lines for word in line.words]
    bars = bar_icons(raw, rects, words)
    taken = [bar.bbox for bar in bars]
    free = [f for f in rects if f.kind == "rect" and color_name(f.color) in LIGHTS and not _within_any(f.bbox, taken)]
    cells = cell_icons(raw, free, words)
    cells += [pill for pill in pill_icons(raw, words) if not _within_any(pill.bbox, [c.bbox for c in cells])]
    return bars + [c for c in cells if c.color in STATUS or any(same_column(c.bbox, o.bbox) and o.color in STATUS for o in cells)]


def _within_any(box: BBox, boxes: list[BBox]) -> bool:
    """Whether the centre of a box lies in one of the boxes."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(b[0] - 1 <= x <= b[2] + 1 and b[1] - 1 <= y <= b[3] + 1 for b in boxes)


def cell_icons(raw: RawPage, fills: list[Fill], words: list[Word]) -> list[Icon]:
    """Shaded cells and squares among boxes in the colours of lights."""
    shaded = []
    for fill in merged(fills, raw.rules):
        color = color_name(fill.color)
        if color:
            shaded.append(Shaded(fill, color, " ".join(w.text for w in words_in(fill.bbox, words))))
    icons = []
    for box in shaded:
        if box.speaks and judges(box, shaded):
            icons.append(_cell(raw.number, box, "cell"))
            continue
        if box.speaks or any(other.speaks and _joined(box, other) for other in shaded):
            continue
        square = _is_square(box.bbox) and not _touched(box, shaded)
        if not square and not (_is_cell_size(box.bbox) and _stands_in_table(box, shaded, raw)):
            continue
        if not _has_row(box.bbox, words) or _is_swatch(box, raw) or _is_chart_bar(box.bbox, raw):
            continue
        icons.append(_cell(raw.number, box, "square" if square and not box.text else "cell"))
    return icons


def pill_icons(raw: RawPage, words: list[Word]) -> list[Icon]:
    """Answers in a box of a light's colour that is drawn round them alone ("Uppnås delvis" in white on yellow); no table is needed."""
    icons = []
    for fill in raw.fills:
        if not PILL_HEIGHT[0] <= height(fill.bbox) <= PILL_HEIGHT[1] or color_name(fill.color) not in STATUS:
            continue
        held = words_in(fill.bbox, words)
        text = " ".join(w.text for w in held)
        if held and is_answer(text) and width(fill.bbox) <= width(hull([w.bbox for w in held])) + PILL_AIR:
            icons.append(_cell(raw.number, Shaded(fill, color_name(fill.color) or "other", text), "word"))
    return icons


def _cell(page: int, box: Shaded, shape: Shape) -> Icon:
    """A shaded box as an icon; `text` are the words in it."""
    return Icon(page=page, bbox=box.bbox, text=box.text, color=box.color, shape=shape, fill=box.fill.color, confidence=0.9)


def judges(box: Shaded, others: list[Shaded]) -> bool:
    """Whether the shading of a cell with words says how the matter stands: other cells of its column have other lights.

    Not so where the whole row has the colour, nor in a map of risks, whose cells hold figures or nothing.
    """
    if not any(len(word) > 2 and word.isalpha() for word in box.text.split()) or not _is_cell_size(box.bbox):
        return False
    column = [o for o in others if o is not box and same_column(o.bbox, box.bbox)]
    row = [o for o in others if o is not box and _joined(box, o) and not same_column(o.bbox, box.bbox)]
    return not row and any(o.color in STATUS and o.color != box.color for o in column) and box.color in STATUS


def _joined(a: Shaded, b: Shaded) -> bool:
    """Whether two boxes of one colour touch as cells of a row or a column do: shading of that row or column."""
    if a is b or a.fill.color != b.fill.color:
        return False
    beside = overlap(a.bbox[1], a.bbox[3], b.bbox[1], b.bbox[3]) > 0.7 * min(height(a.bbox), height(b.bbox))
    below = same_column(a.bbox, b.bbox)
    apart_x = overlap(a.bbox[0], a.bbox[2], b.bbox[0], b.bbox[2])
    apart_y = overlap(a.bbox[1], a.bbox[3], b.bbox[1], b.bbox[3])
    return (beside and apart_x >= -TOUCH * 1.5) or (below and apart_y >= -TOUCH * 1.5)


def _is_square(box: BBox) -> bool:
    """Whether a box is a small square."""
    low, high = SQUARE_SIDE
    return low <= width(box) <= high and low <= height(box) <= high and 0.75 <= width(box) / height(box) <= 1.34


def _is_cell_size(box: BBox) -> bool:
    """Whether a box may be one cell of a table."""
    return CELL_WIDTH[0] <= width(box) <= CELL_WIDTH[1] and CELL_HEIGHT[0] <= height(box) <= CELL_HEIGHT[1]


def _touched(box: Shaded, others: list[Shaded]) -> bool:
    """Whether another coloured box touches this one, as the segments of a chart or the cells of a table do."""
    a = box.bbox
    return any(
        o is not box and overlap(a[0], a[2], o.bbox[0], o.bbox[2]) >= -1 and overlap(a[1], a[3], o.bbox[1], o.bbox[3]) >= -1 for o in others
    )


def _stands_in_table(box: Shaded, others: list[Shaded], raw: RawPage) -> bool:
    """Whether lines on three sides, or further boxes of the same column, show that a box is a cell."""
    x0, y0, x1, y1 = box.bbox
    sides = [False] * 4
    for rule in raw.rules:
        if rule.horizontal and overlap(rule.x0, rule.x1, x0, x1) > 0.6 * (x1 - x0):
            sides[0] |= abs(rule.y0 - y0) <= TOUCH
            sides[1] |= abs(rule.y1 - y1) <= TOUCH
        elif not rule.horizontal and overlap(rule.y0, rule.y1, y0, y1) > 0.6 * (y1 - y0):
            sides[2] |= abs(rule.x0 - x0) <= TOUCH
            sides[3] |= abs(rule.x1 - x1) <= TOUCH
    if sum(sides) >= 3:
        return True
    siblings = [o for o in others if o is not box and same_column(o.bbox, box.bbox)]
    return bool(siblings) and all(o.bbox[1] >= y1 - 1 or o.bbox[3] <= y0 + 1 for o in siblings)


def _has_row(box: BBox, words: list[Word]) -> bool:
    """Whether words stand beside a box, as the other cells of its row do."""
    return any(
        (w.bbox[2] <= box[0] + 1 or w.bbox[0] >= box[2] - 1)
        and overlap(w.bbox[1], w.bbox[3], box[1], box[3]) > 0.5 * min(height(w.bbox), height(box))
        for w in words
    )


def _is_swatch(box: Shaded, raw: RawPage) -> bool:
    """Whether the box explains a chart: other shapes of exactly its colour on the page are much larger or of uneven height."""
    if not _is_square(box.bbox):
        return False
    area = width(box.bbox) * height(box.bbox)
    for other in raw.fills:
        if other.color == box.fill.color and other.bbox != box.bbox:
            if other.kind == "shape" and width(other.bbox) * height(other.bbox) > 6 * area:
                return True
            if max(width(other.bbox), height(other.bbox)) > 3 * max(width(box.bbox), height(box.bbox)):
                return True
    return False


def _is_chart_bar(box: BBox, raw: RawPage) -> bool:
    """Whether boxes of other heights (or widths) stand on the same base line beside the box: columns or bars of a chart."""
    upright = level = 0
    for fill in raw.fills:
        other = fill.bbox
        if fill.kind != "rect" or max(width(other), height(other)) > CELL_HEIGHT[1]:
            continue
        apart = abs(other[0] - box[0]) > TOUCH
        upright += apart and abs(other[3] - box[3]) < 1 and abs(other[1] - box[1]) > TOUCH and abs(width(other) - width(box)) < 1
        below = abs(other[1] - box[1]) > TOUCH
        level += below and abs(other[0] - box[0]) < 1 and abs(other[2] - box[2]) > TOUCH and abs(height(other) - height(box)) < 1
    return max(upright, level) >= LEAST_CHART_BARS


def bar_icons(raw: RawPage, rects: list[Fill], words: list[Word]) -> list[Icon]:
    """Progress bars: a coloured part at the left of a pale or grey track of the same height, and full or empty ones beside such."""
    flat = [f for f in rects if BAR_HEIGHT[0] <= height(f.bbox) <= BAR_HEIGHT[1] and width(f.bbox) <= BAR_LENGTH[1]]
    tracks = [f for f in flat if color_name(f.color) in (None, "grey", "other") and width(f.bbox) >= BAR_LENGTH[0]]
    parts = [f for f in flat if color_name(f.color) in (*STATUS, "blue")]
    found: list[Icon] = []
    full: list[Fill] = []
    for part in parts:
        track = next((t.bbox for t in tracks if _is_track(t.bbox, part.bbox)), None)
        if track is None:
            full.append(part)
            continue
        whole = hull([track, part.bbox])
        if not any(not PERCENT.match(w.text) for w in words_in(whole, words)):
            found.append(_bar(raw.number, whole, part, width(part.bbox) / width(whole)))
    sizes = {(round(width(icon.bbox)), round(height(icon.bbox))) for icon in found}
    for empty in tracks:
        size = (round(width(empty.bbox)), round(height(empty.bbox)))
        if size in sizes and not any(overlap_area(empty.bbox, icon.bbox) > 0 for icon in found):
            found.append(_bar(raw.number, empty.bbox, parts[0], 0.0))
    for part in full:
        if (round(width(part.bbox)), round(height(part.bbox))) in sizes and not words_in(part.bbox, words):
            found.append(_bar(raw.number, part.bbox, part, 1.0))
    return [replace(icon, progress=printed_percent(icon.bbox, words, icon.progress)) for icon in found]


def _bar(page: int, box: BBox, part: Fill, share: float) -> Icon:
    """A progress bar as an icon."""
    color = color_name(part.color) or "other"
    return Icon(page=page, bbox=box, color=color, shape="bar", progress=round(100 * min(share, 1.0)), fill=part.color, confidence=0.9)


def _is_track(track: BBox, part: BBox) -> bool:
    """Whether a box is the track of a coloured part: same height, and beginning with it or where it ends."""
    level = abs(track[1] - part[1]) <= TOUCH and abs(track[3] - part[3]) <= TOUCH
    behind = abs(track[0] - part[0]) <= TOUCH and track[2] >= part[2] - 0.5
    after = abs(track[0] - part[2]) <= 1 and width(part) > 1
    return level and (behind or after)


def printed_percent(box: BBox, words: list[Word], measured: float | None) -> float | None:
    """The percentage printed in or beside a bar, which wins over the measured one."""
    best, distance = measured, PERCENT_WITHIN
    for place, word in enumerate(words):
        parted = word.text == "%" and place and words[place - 1].line == word.line
        match = PERCENT.match(words[place - 1].text + "%" if parted else word.text)
        if not match or int(match.group(1)) > 100 or overlap(word.bbox[1], word.bbox[3], box[1], box[3]) <= 0:
            continue
        gap = max(word.bbox[0] - box[2], box[0] - word.bbox[2], 0.0)
        if gap < distance:
            best, distance = float(match.group(1)), gap
    return best
