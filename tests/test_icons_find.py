"""Signs on real PDF pages made here: what is one, in which colour and shape, and what is none."""

from __future__ import annotations

import math

import numpy as np
import pymupdf
import pytest

from extractors.layout.icons import IconReader, find_icons, settle
from extractors.layout.raw import PageView, read_raw_page

GREEN, YELLOW, RED, GREY = (0.44, 0.68, 0.28), (1, 0.75, 0), (0.75, 0, 0), (0.65, 0.65, 0.65)
NAVY, TEAL = (0, 0.2, 0.55), (0, 0.34, 0.29)


@pytest.fixture
def page():
    document = pymupdf.open()
    yield document.new_page(width=595, height=842)
    document.close()


def view(page):
    return PageView(page.parent, page.number + 1)


def icons_of(page):
    raw = read_raw_page(page)
    return sorted(
        find_icons(raw, lambda picture: view(page).pixels_of(picture, dpi=220)),
        key=lambda i: (i.bbox[1], i.bbox[0]),
    )


def looks(page):
    return [(i.color, i.shape) for i in icons_of(page)]


def disc_image(color, *, mark=None, mask=True, side=44):
    """An image as office programs embed it: a square with black corners and a soft mask that cuts the disc out."""
    y, x = np.mgrid[0:side, 0:side] / side - 0.5
    inside = np.hypot(x, y) <= 0.48
    rgb = np.zeros((side, side, 3), dtype=np.uint8) if mask else np.full((side, side, 3), 255, dtype=np.uint8)
    rgb[inside] = [round(255 * c) for c in color]
    if mark == "tick":
        lines = (((-0.22, 0.02), (-0.06, 0.2)), ((-0.06, 0.2), (0.24, -0.18)))
    elif mark == "cross":
        lines = (((-0.18, -0.18), (0.18, 0.18)), ((0.18, -0.18), (-0.18, 0.18)))
    elif mark == "exclamation":
        lines = (((0, -0.28), (0, 0.08)), ((0, 0.24), (0, 0.25)))
    else:
        lines = ()
    for (ax, ay), (bx, by) in lines:
        along = np.clip(((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2), 0, 1)
        rgb[np.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay)) < 0.055] = 255
    picture = pymupdf.Pixmap(pymupdf.csRGB, side, side, rgb.tobytes(), False)
    if not mask:
        return picture.tobytes("png"), None
    cover = pymupdf.Pixmap(pymupdf.csGRAY, side, side, (inside * 255).astype(np.uint8).tobytes(), False)
    return picture.tobytes("png"), cover.tobytes("png")


def put(page, color, x, y, **kind):
    stream, mask = disc_image(color, **kind)
    page.insert_image((x, y, x + 11, y + 11), stream=stream, mask=mask)


def polygon(page, points, color):
    shape = page.new_shape()
    shape.draw_polyline([pymupdf.Point(*p) for p in points])
    shape.finish(fill=color, color=None, closePath=True)
    shape.commit()


@pytest.mark.parametrize(("color", "name"), [(GREEN, "green"), (YELLOW, "yellow"), (RED, "red")])
@pytest.mark.parametrize("mask", [True, False])
def test_image_of_a_disc(page, color, name, mask):
    put(page, color, 100, 100, mask=mask)
    assert looks(page) == [(name, "disc")]


@pytest.mark.parametrize("mark", ["tick", "cross", "exclamation"])
def test_mark_in_a_disc_is_its_shape(page, mark):
    put(page, GREEN, 100, 100, mark=mark)
    assert looks(page) == [("green", mark)]


def test_each_distinct_image_is_looked_at_once(page):
    for n in range(5):
        put(page, GREEN if n % 2 else RED, 100, 100 + 30 * n)
    raw, asked = read_raw_page(page), []
    found = IconReader().find(raw, lambda picture: asked.append(picture.digest) or view(page).pixels_of(picture, dpi=220))
    assert (len(found), len(asked)) == (5, 2)


def test_grey_counts_only_beside_lights(page):
    put(page, GREY, 100, 100)
    raw = read_raw_page(page)
    found = find_icons(raw, lambda picture: view(page).pixels_of(picture, dpi=220))
    assert settle([raw], [found]) == [[]]
    put(page, GREEN, 100, 150)
    raw = read_raw_page(page)
    found = find_icons(raw, lambda picture: view(page).pixels_of(picture, dpi=220))
    assert sorted(i.color for i in settle([raw], [found])[0]) == ["green", "grey"]


def test_vector_shapes(page):
    page.draw_circle((100, 100), 5, fill=YELLOW, color=None)
    polygon(page, [(100, 130), (106, 141), (94, 141)], GREEN)
    polygon(page, [(94, 160), (106, 160), (100, 171)], RED)
    polygon(page, [(94, 190), (105, 196), (94, 202)], YELLOW)
    assert looks(page) == [("yellow", "disc"), ("green", "arrow_up"), ("red", "arrow_down"), ("yellow", "arrow_flat")]


