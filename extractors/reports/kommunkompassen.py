"""Kommunkompassen and evaluations in its manner: areas with a score, strengths and improvements.

An area begins at its heading ("Område 2 Tillgänglighet …", "2. Tillgänglighet …", or a name that the table of scores has), or
is a row of a table. Its score stands in a box under the heading, in the heading, or in a table of all areas; the box wins over
a rounded table, and a notice tells where they differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from extractors.layout.blocks import BBox, Block, Cell, Heading, ListItem, Table
from extractors.reports.audit_words import words
from extractors.reports.context import Context
from extractors.reports.granskning_lines import Line, lines_of
from extractors.reports.kommunkompassen_scores import (
    Score,
    area_of,
    box_score,
    find_score,
    labelled_scores,
    plain_name,
    said_score,
    scale_of,
    score_column,
    split_score,
    table_scores,
)
from extractors.reports.recommendations_tables import header_texts
from extractors.swedish.recommending import fold_blanks
from schema.records import AreaPoint, EvaluationArea, Trace

_AREA = words("area_heading")
_STRENGTH = words("strengths")
_IMPROVEMENT = words("improvements")
_AFTER_AREAS = words("after_areas")
_SCORE_NAME = re.compile(
    r"^(?:(?:samlat |områdets |årets )?(?:resultat|poäng|poängsumma|totalt|summa|betyg|omdöme|bedömning|nivå)(?: (?:för|på) området)?)$",
    re.I,
)
"""What stands before a score and names no area: "Resultat: 61 poäng"."""
_MARKERS = re.compile(r"(?:^|\s)[•●▪■\uf0b7\uf0a7]\s*")
_AREA_HEAD = re.compile(r"^(?:del|huvud|fokus)?områden?$", re.I)

Point = tuple[str, str, int, BBox]
"""(kind, words, page, box)"""


@dataclass(slots=True)
class _Area:
    """An area while it is being read. `loose` are short paragraphs under a label: its points where no list follows."""

    number: int | None
    name: str
    block: Block
    score: Score | None = None
    box: tuple[int, BBox] | None = None
    points: list[Point] = field(default_factory=list)
    loose: list[Point] = field(default_factory=list)

    def set_score(self, score: Score | None, page: int, bbox: BBox) -> None:
        """Keep the first score with its place."""
        if score and self.score is None:
            self.score, self.box = score, (page, bbox)

    def close_label(self) -> None:
        """What stood under a label without a list are its points."""
        self.points += self.loose
        self.loose = []


def label_of(text: str) -> str | None:
    """Whether words head strengths or improvements; None where they head neither, or both ("Styrkor och svagheter")."""
    if _STRENGTH.match(text):
        behind = re.split(r"\b(?:och|samt)\b|[/&]", text, maxsplit=1)[1:]
        return None if behind and _IMPROVEMENT.match(behind[0].strip()) else "strength"
    return "improvement" if _IMPROVEMENT.match(text) else None


def read_areas(context: Context) -> tuple[EvaluationArea, ...]:
    """The areas of an evaluation in order, each with its score and points."""
    lines = lines_of(context)
    areas = _gather(lines) or _rows_as_areas(lines)
    in_tables = dict(table_scores(lines, [a.name for a in areas]))
    most = scale_of(lines)
    kept = [(i, a) for i, a in enumerate(areas) if a.points or a.score is not None]
    return tuple(_record(context, area, in_tables.get(i), most) for i, area in kept)


def _gather(lines: Sequence[Line]) -> list[_Area]:
    """Areas from their headings on."""
    starts = _starts(lines)
    areas: list[_Area] = []
    current: _Area | None = None
    kind: str | None = None
    for line in lines:
        if line.kind == "heading":
            if current:
                current.close_label()
            if started := starts.get(line.index):
                current = next((a for a in areas if fuzz.ratio(started.name.casefold(), a.name.casefold()) >= 90), None)
                if current is None:
                    areas.append(current := started)
            elif current and _AFTER_AREAS.match(line.text) and not _is_below(line.block, current.block):
                current = None
            elif current and (score := find_score(line.text)):
                current.set_score(score, line.page, line.block.bbox)
            kind = label_of(line.text)
        elif current and line.kind == "table":
            assert isinstance(line.block, Table)
            _read_table(line.block, current)
        elif current and line.kind in ("paragraph", "item"):
            kind = _read_text(line, current, kind)
    if current:
        current.close_label()
    return [a for a in areas if a.points or a.score is not None]


def _is_below(block: Block, area: Block) -> bool:
    """Whether a heading is of a lower level than an area's heading, and so a part of the area ("Jämförelser")."""
    return isinstance(block, Heading) and isinstance(area, Heading) and block.level > area.level


