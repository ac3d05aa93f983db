"""Pages with tags: the same blocks as from geometry, spans from the tree, tags that lie."""

from itertools import pairwise
from pathlib import Path

import pymupdf
import pytest

from extractors.layout.blocks import Figure, Heading, Icon, ListItem, Paragraph, Table
from extractors.layout.reader import read_report
from extractors.layout.tags_align import realign
from extractors.layout.tags_spans import merge_down
from extractors.layout.tags_tables import CellDraft, Grid, Part
from extractors.layout.tags_tree import CellTag, parse_array

ROOT = Path(__file__).resolve().parent.parent
TAGGED = sorted((ROOT / "corpus").glob("*.kontor.pdf")) + sorted((ROOT / "corpus").glob("*.ren.pdf"))


def untagged(source, target):
    """A copy without its tag tree."""
    with pymupdf.open(source) as pdf:
        for key in ("StructTreeRoot", "MarkInfo"):
            pdf.xref_set_key(pdf.pdf_catalog(), key, "null")
        pdf.save(target, garbage=3)
    return target


@pytest.fixture(scope="module")
def report_of(tmp_path_factory):
    """Reads a report that WeasyPrint sets with tags."""
    weasyprint = pytest.importorskip("weasyprint", reason="WeasyPrint sets the tagged pages of these tests")
    folder = tmp_path_factory.mktemp("tagged")
    style = "<style>@page{size:A4;margin:25mm} body{font:11pt sans-serif} td,th{border:1px solid black;padding:3pt}</style>"

    def make(html, name="rapport"):
        path = folder / f"{name}.pdf"
        weasyprint.HTML(string=f"<html lang='sv'><head><title>T</title>{style}</head><body>{html}</body></html>").write_pdf(
            path, pdf_tags=True
        )
        return read_report(path, ocr="never")

    return make


def retagged(source, target, roles):
    """A copy in which tags have other roles."""
    with pymupdf.open(source) as pdf:
        for number in range(1, pdf.xref_length()):
            role = pdf.xref_get_key(number, "S")[1]
            if role in roles:
                pdf.xref_set_key(number, "S", roles[role])
        pdf.save(target)
    return target


FILLER = "<p>Nämnden har under året arbetat med att utveckla verksamheten i hela kommunen enligt den plan som antogs.</p>"


def test_headings_paragraphs_and_nested_lists(report_of):
    report = report_of(
        "<h1>1 Mål</h1>" + FILLER + "<h2>1.1 Ekonomi</h2><ul><li>Första<ul><li>Inre</li></ul></li><li>Andra</li></ul>", "lists"
    )
    assert report.tagged
    assert report.pages[0].source == "tags"
    headings = [(b.level, b.number, b.text) for b in report.blocks if isinstance(b, Heading)]
    assert headings == [(1, "1", "Mål"), (2, "1.1", "Ekonomi")]
    items = [(b.depth, b.text) for b in report.blocks if isinstance(b, ListItem)]
    assert items == [(0, "Första"), (1, "Inre"), (0, "Andra")]


def cells_of(*rows):
    """Drafts of cells from rows of (x0, x1) of their words, None for a cell without words."""
    drafts = []
    for r, row in enumerate(rows):
        for c, words in enumerate(row):
            parts = [] if words is None else [Part(1, (words[0], 10.0 * r, words[1], 10.0 * r + 8), [])]
            drafts.append(CellDraft(CellTag(c, "TD", 1, 1), parts, r, c))
    return drafts


BODY = [(10, 60), (80, 100), (120, 140)]


def test_a_title_tagged_without_its_span_spans_the_table():
    for title in ([(10, 130)], [(10, 130), None]):
        first, *others = realign(cells_of(title, BODY, BODY), 3)
        assert (first.row, first.col, first.tag.colspan) == (0, 0, 3)
        assert all(cell.row > 0 for cell in others)


def test_a_lone_short_cell_stays_in_its_column():
    cells = realign(cells_of([(10, 40)], BODY, BODY), 3)
    assert [(c.col, c.tag.colspan) for c in cells if c.row == 0] == [(0, 1)]
    cells = realign(cells_of([(122, 139)], BODY, BODY), 3)
    assert [(c.col, c.tag.colspan) for c in cells if c.row == 0] == [(2, 1)]


