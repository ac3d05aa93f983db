"""Focus areas of strategies, plans and policies.

They say it themselves ("Fokusområde 2: …"), or are the sub-headings of the chapter that announces them, or stand there in
boxes, a table or a list, or are counted in a sentence and come back as headings. A plan that announces none has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from rapidfuzz import fuzz

from extractors.layout.blocks import Block, Heading, ListItem, Table
from extractors.reports.audit_words import words
from extractors.reports.context import Context
from extractors.reports.granskning_lines import Line, lines_of, sentences
from extractors.reports.recommendations_tables import header_texts
from extractors.swedish.recommending import fold_blanks
from schema.records import FocusArea, Trace

_HEADING = words("focus_heading")
_WIDER = words("focus_heading_wider")
_NO_CHAPTER = words("no_focus_chapter")
_COUNTED = words("counted_areas")
_PARTS = words("counted_parts")
_LEAD_IN = words("areas_lead_in")
_LABEL = words("focus_area_label")
_LABEL_ALONE = words("focus_area_label_alone")
_COLUMN = words("focus_area_column")
_NOT = words("no_focus_area")
_COUNTS = ("noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio")


def read_focus_areas(context: Context) -> tuple[FocusArea, ...]:
    """The focus areas in order, with their printed numbers ("" where none is printed)."""
    lines = lines_of(context)
    strict = [line for line in lines if line.kind == "heading" and _announces(line.text, _HEADING)]
    wider = [line for line in lines if line.kind == "heading" and _announces(line.text, _WIDER)]
    found = (
        _labelled(lines)
        or _under_heading(lines, strict)
        or _in_blocks(lines, strict)
        or _under_heading(lines, wider)
        or _in_blocks(lines, wider)
        or _counted_list(lines)
        or _counted_headings(lines)
        or _own_column(lines)
    )
    return tuple(
        FocusArea(context.ids.next("focus_area"), Trace(block.page, block.bbox, rule, 0.9), number, name, _text_under(context, block))
        for number, name, block, rule in found
    )


Found = tuple[str, str, Block, str]


def _announces(text: str, pattern: re.Pattern[str]) -> bool:
    """Whether a heading announces the plan's own areas: not their follow-up or method, and not those of others or of before."""
    return bool(pattern.search(text)) and not _NO_CHAPTER.search(text)


def _labelled(lines: Sequence[Line]) -> list[Found]:
    """Headings that say it themselves: "Fokusområde 2: Hållbara arbetsplatser", or the label and the name as two headings."""
    found: dict[str, Found] = {}
    for line in lines:
        if line.kind != "heading":
            continue
        assert isinstance(line.block, Heading)
        match = _LABEL.match(line.text)
        if match and (match["number"] or ":" in line.text) and match["name"][0].isupper():
            name, number = match["name"].strip(), match["number"] or _number(line.block.number)
            found.setdefault(name.casefold(), (number, name, line.block, "focus_area_label"))
        elif (match := _LABEL_ALONE.match(line.text)) and (named := _name_below(line, lines)):
            found.setdefault(named.casefold(), (match["number"], named, line.block, "focus_area_label"))
    return list(found.values()) if len(found) >= 2 else []


def _name_below(label: Line, lines: Sequence[Line]) -> str | None:
    """The heading right below a label that stands alone."""
    after = lines[label.index + 1] if label.index + 1 < len(lines) else None
    named = after is not None and after.kind == "heading" and not _NOT.match(after.text) and not _LABEL_ALONE.match(after.text)
    return after.text if after and named else None


def _under_heading(lines: Sequence[Line], announcing: Sequence[Line]) -> list[Found]:
    """The sub-headings of the heading that announces focus areas; the heading with most of them."""
    best: list[Found] = []
    for line in announcing:
        found = list(_children(line, lines[line.index + 1 :])) or _counted_after(line, lines[line.index + 1 :])
        if len(found) > len(best):
            best = found
    return best if len(best) >= 2 else []


def _counted_after(parent: Line, after: Sequence[Line]) -> list[Found]:
    """Headings of the same level behind an announcing heading whose text counts them: "Strategin har tre fokusområden"."""
    assert isinstance(parent.block, Heading)
    own = list(takewhile(lambda line: line.kind != "heading", after))
    count = next((n for line in own if line.kind == "paragraph" and (n := _count(line.text))), 0)
    level = parent.block.level
    following = [line for line in after if isinstance(line.block, Heading) and line.block.level <= level][:count]
    if count < 2 or len(following) < count:
        return []
    found = [(_number(b.number), line.text, b, "focus_area_counted") for line in following if isinstance(b := line.block, Heading)]
    return [] if any(f[2].level != level or _NOT.match(f[1]) for f in found) else [*found]


def _count(text: str) -> int:
    """How many areas a text says that there are; 0 where it does not say."""
    match = _COUNTED.search(text) or _PARTS.search(text)
    if not match:
        return 0
    count = match["count"].casefold()
    return int(count) if count.isdecimal() else _COUNTS.index(count)


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


