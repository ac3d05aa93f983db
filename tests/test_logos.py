"""The municipality that stands only in a logo: which words of a logo count, and real PDFs with the name as a picture or as outlines."""

from pathlib import Path

import pymupdf
import pytest

from extractors.layout.ocr_tesseract import program
from extractors.reports.metadata_signs import lacks_place, place_of
from ingest.worker import extract_file
from schema.records import Document

needs_tesseract = pytest.mark.skipif(not program(), reason="Tesseract with Swedish is not installed")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2 ALINGSÅS", "Alingsås kommun"),
        ("Ystads kommun", "Ystads kommun"),
        ("MARKS KOMMUN", "Marks kommun"),
        ("oO Region Halland", "Region Halland"),
        ("Linköpings kommun Där idéer blir verklighet", "Linköpings kommun"),
    ],
)
def test_a_logo_names_its_municipality(text, name):
    place = place_of(text)
    assert place is not None
    assert place.name == name


@pytest.mark.parametrize(
    "text", ["KPMG", "BERG", "Vara", "SALINGSÅS", "Kalmar län", "Lunds universitet", "ALINGSÅS VÅRGÅRDA", "Ystads kommun Tomelilla kommun"]
)
def test_other_words_in_a_logo_name_none(text):
    assert place_of(text) is None


def test_only_a_report_without_a_place_of_its_own_asks_its_logo():
    def of(municipality, body):
        return Document("a", "a", "a.pdf", "A", "ovrigt", municipality=municipality, organisation=body)

    assert lacks_place(of(None, None))
    assert lacks_place(of(None, "Socialnämnden"))
    assert not lacks_place(of("Ystads kommun", None))
    assert not lacks_place(of(None, "Kommunalförbundet Sörbygden"))


def write_report(path: Path, logos: list[str], *, outlines: bool = False) -> Path:
    """A monthly report whose text names no municipality, with one logo a page."""
    with pymupdf.open() as pdf:
        for logo in logos:
            page = pdf.new_page()
            sign = pymupdf.open()
            sign.new_page(width=150, height=30).insert_text((5, 22), logo, fontsize=18, fontname="hebo")
            box = pymupdf.Rect(400, 30, 550, 60)
            if outlines:
                drawn = pymupdf.open("pdf", pymupdf.open("svg", sign[0].get_svg_image(text_as_path=True).encode()).convert_to_pdf())
                page.show_pdf_page(box, drawn)
            else:
                page.insert_image(box, pixmap=sign[0].get_pixmap(dpi=300))
            page.insert_text((70, 120), "Månadsuppföljning maj 2026", fontsize=24)
            page.insert_text((70, 160), "Socialnämnden", fontsize=18)
            page.insert_text((70, 200), "Nämnden redovisar ett resultat i nivå med budgeten för perioden.", fontsize=11)
        pdf.save(path)
    return path


@needs_tesseract
@pytest.mark.parametrize("outlines", [False, True], ids=["picture", "outlines"])
def test_the_municipality_is_read_from_the_logo(tmp_path, outlines):
    extraction = extract_file(write_report(tmp_path / "a.pdf", ["KIRUNA"], outlines=outlines), sha256="0" * 64, ocr="auto")
    assert (extraction.document.municipality, extraction.document.organisation) == ("Kiruna kommun", "Socialnämnden")
    (notice,) = [n for n in extraction.notices if n.code == "place_from_logo"]
    assert notice.trace.page == 1
    assert notice.trace.bbox is not None
    assert notice.trace.bbox[0] > 390


@needs_tesseract
def test_logos_of_two_municipalities_name_none(tmp_path):
    extraction = extract_file(write_report(tmp_path / "a.pdf", ["KIRUNA", "YSTAD"]), sha256="0" * 64, ocr="auto")
    assert extraction.document.municipality is None


@needs_tesseract
def test_without_ocr_the_logo_is_not_read(tmp_path):
    extraction = extract_file(write_report(tmp_path / "a.pdf", ["KIRUNA"]), sha256="0" * 64, ocr="never")
    assert extraction.document.municipality is None
    assert not [n for n in extraction.notices if n.code == "place_from_logo"]
