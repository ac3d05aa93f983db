"""How far an activity or an assignment has come, by its words: genomford, pagar, ej_paborjad, avbruten.

The words stand in `data/progress_words.toml`. The word that stands first decides ("Pågår, beräknas vara klart i maj" is under way);
of words at the same place the longest does ("ej påbörjad" before "påbörjad").
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from extractors.swedish.pipeline import load_data

VOCABULARY = "progress_words"
DONE = 100.0


@dataclass(frozen=True, slots=True)
class Progress:
    """A status found in words, with its place in the text."""

    status: str
    start: int
    end: int


@functools.cache
def _finder() -> tuple[re.Pattern[str], dict[str, str]]:
    table = {word: status for status, words in load_data(VOCABULARY)["words"].items() for word in words}
    longest_first = sorted(table, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)", re.IGNORECASE), table


def find_progress(text: str) -> Progress | None:
    """The first word of progress in a text, None where there is none."""
    regex, table = _finder()
    match = regex.search(text)
    return Progress(table[match.group().casefold()], match.start(), match.end()) if match else None


def parse_progress(text: str) -> str | None:
    """The status that a status cell tells: "Pågår enligt plan" -> pagar. None where the cell is long or says nothing."""
    if len(text.split()) > 8:
        return None
    found = find_progress(text)
    return found.status if found else None


def parse_percent(text: str) -> float | None:
    """The share of a progress cell, 0-100: "75 %", "75%". None for anything else."""
    match = re.fullmatch(r"\s*(\d{1,3})(?:[.,]\d+)? ?%\s*", text)
    value = float(match.group(1)) if match else None
    return value if value is not None and value <= DONE else None


def status_of_share(share: float) -> str:
    """The status that a progress bar tells."""
    if share >= DONE:
        return "genomford"
    return "pagar" if share > 0 else "ej_paborjad"
