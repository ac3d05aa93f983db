"""Names of public bodies in Swedish text: where they stand, their canonical form, and their kind.

Canonical is nominative and definite with a capital: "socialnämndens" -> "Socialnämnden", "Finansförvaltning" -> "Finansförvaltningen",
"KS-Kommunstab" -> "Kommunstaben". Names that are made of several words ("Barn- och utbildningsnämnden", "Kretslopp och vattennämnden",
"Nämnden för demokrati och medborgarservice") are kept whole; lists of bodies are taken apart.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from extractors.swedish.companies import company_name, find_companies
from extractors.swedish.lexicon import read_toml

WORD = re.compile(r"[^\W\d_]+(?:[-:][^\W\d_]+)*-?|[^\w\s]|\d+")
PREFIX = re.compile(r"^[A-ZÅÄÖ]{2,4}\s?[/-]\s?(?=[A-ZÅÄÖ][a-zåäö])")
ABBREVIATION = re.compile(
    r"\s?\((?:nedan |härefter |hädanefter |fortsättningsvis |förkortat |kallad )*[\"”]?(?P<abbr>[A-ZÅÄÖ][A-Za-zÅÄÖåäö&]{0,7})[\"”]?\)"
)
DEFINED = re.compile(r"(?<!\w)(?P<abbr>[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,6})\s?=\s?$")
"""What stands before a body in a key: "TN = tekniska nämnden"."""
ITEM = re.compile(r"(?:^|(?<=,)|(?<=\boch\b)|(?<=\bsamt\b))\s*([A-ZÅÄÖ][\w-]+(?: [A-ZÅÄÖ][\w-]+){0,3})\s*(?=,|och\b|samt\b|$)")
NAMING = re.compile(r"(?:en|et|na|ns|ts|rna|erna)$")


@dataclass(frozen=True, slots=True)
class Body:
    """A body named in a text: offsets, canonical name, kind (a key of ORGANISATION_KINDS), and the words as printed."""

    start: int
    end: int
    name: str
    kind: str
    printed: str = ""
    plural: bool = False


@dataclass(frozen=True, slots=True)
class _Head:
    """A main word: what it is, its definite form, and whether it is printed as plural or indefinite."""

    kind: str
    name: str
    lemma: str
    plural: bool
    definite: bool
    alone: bool
    loose: bool


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(read_toml("names.toml")["words"][name])


@cache
def _head_pattern() -> re.Pattern[str]:
    heads = "|".join(h["head"] for h in read_toml("names.toml")["head"])
    return re.compile(rf"(?P<stem>[^\W\d_-]*?(?:-(?=[^-]))?[^\W\d_-]*?)(?P<head>{heads})(?P<end>\w{{0,5}})", re.IGNORECASE)


@cache
def _heads() -> dict[str, dict[str, Any]]:
    return {h["head"]: h for h in read_toml("names.toml")["head"]}


def _may_name(text: str) -> bool:
    """Whether a text holds the letters of any main word: a look costs less than taking it apart."""
    low = text.casefold()
    return any(head in low for head in _heads())


@lru_cache(maxsize=50_000)
def _head_of(word: str) -> _Head | None:
    """What a single word is the head of, or None: "socialnämndens" is, "nämnden" alone is too (`alone`), "facknämnd" is not."""
    match = _head_pattern().fullmatch(PREFIX.sub("", word))
    if not match:
        return None
    rule, end = _heads()[match["head"].casefold()], match["end"].casefold()
    forms, plurals = rule["forms"], rule["plurals"]
    if end not in forms and end not in plurals:
        return None
    lemma = (match["stem"] + match["head"]).casefold()
    if lemma in _words("none"):
        return None
    ending = str(rule["definite"]) if end in forms else end.removesuffix("s")
    name = _as_printed(match["stem"] + match["head"]) + ending
    alone = not match["stem"] and not rule.get("alone")
    kind = str(read_toml("names.toml")["kinds"].get(lemma + ending, rule["kind"]))
    return _Head(kind, name, lemma, end in plurals, end != "" or not rule["definite"], alone, bool(rule.get("loose")))


def _as_printed(word: str) -> str:
    """A word in lower case where it is set in capitals, else as it stands."""
    return word.lower() if word.isupper() else word


def find_bodies(text: str, known: Collection[str] = ()) -> list[Body]:
    """All bodies named in a text, in order.

    `known` are canonical names that the report uses elsewhere; they settle doubtful ones ("kretslopp och vattennämnden").
    """
    companies = [Body(s, e, n, k, text[s:e]) for s, e, n, k in find_companies(text)]
    if not _may_name(text):
        return companies
    taken = {i for c in companies for i in range(c.start, c.end)}
    tokens = [_Token(m[0], m.start(), m.end()) for m in WORD.finditer(text)]
    found: list[Body] = list(companies)
    last_end = -1
    for i, token in enumerate(tokens):
        head = _head_of(token.text)
        if head is None or token.start in taken or token.start < last_end:
            continue
        floor = next((k for k in range(i + 1) if tokens[k].start >= last_end), i)
        bodies = _read_body(text, tokens, i, head, known=known, floor=floor)
        found += [b for b in bodies if b.start >= last_end]
        last_end = max([last_end, *(b.end for b in bodies)])
    return sorted(found, key=lambda b: (b.start, b.end))


def _read_body(text: str, tokens: list[_Token], i: int, head: _Head, *, known: Collection[str], floor: int) -> list[Body]:
    """The body (or for "Socialnämnderna Centrum och Nordost" the bodies) whose main word is token `i`; `floor` is the first free token."""
    first = _left(tokens, i, known)
    first = first if first >= floor else i
    last, subject = _right(tokens, i, head)
    if head.alone and first == i and not subject:
        return []
    is_whole = first == 0 and last == len(tokens) - 1 and text[:1].isupper()
    if head.loose and not (head.definite or is_whole or PREFIX.match(tokens[i].text)):
        return []
    start, end = tokens[first].start, tokens[last].end
    front = text[start : tokens[i].start]
    main = _capital((front + head.name).lower()) if front else head.name
    areas = _areas(tokens, i, last) if not subject else []
    if head.plural and areas:
        single = main[: len(main) - len(head.name)] + _singular(head)
        return [Body(start, end, _capital(f"{single} {area}"), head.kind, text[start:end]) for area in areas]
    name = main + (text[tokens[i].end : end] if last > i else "")
    return [Body(start, end, _capital(re.sub(r"\s+", " ", name)), head.kind, text[start:end], plural=head.plural)]


def _singular(head: _Head) -> str:
    rule = next(h for h in read_toml("names.toml")["head"] if head.lemma.endswith(h["head"]))
    return head.lemma + str(rule["definite"])


def _capital(name: str) -> str:
    if name.isupper():
        name = name.lower()
    return name[:1].upper() + name[1:]


def _left(tokens: list[_Token], i: int, known: Collection[str]) -> int:
    """Where a name begins: over "Barn- och", "Kultur-, idrotts- och", "Kretslopp och", "Tekniska", "KS/"."""
    first = i
    if i and tokens[i - 1].text.casefold() in _words("adjectives"):
        first = i - 1
    while first >= 2 and tokens[first - 1].text.casefold() in ("och", "samt", "&", ",") and tokens[first - 2].text.endswith("-"):
        first -= 2
    while first < i and first >= 1 and tokens[first - 1].text.endswith("-") and len(tokens[first - 1].text) > 2:
        first -= 1
    joining = ("samt",) if first < i - 1 else ("och", "samt")  # "Äldre samt vård- och ...", but "Granvikshem och barn- och ..." are two
    if first >= 2 and tokens[first - 1].text.casefold() in joining and _is_front(tokens, first - 2, i, known):
        return first - 2
    return first


def _is_front(tokens: list[_Token], at: int, i: int, known: Collection[str]) -> bool:
    """Whether the word before "och" begins the name: "Kretslopp och vattennämnden", but not "Kommunen och socialnämnden".

    It does where it has the capital that the main word lacks, or in a list right after another body, where it could be nothing
    else; never where it is definite, a body of its own, or a word that only stands before names.
    """
    word = tokens[at].text
    if _head_of(word) or not word.isalpha() or word.casefold() in _words("not_first") or NAMING.search(word.casefold()):
        return False
    printed = " ".join(t.text for t in tokens[at : i + 1]).casefold()
    if any(k.casefold() == printed for k in known):
        return True
    if word[0].isupper() and not word.isupper() and tokens[i].text[0].islower():
        return True
    return at >= 2 and tokens[at - 1].text.casefold() in ("och", "samt", ",") and _ends_body(tokens, at - 2)


def _ends_body(tokens: list[_Token], at: int) -> bool:
    """Whether a token may be the end of a body's name: "socialnämnden", or the subject in "nämnden för funktionsstöd"."""
    head = _head_of(tokens[at].text)
    if head:
        return not head.alone
    before = _head_of(tokens[at - 2].text) if at >= 2 and tokens[at - 1].text.casefold() == "för" else None
    return tokens[at].text == "AB" or (before is not None and before.alone)


