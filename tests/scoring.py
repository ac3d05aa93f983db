"""The project's own scorer: how well a database holds what gold files say. Precision, recall and F1 per kind of record.

A record counts as found when its words match (similarity 85 of 100 after folding white space, case and dashes) and its label is right.
A table cell counts when row label, column label and value match. A kind that a gold file leaves out is not scored for that file.
"""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from rapidfuzz import fuzz

ALIKE = 85
COLUMN_ALIKE = 75
METADATA = ("doc_type", "municipality", "fiscal_year", "period_end", "auditor", "published", "response_due")


@dataclass
class Score:
    """Counts of one kind, and what was missed or too much, as lines to read."""

    hit: int = 0
    gold: int = 0
    found: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1 where there is nothing to find and nothing was found."""
        return 2 * self.hit / (self.gold + self.found) if self.gold + self.found else 1.0

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.hit / self.found if self.found else float(not self.gold)

    def add(self, hit: int, gold: int, found: int) -> None:
        """Count one report's records."""
        self.hit, self.gold, self.found = self.hit + hit, self.gold + gold, self.found + found


@dataclass(frozen=True)
class Kind:
    """One kind of record: where gold and database keep it, the field with its words, and when its label is right."""

    name: str
    key: str
    sql: str
    words: str
    label: Callable[[dict, dict], bool]
    keep: Callable[[dict], bool] = lambda record: True


def fold(text: object) -> str:
    """Words as compared: compatibility form, no soft hyphens, one kind of dash, no bullets, single blanks, lower case."""
    shown = unicodedata.normalize("NFKC", "" if text is None else str(text)).replace("\u00ad", "")
    shown = re.sub("[\u2010-\u2015\u2212]", "-", shown)
    shown = re.sub("[●○•▪■◆\uf000-\uf0ff]", " ", shown)
    return " ".join(shown.split()).casefold().strip(" .:;-")


def alike(one: object, other: object) -> float:
    """Similarity of two texts, 0-100."""
    return fuzz.ratio(fold(one), fold(other))


def same(field_name: str) -> Callable[[dict, dict], bool]:
    """The label is right where gold gives none or both say the same."""
    return lambda gold, found: gold.get(field_name) in (None, found.get(field_name))


def same_body(gold: dict, found: dict) -> bool:
    """The body is right where gold gives none, or one name holds the other, or they are nearly the same."""
    if not gold.get("organisation"):
        return True
    name = fold(found.get("organisation"))
    wanted = [fold(gold["organisation"]), *map(fold, gold.get("recipients", []))]
    return bool(name) and any(name in w or w in name or fuzz.ratio(w, name) >= ALIKE for w in wanted)


def any_label(gold: dict, found: dict) -> bool:
    """Where the words are the whole record."""
    return True


def with_body(table: str, key: str = "organisation_id") -> str:
    """The query for a table's rows with the name of the body."""
    joined = f"{table} t left join organisations o on o.id = t.{key}"
    return f"select t.*, o.name as organisation from {joined} where t.document_id = ? order by t.id"


KINDS = (
    Kind("goals", "goals", with_body("goals"), "goal", lambda g, f: g["fulfilment"] == f["fulfilment"]),
    Kind("goal_organisation", "goals", with_body("goals"), "goal", same_body),
    Kind("goal_color", "goals", with_body("goals"), "goal", lambda g, f: g["color"] == f["color"], lambda r: bool(r.get("color"))),
    Kind("activities", "activities", "select * from activities where document_id = ?", "activity", same("status")),
    Kind("assignments", "assignments", "select * from assignments where document_id = ?", "text", same("status")),
    Kind(
        "questions",
        "questions",
        with_body("audit_questions"),
        "question",
        lambda g, f: g["assessment"] == f["assessment"] and same_body(g, f),
    ),
    Kind("criteria", "criteria", "select * from audit_criteria where document_id = ?", "text", any_label),
    Kind("recommendations", "recommendations", with_body("recommendations", "recipient_id"), "text", any_label),
    Kind("recommendation_recipient", "recommendations", with_body("recommendations", "recipient_id"), "text", same_body),
    Kind(
        "followups", "followups", "select * from followups where document_id = ?", "recommendation", lambda g, f: g["status"] == f["status"]
    ),
    Kind("areas", "areas", "select * from evaluation_areas where document_id = ?", "name", lambda g, f: g.get("score") == f["score"]),
    Kind(
        "area_points",
        "points",
        "select p.* from area_points p join evaluation_areas a on a.id = p.area_id where a.document_id = ?",
        "text",
        lambda g, f: g["kind"] == f["kind"],
    ),
    Kind(
        "focus_areas",
        "focus_areas",
        "select * from focus_areas where document_id = ?",
        "name",
        lambda g, f: str(g.get("number") or "") == str(f.get("number") or ""),
    ),
)


