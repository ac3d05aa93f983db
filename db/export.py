"""A view or table as a file for a spreadsheet or a program: csv, xlsx, parquet or json, with numbers as numbers and dates as dates.

Text that a spreadsheet would run as a formula (it begins with "=", "+", "-" or "@", a tab or a line break) is made harmless: in csv by
an apostrophe before it, as OWASP advises ("CSV injection"), in xlsx by cells that are text by type. Parquet and json hold it as it is.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.connection import open_for_reading
from schema.errors import DatabaseError

if TYPE_CHECKING:
    import pandas as pd
    from openpyxl.worksheet.worksheet import Worksheet

FORMATS = ("csv", "xlsx", "parquet", "json")
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
DATE = re.compile(r"\d{4}-\d\d-\d\d")
XLSX_ROWS = 1_048_575
"""Rows of data that a sheet of Excel can hold under its header."""
XLSX_LETTERS = 32_767
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def export_view(db_path: Path, view: str, out: Path, format_: str | None = None) -> int:
    """Write a view or table to `out` and return the number of rows. Without a format the file's ending tells it.

    Raises DatabaseError where the database has no such view, the format is unknown, or the file cannot be written.
    """
    chosen = (format_ or out.suffix.lstrip(".")).casefold()
    if chosen not in FORMATS:
        raise DatabaseError(f"Okänt format för {out}: ”{chosen}”. Välj {', '.join(FORMATS)} med --format.")
    frame = read_frame(db_path, view)
    writers: dict[str, Callable[[pd.DataFrame, Path, str], None]] = {
        "csv": _write_csv,
        "xlsx": _write_xlsx,
        "parquet": _write_parquet,
        "json": _write_json,
    }
    try:
        writers[chosen](frame, out, view)
    except OSError as error:
        raise DatabaseError(f"Filen {out} kan inte skrivas: {error.strerror or error}.") from error
    return len(frame)


def read_frame(db_path: Path, view: str) -> pd.DataFrame:
    """A view or table with a type for each column: whole numbers, numbers, dates or text; empty stays empty."""
    import pandas as pd

    database = open_for_reading(db_path)
    with closing(database.conn) as connection:
        names = _names(connection)
        if view not in names:
            raise DatabaseError(f"Databasen har ingen vy eller tabell som heter ”{view}”. Det finns: {', '.join(names)}.")
        cursor = connection.execute(f'select * from "{view}"')
        columns = [c[0] for c in cursor.description]
        rows = cursor.fetchall()
    data = {name: _typed([row[i] for row in rows]) for i, name in enumerate(columns)}
    return pd.DataFrame(data, columns=columns)


def _names(connection: sqlite3.Connection) -> list[str]:
    """Views first, then tables, without those that SQLite and full text search keep for themselves."""
    found = connection.execute(
        "select name from sqlite_master where type in ('view', 'table') and name not like 'sqlite_%' and name not like '%_fts%'"
        " order by type desc, name"
    )
    return [name for (name,) in found]


def _typed(values: list[Any]) -> pd.Series[Any]:
    """A column with the type that all its values have; mixed ones become text only where text is among them."""
    import pandas as pd

    filled = [v for v in values if v is not None]
    if filled and all(isinstance(v, int) for v in filled):
        return pd.Series(values, dtype="Int64")
    if filled and all(isinstance(v, (int, float)) for v in filled):
        return pd.Series(values, dtype="Float64")
    if filled and all(isinstance(v, str) and DATE.fullmatch(v) for v in filled):
        dates = pd.to_datetime(pd.Series(values, dtype="object"), format="%Y-%m-%d", errors="coerce")
        if int(dates.notna().sum()) == len(filled):
            return dates.dt.date
    return pd.Series([v if v is None else str(v) for v in values], dtype="object")


def harmless(value: object) -> object:
    """Text as a spreadsheet may read it: with an apostrophe before what it would run as a formula. Other values stay."""
    if isinstance(value, str) and value.lstrip(" ").startswith(DANGEROUS):
        return f"'{value}"
    return value


def _write_csv(frame: pd.DataFrame, out: Path, view: str) -> None:
    """Comma separated, UTF-8 with the mark that Excel needs to see å, ä and ö."""
    safe = frame.copy()
    for name in safe.columns:
        if safe[name].dtype == object:
            safe[name] = safe[name].map(harmless)
    safe.to_csv(out, index=False, encoding="utf-8-sig", lineterminator="\n")


def _write_xlsx(frame: pd.DataFrame, out: Path, view: str) -> None:
    """One sheet with a header row that stays in sight; text is text by type, whatever it begins with."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    if len(frame) > XLSX_ROWS:
        raise DatabaseError(f"Vyn {view} har {len(frame)} rader, fler än ett kalkylblad rymmer. Välj csv eller parquet.")
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title=view[:31])
    sheet.freeze_panes = "A2"
    header = []
    for name in frame.columns:
        cell = WriteOnlyCell(sheet, value=str(name))
        cell.font = Font(bold=True)
        header.append(cell)
    sheet.append(header)
    for row in frame.astype(object).where(frame.notna(), None).itertuples(index=False):
        sheet.append([_xlsx_cell(sheet, value) for value in row])
    book.save(out)


def _xlsx_cell(sheet: Worksheet, value: object) -> object:
    """A cell with its type; text is marked as text, so that "=1+1" is what it looks like."""
    from openpyxl.cell import WriteOnlyCell

    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=_CONTROL.sub("", value)[:XLSX_LETTERS])
    cell.data_type = "s"
    if value.startswith(DANGEROUS):
        cell.quotePrefix = True
    return cell


def _write_parquet(frame: pd.DataFrame, out: Path, view: str) -> None:
    frame.to_parquet(out, index=False, engine="pyarrow")


def _write_json(frame: pd.DataFrame, out: Path, view: str) -> None:
    """A list of objects, UTF-8, å as å, dates as ISO."""
    import json

    rows = frame.astype(object).where(frame.notna(), None).to_dict(orient="records")
    out.write_text(json.dumps(rows, ensure_ascii=False, indent=1, default=str) + "\n", encoding="utf-8")
