"""Figures looked at again: dashes and commas in the pixels, widths, and which of several readings is kept. None of it needs Tesseract."""

from __future__ import annotations

import numpy as np
import pymupdf
import pytest

from extractors.layout import ocr_figures
from extractors.layout.ocr_figures import likeliest, pointed, signed, tidy, usual_width, with_second_look
from extractors.layout.ocr_figures_seen import Figure, decimals_of, figures_in, grown, has_dash, overlooked, stacked, tight
from extractors.layout.ocr_lines import Sheet
from extractors.layout.ocr_tesseract import Seen

SIZE = 9 * 300 / 72
UNIT = 0.5


@pytest.fixture(scope="module")
def printed():
    """A function that prints texts in columns on one row of a page and gives its pixels with the box of each."""

    def make(*texts, font="tiro"):
        with pymupdf.open() as document:
            page = document.new_page(width=40 + 70 * len(texts), height=40)
            for column, text in enumerate(texts):
                page.insert_text((20 + 70 * column, 25), text, fontsize=9, fontname=font)
            shown = page.get_pixmap(dpi=300, colorspace=pymupdf.csGRAY, alpha=False)
        gray = np.frombuffer(shown.samples, np.uint8).reshape(shown.height, shown.width).copy()
        step = 70 * 300 / 72
        boxes = [tight(gray, (round(40 + step * n), 0, round(40 + step * (n + 1)), shown.height)) for n in range(len(texts))]
        return gray, boxes

    return make


def figure(text, box=(0, 0, 40, 26), votes=1, confidence=90.0):
    return Figure((Seen(text, box, confidence, (1, 1, 1), votes),), SIZE, box)


def wide(figures):
    """A box as wide as so many figures."""
    return (0, 0, round(figures * UNIT * SIZE), 26)


@pytest.mark.parametrize("font", ["tiro", "helv", "tibo"])
@pytest.mark.parametrize(("text", "dash"), [("-4,8", True), ("-12,0", True), ("4,8", False), ("7,5", False), ("14", False), ("+2", False)])
def test_a_dash_before_a_figure_is_seen(printed, text, dash, font):
    gray, (box,) = printed(text, font=font)
    assert has_dash(gray, figure(text, box)) == dash


def test_the_pale_slant_of_a_four_is_no_dash(printed):
    gray, (box,) = printed("4,4")
    gray[gray > 60] = np.maximum(gray[gray > 60], 160)
    assert not has_dash(gray, figure("4,4", box))


@pytest.mark.parametrize("font", ["tiro", "helv"])
@pytest.mark.parametrize(("text", "decimals"), [("7,4", 1), ("1,4", 1), ("-4,5", 1), ("112,50", 2), ("74", 0), ("14", 0), ("1 214", 0)])
def test_a_comma_is_seen_and_how_many_figures_follow(printed, text, decimals, font):
    gray, (box,) = printed(text, font=font)
    assert decimals_of(gray, figure(text, box), UNIT) == decimals


@pytest.mark.parametrize(("text", "decimals", "expected"), [("-45", 1, "-4,5"), ("11.25", 2, "11,25"), ("2.1", 0, "2.1"), ("7", 1, "7")])
def test_commas_come_from_pixels_only(text, decimals, expected):
    assert pointed(text, decimals) == expected


@pytest.mark.parametrize(
    ("seen", "text"), [("—12,4", "-12,4"), ("=-2,1", "-2,1"), ("-l 199,0", "-1 199,0"), ("90%", "90 %"), ("2.1", "2.1"), ("år", "år")]
)
def test_readings_are_made_alike(seen, text):
    assert tidy(seen) == text


def test_a_minus_is_added_where_there_is_room():
    assert signed("4,8", figure("4,8", wide(3.4)), dash=True, unit=UNIT) == "-4,8"
    assert signed("4,8", figure("4,8", wide(2.35)), dash=True, unit=UNIT) == "4,8"
    assert signed("4,8", figure("4,8", wide(3.4)), dash=False, unit=UNIT) == "4,8"


