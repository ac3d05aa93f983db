"""Pages without tags: order, paragraphs, headings, lists, margins, read from PDFs made here."""

import pymupdf
import pytest

from extractors.layout.blocks import Heading, ListItem, Note, Paragraph
from extractors.layout.reader import read_report

BODY = "Nämnden har under året arbetat med att utveckla verksamheten i hela kommunen"


class Sheet:
    """A page that lines are set on from the top."""

    def __init__(self, pdf, *, width=595, height=842):
        self.page = pdf.new_page(width=width, height=height)
        self.y = 80.0

    def line(self, text, *, x=70.0, size=11.0, bold=False, gap=0.0, y=None):
        if y is None:
            self.y += gap + size * 1.25
        at = self.y if y is None else y
        self.page.insert_text((x, at), text, fontsize=size, fontname="hebo" if bold else "helv")
        return self

    def lines(self, *texts, **how):
        for text in texts:
            self.line(text, **how)
        return self


@pytest.fixture
def report_of(tmp_path):
    """Reads a report of pages that functions set."""

    def make(*setters, size=(595, 842)):
        path = tmp_path / "rapport.pdf"
        with pymupdf.open() as pdf:
            for setter in setters:
                setter(Sheet(pdf, width=size[0], height=size[1]))
            pdf.save(path)
        return read_report(path, ocr="never")

    return make


def texts(report, kind):
    return [block.text for block in report.blocks if type(block) is kind]


def filler(sheet, count=8):
    """Running text, so that the document has a body size."""
    sheet.line(f"{BODY},", gap=14)
    for _ in range(count):
        sheet.line(f"och arbetet fortsätter nästa år med nya aktiviteter och {count} möten i varje del,")
    sheet.line("som planerat.")


def test_lines_become_paragraphs_at_gaps_and_short_ends(report_of):
    def page(sheet):
        sheet.lines(f"{BODY} och i", "regionen enligt plan.", f"Året var bra för alla som {BODY.lower()[8:60]} och")
        sheet.line("resultatet blev gott.")
        sheet.line("En ny del börjar här efter ett mellanrum.", gap=10)

    report = report_of(page)
    assert [p.split()[0] for p in texts(report, Paragraph)] == ["Nämnden", "Året", "En"]
    assert "och i regionen enligt plan." in texts(report, Paragraph)[0]


def test_headings_by_size_weight_and_number(report_of):
    def page(sheet):
        sheet.line("1 Sammanfattning", size=18, bold=True)
        filler(sheet)
        sheet.line("1.1 Bakgrund och syfte", size=14, bold=True, gap=12)
        filler(sheet)
        sheet.line("Bedömning", bold=True, gap=12)
        filler(sheet)
        sheet.line("Vi rekommenderar styrelsen att:", bold=True, gap=12)
        sheet.line("Tabell 1. Kostnader per nämnd", bold=True, gap=12)

    headings = [b for b in report_of(page).blocks if isinstance(b, Heading)]
    assert [(h.number, h.text, h.level) for h in headings] == [
        ("1", "Sammanfattning", 1),
        ("1.1", "Bakgrund och syfte", 2),
        ("", "Bedömning", 3),
    ]


def test_a_heading_of_two_lines_is_one(report_of):
    def page(sheet):
        sheet.lines("Granskning av kommunens arbete", "med uppföljning av avtal", size=18, bold=True)
        filler(sheet)

    assert texts(report_of(page), Heading) == ["Granskning av kommunens arbete med uppföljning av avtal"]


def test_list_items_end_where_the_list_does(report_of):
    def page(sheet):
        filler(sheet)
        sheet.line("Vi rekommenderar styrelsen att:", gap=8)
        sheet.line("· Fastställa en rutin för uppföljning av avtal som", gap=4)
        sheet.line("   gäller alla förvaltningar.", x=73)
        sheet.line("· Utbilda beställarna.")
        sheet.line("Revisorerna önskar svar senast i maj.")

    report = report_of(page)
    items = [b for b in report.blocks if isinstance(b, ListItem)]
    assert [(i.marker, i.text) for i in items] == [
        ("·", "Fastställa en rutin för uppföljning av avtal som gäller alla förvaltningar."),
        ("·", "Utbilda beställarna."),
    ]
    assert texts(report, Paragraph)[-1] == "Revisorerna önskar svar senast i maj."


