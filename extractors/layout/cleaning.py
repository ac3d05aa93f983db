"""Text as it should be: line-end hyphens undone, letter-spaced headings closed up.

A hyphen at a line end is one of three things: division of a word ("gransk-|ning"), part of a word ("KS-|kommunstab", "e-|tjänst") or a
hanging hyphen ("drift- och"). Rules go first (letters before and after), the document's own words decide the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

SOFT = "\u00ad"
HYPHENS = ("-", SOFT, "\u2010")
JOINERS = frozenset({"och", "eller", "samt", "respektive", "resp", "resp.", "men", "till", "&", "/"})
"""Words before which a hyphen hangs: "drift- och underhåll", "för- eller nackdelar"."""
KEEPING = frozenset({"icke", "e", "it", "f", "t", "pm", "tv", "vice", "ex", "eu", "av", "pr", "hr", "a", "b", "c", "d"})
"""First parts that are written with a hyphen: "e-tjänst", "it-system", "f-skatt"."""
LAST_PART = re.compile(r"([\w.,:§%]+)[-\u00ad\u2010]$")
FIRST_PART = re.compile(r"([\w]+[.]?)")
WORD_EDGE = re.compile(r"^[^\w]+|[^\w]+$")


class Hyphens:
    """Joins lines into text. `known` are words of the document that stand within a line, in lower case."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        """`words`: words of the document as printed; what ends in a hyphen is left out."""
        self.known: set[str] = set()
        for word in set(words):
            if word.isalnum():
                self.known.add(word.lower())
            elif not word.endswith(HYPHENS):
                self.known.add(WORD_EDGE.sub("", word).lower())

    def join(self, parts: Sequence[str]) -> str:
        """Lines joined into one text."""
        if len(parts) == 1:
            return parts[0].replace(SOFT, "")
        text = ""
        for part in parts:
            if not part:
                continue
            text = self.append(text, part) if text else part
        return text.replace(SOFT, "")

    def append(self, text: str, part: str) -> str:
        """`text` with the next line `part`; the hyphen between them kept, dropped or left hanging."""
        if not text.endswith(HYPHENS):
            return f"{text} {part}"
        before, after = LAST_PART.search(text.rpartition(" ")[2]), FIRST_PART.match(part)
        if not before:
            return f"{text} {part}"
        first = before.group(1)
        if not after:
            return f"{text} {part}" if not part.startswith(("(", "/")) else text + part
        second = after.group(1)
        if second.lower() in JOINERS and not self.is_known(first + second):
            return f"{text[:-1]}- {part}"
        if self.keeps(first, second, soft=text[-1] == SOFT):
            return f"{text[:-1]}-{part}"
        return text[:-1] + part

    def is_known(self, word: str) -> bool:
        """Whether the document has the word within a line."""
        return word.lower() in self.known

    def keeps(self, first: str, second: str, *, soft: bool) -> bool:
        """Whether the hyphen between two parts belongs to the word: "KS-kommunstab" and "2023-2025", not "gransk-ning"."""
        if soft:
            return second[0].isupper() and not first.isupper()
        if not second[0].islower() or not first[-1].islower():
            return not (first[-1].isupper() and second[0].isupper() and self.is_known(first + second))
        if self.is_known(first + second):
            return False
        return first.lower() in KEEPING or self.is_known(f"{first}-{second}")


def is_spaced(words: Sequence[str]) -> bool:
    """Whether a line is letter-spaced ("R E S U L T A T"): at least four words and nearly all of them single letters."""
    if len(words) < 4:
        return False
    single = sum(len(word) == 1 and word.isalpha() for word in words)
    return single >= 4 and single >= 0.8 * len(words)


def close_up(words: Sequence[str], gaps: Sequence[float]) -> str:
    """A letter-spaced line as words; `gaps[i]` is the distance in points between `words[i]` and the next."""
    usual = sorted(gaps)[len(gaps) // 2]
    text = words[0]
    for word, gap in zip(words[1:], gaps, strict=True):
        text += (" " if gap > 1.6 * usual + 0.5 else "") + word
    return text