def _right(tokens: list[_Token], i: int, head: _Head) -> tuple[int, bool]:
    """Where a name ends, and whether what follows is its subject: "Nämnden för demokrati och medborgarservice", "Socialnämnden Centrum"."""
    if head.alone and i + 2 < len(tokens) and tokens[i + 1].text.casefold() == "för" and _is_subject(tokens, i + 2, head):
        if head.loose and not tokens[i].text[0].isupper():
            return i, False
        return _subject_end(tokens, i + 2), True
    last = i
    if head.lemma in _words("with_area") or any(head.lemma.endswith(w) for w in _words("with_area")):
        while last + 1 < len(tokens) and _is_area(tokens, last + 1, sure=head.definite and not head.plural):
            last += 1
        while head.plural and last > i and _goes_on(tokens, last):
            last += 2
    return last, False


def _is_area(tokens: list[_Token], at: int, *, sure: bool) -> bool:
    """Whether a capitalised word is the area of a nämnd. `sure`: only a known one, since a new sentence or cell may begin there."""
    word = tokens[at].text
    if sure:
        return word in _words("areas")
    return word[0].isupper() and word[1:].islower() and word.isalpha() and not _head_of(word) and len(word) > 3


def _goes_on(tokens: list[_Token], last: int) -> bool:
    """Whether one more area follows: "Socialnämnderna Centrum, Hisingen och Nordost"."""
    return last + 2 < len(tokens) and tokens[last + 1].text in ("och", ",", "samt") and _is_area(tokens, last + 2, sure=False)


