"""Tables that stand in one column of a page set in several: read with the words of their own column alone.

The columns are told by running text: lines of several words that begin at the same two (or three) edges and never reach over the
gutter. What is found in one column counts only where the other one holds running text or a table of its own at the same heights;
the halves of a table that goes across the page do not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from extractors.layout.rawtypes import Word
from extractors.layout.tables_rows import Row, visual_rows
from extractors.layout.tables_sketch import Sketch

_LEAST_LINES = 5
_LEAST_WORDS = 4
_GUTTER = 6.0
_SAME_EDGE = 1.5
_WIDE = 1.2
_RAGGED, _FILLED = 0.15, 0.35

Reader = Callable[[Sequence[Row]], list[Sketch]]


def in_columns(words: Sequence[Word], gutters: Sequence[float], read: Reader) -> list[Sketch]:
    """The tables of figures that stand wholly in one of the page's columns of text, beside text or another such table; often none."""
    sides = _sides(words, gutters)
    rows = [visual_rows(side) if side else [] for side in sides]
    found = [[s for s in read(r) if _is_figures(s)] if len(r) > 1 else [] for r in rows]
    kept: list[Sketch] = []
    for i, sketches in enumerate(found):
        others = [j for j in range(len(sides)) if abs(j - i) == 1]
        kept += [s for s in sketches if any(_is_beside(s, rows[j], found[j]) for j in others)]
    return kept


def find_gutters(words: Sequence[Word]) -> list[float]:
    """Positions between the page's columns of running text; none where its lines begin at one edge or overlap."""
    prose = [(ws[0].bbox[0], ws[-1].bbox[2]) for ws in _pieces(words) if _is_prose(ws)]
    edges: list[list[tuple[float, float]]] = []
    for x0, x1 in sorted(prose):
        if edges and x0 - edges[-1][0][0] < _SAME_EDGE:
            edges[-1].append((x0, x1))
        else:
            edges.append([(x0, x1)])
    columns: list[tuple[float, list[float]]] = []
    for edge in edges:
        start, ends = edge[0][0], [x1 for _, x1 in edge]
        before = columns[-1][1] if columns else []
        apart = sum(x < start - _GUTTER for x in before) >= max(_LEAST_LINES, 0.6 * len(before))
        if not before or (apart and len(edge) >= _LEAST_LINES):
            columns.append((start, ends))
        elif not apart:
            before += ends  # items of a list, set in
    if not 2 <= len(columns) <= 3 or not all(_is_filled(start, ends, below) for (start, ends), (below, _) in pairwise(columns)):
        return []
    return [(max(x for x in ends if x < start - _GUTTER) + start) / 2 for (_, ends), (start, _) in pairwise(columns)]


def _is_filled(start: float, ends: Sequence[float], following: float) -> bool:
    """Whether lines go on to the right edge of their column, as running text does and the cells of a table do not."""
    inside = [x for x in ends if x < following - _GUTTER]
    edge = max(inside)
    return sum(edge - x < _RAGGED * (edge - start) for x in inside) >= _FILLED * len(inside)


def _is_prose(words: Sequence[Word]) -> bool:
    return len(words) >= _LEAST_WORDS and sum(w.text[:1].isalpha() for w in words) >= 0.7 * len(words)


def _sides(words: Sequence[Word], gutters: Sequence[float]) -> list[list[Word]]:
    """The words of each column, without the lines that run over a gutter."""
    sides: list[list[Word]] = [[] for _ in range(len(gutters) + 1)]
    for piece in _pieces(words):
        if not any(piece[0].bbox[0] < cut < piece[-1].bbox[2] for cut in gutters):
            sides[sum(piece[0].bbox[0] > cut for cut in gutters)] += piece
    return sides


def _pieces(words: Sequence[Word]) -> list[list[Word]]:
    """The words of each line of the text layer, parted where a blank is wider than any within running text."""
    pieces: list[list[Word]] = []
    for word in words:
        last = pieces[-1][-1] if pieces else None
        if last is None or word.line != last.line or not -1 < word.bbox[0] - last.bbox[2] < _WIDE * last.size:
            pieces.append([word])
        else:
            pieces[-1].append(word)
    return pieces


def _is_figures(sketch: Sketch) -> bool:
    """Whether a sketch has rows that begin with words and go on with numbers."""
    labelled = {s.row for s in sketch.slots if s.col == 0 and any(c.isalpha() for c in s.text)}
    figures = {s.row for s in sketch.slots if s.col > 0 and s.words and s.words[-1].text[-1:] in "0123456789%)"}
    return len(labelled & figures) >= 2


def _is_beside(sketch: Sketch, rows: Sequence[Row], found: Sequence[Sketch]) -> bool:
    """Whether the next column holds running text, or a table of its own, at the heights of a table."""
    y0, y1 = sketch.bbox[1], sketch.bbox[3]
    near = [r for r in rows if y0 - 4 <= r.middle <= y1 + 4]
    if len(near) < 2:
        return False
    prose = [r for r in near if len(r.chunks) == 1 and _is_prose(r.chunks[0].words)]
    tabled = [r for r in near if any(s.bbox[1] <= r.middle <= s.bbox[3] for s in found)]
    return len(prose) >= 0.6 * len(near) or (bool(tabled) and len(prose) + len(tabled) >= 0.7 * len(near))
