"""Lines of text that the PDF library has glued across a narrow gutter, parted again.

Where two columns of running text stand closer than the library takes for a break, a line of the left one and a line of the right one come
as one. The right column shows all the same: line upon line, the blank before the same left edge is wider than a word's.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.layout.rawtypes import RawLine, Word
from extractors.layout.runs import union

LEAST_BLANK = 0.42
"""A blank of this share of the letters' size may be a gutter; an ordinary one is a quarter to a third."""
SAME_EDGE = 0.8
LEAST_LINES = 5
COLUMN = 90.0
"""Points: the least width that both columns have on average."""
MOST_CROSSING = 0.12
LEAST_WORDS = 6
"""Words of a line that may be two."""


def parted_lines(lines: Sequence[RawLine]) -> list[RawLine]:
    """The lines with those that run over a gutter cut in two; mostly as they were."""
    found = _edges(lines)
    for at in sorted(found):
        glued = found[at]
        first, last = min(lines[i].bbox[1] for i, _ in glued), max(lines[i].bbox[3] for i, _ in glued)
        over = [n for n in lines if n.bbox[0] < at - COLUMN / 2 and n.bbox[2] > at + 2 and first - 1 <= n.bbox[1] and n.bbox[3] <= last + 1]
        if len(over) - len(glued) > MOST_CROSSING * len(over) or not _wide(lines, glued):
            continue
        cuts = dict(glued)
        return [part for i, n in enumerate(lines) for part in (_cut(n, cuts[i]) if i in cuts else (n,))]
    return list(lines)


def _edges(lines: Sequence[RawLine]) -> dict[float, list[tuple[int, int]]]:
    """Left edges behind a wide blank that enough lines share, with these lines and the word that begins there."""
    starts: list[tuple[float, int, int]] = []
    for i, line in enumerate(lines):
        if len(line.words) < LEAST_WORDS:
            continue
        for k in range(2, len(line.words) - 1):
            before, word = line.words[k - 1], line.words[k]
            if word.bbox[0] - before.bbox[2] > LEAST_BLANK * min(before.size, word.size):
                starts.append((word.bbox[0], i, k))
    if len(starts) < LEAST_LINES:
        return {}
    found: dict[float, list[tuple[int, int]]] = {}
    at = -10.0
    for x, i, k in sorted(starts):
        at = at if x - at <= SAME_EDGE else x
        found.setdefault(at, []).append((i, k))
    return {x: glued for x, glued in found.items() if len(glued) >= LEAST_LINES and len({i for i, _ in glued}) == len(glued)}


def _wide(lines: Sequence[RawLine], glued: Sequence[tuple[int, int]]) -> bool:
    """Whether what stands on both sides of the blanks is as wide as columns of running text, and mostly words."""
    left = sum(lines[i].words[k - 1].bbox[2] - lines[i].bbox[0] for i, k in glued)
    right = sum(lines[i].bbox[2] - lines[i].words[k].bbox[0] for i, k in glued)
    words = [w.text for i, _ in glued for w in lines[i].words]
    return min(left, right) >= COLUMN * len(glued) and sum(w[:1].isalpha() for w in words) > 0.8 * len(words)


def _cut(line: RawLine, at: int) -> tuple[RawLine, RawLine]:
    """A line as two, the second from a word on."""
    return _of(line, line.words[:at]), _of(line, line.words[at:])


def _of(line: RawLine, words: tuple[Word, ...]) -> RawLine:
    box = union(w.bbox for w in words)
    return line._replace(text=" ".join(w.text for w in words), bbox=(box[0], line.bbox[1], box[2], line.bbox[3]), words=words)
