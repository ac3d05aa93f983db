"""What is a recommendation in the language of Swedish audits, to whom it is given, and what only looks like one.

Rules stand in `data/recommending.toml`, each with examples and near-misses. This module knows sentences only; which of them
count in a report (in a list, under a heading, in running text) is for `extractors.reports.recommendations` to say.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from extractors.swedish.actions import DATA, infinitives, is_action, is_listed_form, verbs_of
from extractors.swedish.speakers import OTHERS, OURS, clause_at, who_speaks

LONGEST = 600
"""Letters of a sentence that are looked at. Longer ones are text that was not taken apart, and patterns over them cost much."""

_PARENTHESIS = re.compile(r"\s*\([^()]*(?:§|kap|lag|SFS|AFS|SOSFS|SkolL|\d{4}:\d+)[^()]*\)")
_MARKER = re.compile(r"^\s*(?:[•●▪■◆○\-–—\uf000-\uf0ff]|(?:R|Nr|Rek\.?)?\s?\d{1,2}[.):]|R\s?\d{1,2}(?=\s)|[a-h]\))\s*")


_HEDGE = re.compile(r", (enligt (?:vår|revis\w+) (?:mening|bedömning|uppfattning|åsikt)), ", re.IGNORECASE)
"""The auditors' own view set off by commas."""
_ASIDE = re.compile(r"\b(bör|behöver|måste),[^,.]{3,70}, ", re.IGNORECASE)
"""What is put in between bör and its verb."""


