"""Names of companies and federations in Swedish text: "Luleå Energi AB", "AB Framtiden", "Förvaltnings AB Väst", "Kommunalförbundet Norra".

They have no ending of their own: the name is the capitalised words around the word that tells the form.
"""

from __future__ import annotations

import re
from functools import cache

from extractors.swedish.lexicon import read_toml

CAP = r"(?:[A-ZÅÄÖÉ0-9][\w&:.-]*(?<![.:]))"
JOIN = r"(?:(?:&|i|av)[ ])"
BEFORE = re.compile(rf"(?:{CAP}[ ])(?:{JOIN}?{CAP}[ ]){{0,4}}$")
AFTER = re.compile(rf"[ ]{CAP}(?:[ ]{CAP}){{0,3}}")
PAIR = re.compile(rf"(?P<first>(?:{CAP}[ ]){{2,3}})(?:och|&)[ ]$")
"""What stands before the last word of "Ekvik Energi och Vatten AB": two words at least, or it could be another body."""
NO_FIRST = re.compile(r"(?:en|et|na|AB|fullmäktige)[ ]$")
FORM = re.compile(r"(?<![\w-])(?:AB|Aktiebolag|aktiebolag|HB|KB|ek\.? för\.?|ekonomisk förening)(?::s|s)?(?![\w-])")
FRONT = re.compile(
    r"(?<![\w-])(?P<form>Stiftelsen|(?:[Kk]ommunal|[Ss]amordnings|[Rr]äddnings(?:tjänst)?|[Vv]atten|[Aa]vfalls|[Uu]tbildnings)förbundet)(?P<rest>"
    rf"[ ]{CAP}(?:[ ](?:(?:och|i|&)[ ])?{CAP}){{0,3}})"
)
BACK = re.compile(
    rf"(?<![\w-])(?:{CAP}(?:-|[ ]))(?:(?:och[ ])?{CAP}(?:-|[ ])){{0,3}}"
    r"(?:[Kk]ommunalförbund|[Ss]amordningsförbund|[Rr]äddningsförbund)(?:et)?(?!\w)"
)

LETTERS = ("AB", "ktiebolag", "HB", "KB", "ek", "förbund", "Stiftelsen")
"""One of these stands in every name: a look costs less than the patterns."""


@cache
def _not_first() -> frozenset[str]:
    return frozenset(read_toml("names.toml")["words"]["not_first"])


def find_companies(text: str) -> list[tuple[int, int, str, str]]:
    """Companies, foundations and federations of a text as (start, end, name, kind), in order and without overlap."""
    found: list[tuple[int, int, str, str]] = []
    if not any(letters in text for letters in LETTERS):
        return found
    for match in FORM.finditer(text):
        span = _company(text, match)
        if span and not (found and span[0] < found[-1][1]):
            found.append((*span, company_name(text[span[0] : span[1]]), "bolag"))
    for pattern in (FRONT, BACK):
        for match in pattern.finditer(text):
            if all(match.end() <= start or match.start() >= end for start, end, _, _ in found):
                kind = "bolag" if match[0].startswith("Stiftelsen") else "kommunalforbund"
                name = re.sub(r"\s+", " ", match[0])
                found.append((match.start(), match.end(), name[:1].upper() + name[1:], kind))
    return sorted(found)


def company_name(text: str) -> str:
    """A company's name in its base form: without genitive, blanks folded."""
    return re.sub(r"\s+", " ", re.sub(r"(?<=AB)(?::s|s)$|(?<=olag)s$", "", text)).strip()


def _company(text: str, form: re.Match[str]) -> tuple[int, int] | None:
    """The span of a company around the word AB: the words before it, else those after it, both for "Förvaltnings AB Framtiden"."""
    before = _words_before(text, form.start())
    after = AFTER.match(text, form.end())
    # "Fastighets AB Höjden": what ends in s without being a town's genitive alone wants a name behind it
    wants_more = before is not None and re.search(r"(?:nings|hets|tads|bolags|trafik|byggnads|sports)[ ]$", text[before : form.start()])
    if before is None:
        return (form.start(), after.end()) if after and not form[0].endswith("s") else None
    return (before, after.end() if after and wants_more else form.end())


def _words_before(text: str, at: int) -> int | None:
    """Where the capitalised words that end at an offset begin, without words that only stand before a name."""
    match = BEFORE.search(text[max(0, at - 80) : at])
    if not match:
        return None
    start = max(0, at - 80) + match.start()
    while start < at:
        first = re.match(r"\S+\s+", text[start:at])
        if not first or first[0].strip().casefold().strip(".,") not in _not_first():
            break
        start += first.end()
    pair = PAIR.search(text[max(0, start - 60) : start])
    if pair and start < at and len(text[start:at].split()) == 1 and not NO_FIRST.search(pair["first"]):
        start = max(0, start - 60) + pair.start()
    return start if start < at else None