def score(database: Path, files: Iterable[Path], threads: Iterable[Path] = ()) -> dict[str, Score]:
    """Every kind's score over gold files (`x.gold.json`), and `threads` over thread files."""
    scores: dict[str, Score] = defaultdict(Score)
    db = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    db.row_factory = sqlite3.Row
    try:
        for path in files:
            _score_report(db, path, scores)
        for path in threads:
            _score_threads(db, json.loads(path.read_text("utf-8")), scores["threads"])
    finally:
        db.close()
    return dict(scores)


def _rows(db: sqlite3.Connection, sql: str, *args: object) -> list[dict]:
    return [dict(row) for row in db.execute(sql, args)]


def _score_report(db: sqlite3.Connection, path: Path, scores: dict[str, Score]) -> None:
    gold = _prepared(json.loads(path.read_text("utf-8")))
    name = path.name.replace(".gold.json", ".pdf")
    document = next(iter(_rows(db, "select * from documents where filename = ?", name)), {})
    scores["documents"].add(int(bool(document)), 1, int(bool(document)))
    _score_metadata(gold, document, scores["metadata"], name)
    number = document.get("id", "")
    for kind in KINDS:
        if kind.key in gold:
            wanted = [g for g in gold[kind.key] if kind.keep(g)]
            found = [f for f in _rows(db, kind.sql, number) if kind.keep(f)]
            _pair(wanted, found, kind, scores[kind.name], name)
    _score_figures(db, gold, number, scores, name)


def _prepared(gold: dict) -> dict:
    if "criteria" in gold:
        gold["criteria"] = [{"text": text} for text in gold["criteria"]]
    for record in gold.get("recommendations", []):
        record["organisation"] = record.get("recipient")
    if "areas" in gold:
        kinds = (("strength", "strengths"), ("improvement", "improvements"))
        gold["points"] = [{"kind": kind, "text": text} for area in gold["areas"] for kind, key in kinds for text in area.get(key, [])]
    return gold


def _score_metadata(gold: dict, document: dict, tally: Score, name: str) -> None:
    wanted = {**gold.get("document", {}), "response_due": gold.get("response_due")}
    for key in METADATA:
        value, found = wanted.get(key), document.get(key)
        if value is None:
            continue
        words = isinstance(value, str) and not re.match(r"\d{4}-", value)
        right = alike(value, found) >= 90 if words else value == found
        tally.add(int(right), 1, int(found is not None))
        if not right:
            tally.wrong.append(f"{name}: {key}: gold {value!r}, found {found!r}")


def _pair(wanted: list[dict], found: list[dict], kind: Kind, tally: Score, name: str) -> None:
    """One to one by similarity, the most alike first, right labels first among the equally alike."""
    pairs = []
    for i, g in enumerate(wanted):
        for j, f in enumerate(found):
            likeness = max(alike(words, f[kind.words]) for words in (g[kind.words], *g.get("also", [])))
            if likeness >= ALIKE:
                pairs.append((-round(likeness), not kind.label(g, f), i, j))
    left, right, hits = set(range(len(wanted))), set(range(len(found))), 0
    for _, wrong_label, i, j in sorted(pairs):
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            hits += not wrong_label
            if wrong_label:
                tally.wrong.append(f"{name}: label: {_brief(wanted[i])} / {_brief(found[j])}")
    tally.wrong += [f"{name}: missed: {_brief(wanted[i])}" for i in sorted(left)]
    tally.wrong += [f"{name}: too much: {_brief(found[j])}" for j in sorted(right)]
    tally.add(hits, len(wanted), len(found))


def _brief(record: dict) -> str:
    return json.dumps(
        {k: v[:60] if isinstance(v, str) else v for k, v in record.items() if k not in {"comment", "pages", "bbox", "analysis"}},
        ensure_ascii=False,
    )