_LABEL = re.compile(r"^(?:vår |ny )?rekommendation(?: (?:nr )?\d{1,2})?: ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LeadIn:
    """A sentence that introduces recommendations; `to` is the recipient as printed, None where the sentence names none."""

    rule: str
    to: str | None


@dataclass(frozen=True, slots=True)
class Recommending:
    """A sentence that recommends. `strength` is strong (says so) or soft (bör, behöver, uppmanar); `what` is what is asked."""

    rule: str
    strength: str
    to: str | None
    what: str


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(DATA.read_text("utf-8"))


@cache
def _fragments() -> dict[str, str]:
    return {**_data()["fragments"], "done": infinitives(), "done_to": infinitives().replace("s?\\b", "s\\b")}


@cache
def _compile(pattern: str) -> re.Pattern[str]:
    """A pattern of the data, with its fragments in place."""
    for name, fragment in _fragments().items():
        pattern = pattern.replace("{" + name + "}", fragment)
    return re.compile(pattern, re.IGNORECASE)


@cache
def _compiled(kind: str) -> tuple[tuple[dict[str, Any], re.Pattern[str]], ...]:
    return tuple((row, _compile(row["pattern"])) for row in _data()[kind])


def fold_blanks(text: str) -> str:
    """NFC text with soft hyphens out and white space folded."""
    return " ".join(unicodedata.normalize("NFC", text.replace("\u00ad", "")).split())


def excluded(sentence: str) -> str | None:
    """The rule by which a sentence is no recommendation (law, interviewee, plan, earlier, general), None where none holds."""
    text = fold_blanks(sentence)[:LONGEST]
    return next((row["name"] for row, pattern in _compiled("exclude") if pattern.search(text)), None)


@cache
def _needing(kind: str) -> tuple[dict[str, list[int]], list[int]]:
    """The rules that need a word, by word, and those that need none, as places in the list of their kind."""
    by_word: dict[str, list[int]] = {}
    free = []
    for place, row in enumerate(_data()[kind]):
        for word in row.get("needs", ()):
            by_word.setdefault(word, []).append(place)
        if "needs" not in row:
            free.append(place)
    return by_word, free


def _needed(kind: str, low: str) -> list[int]:
    """The rules that can match a lower-case sentence, as they hold no word that it lacks: a look costs less than a search."""
    by_word, free = _needing(kind)
    told = {place for word, places in by_word.items() if word in low for place in places}
    return sorted(told.union(free)) if told else free


def _matches(kind: str, text: str) -> Iterator[tuple[dict[str, Any], re.Match[str]]]:
    """The rules of a kind that match a text, in order; of a slow one first its `first`: what stands at its rarest word."""
    for place in _needed(kind, text.lower()):
        row, pattern = _compiled(kind)[place]
        if ("first" not in row or _compile(row["first"]).search(text)) and (match := pattern.search(text)):
            yield row, match


@lru_cache(maxsize=8192)
def find_lead_in(sentence: str) -> LeadIn | None:
    """Whether a sentence introduces recommendations that stand after it ("… rekommenderar vi nämnden att:")."""
    text = fold_blanks(sentence)
    if len(text) > LONGEST:
        return None
    for row, match in _matches("lead_in", text):
        if not _past(text):
            return LeadIn(row["name"], _clean_to(_group(match, "to")) or _to_before(text))
    return None


@lru_cache(maxsize=8192)
def find_recommending(sentence: str) -> Recommending | None:
    """What a sentence recommends to whom, None where it does not recommend."""
    text = _ASIDE.sub(r"\1 ", _HEDGE.sub(r" \1 ", fold_blanks(sentence).strip("•–- ")[:LONGEST]))
    head, colon, tail = text.partition(": ")
    if colon and (lead := find_lead_in(f"{head}:")):
        inner = find_recommending(tail)
        return inner or (Recommending("inline", "strong", lead.to, tail) if opens_like_one(tail, adverbs=False) else None)
    for row, match in _matches("recommend", text):
        if row["strength"] == "soft":
            at = match.end() - len(_group(match, "what"))
            who = who_speaks(text, at)
            if who == OTHERS or (row.get("ours") and who != OURS):
                continue
            if _is_blocked(text, clause_at(text, at), ours=who == OURS):
                return None
        elif excluded(text) in ("past", "by_interviewee"):
            return None
        what = _group(match, "what").strip()
        return Recommending(row["name"], row["strength"], _clean_to(_group(match, "to")) or _inner_to(what), what)
    return None


def _is_blocked(text: str, clause: str, *, ours: bool) -> bool:
    """Whether a sentence with bör is none of the auditors' recommendations: laws, plans and the like count within their clause."""
    blocked = excluded(text)
    if blocked and blocked not in ("past", "about_recommendations"):
        blocked = excluded(clause)
    return blocked is not None and not (ours and blocked in ("by_interviewee", "criteria"))


def _group(match: re.Match[str], name: str) -> str:
    """What the first group of that name caught: "what", else "what2", "what3"; empty where none did."""
    groups = match.groupdict()
    return next((found for key in (name, f"{name}2", f"{name}3") if (found := groups.get(key))), "")


def is_recommendation(sentence: str) -> bool:
    """Whether a sentence, standing in an audit's own judgement, asks somebody to do something: by itself or as an item of a list."""
    line = _LABEL.sub("", _MARKER.sub("", fold_blanks(sentence)))[:LONGEST]
    return find_recommending(line) is not None or is_listed_form(line)


def _past(text: str) -> bool:
    row = next(p for r, p in _compiled("exclude") if r["name"] == "past")
    return bool(row.search(text))


_EMPTY_TO = re.compile(
    r"^(?:vi|därför|även|följande|att|oss|er|dem|till|för|som|bör|en|ett|kvarstår|prioriteras|lämnas|framförs)$|rekommendation",
    re.IGNORECASE,
)
_LEADING = re.compile(r"^(?:till|att|för|därför|även|vidare|också|således|starkt|är|bör)\s+", re.IGNORECASE)
_TRAILING = re.compile(
    r"\s+(?:att|följande|prioriteras|lämnas|kvarstår|framförs|i syfte|för att|bör|ska|behöver|i det fortsatta arbetet|framgent"
    r"|tillsammans med|i (?:samverkan|samråd|samarbete|dialog) med)\b.*$",
    re.IGNORECASE,
)
_TO_BEFORE = re.compile(
    r"(?:\btill|\bför)\s+([^:.,]*?(?:nämnd|styrels|direktion|bolag|förbund|förvaltning|kommun|region|\bAB\b)[^:.,]*?)(?:s del)?\s+"
    r"(?:lämna[rs]?|riktas|framförs|bör|ges|lämnar|gäller|är)\b",
    re.IGNORECASE,
)


def _clean_to(to: str | None) -> str | None:
    if not to:
        return None
    text = _TRAILING.sub("", to.strip(" ,:"))
    while (shorter := _LEADING.sub("", text)) != text:
        text = shorter
    return None if not text or _EMPTY_TO.search(text) else text


def _to_before(text: str) -> str | None:
    """The recipient of "Till socialnämnden lämnas …" and "För socialnämndens del bör …"."""
    match = _TO_BEFORE.search(text)
    return match[1] if match else None


_INNER = re.compile(
    r"^(?:att )?((?:\w+ )?(?:[\wåäöÅÄÖ-]+,? ){0,8}?"
    r"[\wåäö-]*(?:nämnden|nämnderna|styrelsen|direktionen|bolaget|förbundet|kommunen|regionen|förvaltningen)"
    r"(?: för [\wåäö]+(?: och [\wåäö]+)?)?) (?=[\wåäö]+(?:ar|er|r|s)\b)",
    re.IGNORECASE,
)


def _inner_to(what: str) -> str | None:
    """The subject of "att kommunstyrelsen antar …"; of "nämnden tillsammans med skolnämnden" it is the first."""
    match = _INNER.match(what)
    return _clean_to(match[1]) if match else None


_BODY_ACTS = re.compile(
    r"^(?:att )?(?P<body>(?!(?:vi|vår|våra|det|detta|revision\w*|enligt)\b)"
    r"(?:den |de |samtliga |berörda )?(?:(?!att\b|som\b)[\wåäö&-]+,? ){0,3}?"
    r"[\wåäö-]*(?:nämnd(?:en|erna|er)|styrelsen?|direktionen|bolaget|förbundet|kommunen|regionen|\bab)"
    r"(?: för [\wåäö]+(?: och [\wåäö]+)?| (?-i:[A-ZÅÄÖ])[\wåäö]+)?)"
    r" (?:(?:årligen|löpande|regelbundet|kontinuerligt|systematiskt|tydligt|snarast|skyndsamt|gemensamt|även|också|aktivt|fortsatt) )?"
    r"(?P<verb>[\wåäö]+r)\b",
    re.IGNORECASE,
)


def acting_body(text: str) -> str | None:
    """The body of which a line says in the present tense what it does: "Kommunstyrelsen tydliggör …", "Nämnden ser över …"."""
    match = _BODY_ACTS.match(_MARKER.sub("", fold_blanks(text)))
    if not match:
        return None
    verb = match["verb"].lower()
    forms = (verb[:-1], verb + "a", verb[:-2] + "a" if verb.endswith("er") else verb)
    return match["body"] if any(is_action(form) for form in forms) else None


def opens_like_one(text: str, *, adverbs: bool = True) -> bool:
    """Whether a line begins as a recommendation in a list does: "Tillse …", "Att utreda …", "Att nämnden tar fram …".

    `adverbs`: whether words before the verb will do too ("Årligen redovisa …", "Utifrån lagen ta fram …").
    """
    words = _MARKER.sub("", fold_blanks(text)).split(" ")
    if len(words) < 3:
        return False
    if words[0].lower() == "att" or is_action(words[0]) or acting_body(text):
        return True
    return adverbs and words[0].lower() in verbs_of("adverbs") and any(is_action(w) for w in words[1:14])


def split_infinitives(what: str) -> list[str]:
    """Two recommendations in one sentence: "upprätta en plan samt att fastställa mål" -> both, each without att."""
    parts, rest = [], what
    for match in re.finditer(r"(?:,|,? (?:samt|och|liksom|dels)) (?:slutligen |vidare |dels )?att (?=([\wåäö]+)\b)", what):
        if is_action(match[1]) and is_action(what.split(" ", maxsplit=1)[0]) and len(what[: match.start()].split()) > 1:
            head = what[: len(what) - len(rest)]
            parts.append(what[len(head) : match.start()])
            rest = what[match.end() :]
    parts.append(rest)
    return [p.strip(" ,") for p in parts if p.strip(" ,")]


def is_heading_of(kind: str, text: str) -> bool:
    """Whether a heading announces recommendations (`recommendations`) or goes through earlier ones (`earlier`)."""
    return any(row["name"] == kind and pattern.search(fold_blanks(text)) for row, pattern in _compiled("heading"))


def core(text: str) -> str:
    """A recommendation stripped to what is asked, for comparing: no lead-in, no att, no subject, no statute, lower case."""
    plain = _PARENTHESIS.sub("", _MARKER.sub("", fold_blanks(text)))
    found = find_recommending(plain)
    if found and found.strength == "strong":
        plain = found.what
    if body := acting_body(plain):
        plain = plain[plain.index(body) + len(body) :].strip()
    return re.sub(r"^att ", "", plain.lower()).strip(" .;:,")
