"""The forms in which records stand in a report: tables of goals with lights, answer tables, recommendations, data tables."""

from __future__ import annotations

import re
from typing import Any

from corpus.make.content import Content, Form
from corpus.make.model import Block, Cell, Chart, Heading, Items, Layout, Para, Table

STATUS_WORDS = {"genomford": "Genomförd", "pagar": "Pågår", "ej_paborjad": "Ej påbörjad", "avbruten": "Avbruten"}
STATUS_COLORS = {"genomford": "green", "pagar": "yellow", "ej_paborjad": "red", "avbruten": "grey"}
FULFILMENT_WORDS = {"uppfylls": "Uppfylls", "delvis": "Uppfylls delvis", "uppfylls_inte": "Uppfylls inte", "ej_bedomt": "Ej bedömt"}
ANSWER_COLORS = {"ja": "green", "delvis": "yellow", "nej": "red", "ej_bedomd": "grey"}


def _chosen(content: Content, kind: str, words: list[str]) -> list[dict[str, Any]]:
    """Records by id, or by a prefix that ends in `*`, in the order of the file."""
    found = []
    for word in words:
        if word.endswith("*"):
            found += [record for record in content.data.get(kind, []) if record["id"].startswith(word[:-1])]
        else:
            found.append(content.record(kind, word))
    if not found:
        raise KeyError(f"{content.name}: no {kind} {words}")
    return found


def number(value: float | int | str, layout: Layout, decimals: int = 0) -> str:
    """A figure as the layout prints it: decimal comma, its own minus sign and thousands blank; text as it stands."""
    if isinstance(value, str):
        return value
    text = f"{abs(value):,.{decimals}f}".replace(",", layout.thousand).replace(".", ",")
    return (layout.minus if value < 0 and text.strip("0,") else "") + text


def head_cell(text: str, align: str = "left", cols: int = 1) -> Cell:
    """A header cell; `|` breaks the line."""
    return Cell(text.replace("|", "\n"), bold=True, align=align, cols=cols)


def light(color: str | None, layout: Layout, text: str = "", words: str = "") -> Cell:
    """A status cell: light, shading or words as the layout has it."""
    if color is None or layout.icons == "words":
        return Cell(words or text)
    if layout.icons == "shade":
        return Cell(text, fill=color)
    return Cell(text, icon=color, align="left" if text else "center")


def goals(content: Content, layout: Layout, words: list[str], options: dict[str, str]) -> list[Block]:
    """Goals with their assessment; `as=` malanalys, status, lista, rubrik, ruta or ord."""
    records = _chosen(content, "goals", words)
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
    records = _chosen(content, "activities", words)
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
    for record in _chosen(content, "indicators", words):
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
    return [_data_table(record, layout) for record in _chosen(content, "tables", words)]


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


def questions(content: Content, layout: Layout, words: list[str], options: dict[str, str]) -> list[Block]:
    """Revisionsfrågor: `as=` lista (the list only), tabell (question, answer, comment), ljus (with a light) or rubrik (headings)."""
    return QUESTION_FORMS[options.get("as", "lista")](_chosen(content, "questions", words), layout, options)


def _question_list(records: list[dict[str, Any]], layout: Layout, options: dict[str, str]) -> list[Block]:
    return [Items(tuple(q.get("listed", q["question"]) for q in records), options.get("marker", "bullet"))]


def _question_table(records: list[dict[str, Any]], layout: Layout, options: dict[str, str]) -> list[Block]:
    titles = options.get("head", "Revisionsfråga,Svar,Kommentar").split(",")
    head = tuple(head_cell(title) for title in titles)
    rows = []
    for q in records:
        answer = (
            Cell(q.get("assessment_text") or "")
            if options.get("ljus") is None
            else Cell("", icon=ANSWER_COLORS[q["assessment"]], align="center")
        )
        rows.append((Cell(q["question"]), answer, Cell(q.get("comment") or ""))[: len(titles)])
    return [Table((head,), tuple(rows), (3.4, 1.2, 3.6)[: len(titles)])]


def _question_headings(records: list[dict[str, Any]], layout: Layout, options: dict[str, str]) -> list[Block]:
    blocks: list[Block] = []
    level = int(options.get("level", "2"))
    for q in records:
        number_ = f"{q['number']} " if q.get("number") and layout.numbered else ""
        blocks.append(Heading(level, number_ + q["question"]))
        for line in q["text"].strip().split("\n"):
            blocks.append(_prose(line))
    return blocks