def _starts(lines: Sequence[Line]) -> dict[int, _Area]:
    """The headings that begin areas, by index: those that say "Område", else those that the table of scores names or that end in
    a score, else those with a plain number.
    """
    headings = [line for line in lines if line.kind == "heading"]
    said: dict[int, _Area] = {}
    told: dict[int, _Area] = {}
    numbered: dict[int, _Area] = {}
    known = [plain_name(label) for line in lines if isinstance(line.block, Table) for label, _ in labelled_scores(line.block)]
    for line in headings:
        assert isinstance(line.block, Heading)
        text, score = split_score(line.text)
        number = int(n) if re.fullmatch(r"\d{1,2}", n := line.block.number.rstrip(".")) else None
        match = _AREA.match(text)
        if match:
            said[line.index] = _Area(int(match["number"]), match["name"].strip(), line.block)
        if (score and not _SCORE_NAME.match(text)) or area_of(text, known) is not None:
            told[line.index] = _Area(number, plain_name(text), line.block)
        if number is not None:
            numbered[line.index] = _Area(number, text, line.block)
        for found in (said, told, numbered):
            if line.index in found:
                found[line.index].set_score(score, line.page, line.block.bbox)
    names = {a.name.casefold() for a in told.values()}
    return said or (told if len(names) >= 3 else numbered)


def _rows_as_areas(lines: Sequence[Line]) -> list[_Area]:
    """Areas as the rows of a table with columns of strengths and improvements."""
    areas: list[_Area] = []
    for line in lines:
        if line.kind != "table" or not isinstance(table := line.block, Table):
            continue
        heads = header_texts(table)
        kinds = {i: k for i, h in enumerate(heads) if (k := label_of(h))}
        if len(kinds) < 2 or 0 in kinds or not _AREA_HEAD.match(heads[0]):
            continue
        column = score_column(heads)
        for cells in table.grid()[max(1, table.header_rows) :]:
            label = fold_blanks(cells[0].text) if cells[0] else ""
            if cells[0] and label and cells[0].blocks:
                number = re.match(r"(?:område )?(\d{1,2})\b", label, re.I)
                areas.append(_Area(int(number[1]) if number else None, plain_name(label), cells[0].blocks[0]))
            if not areas:
                continue
            if column is not None and (cell := cells[column]):
                areas[-1].set_score(find_score(fold_blanks(cell.text)), cell.page, cell.bbox)
            for col, kind in kinds.items():
                if cell := cells[col]:
                    areas[-1].points += [(kind, *point) for point in _points(cell)]
    return areas


def _read_text(line: Line, area: _Area, kind: str | None) -> str | None:
    """A line of an area: a label, a point of the list that is open, or a score."""
    if line.kind == "item":
        if kind:
            area.loose = []
            area.points.append((kind, line.text, line.page, line.block.bbox))
        return kind
    label, told = label_of(line.text), re.match(r"[^:.]{3,40}:\s*(?=\w)", line.text)
    if label and told:
        area.close_label()
        texts = [t.strip(" .") for t in line.text[told.end() :].split(";")]
        area.points += [(label, text, line.page, line.block.bbox) for text in texts if text]
        return None
    if label and len(line.text.split()) <= 5:
        area.close_label()
        return label
    if area.score is None and (score := find_score(line.text) or said_score(line.text)):
        area.set_score(score, line.page, line.block.bbox)
        return kind
    if len(line.text.split()) > 25:
        area.close_label()
        return None
    if kind and not line.text.endswith(":") and not any(p[0] == kind for p in area.points):
        area.loose.append((kind, line.text, line.page, line.block.bbox))
    return kind


