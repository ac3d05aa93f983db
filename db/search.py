"""Search over recommendations, questions, goals, follow-ups, sections and pages: one function for CLI, Datasette and Python."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

KINDS = {
    "rekommendation": "Rekommendation",
    "revisionsfraga": "Revisionsfråga",
    "mal": "Mål",
    "uppfoljning": "Uppföljning",
    "avsnitt": "Avsnitt",
    "sida": "Sida",
}


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for, as typed, and within which years, municipality, body and kind (a key of KINDS)."""

    words: str
    from_year: int | None = None
    to_year: int | None = None
    municipality: str | None = None
    organisation: str | None = None
    kind: str | None = None
    limit: int = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """One row found: what and where it is, and a snippet in which the hit stands between `[` and `]`."""

    id: str
    kind: str
    year: int | None
    municipality: str | None
    organisation: str | None
    text: str
    snippet: str
    report: str
    document_id: str
    page: int
    link: str
    score: float


def search(database: Database, question: Question) -> list[Hit]:
    """The rows that answer a question, best first."""
    return []
