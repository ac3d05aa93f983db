"""The content words of a sentence as stems: for telling whether two wordings speak of the same thing, never for identity."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

_WORD = re.compile(r"[a-zåäöéü]{2,}(?:-[a-zåäöéü]+)*", re.IGNORECASE)


@cache
def _stop_words() -> frozenset[str]:
    lines = (Path(__file__).parent / "data" / "stop_words.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def _stem_word() -> Callable[[str], str]:
    import snowballstemmer

    stemmer = snowballstemmer.stemmer("swedish")
    return lambda word: str(stemmer.stemWord(word))


@cache
def stem(word: str) -> str:
    """The Snowball stem of a lower-case word."""
    return _stem_word()(word)


def stem_words(text: str) -> list[str]:
    """The stems of all words, in order."""
    return [stem(w.lower()) for w in _WORD.findall(text)]


def content_stems(text: str) -> frozenset[str]:
    """The stems of the words that say what a text is about."""
    return frozenset(stem(w) for m in _WORD.findall(text) if (w := m.lower()) not in _stop_words())