def stroke(page, points, color, bold):
    page.draw_polyline([pymupdf.Point(*p) for p in points], color=color, width=bold)


def test_ticks_and_crosses_drawn_in_bold_strokes(page):
    stroke(page, [(101, 106), (104, 110), (110, 101)], GREEN, 2)
    shape = page.new_shape()
    shape.draw_line((101, 131), (109, 139))
    shape.draw_line((109, 131), (101, 139))
    shape.finish(color=RED, width=2, closePath=False)
    shape.commit()
    assert looks(page) == [("green", "tick"), ("red", "cross")]


def test_thin_and_single_strokes_are_no_signs(page):
    stroke(page, [(101, 106), (104, 110), (110, 101)], GREEN, 0.3)  # a line of a drawing
    stroke(page, [(101, 140), (112, 130)], RED, 2)  # a piece of a curve in a chart
    stroke(page, [(100 + 12 * i, 200 + 9 * (i % 3)) for i in range(20)], YELLOW, 2)
    assert looks(page) == []


def test_photo_and_logo_are_no_signs(page):
    random = np.random.default_rng(3)
    noise = random.integers(0, 255, (40, 40, 3), dtype=np.uint8)
    page.insert_image((100, 100, 120, 120), stream=pymupdf.Pixmap(pymupdf.csRGB, 40, 40, noise.tobytes(), False).tobytes("png"))
    y, x = np.mgrid[0:60, 0:60]
    logo = np.full((60, 60, 3), 255, dtype=np.uint8)
    logo[(x - 20) ** 2 + y**2 < 900] = (0, 90, 160)
    logo[(x - 40) ** 2 + (y - 40) ** 2 < 200] = (240, 180, 0)
    page.insert_image((300, 20, 340, 60), stream=pymupdf.Pixmap(pymupdf.csRGB, 60, 60, logo.tobytes(), False).tobytes("png"))
    assert looks(page) == []


def test_what_stands_on_every_page_is_decoration():
    with pymupdf.open() as document:
        for _ in range(4):
            put(document.new_page(), GREEN, 40, 30)
        put(document[2], RED, 100, 400)
        raws = [read_raw_page(p) for p in document]
        reader = IconReader()
        found = [reader.find(raw, lambda picture, n=n: view(document[n]).pixels_of(picture, dpi=220)) for n, raw in enumerate(raws)]
        assert [[i.color for i in icons] for icons in settle(raws, found)] == [[], [], ["red"], []]


def test_shaded_cells_without_text(page):
    for n, color in enumerate((GREEN, YELLOW, RED)):
        page.draw_rect((300, 100 + 20 * n, 360, 120 + 20 * n), fill=color, color=(0, 0, 0))
        page.insert_text((72, 114 + 20 * n), f"Mål nummer {n}")
    assert looks(page) == [("green", "cell"), ("yellow", "cell"), ("red", "cell")]


def test_shaded_row_and_header_are_no_signs(page):
    for x in (72, 172, 272):
        page.draw_rect((x, 100, x + 100, 120), fill=(0.98, 0.85, 0.27), color=(0, 0, 0))
        page.draw_rect((x, 120, x + 100, 140), fill=None, color=(0, 0, 0))
    page.insert_text((80, 114), "Belopp i tkr")
    page.insert_text((180, 114), "Budget 2024")
    page.insert_text((80, 134), "Intäkter")
    assert looks(page) == []


def test_columns_of_a_chart_are_no_signs(page):
    for n, high in enumerate((40, 60, 80, 50)):
        page.draw_rect((100 + 30 * n, 300 - high, 120 + 30 * n, 300), fill=GREEN, color=(0, 0, 0))
        page.insert_text((100 + 30 * n, 312), str(2020 + n), fontsize=8)
    page.insert_text((60, 280), "20")
    page.draw_rect((300, 200, 308, 208), fill=GREEN)
    page.insert_text((312, 207), "Antal elever", fontsize=8)
    assert looks(page) == []


def test_slices_and_their_key_are_no_signs(page):
    shape = page.new_shape()
    shape.draw_sector((200, 300), (200, 240), 120)
    shape.finish(fill=GREEN, color=None)
    shape.draw_sector((200, 300), (252, 330), 240)
    shape.finish(fill=RED, color=None)
    for y, color in ((290, GREEN), (310, RED)):
        shape.draw_circle((300, y), 5)
        shape.finish(fill=color, color=None)
    shape.commit()
    assert looks(page) == []


