"""What the labels of an economy or staff table mean: measure, period and year of a column, and what a row is.

The words are data (`data/columns.toml`), each with labels that it must and must not match; a test runs them all. A label that says
nothing known means nothing: None, never a guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from extractors.swedish.lexicon import read_toml
from extractors.swedish.numbers import fold_blanks

Side = Literal["income", "cost"]
_DATA = "columns.toml"
_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_MONTH = r"(?P<{0}>jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-zåäö]*\.?"
_SPAN = re.compile(r"\b" + _MONTH.format("first") + r" ?(?:-|t ?o ?m|till)? ?" + _MONTH.format("last") + r"(?![a-zåäö])")
_ONE_MONTH = re.compile(r"\b" + _MONTH.format("first") + r"(?![a-zåäö])")
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]\d|\d)")
_DATE = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d) ?- ?(?P<month>\d\d) ?- ?(?P<day>\d\d)(?!\d)")
_WHOLE_YEAR = re.compile(r"\bhelår|\bårs(?:budget|prognos|bokslut|utfall)|\bårets\b")
_TERTIAL = re.compile(r"\b(?:tertial ?|t)(?P<n>[123])\b|\b(?:kvartal ?|q)(?P<q>[1234])\b")


@dataclass(frozen=True, slots=True)
class ColumnMeaning:
    """What a column holds. `measure` is a key of MEASURES; `period` is "jan-apr 2023", "helår 2023", "2023-04-30" or "2023";
    `formula` is (minuend, subtrahend) where the header says how a deviation is reckoned; `change` is a difference between years;
    `share` says that the figures are not to be added up; `ordinal` that they are names (note numbers, account numbers).
    """

    measure: str | None = None
    period: str | None = None
    year: int | None = None
    formula: tuple[str, str] | None = None
    change: bool = False
    share: bool = False
    ordinal: bool = False

    @property
    def difference(self) -> bool:
        """Whether the column is a difference of two others."""
        return self.measure == "avvikelse" or self.change


def fold_label(label: str) -> str:
    """A label as compared: lower case, blanks and dashes folded."""
    return " ".join(fold_blanks(label).split()).casefold()


@cache
def _rule(*path: str) -> re.Pattern[str]:
    entry = read_toml(_DATA)
    for key in path:
        entry = entry[key]
    return re.compile(entry["pattern"])


@cache
def _measures() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((m["name"], re.compile(m["pattern"])) for m in read_toml(_DATA)["measure"])


@cache
def read_column(label: str) -> ColumnMeaning:
    """The meaning of a column label, "Utfall jan - april 2023" -> utfall, "jan-apr 2023", 2023. Unknown words give None."""
    folded = fold_label(label)
    formula = _rule("formula").search(folded)
    measure = "avvikelse" if formula else next((name for name, pattern in _measures() if pattern.search(folded)), None)
    years = [int(y) for y in _YEAR.findall(folded)]
    return ColumnMeaning(
        measure=measure,
        period=_period(folded, years),
        year=years[-1] if len(set(years)) == 1 else None,
        formula=(formula["first"], formula["second"]) if formula else None,
        change=bool(_rule("change").search(folded)),
        share=is_share(label),
        ordinal=bool(_rule("ordinal").search(folded.rstrip("."))),
    )


def _period(folded: str, years: list[int]) -> str | None:
    """The time that a label names, in one spelling."""
    year = f" {years[-1]}" if years else ""
    if date := _DATE.search(folded):
        return f"{date['year']}-{date['month']}-{date['day']}"
    if span := _SPAN.search(folded):
        return f"{span['first']}-{span['last']}{year}"
    if _WHOLE_YEAR.search(folded):
        return f"helår{year}"
    if part := _TERTIAL.search(folded):
        return (f"tertial {part['n']}" if part["n"] else f"kvartal {part['q']}") + year
    if (month := _ONE_MONTH.search(folded)) and len(years) <= 1:
        return f"{month['first']}{year}"
    return str(years[-1]) if len(set(years)) == 1 else None


@cache
def is_share(label: str) -> bool:
    """Whether figures under or beside a label are shares, averages or indexes, which nobody adds up."""
    return bool(_rule("share").search(fold_label(label)))


@cache
def total_strength(label: str) -> int:
    """2 for a label that says sum ("Summa", "Totalt kommunen"), 1 for one that closes a statement ("Årets resultat"), else 0."""
    folded = fold_label(label)
    if is_part(label):
        return 0
    return 2 if _rule("total", "strong").search(folded) else int(bool(_rule("total", "weak").search(folded)))


@cache
def is_part(label: str) -> bool:
    """Whether a row is a part of the one above ("varav …")."""
    return bool(_rule("part").search(fold_label(label)))


@cache
def is_remainder(label: str) -> bool:
    """Whether a column is what is left of another ("Återstår")."""
    return bool(_rule("remainder").search(fold_label(label)))


@cache
def is_opening(label: str) -> bool:
    """Whether a row or column is what a period opens with (ingående balans)."""
    return bool(_rule("opening").search(fold_label(label)))


@cache
def is_closing(label: str) -> bool:
    """Whether a row or column is what a period closes with (utgående balans)."""
    return bool(_rule("closing").search(fold_label(label)))


@cache
def side_of(label: str) -> Side | None:
    """Whether a row is income or cost by its words; None for results and where it does not say."""
    folded = fold_label(label)
    if "netto" in folded or "resultat" in folded:
        return None
    income, cost = bool(_rule("income").search(folded)), bool(_rule("cost").search(folded))
    if income == cost:
        return None
    return "income" if income else "cost"


def table_kind(title: str, row_labels: tuple[str, ...], *, figures: bool = True) -> str | None:
    """resultat, drift, investering, balans, kassaflode or personal by title, or else by row labels; None where neither says.

    `figures`: whether the table holds figures; one of words alone is none of these.
    """
    if not figures:
        return None
    folded = fold_label(title)
    kinds = read_toml(_DATA)["kind"]
    for kind in kinds:
        if re.search(kind["title"], folded):
            return str(kind["name"])
    labels = [fold_label(label) for label in row_labels]
    counts = {kind["name"]: sum(bool(re.search(kind["rows"], label)) for label in labels) for kind in kinds}
    best = max(counts, key=lambda name: counts[name])
    return str(best) if counts[best] >= max(2, len(labels) // 4) else None


@cache
def outcome_period(label: str, *, balance: bool = False, yearly: bool = False) -> tuple[str, str] | None:
    """The time whose outcome a column prints, and what its label says besides, None where the time is not sure.

    "Bokslut 2022" -> ("helår 2022", ""), "Koncernen utfall jan-aug 2022" -> ("jan-aug 2022", "koncernen"). A bare year ("2022",
    "Utfall 2022") is the whole year only in a report on a year (`yearly`); a date is a balance day (`balance`) or what a period goes to.
    """
    folded, meaning = fold_label(label), read_column(label)
    time = meaning.period
    if meaning.difference or meaning.share or meaning.ordinal or time is None or meaning.measure not in (None, "utfall", "bokslut"):
        return None
    if says_restated(label) or len(set(_YEAR.findall(folded))) != 1:
        return None
    year = time[-4:] if not _DATE.search(folded) else time[:4]
    if time in (f"jan-dec {year}", f"{year}-12-31", f"helår {year}"):
        time = f"helår {year}"
    elif time == year:
        if "delår" in folded or not (yearly or meaning.measure == "bokslut"):
            return None
        time = f"helår {year}"
    elif not (_SPAN.search(folded) or (_DATE.search(folded) and (balance or meaning.measure))):
        return None
    return time, " ".join(_rule("outcome_words").sub(" ", folded).split())


@cache
def says_restated(label: str) -> bool:
    """Whether a label or title says that its figures are reckoned anew."""
    return bool(_rule("restated_label").search(fold_label(label)))


def names_restated(text: str) -> bool:
    """Whether a running text says that figures of earlier times are reckoned anew, or cannot be compared."""
    folded = fold_label(text)
    if "jämför" not in folded and "föregående" not in folded and "tidigare" not in folded:
        return False
    return bool(_rule("restated").search(folded))
