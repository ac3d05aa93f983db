"""The drawings of a page as rules (thin lines), boxes and shapes.

Producers draw a table's lines in three ways: as strokes, as thin filled boxes, and as stroked boxes. All three become `Rule`s; a stroke
thick enough to be seen as a bar becomes a `Fill`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from extractors.layout.blocks import BBox
from extractors.layout.colors import is_sign_color
from extractors.layout.rawtypes import Fill, Rule

THIN = 3.0
"""Points: a filled box this thin is a line."""
SIGN_SIDE = (4.0, 30.0)
"""Points: the longer side of a shape that may be a sign; the path of any other (a dot on a map, a letter as outline) is not kept."""
MOST_STROKES = 16
BOLD_STROKE = 0.07
"""Share of a sign's side that its strokes are thick, at the least; lines in charts and drawings are thinner."""
SHAPES_WITH_PATH = 600
"""A page with more shapes than this is a map or has its text drawn as outlines; further paths are not kept."""

Turn = Callable[[BBox], BBox] | None


@lru_cache(maxsize=4096)
def color_name(color: tuple[float, ...] | None) -> str:
    """An RGB triple of shares as `#rrggbb`."""
    return "#" + "".join(f"{round(c * 255):02x}" for c in color) if color is not None else "#000000"


def read_drawings(drawings: list[dict[str, Any]], turn: Turn) -> tuple[list[Rule], list[Fill]]:
    """Rules and fills of a page from PyMuPDF's drawings, in the order in which they are painted."""
    rules: list[Rule] = []
    fills: list[Fill] = []
    for drawing in drawings:
        get = drawing.get
        if get("fill") is not None and get("fill_opacity", 1) != 0 and "f" in drawing["type"]:
            read_filled(drawing, turn, rules, fills)
        if get("color") is not None and get("stroke_opacity", 1) != 0 and "s" in drawing["type"]:
            read_stroked(drawing, turn, rules, fills)
    return rules, fills


def read_filled(drawing: dict[str, Any], turn: Turn, rules: list[Rule], fills: list[Fill]) -> None:
    """Add the boxes or the shape that a filled path makes."""
    color = color_name(drawing["fill"])
    items = drawing["items"]
    boxes = boxes_of(items)
    if boxes is not None:
        for box in boxes:
            add_box(box, color, turn, rules, fills)
        return
    bbox = drawing["rect"]
    if is_level(items):
        add_box(bbox, color, turn, rules, fills)
        return
    sign_sized = SIGN_SIDE[0] <= max(bbox[2] - bbox[0], bbox[3] - bbox[1]) <= SIGN_SIDE[1]
    path = path_of(items) if sign_sized and is_sign_color(color) and len(fills) < SHAPES_WITH_PATH else ""
    fills.append(Fill(turn(bbox) if turn else bbox, color, "shape", path))


def boxes_of(items: list[tuple[Any, ...]]) -> list[BBox] | None:
    """The boxes that a path consists of; None where it draws anything else."""
    if items and items[0][0] in ("l", "c"):
        return None
    boxes: list[BBox] = []
    for item in items:
        box = box_of(item)
        if box is None:
            return None
        boxes.append(box)
    return boxes


def box_of(item: tuple[Any, ...]) -> BBox | None:
    """The box that one item of a path draws, where it is a box."""
    if item[0] == "re":
        box: BBox = item[1]
        return box
    if item[0] == "qu":
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = item[1]
        level = abs(ay - by) < 0.1 and abs(cy - dy) < 0.1 and abs(ax - cx) < 0.1 and abs(bx - dx) < 0.1
        return (min(ax, bx), min(ay, cy), max(ax, bx), max(ay, cy)) if level else None
    return None


def is_level(items: list[tuple[Any, ...]]) -> bool:
    """Whether a path is a single box drawn by level and upright lines."""
    if not 3 <= len(items) <= 5:
        return False
    for item in items:
        if item[0] != "l":
            return False
        (ax, ay), (bx, by) = item[1], item[2]
        if abs(ax - bx) >= 0.1 and abs(ay - by) >= 0.1:
            return False
    return True


