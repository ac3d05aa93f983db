"""The parts of the way from pixels to a page, one by one; none of them needs Tesseract."""

from __future__ import annotations

import numpy as np
import pymupdf
import pytest

from extractors.layout.blocks import Turn
from extractors.layout.ocr import is_figure, is_tabular, is_wordless
from extractors.layout.ocr_lines import Sheet, page_lines, settled_sizes, size_of, usable
from extractors.layout.ocr_marks import brighten
from extractors.layout.ocr_page import Pose, is_word, poses_of, read_straight, rendered
from extractors.layout.ocr_pixels import find_blobs, find_rules, gray_of, ink_of, paper_share, skew_of, text_rows
from extractors.layout.ocr_repairs import joined_thousands, repaired, repaired_part, with_figures
from extractors.layout.ocr_rules import settled
from extractors.layout.ocr_shades import pale_shades
from extractors.layout.ocr_tesseract import Seen, parse_tsv
from extractors.layout.raw import read_raw_page

TEXT = "Nämnden har under perioden arbetat med att utveckla sina arbetssätt och bedömer att målet nås."


@pytest.fixture
def page():
    document = pymupdf.open()
    yield document.new_page(width=420, height=595)
    document.close()


def write(page, rows=14):
    for row in range(rows):
        page.insert_text((40, 60 + 22 * row), TEXT[: 60 + row], fontsize=10)


def seen(text, x0=0, x1=40, confidence=90.0, line=0, y=0):
    return Seen(text, (x0, y, x1, y + 30), confidence, (1, 1, line))


@pytest.mark.parametrize("angle", [-1.0, -0.35, 0.0, 0.6, 1.0])
def test_skew_is_measured(page, angle):
    write(page)
    rgb, _ = rendered(page, 100, pose=Pose(0, -angle))
    assert skew_of(ink_of(gray_of(rgb))) == pytest.approx(angle, abs=0.11)


def test_a_page_is_set_straight(page):
    write(page)
    turned, _ = rendered(page, 100, pose=Pose(0, -0.8))
    assert skew_of(ink_of(gray_of(turned))) == pytest.approx(0.8, abs=0.11)
    straight, offset = rendered(page, 100)
    assert offset == pytest.approx((0, 0), abs=0.1)
    assert straight.shape == (827, 584, 3)


@pytest.mark.parametrize(("rotation", "turns"), [(0, 0), (90, 1), (270, 1)])
def test_text_on_its_side_is_noticed(page, rotation, turns):
    write(page, rows=20)
    page.set_rotation(rotation)
    assert poses_of(page)[0].turns == turns


def test_rules_are_found_thin_and_light_and_across_shading(page):
    page.draw_rect((40, 100, 380, 160), fill=(0.9, 0.9, 0.9), color=None)
    for y in (100, 130, 160):
        page.draw_line((40, y), (380, y), color=(0.6, 0.6, 0.6), width=0.6)
    for x in (40, 200, 380):
        page.draw_line((x, 100), (x, 160), color=(0.6, 0.6, 0.6), width=0.6)
    write(page, rows=1)
    gray = gray_of(rendered(page, 150)[0])
    level, upright = find_rules(gray, 46, 6)
    scale = 150 / 72
    assert sorted({round((b[1] + b[3]) / 2 / scale) for b in level}) == [100, 130, 160]
    assert sorted({round((b[0] + b[2]) / 2 / scale) for b in upright}) == [40, 200, 380]


def test_letters_are_no_rules(page):
    write(page, rows=20)
    level, upright = find_rules(gray_of(rendered(page, 150)[0]), 46, 6)
    assert (level, upright) == ([], [])


def test_rows_of_letters_are_counted_and_charts_are_not(page):
    write(page, rows=9)
    assert text_rows(ink_of(gray_of(rendered(page, 100)[0])), 100) == 9
    with pymupdf.open() as other:
        chart = other.new_page(width=300, height=200)
        for n in range(6):
            chart.draw_line((30 + 40 * n, 150 - 17 * n), (70 + 40 * n, 133 - 17 * (n % 3)), color=(0, 0, 1), width=2)
        chart.insert_text((30, 190), "2019 2020 2021 2022 2023 2024", fontsize=8)
        assert text_rows(ink_of(gray_of(rendered(chart, 100)[0])), 100) <= 2


