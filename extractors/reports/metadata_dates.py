"""The dates of a report: when it was published, which year and period it is about, and by when an answer is wanted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from extractors.layout.blocks import Paragraph
from extractors.reports.front import DATA, Front, leaves
from extractors.swedish.dates import FoundDate, Period, find_dates, find_period, last_day, month_numbers, parse_date
from extractors.swedish.lexicon import read_toml
from extractors.swedish.numbers import fold_blanks
from extractors.swedish.places import find_municipalities, find_municipality

SIGNED = re.compile(r"^(?:[A-ZÅÄÖ][\w]+(?: [A-ZÅÄÖ][\w]+)?,? )?(?:den )?$")
OF_PERIOD = re.compile(
    r"\b(?:per|pr|t\.? ?o\.? ?m\.?|till och med|från|fr\.?o\.?m\.?)(?: den)? $|\d ?[-–] ?$"
    r"|(?:(?:delårs|tertial|månads|kvartals|halvårs|prognos)(?:rapport|bokslut|uppföljning)|årsredovisning|årsbokslut)(?:en)? $",
    re.IGNORECASE,
)
"""What makes a date the end of a period rather than the report's own: "per 31 oktober 2024", "2023-01-01 – 2023-12-31"."""
ADDRESSED = re.compile(r"(?:[A-ZÅÄÖ][a-zåäö]+,? )?(?:den )?(?P<date>20\d\d-\d\d-\d\d|\d{1,2} [a-z]+ 20\d\d) Till:? ")
"""The head of a letter that ran together: "Missiv 2020-12-09 Till kommunstyrelsen ..."."""
LETTERHEAD = re.compile(r"\b(?:dnr|diarie\w*|handläggare|ärendenr|ärendenummer|tjänsteskrivelse)\b", re.IGNORECASE)
"""What stands beside the date in a letterhead whose fields ran together."""
YEAR = re.compile(r"(?<![\d/.-])(20[0-4]\d|19[89]\d)(?!\d|[/.:]\d|-\d\d-)")


def find_published(front: Front) -> str | None:
    """The date printed on the report: alone on a line of the front, after a label, in the margin, or under the signatures.

    Dates in running text (of laws, meetings, decisions) do not count. A front that gives only a month is made exact by a date of
    that month under the signatures.
    """
    dates = list(_own_dates(front))
    for rank in ("label", "first", "signed", "front", "margin", "told", "last"):
        found = next((value for kind, value in dates if kind == rank), None)
        if found:
            return found
    return None


def _own_dates(front: Front) -> Iterator[tuple[str, str]]:
    """All dates that stand as the report's own, with how they stand."""
    first = front.first_page[0].page if front.first_page else 1
    for line in front.lines:
        own = _own_date(line.text) or (_adopted(line.text) if line.page == first else None)
        if own and _is_labelled(line.text):
            yield "label", own
        elif own and line.page == first and not line.margin:
            yield ("signed" if not line.text.lstrip()[:1].isdigit() else "first"), own
        elif line.margin and (date := _date_in_margin(line.text)):
            yield ("first" if line.page == first else "margin"), date
        elif own and not line.margin and not _closes_accounts(line.text):
            yield "front", own
    for block in reversed(front.report.blocks):
        own = _own_date(block.text) if isinstance(block, Paragraph) else None
        if own or (own := _signed_at_end(block.text) if isinstance(block, Paragraph) else None):
            yield "last", own
            break
    told = re.search(read_toml("metadata.toml", DATA)["published"]["told"], fold_blanks(front.text), re.IGNORECASE)
    if told and (found := find_dates(told[0][-40:])):
        yield "told", found[-1].value


def _adopted(text: str) -> str | None:
    """The day a plan was adopted, last on a line with its name: "… 2018–2022 Fastställd: Fullmäktige 2018-03-26"."""
    found = find_dates(text) if len(text) < 160 else []
    before = fold_blanks(text)[: found[-1].start] if found else ""
    return (
        found[-1].value if re.search(r"\b(?:antage[nt]|fastställ[dt]|beslutad|beslutat)\b[^.;\d]{0,60}$", before, re.IGNORECASE) else None
    )


