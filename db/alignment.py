"""Two texts laid beside each other word by word: which telling words say the same, and which stand on one side alone.

What is the same in other words leaves little over on *both* sides: a narrower wording adds words of its own, a wider one takes some away.
What only resembles has the same frame and another subject in it: "upprätta en rutin för tillsyn av enskilda avlopp" and "... av
livsmedelsanläggningar" both have words left over, in the same place.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from db.similarity import COMMON_WEIGHT, concepts_of
from extractors.swedish.stems import root, stem, words

SAME_WORD, SHARED_PART, ALIKE = 1.0, 0.8, 0.6
ALIKE_LETTERS = 80.0
SHORTEST_PART, SHORTEST_FIRST = 5, 4
TOPIC_SHARE = 0.5
SHORTEST_FRAME = 3
LONGEST_PREPOSITION = 5
NO_PART = "…"
COMPLEMENT = frozenset("för av vid i på kring om avseende gällande rörande inom till hos mot över".split())
"""Words that bring in what it is about."""


class Alignment(NamedTuple):
    """How many telling words found a partner (mean of both sides), and how many stand alone on each side."""

    shared: float
    alone_first: float
    alone_second: float

    @property
    def exchanged(self) -> float:
        """Share (0-1) of what both say that stands alone on both sides: 0 where one wording holds the other."""
        alone = min(self.alone_first, self.alone_second)
        return alone / (alone + self.shared) if alone else 0.0


@dataclass(frozen=True, slots=True, eq=False)
class _Term:
    """A telling word: as it stands, its concept, what it may end like, and all concepts that tell something.

    `keys` are its concepts and first letters, `part` the concept where it is long enough to be the end of another word: two words
    without a key in common, neither ending in the other's part, are not alike.
    """

    word: str
    concept: str
    ending: str
    concepts: frozenset[str]
    keys: frozenset[str]
    part: str
    at_end: str
    """Its part as the last of a word in a list of words."""


@lru_cache(maxsize=100_000)
def _term(word: str) -> _Term | None:
    concepts = concepts_of(word)
    if not concepts:
        return None
    concept, telling = concepts[0][0], frozenset(c for c, w in concepts if w > COMMON_WEIGHT)
    keys = telling | {concept, f"{word[0]}…", f"{concept[0]}…"}
    part = concept if len(concept) >= SHORTEST_PART else NO_PART
    return _Term(word, concept, root(stem(word)), telling, keys, part, f"{part} ")


class _Terms(NamedTuple):
    """The telling words of a text, and what all of them hold: a word that meets none of it is like none of them."""

    terms: tuple[_Term, ...]
    keys: frozenset[str]
    parts: tuple[str, ...]
    endings: str


@lru_cache(maxsize=50_000)
def _terms_of(telling: str) -> _Terms:
    """The telling words, each concept once."""
    found = {term.concept: term for term in map(_term, reversed(telling.split())) if term}
    terms = tuple(reversed(found.values()))
    keys: frozenset[str] = frozenset().union(*(t.keys for t in terms))
    return _Terms(terms, keys, tuple(t.part for t in terms), "".join(f"{t.ending} " for t in terms))


def align(first: str, second: str, topic: frozenset[str] = frozenset()) -> Alignment:
    """Lay the telling words of two texts (`Subject.telling`) beside each other; words of the topic count less, whether shared or not."""
    a, (b, keys, parts, endings) = _terms_of(first).terms, _terms_of(second)
    shared = alone_first = 0.0
    covered = [0.0] * len(b)
    for x in a:
        found = 0.0
        may = not x.keys.isdisjoint(keys) or x.ending.endswith(parts) or x.at_end in endings
        for j, y in enumerate(b) if may else ():
            if x.keys.isdisjoint(y.keys) and not x.ending.endswith(y.part) and not y.ending.endswith(x.part):
                continue
            alike = _alike(x, y)
            if alike:
                found += alike
                covered[j] += alike
        weight = TOPIC_SHARE if x.concept in topic else 1.0
        held = weight * found if found < 1.0 else weight
        shared += held
        alone_first += weight - held
    alone_second = 0.0
    for y, found in zip(b, covered, strict=True):
        weight = TOPIC_SHARE if y.concept in topic else 1.0
        held = weight * found if found < 1.0 else weight
        shared += held
        alone_second += weight - held
    return Alignment(shared / 2, alone_first, alone_second)


def _alike(x: _Term, y: _Term) -> float:
    """How far two words say the same (0-1). Called for very many pairs of words: what is cheap comes first."""
    if x.concept == y.concept:
        return SAME_WORD
    if not x.concepts.isdisjoint(y.concepts):
        return SHARED_PART
    longer, shorter = (x, y) if len(x.word) > len(y.word) else (y, x)
    part = shorter.concept  # "läkemedel" and "läkemedelsgenomgång", "läckage" and "utläckaget"
    rest = len(longer.word) - len(part)
    if len(part) >= SHORTEST_FIRST and rest >= SHORTEST_FIRST and longer.word.startswith(part):
        return SHARED_PART
    if len(part) >= SHORTEST_PART and rest >= 2 and (longer.word.startswith(part) or longer.ending.endswith(part)):
        return SHARED_PART
    if x.word[0] != y.word[0]:
        return 0.0
    return ALIKE if fuzz.ratio(x.word, y.word) >= ALIKE_LETTERS else 0.0


@lru_cache(maxsize=50_000)
def _words(text: str) -> list[str]:
    return words(text)


def same_frame(first: str, second: str) -> bool:
    """Whether two texts say the same of different things: they begin alike and go on to another complement, no telling word in common.

    "Ta fram en rutin för bisysslor" and "Ta fram en rutin för gåvor"; not "Ta fram en plan för skolor" and "... plan med prioriteringar".
    """
    a, b = _words(first), _words(second)
    if a[:SHORTEST_FRAME] != b[:SHORTEST_FRAME]:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    rest_a, rest_b = a[start:], b[start:]
    if not rest_a or not rest_b:
        return False
    owner = len(a[start - 1]) > LONGEST_PREPOSITION and a[start - 1].endswith("s")  # "entreprenörernas"
    if not owner and a[start - 1] not in COMPLEMENT and not (rest_a[0] in COMPLEMENT and rest_b[0] in COMPLEMENT):
        return False
    found = align(_telling(rest_a), _telling(rest_b))
    return not found.shared and bool(found.alone_first) and bool(found.alone_second)


def one_word_exchanged(first: str, second: str) -> bool:
    """Whether two texts are the same word for word but for one telling word (and numbers): "alla elever ska kunna läsa" and "... räkna"."""
    a, b = words(first), words(second)
    if len(a) != len(b):
        return False
    exchanged = [(x, y) for x, y in zip(a, b, strict=True) if x != y and not (x[0].isdigit() and y[0].isdigit())]
    if len(exchanged) != 1:
        return False
    found = align(_telling([exchanged[0][0]]), _telling([exchanged[0][1]]))
    return not found.shared and bool(found.alone_first) and bool(found.alone_second)


def _telling(found: list[str]) -> str:
    return " ".join(w for w in found if any(weight > COMMON_WEIGHT for _, weight in concepts_of(w)[:1]))
