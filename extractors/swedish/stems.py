"""Words and stems for search and for finding what is alike. Stems are for looking up only: one word may have two of them.

Everything is NFC and lower case; å, ä and ö stay apart from a and o (`fold_dots` takes them off for those who type without).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

from extractors.swedish.lexicon import read_toml

WORD = re.compile(r"\d+[.,]\d+|[^\W_]+")
NOUN_ENDING = re.compile(r"(?:(?<=mäl)an|(?<=sök)an|ning|ing|ande|ende|and|end|else|els)$")
VERB_NOUN_ENDING = re.compile(r"ering$")
SHORTEST_ROOT = 5
NUMBER_GROUPS = re.compile(r"(?<=\d)[\u00a0\u2009\u202f ](?=\d{3}(?!\d))")
_DOTS = str.maketrans("åäöéèêëüáàâóòôíìîñçæøÅÄÖÉ", "aaoeeeeuaaaoooiiincaoAAOE")


@cache
def _stemmer() -> Any:  # noqa: ANN401  (snowballstemmer hands out PyStemmer's, in C, since that is installed too)
    import snowballstemmer

    return snowballstemmer.stemmer("swedish")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of a word in lower case: snowball on its base form where that is known; numbers and very short words are their own.

    Snowball alone gives "skola" and "skolan", "databas" and "databasen" two stems each; it is applied until nothing more goes.
    """
    if len(word) < 3 or not word.isalpha() or word in _kept():
        return word
    found = _base_form(word)
    for _ in range(3):
        shorter = _snowball(found)
        if shorter == found or len(shorter) < 3:
            break
        found = shorter
    return found


@lru_cache(maxsize=100_000)
def _snowball(word: str) -> str:
    """One step of the stemmer; the last step is the same for all forms of a word."""
    return str(_stemmer().stemWord(word))


def _base_form(word: str) -> str:
    """The base form by simplemma's Swedish list ("skolorna" -> "skola"), the word itself where it is not in it."""
    import simplemma

    if word in _own_base():
        return word
    base = str(simplemma.lemmatize(word, lang="sv")).lower()
    return base if base[:2] == word[:2] and base.isalpha() else word


@cache
def _own_base() -> frozenset[str]:
    """Words that the list takes for a form of another: "nämnd" is not "nämna"."""
    return frozenset(read_toml("subjects.toml")["base"]["words"])


@cache
def _kept() -> frozenset[str]:
    """Small words that would get the stem of another word: "ska" is not "skola"."""
    return frozenset(read_toml("subjects.toml")["base"]["kept"])


def normal(text: str) -> str:
    """A text as it is compared: NFC, lower case, soft hyphens gone, blanks inside numbers gone ("12 345" -> "12345")."""
    return NUMBER_GROUPS.sub("", unicodedata.normalize("NFC", text).replace("\u00ad", "")).lower()


def words(text: str) -> list[str]:
    """The words and numbers of a text in lower case: "Barn- och skolnämnden" is three, "KS/2024:123" ks, 2024 and 123, "1,5" one."""
    return WORD.findall(normal(text))


@lru_cache(maxsize=100_000)
def root(found: str) -> str:
    """What the stems of a verb and its noun have in common: "redovisning" and "redovis" give redovis; else the stem itself."""
    for ending in (VERB_NOUN_ENDING, NOUN_ENDING):
        shorter = ending.sub("", found)
        if shorter != found and len(shorter) >= SHORTEST_ROOT:
            return shorter
    return found


def stems(text: str) -> list[str]:
    """The stems of all words of a text in order."""
    return [stem(w) for w in words(text)]


@lru_cache(maxsize=200_000)
def fold_dots(word: str) -> str:
    """A word as typed without dots and accents: "nämnd" -> "namnd"."""
    return word.translate(_DOTS)


@cache
def stop_words() -> frozenset[str]:
    """Words that say nothing about what a text is about."""
    return frozenset(read_toml("subjects.toml")["stop"]["words"])
