"""Image-only pages read end to end: made here as a scanner would, askew, noisy and upside down."""

from __future__ import annotations

import os
from pathlib import Path

import pymupdf
import pytest

from extractors.layout import ocr
from extractors.layout.blocks import Figure, Heading, Icon, ListItem, Table
from extractors.layout.ocr_tesseract import program
from extractors.layout.reader import read_report
from extractors.reports import extract
from ingest.progress import Progress
from tests.scanned import scan

CORPUS = Path(__file__).parent.parent / "corpus"
needs_tesseract = pytest.mark.skipif(not program(), reason="Tesseract with Swedish data is not installed")
ROWS = [
    ("Mkr", "Utfall 2023", "Budget 2023"),
    ("Intäkter", "88,4", "84,0"),
    ("Kostnader", "-402,7", "-398,5"),
    ("Resultat", "-314,3", "-314,5"),
]
GOALS = [
    ("En trygg skola för alla elever", (0.44, 0.68, 0.28)),
    ("Fler väljer att cykla", (1, 0.75, 0)),
    ("Kortare kö till äldreboende", (0.75, 0, 0)),
]


def draw_table(page, top):
    for row, texts in enumerate(ROWS):
        for col, text in enumerate(texts):
            left = 40 + 110 * col
            page.draw_rect((left, top + 18 * row, left + 110, top + 18 * row + 18), color=(0, 0, 0), width=0.6)
            page.insert_text((left + 5, top + 13 + 18 * row), text, fontsize=10)


def make_page(document):
    page = document.new_page(width=420, height=480)
    page.insert_text((40, 60), "Måluppfyllelse i nämnden", fontsize=18, fontname="hebo")
    for row, (goal, color) in enumerate(GOALS):
        page.draw_circle((46, 96 + 22 * row), 5, fill=color, color=None)
        page.insert_text((60, 100 + 22 * row), goal, fontsize=10)
    page.insert_text((40, 180), "Nämnden bedömer att ekonomin är i balans och att målen nås.", fontsize=10)
    draw_table(page, 210)
    page.insert_text((40, 320), "Vi rekommenderar nämnden att följa upp beslutade åtgärder.", fontsize=10)
    return page


@pytest.fixture(scope="module")
def scanned_report(tmp_path_factory):
    folder = tmp_path_factory.mktemp("scan")
    with pymupdf.open() as document:
        make_page(document)
        document.save(folder / "text.pdf")
    return read_report(scan(folder / "text.pdf", folder / "scan.pdf", upside_down=0))


@needs_tesseract
def test_text_and_headings_of_a_scan(scanned_report):
    assert [page.source for page in scanned_report.pages] == ["ocr"]
    assert "Måluppfyllelse i nämnden" in [b.text for b in scanned_report.blocks if isinstance(b, Heading)]
    assert "Nämnden bedömer att ekonomin är i balans och att målen nås." in scanned_report.pages[0].text.replace("\n", " ")
    assert {block.source for block in scanned_report.blocks} == {"ocr"}
    assert [notice.code for notice in scanned_report.notices if notice.code.startswith("ocr")] == ["ocr_page"]


@needs_tesseract
def test_lights_of_a_scan(scanned_report):
    icons = [b for b in scanned_report.walk() if isinstance(b, Icon)]
    assert [(i.color, i.shape) for i in icons] == [("green", "disc"), ("yellow", "disc"), ("red", "disc")]


@needs_tesseract
def test_table_of_a_scan_and_its_trust(scanned_report):
    (table,) = [b for b in scanned_report.blocks if isinstance(b, Table)]
    assert [tuple(cell.text if cell else "" for cell in row) for row in table.grid()] == ROWS
    figures = [cell for cell in table.cells if cell.text == "-402,7"]
    assert figures[0].confidence <= ocr.NUMBER_TRUST


@needs_tesseract
def test_boxes_of_a_page_upside_down_are_where_the_words_are_seen(scanned_report):
    heading = next(b for b in scanned_report.blocks if isinstance(b, Heading))
    assert heading.bbox[1] < 80
    assert scanned_report.displayed(1, heading.bbox)[1] > 400  # first on the page, so last as displayed


