"""Outcomes that a later report prints otherwise: what is shown, and what is left alone."""

import hashlib
import random
from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Database

from db.connection import open_for_writing
from db.derived import rebuild, update
from db.findings import with_findings
from db.store import store_extraction
from extractors.swedish.columns import names_restated, outcome_period, read_column
from ingest.worker import extract_file
from schema.ids import Ids
from schema.records import Document, Extraction, Page
from tests.figures_tables import table

ROWS = {
    "Kommunstyrelsen": -84_211,
    "Socialnämnden": -402_377,
    "Barn- och utbildningsnämnden": -512_904,
    "Tekniska nämnden": -61_038,
    "Kultur- och fritidsnämnden": -48_655,
    "Miljö- och byggnadsnämnden": -12_790,
    "Överförmyndarnämnden": -5_126,
    "Revisionsnämnden": -2_348,
    "Valnämnden centralt": -1_907,
    "Räddningsnämnden": -31_460,
    "Arbetsmarknadsnämnden": -27_819,
}


def report(
    year: int,
    rows: dict[str, float],
    *,
    columns: tuple[str, ...] | None = None,
    unit: str = "tkr",
    decimals: int = 0,
    text: str = "Ekonomi",
    doc_type: str = "arsuppfoljning",
    title: str = "Driftredovisning",
) -> Extraction:
    """A report of `year` whose drift account has this year's figures first, and last year's (`rows`) after them."""
    sha256 = hashlib.sha256(f"{year}{rows}{text}{unit}".encode()).hexdigest()
    ids = Ids(sha256[:12])
    columns = columns or (f"Utfall {year}", f"Utfall {year - 1}")
    made = table(columns, [(r, (round(v * 1.031 + 17), v)) for r, v in rows.items()], decimals=decimals, unit=unit, title=title)
    cells = []
    for cell in made.cells:
        meaning = read_column(cell.column_label)
        cells.append(replace(cell, id=ids.next("table_cell"), measure=meaning.measure, period=meaning.period, year=meaning.year))
    drift = replace(made, id=ids.next("report_table"), kind="drift", cells=tuple(cells))
    document = Document(
        sha256[:12], sha256, f"{year}.pdf", f"Årsredovisning {year}", doc_type, municipality="Ekviks kommun", fiscal_year=year, pages=3
    )
    page = Page(ids.next("page"), 3, 595, 842, text, "flow")
    return with_findings(Extraction(document, pages=(page,), report_tables=(drift,)))


def first(year: int = 2022) -> Extraction:
    """The report that prints ROWS as its own year's outcome, and other figures of the year before."""
    return report(year, ROWS, columns=(f"Utfall {year - 1}", f"Utfall {year}"))


def database_of(path: Path, *reports: Extraction) -> Database:
    database = open_for_writing(path)
    for each in reports:
        store_extraction(database, each, extractor_version="test")
    update(database)
    return database


def shown(database: Database) -> list[tuple[str, float, float]]:
    return [tuple(r) for r in database.execute("select rad, i_tidigare_rapport, i_rapporten from skillnader_mellan_ar order by rad")]


def changed(**by: float) -> dict[str, float]:
    return {row: by.get(row.split()[0].strip("-"), value) for row, value in ROWS.items()}


def test_a_figure_that_the_next_report_prints_otherwise_is_shown_with_both_places(tmp_path: Path) -> None:
    database = database_of(tmp_path / "x.db", first(), report(2023, changed(Socialnämnden=-402_737)))
    assert shown(database) == [("Socialnämnden", -402_377, -402_737)]
    row = next(database.query("select * from skillnader_mellan_ar"))
    assert row["rapport"] == "Årsredovisning 2023" and row["tidigare_rapport"] == "Årsredovisning 2022"
    assert row["allvar"] == "Att titta på" and row["avser"] == "helår 2022"
    assert "−402\xa0377 tkr (sidan 3" in row["förklaring"] and "−402\xa0737 tkr (sidan 3" in row["förklaring"]
    assert row["länk"] != row["länk_tidigare"]
    assert database.execute("select count(*) from findings").fetchone() == (0,)  # never among the arithmetic


def test_unchanged_figures_show_nothing(tmp_path: Path) -> None:
    assert shown(database_of(tmp_path / "x.db", first(), report(2023, ROWS))) == []


def test_rounding_to_millions_is_no_difference_but_more_than_that_is(tmp_path: Path) -> None:
    millions = {row: round(value / 1000, 1) for row, value in ROWS.items()}
    later = report(2023, millions, unit="mkr", decimals=1)
    assert shown(database_of(tmp_path / "a.db", first(), later)) == []
    later = report(2023, {**millions, "Socialnämnden": -402.8}, unit="mkr", decimals=1)
    assert shown(database_of(tmp_path / "b.db", first(), later)) == [("Socialnämnden", -402_377, -402.8)]


