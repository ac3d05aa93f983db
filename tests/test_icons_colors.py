"""Colours named as people name them: both what each is and what it must not be taken for."""

from __future__ import annotations

import pytest

from extractors.layout.colors import color_name, hex_of, is_status, oklch, parse_hex

NAMED = {
    "green": [
        "#99CC00",
        "#92D050",
        "#00B050",
        "#70AD47",
        "#008000",
        "#00FF00",
        "#339966",
        "#009E73",
        "#1ABC9C",
        "#6AA84F",
        "#3A9B35",
        "#C6EFCE",
        "#E2EFDA",
        "#C6E0B4",
        "#A9D08E",
        "#006100",
        "#375623",
        "#63BE7B",
        "#B9D26B",
        "#94C119",
        "#5CB85C",
        "#4CAF50",
        "#CCFFCC",
    ],
    "yellow": [
        "#FFC000",
        "#FFCC00",
        "#FFFF00",
        "#F2B705",
        "#FFEB84",
        "#FFEB9C",
        "#FFF2CC",
        "#FFD966",
        "#FFA500",
        "#ED7D31",
        "#F39100",
        "#FF9900",
        "#F0AD4E",
        "#FFEB3B",
        "#FF6600",
        "#9C6500",
        "#9C5700",
        "#FAD945",
        "#FFFF99",
        "#BF9000",
        "#EB8C00",
        "#F8CBAD",
    ],
    "red": [
        "#FF0000",
        "#C00000",
        "#D22630",
        "#E2001A",
        "#C8102E",
        "#DC143C",
        "#9C0006",
        "#FFC7CE",
        "#F8696B",
        "#F4CCCC",
        "#FF9999",
        "#FFCCCC",
        "#D9534F",
        "#F44336",
        "#CC0000",
        "#FF4040",
        "#E6B8B7",
        "#E74C3C",
    ],
    "grey": ["#808080", "#A6A6A6", "#BFBFBF", "#D9D9D9", "#7F7F7F", "#999999", "#595959", "#C0C0C0"],
    "blue": ["#00B0F0", "#4472C4", "#5B9BD5", "#0070C0", "#BDD7EE", "#2196F3", "#4F81BD"],
    "other": ["#7030A0", "#E83D78", "#00574A", "#23615B", "#008080", "#833C0B", "#660033", "#7B958B", "#FF00FF", "#DDEBF7"],
    None: ["#FFFFFF", "#F2F2F2", "#FAFAFA", "#000000", "#222222", "#404040", "#00338D", "#1F3864", "#002060", "#1F3F5F", "#00548B"],
}


@pytest.mark.parametrize(("color", "name"), [(c, n) for n, cs in NAMED.items() for c in cs])
def test_color_is_named_as_it_looks(color, name):
    assert color_name(color) == name


@pytest.mark.parametrize("color", ["#99CC00", "#FFC000", "#C00000", "#FFEB9C"])
def test_lights_judge(color):
    assert is_status(color)


@pytest.mark.parametrize("color", ["#808080", "#4472C4", "#00338D", "#000000", "#FFFFFF", "#7030A0"])
def test_grey_blue_and_brand_do_not_judge(color):
    assert not is_status(color)


def test_oklch_of_pure_red():
    lightness, chroma, hue = oklch((255, 0, 0))
    assert (round(lightness, 3), round(chroma, 3), round(hue)) == (0.628, 0.258, 29)


def test_hex_goes_there_and_back():
    assert hex_of(parse_hex("#0a1b2c")) == "#0a1b2c"


@pytest.mark.parametrize("text", ["red", "#fff", "123456#", "#12345g"])
def test_no_color_is_an_error(text):
    with pytest.raises(ValueError):
        parse_hex(text)
