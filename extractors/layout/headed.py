"""Tables on pages set in columns that a bold header with a rule right below it tells, in one column or across them all.

The rule says how wide the table is. It goes on until text begins left of it, a line runs across its columns, the letters become others
or a wide gap follows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extractors.layout.grid import Ink, Line
from extractors.layout.rawtypes import Word
from extractors.layout.tables_rows import Row, visual_rows
from extractors.layout.tables_sketch import Sketch
from extractors.layout.zones import crosses

SIGN = "\ue8ff"
"""The word that stands for an icon: it holds a place in a column that has no words."""
_NARROWEST = 100.0
_BESIDE = 3.0
_HEADER_HIGH = 60.0
_ABOVE_RULE = 14.0
_STEP = 1.8
_FARTHEST = 3.2
_OTHER_SIZE = 0.6

Reader = Callable[[Sequence[Row]], Sketch | None]


def headed_tables(words: Sequence[Word], lines: Ink, read: Reader) -> list[Sketch]:
    """The tables below headers with a rule; `read` makes a sketch of their rows, or None where they are no table."""
    bold = [w for w in words if w.bold]
    long = [rule for rule in lines.level if rule.hi - rule.lo >= _NARROWEST]
    rules = [r for r in long if any(-2 <= r.at - w.bbox[3] <= _ABOVE_RULE and _is_within(w, r) for w in bold)]
    headers = [(rule, rows) for rule in rules if (rows := _header(rule, words))]
    found: list[Sketch] = []
    for rule, header in headers:
        ends = [rows[0].y0 for other, rows in headers if other.at > rule.at + 1 and min(other.hi, rule.hi) > max(other.lo, rule.lo)]
        end = min(ends, default=1e9)
        body = visual_rows([w for w in words if _is_within(w, rule) and rule.at < (w.bbox[1] + w.bbox[3]) / 2 < end - 1])
        rows = _until_end(header, rule, body)
        sketch = read([*header, *rows]) if rows else None
        if sketch is not None:
            found.append(sketch)
    return found


def _header(rule: Line, words: Sequence[Word]) -> list[Row]:
    """The bold rows right above a rule, of two chunks or more in the last or first; empty where no header stands there."""
    near = [w for w in words if rule.at - _HEADER_HIGH < w.bbox[1] and w.bbox[3] < rule.at + 2 and _is_within(w, rule)]
    above = [w for w in near if any(char.isalnum() for char in w.text)]
    if not above or rule.at - max(w.bbox[3] for w in near) > _ABOVE_RULE:
        return []
    rows = visual_rows(above)
    start = len(rows)
    while start and rows[start - 1].bold and (start == len(rows) or rows[start].middle - rows[start - 1].middle < _STEP * rows[start].size):
        start -= 1
    while start < len(rows) and len(rows[start].chunks) == 1 and rows[start].size > rows[-1].size + _OTHER_SIZE:
        start += 1
    return rows[start:] if any(len(row.chunks) > 1 for row in rows[start:]) else []


def _is_within(word: Word, rule: Line) -> bool:
    return rule.lo - _BESIDE < word.bbox[0] and word.bbox[2] < rule.hi + _BESIDE


def _until_end(header: Sequence[Row], rule: Line, body: Sequence[Row]) -> list[Row]:
    """The rows below a header that belong to its table."""
    left = min(row.x0 for row in header)
    rows: list[Row] = []
    for row in body:
        far = row.middle - (rows[-1].middle if rows else rule.at) > _FARTHEST * row.size
        other = bool(rows) and abs(row.size - rows[0].size) > _OTHER_SIZE and len(row.chunks[0].text) > 1
        parted = [r for r in rows if len(r.chunks) > 1]
        if far or other or row.x0 < left - _BESIDE or (len(row.chunks) == 1 and parted and crosses(parted, row)):
            break
        rows.append(row)
    return rows