def test_costs_without_a_minus_are_the_same(tmp_path: Path) -> None:
    later = report(2023, {row: -value for row, value in ROWS.items()})
    assert shown(database_of(tmp_path / "x.db", first(), later)) == []


@pytest.mark.parametrize(
    "later",
    [
        report(2023, {row: value - 1_000 - 13 * i for i, (row, value) in enumerate(ROWS.items())}),  # all of it restated
        report(2023, changed(Socialnämnden=-402_737), text="Jämförelsetalen för 2022 har räknats om efter ny organisation."),
        report(2023, changed(Socialnämnden=-402_737), columns=("Utfall 2023", "Utfall 2022 omräknat")),
        report(2023, changed(Socialnämnden=-402_737), columns=("Utfall 2023", "Budget 2022")),
        report(2023, changed(Socialnämnden=-402_737), columns=("Utfall 2023", "Koncernen utfall 2022")),
        report(2023, changed(Socialnämnden=-402_737), columns=("Utfall jan-aug 2023", "Utfall jan-aug 2022")),
        report(2023, changed(Socialnämnden=-402_737), doc_type="delarsrapport"),  # may be the outcome of eight months
        report(2023, changed(Socialnämnden=-400_877, Kommunstyrelsen=-85_711)),  # 1 500 moved to another row
        report(2023, changed(Socialnämnden=-1_207_131)),  # another thing under the same name
        report(2023, changed(Socialnämnden=-402_737), title="Driftredovisning, justerad"),
    ],
    ids=[
        "restated table",
        "said in the text",
        "said in the label",
        "budget",
        "koncern",
        "part of a year",
        "interim",
        "moved",
        "size",
        "title",
    ],
)
def test_what_has_its_reasons_is_left_alone(tmp_path: Path, later: Extraction) -> None:
    assert shown(database_of(tmp_path / "x.db", first(), later)) == []


def test_a_footnote_excuses_the_figure_that_has_it(tmp_path: Path) -> None:
    rows = {row + ("*" if row.startswith("Social") else ""): value for row, value in changed(Socialnämnden=-402_737).items()}
    assert shown(database_of(tmp_path / "x.db", first(), report(2023, rows))) == []


def test_a_row_and_its_sum_that_differ_alike_are_one(tmp_path: Path) -> None:
    earlier = {**ROWS, "Summa nämnderna": sum(ROWS.values())}
    later = {**changed(Socialnämnden=-402_737), "Summa nämnderna": sum(ROWS.values()) - 360}
    database = database_of(tmp_path / "x.db", report(2022, earlier, columns=("Utfall 2021", "Utfall 2022")), report(2023, later))
    assert [row for row, _, _ in shown(database)] == ["Socialnämnden"]


def test_reports_of_other_municipalities_and_bodies_are_not_compared(tmp_path: Path) -> None:
    other = report(2023, changed(Socialnämnden=-402_737))
    elsewhere = replace(other, document=replace(other.document, municipality="Bjärsta kommun"))
    of_a_body = replace(other, document=replace(other.document, organisation="Socialnämnden"))
    assert shown(database_of(tmp_path / "a.db", first(), elsewhere)) == []
    assert shown(database_of(tmp_path / "b.db", first(), of_a_body)) == []


def test_figures_read_without_certainty_are_not_compared(tmp_path: Path) -> None:
    later = report(2023, changed(Socialnämnden=-402_737))
    doubtful = replace(later, report_tables=tuple(replace(t, method="ocr") for t in later.report_tables))
    assert shown(database_of(tmp_path / "x.db", first(), doubtful)) == []


def test_adding_one_by_one_in_any_order_and_taking_away_give_what_rebuilding_gives(tmp_path: Path) -> None:
    reports = [first(), report(2023, changed(Socialnämnden=-402_737)), report(2023, changed(Tekniska=-61_083), text="Tryckt version")]
    reports.append(
        report(2023, changed(Kommunstyrelsen=-84_121), doc_type="delarsrapport", columns=("Utfall jan-apr 2023", "Bokslut 2022"))
    )
    query = "select * from year_differences order by id"
    told = set()
    for seed in range(4):
        random.Random(seed).shuffle(reports)
        database = open_for_writing(tmp_path / f"{seed}.db")
        for each in reports:
            store_extraction(database, each, extractor_version="test")
            update(database)
        one_by_one = database.execute(query).fetchall()
        rebuild(database)
        assert database.execute(query).fetchall() == one_by_one != []
        told.add(tuple(one_by_one))
    assert len(told) == 1
    database.execute("delete from documents where id = ?", [first().document.id])
    update(database)
    kept = database.execute(query).fetchall()
    rebuild(database)
    assert database.execute(query).fetchall() == kept and kept != one_by_one


