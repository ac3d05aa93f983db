"""Tables whose cells are drawn: lines (or edges of shaded cells) that meet and part the words into rows and columns."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.layout.blocks import BBox
from extractors.layout.grid import Frame, covered
from extractors.layout.rawtypes import Word
from extractors.layout.ruled_rows import part_rows
from extractors.layout.tables_rows import visual_rows
from extractors.layout.tables_sketch import Sketch, Slot

MOST_PLACES = 6000


def words_within(words: Sequence[Word], box: BBox) -> list[Word]:
    """Words whose middle lies in a box."""
    x0, y0, x1, y1 = box
    return [w for w in words if x0 <= (w.bbox[0] + w.bbox[2]) / 2 <= x1 and y0 - 1 <= (w.bbox[1] + w.bbox[3]) / 2 <= y1 + 1]


def read_ruled(frame: Frame, words: Sequence[Word]) -> Sketch | None:
    """The frame's cells with their words; None where it is a mere box or column, or holds no words to speak of."""
    held = words_within(words, frame.bbox)
    if len(held) < 2:
        return None
    xs, ys = _used(frame.xs, [(w.bbox[0], w.bbox[2]) for w in held]), _used(frame.ys, [(w.bbox[1], w.bbox[3]) for w in held])
    rows, cols = len(ys) - 1, len(xs) - 1
    if rows * cols > MOST_PLACES or rows < 1 or cols < 1:
        return None
    slots = _merged(frame, xs, ys)
    sketch = Sketch(frame.bbox, rows, cols, slots, "ruled", open_top=frame.open_top, open_bottom=frame.open_bottom)
    _place(sketch, held, xs, ys)
    part_rows(sketch, xs)
    return sketch


def _used(borders: Sequence[float], spans: Sequence[tuple[float, float]]) -> list[float]:
    """Borders without those of narrow strips in which no word has its middle (double lines, insets of shading)."""
    middles = sorted((lo + hi) / 2 for lo, hi in spans)
    out = [borders[0]]
    for border in borders[1:]:
        if border - out[-1] < 9 and not any(out[-1] <= m <= border for m in middles):
            if len(out) == 1:
                continue
            out[-1] = max(out[-1], border) if border == borders[-1] else out[-1]
            continue
        out.append(border)
    return out if len(out) > 1 else [borders[0], borders[-1]]


def _merged(frame: Frame, xs: Sequence[float], ys: Sequence[float]) -> list[Slot]:
    """Places that no line parts, joined into slots."""
    rows, cols = len(ys) - 1, len(xs) - 1
    owner = [[(r, c) for c in range(cols)] for r in range(rows)]
    slots: list[Slot] = []
    taken = [[False] * cols for _ in range(rows)]
    wall = [[covered(frame.upright, xs[c], ys[r], ys[r + 1]) for c in range(cols + 1)] for r in range(rows)]
    floor = [[covered(frame.level, ys[r], xs[c], xs[c + 1]) for c in range(cols)] for r in range(rows + 1)]
    for r, c in (place for line in owner for place in line):
        if taken[r][c]:
            continue
        wide = 1
        while c + wide < cols and not wall[r][c + wide] and not taken[r][c + wide]:
            wide += 1
        tall = 1
        while r + tall < rows and _goes_on(r + tall, c, wide, wall, floor) and not any(taken[r + tall][c : c + wide]):
            tall += 1
        for i in range(r, r + tall):
            taken[i][c : c + wide] = [True] * wide
        slots.append(Slot(r, c, tall, wide, bbox=(xs[c], ys[r], xs[c + wide], ys[r + tall])))
    return slots


def _goes_on(r: int, c: int, wide: int, wall: list[list[bool]], floor: list[list[bool]]) -> bool:
    return not any(floor[r][c : c + wide]) and not any(wall[r][c + 1 : c + wide])


def _place(sketch: Sketch, words: Sequence[Word], xs: Sequence[float], ys: Sequence[float]) -> None:
    """Each word into the slot under its middle; words that stick out over a border lower the slot's confidence."""
    grid = sketch.grid()
    for word in words:
        x, y = (word.bbox[0] + word.bbox[2]) / 2, (word.bbox[1] + word.bbox[3]) / 2
        c, r = _index(xs, x), _index(ys, y)
        slot = grid[r][c]
        if slot is None or slot.bbox is None:
            continue
        slot.words.append(word)
        over = max(slot.bbox[0] - word.bbox[0], word.bbox[2] - slot.bbox[2])
        if over > 0.3 * (word.bbox[2] - word.bbox[0]) and over > 3:
            slot.confidence = min(slot.confidence, 0.7)
            if "words over a border" not in sketch.doubts:
                sketch.doubts.append("words over a border")
    _undo_false_spans(sketch, xs)


def _index(borders: Sequence[float], value: float) -> int:
    for i in range(len(borders) - 2, -1, -1):
        if value >= borders[i]:
            return i
    return 0


def _undo_false_spans(sketch: Sketch, xs: Sequence[float]) -> None:
    """A slot over several columns whose words stand apart under them is several cells (lines only in the header, say)."""
    out: list[Slot] = []
    for slot in sketch.slots:
        parts = _parts(slot, xs) if slot.colspan > 1 and len(slot.words) > 1 else {}
        if len(parts) < 2 or slot.bbox is None:
            out.append(slot)
            continue
        for c in range(slot.col, slot.col + slot.colspan):
            box = (xs[c], slot.bbox[1], xs[c + 1], slot.bbox[3])
            out.append(Slot(slot.row, c, slot.rowspan, 1, parts.get(c, []), box, slot.confidence))
    sketch.slots = out


def _parts(slot: Slot, xs: Sequence[float]) -> dict[int, list[Word]]:
    """Words of a slot by column, or nothing where a chunk crosses a border."""
    parts: dict[int, list[Word]] = {}
    for row in visual_rows(slot.words):
        for chunk in row.chunks:
            first, last = _index(xs, chunk.x0 + 1), _index(xs, chunk.x1 - 1)
            if first != last:
                return {}
            parts.setdefault(first, []).extend(chunk.words)
    return parts
