"""What labels mean: every rule with its examples, and columns as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from extractors.swedish.columns import ColumnMeaning, fold_label, is_part, read_column, side_of, table_kind, total_strength
from extractors.swedish.lexicon import read_toml


def rules() -> Iterator[tuple[str, dict[str, Any]]]:
    for package, name in (("extractors.swedish", "columns.toml"), ("extractors.reports", "data_tables.toml")):
        for key, entry in read_toml(name, package).items():
            entries = entry if isinstance(entry, list) else [entry] if "pattern" in entry else list(entry.values())
            for one in entries:
                yield f"{name}:{key}:{one.get('name', '')}", one


@pytest.mark.parametrize(("name", "rule"), list(rules()), ids=[n for n, _ in rules()])
def test_each_rule_matches_its_examples_and_no_near_miss(name: str, rule: dict[str, Any]) -> None:
    pattern = re.compile(rule.get("pattern", rule.get("title", "")))
    assert rule["yes"] and rule["no"], "a rule without examples"
    assert [x for x in rule["yes"] if not pattern.search(fold_label(x))] == []
    assert [x for x in rule["no"] if pattern.search(fold_label(x))] == []


@pytest.mark.parametrize(
    ("label", "measure", "period", "year"),
    [
        ("Utfall jan - april 2023", "utfall", "jan-apr 2023", 2023),
        ("Utfall jan–aug 2022", "utfall", "jan-aug 2022", 2022),
        ("Prognos helår 2026", "prognos", "helår 2026", 2026),
        ("Årsbokslut 2025", "bokslut", "helår 2025", 2025),
        ("Avv. prognos/ budget 2026", "avvikelse", "2026", 2026),
        ("Budget-avvikelse", "avvikelse", None, None),
        ("Målvärde 2025", "mal", "2025", 2025),
        ("2022-12-31", None, "2022-12-31", 2022),
        ("Tertial 2 2023", None, "tertial 2 2023", 2023),
        ("Resultat", None, None, None),
        ("Antal 2 500", None, None, None),
    ],
)
def test_columns(label: str, measure: str | None, period: str | None, year: int | None) -> None:
    meaning = read_column(label)
    assert (meaning.measure, meaning.period, meaning.year) == (measure, period, year)


def test_a_header_that_says_how_it_is_reckoned() -> None:
    assert read_column("Utfall - budget Dec 2023").formula == ("utfall", "budget")
    assert read_column("Avvikelse").formula is None


def test_unknown_labels_mean_nothing() -> None:
    assert read_column("Zebra") == ColumnMeaning()


def test_rows() -> None:
    assert [total_strength(x) for x in ("Summa", "Årets resultat", "Personalkostnader", "varav summa")] == [2, 1, 0, 0]
    assert is_part("– varav hyror") and not is_part("Varaktiga tillgångar")
    assert [side_of(x) for x in ("Verksamhetens intäkter", "Personalkostnader", "Nettokostnader", "Övrigt")] == [
        "income",
        "cost",
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("title", "rows", "kind"),
    [
        ("Balansräkning", (), "balans"),
        ("Ekonomi", ("Verksamhetens intäkter", "Verksamhetens kostnader", "Skatteintäkter"), "resultat"),
        ("Sjukfrånvaro, procent", (), "personal"),
        ("Tabell 4", ("Ärtor", "Potatis"), None),
    ],
)
def test_kinds_of_tables(title: str, rows: tuple[str, ...], kind: str | None) -> None:
    assert table_kind(title, rows) == kind
    assert table_kind(title, rows, figures=False) is None
