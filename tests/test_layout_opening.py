"""Opening a file: each thing that can be wrong with it has its reason and says in Swedish what to do."""

import os
import pickle

import pymupdf
import pytest

from extractors.layout.raw import PageView, open_pdf, read_raw_page, shrink_pictures
from extractors.layout.reader import read_report
from schema.errors import UnreadableFile
from tests.pdfs import write_encrypted, write_pdf


def reason_of(path):
    with pytest.raises(UnreadableFile) as caught:
        read_report(path)
    assert caught.value.message.endswith(".")
    return caught.value.reason


@pytest.mark.parametrize(
    ("content", "reason", "says"),
    [
        (b"", "empty", "tom"),
        (b"<!DOCTYPE html><html><body>404</body></html>", "not_pdf", "webbsida"),
        (b"\xef\xbb\xbf\n<html lang='sv'></html>", "not_pdf", "webbsida"),
        (b"PK\x03\x04" + b"\0" * 40, "not_pdf", "Office"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "not_pdf", "bild"),
        (b"Hej", "not_pdf", "inte en PDF"),
        (b"%PDF-1.7\n" + b"\0" * 300, "damaged", "skadad"),
    ],
)
def test_the_first_bytes_tell_what_a_file_is(tmp_path, content, reason, says):
    path = tmp_path / "rapport.pdf"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile) as caught:
        open_pdf(path)
    assert caught.value.reason == reason
    assert says in caught.value.message


def test_missing_folder_and_encrypted_files_are_named(tmp_path):
    assert reason_of(tmp_path / "saknas.pdf") == "missing"
    assert reason_of(tmp_path) == "missing"
    assert reason_of(write_encrypted(tmp_path / "hemlig.pdf")) == "encrypted"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path):
    path = write_pdf(tmp_path / "a.pdf")
    path.chmod(0)
    assert reason_of(path) == "permission"


def test_a_pdf_may_begin_with_other_bytes_and_have_any_name(tmp_path):
    whole = write_pdf(tmp_path / "a.pdf").read_bytes()
    path = tmp_path / "rapport.txt"
    path.write_bytes(b"\r\n" * 100 + whole)
    assert len(read_report(path).pages) == 2


def test_a_truncated_file_keeps_what_can_be_saved_or_says_so(tmp_path, capfd):
    whole = write_pdf(tmp_path / "a.pdf").read_bytes()
    path = tmp_path / "b.pdf"
    for share in (0.2, 0.5, 0.9):
        path.write_bytes(whole[: int(len(whole) * share)])
        try:
            assert read_report(path).pages
        except UnreadableFile as error:
            assert error.reason in ("damaged", "no_pages")
    assert capfd.readouterr().err == ""


def test_the_error_crosses_process_borders():
    error = pickle.loads(pickle.dumps(UnreadableFile("empty", "Filen är tom.")))
    assert (error.reason, error.message) == ("empty", "Filen är tom.")


def test_a_turned_page_is_read_as_it_is_seen(tmp_path):
    with pymupdf.open() as pdf:
        page = pdf.new_page(width=400, height=800)
        page.insert_text((50, 700), "Hej världen", fontsize=12, rotate=90)
        page.draw_rect((40, 690, 60, 720), fill=(1, 0, 0), color=None)
        page.set_rotation(90)
        pdf.save(tmp_path / "a.pdf")
    with open_pdf(tmp_path / "a.pdf") as pdf:
        raw = read_raw_page(pdf[0])
        assert (raw.width, raw.height) == (800, 400)
        line = raw.lines[0]
        assert line.text == "Hej världen"
        assert line.direction[0] == pytest.approx(1.0)
        assert line.bbox[2] - line.bbox[0] > 40 > line.bbox[3] - line.bbox[1]
        fill = raw.fills[0]
        assert fill.bbox == pytest.approx((80, 40, 110, 60))
        assert fill.color == "#ff0000"


def test_pixels_are_what_stands_there(tmp_path):
    from extractors.layout.rawtypes import Picture

    with pymupdf.open() as pdf:
        page = pdf.new_page(width=200, height=200)
        page.draw_rect((50, 50, 60, 60), fill=(0, 1, 0), color=None)
        width, height, samples = PageView(pdf, 1).pixels_of(Picture((51, 51, 59, 59), "", 0))
        assert len(samples) == width * height * 3
        assert samples[:3] == b"\x00\xff\x00"
        assert PageView(pdf, 1).pixels_of(Picture((300, 300, 310, 310), "", 0)) is None


@pytest.mark.parametrize("password", ["", "rektor"])
def test_big_pictures_shrink_to_dots_that_can_be_told_apart(tmp_path, password):
    """Every place, word and identity stays, also in a file that needs no password to be read but one to be changed."""
    with pymupdf.open() as pdf:
        page = pdf.new_page(width=400, height=400)
        for color, side, x in (((200, 0, 0), 300, 10), ((0, 200, 0), 300, 90), ((0, 0, 200), 20, 170), ((200, 0, 0), 300, 250)):
            pixmap = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, side, side))
            pixmap.set_rect(pixmap.irect, color)
            page.insert_image((x, 20, x + 60, 80), pixmap=pixmap)
        page.insert_text((10, 200), "Grundskolans lokaler")
        encryption = pymupdf.PDF_ENCRYPT_AES_256 if password else pymupdf.PDF_ENCRYPT_NONE
        pdf.save(tmp_path / "bilder.pdf", encryption=encryption, owner_pw=password, user_pw="")
    with open_pdf(tmp_path / "bilder.pdf") as pdf, open_pdf(tmp_path / "bilder.pdf") as other:
        whole = read_raw_page(pdf[0])
        page = other[0]
        shrink_pictures(page)
        shrunk = read_raw_page(page)
        assert max(image[2] for image in page.get_images()) == 20
    assert shrunk.lines == whole.lines
    assert [picture.bbox for picture in shrunk.pictures] == [picture.bbox for picture in whole.pictures]
    red, green, blue, again = (picture.digest for picture in shrunk.pictures)
    assert (red, blue) == (again, whole.pictures[2].digest)
    assert len({red, green, blue}) == 3


def test_lines_boxes_and_bars_are_told_apart(tmp_path):
    with pymupdf.open() as pdf:
        page = pdf.new_page(width=300, height=300)
        page.draw_line((10, 10), (200, 10), width=1)
        page.draw_rect((10, 20, 200, 21), fill=(0, 0, 0), color=None)
        page.draw_rect((10, 30, 200, 60), color=(0, 0, 1), width=1)
        page.draw_line((10, 80), (110, 80), width=8, color=(0, 0.6, 0))
        page.draw_circle((50, 120), 5, fill=(1, 1, 0), color=None)
        raw = read_raw_page(page)
    assert sum(rule.horizontal for rule in raw.rules) == 4
    assert sum(not rule.horizontal for rule in raw.rules) == 2
    kinds = {(fill.kind, fill.color) for fill in raw.fills}
    assert kinds == {("rect", "#009900"), ("shape", "#ffff00")}
    assert next(fill.path for fill in raw.fills if fill.kind == "shape").startswith("c ")
