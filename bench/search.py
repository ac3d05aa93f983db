"""Search measured on the corpus: recall of the labelled queries in the first ten hits, beside plain FTS5 on the same rows.

    python -m bench.search [--db DATABASE] [--show]

Without --db the sample reports are ingested first, one layout of each. A query's rows are told by the beginning or a part of their words.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import tempfile
from collections import defaultdict
from pathlib import Path

from sqlite_utils import Database

from db.search import Question, search

ROOT = Path(__file__).resolve().parent.parent
QUERIES = ROOT / "tests" / "data" / "queries.json"
FIRST = 10


def sample_reports() -> list[Path]:
    """One layout of each report of the corpus."""
    chosen: dict[str, Path] = {}
    for path in sorted((ROOT / "corpus").glob("*.pdf")):
        chosen.setdefault(path.name.split(".")[0], path)
    return list(chosen.values())


def ingest(path: Path) -> None:
    """Read the sample reports into a database, in this process."""
    import hashlib

    from db.connection import open_for_writing
    from db.derived import update
    from db.store import store_extraction
    from extractors.layout.reader import read_report
    from extractors.reports import extract
    from schema.ids import document_id

    database = open_for_writing(path)
    for report in sample_reports():
        sha256 = hashlib.sha256(report.read_bytes()).hexdigest()
        assert document_id(sha256)
        store_extraction(database, extract(read_report(report, ocr="never"), sha256=sha256), extractor_version="bench")
    update(database)
    database.close()


def plain_index(database: Database) -> sqlite3.Connection:
    """The same rows in FTS5 as it comes: unicode61, no stems, no compounds."""
    plain = sqlite3.connect(":memory:")
    plain.execute("create virtual table plain using fts5 (text)")
    plain.executemany("insert into plain (rowid, text) values (?, ?)", database.conn.execute("select id, text from search_rows").fetchall())
    return plain


def plain_search(plain: sqlite3.Connection, query: str, limit: int = FIRST) -> list[str]:
    """The first hits of plain FTS5, asked as its users would: words as typed, phrases, prefix and NOT."""
    wanted, without = [], []
    for term in query.split() if '"' not in query else [query]:
        word = term.lstrip("-").strip('"')
        clause = f'"{word.rstrip("*")}"' + (" *" if word.endswith("*") else "")
        (without if term.startswith("-") else wanted).append(clause)
    match = " AND ".join(wanted) + "".join(f" NOT {w}" for w in without)
    rows = plain.execute("select text from plain where plain match ? order by rank limit ?", [match, limit])
    return [row[0] for row in rows]


def recall(found: list[str], rows: list[str]) -> float:
    """The share of a query's rows that are among the found texts."""
    return sum(any(row in text for text in found) for row in rows) / len(rows)


def measure(database: Database, queries: list[dict[str, object]]) -> dict[str, list[tuple[float, float, str]]]:
    """Per way of asking: (recall of this search, recall of plain FTS5, query)."""
    plain = plain_index(database)
    results = defaultdict(list)
    for query in queries:
        words, rows = str(query["query"]), list(query["rows"])
        ours = recall([hit.text for hit in search(database, Question(words, limit=FIRST))], rows)
        results[str(query["way"])].append((ours, recall(plain_search(plain, words), rows), words))
    return results


def mean(values: list[float]) -> float:
    """The mean, 0 of nothing."""
    return sum(values) / len(values) if values else 0.0


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--db", type=Path)
    parser.add_argument("--show", action="store_true", help="print the queries that missed a row")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = arguments.db or Path(folder) / "corpus.db"
        if arguments.db is None:
            ingest(path)
        results = measure(Database(path), json.loads(QUERIES.read_text("utf-8")))
    print(f"{'way of asking':16s}{'queries':>8s}{'recall@10':>11s}{'plain FTS5':>12s}")
    for way, found in [*results.items(), ("all", [f for each in results.values() for f in each])]:
        print(f"{way:16s}{len(found):8d}{mean([f[0] for f in found]):11.3f}{mean([f[1] for f in found]):12.3f}")
        if arguments.show and way != "all":
            for ours, _, words in found:
                if ours < 1:
                    print(f"    {ours:.2f}  {words}")


if __name__ == "__main__":
    main()