def add_box(box: BBox, color: str, turn: Turn, rules: list[Rule], fills: list[Fill]) -> None:
    """Add a filled box: as a rule where it is thin, else as a fill."""
    x0, y0, x1, y1 = turn(box) if turn else box
    width, height = x1 - x0, y1 - y0
    if min(width, height) <= THIN and max(width, height) > THIN * 1.5:
        rules.append(Rule(x0, y0, x1, y1, color))
    elif width > 0 and height > 0:
        fills.append(Fill((x0, y0, x1, y1), color, "rect"))


def read_stroked(drawing: dict[str, Any], turn: Turn, rules: list[Rule], fills: list[Fill]) -> None:
    """Add the level and upright lines of a stroked path; a thick one is a bar."""
    sign = stroked_sign(drawing, turn)
    if sign is not None and len(fills) < SHAPES_WITH_PATH:
        fills.append(sign)
    lines = stroked_lines(drawing["items"])
    if not lines:
        return
    color = color_name(drawing["color"])
    half = (drawing.get("width") or 0.0) / 2
    for x0, y0, x1, y1 in lines:
        if half * 2 > THIN:
            across = (0.0, half) if x1 - x0 >= y1 - y0 else (half, 0.0)
            add_box((x0 - across[0], y0 - across[1], x1 + across[0], y1 + across[1]), color, turn, rules, fills)
        else:
            rules.append(Rule(*(turn((x0, y0, x1, y1)) if turn else (x0, y0, x1, y1)), color))


def stroked_sign(drawing: dict[str, Any], turn: Turn) -> Fill | None:
    """A stroked path that may be a sign, a tick or a cross or a ring: of a sign's size and colour, with bold slanted or curved strokes."""
    x0, y0, x1, y1 = drawing["rect"]
    side = max(x1 - x0, y1 - y0)
    if not SIGN_SIDE[0] <= side <= SIGN_SIDE[1] or (drawing.get("width") or 0.0) < BOLD_STROKE * side:
        return None
    items, color = drawing["items"], color_name(drawing["color"])
    if len(items) > MOST_STROKES or not is_sign_color(color) or not _turns(items):
        return None
    return Fill(turn(drawing["rect"]) if turn else (x0, y0, x1, y1), color, "stroke", path_of(items))


def _turns(items: list[tuple[Any, ...]]) -> bool:
    """Whether a path has two strokes or more that are neither level nor upright, or a curve."""
    slanted = sum(item[0] == "l" and abs(item[1][0] - item[2][0]) > 1 and abs(item[1][1] - item[2][1]) > 1 for item in items)
    return slanted > 1 or any(item[0] == "c" for item in items)


def stroked_lines(items: list[tuple[Any, ...]]) -> list[BBox]:
    """The level and upright lines among a path's items, as boxes without thickness."""
    lines: list[BBox] = []
    for item in items:
        kind = item[0]
        if kind == "c":
            continue
        if kind == "l":
            (ax, ay), (bx, by) = item[1], item[2]
            if abs(ax - bx) < 0.5 or abs(ay - by) < 0.5:
                lines.append((min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)))
        elif (box := box_of(item)) is not None:
            x0, y0, x1, y1 = box
            lines += ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1))
    return lines


def path_of(items: list[tuple[Any, ...]]) -> str:
    """A path's items as text: a letter (`l` line, `c` curve, `r` box, `q` quad) and its coordinates, blanks between."""
    parts: list[str] = []
    for item in items:
        kind = item[0]
        if kind == "re":
            numbers = item[1]
        elif kind == "qu":
            numbers = [n for point in item[1] for n in point]
        else:
            numbers = [n for point in item[1:] for n in point]
        parts.append(kind[0] + " %.1f" * len(numbers) % tuple(numbers))
    return " ".join(parts)
