"""The front of a report: its first lines, its running margins, its title. What type and metadata are read from.

A cover letter (missiv) often comes first and the title page of the report itself behind it: the first pages count as front.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from extractors.layout.blocks import Block, Heading, Icon, Report, Table
from extractors.swedish.dates import find_dates, parse_date
from extractors.swedish.lexicon import read_toml
from extractors.swedish.names import canonical_body, find_bodies
from extractors.swedish.places import find_municipalities, find_municipality, municipalities

FRONT_PAGES = 3
LONGEST_TITLE = 180
TITLE_SIZE = 14.0
LONGEST_BEGINNING = 60_000
DATA = "extractors.reports"


@dataclass(frozen=True, slots=True)
class Line:
    """A line or paragraph of the front: its words, page, height on the page, letter size, and whether it stands in a margin."""

    text: str
    page: int
    top: float
    size: float
    margin: bool = False
    heading: bool = False


@dataclass(frozen=True)
class Front:
    """The front of a report. `lines` are those of the first pages in reading order; `margins` are margin texts of all pages, each once."""

    report: Report
    lines: tuple[Line, ...]
    margins: tuple[str, ...]

    @cached_property
    def first_page(self) -> tuple[Line, ...]:
        """The lines of the first page that has any."""
        first = min((line.page for line in self.lines), default=1)
        return tuple(line for line in self.lines if line.page == first)

    @cached_property
    def title(self) -> str:
        """The title as it stands on the page, or "" where none is found."""
        return find_title(self)

    @cached_property
    def text(self) -> str:
        """All running text of the report with hyphens undone, blocks apart by line breaks."""
        return "\n".join(b.text for b in leaves(self.report) if b.text)

    @cached_property
    def beginning(self) -> str:
        """The running text as far as metadata is looked for: some 25 pages."""
        return self.text[:LONGEST_BEGINNING]

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """The headings of the report."""
        return tuple(b.text for b in self.report.blocks if isinstance(b, Heading))

    @cached_property
    def is_letter(self) -> bool:
        """Whether the first page is a letter that comes with a report (missiv, följebrev)."""
        text = " ".join(line.text for line in self.first_page)
        return bool(
            re.search(
                r"\b(?:missiv|följebrev|slutdokument)\b|\böverlämnar? (?:härmed )?(?:rapport|granskning|revisionsrapport)",
                text,
                re.IGNORECASE,
            )
        )


def leaves(report: Report) -> Iterator[Block]:
    """All blocks with words, in reading order, without tables and icons themselves."""
    return (b for b in report.walk() if not isinstance(b, Table | Icon))


def read_front(report: Report) -> Front:
    """Gather the front of a report."""
    lines = [
        Line(_unspaced(b.text.strip()), b.page, b.bbox[1], b.style.size, heading=isinstance(b, Heading))
        for b in leaves(report)
        if b.page <= FRONT_PAGES and b.text.strip()
    ]
    aside = [a for a in report.aside if a.kind in ("header", "footer", "watermark")]
    lines += [
        Line(a.block.text.strip(), a.block.page, a.block.bbox[1], a.block.style.size, margin=True)
        for a in aside
        if a.block.page <= FRONT_PAGES
    ]
    margins = tuple(dict.fromkeys(a.block.text.strip() for a in aside))
    return Front(report, tuple(line for line in lines if line.text), margins)


def _unspaced(text: str) -> str:
    """A word set with blanks between its letters, put together: "Å R S R E D O V I S N I N G"."""
    return text.replace(" ", "") if re.fullmatch(r"(?:[^\W\d_] ){4,}[^\W\d_]", text) else text


_ADDRESSED = re.compile(r"(?:missiv|följebrev|till)\b", re.IGNORECASE)
_SERIES = re.compile(
    r"^(?:rapportsammandrag|revisionsrapport|granskningsrapport|rapport|slutrapport)(?: (?:19|20)\d\d(?!-\d))?"
    r"(?: ?[–:-] ?(?=\w)|(?<=\d) (?-i:(?=[A-ZÅÄÖ])))",
    re.IGNORECASE,
)
"""A label in front of the title: "Rapportsammandrag – ", "Revisionsrapport: ", "Revisionsrapport 2022 Granskning av bad"."""


_CONTENTS = re.compile(r"innehåll(?:sförteckning)?\W*$", re.IGNORECASE)
_BARE_NAME = re.compile(r"(?:[A-ZÅÄÖ][\wåäöÅÄÖ-]+ )?(?:kommun|stad|KOMMUN|STAD|Kommun|Stad|REGION|Region|Landsting|LANDSTING)$")
"""What a logo says: "KOMMUN", "Björkviks kommun", also of a municipality that is not known here."""


def _labels() -> frozenset[str]:
    return frozenset(read_toml("metadata.toml", DATA)["labels"]["not_title"])


def find_title(front: Front) -> str:
    """The title: the largest words of the front that are no label, name, date or address; of equal ones those higher up, joined.

    Where the first page is a letter, the title page behind it is asked first, then the letter's own heading.
    """
    pages = sorted({line.page for line in front.lines if not line.margin})[:FRONT_PAGES]
    titles = [(title, size) for page in pages if (found := _page_title(front, page)) for title, size in (found,)]
    if not titles:
        return next((m for m in front.margins if _may_be_title(m)), "")
    if not front.is_letter:
        return titles[0][0]
    named = [t for t in titles if not _ADDRESSED.match(t[0])]
    return max(named, key=lambda t: t[1])[0] if named else _title_of_letter(front) or titles[0][0]


def _title_of_letter(front: Front) -> str | None:
    """What a letter without a title page is about: its heading in the size of its text, else "granskningen av ..." in its words."""
    for line in front.first_page:
        if line.heading and _may_be_title(line.text) and not _ADDRESSED.match(line.text):
            return clean_title(line.text)
    words = re.sub(r"\s+", " ", " ".join(line.text for line in front.first_page))
    about = re.search(
        r"\bgranskning(?:en)? av (?!rubricera)((?:(?!\b(?:revisorerna|granskningen|vi|revisionskontoret)\b)[^.]){8,150}?)"
        r"(?= (?:Revisorerna|Granskningen|Vi)\b|\.|$)",
        words,
    )
    return about[1][:1].upper() + about[1][1:] if about else None


def _page_title(front: Front, page: int) -> tuple[str, float] | None:
    """The title of one page with its letter size."""
    printed = [line for line in front.lines if line.page == page and not line.margin]
    lines = [line for line in printed if _may_be_title(line.text)]
    if not lines:
        return None
    largest = max(line.size for line in lines)
    if any(_CONTENTS.match(line.text) and line.size > largest for line in printed):
        return None  # the entries of a contents list, smaller than its heading, are no titles
    headed = page == 1 and largest < TITLE_SIZE and any(line.heading for line in lines)
    first = next(i for i, line in enumerate(lines) if line.size >= largest - 0.5 and (line.heading or not headed))
    if page > 1 and front.is_letter and (first > 0 or largest < TITLE_SIZE):
        return None  # only a title page counts behind a letter, not the sections of the report
    words, last = lines[first].text, lines[first]
    for line in lines[first + 1 :]:
        near = 0 <= line.top - last.top <= 3.2 * max(last.size, 8)
        if not near or line.size < 0.85 * largest or line.heading != last.heading or len(words) + len(line.text) > LONGEST_TITLE:
            break
        words, last = f"{words} {line.text}", line
    return clean_title(words), largest


def _may_be_title(text: str) -> bool:
    """Whether a line could be a title: not a label, a place, a body, a date, an address or running text."""
    bare = text.strip(" .:–-")
    if len(bare) < 5 or len(bare) > LONGEST_TITLE or bare.casefold() in _labels() or (bare.endswith((".", ":")) and len(bare) > 90):
        return False
    if (
        find_municipality(bare)
        or _BARE_NAME.match(bare)
        or _is_place_without_dots(bare)
        or parse_date(bare)
        or _is_month(bare)
        or _is_place_and_date(bare)
        or re.search(r"www\.|@|\.se\b|^\W*\d[\d\s()/.-]*$|\.{5,}", bare)
    ):
        return False
    body = canonical_body(bare)
    return body is None and re.match(r"(?:dnr|diarie\w*|datum|antal sidor|sida|organisationsnummer)\b", bare, re.IGNORECASE) is None


def _is_month(text: str) -> bool:
    """Whether a line only tells a month: "December 2010"."""
    return len(text.split()) == 2 and any(f.start == 0 and f.end == len(text) for f in find_dates(text, months=True))


def _is_place_without_dots(text: str) -> bool:
    """Whether a line is the name of a municipality whose dots and rings OCR has lost in a logo: "ALINGSAS"."""
    return text.isupper() and " " not in text and text.casefold() in _places_without_dots()


@cache
def _places_without_dots() -> frozenset[str]:
    return frozenset(known.place.casefold().translate(str.maketrans("åäö", "aao")) for known in municipalities())


def _is_place_and_date(text: str) -> bool:
    """Whether a line is where and when a letter was written: "Alvik 2024-02-20", "Alvik den 3 mars 2024"."""
    found = find_dates(text)
    if len(found) != 1 or text[found[0].end :].strip():
        return False
    before = text[: found[0].start].strip(" ,")
    return find_municipality(before) is not None or re.fullmatch(r"[A-ZÅÄÖ][\w-]+,? den", before) is not None


def clean_title(text: str) -> str:
    """A title without the municipality or body that stands behind it on a line of its own, without date and blanks too many."""
    title = _SERIES.sub("", re.sub(r"\s+", " ", text).strip(" .:–-"), count=1)
    title = re.sub(r"(?<=\b\d{4}[–-]) (?=\d{4}\b)", "", title)  # "2024–" at a line's end, "2030" on the next
    first = next(iter(find_municipalities(title, bare=False)), None)
    if first and first.start == 0 and (behind := re.match(r" ?[–:-] (?=[A-ZÅÄÖ].{7})", title[first.end :])):
        title = title[first.end + behind.end() :]
    for _ in range(3):
        shorter = _without_name(title)
        if shorter == title:
            break
        title = shorter
    return title


def _without_name(title: str) -> str:
    """Cut a name at the end unless a preposition binds it to the title: "Delårsrapport 2023 Luleå kommun", but not "… i Luleå kommun"."""
    ends = [f.start for f in find_municipalities(title, bare=False) if f.end == len(title)]
    ends += [b.start for b in find_bodies(title) if b.end == len(title)]
    for start in ends:
        before = title[:start].rstrip(" ,–-|/")
        bound = re.search(r"\b(?:i|av|för|vid|på|till|inom|från|om|hos|och|samt|&|över|mellan|den|ks)$", before, re.IGNORECASE)
        if len(before) >= 8 and not bound and not before.endswith("-"):
            return before
    return title
