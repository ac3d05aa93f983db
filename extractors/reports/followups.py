"""What became of earlier recommendations: from tables, from a block per recommendation, or from a chapter in prose.

No status is invented: an earlier recommendation that is only retold gives a notice and no record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from extractors.layout.blocks import BBox, Block, Cell, Heading, Table
from extractors.reports.audit_words import words
from extractors.reports.context import Context
from extractors.reports.granskning_lines import Line, sentences
from extractors.reports.recommendations_tables import header_texts, is_followup_table
from extractors.swedish.answers import Answer, parse_status
from extractors.swedish.recommending import core, find_recommending, fold_blanks, is_heading_of, opens_like_one
from schema.records import Followup, Trace

SAME = 88.0
"""Similarity (0-100) at which a block and a table row speak of the same recommendation."""

_TEXT = words("earlier_column")
_STATUS = words("status_column")
_COMMENT = re.compile(r"kommentar|vidtagna|nämndens svar|svar|motivering|beskrivning", re.I)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_RETOLD = words("retold")
_LABEL = words("earlier_label")
_JUDGE = words("status_label")
_ABOUT = words("about_earlier")
_OWN_VERDICT = words("own_verdict")
_COLOURS = {"green": "atgardad", "yellow": "delvis", "red": "ej_atgardad"}
_COLOUR_COLUMNS = {
    "atgardad": re.compile(r"^(?:helt )?(?:åtgärdad|genomförd|ja)$", re.I),
    "delvis": re.compile(r"^delvis", re.I),
    "ej_atgardad": re.compile(r"^(?:ej|inte|nej)", re.I),
}


@dataclass(frozen=True, slots=True)
class _Earlier:
    """An earlier recommendation with what is known of it so far."""

    text: str
    block: Block
    page: int
    bbox: BBox
    rule: str
    status: Answer | None = None
    year: int | None = None


def read_followups(context: Context, lines: Sequence[Line]) -> tuple[Followup, ...]:
    """All earlier recommendations of which the report says what became of them."""
    from_tables = _all_tables(context, lines)
    from_blocks = _Blocks(context).read(lines)
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


def _record(context: Context, earlier: _Earlier) -> Followup:
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


def _all_tables(context: Context, lines: Sequence[Line]) -> list[_Earlier]:
    """The rows of all tables of the kind; a table without headers right after one goes on with its columns."""
    found: list[_Earlier] = []
    heads: list[str] = []
    for line in lines:
        if line.kind != "table":
            continue
        assert isinstance(line.block, Table)
        if is_followup_table(line.block):
            heads = header_texts(line.block)
            found += _table_rows(context, line.block, heads, first=max(1, line.block.header_rows))
        elif heads and len(heads) == line.block.cols and _goes_on(line.block, heads):
            found += _table_rows(context, line.block, heads, first=0)
        else:
            heads = []
    return found


def _goes_on(table: Table, heads: list[str]) -> bool:
    """Whether a table has statuses in its first row already, where the one before had them."""
    columns = [i for i, h in enumerate(heads) if _STATUS.search(h) and not _TEXT.search(h)]
    first = table.grid()[0]
    return any(_status_of(first[i]) for i in columns)


def _table_rows(context: Context, block: Table, heads: list[str], *, first: int) -> Iterator[_Earlier]:
    text_col = next((i for i, h in enumerate(heads) if _TEXT.search(h) and not _COMMENT.search(h)), None)
    status_cols = [i for i, h in enumerate(heads) if i != text_col and _STATUS.search(h)]
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
            yield _Earlier(
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


# --- blocks and prose


class _Blocks:
    """Earlier recommendations outside tables, and the judgement that follows each or all of them."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.found: list[_Earlier] = []
        self.waiting: list[_Earlier] = []
        self.listing = self.judging = self.label = False
        self.year: int | None = None

    def read(self, lines: Sequence[Line]) -> list[_Earlier]:
        for line in lines:
            if line.kind == "heading":
                self._heading(line)
            elif line.kind in ("paragraph", "item"):
                self._text(line)
        self._give_up()
        return self.found

    def _heading(self, line: Line) -> None:
        label = _LABEL.match(line.text) if re.search(r"\d", line.text) else None
        if label and not is_heading_of("earlier", line.text.removesuffix(label["text"])):
            self._give_up()
            self.label = True
            if len(label["text"].split()) > 2:
                self._wait(line, label["text"], "followup_block")
            return
        self.judging = bool(_JUDGE.match(line.text)) and len(line.text.split()) <= 5
        self.listing = False
        if not self.judging and self._deeper_than_waiting(line):
            self._give_up()

    def _deeper_than_waiting(self, line: Line) -> bool:
        assert isinstance(line.block, Heading)
        if not self.waiting:
            return True
        headings = self.context.headings_of(self.waiting[0].block)
        return not headings or line.block.level <= headings[-1].level

    def _text(self, line: Line) -> None:
        label = _LABEL.match(line.text)
        if (
            label
            and line.kind == "paragraph"
            and (line.text.rstrip().endswith(":") or re.match(r"^\W*(?:tidigare )?rekommendation\s*(?:\d{1,2}\s*[:.]|:)", line.text, re.I))
        ):
            self._give_up()
            self.label = True
            if len(label["text"].split()) > 2:
                self._wait(line, label["text"], "followup_block")
                self.label = False
            return
        if self.label and not self.waiting:
            self._wait(line, line.text, "followup_block")
            self.label = False
            return
        head = _JUDGE.match(line.text)
        if head and self.waiting and (head["colon"] or head.end() == len(line.text)):
            self.judging = True
            rest = line.text[head.end() :]
            if rest:
                self._judge(line, rest)
            return
        if self.waiting and (self.judging or self._says_status(line.text)):
            self._judge(line, line.text)
        elif self.listing and self._listed(line):
            self._wait(line, line.text, "followup_list")
        else:
            self._open_list(line)

    @staticmethod
    def _says_status(text: str) -> bool:
        """Whether a paragraph without a label is the auditors' judgement on the recommendation: "Vi bedömer att rekommendationen är …"."""
        first = sentences(text)[0] if text else ""
        return bool(_OWN_VERDICT.match(first)) and "rekommendation" in first.lower() and parse_status(first) is not None

    def _listed(self, line: Line) -> bool:
        return line.kind == "item" or opens_like_one(line.text) or find_recommending(sentences(line.text)[0]) is not None

    def _open_list(self, line: Line) -> None:
        parts = sentences(line.text)
        self.listing = bool(parts) and bool(_RETOLD.search(parts[-1])) and line.kind == "paragraph"
        if self.listing:
            self._give_up()
            years = _YEAR.findall(line.text)
            self.year = int(years[-1]) if years else None

    def _wait(self, line: Line, text: str, rule: str) -> None:
        self.waiting.append(_Earlier(text.strip(), line.block, line.page, line.block.bbox, rule, None, self.year))

    def _judge(self, line: Line, text: str) -> None:
        """A status for all that wait, from a sentence that speaks of the recommendation."""
        short = len(text.split()) <= 6
        for part in [text] if short else sentences(text):
            status = parse_status(part) if short or _ABOUT.search(part) else None
            if status:
                self.found += [replace(e, status=Answer(status.value, status.phrase)) for e in self.waiting]
                self.waiting, self.judging = [], False
                return

    def _give_up(self) -> None:
        """Put down without a status what still waits."""
        self.found += self.waiting
        self.waiting, self.label, self.judging = [], False, False
