"""Lists of contents: found by geometry and set aside; their titles tell the headings of a document without tags.

A list of contents is a run of lines that each end in a page number, where the numbers never fall and lie within the document, and leader
dots, a heading ("Innehåll") or numbered titles show that it is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.layout.flow_order import rows_of
from extractors.layout.lists import split_number
from extractors.layout.rawtypes import RawLine, RawPage

ENTRY = re.compile(r"^(?P<title>.*?[^\W\d_].*?)(?P<dots>[\s.…·_‥]*[\s.…·_‥])(?P<page>\d{1,3})$")
DOTS = re.compile(r"[.…·_‥]{3,}|(?:[.·]\s){3,}")
_FIGURES_AFTER_DOTS = re.compile(r"(?:[.…·_‥]{3,}|(?:[.·]\s){3,})[^.]*\d")
"""More numbers than one after the dots: a row of a balance sheet, not of a list of contents."""
NAME = re.compile(r"^(innehåll|innehållsförteckning|contents|i\s?n\s?n\s?e\s?h\s?å\s?l\s?l)\b", re.IGNORECASE)
SIGN = re.compile(rf"{DOTS.pattern}|{NAME.pattern}", re.IGNORECASE | re.MULTILINE)
FEWEST = 4
FEWEST_DOTTED = 2
"""Rows with leader dots are contents wherever there are as many as this on a page."""
EARLY = 8
"""Up to this page a list without dots and name is looked for."""
MOST_BETWEEN = 2
"""Lines without a number that may stand between two entries: a long title, or a title of a part."""
BEYOND = 3
"""Printed page numbers may exceed the count of the file's pages by this much (covers left out)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a possible list: the lines in it, its title and page number (None: none)."""

    lines: tuple[int, ...]
    title: str
    page: int | None
    dotted: bool
    x0: float


@dataclass(slots=True)
class Contents:
    """Lines of contents lists by page, and the titles in them with the level that their number or indent gives."""

    lines: dict[int, set[int]] = field(default_factory=dict)
    titles: dict[str, int] = field(default_factory=dict)


def find_contents(pages: Sequence[RawPage]) -> Contents:
    """Find the lists of contents of a document."""
    found = Contents()
    named = False
    for raw in pages:
        if raw.number > EARLY and not SIGN.search("\n".join([line.text for line in raw.lines])):
            continue
        rows = entries_of(raw)
        named_here = any(NAME.match(line.text) for line in raw.lines)
        for run in runs_of(rows, len(pages) + BEYOND):
            if is_contents(run, named=named_here or named):
                take(run, raw.number, found)
                named = True
        strays = [row for row in rows if row.dotted and row.page is not None]
        if len(strays) >= FEWEST_DOTTED or (strays and raw.number in found.lines):
            take(strays, raw.number, found)
        named = named_here or (named and raw.number in found.lines)
    return found


def entries_of(raw: RawPage) -> list[Entry]:
    """The rows of a page as possible entries."""
    index = {id(line): at for at, line in enumerate(raw.lines)}
    entries = []
    for row in rows_of([line for line in raw.lines if line.words and line.direction[0] > 0.9]):
        lines = sorted(row.lines, key=lambda line: line.bbox[0])
        text = " ".join(line.text for line in lines)
        match = ENTRY.match(text) if text[-1:].isdigit() else None  # the pattern backtracks over every line that ends otherwise
        if match and _FIGURES_AFTER_DOTS.search(match.group("title")):
            match = None
        title = DOTS.split(match.group("title"))[0] if match else text
        page = int(match.group("page")) if match and has_gap(lines, text) else None
        entries.append(Entry(tuple(index[id(line)] for line in lines), title.strip(" ."), page, bool(DOTS.search(text)), lines[0].bbox[0]))
    return entries


def has_gap(lines: Sequence[RawLine], text: str) -> bool:
    """Whether the number at the end of a row stands apart, behind dots or a wide blank; a row in more columns than these is of a table."""
    if DOTS.search(text):
        return True
    words = [word for line in lines for word in line.words]
    wide = [right.bbox[0] - left.bbox[2] > 1.2 * right.size for left, right in pairwise(words)]
    return bool(wide) and wide[-1] and sum(wide[1:]) < 2


def runs_of(rows: Sequence[Entry], last: int) -> list[list[Entry]]:
    """Runs of rows whose numbers never fall; up to two rows without number may stand between."""
    runs: list[list[Entry]] = []
    run: list[Entry] = []
    between: list[Entry] = []
    at = 0
    for row in rows:
        if row.page is not None and at <= row.page <= last:
            run += [*between, row] if run else [row]
            between, at = [], row.page
        elif run and row.page is None and len(between) < MOST_BETWEEN:
            between.append(row)
        else:
            runs.append(run)
            fits = row.page is not None and row.page <= last
            run, between, at = ([row], [], row.page or 0) if fits else ([], [], 0)
    return [each for each in [*runs, run] if sum(row.page is not None for row in each) >= FEWEST]


def is_contents(run: Sequence[Entry], *, named: bool) -> bool:
    """Whether a run of rows is a list of contents."""
    numbered = [row for row in run if row.page is not None]
    dotted = sum(row.dotted for row in numbered)
    pages = {row.page for row in numbered}
    if dotted >= 0.6 * len(numbered):
        return True
    titled = sum(bool(split_number(row.title)[0]) for row in numbered)
    return len(pages) >= 2 and (named or (titled >= 0.7 * len(numbered) and len(numbered) >= 6))


def take(run: Sequence[Entry], page: int, found: Contents) -> None:
    """Note the lines and titles of a list of contents."""
    found.lines.setdefault(page, set()).update(index for row in run for index in row.lines)
    indents = sorted({round(row.x0 / 4) for row in run if row.page is not None})
    for row in run:
        number, title = split_number(row.title)
        level = number.count(".") + 1 if number else indents.index(round(row.x0 / 4)) + 1 if round(row.x0 / 4) in indents else 1
        found.titles.setdefault(title_key(title), level)


def title_key(title: str) -> str:
    """A title as it is compared: without case, blanks folded."""
    return " ".join(title.lower().split()).strip(" .:")