@pytest.mark.parametrize(("share", "printed", "expected"), [(0.6, "", 60), (0.6, "58 %", 58), (0.25, "25%", 25)])
def test_progress_bars(page, share, printed, expected):
    page.draw_rect((300, 100, 400, 107), fill=(0.88, 0.88, 0.88), color=None)
    page.draw_rect((300, 100, 300 + 100 * share, 107), fill=GREEN, color=None)
    page.insert_text((72, 106), "Ta fram en plan")
    if printed:
        page.insert_text((406, 107), printed)
    icons = icons_of(page)
    assert [(i.shape, i.color, i.progress) for i in icons] == [("bar", "green", expected)]


def test_full_and_empty_bars_are_known_by_their_neighbours(page):
    for n, share in enumerate((0.5, 1.0, 0.0)):
        page.draw_rect((300, 100 + 30 * n, 400, 107 + 30 * n), fill=(0.88, 0.88, 0.88), color=None)
        if share:
            page.draw_rect((300, 100 + 30 * n, 300 + 100 * share, 107 + 30 * n), fill=GREEN, color=None)
    assert [i.progress for i in icons_of(page)] == [50, 100, 0]


def test_colored_letters_and_bullets(page):
    writer = pymupdf.TextWriter(page.rect, color=GREEN)
    writer.append((72, 100), "●", font=pymupdf.Font("cjk"), fontsize=12)
    writer.write_text(page)
    page.insert_text((90, 100), "En trygg kommun")
    page.insert_text((72, 140), "• en punkt i en lista")
    assert looks(page) == [("green", "disc")]


def test_letters_of_symbol_fonts(page):
    page.insert_text((72, 100), "4", fontname="zadb", color=GREEN)
    page.insert_text((72, 130), "l", fontname="zadb", color=RED)
    page.insert_text((72, 160), "8", fontname="zadb", color=RED)
    page.insert_text((72, 190), "n", fontname="zadb", color=(0, 0, 0))
    assert looks(page) == [("green", "tick"), ("red", "disc"), ("red", "cross")]


def test_answers_in_color(page):
    page.insert_text((72, 100), "Delvis", color=(0.9, 0.6, 0))
    page.insert_text((72, 130), "Ej uppfyllt", color=RED)
    page.insert_text((72, 160), "Delvis", color=(0, 0, 0))
    assert [(i.color, i.shape, i.text) for i in icons_of(page)] == [("yellow", "word", "Delvis"), ("red", "word", "Ej uppfyllt")]


def test_headings_in_color_are_no_answers(page):
    page.insert_text((72, 100), "Sammanfattning av granskningen", color=RED, fontsize=18)
    page.insert_text((72, 140), "Iakttagelser", color=RED)
    page.insert_text((72, 180), "Ja", color=NAVY)
    page.insert_text((72, 210), "Nej", color=TEAL)
    assert looks(page) == []


def test_dots_of_a_map_are_no_signs(page):
    shape = page.new_shape()
    for n in range(200):
        shape.draw_circle((100 + 17 * (n % 20), 100 + 17 * (n // 20)), 3 + 0.01 * math.sin(n))
        shape.finish(fill=RED, color=None)
    shape.commit()
    assert looks(page) == []


def test_a_page_without_signs_asks_for_no_pixels(page):
    page.insert_text((72, 100), "Nämnden har under året arbetat vidare.")
    page.draw_line((72, 120), (500, 120))
    asked = []
    assert find_icons(read_raw_page(page), asked.append) == []
    assert asked == []


def test_shading_of_cells_with_words_judges_where_a_column_has_several_lights(page):
    for n, (color, text) in enumerate(((GREEN, "Skolan"), (YELLOW, "Vägarna"), (RED, "Ekonomin"))):
        page.draw_rect((72, 100 + 20 * n, 220, 120 + 20 * n), fill=color, color=(0, 0, 0))
        page.insert_text((80, 114 + 20 * n), f"{text} i kommunen")
        page.insert_text((260, 114 + 20 * n), "se bilagan")
    assert [(i.color, i.shape, i.text) for i in icons_of(page)] == [
        ("green", "cell", "Skolan i kommunen"),
        ("yellow", "cell", "Vägarna i kommunen"),
        ("red", "cell", "Ekonomin i kommunen"),
    ]


def test_map_of_risks_and_shaded_rows_do_not_judge(page):
    for n, color in enumerate((GREEN, YELLOW, RED)):
        for m in range(3):
            page.draw_rect((72 + 60 * m, 100 + 20 * n, 132 + 60 * m, 120 + 20 * n), fill=color, color=(0, 0, 0))
            page.insert_text((80 + 60 * m, 114 + 20 * n), str(n * m + 1))
        page.draw_rect((300, 300 + 20 * n, 400, 320 + 20 * n), fill=color, color=None)
        page.draw_rect((400, 300 + 20 * n, 500, 320 + 20 * n), fill=color, color=None)
        page.insert_text((310, 314 + 20 * n), "Summa intäkter")
        page.insert_text((410, 314 + 20 * n), f"{n}00 mkr")
    assert looks(page) == []
