"""Answers that name their question by its number or letter: "2. Nej, …", "Bedömning av kontrollmål 3: …", "b) Rutinen följs inte"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from extractors.reports.audit_words import words
from extractors.reports.granskning_lines import Line, sentences
from extractors.reports.questions_found import NOUN, Asked, as_judgement, is_question, marker_number, read_answer, strip_label
from extractors.swedish.answers import Answer, parse_answer

_PLAIN = words("plain_answer")
_ANSWERING = re.compile(r"bedömning|slutsats|\bsvar", re.I)
RESTATED = 75.0
"""Similarity (0-100) from which a statement under the number of a question only says what is asked."""
_LABEL = words("answer_to_number")
_GROUP = words("answers_in_group")


@dataclass(frozen=True, slots=True)
class Numbered:
    """An answer and the one question asked under its number."""

    asked: Asked
    answer: Answer
    comment: str | None
    color: str | None


def heads_answers(headings: Sequence[str]) -> bool:
    """Whether what stands under these headings answers the questions: the last names them, one of them says it judges."""
    over = [h for h in headings if not is_question(h)]
    return bool(over) and bool(NOUN.search(over[-1])) and any(_ANSWERING.search(h) for h in over)


def asked_by_label(text: str, asked: Sequence[Asked]) -> tuple[Asked, str] | None:
    """The question that a label over a judgement names by its number, and what stands behind the label."""
    match = _LABEL.match(text) if asked else None
    question = _of_number(match["number"], asked) if match else None
    return (question, match["answer"] or "") if match and question else None


def answer_by_number(line: Line, asked: Sequence[Asked], *, answering: bool) -> Numbered | None:
    """The answer of a line that begins with a number; `answering`: it stands in a list of answers, so that its words judge."""
    if not asked:
        return None
    if labelled := asked_by_label(line.text, asked):
        return _judged(*labelled, sure=True)
    number = marker_number(line)
    text, number = (line.text, number) if number else strip_label(line.text)
    question = _of_number(number, asked)
    restated = question is not None and is_question(question.text) and fuzz.ratio(text.casefold(), question.text.casefold()) >= RESTATED
    listed = answering and not is_question(text) and not restated
    if question is None or not (listed or _PLAIN.match(text)):
        return None
    return _judged(question, text, sure=listed)


def grouped_answers(text: str, asked: Sequence[Asked]) -> list[Numbered]:
    """The answers of a paragraph that takes questions together: "Revisionsfråga 1 och 2 besvaras med ja. Revisionsfråga 3 …"."""
    found: list[Numbered] = []
    for sentence in sentences(text) if asked and ("besvara" in text or "bedöms" in text) else ():
        match = _GROUP.match(sentence)
        answer = parse_answer(match["rest"]) if match else None
        if match and answer:
            numbers = re.findall(r"\d{1,2}", match["numbers"])
            found += [Numbered(a, answer, sentence, None) for n in numbers if (a := _of_number(n, asked))]
    return found


def _judged(asked: Asked, text: str, *, sure: bool) -> Numbered | None:
    answer, comment, color = read_answer(text)
    if answer is None and sure:
        answer, comment = as_judgement(text), text
    return Numbered(asked, answer, comment, color) if answer else None


def _of_number(number: str, asked: Sequence[Asked]) -> Asked | None:
    of_number = [a for a in asked if number and a.number == number]
    return of_number[0] if len(of_number) == 1 else None
