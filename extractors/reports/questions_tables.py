"""Answers in tables: question beside answer, a column per body, or a block of labelled rows per question."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from extractors.layout.blocks import Cell, Icon, Table
from extractors.reports.audit_words import words
from extractors.reports.context import Context
from extractors.reports.questions_found import Given, is_question, read_answer, strip_label
from extractors.reports.recommendations_tables import header_texts, is_followup_table
from extractors.swedish import names
from extractors.swedish.answers import COLOUR_ANSWERS, Answer, parse_answer
from extractors.swedish.recommending import fold_blanks

_QUESTION = words("question_column")
_ANSWER = words("answer_column")
_COMMENT = words("comment_column")
_PLAIN = words("plain_answer")
_JUDGING = re.compile(r"bedömning|^svar|slutsats", re.I)
_COMMENT_ROW = re.compile(r"^(?:vår |revisionens )?(?:kommentar(?:er)?|motivering|bedömning)\s*:?$", re.I)


def read_answers(context: Context, table: Table) -> list[Given]:
    """The answers that a table gives, empty where it is another kind of table."""
    if table.cols < 2:
        return []
    return list(_labelled_rows(context, table)) or list(_with_header(context, table)) or list(_stacked(context, table))


def _stacked(context: Context, table: Table) -> Iterator[Given]:
    """Boxes side by side, each with a question and its answer below: a question in one cell, a plain answer in the next one down."""
    if is_followup_table(table):
        return
    grid = table.grid()
    for col in range(table.cols):
        column = [row[col] for row in grid if row[col] is not None and _text(row[col])]
        for above, below in pairwise(column):
            assert above
            assert below
            if is_question(_text(above)) and _PLAIN.match(_text(below)):
                text, number = strip_label(_text(above))
                yield _given(context, table, (text, number, above), below)


def _labelled_rows(context: Context, table: Table) -> Iterator[Given]:
    """Rows "Revisionsfråga | …", "Bedömning | …", "Kommentar | …"."""
    question: tuple[str, str, Cell] | None = None
    answer_cell: Cell | None = None
    comment: str | None = None
    done: list[tuple[tuple[str, str, Cell], Cell | None, str | None]] = []
    for cells in table.grid():
        label, value = _text(cells[0]), next((c for c in cells[1:] if c and c is not cells[0]), None)
        if value is None:
            continue
        if re.match(r"^\W*(?:revisions|del|kontroll)(?:fråga|mål)\s*\d*:?$", label, re.I) and len(_text(value).split()) > 3:
            if question:
                done.append((question, answer_cell, comment))
            question, answer_cell, comment = (*strip_label(_text(value)), value), None, None
        elif question and re.match(r"^(?:vår |revisionell )?(?:bedömning|svar|resultat|slutsats)\b.{0,12}$", label, re.I):
            answer_cell = value
        elif question and _COMMENT.search(label):
            comment = _text(value)
    if question:
        done.append((question, answer_cell, comment))
    for (text, number, cell), value, told in done:
        if value is not None:
            yield _given(context, table, (text, number, cell), value, comment=told)


def _with_header(context: Context, table: Table) -> Iterator[Given]:
    heads = header_texts(table)
    short = dict(context.aliases)
    question_col = next((i for i, h in enumerate(heads) if _QUESTION.search(h) and len(h.split()) < 6), None)
    bodies = {i: b for i, h in enumerate(heads) if (b := names.body_in_heading(h, whole=True) or short.get(h))}
    answer_col = next((i for i, h in enumerate(heads) if i != question_col and _ANSWER.search(h)), None)
    grid = table.grid()
    first = max(1, table.header_rows)
    marks = {i: a for i, h in enumerate(heads) if i != question_col and h and len(h.split()) <= 4 and (a := parse_answer(h))}
    if question_col is not None and len(marks) >= 2:
        yield from _marked_rows(context, table, (question_col, marks), grid[first:])
        return
    if question_col is None and answer_col is None and not bodies:
        grid = [r for r in grid if not _text(r[0])[:1].islower()]  # the rest of a row that a broken table has lost the beginning of
        question_col, answer_col, first = _unheaded(grid)
    if question_col is None and answer_col is not None:
        question_col = next((i for i in range(answer_col) if any(is_question(_text(r[i])) for r in grid[first:])), None)
    if question_col is not None and answer_col is None and not bodies:
        answer_col = next((i for i in range(table.cols) if i != question_col and _all_plain(grid[first:], i)), None)
    if question_col is None or (answer_col is None and not bodies and table.cols != 2):
        return
    if answer_col is None and not bodies:
        answer_col = 1 - question_col if table.cols == 2 else None
    comment_col = next((i for i, h in enumerate(heads) if i not in (question_col, answer_col) and _COMMENT.search(h)), None)
    yield from _rows(context, table, (question_col, answer_col, comment_col), bodies if answer_col is None else {}, grid[first:])


def _all_plain(grid: list[list[Cell | None]], col: int) -> bool:
    """Whether a column holds nothing but short plain answers, two at least."""
    texts = [_text(row[col]) for row in grid if row[col] is not None and _text(row[col])]
    return len(texts) > 1 and all(len(t.split()) <= 4 and _PLAIN.match(t) for t in texts)


def _marked_rows(context: Context, table: Table, columns: tuple[int, dict[int, Answer]], grid: list[list[Cell | None]]) -> Iterator[Given]:
    """A column per grade ("Uppfyllt", "Delvis", "Ej uppfyllt") with a mark, a sign or a shade in one of them."""
    question_col, marks = columns
    for cells in grid:
        question = cells[question_col]
        if question is None or len(_text(question)) <= 8:
            continue
        marked = [i for i in marks if (c := cells[i]) is not None and (c.icons or re.fullmatch(r"(?i:x|✓|✔|●|ja|\uf0fc)", c.text.strip()))]
        if len(marked) == 1:
            text, number = strip_label(_text(question))
            answer = Answer(marks[marked[0]].value, header_texts(table)[marked[0]])
            yield Given(text, answer, question.page, question.bbox, "answer_columns", number, organisation=context.body_of(table))


def _unheaded(grid: list[list[Cell | None]]) -> tuple[int | None, int | None, int]:
    """Columns of a table without a header row whose first column holds questions and whose next holds answers."""
    for q in range(min(2, len(grid[0]) - 1) if grid else 0):
        asked = [r for r in grid if is_question(_text(r[q])) and (r[q + 1] is not None)]
        if asked and len(asked) >= 0.5 * len(grid) and all(read_answer(_text(r[q + 1]), r[q + 1].icons)[0] for r in asked):  # type: ignore[union-attr]
            return q, q + 1, 0
    return None, None, 1


def _rows(
    context: Context, table: Table, columns: tuple[int, int | None, int | None], bodies: dict[int, str], grid: list[list[Cell | None]]
) -> Iterator[Given]:
    question_col, answer_col, comment_col = columns
    pending: Given | None = None
    for cells in grid:
        question = cells[question_col]
        text = _text(question)
        if question is None or not text or _QUESTION.fullmatch(text) or _COMMENT_ROW.match(text):
            continue
        value = cells[answer_col] if answer_col is not None else None
        if answer_col is not None and (value is None or value is question):
            if pending is not None:
                pending = _with_comment(pending, text)
            continue
        if pending is not None:
            yield pending
            pending = None
        plain, number = strip_label(text)
        for col, body in bodies.items():
            cell = cells[col]
            if cell is not None and (cell.text.strip() or cell.icons):
                yield _given(context, table, (plain, number, question), cell, body=body)
        if value is not None and len(text) > 8:
            comment = _text(cells[comment_col]) if comment_col is not None else None
            given = _given(context, table, (plain, number, question), value, comment=comment)
            if given.settled or is_question(plain) or given.printed:
                pending = given
    if pending is not None:
        yield pending


def _with_comment(given: Given, text: str) -> Given:
    from dataclasses import replace

    return given if _COMMENT_ROW.match(text) else replace(given, comment=f"{given.comment} {text}" if given.comment else text)


def _given(
    context: Context, table: Table, question: tuple[str, str, Cell], value: Cell, *, comment: str | None = None, body: str | None = None
) -> Given:
    text, number, cell = question
    judging = body is None and value.col < table.cols and bool(_JUDGING.search(header_texts(table)[value.col]))
    answer, words, color = read_answer(_text(value), _told_signs(table, value) or _icons_by_fill(table, value), judging=judging)
    return Given(
        text,
        answer,
        cell.page,
        cell.bbox,
        "answer_table",
        number,
        comment or words,
        body or context.body_of(table),
        color,
        _text(value),
    )


def _told_signs(table: Table, cell: Cell) -> tuple[Icon, ...]:
    """The signs of a cell; crosses only where the table has ticks as well, else they may only mark what applies."""
    if any(i.shape == "tick" for c in table.cells for i in c.icons):
        return cell.icons
    return tuple(i for i in cell.icons if i.shape != "cross" or i.color in COLOUR_ANSWERS or i.meaning)


def _icons_by_fill(table: Table, cell: Cell) -> tuple[Icon, ...]:
    """For a shaded cell without words the sign of another cell of its column in the same shade."""
    if cell.fill is None or cell.text.strip():
        return ()
    return next((c.icons for c in table.cells if c.col == cell.col and c.fill == cell.fill and c.icons), ())


def _text(cell: Cell | None) -> str:
    return fold_blanks(cell.text) if cell else ""
