"""Dates and periods as reports print them."""

import pytest

from extractors.swedish.dates import find_dates, find_period, parse_date

PERIODS = {
    "Delårsrapport januari–april 2023": ("2023-01-01", "2023-04-30"),
    "jan - apr 2023": ("2023-01-01", "2023-04-30"),
    "jan-aug 23": ("2023-01-01", "2023-08-31"),
    "Tertial 1 2023": ("2023-01-01", "2023-04-30"),
    "Tertialrapport 2 2024": ("2024-01-01", "2024-08-31"),
    "Kvartal 3 2022": ("2022-01-01", "2022-09-30"),
    "Delårsrapport per den 31 augusti 2023": ("2023-01-01", "2023-08-31"),
    "Delårsbokslut per 2023-08-31": ("2023-01-01", "2023-08-31"),
    "T.o.m. februari 2024": ("2024-01-01", "2024-02-29"),
    "2023-01-01 – 2023-04-30": ("2023-01-01", "2023-04-30"),
    "september 2022 till och med mars 2023": ("2022-09-01", "2023-03-31"),
    "Årsredovisning 2025": ("2025-01-01", "2025-12-31"),
    "Strategi 2025–2028": ("2025-01-01", "2028-12-31"),
    "Delårsrapport 2023": None,
}


@pytest.mark.parametrize(("text", "period"), PERIODS.items())
def test_periods(text: str, period: tuple[str, str] | None) -> None:
    found = find_period(text)
    assert ((found.start, found.end) if found else None) == period


def test_period_takes_the_year_it_is_given() -> None:
    found = find_period("Utfall jan-apr", 2021)
    assert found is not None and (found.start, found.end, found.year) == ("2021-01-01", "2021-04-30", 2021)
    assert find_period("Utfall jan-apr") is None


def test_dates_in_text() -> None:
    text = "den 30 mars 2023, 2022-02-01, 30/3 2023, 30.3.2023, den 1:a maj 2024; ej 2023-13-01, Lag 2017:725, KS 2023/00123, 31 feb 2023"
    assert [d.value for d in find_dates(text)] == ["2023-03-30", "2022-02-01", "2023-03-30", "2023-03-30", "2024-05-01"]
    assert [(d.value, d.precision) for d in find_dates("Oktober 2020", months=True)] == [("2020-10-01", "month")]


def test_a_date_and_nothing_else() -> None:
    assert parse_date("den 30 mars 2023") == "2023-03-30"
    assert parse_date("2023\u201103\u201130") == "2023-03-30"
    assert parse_date("Möte 2023-03-30") is None
