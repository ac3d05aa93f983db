"""Writing the search index: one row per recommendation, question, goal, follow-up, section and page.

The index is not made by a tokenizer of SQLite but here: `words` holds the stems in order, `parts` the stems of the parts of compounds,
`folded` what those who type without dots would write. Text is NFC, numbers stand without blanks ("12 345" is 12345).
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from db.search_words import NONE_KNOWN, Vocabulary, may_split
from extractors.swedish.compounds import parts
from extractors.swedish.stems import fold_dots, root, stem, words

CHUNK = 500
MOST_KEPT = 5000
BROKEN_WORD = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad]\n(?=[a-zåäö])")
YEAR = "coalesce(d.fiscal_year, cast(substr(d.published, 1, 4) as integer))"
SOURCES = {
    "rekommendation": ("recommendations", "x.text", "x.bbox", "x.recipient_id"),
    "revisionsfraga": ("audit_questions", "x.question || coalesce(char(10) || x.comment, '')", "x.bbox", "x.organisation_id"),
    "mal": ("goals", "x.goal || coalesce(char(10) || x.analysis, '')", "x.bbox", "x.organisation_id"),
    "uppfoljning": ("followups", "x.recommendation", "x.bbox", "x.organisation_id"),
    "avsnitt": ("sections", "x.title || coalesce(char(10) || x.text, '')", "x.bbox", "null"),
    "sida": ("pages", "x.text", "null", "null"),
}


def update(connection: sqlite3.Connection, document_ids: Iterable[str]) -> None:
    """Index the given documents anew, and drop what belongs to documents that are gone."""
    ids = list(dict.fromkeys(document_ids))
    gone = connection.execute("select distinct document_id from search_rows except select id from documents").fetchall()
    counts: Counter[str] = Counter()
    for chunk in _chunks([*ids, *(row[0] for row in gone)]):
        counts.subtract(_remove(connection, chunk))
    added: list[int] = []
    kept: dict[int, list[str]] = {}
    for chunk in _chunks(ids):
        new_rows = _add_rows(connection, chunk)
        added += [row_id for row_id, _ in new_rows]
        for row_id, text in new_rows:
            found = words(text)
            counts.update(set(found))
            if len(kept) < MOST_KEPT:
                kept[row_id] = found
    vocabulary = Vocabulary(connection)
    changed = vocabulary.change(counts)
    others = _rows_with(connection, changed) - set(added)
    for at in range(0, len(others), CHUNK):
        _unindex(connection, sorted(others)[at : at + CHUNK])
    _index(connection, [*added, *sorted(others)], vocabulary, kept)


def warm(texts: Iterable[str]) -> None:
    """Work out ahead of time what the index needs to know of the words of texts (stems, forms without dots, the parts that the small
    list knows): they are remembered.

    It changes nothing in the database: a run does it while it waits for the readers, so that less is left to do at its end.
    """
    for word in {word for text in texts for word in words(_cleaned(text))}:
        folded_forms(word)
        root(stem(word))
        for part in parts(word, NONE_KNOWN) if may_split(word) else ():
            root(stem(part))


def rebuild(connection: sqlite3.Connection) -> None:
    """Make the whole index from scratch."""
    for table in ("search_rows", "search_words", "search_index"):
        connection.execute(f"delete from {table}")
    update(connection, [row[0] for row in connection.execute("select id from documents order by id")])


def _chunks(ids: list[str]) -> Iterator[list[str]]:
    return (ids[at : at + CHUNK] for at in range(0, len(ids), CHUNK))


def _remove(connection: sqlite3.Connection, documents: list[str]) -> Counter[str]:
    """Take the rows of documents out; gives how many of those rows each word stood in."""
    marks = ",".join("?" * len(documents))
    rows = connection.execute(f"select id, text from search_rows where document_id in ({marks})", documents).fetchall()
    counts: Counter[str] = Counter()
    for _, text in rows:
        counts.update(set(words(text)))
    _unindex(connection, [row_id for row_id, _ in rows])
    connection.execute(f"delete from search_rows where document_id in ({marks})", documents)
    return counts


def _unindex(connection: sqlite3.Connection, row_ids: list[int]) -> None:
    connection.executemany("delete from search_index where rowid = ?", ((row_id,) for row_id in row_ids))


def _add_rows(connection: sqlite3.Connection, documents: list[str]) -> list[tuple[int, str]]:
    """Write the rows of documents; gives their ids and texts."""
    marks = ",".join("?" * len(documents))
    first = connection.execute("select coalesce(max(id), 0) from search_rows").fetchone()[0]
    found = []
    for kind, (table, text, bbox, body) in SOURCES.items():
        found += [
            (*row[:-1], _cleaned(row[-1]))
            for row in connection.execute(
                f"""select x.id, '{kind}', x.document_id, x.page, {bbox}, {YEAR}, d.municipality,
                    coalesce({body}, d.organisation_id), {text}
                from {table} x join documents d on d.id = x.document_id where x.document_id in ({marks}) order by x.id""",
                documents,
            )
        ]
    rows = [(first + i, *row) for i, row in enumerate(found, 1) if row[-1].strip()]
    columns = "id, record_id, kind, document_id, page, bbox, year, municipality, organisation_id, text"
    connection.executemany(f"insert into search_rows ({columns}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    return [(row[0], row[-1]) for row in rows]


def _cleaned(text: str) -> str:
    """A text as NFC, with words that a line end broke made whole."""
    return BROKEN_WORD.sub("", unicodedata.normalize("NFC", text or ""))


def _rows_with(connection: sqlite3.Connection, changed: Iterable[str]) -> set[int]:
    """The indexed rows that hold one of the given words."""
    found: set[int] = set()
    for word in sorted(changed):
        found |= {
            row[0] for row in connection.execute("select rowid from search_index where search_index match ?", [f'words : "{stem(word)}"'])
        }
    return found


def _index(connection: sqlite3.Connection, row_ids: list[int], vocabulary: Vocabulary, kept: dict[int, list[str]]) -> None:
    """Write the tokens of rows; `kept` holds the words of some, so that they need not be found again."""
    for at in range(0, len(row_ids), CHUNK):
        chunk = row_ids[at : at + CHUNK]
        missing = [row_id for row_id in chunk if row_id not in kept]
        texts = connection.execute(f"select id, text from search_rows where id in ({','.join('?' * len(missing))})", missing).fetchall()
        found = {row_id: words(text) for row_id, text in texts}
        rows = ((row_id, *tokens(kept.pop(row_id) if row_id in kept else found[row_id], vocabulary)) for row_id in chunk)
        connection.executemany("insert into search_index (rowid, words, parts, folded) values (?, ?, ?, ?)", rows)


def tokens(found: list[str], vocabulary: Vocabulary) -> tuple[str, str, str]:
    """What the index holds of a text's words.

    Its stems in order; the parts of its compounds and the roots of its nouns; its words as typed without dots.
    """
    unique = dict.fromkeys(found)
    parts = dict.fromkeys(p for word in unique for p in vocabulary.parts_of(word))
    stems = [stem(word) for word in found]
    parts.update(dict.fromkeys(r for s in [*dict.fromkeys(stems), *parts] if (r := root(s)) != s))
    folded = dict.fromkeys(f for word in unique for f in folded_forms(word))
    folded.update(dict.fromkeys(f for p in parts if (f := fold_dots(p)) != p))
    return " ".join(stems), " ".join(parts), " ".join(folded)


@lru_cache(maxsize=200_000)
def folded_forms(word: str) -> tuple[str, ...]:
    """How the stem of a word looks to those who type without dots; none for a word that has none."""
    plain = fold_dots(word)
    return () if plain == word else tuple(dict.fromkeys((fold_dots(stem(word)), stem(plain))))