@pytest.mark.parametrize(
    ("texts", "figures", "votes", "expected"),
    [
        (["174,2", "74,2", "74,2"], 3.35, 1, "74,2"),  # two against one
        (["17,4", "7,4", "17,4"], 2.35, 1, "7,4"),  # too wide for what is seen
        (["-764,9", "-164,9", "-164,9"], 5.4, 2, "-764,9"),  # both readings of the page agree
        (["9;9", "9,9", "9.9"], 2.35, 1, "9,9"),
        (["2.1", "2,1", "2.1"], 2.35, 1, "2.1"),  # a point stays one where pixels show no comma
        (["30-49 år", "30-49 ar", "30-49 år"], 7.5, 1, "30-49 år"),
    ],
)
def test_the_likeliest_reading(texts, figures, votes, expected):
    assert likeliest(texts, figure(texts[0], wide(figures), votes), UNIT)[0] == expected


def test_the_usual_width_needs_readings_that_agree():
    seen = [figure(text, wide(n)) for text, n in [("12,4", 3.35), ("88,9", 3.35), ("112", 2.85), ("13", 1.85)]]
    same = [f.text for f in seen]
    assert usual_width(seen, [same, same]) == pytest.approx(UNIT, abs=0.01)
    assert usual_width(seen, [same, ["1"] * 4]) == 0.0


def test_only_parts_that_are_figures_are_looked_at():
    words = [
        Seen(t, (x, 0, x + 60, 26), 90, (1, 1, 1))
        for t, x in [("Intäkter", 0), ("1", 300), ("250,4", 365), ("–", 600), ("3", 665), ("–", 730)]
    ]
    assert [f.text for f in figures_in(words, [])] == ["1 250,4"]


def test_ink_close_beside_a_figure_belongs_to_it(printed):
    gray, (whole,) = printed("-1 005,0")
    part = (whole[0] + 40, whole[1], whole[2], whole[3])
    words = [Seen("005,0", part, 90, (1, 1, 1))]
    assert grown(Figure(tuple(words), SIZE, part), gray, words).box[0] <= whole[0] + 1


def test_a_figure_that_was_passed_over_is_found_on_a_row_of_words(printed):
    gray, boxes = printed("Antal", "7", "112,5")
    words = [Seen("Antal", boxes[0], 90, (1, 1, 1)), Seen("112,5", boxes[2], 90, (1, 1, 1))]
    (found,) = overlooked(gray, words, [])
    assert found.box == pytest.approx(boxes[1], abs=2)
    gray[:] = np.where(np.arange(gray.shape[1]) % 9 < 4, 0, gray)  # a pattern, not a text
    assert overlooked(gray, words, []) == []


def test_figures_are_stacked_apart(printed):
    gray, boxes = printed("1,5", "22,7")
    picture, places = stacked(gray, [figure("1,5", boxes[0]), figure("22,7", boxes[1])])
    assert places[0][1] <= places[1][0]
    assert all((picture[top:bottom] < 120).any() for top, bottom in places)
    assert (picture[places[0][1] : places[1][0] + 1] == 255).all()


def test_figures_without_agreement_are_marked_and_those_passed_over_need_it(printed, monkeypatch):
    gray, boxes = printed("Antal", "7", "11,5", "9")
    words = [Seen("Antal", boxes[0], 90, (1, 1, 1)), Seen("77,5", boxes[2], 90, (1, 1, 1))]
    answers = {"eng": ["11,5", "7", "9"], "swe": ["71,5", "7", "3"]}
    monkeypatch.setattr(ocr_figures, "knows_figures", lambda: True)
    monkeypatch.setattr(
        ocr_figures, "read_words", lambda *_args, language, **_kw: [Seen(t, (0, 0, 1, 1), 90, (1, 1, 1)) for t in answers[language]]
    )
    monkeypatch.setattr(ocr_figures, "by_place", lambda found, _places: [w.text for w in found])
    sheet = Sheet(np.full((*gray.shape, 3), 255, np.uint8), gray, 300 / 72, (0.0, 0.0))
    result = {w.text: w.votes for w in with_second_look(words, sheet, [], 300)}
    assert result == {"Antal": 1, "77,5": 0, "7": 1}