def _prose(line: str) -> Block:
    if line.startswith("## "):
        return Heading(3, line[3:])
    if line.startswith("!"):
        return Para(line[2:].strip(), {"!b": "bold", "!i": "italic"}[line[:2]])
    return Para(line)


def _question_boxes(records: list[dict[str, Any]], layout: Layout, options: dict[str, str]) -> list[Block]:
    """A box per question: number, question, answer on a shaded cell or beside a dot, grounds under it."""
    blocks: list[Block] = []
    for q in records:
        head = (Cell(f"Revisionsfråga {q['number']}", bold=True, fill=layout.accent), Cell("Bedömning", bold=True, fill=layout.accent))
        answer = Cell(q["assessment_text"], icon=ANSWER_COLORS[q["assessment"]])
        blocks.append(Table((), (head, (Cell(q["question"], bold=True), answer), (Cell(q["comment"], cols=2),)), (5, 1.6)))
    return blocks


QUESTION_FORMS = {"lista": _question_list, "tabell": _question_table, "rubrik": _question_headings, "ruta": _question_boxes}


def recommendations(content: Content, layout: Layout, words: list[str], options: dict[str, str]) -> list[Block]:
    """Recommendations as a list (`marker=`), as paragraphs (`as=stycke`), or in a table with recipient (`as=tabell`)."""
    records = _chosen(content, "recommendations", words)
    texts = [options.get("lead", "") + r.get(options.get("text", "text"), r["text"]) for r in records]
    if options.get("as") == "stycke":
        return [Para(text, "italic") for text in texts]
    if options.get("as") == "tabell":
        head = (head_cell("Rekommendation"), head_cell("Mottagare"), *((head_cell("Prioritet"),) if options.get("prioritet") else ()))
        rows = tuple(
            (Cell(t), Cell(r["recipient"]), *((Cell(r["priority"]),) if options.get("prioritet") else ()))
            for t, r in zip(texts, records, strict=True)
        )
        return [Table((head,), rows, (5, 2, 1.2)[: len(head)])]
    return [Items(tuple(texts), options.get("marker", "bullet"))]


def per_body(content: Content, layout: Layout, words: list[str], options: dict[str, str]) -> list[Block]:
    """Questions down, bodies across, the answer in each cell: words, or a light with `ljus=1`."""
    records = _chosen(content, "questions", words)
    bodies = list(dict.fromkeys(q["organisation"] for q in records))
    asked = list(dict.fromkeys(q["question"] for q in records))
    by_key = {(q["question"], q["organisation"]): q for q in records}
    head = (head_cell(options.get("head", "Revisionsfråga")), *(head_cell(body, "center") for body in bodies))
    rows = []
    for question in asked:
        answers = [by_key[question, body] for body in bodies]
        cells = [
            Cell("", icon=ANSWER_COLORS[a["assessment"]], align="center")
            if options.get("ljus")
            else Cell(a["assessment_text"], align="center")
            for a in answers
        ]
        rows.append((Cell(question), *cells))
    return [Table((head,), tuple(rows), (3.4, *(1.5 for _ in bodies)))]


def criteria(content: Content, layout: Layout, words: list[str], options: dict[str, str]) -> list[Block]:
    """The list of revisionskriterier."""
    return [Items(tuple(content.data["criteria"]), options.get("marker", "bullet"))]


def followups(content: Content, layout: Layout, words: list[str], options: dict[str, str]) -> list[Block]:
    """Earlier recommendations with status: a table, or blocks with `as=block`."""
    records = _chosen(content, "followups", words)
    if options.get("as") == "block":
        blocks: list[Block] = []
        for i, f in enumerate(records, 1):
            blocks += [
                Para(f"Rekommendation {i}: {f['recommendation']}", "bold"),
                Para(f["comment"]),
                Para(f"Bedömning av genomförande: {f['status_text']}"),
            ]
        return blocks
    head = (head_cell("Rekommendation"), head_cell("Vidtagna åtgärder"), head_cell("Status"))
    rows = tuple((Cell(f["recommendation"]), Cell(f["comment"]), Cell(f["status_text"])) for f in records)
    return [Table((head,), rows, (3.4, 3.4, 1.4))]


def assignments(content: Content, layout: Layout, words: list[str], options: dict[str, str]) -> list[Block]:
    """Assignments as printed sentences in a list, or as a table with status."""
    records = _chosen(content, "assignments", words)
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
    for a in _chosen(content, "areas", words):
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
