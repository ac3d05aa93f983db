"""What a person types, as a question to the index: words, "phrases", -not, prefix*; with what to try when that finds nothing.

Each word is looked for as its stem and as part of compounds; typed without dots it finds words with dots too (second, by weight). A word
that is nowhere in the index is taken for the most common word that is one letter away.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from rapidfuzz.distance import OSA

from db.search_words import LAST_LETTER
from extractors.swedish.compounds import split
from extractors.swedish.stems import fold_dots, normal, root, stem, stop_words, words

TERM = re.compile(r'(?P<no>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
LONGEST_PREFIX_LIST = 64
SHORTEST_MISSPELT = 4
MOST_TERMS, LONGEST_QUERY = 24, 1000


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that is looked for: its words, and how."""

    words: tuple[str, ...]
    kind: str = "word"
    """word, phrase or prefix."""
    forbidden: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What to ask the index: all words as words (`whole`), as words or parts (`strict`), and what a snippet marks."""

    whole: str
    strict: str
    terms: tuple[Term, ...]
    exclude: str = ""
    marked: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()
    corrections: dict[str, str] = field(default_factory=dict)


def parse_query(text: str) -> list[Term]:
    """The terms of a query as typed, the first of them where there are very many."""
    return list(islice(_terms(text[:LONGEST_QUERY]), MOST_TERMS))


def _terms(text: str) -> Iterator[Term]:
    for match in TERM.finditer(normal(text)):
        forbidden = bool(match["no"])
        if match["phrase"] is not None:
            found = tuple(words(match["phrase"]))
            if found:
                yield Term(found, "phrase" if len(found) > 1 else "word", forbidden)
            continue
        word = match["word"]
        kind = "prefix" if word.endswith("*") else "word"
        found = tuple(words(word))
        if kind == "prefix" and len(found) == 1:
            yield Term(found, "prefix", forbidden)
        else:
            yield from (Term((w,), "word", forbidden) for w in found)


def plan_query(connection: sqlite3.Connection, text: str) -> Plan | None:
    """How to ask the index for what was typed; None where nothing is looked for."""
    terms = parse_query(text)
    wanted = [t for t in terms if not t.forbidden]
    telling = [t for t in wanted if t.kind != "word" or t.words[0] not in stop_words()]
    if not wanted:
        return None
    corrections = {w: better for t in telling for w in t.words if t.kind == "word" and (better := _correction(connection, w))}
    chosen = tuple(Term(tuple(corrections.get(w, w) for w in t.words), t.kind) for t in telling or wanted)
    exclude = "".join(f" NOT ({_clause(connection, t, loose=False)})" for t in terms if t.forbidden)
    strict = " AND ".join(f"({_clause(connection, t)})" for t in chosen)
    marked = frozenset(stem_of(connection, w) for t in chosen if t.kind != "prefix" for w in t.words)
    marked |= {root(m) for m in marked}
    beginnings = tuple(t.words[0] for t in chosen if t.kind == "prefix")
    whole = [f'words : "{stem_of(connection, t.words[0])}"' for t in chosen if t.kind == "word"]
    whole_match = f"({' AND '.join(whole)}){exclude}" if len(whole) == len(chosen) else ""
    return Plan(whole_match, f"({strict}){exclude}", chosen, exclude, marked, beginnings, corrections)


def loosen(connection: sqlite3.Connection, plan: Plan) -> Iterator[str]:
    """What to try where all words together find nothing: compounds by their parts, then any of the words."""
    clauses = [_by_parts(connection, t) or _clause(connection, t) for t in plan.terms]
    for joiner in (" AND ", " OR "):
        yield f"({joiner.join(f'({c})' for c in clauses)}){plan.exclude}"


def stem_of(connection: sqlite3.Connection, word: str) -> str:
    """The stem of a word, from the index where it has it: that spares loading the word list for most questions."""
    row = connection.execute("select stem from search_words where word = ?", [word]).fetchone()
    return row[0] if row else stem(word)


def _clause(connection: sqlite3.Connection, term: Term, *, loose: bool = True) -> str:
    """A term as FTS5 understands it. `loose`: words typed without dots also find those with them."""
    if term.kind == "phrase":
        return f'words : "{" ".join(stem_of(connection, w) for w in term.words)}"'
    word = term.words[0]
    if term.kind == "prefix":
        stems = [stem_of(connection, w) for w in _beginning_with(connection, word)]
        return " OR ".join(f'words : "{s}"' for s in dict.fromkeys(stems)) or f'{{words parts}} : "{word}" *'
    found = stem_of(connection, word)
    clause = " OR ".join(f'{{words parts}} : "{form}"' for form in dict.fromkeys((found, root(found))))
    if loose and fold_dots(word) == word and word.isalpha() and _may_lack_dots(connection, word):
        clause += f' OR folded : "{found}"'
    return clause


def _may_lack_dots(connection: sqlite3.Connection, word: str) -> bool:
    """Whether a word typed without dots may stand for one with: it is not in the index itself, or has a twin there ("bor", "bör")."""
    rows = connection.execute("select word from search_words where folded = ? limit 3", [word]).fetchall()
    return rows != [(word,)]


def _by_parts(connection: sqlite3.Connection, term: Term) -> str | None:
    """A compound as its parts that must all be there: "upphandlingsrutin" finds "rutin för upphandling" too."""
    if term.kind != "word":
        return None
    word = term.words[0]
    row = connection.execute("select first, last from search_words where word = ? and first is not null", [word]).fetchone()
    pieces = row or split(word, Known(connection))
    if not pieces:
        return None
    together = " AND ".join(f"({_clause(connection, Term((piece,)))})" for piece in pieces)
    return f"{_clause(connection, term)} OR ({together})"


class Known:
    """The words of the index, asked one by one."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """`connection`: a database with the table `search_words`."""
        self.connection = connection

    def __contains__(self, word: object) -> bool:
        """Whether the index has this word."""
        return self.connection.execute("select 1 from search_words where word = ?", [word]).fetchone() is not None


def _beginning_with(connection: sqlite3.Connection, start: str) -> list[str]:
    """The most common words of the index that begin so, with dots or without."""
    column = "folded" if fold_dots(start) == start else "word"
    query = f"select word from search_words where {column} >= ? and {column} < ? order by rows desc, word limit ?"
    return [row[0] for row in connection.execute(query, [start, start + LAST_LETTER, LONGEST_PREFIX_LIST])]


def _correction(connection: sqlite3.Connection, word: str) -> str | None:
    """For a word that is nowhere in the index, as a word or part of one: the most common word one letter away."""
    if len(word) < SHORTEST_MISSPELT or not word.isalpha() or _is_known(connection, word):
        return None
    near = [(OSA.distance(word, other), -rows, other) for other, rows in _neighbours(connection, word)]
    near += [(OSA.distance(word, fold_dots(other)), -rows, other) for other, rows in _neighbours(connection, word)]
    best = min((n for n in near if n[0] <= 1), default=None)
    return best[2] if best else None


def _is_known(connection: sqlite3.Connection, word: str) -> bool:
    row = connection.execute("select 1 from search_words where word = ? or folded = ? limit 1", [word, word]).fetchone()
    if row is not None:
        return True
    found = stem(word)
    row = connection.execute("select 1 from search_words where stem = ? limit 1", [found]).fetchone()
    if row is None:
        match = f'{{parts folded}} : "{found}"'
        row = connection.execute("select 1 from search_index where search_index match ? limit 1", [match]).fetchone()
    return row is not None


def _neighbours(connection: sqlite3.Connection, word: str) -> list[tuple[str, int]]:
    """Words of nearly the same length with the same first two or the same last two letters: one wrong letter leaves one of them whole."""
    query = """select word, rows from search_words where {0} >= ? and {0} < ? and length(word) between ? and ?"""
    bounds = [len(word) - 1, len(word) + 1]
    found: dict[str, int] = {}
    for column, start in (("word", word[:2]), ("folded", word[:2]), ("reversed", word[::-1][:2])):
        found.update(connection.execute(query.format(column), [start, start + LAST_LETTER, *bounds]).fetchall())
    return list(found.items())