def test_drawn_bullets_are_bullets_and_status_signs_are_not(report_of):
    def page(sheet):
        filler(sheet)
        for text in ("Öka takten i arbetet", "Minska avfallet"):
            sheet.line(text, x=90, gap=4)
            sheet.page.draw_circle((80, sheet.y - 4), 2, fill=(0, 0, 0), color=None)
        sheet.line("Klart enligt plan", x=90, gap=4)
        sheet.page.draw_circle((78, sheet.y - 4), 5, fill=(0, 0.6, 0.1), color=None)

    report = report_of(page)
    assert texts(report, ListItem) == ["Öka takten i arbetet", "Minska avfallet"]
    assert "Klart enligt plan" not in texts(report, ListItem)


def test_two_columns_are_read_one_after_the_other(report_of):
    def page(sheet):
        sheet.line("Två spalter om året", size=18, bold=True)
        for column, x in enumerate((60, 320)):
            for row in range(12):
                sheet.line(f"spalt {column} rad {row} med litet mer text i sig", x=x, size=9, y=150 + row * 12)

    report = report_of(page)
    body = " ".join(texts(report, Paragraph))
    order = [word for word in body.split() if word.isdigit()]
    assert order == [n for column in "01" for row in range(12) for n in (column, str(row))]


def two_columns(left, right, *, gap):
    """Sets lines in two columns row by row, as programs do whose lines the library then glues together."""

    def page(sheet):
        for row in range(9):
            text = left.format(row)
            sheet.line(text, x=60, size=10, y=150 + row * 12)
            sheet.line(right.format(row), x=60 + pymupdf.get_text_length(left.format(0), fontsize=10) + gap, size=10, y=150 + row * 12)

    return page


@pytest.mark.parametrize("gap", [5.5, 7.0, 12.0])
def test_columns_with_a_narrow_gutter_are_not_glued_together(report_of, gap):
    report = report_of(two_columns("ett med ord som hela raden {} ut", "till med ord som hela raden {} ut", gap=gap))
    words = " ".join(texts(report, Paragraph)).split()
    assert [w for w in words if w in ("ett", "till")] == ["ett"] * 9 + ["till"] * 9


def test_one_column_of_text_with_wide_blanks_stays_whole(report_of):
    report = report_of(two_columns("kort rad {}", "som går vidare med fler ord på samma rad än tidigare", gap=6.0))
    assert "rad 0 som går vidare" in " ".join(texts(report, Paragraph))


CARDS = ("Alla barn ska kunna simma", "Kurser ges i alla skolor.", "Fler ska resa med buss", "Turerna är fler i år.")


@pytest.mark.parametrize(("gap", "framed"), [(8, True), (0, False)])
def test_boxes_with_white_between_are_cards_and_cells_that_touch_are_none(report_of, gap, framed):
    def page(sheet):
        for column in range(2):
            x = 60 + column * (200 + gap)
            sheet.page.draw_rect((x, 140, x + 200, 210), color=None, fill=(0.9, 0.94, 0.96))
            for row in range(2):
                sheet.line(CARDS[2 * column + row], x=x + 8, size=10, y=160 + 20 * row, bold=row == 0)

    report = report_of(page)
    blocks = [b for b in report.walk() if b.text]
    assert all((b.frame is not None) == framed for b in blocks)
    if framed:
        assert [b.text for b in blocks] == list(CARDS)


def test_a_sentence_goes_on_in_the_next_column_and_on_the_next_page(report_of):
    def first(sheet):
        for row in range(12):
            sheet.line("vänster spalt fylls av ord som inte tar", x=60, size=9, y=150 + row * 12)
            sheet.line("höger spalt fylls av ord som inte tar", x=320, size=9, y=150 + row * 12)

    def second(sheet):
        sheet.line("slut förrän här.", x=60, size=9)

    report = report_of(first, second)
    assert len(texts(report, Paragraph)) == 1
    block = report.blocks[0]
    assert [place.page for place in block.continued] == [1, 2]
    assert block.text.endswith("höger spalt fylls av ord som inte tar slut förrän här.")


