"""Small databases of invented reports for the tests of threads and search: each report is written as an Extraction and stored."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from db.connection import open_for_writing
from db.derived import update
from db.store import store_extraction
from schema.ids import Ids
from schema.records import AuditQuestion, Document, Extraction, Followup, Goal, Page, Recommendation, Section, Trace

HERE = Trace(1, (70.0, 100.0, 400.0, 120.0), "test")
TABLES = {
    "threads": "select id, name, first_year, last_year, members, scope from recommendation_threads order by id",
    "goal threads": "select id, name, first_year, last_year, members, scope from goal_threads order by id",
    "joins": "select * from thread_joins order by 1, 2",
    "members": "select id, thread_id from recommendations union all select id, thread_id from goals order by 1",
    "followups": "select id, thread_id, recommendation_id from followups order by id",
    "words": "select * from search_words order by word",
    "index": "select s.record_id, s.text, i.words, i.parts, i.folded from search_rows s join search_index i on i.rowid = s.id order by 1",
}


def report(
    name: str,
    title: str = "Granskning av inköp",
    *,
    year: int = 2020,
    municipality: str | None = "Ekviks kommun",
    body: str = "Kommunstyrelsen",
    recommendations: tuple[str | tuple[str, str], ...] = (),
    followups: tuple[tuple[str, int], ...] = (),
    goals: tuple[tuple[str, str], ...] = (),
    questions: tuple[str, ...] = (),
    pages: tuple[str, ...] = (),
    sections: tuple[tuple[str, str], ...] = (),
) -> Extraction:
    """A report with the given records; a recommendation may be (text, body), a goal is (text, body)."""
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    ids = Ids(sha256[:12])
    kind = "delarsrapport" if goals else "granskningsrapport"
    given = [r if isinstance(r, tuple) else (r, body) for r in recommendations]
    return Extraction(
        Document(sha256[:12], sha256, f"{name}.pdf", title, kind, municipality=municipality, fiscal_year=year, published=f"{year}-10-01"),
        pages=tuple(Page(ids.next("page"), n, 595, 842, text, "flow") for n, text in enumerate(pages, 1)),
        sections=tuple(Section(ids.next("section"), HERE, head, 1, text=text) for head, text in sections),
        recommendations=tuple(Recommendation(ids.next("recommendation"), HERE, t, recipient=b, recipients=(b,)) for t, b in given),
        followups=tuple(Followup(ids.next("followup"), HERE, text, year=about, status="delvis") for text, about in followups),
        goals=tuple(Goal(ids.next("goal"), HERE, text, "uppfylls", organisation=who) for text, who in goals),
        audit_questions=tuple(AuditQuestion(ids.next("audit_question"), HERE, text, "ja") for text in questions),
    )


def database_of(path: Path, *reports: Extraction) -> Database:
    """A database of these reports with its derived data up to date."""
    database = open_for_writing(path)
    for each in reports:
        store_extraction(database, each, extractor_version="test")
    update(database)
    return database


def derived(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """All derived data, as it is compared."""
    return {name: database.execute(query).fetchall() for name, query in TABLES.items()}


def threads_of(database: Database, table: str = "recommendations", column: str = "text") -> set[frozenset[str]]:
    """The threads as sets of texts."""
    rows = database.execute(f"select thread_id, {column} from {table} where thread_id is not null").fetchall()
    return {frozenset(text for thread, text in rows if thread == key) for key in {row[0] for row in rows}}


def corpus_reports() -> list[Extraction]:
    """The corpus as its gold files tell it, each report once: what a perfect reading would give."""
    chosen: dict[str, Path] = {}
    for path in sorted((Path(__file__).parents[1] / "corpus").glob("*.gold.json")):
        chosen.setdefault(path.name.split(".")[0], path)
    return [_from_gold(name, json.loads(path.read_text("utf-8"))) for name, path in chosen.items()]


def _from_gold(name: str, gold: dict[str, Any]) -> Extraction:
    about = gold["document"]
    made = report(
        name,
        about["title"],
        year=about.get("fiscal_year") or 2020,
        municipality=about.get("municipality"),
        recommendations=tuple((r["text"], r.get("recipient") or "") for r in gold.get("recommendations", [])),
        followups=tuple((f["recommendation"], f.get("year") or 2020) for f in gold.get("followups", [])),
        goals=tuple((g["goal"], g.get("organisation") or "") for g in gold.get("goals", [])),
        questions=tuple(q["question"] for q in gold.get("questions", [])),
    )
    return replace(made, document=replace(made.document, doc_type=about["doc_type"], published=about.get("published")))
