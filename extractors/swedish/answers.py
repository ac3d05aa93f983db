"""Assessment words of audits: ja, delvis, nej or ej_bedomd out of what an answer cell, a sign or a sentence says.

The words stand in `data/answers.toml`, each rule with examples and near-misses. An unknown wording gives None, never a guess:
the caller keeps it as printed and puts down a notice. "I allt väsentligt", "I huvudsak" and "Till övervägande del" count as ja
(docs/decisions/0005-answers.md).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data" / "answers.toml"

COLOUR_ANSWERS = {"green": "ja", "yellow": "delvis", "red": "nej", "grey": "ej_bedomd"}
"""What a traffic light says of a question where no key tells otherwise."""

COLOUR_WORDS = {"grön": "ja", "grönt": "ja", "gul": "delvis", "gult": "delvis", "röd": "nej", "rött": "nej"}
"""Colours written as words in an answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`value` is a key of a vocabulary (`ja`, `atgardad`, ...); `phrase` the words that said so, as printed."""

    value: str
    phrase: str


@dataclass(frozen=True, slots=True)
class _Rule:
    value: str
    pattern: re.Pattern[str]


@cache
def _rules(kind: str) -> tuple[_Rule, ...]:
    rows = tomllib.loads(DATA.read_text("utf-8"))[kind]
    return tuple(_Rule(row["value"], re.compile(row["pattern"])) for row in rows)


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(tomllib.loads(DATA.read_text("utf-8"))["verdict"]["opening"])


@cache
def loaded(name: str) -> dict[str, Any]:
    """An entry of the file that is no list of rules: its pattern, examples and near-misses."""
    entry: dict[str, Any] = tomllib.loads(DATA.read_text("utf-8"))[name]
    return entry


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Its pattern, over lower-case text."""
    return re.compile(loaded(name)["pattern"])


def _fold(text: str) -> str:
    """Lower case with folded blanks; of the same length as the folded original, so that places can be mapped back."""
    return " ".join(unicodedata.normalize("NFC", text.replace("\u00ad", "")).split()).lower()


def _first(kind: str, text: str) -> Answer | None:
    printed = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text.replace("\u00ad", ""))).strip()
    folded = _fold(printed)
    for rule in _rules(kind):
        match = rule.pattern.search(folded)
        if match:
            return Answer(rule.value, printed[match.start() : match.end()].strip(" .,:;("))
    return None


def parse_answer(text: str) -> Answer | None:
    """The answer that a short text gives (an answer cell, a box, the words of a key), None where no rule knows it."""
    word = _fold(text).strip(" .:")
    if word in COLOUR_WORDS:
        return Answer(COLOUR_WORDS[word], text.strip())
    head, colon, _ = text.partition(":")  # "Uppfyllt: inga eller mindre avvikelser"
    named = _first("answer", head) if colon and len(head.split()) <= 4 else None
    return named or _taken_back(text) or _first("answer", text)


def is_verdict(sentence: str) -> bool:
    """Whether a sentence speaks a judgement of the auditors ("Vi bedömer att …", "… bedöms som uppfyllt")."""
    return bool(_opening().search(_fold(sentence)))


def judge_sentence(sentence: str) -> Answer | None:
    """The answer that a sentence of judgement gives; None where it is no judgement or says neither yes nor no."""
    folded = _fold(sentence)
    opening = _opening().search(folded)
    if opening is None:
        return None
    printed = re.sub(r"\s+", " ", unicodedata.normalize("NFC", sentence.replace("\u00ad", ""))).strip()
    after, before = printed[opening.end() :], printed[: opening.start()]
    return _taken_back(after) or _first("prose", after) or _taken_back(f"{before} bedöms") or _first("prose", before)


def _taken_back(text: str) -> Answer | None:
    """`delvis` where a yes is followed by what lacks: "Rutinen är tydlig men följs inte". "I allt väsentligt" is not taken back."""
    said = pattern("contrast").search(_fold(text))
    if said is None:
        return None
    printed = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text.replace("\u00ad", ""))).strip()
    yes, lacking = _first("prose", printed[: said.start()]), pattern("shortcoming").search(_fold(printed[said.end() :]))
    if lacking is None or yes is None or yes.value != "ja" or pattern("in_all").search(_fold(printed[: said.start()])):
        return None
    return Answer("delvis", printed[said.start() : said.end() + lacking.end()].strip(" .,;"))


def polarity(sentence: str) -> str | None:
    """Whether a sentence affirms (`ja`), denies (`nej`) or does both (`delvis`), judgement or not; None where it does neither."""
    found = _first("prose", sentence)
    return found.value if found else None


def parse_status(text: str) -> Answer | None:
    """What became of a recommendation (`atgardad`, `delvis`, `ej_atgardad`), None where the words do not say."""
    return _first("status", text)