@pytest.mark.parametrize(
    ("label", "options", "period"),
    [
        ("Bokslut 2022", {}, ("helår 2022", "")),
        ("Utfall 2022", {"yearly": True}, ("helår 2022", "")),
        ("Utfall 2022", {}, None),
        ("2022", {"yearly": True}, ("helår 2022", "")),
        ("2022-12-31", {"balance": True}, ("helår 2022", "")),
        ("2022-08-31", {"balance": True}, ("2022-08-31", "")),
        ("Utfall jan–aug 2022", {}, ("jan-aug 2022", "")),
        ("Koncernen bokslut 2022", {}, ("helår 2022", "koncernen")),
        ("Delårsbokslut 2022", {}, None),
        ("Utfall tertial 2 2022", {}, None),
        ("Utfall mars 2022", {}, None),
        ("Budget 2022", {"yearly": True}, None),
        ("Avvikelse 2022", {"yearly": True}, None),
        ("Bokslut 2022 (omräknat)", {"yearly": True}, None),
        ("Utfall 2021–2022", {"yearly": True}, None),
        ("Utfall", {"yearly": True}, None),
    ],
)
def test_whose_outcome_a_column_prints(label: str, options: dict[str, bool], period: tuple[str, str] | None) -> None:
    assert outcome_period(label, **options) == period


def test_a_text_without_words_of_comparison_names_nothing_restated() -> None:
    assert names_restated("Not 1. Omräknade jämförelsetal för 2022.")
    assert not names_restated("Hyrorna har räknats om.")


def printing_twice(one: Extraction, by: float = 0.0) -> Extraction:
    """The report with its table a second time, there with another figure for Socialnämnden."""
    drift = one.report_tables[0]
    cells = (
        replace(c, id=f"{c.id}b", value=c.value + by if c.row_label == "Socialnämnden" and c.value is not None else c.value)
        for c in drift.cells
    )
    return replace(one, report_tables=(drift, replace(drift, id=f"{drift.id}b", cells=tuple(cells))))


def test_a_figure_that_one_table_of_the_earlier_report_prints_is_settled(tmp_path: Path) -> None:
    assert shown(database_of(tmp_path / "x.db", printing_twice(first(), -360.0), report(2023, changed(Socialnämnden=-402_737)))) == []


def test_a_figure_printed_in_two_tables_is_shown_once(tmp_path: Path) -> None:
    database = database_of(tmp_path / "x.db", printing_twice(first()), printing_twice(report(2023, changed(Socialnämnden=-402_737))))
    assert len(shown(database)) == 1


def typeset(path: Path, year: int, head: tuple[str, ...], rows: dict[str, tuple[str, ...]], lead: str) -> Extraction:
    """An annual report of this year with its drift account, typeset, read and checked as any other file."""
    import weasyprint

    lines = "".join(f"<tr><td>{label}</td>{''.join(f'<td>{v}</td>' for v in values)}</tr>" for label, values in rows.items())
    table_html = f"<table><thead><tr><th></th>{''.join(f'<th>{h}</th>' for h in head)}</tr></thead><tbody>{lines}</tbody></table>"
    css = "td, th { text-align: right; padding: 2pt 8pt } td:first-child { text-align: left }"
    body = f"<h1>Årsredovisning {year}</h1><p>Ekeby kommun</p><h2>Driftredovisning</h2><p>{lead}</p>{table_html}<p>Nämnderna följs upp.</p>"
    weasyprint.HTML(string=f"<html lang=sv><style>{css}</style><body>{body}</body></html>").write_pdf(path)
    return extract_file(path, sha256=hashlib.sha256(path.read_bytes()).hexdigest(), ocr="never")


def test_two_typeset_reports_in_thousands_and_millions(tmp_path: Path) -> None:
    spelled = {row: (f"{value:,}".replace(",", " "), f"{value - 211:,}".replace(",", " ")) for row, value in ROWS.items()}
    earlier = typeset(tmp_path / "a.pdf", 2022, ("Bokslut 2022", "Budget 2022"), spelled, "Belopp i tkr")
    values = {row: f"{value / 1000:.1f}".replace(".", ",") for row, value in changed(Tekniska=-67_038).items()}
    later = typeset(
        tmp_path / "b.pdf", 2023, ("Bokslut 2023", "Bokslut 2022"), {r: (f"{v}1", v) for r, v in values.items()}, "Belopp i mkr"
    )
    database = database_of(tmp_path / "x.db", earlier, later)
    assert shown(database) == [("Tekniska nämnden", -61_038, -67.0)]
