"""Who stands behind a report: municipality, reporting body, auditor, audited bodies, authors."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from extractors.reports.front import DATA, Front, Line
from extractors.swedish.dates import find_dates
from extractors.swedish.lexicon import read_toml
from extractors.swedish.names import Body, canonical_body, find_bodies
from extractors.swedish.places import FoundPlace, Municipality, find_municipalities, municipalities

AUDITS = ("granskningsrapport",)
MEMBERS = 3
"""So many municipalities on a cover are a federation's members."""
NO_REPORTERS = ("kommunfullmaktige", "revision")
OF_PLACE = re.compile(
    r"(?:,| [–-]| i)\s+(?:[A-ZÅÄÖ][\wåäö-]+(?: [A-ZÅÄÖ][\wåäö-]+)? (?:kommun|stad)|Region [A-ZÅÄÖ][\wåäö-]+(?: [A-ZÅÄÖ][\wåäö-]+)?)$"
)
"""What follows a body that a cover names together with its municipality: "Socialnämnden, Norrby kommun"."""

BESIDE = re.compile(r" (?=(?:handläggare|diarie\w*|dnr|datum|tjänsteskrivelse|ärende\w*|sida)\b)", re.IGNORECASE)
"""Where the next field of a letterhead begins that ran together with the body on one line."""


def _federation(front: Front) -> str | None:
    """The name of a federation or state body whose report it is, which then belongs to no municipality."""
    words = read_toml("metadata.toml", DATA)["federation"]
    cover = " ".join(line.text for line in front.first_page) + " " + " ".join(front.margins[:6])
    match = re.search(words["pattern"], front.text[:12000])
    if match:
        return (match["name"] or match["name3"] or f"Kommunalförbundet {match['name2']}").strip()
    lines = [*(line.text for line in front.first_page), cover]
    body = next((b for line in lines for b in find_bodies(line) if b.kind == "kommunalforbund"), None)
    return body.name if body else None


def _is_its_own(front: Front, federation: str) -> bool:
    """Whether a report is the federation's own: it names it more often than any municipality by its full name."""
    counts = Counter(f.municipality.name for f in find_municipalities(front.beginning, bare=False))
    most = counts.most_common(1)[0][1] if counts else 0
    on_cover = any(federation in line.text for line in (*front.first_page,)) or any(federation in margin for margin in front.margins)
    return on_cover or front.beginning.count(federation) >= most


def _publisher(front: Front) -> str | None:
    """A state body or association that published the report itself: named again and again, where no municipality is on the front."""
    names = read_toml("metadata.toml", DATA)["federation"]["publishers"]
    counts = {name: len(re.findall(re.escape(name), front.text[:12000])) for name in names}
    best = max(counts, key=lambda n: counts[n])
    return best if counts[best] else None


def find_place(front: Front) -> tuple[str | None, str | None]:
    """(municipality, body that belongs to none). A federation's report or a study of all municipalities has no municipality."""
    name = _federation(front)
    on_cover = {f.municipality.name for line in front.first_page for f in find_municipalities(line.text, bare=False)}
    if name and (not on_cover or len(on_cover) >= MEMBERS) and _is_its_own(front, name):
        return None, name
    scores: Counter[str] = Counter()
    for line in front.lines:
        for found in _named_in(line.text):
            weight = (8 if found.full else 3) if len(line.text) < 120 else (3 if found.full else 1)
            scores[found.municipality.name] += weight * (2 if line.page == 1 else 1)
    for margin in front.margins:
        for found in _places(margin):
            scores[found.municipality.name] += 6 if found.full else 2
    for place, count in _domains(front).items():
        scores[place] += 8 * min(count, 3)
    for found in _places(front.beginning):
        scores[found.municipality.name] += 2 if found.full else 1
    return _decide(front, scores)


def _named_in(text: str) -> list[FoundPlace]:
    """Municipalities named in a line; "Stockholm maj 2009" only tells where it was signed."""
    signed = bool(find_dates(text, months=True)) and len(text) < 60
    return [f for f in _places(text) if f.full or not signed]


def _places(text: str) -> list[FoundPlace]:
    """Municipalities named in a text, without people and words that share their names: "Lars Berg", "Nora Ek", "Vara delaktig"."""
    return [f for f in find_municipalities(text) if f.full or not is_something_else(text, f)]