def _in_blocks(lines: Sequence[Line], announcing: Sequence[Line]) -> list[Found]:
    """Areas under the heading that announces them without headings of their own: in boxes, a table or a list, or as bold
    words that begin the paragraphs.
    """
    for line in announcing:
        own = list(takewhile(lambda after: after.kind != "heading", lines[line.index + 1 :]))
        for after in own:
            if after.kind == "table" and len(found := _boxed(after) or _in_column(after, also_area=True)) >= 2:
                return found
        if len(found := _led(own) or _short_list(own)) >= 2:
            return found
    return []


def _led(own: Sequence[Line]) -> list[Found]:
    """Paragraphs or list items that begin with a bold name; all items of the list must do so, and at least two paragraphs."""
    items = [line for line in own if line.kind == "item"]
    led = [line for line in (items or own) if line.block.lead and len(line.block.lead.split()) <= 8 and line.text != line.block.lead]
    if items and len(led) < len(items):
        return []
    names = [(line, line.block.lead.strip(" .:–—-")) for line in led]
    return [(_marker(line), name, line.block, "focus_area_lead") for line, name in names if name and not _NOT.match(name)]


def _short_list(own: Sequence[Line]) -> list[Found]:
    """One list of names under the heading, with at most two paragraphs before it and no sentences in it."""
    items = [line for line in own if line.kind == "item"]
    named = all(len(i.text.split()) <= 8 and i.text[:1].isupper() and not i.text.endswith((".", ":", "?")) for i in items)
    before = list(takewhile(lambda line: line.kind != "item", own))
    unbroken = own[len(before) : len(before) + len(items)] == items
    if not named or not unbroken or len(before) > 2 or not 2 <= len(items) <= 12:
        return []
    return [(_marker(i), i.text.strip(" ,"), i.block, "focus_area_list") for i in items]


def _marker(line: Line) -> str:
    return _number(line.block.marker) if isinstance(line.block, ListItem) else ""


def _own_column(lines: Sequence[Line]) -> list[Found]:
    """The areas in tables of actions whose column is headed "Fokusområde", each once."""
    found: dict[str, Found] = {}
    for line in lines:
        for area in _in_column(line, also_area=False) if line.kind == "table" else []:
            found.setdefault(area[1].casefold(), area)
    return list(found.values()) if len(found) >= 2 else []


def _in_column(line: Line, *, also_area: bool) -> list[Found]:
    """The names in the column of a table that is headed as areas are; `also_area` where the bare word "Område" will do."""
    assert isinstance(line.block, Table)
    heads = header_texts(line.block)
    col = next((i for i, h in enumerate(heads) if (m := _COLUMN.match(h)) and (also_area or not m["bare"])), None)
    if col is None or len(heads) < 2:
        return []
    found: dict[str, Found] = {}
    for cell in line.block.cells:
        text = re.sub(r"^\d{1,2}[.):]?\s+", "", fold_blanks(cell.text)).strip(" .")
        headed = cell.col != col or cell.row < max(1, line.block.header_rows)
        if headed or not cell.blocks or not re.search(r"[^\W\d]{3}", text):
            continue
        if len(text.split()) > 10:
            return []
        number = _number(fold_blanks(cell.text).split(" ")[0])
        found.setdefault(text.casefold(), (number, text, cell.blocks[0], "focus_area_column"))
    return list(found.values())


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
    """A list after "… med fyra rubriker" or "Planens fokusområden är:", whose items come back further on as headings or
    numbered lines. The parts of a document (background, follow-up) are no areas.
    """
    for line in lines:
        if line.kind != "paragraph" or not (_count(last := sentences(line.text)[-1]) or _LEAD_IN.search(last)):
            continue
        items = []
        for after in lines[line.index + 1 :]:
            if after.kind != "item":
                break
            items.append(after)
        later = lines[line.index + 1 + len(items) :]
        found = [_place(item, later) for item in items]
        if len(items) >= 2 and all(found) and not any(_NOT.match(item.text) for item in items):
            return [f for f in found if f]
    return []


def _counted_headings(lines: Sequence[Line]) -> list[Found]:
    """Areas counted and named in one sentence ("Våra tre teman: …") that are all headings of one level further on."""
    for line in lines:
        if line.kind != "paragraph" or not _count(line.text):
            continue
        for sentence in sentences(line.text):
            if not (count := _count(sentence)):
                continue
            named = f" {_plain(sentence)} "
            found: dict[str, Found] = {}
            for after in lines[line.index + 1 :]:
                name = _plain(after.text) if after.kind == "heading" else ""
                if len(name) >= 3 and f" {name} " in named and isinstance(b := after.block, Heading):
                    found.setdefault(name, (_number(b.number), after.text, b, "focus_area_counted"))
            if count >= 2 and len(found) == count and len({f[2].level for f in found.values() if isinstance(f[2], Heading)}) == 1:
                return list(found.values())
    return []


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()


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
    return printed.strip(" .)(:") if re.match(r"^\W*(?:\d|[A-H]\W*$)", printed) else ""


def _text_under(context: Context, block: Block) -> str:
    section_id = context.section_of(block)
    if not isinstance(block, Heading):
        return ""
    return next((s.text for s in context.sections if s.id == section_id), "")


def focus_area_fields(context: Context) -> dict[str, tuple[FocusArea, ...]]:
    """The focus areas under the name of `Extraction`'s field."""
    return {"focus_areas": read_focus_areas(context)}
