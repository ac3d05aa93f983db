"""Recommendation threads: what comes back in later reports in whatever words, and what was followed up.

How a pair is judged, feature by feature with its weight; where two audits are of the same subject, or the report of the follow-up
is told, a changed wording is enough, elsewhere the words must be nearly the same.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace
from functools import lru_cache

from db.alignment import align, same_frame
from db.similarity import COMMON_WEIGHT, Feature, Subject, overlap, subject_of, text_features, total, without_topic
from db.threads_match import NEAR, Record

LEAST = 0.5
LEAST_SAME_SUBJECT = 0.34
LEAST_ONE_WORD = 0.4
LEAST_WORDS = 0.28
SAME_TITLE = 0.3
LEAST_TELLING = 1.5
NEVER = 2.0
EXCHANGE_WEIGHT, TEXT_FEATURES = 0.3, 4
LONG_WORD = 12
OFTEN, LEAST_OFTEN, LEAST_MEMBERS = 0.4, 2, 3
NOT_A_SUBJECT = re.compile(
    r"\b(?:granskning\w*|uppföljande|uppföljning|revisionsrapport\w*|rapport\w*|förstudie|kommunens?|avseende|tidigare|lämnade|år|\d{4})\b",
    re.IGNORECASE,
)


def judge(earlier: Record, later: Record) -> tuple[list[Feature], float]:
    """The features of a pair of recommendations or follow-ups, and the least score at which they are the same."""
    a, b = earlier.subject, later.subject
    topic = _same_subject(earlier, later)
    if topic:
        a, b = without_topic(a, topic), without_topic(b, topic)
    features = text_features(a, b)
    likeness = total(features)
    features += _around(earlier, later, topic)
    least = LEAST if not topic else LEAST_SAME_SUBJECT if _alone_says_enough(a, b) else LEAST_ONE_WORD
    if not topic and later.kind == "rekommendation" and min(_telling(a), _telling(b)) < LEAST_TELLING:
        return features, NEVER  # "Säkerställ att rutinerna följs" is said of every subject
    if likeness < LEAST_WORDS or total([*features, Feature("", 1.0, EXCHANGE_WEIGHT)]) < least - NEAR:
        return features, NEVER
    laid = align(a.telling, b.telling, topic)
    features.insert(TEXT_FEATURES, Feature("inget utbytt", 1.0 - laid.exchanged, EXCHANGE_WEIGHT))
    if total(features) < least - NEAR:
        return features, NEVER
    may = (laid.shared > 0 or _share_a_telling_word(a, b)) and not same_frame(a.text, b.text)
    return features, least if may else NEVER


def _around(earlier: Record, later: Record, topic: frozenset[str]) -> list[Feature]:
    """What speaks for a pair beside its words: recipient, the report that is followed up, the subject of the audits."""
    features = []
    if earlier.bodies and later.bodies:
        features.append(Feature("samma mottagare", 1.0 if earlier.bodies & later.bodies else 0.0, 0.08))
    if later.kind == "uppfoljning" and later.about_year and earlier.when[0]:
        near = abs(later.about_year - earlier.when[0]) <= 1
        features.append(Feature("rapporten som följs upp", 1.0 if near else 0.0, 0.12))
    if topic:
        features.append(Feature("granskningar av samma ämne", 1.0, 0.04))
    return features


def with_topics(records: list[Record]) -> list[Record]:
    """The records with what their audit is about: the telling concepts that come back in its recommendations."""
    audits: dict[tuple[str, str, int | None], list[Record]] = defaultdict(list)
    for record in records:
        audits[record.document, record.audit, record.about_year].append(record)
    found = []
    for members in audits.values():
        held = Counter(c for r in members for c, w in r.subject.concepts.items() if w > COMMON_WEIGHT)
        often = max(LEAST_OFTEN, OFTEN * len(members))
        topic = frozenset(c for c, n in held.items() if n >= often) if len(members) >= LEAST_MEMBERS else frozenset()
        found += [replace(r, topic=topic) for r in members]
    return found


def _same_subject(earlier: Record, later: Record) -> frozenset[str]:
    """The subject that two audits share by their titles, none where they differ; a follow-up tells the title of what it follows."""
    titled = _shared_subject(earlier.audit or earlier.title, later.audit or later.title)
    spoken = earlier.topic & later.topic
    return titled | spoken if titled or any(not c.endswith("-") for c in spoken) else titled


@lru_cache(maxsize=20_000)
def _shared_subject(title: str, other: str) -> frozenset[str]:
    first, second = _subject_of_title(title), _subject_of_title(other)
    same = bool(first.concepts) and bool(second.concepts) and overlap(first, second) >= SAME_TITLE
    return frozenset(first.concepts.keys() & second.concepts.keys()) if same else frozenset()


@lru_cache(maxsize=20_000)
def _subject_of_title(title: str) -> Subject:
    return subject_of(NOT_A_SUBJECT.sub(" ", title))


def _alone_says_enough(a: Subject, b: Subject) -> bool:
    """Whether at least two telling concepts are shared, or one long word: one common word does not make two recommendations the same."""
    shared = [c for c in a.concepts.keys() & b.concepts.keys() if a.concepts[c] >= 0.5 and b.concepts[c] >= 0.5]
    return len(shared) >= 2 or any(len(c) >= LONG_WORD for c in shared)


def _share_a_telling_word(a: Subject, b: Subject) -> bool:
    """False where each names a subject and none is the other's: "stärka den interna kontrollen av löner" and "... av gåvor"."""
    telling = [{c for c, w in s.concepts.items() if w > COMMON_WEIGHT} for s in (a, b)]
    return bool(telling[0] & telling[1]) or not all(telling)


def _telling(subject: Subject) -> float:
    """How much a text says of its subject: the weight of its concepts that are not said of everything."""
    return sum(weight for weight in subject.concepts.values() if weight >= 0.5)