def test_spans_and_empty_cells_come_from_the_tree(report_of):
    rows = (
        "<thead><tr><th rowspan=2>Nämnd</th><th colspan=2>Utfall</th></tr><tr><th>2022</th><th>2023</th></tr></thead>"
        "<tbody><tr><td>Barnnämnden</td><td></td><td>12</td></tr><tr><td>Kulturnämnden</td><td>7</td><td></td></tr></tbody>"
    )
    report = report_of(FILLER + f"<table>{rows}</table>", "spans")
    table = next(b for b in report.blocks if isinstance(b, Table))
    grid = [[cell.text if cell else None for cell in row] for row in table.grid()]
    assert grid == [
        ["Nämnd", "Utfall", "Utfall"],
        ["Nämnd", "2022", "2023"],
        ["Barnnämnden", "", "12"],
        ["Kulturnämnden", "7", ""],
    ]
    assert table.header_rows == 2
    assert (table.source, table.rows, table.cols) == ("tags", 4, 3)


def test_a_table_that_goes_on_over_pages_is_one(report_of):
    rows = "".join(f"<tr><td>Rad {n}</td><td>{n}</td></tr>" for n in range(80))
    report = report_of(FILLER + f"<table><thead><tr><th>Namn</th><th>Värde</th></tr></thead>{rows}</table>", "long")
    tables = [b for b in report.blocks if isinstance(b, Table)]
    assert len(tables) == 1
    table = tables[0]
    assert table.rows == 81
    assert [table.page, *(place.page for place in table.continued)] == [1, 2, 3][: len(report.pages)]
    values = [cell.text for cell in table.cells if cell.col == 1 and cell.row]
    assert values == [str(n) for n in range(80)]
    assert not any(isinstance(b, Paragraph) and b.text == "Namn Värde" for b in report.blocks)


def test_icons_stand_in_the_cell_that_holds_them(report_of):
    disc = "<svg width=12 height=12><circle cx=6 cy=6 r=5 fill='#00a651'/></svg>"
    rows = f"<tr><th>Mål</th><th>Läge</th></tr><tr><td>Tryggare centrum</td><td>{disc}</td></tr><tr><td>Fler jobb</td><td></td></tr>"
    report = report_of(FILLER + f"<table>{rows}</table>", "icons")
    table = next(b for b in report.blocks if isinstance(b, Table))
    placed = {(cell.row, cell.col): cell.icons for cell in table.cells if cell.icons}
    assert list(placed) == [(1, 1)]
    assert placed[1, 1][0].color == "green"
    assert not any(isinstance(b, Icon) for b in report.blocks)


def test_paragraphs_that_go_on_over_a_page_are_one(report_of):
    words = " ".join(f"ord{n}" for n in range(900))
    report = report_of(f"<p>{words}</p>", "break")
    block = next(b for b in report.blocks if type(b) is Paragraph)
    assert block.text == words
    assert [place.page for place in block.continued] == [2]


def test_bold_paragraphs_that_are_headings_become_headings(report_of):
    report = report_of(f"<h1>Rapport</h1>{FILLER}<p><b>Bedömning</b></p>{FILLER}<p><b>Nämnden</b> når målet.</p>", "fake")
    assert [b.text for b in report.blocks if isinstance(b, Heading)] == ["Rapport", "Bedömning"]
    assert report.blocks[-1].lead == "Nämnden"


def test_tags_that_follow_lines_are_not_trusted(report_of):
    sentence = (
        "Styrelsen bedömer att det finns behov av att stärka uppföljningen och att arbetet ska fortsätta under året som planerat i budget"
    )
    words = (sentence + ". ").split() * 3
    lines = [" ".join(words[i : i + 9]) for i in range(0, len(words), 9)]
    html = "".join(f"<p style='margin:0'>{line}</p>" for line in lines)
    report = report_of(html, "linewise")
    assert report.pages[0].source == "flow"
    assert [n.code for n in report.notices] == ["tags_wrong"]
    assert sum(type(b) is Paragraph for b in report.blocks) < len(lines) / 2


def test_hard_line_breaks_on_a_cover_part_its_lines(report_of):
    cover = "<p style='font-size:20pt'>Revisionsrapport<br>Norrtuna kommun<br>Oktober 2023</p>"
    report = report_of(cover + FILLER * 3, "cover")
    assert [b.text for b in report.blocks if isinstance(b, Heading)] == ["Revisionsrapport", "Norrtuna kommun", "Oktober 2023"]


def test_alternative_text_of_figures_is_kept(report_of):
    svg = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='200' height='90'><text x='5' y='20'>1 2 3</text></svg>"
    report = report_of(f'{FILLER}<img alt="Diagram över kostnaden" src="{svg}">', "figure")
    figures = [b.text for b in report.blocks if isinstance(b, Figure)]
    assert figures in ([], ["Diagram över kostnaden"])


