"""Kommunkompassen and evaluations in its manner: areas with a score, strengths and improvements.

An area begins at its heading ("Område 2 Tillgänglighet …"). Its score stands in a box under the heading, in the heading, or
in a table of all areas; the box wins over a rounded table, and a notice tells where they differ.
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
from extractors.reports.recommendations_tables import header_texts
from extractors.swedish.recommending import fold_blanks
from schema.records import AreaPoint, EvaluationArea, Trace

_AREA = words("area_heading")
_STRENGTH = words("strengths")
_IMPROVEMENT = words("improvements")
_SCORE_HEAD = re.compile(r"poäng|resultat|totalt|summa", re.I)
_SCORE = words("score")
_SCORE_LINE = words("score_line")
_HUNDRED = re.compile(r"\b(?:max(?:imalt|imum|poäng)?|högst)\D{0,40}\b100\b|\b100 poäng\b|\bav 100\b", re.I)
_MARKERS = re.compile(r"(?:^|\s)[•●▪■\uf0b7\uf0a7]\s*")


@dataclass(slots=True)
class _Area:
    """An area while it is being read."""

    number: int | None
    name: str
    block: Block
    score: float | None = None
    max_score: float | None = None
    box: tuple[int, BBox] | None = None
    points: list[tuple[str, str, int, BBox]] = field(default_factory=list)


def read_areas(context: Context) -> tuple[EvaluationArea, ...]:
    """The areas of an evaluation in order, each with its score and points."""
    lines = lines_of(context)
    areas = _gather(lines)
    in_tables = dict(_table_scores(lines, areas))
    hundred = any(_HUNDRED.search(line.text) for line in lines if line.kind == "paragraph")
    return tuple(
        _record(context, area, in_tables.get(i), hundred)
        for i, area in enumerate(areas)
        if area.points or area.score is not None or i in in_tables
    )


def _gather(lines: Sequence[Line]) -> list[_Area]:
    """Areas from their headings on; numbered headings count where no heading says "Område"."""
    said = any(line.kind == "heading" and _AREA.match(line.text) for line in lines)
    areas: list[_Area] = []
    kind: str | None = None
    for line in lines:
        if line.kind == "heading":
            started = _start(line, said=said)
            if started and not any(fuzz.ratio(started.name.casefold(), a.name.casefold()) >= 90 for a in areas):
                areas.append(started)
            kind = "strength" if _STRENGTH.match(line.text) else "improvement" if _IMPROVEMENT.match(line.text) else None
        elif areas and line.kind == "table":
            assert isinstance(line.block, Table)
            _read_table(line.block, areas[-1])
        elif areas and line.kind in ("paragraph", "item"):
            kind = _read_text(line, areas[-1], kind)
    return [a for a in areas if a.points or a.score is not None]


def _start(line: Line, *, said: bool) -> _Area | None:
    match = _AREA.match(line.text)
    if match:
        return _Area(int(match["number"]), match["name"].strip(), line.block)
    assert isinstance(line.block, Heading)
    if not said and re.fullmatch(r"\d{1,2}", line.block.number.rstrip(".")):
        return _Area(int(line.block.number.rstrip(".")), line.text, line.block)
    return None


def _read_text(line: Line, area: _Area, kind: str | None) -> str | None:
    """A line of an area: a label, a point of the list that is open, or a score."""
    if line.kind == "paragraph":
        label = "strength" if _STRENGTH.match(line.text) else "improvement" if _IMPROVEMENT.match(line.text) else None
        if label and len(line.text.split()) <= 5:
            return label
        score = _SCORE_LINE.search(line.text) or _SCORE.match(line.text)
        if score and area.score is None and len(line.text.split()) < 12:
            _set_score(area, score, line.page, line.block.bbox)
        return None if len(line.text.split()) > 25 else kind
    if kind:
        area.points.append((kind, line.text, line.page, line.block.bbox))
    return kind


def _set_score(area: _Area, match: re.Match[str], page: int, bbox: BBox) -> None:
    groups = match.groupdict()
    score, most = groups.get("score") or groups.get("score2"), groups.get("max") or groups.get("max2")
    if score:
        area.score = float(score.replace(",", "."))
        area.max_score = float(most) if most else None
        area.box = (page, bbox)


def _read_table(table: Table, area: _Area) -> None:
    heads = header_texts(table)
    kinds = {i: k for i, h in enumerate(heads) for k, p in (("strength", _STRENGTH), ("improvement", _IMPROVEMENT)) if p.match(h)}
    if kinds:
        listed = {cell.col for cell in table.cells if any(isinstance(b, ListItem) for b in cell.blocks)}
        for cell in table.cells:
            if (
                cell.row >= max(1, table.header_rows)
                and cell.col in kinds
                and not (_STRENGTH.fullmatch(cell.text) or _IMPROVEMENT.fullmatch(cell.text))
            ):
                goes_on = cell.col in listed and not any(isinstance(b, ListItem) for b in cell.blocks)
                for text, page, bbox in _points(cell):
                    _add_point(area, kinds[cell.col], text, (page, bbox), goes_on=goes_on)
        return
    if area.score is None and any(_SCORE_HEAD.search(h) for h in heads) and table.rows <= 12:
        numbers = [(c, m) for c in table.cells if (m := _SCORE.match(fold_blanks(c.text)))]
        if len(numbers) == 1 or (numbers and all(fold_blanks(c.text) == fold_blanks(numbers[0][0].text) for c, _ in numbers)):
            cell, match = numbers[0]
            _set_score(area, match, cell.page, cell.bbox)


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


def _table_scores(lines: Sequence[Line], areas: list[_Area]) -> Iterator[tuple[int, float]]:
    """Scores in a table of all areas: (index of the area, score)."""
    for line in lines:
        if line.kind != "table":
            continue
        assert isinstance(line.block, Table)
        heads = header_texts(line.block)
        score_col = next((i for i, h in enumerate(heads) if i and _SCORE_HEAD.search(h)), None)
        if score_col is None or line.block.rows < max(3, len(areas) // 2):
            continue
        for cells in line.block.grid():
            label, cell = fold_blanks(cells[0].text) if cells[0] else "", cells[score_col]
            match = _SCORE.match(fold_blanks(cell.text)) if cell else None
            at = _area_of(label, areas)
            if match and at is not None:
                yield at, float(match["score"].replace(",", "."))


def _area_of(label: str, areas: list[_Area]) -> int | None:
    plain = re.sub(r"^(?:område\s*)?\d{1,2}[.:)]?\s*", "", label, flags=re.I).casefold()
    return next((i for i, a in enumerate(areas) if len(plain) > 5 and fuzz.ratio(plain, a.name.casefold()) >= 88), None)


def _record(context: Context, area: _Area, in_table: float | None, hundred: bool) -> EvaluationArea:
    page, bbox = area.box or (area.block.page, area.block.bbox)
    if area.score is not None and in_table is not None and area.score != in_table:
        context.notice("score_differs", f"{area.name}: {area.score:g} poäng i rutan, {in_table:g} i tabellen", page, bbox)
    area_id = context.ids.next("evaluation_area")
    points = tuple(
        AreaPoint(context.ids.next("area_point"), Trace(p, b, "area_points", 0.95), kind, text) for kind, text, p, b in area.points
    )
    score = area.score if area.score is not None else in_table
    most = area.max_score or (100.0 if hundred else None)
    return EvaluationArea(
        area_id, Trace(area.block.page, area.block.bbox, "evaluation_area", 0.95), area.number, area.name, score, most, points
    )


def area_fields(context: Context) -> dict[str, tuple[EvaluationArea, ...]]:
    """The areas under the name of `Extraction`'s field."""
    return {"evaluation_areas": read_areas(context)}
