"""The list of revisionsfrågor (delfrågor, kontrollmål) in the introduction of an audit report."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.layout.blocks import Table
from extractors.reports.audit_words import words
from extractors.reports.granskning_lines import Line, sentences
from extractors.reports.questions_found import NOUN, Asked, AskedKind, is_question, marker_number, strip_label
from extractors.swedish.recommending import fold_blanks

_LEAD = re.compile(r"[:;]$|\bföljande\b[^.]*[.:]?$|\b(?:nedan|enligt nedan)\b[^.]*[.:]$", re.I)
_TO_READER = words("question_to_reader")
_STATEMENTS = re.compile(r"kontrollmål|granskningsmål|delsyfte|kontrollområde|påstående|delmål", re.I)
_ONLY = re.compile(r"^(?:revisions|kontroll|gransknings|del)frågor(?:na)?$", re.I)
_INLINE = words("question_inline")
_INDIRECT = words("question_indirect")
_AREAS = words("areas_announced")
_ANSWERS = words("answers_announced")
_VERB = re.compile(r"\w\s(?:är|finns|har|sker|följs|görs|fungerar|dokumenteras|uppdateras|kontrolleras)\b", re.I)
_INDIRECT_ITEM = re.compile(r"(?:[a-h]\)|\d{1,2}[.)])?\s*(?:om|huruvida)\b", re.I)
_WANTED = words("questions_wanted")
_ANNOUNCED = words("question_announced")


def read_asked(lines: Sequence[Line]) -> list[Asked]:
    """All questions asked, once each, in order."""
    reader = _AskedReader()
    for index, line in enumerate(lines):
        reader.read(line, lines[index + 1] if index + 1 < len(lines) else None)
    seen: dict[str, Asked] = {}
    for asked in reader.found:
        seen.setdefault(asked.text.casefold().strip(" ?."), asked)
    return list(seen.values())


class _AskedReader:
    """Opens at a lead-in or heading that names questions, takes items and question paragraphs, closes at anything else."""

    def __init__(self) -> None:
        self.found: list[Asked] = []
        self.open = False
        self.statements = False
        self.by_heading = False

    def read(self, line: Line, following: Line | None) -> None:
        if line.kind == "heading":
            wanted = bool(_WANTED.search(line.text))
            self.open = self.by_heading = wanted or (bool(NOUN.search(line.text)) and not is_question(line.text))
            self.statements = bool(_STATEMENTS.search(line.text) or _ONLY.match(line.text))
        elif line.kind == "paragraph":
            self._paragraph(line, following)
        elif line.kind == "item" and self.open:
            self._take(line)
        elif line.kind == "table" and self.open:
            self._table(line)

    def _in_text(self, line: Line) -> bool:
        """Take the questions asked in running text; whether the paragraph ends with them."""
        if "?" in line.text and (inline := _INLINE.search(line.text)):
            for question in filter(is_question, sentences(inline["q"])):
                self._add(question.lstrip("–•- "), line)
            return is_question(line.text)
        indirect = _INDIRECT.search(line.text) if "fråga" in line.text or self.open else None
        if indirect and (indirect["noun"] or (self.open and self.by_heading)):
            self._add(indirect["q"], line, "indirect")
            return is_question(line.text)
        announced = _announced(line.text) if "?" in line.text else []
        for question in announced:
            self._add(question, line)
        return bool(announced)

    def _paragraph(self, line: Line, following: Line | None) -> None:
        if self._in_text(line):
            return
        last = sentences(line.text)[-1] if line.text else ""
        if _AREAS.search(last):
            self.open, self.by_heading, self.statements = True, False, True
        elif _ANSWERS.search(last) and not (following and is_question(following.text)):
            self.open = self.by_heading = False
        elif NOUN.search(last) and _LEAD.search(last) and not is_question(last):
            self.open, self.by_heading = True, False
            self.statements = bool(_STATEMENTS.search(last)) or not (following and is_question(following.text))
        elif (self.open and is_question(line.text) and len(line.text) < 500) or (
            self.open and line.block.lead and NOUN.search(line.block.lead)
        ):
            self._take(line)
        elif not (self.open and following and is_question(following.text)):  # else it answers the question above, and one more follows
            self.open = self.by_heading and not self.found

    def _take(self, line: Line) -> None:
        if not is_question(line.text) and self._answers_by_number(line):
            return
        if line.kind == "item" and self.statements and _is_area(line.text):
            self._add(line.text, line, "area")
        elif is_question(line.text) or (self.statements and _is_statement(line.text)):
            listed = re.split(r"(?<=\?)\s+(?=(?:[a-h]|\d{1,2})[).]\s)", line.text)
            questions = [s for s in sentences(line.text) if is_question(s)]
            if len(listed) > 1:
                for question in filter(is_question, listed):
                    self._add(question, line)
            elif len(questions) > 1 and len(questions) == len(sentences(line.text)) and line.kind == "paragraph":
                for question in questions:
                    self._add(question, line)
            else:
                self._add(line.text, line)

    def _table(self, line: Line) -> None:
        """Questions set out in a table without answers."""
        assert isinstance(line.block, Table)
        if line.block.cols <= 2:
            for cell in line.block.cells:
                if is_question(cell.text) and all(not c.text.strip() or c.col <= cell.col for c in line.block.cells if c.row == cell.row):
                    text, number = strip_label(cell.text)
                    self.found.append(Asked(text, number, cell.page, cell.bbox))

    def _answers_by_number(self, line: Line) -> bool:
        """Whether an item bears the number of a question asked before: then it is the answer to it."""
        number = marker_number(line)
        return bool(number) and any(a.number == number and is_question(a.text) for a in self.found)

    def _add(self, text: str, line: Line, kind: AskedKind = "question") -> None:
        if _TO_READER.search(text):
            return
        folded = fold_blanks(text)
        plain, number = strip_label(re.sub(r"[,;](?: samt| och)?$|\.$", "", folded) if _INDIRECT_ITEM.match(folded) else folded)
        self.found.append(Asked(plain, number or marker_number(line), line.page, line.block.bbox, kind))


def _is_area(text: str) -> bool:
    """Whether an item names an area that is judged ("Riskbedömning", "Uppföljning och kontroll"): a few words without a verb."""
    return len(text.split()) <= 6 and not _VERB.search(text) and not re.search(r"[.:?]$|^(?:om|att|hur|vad|vilk\w+)\b", text, re.I)


def _is_statement(text: str) -> bool:
    """Whether an item says something that can hold or not; one of three words needs a verb: "Tillsynen är dokumenterad"."""
    count = len(text.split())
    return count > 3 or (count == 3 and bool(_VERB.search(text)))


def _announced(text: str) -> list[str]:
    """Questions that follow in the same paragraph on a sentence that announces them: "Vi har sökt svar på två frågor. Finns …? Är …?"."""
    parts = sentences(text)
    starts = [i for i, part in enumerate(parts[:-1]) if not is_question(part) and is_question(parts[i + 1])]
    if not starts or not _ANNOUNCED.search(parts[starts[0]]):
        return []
    end = next((i for i in range(starts[0] + 1, len(parts)) if not is_question(parts[i])), len(parts))
    return parts[starts[0] + 1 : end]
