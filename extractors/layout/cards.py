"""Cards: boxes of text that stand side by side with white between them, each a world of its own.

A goal, its words and its light stand in one card; the next card's light may be nearer to the words than their own. So what stands in a
card carries the card's box (`Block.frame`), an icon is put behind the words of its own card, and lines are read card by card.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.layout.blocks import BBox, Icon, Table
from extractors.layout.colors import STATUS, color_name
from extractors.layout.entries import Entry
from extractors.layout.grid import inside
from extractors.layout.rawtypes import RawLine, RawPage, Rule
from extractors.layout.runs import centre_in

LEAST, WIDEST = (80.0, 36.0), 0.66
"""Points: the least width and height of a card; and its greatest width as a share of the page's."""
GAP = (3.0, 60.0)
"""Points of white between two cards: cells of a table have none."""
SAME = 3.0
OVER = 9.0
"""Points by which what stands in a card may stick out of it, as a light set on its edge does."""
LEAST_WORDS = 4
LEAST_LINES = 2
LEAST_BAND = 4.0
"""Points: the least height of a card's coloured head."""
MOST = 60
"""A page with more boxes than this is a drawing or a table."""


def find_cards(raw: RawPage) -> list[BBox]:
    """The cards of a page, row by row; empty where no two boxes with text in them stand side by side."""
    boxes = [f.bbox for f in raw.fills if _is_size(f.bbox, raw.width)]
    boxes += _drawn(raw.rules, raw.width)
    if not 2 <= len(boxes) <= MOST:
        return []
    outer = _distinct(boxes)
    held = [box for box in outer if any(_beside(box, other) and not _bridged(box, other, raw) for other in outer)]
    cards = [box for box in held if _holds_text(box, raw.lines)]
    pairs = [c for c in cards if any(_beside(c, o) and not _bridged(c, o, raw) for o in cards)]
    return sorted(pairs, key=lambda box: (round(box[1] / SAME), box[0]))


def _is_size(box: BBox, page: float) -> bool:
    return box[2] - box[0] >= LEAST[0] and box[3] - box[1] >= LEAST[1] and box[2] - box[0] <= WIDEST * page


def _drawn(rules: Sequence[Rule], page: float) -> list[BBox]:
    """Boxes whose four sides are drawn as lines."""
    upright = [r for r in rules if not r.horizontal and r.y1 - r.y0 >= LEAST[1]]
    if not 4 <= len(upright) <= 4 * MOST:
        return []
    level = [r for r in rules if r.horizontal]
    found: dict[tuple[int, int], BBox] = {}  # by right side and top: the right side of one card and that of the next bound no third
    for left in sorted(upright, key=lambda r: r.x0):
        right = min(
            (r for r in upright if r.x0 - left.x0 >= LEAST[0] and abs(r.y0 - left.y0) < SAME and abs(r.y1 - left.y1) < SAME),
            key=lambda r: r.x0,
            default=None,
        )
        if right is None:
            continue
        box = (left.x0, left.y0, right.x0, left.y1)
        closed = all(any(abs(r.y0 - y) < SAME and r.x0 - box[0] < 9 and box[2] - r.x1 < 9 for r in level) for y in (box[1], box[3]))
        if closed and _is_size(box, page):
            found[round(box[2] / SAME), round(box[1] / SAME)] = box
    return list(found.values())


def _distinct(boxes: Sequence[BBox]) -> list[BBox]:
    """Boxes without those that lie in another of the same width: a border, a header band and a ground are one card."""
    kept: list[BBox] = []
    for box in sorted(boxes, key=lambda b: -(b[2] - b[0]) * (b[3] - b[1])):
        if not any(inside(box, other, SAME) and box[2] - box[0] > 0.8 * (other[2] - other[0]) for other in kept):
            kept.append(box)
    return kept


def _beside(one: BBox, other: BBox) -> bool:
    """Whether two boxes stand side by side, as high and about as wide as each other."""
    gap = max(one[0], other[0]) - min(one[2], other[2])
    widths = sorted((one[2] - one[0], other[2] - other[0]))
    level = abs(one[1] - other[1]) < SAME and abs(one[3] - other[3]) < SAME
    return level and GAP[0] <= gap <= GAP[1] and widths[0] > 0.6 * widths[1]


def _bridged(one: BBox, other: BBox, raw: RawPage) -> bool:
    """Whether a line or a narrow cell goes on from box to box: then they are cells of a table."""
    left, right = sorted((one, other), key=lambda box: box[0])
    middle = (left[2] + right[0]) / 2
    ruled = any(r.horizontal and r.x0 < middle < r.x1 and min(abs(r.y0 - left[1]), abs(r.y0 - left[3])) < SAME for r in raw.rules)
    cells = (f.bbox for f in raw.fills if f.kind == "rect")
    return ruled or any(
        box[0] < middle < box[2] and box[2] - box[0] < right[2] - left[0] and abs(box[1] - left[1]) < SAME and abs(box[3] - left[3]) < SAME
        for box in cells
    )


def _holds_text(box: BBox, lines: Sequence[RawLine]) -> bool:
    """Whether a box holds several lines of words, and none that runs on out of it."""
    within = [line for line in lines if line.words and centre_in(line.bbox, box)]
    crossing = any(box[1] < (n.bbox[1] + n.bbox[3]) / 2 < box[3] and n.bbox[0] < box[2] - SAME and n.bbox[2] > box[2] + SAME for n in lines)
    words = [w.text for line in within for w in line.words]
    letters = sum(w[:1].isalpha() for w in words)
    return not crossing and len(within) >= LEAST_LINES and letters >= max(LEAST_WORDS, 0.4 * len(words))


def band_icons(raw: RawPage, cards: Sequence[BBox]) -> list[Icon]:
    """The heads of cards as signs, where they are bands in the colours of lights and differ from card to card."""
    found: list[Icon] = []
    for card in cards:
        width, height = card[2] - card[0], card[3] - card[1]
        for fill in raw.fills:
            color, box = color_name(fill.color), fill.bbox
            head = inside(box, card, SAME) and box[1] - card[1] <= SAME and box[2] - box[0] > 0.9 * width
            if color in STATUS and head and LEAST_BAND <= box[3] - box[1] <= 0.4 * height:
                found.append(Icon(page=raw.number, bbox=box, color=color, shape="cell", fill=fill.color, confidence=0.85, frame=card))
                break
    return found if len({icon.color for icon in found}) > 1 else []


def split_lines(lines: Sequence[RawLine], cards: Sequence[BBox]) -> tuple[list[RawLine], list[list[list[RawLine]]]]:
    """The lines outside all cards, and those of each card by rows of cards."""
    held: dict[BBox, list[RawLine]] = {card: [] for card in cards}
    free: list[RawLine] = []
    for line in lines:
        card = next((card for card in cards if centre_in(line.bbox, card)), None)
        (free if card is None else held[card]).append(line)
    rows: dict[int, list[list[RawLine]]] = {}
    for card in cards:
        rows.setdefault(round(card[1] / SAME), []).append(held[card])
    return free, list(rows.values())


def framed(entries: Sequence[Entry], cards: Sequence[BBox]) -> None:
    """Tell each block that stands in a card so."""
    for entry in entries if cards else ():
        if entry.draft is None and not isinstance(entry.block, Table):
            frame = card_of(entry.block.bbox, cards)
            if frame is not None:
                entry.block = replace(entry.block, frame=frame)


def card_of(box: BBox, cards: Sequence[BBox]) -> BBox | None:
    """The card in which a box stands, None where it stands in none."""
    return next((card for card in cards if inside(box, card, OVER) and centre_in(box, card)), None)