def _signed_at_end(text: str) -> str | None:
    """The date in "... av granskningen. Ekvik den 12 oktober 2023": place and date that ran together with the paragraph before."""
    if not re.search(r"\d{4}[. ]*$", text[-12:]):
        return None
    tail = fold_blanks(text)[-60:]
    for found in find_dates(tail):
        if not tail[found.end :].strip(" .") and re.search(r"(?:^|[.!?:] )[A-ZÅÄÖ]\w+,? (?:den )?$", tail[: found.start]):
            return found.value
    return None


def _is_labelled(text: str) -> bool:
    labels = "|".join(re.escape(word) for word in read_toml("metadata.toml", DATA)["published"]["labels"])
    return re.match(rf"(?:{labels})\b", text.strip(), re.IGNORECASE) is not None


def _own_date(text: str) -> str | None:
    """The date that a short line is, or has after a label or place: "2023-01-18", "Datum: 2023-03-31", "Granvik den 8 april 2025"."""
    if len(text) > 90 or len(text.split()) > 12:
        head = ADDRESSED.match(text)
        return parse_date(head["date"]) if head else None
    for found in find_dates(text):
        before = fold_blanks(text)[: found.start]
        rest = _without_firm(fold_blanks(text)[found.end :])
        if OF_PERIOD.search(before) or re.match(r" ?[-–] ?\d", rest):
            continue
        if not rest.strip(" .") and (LETTERHEAD.search(before) or _ends_in_place(before)):
            return found.value
        if (
            _is_labelled(text)
            or SIGNED.match(before)
            or (not rest.strip(" .,") and len(before.split()) <= 4 and not re.search(r"\d|§", before))
        ):
            return found.value
    return None


def _without_firm(rest: str) -> str:
    """What stands behind a date, without the audit firm where it is all: "2023-11-08 KPMG AB"."""
    if len(rest) > 30 or not rest.strip():
        return rest
    firms = "|".join(firm["pattern"] for firm in read_toml("metadata.toml", DATA)["auditor"])
    return "" if re.fullmatch(rf" (?:{firms})(?: AB)?", rest) else rest


def _ends_in_place(before: str) -> bool:
    """Whether a municipality's place name stands right before a date: who writes, where and when ran together on one line."""
    place = re.search(r"(?<= )([A-ZÅÄÖ][a-zåäö]+),? (?:den )?$", before)
    return place is not None and find_municipality(place[1]) is not None


def _date_in_margin(text: str) -> str | None:
    found = find_dates(text)
    if len(found) != 1 or len(text) >= 120 or OF_PERIOD.search(fold_blanks(text)[: found[0].start]):
        return None
    return found[0].value


def _closes_accounts(text: str) -> bool:
    """Whether a line is only a day on which accounts are closed: inside a report it heads a column ("2021-12-31")."""
    return re.fullmatch(r"(?:den )?20\d\d-(?:03-31|04-30|06-30|08-31|09-30|12-31)", text.strip(" .,")) is not None


def find_period_of(front: Front, doc_type: str, year: int | None) -> Period | None:
    """The period that a report covers, from its title, the lines of its first page, its margins or, for accounts, its first words."""
    if doc_type in ("granskningsrapport", "utvardering"):
        return None
    lines = [front.title, *(line.text for line in front.first_page if len(line.text) < 160), *front.margins[:12]]
    for text in lines:
        period = find_period(text)
        if period and (doc_type not in ("delarsrapport", "arsuppfoljning") or period.within_a_year):
            return period
    if doc_type == "arsuppfoljning" and year:
        return Period(f"{year}-01-01", f"{year}-12-31")
    if doc_type == "delarsrapport":
        return _period_in_words(front, year)
    return _validity(front)


