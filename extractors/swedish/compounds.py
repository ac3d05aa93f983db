"""Swedish compounds taken apart by words that are known: "kompetensförsörjningsplanen" is kompetensförsörjning + plan.

A compound is split in two known words, perhaps with a linking s ("-s-") or a lost vowel; each of the two may be a compound of its
own. What is known are the words of the database as they stand there, and a small list for a start, of which every inflection counts.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import cache, lru_cache

from extractors.swedish.lexicon import read_toml
from extractors.swedish.stems import stem

SHORTEST_PART = 4
SHORTEST_HEAD = 2


@cache
def base_stems() -> frozenset[str]:
    """Stems of common parts of compounds in reports, known without having been seen."""
    return frozenset(stem(w) for w in read_toml("compounds.toml")["words"])


@cache
def _short_words() -> frozenset[str]:
    return frozenset(read_toml("compounds.toml")["short"])


@cache
def _endings() -> frozenset[str]:
    """Endings of inflection, which are no last parts of compounds."""
    return frozenset(read_toml("compounds.toml")["endings"])


@cache
def _base_starts() -> frozenset[str]:
    return frozenset(s[:3] for s in base_stems())


@lru_cache(maxsize=200_000)
def is_base(word: str) -> bool:
    """Whether a word is an inflection of one of the small list."""
    return word[:3] in _base_starts() and stem(word) in base_stems()


def last_part(part: str, known: Container[str]) -> bool:
    """Whether a compound may end in this word."""
    if len(part) < SHORTEST_PART:
        return part in _short_words()
    return part not in _endings() and (part in known or is_base(part))


def first_part(part: str, known: Container[str]) -> str | None:
    """The known word that a compound may begin with: as it stands, without its linking s, or with the vowel that it lost."""
    forms = (part, part + "a", part + "e") if not part.endswith("s") else (part[:-1], part)
    for form in forms:
        if len(form) < SHORTEST_PART:
            if form in _short_words():
                return form
        elif form not in _endings() and (form in known or is_base(form)):
            return form
    return None


def splits(word: str, known: Container[str]) -> Iterator[tuple[str, str, int]]:
    """All ways to take a word (lower case) apart in two known words, as (first, last, where), the longest first part last."""
    if len(word) < SHORTEST_PART + SHORTEST_HEAD or not word.isalpha():
        return
    for at in range(SHORTEST_HEAD, len(word) - SHORTEST_HEAD):
        if last_part(word[at:], known):
            first = first_part(word[:at], known)
            if first:
                yield first, word[at:], at


def split(word: str, known: Container[str]) -> tuple[str, str] | None:
    """The best way to take a word apart in two, or None: the one with the longest first part that is long enough itself."""
    best = max(splits(word, known), key=lambda s: (min(len(s[0]), len(s[1])) >= SHORTEST_PART, s[2]), default=None)
    return best[:2] if best else None


def parts(word: str, known: Container[str], depth: int = 3) -> list[str]:
    """All parts of a compound, the larger ones among them; empty where the word is none."""
    found = split(word, known) if depth else None
    if not found:
        return []
    return list(dict.fromkeys([*found, *(p for part in found for p in parts(part, known, depth - 1))]))
