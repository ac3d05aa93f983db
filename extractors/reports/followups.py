"""What became of earlier recommendations: from tables, from a block per recommendation, or from a chapter in prose.

No status is invented: an earlier recommendation that is only retold gives a notice and no record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from extractors.layout.blocks import Block, Cell, Heading, Table
from extractors.reports.audit_words import words
from extractors.reports.context import Context
from extractors.reports.followups_blocks import YEAR as _YEAR
from extractors.reports.followups_blocks import Earlier, EarlierBlocks
from extractors.reports.granskning_lines import Line, sentences
from extractors.reports.recommendations_tables import (
    earlier_column,
    followed_boxes,
    header_texts,
    is_followup_table,
    status_columns,
    told_columns,
)
from extractors.swedish.answers import Answer, parse_status
from extractors.swedish.recommending import core, fold_blanks, opens_like_one
from schema.records import Followup, Trace

SAME = 88.0
"""Similarity (0-100) at which a block and a table row speak of the same recommendation."""

_TEXT = words("earlier_column")
_STATUS = words("status_column")
_COMMENT = re.compile(r"kommentar|vidtagna|nämndens svar|svar|motivering|beskrivning", re.I)
_COLOURS = {"green": "atgardad", "yellow": "delvis", "red": "ej_atgardad"}
_COLOUR_COLUMNS = {
    "atgardad": re.compile(r"^(?:helt )?(?:åtgärdad|genomförd|ja)$", re.I),
    "delvis": re.compile(r"^delvis", re.I),
    "ej_atgardad": re.compile(r"^(?:ej|inte|nej)", re.I),
}


def read_followups(context: Context, lines: Sequence[Line]) -> tuple[Followup, ...]:
    """All earlier recommendations of which the report says what became of them."""
    from_tables = _all_tables(context, lines)
    from_blocks = EarlierBlocks(context).read(lines)
    kept = list(from_tables)
    for earlier in from_blocks:
        if not any(_same(earlier.text, other.text) for other in kept):
            kept.append(earlier)
    settled = [e for e in kept if e.status]
    told = bool(settled) or "uppfölj" in context.document.title.lower()
    for earlier in kept:
        if told and not earlier.status:
            context.notice("followup_without_status", f"Status framgår inte: {earlier.text[:120]}", earlier.page, earlier.bbox)
    return tuple(_record(context, e) for e in settled)


def _same(a: str, b: str) -> bool:
    return fuzz.ratio(core(a), core(b)) >= SAME or fuzz.partial_ratio(core(a), core(b)) >= 96


def _record(context: Context, earlier: Earlier) -> Followup:
    assert earlier.status
    headings = context.headings_of(earlier.block)
    audit = next((h.text for h in reversed(headings) if re.search(r"granskning|uppföljning", h.text, re.I)), None)
    return Followup(
        context.ids.next("followup"),
        Trace(earlier.page, earlier.bbox, earlier.rule, 0.9),
        re.sub(r"^\d{1,2}[.)]\s+", "", earlier.text),
        earlier.year or _year_of(context, earlier.block),
        earlier.status.value,
        earlier.status.phrase or None,
        context.body_of(earlier.block),
        audit,
    )


def _year_of(context: Context, block: Block) -> int | None:
    """The year of the earlier audit: in the headings above, in the report's title, else where the text speaks of an earlier audit.

    The report's own year counts only where no other is named.
    """
    own = context.document.fiscal_year
    texts = [h.text for h in reversed(context.headings_of(block))] + [context.document.title]
    for text in texts:
        years = [int(y) for y in _YEAR.findall(text)]
        earlier = [y for y in years if y != own] or years
        if earlier:
            return earlier[0]
    told = (b.text for b in context.report.blocks if re.search(r"\bgransk", b.text, re.I))
    return next((year for text in told for y in _YEAR.findall(text) if (year := int(y)) != own and (own is None or year < own)), None)


# --- tables


def _all_tables(context: Context, lines: Sequence[Line]) -> list[Earlier]:
    """The rows of all tables of the kind; a table without headers right after one goes on with its columns."""
    found: list[Earlier] = []
    heads: list[str] = []
    for line in lines:
        if line.kind != "table":
            continue
        assert isinstance(line.block, Table)
        if boxes := list(followed_boxes(line.block)):
            found += [_boxed(context, line.block, asked, told) for asked, told in boxes]
        elif is_followup_table(line.block):
            heads = header_texts(line.block)
            found += _table_rows(context, line.block, heads, first=max(1, line.block.header_rows))
        elif heads and len(heads) == line.block.cols and _goes_on(line.block, heads):
            found += _table_rows(context, line.block, heads, first=0)
        else:
            heads = []
    return found


def _boxed(context: Context, block: Table, asked: Cell, told: Cell) -> Earlier:
    """An earlier recommendation in a box of labelled rows."""
    return Earlier(_text(asked), block, asked.page, asked.bbox, "followup_table", _status_of(told), _prose_year(context, block))


def _goes_on(table: Table, heads: list[str]) -> bool:
    """Whether a table has statuses in its first row already, where the one before had them."""
    columns = [i for i, h in enumerate(heads) if _STATUS.search(h) and not _TEXT.search(h)]
    first = table.grid()[0]
    return any(_status_of(first[i]) for i in columns)


def _table_rows(context: Context, block: Table, heads: list[str], *, first: int) -> Iterator[Earlier]:
    text_col = earlier_column([h if not _COMMENT.search(h) else "" for h in heads], _TEXT)
    status_cols = status_columns(block, [i for i, h in enumerate(heads) if i != text_col and _STATUS.search(h)])
    status_cols = status_cols or ([] if text_col is None else told_columns(block, heads, text_col))
    year_col = next((i for i, h in enumerate(heads) if re.search(r"^(?:granskningså|å)r\b", h, re.I)), None)
    marks = {i: value for i, h in enumerate(heads) for value, p in _COLOUR_COLUMNS.items() if i != text_col and p.search(h)}
    if text_col is None or not status_cols:
        return
    for cells in block.grid()[first:]:
        cell = cells[text_col]
        text = _text(cell)
        if cell is None or len(text.split()) < 3 or _TEXT.fullmatch(text):
            continue
        status = _marked(cells, marks) if len(marks) >= 2 else next((s for i in status_cols if (s := _status_of(cells[i]))), None)
        year = _YEAR.search(_text(cells[year_col]) if year_col is not None else heads[text_col])
        if status or opens_like_one(text):
            yield Earlier(
                text, block, cell.page, cell.bbox, "followup_table", status, int(year[0]) if year else _prose_year(context, block)
            )


def _marked(cells: list[Cell | None], marks: dict[int, str]) -> Answer | None:
    """The status by the column that is marked (x, a tick, a light)."""
    for col, value in marks.items():
        cell = cells[col]
        if cell is not None and (cell.icons or re.match(r"^(?:x|✓|✔|●)$", cell.text.strip(), re.I)):
            return Answer(value, "")
    return None


def _status_of(cell: Cell | None) -> Answer | None:
    if cell is None:
        return None
    text = _text(cell)
    if text and not re.fullmatch(r"[\d\s,.%]+", text):
        short = text if len(text.split()) <= 8 else sentences(text)[0]
        if status := parse_status(short) or parse_status(text):
            return Answer(status.value, text if len(text.split()) <= 6 else status.phrase)
    colors = [i.color for i in cell.icons if i.color in _COLOURS and not i.in_key]
    return Answer(_COLOURS[colors[0]], "") if colors else None


def _text(cell: Cell | None) -> str:
    return fold_blanks(cell.text) if cell else ""


def _prose_year(context: Context, block: Block) -> int | None:
    """The year in the paragraphs right before a table ("Granskningen 2017 visade …")."""
    blocks = context.report.blocks
    at = next((i for i, b in enumerate(blocks) if b is block), 0)
    for before in reversed(blocks[max(0, at - 6) : at]):
        years = _YEAR.findall(before.text)
        if isinstance(before, Heading) and not years:
            return None
        if years and re.search(r"granskning", before.text, re.I):
            return int(years[0])
    return None