def _period_in_words(front: Front, year: int | None) -> Period | None:
    """A period told in words: "Månadsuppföljning maj 2026" in the title, else "prognosen per april" on the first pages, most often told."""
    months = "|".join(sorted(month_numbers(), key=len, reverse=True))
    in_title = re.search(rf"\b({months})\b(?: (20\d\d))?", front.title, re.IGNORECASE)
    if in_title and (in_title[2] or year):
        return _until(int(in_title[2] or year or 0), month_numbers()[in_title[1].casefold()])
    since = r"jan(?:uari)? ?(?:[-–]|till och med|t\.?o\.?m\.?|till) ?"
    pattern = rf"\b(?:(?:per|till och med|t\.?o\.?m\.?|efter)(?: (?:den )?\d{{1,2}})? |{since})({months})\b(?: (20\d\d))?"
    told = re.findall(pattern, front.text[:6000], re.IGNORECASE)
    told = [(month.casefold(), y) for month, y in told if not y or not year or int(y) == year]
    if not told or not year:
        return None
    best = max(dict.fromkeys(m for m, _ in told), key=lambda m: sum(m == other for other, _ in told))
    return _until(year, month_numbers()[best])


def _until(year: int, month: int) -> Period:
    return Period(f"{year}-01-01", last_day(year, month))


def _validity(front: Front) -> Period | None:
    """Until when a plan holds: "Giltighetstid: 31 december 2026", "Gäller till och med 2028"."""
    texts = [line.text for line in front.lines]
    labelled = [f"{a} {b}" if len(a) < 30 else a for a, b in pairwise([*texts, ""])]  # label and value may be two cells of a table
    for text in labelled:
        match = re.search(
            r"\b(?:giltighetstid|giltig till|gäller (?:till|t\.?o\.?m\.?)|gäller till och med|giltig t\.?o\.?m\.?)\b:?(.{0,60})",
            text,
            re.IGNORECASE,
        )
        if not match:
            continue
        found = find_dates(match[1])
        if found:
            return Period(None, found[-1].value)
        years = YEAR.findall(match[1])
        if years:
            return Period(f"{years[0]}-01-01" if len(years) > 1 else None, f"{years[-1]}-12-31")
    return None


def find_fiscal_year(front: Front, doc_type: str, published: str | None) -> int | None:
    """The year that a report is about: told in words, in its title or period, else for an audit the year of its date."""
    if doc_type in ("granskningsrapport", "utvardering"):
        return _year_of_audit(front, doc_type, published)
    if doc_type == "strategi":
        return None
    in_title = YEAR.findall(front.title)
    if in_title:
        return int(in_title[0])
    if told := find_period(front.title):
        return int(told.end[:4])
    for text in (*(line.text for line in front.first_page if len(line.text) < 160), *front.margins[:12]):
        years = YEAR.findall(re.sub(r"\b(?:20\d\d)-\d\d-\d\d\b", "", text))
        if years:
            return int(years[0])
    if doc_type in ("delarsrapport", "arsuppfoljning"):
        return _most_told_year(front) or _year_of(published)
    return _year_of(published)


def _year_of_audit(front: Front, doc_type: str, published: str | None) -> int | None:
    if doc_type == "utvardering" or re.search(
        r"\b(?:revisionsberättelse|årsredogörelse|årsrapport|årsredovisning|delårsrapport|(?:delårs|års)?bokslut)\b",
        front.title,
        re.IGNORECASE,
    ):
        in_title = YEAR.findall(front.title)
        if in_title:
            return int(in_title[-1])
    beginning = re.sub(r"\s+", " ", front.text[:20000])
    words = read_toml("metadata.toml", DATA)["fiscal"]
    for pattern in words["patterns"][:2]:
        found = re.search(pattern, beginning, re.IGNORECASE)
        if found:
            return int(found[1])
    named = next((year for text in (front.title, *_short_lines(front)) if (year := year_named(text))), None)
    told = named or year_about(beginning) or year_done(beginning) or _year_of(published) or _year_of_month(front)
    return told or (_year_of_place(front) if doc_type == "utvardering" else None)


def _year_of_place(front: Front) -> int | None:
    """The year beside the municipality on the front of an evaluation: "Alviks kommun 2022"."""
    texts = [text for text in _short_lines(front) if find_municipalities(text, bare=False)]
    return next((int(year) for text in texts for year in YEAR.findall(text)[:1]), None)


