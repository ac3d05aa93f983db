"""Two texts laid beside each other word by word: which telling words say the same, and which stand on one side alone.

What is the same in other words leaves little over on *both* sides: a narrower wording adds words of its own, a wider one takes some away.
What only resembles has the same frame and another subject in it: "upprätta en rutin för tillsyn av enskilda avlopp" and "... av
livsmedelsanläggningar" both have words left over, in the same place.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from db.similarity import COMMON_WEIGHT, concepts_of
from extractors.swedish.stems import root, stem, words

SAME_WORD, SHARED_PART, ALIKE = 1.0, 0.8, 0.6
ALIKE_LETTERS = 80.0
SHORTEST_PART = 5
TOPIC_SHARE = 0.5
SHORTEST_FRAME = 3
COMPLEMENT = frozenset("för av vid i på kring om avseende gällande rörande inom till hos mot över".split())
"""Words that bring in what it is about."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """How many telling words found a partner (mean of both sides), and how many stand alone on each side."""

    shared: float
    alone_first: float
    alone_second: float

    @property
    def exchanged(self) -> float:
        """Share (0-1) of what both say that stands alone on both sides: 0 where one wording holds the other."""
        alone = min(self.alone_first, self.alone_second)
        return alone / (alone + self.shared) if alone else 0.0


@lru_cache(maxsize=50_000)
def terms_of(telling: str) -> tuple[tuple[str, str, frozenset[str]], ...]:
    """The telling words, each once: (word, its concept, all concepts that tell something)."""
    found: dict[str, tuple[str, str, frozenset[str]]] = {}
    for word in telling.split():
        concepts = concepts_of(word)
        if concepts and concepts[0][0] not in found:
            found[concepts[0][0]] = (word, concepts[0][0], frozenset(c for c, w in concepts if w > COMMON_WEIGHT))
    return tuple(found.values())


def align(first: str, second: str, topic: frozenset[str] = frozenset()) -> Alignment:
    """Lay the telling words of two texts (`Subject.telling`) beside each other; words of the topic count less, whether shared or not."""
    a, b = terms_of(first), terms_of(second)
    likeness = [[_alike(x, y) for y in b] for x in a]
    weight_a, weight_b = [TOPIC_SHARE if x[1] in topic else 1.0 for x in a], [TOPIC_SHARE if y[1] in topic else 1.0 for y in b]
    covered_a = sum(w * min(1.0, sum(row)) for w, row in zip(weight_a, likeness, strict=True))
    covered_b = sum(w * min(1.0, sum(row[j] for row in likeness)) for j, w in enumerate(weight_b))
    return Alignment((covered_a + covered_b) / 2, sum(weight_a) - covered_a, sum(weight_b) - covered_b)


def _alike(x: tuple[str, str, frozenset[str]], y: tuple[str, str, frozenset[str]]) -> float:
    if x[1] == y[1]:
        return SAME_WORD
    if x[2] & y[2] or _is_part(x[1], y[0]) or _is_part(y[1], x[0]):
        return SHARED_PART
    return ALIKE if fuzz.ratio(x[0], y[0]) >= ALIKE_LETTERS else 0.0


def _is_part(concept: str, word: str) -> bool:
    """Whether a compound begins or ends with the other word: "läkemedel" and "läkemedelsgenomgång", "läckage" and "utläckaget"."""
    return len(concept) >= SHORTEST_PART and len(word) >= len(concept) + 2 and (word.startswith(concept) or root(stem(word)).endswith(concept))


def same_frame(first: str, second: str) -> bool:
    """Whether two texts say the same of different things: they begin alike and go on to another complement, with no telling word in common.

    "Ta fram en rutin för bisysslor" and "Ta fram en rutin för gåvor"; not "Ta fram en underhållsplan" and "... underhållsplan med prioriteringar".
    """
    a, b = words(first), words(second)
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    rest_a, rest_b = a[start:], b[start:]
    if start < SHORTEST_FRAME or not rest_a or not rest_b:
        return False
    if a[start - 1] not in COMPLEMENT and not (rest_a[0] in COMPLEMENT and rest_b[0] in COMPLEMENT):
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