@needs_tesseract
def test_records_of_a_page_upside_down_stand_where_they_are_seen(scanned_report):
    extraction = extract(scanned_report, sha256="a" * 64)
    (table,) = extraction.report_tables
    assert 170 < table.trace.bbox[1] < 230  # 210 to 282 of 480 points, counted from the other end
    assert all(170 < cell.bbox[1] < 290 for cell in table.cells)
    (section,) = [s for s in extraction.sections if s.title == "Måluppfyllelse i nämnden"]
    assert section.trace.bbox[1] > 400


@needs_tesseract
def test_a_page_on_its_side_keeps_its_displayed_size_and_boxes_fit_in_it(tmp_path):
    with pymupdf.open() as document:
        make_page(document)
        stream = document[0].get_pixmap(dpi=200, alpha=False).tobytes("png")
        with pymupdf.open() as other:
            page = other.new_page(width=480, height=420)
            page.insert_image(page.rect, stream=stream, rotate=90)
            other.save(tmp_path / "side.pdf")
    report = read_report(tmp_path / "side.pdf")
    (info,) = report.pages
    assert (info.width, info.height) == (480, 420)
    assert "Nämnden bedömer att ekonomin är i balans och att målen nås." in info.text.replace("\n", " ")
    assert all(b.bbox[0] >= 0 and b.bbox[2] <= 480 and b.bbox[1] >= 0 and b.bbox[3] <= 420 for b in report.blocks)


@needs_tesseract
def test_text_drawn_as_outlines(tmp_path):
    with pymupdf.open() as document:
        make_page(document)
        document.save(tmp_path / "text.pdf")
    report = read_report(scan(tmp_path / "text.pdf", tmp_path / "drawn.pdf", outlines=True))
    assert report.pages[0].source == "ocr"
    assert "En trygg skola för alla elever" in report.pages[0].text
    assert [i.color for i in report.walk() if isinstance(i, Icon)] == ["green", "yellow", "red"]


def pictured(tmp_path):
    """A page of text on which a table stands as a picture."""
    with pymupdf.open() as document, pymupdf.open() as other:
        sheet = other.new_page(width=420, height=300)
        draw_table(sheet, 20)
        stream = sheet.get_pixmap(dpi=120, clip=(36, 16, 376, 96)).tobytes("png")
        page = document.new_page()
        for row in range(8):
            page.insert_text((72, 80 + 16 * row), "Nämnden redovisar resultatet för perioden i tabellen nedan.")
        page.insert_image((72, 230, 412, 310), stream=stream)
        document.save(tmp_path / "pictured.pdf")
    return tmp_path / "pictured.pdf"


@needs_tesseract
def test_table_that_is_a_picture_on_a_page_of_text(tmp_path):
    report = read_report(pictured(tmp_path))
    assert report.pages[0].source != "ocr"
    (table,) = [b for b in report.blocks if isinstance(b, Table)]
    assert table.source == "ocr"
    assert [tuple(cell.text if cell else "" for cell in row) for row in table.grid()] == ROWS
    assert [notice.code for notice in report.notices] == ["table_as_picture"]


def test_never_means_never(tmp_path, monkeypatch):
    monkeypatch.setattr("extractors.layout.ocr_page.read_words", lambda *_args, **_kw: pytest.fail("OCR was run"))
    report = read_report(pictured(tmp_path), ocr="never")
    assert not [b for b in report.blocks if isinstance(b, Table)]


def test_without_tesseract_the_page_is_named_and_the_run_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr(ocr, "program", lambda: "")
    with pymupdf.open() as document:
        make_page(document)
        document.save(tmp_path / "text.pdf")
    report = read_report(scan(tmp_path / "text.pdf", tmp_path / "scan.pdf"))
    assert [n.code for n in report.notices].count("ocr_missing") == 1
    assert report.pages[0].source == "none"
    assert "tesseract-ocr-swe" in next(n.message for n in report.notices if n.code == "ocr_missing")


@needs_tesseract
def test_white_letters_on_a_cover_of_one_dark_colour(tmp_path):
    with pymupdf.open() as document:
        page = document.new_page()
        page.draw_rect((35, 35, 560, 735), fill=(0, 0.34, 0.28), color=None)
        page.insert_text((75, 160), "Handlingsplan", fontsize=44, fontname="hebo", color=(1, 1, 1))
        for row, text in enumerate(("Dokumenttyp: Plan för nämndens arbete", "Beslutad av socialnämnden i Hultby")):
            page.insert_text((75, 660 + 16 * row), text, fontsize=10, color=(1, 1, 1))
        document.save(tmp_path / "text.pdf")
    report = read_report(scan(tmp_path / "text.pdf", tmp_path / "scan.pdf"))
    texts = " ".join(b.text for b in report.blocks)
    assert "Handlingsplan" in texts and "socialnämnden" in texts


