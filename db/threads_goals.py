"""Goal threads: the same goal of the same body from report to report, also where its wording was changed a little."""

from __future__ import annotations

from rapidfuzz import fuzz

from db.similarity import Feature, text_features, total
from db.threads_match import Record

LEAST = 0.78
LEAST_OTHER_BODY = 0.93
TURNED = 0.92
"""What the same words in another order are worth beside the same order."""


def judge(earlier: Record, later: Record) -> tuple[list[Feature], float]:
    """The features of a pair of goals and the least score at which they are the same.

    Goals are short and alike ("... ska öka", "... ska minska"), so letters count more than subjects, and what is left when the
    common words are taken off must not be the opposite.
    """
    a, b = earlier.subject, later.subject
    features = text_features(a, b)
    letters = max(fuzz.ratio(a.text, b.text), TURNED * fuzz.token_sort_ratio(a.text, b.text)) / 100
    features.append(Feature("lika ordalydelse", letters, 0.6))
    if _opposite(a.text, b.text):
        features.append(Feature("motsatt riktning", 0.0, 0.5))
    same_body = not earlier.bodies or not later.bodies or bool(earlier.bodies & later.bodies)
    if earlier.bodies and later.bodies:
        features.append(Feature("samma organisation", 1.0 if same_body else 0.0, 0.1))
    return features, LEAST if same_body and total(features[:4]) > 0.5 else LEAST_OTHER_BODY


DIRECTIONS = (("öka", "minska"), ("ökar", "minskar"), ("öka", "sänka"), ("högre", "lägre"), ("fler", "färre"), ("förbättra", "behålla"))


def _opposite(first: str, second: str) -> bool:
    """Whether one asks for more where the other asks for less."""
    a, b = set(first.split()), set(second.split())
    return any((x in a and y in b and y not in a) or (y in a and x in b and x not in a) for x, y in DIRECTIONS)
