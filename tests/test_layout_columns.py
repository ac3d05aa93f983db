"""Pages set in two columns: justified lines, headings and tables over the columns, tables in one of them, read from PDFs made here."""

import pymupdf
import pytest

from extractors.layout.blocks import Heading, Icon, ListItem, Paragraph, Table
from extractors.layout.columned import find_gutters
from extractors.layout.rawtypes import Word
from extractors.layout.reader import read_report

LEFT, RIGHT = (46.0, 287.0), (309.0, 550.0)
LINES = (
    "Under året har nämnden arbetat med att stärka uppföljningen",
    "av avtal i hela organisationen och med att utbilda alla som",
    "beställer varor. Arbetet har gått bra och fortsätter nästa år",
    "med nya utbildningar för dem som ännu inte har hunnit med",
)


class Columns:
    """A page whose lines are set justified in one of two columns."""

    def __init__(self, pdf):
        self.page = pdf.new_page(width=595, height=842)

    def justified(self, column, y, text, *, indent=0.0, size=9):
        words = text.split()
        widths = [pymupdf.get_text_length(word, "helv", size) for word in words]
        x = column[0] + indent
        blank = (column[1] - x - sum(widths)) / max(len(words) - 1, 1)
        for word, width in zip(words, widths, strict=True):
            self.page.insert_text((x, y), word, fontsize=size, fontname="helv")
            x += width + blank

    def body(self, column, y, count=8):
        for at in range(count):
            self.justified(column, y + 12 * at, LINES[at % 4])
        return y + 12 * count

    def line(self, x, y, text, *, size=8, bold=False):
        self.page.insert_text((x, y), text, fontsize=size, fontname="hebo" if bold else "helv")

    def head(self, x0, x1, y, *cells):
        for x, text in cells:
            self.line(x, y, text, bold=True)
        self.page.draw_line((x0, y + 5), (x1, y + 5))


@pytest.fixture
def blocks_of(tmp_path):
    """The blocks of a report of one page that a function sets."""

    def read(setter):
        path = tmp_path / "rapport.pdf"
        with pymupdf.open() as pdf:
            setter(Columns(pdf))
            pdf.save(path)
        return read_report(path, ocr="never").blocks

    return read


def test_a_justified_line_of_few_words_goes_on(blocks_of):
    def page(sheet):
        sheet.body(LEFT, 80)
        sheet.justified(LEFT, 190, "• Utbilda alla chefer om hur", indent=14)
        sheet.justified(LEFT, 202, "inventarieredovisningen ska bli", indent=14)
        sheet.line(60, 214, "likadan i alla delar.", size=9)
        sheet.body(RIGHT, 80, 14)

    items = [block.text for block in blocks_of(page) if isinstance(block, ListItem)]
    assert items == ["Utbilda alla chefer om hur inventarieredovisningen ska bli likadan i alla delar."]


def test_a_large_heading_below_which_both_columns_begin_is_over_them(blocks_of):
    def page(sheet):
        sheet.body(LEFT, 80, 9)
        sheet.body(RIGHT, 80, 8)
        sheet.line(46, 235, "Bedömning", size=18, bold=True)
        sheet.body(LEFT, 270)
        sheet.body(RIGHT, 270)

    blocks = blocks_of(page)
    at = next(i for i, block in enumerate(blocks) if isinstance(block, Heading))
    assert blocks[at].text == "Bedömning"
    assert {block.bbox[0] > 300 for block in blocks[:at]} == {False, True}


def test_a_table_in_one_column_with_nothing_but_signs_in_a_column(blocks_of):
    def page(sheet):
        sheet.body(LEFT, 80, 14)
        sheet.head(309, 550, 80, (314, "Revisionsfråga"), (500, "Svar"))
        for y, color in ((100, (0.2, 0.7, 0.3)), (130, (1, 0.75, 0))):
            sheet.line(314, y, "Finns en aktuell rutin för hur")
            sheet.line(314, y + 10, "avtal följs upp?")
            sheet.page.draw_circle((505, y - 3), 4, fill=color, color=None)
        sheet.body(RIGHT, 175, 6)

    blocks = blocks_of(page)
    table = next(block for block in blocks if isinstance(block, Table))
    assert (table.rows, table.cols, table.header_rows) == (3, 2, 1)
    assert [icon.color for cell in table.cells for icon in cell.icons] == ["green", "yellow"]
    assert not any(isinstance(block, Icon) for block in blocks)


def test_a_table_over_both_columns_parts_the_text_above_from_that_below(blocks_of):
    def page(sheet):
        sheet.body(LEFT, 80)
        sheet.body(RIGHT, 80)
        sheet.head(46, 550, 200, (51, "Nämnd"), (300, "Budget"), (480, "Utfall"))
        for at, name in enumerate(("Socialnämnden", "Kulturnämnden", "Byggnadsnämnden")):
            sheet.line(51, 218 + 16 * at, name)
            sheet.line(300, 218 + 16 * at, f"{at + 2},4")
            sheet.line(480, 218 + 16 * at, f"{at + 3},1")
        sheet.body(LEFT, 280)
        sheet.body(RIGHT, 280)

    blocks = [block for block in blocks_of(page) if isinstance(block, Paragraph | Table)]
    at = next(i for i, block in enumerate(blocks) if isinstance(block, Table))
    assert (blocks[at].rows, blocks[at].cols) == (4, 3)
    above, below = blocks[:at], blocks[at + 1 :]
    assert max(block.bbox[3] for block in above) < blocks[at].bbox[1] < min(block.bbox[1] for block in below)
    assert [block.bbox[0] > 300 for block in below] == sorted(block.bbox[0] > 300 for block in below)


def test_cells_of_a_table_are_no_columns_of_text():
    lefts = (
        "Fler ska ha ett arbete",
        "Skolan ska vara trygg",
        "Alla ska få svar i tid nu",
        "Luften ska vara ren nog här",
        "Vi ska spara på el",
    )
    rights = (
        "Arbetet går bra i år",
        "Det väntas bli bättre längre fram",
        "Nya rutiner är på plats sedan maj",
        "Mätningar görs varje år",
        "Målet är nära nu",
    )

    def words(column, text, line):
        x = column[0]
        for word in text.split():
            width = pymupdf.get_text_length(word, "helv", 9)
            yield Word(word, (x, 12.0 * line, x + width, 12.0 * line + 9), 9.0, False, False, "#000000", "helv", line)
            x += width + 2.5

    cells = [w for at in range(10) for c, t in ((LEFT, lefts), (RIGHT, rights)) for w in words(c, t[at % 5], 2 * at + (c is RIGHT))]
    prose = [w for at in range(10) for c in (LEFT, RIGHT) for w in words(c, LINES[at % 4], 2 * at + (c is RIGHT))]
    assert not find_gutters(cells)
    assert [LEFT[1] - 40 < cut < RIGHT[0] for cut in find_gutters(prose)] == [True]
