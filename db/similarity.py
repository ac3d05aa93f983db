"""How alike two texts are: weighted features over stems, concepts, letters and numbers, each with its reason in Swedish.

Used for recommendations, follow-ups and goals. Nothing here asks the database.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from math import fsum
from typing import NamedTuple

from rapidfuzz import fuzz

from extractors.swedish.compounds import parts
from extractors.swedish.lexicon import read_toml
from extractors.swedish.stems import normal, root, stem, stop_words, words

NUMBER = re.compile(r"\d[\d ]*(?:[.,]\d+)?")
COMMON_WEIGHT, PART_WEIGHT, PLAIN_WEIGHT, REPEATED = 0.35, 0.6, 1.0, 0.4
SPLIT_WEIGHT = 0.7
"""Of a compound whose parts count too."""
GROUNDS = re.compile(r"\b(?:i enlighet med|i linje med|enligt)\b(?P<grounds>.*)$")
"""The end of a recommendation that only tells on what it rests."""
GROUNDS_WEIGHT, AIM_WEIGHT = 0.3, 0.7
TOPIC_WEIGHT = 0.6
BEGINNING, LONG_ENOUGH, BEGINNING_WEIGHT = 6, 9, 0.5
"""Long words share a concept by their first letters: compounds of one first part whatever they end in ("attestlista", "attestregister")."""
SHORT_START, LONGEST_REST = 4, 6
INFLECTION = re.compile(r"(?:e?[nt]s?|s|[aeo]?r(?:na)?s?|na|as?|a[dt]|ade[ns]?|ande|n?ing(?:en|ar|arna)?s?|des?|d|e)?")
"""What may follow a short beginning: "ram" is "ramen", not "ramavtal"."""
AIM = re.compile(r"\b(?:för att|i syfte att)\b(?P<aim>.*)$")


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """What a text is about: its concepts with weights, its telling words as a text and their concepts in order, its numbers."""

    text: str
    telling: str
    concepts: dict[str, float]
    sequence: str
    numbers: frozenset[str]
    weight: float
    """The sum of its concepts' weights."""
    length: float
    """The length of its concepts' weights as a vector."""
    ordered: str
    """Its telling words in the order of the alphabet."""


@cache
def _groups() -> dict[str, list[tuple[str, str]]]:
    """(beginning of a word, name of its group) by its first three letters, the longest beginnings first."""
    pairs = [(start, group["words"][0]) for group in read_toml("subjects.toml")["group"] for start in group["words"] if " " not in start]
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for start, name in sorted(pairs, key=lambda p: -len(p[0])):
        found[start[:3]].append((start, name))
    return found


@cache
def _common() -> frozenset[str]:
    return frozenset(stem(w) for w in read_toml("subjects.toml")["common"]["words"])


@cache
def _stop_stems() -> frozenset[str]:
    return frozenset(stem(w) for w in stop_words())


@lru_cache(maxsize=100_000)
def _group_of(word: str) -> str | None:
    """The concept that a word belongs to by its beginning: "fullständig" and "komplett" are one."""
    return next(
        (name for start, name in _groups().get(word[:3], ()) if word.startswith(start) and _may_follow(start, word[len(start) :])), None
    )


def _may_follow(start: str, rest: str) -> bool:
    return len(rest) <= LONGEST_REST and (len(start) > SHORT_START or INFLECTION.fullmatch(rest) is not None)


@cache
def _abbreviations() -> dict[str, list[str]]:
    return {short: words(long) for short, long in read_toml("subjects.toml")["abbreviations"].items()}


def spoken_words(text: str) -> list[str]:
    """The words of a text with abbreviations written out: "va-taxan" is vatten, avlopp and taxan."""
    short = _abbreviations()
    return [w for word in words(text) for w in short.get(word, [word])]


@cache
def who() -> frozenset[str]:
    """The concepts that tell for whom something is done."""
    return frozenset(c for w in read_toml("subjects.toml")["who"]["words"] for c, _ in concepts_of(w))


@lru_cache(maxsize=100_000)
def concepts_of(word: str) -> tuple[tuple[str, float], ...]:
    """The concepts of one word with weights: itself, its group, and for a compound the parts that it is made of."""
    if word in stop_words() or len(word) < 3 or not word.isalpha():
        return ()
    own = stem(word)
    if own in _stop_stems():
        return ()
    name = _group_of(word) or root(own)
    pieces = [(p, stem(p)) for p in parts(word, frozenset())]
    pieces = [(p, s) for p, s in pieces if len(s) >= 3 and s not in _stop_stems()]
    found = {name: _weight(name, own) * (SPLIT_WEIGHT if pieces and name == root(own) else 1.0)}
    for piece, its_stem in pieces:
        part = _group_of(piece) or _group_of(its_stem) or root(its_stem)
        found.setdefault(part, PART_WEIGHT * _weight(part, its_stem))
    if len(word) >= LONG_ENOUGH and _weight(name, own) == PLAIN_WEIGHT:
        found.setdefault(word[:BEGINNING] + "-", BEGINNING_WEIGHT)
    return tuple(found.items())


