"""Tables with level lines only, drawn a piece per cell, on PDF pages made here."""

from itertools import pairwise

import pymupdf
import pytest

from extractors.layout.blocks import Table
from extractors.layout.reader import read_report

XS = (70, 210, 525)
LONG = ("Arbetet med bemötande har pågått hela året", "och samtliga enheter har gått utbildningen.", "Enkäten i höst visar hur det gick.")


@pytest.fixture
def tables_of(tmp_path):
    """The tables of a report of one page, as rows of texts."""

    def read(draw):
        path = tmp_path / "rapport.pdf"
        with pymupdf.open() as pdf:
            draw(pdf.new_page(width=595, height=842))
            pdf.save(path)
        found = [b for b in read_report(path, ocr="never").blocks if isinstance(b, Table)]
        return [[[c.text if c else "" for c in row] for row in table.grid()] for table in found]

    return read


def pieces(page, y, xs=XS):
    """A line across the table, drawn a piece per cell."""
    for x0, x1 in pairwise(xs):
        page.draw_line((x0, y), (x1, y), color=(0.7, 0.7, 0.7), width=0.5)


def head(page, y, labels, xs=XS):
    """A shaded head of columns, a box per cell."""
    for x0, x1, label in zip(xs, xs[1:], labels, strict=False):
        page.draw_rect((x0, y, x1, y + 18), fill=(0.1, 0.25, 0.5), color=None)
        page.insert_text((x0 + 4, y + 13), label, fontsize=10, fontname="hebo", color=(1, 1, 1))
    pieces(page, y + 18, xs)


def text(page, x, y, *lines):
    for i, line in enumerate(lines):
        page.insert_text((x + 4, y + 12 + 13 * i), line, fontsize=10)


def goals(page, top):
    head(page, top, ("Mål", "Analys"))
    text(page, 70, top + 20, "Fler nöjda brukare")
    text(page, 210, top + 20, *LONG)
    pieces(page, top + 80)
    text(page, 210, top + 82, *LONG[:2])
    pieces(page, top + 115)
    text(page, 70, top + 117, "Kortare köer")
    text(page, 210, top + 117, LONG[0], "", LONG[2])
    pieces(page, top + 170)


def test_pieces_of_lines_tell_the_columns(tables_of):
    (table,) = tables_of(lambda page: goals(page, 100))
    assert table == [
        ["Mål", "Analys"],
        ["Fler nöjda brukare", " ".join(LONG)],
        ["", " ".join(LONG[:2])],
        ["Kortare köer", f"{LONG[0]} {LONG[2]}"],
    ]


def test_a_heading_between_parts_two_tables(tables_of):
    def draw(page):
        goals(page, 100)
        page.insert_text((70, 305), "Medarbetare", fontsize=12, fontname="hebo")
        goals(page, 330)

    first, second = tables_of(draw)
    assert len(first) == len(second) == 4


def test_other_columns_begin_another_table(tables_of):
    def draw(page):
        goals(page, 100)
        xs = (70, 300, 400, 525)
        head(page, 285, ("Mått", "2022", "2023"), xs)
        for i, name in enumerate(("Nöjdhet", "Väntetid")):
            for x, words in zip(xs, (name, str(71 + i), str(80 + i)), strict=False):
                text(page, x, 305 + 20 * i, words)
            pieces(page, 323 + 20 * i, xs)

    first, second = tables_of(draw)
    assert len(first) == 4
    assert second == [["Mått", "2022", "2023"], ["Nöjdhet", "71", "80"], ["Väntetid", "72", "81"]]


def test_rows_that_no_line_parts_stay_rows(tables_of):
    def draw(page):
        xs = (70, 300, 400, 525)
        head(page, 100, ("Nämnd, tkr", "Utfall", "Budget"), xs)
        for i, name in enumerate(("Skola", "Vård", "Gata", "Summa")):
            for x, words in zip(xs, (name, str(710 + i), str(805 + i) if i != 1 else ""), strict=False):
                text(page, x, 120 + 18 * i, words)
        pieces(page, 174, xs)
        pieces(page, 193, xs)

    (table,) = tables_of(draw)
    assert [row[1:] for row in table[1:]] == [[str(710 + i), str(805 + i) if i != 1 else ""] for i in range(4)]


def test_cells_on_both_sides_of_a_narrow_column_are_no_cards(tables_of):
    xs = (70, 110, 290, 330, 525)
    rows = (
        ("2021", ("Upprätta en plan för underhåll", "som följs upp varje år"), "Ja", ("Planen antogs i mars", "och följs upp i nämnden")),
        ("2022", ("Säkerställ att avtalen", "går att söka på ett ställe"), "Nej", ("Arbetet har inte börjat", "men är planerat")),
    )

    def draw(page):
        for y in (100, 120, 160, 200):
            page.draw_line((xs[0], y), (xs[-1], y), width=0.5)
        for x in xs:
            page.draw_line((x, 100), (x, 200), width=0.5)
        for x, label in zip(xs, ("År", "Tidigare", "Klart", "Kommentar"), strict=False):
            text(page, x, 102, label)
        for i, (year, what, done, comment) in enumerate(rows):
            for x, lines in zip(xs, ((year,), what, (done,), comment), strict=False):
                text(page, x, 122 + 40 * i, *lines)

    (table,) = tables_of(draw)
    assert [row[1] for row in table[1:]] == [" ".join(what) for _, what, _, _ in rows]
