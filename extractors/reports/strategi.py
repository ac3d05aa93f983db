"""Focus areas of strategies, plans and policies: the sub-headings of the chapter that announces them, or a numbered list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from extractors.layout.blocks import Block, Heading, ListItem, Table
from extractors.reports.audit_words import words
from extractors.reports.context import Context
from extractors.reports.granskning_lines import Line, lines_of, sentences
from schema.records import FocusArea, Trace

_HEADING = words("focus_heading")
_COUNTED = words("counted_areas")
_LABEL = words("focus_area_label")
_NOT = words("no_focus_area")


def read_focus_areas(context: Context) -> tuple[FocusArea, ...]:
    """The focus areas in order, with their printed numbers ("" where none is printed)."""
    lines = lines_of(context)
    found = _labelled(lines) or _under_heading(lines) or _in_boxes(lines) or _counted_list(lines)
    return tuple(
        FocusArea(context.ids.next("focus_area"), Trace(block.page, block.bbox, rule, 0.9), number, name, _text_under(context, block))
        for number, name, block, rule in found
    )


Found = tuple[str, str, Block, str]


def _labelled(lines: Sequence[Line]) -> list[Found]:
    """Headings that say it themselves: "Fokusområde 2: Hållbara arbetsplatser"."""
    found: list[Found] = []
    for line in lines:
        match = _LABEL.match(line.text) if line.kind == "heading" else None
        if match and (match["number"] or ":" in line.text) and match["name"][0].isupper():
            assert isinstance(line.block, Heading)
            found.append((match["number"] or _number(line.block.number), match["name"].strip(), line.block, "focus_area_label"))
    return found if len(found) >= 2 else []


def _under_heading(lines: Sequence[Line]) -> list[Found]:
    """The sub-headings of the heading that announces focus areas; the heading with most of them."""
    best: list[Found] = []
    for line in lines:
        if line.kind == "heading" and _HEADING.search(line.text):
            found = list(_children(line, lines[line.index + 1 :]))
            if len(found) > len(best):
                best = found
    return best if len(best) >= 2 else []


def _children(parent: Line, after: Sequence[Line]) -> Iterator[Found]:
    assert isinstance(parent.block, Heading)
    child_level: int | None = None
    for line in after:
        if line.kind != "heading":
            continue
        assert isinstance(line.block, Heading)
        if line.block.level <= parent.block.level:
            return
        child_level = child_level or line.block.level
        if line.block.level == child_level and not _NOT.match(line.text):
            yield _number(line.block.number), line.text, line.block, "focus_area_heading"


def _in_boxes(lines: Sequence[Line]) -> list[Found]:
    """Areas set out in boxes under the heading that announces them: a grid without header whose cells each begin with a bold name."""
    for at, line in enumerate(lines):
        if line.kind != "heading" or not _HEADING.search(line.text):
            continue
        for after in lines[at + 1 :]:
            if after.kind == "heading":
                break
            if after.kind == "table" and len(found := _boxed(after)) >= 2:
                return found
    return []


def _boxed(line: Line) -> list[Found]:
    assert isinstance(line.block, Table)
    filled = [c for c in line.block.cells if c.text.strip()]
    found: list[Found] = []
    for cell in filled:
        first = cell.blocks[0] if cell.blocks else None
        name = (first.lead or (first.text if first.style.bold else "")).strip(" .:") if first else ""
        if first is None or not name or len(name.split()) > 8 or len(cell.text) <= len(name) + 3:
            return []
        plain = re.sub(r"^\d{1,2}[.)]?\s+", "", name)
        found.append((_number(name.split(" ")[0]) if plain != name else "", plain, first, "focus_area_box"))
    return found


def _counted_list(lines: Sequence[Line]) -> list[Found]:
    """A list after "… med fyra rubriker", whose items come back further on as headings or numbered lines."""
    for line in lines:
        if line.kind != "paragraph" or not _COUNTED.search(sentences(line.text)[-1]):
            continue
        items = []
        for after in lines[line.index + 1 :]:
            if after.kind != "item":
                break
            items.append(after)
        later = lines[line.index + 1 + len(items) :]
        found = [_place(item, later) for item in items]
        if len(items) >= 2 and all(found):
            return [f for f in found if f]
    return []


def _place(item: Line, later: Sequence[Line]) -> Found | None:
    """Where an announced area is treated: the later heading or list line in the same words."""
    assert isinstance(item.block, ListItem)
    name = item.text.strip(" .")
    for line in later:
        if line.kind in ("heading", "item", "paragraph") and len(line.text) < len(name) + 12:
            plain = re.sub(r"^\d{1,2}[.)]?\s+", "", line.text).strip(" .")
            if fuzz.ratio(plain.casefold(), name.casefold()) >= 92:
                return _number(item.block.marker), name, line.block, "focus_area_list"
    return None


def _number(printed: str) -> str:
    return printed.strip(" .)(:") if re.match(r"^\W*\d", printed) else ""


def _text_under(context: Context, block: Block) -> str:
    section_id = context.section_of(block)
    if not isinstance(block, Heading):
        return ""
    return next((s.text for s in context.sections if s.id == section_id), "")


def focus_area_fields(context: Context) -> dict[str, tuple[FocusArea, ...]]:
    """The focus areas under the name of `Extraction`'s field."""
    return {"focus_areas": read_focus_areas(context)}