def test_running_headers_and_page_numbers_are_set_aside_not_lost(report_of):
    def pages(number):
        def page(sheet):
            sheet.line("Lundby kommun, granskning 2023", size=9, y=40)
            sheet.line(f"Sida {number} av 4", size=9, y=815)
            sheet.line(f"Kapitel {number}", size=16, bold=True)
            filler(sheet, count=number + 3)

        return page

    report = report_of(*map(pages, range(1, 5)))
    aside = {(a.kind, a.block.text) for a in report.aside}
    assert ("header", "Lundby kommun, granskning 2023") in aside
    assert ("page_number", "Sida 3 av 4") in aside
    assert len([h for h in texts(report, Heading) if h.startswith("Kapitel")]) == 4
    assert not any("Lundby" in block.text or "Sida" in block.text for block in report.blocks)
    assert all("Lundby kommun" in page.text for page in report.pages)


def test_the_head_of_a_table_at_the_top_of_several_pages_is_no_running_header(report_of):
    def page(heading, *, table):
        def make(sheet):
            sheet.line("Lundby kommun, delårsrapport", size=9, y=40)
            sheet.line(heading, size=14, bold=True, y=64)
            sheet.line("Mål" if table else "Kapitel ett", bold=True, y=84)
            sheet.line("Analys" if table else "", x=260, bold=True, y=84)
            sheet.line(f"Fler ska trivas i {heading}", y=101)
            sheet.line(f"{heading} bedömer att målet nås.", x=260 if table else 255, y=101)

        return make

    heads = {a.block.text for a in report_of(page("Socialnämnden", table=True), page("Byggnämnden", table=True)).aside}
    assert heads == {"Lundby kommun, delårsrapport"}
    heads = {a.block.text for a in report_of(page("Socialnämnden", table=False), page("Byggnämnden", table=False)).aside}
    assert "Kapitel ett" in heads


def test_contents_lists_are_set_aside_and_name_the_headings(report_of):
    def contents(sheet):
        sheet.line("Innehåll", size=16, bold=True)
        for number, title in enumerate(("Inledning", "Iakttagelser", "Analys", "Slutsats"), 2):
            sheet.line(f"{title} {'.' * (90 - len(title))} {number}", gap=3)

    def page(title):
        def setter(sheet):
            sheet.line(title)
            filler(sheet)

        return setter

    report = report_of(contents, page("Inledning"), page("Iakttagelser"), page("Något annat"))
    assert sum(a.kind == "contents" for a in report.aside) == 4
    assert texts(report, Heading) == ["Innehåll", "Inledning", "Iakttagelser"]


def test_rows_of_figures_are_no_contents_list(report_of):
    def page(sheet):
        filler(sheet)
        for name, value in (("Skola", 12), ("Vård", 45), ("Omsorg", 78), ("Kultur", 90)):
            sheet.line(name, gap=3).line(str(value), x=300, y=sheet.y)

    assert not any(a.kind == "contents" for a in report_of(page).aside)


def test_footnotes_are_notes_and_their_marks_leave_the_words(report_of):
    def page(sheet):
        filler(sheet)
        sheet.line("Styrelsen följer riktlinjen", gap=10)
        width = pymupdf.get_text_length("Styrelsen följer riktlinjen", fontname="helv", fontsize=11)
        sheet.line("1", x=70 + width, size=6, y=sheet.y - 4)
        sheet.line("1 Riktlinje för avtal, antagen 2019-04-02.", size=8, y=760)

    report = report_of(page)
    notes = [b for b in report.blocks if isinstance(b, Note)]
    assert [(n.mark, n.text) for n in notes] == [("1", "Riktlinje för avtal, antagen 2019-04-02.")]
    assert "Styrelsen följer riktlinjen" in texts(report, Paragraph)


def test_square_metres_keep_their_raised_figure(report_of):
    def page(sheet):
        filler(sheet)
        sheet.line("Ytan är 120 m", gap=10)
        width = pymupdf.get_text_length("Ytan är 120 m", fontname="helv", fontsize=11)
        sheet.line("2", x=70 + width, size=6, y=sheet.y - 5)

    assert any("120 m2" in text or "120 m 2" in text for text in texts(report_of(page), Paragraph))


def test_upright_text_along_the_edge_is_a_signature_key(report_of):
    def page(sheet):
        filler(sheet)
        sheet.page.insert_text((20, 600), "Dokumentnyckel: ABCDE-FGHIJ-KLMNO", fontsize=7, rotate=90)

    report = report_of(page)
    assert [a.kind for a in report.aside] == ["signature"]
    assert not any("nyckel" in block.text for block in report.blocks)
    assert "Dokumentnyckel" in report.pages[0].text


