"""Swedish compounds taken apart by words that are known: "kompetensförsörjningsplanen" is kompetensförsörjning + plan.

A compound is split in two known words, perhaps with a linking s ("-s-") or a lost vowel; each of the two may be a compound of its
own. What is known comes from the words of the database, and from a small list for a start. Known words are given as stems
(`stems.stem`), so that every inflection of a last part counts; parts are given as stems too.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import cache

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


def last_part(part: str, known: Container[str]) -> str | None:
    """The stem of a known word that a compound may end in, or None."""
    if len(part) < SHORTEST_PART:
        return part if part in _short_words() else None
    if part in _endings():
        return None
    found = stem(part)
    return found if len(found) >= 3 and (found in base_stems() or found in known) else None


def first_part(part: str, known: Container[str]) -> str | None:
    """The stem of a known word that a compound may begin with: as it stands, without its linking s, or with the vowel it lost."""
    forms = (part, part.removesuffix("s"), part + "a", part + "e") if not part.endswith("s") else (part.removesuffix("s"), part)
    for form in forms:
        if len(form) < SHORTEST_PART:
            if form in _short_words():
                return form
        elif (found := stem(form)) in base_stems() or found in known:
            return found
    return None


def splits(word: str, known: Container[str]) -> Iterator[tuple[str, str, int]]:
    """All ways to take a word (lower case) apart in two known words, as (first stem, last stem, where), the longest first part last."""
    if len(word) < SHORTEST_PART + SHORTEST_HEAD or not word.isalpha():
        return
    for at in range(SHORTEST_HEAD, len(word) - SHORTEST_HEAD):
        last = last_part(word[at:], known)
        if last:
            first = first_part(word[:at], known)
            if first:
                yield first, last, at


def split(word: str, known: Container[str]) -> tuple[str, str] | None:
    """The best way to take a word apart in two, or None: the one with the longest first part that is long enough itself."""
    best = max(splits(word, known), key=lambda s: (min(len(s[0]), len(s[1])) >= SHORTEST_PART, s[2]), default=None)
    return best[:2] if best else None


def parts(word: str, known: Container[str], depth: int = 3) -> list[str]:
    """The stems of all parts of a compound, the larger ones among them; empty where the word is none."""
    found = split(word, known) if depth else None
    if not found:
        return []
    return list(dict.fromkeys([*found, *(p for part in found for p in parts(part, known, depth - 1))]))
