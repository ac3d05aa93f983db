"""Revisionsfrågor with their answers: the list of the introduction tied to what tables, boxes and running text answer.

A question that is never answered is kept as `ej_bedomd` with a notice. The same question answered for several bodies is one
record per body. An answer in words counts before a sign; where they disagree a notice says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from extractors.layout.blocks import BBox, Table
from extractors.reports.context import Context
from extractors.reports.granskning_lines import Line, sentences
from extractors.reports.questions_asked import read_asked
from extractors.reports.questions_blocks import BlockAnswers
from extractors.reports.questions_found import Asked, Given
from extractors.reports.questions_prose import ProseAnswers, verdicts_of
from extractors.reports.questions_tables import read_answers
from extractors.swedish.answers import COLOUR_ANSWERS
from extractors.swedish.content import content_stems
from schema.records import AuditQuestion, Trace

SAME_QUESTION = 72.0
"""Similarity (0-100) at which the wording beside an answer is that of a question of the list."""

SAME_ROW = 96.0
"""Similarity (0-100) above which two rows of answers repeat one question."""
TABLE_RULE = "answer_table"
JUDGED_RULE = "answer_judged"
"""A judgement in running text under a question: it counts where no label, table or sign answers."""


@dataclass(slots=True)
class _Question:
    """A question with all answers found for it."""

    text: str
    number: str
    page: int
    bbox: BBox
    asked: Asked | None = None
    given: list[Given] = field(default_factory=list)


def read_questions(context: Context, lines: Sequence[Line]) -> tuple[AuditQuestion, ...]:
    """All questions of the report with their assessments."""
    asked = read_asked(lines)
    given: list[Given] = []
    for line in lines:
        if line.kind == "table":
            assert isinstance(line.block, Table)
            given += read_answers(context, line.block)
    given += BlockAnswers(context, asked).read(lines)
    questions = [_Question(a.text, a.number, a.page, a.bbox, a) for a in asked]
    for answer in given:
        _attach(answer, questions)
    return _records(context, questions, asked, lines)


def _attach(given: Given, questions: list[_Question]) -> None:
    """Put an answer to the question it answers, or open a question that only stands beside its answer."""
    best, score = None, 0.0
    for question in questions:
        if _in_other_row(given, question):
            continue
        alike = similarity(given.question, question.text)
        if given.number and given.number == question.number and alike >= 40:
            alike += 20
        if alike > score:
            best, score = question, alike
    if score < SAME_QUESTION and (named := _named_by(given, questions)):
        named.given.append(given)
    elif best is not None and score >= SAME_QUESTION:
        best.given.append(given)
    else:
        numbered = [q for q in questions if given.number and q.asked and q.number == given.number and not q.given]
        if len(numbered) == 1 and len(given.question.split()) < 5:
            numbered[0].given.append(given)
        elif given.settled or given.question.endswith("?"):
            questions.append(_Question(given.question, given.number, given.page, given.bbox, None, [given]))


def _named_by(given: Given, questions: list[_Question]) -> _Question | None:
    """The one unanswered question of the list that has all the words of a title beside an answer: "Slutredovisning av projekt"."""
    stems = content_stems(given.question)
    if len(stems) < 2 or given.question.endswith("?"):
        return None
    named = [q for q in questions if q.asked and not q.given and stems <= content_stems(q.text)]
    return named[0] if len(named) == 1 else None


def _in_other_row(given: Given, question: _Question) -> bool:
    """Whether a question opened by one row of a table is met in another row with other words: "… finansiella målen" and
    "… verksamhetsmålen" are two questions, however alike the rest of them is.
    """
    return question.asked is None and any(
        g.rule == given.rule == TABLE_RULE
        and abs(g.page - given.page) <= 1
        and g.organisation == given.organisation
        and fuzz.ratio(g.question.casefold(), given.question.casefold()) < SAME_ROW
        for g in question.given
    )


def similarity(a: str, b: str) -> float:
    """How alike two wordings of a question are, 0-100: by letters or by their content words."""
    letters = fuzz.ratio(a.casefold().strip(" ?."), b.casefold().strip(" ?."))
    left, right = content_stems(a), content_stems(b)
    if letters >= SAME_QUESTION or not left or not right:
        return letters
    return max(letters, 100 * len(left & right) / len(left | right))


def _records(context: Context, questions: list[_Question], asked: list[Asked], lines: Sequence[Line]) -> tuple[AuditQuestion, ...]:
    open_questions = [q for q in questions if not any(g.settled for g in q.given)]
    prose = ProseAnswers([a for a in asked if a.kind != "area"], verdicts_of(context, lines) if open_questions else [])
    records: list[AuditQuestion] = []
    for question in questions:
        if question.given:
            records += _from_given(context, question)
            continue
        assert question.asked
        if question.asked.kind == "area":
            continue
        answers = prose.answers(question.asked)
        for verdict, body in answers:
            records.append(
                _record(
                    context,
                    question,
                    Given(
                        question.text,
                        verdict.answer,
                        verdict.page,
                        verdict.block.bbox,
                        "answer_prose",
                        comment=verdict.sentence,
                        organisation=body,
                    ),
                    body,
                    0.6,
                )
            )
        if not answers and question.asked.kind == "question":
            records.append(_unanswered(context, question))
    return tuple(records)


def _from_given(context: Context, question: _Question) -> list[AuditQuestion]:
    """One record, or one per body where several bodies are named with their own answers."""
    per_body: dict[str | None, list[Given]] = {}
    for given in question.given:
        per_body.setdefault(given.organisation, []).append(given)
    named = [b for b in per_body if b]
    if len(named) < 2:
        per_body = {None: question.given}
    elif None in per_body:
        per_body.pop(None)
    return [_best(context, question, answers, body) for body, answers in per_body.items()]


def _best(context: Context, question: _Question, answers: list[Given], body: str | None) -> AuditQuestion:
    answers = [g for g in answers if g.rule != JUDGED_RULE and g.settled] or answers
    worded = [g for g in answers if g.answer and g.answer.phrase]
    settled = worded or [g for g in answers if g.settled]
    if not settled:
        return _unknown(context, question, answers[0], body)
    best = settled[0]
    for other in answers:
        if other.color and other.color in COLOUR_ANSWERS and best.answer and COLOUR_ANSWERS[other.color] != best.answer.value:
            context.notice("colour_words_differ", f"Färgen säger annat än orden: {question.text}", other.page, other.bbox)
            break
    sure = 0.75 if best.rule == JUDGED_RULE else 0.95 if worded else 0.85
    return _record(context, question, best, body, sure)


def _record(context: Context, question: _Question, given: Given, body: str | None, confidence: float) -> AuditQuestion:
    assert given.answer
    titled = question.text.endswith("?") and not given.question.endswith("?")
    text = given.question if len(given.question) >= 0.6 * len(question.text) and not titled else question.text
    return AuditQuestion(
        context.ids.next("audit_question"),
        Trace(given.page, given.bbox, given.rule, confidence),
        text,
        given.answer.value,
        question.number or given.number,
        body,
        given.answer.phrase or None,
        given.comment,
        given.color,
    )


def _unknown(context: Context, question: _Question, given: Given, body: str | None) -> AuditQuestion:
    """A question with an answer in words that no rule knows: kept as printed, with a notice."""
    words = given.printed or (sentences(given.comment)[0] if given.comment else "")
    code = "unknown_assessment" if words else "question_without_answer"
    context.notice(code, f"{words or 'Bedömning saknas'}: {question.text}", given.page, given.bbox)
    trace = Trace(given.page, given.bbox, given.rule, 0.5)
    return AuditQuestion(
        context.ids.next("audit_question"),
        trace,
        question.text,
        "ej_bedomd",
        question.number,
        body,
        words or None,
        given.comment,
        given.color,
    )


def _unanswered(context: Context, question: _Question) -> AuditQuestion:
    context.notice("question_without_answer", f"Ingen bedömning hittades: {question.text}", question.page, question.bbox)
    trace = Trace(question.page, question.bbox, "question_unanswered", 0.7)
    return AuditQuestion(context.ids.next("audit_question"), trace, question.text, "ej_bedomd", question.number)
