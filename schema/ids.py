"""Ids made from content, so that links stay good over re-ingestion and databases made apart can be merged."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter

KIND_LETTERS = {
    "section": "s",
    "goal": "g",
    "indicator": "i",
    "indicator_value": "iv",
    "activity": "ak",
    "assignment": "u",
    "audit_question": "q",
    "audit_criterion": "c",
    "recommendation": "r",
    "mention": "m",
    "goal_mention": "gm",
    "followup": "f",
    "report_table": "t",
    "table_cell": "tc",
    "evaluation_area": "a",
    "area_point": "p",
    "focus_area": "fa",
    "finding": "x",
    "notice": "n",
    "page": "pg",
}


def document_id(sha256: str) -> str:
    """The id of a document: the first 12 hex digits of its file's SHA-256."""
    return sha256[:12]


def fold_name(name: str) -> str:
    """A name as compared: NFC, lower case, white space and dashes folded."""
    text = unicodedata.normalize("NFC", name).casefold()
    text = re.sub("[\u2010-\u2015\u2212]", "-", text)
    return " ".join(text.split()).strip(" .,:;")


def organisation_id(municipality: str | None, name: str) -> str:
    """The id of a body: `o-` and 12 hex digits of municipality and name, folded."""
    key = f"{fold_name(municipality or '')}|{fold_name(name)}"
    return "o-" + hashlib.sha256(key.encode()).hexdigest()[:12]


class Ids:
    """Hands out a document's record ids in order: `0a1b2c3d4e5f-g0001`, ..."""

    def __init__(self, document: str) -> None:
        """`document`: the id of the document that the records belong to."""
        self.document = document
        self._counts: Counter[str] = Counter()

    def next(self, kind: str) -> str:
        """The next id of a kind of record (a key of KIND_LETTERS)."""
        letter = KIND_LETTERS[kind]
        self._counts[letter] += 1
        return f"{self.document}-{letter}{self._counts[letter]:04d}"
