"""What type of report this is, by its content: weighted rows over title, first pages, margins, headings and text.

The file's name and its own metadata are not asked. A judgement arrives with its reasons, and says when it is in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import islice

from extractors.reports.front import DATA, Front
from extractors.swedish.lexicon import read_toml

LEAST_SCORE = 5.0
LEAST_LEAD = 2.0
UNKNOWN = "ovrigt"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of evidence: a pattern looked for in one part of the report, and what finding it is worth."""

    type: str
    where: str
    pattern: re.Pattern[str]
    weight: float
    cap: int
    reason: str
    match: tuple[str, ...]
    miss: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A type with its score, the score of the next best, and the reasons for it."""

    doc_type: str
    score: float
    second: float
    reasons: tuple[str, ...]

    @property
    def doubtful(self) -> bool:
        """Whether the runner-up is close, or nothing much speaks for any type."""
        return self.score < LEAST_SCORE or self.score - self.second < LEAST_LEAD

    @property
    def text(self) -> str:
        """The reasons in Swedish on one line, with the score."""
        return (
            f"{'; '.join(self.reasons)} ({self.score:g} poäng, näst bäst {self.second:g})"
            if self.reasons
            else "inget tydde på någon annan typ"
        )


@cache
def rows() -> tuple[Row, ...]:
    """All rows of evidence."""
    return tuple(
        Row(
            r["type"],
            r["where"],
            re.compile(r["pattern"], re.IGNORECASE),
            r["weight"],
            r.get("cap", 1),
            r["reason"],
            tuple(r["match"]),
            tuple(r["miss"]),
        )
        for r in read_toml("doc_types.toml", DATA)["row"]
    )


def classify(front: Front) -> Judgement:
    """Judge the type of a report. Where nothing speaks clearly for a type it is "ovrigt"."""
    parts = {
        "title": (front.title,),
        "front": tuple(line.text for line in front.lines if line.page <= 2),
        "margin": front.margins,
        "heading": front.headings,
        "text": (front.beginning,),
    }
    scores: dict[str, float] = {}
    reasons: dict[str, list[str]] = {}
    for row in rows():
        found = _count(row, parts[row.where])
        if found:
            scores[row.type] = scores.get(row.type, 0.0) + row.weight * found
            reasons.setdefault(row.type, []).append(row.reason)
    ranked = sorted(scores.items(), key=lambda s: -s[1])
    if not ranked or ranked[0][1] < LEAST_SCORE:
        best = ranked[0][1] if ranked else 0.0
        return Judgement(UNKNOWN, best, 0.0, ())
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    return Judgement(ranked[0][0], ranked[0][1], second, tuple(reasons[ranked[0][0]]))


def _count(row: Row, texts: Iterable[str]) -> int:
    """How often a row is found, up to its cap."""
    found = 0
    for text in texts:
        found += sum(1 for _ in islice(row.pattern.finditer(text), row.cap))
        if found >= row.cap:
            return row.cap
    return found