def is_something_else(text: str, found: FoundPlace) -> bool:
    """Whether a bare place name is rather a person's name or an ordinary word at the beginning of a sentence."""
    words = read_toml("metadata.toml", DATA)["place"]
    before, after, place = text[max(0, found.start - 40) : found.start], text[found.end : found.end + 20], found.municipality.place
    if place in words["people"] and (re.search(r"[A-ZÅÄÖ][a-zåäöé]+[ -]$", before) or re.match(r"[ -][A-ZÅÄÖ][a-zåäöé]", after)):
        return True
    return place in words["words"] and re.search(r"(?:^|[.:!?\n•–-] ?)$", before) is not None and re.match(r" [a-zåäö]", after) is not None


def _decide(front: Front, scores: Counter[str]) -> tuple[str | None, str | None]:
    """The municipality that leads clearly; where several are named as often, it is a study and none of them."""
    if not scores:
        return None, None
    (best, score), second = scores.most_common(1)[0], (scores.most_common(2)[1:] or [("", 0)])[0][1]
    on_front = any(f.municipality.name == best for line in front.lines for f in _named_in(line.text)) or best in _domains(front)
    if not on_front and (score < 2 or second > 0.5 * score):
        return None, _publisher(front)
    if score < 1.3 * second and not any(
        f.municipality.name == best and f.full for line in front.first_page for f in find_municipalities(line.text)
    ):
        return None, _publisher(front)
    return best, None


@cache
def _slugs() -> dict[str, Municipality]:
    fold = str.maketrans("åäöé ", "aaoe-")
    return {m.place.casefold().translate(fold): m for m in municipalities()}


def _domains(front: Front) -> Counter[str]:
    """Municipalities by their web and mail addresses: "www.alvik.se", "namnd@alvik.se"."""
    found: Counter[str] = Counter()
    for text in (*(line.text for line in front.lines), *front.margins):
        for slug in re.findall(r"(?:www\.|@|\.|//|^|\s)([a-z][a-z-]+)\.se\b", text.casefold()):
            if slug in _slugs():
                found[_slugs()[slug].name] += 1
    return found


def find_organisation(front: Front, doc_type: str) -> Body | None:
    """The body whose report it is: after "Organisation:" or "Nämnd:", alone on a line of the cover, or at the end of the title line."""
    if doc_type in (*AUDITS, "utvardering"):
        return None
    pages = {line.page for line in front.first_page} | {2}
    for line in front.lines:
        label = re.search(
            r"\b(?:organisation|beslutande instans|nämnd|förvaltning|ansvarig nämnd)\s*: *(.{4,80})", line.text, re.IGNORECASE
        )
        if label and line.page in pages and (named := find_bodies(label[1])) and named[0].start == 0:
            return named[0]
    if doc_type == "strategi":
        return None
    largest = max((line.size for line in front.first_page), default=0.0)
    sections = _several_alone(front)
    small: Body | None = None
    for line in front.first_page:
        alone, of_place = OF_PLACE.subn("", BESIDE.split(line.text, maxsplit=1)[0])
        body = canonical_body(alone)
        if body and not line.margin and body.name not in sections and not _heads_section(front, line) and body.kind not in NO_REPORTERS:
            if line.size >= 0.55 * largest or doc_type == "ovrigt" or of_place:
                return body
            if _below_title(front, line, body):
                small = small or body  # a letterhead's "Barnförvaltningen" gives way to "Barnnämnden, Granviks kommun" below the title
        ends = [b for b in find_bodies(line.text) if b.end == len(line.text.rstrip(" .")) and b.kind not in NO_REPORTERS]
        if ends and line.size >= 0.9 * largest and len(line.text) < 120:
            return small or ends[0]
    if small:
        return small
    if doc_type == "ovrigt" and (answering := _who_answers(front)):
        return answering
    in_title = {b.name: b for b in find_bodies(front.title) if b.kind not in NO_REPORTERS}
    return next(iter(in_title.values())) if len(in_title) == 1 else None


def _heads_section(front: Front, line: Line) -> bool:
    """Whether a heading stands below two larger ones, the title and a chapter's: then it heads a section, not the report."""
    before = front.first_page[: front.first_page.index(line)]
    return line.heading and sum(other.heading and other.size > line.size + 0.5 for other in before) >= 2