def test_rows_of_letters_are_counted_between_the_lines_of_columns(page):
    write(page, rows=9)
    for x in (60, 150, 240, 330):
        page.draw_line((x, 60), (x, 780), width=1)
    assert text_rows(ink_of(gray_of(rendered(page, 100)[0])), 100) == 9


def test_colored_patches_are_found_with_their_boxes(page):
    page.draw_circle((100, 100), 6, fill=(0.44, 0.68, 0.28), color=None)
    page.draw_circle((100, 140), 6, fill=(0.75, 0, 0), color=None)
    write(page, rows=1)
    blobs = find_blobs(rendered(page, 100)[0], 6)
    centres = sorted((round((b.box[0] + b.box[2]) / 2 * 0.72), round((b.box[1] + b.box[3]) / 2 * 0.72)) for b in blobs)
    assert centres == [(100, 100), (100, 140)]


def test_a_photo_is_no_paper(page):
    write(page)
    assert paper_share(gray_of(rendered(page, 72)[0])) > 0.8
    photo = np.random.default_rng(1).integers(0, 255, (200, 200)).astype(np.uint8)
    assert paper_share(photo) < 0.3


@pytest.mark.parametrize(
    ("text", "before", "right"),
    [
        ("(0)", False, "0"), ("[O]", False, "0"), ("-T17", False, "-717"), ("1O5", False, "105"), ("l2", True, "12"),
        ("191.840", False, "191 840"), ("Tillse", False, "Tillse"), ("S1", False, "51"), ("KS", False, "KS"), ("Ja", True, "Ja"),
        ("12", False, "12"), ("(12)", False, "(12)"), ("B", True, "B"),
    ],
)  # fmt: skip
def test_slips_are_put_right_only_where_one_reading_makes_sense(text, before, right):
    assert repaired(text, number_before=before) == right


def test_a_comma_at_the_end_of_a_number_is_a_speck():
    assert [w.text for w in repaired_part([seen("5"), seen("000,", 50, 90)])] == ["5", "000"]
    assert [w.text for w in repaired_part([seen("budget,"), seen("som", 50, 90)])] == ["budget,", "som"]


def test_thousands_read_together_are_grouped():
    joined = joined_thousands([seen("-1131"), seen("226", 50, 90)])
    assert [(w.text, w.box) for w in joined] == [("-1 131 226", (0, 0, 90, 30))]
    assert len(joined_thousands([seen("2023"), seen("års", 50, 90)])) == 2


def test_figures_come_from_the_reading_that_knows_them():
    first = [seen("Förskola"), seen("5,59", 100, 140)]
    second = [seen("Férskola", 0, 40), seen("5,5%", 101, 141)]
    assert sorted(w.text for w in with_figures(first, second)) == ["5,5%", "Förskola"]


def test_table_of_tesseract_is_read():
    head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
    rows = "4\t1\t1\t1\t1\t0\t10\t20\t200\t30\t-1\t\n5\t1\t1\t1\t1\t1\t10\t20\t50\t30\t96.5\tMål\n5\t1\t1\t1\t1\t2\t70\t20\t5\t30\t95\t \n"
    assert parse_tsv(head + rows) == [Seen("Mål", (10, 20, 60, 50), 96.5, (1, 1, 1))]
    assert parse_tsv("") == []


def test_specks_are_no_words():
    words = [seen("|"), seen("___"), seen("Mål"), seen("-"), seen("skräp", confidence=5.0)]
    assert [w.text for w in usable(words)] == ["Mål", "-"]


def sheet():
    return Sheet(np.full((200, 900, 3), 255, np.uint8), np.full((200, 900), 255, np.uint8), 300 / 72, (0.0, 0.0))