def _weight(name: str, own: str) -> float:
    return COMMON_WEIGHT if own in _common() or name in _common_groups() else PLAIN_WEIGHT


@cache
def _common_groups() -> frozenset[str]:
    return frozenset(g["words"][0] for g in read_toml("subjects.toml")["group"] if g.get("common"))


@lru_cache(maxsize=50_000)
def subject_of(text: str) -> Subject:
    """What a text is about."""
    found: dict[str, float] = {}
    sequence: list[str] = []
    telling: list[str] = []
    for clause, share in _clauses(normal(text)):
        for word in spoken_words(clause):
            of_word = concepts_of(word)
            if of_word and of_word[0][1] > COMMON_WEIGHT:
                telling.append(word)
                sequence.append(of_word[0][0])
            for concept, weight in of_word:
                known = found.get(concept, 0.0)
                # what is said twice is what it is about
                found[concept] = max(known, weight * share) + (REPEATED * share if known else 0.0)
    numbers = frozenset(re.sub(r"\s", "", n) for n in NUMBER.findall(text))
    weight, length = sum(found.values()), sum([w * w for w in found.values()]) ** 0.5
    said = " ".join(telling) or normal(text)
    return Subject(normal(text), said, found, " ".join(sequence), numbers, weight, length, " ".join(sorted(said.split())))


def _clauses(text: str) -> list[tuple[str, float]]:
    """What is asked for, its aim ("för att ...") and what it rests on ("i enlighet med ..."), each with the share its words count."""
    clauses: list[tuple[str, float]] = []
    for pattern, share in ((GROUNDS, GROUNDS_WEIGHT), (AIM, AIM_WEIGHT)):
        match = pattern.search(text)
        if match and match.start() > 25:
            clauses.insert(0, (text[match.start() :], share))
            text = text[: match.start()]
    return [(text, 1.0), *clauses]


class Feature(NamedTuple):
    """One feature of a comparison: its value (0-1), its weight and why."""

    name: str
    value: float
    weight: float


@lru_cache(maxsize=50_000)
def without_topic(subject: Subject, topic: frozenset[str]) -> Subject:
    """The same with the concepts of the topic counting less: in two audits of home care the word tells nothing apart."""
    if topic.isdisjoint(subject.concepts):
        return subject
    found = dict(subject.concepts)
    for concept in topic:
        if concept in found:
            found[concept] *= TOPIC_WEIGHT
    weight, length = sum(found.values()), sum([w * w for w in found.values()]) ** 0.5
    return Subject(subject.text, subject.telling, found, subject.sequence, subject.numbers, weight, length, subject.ordered)


def overlap(a: Subject, b: Subject) -> float:
    """Share of the concepts that two texts have in common, by weight, of the lighter one's."""
    lighter, first, second = min(a.weight, b.weight), a.concepts, b.concepts
    shared = fsum([x if (x := first[c]) < (y := second[c]) else y for c in first.keys() & second.keys()])
    return min(1.0, shared / lighter) if lighter else 0.0


def cosine(a: Subject, b: Subject) -> float:
    """The cosine of two texts' concepts: what both dwell on counts most."""
    length, first, second = a.length * b.length, a.concepts, b.concepts
    product = fsum([first[c] * second[c] for c in first.keys() & second.keys()])
    return min(1.0, product / length) if length else 0.0


def text_features(a: Subject, b: Subject) -> list[Feature]:
    """The features of two texts: concepts in common, letters, order of the words, numbers."""
    contained = overlap(a, b)
    both = cosine(a, b)
    features = [
        Feature("gemensamma ämnesord", contained, 0.4),
        Feature("samma tyngdpunkt", both, 0.25),
        Feature("bokstavslikhet", fuzz.ratio(a.ordered, b.ordered) / 100, 0.2),
        Feature("ordföljd", fuzz.ratio(a.sequence, b.sequence) / 100, 0.15),
    ]
    if a.numbers and b.numbers:
        features.append(Feature("samma tal", 1.0 if a.numbers & b.numbers else 0.0, 0.05))
    return features


def total(features: list[Feature]) -> float:
    """The weighted mean of features (0-1)."""
    weight = value = 0.0
    for feature in features:
        weight += feature.weight
        value += feature.value * feature.weight
    return value / weight if weight else 0.0


def reasons(features: Iterable[Feature]) -> str:
    """The features as a person reads them: "gemensamma ämnesord 0,82; samma mottagare 1"."""
    return "; ".join(f"{f.name} {f.value:.2f}".replace(".", ",") for f in features)