def test_words_on_one_line_far_apart_stay_apart(report_of):
    def page(sheet):
        filler(sheet)
        sheet.line("Anna Lind", gap=20).line("Bo Ek", x=320, y=sheet.y)

    found = texts(report_of(page), Paragraph)
    assert "Anna Lind" in found
    assert "Bo Ek" in found


def test_run_in_headings_are_leads(report_of):
    def page(sheet):
        filler(sheet)
        sheet.line("Nämnden ", bold=True, gap=10)
        sheet.line("når målet under året.", x=135, y=sheet.y)

    block = report_of(page).blocks[-1]
    assert (block.lead, block.text) == ("Nämnden", "Nämnden når målet under året.")


def test_false_bold_printed_twice_counts_once(report_of):
    def page(sheet):
        filler(sheet)
        sheet.line("Dubbeltryckt rad i texten", gap=10).line("Dubbeltryckt rad i texten", x=70.3, y=sheet.y)

    assert sum("Dubbeltryckt" in text for text in texts(report_of(page), Paragraph)) == 1
    assert all(text.count("Dubbeltryckt") <= 1 for text in texts(report_of(page), Paragraph))


def test_a_page_without_anything_has_no_source(report_of):
    report = report_of(lambda sheet: None)
    assert report.pages[0].source == "none"
    assert report.blocks == ()


def test_list_items_are_nested_by_indent(report_of):
    def page(sheet):
        filler(sheet)
        for depth, text in ((0, "Yttre"), (1, "Inre"), (1, "Inre två"), (0, "Yttre två")):
            sheet.line(f"- {text}", x=80 + 20 * depth, gap=4)

    items = [(b.depth, b.text) for b in report_of(page).blocks if isinstance(b, ListItem)]
    assert items == [(0, "Yttre"), (1, "Inre"), (1, "Inre två"), (0, "Yttre två")]


def test_a_box_gives_its_colour_to_what_stands_in_it(report_of):
    def page(sheet):
        sheet.page.draw_rect((60, 300, 535, 360), fill=(0.8, 0.9, 1.0), color=None)
        filler(sheet)
        sheet.line("Rutan säger detta kort.", y=335)

    blocks = {b.text: b.fill for b in report_of(page).blocks}
    assert blocks["Rutan säger detta kort."] == "#cce5ff"
    assert [fill for text, fill in blocks.items() if not text.startswith("Rutan")] == [None] * (len(blocks) - 1)


def test_a_page_set_sideways_is_read_as_turned(report_of):
    def page(sheet):
        for row in range(6):
            sheet.page.insert_text((100 + 16 * row, 700), f"rad {row} av en text som löper uppåt längs sidan", fontsize=10, rotate=90)

    report = report_of(page)
    assert (report.pages[0].width, report.pages[0].height) == (842, 595)
    assert [p.split(" av")[0] for p in texts(report, Paragraph)[0].split("rad ")[1:]] == [str(n) for n in range(6)]
    assert not report.aside


def test_a_slanted_word_across_the_page_is_a_watermark(report_of):
    def page(sheet):
        filler(sheet)
        middle = pymupdf.Point(300, 400)
        sheet.page.insert_text(middle, "UTKAST", fontsize=60, color=(0.8, 0.8, 0.8), morph=(middle, pymupdf.Matrix(-45)))

    report = report_of(page)
    assert [(a.kind, a.block.text) for a in report.aside] == [("watermark", "UTKAST")]
    assert not any("UTKAST" in block.text for block in report.blocks)


def test_labels_in_the_margin_do_not_cut_the_text_beside_them(report_of):
    def page(sheet):
        for at, label in enumerate(("Syfte", "Bakgrund", "Metod", "Kriterier", "Urval")):
            y = 120.0 + 60 * at
            sheet.line(label, bold=True, y=y)
            sheet.line(f"{label} beskrivs i en mening som är så lång att den går", x=190, y=y + 10)
            sheet.line("över på nästa rad och slutar där med en punkt.", x=190, y=y + 26)

    found = texts(report_of(page), Paragraph)
    assert [t for t in found if t.endswith("punkt.")] == [
        f"{label} beskrivs i en mening som är så lång att den går över på nästa rad och slutar där med en punkt."
        for label in ("Syfte", "Bakgrund", "Metod", "Kriterier", "Urval")
    ]