def test_lines_are_parted_at_gaps_and_rules_and_bullets_kept():
    words = [seen("e", 0, 12), seen("Rutin", 45, 120), seen("finns", 130, 200), seen("Ja", 500, 540), seen("12", 560, 590)]
    lines = page_lines(words, sheet(), [(549, 0, 551, 200)])
    assert [line.text for line in lines] == ["• Rutin finns", "Ja", "12"]


def test_words_of_a_line_get_one_height():
    words = [Seen("ace", (0, 22, 40, 43), 90, (1, 1, 1)), Seen("Åg", (50, 5, 90, 52), 90, (1, 1, 1))]
    (line,) = page_lines(words, sheet(), [])
    assert len({(w.bbox[1], w.bbox[3], w.size) for w in line.words}) == 1
    assert 9 <= line.words[0].size <= 11


def test_pages_without_words_are_told_from_pages_of_text(page):
    write(page)
    assert not is_wordless(read_raw_page(page))
    with pymupdf.open() as other:
        scan = other.new_page(width=420, height=595)
        scan.insert_image(scan.rect, stream=page.get_pixmap(dpi=72).tobytes("png"))
        assert is_wordless(read_raw_page(scan))
        assert not is_wordless(read_raw_page(other.new_page()))


def test_labels_of_a_chart_are_no_table():
    words = [seen(str(2015 + n), 60 * n, 60 * n + 40, line=1, y=150) for n in range(6)] + [
        seen("40", 0, 20, line=2),
        seen("20", 0, 20, line=3, y=60),
    ]
    from extractors.layout.rawtypes import RawPage

    lines = tuple(page_lines(words, sheet(), []))
    assert not is_tabular(RawPage(1, 400, 300, lines, (), (), (), ()))


@pytest.mark.parametrize(("text", "figure"), [("-1 264 583", True), ("84 %", True), ("Mål 3", False), ("", False)])
def test_figures_are_told_from_words(text, figure):
    assert is_figure(text) == figure


def test_a_blank_page_gives_nothing(page):
    from extractors.layout.ocr_tesseract import program

    if not program():
        pytest.skip("Tesseract with Swedish is not installed")
    assert read_straight(page, 1) is None


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (0, (10, 20, 30, 30)),
        (2, (370, 570, 390, 580)),
        (1, (20, 370, 30, 390)),
        (3, (570, 10, 580, 30)),
    ],
)
def test_boxes_are_put_back_on_the_page_as_displayed(turns, expected):
    assert Turn(turns, 0.0, (400, 600)).displayed((10, 20, 30, 30)) == pytest.approx(expected)


def test_a_box_read_straight_lies_on_its_words_as_displayed(page):
    page.insert_text((300, 80), "NÄMNDEN", fontsize=14)
    page.set_rotation(90)
    pose = Pose(3, 0.0)
    rgb, offset = rendered(page, 72, pose=pose)
    ys, xs = np.nonzero(ink_of(gray_of(rgb)))
    box = (xs.min() + offset[0], ys.min() + offset[1], xs.max() + offset[0], ys.max() + offset[1])
    shown, _ = rendered(page, 72)
    ys, xs = np.nonzero(ink_of(gray_of(shown)))
    back = Turn(3, 0.0, (page.rect.height, page.rect.width)).displayed(box)
    assert back == pytest.approx((xs.min(), ys.min(), xs.max(), ys.max()), abs=2)


def test_a_bullet_that_was_not_read_is_seen():
    plain = sheet()
    plain.gray[20:30, 60:70] = 0
    words = [Seen("Rutinen", (100, 5, 200, 35), 90, (1, 1, 1)), Seen("bör", (210, 5, 260, 35), 90, (1, 1, 1))]
    assert [line.text for line in page_lines(words, plain, [])] == ["• Rutinen bör"]
    plain.gray[10:34, 60:64] = 0  # a figure, not a dot
    assert [line.text for line in page_lines(words, plain, [])] == ["Rutinen bör"]