def test_a_run_says_once_what_to_install(capsys):
    with Progress(2, quiet=True) as progress:
        progress.ocr_missing()
        progress.ocr_missing()
    assert capsys.readouterr().err.count("tesseract-ocr-swe") == 1


def test_a_photo_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr("extractors.layout.ocr_page.read_words", lambda *_args, **_kw: pytest.fail("OCR was run"))
    import numpy as np

    noise = np.random.default_rng(2).integers(0, 255, (80, 60, 3), dtype=np.uint8).repeat(6, 0).repeat(6, 1)
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_image(page.rect, stream=pymupdf.Pixmap(pymupdf.csRGB, 360, 480, noise.tobytes(), False).tobytes("png"))
        document.save(tmp_path / "photo.pdf")
    assert not [b for b in read_report(tmp_path / "photo.pdf").blocks if not isinstance(b, (Figure, ListItem))]


@needs_tesseract
def test_goal_tables_with_level_rules_only_on_a_page_upside_down(tmp_path):
    copy = scan(CORPUS / "norrtuna-delar1-2022.linje.pdf", tmp_path / "scan.pdf", pages=range(1, 2), upside_down=0, seed=4)
    report = read_report(copy)
    tables = [b for b in report.blocks if isinstance(b, Table) and b.cols == 2]
    assert [[cell.text for cell in b.grid()[0] if cell] for b in tables] == [["Mål", "Analys"]] * 3
    lit = {row[0].text: [i.color for i in row[0].icons] for b in tables for row in b.grid()[1:] if row[0]}
    assert lit == {
        "Alla elever ska lämna grundskolan med behörighet till gymnasieskolan": ["red"],
        "Barn och elever ska känna trygghet och studiero i sin förskola och skola": ["green"],
        "Andelen behöriga lärare ska öka": ["yellow"],
        "Äldre ska få ett gott bemötande och kunna påverka hur hjälpen utförs": ["green"],
        "Fler barn ska få stöd tidigt så att placeringar utanför hemmet kan undvikas": ["yellow"],
        "Kommunens klimatpåverkan från transporter ska minska": ["green"],
        "Det ska finnas byggklara tomter i alla kommundelar": ["grey"],
    }


@needs_tesseract
def test_goal_tables_that_only_pale_shading_parts(tmp_path):
    report = read_report(scan(CORPUS / "norrtuna-delar2-2022.skugga.pdf", tmp_path / "scan.pdf", pages=range(1, 2), seed=5))
    tables = [b for b in report.blocks if isinstance(b, Table)]
    goals = [row for b in tables for row in b.grid() if len(row) == 3 and row[1] and any(isinstance(i, Icon) for i in row[1].blocks)]
    assert [row[1].blocks[0].color for row in goals if isinstance(row[1].blocks[0], Icon)] == [
        "yellow", "green", "red", "green", "green", "yellow", "red"
    ]  # fmt: skip
    assert "Alla elever ska lämna grundskolan med behörighet till gymnasieskolan" in [row[0].text for row in goals]


SLOW = [
    "norrtuna-delar1-2022.linje",
    "norrtuna-delar2-2022.skugga",
    "norrtuna-granskning-inkop-2023.kontor",
    "norrtuna-arsredovisning-2022.kontor",
]


@pytest.mark.slow
@needs_tesseract
@pytest.mark.skipif("UPPSIKT_SLOW" not in os.environ, reason="takes minutes: set UPPSIKT_SLOW to run it")
@pytest.mark.parametrize("name", SLOW)
def test_scan_of_a_sample_report_gives_what_its_text_gives(name, tmp_path):
    source = CORPUS / f"{name}.pdf"
    read = read_report(source)
    seen = read_report(scan(source, tmp_path / "scan.pdf", upside_down=1))
    lights = [[b.color for b in r.walk() if isinstance(b, Icon) and b.shape != "bar"] for r in (read, seen)]
    assert sorted(lights[0]) == sorted(lights[1])
    cells = [[c.text for b in r.blocks if isinstance(b, Table) for c in b.cells if c.text] for r in (read, seen)]
    found = sum(min(cells[0].count(t), cells[1].count(t)) for t in set(cells[0]))
    assert 2 * found / (len(cells[0]) + len(cells[1]) or 1) >= 0.85
