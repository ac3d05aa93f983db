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
SHORTEST_BROKEN = 6
"""Letters: shorter words are not broken over lines."""
SHORTEST = 15
"""A sentence cut off before this many letters would be no text of its own."""
_JOINT = re.compile(
    r"[\s,;–-]*(?:\b(?:vilket|som|och|detta|uppdraget|arbetet|utredningen)\b)?\s*(?:\b(?:är|har|blev|kommer|ska)\b)?\s*$", re.IGNORECASE
)
_PREDICATE = re.compile(
    r"\s*(?:$|[.,;:!)]|(?:och|samt|men|genom|av|i|under|inom|enligt|med|ska|till|hos|sedan|redan|nu|fortfarande|våren|hösten)\b)"
)


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
    return found.status if found else _squeezed().get("".join(text.casefold().split()))


@functools.cache
def _squeezed() -> dict[str, str]:
    """The longer words of progress without blanks: "Påbör jad", broken in a narrow cell."""
    return {key: status for word, status in _finder()[1].items() if len(key := word.replace(" ", "")) >= SHORTEST_BROKEN}


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


def split_status(sentence: str) -> tuple[str, str]:
    """The sentence without the clause that tells the status, and that clause: ("… inom 24 timmar", "pågår")."""
    at = SHORTEST
    while at < len(sentence) and (progress := find_progress(sentence[at:])):
        start, end = at + progress.start, at + progress.end
        if _PREDICATE.match(sentence[end:]):
            joint = _JOINT.search(sentence[:start])
            cut = joint.start() if joint else start
            if cut >= SHORTEST:
                return sentence[:cut].rstrip(" ,;–-"), sentence[cut:].strip(" ,;–-")
        at = end
    return sentence, ""
