"""The words of the index: in how many rows each stands, and which two words a compound is made of.

Compounds are split by the words of the database itself, so a word that comes or goes may change how others are split: `change_words`
tells which, and their rows are indexed anew. What comes out depends on the words only, not on the order in which they came.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator

from extractors.swedish.compounds import SHORTEST_PART, parts, split
from extractors.swedish.stems import fold_dots, stem, stop_words

LONGEST_WORD = 60
LAST_LETTER = "\U0010ffff"
NONE_KNOWN: frozenset[str] = frozenset()


def may_split(word: str) -> bool:
    """Whether a word may be a compound: letters only, not too long, and not a word without meaning of its own."""
    return word.isalpha() and SHORTEST_PART < len(word) <= LONGEST_WORD and word not in stop_words()


class Vocabulary:
    """All words of the index in memory while it is being changed, with the parts of compounds worked out once each."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """`connection`: a database with the table `search_words`."""
        self.connection = connection
        self.words: set[str] = {row[0] for row in connection.execute("select word from search_words")}
        self._parts: dict[str, tuple[str, ...]] = {}
        self._pairs: dict[str, tuple[str, str] | None] = {}

    def parts_of(self, word: str) -> tuple[str, ...]:
        """The stems of all parts of a compound."""
        found = self._parts.get(word)
        if found is None:
            found = self._parts[word] = tuple(dict.fromkeys(stem(p) for p in self._pieces(word, 3)))
        return found

    def _pair_of(self, word: str) -> tuple[str, str] | None:
        """The two words that a compound is made of."""
        if word not in self._pairs:
            self._pairs[word] = split(word, self.words) if may_split(word) else None
        return self._pairs[word]

    def _pieces(self, word: str, depth: int) -> Iterator[str]:
        """The parts of a word, and of its parts; a part that is not in the index is split by the small list alone."""
        pair = self._pair_of(word) if depth else None
        for piece in pair or ():
            yield piece
            yield from self._pieces(piece, depth - 1) if piece in self.words else parts(piece, NONE_KNOWN, depth - 1)

    def change(self, counts: Counter[str]) -> set[str]:
        """Add the words of new rows (positive counts) and take off those of rows that went; gives the words now split otherwise."""
        upsert = """insert into search_words (word, stem, folded, reversed, rows) values (?, ?, ?, ?, ?)
            on conflict (word) do update set rows = rows + excluded.rows"""
        changed = [(w, n) for w, n in sorted(counts.items()) if n]
        self.connection.executemany(upsert, ((w, stem(w), fold_dots(w), w[::-1], n) for w, n in changed))
        gone = {row[0] for row in self.connection.execute("select word from search_words where rows <= 0")}
        self.connection.execute("delete from search_words where rows <= 0")
        new = {w for w, n in changed if n > 0 and w not in self.words}
        self.words = (self.words | new) - gone
        self._parts.clear()
        self._pairs.clear()
        return self._split_anew(new, gone)

    def _split_anew(self, new: set[str], gone: set[str]) -> set[str]:
        """Write the splits of new words and of those that a new or lost word may split; gives the old words whose parts changed."""
        moved = (w for w in new | gone if w.isalpha() and len(w) >= SHORTEST_PART)
        nearby = set(_containing(self.connection, moved)) if self.words - new else set()  # in a new index all words are new
        changed: set[str] = set()
        rows = []
        before = {row[0]: row[1:] for word in nearby for row in self._splits(word)}
        for word in sorted(nearby | new):
            pair = self._pair_of(word)
            if before.get(word, (None, None)) != (pair or (None, None)):
                rows.append((*(pair or (None, None)), word))
                changed.add(word)
        self.connection.executemany("update search_words set first = ?, last = ? where word = ?", rows)
        affected = self._closure(changed)
        parts_of_all = ((" ".join(self.parts_of(word)) or None, word) for word in sorted(affected))
        self.connection.executemany("update search_words set parts = ? where word = ?", parts_of_all)
        return affected - new

    def _splits(self, word: str) -> Iterable[tuple[str, str | None, str | None]]:
        return self.connection.execute("select word, first, last from search_words where word = ?", [word])

    def _closure(self, changed: set[str]) -> set[str]:
        """The changed words and all that have one of them as a part, directly or through another."""
        found, todo = set(changed), list(changed)
        while todo:
            word = todo.pop()
            for (whole,) in self.connection.execute("select word from search_words where first = ? or last = ?", [word, word]):
                if whole not in found:
                    found.add(whole)
                    todo.append(whole)
        return found


def _containing(connection: sqlite3.Connection, words: Iterable[str]) -> Iterator[str]:
    """The words of the index that begin or end with one of the given words, or begin with one that has lost its last vowel."""
    for word in words:
        starts = {word, word[:-1]} if word[-1] in "ae" else {word}
        for start in starts:
            yield from _range(connection, "word", start)
        yield from _range(connection, "reversed", word[::-1])


def _range(connection: sqlite3.Connection, column: str, start: str) -> Iterator[str]:
    query = f"select word from search_words where {column} > ? and {column} < ?"
    return (row[0] for row in connection.execute(query, [start, start + LAST_LETTER]))