def _score_figures(db: sqlite3.Connection, gold: dict, number: str, scores: dict[str, Score], name: str) -> None:
    if "indicators" in gold:
        joined = "indicators i join indicator_values v on v.indicator_id = i.id"
        sql = f"select i.name, v.column_label, v.value from {joined} where i.document_id = ?"
        wanted = [(i["name"], v["column"], v["value"]) for i in gold["indicators"] for v in i["values"] if v["value"] is not None]
        found = [(r["name"], r["column_label"], r["value"]) for r in _rows(db, sql, number) if r["value"] is not None]
        _match_cells(wanted, found, scores["indicators"], name)
    if "tables" in gold:
        sql = "select c.* from table_cells c join report_tables t on t.id = c.table_id where t.document_id = ?"
        wanted = [
            (row[0], column, value)
            for table in gold["tables"]
            for row in table["rows"]
            for column, value in zip(table["columns"], row[1:], strict=False)
            if value is not None
        ]
        cells = [(r["row_label"], r["column_label"], r["text"] if r["value"] is None else r["value"]) for r in _rows(db, sql, number)]
        cells = [cell for cell in cells if not isinstance(cell[2], str) or cell[2].strip()]
        labels = {fold(row) for row, _, _ in wanted}
        near = [cell for cell in cells if cell[2] is not None and any(fuzz.ratio(fold(cell[0]), label) >= ALIKE for label in labels)]
        _match_cells(wanted, near, scores["table_cells"], name)
    if "findings" in gold:
        optional = {(fold(f["row"]), f["reported"]) for f in gold["findings"] if f.get("optional")}
        wanted = [(f["row"], f["column"], f["reported"]) for f in gold["findings"] if not f.get("optional")]
        rows = _rows(db, "select * from findings where document_id = ?", number)
        found = [(r["row_label"], r["column_label"], r["reported"]) for r in rows if (fold(r["row_label"]), r["reported"]) not in optional]
        _match_cells(wanted, found, scores["findings"], name)


def _match_cells(wanted: list[tuple], found: list[tuple], tally: Score, name: str) -> None:
    """Triples (row, column, value): the row by its words, the value exactly, of those the column that is most alike."""
    by_row: dict[str, list[int]] = defaultdict(list)
    for j, (row, _, _) in enumerate(found):
        by_row[fold(row)].append(j)
    used: set[int] = set()
    hits = 0
    for row, column, value in wanted:
        label = fold(row)
        rows = [label] if label in by_row else [other for other in by_row if fuzz.ratio(other, label) >= ALIKE]
        likely = [
            (_columns_alike(column, found[j][1]), -j) for r in rows for j in by_row[r] if j not in used and _same_value(value, found[j][2])
        ]
        best = max(likely, default=(0, 0))
        if best[0] >= COLUMN_ALIKE:
            used.add(-best[1])
            hits += 1
        else:
            tally.wrong.append(f"{name}: missed: {(row, column, value)}")
    tally.wrong += [f"{name}: too much: {cell}" for j, cell in enumerate(found) if j not in used]
    tally.add(hits, len(wanted), max(len(found), hits))


def _columns_alike(one: object, other: object) -> float:
    return max(fuzz.ratio(fold(one), fold(other)), fuzz.token_sort_ratio(fold(one), fold(other)))


def _same_value(one: object, other: object) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) < 1e-6
    return fold(one) == fold(other)


def _score_threads(db: sqlite3.Connection, threads: list[dict], tally: Score) -> None:
    """Pairs of records of different reports in one thread, against the pairs that gold names."""
    found = _rows(db, "select r.id, r.text, r.thread_id, d.filename from recommendations r join documents d on d.id = r.document_id")
    found += _rows(
        db, "select f.id, f.recommendation as text, f.thread_id, d.filename from followups f join documents d on d.id = f.document_id"
    )
    wanted, lost = set(), 0
    for thread in threads:
        members = [(member["file"], _located(member, found)) for member in thread["members"]]
        for (file, one), (other_file, other) in combinations(members, 2):
            if file != other_file:
                lost += one is None or other is None
                if one is not None and other is not None:
                    wanted.add(frozenset((one, other)))
    files = {member["file"] for thread in threads for member in thread["members"]}
    groups: dict[str, list[dict]] = defaultdict(list)
    for record in found:
        if record["thread_id"] is not None and record["filename"] in files:
            groups[record["thread_id"]].append(record)
    joined = {
        frozenset((a["id"], b["id"])) for group in groups.values() for a, b in combinations(group, 2) if a["filename"] != b["filename"]
    }
    tally.wrong += [f"thread pair missed: {sorted(map(str, pair))}" for pair in wanted - joined]
    tally.wrong += [f"thread pair too much: {sorted(map(str, pair))}" for pair in joined - wanted]
    tally.add(len(wanted & joined), len(wanted) + lost, len(joined))


def _located(member: dict, found: list[dict]) -> str | None:
    likely = [(alike(member["text"], record["text"]), record["id"]) for record in found if record["filename"] == member["file"]]
    best = max(likely, default=(0, None), key=lambda pair: pair[0])
    return best[1] if best[0] >= ALIKE else None
