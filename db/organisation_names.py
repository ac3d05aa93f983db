"""How the names of bodies are written, taken back to one way: what a report adds to a name, leaves out of it or spells otherwise."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.swedish.compounds import split
from extractors.swedish.names import canonical_body
from extractors.swedish.places import find_municipality, genitive
from extractors.swedish.stems import stem, stop_words, words
from schema.ids import fold_name

SHORT_FORMS = {
    "ks": "Kommunstyrelsen",
    "kf": "Kommunfullmäktige",
    "ksau": "Kommunstyrelsens arbetsutskott",
    "rs": "Regionstyrelsen",
    "rf": "Regionfullmäktige",
}
"""Short forms that every municipality uses, where the report gives none of its own."""
ONE_WORD = {stem("byggnad"): "bygg"}
"""Parts of names that are written both ways for one body: "Miljö- och byggnadsnämnden" and "Miljö- och byggnämnden"."""
SPELLINGS = (
    (re.compile("\u00ad"), ""),
    (re.compile("[\u2010-\u2015]"), "-"),
    (re.compile(r"\s+"), " "),
    (re.compile(r"(?<=\w)(?: -|-)(?=\s?(?:och|samt|&) )"), "- "),  # "Barn -och", "Barn-och"
    (re.compile(r"-\s+(?=(?:och|samt|&) )"), "- "),
    (re.compile(r"^(\w+), (?=\w+- (?:och|samt) )"), r"\1-, "),  # "Kultur, idrotts- och fritidsnämnden"
    (re.compile(r"nämd(?=(?:en|ens|er|erna)?\b)", re.IGNORECASE), "nämnd"),
    (re.compile(r"^[Dd]en (?=gemensamma )"), ""),
    (re.compile(r"(?<=[a-zåäö])-? & (?=\w+nämnd)"), "- och "),
    (re.compile(r"^KS:?s? (?=\w*utskott)"), "Kommunstyrelsens "),
    (re.compile(r" \([A-ZÅÄÖ]{2,5}\)$"), ""),  # the short form that the report gives beside the name
    (re.compile(r"(?i)\baktiebolag(?:et)?\b"), "AB"),
    (re.compile(r" \(publ\.?\)"), ""),
)
AUDITORS = re.compile(
    r"(?P<whose>kommunens|stadens|regionens|kommun|stads|region)?\s?(?:förtroendevalda )?revisorer(?:na|nas|s)?"
    r"|(?:de förtroendevalda )?revisorerna",
    re.IGNORECASE,
)
AUDIT = {"stad": "Stadsrevisionen", "regi": "Regionrevisionen"}
ENDINGS = ("nämnden", "nämnd", "styrelsen", "förvaltningen", "kontoret")
SHORT = re.compile(r"[A-ZÅÄÖ]{2,5}N")
"""A short form of a nämnd: "BUN", "SBN"."""


@lru_cache(maxsize=20_000)
def cleaned(name: str, municipality: str | None) -> str:
    """A name as it is looked up: spelled one way, without the municipality's own name, the auditors as the body that they are."""
    found = name.strip()
    for pattern, put in SPELLINGS:
        found = pattern.sub(put, found)
    own = _own_names(municipality)
    if own:
        found = _without_own(found, own)
    auditors = AUDITORS.fullmatch(found)
    if auditors:
        return AUDIT.get((auditors["whose"] or "")[:4].lower(), "Kommunrevisionen")
    if fold_name(found) == "fullmäktige":
        return "Regionfullmäktige" if municipality and municipality.startswith("Region") else "Kommunfullmäktige"
    return found.strip()


@lru_cache(maxsize=1_000)
def _own_names(municipality: str | None) -> tuple[str, ...]:
    """The ways in which a municipality is named beside its bodies, the longest first: "Luleå kommuns", "Luleås", "Luleå"."""
    if not municipality:
        return ()
    places = {place_of(municipality), re.sub(r"(?i) (?:kommun|stad)$", "", municipality)}
    found = {municipality, municipality + "s", *places, *map(genitive, places)}
    return tuple(sorted(found, key=lambda n: (-len(n), n)))


def place_of(municipality: str | None) -> str:
    """The municipality's place name: "Luleå" for Luleå kommun."""
    known = find_municipality(municipality or "")
    return known.place if known else re.sub(r"(?i)s? (?:kommun|stad)$", "", municipality or "")


def _without_own(name: str, own: tuple[str, ...]) -> str:
    """Without the municipality before or after it, where a body is left: "Luleå kommuns socialnämnd", "Socialnämnden i Luleå"."""
    for place in own:
        before, after = re.match(rf"{re.escape(place)}(?:,? (?=[a-zåäö])|, )", name), re.search(rf"(?: i|,) {re.escape(place)}$", name)
        rest = name[before.end() :] if before else name[: after.start()] if after else ""
        rest = rest[:1].upper() + rest[1:]
        if rest and not rest.startswith("Lokal") and (canonical_body(rest) or AUDITORS.fullmatch(rest)):
            return rest
    return name


@lru_cache(maxsize=20_000)
def word_key(name: str) -> frozenset[str]:
    """What a name is made of, whatever the order and spelling: the stems of its words without "och", and of compounds their parts."""
    found: set[str] = set()
    for word in words(name):
        if word in stop_words() and word != "ab":
            continue
        for ending in ENDINGS:
            if word.endswith(ending) and len(word) > len(ending) + 2:
                found |= {stem(word.removesuffix(ending).removesuffix("s")), stem(ending)}
                break
        else:
            found.add(stem(word.removesuffix("s") if len(word) > 5 else word))
    return frozenset(ONE_WORD.get(part, part) for part in found)


def is_short_form(short: str, name: str) -> bool:
    """Whether capitals may stand for a nämnd: "BUN" for Barn- och utbildningsnämnden, "SBN" for Samhällsbyggnadsnämnden."""
    if not SHORT.fullmatch(short) or not fold_name(name).endswith("nämnden"):
        return False
    *front, last = [w for w in words(name) if w not in stop_words()]
    last = last.removesuffix("nämnden")
    inner = split(last, frozenset()) if last else None
    ends = {last[:1], "".join(part[0] for part in inner) if inner else last[:1]}
    return short.casefold() in {"".join(w[0] for w in front) + end + "n" for end in ends}


def without_form(name: str) -> str:
    """A company's name without the letters AB, folded: "Ekvikshus AB", "AB Ekvikshus" and "Ekvikshus" are one."""
    return fold_name(re.sub(r"\bAB\b", " ", name))
