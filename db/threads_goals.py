"""Goal threads: the same goal of the same body from report to report, also where its wording was changed."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from db.alignment import align, one_word_exchanged
from db.similarity import Feature, Subject, subject_of, text_features, total, who
from db.threads_match import Record

LEAST = 0.7
LEAST_OTHER_BODY = 0.93
NEVER = 2.0
TURNED = 0.92
"""What the same words in another order are worth beside the same order."""
LAID_SHARE, STEEP = 0.9, 2.0
LABEL = re.compile(r"^(?:\w*[Mm]ål(?:område)?\s*\d+(?:\.\d+)*|[A-ZÅÄÖ]{1,4}[ -]?\d+(?:\.\d+)*|\d+(?:\.\d+)*)\s*[.:)–-]?\s+(?=[A-ZÅÄÖ0-9])")
"""Its number in the list: "Mål 3.", "SN 1.2", "2.2"."""
COMPARISON = re.compile(r",?\s+(?:jämfört med|i jämförelse med|i förhållande till|än)\s.*$|\s+från\s+(?:\w+\s+)?\d.*$", re.IGNORECASE)
"""The end that only tells what it is measured against."""


def judge(earlier: Record, later: Record) -> tuple[list[Feature], float]:
    """The features of a pair of goals and the least score at which they are the same.

    Goals are short and alike ("... ska öka", "... ska minska"), so words that were put in another's place weigh most: a shorter or
    longer wording leaves nothing over on one side. What is left when the common words are taken off must not be the opposite.
    """
    a, b = goal_subject(earlier.text), goal_subject(later.text)
    features = text_features(a, b)
    laid = align(a.telling, b.telling, who())
    features[0] = features[0]._replace(value=max(features[0].value, LAID_SHARE * (1.0 - laid.exchanged)))
    letters = max(fuzz.ratio(a.text, b.text), TURNED * fuzz.token_sort_ratio(a.text, b.text)) / 100
    features.append(Feature("lika ordalydelse", letters, 0.4))
    features.append(Feature("inget utbytt", max(0.0, 1.0 - STEEP * laid.exchanged), 1.0))
    if one_word_exchanged(a.text, b.text):
        features.append(Feature("ett ord utbytt", 0.0, 0.8))
    if _opposite(a.text, b.text):
        return [*features, Feature("motsatt riktning", 0.0, 0.5)], NEVER
    same_body = not earlier.bodies or not later.bodies or bool(earlier.bodies & later.bodies)
    if earlier.bodies and later.bodies:
        features.append(Feature("samma organisation", 1.0 if same_body else 0.0, 0.1))
    about_the_same = total(features[:4]) > 0.5 or (laid.shared >= 1.0 and not laid.exchanged)
    return features, LEAST if same_body and about_the_same else LEAST_OTHER_BODY


@lru_cache(maxsize=20_000)
def goal_subject(text: str) -> Subject:
    """What a goal is about, without its number in the list and what it is compared with."""
    core = LABEL.sub("", text.strip())
    return subject_of(COMPARISON.sub("", core) or core)


DIRECTIONS = (("öka", "minska"), ("ökar", "minskar"), ("öka", "sänka"), ("högre", "lägre"), ("fler", "färre"), ("förbättra", "behålla"))


def _opposite(first: str, second: str) -> bool:
    """Whether one asks for more where the other asks for less."""
    a, b = set(first.split()), set(second.split())
    return any((x in a and y in b and y not in a) or (y in a and x in b and x not in a) for x, y in DIRECTIONS)
