"""Swedish dates and periods: "den 30 mars 2023", "30/3 2023", "januari–april 2023", "tertial 1", "per den 31 augusti".

All values are ISO strings. A period runs from its first to its last day; parts of a year that reports are made for (tertial,
kvartal) are read as they are accounted: from January on.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise

from extractors.swedish.lexicon import read_toml
from extractors.swedish.numbers import fold_blanks

FIRST_YEAR, LAST_YEAR = 1950, 2099


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: offsets (valid for `fold_blanks(text)`), ISO value, and whether the day is printed or only the month."""

    start: int
    end: int
    value: str
    precision: str = "day"


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days, ISO strings; `start` is None for what only has an end ("t.o.m. 2026")."""

    start: str | None
    end: str

    @property
    def year(self) -> int | None:
        """The year, where the whole period lies in one."""
        return int(self.end[:4]) if self.start and self.start[:4] == self.end[:4] else None

    @property
    def within_a_year(self) -> bool:
        """Whether it is at most twelve months, a broken year ("läsåret 2022/2023", "2022-09-01 – 2023-08-31") among them."""
        return self.start is not None and (date.fromisoformat(self.end) - date.fromisoformat(self.start)).days <= 366


@cache
def month_numbers() -> dict[str, int]:
    """Every spelling of a month, lower case, to 1-12."""
    data = read_toml("dates.toml")
    full = {name: i for i, name in enumerate(data["months"], 1)}
    short = {name: i for i, name in enumerate(data["short_months"], 1)}
    return {**short, **data["other_months"], **full}


@cache
def _month() -> str:
    return "(?:" + "|".join(sorted(month_numbers(), key=len, reverse=True)) + r")\b\.?"


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """How a day or a month is printed, the most telling first; named groups y, m (number), n (name) and d."""
    year = r"(?P<y>(?:19|20)\d\d)"
    forms = (
        rf"(?<![\d-]){year}-(?P<m>\d\d)-(?P<d>\d\d)(?![\d-])",  # 2023-03-30
        rf"(?<![\d/.-])(?P<d>\d{{1,2}})(?::?[ae])? ?(?P<n>{_month()}),? ?(?:år )?{year}(?!\d)",  # den 30 mars 2023
        rf"(?<![\d/.-])(?P<d>\d{{1,2}})/(?P<m>\d{{1,2}})[ -]{year}(?!\d)",  # 30/3 2023
        rf"(?<![\d/.-])(?P<d>\d{{1,2}})[./](?P<m>\d{{1,2}})[./]{year}(?!\d)",  # 30.3.2023
        rf"(?<![\d/.-]){year}/(?P<m>\d\d)/(?P<d>\d\d)(?![\d/])",  # 2023/03/30
        rf"(?<!\w)(?P<n>{_month()}) ?(?:månad )?(?:år )?{year}(?!\d)",  # mars 2023
    )
    return tuple(re.compile(form, re.IGNORECASE) for form in forms)


def find_dates(text: str, *, months: bool = False) -> list[FoundDate]:
    """All dates of a text in order; with `months`, dates without a day too (as the first of the month)."""
    folded, found = fold_blanks(text), []
    taken: set[int] = set()
    if not any(century in folded for century in ("19", "20")):  # every form has a year: a look costs less than the searches
        return []
    for pattern in _patterns() if months else _patterns()[:-1]:
        for match in pattern.finditer(folded):
            value = _iso(match.groupdict())
            if value and match.start() not in taken:
                taken.update(range(match.start(), match.end()))
                found.append(FoundDate(match.start(), match.end(), value, "day" if "d" in match.groupdict() else "month"))
    return sorted(found, key=lambda f: f.start)


def parse_date(text: str) -> str | None:
    """The ISO date that a text is, as a whole, or None."""
    folded = re.sub(r"^(?:den|daterad|datum:?|per) ", "", fold_blanks(text).strip(" .,:"), flags=re.IGNORECASE)
    found = find_dates(folded)
    return found[0].value if found and (found[0].start, found[0].end) == (0, len(folded)) else None


def _iso(groups: dict[str, str | None]) -> str | None:
    name = groups.get("n")
    month = month_numbers()[name.casefold().rstrip(".")] if name else int(groups.get("m") or 0)
    try:
        return date(int(groups["y"] or 0), month, int(groups.get("d") or 1)).isoformat()
    except ValueError:
        return None


def last_day(year: int, month: int) -> str:
    """The last day of a month as ISO."""
    return f"{year}-{month:02d}-{monthrange(year, month)[1]:02d}"


def find_period(text: str, year: int | None = None) -> Period | None:
    """The period that a title or label names, or None. `year` is taken where it names none itself.

    "januari–april 2023" -> 2023-01-01..2023-04-30; "per den 31 augusti 2023" and "t.o.m. augusti 2023" -> from the year's first day;
    "2025–2028" -> whole years; "Delårsrapport 2023" -> None, since its period is not told.
    """
    folded = re.sub(r"\s+", " ", fold_blanks(text)).casefold()
    folded = re.sub(r"\bt\.? o\.? m\.?(?= )", "t.o.m.", folded)
    for reader in (_by_school_year, _by_two_dates, _by_months, _by_day, _by_part, _by_years):
        period = reader(folded, year)
        if period:
            return period
    return None


def _years(text: str) -> Iterator[int]:
    return (int(y) for y in re.findall(r"(?<![\d-])(?:19|20)\d\d(?!\d|-\d)", text) if FIRST_YEAR <= int(y) <= LAST_YEAR)


def _by_two_dates(text: str, year: int | None) -> Period | None:
    """As in "2023-01-01 – 2023-04-30", "1 januari – 31 augusti 2022"."""
    between = r"(?:-|/|till och med|t\.?o\.?m\.?|till)"
    short = re.search(rf"(?<![\d-])(\d{{1,2}}) ({_month()}) ?{between} ?(?:den )?(\d{{1,2}}) ({_month()}),? ?((?:19|20)\d\d)(?!\d)", text)
    if short:
        ends = [_iso({"y": short[5], "n": short[i + 1], "d": short[i]}) for i in (1, 3)]
        return Period(ends[0], ends[1]) if ends[0] and ends[1] and ends[0] < ends[1] else None
    found = find_dates(text)
    for a, b in pairwise(found):
        if re.fullmatch(r" ?(?:-|till|t\.?o\.?m\.?|till och med) ?(?:den )?", text[a.end : b.start]) and a.value < b.value:
            return Period(a.value, b.value)
    return None


def _by_school_year(text: str, year: int | None) -> Period | None:
    """As in "läsåret 2022/2023", "läsår 22/23": from July to June."""
    match = re.search(r"\b(?:läsår(?:et)?|lå) ?((?:20)?\d\d) ?[/-] ?((?:20)?\d\d)(?!\d)", text)
    first, last = (_full_year(match[1]), _full_year(match[2])) if match else (None, None)
    return Period(f"{first}-07-01", f"{last}-06-30") if first and last and last == first + 1 else None


def _by_months(text: str, year: int | None) -> Period | None:
    """As in "januari-april 2023", "jan - apr 2023", "januari till och med augusti 2023", "september 2022 - mars 2023"."""
    month, between = _month(), r"(?:-|/|till och med|t\.?o\.?m\.?|till)"
    match = re.search(rf"\b({month})(?: ((?:19|20)\d\d))? ?{between} ?({month})(?:,? ?(?:år )?((?:19|20)?\d\d)(?!\d))?", text)
    if not match:
        return None
    end_year = _full_year(match[4]) or next(_years(text), None) or year
    if end_year is None:
        return None
    first, last = (month_numbers()[match[i].rstrip(".")] for i in (1, 3))
    start_year = int(match[2]) if match[2] else end_year - (first > last)
    return Period(f"{start_year}-{first:02d}-01", last_day(end_year, last))


def _full_year(text: str | None) -> int | None:
    return None if not text else int(text) if len(text) == 4 else 2000 + int(text)


def _by_day(text: str, year: int | None) -> Period | None:
    """As in "per den 31 augusti 2023", "t.o.m. 2023-08-31", "per augusti", "till och med augusti 2023": from the year's first day."""
    match = re.search(r"\b(?:per|pr|till och med|t\.?o\.?m\.?)(?: den)? (.{3,30})", text) or re.search(
        r"\b(?:delårs|tertial|månads|kvartals|halvårs)(?:rapport|bokslut|uppföljning) (?=\d\d?[ /]|\d{4}-)(.{3,30})", text
    )
    if not match:
        return None
    rest = match[1]
    found = next((f for f in find_dates(rest, months=True) if f.start <= 1), None)
    if found is None:
        day = re.match(rf"(\d{{1,2}}\.? )?({_month()})", rest)
        at = next(_years(text), None) or year
        if not day or at is None:
            return None
        return Period(f"{at}-01-01", last_day(at, month_numbers()[day[2].rstrip(".")]))
    end = found.value if found.precision == "day" else last_day(int(found.value[:4]), int(found.value[5:7]))
    return Period(f"{end[:4]}-01-01", end)


def _by_part(text: str, year: int | None) -> Period | None:
    """As in "tertial 1 2023", "årsredovisning 2025"; the year must be told or given."""
    at = next(_years(text), None) or year
    if at is None:
        return None
    parts = read_toml("dates.toml")["part"]
    for part in sorted(parts, key=lambda p: not any("-" in word and word in text for word in p["words"])):  # "Q1-Q2" before "Q1"
        if any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) for word in part["words"]):
            first, last = part["months"]
            return Period(f"{at}-{first:02d}-01", last_day(at, last))
    return None


def _by_years(text: str, year: int | None) -> Period | None:
    """As in "2025-2028", "2025/2028", "år 2020 till 2050"."""
    match = re.search(r"(?<![\d-])((?:19|20)\d\d) ?(?:-|/|till|och med) ?((?:19|20)\d\d)(?![\d-])", text)
    if not match or not int(match[1]) < int(match[2]) <= int(match[1]) + 60:
        return None
    return Period(f"{match[1]}-01-01", f"{match[2]}-12-31")
