"""The tables of a page from geometry alone: drawn cells first, then rows that line up between rules, shades or nothing.

Each word is used once. Boxes round text, columns of prose, charts and contents lists are left to the flow.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.layout.aligned import find_zones, read_zone
from extractors.layout.blocks import Table
from extractors.layout.grid import Ink, frames, ink, parts
from extractors.layout.headers import count_header_rows
from extractors.layout.rawtypes import RawPage, Word
from extractors.layout.ruled import read_ruled
from extractors.layout.tables_rows import visual_rows
from extractors.layout.tables_sketch import BlockMaker, Sketch, paragraphs, squeezed, table_of

MOST_CROSSINGS = 600_000


def find_tables(raw: RawPage, *, make_blocks: BlockMaker = paragraphs) -> list[Table]:
    """All tables of a page, from top to bottom; `make_blocks` turns the lines of a cell into its blocks."""
    words = [w for line in raw.lines if line.direction[0] > 0.9 for w in line.words]
    if len(words) < 4:
        return []
    lines = ink(raw)
    sketches = ruled_sketches(lines, words)
    used = {id(w) for s in sketches for slot in s.slots for w in slot.words}
    rest = [w for w in words if id(w) not in used]
    sketches += aligned_sketches(rest, lines, raw)
    tables = []
    for sketch in sketches:
        squeezed(sketch)
        if sketch.rows < 1 or sketch.cols < 2:
            continue
        sketch.header_rows = count_header_rows(sketch, raw)
        tables.append(table_of(sketch, raw, make_blocks))
    return sorted(tables, key=lambda t: (t.bbox[1], t.bbox[0]))


def ruled_sketches(lines: Ink, words: Sequence[Word]) -> list[Sketch]:
    """Tables of drawn cells; of frames within frames the inner one is the table if the outer is a mere box."""
    if len(lines.level) * len(lines.upright) > MOST_CROSSINGS:
        return []
    made: list[Sketch] = []
    taken: set[int] = set()
    middles = [((w.bbox[0] + w.bbox[2]) / 2, (w.bbox[1] + w.bbox[3]) / 2) for w in words]
    whole = [part for frame in frames(lines) for part in parts(frame, middles)]
    for frame in sorted(whole, key=lambda f: (f.bbox[2] - f.bbox[0]) * (f.bbox[3] - f.bbox[1])):
        free = [w for w in words if id(w) not in taken]
        sketch = read_ruled(frame, free)
        if sketch is None or not is_grid(sketch):
            continue
        made.append(sketch)
        taken |= {id(w) for slot in sketch.slots for w in slot.words}
    return made


def is_grid(sketch: Sketch) -> bool:
    """Whether a sketch has rows and columns in use: at least two columns with words in one row, in two rows or with one header."""
    filled = [s for s in sketch.slots if s.words]
    if len({s.col for s in filled}) < 2 or len({s.row for s in filled}) < 2:
        return False
    return sum(len([s for s in filled if s.row == r]) >= 2 for r in {s.row for s in filled}) >= 1


def aligned_sketches(words: Sequence[Word], lines: Ink, raw: RawPage) -> list[Sketch]:
    """Tables by alignment in the words that no drawn table holds."""
    if len(words) < 6:
        return []
    rows = visual_rows(words)
    if sum(len(r.chunks) > 1 for r in rows) < 2:
        return []
    out = []
    for zone in find_zones(rows, lines, raw.height):
        sketch = read_zone(zone, lines, raw)
        if sketch is not None:
            out.append(sketch)
    return out
