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
UNKNOWN = re.compile(rf"(?<![\w-])(?:(?P<name>{FIRST}{NAME}) [kK]ommun|(?P<upper>[A-ZÅÄÖ]{{3,}}) KOMMUN)(?:s|S)?(?!\w)")
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
        forms[f"kommunen {known.place}".casefold()] = (known, True)
    for region in regions():
        for form in {region.name, region.name + "s", region.name.removesuffix(" län"), genitive(region.name.removesuffix(" län"))}:
            forms[form.casefold()] = (region, True)
    return forms


@cache
def _known() -> re.Pattern[str]:
    """All forms; a place name alone only with a capital, since many are words ("mark", "lund", "berg", "mora")."""
    full = sorted((f for f, (_, is_full) in _forms().items() if is_full), key=len, reverse=True)
    bare = sorted({p for m in municipalities() for p in (m.place, genitive(m.place))}, key=len, reverse=True)
    either = "|".join(re.escape(f).replace(r"\ ", r"\s+") for f in full)
    alone = "|".join(re.escape(b) for b in bare)
    return re.compile(rf"(?<![\w-])(?:(?P<full>(?i:{either}))|(?P<bare>{alone}))(?![\w-])")


def find_municipalities(text: str, *, bare: bool = True) -> list[FoundPlace]:
    """All municipalities and regions named in a text, in order; with `bare`, those named by the place alone too ("i Luleå")."""
    found = []
    for match in _known().finditer(text):
        form = re.sub(r"\s+", " ", match[0]).casefold()
        known, full = _forms()[form]
        if (bare or full) and not (full and match[0].islower()):
            found.append(FoundPlace(match.start(), match.end(), known, full))
    taken = {i for f in found for i in range(f.start, f.end)}
    for match in UNKNOWN.finditer(text):
        name = match["name"] or match["upper"].capitalize()
        if not taken.intersection(range(match.start(), match.end())) and name.casefold() not in NO_NAMES:
            place = Municipality(f"{name} kommun", name)
            found.append(FoundPlace(match.start(), match.end(), place, True))
    return sorted(found, key=lambda f: f.start)


def find_municipality(name: str) -> Municipality | None:
    """The known municipality or region that a name is, in any of its forms ("LULEÅ KOMMUN", "Haparanda", "Göteborgs stad")."""
    found = _forms().get(re.sub(r"\s+", " ", name).strip(" .,:").casefold())
    return found[0] if found else None
