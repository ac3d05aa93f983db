"""Takes the text of recommendations apart: several in one paragraph, closing words of a letter, names that begin sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.reports.audit_words import words
from extractors.reports.granskning_lines import Line, sentences
from extractors.swedish import names
from extractors.swedish.recommending import find_recommending

_CLOSING = words("closing_words")
_CHAPTER = r"(?:avsnitt|kapitel|kap\.?) [\d.]+(?: och [\d.]+)?"
_REFERENCE = re.compile(rf"(?:,? se (?:även )?{_CHAPTER}|\s*\((?:se )?{_CHAPTER}\))(?=[.;,]?$)", re.I)
"""Where the report refers from a recommendation to the chapter that it comes from."""
_START = re.compile(r"(?<=[\wåäö)]) (?=[A-ZÅÄÖ][\wåäö-]*(?:,? [\wåäöA-ZÅÄÖ-]+){0,12}? rekommenderas\b)")
"""Where a recommendation begins that follows another without a full stop."""


def without_closing(text: str) -> str:
    """A listed recommendation without the closing words of the letter, where these were read into the same block."""
    parts = sentences(text)
    end = next((i for i, part in enumerate(parts) if i and _CLOSING.search(part)), len(parts))
    return _REFERENCE.sub("", " ".join(parts[:end]))


def known_bodies(lines: Sequence[Line]) -> frozenset[str]:
    """The bodies that sentences begin with: their names are whole there, with the capital that shows where they begin."""
    found: set[str] = set()
    for line in lines:
        for sentence in sentences(line.text) if line.kind != "table" else ():
            if re.match(r"[A-ZÅÄÖ][\wåäö-]*(?: [\wåäö-]+){0,5}? ?[\wåäö]*(?:nämnd|styrelse|direktion)", sentence[:90]):
                found.update(b.name for b in names.find_bodies(sentence[:160]) if b.start == 0)
    return frozenset(found)


def run_on(text: str) -> list[str]:
    """Recommendations without a full stop between them: each new one begins with its bodies and "rekommenderas"."""
    pieces, start = [], 0
    for match in _START.finditer(text):
        before = text[start : match.start()]
        if "rekommenderas" in before and not re.search(r"(?:\b(?:och|samt)|[,.])$", before):
            pieces.append(before)
            start = match.end()
    return [*pieces, text[start:]]


def is_strong(sentence: str) -> bool:
    """Whether a sentence says that it recommends."""
    found = find_recommending(sentence)
    return found is not None and found.strength == "strong"
