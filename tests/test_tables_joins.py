"""Tables over page breaks: with the header repeated, without it, and in the middle of a cell; what tags get wrong about a header."""

from dataclasses import replace

import pytest

from extractors.layout.blocks import Block, Cell, Paragraph, Style, Table
from extractors.layout.joins import join_tables
from extractors.layout.reader import read_report
from extractors.layout.tables_tagged import check_tagged
from tests.table_pages import ALONE, BROKEN, PROSE, write_broken


@pytest.mark.parametrize("name", [n for n in BROKEN if n != "cell_goes_on"])
def test_a_table_over_a_page_break_is_one(tmp_path, name):
    path = tmp_path / "broken.pdf"
    write_broken(path, name)
    (table,) = [b for b in read_report(path, ocr="never").blocks if isinstance(b, Table)]
    assert (table.rows, table.cols, table.header_rows) == (61, 4, 1)
    grid = table.grid()
    assert [c.text for c in grid[0] if c] == ["Belopp i tkr", "Utfall 2023", "Budget 2023", "Avvikelse"]
    assert [[c.text for c in row if c] for row in grid[1:]] == [
        [f"Verksamhet nummer {i}", str(1000 + 37 * i), str(990 + 35 * i), str(10 + 2 * i)] for i in range(1, 61)
    ]
    assert {c.page for c in table.cells} == {1, 2}


def test_a_row_left_alone_under_a_repeated_header_belongs_to_its_table(tmp_path):
    path = tmp_path / "broken.pdf"
    write_broken(path, "last_row_alone")
    (table,) = [b for b in read_report(path, ocr="never").blocks if isinstance(b, Table)]
    assert table.rows == ALONE + 1
    assert [c.text for c in table.grid()[-1] if c] == [f"Verksamhet nummer {ALONE}", "2221", "2145", "76"]


def test_a_first_row_left_alone_at_the_foot_belongs_to_its_table(tmp_path):
    path = tmp_path / "broken.pdf"
    write_broken(path, "first_row_alone")
    (table,) = [b for b in read_report(path, ocr="never").blocks if isinstance(b, Table)]
    assert [next(c.text for c in row if c) for row in table.grid()] == ["Belopp i tkr", *(f"Verksamhet nummer {i}" for i in range(1, 10))]
    assert {c.page for c in table.cells if c.row <= 1} == {1} and {c.page for c in table.cells if c.row > 1} == {2}


def test_a_column_that_is_empty_on_the_next_page_moves_no_figures(tmp_path):
    path = tmp_path / "broken.pdf"
    write_broken(path, "empty_column")
    (table,) = [b for b in read_report(path, ocr="never").blocks if isinstance(b, Table)]
    assert (table.rows, table.cols, table.header_rows) == (42, 6, 2)
    last = table.grid()[-1]
    assert [c.text if c else "" for c in last] == ["Post nummer 40", "", "2480", "2390", "3640", "3550"]


def test_a_cell_that_goes_on_over_a_page_break_is_one(tmp_path):
    path = tmp_path / "broken.pdf"
    write_broken(path, "cell_goes_on")
    (table,) = [b for b in read_report(path, ocr="never").blocks if isinstance(b, Table)]
    texts = [[c.text for c in row if c] for row in table.grid()]
    assert texts == [
        ["Mål", "Analys"],
        ["Fler i arbete", (PROSE * 24).strip()],
        ["Trygg skola", (PROSE * 30).strip()],
        ["God ekonomi", "Kort svar."],
    ]


def cell(row: int, col: int, text: str, page: int = 1, *, bold: bool = False) -> Cell:
    box = (100.0 * col, 20.0 * row, 100.0 * col + 90, 20.0 * row + 15)
    return Cell(row, col, page, box, (Paragraph(page=page, bbox=box, text=text, style=Style(10, bold)),))


def table(page: int, lines: list[str], header_rows: int = 0, **more: object) -> Table:
    cells = tuple(cell(r, c, t, page, bold=r < header_rows) for r, line in enumerate(lines) for c, t in enumerate(line.split("|")) if t)
    made = Table(
        page=page,
        bbox=(0, 0, 500, 400),
        cells=cells,
        rows=len(lines),
        cols=lines[0].count("|") + 1,
        header_rows=header_rows,
        source="ruled",
    )
    return replace(made, **more)  # type: ignore[arg-type]


