"""The forms in which records stand in a report: goals with lights, activities, indicators, data tables; and the list of all forms."""

from __future__ import annotations

import re
from typing import Any

from corpus.make.content import Content, Form
from corpus.make.forms_audit import criteria, followups, per_body, questions, recommendations
from corpus.make.forms_cells import chosen, head_cell, light, number
from corpus.make.model import Block, Cell, Chart, Heading, Items, Layout, Para, Table

STATUS_WORDS = {"genomford": "Genomförd", "pagar": "Pågår", "ej_paborjad": "Ej påbörjad", "avbruten": "Avbruten"}
STATUS_COLORS = {"genomford": "green", "pagar": "yellow", "ej_paborjad": "red", "avbruten": "grey"}


def goals(content: Content, layout: Layout, words: list[str], options: dict[str, str]) -> list[Block]:
    """Goals with their assessment; `as=` malanalys, status, lista, rubrik, ruta or ord."""
    records = chosen(content, "goals", words)
    return GOAL_FORMS[options.get("as", "malanalys")](records, layout)


def _goal_analysis(records: list[dict[str, Any]], layout: Layout) -> list[Block]:
    shaded = layout.icons == "shade"
    rows: list[tuple[Cell, ...]] = []
    for goal in records:
        color = goal.get("color")
        if shaded:
            rows.append((Cell("", fill=color), Cell(goal["goal"], bold=True), Cell(goal["analysis"])))
        else:
            rows.append((Cell(goal["goal"], bold=True, icon=color), Cell(goal["analysis"])))
    head: tuple[str, ...] = ("Mål", "Analys")
    widths: tuple[float, ...] = (2.2, 5.8)
    if shaded:
        head, widths = ("", *head), (0.35, *widths)
    return [Table((tuple(head_cell(h) for h in head),), tuple(rows), widths)]


def _goal_status(records: list[dict[str, Any]], layout: Layout) -> list[Block]:
    head = (head_cell("Nämndens mål"), head_cell("Status", "center"), head_cell("Kommentar"))
    rows = tuple(
        (Cell(g["goal"]), light(g.get("color"), layout, words=g.get("assessment_text", "")), Cell(g.get("analysis", ""))) for g in records
    )
    return [Table((head,), rows, (3, 0.9, 4))]


def _goal_list(records: list[dict[str, Any]], layout: Layout) -> list[Block]:
    head = (head_cell("Nämnd eller bolag"), head_cell("Mål"), head_cell("Bedömning", "center"))
    rows = tuple(
        (Cell(g["organisation"]), Cell(g["goal"]), light(g.get("color"), layout, words=g.get("assessment_text", ""))) for g in records
    )
    return [Table((head,), rows, (2.2, 4.6, 1.2))]


def _goal_heading(records: list[dict[str, Any]], layout: Layout) -> list[Block]:
    blocks: list[Block] = []
    for goal in records:
        blocks.append(Heading(3, goal["goal"], icon=goal.get("color") if layout.icons != "shade" else None))
        if layout.icons == "shade" and goal.get("color"):
            blocks.append(Table((), ((Cell("Bedömning", bold=True), Cell("", fill=goal["color"])),), (2, 1)))
        blocks += [Para(line) for line in goal["analysis"].split("\n")]
    return blocks


def _goal_box(records: list[dict[str, Any]], layout: Layout) -> list[Block]:
    blocks: list[Block] = []
    for goal in records:
        blocks.append(Table((), ((Cell(goal["goal"], bold=True, fill="#DCE6F1", icon=goal.get("color")),),), (1,)))
        blocks += [Para(line) for line in goal["analysis"].split("\n")]
    return blocks


def _goal_finance(records: list[dict[str, Any]], layout: Layout) -> list[Block]:
    head = (head_cell("Finansiellt mål"), head_cell("Utfall"), head_cell("Bedömning"))
    rows = tuple((Cell(g["goal"]), Cell(g["outcome"]), Cell(g["assessment_text"])) for g in records)
    return [Table((head,), rows, (5, 1.4, 1.4))]


def _goal_prose(records: list[dict[str, Any]], layout: Layout) -> list[Block]:
    """The body named in the goal's own line, the verdict in prose: no light anywhere."""
    blocks: list[Block] = []
    for goal in records:
        blocks.append(Para(goal["goal"], "bold"))
        blocks += [Para(line) for line in goal["analysis"].split("\n")]
    return blocks


GOAL_FORMS = {
    "finans": _goal_finance,
    "ord": _goal_prose,
    "malanalys": _goal_analysis,
    "status": _goal_status,
    "lista": _goal_list,
    "rubrik": _goal_heading,
    "ruta": _goal_box,
}


def activities(content: Content, layout: Layout, words: list[str], options: dict[str, str]) -> list[Block]:
    """Activities with status and progress."""
    records = chosen(content, "activities", words)
    named = options.get("status", "ord") == "ord"
    head = (head_cell("Aktivitet"), head_cell("Status"), head_cell("Färdiggrad"), head_cell("Kommentar"))
    rows = []
    for record in records:
        status = record["status"]
        cell = (
            Cell(STATUS_WORDS[status])
            if named or layout.icons in ("shade", "words")
            else light(STATUS_COLORS[status], layout, STATUS_WORDS[status])
        )
        rows.append(
            (Cell(record["activity"]), cell, Cell(f"{record['progress']} %", bar=record["progress"]), Cell(record.get("comment", "")))
        )
    return [Table((head,), tuple(rows), (3.2, 1.3, 1.3, 2.6))]


