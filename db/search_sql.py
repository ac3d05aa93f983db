"""The search as an SQL function, for Datasette and whoever opens the database by hand.

select r.* from json_each(sok('upphandling -direktupphandling')) h join rekommendationer r on r.id = h.value ->> 'id'
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict

from sqlite_utils import Database

from db.search import KINDS, Question, search

NAME = "sok"
MOST = 1000


def register(connection: sqlite3.Connection) -> None:
    """Give a connection `sok(words)`, `sok(words, kind)` and `sok(words, kind, limit)`: the hits as a JSON array, best first."""

    def find(words: str | None, kind: str | None = None, limit: int | None = None) -> str:
        wanted = kind if kind in KINDS else None
        question = Question(str(words or ""), kind=wanted, limit=max(1, min(MOST, limit or 20)))
        hits = search(Database(connection, recursive_triggers=False), question)
        return json.dumps([asdict(hit) for hit in hits], ensure_ascii=False)

    for arguments in (1, 2, 3):
        connection.create_function(NAME, arguments, find)
