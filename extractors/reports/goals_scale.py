"""What a sign measures and what it says: attainment of a goal, a trend, or the progress of work.

Colours: green is attained, yellow partly, red not, grey not judged, unless a key in the report says otherwise. Arrows mean a trend
unless the key speaks of attainment; signs in a column headed trend do always. Trend and progress are never taken for attainment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.layout.blocks import Icon
from extractors.swedish.assessment import Verdict, find_verdict, judge_sentence, parse_status
from extractors.swedish.assessment_progress import parse_progress

BY_COLOR = {"green": "uppfylls", "yellow": "delvis", "red": "uppfylls_inte", "grey": "ej_bedomt"}
BY_SHAPE = {
    "tick": "uppfylls",
    "cross": "uppfylls_inte",
    "exclamation": "delvis",
    "smile": "uppfylls",
    "straight_face": "delvis",
    "frown": "uppfylls_inte",
}
ARROWS = frozenset({"arrow_up", "arrow_down", "arrow_flat"})
_TREND = re.compile(r"trend|förbättr|försämr|oförändr|ökar|minskar|ökat|minskat|jämfört med|utveckling", re.IGNORECASE)
_WORK = re.compile(r"aktivitet|åtgärd|påbörja|pågå|avslutad|genomförd|försenad|slutförd", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sign:
    """What one status sign says: its scale, fulfilment where it has one, and colour for the record."""

    scale: str
    fulfilment: str | None
    color: str | None


def read_sign(icon: Icon) -> Sign:
    """What a sign says, by its key where the report has one, else by colour and shape."""
    color = icon.color if icon.color in {"green", "yellow", "red", "grey", "blue"} else None
    if icon.meaning:
        return _by_key(icon, color)
    if icon.progress is not None:
        return Sign("aktivitet", None, color)
    if icon.shape in ARROWS:
        return Sign("trend", None, color)
    return Sign("maluppfyllelse", BY_COLOR.get(icon.color) or (BY_SHAPE.get(icon.shape) if color is None else None), color)


def _by_key(icon: Icon, color: str | None) -> Sign:
    """A sign with a key: the key says what it measures; what green, yellow and red mean it only says where no colour does."""
    status = parse_status(icon.meaning)
    verdict = judge_sentence(icon.meaning)
    judged = status if status in BY_COLOR.values() else verdict.status if verdict else None
    if judged:
        return Sign("maluppfyllelse", BY_COLOR.get(icon.color, judged), color)
    if parse_progress(icon.meaning) or _WORK.search(icon.meaning):
        return Sign("aktivitet", None, color)
    if status == "trend" or icon.shape in ARROWS or _TREND.search(icon.meaning):
        return Sign("trend", None, color)
    return Sign("maluppfyllelse", BY_COLOR.get(icon.color), color)


def best_sign(icons: list[Icon]) -> Sign | None:
    """The sign that counts among those of a goal: the first that speaks of attainment, else the first."""
    signs = [read_sign(icon) for icon in icons]
    return next((s for s in signs if s.scale == "maluppfyllelse" and s.fulfilment), signs[0] if signs else None)


def verdict_of_cell(text: str, goal: str = "") -> Verdict | None:
    """The judgement of a status cell: its words whole, its first words before a stop, or its sentence."""
    head = re.split(r"[.:;\n]|\s[–-]\s|, ", text, maxsplit=1)[0]
    for part in (text, head):
        status = parse_status(part)
        if status is not None and status in BY_COLOR.values():
            return Verdict(status, None, text, "status-word", 3.0)
    return find_verdict(text, goal)