def _areas(tokens: list[_Token], i: int, last: int) -> list[str]:
    words = " ".join(t.text for t in tokens[i + 1 : last + 1])
    return [a.strip() for a in re.split(r" (?:och|samt|,) ", words)] if words else []


def _is_subject(tokens: list[_Token], at: int, head: _Head) -> bool:
    word = tokens[at].text
    return word.rstrip("-").isalpha() and word.casefold() not in _words("not_after_for") and head.kind != "kommunfullmaktige"


def _subject_end(tokens: list[_Token], at: int) -> int:
    """The last token of "funktionsstöd", "konsument- och medborgarservice", "demokrati och medborgarservice".

    What follows "och" is not taken where it leads to another body: "nämnden för funktionsstöd och äldre samt vård- och omsorgsnämnden".
    """
    if tokens[at].text.casefold() in _words("adjectives") and at + 1 < len(tokens):
        at += 1
    while at + 1 < len(tokens) and tokens[at].text.endswith("-"):
        at += 2 if tokens[at + 1].text in ("och", "samt", ",") and at + 2 < len(tokens) else 1
    if at + 2 < len(tokens) and tokens[at + 1].text == "och" and tokens[at + 2].text.isalpha() and not _leads_to_body(tokens, at + 2):
        return at + 2
    return at


def _leads_to_body(tokens: list[_Token], at: int) -> bool:
    """Whether the word at `at` begins the name of another body: it is one, or goes on "äldre samt vård- och omsorgsnämnden".

    A body that follows directly after the word and a comma or "samt" is the next of the list: the word is then still subject.
    """
    if _head_of(tokens[at].text) or tokens[at].text.endswith("-"):
        return True
    if at + 2 >= len(tokens) or tokens[at + 1].text not in ("och", "samt"):
        return False
    k = at + 2
    while k + 2 < len(tokens) and tokens[k].text.endswith("-"):
        k += 2 if tokens[k + 1].text in ("och", "samt", ",") else 1
    return k > at + 2 and _head_of(tokens[k].text) is not None


def split_bodies(text: str, known: Collection[str] = ()) -> list[Body]:
    """The bodies that a list names, each on its own: "A, B- och C-nämnden och D AB". Capitalised names without a known ending count too."""
    found = find_bodies(text, known)
    rest, at = [], 0
    for body in [*found, Body(len(text), len(text), "", "")]:
        for match in ITEM.finditer(text[at : body.start]):
            if match[1].casefold() not in _words("not_first"):
                rest.append(Body(at + match.start(1), at + match.end(1), match[1], "ovrig", match[1]))
        at = max(at, body.end)
    return sorted([*found, *rest], key=lambda b: b.start)


@lru_cache(maxsize=8192)
def canonical_body(text: str) -> Body | None:
    """The body that a text is as a whole (a label, a heading, a cell), or None."""
    stripped = re.sub(r"^[\d.]+\s+|\s*\([^()]*\)$", "", " ".join(text.split()).strip(" .,:;–-"))
    prefix = PREFIX.match(stripped)
    bare = stripped[prefix.end() :] if prefix else stripped
    found = find_bodies(bare)
    if len(found) == 1 and found[0].start == 0 and found[0].end == len(bare):
        return found[0]
    return None


def body_in_heading(text: str, *, whole: bool) -> str | None:
    """The canonical name of the body that a heading is (`whole`) or names; None where it names none or several."""
    body = canonical_body(text)
    if body:
        return body.name
    names = {b.name for b in find_bodies(text) if b.kind not in ("revision", "kommunfullmaktige")} if not whole else set()
    return names.pop() if len(names) == 1 else None


def find_abbreviations(text: str) -> list[tuple[str, str]]:
    """Short forms that a text gives: "Barn- och utbildningsnämnden (BUN)" -> ("BUN", "Barn- och utbildningsnämnden").

    A key "BUN = barn- och utbildningsnämnden" gives them too.
    """
    found = []
    for body in find_bodies(text):
        match = ABBREVIATION.match(text, body.end)
        if match and match["abbr"].casefold() != body.name.casefold() and not body.plural:
            found.append((match["abbr"], body.name))
        elif (before := DEFINED.search(text, max(0, body.start - 14), body.start)) and not body.plural:
            found.append((before["abbr"], body.name))
    return list(dict.fromkeys(found))


def body_kind(name: str) -> str:
    """The kind of a body by its name alone; "ovrig" where the name does not tell."""
    body = canonical_body(name)
    if body:
        return body.kind
    return "bolag" if re.search(r"\bAB\b", company_name(name)) else "ovrig"
