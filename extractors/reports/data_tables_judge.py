"""Is a table data? Figures, or short cells under headers; not goals with their analysis, questions with answers, layout or contacts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.layout.blocks import Icon, Table
from extractors.reports.data_tables_shape import Shape, cell_text, read_number, says_nothing
from extractors.swedish.columns import fold_label, read_column
from extractors.swedish.lexicon import read_toml
from extractors.swedish.numbers import parse_number

PACKAGE = "extractors.reports"
LONG = 60
"""Letters of a cell that is no longer a datum but a text."""


@dataclass(frozen=True, slots=True)
class Count:
    """What the cells of a body hold."""

    filled: int = 0
    numbers: int = 0
    long: int = 0
    letters: int = 0


def is_data(table: Table, shape: Shape) -> bool:
    """Whether a table is a data table. `shape` is the table taken apart."""
    body = [r for r in shape.rows if r.cells]
    if not shape.columns or not body or table.cols < 2:
        return False
    count = _count(shape)
    if not count.filled or _is_contents(shape) or _is_form(shape):
        return False
    if _speaks(shape) and 2 * count.numbers < count.filled:
        return False
    if count.numbers and 10 * count.numbers >= 3 * count.filled and 10 * count.long <= 3 * count.filled:
        return len(body) > 1 or bool(shape.header_rows)
    return _is_short_words(table, shape, count) or (_is_measured(shape) and 10 * count.long <= 3 * count.filled)


def _is_measured(shape: Shape) -> bool:
    """Whether the headers are those of figures, two or more of them by measure or year, whatever the cells hold."""
    meanings = [read_column(label) for label in shape.columns.values()]
    return sum(m.measure is not None or m.year is not None for m in meanings) >= max(2, len(meanings) - 1)


def _count(shape: Shape) -> Count:
    texts = [t for row in shape.rows for c in row.cells.values() if not says_nothing(t := cell_text(c))]
    numbers = sum(parse_number(t) is not None and len(t) <= LONG for t in texts)
    return Count(len(texts), numbers, sum(len(t) > LONG for t in texts), sum(map(len, texts)))


def _is_short_words(table: Table, shape: Shape, count: Count) -> bool:
    """Whether it is a table of short words under headers, as who does what by when: no signs, no speech, three rows or more."""
    rows = [r for r in shape.rows if r.label]
    icons = any(isinstance(b, Icon) for cell in table.cells for b in cell.blocks)
    if not shape.header_rows or len(rows) < 3 or icons or _speaks(shape):
        return False
    labelled = [label for label in shape.columns.values() if label]
    short_labels = all(len(label) <= LONG for label in labelled) and len(labelled) == len(shape.columns)
    named = sum(len(r.label) for r in rows) / len(rows) <= LONG
    return short_labels and named and not count.long and count.letters <= 25 * count.filled and not _is_contacts(shape)


def _headers(shape: Shape) -> list[str]:
    """The headers, without those of a plan of who does what by when that only say what is to be done: over the rows' labels, or beside
    who answers for it, when it is done and what it costs.
    """
    corner = fold_label(shape.corner) if shape.corner else ""
    headers = [fold_label(t) for t in shape.columns.values() if t]
    rules = read_toml("data_tables.toml", PACKAGE)
    plan = re.compile(rules["plan"]["pattern"])
    if any(re.search(rules["plan_column"]["pattern"], h) for h in headers):
        headers = [h for h in headers if not plan.search(h)]
    return [*([corner] if corner and not plan.search(corner) else []), *headers]


def _matches(shape: Shape, rule: str) -> bool:
    pattern = re.compile(read_toml("data_tables.toml", PACKAGE)[rule]["pattern"])
    return any(pattern.search(header) for header in _headers(shape))


def _speaks(shape: Shape) -> bool:
    """Whether the headers are those of a table of assessments or of running text."""
    return _matches(shape, "speech")


def _is_contacts(shape: Shape) -> bool:
    """Whether the headers are those of a list of people, versions or words explained."""
    return _matches(shape, "contacts")


def _is_contents(shape: Shape) -> bool:
    """Whether it is a contents list: headings with page numbers that never fall."""
    if len(shape.columns) != 1 or shape.header_rows:
        return False
    numbers = [read_number(cell_text(c)) for row in shape.rows for c in row.cells.values()]
    pages = [n.value for n in numbers if n and n.decimals == 0 and n.value > 0]
    return len(pages) == len(numbers) and len(pages) > 2 and pages == sorted(pages) and pages[-1] < 400


def _is_form(shape: Shape) -> bool:
    """Whether it is a form: one column of answers of all kinds beside what is asked for."""
    if len(shape.columns) != 1:
        return False
    texts = [t for row in shape.rows for c in row.cells.values() if not says_nothing(t := cell_text(c))]
    numbers = sum(parse_number(t) is not None and len(t) <= LONG for t in texts)
    return 2 * numbers < len(texts) or any(len(t) > 2 * LONG for t in texts)