def test_worn_rules_are_as_long_as_their_neighbours():
    lines = [(60, 100, 535, 102), (84, 145, 535, 147), (61, 186, 534, 188), (60, 214, 300, 216), (302, 215, 535, 217)]
    assert [(b[0], b[2]) for b in settled(lines, 1.0)] == [(60, 535)] * 4


def test_rules_of_different_tables_keep_their_ends():
    lines = [(60, 100, 300, 102), (60, 120, 300, 122), (320, 100, 535, 102), (60, 300, 535, 302), (60, 320, 535, 322)]
    assert sorted((b[0], b[2]) for b in settled(lines, 1.0)) == [(60, 300), (60, 300), (60, 535), (60, 535), (320, 535)]


def test_sizes_that_nearly_agree_are_one():
    sizes = settled_sizes([(8.0, 90), (8.4, 20), (8.8, 3), (13.0, 20), (12.6, 12)])
    assert sizes[0] == sizes[1] == sizes[2] == pytest.approx(8.1, abs=0.1)
    assert sizes[3] == sizes[4] == pytest.approx(12.85, abs=0.1)


def test_a_table_in_smaller_letters_keeps_its_size_beside_running_text():
    assert settled_sizes([(38.5, 900), (34.0, 200), (34.5, 100)]) == [38.5, pytest.approx(34.2, abs=0.1), pytest.approx(34.2, abs=0.1)]


def test_size_goes_by_letters_that_are_as_tall_in_all_faces():
    tall, short = Seen("bedömning", (0, 0, 90, 31), 90, (1, 1, 1)), Seen("att", (95, 10, 110, 29), 90, (1, 1, 1))
    ringed = Seen("nås.", (115, 4, 140, 29), 90, (1, 1, 1))
    assert size_of([short, tall, ringed, short]) == pytest.approx(33.3, abs=0.1)


def test_light_letters_on_dark_ground_become_dark_on_white_without_a_frame():
    gray = np.full((60, 200), 255, np.uint8)
    gray[10:50, 20:180] = 60
    gray[20:40, 60:64] = 255  # a stem
    gray[20:40, 64] = 160  # its edge, half lit
    brighten(gray, [(20, 10, 180, 50)])
    assert (gray[25:35, 60:64] < 10).all()
    assert 60 < gray[30, 64] < 200
    assert (gray[12:48, 70:176] > 240).all()
    assert (gray[:16] > 240).all()
    assert (gray[:, 10:30] > 240).all()


def test_pale_shading_is_seen_and_paper_is_not():
    random = np.random.default_rng(3)
    page = np.full((300, 400, 3), 255, dtype=np.int16)
    page[80:124, 40:360] = (238, 242, 246)
    page[95:108, 60:200:7] = 20
    page = np.clip(page + random.normal(0, 6, (300, 400, 1)), 0, 255).astype(np.uint8)
    (blob,) = pale_shades(page, 25)
    assert all(abs(a - b) <= 6 for a, b in zip(blob.box, (40, 80, 360, 124), strict=True))
    assert pale_shades(np.clip(random.normal(250, 6, (300, 400, 3)), 0, 255).astype(np.uint8), 25) == []


def test_a_long_thin_line_that_falls_a_little_is_a_rule_and_two_tables_do_not_meet():
    gray = np.full((400, 1200), 255, np.uint8)
    for x in range(100, 1100):
        gray[100 + (x - 100) // 500 : 102 + (x - 100) // 500, x] = 140
    gray[120:230, 600:602] = gray[248:380, 600:602] = 60
    level, upright = find_rules(gray, 46, 6)
    assert [(b[0], b[2]) for b in level] == [pytest.approx((100, 1100), abs=2)]
    assert sorted((b[1], b[3]) for b in upright) == [pytest.approx((120, 230), abs=2), pytest.approx((248, 380), abs=2)]


def test_a_line_that_runs_up_the_page_tells_no_pose():
    assert is_word(Seen("nämnden", (0, 0, 90, 20), 90, (1, 1, 1)))
    assert not is_word(Seen("nämnden", (0, 0, 20, 90), 90, (1, 1, 1)))
