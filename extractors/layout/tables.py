"""The tables of a page from geometry alone: drawn cells first, then rows that line up between rules, shades or nothing.

Each word is used once. Columns of prose, charts and contents lists are left to the flow. A box round text comes out as a table of
one cell, since only the page before or after tells whether it is the rest of a table: `joins.join_tables` joins it or undoes it.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.layout.aligned import read_zone
from extractors.layout.blocks import Table
from extractors.layout.columned import find_gutters, in_columns
from extractors.layout.grid import Frame, Ink, frames, ink, inside, parts
from extractors.layout.headed import SIGN, headed_tables
from extractors.layout.headers import count_header_rows
from extractors.layout.pieces import with_pieces
from extractors.layout.rawtypes import Fill, RawLine, RawPage, Word
from extractors.layout.ruled import read_ruled
from extractors.layout.second_opinion import Opinion, sketch_of
from extractors.layout.sides import side_by_side
from extractors.layout.tables_checks import check_sketch
from extractors.layout.tables_rows import Row, visual_rows
from extractors.layout.tables_sketch import BlockMaker, Sketch, paragraphs, squeezed, table_of
from extractors.layout.zones import Zone, find_zones, zone_of

MOST_CROSSINGS = 600_000
LONG_CELL = 24
"""A cell with more words than this may hold a table of its own."""


def find_tables(raw: RawPage, *, make_blocks: BlockMaker = paragraphs, opinion: Opinion | None = None) -> list[Table]:
    """All tables of a page, from top to bottom; `make_blocks` turns the lines of a cell into its blocks.

    `opinion` is asked where the reading is in doubt; the reason stands in the table's `doubt` either way.
    """
    level = [line for line in raw.lines if line.direction[0] > 0.9]
    signs = [w for line in level for w in line.words if w.text == SIGN]
    words = [w for line in level for w in line.words if w.text != SIGN] if signs else [w for line in level for w in line.words]
    lines = with_pieces(ink(raw), raw, words) if len(words) >= 4 else None
    if lines is None or not (lines.upright or has_rows_of_pieces(level)):
        return []
    sketches = ruled_sketches(lines, words, raw)
    used = {id(w) for s in sketches for w in words_of(s)}
    sketches += aligned_sketches([w for w in words if id(w) not in used] if used else words, lines, raw, signs)
    tables = [table_of(reconsidered(s, raw, opinion), raw, make_blocks) for s in sketches]
    return sorted(tables, key=lambda t: (t.bbox[1], t.bbox[0]))


def reconsidered(sketch: Sketch, raw: RawPage, opinion: Opinion | None) -> Sketch:
    """The sketch, or where it is in doubt another one with the same words against which nothing speaks."""
    check_sketch(sketch)
    if not sketch.doubts or opinion is None or any(s.inner for s in sketch.slots):
        return sketch
    other = sketch_of(opinion(raw, sketch.bbox), words_of(sketch), sketch)
    if other is None or not is_grid(other) or check_sketch(finished(other, raw)).doubts or other.cols < sketch.cols:
        return sketch
    other.doubts = [f"read by pdfplumber, since {'; '.join(dict.fromkeys(sketch.doubts))}"]
    return other


def has_rows_of_pieces(lines: Sequence[RawLine]) -> bool:
    """Whether some rows of the page hold several lines of the text layer, or a line has a wide blank: else nothing lines up."""
    heights: dict[int, int] = {}
    for line in lines:
        words = line.words
        y = round((line.bbox[1] + line.bbox[3]) / 6)
        heights[y] = heights.get(y, 0) + 1
        if len(words) > 1 and line.bbox[2] - line.bbox[0] > 0.72 * words[0].size * len(line.text):
            heights[y] += 1
    return sum(n + heights.get(y + 1, 0) > 1 for y, n in heights.items()) >= 2


def words_of(sketch: Sketch) -> list[Word]:
    """All words of a sketch, those of tables within its cells among them."""
    return [w for slot in sketch.slots for w in (*slot.words, *(v for s in slot.inner for v in words_of(s)))]


def ruled_sketches(lines: Ink, words: Sequence[Word], raw: RawPage) -> list[Sketch]:
    """Tables of drawn cells, the smallest first; what stands in a cell of a larger one becomes part of that cell."""
    if not lines.upright or len(lines.level) * len(lines.upright) > MOST_CROSSINGS:
        return []
    middles = [((w.bbox[0] + w.bbox[2]) / 2, (w.bbox[1] + w.bbox[3]) / 2) for w in words]
    bars = bars_of(raw)
    drawn = [f for f in frames(lines) if not is_page_border(f, raw) and not any(is_chart(f, group) for group in bars)]
    whole = [part for frame in drawn for part in parts(frame, middles)]
    made: list[Sketch] = []
    free = list(words)
    for frame in sorted(whole, key=lambda f: (f.bbox[2] - f.bbox[0]) * (f.bbox[3] - f.bbox[1])):
        sketch = read_ruled(frame, free)
        if sketch is None or not is_grid(sketch) or is_stray_row(sketch, raw):
            continue
        made = [m for m in made if not taken_in(m, sketch)]
        nest_aligned(sketch, lines, raw)
        finished(sketch, raw)
        made.append(sketch)
        used = {id(w) for w in words_of(sketch)}
        free = [w for w in free if id(w) not in used]
    return made


def is_page_border(frame: Frame, raw: RawPage) -> bool:
    """Whether a frame is drawn round the whole page."""
    x0, y0, x1, y1 = frame.bbox
    return x1 - x0 > 0.9 * raw.width and y1 - y0 > 0.85 * raw.height


def bars_of(raw: RawPage) -> list[list[Fill]]:
    """The upright bars of charts: shapes of one width on one ground line, of three heights or more. Shaded cells hardly ever are."""
    found: dict[tuple[int, int], list[Fill]] = {}
    for fill in raw.fills:
        x0, _, x1, y1 = fill.bbox
        if fill.kind == "rect" and x1 - x0 > 3:
            found.setdefault((round(x1 - x0), round(y1)), []).append(fill)
    return [fs for fs in found.values() if len({round((f.bbox[3] - f.bbox[1]) / 3) for f in fs}) > 2]


def is_chart(frame: Frame, bars: Sequence[Fill]) -> bool:
    """Whether what looks like a frame is made of a chart's bars."""
    return sum(inside(f.bbox, frame.bbox, 3.0) for f in bars) > 2


