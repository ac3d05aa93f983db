"""Data tables from blocks: what is a table of data, its labels, groups, units, numbers; what is none."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.findings import find_in_tables
from extractors.layout.blocks import Block, Cell, Heading, Icon, Note, PageInfo, Paragraph, Report, Table
from extractors.reports.context import make_context
from extractors.reports.data_tables import read_tables
from schema.ids import Ids
from schema.records import Document, ReportTable

Text = str | tuple[str, int] | None
WIDE, HIGH = 60.0, 14.0


def grid(rows: Sequence[Sequence[Text]], *, header: int = 1, page: int = 2, top: float = 200.0, **rest: object) -> Table:
    """A table block; a tuple is a text with a column span, None no cell at all."""
    cells = []
    for r, row in enumerate(rows):
        for c, item in enumerate(row):
            if item is None:
                continue
            text, span = item if isinstance(item, tuple) else (item, 1)
            box = (50 + c * WIDE, top + r * HIGH, 50 + (c + span) * WIDE - 4, top + (r + 1) * HIGH)
            blocks = (Paragraph(page=page, bbox=box, text=text),) if text else ()
            cells.append(Cell(r, c, page, box, blocks, colspan=span, header=r < header))
    cols = max(len(row) for row in rows)
    box = (50.0, top, 50 + cols * WIDE, top + len(rows) * HIGH)
    return Table(page=page, bbox=box, cells=tuple(cells), rows=len(rows), cols=cols, header_rows=header, **rest)  # type: ignore[arg-type]


def line(text: str, *, top: float = 180.0, page: int = 2) -> Paragraph:
    return Paragraph(page=page, bbox=(50, top, 400, top + 12), text=text)


def read(*blocks: Block) -> tuple[ReportTable, ...]:
    report = Report("a.pdf", tuple(PageInfo(n, 595, 842, "", "flow") for n in (1, 2, 3)), blocks)
    document = Document("0123456789ab", "0" * 64, "a.pdf", "A", "ovrigt")
    return read_tables(make_context(report, document, Ids(document.id)))


def values(table: ReportTable) -> list[tuple[str, str, float | str]]:
    return [(c.row_label, c.column_label, c.text if c.value is None else c.value) for c in table.cells]


DRIFT = [
    ["Nämnd, tkr", "Utfall jan–aug 2024", "Budget 2024", "Avvikelse"],
    ["Skolnämnden", "−18 350", "-18 612", "+262"],
    ["Finansförvaltning", "", "", ""],
    ["-Pensioner", "(1 204)", "1.190-", "-"],
    ["Summa", "-19 554*", "–19 802", "248"],
]


def test_numbers_labels_groups_and_meaning() -> None:
    (table,) = read(Heading(page=2, bbox=(50, 170, 300, 190), text="Driftsredovisning"), grid(DRIFT))
    assert values(table) == [
        ("Skolnämnden", "Utfall jan–aug 2024", -18350),
        ("Skolnämnden", "Budget 2024", -18612),
        ("Skolnämnden", "Avvikelse", 262),
        ("-Pensioner", "Utfall jan–aug 2024", -1204),
        ("-Pensioner", "Budget 2024", -1190),
        ("Summa", "Utfall jan–aug 2024", -19554),
        ("Summa", "Budget 2024", -19802),
        ("Summa", "Avvikelse", 248),
    ]
    assert (table.title, table.unit, table.kind) == ("Driftsredovisning", "tkr", "drift")
    assert [c.group_label for c in table.cells] == [None] * 3 + ["Finansförvaltning"] * 2 + [None] * 3
    first = table.cells[0]
    assert (first.measure, first.period, first.year, first.unit, first.organisation) == (
        "utfall",
        "jan-aug 2024",
        2024,
        "tkr",
        "Skolnämnden",
    )
    assert first.text == "−18 350" and first.page == 2 and first.bbox is not None


def test_header_levels_are_joined_and_spread() -> None:
    rows: list[list[Text]] = [
        ["", ("Januari–april", 2), None, ("Helår", 2), None],
        ["Mkr", "Utfall", "Budget", "Prognos", "Budget"],
        ["Vård", "1,5", "1,4", "4,4", "4,2"],
        ["Skola", "2,5", "2,4", "7,4", "7,2"],
    ]
    (table,) = read(grid(rows, header=2))
    labels = ["Januari–april Utfall", "Januari–april Budget", "Helår Prognos", "Helår Budget"]
    assert [c.column_label for c in table.cells[:4]] == labels
    centred: list[list[Text]] = [
        ["", None, "Januari–april", None, None, "Helår", None],
        ["Mkr", "Utfall", "Budget", "Avvikelse", "Prognos", "Budget", "Avvikelse"],
    ]
    body: list[list[Text]] = [["Vård", "1,5", "1,4", "0,1", "4,4", "4,2", "0,2"], ["Skola", "2,5", "2,4", "0,1", "7,4", "7,2", "0,2"]]
    (table,) = read(grid([*centred, *body], header=2))
    assert [c.column_label for c in table.cells[:6]][::3] == ["Januari–april Utfall", "Helår Prognos"]
    broken: list[list[Text]] = [
        ["", "Utfall", None, None],
        ["Mkr", "jan–apr", "Budget", "Prognos"],
        ["Vård", "1", "2", "3"],
        ["Skola", "4", "5", "6"],
    ]
    (table,) = read(grid(broken, header=2))
    assert [c.column_label for c in table.cells[:3]] == ["Utfall jan–apr", "Budget", "Prognos"]


def test_notes_of_accounts_have_their_number_in_a_column_of_its_own() -> None:
    rows = [
        ["(tkr)", "", "Bokslut 2024", "Bokslut 2023"],
        ["1", "Verksamhetens intäkter", "", ""],
        ["", "Bidrag", "26", "28"],
        ["", "Avgifter", "4 112", "4 020"],
        ["", "Summa", "4 138", "4 048"],
        ["2", "Avskrivningar", "", ""],
        ["", "Inventarier", "-168", "-173"],
    ]
    (table,) = read(grid(rows))
    assert [(c.group_label, c.row_label) for c in table.cells[::2]] == [
        ("1 Verksamhetens intäkter", "Bidrag"),
        ("1 Verksamhetens intäkter", "Avgifter"),
        ("1 Verksamhetens intäkter", "Summa"),
        ("2 Avskrivningar", "Inventarier"),
    ]


def test_numbered_rows_keep_their_number_as_label() -> None:
    rows = [["Nr", "Nämnd", "Avser", "Belopp (tkr)"], ["1", "Skolnämnden", "Möbler", "422"], ["2", "Skolnämnden", "Städ", "234"]]
    (table,) = read(grid(rows))
    assert values(table)[:3] == [("1", "Nämnd", "Skolnämnden"), ("1", "Avser", "Möbler"), ("1", "Belopp (tkr)", 422)]
    assert table.cells[2].unit == "tkr"


def test_a_table_that_goes_on_without_header_takes_over_the_labels() -> None:
    rest = [["Vård", "-3 911", "-3 874", "-37"], ["Kultur", "-1 702", "-1 699", "-3"]]
    first, second = read(grid(DRIFT), grid(rest, header=0, page=3, top=60))
    assert {c.column_label for c in second.cells} == {c.column_label for c in first.cells}
    assert all(c.confidence < 0.9 for c in second.cells)
    moved = [replace(c, bbox=(c.bbox[0] + 31, *c.bbox[1:2], c.bbox[2] + 31, c.bbox[3])) for c in grid(rest, header=0, page=3).cells]
    shifted = tuple(replace(c, blocks=tuple(replace(b, bbox=c.bbox) for b in c.blocks)) for c in moved)
    _, alone = read(grid(DRIFT), replace(grid(rest, header=0, page=3), cells=shifted))
    assert {c.column_label for c in alone.cells} == {""}


def test_new_headers_within_a_table_make_a_second_one() -> None:
    second = [["Investeringar", "Utfall 2024", "Budget 2024", "Prognos 2024"], ["Skolnämnden", "12", "15", "14"]]
    first, other = read(grid([*DRIFT, *second]))
    assert {c.column_label for c in other.cells} == {"Utfall 2024", "Budget 2024", "Prognos 2024"}
    assert "Investeringar" not in {c.row_label for c in first.cells}


def test_captions_titles_and_notes() -> None:
    rows: list[list[Text]] = [
        ["År", "Uppdrag", "Andel"],
        ["2024", "312 510", "99,5%"],
        ["2023", "313 533", "99,4%"],
        [("Tabell 2 Uppdrag och andel", 3), None, None],
    ]
    (table,) = read(
        line("En mening om uppdragen som står ovanför och slutar med punkt."), grid(rows), line("Andelen ökade något.", top=300)
    )
    assert table.title == "Tabell 2 Uppdrag och andel"
    assert table.note.endswith("Andelen ökade något.")
    assert [(c.row_label, c.value, c.unit) for c in table.cells] == [
        ("2024", 312510, None),
        ("2024", 99.5, "%"),
        ("2023", 313533, None),
        ("2023", 99.4, "%"),
    ]
    (named,) = read(line("Sjukfrånvaro, procent"), grid([["", "2023", "2024"], ["Kvinnor", "7,1", "6,9"], ["Män", "4,1", "4,4"]]))
    assert (named.title, named.unit, named.kind) == ("Sjukfrånvaro, procent", "%", "personal")
    (stated,) = read(line("Belopp i mnkr"), grid([["", "2023", "2024"], ["Skola", "71", "69"], ["Vård", "41", "44"]]))
    assert stated.unit == "mkr"


def test_what_says_more_than_a_number_stays_as_printed() -> None:
    rows = [
        ["Mått", "Utfall 2023", "Mål 2024"],
        ["Nöjdhet", "73% (avser 2021)", "Minst 75"],
        ["Bostäder", "2 500", "≥2 600"],
        ["Not", "6,7", "-"],
    ]
    (table,) = read(grid(rows))
    assert [c.value for c in table.cells] == [None, None, 2500, None, 6.7]
    assert table.cells[0].text == "73% (avser 2021)"
    (noted,) = read(grid([["Post", "Not", "2024"], ["Inventarier", "6,7", "40"], ["Bank", "8", "12"]]))
    assert [c.value for c in noted.cells if c.column_label == "Not"] == [None, 8]


def test_units_of_rows_and_columns() -> None:
    rows = [["Nyckeltal, tkr", "2023", "2024"], ["Intäkter", "2 310", "2 204"], ["Soliditet (%)", "41", "43"], ["Likviditet", "147", "171"]]
    (table,) = read(grid([*rows, ["Antal anställda", "31", "29"], ["Årets resultat, mkr", "1", "2"]]))
    assert [c.unit for c in table.cells if c.column_label == "2024"] == ["tkr", "%", "", "", "mkr"]
    (second,) = read(grid([["", "Utfall", "Budget"], ["", "tkr", "tkr"], ["Skola", "71", "69"], ["Vård", "41", "44"]], header=2))
    assert second.unit == "tkr" and {c.column_label for c in second.cells} == {"Utfall tkr", "Budget tkr"}


def test_footnotes_in_a_label_are_left_out() -> None:
    table = grid(DRIFT)
    cells = list(table.cells)
    cell = cells[4]
    cells[4] = replace(cell, blocks=(*cell.blocks, Note(page=2, bbox=cell.bbox, text="1 Nämnden bildades i år.", mark="1")))
    (read_back,) = read(replace(table, cells=tuple(cells)))
    assert read_back.cells[0].row_label == "Skolnämnden"


def test_words_under_headers_are_data_but_a_year_among_them_is_no_number() -> None:
    rows = [
        ["Förvaltning", "Ansvarig", "Tidsplan"],
        ["Skola", "Rektor", "2025"],
        ["Vård", "Enhetschef", "31 maj 2026"],
        ["Kultur", "", "30 juni 2026"],
    ]
    (table,) = read(grid(rows))
    assert values(table)[:2] == [("Skola", "Ansvarig", "Rektor"), ("Skola", "Tidsplan", "2025")]
    assert table.kind is None


def test_a_doubtful_table_says_so() -> None:
    (table,) = read(grid(DRIFT, doubt="ord blev över"))
    assert table.trace.confidence < 0.9 and all(c.confidence < 0.9 for c in table.cells)


LONG = "Arbetet har gått enligt plan under hela perioden och bedöms fortsätta så även under kommande år i verksamheten."


@pytest.mark.parametrize(
    "rows",
    [
        [["Mål", "Analys"], ["Fler ska nå målen", LONG], ["Trygg miljö", LONG]],
        [["Revisionsfråga", "Bedömning"], ["Finns styrdokument?", "Ja"], ["Följs de?", "Delvis"], ["Är de kända?", "Nej"]],
        [["Namn", "Telefon"], ["Anna A", "070-123 45 67"], ["Bo B", "070-765 43 21"], ["Cia C", "070-111 22 33"]],
        [["1 Inledning", "3"], ["2 Metod", "4"], ["3 Slutsats", "9"]],
        [["Projekt", "Projektbeskrivning"], ["Utgift", "2027 1 000 tkr"], ["Status", "Pågår"], ["Syfte", LONG]],
        [["Styrkor", "Förbättringsområden"], [LONG, LONG]],
    ],
)
def test_what_is_no_data_table(rows: list[list[Text]]) -> None:
    assert read(grid(rows, header=0 if rows[0][0] == "1 Inledning" else 1)) == ()


def test_tables_with_signs_beside_words_are_no_data() -> None:
    table = grid([["Mål", "Läge", "Trend"], ["Skola", "God", "Upp"], ["Vård", "Svag", "Ned"], ["Miljö", "God", "Upp"]])
    cells = tuple(replace(c, blocks=(*c.blocks, Icon(page=2, bbox=c.bbox, color="green"))) if c.col == 1 else c for c in table.cells)
    assert read(replace(table, cells=cells)) == ()


def test_tables_within_cells_are_read() -> None:
    outer = grid([["Mål", "Analys"], ["Fler ska nå målen", LONG]])
    inner = grid([["Mätetal", "Utfall 2023", "Mål 2024"], ["Andel nöjda", "53%", "55%"]], top=240)
    cells = tuple(replace(c, blocks=(*c.blocks, inner)) if (c.row, c.col) == (1, 1) else c for c in outer.cells)
    (table,) = read(replace(outer, cells=cells))
    assert values(table) == [("Andel nöjda", "Utfall 2023", 53), ("Andel nöjda", "Mål 2024", 55)]


@settings(max_examples=120, deadline=None)
@given(st.integers(min_value=0))
def test_any_grid_is_read_without_error_and_no_cell_is_invented(seed: int) -> None:
    """Whatever the reader of pages gives: spans that overlap, holes, headers too many; each cell read stands in the table as printed."""
    rng = random.Random(seed)
    texts = ["", "", "12 410", "-3,5", "–", "Summa", "Utfall 2023", "2024", "varav", "71 %", "Skola", "(31)", "e.m.", LONG, "* not"]
    height, width = rng.randint(1, 9), rng.randint(1, 7)
    rows: list[list[Text]] = []
    for _ in range(height):
        rows.append(
            [None if rng.random() < 0.1 else (rng.choice(texts), rng.randint(1, 3) if rng.random() < 0.1 else 1) for _ in range(width)]
        )
    block = grid(rows, header=rng.randint(0, 3))
    printed = [re.sub(r"\s+", " ", c.text) for c in block.cells]
    for table in read(line(rng.choice(texts)), block):
        assert all(c.text in printed and c.text for c in table.cells)
        assert len({(c.row, c.col) for c in table.cells}) == len(table.cells)
        find_in_tables([table], Ids("x"))


def test_a_row_of_dashes_is_no_group() -> None:
    rows = [["Mnkr", "2023", "2022"], ["Avsättning", "61,8", "57,0"], ["Placeringar", "–", "–"], ["Ansvarsförbindelse", "388,4", "401,2"]]
    (table,) = read(grid(rows))
    assert {c.group_label for c in table.cells} == {None}
    (grouped,) = read(grid([rows[0], rows[1], ["Placeringar", "", ""], rows[3]]))
    assert {(c.row_label, c.group_label) for c in grouped.cells} == {("Avsättning", None), ("Ansvarsförbindelse", "Placeringar")}


@pytest.mark.parametrize(
    ("figures", "sure"),
    [
        (["71.203", "88.411", "9.905", "1.909,2"], True),
        (["71.203", "88.411", "9.905", "1.204.118"], True),
        (["71.203", "88.411", "9.905", "12.118"], False),  # too few to tell from three decimals
        ([f"{n}.{n + 107}" for n in range(3, 13)], True),
        ([*(f"{n}.{n + 107}" for n in range(3, 13)), "12.5"], False),
        (["71.203", "1.204.118", "0.5"], False),
    ],
)
def test_points_part_thousands_where_the_table_itself_says_so(figures: list[str], sure: bool) -> None:
    (table,) = read(grid([["Tkr", "Utfall"], *([f"Enhet {chr(65 + i)}", text] for i, text in enumerate(figures))]))
    first = table.cells[0]
    assert first.value == float(figures[0].replace(".", ""))
    assert (first.confidence >= 0.9) == sure


def test_what_is_to_be_done_beside_who_when_and_at_what_cost_is_a_plan_and_beside_a_status_none() -> None:
    rows = (
        ("Trygg skola", "Rusta lekplatsen", "Tekniska nämnden", "2022"),
        ("Trygg väg", "Utbilda vakter", "Skolnämnden", "2021"),
        ("Bad", "Simskola", "Fritid", "–"),
    )
    (plan,) = read(grid((("Område", "Åtgärd", "Ansvarig", "Klart"), *rows)))
    assert [(c.column_label, c.text) for c in plan.cells if c.row == 1][:2] == [
        ("Åtgärd", "Rusta lekplatsen"),
        ("Ansvarig", "Tekniska nämnden"),
    ]
    assert not read(grid((("Område", "Åtgärd", "Ansvarig", "Status"), *rows)))
    assert not read(grid((("Område", "Åtgärd", "Nytta", "Kommentar"), *rows)))
