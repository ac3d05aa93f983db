"""Norms by name: the laws, policies and plans that a sentence names, each with the words that belong to it.

An audit's criteria are norms. Where they stand in running words ("Som grund har vi använt skollagen, nämndens reglemente och
kommunens plan för skolskjuts") the name of each is told by its head word and what is bound to it on either side.
"""

from __future__ import annotations

import re

from extractors.reports.audit_words import words
from extractors.swedish.recommending import fold_blanks

_NORM = words("norm")
_BOUND = words("norm_before")
"""Words before the head word that belong to the name: whose it is, which chapter of it, of what kind."""
_LOOSE = words("norm_loose")
"""Of these what cannot begin a name."""
_END = words("norm_end")
"""Where the name is over and the sentence goes on."""

_SEPARATORS = (r";\s+", r"\s+samt\s+", r",\s+(?:(?:och|dels|liksom|även)\s+)?", r"\s+och\s+", r"\s+liksom\s+")


def has_norm(text: str) -> bool:
    """Whether a text names a law, policy, plan or other norm."""
    return bool(_NORM.search(text))


def norms_in(sentence: str) -> list[str]:
    """The norms that a sentence names, as printed, without what leads to the first and what is said after the last."""
    text = fold_blanks(sentence).strip(" .")
    first = _NORM.search(text)
    if not first:
        return []
    pieces = split_norms(text[_begin(text, first.start()) :])
    return [name for piece in pieces if has_norm(name := _END.sub("", piece).strip(" .,"))]


def _begin(text: str, head: int) -> int:
    """Where the name begins whose head word stands at `head`."""
    bound = _BOUND.search(text[:head])
    if not bound:
        return head
    loose = _LOOSE.match(text[bound.start() : head])
    return bound.start() + (loose.end() if loose else 0)


def split_norms(listed: str) -> list[str]:
    """A, B and C of "A, B samt C". A separator parts two names only where a norm stands on both sides of it."""
    parts = [listed]
    for separator in _SEPARATORS:
        parts = [piece for part in parts for piece in _split_at(separator, part)]
    return parts


def _split_at(separator: str, text: str) -> list[str]:
    pieces = re.split(separator, text)
    glue = re.findall(separator, text)
    joined = [pieces[0]]
    for between, piece in zip(glue, pieces[1:], strict=True):
        if not joined[-1].endswith("-") and starts_norm(joined[-1], piece):
            joined.append(piece)
        else:
            joined[-1] += between + piece
    return joined


def starts_norm(before: str, piece: str) -> bool:
    """Whether a new norm begins with `piece`: one stands on both sides, and not only in a parenthesis or as the year of a decision."""
    if before.count("(") > before.count(")") or re.match(r"(?:antag|beslut|fastställ)\w+", piece):
        return False
    if re.match(r"[\wåäö-]+s\b", before) and re.fullmatch(r"[\wåäö-]+(?:er|or|ar|iv)", piece.strip(" .")):
        return False  # "nämndens mål och riktlinjer"
    return has_norm(before) and has_norm(re.sub(r"\([^()]*\)?", "", piece))
