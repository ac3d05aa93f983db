"""The 290 municipalities and 21 regions, and how texts name them: "Luleå kommun", "Göteborgs Stad", "LULEÅ KOMMUNS", "Region Skåne".

A municipality that is not in the list ("Granviks kommun") is read from the word "kommun" after a name, and marked as unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractors.swedish.lexicon import read_csv

NAME = r"[A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?"
FIRST = r"(?:(?:Lilla|Stora|Östra|Västra|Norra|Södra|Nya|Övre|Nedre|Upplands|Sankt) )?"
LAST = r"(?: (?:Norra|Södra|Östra|Västra))"
UNKNOWN = re.compile(
    rf"(?<![\w-])(?:(?P<name>{FIRST}{NAME}{LAST}?) (?P<word>[kK]ommun|[sS]tad)"
    rf"|(?P<upper>{FIRST.upper()}[A-ZÅÄÖ]{{3,}}{LAST.upper()}?) (?P<uword>KOMMUN|STAD))(?:s|S)?(?!\w)"
)
DIRECTIONS = frozenset("norra södra östra västra nya lilla stora övre nedre".split())
OF_ANOTHER = re.compile(rf"{LAST} (?:kommun|stad)s?\b", re.IGNORECASE)
"""What makes a known name the beginning of another: "Ekvik Norra kommun"."""
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
CAPITALISED = re.compile(r"(?<![^\W\d_])(?<![^\W\d_]-)[A-ZÅÄÖ][^\W\d_]*(?:-[^\W\d_]+)*")
NO_NAMES = frozenset(
    "en er din vår alla hela varje denna någon annan egen svensk berörd en i av och för till med om den det som vid när att inom per via"
    " all aktuell respektive ingen varför är samma hos mellan bland från under över därför samtliga sveriges".split()
)


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality or region: official name ("Luleå kommun"), place name, code (two digits for a region) and county."""

    name: str
    place: str
    code: str | None = None
    county: str | None = None


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A municipality named in a text. `full` says whether the word kommun, stad or region stands with it."""

    start: int
    end: int
    municipality: Municipality
    full: bool


@cache
def municipalities() -> tuple[Municipality, ...]:
    """All 290, by code."""
    return tuple(Municipality(r["official"], r["name"], r["code"], r["county"]) for r in read_csv("municipalities.csv"))


@cache
def regions() -> tuple[Municipality, ...]:
    """All 21, by code."""
    return tuple(Municipality(r["name"], r["name"], r["code"], r["county"]) for r in read_csv("regions.csv"))


def genitive(place: str) -> str:
    """A place name as owner: "Luleås", "Borås", "Falu" for Falun, which Swedish has kept."""
    return place if place.endswith(("s", "x", "z")) else place + "s"


@cache
def _forms() -> dict[str, tuple[Municipality, bool]]:
    """Every way of writing a known municipality or region, lower case, and whether it is a full form."""
    forms: dict[str, tuple[Municipality, bool]] = {}
    for known in municipalities():
        stem = known.name.rsplit(" ", 1)[0]
        for base in {known.place, genitive(known.place), stem}:
            for word in ("kommun", "stad"):
                for ending in ("", "s", "en", "ens"):
                    forms[f"{base} {word}{ending}".casefold()] = (known, True)
        forms.setdefault(known.place.casefold(), (known, False))
        forms.setdefault(genitive(known.place).casefold(), (known, False))
    for region in regions():
        for form in {region.name, region.name + "s", region.name.removesuffix(" län"), genitive(region.name.removesuffix(" län"))}:
            forms[form.casefold()] = (region, True)
        for form in _county_councils(region):
            forms[form.casefold()] = forms[genitive(form).casefold()] = (region, True)
    return forms


def _county_councils(region: Municipality) -> set[str]:
    """The names under which a region was a landsting until 2018 at the latest: the same body under the same law."""
    short = region.name.removeprefix("Region ").removesuffix(" län")
    names = {f"Landstinget {i}{place}" for i in ("", "i ") for place in (short, region.county or short)}
    return names | {f"{region.county} landsting".replace(" län ", " läns ")}


@cache
def _first_words() -> dict[str, int]:
    """The first words of all forms, lower case, each with the number of words of its longest form."""
    longest: dict[str, int] = {}
    for form in _forms():
        words = form.split()
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return longest


def _known_at(first: re.Match[str], text: str) -> tuple[int, str] | None:
    """The longest known form that begins with a word, as (where it ends, form); a place name alone must have its capital."""
    longest = _first_words().get(first[0].casefold(), 0)
    words = [first] if longest else []
    for _ in range(longest - 1):
        following = WORD.search(text, words[-1].end())
        if following is None or not text[words[-1].end() : following.start()].isspace():
            break
        words.append(following)
    while words:
        form = " ".join(w[0] for w in words).casefold()
        if form in _forms():
            return words[-1].end(), form
        words.pop()
    return None


def find_municipalities(text: str, *, bare: bool = True) -> list[FoundPlace]:
    """All municipalities and regions named in a text, in order; with `bare`, those named by the place alone too ("i Luleå")."""
    found: list[FoundPlace] = []
    last = 0
    for word in CAPITALISED.finditer(text):
        known = _known_at(word, text) if word.start() >= last else None
        if known and (_forms()[known[1]][1] or not OF_ANOTHER.match(text, known[0])):
            municipality, full = _forms()[known[1]]
            last = known[0]
            if bare or full:
                found.append(FoundPlace(word.start(), last, municipality, full))
    taken = {i for f in found for i in range(f.start, f.end)}
    for match in UNKNOWN.finditer(text):
        name = match["name"] or match["upper"].title()
        if not taken.intersection(range(match.start(), match.end())) and not _is_no_name(name):
            place = Municipality(f"{name} {(match['word'] or match['uword']).lower()}", name)
            found.append(FoundPlace(match.start(), match.end(), place, True))
    return sorted(found, key=lambda f: f.start)


def _is_no_name(name: str) -> bool:
    """Whether words before "kommun" name none: "denna", "Norra" alone, "till Norra"."""
    first, *rest = name.casefold().split()
    return first in NO_NAMES or (not rest and first in DIRECTIONS)


def find_municipality(name: str) -> Municipality | None:
    """The known municipality or region that a name is, in any of its forms ("LULEÅ KOMMUN", "Haparanda", "Göteborgs stad")."""
    found = _forms().get(re.sub(r"\s+", " ", name).strip(" .,:").casefold())
    return found[0] if found else None
