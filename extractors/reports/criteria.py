"""Revisionskriterier: what an audit measures against, as a list or in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.layout.blocks import Heading, Table
from extractors.reports.audit_words import words
from extractors.reports.context import Context
from extractors.reports.criteria_norms import has_norm, norms_in, starts_norm
from extractors.reports.granskning_lines import Line, sentences
from extractors.swedish.recommending import fold_blanks
from schema.records import AuditCriterion, Trace

_HEADING = words("criteria_heading")
_BY_WORDS = words("criteria_by_words")
_NAMED = words("criteria_named")
_DEMANDS = re.compile(
    r"\b(?:anger|anges|framgår|följer|föreskriver|stadgar|innebär|ska|skall|reglerar|kräver|enligt|syftar|gäller)\b", re.I
)
_METHOD = re.compile(r"intervju|stickprov|enkät|dokumentstud|urval", re.I)
_MIXED = re.compile(r"kriteri|bedömningsgrund", re.I)
_LEAD = words("criteria_lead")
_SENTENCES = tuple(
    map(words, ("criteria_used", "criteria_starting_point", "criteria_as_subject", "measured_against", "criteria_are_ground"))
)
_UNDER_HEADING = words("judged_from")
_TAIL = words("criterion_tail")
_NEXT = words("next_criterion")


def read_criteria(context: Context, lines: Sequence[Line]) -> tuple[AuditCriterion, ...]:
    """All criteria of the report, once each, in order."""
    found: list[tuple[str, Line]] = []
    reader = _CriteriaReader(context, found)
    for index, line in enumerate(lines):
        reader.read(line, lines[index + 1] if index + 1 < len(lines) else None)
    if not found:
        paragraphs = [line for line in lines if line.kind == "paragraph"]
        found += [(item, line) for line in paragraphs if _MIXED.search(line.text) for item in _in_sentences(line.text)]
        if not found:
            early = [line for line in paragraphs if line.page <= 1 + len(context.report.pages) / 2]
            found += [(item, line) for line in early for part in sentences(line.text) if _NAMED.search(part) for item in _named(part)]
    seen: dict[str, tuple[str, Line]] = {}
    for text, line in found:
        seen.setdefault(text.casefold().strip(" ."), (text, line))
    return tuple(
        AuditCriterion(context.ids.next("audit_criterion"), Trace(line.page, line.block.bbox, "criteria", 0.9), text)
        for text, line in seen.values()
    )


class _CriteriaReader:
    """Lines under a heading or after a lead-in of criteria, until something else begins."""

    def __init__(self, context: Context, found: list[tuple[str, Line]]) -> None:
        self.context, self.found = context, found
        self.open = self.heading = self.loose = self.listed = False
        self.first_marker: bool | None = None

    def read(self, line: Line, following: Line | None) -> None:
        if line.kind == "heading":
            assert isinstance(line.block, Heading)
            self.first_marker, self.listed = None, False
            self.heading = bool(_HEADING.search(line.text)) or (bool(_MIXED.search(line.text)) and "fråg" not in line.text.lower())
            self.loose = not self.heading and bool(_BY_WORDS.search(line.text))
            self.heading = self.heading or self.loose
            self.open = self.heading
        elif line.kind == "paragraph":
            self._paragraph(line, following)
        elif line.kind == "item" and self.open and self._same_list(line) and (not self.loose or has_norm(line.text)):
            if not line.text.endswith("?"):
                self.found.append((line.text, line))
                self.listed = True
        elif line.kind == "table" and self.heading:
            assert isinstance(line.block, Table)
            self._table(line)

    def _same_list(self, line: Line) -> bool:
        """Whether an item has the kind of marker that the list began with: a numbered footnote after bullets is no criterion."""
        numbered = getattr(line.block, "marker", "")[:1].isdigit()
        if self.first_marker is None:
            self.first_marker = numbered
        return numbered == self.first_marker

    def _paragraph(self, line: Line, following: Line | None) -> None:
        lead = sentences(line.text)[-1] if line.text else ""
        if _LEAD.search(lead) and (self.heading or _MIXED.search(lead)):
            self.open = True
        elif _HEADING.search(line.block.lead):
            self.open = True
            self.found += [(item, line) for item in _in_sentences(line.text, headed=True)]
        elif self.heading and not self.listed:
            listed = following is not None and following.kind == "item"
            if not listed and not any(f[1].block is line.block for f in self.found):
                self.found += [(item, line) for item in _in_sentences(line.text, headed=True)]
        else:
            self.open = False

    def _table(self, line: Line) -> None:
        """The column of a table that names most norms, the first of equal ones."""
        assert isinstance(line.block, Table)
        grid = line.block.grid()[line.block.header_rows :]
        columns = [[c for row in grid if (c := row[i]) is not None and c.col == i and not c.header] for i in range(line.block.cols)]
        named = [sum(has_norm(c.text) for c in cells) for cells in columns]
        at = named.index(max(named)) if named else 0
        if not columns or (self.loose and not named[at]):
            return
        for cell in columns[at]:
            text = fold_blanks(cell.text)
            title = cell.row == 0 and named[at] > 1 and not has_norm(text)
            if text and not title and not _MIXED.search(text):
                self.found.append((text, line))


def _in_sentences(text: str, *, headed: bool = False) -> list[str]:
    """The criteria that a paragraph names in running sentences; `headed`: it stands under a heading of criteria."""
    found: list[str] = []
    for sentence in sentences(text):
        match = next((m for p in ((*_SENTENCES, _UNDER_HEADING) if headed else _SENTENCES) if (m := p.search(sentence))), None)
        if match:
            found += _split(match["list"])
        elif headed:
            found += _named(sentence)
    return found


def _named(sentence: str) -> list[str]:
    """The norms that a sentence measures against, none where it tells what a norm demands or how one went about it."""
    return [] if _METHOD.search(sentence) or _DEMANDS.search(sentence) else norms_in(sentence)


def _split(listed: str) -> list[str]:
    """A, B and C of "A, B samt C"; a comma or "och" inside a name ("lagen om stöd och service") does not split it."""
    text = _TAIL.sub("", listed.strip(" .:"))
    parts = [text]
    for separator in (r";\s+", r"\s+samt\s+", r",\s+(?:och\s+)?", r"\s+och\s+"):
        parts = [piece for part in parts for piece in _split_at(separator, part)]
    return [re.sub(r"^(?:även|bland annat|dels|främst) ", "", p, flags=re.I).strip(" .") for p in parts if len(p) > 3]


def _split_at(separator: str, text: str) -> list[str]:
    pieces = re.split(separator, text)
    joined = [pieces[0]]
    between = re.findall(separator, text)
    for glue, piece in zip(between, pieces[1:], strict=True):
        if not joined[-1].endswith("-") and ("samt" in glue or ";" in glue or _NEXT.match(piece) or starts_norm(joined[-1], piece)):
            joined.append(piece)
        else:
            joined[-1] += glue + piece
    return joined