def _who_answers(front: Front) -> Body | None:
    """The body that answers: "Kommunstyrelsen antar yttrandet som sitt eget", "Socialnämndens svar"."""
    words = read_toml("metadata.toml", DATA)["answer"]
    if not re.match(words["pattern"], front.title, re.IGNORECASE):
        return None
    for line in front.first_page:
        for body in find_bodies(line.text):
            if body.kind in ("kommunstyrelse", "namnd", "bolag") and re.match(words["decides"], line.text[body.end :], re.IGNORECASE):
                return body
    return None


def _below_title(front: Front, line: Line, body: Body) -> bool:
    """Whether a body stands alone among the first lines of the cover, small as it may be, and not as who decides or receives."""
    lines = [other for other in front.first_page if not other.margin]
    at = lines.index(line)
    led = at > 0 and re.search(r"(?:\b(?:av|till|för|i)|:)$", lines[at - 1].text)
    return at <= 3 and not led and body.kind not in ("kommunstyrelse", "kommunalforbund")


def _several_alone(front: Front) -> set[str]:
    """Bodies that stand alone on lines of one size, two or more: these head sections of a report on all of them."""
    by_size: dict[float, set[str]] = {}
    for line in front.first_page:
        body = canonical_body(line.text)
        if body and not line.margin and body.kind not in NO_REPORTERS:
            by_size.setdefault(round(line.size, 1), set()).add(body.name)
    return {name for names in by_size.values() if len(names) > 1 for name in names}


def find_auditor(front: Front) -> str | None:
    """The firm that made an audit, named on the front or in the margins, most often in the text; else the auditors' own office."""
    data = read_toml("metadata.toml", DATA)
    near = "\n".join([*(line.text for line in front.lines if line.page <= 2), *front.margins])
    around = data["commissioned"]
    for kind, least_near in (("auditor", 1), ("office", 0)):
        scores: Counter[str] = Counter()
        for row in data[kind]:
            in_text = len(re.findall(row["pattern"], front.beginning)) if _may_stand(row["pattern"], front.beginning) else 0
            if not in_text and not re.search(row["pattern"], near):
                continue
            told = rf"{around['before']}(?:{row['pattern']})|(?:{row['pattern']}){around['after']}"
            named = len(re.findall(row["pattern"], near)) + len(re.findall(told, front.text[:15000]))
            scores[row["name"]] = 8 * named + in_text
        best, score = scores.most_common(1)[0] if scores else ("", 0)
        if score >= 8 * least_near + 1:
            return best
    return None


def _may_stand(pattern: str, text: str) -> bool:
    """Whether a pattern can be found in a text: one of plain words only where one of them stands there, which is seen much sooner."""
    plain = pattern.replace(r"\b", "").split("|")
    return any(word in text for word in plain) or not all(re.fullmatch(r"[\w ]+", word) for word in plain)


def find_audited(front: Front) -> tuple[str, ...]:
    """The bodies that an audit covers: those a letter is sent to and those named where it says what it covers."""
    pattern = read_toml("metadata.toml", DATA)["audited"]["pattern"]
    names: dict[str, None] = {}
    for text in front.text[:15000].split("\n"):
        alone = canonical_body(text) if len(text) < 80 else None
        bodies = [alone] if alone else find_bodies(text) if re.search(pattern, text, re.IGNORECASE) else []
        names.update(
            dict.fromkeys(
                b.name
                for b in bodies
                if not is_firm(b.name) and b.kind in ("kommunstyrelse", "namnd", "bolag", "kommunalforbund") and not b.plural
            )
        )
    return tuple(names)


def is_firm(name: str) -> bool:
    """Whether a name is that of an audit firm."""
    return any(re.search(a["pattern"], name) for a in read_toml("metadata.toml", DATA)["auditor"])


def find_authors(front: Front) -> str | None:
    """Those who wrote it: names that stand with a role ("Certifierad kommunal revisor", "Projektledare") on the front."""
    roles = "|".join(read_toml("metadata.toml", DATA)["authors"]["roles"])
    name = r"[A-ZÅÄÖ][a-zåäöé]+(?:[- ][A-ZÅÄÖ][a-zåäöé]+){1,3}?"
    text = "\n".join(line.text for line in front.lines if not line.margin)
    found = re.findall(rf"({name})[,\n ]+(?i:{roles})\b", text)
    return ", ".join(dict.fromkeys(re.sub(r"\s+", " ", n) for n in found)) or None