def table_page(rows, *, top=60.0):
    """A page with a table whose head of three lines stands at its very top."""

    def page(sheet):
        for i, labels in enumerate((("Driftsredovisning", "Utfall", "Budget"), ("", "jan-", "jan-"), ("", "aug", "aug"))):
            y = top + 12 * i
            for x, label in zip((70, 260, 340), labels, strict=True):
                sheet.line(label, x=x, y=y, size=9, bold=True)
        for i, label in enumerate(rows):
            for x, text in ((70, label), (260, str(100 + 7 * i)), (340, str(90 + 11 * i))):
                sheet.line(text, x=x, y=top + 41 + 17 * i, size=9)

    return page


def test_a_head_of_columns_at_the_top_of_every_page_is_no_running_header(report_of):
    names = [[f"{kind} {i}" for i in range(20)] for kind in ("Skola", "Vård", "Gata", "Park")]
    report = report_of(*map(table_page, names))
    assert not [item.block.text for item in report.aside if item.kind == "header"]


def test_a_head_in_shaded_cells_at_the_top_of_every_page_is_no_running_header(report_of):
    def page_on(kind):
        def page(sheet):
            for x0, x1, label in ((70, 250, "Nämnd, tkr"), (250, 330, "Utfall"), (330, 410, "Budget")):
                sheet.page.draw_rect((x0, 52, x1, 70), fill=(0.1, 0.25, 0.5), color=None)
                sheet.line(label, x=x0 + 4, y=65, size=9, bold=True)
            for i in range(20):
                for x, text in ((74, f"{kind} {i}"), (306, str(100 + 7 * i)), (386, str(90 + 11 * i))):
                    sheet.line(text, x=x, y=86 + 17 * i, size=9)

        return page

    report = report_of(*map(page_on, ("Skola", "Vård", "Gata", "Park")))
    assert not [item.block.text for item in report.aside if item.kind == "header"]


def test_a_running_header_over_columns_is_still_one(report_of):
    def page_on(subject):
        def page(sheet):
            sheet.line("Bokslut", x=70, y=36, size=8)
            sheet.line("Storviks stad", x=300, y=36, size=8)
            for i in range(12):
                for x in (70, 300):
                    sheet.line(f"Arbetet med {subject} fortsätter med mål {chr(97 + i)},", x=x, y=72 + 14 * i, size=10)

        return page

    report = report_of(*map(page_on, ("skolan", "vården", "gator")))
    assert {item.block.text for item in report.aside if item.kind == "header"} == {"Bokslut", "Storviks stad"}


def test_rows_of_a_table_that_end_in_rising_numbers_are_no_contents(report_of):
    def page(sheet):
        for i in range(9):
            for x, text in ((70, str(i + 1)), (95, "Tekniska nämnden"), (220, f"Inköp {chr(65 + i)}"), (330, "Ja"), (400, str(1 + i // 3))):
                sheet.line(text, x=x, y=300 + 16 * i, size=10)

    report = report_of(page, filler)
    assert not [item for item in report.aside if item.kind == "contents"]


def test_running_text_larger_than_the_figures_of_many_tables_is_no_heading(report_of):
    def page(sheet):
        for i in range(14):
            sheet.line(f"Nämnden har under året arbetat med mål {i} och nått det.", size=11, gap=10)
        sheet.line("Fler barn läser varje dag", size=11, gap=12)
        for i in range(34):
            sheet.line(f"{i} siffror och ord i små rader utan punkt som fyller sidan med mycket text i en tabell", size=6)

    report = report_of(page)
    assert "Fler barn läser varje dag" not in texts(report, Heading)


def test_a_little_white_behind_a_full_stop_begins_a_paragraph_though_the_line_was_full(report_of):
    def page(sheet):
        filler(sheet)
        sheet.line("Rutinen finns, men den följs inte av alla enheter och ingen har till uppgift att se till den.", gap=3.5)
        sheet.line("Revisionsfråga Följs rutinen?", gap=3.5)
        sheet.line("Svaret är nej. Det finns ingen som har till uppgift att se till att den följs av alla enheter.", gap=3.5)
        sheet.line("Skolan har en egen ordning.")

    read = texts(report_of(page), Paragraph)
    assert "Revisionsfråga Följs rutinen?" in read
    assert any(text.endswith("alla enheter. Skolan har en egen ordning.") for text in read)
