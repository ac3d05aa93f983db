"""Export of views: types kept, formulas made harmless, errors in words."""

from __future__ import annotations

import csv
import datetime
import json
from pathlib import Path

import pytest

from db.connection import open_for_writing
from db.export import FORMATS, export_view, harmless
from schema.errors import DatabaseError

ROWS = [
    (1, '=HYPERLINK("http://x")', -4067.4, "2023-04-30", "Öka takten"),
    (2, "+23", None, None, "- 6 279"),
    (3, "@summa", 0.1, "2024-12-31", "vanlig text"),
]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "r.db"
    db = open_for_writing(path)
    db.conn.execute("create table prov (antal integer, farlig text, belopp real, datum text, ord text)")
    db.conn.executemany("insert into prov values (?, ?, ?, ?, ?)", ROWS)
    db.conn.commit()
    db.conn.close()
    return path


def test_xlsx_keeps_numbers_and_dates_and_runs_nothing(database: Path, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    out = tmp_path / "ut.xlsx"
    assert export_view(database, "prov", out, "xlsx") == 3
    sheet = load_workbook(out).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("antal", "farlig", "belopp", "datum", "ord")
    assert rows[1][0] == 1 and rows[1][2] == -4067.4
    assert rows[1][3].date() == datetime.date(2023, 4, 30)
    assert rows[2][2] is None
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert sheet["B2"].value == '=HYPERLINK("http://x")' and sheet["B2"].data_type == "s"


def test_csv_makes_formulas_harmless_and_leaves_negative_numbers(database: Path, tmp_path: Path) -> None:
    out = tmp_path / "ut.csv"
    export_view(database, "prov", out)
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [r["farlig"][0] for r in rows] == ["'", "'", "'"]
    assert rows[1]["ord"] == "'- 6 279"
    assert rows[0]["belopp"] == "-4067.4"
    assert rows[0]["datum"] == "2023-04-30"
    assert rows[0]["ord"] == "Öka takten"
    assert rows[1]["belopp"] == ""


def test_parquet_has_types(database: Path, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    out = tmp_path / "ut.parquet"
    export_view(database, "prov", out)
    table = pq.read_table(out)
    assert [str(t) for t in table.schema.types] == ["int64", "string", "double", "date32[day]", "string"]
    assert table.column("farlig").to_pylist()[0] == '=HYPERLINK("http://x")'
    assert table.column("belopp").to_pylist() == [-4067.4, None, 0.1]


def test_json_is_plain(database: Path, tmp_path: Path) -> None:
    out = tmp_path / "ut.json"
    export_view(database, "prov", out)
    rows = json.loads(out.read_text(encoding="utf-8"))
    assert rows[0] == {"antal": 1, "farlig": '=HYPERLINK("http://x")', "belopp": -4067.4, "datum": "2023-04-30", "ord": "Öka takten"}
    assert rows[1]["belopp"] is None


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("view", ["ekonomi", "avvikelser_i_tabeller", "rekommendationer"])
def test_views_without_rows_are_written_too(database: Path, tmp_path: Path, form: str, view: str) -> None:
    out = tmp_path / f"tom.{form}"
    assert export_view(database, view, out) == 0
    assert out.stat().st_size > 0


def test_unknown_view_and_format_are_told_in_swedish(database: Path, tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="ingen vy eller tabell"):
        export_view(database, "finns; drop table prov", tmp_path / "x.csv")
    with pytest.raises(DatabaseError, match="Okänt format"):
        export_view(database, "prov", tmp_path / "x.doc")
    with pytest.raises(DatabaseError, match="kan inte skrivas"):
        export_view(database, "prov", tmp_path / "saknas" / "x.csv")


@pytest.mark.parametrize(("text", "safe"), [("=1+1", "'=1+1"), ("-2", "'-2"), (" @a", "' @a"), ("a=b", "a=b"), (-2, -2), (None, None)])
def test_harmless(text: object, safe: object) -> None:
    assert harmless(text) == safe
