"""Answers outside tables: a question as heading or behind its label, and the judgement further down under it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from extractors.layout.blocks import Heading, Icon
from extractors.reports.audit_words import words
from extractors.reports.context import Context
from extractors.reports.granskning_lines import Line, sentences
from extractors.reports.questions_found import (
    LABEL,
    ONLY_LABEL,
    ONLY_NOUN,
    SHORT_ANSWER,
    Asked,
    Given,
    is_question,
    read_answer,
    same_words,
    with_contrast,
)
from extractors.reports.questions_numbered import answer_by_number, asked_by_label, grouped_answers, heads_answers
from extractors.swedish.answers import Answer, judge_sentence, parse_answer

_JUDGEMENT = words("judgement_label")
_PLAIN = words("plain_answer")
_REMARK = words("remark_label")
_AT_END = words("judgement_at_end")
_WANTED = words("questions_wanted")
_JUDGED = words("judgement_paragraph")
_UNPOLAR = words("open_question")


@dataclass(slots=True)
class _Open:
    """A question whose answer has not come yet."""

    text: str
    number: str
    line: Line
    level: int
    judging: bool = False
    icons: list[Icon] = field(default_factory=list)
    given: Given | None = None
    judged: list[tuple[Line, Answer]] = field(default_factory=list)
    """Paragraphs under a question of yes or no in which a sentence begins with the auditors' judgement."""