FIRST = ["Tkr|2022|2023", "Intäkter|10|12"]


def joined(*blocks: Block) -> list[Block]:
    return join_tables(blocks)


def test_the_repeated_header_is_dropped():
    (whole,) = joined(table(1, FIRST, 1), table(2, ["Tkr|2022|2023", "Kostnader|8|9"], 1))
    assert isinstance(whole, Table)
    assert [[c.text for c in row if c] for row in whole.grid()] == [
        ["Tkr", "2022", "2023"],
        ["Intäkter", "10", "12"],
        ["Kostnader", "8", "9"],
    ]
    assert [c.page for c in whole.cells] == [1, 1, 1, 1, 1, 1, 2, 2, 2]


@pytest.mark.parametrize(
    "following",
    [
        table(2, ["Tkr|2021|2020", "Kostnader|8|9"], 1),  # another header
        table(3, ["Kostnader|8|9", "Netto|2|3"]),  # not the next page
        table(2, ["Kostnader|8", "Netto|2"], bbox=(0, 0, 600, 400)),  # too few columns to be the same
    ],
)
def test_what_are_two_tables(following):
    wide = table(1, ["Tkr|2021|2022|2023", "Intäkter|10|12|14"], 1)
    assert len(joined(wide, following)) == 2


def shaded(made: Table, row: int, color: str) -> Table:
    return replace(made, cells=tuple(replace(c, fill=color) if c.row == row else c for c in made.cells))


def test_a_first_row_without_the_headers_shade_is_no_header():
    first = shaded(table(1, ["Rekommendation|Bedömning", "Följ upp|Delvis"], 1), 0, "#1f4e79")
    second = table(2, ["Se över|Åtgärdad", "Utbilda|Ja"], 1)
    (whole,) = joined(first, second)
    assert isinstance(whole, Table)
    assert whole.rows == 4
    assert len(joined(first, shaded(second, 0, "#1f4e79"))) == 2


def pieces(made: Table) -> list[Paragraph]:
    """The cells of a table's first row as paragraphs side by side."""
    return [Paragraph(page=made.page, bbox=c.bbox, text=c.text) for c in made.cells if c.row == 0]


def test_a_last_row_alone_on_the_next_page_belongs_to_its_table():
    (whole,) = joined(table(1, FIRST, 1), *pieces(table(2, ["Kostnader|8|9"])))
    assert isinstance(whole, Table)
    assert [c.text for c in whole.grid()[-1] if c] == ["Kostnader", "8", "9"]
    assert len(joined(table(1, FIRST, 1), *pieces(table(2, ["Ordförande|Anna Ek|Bo Al"])))) == 4  # names are no figures
    assert len(joined(table(1, FIRST, 1), *pieces(table(3, ["Kostnader|8|9"])))) == 4  # not the next page


def test_text_between_keeps_tables_apart():
    text = Paragraph(page=2, bbox=(0, 410, 500, 430), text="Här börjar något annat.")
    assert len(joined(table(1, FIRST, 1), text, table(2, ["Kostnader|8|9", "Netto|2|3"]))) == 3


def test_boxes_and_single_rows_are_undone():
    box = table(1, ["Sammanfattning"])
    assert [type(b) for b in joined(box)] == [Paragraph]
    signatures = table(1, ["Anna Ek, ordförande|Bo Al, ledamot"])
    assert [b.text for b in joined(signatures)] == ["Anna Ek, ordförande", "Bo Al, ledamot"]


def test_a_header_without_tags_is_seen():
    lines = ["Tkr|Utfall|Budget", "Intäkter|10|12", "Kostnader|8|9"]
    assert check_tagged(table(1, lines, source="tags")).header_rows == 1


def test_numbers_out_of_their_column_are_in_doubt():
    whole = table(1, ["Tkr|Utfall|Budget", *(f"Rad {i}|{i}00|{i}50" for i in range(1, 7))], 1, source="tags")
    box = (200.0, 60.0, 290.0, 75.0)
    at = (3, 1)
    moved = tuple(replace(c, blocks=(replace(c.blocks[0], bbox=box),)) if (c.row, c.col) == at else c for c in whole.cells)
    checked = check_tagged(replace(whole, cells=moved))
    assert [c.text for c in checked.cells if c.confidence < 1] == ["300"]
    assert checked.doubt
