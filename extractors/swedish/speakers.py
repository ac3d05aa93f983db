"""Who says what a sentence says: the auditors, or somebody whom the report only quotes.

A "bör" counts as the auditors' own unless somebody else was given the word before it: "De intervjuade anser att …", "anför
Moderaterna att …", "Enligt kommunstyrelsens svar …", "… framgår att …", "…, menar rektorerna". Words stand in
`data/speakers.toml`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data" / "speakers.toml"

OURS = "ours"
OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Where somebody is given the word: `start` and `end` in the sentence, `who` is ours or others."""

    start: int
    end: int
    who: str


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = tomllib.loads(DATA.read_text("utf-8"))
    fragments = data["fragments"]

    def fill(pattern: str) -> str:
        for name, fragment in fragments.items():
            pattern = pattern.replace("{" + name + "}", fragment)
        return pattern

    return {row["name"]: re.compile(fill(row["pattern"]), re.IGNORECASE) for row in data["attribution"]}


def attributions(sentence: str) -> list[Attribution]:
    """All places where a sentence gives somebody the word, in order."""
    patterns = _patterns()
    found: list[Attribution] = []
    with_subject: list[tuple[int, int]] = []
    for name in ("subject_first", "noun", "as_seen", "wish", "according_to", "passive", "verb_first"):
        for match in patterns[name].finditer(sentence):
            if name in ("verb_first", "noun") and any(start <= match.start() < end for start, end in with_subject):
                continue  # "Vi uppmanar nämnden att", "Nämnden delar revisorernas bedömning att": the subject has the word
            if name == "passive" and _is_own_finding(match, sentence):
                continue
            if name == "subject_first":
                with_subject.append(match.span())
            found.append(Attribution(match.start(), match.end(), OURS if _ours(match, sentence) else OTHERS))
    return sorted(found, key=lambda a: a.start)


def _is_own_finding(match: re.Match[str], sentence: str) -> bool:
    """Whether "framgår att" tells what the audit itself found: "Av granskningen framgår att …", "Det kan konstateras att …"."""
    source = sentence[: match.end()]
    return bool(_patterns()["own_source"].search(sentence[: match.start()])) and not _patterns()["foreign_source"].search(source)


def _ours(match: re.Match[str], sentence: str) -> bool:
    """Whether the one who speaks is the auditors: by the words for who speaks, or, where none are said again, by the first words."""
    who = match.groupdict().get("who")
    if who is None:
        return False
    said = who.strip() or sentence[: match.start()]
    return bool(_patterns()["auditors"].search(said)) or bool(_patterns()["we"].search(said))


def who_speaks(sentence: str, at: int) -> str | None:
    """Who is responsible for what stands at a place of the sentence: ours, others, or None where nobody is given the word."""
    trailing = _patterns()["trailing"].search(sentence)
    if trailing and trailing.start() >= at:
        said = trailing["who"] or trailing["who2"]
        return OURS if _patterns()["auditors"].search(said) or _patterns()["we"].search(said) else OTHERS
    before = [a for a in attributions(sentence) if a.start < at and not _is_over(sentence[a.end : at])]
    if not before and _patterns()["in_our_view"].search(clause_at(sentence, at)):
        return OURS
    return before[-1].who if before else None


def clause_at(sentence: str, at: int) -> str:
    """The sentence from where what was said before is over: "Flera rutiner är gamla, varför nämnden bör …" from "nämnden" on."""
    ends = [m.end() for m in _patterns()["scope_end"].finditer(sentence, 0, at)]
    return sentence[ends[-1] :] if ends else sentence


def _is_over(between: str) -> bool:
    """Whether what somebody else said ends between two places: "…, varför nämnden bör …"."""
    return bool(_patterns()["scope_end"].search(between))