def is_grid(sketch: Sketch) -> bool:
    """Whether a sketch has cells in use: a column of them, two columns with words in one row, or a box with a text in it."""
    filled = [s for s in sketch.slots if s.words]
    if len({s.col for s in filled}) < 2:
        is_column = sketch.rows >= 2 or sketch.open_top or sketch.open_bottom
        return is_column and all(s.colspan == sketch.cols for s in filled) and len([w for s in filled for w in s.words]) >= 3
    return len({s.row for s in filled}) >= 2 or len(filled) >= 2


def is_stray_row(sketch: Sketch, raw: RawPage) -> bool:
    """Whether a single row of several cells stands in the midst of a page: the header of what follows, drawn alone."""
    y0, y1 = sketch.bbox[1], sketch.bbox[3]
    several = len({s.col for s in sketch.slots if s.words}) > 1 and len({s.row for s in sketch.slots if s.words}) == 1
    return several and y0 > 0.12 * raw.height and y1 < 0.85 * raw.height


def taken_in(inner: Sketch, outer: Sketch) -> bool:
    """Put a smaller table into the cell of a larger one that holds it; False where none does."""
    for slot in outer.slots:
        if slot.bbox is not None and inside(inner.bbox, slot.bbox, 3.0):
            slot.inner.append(inner)
            return True
    return False


def nest_aligned(sketch: Sketch, lines: Ink, raw: RawPage) -> None:
    """Look for tables without drawn cells inside the long cells of a table."""
    for slot in sketch.slots:
        if len(slot.words) > LONG_CELL and slot.bbox is not None:
            top, bottom = slot.bbox[1] + 3, slot.bbox[3] - 3
            within = Ink(tuple(s for s in lines.level if top < s.at < bottom), (), lines.shades)
            slot.inner += aligned_sketches(slot.words, within, raw)
            used = {id(w) for s in slot.inner for w in words_of(s)}
            slot.words = [w for w in slot.words if id(w) not in used]


def finished(sketch: Sketch, raw: RawPage) -> Sketch:
    """The sketch without empty rows and columns, its header rows counted."""
    squeezed(sketch)
    sketch.header_rows = count_header_rows(sketch, raw)
    return sketch


def aligned_sketches(words: Sequence[Word], lines: Ink, raw: RawPage, signs: Sequence[Word] = ()) -> list[Sketch]:
    """Tables by alignment in the words that no drawn table holds: those on pages set in columns first; `signs` stand for its icons."""
    if len(words) < 6:
        return []
    found: list[Sketch] = []
    gutters = find_gutters(words)
    below = headed_tables([*words, *signs], lines, lambda rows: read_zone(zone_of(rows, lines), lines, raw, headed=True))
    headed = [finished(s, raw) for s in below]
    rest = remaining(words, headed)
    if headed:
        gutters = find_gutters(rest) or gutters
    if gutters:
        found, words = headed, rest
        found += in_columns(words, gutters, lambda rows: _sketches_in(rows, lines, raw))
    return found + _sketches_in(visual_rows(remaining(words, found)), lines, raw)


def remaining(words: Sequence[Word], found: Sequence[Sketch]) -> Sequence[Word]:
    """The words that stand in none of the tables found."""
    used = {id(w) for s in found for w in words_of(s)}
    return [w for w in words if id(w) not in used] if used else words


def _sketches_in(rows: Sequence[Row], lines: Ink, raw: RawPage) -> list[Sketch]:
    """The tables in some visual rows, by alignment."""
    if sum(len(r.chunks) > 1 for r in rows) < 2:
        return []
    zones: list[Zone] = []
    for zone in find_zones(rows, lines, raw.height):
        parts = side_by_side(zone.rows, rows, lines)
        zones += [zone] if parts is None else [z for part in parts for z in find_zones(part, lines, raw.height)]
    read = (read_zone(zone, lines, raw) for zone in zones)
    made = [finished(s, raw) for s in read if s is not None]
    return [s for s in made if s.cols >= 2]