@pytest.mark.parametrize("path", TAGGED, ids=lambda path: path.stem)
def test_geometry_reads_what_the_tags_say(path, tmp_path):
    """The corpus' tagged files and their untagged copies: nearly the same headings, items and cells."""
    tagged, plain = read_report(path, ocr="never"), read_report(untagged(path, tmp_path / path.name), ocr="never")
    assert tagged.tagged
    assert not plain.tagged

    def found(report, kind):
        return {block.text for block in report.walk() if type(block) is kind and block.text}

    for kind in (Heading, ListItem):
        said, seen = found(tagged, kind), found(plain, kind)
        assert len(said & seen) >= 0.9 * len(said), (kind.__name__, said ^ seen)


@pytest.mark.parametrize("path", TAGGED[:6], ids=lambda path: path.stem)
def test_no_word_of_a_page_is_lost_or_read_twice(path):
    report = read_report(path, ocr="never")
    read = [word for block in report.walk() if block.text for word in (f"{getattr(block, 'number', '')} {block.text}").split()]
    read += [word for aside in report.aside for word in aside.block.text.split()]
    printed = " ".join(page.text for page in report.pages).split()
    long = {word for word in printed if len(word) > 3 and word.isalpha()}
    assert not {word for word in long if word not in read and not any(word in other for other in read)}
    assert len([word for word in read if len(word) > 3]) <= 1.05 * len([word for word in printed if len(word) > 3])


def test_arrays_of_the_tag_tree_are_read_with_their_places():
    assert parse_array("[12 0 R 5 <</Type/MCR/MCID 3>> 14 0 R]") == [12, 0, 0, 14]
    assert parse_array("[<</Kids[1 0 R]>> 2 0 R]") == [0, 2]
    assert parse_array("[]") == []


def test_reading_order_goes_down_the_pages(report_of):
    report = report_of("".join(f"<h2>Del {n}</h2>{FILLER * 4}" for n in range(12)), "order")
    places = [(b.page, b.bbox[1]) for b in report.blocks]
    assert all(a <= b for a, b in pairwise(places))


def drafted(row, col, *, words=True):
    """A cell of a table of two columns, one row each 20 points high."""
    box = (10.0 + 100 * col, 12.0 + 20 * row, 90.0 + 100 * col, 22.0 + 20 * row)
    block = Paragraph(page=1, bbox=box, text="ord")
    return CellDraft(CellTag(col, "TD", 1, 1), [Part(1, box, [block])] if words else [], row, col)


@pytest.mark.parametrize(("left", "spans"), [(110.0, [2, 1, 1]), (0.0, [1, 1, 1])])
def test_empty_cells_without_a_line_above_belong_to_the_cell_above(left, spans):
    """The row's border begins at `left`: behind the first column, or at the table's edge."""
    cells = [drafted(r, c, words=(r, c) != (2, 0)) for r in range(4) for c in range(2)]
    grid = Grid(1, [(0.0, 100.0), (100.0, 200.0)], [(10.0 + 20 * r, 30.0 + 20 * r) for r in range(4)])
    levels = {1: [(y, 0.0, 200.0) for y in (10.0, 30.0, 70.0, 90.0)] + [(50.0, left, 200.0)]}
    kept = merge_down(cells, {1: grid}, levels)
    first = [cell.tag.rowspan for cell in kept if cell.col == 0 and cell.row]
    assert first == (spans[:2] if left else spans)


def test_the_data_table_below_a_chart_is_read_though_it_is_tagged_as_part_of_the_figure(tmp_path):
    weasyprint = pytest.importorskip("weasyprint", reason="WeasyPrint sets the tagged page of this test")
    rows = "".join(f"<tr><td>{name}</td><td>{a} %</td><td>{b} %</td></tr>" for name, a, b in (("Kommunen", 51, 55), ("Riket", 41, 43)))
    style = "<style>@page{size:A4;margin:25mm} body{font:11pt sans-serif} td,th{border:1px solid black;padding:3pt}</style>"
    html = f"<html lang='sv'><head><title>T</title>{style}</head><body><h1>Behörighet</h1>{FILLER * 3}<table><tr><th></th><th>2022</th>"
    weasyprint.HTML(string=f"{html}<th>2023</th></tr>{rows}</table>{FILLER}</body></html>").write_pdf(tmp_path / "a.pdf", pdf_tags=True)
    roles = {"/Table": "/Figure", "/TR": "/Span", "/TD": "/Span", "/TH": "/Span"}
    report = read_report(retagged(tmp_path / "a.pdf", tmp_path / "b.pdf", roles), ocr="never")
    assert report.pages[0].source == "tags"
    (table,) = [b for b in report.blocks if isinstance(b, Table)]
    assert [[c.text if c else "" for c in row] for row in table.grid()][1] == ["Kommunen", "51 %", "55 %"]