def year_about(text: str) -> int | None:
    """The one year that an audit says it is about: "Granskningen avser år 2023"."""
    found = re.search(read_toml("metadata.toml", DATA)["fiscal"]["about"], text, re.IGNORECASE)
    return int(found[1]) if found else None


def _short_lines(front: Front) -> Iterator[str]:
    return (line.text for line in front.first_page if len(line.text) < 90)


def year_named(text: str) -> int | None:
    """The year by which a line names an audit: "Revisionsrapport 2022", "Grundläggande granskning 2022"."""
    found = re.search(read_toml("metadata.toml", DATA)["fiscal"]["named"], text.strip(), re.IGNORECASE)
    return int(found[1]) if found else None


def year_done(text: str) -> int | None:
    """The year in which the work was done, where it is told and one: "Granskningen har genomförts under hösten 2023"."""
    months = "|".join(sorted(month_numbers(), key=len, reverse=True))
    found = re.search(read_toml("metadata.toml", DATA)["fiscal"]["done"].replace("(?:M)", f"(?:{months})"), text, re.IGNORECASE)
    return next((int(year) for year in found.groups() if year), None) if found else None


def _year_of_month(front: Front) -> int | None:
    """The year of a title page that is dated by the month only ("Oktober 2023")."""
    lines = [line.text for line in front.lines if len(line.text) < 60]
    return next((_year_of(found[0].value) for text in lines if (found := find_dates(text, months=True))), None)


def _most_told_year(front: Front) -> int | None:
    years = YEAR.findall(front.text[:8000])
    return int(max(dict.fromkeys(years), key=years.count)) if years else None


def _year_of(date: str | None) -> int | None:
    return int(date[:4]) if date else None


def find_response_due(front: Front, published: str | None) -> str | None:
    """The day by which the auditors want their answer; of several dates the auditors' own, not the council's."""
    words = read_toml("metadata.toml", DATA)["due"]
    best: tuple[int, str] | None = None
    answer = re.compile(words["answer"], re.IGNORECASE)
    for sentence in _sentences(front, answer):
        if not answer.search(sentence):
            continue
        for found in _deadlines(sentence, words["by"], published):
            clause = sentence[max(0, found.start - 160) : found.end + 60]
            score = 2 * bool(re.search(words["ours"], clause, re.IGNORECASE)) - 3 * bool(re.search(words["others"], clause, re.IGNORECASE))
            if best is None or score > best[0]:
                best = (score, found.value)
    return best[1] if best else None


def _sentences(front: Front, answer: re.Pattern[str]) -> Iterator[str]:
    """The sentences of blocks that speak of an answer; a date's points and abbreviations do not end one."""
    for text in (b.text for b in leaves(front.report) if b.text and answer.search(b.text)):
        yield from re.split(r"(?<=[a-zåäö\d)])[.!?] (?=[A-ZÅÄÖ])", fold_blanks(text))
    paragraphs = [line.text for line in front.lines]
    yield from (f"{a} {b}" for a, b in pairwise(paragraphs) if re.search(r"(?:senast|den|till)$", a))


def _deadlines(sentence: str, by: str, published: str | None) -> Iterator[FoundDate]:
    """Dates after "senast"; one without a year falls in the twelve months after the report's date."""
    for match in re.finditer(by, sentence, re.IGNORECASE):
        rest = sentence[match.end() : match.end() + 40]
        found = next((d for d in find_dates(rest) if d.start <= 12), None)
        if found:
            yield FoundDate(match.start(), match.end() + found.end, found.value)
            continue
        months = "|".join(sorted(month_numbers(), key=len, reverse=True))
        short = re.match(rf"(\d{{1,2}}) ({months})\b(?! ?\d)", rest, re.IGNORECASE)
        if short and published:
            day = f"{month_numbers()[short[2].casefold()]:02d}-{int(short[1]):02d}"
            year = int(published[:4]) + (day < published[5:])
            yield FoundDate(match.start(), match.end() + short.end(), f"{year}-{day}")