class BlockAnswers:
    """Goes through the lines once; each question takes the first judgement under it."""

    def __init__(self, context: Context, asked: Sequence[Asked]) -> None:
        """`asked`: the questions of the introduction, by which a heading is known as one of them."""
        self.context, self.asked = context, asked
        self.found: list[Given] = []
        self.open: _Open | None = None
        self.label_number: str | None = None
        self.following: Line | None = None
        self.answering = False
        """Whether a numbered list that stands here answers the questions."""

    def read(self, lines: Sequence[Line]) -> list[Given]:
        """The answers given outside tables, in order."""
        for index, line in enumerate(lines):
            self.following = lines[index + 1] if index + 1 < len(lines) else None
            if line.kind == "heading":
                self._heading(line)
            elif line.kind == "icon":
                assert isinstance(line.block, Icon)
                self._icon(line.block)
            elif line.kind in ("paragraph", "item"):
                self._text(line)
        self._close()
        return self.found

    def _heading(self, line: Line) -> None:
        assert isinstance(line.block, Heading)
        self.answering = heads_answers([h.text for h in self.context.headings_of(line.block)[-3:]])
        question = self._question_of(line)
        if question:
            self._start(line, *question, level=line.block.level)
        elif by_label := asked_by_label(line.text, self.asked):
            if not self._by_number(line):
                self._start(line, by_label[0].text, by_label[0].number, level=line.block.level)
                assert self.open
                self.open.judging = True
        elif (head := _JUDGEMENT.match(line.text)) and self._is_judgement(line):
            assert self.open
            self.open.judging = True
            inline = line.text[head.end() :].strip(" :")
            if inline and parse_answer(inline):
                self._take(line, inline)
        elif self.open and self.open.given is None and _PLAIN.match(line.text):
            self._take(line, line.text)
        elif only := ONLY_LABEL.match(line.text):
            self._close()
            self.label_number = only["number"]
        elif self.open and line.block.level <= self.open.level:
            self._close()
        elif self.open:
            self.open.judging = False

    def _is_judgement(self, line: Line) -> bool:
        """Whether a heading stands over the judgement of the open question: deeper than it, or nothing but the word."""
        assert isinstance(line.block, Heading)
        count = len(line.text.split())
        if self.open is None or count > 8:
            return False
        return line.block.level > self.open.level or (line.block.level == self.open.level and not line.block.number and count <= 4)

    def _question_of(self, line: Line) -> tuple[str, str] | None:
        """(question, number) where a line is a question behind its label, or a heading in the words of one of those asked."""
        match = LABEL.match(self._with_colon(line))
        if match and (is_question(match["text"]) or match["number"] or self._asked_like(match["text"])):
            return re.sub(r"\s*\.$", "", match["text"]).strip(), match["number"] or ""
        if line.kind == "heading" and not _WANTED.search(line.text):
            if is_question(line.text) or self._asked_like(line.text):
                return line.text, ""
            if area := next((a for a in self.asked if a.kind == "area" and same_words(a.text, line.text)), None):
                return area.text, area.number
        return None

    @staticmethod
    def _with_colon(line: Line) -> str:
        """A line whose bold beginning is a label without a colon, with one: "**Revisionsfråga** Finns …?"."""
        lead = line.block.lead.strip()
        if lead and ONLY_NOUN.match(lead) and line.text.startswith(lead):
            return f"{lead.rstrip(':')}: {line.text[len(lead) :].lstrip(' :')}"
        return line.text

    def _asked_like(self, text: str) -> bool:
        return len(text.split()) >= 3 and any(
            fuzz.ratio(text.casefold().strip(" .?"), a.text.casefold().strip(" .?")) >= 85 for a in self.asked if a.kind != "area"
        )

    def _by_number(self, line: Line) -> bool:
        """Take "2. Nej, planen är inaktuell." or "Fråga 2: Nej" as the answer to the one question asked under that number."""
        single = answer_by_number(line, self.asked, answering=self.answering)
        told = [single] if single else grouped_answers(line.text, self.asked)
        if told:
            self._close()
        for one in told:
            rest = (one.asked.number, one.comment, self.context.body_of(line.block), one.color)
            self.found.append(Given(one.asked.text, one.answer, line.page, line.block.bbox, "answer_by_number", *rest))
        return bool(told)

    def _text(self, line: Line) -> None:
        if self._by_number(line):
            return
        only = ONLY_LABEL.match(line.text)
        if only:
            self.label_number = only["number"]
            return
        if self.label_number and line.kind == "paragraph" and (asked := self._asked_under(self.label_number, line)):
            self._start(line, asked.text, asked.number, level=self._level(line))
            self.label_number = None
        question = self._question_of(line) if line.kind == "paragraph" else None
        if question is None and (line.kind == "paragraph" or self._answered_below(line)) and self._unlabelled(line):
            question = (line.text, self.label_number or "")
        self.label_number = None
        if question:
            self._asked_here(line, *question)
            return
        if self.open is None:
            return
        head = _JUDGEMENT.match(line.text)
        if head and (head["colon"] or line.block.lead):
            self.open.judging = True
            rest = line.text[head.end() :].strip(" :")
            if rest:
                self._take(line, rest)
        elif self.open.given is not None and self.open.given.comment is None:
            self._comment(line)
        elif self.open.given is None and (self.open.judging or self.answering or _PLAIN.match(line.text)):
            self._take(line, line.text)
        elif self.open.given is None:
            self._unlabelled_judgement(line)

    def _unlabelled_judgement(self, line: Line) -> None:
        """A judgement at the end of a paragraph behind its label, or a sentence that begins with "Vår bedömning är att"."""
        assert self.open
        if ":" in line.text and (end := _AT_END.search(line.text)):
            self._take(line, end["a"])
            return
        if remark := _REMARK.match(line.text):
            self._remark(line, line.text[remark.end() :].strip())
            return
        asking = self.open.line.kind == "heading" and is_question(self.open.text) and not _UNPOLAR.match(self.open.text)
        if (asking or self._asked_like(self.open.text)) and line.kind == "paragraph":
            parts = sentences(line.text)
            judged = next((with_contrast(parts, i) for i, s in enumerate(parts) if _JUDGED.match(s)), None)
            if judged and (answer := judge_sentence(judged)):
                self.open.judged.append((line, answer))

    def _remark(self, line: Line, text: str) -> None:
        """What a remark says of the question above it: it counts where nothing is called a judgement."""
        assert self.open
        if text and is_question(self.open.text) and (answer := read_answer(text)[0]):
            self.open.judged.append((line, answer))

    def _take_judged(self) -> None:
        """The last of the judgements under a question; where they disagree the question is kept without an answer."""
        assert self.open
        line, answer = self.open.judged[-1]
        agreed = answer if len({a.value for _, a in self.open.judged}) == 1 else None
        body = self.context.body_of(line.block)
        comment = line.text if agreed else None
        self.open.given = Given(self.open.text, agreed, line.page, line.block.bbox, "answer_judged", self.open.number, comment, body)

    def _asked_here(self, line: Line, question: str, number: str) -> None:
        """Begin a question; one paragraph may hold its answer too: "Finns rutiner? Bedömning: Ja"."""
        inline = re.search(r"\?\s*(?:bedömning|svar)\s*:\s*(.+)$", question, re.I)
        self._start(line, question[: inline.start() + 1] if inline else question, number, level=self._level(line))
        if inline:
            self._take(line, inline[1])

    def _asked_under(self, number: str, line: Line) -> Asked | None:
        """The one question asked under a number whose label stands alone, where the line after it is not the question itself."""
        asked = [a for a in self.asked if a.number == number]
        if len(asked) != 1 or fuzz.ratio(asked[0].text.casefold(), line.text.casefold()) >= 60 or is_question(line.text):
            return None
        return asked[0]

    def _unlabelled(self, line: Line) -> bool:
        """Whether a paragraph is the question whose label stood in the line before, or one of those asked."""
        if self.label_number:
            return len(line.text.split()) <= 40
        return is_question(line.text) and self._bold_question(line)

    def _answered_below(self, line: Line) -> bool:
        """Whether an item is followed by one set in below it that can be its answer."""
        below = self.following
        return self.answering and below is not None and below.kind == "item" and below.depth > line.depth and not is_question(below.text)

    def _bold_question(self, line: Line) -> bool:
        return self._asked_like(line.text) if line.block.style.bold else any(fuzz.ratio(line.text, a.text) >= 97 for a in self.asked)

    def _level(self, line: Line) -> int:
        headings = self.context.headings_of(line.block)
        return headings[-1].level if headings else 0

    def _icon(self, icon: Icon) -> None:
        if self.open and not icon.in_key:
            self.open.icons.append(icon)

    def _start(self, line: Line, text: str, number: str, *, level: int) -> None:
        self._close()
        self.open = _Open(text, number, line, level)

    def _take(self, line: Line, text: str) -> None:
        assert self.open
        answer, comment, color = read_answer(text, tuple(self.open.icons), judging=self.answering)
        if answer is None and len(text.split()) > SHORT_ANSWER and not self.open.icons:
            return
        printed = text if len(text.split()) <= SHORT_ANSWER else ""
        if answer is None and not printed:
            return
        self.open.given = Given(
            self.open.text,
            answer,
            line.page,
            line.block.bbox,
            "answer_block",
            self.open.number,
            comment,
            self.context.body_of(line.block),
            color,
            printed,
        )

    def _comment(self, line: Line) -> None:
        from dataclasses import replace

        assert self.open
        assert self.open.given
        self.open.given = replace(self.open.given, comment=line.text)

    def _close(self) -> None:
        """Put down the open question: with its answer, or by a sign that stands alone under it."""
        if self.open is None:
            return
        if self.open.given is None and self.open.judged and not self.open.icons:
            self._take_judged()
        if self.open.given is None and self.open.icons:
            self._take(self.open.line, "")
            if self.open.given is None:
                answer, _, color = read_answer("", tuple(self.open.icons))
                self.open.given = Given(
                    self.open.text, answer, self.open.line.page, self.open.line.block.bbox, "answer_icon", self.open.number, color=color
                )
        if self.open.given is not None:
            self.found.append(self.open.given)
        self.open = None