def indicators(content: Content, layout: Layout, words: list[str], options: dict[str, str]) -> list[Block]:
    """A table of indicators with unit and values."""
    blocks: list[Block] = []
    for record in chosen(content, "indicators", words):
        head = (head_cell(options.get("head", "Nyckeltal")), *(head_cell(column, "right") for column in record["columns"]))
        rows = []
        for name, unit, *values in record["rows"]:
            figures = [number(v, layout, _decimals(v)) + (f"\u00a0{unit}" if unit and not isinstance(v, str) else "") for v in values]
            rows.append((Cell(name), *(Cell(figure, align="right") for figure in figures)))
        blocks.append(Table((head,), tuple(rows), (3.2, *(1.1 for _ in record["columns"])), title=record.get("title", "")))
    return blocks


def _decimals(value: float | int | str) -> int:
    return 0 if isinstance(value, (str, int)) else len(str(value).partition(".")[2])


def data_table(content: Content, layout: Layout, words: list[str], options: dict[str, str]) -> list[Block]:
    """Data tables: `columns` with `|` for line breaks, `groups` over them, rows whose single label is a group row."""
    return [_data_table(record, layout) for record in chosen(content, "tables", words)]


def _data_table(record: dict[str, Any], layout: Layout) -> Table:
    columns = record["columns"]
    decimals = record.get("decimals", 0)
    head: list[tuple[Cell, ...]] = []
    label = record.get("label", "")
    if record.get("groups"):
        head.append((head_cell(""), *(head_cell(text, "center", cols) for text, cols in record["groups"])))
    head.append((head_cell(label), *(head_cell(column, "right") for column in columns)))
    rows, bold = [], set()
    for i, row in enumerate(record["rows"]):
        values = [*row[1:], *[""] * (len(columns) + 1 - len(row))]
        strong = row[0] in record.get("bold", []) or len(row) == 1
        if strong:
            bold.add(i)
        text_columns = record.get("text_columns", [])
        cells = [
            Cell(number(v, layout, decimals), bold=strong, align="left" if j in text_columns else "right") for j, v in enumerate(values)
        ]
        rows.append((Cell(row[0], bold=strong), *cells))
    widths = tuple(record.get("widths", (3.0, *(1.1 for _ in columns))))
    return Table(tuple(head), tuple(rows), widths, title=record.get("caption", ""), role="data", bold_rows=frozenset(bold))


def assignments(content: Content, layout: Layout, words: list[str], options: dict[str, str]) -> list[Block]:
    """Assignments as printed sentences in a list, or as a table with status."""
    records = chosen(content, "assignments", words)
    if options.get("as") == "tabell":
        head = (head_cell("Uppdrag"), head_cell("Ansvarig"), head_cell("Status"))
        return [
            Table(
                (head,), tuple((Cell(a["text"]), Cell(a["organisation"]), Cell(STATUS_WORDS[a["status"]])) for a in records), (5, 2.2, 1.2)
            )
        ]
    return [Items(tuple(a.get("printed", a["text"]) for a in records))]


def area(content: Content, layout: Layout, words: list[str], options: dict[str, str]) -> list[Block]:
    """One evaluated area: a box with headings and score, text, and two columns of strengths and improvements."""
    blocks: list[Block] = []
    for a in chosen(content, "areas", words):
        blocks.append(Heading(2, f"Område {a['number']} {a['name']}"))
        rubrics = Cell("\n".join(f"- {rubric}" for rubric in a["rubrics"]))
        head = (head_cell("Rubriker"), head_cell("Poäng", "center"))
        blocks.append(Table((head,), ((rubrics, Cell(str(a["score"]), bold=True, align="center")),), (5, 1)))
        blocks += [Para(line) for line in a["text"].strip().split("\n")]
        points = tuple(Cell("\n".join(f"- {text}" for text in a[key])) for key in ("strengths", "improvements"))
        blocks.append(Table(((head_cell("Styrkor"), head_cell("Förbättringsområden")),), (points,), (1, 1)))
    return blocks


def chart(content: Content, layout: Layout, words: list[str], options: dict[str, str]) -> list[Block]:
    """A bar chart: `title=...`, then `label:value` words."""
    pairs = [re.split(":", word) for word in words]
    return [Chart(options["title"], tuple(p[0] for p in pairs), tuple(float(p[1]) for p in pairs))]


def legend(content: Content, layout: Layout, words: list[str], options: dict[str, str]) -> list[Block]:
    """A key to the lights: `color:text` words."""
    pairs = [word.split(":", 1) for word in words]
    if layout.icons == "words":
        return []
    rows = tuple((light(color, layout), Cell(text)) for color, text in pairs)
    return [Table((), rows, (0.4, 6))]


FORMS: dict[str, Form] = {
    "mal": goals,
    "aktiviteter": activities,
    "matetal": indicators,
    "tabell": data_table,
    "fragor": questions,
    "rekommendationer": recommendations,
    "per_namnd": per_body,
    "kriterier": criteria,
    "uppfoljning": followups,
    "uppdrag": assignments,
    "omrade": area,
    "diagram": chart,
    "nyckel": legend,
}