def _read_table(table: Table, area: _Area) -> None:
    """A table of an area: columns or rows of strengths and improvements, else a box with its score."""
    heads = header_texts(table)
    kinds = {i: k for i, h in enumerate(heads) if (k := label_of(h))}
    by_row = {c.row: k for c in table.cells if c.col == 0 and len(c.text.split()) <= 5 and (k := label_of(fold_blanks(c.text)))}
    if table.cols == 2 and len(set(by_row.values())) == 2:
        for cell in table.cells:
            if cell.col == 1 and cell.row in by_row:
                for text, page, bbox in _points(cell):
                    _add_point(area, by_row[cell.row], text, (page, bbox), goes_on=False)
        return
    if not kinds:
        if found := box_score(table):
            area.set_score(found[0], found[1].page, found[1].bbox)
        return
    listed = {cell.col for cell in table.cells if any(isinstance(b, ListItem) for b in cell.blocks)}
    for cell in table.cells:
        repeated_head = _STRENGTH.fullmatch(cell.text) or _IMPROVEMENT.fullmatch(cell.text)
        if cell.row >= max(1, table.header_rows) and cell.col in kinds and not repeated_head:
            goes_on = cell.col in listed and not any(isinstance(b, ListItem) for b in cell.blocks)
            for text, page, bbox in _points(cell):
                _add_point(area, kinds[cell.col], text, (page, bbox), goes_on=goes_on)


def _add_point(area: _Area, kind: str, text: str, place: tuple[int, BBox], *, goes_on: bool) -> None:
    """Put a point to its area. Words without a bullet in a column of bullets, and a few words in lower case at the top of a
    page, go on with the point before.
    """
    before = next((i for i in range(len(area.points) - 1, -1, -1) if area.points[i][0] == kind), None)
    torn = before is not None and text[:1].islower() and len(text.split()) <= 3 and area.points[before][2] < place[0]
    if before is not None and (goes_on or torn):
        _, words_before, page, bbox = area.points[before]
        area.points[before] = (kind, f"{words_before} {text}", page, bbox)
    else:
        area.points.append((kind, text, *place))


def _points(cell: Cell) -> Iterator[tuple[str, int, BBox]]:
    """The points of a cell: its list items, else its paragraphs, taken apart at bullets."""
    items = [b for b in cell.blocks if isinstance(b, ListItem)]
    for block in items or cell.blocks:
        for text in _MARKERS.split(fold_blanks(block.text)):
            if text.strip():
                yield text.strip(), block.page, block.bbox


def _record(context: Context, area: _Area, in_table: Score | None, scale: float | None) -> EvaluationArea:
    page, bbox = area.box or (area.block.page, area.block.bbox)
    score = area.score or in_table
    if area.score and in_table and area.score.value != in_table.value:
        message = f"{area.name}: {area.score.value:g} poäng i rutan, {in_table.value:g} i tabellen".replace(".", ",")
        context.notice("score_differs", message, page, bbox)
    area_id = context.ids.next("evaluation_area")
    points = tuple(
        AreaPoint(context.ids.next("area_point"), Trace(p, b, "area_points", 0.95), kind, text) for kind, text, p, b in area.points
    )
    most = (area.score.most if area.score else None) or (in_table.most if in_table else None) or scale
    value = score.value if score else None
    return EvaluationArea(
        area_id,
        Trace(area.block.page, area.block.bbox, "evaluation_area", 0.95),
        area.number,
        area.name,
        value,
        most if value is None or most is None or value <= most else None,
        points,
    )


def area_fields(context: Context) -> dict[str, tuple[EvaluationArea, ...]]:
    """The areas under the name of `Extraction`'s field."""
    return {"evaluation_areas": read_areas(context)}
