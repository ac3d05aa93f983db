"""The forms of audit reports: questions with answers, recommendations, criteria, what became of earlier recommendations."""

from __future__ import annotations

from typing import Any

from corpus.make.content import Content
from corpus.make.forms_cells import chosen, head_cell
from corpus.make.model import Block, Cell, Heading, Items, Layout, Para, Table

ANSWER_COLORS = {"ja": "green", "delvis": "yellow", "nej": "red", "ej_bedomd": "grey"}


def questions(content: Content, layout: Layout, words: list[str], options: dict[str, str]) -> list[Block]:
    """Revisionsfrågor: `as=` lista (the list only), tabell (question, answer, comment), ljus (with a light) or rubrik (headings)."""
    return QUESTION_FORMS[options.get("as", "lista")](chosen(content, "questions", words), layout, options)


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
    records = chosen(content, "recommendations", words)
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
    records = chosen(content, "questions", words)
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
    records = chosen(content, "followups", words)
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
